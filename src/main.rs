//! Hands the arguments to the command line and its answer to the system.

use std::process::ExitCode;

/// Documents are made of very many small things; the allocator of the system, above all that of Windows, is slow at
/// them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(srez::cli::main(std::env::args()))
}
