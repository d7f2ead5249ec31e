//! What the desk knows while it runs.

use crate::jobs::{Ending, Intake, Job, JobKind, lock};
use crate::secrets::Secrets;
use crate::workspace::Workspace;
use camino::Utf8PathBuf;
use srez_model::error::{Error, Result};
use srez_pipeline::Checked;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};

/// A window that said nothing for so long is gone: a hidden one may speak but once a minute.
const WINDOW_LASTS: Duration = Duration::from_secs(180);

/// The state behind all pages.
pub(crate) struct Desk {
    pub(crate) secrets: Secrets,
    port: u16,
    /// Folder in which new workspaces are made.
    pub(crate) home: Utf8PathBuf,
    workspace: Mutex<Option<Workspace>>,
    /// The last check.
    intake: Mutex<Option<Intake>>,
    job: Mutex<Option<Arc<Job>>>,
    windows: Mutex<BTreeMap<String, Instant>>,
    changed: watch::Sender<u64>,
    /// Told when the program is to end.
    pub(crate) end: Notify,
}

impl Desk {
    pub(crate) fn new(secrets: Secrets, port: u16, home: Utf8PathBuf, workspace: Option<Workspace>) -> Self {
        Self {
            secrets,
            port,
            home,
            workspace: Mutex::new(workspace),
            intake: Mutex::default(),
            job: Mutex::default(),
            windows: Mutex::default(),
            changed: watch::Sender::new(0),
            end: Notify::new(),
        }
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Cookies do not know ports, so the name does.
    pub(crate) fn cookie_name(&self) -> String {
        format!("srez_{}", self.port)
    }

    pub(crate) fn workspace(&self) -> Option<Workspace> {
        lock(&self.workspace).clone()
    }

    /// Goes over to another workspace.
    pub(crate) fn enter(&self, workspace: Workspace) -> Result<()> {
        self.refuse_while_busy()?;
        *lock(&self.workspace) = Some(workspace);
        *lock(&self.intake) = None;
        *lock(&self.job) = None;
        self.changed.send_modify(|version| *version += 1);
        Ok(())
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub(crate) fn job(&self) -> Option<Arc<Job>> {
        lock(&self.job).clone()
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.job().is_some_and(|job| !job.is_over())
    }

    fn refuse_while_busy(&self) -> Result<()> {
        if self.is_busy() {
            return Err(Error::usage("программа занята").hint("дождитесь конца или остановите работу"));
        }
        Ok(())
    }

    /// Begins a piece of work.
    ///
    /// # Errors
    /// While another goes on, and where no workspace is open.
    pub(crate) fn begin(&self, kind: JobKind) -> Result<()> {
        let workspace = self.workspace().ok_or_else(|| Error::usage("рабочее место не открыто"))?;
        let mut job = lock(&self.job);
        if job.as_ref().is_some_and(|job| !job.is_over()) {
            return Err(Error::usage("программа занята").hint("дождитесь конца или остановите работу"));
        }
        let work = move |job: &Job| match kind {
            JobKind::Sample => {
                workspace.fill_with_sample()?;
                check(&workspace, job)
            }
            JobKind::Check => check(&workspace, job),
            JobKind::Run => Ok(Ending::Issued(Box::new(srez_pipeline::run(&workspace.plan()?, job)?))),
        };
        *job = Some(Job::start(kind, self.changed.clone(), work));
        Ok(())
    }

    /// The last check of the workspace as it lies now; none where there was none or something came since.
    pub(crate) fn intake(&self) -> Option<Arc<Checked>> {
        let delivered = self.workspace()?.delivered().ok()?;
        if let Some(intake) = self.job().and_then(|job| job.take_check()) {
            *lock(&self.intake) = Some(intake);
        }
        let intake = lock(&self.intake);
        intake.as_ref().filter(|intake| intake.delivered == delivered).map(|intake| Arc::clone(&intake.checked))
    }

    /// A window is there.
    pub(crate) fn beat(&self, window: &str) {
        lock(&self.windows).insert(window.to_owned(), Instant::now());
    }

    /// A window is closed.
    pub(crate) fn bye(&self, window: &str) {
        lock(&self.windows).remove(window);
    }

    /// Whether nobody looks and nothing goes on.
    pub(crate) fn is_idle(&self) -> bool {
        lock(&self.windows).retain(|_, last| last.elapsed() < WINDOW_LASTS);
        lock(&self.windows).is_empty() && !self.is_busy()
    }
}

fn check(workspace: &Workspace, job: &Job) -> Result<Ending> {
    let delivered = workspace.delivered()?;
    workspace.propose_settings(job)?;
    let plan = if workspace.has_settings() {
        workspace.plan()?
    } else {
        srez_config::plan::Plan::from_folder(&workspace.incoming())?
    };
    let checked = Arc::new(srez_pipeline::check(&plan, job)?);
    Ok(Ending::Checked(Box::new(Intake { checked, delivered })))
}
