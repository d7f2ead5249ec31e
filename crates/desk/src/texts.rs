//! «Тексты»: the fields of the issue by document, each with what is written into it, and what asks for her.

use crate::pages::Frame;
use crate::routes::{App, done, page};
use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_pipeline::{TextsOutcome, WrittenText};
use srez_texts::{FieldOfRun, Reach, Record, Standing};
use srez_wording::{date, number, plural};

const SCRIPT: &str = include_str!("../../../templates/desk/texts.js");

/// A field on the page.
struct FieldView {
    address: String,
    /// How its parts are told apart on the page.
    id: String,
    label: String,
    /// Numbers beside it, in one line.
    shown: String,
    /// Numbers that moved: name, then, now.
    moved: Vec<(String, String, String)>,
    text: String,
    author: String,
    reach: &'static str,
    /// «Е. С. Луговая, 24.06.2026»; empty where nothing is written.
    written: String,
}

/// The fields of one document and section.
struct PlaceView {
    title: String,
    fields: Vec<FieldView>,
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
    places: Vec<PlaceView>,
    lost: Vec<LostView>,
    /// «заполнено 14 из 166».
    count: String,
    moved: usize,
    show: String,
    /// Reaches with their words for the list.
    reaches: Vec<(&'static str, &'static str)>,
    fault: String,
}

/// Which fields are wanted: all, those with a text, those whose numbers moved.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    show: String,
}

/// The page.
pub(crate) async fn texts(State(desk): App, Query(Wanted { show }): Query<Wanted>) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let plan = workspace.has_settings().then(|| workspace.plan().ok()).flatten();
    let (standing, fault) = match plan.map(|plan| srez_pipeline::texts_of_period(&plan)) {
        None => (Standing::default(), String::new()),
        Some(Ok((texts, standing))) => (standing, texts.damaged.first().map_or_else(String::new, ToString::to_string)),
        Some(Err(error)) => (Standing::default(), error.to_string()),
    };
    page(&TextsPage {
        frame: Frame::new(&desk, "teksty", "Тексты"),
        places: places(&standing, &show),
        lost: standing.lost.iter().map(lost).collect(),
        count: in_words(&standing),
        moved: standing.moved().count(),
        show,
        reaches: vec![
            ("", "только служба"),
            (Reach::Association.word(), "и объединению"),
            (Reach::School.word(), "и школам"),
        ],
        fault,
    })
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

fn places(standing: &Standing, show: &str) -> Vec<PlaceView> {
    let is_wanted = |field: &&FieldOfRun| match show {
        "moved" => !field.moved().is_empty(),
        "written" => !field.text().is_empty(),
        "empty" => field.text().is_empty(),
        _ => true,
    };
    let mut places: Vec<PlaceView> = Vec::new();
    let mut fields: Vec<&FieldOfRun> = standing.fields.iter().filter(is_wanted).collect();
    fields.sort_by(|first, second| first.documents.first().cmp(&second.documents.first()));
    for field in fields {
        match places.iter_mut().find(|place| place.title == field.place) {
            Some(place) => place.fields.push(view(field)),
            None => places.push(PlaceView { title: field.place.clone(), fields: vec![view(field)] }),
        }
    }
    places
}

fn view(field: &FieldOfRun) -> FieldView {
    let or_none = |printed: String| if printed.is_empty() { "нет".to_owned() } else { printed };
    let moved = field.moved().into_iter().map(|moved| (moved.name, or_none(moved.was), or_none(moved.now)));
    let record = field.record.as_ref().filter(|record| !record.text.is_empty());
    FieldView {
        address: field.field.to_string(),
        id: field.field.tag().replace('.', "-"),
        label: field.label.clone(),
        shown: field.shown.iter().map(|it| format!("{}: {}", it.name, it.printed)).collect::<Vec<_>>().join("; "),
        moved: moved.collect(),
        text: field.text().to_owned(),
        author: record.map_or_else(String::new, |record| record.author.clone()),
        reach: record.map_or("", |record| record.reach.word()),
        written: record.map_or_else(String::new, written),
    }
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
