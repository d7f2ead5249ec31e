//! The side of the reader process.

use super::ReaderLimits;
use super::frame::{self, GREETING};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use srez_model::error::{Error, Result};
use std::io::{self, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Longest request or settings, in bytes.
const LONGEST_REQUEST: u64 = 64 << 20;
/// Room for the thread that listens, in bytes.
const STACK_OF_LISTENER: usize = 256 << 10;

/// First frame: what the reader may take, and the caller's settings.
#[derive(Serialize, Deserialize)]
pub(super) struct Opening<S> {
    pub(super) limits: ReaderLimits,
    pub(super) settings: S,
}

/// A reply, or that the request met a bug.
#[derive(Serialize, Deserialize)]
pub(super) enum Reply<R> {
    Done(R),
    Panicked,
}

/// Answers requests from stdin on stdout until stdin closes; the program calls it under its hidden argument.
///
/// Limits of memory and time are set before the first request; `limit_memory` sets that of the allocator, in bytes
/// beyond what is taken already, where the system has none. A panic on a request becomes a reply of its own, and its
/// words are shown nowhere. Where the program has ended, its reader ends in the midst of a request.
///
/// # Errors
/// Where the pipes break or the other side does not speak in frames: then nobody listens any more.
pub fn serve<S, Q, R>(limit_memory: impl Fn(u64), answer: impl Fn(&S, Q) -> R) -> Result<()>
where
    S: DeserializeOwned,
    Q: DeserializeOwned,
    R: Serialize,
{
    let broken = |_: io::Error| Error::run("связь с процессом чтения прервана");
    set_hook(Box::new(|_| {}));
    let frames = listen().map_err(broken)?;
    let mut output = io::stdout().lock();
    output.write_all(GREETING).map_err(broken)?;
    let Some(opening) = next::<Opening<S>>(&frames).map_err(broken)? else { return Ok(()) };
    confine(&opening.limits);
    limit_memory(opening.limits.memory_bytes);
    while let Some(request) = next::<Q>(&frames).map_err(broken)? {
        let reply = match catch_unwind(AssertUnwindSafe(|| answer(&opening.settings, request))) {
            Ok(reply) => Reply::Done(reply),
            Err(_) => Reply::Panicked,
        };
        frame::write(&mut output, &reply).map_err(broken)?;
    }
    Ok(())
}

fn next<T: DeserializeOwned>(frames: &Receiver<Vec<u8>>) -> io::Result<Option<T>> {
    frames.recv().ok().map(|bytes| frame::decode(&bytes)).transpose()
}

/// Frames from stdin, read on a thread of their own: it also notices that the program is gone, however it ended, and
/// then ends this process. Nobody else would: a reader at work on a file that takes long does not look up.
#[expect(clippy::exit, reason = "nobody is left to whom to return")]
fn listen() -> io::Result<Receiver<Vec<u8>>> {
    let (sender, frames) = sync_channel(0);
    let read = move || {
        let mut input = BufReader::new(io::stdin().lock());
        while let Ok(Some(bytes)) = frame::read(&mut input, LONGEST_REQUEST) {
            if sender.send(bytes).is_err() {
                return;
            }
        }
        std::process::exit(0)
    };
    thread::Builder::new().stack_size(STACK_OF_LISTENER).spawn(read)?;
    Ok(frames)
}

/// Lowers the limits of this process.
///
/// The address space gets room for the program itself, which is mapped but not copied; private memory does not.
/// Processor time counts over the life of a reader, so the parent renews readers before it runs out.
#[cfg(unix)]
fn confine(limits: &ReaderLimits) {
    use super::pool::LIFE_IN_REQUEST_TIMES;
    use rlimit::{Resource, setrlimit};
    /// Room for the mapped program, its libraries and stacks.
    const ROOM_FOR_THE_PROGRAM: u64 = 512 << 20;
    let processor_seconds = limits.seconds.saturating_mul(LIFE_IN_REQUEST_TIMES + 2);
    let address_space = limits.memory_bytes.saturating_add(ROOM_FOR_THE_PROGRAM);
    let wanted = [
        (Resource::DATA, limits.memory_bytes, limits.memory_bytes),
        (Resource::AS, address_space, address_space),
        // The system says why it ends a process at the first of the two; at the second it ends it by force.
        (Resource::CPU, processor_seconds, processor_seconds.saturating_add(1)),
        (Resource::CORE, 0, 0),
        (Resource::NOFILE, 32, 32),
        (Resource::FSIZE, 0, 0),
    ];
    for (resource, amount, at_most) in wanted {
        // A system may refuse one of them or already set it lower: the others still hold.
        let _ = setrlimit(resource, amount, at_most);
    }
}

/// Lowers the limits of this process; this system has none, so that the allocator limits memory and the parent's clock
/// time.
#[cfg(not(unix))]
fn confine(_limits: &ReaderLimits) {}
