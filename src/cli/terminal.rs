//! Everything that is printed: bars on a terminal, plain lines in a pipe, messages and tables.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use srez_model::error::{Error, Result};
use srez_pipeline::Watcher;
use srez_wording::quantity;
use std::io::{IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Most folders and names of the place of a fault: `crates/docx/src/table.rs`.
const LONGEST_PLACE: usize = 4;

/// Prints a line; a closed pipe, as in `srez list exams | head`, is not an error.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Prints what stops the program.
pub(super) fn complain(error: &Error) {
    remark(&format!("srez: {error}"));
}

/// Prints where the program met a fault of its own, in place of the words of the panic.
pub(super) fn tell_fault(panic: &PanicHookInfo<'_>) {
    remark(&fault(panic));
}

/// The place of a fault in the sources; never its words, which can hold what stands in a file.
fn fault(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map_or_else(String::new, |place| {
        // The folders above a crate are those of the machine on which the program was built.
        let folders: Vec<&str> = place.file().split(['/', '\\']).collect();
        let last = folders.len().saturating_sub(LONGEST_PLACE);
        format!(" в {}:{}", folders[last..].join("/"), place.line())
    });
    format!("srez: сбой программы{place}; сообщите это её составителям")
}

/// Prints a line to the error stream.
fn remark(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Shows stages and steps, and keeps their times.
pub(super) struct Progress {
    bars: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    running: Option<(String, u64, Instant)>,
    bytes: u64,
    done: Vec<Stage>,
}

/// A finished stage.
pub(super) struct Stage {
    pub(super) title: String,
    pub(super) steps: u64,
    pub(super) time: Duration,
    /// Bytes read or made; 0 if the stage has none.
    pub(super) bytes: u64,
    /// Peak memory of the program so far, in bytes; none if the system does not say.
    pub(super) memory: Option<u64>,
}

impl Progress {
    /// Bars if the error stream is a terminal, otherwise plain lines.
    pub(super) fn new() -> Self {
        Self { bars: std::io::stderr().is_terminal(), state: Mutex::default() }
    }

    /// The stages in their order.
    pub(super) fn stages(self) -> Vec<Stage> {
        self.state.into_inner().map(|state| state.done).unwrap_or_default()
    }

    fn end(&self, state: &mut State) {
        let Some((title, steps, since)) = state.running.take() else { return };
        let time = since.elapsed();
        if let Some(bar) = state.bar.take() {
            bar.finish_and_clear();
        }
        if !self.bars {
            let what = if steps > 0 { format!(" ({steps})") } else { String::new() };
            remark(&format!("{title}{what}: {}", quantity::duration(time)));
        }
        let bytes = std::mem::take(&mut state.bytes);
        state.done.push(Stage { title, steps, time, bytes, memory: peak_memory() });
    }
}

impl Watcher for Progress {
    fn stage(&self, title: &str, total: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        self.end(&mut state);
        if self.bars {
            let bar = if total == 0 { ProgressBar::new_spinner() } else { ProgressBar::new(total) };
            if let Ok(style) = ProgressStyle::with_template("{msg:12} {bar:32} {pos}/{len}") {
                bar.set_style(style);
            }
            bar.set_message(title.to_owned());
            state.bar = Some(bar);
        }
        state.running = Some((title.to_owned(), total, Instant::now()));
    }

    fn step(&self) {
        if let Ok(state) = self.state.lock()
            && let Some(bar) = &state.bar
        {
            bar.inc(1);
        }
    }

    fn bytes(&self, count: u64) {
        if let Ok(mut state) = self.state.lock() {
            state.bytes += count;
        }
    }

    fn finish(&self) {
        if let Ok(mut state) = self.state.lock() {
            self.end(&mut state);
        }
    }
}

/// True where somebody sits at a terminal and can be asked.
pub(super) fn is_asked() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Asks on a terminal; none where nobody can be asked or nothing was answered. An empty answer takes what is proposed.
pub(super) fn ask(question: &str, proposed: &str) -> Option<String> {
    if !is_asked() {
        return None;
    }
    let hint = if proposed.is_empty() { String::new() } else { format!(" [{proposed}]") };
    let _ = write!(std::io::stdout(), "{question}{hint}: ");
    let _ = std::io::stdout().flush();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).ok()?;
    let answer = if line.trim().is_empty() { proposed } else { line.trim() };
    (!answer.is_empty()).then(|| answer.to_owned())
}

/// Prints what another program reads.
///
/// # Errors
/// If it cannot be written as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Error::run(error.to_string()))?;
    say(&text);
    Ok(())
}

/// Peak memory of this process, as the system counts it.
fn peak_memory() -> Option<u64> {
    let status = srez_disk::read_text(camino::Utf8Path::new("/proc/self/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes << 10)
}

/// Lines of a table with columns as wide as their cells; the last one is not padded.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(head.get(column).map(|cell| cell.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.chars().count()))))
            .collect();
        say(padded.join("  ").trim_end());
    };
    line(&mut head.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
}

#[cfg(test)]
mod tests {
    use super::fault;
    use std::panic::{catch_unwind, set_hook, take_hook};
    use std::sync::{Arc, Mutex};

    #[test]
    fn a_fault_tells_its_place_and_none_of_its_words() {
        let told: Arc<Mutex<Vec<String>>> = Arc::default();
        let (heard, former) = (Arc::clone(&told), take_hook());
        set_hook(Box::new(move |panic| heard.lock().unwrap().push(fault(panic))));
        let (cell, line) = ("Канарейкина Анна, 4 балла", line!() + 1);
        let broken = catch_unwind(|| panic!("index out of range in «{cell}»"));
        // The words of the standard library hold the text that was cut.
        let also = catch_unwind(|| cell[..1].len());
        set_hook(former);
        assert!(broken.is_err() && also.is_err());
        let told = told.lock().unwrap();
        let whole = format!("srez: сбой программы в src/cli/terminal.rs:{line}; сообщите это её составителям");
        assert_eq!(told.first(), Some(&whole));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|line| !line.contains("Канарейкина") && !line.contains("index")), "{told:?}");
    }
}
