//! The program of the desk: one thread that listens on this computer alone.

use crate::routes;
use crate::secrets::Secrets;
use crate::state::Desk;
use crate::workspace::Workspace;
use crate::{another, jobs::JobKind, open};
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
    /// Who works here, as the system calls her; stands beside her decisions.
    pub who: String,
    /// Port; 0 takes any.
    pub port: u16,
    /// Whether the browser is opened.
    pub browser: bool,
}

/// Serves the pages until she ends the program, or nobody looks for a quarter of an hour. Where another desk has the
/// folder open, the browser is opened at that one. `tell` is told the address.
///
/// # Errors
/// Where the folder cannot be made, no port can be had, or the system gives no random numbers.
pub fn serve(opening: &Opening, tell: impl FnOnce(&str)) -> Result<()> {
    let workspace = opening.folder.as_deref().map(Workspace::open).transpose()?;
    let held = match &workspace {
        None => None,
        Some(workspace) => match another::hold(&workspace.folder)? {
            None => return another::open_first(&workspace.folder, opening.browser, tell),
            held => held,
        },
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
    runtime.block_on(async {
        let listener = listen(opening.port).await?;
        let port = listener.local_addr().map_err(|error| failed(&error))?.port();
        let desk = Arc::new(Desk::new(Secrets::new()?, port, opening));
        if let Some((workspace, held)) = workspace.zip(held) {
            desk.open(workspace, held)?;
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
            served = service => served.map_err(|error| failed(&error)),
            () = ended.end.notified() => Ok(()),
            () = until_idle(&desk) => Ok(()),
        }
    })
}

fn failed(error: &std::io::Error) -> Error {
    Error::run(format!("рабочее место не запускается: {error}"))
}

/// A port of this computer; 0 takes any that is free.
async fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Error::usage(format!("порт {port} занят другой программой"))
            .hint("не указывайте --port: программа возьмёт свободный"),
        _ => failed(&error),
    })
}

async fn until_idle(desk: &Desk) {
    let mut idle = Duration::ZERO;
    while idle < IDLE {
        tokio::time::sleep(LOOK_EVERY).await;
        idle = if desk.is_idle() { idle + LOOK_EVERY } else { Duration::ZERO };
    }
}
