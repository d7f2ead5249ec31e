//! A disk that fails or loses power at a chosen call; for tests alone.
//!
//! A plan holds for all paths below a folder, so that tests side by side do not disturb each other.

use camino::{Utf8Path, Utf8PathBuf};
use srez_disk::Call;
use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex};

/// What happens at the chosen call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call fails; a write leaves half of its bytes.
    Fails(ErrorKind),
    /// The call and all later ones fail.
    FailsFromNowOn(ErrorKind),
    /// A line `parked` is printed and nothing goes on, until somebody kills the process; a write leaves half of its
    /// bytes.
    Parks,
}

impl Fault {
    /// A full disk can still be read and cleared.
    fn concerns(self, call: Call<'_>) -> bool {
        let takes_no_room = matches!(call, Call::List | Call::Read | Call::Remove | Call::RemoveFolder | Call::Lock);
        let is_full =
            matches!(self, Self::Fails(ErrorKind::StorageFull) | Self::FailsFromNowOn(ErrorKind::StorageFull));
        !(takes_no_room && is_full)
    }
}

/// A call as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    Create(Utf8PathBuf),
    Write(Utf8PathBuf, Vec<u8>),
    Flush(Utf8PathBuf),
    Rename(Utf8PathBuf, Utf8PathBuf),
    Link(Utf8PathBuf, Utf8PathBuf),
    Remove(Utf8PathBuf),
    FlushFolder(Utf8PathBuf),
    /// Changes nothing on the disk: listing, reading, locking, folders that are there.
    Other,
}

#[derive(Debug)]
struct Plan {
    below: Utf8PathBuf,
    at: usize,
    fault: Fault,
    made: Vec<Made>,
}

static PLANS: Mutex<Vec<Arc<Mutex<Plan>>>> = Mutex::new(Vec::new());

/// A plan that holds as long as it lives.
pub struct Planned(Arc<Mutex<Plan>>);

impl Planned {
    /// Plans a fault at a call, counted from 0, to a path below a folder.
    pub fn new(below: &Utf8Path, at: usize, fault: Fault) -> Self {
        let plan = Arc::new(Mutex::new(Plan { below: below.to_owned(), at, fault, made: Vec::new() }));
        srez_disk::guard_calls(before);
        PLANS.lock().unwrap().push(Arc::clone(&plan));
        Self(plan)
    }

    /// Only watches.
    pub fn none(below: &Utf8Path) -> Self {
        Self::new(below, usize::MAX, Fault::Fails(ErrorKind::Other))
    }

    /// The calls so far.
    pub fn made(&self) -> Vec<Made> {
        self.0.lock().unwrap().made.clone()
    }

    /// True where the chosen call was made.
    pub fn has_struck(&self) -> bool {
        let plan = self.0.lock().unwrap();
        plan.at < plan.made.len()
    }
}

impl Drop for Planned {
    fn drop(&mut self) {
        PLANS.lock().unwrap().retain(|plan| !Arc::ptr_eq(plan, &self.0));
    }
}

/// Comes before every call to the disk.
pub fn before(call: Call<'_>, path: &Utf8Path) -> io::Result<()> {
    let plans: Vec<Arc<Mutex<Plan>>> = PLANS.lock().unwrap().clone();
    for plan in plans {
        let mut plan = plan.lock().unwrap();
        if path.starts_with(&plan.below) {
            let place = plan.made.len();
            plan.made.push(made(call, path));
            let is_later = plan.at < place && matches!(plan.fault, Fault::FailsFromNowOn(_));
            if (place == plan.at || is_later) && plan.fault.concerns(call) {
                return strike(plan.fault, call, path);
            }
        }
    }
    Ok(())
}

fn strike(fault: Fault, call: Call<'_>, path: &Utf8Path) -> io::Result<()> {
    if let Call::Write(bytes) = call {
        std::fs::OpenOptions::new().append(true).open(path)?.write_all(&bytes[..bytes.len() / 2])?;
    }
    match fault {
        Fault::Fails(kind) | Fault::FailsFromNowOn(kind) => Err(kind.into()),
        Fault::Parks => {
            let mut stdout = io::stdout();
            stdout.write_all(b"parked\n")?;
            stdout.flush()?;
            loop {
                std::thread::park();
            }
        }
    }
}

fn made(call: Call<'_>, path: &Utf8Path) -> Made {
    let path = path.to_owned();
    match call {
        Call::Create => Made::Create(path),
        Call::Write(bytes) => Made::Write(path, bytes.to_vec()),
        Call::Flush => Made::Flush(path),
        Call::Rename(from) => Made::Rename(from.to_owned(), path),
        Call::Link(from) => Made::Link(from.to_owned(), path),
        Call::Remove => Made::Remove(path),
        Call::FlushFolder => Made::FlushFolder(path),
        Call::List | Call::Read | Call::MakeFolder | Call::RemoveFolder | Call::Lock => Made::Other,
    }
}
