//! Passes the arguments to the command line and returns its exit code.

use std::process::ExitCode;

/// Documents consist of very many small objects, for which the system allocator is slow, above all on Windows.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(srez::cli::main(std::env::args()))
}
