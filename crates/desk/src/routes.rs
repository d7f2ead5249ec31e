//! Addresses of the desk and what answers there.

use crate::another::{self, Question};
use crate::answers;
use crate::events;
use crate::guard::guard;
use crate::intake::{Side, Table};
use crate::issue::Issue;
use crate::jobs::JobKind;
use crate::open;
use crate::pages::{Enter, Frame, IntakePage, IssuePage, PlacesPage, RunPage, SettingsPage, SidePart, Work};
use crate::settings::{self, FIELDS};
use crate::state::Desk;
use crate::texts;
use crate::workspace::Workspace;
use askama::Template;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use camino::Utf8PathBuf;
use serde::Deserialize;
use srez_config::edit;
use srez_model::error::{Error, ErrorKind};
use std::sync::Arc;

/// Largest file of a drop.
const LARGEST: usize = 512 << 20;

const STYLE: &str = include_str!("../../../templates/desk/desk.css");
const SCRIPT: &str = include_str!("../../../templates/desk/desk.js");
const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/PTS55F.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/fonts/PTS75F.ttf");

pub(crate) type App = State<Arc<Desk>>;

/// All routes behind the guard.
pub(crate) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/in", get(|| async { page(&Enter) }))
        .route("/s/{name}", get(asset))
        .route("/i/{capability}/{*path}", get(document))
        .route("/", get(first))
        .route("/mesta", get(places))
        .route("/priem", get(intake))
        .route("/priem/{id}", get(side))
        .route("/nastroyki", get(settings_page))
        .route("/nastroyki/porogi", get(answers::thresholds))
        .route("/istoriya", get(answers::history))
        .route("/istoriya/{version}", get(answers::compared))
        .route("/sostavlenie", get(run))
        .route("/vypusk", get(issue))
        .route("/vypusk/otkuda", get(answers::why))
        .route("/teksty", get(texts::texts))
        .route("/teksty/{id}", get(texts::field))
        .route("/s/texts.js", get(texts::script))
        .route("/api/1/texts", put(texts::put))
        .route("/api/1/enter", post(enter))
        .route("/api/1/another", post(another_start))
        .route("/api/1/events", get(events::events))
        .route("/api/1/state", get(|State(desk): App| async move { Json(events::state(&desk)) }))
        .route(
            "/api/1/windows/{id}/beat",
            post(|State(desk): App, Path(id): Path<String>| async move {
                desk.beat(&id);
                StatusCode::NO_CONTENT
            }),
        )
        .route(
            "/api/1/windows/{id}/bye",
            post(|State(desk): App, Path(id): Path<String>| async move {
                desk.bye(&id);
                StatusCode::NO_CONTENT
            }),
        )
        .route("/api/1/incoming", put(receive))
        .route("/api/1/check", post(|State(desk): App| async move { begin(&desk, JobKind::Check) }))
        .route("/api/1/decisions", post(answers::decide))
        .route("/api/1/decisions/{number}", delete(answers::undo_decision))
        .route("/api/1/thresholds/try", post(answers::try_threshold))
        .route("/api/1/thresholds", post(answers::set_threshold))
        .route("/api/1/history/return", post(answers::return_to))
        .route("/api/1/runs", post(|State(desk): App| async move { begin(&desk, JobKind::Run) }))
        .route("/api/1/stop", post(stop))
        .route("/api/1/workspaces", post(open_workspace))
        .route("/api/1/settings", axum::routing::patch(change_settings))
        .route("/api/1/open", post(open_file))
        .route("/api/1/quit", post(quit))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), guard))
        .with_state(desk)
}

pub(crate) fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What went wrong, in words, with its code.
pub(crate) fn refusal(error: &Error) -> Response {
    let code = match error.kind {
        ErrorKind::Usage => StatusCode::CONFLICT,
        ErrorKind::Run => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let words = serde_json::json!({ "error": { "text": error.message, "hint": error.hint } });
    (code, Json(words)).into_response()
}

/// Nothing to say, or what went wrong.
pub(crate) fn done(result: srez_model::error::Result<()>, code: StatusCode) -> Response {
    result.map_or_else(|error| refusal(&error), |()| code.into_response())
}

async fn asset(Path(name): Path<String>) -> Response {
    let (kind, bytes): (&str, &[u8]) = match name.as_str() {
        "desk.css" => ("text/css; charset=utf-8", STYLE.as_bytes()),
        "desk.js" => ("text/javascript; charset=utf-8", SCRIPT.as_bytes()),
        "regular.ttf" => ("font/ttf", REGULAR),
        "bold.ttf" => ("font/ttf", BOLD),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=3600")], bytes).into_response()
}

async fn first(State(desk): App) -> Redirect {
    Redirect::to(if desk.workspace().is_some() { "/priem" } else { "/mesta" })
}

#[derive(Deserialize)]
struct Ticket {
    ticket: String,
}

async fn enter(State(desk): App, Json(given): Json<Ticket>) -> Response {
    let Some(cookie) = desk.secrets.enter(&given.ticket) else { return StatusCode::UNAUTHORIZED.into_response() };
    let cookie = format!("{}={cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200", desk.cookie_name());
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

/// A second start of the program asks to be let in.
async fn another_start(State(desk): App, Json(question): Json<Question>) -> Response {
    let reply = another::reply(desk.secrets.running(), &question, || desk.secrets.issue_ticket());
    reply.map_or_else(|| StatusCode::UNAUTHORIZED.into_response(), |reply| Json(reply).into_response())
}

async fn intake(State(desk): App) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let checked = desk.intake();
    let is_stale = checked.is_none();
    if is_stale && !desk.is_busy() {
        // Without a check nothing can be shown; a fault of it is told by the state.
        let _ = desk.begin(JobKind::Check);
    }
    let plan = workspace.has_settings().then(|| workspace.plan().ok()).flatten();
    let table = checked.map(|checked| Table::new(plan.as_ref(), &checked)).unwrap_or_default();
    let can_issue = plan.is_some() && table.count("ok") + table.count("notes") > 0;
    page(&IntakePage { frame: Frame::new(&desk, "priem", "Приём"), table, is_stale, can_issue })
}

async fn side(State(desk): App, Path(id): Path<String>) -> Response {
    let made = move || {
        let plan = desk.workspace().and_then(|workspace| workspace.plan().ok());
        desk.intake().and_then(|checked| Side::new(plan.as_ref(), &checked, &id))
    };
    // Files that contradict each other are read once more; the pages go on meanwhile.
    let side = tokio::task::spawn_blocking(made).await.ok().flatten();
    side.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |side| page(&SidePart { side }))
}

async fn settings_page(State(desk): App) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let keys = FIELDS.map(|(key, ..)| key);
    let text = srez_disk::read_text(&workspace.settings()).unwrap_or_default();
    let (values, mut fault) = match edit::values(&text, &keys) {
        Ok(values) => (values, String::new()),
        Err(error) => (vec![String::new(); keys.len()], error.to_string()),
    };
    if workspace.has_settings() && fault.is_empty() {
        fault = workspace.plan().err().map_or_else(String::new, |error| error.to_string());
    }
    let fields = FIELDS.iter().zip(values).map(|((key, label, remark), value)| (*key, *label, value, *remark));
    page(&SettingsPage {
        frame: Frame::new(&desk, "nastroyki", "Настройки"),
        fields: fields.collect(),
        file: workspace.settings().into_string(),
        version: settings::version(&text),
        fault,
        has_settings: workspace.has_settings(),
    })
}

#[derive(Deserialize)]
struct Changes {
    /// Of the settings that the page showed.
    version: String,
    values: Vec<(String, String)>,
}

async fn change_settings(State(desk): App, Json(changes): Json<Changes>) -> Response {
    let Some(workspace) = desk.workspace() else { return StatusCode::NOT_FOUND.into_response() };
    let written = settings::write(&workspace, &changes.version, &changes.values);
    match written {
        Ok(version) => Json(serde_json::json!({ "version": version })).into_response(),
        Err(error) => refusal(&error),
    }
}

async fn run(State(desk): App) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let (about, fault, can_issue) = match workspace.has_settings().then(|| workspace.plan()) {
        None => ("Сначала положите файлы: «Приём».".to_owned(), String::new(), false),
        Some(Err(error)) => (String::new(), error.to_string(), false),
        Some(Ok(plan)) => (
            format!(
                "{}, дата документов {}. Читаются папка «Входящие» и реестры.",
                srez_wording::text::capitalised(&srez_wording::date::month(&plan.period)),
                srez_wording::date::short(&plan.date)
            ),
            String::new(),
            true,
        ),
    };
    let work = desk.job().map(|job| Work::new(&job)).unwrap_or_default();
    let was_cut_off = !desk.is_busy() && workspace.has_run_mark();
    page(&RunPage {
        was_cut_off,
        frame: Frame::new(&desk, "sostavlenie", "Составление"),
        work,
        about,
        can_issue,
        fault,
    })
}

async fn issue(State(desk): App) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let read = workspace.has_settings().then(|| workspace.plan().and_then(|plan| Issue::read(&plan)));
    let (issue, fault) = match read {
        None => (None, String::new()),
        Some(Ok(issue)) => (issue, String::new()),
        Some(Err(error)) => (None, error.to_string()),
    };
    let capability = desk.secrets.capability().to_owned();
    page(&IssuePage { frame: Frame::new(&desk, "vypusk", "Выпуск"), issue, capability, fault })
}

/// A file of the issue, for pages of the issue themselves.
async fn document(State(desk): App, Path((_, path)): Path<(String, String)>) -> Response {
    let Some(plan) = desk.workspace().and_then(|workspace| workspace.plan().ok()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let folder = plan.reports.join(&plan.period);
    // Only what the folder lists: no «..», no link, no other name leads anywhere.
    let listed = srez_disk::list(&folder).ok().and_then(|all| all.files.into_iter().find(|found| found.name == path));
    let Some(found) = listed else { return StatusCode::NOT_FOUND.into_response() };
    let Ok(bytes) = srez_disk::read_delivered(&found.path, found.size) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match found.path.extension().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], Body::from(bytes)).into_response()
}

async fn places(State(desk): App) -> Response {
    let found = srez_disk::folders(&desk.home).unwrap_or_default();
    page(&PlacesPage {
        frame: Frame::new(&desk, "mesta", "Рабочие места"),
        home: desk.home.to_string(),
        lost: desk.lost().map_or_else(String::new, camino::Utf8PathBuf::into_string),
        found: found.into_iter().filter(|name| Workspace::is_one(&desk.home.join(name))).collect(),
        version: env!("CARGO_PKG_VERSION"),
    })
}

#[derive(Deserialize)]
struct NewWorkspace {
    name: String,
    #[serde(default)]
    sample: bool,
}

async fn open_workspace(State(desk): App, Json(asked): Json<NewWorkspace>) -> Response {
    let opened = Workspace::named(&desk.home, &asked.name).and_then(|workspace| {
        desk.enter(workspace)?;
        desk.begin(if asked.sample { JobKind::Sample } else { JobKind::Check })
    });
    done(opened, StatusCode::CREATED)
}

#[derive(Deserialize)]
struct Dropped {
    path: String,
}

async fn receive(State(desk): App, Query(dropped): Query<Dropped>, bytes: Bytes) -> Response {
    let Some(workspace) = desk.workspace() else { return StatusCode::NOT_FOUND.into_response() };
    // Writing to a disk may take long; the pages go on meanwhile.
    let written = tokio::task::spawn_blocking(move || workspace.receive(&dropped.path, &bytes)).await;
    match written {
        Ok(Ok(name)) => (StatusCode::CREATED, Json(serde_json::json!({ "name": name }))).into_response(),
        Ok(Err(error)) => refusal(&error),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn begin(desk: &Desk, kind: JobKind) -> Response {
    done(desk.begin(kind), StatusCode::ACCEPTED)
}

async fn stop(State(desk): App) -> StatusCode {
    if let Some(job) = desk.job() {
        job.stop();
    }
    StatusCode::ACCEPTED
}

/// The program ends, but not in the middle of a piece of work.
async fn quit(State(desk): App) -> Response {
    if desk.is_busy() {
        return refusal(&Error::usage("идёт работа").hint("дождитесь её конца или остановите её, затем завершите"));
    }
    desk.end.notify_one();
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Asked {
    /// The folder of the workspace.
    Workspace,
    /// The folder of the issue.
    Issue,
    /// A document of the issue, by id.
    Document(String),
    /// A delivered file, by id.
    File(String),
}

async fn open_file(State(desk): App, Json(asked): Json<Asked>) -> Response {
    let Some(workspace) = desk.workspace() else { return StatusCode::NOT_FOUND.into_response() };
    done(open_asked(&desk, &workspace, asked), StatusCode::ACCEPTED)
}

fn open_asked(desk: &Desk, workspace: &Workspace, asked: Asked) -> srez_model::error::Result<()> {
    match asked {
        Asked::Workspace => open::folder(&workspace.folder),
        Asked::Issue => {
            let plan = workspace.plan()?;
            open::folder(&plan.reports.join(&plan.period))
        }
        Asked::Document(id) => open::document(&Issue::file(&workspace.plan()?, &id)?),
        Asked::File(id) => {
            let gone = || Error::usage("такого файла уже нет").hint("проверьте папку заново");
            let checked = desk.intake().ok_or_else(gone)?;
            let entry = checked.outcome.files.iter().find(|entry| crate::intake::id_of(&entry.file.name) == id);
            open::document(&path_of(workspace, &entry.ok_or_else(gone)?.file.name).ok_or_else(gone)?)
        }
    }
}

/// Where a file of the list lies: its name begins at the folder of the deliveries; a member of an archive is shown as
/// the archive.
fn path_of(workspace: &Workspace, name: &str) -> Option<Utf8PathBuf> {
    let delivered = workspace.delivered().ok()?;
    let is_it = |path: &Utf8PathBuf| {
        path.strip_prefix(workspace.incoming())
            .is_ok_and(|own| name.ends_with(own.as_str()) || name.contains(&format!("{own}/")))
    };
    delivered.into_keys().filter(is_it).max_by_key(|path| path.as_str().len())
}
