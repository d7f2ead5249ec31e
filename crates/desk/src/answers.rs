//! Answers to what she decides, looks back at and asks.

use crate::decisions::{self, TakenBack, Wanted};
use crate::jobs::JobKind;
use crate::pages::{Frame, HistoryPage, HistoryPart, ThresholdsPage, TriedPart, WhyPart};
use crate::past::{self, Compared, Past, Return, With};
use crate::routes::{App, done, page, refusal};
use crate::state::Desk;
use crate::thresholds::{self, Change, Tried};
use crate::why::Why;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use srez_config::plan::Plan;
use srez_model::error::{Error, Result};
use std::sync::Arc;

pub(crate) async fn decide(State(desk): App, Json(wanted): Json<Wanted>) -> Response {
    let Some(workspace) = desk.workspace() else { return StatusCode::NOT_FOUND.into_response() };
    decided(&desk, decisions::take(&desk, &workspace, &wanted), StatusCode::CREATED)
}

pub(crate) async fn undo_decision(State(desk): App, Path(number): Path<u64>, Json(when): Json<TakenBack>) -> Response {
    let Some(workspace) = desk.workspace() else { return StatusCode::NOT_FOUND.into_response() };
    decided(&desk, decisions::take_back(&desk, &workspace, number, &when), StatusCode::NO_CONTENT)
}

/// What was decided is told by a fresh check; while other work goes on, by the next look at the page.
fn decided(desk: &Desk, result: Result<()>, code: StatusCode) -> Response {
    if result.is_ok() {
        let _ = desk.begin(JobKind::Check);
    }
    done(result, code)
}

/// The plan of the workspace.
fn plan_of(desk: &Desk) -> Result<Plan> {
    let workspace = desk.workspace().ok_or_else(|| Error::usage("рабочее место не открыто"))?;
    workspace.plan()
}

/// Reads or writes much without keeping the pages waiting.
async fn aside<T: Send + 'static>(
    desk: &Arc<Desk>,
    make: impl FnOnce(&Desk, &Plan) -> Result<T> + Send + 'static,
) -> Result<T> {
    let desk = Arc::clone(desk);
    let made = tokio::task::spawn_blocking(move || make(&desk, &plan_of(&desk)?)).await;
    made.unwrap_or_else(|_| Err(Error::run("ошибка программы")))
}

pub(crate) async fn history(State(desk): App) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let read = if workspace.has_settings() {
        aside(&desk, |_, plan| Past::read(plan)).await
    } else {
        Ok(Past {
            summary: "История пуста: сначала положите файлы в «Приём».".to_owned(), ..Past::default()
        })
    };
    let (past, fault) = match read {
        Ok(past) => (past, String::new()),
        Err(error) => (Past::default(), error.to_string()),
    };
    page(&HistoryPage { frame: Frame::new(&desk, "istoriya", "История"), past, fault })
}

pub(crate) async fn compared(State(desk): App, Path(version): Path<u64>, Query(with): Query<With>) -> Response {
    match aside(&desk, move |desk, plan| Compared::read(desk, plan, version, &with)).await {
        Ok(compared) => page(&HistoryPart { compared }),
        Err(error) => refusal(&error),
    }
}

/// Which number is asked about.
#[derive(Deserialize)]
pub(crate) struct Asked {
    address: String,
}

pub(crate) async fn why(State(desk): App, Query(asked): Query<Asked>) -> Response {
    match aside(&desk, move |desk, plan| Why::read(desk, plan, asked.address.trim())).await {
        Ok(why) => page(&WhyPart { why }),
        Err(error) => refusal(&error),
    }
}

pub(crate) async fn thresholds(State(desk): App) -> Response {
    let Some(workspace) = desk.workspace() else { return Redirect::to("/mesta").into_response() };
    let (lines, fault) = match workspace.has_settings().then(|| workspace.plan()) {
        None => (Vec::new(), "Пороги появятся вместе с настройками: сначала положите файлы в «Приём».".to_owned()),
        Some(Ok(plan)) => (thresholds::lines(&plan), String::new()),
        Some(Err(error)) => (Vec::new(), error.to_string()),
    };
    page(&ThresholdsPage { frame: Frame::new(&desk, "nastroyki", "Пороги"), lines, fault })
}

pub(crate) async fn try_threshold(State(desk): App, Json(change): Json<Change>) -> Response {
    match aside(&desk, move |desk, plan| Tried::read(desk, plan, &change)).await {
        Ok(tried) => page(&TriedPart { tried }),
        Err(error) => refusal(&error),
    }
}

pub(crate) async fn set_threshold(State(desk): App, Json(change): Json<Change>) -> Response {
    let Some(workspace) = desk.workspace() else { return StatusCode::NOT_FOUND.into_response() };
    done(thresholds::set(&workspace, &change), StatusCode::NO_CONTENT)
}

pub(crate) async fn return_to(State(desk): App, Json(asked): Json<Return>) -> Response {
    done(aside(&desk, move |desk, plan| past::return_to(desk, plan, &asked)).await, StatusCode::CREATED)
}
