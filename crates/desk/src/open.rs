//! Opening what lies on this computer, as the system does it.

use camino::Utf8Path;
use srez_model::error::{Error, Result};

/// What is opened by itself; anything else is shown in its folder.
const OPENED: [&str; 10] = ["xlsx", "xls", "csv", "ods", "docx", "pptx", "pdf", "html", "png", "zip"];

/// Opens a document with the program that belongs to it.
pub(crate) fn document(path: &Utf8Path) -> Result<()> {
    let extension = path.extension().unwrap_or_default().to_lowercase();
    if !OPENED.contains(&extension.as_str()) {
        return folder(path.parent().unwrap_or(path));
    }
    opener::open(path).map_err(|error| failed(path, &error))
}

/// Opens a folder.
pub(crate) fn folder(path: &Utf8Path) -> Result<()> {
    opener::open(path).map_err(|error| failed(path, &error))
}

/// Opens an address of ours in the browser.
pub(crate) fn page(address: &str) -> Result<()> {
    opener::open_browser(address).map_err(|error| failed(Utf8Path::new(address), &error))
}

fn failed(path: &Utf8Path, error: &opener::OpenError) -> Error {
    Error::run(format!("{path} не открывается: {error}")).hint("откройте его сами")
}
