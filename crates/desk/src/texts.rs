//! «Тексты»: the fields of the issue by document, and one at a time with its numbers and what is written into it.

use crate::pages::Frame;
use crate::routes::{App, done, page};
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_pipeline::{TextsOutcome, WrittenText};
use srez_texts::{FieldOfRun, Moved, Reach, Record, Standing};
use srez_wording::{date, number, plural, text};

const SCRIPT: &str = include_str!("../../../templates/desk/texts.js");

/// What asks for her in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FieldState {
    Empty,
    Written,
    /// Numbers beside its text are not what they were.
    Moved,
}

impl FieldState {
    fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Written => "written",
            Self::Moved => "moved",
        }
    }

    /// The symbol that says it without colour.
    fn shape(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Written => "ok",
            Self::Moved => "notes",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Empty => "пусто",
            Self::Written => "готов",
            Self::Moved => "число изменилось",
        }
    }
}

/// A number beside a field, as printed; «—» where it was or is not there.
struct NumberView {
    name: String,
    was: String,
    now: String,
}

/// A field on the page.
struct FieldView {
    address: String,
    /// How it is asked for.
    id: String,
    label: String,
    /// Document and section.
    place: String,
    /// Number of the place in the list.
    group: usize,
    /// True for the first field of a place.
    opens: bool,
    state: FieldState,
    /// The number in the list; empty where there is none.
    first: String,
    numbers: Vec<NumberView>,
    text: String,
    author: String,
    reach: &'static str,
    /// «Е. С. Луговая, 24.06.2026»; empty where nothing is written.
    written: String,
    /// What the search looks in.
    find: String,
}

impl FieldView {
    fn is_written(&self) -> bool {
        self.state != FieldState::Empty
    }
}

/// A text without a place.
struct LostView {
    text: String,
    written: String,
    period: String,
}

#[derive(Template)]
#[template(path = "desk/texts.html")]
struct TextsPage {
    frame: Frame,
    fields: Vec<FieldView>,
    lost: Vec<LostView>,
    /// «Заполнено полей: 14 из 166».
    count: String,
    /// Id of the workbook for colleagues; empty where the issue has none.
    book: String,
    fault: String,
}

impl TextsPage {
    fn in_state(&self, id: &str) -> usize {
        self.fields.iter().filter(|field| field.state.id() == id).count()
    }
}

#[derive(Template)]
#[template(path = "desk/texts_field.html")]
struct FieldPage<'a> {
    field: &'a FieldView,
    /// Reaches with their words for the list.
    reaches: [(&'static str, &'static str); 3],
}

/// The page.
pub(crate) async fn texts(State(desk): App) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let plan = workspace.has_settings().then(|| workspace.plan().ok()).flatten();
    let book = plan.as_ref().map_or_else(String::new, book);
    let (standing, fault) = match plan.map(|plan| srez_pipeline::texts_of_period(&plan)) {
        None => (Standing::default(), String::new()),
        Some(Ok((texts, standing))) => (standing, texts.damaged.first().map_or_else(String::new, ToString::to_string)),
        Some(Err(error)) => (Standing::default(), error.to_string()),
    };
    page(&TextsPage {
        frame: Frame::new(&desk, "teksty", "Тексты"),
        fields: fields(&standing),
        lost: standing.lost.iter().map(lost).collect(),
        count: in_words(&standing),
        book,
        fault,
    })
}

/// A field with its text, for the pane.
pub(crate) async fn field(State(desk): App, Path(id): Path<String>) -> Response {
    let plan = desk.workspace().and_then(|workspace| workspace.plan().ok());
    let standing = plan.and_then(|plan| srez_pipeline::texts_of_period(&plan).ok()).map(|(_, standing)| standing);
    let found = standing.and_then(|standing| fields(&standing).into_iter().find(|field| field.id == id));
    let Some(field) = found else { return StatusCode::NOT_FOUND.into_response() };
    let reaches = [
        ("", "только служба"),
        (Reach::Association.word(), "и методическое объединение"),
        (Reach::School.word(), "и школы"),
    ];
    page(&FieldPage { field: &field, reaches })
}

/// Id of the workbook for colleagues; empty where the issue has none.
fn book(plan: &Plan) -> String {
    let path = plan.reports.join(&plan.period).join(srez_pipeline::TEXT_BOOK);
    if srez_disk::exists(&path) { crate::intake::id_of(srez_pipeline::TEXT_BOOK) } else { String::new() }
}

/// The state of the step in the rail.
pub(crate) fn state(plan: Option<&Plan>) -> (String, bool) {
    let standing = plan.and_then(|plan| srez_pipeline::texts_of_period(plan).ok()).map(|(_, standing)| standing);
    standing.filter(|standing| !standing.fields.is_empty()).map_or_else(Default::default, |standing| {
        let words = format!("{} из {}", standing.written(), standing.fields.len());
        (words, standing.moved().count() > 0)
    })
}

/// What became of her texts in a run.
pub(crate) fn lines(outcome: &TextsOutcome) -> Vec<String> {
    let mut lines: Vec<String> = outcome.damaged.iter().map(ToString::to_string).collect();
    for taken in &outcome.taken {
        let texts = plural::nominative(taken.changes.len() as u64, plural::TEXT);
        lines.push(format!("Из {}: {texts}.", taken.file));
        lines.extend(taken.unknown.iter().map(|it| format!("Поле не найдено, текст остался в файле: {it}")));
    }
    lines.extend(outcome.unread.iter().map(|file| format!("Тексты из {file} не взяты: файл не читается.")));
    let moved = outcome.standing.moved().count() as u64;
    if moved > 0 {
        let texts = plural::nominative(moved, plural::TEXT);
        lines.push(format!("Рядом с вашими текстами изменились числа: {texts}, смотрите «Тексты»."));
    }
    lines
}

fn in_words(standing: &Standing) -> String {
    let (written, all) = (standing.written() as u64, standing.fields.len() as u64);
    format!("Заполнено полей: {} из {}", number::count(written), number::count(all))
}

/// The fields by document and section.
fn fields(standing: &Standing) -> Vec<FieldView> {
    let mut places: Vec<(&str, Vec<&FieldOfRun>)> = Vec::new();
    let mut all: Vec<&FieldOfRun> = standing.fields.iter().collect();
    all.sort_by(|first, second| first.documents.first().cmp(&second.documents.first()));
    for field in all {
        match places.iter_mut().find(|(title, _)| *title == field.place) {
            Some((_, fields)) => fields.push(field),
            None => places.push((&field.place, vec![field])),
        }
    }
    let mut views = Vec::new();
    for (group, (_, fields)) in places.into_iter().enumerate() {
        views.extend(fields.into_iter().enumerate().map(|(place, field)| view(field, group, place == 0)));
    }
    views
}

fn view(field: &FieldOfRun, group: usize, opens: bool) -> FieldView {
    let record = field.record.as_ref().filter(|record| !record.text.is_empty());
    let moved = field.moved();
    let state = match record {
        None => FieldState::Empty,
        Some(_) if moved.is_empty() => FieldState::Written,
        Some(_) => FieldState::Moved,
    };
    FieldView {
        address: field.field.to_string(),
        id: field.field.tag().replace('.', "-"),
        label: field.label.clone(),
        place: field.place.clone(),
        group,
        opens,
        state,
        first: field.shown.first().map_or_else(String::new, |it| it.printed.clone()),
        numbers: numbers(field, &moved),
        text: field.text().to_owned(),
        author: record.map_or_else(String::new, |record| record.author.clone()),
        reach: record.map_or("", |record| record.reach.word()),
        written: record.map_or_else(String::new, written),
        find: format!("{} {} {}", field.place, field.label, field.text()).to_lowercase(),
    }
}

/// The numbers beside a field: those that moved first.
fn numbers(field: &FieldOfRun, moved: &[Moved]) -> Vec<NumberView> {
    let or_dash = |printed: &str| if printed.is_empty() { number::MISSING.to_owned() } else { printed.to_owned() };
    let stands = |name: &str| moved.iter().all(|moved| moved.name != name);
    let same = field.shown.iter().filter(|it| stands(&it.name)).map(|it| (&it.name, &it.printed, &it.printed));
    let changed = moved.iter().map(|it| (&it.name, &it.was, &it.now));
    let views = changed.chain(same);
    views
        .map(|(name, was, now)| NumberView { name: text::capitalised(name), was: or_dash(was), now: or_dash(now) })
        .collect()
}

fn written(record: &Record) -> String {
    let day = date::short(&record.date);
    if record.author.is_empty() { day } else { format!("{}, {day}", record.author) }
}

fn lost(record: &Record) -> LostView {
    LostView { text: record.text.clone(), written: written(record), period: record.period.clone() }
}

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    address: String,
    text: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    reach: String,
    #[serde(default)]
    confirmed: bool,
}

/// Writes a text down.
pub(crate) async fn put(State(desk): App, Json(sent): Json<Sent>) -> Response {
    let Some(workspace) = desk.workspace() else { return StatusCode::NOT_FOUND.into_response() };
    let write = move || -> Result<()> {
        let Sent { address, text, author, reach, confirmed } = sent;
        let reach = Reach::of_word(&reach);
        srez_pipeline::write_text(&workspace.plan()?, &WrittenText { address, text, author, reach, confirmed })
            .map(|_| ())
    };
    // Writing to a disk may take long; the pages go on meanwhile.
    match tokio::task::spawn_blocking(write).await {
        Ok(written) => done(written, StatusCode::NO_CONTENT),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What the page needs beside the script of all pages.
pub(crate) async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}
