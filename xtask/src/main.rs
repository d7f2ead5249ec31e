//! What a developer runs in addition to cargo: `cargo xtask tidy` and `cargo xtask nightly`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]
#![expect(clippy::disallowed_methods, reason = "it looks at the sources as files")]

mod nightly;
mod tidy;

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => tidy::tidy(),
        Some("nightly") => nightly::nightly(),
        _ => {
            eprintln!("cargo xtask tidy      holds the sources to the rules of the house");
            eprintln!("cargo xtask nightly   runs the long tests in one go, each with its figures");
            ExitCode::from(64)
        }
    }
}
