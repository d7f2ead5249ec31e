//! `srez completions SHELL`: completions of a shell; `srez man [FOLDER]`: pages of the manual.

use super::terminal::say;
use camino::Utf8PathBuf;
use clap::Args;
use clap_complete::Shell;
use srez_model::error::{Error, Result};

/// Headings of the pages, as the library writes them and in Russian.
const HEADINGS: [(&str, &str); 6] = [
    ("NAME", "ИМЯ"),
    ("SYNOPSIS", "КАК ВЫЗЫВАТЬ"),
    ("DESCRIPTION", "ОПИСАНИЕ"),
    ("SUBCOMMANDS", "КОМАНДЫ"),
    ("VERSION", "ВЕРСИЯ"),
    ("EXTRA", "ЕЩЁ"),
];

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Оболочка: bash, zsh, fish, powershell, elvish
    #[arg(value_name = "ОБОЛОЧКА", hide_possible_values = true)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, mut command: clap::Command) -> Result<u8> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "srez", &mut script);
        say(String::from_utf8_lossy(&script).trim_end());
        Ok(0)
    }
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Папка для страниц всех команд; без неё страница программы печатается
    #[arg(value_name = "ПАПКА")]
    folder: Option<Utf8PathBuf>,
}

impl Man {
    pub(super) fn run(self, mut command: clap::Command) -> Result<u8> {
        command.build();
        let Some(folder) = self.folder else {
            say(page(&command)?.trim_end());
            return Ok(0);
        };
        let mut pages = vec![("srez".to_owned(), page(&command)?)];
        for one in command.get_subcommands().filter(|one| !one.is_hide_set()) {
            let name = format!("srez-{}", one.get_name());
            pages.push((name, page(one)?));
        }
        for (name, text) in &pages {
            srez_disk::write_plain(&folder.join(format!("{name}.1")), text.as_bytes())?;
        }
        say(&format!("Страниц справки: {}, папка {folder}", pages.len()));
        Ok(0)
    }
}

/// A page; commands below the program carry its name too since they were built.
fn page(command: &clap::Command) -> Result<String> {
    let mut text = Vec::new();
    let man = clap_mangen::Man::new(command.clone());
    man.render(&mut text).map_err(|error| Error::run(format!("страница справки не составлена: {error}")))?;
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(HEADINGS
        .iter()
        .fold(text, |text, (english, russian)| text.replace(&format!(".SH {english}\n"), &format!(".SH {russian}\n"))))
}
