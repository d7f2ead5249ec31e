//! The program of the desk: one thread that listens on this computer alone.

use crate::routes;
use crate::secrets::Secrets;
use crate::state::Desk;
use crate::workspace::Workspace;
use crate::{jobs::JobKind, open};
use camino::Utf8PathBuf;
use srez_model::error::{Error, Result};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// After so long without a window and without work the program ends.
const IDLE: Duration = Duration::from_secs(15 * 60);
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// What is opened at the start.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// Folder of the workspace; none shows the list of them.
    pub folder: Option<Utf8PathBuf>,
    /// Folder in which new workspaces are made.
    pub home: Utf8PathBuf,
    /// Port; 0 takes any.
    pub port: u16,
    /// Whether the browser is opened.
    pub browser: bool,
}

/// Serves the pages until she ends the program, or nobody looks for a quarter of an hour. `tell` is told the address.
///
/// # Errors
/// Where the folder cannot be made, no port can be had, or the system gives no random numbers.
pub fn serve(opening: &Opening, tell: impl FnOnce(&str)) -> Result<()> {
    let workspace = opening.folder.as_deref().map(Workspace::open).transpose()?;
    let failed = |error: std::io::Error| Error::run(format!("рабочее место не запускается: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", opening.port)).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let desk = Arc::new(Desk::new(Secrets::new()?, port, opening.home.clone(), workspace));
        if desk.workspace().is_some() {
            desk.begin(JobKind::Check)?;
        }
        let address = format!("http://{}/in#{}", desk.host(), desk.secrets.issue_ticket()?);
        tell(&address);
        if opening.browser {
            open::page(&address)?;
        }
        let ended = Arc::clone(&desk);
        let service = axum::serve(listener, routes::router(Arc::clone(&desk)));
        tokio::select! {
            served = service => served.map_err(failed),
            () = ended.end.notified() => Ok(()),
            () = until_idle(&desk) => Ok(()),
        }
    })
}

async fn until_idle(desk: &Desk) {
    let mut idle = Duration::ZERO;
    while idle < IDLE {
        tokio::time::sleep(LOOK_EVERY).await;
        idle = if desk.is_idle() { idle + LOOK_EVERY } else { Duration::ZERO };
    }
}
