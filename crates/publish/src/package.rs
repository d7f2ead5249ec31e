//! An edition as one ZIP: files in the order of their names, with a fixed time and system, so that the same files give
//! the same bytes.

use crate::fault::Fault;
use srez_model::artifact::Artifact;
use srez_model::error::Result;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// The files below `folder` as `<folder>.zip` next to it; paths inside start with the folder's own name.
///
/// # Errors
/// If it cannot be serialised, which is a bug.
pub fn package(folder: &str, files: &[Artifact]) -> Result<Artifact> {
    let not_written = || Fault::NotWritten(format!("архив {folder}.zip"));
    let above = folder.rfind('/').map_or(0, |place| place + 1);
    let mut sorted: Vec<&Artifact> = files.iter().collect();
    sorted.sort();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in sorted {
        // Office documents are compressed inside; of a PDF the structure that reads a table aloud is not, and the maps
        // of the classes have much of it.
        let is_compressed = [".xlsx", ".docx", ".pptx", ".png"].iter().any(|kind| file.path.ends_with(kind));
        let method = if is_compressed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .system(System::Unix);
        writer.start_file(file.path.get(above..).unwrap_or(&file.path), options).map_err(|_| not_written())?;
        writer.write_all(&file.bytes).map_err(|_| not_written())?;
    }
    let bytes = writer.finish().map_err(|_| not_written())?.into_inner();
    Ok(Artifact { path: format!("{folder}.zip"), bytes })
}
