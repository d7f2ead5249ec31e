//! Passes the arguments to the command line and returns its exit code.

use std::process::ExitCode;

/// Documents consist of very many small objects, for which the system allocator is slow, above all on Windows.
#[cfg(not(windows))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The same, with a limit for reader processes: Windows limits the memory of a process for no program that asks.
#[cfg(windows)]
#[global_allocator]
static ALLOCATOR: cap::Cap<mimalloc::MiMalloc> = cap::Cap::new(mimalloc::MiMalloc, usize::MAX);

fn main() -> ExitCode {
    ExitCode::from(srez::cli::main(std::env::args(), limit_memory))
}

/// The system limits the memory of a reader.
#[cfg(not(windows))]
fn limit_memory(_bytes: u64) {}

#[cfg(windows)]
fn limit_memory(bytes: u64) {
    let limit = usize::try_from(bytes).unwrap_or(usize::MAX).saturating_add(ALLOCATOR.allocated());
    // It fails only where more is taken than the limit allows.
    let _ = ALLOCATOR.set_limit(limit);
}
