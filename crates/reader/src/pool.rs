//! The side of the program: readers side by side, replies in the order of requests.

use super::frame;
use super::serve::{Opening, Reply};
use super::{ReaderFailure, ReaderLimits};
use serde::Serialize;
use serde::de::DeserializeOwned;
use srez_model::error::{Error, Result};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::BufReader;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A reader is renewed after it has worked so many times the seconds of one request.
pub(super) const LIFE_IN_REQUEST_TIMES: u64 = 20;
/// Longest reply of a reader with little memory, in bytes; the results of a region's largest file take a tenth of it.
const LONGEST_REPLY: u64 = 256 << 20;
/// Failures after which the rest of a divided request is given up, and the time that they may take in times of one
/// request: an archive made to stop the program must not stop it.
const MOST_FAILURES: usize = 64;
const FAILURES_IN_REQUEST_TIMES: u64 = 20;
/// Seconds in which a reader must greet.
const SECONDS_TO_GREET: u64 = 20;
/// Within which a process that has closed its end is gone, too.
const TIME_TO_END: Duration = Duration::from_millis(500);

/// How a reader process is started.
#[derive(Clone, Debug)]
pub struct ReaderCommand {
    pub program: PathBuf,
    /// Arguments that make it call [`super::serve`].
    pub arguments: Vec<OsString>,
    /// Variables of the environment that it gets beside the inherited ones.
    pub environment: Vec<(OsString, OsString)>,
}

impl ReaderCommand {
    /// The running program itself, with a hidden argument.
    ///
    /// # Errors
    /// Where the system does not tell the path of the running program.
    pub fn own(argument: &str) -> Result<Self> {
        let program = std::env::current_exe()
            .map_err(|_| Error::run("не удалось узнать, где лежит программа").hint("запустите её по полному пути"))?;
        Ok(Self::of(program, argument))
    }

    /// A program with a hidden argument that makes it call [`super::serve`].
    pub fn of(program: PathBuf, argument: &str) -> Self {
        // The allocator takes a gigabyte of addresses at the start, more than a reader may have: later it would be
        // refused what it needs. This much at a time, in KiB, stays far below the limit.
        let environment = vec![("MIMALLOC_ARENA_RESERVE".into(), "32768".into())];
        Self { program, arguments: vec![argument.into()], environment }
    }
}

/// A request, or a part of one, that has no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost<Q> {
    /// What was asked.
    pub request: Q,
    /// Why there is no reply.
    pub failure: ReaderFailure,
}

/// Replies to the parts of one request, in their order.
type Replies<Q, R> = Vec<std::result::Result<R, Lost<Q>>>;

/// What the failures of one request have cost so far.
#[derive(Default)]
struct Cost {
    failures: usize,
    time: Duration,
}

/// Reader processes for requests `Q` with replies `R`.
pub struct ReaderPool<Q, R> {
    command: ReaderCommand,
    opening: Vec<u8>,
    limits: ReaderLimits,
    readers: usize,
    spoken: PhantomData<fn(Q) -> R>,
}

impl<Q: Clone + Serialize + Send + Sync, R: DeserializeOwned + Send> ReaderPool<Q, R> {
    /// A pool of so many readers; none is started before it has a request.
    ///
    /// # Errors
    /// Where the settings cannot be written down, which is a mistake of the caller.
    pub fn new<S: Serialize>(
        command: ReaderCommand,
        limits: ReaderLimits,
        settings: &S,
        readers: usize,
    ) -> Result<Self> {
        let opening = frame::encode(&Opening { limits, settings })
            .map_err(|_| Error::run("настройки чтения не передаются процессу"))?;
        Ok(Self { command, opening, limits, readers: readers.max(1), spoken: PhantomData })
    }

    /// Sends every request to a reader and hands on the replies in the order of the requests, whoever is first.
    ///
    /// Where a reader fails, `divide` may give parts of the request, which are asked one by one and divided again,
    /// until what fails is small enough to be lost; without parts the request itself is lost.
    pub fn read_all(
        &self,
        requests: &[Q],
        divide: impl Fn(&Q) -> Vec<Q> + Sync,
        mut each: impl FnMut(usize, Vec<std::result::Result<R, Lost<Q>>>),
    ) {
        let next = AtomicUsize::new(0);
        let (sender, receiver) = channel();
        thread::scope(|scope| {
            for _ in 0..self.readers.min(requests.len()) {
                let (sender, next, divide) = (sender.clone(), &next, &divide);
                scope.spawn(move || {
                    let mut reader = None;
                    loop {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        let Some(request) = requests.get(place) else { break };
                        if sender.send((place, self.ask_in_parts(&mut reader, request, divide))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            hand_on_in_order(&receiver, &mut each);
        });
    }

    /// Asks for a request, for its parts where that fails, and so on; what failed at last stands in its place.
    fn ask_in_parts(&self, reader: &mut Option<Reader>, request: &Q, divide: &impl Fn(&Q) -> Vec<Q>) -> Replies<Q, R> {
        let longest = Duration::from_secs(self.limits.seconds.saturating_mul(FAILURES_IN_REQUEST_TIMES));
        let mut replies = Vec::new();
        let mut cost = Cost::default();
        let mut waiting = vec![request.clone()];
        while let Some(request) = waiting.pop() {
            if MOST_FAILURES <= cost.failures || longest < cost.time {
                replies.push(Err(Lost { request, failure: ReaderFailure::GivenUp }));
                continue;
            }
            let started = Instant::now();
            let failure = match self.ask(reader, &request) {
                Ok(reply) => {
                    replies.push(Ok(reply));
                    continue;
                }
                Err(failure) => failure,
            };
            cost.failures += 1;
            cost.time += started.elapsed();
            let parts = if failure == ReaderFailure::NotStarted { Vec::new() } else { divide(&request) };
            if parts.is_empty() {
                replies.push(Err(Lost { request, failure }));
            }
            waiting.extend(parts.into_iter().rev());
        }
        replies
    }

    /// Asks a reader, and once more where one that has worked before dies: what earlier requests left in its memory is
    /// not the fault of this one.
    fn ask(&self, reader: &mut Option<Reader>, request: &Q) -> std::result::Result<R, ReaderFailure> {
        let has_worked = reader.is_some();
        match self.ask_once(reader, request) {
            Err(ReaderFailure::Died | ReaderFailure::Killed) if has_worked => self.ask_once(reader, request),
            other => other,
        }
    }

    /// Asks a reader, starting one where there is none; a reader that failed is gone.
    fn ask_once(&self, reader: &mut Option<Reader>, request: &Q) -> std::result::Result<R, ReaderFailure> {
        if reader.as_ref().is_some_and(|reader| self.limits.seconds * LIFE_IN_REQUEST_TIMES < reader.worked.as_secs()) {
            *reader = None;
        }
        let mut living = match reader.take() {
            Some(living) => living,
            None => Reader::start(&self.command, &self.opening, &self.limits).ok_or(ReaderFailure::NotStarted)?,
        };
        match living.ask(request, self.limits.seconds)? {
            Reply::Done(reply) => {
                *reader = Some(living);
                Ok(reply)
            }
            Reply::Panicked => Err(ReaderFailure::Panicked),
        }
    }
}

fn hand_on_in_order<T>(receiver: &Receiver<(usize, T)>, each: &mut impl FnMut(usize, T)) {
    let mut waiting = BTreeMap::new();
    let mut due = 0;
    for (place, reply) in receiver {
        waiting.insert(place, reply);
        while let Some(reply) = waiting.remove(&due) {
            each(due, reply);
            due += 1;
        }
    }
}

/// Bytes of a reply: a reader with more memory may have more to say.
pub(super) fn longest_reply(limits: &ReaderLimits) -> u64 {
    LONGEST_REPLY.max(limits.memory_bytes)
}

/// A living reader process; ended when dropped.
struct Reader {
    child: Child,
    requests: Option<ChildStdin>,
    replies: Receiver<Vec<u8>>,
    worked: Duration,
}

impl Reader {
    fn start(command: &ReaderCommand, opening: &[u8], limits: &ReaderLimits) -> Option<Self> {
        let mut child = Command::new(&command.program)
            .args(&command.arguments)
            .envs(command.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let requests = child.stdin.take();
        let output = child.stdout.take()?;
        let (sender, replies) = channel();
        let longest = longest_reply(limits);
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            if frame::skip_to_greeting(&mut output).is_ok() && sender.send(Vec::new()).is_ok() {
                while let Ok(Some(bytes)) = frame::read(&mut output, longest) {
                    if sender.send(bytes).is_err() {
                        break;
                    }
                }
            }
        });
        let mut reader = Self { child, requests, replies, worked: Duration::ZERO };
        reader.replies.recv_timeout(Duration::from_secs(SECONDS_TO_GREET)).ok()?;
        frame::write_encoded(reader.requests.as_mut()?, opening).ok()?;
        Some(reader)
    }

    fn ask<Q: Serialize, R: DeserializeOwned>(
        &mut self,
        request: &Q,
        seconds: u64,
    ) -> std::result::Result<Reply<R>, ReaderFailure> {
        let requests = self.requests.as_mut().ok_or(ReaderFailure::Died)?;
        if frame::write(requests, request).is_err() {
            return Err(self.end());
        }
        let started = Instant::now();
        let bytes = match self.replies.recv_timeout(Duration::from_secs(seconds)) {
            Ok(bytes) => bytes,
            Err(RecvTimeoutError::Timeout) => return Err(ReaderFailure::TimedOut),
            Err(RecvTimeoutError::Disconnected) => return Err(self.end()),
        };
        self.worked += started.elapsed();
        frame::decode(&bytes).map_err(|_| ReaderFailure::Died)
    }

    /// How a reader ended that no longer answers.
    fn end(&mut self) -> ReaderFailure {
        let asked = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return failure_of(status),
                Ok(None) if asked.elapsed() < TIME_TO_END => thread::sleep(Duration::from_millis(5)),
                _ => return ReaderFailure::Died,
            }
        }
    }
}

/// What the system says of a process that ended; nobody but the system ends a reader by force.
#[cfg(unix)]
fn failure_of(status: ExitStatus) -> ReaderFailure {
    use std::os::unix::process::ExitStatusExt;
    /// SIGKILL and SIGXCPU, by POSIX and by every Unix that is built for.
    const BY_FORCE: i32 = 9;
    const OUT_OF_PROCESSOR_TIME: i32 = 24;
    match status.signal() {
        Some(BY_FORCE) => ReaderFailure::Killed,
        Some(OUT_OF_PROCESSOR_TIME) => ReaderFailure::TimedOut,
        _ => ReaderFailure::Died,
    }
}

/// What the system says of a process that ended: here nothing that tells one end from another.
#[cfg(not(unix))]
fn failure_of(_status: ExitStatus) -> ReaderFailure {
    ReaderFailure::Died
}

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.requests.take());
        // A reader that waits for requests ends by itself; one that hangs does not, and both may already be gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
