//! The one error of this room.

use rust_xlsxwriter::XlsxError;
use srez_model::error::Error;

/// What stops the run where the library refuses a workbook.
pub(super) fn failure(error: &XlsxError) -> Error {
    Error::run(format!("книга XLSX не собирается: {error}"))
}
