//! Starts by mouse: a pipeline or a folder dropped on the program, and a window that must not vanish with its words.

use camino::Utf8Path;
use std::io::{BufRead, IsTerminal};

/// What the arguments mean: a pipeline alone is run, a folder or a file alone is checked.
pub(super) fn meant(mut arguments: Vec<String>) -> Vec<String> {
    if let [_, path] = arguments.as_slice() {
        let path = Utf8Path::new(path);
        // A name without a folder is a command; the Explorer gives whole paths.
        if path.is_absolute() && srez_disk::exists(path) {
            let is_pipeline = !srez_disk::is_folder(path) && path.extension() == Some("toml");
            arguments.insert(1, if is_pipeline { "run" } else { "check" }.to_owned());
        }
    }
    arguments
}

/// Keeps the window open until Enter where the program was started by mouse: on Windows such a window closes with the
/// program.
pub(super) fn hold_window(by_mouse: bool) {
    if cfg!(windows) && by_mouse && std::io::stdin().is_terminal() {
        super::terminal::say("\nНажмите Enter, чтобы закрыть окно.");
        let _ = std::io::stdin().lock().read_line(&mut String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    fn told(arguments: &[&str]) -> Vec<String> {
        meant(arguments.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn what_is_dropped_on_the_program_is_run_or_checked() {
        let root = env!("CARGO_MANIFEST_DIR");
        let (pipeline, folder) = (format!("{root}/pipelines/demo.toml"), format!("{root}/sample-data"));
        assert_eq!(told(&["srez", &pipeline]), ["srez", "run", &pipeline]);
        assert_eq!(told(&["srez", &folder]), ["srez", "check", &folder]);
        for words in [&["srez"][..], &["srez", "run"], &["srez", "/no/such/file.toml"], &["srez", "list", &folder]] {
            assert_eq!(told(words), words);
        }
    }
}
