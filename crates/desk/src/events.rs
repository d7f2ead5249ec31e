//! What the open pages are told: the state now, and after every change.

use crate::jobs::JobKind;
use crate::pages::Work;
use crate::state::Desk;
use axum::extract::State;
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

pub(crate) async fn events(State(desk): State<Arc<Desk>>) -> impl IntoResponse {
    let changes = desk.changes();
    let stream = stream_of(desk, changes);
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// The state now, and after every change.
fn stream_of(
    desk: Arc<Desk>,
    changes: tokio::sync::watch::Receiver<u64>,
) -> impl futures_util::Stream<Item = Result<Event, Infallible>> {
    futures_util::stream::unfold((desk, changes, true), |(desk, mut changes, is_first)| async move {
        if !is_first {
            tokio::time::sleep(EVENTS_EVERY).await;
            changes.changed().await.ok()?;
            changes.mark_unchanged();
        }
        let event = Event::default().event("state").data(state(&desk).to_string());
        Some((Ok(event), (desk, changes, false)))
    })
}
