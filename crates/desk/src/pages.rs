//! The pages, from templates that are checked when the program is built.

use crate::intake::{Side, Table};
use crate::issue::Issue;
use crate::jobs::{Ending, Job, JobKind};
use crate::past::{Compared, Past};
use crate::state::Desk;
use crate::thresholds::{Line, Tried};
use crate::why::Why;
use askama::Template;
use srez_model::delivery::FileStatus;
use srez_pipeline::Outcome;
use srez_wording::{number, plural, quantity};

/// What every page shows around its own matter.
pub(crate) struct Frame {
    pub(crate) page: &'static str,
    pub(crate) title: &'static str,
    pub(crate) workspace: String,
    pub(crate) token: String,
    /// Steps: page, title, state, whether it asks for something.
    pub(crate) steps: Vec<(&'static str, &'static str, String, bool)>,
}

impl Frame {
    pub(crate) fn new(desk: &Desk, page: &'static str, title: &'static str) -> Self {
        let workspace = desk.workspace();
        let undecided = desk.intake().filter(|checked| !checked.outcome.files.is_empty()).map(|checked| {
            checked.outcome.files.iter().filter(|entry| entry.status == FileStatus::Rejected).count() as u64
        });
        let came = match undecided {
            None => String::new(),
            Some(0) => "всё принято".to_owned(),
            Some(n) => format!("не принято {}", number::count(n)),
        };
        let has_settings = workspace.as_ref().is_some_and(crate::workspace::Workspace::has_settings);
        let plan = workspace.as_ref().filter(|_| has_settings).and_then(|workspace| workspace.plan().ok());
        let issued = plan
            .as_ref()
            .and_then(|plan| srez_publish::Published::read(&plan.reports.join(&plan.period)).ok().flatten());
        let is_made = desk.is_busy() && desk.job().is_some_and(|job| job.kind == JobKind::Run);
        let settings = match (has_settings, plan.is_some()) {
            (false, _) => "после приёма",
            (true, true) => "заполнены",
            (true, false) => "есть ошибка",
        };
        let (texts, texts_ask) = crate::texts::state(plan.as_ref());
        let steps = vec![
            ("priem", "Приём", came, undecided.is_some_and(|n| n > 0)),
            ("nastroyki", "Настройки", settings.to_owned(), has_settings && plan.is_none()),
            ("sostavlenie", "Составление", if is_made { "идёт".to_owned() } else { String::new() }, false),
            (
                "vypusk",
                "Выпуск",
                issued.map_or_else(String::new, |issue| srez_wording::date::short(&issue.date)),
                false,
            ),
            ("teksty", "Тексты", texts, texts_ask),
        ];
        Self {
            page,
            title,
            workspace: workspace.map_or_else(|| "рабочее место не открыто".to_owned(), |own| own.name().to_owned()),
            token: desk.secrets.token().to_owned(),
            steps,
        }
    }
}

/// The door: takes the ticket from the address.
#[derive(Template)]
#[template(path = "desk/enter.html")]
pub(crate) struct Enter;

#[derive(Template)]
#[template(path = "desk/intake.html")]
pub(crate) struct IntakePage {
    pub(crate) frame: Frame,
    pub(crate) table: Table,
    /// Whether what came is being read, or waits to be.
    pub(crate) is_stale: bool,
    pub(crate) can_issue: bool,
}

#[derive(Template)]
#[template(path = "desk/side.html")]
pub(crate) struct SidePart {
    pub(crate) side: Side,
}

#[derive(Template)]
#[template(path = "desk/settings.html")]
pub(crate) struct SettingsPage {
    pub(crate) frame: Frame,
    /// Key, label, value, remark.
    pub(crate) fields: Vec<(&'static str, &'static str, String, &'static str)>,
    pub(crate) file: String,
    /// Of the settings as they are shown.
    pub(crate) version: String,
    pub(crate) fault: String,
    pub(crate) has_settings: bool,
}

#[derive(Template)]
#[template(path = "desk/run.html")]
pub(crate) struct RunPage {
    pub(crate) frame: Frame,
    pub(crate) work: Work,
    /// The program ended while it made an issue.
    pub(crate) was_cut_off: bool,
    pub(crate) about: String,
    pub(crate) can_issue: bool,
    pub(crate) fault: String,
}

/// A piece of work as the page tells it.
#[derive(Default)]
pub(crate) struct Work {
    pub(crate) is_running: bool,
    pub(crate) is_stopping: bool,
    pub(crate) head: String,
    pub(crate) percent: f64,
    /// State, title, steps, time.
    pub(crate) stages: Vec<(&'static str, String, String, String)>,
    pub(crate) lines: Vec<String>,
    pub(crate) fault: String,
    pub(crate) hint: String,
    pub(crate) is_issued: bool,
}

impl Work {
    pub(crate) fn new(job: &Job) -> Self {
        let stages = job.stages();
        let is_running = !job.is_over();
        let told = stages.iter().map(|stage| {
            let state = if stage.is_over() { "ok" } else { "run" };
            let steps = match (stage.done, stage.total) {
                (0, 0) => String::new(),
                (0, total) if stage.is_over() => number::count(total),
                (done, 0) => number::count(done),
                (done, total) => format!("{} из {}", number::count(done), number::count(total)),
            };
            (state, stage.title.clone(), steps, quantity::duration(stage.time()))
        });
        let mut work = Self { is_running, stages: told.collect(), ..Self::default() };
        if let Some(last) = stages.last().filter(|_| is_running) {
            let steps = if last.total == 0 { String::new() } else { format!(", {} из {}", last.done, last.total) };
            work.head = format!("Идёт: {}{steps}", last.title.to_lowercase());
            work.percent = if last.total == 0 { 0.0 } else { 100.0 * last.done as f64 / last.total as f64 };
        }
        work.is_stopping = is_running && srez_pipeline::Watcher::is_stopped(job);
        match &*job.ending() {
            Some(Ending::Issued(outcome)) => {
                work.is_issued = true;
                work.lines = outcome_lines(outcome);
            }
            Some(Ending::Failed(error)) => {
                work.fault.clone_from(&error.message);
                work.hint.clone_from(&error.hint);
            }
            Some(Ending::Stopped) => {
                work.fault = "Остановлено. Прежний выпуск на месте, новый не составлен".to_owned();
            }
            Some(Ending::Checked(_)) | None => {}
        }
        if job.kind != JobKind::Run && work.fault.is_empty() {
            work = Self { is_running, head: work.head, ..Self::default() };
        }
        work
    }
}

fn outcome_lines(outcome: &Outcome) -> Vec<String> {
    let files = plural::nominative(outcome.artifacts as u64, plural::FILE);
    let mut lines = vec![format!(
        "Выпуск составлен: {files}, {}, срез {}.",
        plural::nominative(outcome.exams.len() as u64, plural::WORK),
        outcome.version
    )];
    let rejected = outcome.files.iter().filter(|entry| entry.status == FileStatus::Rejected).count() as u64;
    let rows = u64::from(outcome.rows.rejected);
    if rejected + rows > 0 {
        lines.push(format!(
            "Не вошло: {} и {}; что в них не так — в «Приёме» и в листах возврата.",
            plural::nominative(rejected, plural::FILE),
            plural::nominative(rows, plural::ROW)
        ));
    }
    if !outcome.kept.is_empty() {
        lines.push(format!(
            "Ваши правки из прежней папки выпуска сохранены ({}) в папке «ваши правки».",
            plural::nominative(outcome.kept.len() as u64, plural::FILE)
        ));
    }
    lines.extend(crate::texts::lines(&outcome.texts));
    for failure in &outcome.failures {
        lines.push(format!("Не составлено: {} ({}); остальное составлено.", failure.document, failure.reason));
    }
    lines
}

#[derive(Template)]
#[template(path = "desk/issue.html")]
pub(crate) struct IssuePage {
    pub(crate) frame: Frame,
    pub(crate) issue: Option<Issue>,
    pub(crate) capability: String,
    pub(crate) fault: String,
}

#[derive(Template)]
#[template(path = "desk/history.html")]
pub(crate) struct HistoryPage {
    pub(crate) frame: Frame,
    pub(crate) past: Past,
    pub(crate) fault: String,
}

#[derive(Template)]
#[template(path = "desk/history_part.html")]
pub(crate) struct HistoryPart {
    pub(crate) compared: Compared,
}

#[derive(Template)]
#[template(path = "desk/why.html")]
pub(crate) struct WhyPart {
    pub(crate) why: Why,
}

#[derive(Template)]
#[template(path = "desk/thresholds.html")]
pub(crate) struct ThresholdsPage {
    pub(crate) frame: Frame,
    pub(crate) lines: Vec<Line>,
    pub(crate) fault: String,
}

#[derive(Template)]
#[template(path = "desk/tried.html")]
pub(crate) struct TriedPart {
    pub(crate) tried: Tried,
}

#[derive(Template)]
#[template(path = "desk/places.html")]
pub(crate) struct PlacesPage {
    pub(crate) frame: Frame,
    pub(crate) home: String,
    /// The folder that was open and is gone.
    pub(crate) lost: String,
    pub(crate) found: Vec<String>,
    pub(crate) version: &'static str,
}
