//! What the desk knows while it runs.

use crate::another::{self, Held};
use crate::jobs::{Ending, Intake, Job, JobKind, lock};
use crate::secrets::Secrets;
use crate::serve::Opening;
use crate::workspace::Workspace;
use camino::Utf8PathBuf;
use srez_config::plan::Plan;
use srez_model::error::{Error, Result};
use srez_pipeline::Checked;
use srez_pipeline::recount::Recount;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};

/// A window that said nothing for so long is gone: a hidden one may speak but once a minute.
const WINDOW_LASTS: Duration = Duration::from_secs(180);

/// What the history holds, and what it was measured from.
type Recounted = (BTreeMap<Utf8PathBuf, u64>, Arc<Recount>);

/// The state behind all pages.
pub(crate) struct Desk {
    pub(crate) secrets: Secrets,
    port: u16,
    /// Folder in which new workspaces are made.
    pub(crate) home: Utf8PathBuf,
    /// Who works here, as the system calls her.
    pub(crate) who: String,
    workspace: Mutex<Option<Workspace>>,
    /// The hold on its folder.
    held: Mutex<Option<Held>>,
    /// The last check.
    intake: Mutex<Option<Intake>>,
    /// What the history holds, measured, with the marks of what it was measured from.
    recount: Mutex<Option<Recounted>>,
    job: Mutex<Option<Arc<Job>>>,
    windows: Mutex<BTreeMap<String, Instant>>,
    changed: watch::Sender<u64>,
    /// Told when the program is to end.
    pub(crate) end: Notify,
}

impl Desk {
    pub(crate) fn new(secrets: Secrets, port: u16, opening: &Opening) -> Self {
        Self {
            secrets,
            port,
            home: opening.home.clone(),
            who: opening.who.clone(),
            workspace: Mutex::default(),
            held: Mutex::default(),
            intake: Mutex::default(),
            recount: Mutex::default(),
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

    /// The workspace, as long as its folder is where it was.
    pub(crate) fn workspace(&self) -> Option<Workspace> {
        lock(&self.workspace).clone().filter(|workspace| srez_disk::is_folder(&workspace.folder))
    }

    /// The folder of the workspace where it is gone: moved, or on a disk that is no longer there.
    pub(crate) fn lost(&self) -> Option<Utf8PathBuf> {
        lock(&self.workspace).as_ref().map(|own| own.folder.clone()).filter(|folder| !srez_disk::is_folder(folder))
    }

    /// Goes over to another workspace.
    pub(crate) fn enter(&self, workspace: Workspace) -> Result<()> {
        self.refuse_while_busy()?;
        if self.workspace().as_ref() == Some(&workspace) {
            return Ok(());
        }
        let held = another::hold(&workspace.folder)?.ok_or_else(|| {
            Error::usage(format!("рабочее место {} уже открыто в другом окне программы", workspace.name()))
                .hint("перейдите в него или завершите там работу")
        })?;
        self.open(workspace, held)
    }

    /// Takes a workspace that is held, and says beside it where this desk listens.
    pub(crate) fn open(&self, workspace: Workspace, held: Held) -> Result<()> {
        held.tell(self.port, self.secrets.running(), &self.who)?;
        *lock(&self.held) = Some(held);
        *lock(&self.workspace) = Some(workspace);
        *lock(&self.intake) = None;
        *lock(&self.recount) = None;
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

    /// Nothing else may be changed while work goes on.
    pub(crate) fn refuse_while_busy(&self) -> Result<()> {
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
            JobKind::Run => {
                workspace.mark_run(true)?;
                let ending = workspace.plan().and_then(|plan| srez_pipeline::run(&plan, job));
                workspace.mark_run(false)?;
                Ok(Ending::Issued(Box::new(ending?)))
            }
        };
        *job = Some(Job::start(kind, self.changed.clone(), work));
        Ok(())
    }

    /// The last check of the workspace as it lies now; none where there was none or something came since.
    pub(crate) fn intake(&self) -> Option<Arc<Checked>> {
        let marks = self.workspace()?.marks().ok()?;
        if let Some(intake) = self.job().and_then(|job| job.take_check()) {
            *lock(&self.intake) = Some(intake);
        }
        let intake = lock(&self.intake);
        intake.as_ref().filter(|intake| intake.marks == marks).map(|intake| Arc::clone(&intake.checked))
    }

    /// What the history holds, measured and judged; measured again where settings, files or history changed. Whoever
    /// asks meanwhile waits for the same.
    ///
    /// # Errors
    /// Where nothing was run yet, or the history cannot be read.
    pub(crate) fn recounted(&self, plan: &Plan) -> Result<Arc<Recount>> {
        let workspace = self.workspace().ok_or_else(|| Error::usage("рабочее место не открыто"))?;
        let mut marks = workspace.marks()?;
        marks.insert(plan.store.clone(), srez_pipeline::versions::last(plan)?);
        let mut kept = lock(&self.recount);
        if let Some((of, recount)) = kept.as_ref()
            && *of == marks
        {
            return Ok(Arc::clone(recount));
        }
        let recount = Arc::new(srez_pipeline::recount::recount(plan, &srez_pipeline::Silent)?);
        *kept = Some((marks, Arc::clone(&recount)));
        Ok(recount)
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
    workspace.propose_settings(job)?;
    let marks = workspace.marks()?;
    let plan = if workspace.has_settings() {
        workspace.plan()?
    } else {
        srez_config::plan::Plan::from_folder(&workspace.incoming())?
    };
    let checked = Arc::new(srez_pipeline::check(&plan, job)?);
    Ok(Ending::Checked(Box::new(Intake { checked, marks })))
}
