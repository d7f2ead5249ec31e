//! The side of the reader process.

use super::ReaderLimits;
use super::frame::{self, GREETING};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use srez_model::error::{Error, Result};
use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

/// Longest request or settings, in bytes.
const LONGEST_REQUEST: u64 = 64 << 20;

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
/// Limits of memory and time are set before the first request. A panic on a request becomes a reply of its own, and
/// its words are shown nowhere.
///
/// # Errors
/// Where the pipes break or the other side does not speak in frames: then nobody listens any more.
pub fn serve<S, Q, R>(answer: impl Fn(&S, Q) -> R) -> Result<()>
where
    S: DeserializeOwned,
    Q: DeserializeOwned,
    R: Serialize,
{
    let broken = |_: io::Error| Error::run("связь с процессом чтения прервана");
    set_hook(Box::new(|_| {}));
    let mut input = BufReader::new(io::stdin().lock());
    let mut output = io::stdout().lock();
    output.write_all(GREETING).map_err(broken)?;
    let Some(opening) = next::<Opening<S>>(&mut input).map_err(broken)? else { return Ok(()) };
    confine(&opening.limits);
    while let Some(request) = next::<Q>(&mut input).map_err(broken)? {
        let reply = match catch_unwind(AssertUnwindSafe(|| answer(&opening.settings, request))) {
            Ok(reply) => Reply::Done(reply),
            Err(_) => Reply::Panicked,
        };
        frame::write(&mut output, &reply).map_err(broken)?;
    }
    Ok(())
}

fn next<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    frame::read(input, LONGEST_REQUEST)?.map(|bytes| frame::decode(&bytes)).transpose()
}

/// Lowers the limits of this process; where the system has none, the parent's clock remains.
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

/// Lowers the limits of this process; this system has no such limits, the parent's clock remains.
#[cfg(not(unix))]
fn confine(_limits: &ReaderLimits) {}
