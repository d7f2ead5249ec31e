//! One piece of work at a time, on a thread of its own: what it is, how far it is, how it ended.

use camino::Utf8PathBuf;
use srez_model::error::{Error, Result};
use srez_pipeline::{Checked, Outcome, Watcher};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// Files are read and checked; nothing is written.
    Check,
    /// An issue is made.
    Run,
    /// The sample district is made, and checked.
    Sample,
}

/// A check, and what it depended on when it began.
#[derive(Debug)]
pub(crate) struct Intake {
    pub(crate) checked: Arc<Checked>,
    pub(crate) marks: BTreeMap<Utf8PathBuf, u64>,
}

/// How it ended.
#[derive(Debug)]
pub(crate) enum Ending {
    Checked(Box<Intake>),
    Issued(Box<Outcome>),
    Failed(Error),
    Stopped,
}

/// A stage of the work.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    pub(crate) title: String,
    pub(crate) done: u64,
    /// Steps in all; 0 where nobody knows.
    pub(crate) total: u64,
    since: Instant,
    took: Option<Duration>,
}

impl Stage {
    pub(crate) fn is_over(&self) -> bool {
        self.took.is_some()
    }

    pub(crate) fn time(&self) -> Duration {
        self.took.unwrap_or_else(|| self.since.elapsed())
    }
}

/// A piece of work, seen from outside.
pub(crate) struct Job {
    pub(crate) kind: JobKind,
    stages: Mutex<Vec<Stage>>,
    ending: Mutex<Option<Ending>>,
    is_over: AtomicBool,
    is_stopped: AtomicBool,
    changed: watch::Sender<u64>,
}

impl Job {
    /// Begins the work on a thread of its own; `changed` is told of every step.
    pub(crate) fn start(
        kind: JobKind,
        changed: watch::Sender<u64>,
        work: impl FnOnce(&Self) -> Result<Ending> + Send + 'static,
    ) -> Arc<Self> {
        let job = Arc::new(Self {
            kind,
            stages: Mutex::default(),
            ending: Mutex::default(),
            is_over: AtomicBool::new(false),
            is_stopped: AtomicBool::new(false),
            changed,
        });
        let own = Arc::clone(&job);
        std::thread::spawn(move || own.end(catch_unwind(AssertUnwindSafe(|| work(&own)))));
        job
    }

    fn end(&self, result: std::thread::Result<Result<Ending>>) {
        let ending = match result {
            Ok(Ok(ending)) => ending,
            Ok(Err(_)) if self.is_stopped.load(Ordering::Relaxed) => Ending::Stopped,
            Ok(Err(error)) => Ending::Failed(error),
            Err(_) => Ending::Failed(
                Error::run("ошибка программы")
                    .hint("повторите; если повторится, пришлите разработчикам версию программы"),
            ),
        };
        self.finish();
        *lock(&self.ending) = Some(ending);
        self.is_over.store(true, Ordering::Release);
        self.tell();
    }

    /// Asks the work to end; what is being written is written to its end.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        self.tell();
    }

    pub(crate) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Acquire)
    }

    pub(crate) fn stages(&self) -> Vec<Stage> {
        lock(&self.stages).clone()
    }

    /// How it ended; none as long as it goes on.
    pub(crate) fn ending(&self) -> MutexGuard<'_, Option<Ending>> {
        lock(&self.ending)
    }

    /// What a check found; once, and none where the work was another or goes on.
    pub(crate) fn take_check(&self) -> Option<Intake> {
        let mut ending = lock(&self.ending);
        match ending.take() {
            Some(Ending::Checked(intake)) => Some(*intake),
            other => {
                *ending = other;
                None
            }
        }
    }

    fn tell(&self) {
        self.changed.send_modify(|version| *version += 1);
    }
}

impl Watcher for Job {
    fn stage(&self, title: &str, total: u64) {
        self.finish();
        let stage = Stage { title: title.to_owned(), done: 0, total, since: Instant::now(), took: None };
        lock(&self.stages).push(stage);
        self.tell();
    }

    fn step(&self) {
        if let Some(stage) = lock(&self.stages).last_mut() {
            stage.done += 1;
        }
        self.tell();
    }

    fn finish(&self) {
        if let Some(stage) = lock(&self.stages).last_mut() {
            stage.took.get_or_insert_with(|| stage.since.elapsed());
        }
        self.tell();
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
