//! What the open pages are told: the state now, and after every change.

use crate::jobs::JobKind;
use crate::pages::Work;
use crate::state::Desk;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// Events are sent no more often than this.
const EVENTS_EVERY: Duration = Duration::from_millis(150);

/// What changes while a page is open.
pub(crate) fn state(desk: &Desk) -> serde_json::Value {
    let job = desk.job();
    let told = job.as_ref().map(|job| {
        let work = Work::new(job);
        let kind = match job.kind {
            JobKind::Run => "run",
            JobKind::Check | JobKind::Sample => "check",
        };
        serde_json::json!({
            "kind": kind, "running": work.is_running, "head": work.head, "percent": work.percent,
            "fault": work.fault, "hint": work.hint,
        })
    });
    serde_json::json!({ "job": told, "workspace": desk.workspace().map(|own| own.name().to_owned()) })
}

pub(crate) async fn events(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> impl IntoResponse {
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let changes = desk.changes();
    Sse::new(stream_of(desk, changes, seen)).keep_alive(KeepAlive::default())
}

/// The state now, and after every change. A page that comes back with the number of the state as it still is hears of
/// the next one: every event is the whole state, so nothing between is lost.
fn stream_of(
    desk: Arc<Desk>,
    changes: tokio::sync::watch::Receiver<u64>,
    seen: String,
) -> impl futures_util::Stream<Item = Result<Event, Infallible>> {
    futures_util::stream::unfold((desk, changes, seen), |(desk, mut changes, seen)| async move {
        let mut number = number_of(&desk, &changes);
        while number == seen {
            changes.changed().await.ok()?;
            tokio::time::sleep(EVENTS_EVERY).await;
            changes.mark_unchanged();
            number = number_of(&desk, &changes);
        }
        changes.mark_unchanged();
        let event = Event::default().event("state").id(&number).data(state(&desk).to_string());
        Some((Ok(event), (desk, changes, number)))
    })
}

/// The number of the state: of this start of the program, and of the change.
fn number_of(desk: &Desk, changes: &tokio::sync::watch::Receiver<u64>) -> String {
    format!("{}-{}", desk.secrets.session(), *changes.borrow())
}
