//! The tests that take minutes: simulations, attacks, thousands of corrupted files; everything marked `#[ignore]`.

use srez_testkit::sources::root;
use std::process::{Command, ExitCode};

/// Runs every ignored test of the workspace and shows what it prints. One after another, because each of them takes all
/// cores by itself; those that need a folder of the caller's name the variable for it.
pub(crate) fn nightly() -> ExitCode {
    for (variable, what) in [
        ("SREZ_REFERENCE", "matrices of R packages to compare with"),
        ("SREZ_FIXTURES", "where files of every kind of bad input are written"),
    ] {
        if std::env::var_os(variable).is_none() {
            println!("{variable} is not set ({what}): the test that needs it says so and ends");
        }
    }
    let arguments = ["test", "--release", "--workspace", "--no-fail-fast", "--", "--ignored", "--nocapture"];
    let status = Command::new(env!("CARGO")).current_dir(root()).args(arguments).arg("--test-threads=1").status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}
