//! The tests of the workspace, and those that cargo calls ignored because they take minutes.

use srez_testkit::sources::root;
use std::process::{Command, ExitCode};

/// Folders that only the caller can name, and the tests that then do more.
const FOLDERS: &[(&str, &str)] = &[
    ("SREZ_REFERENCE", "matrices of R packages to compare with"),
    ("SREZ_FIXTURES", "where files of every kind of bad input are written"),
];

/// Runs the tests with arguments of the caller's, by cargo-nextest where it is installed.
pub(crate) fn test(arguments: impl Iterator<Item = String>) -> ExitCode {
    let has_nextest = cargo().args(["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    let words: &[&str] = if has_nextest { &["nextest", "run"] } else { &["test"] };
    answer(cargo().args(words).args(arguments))
}

/// Runs every ignored test and shows what it prints: simulations, attacks, thousands of spoilt files.
///
/// One after another, because each of them takes all cores by itself.
pub(crate) fn nightly() -> ExitCode {
    for (variable, what) in FOLDERS.iter().filter(|(variable, _)| std::env::var_os(variable).is_none()) {
        println!("{variable} is not set ({what})");
    }
    let words = ["test", "--release", "--no-fail-fast", "--", "--ignored", "--nocapture", "--test-threads=1"];
    answer(cargo().args(words))
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

fn answer(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}
