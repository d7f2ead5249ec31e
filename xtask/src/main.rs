//! What a developer runs beside cargo.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]
#![expect(clippy::disallowed_methods, reason = "it looks at the sources as files")]

mod tests;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask tidy      checks the rules of the house that the compiler does not know
cargo xtask test      runs the tests, by cargo-nextest where it is installed; further arguments go to it
cargo xtask nightly   runs the long tests in one go, each with its figures";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("tidy") => tidy::tidy(),
        Some("test") => tests::test(arguments),
        Some("nightly") => tests::nightly(),
        _ => {
            eprintln!("{HELP}");
            ExitCode::from(64)
        }
    }
}
