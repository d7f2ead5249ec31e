//! Replaced records: a copy is kept under a name with its hash, for the periods that were compared with it.

use super::GREATEST_RECORD;
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::error::Result;

/// Digits of the hash in the name of a copy.
const DIGITS: usize = 16;

/// Hash of a record, as a manifest names it.
pub fn hash_of_record(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Path for the copy of the record at `path`; none if there is no record, or it already has the new content.
pub fn copy_before(path: &Utf8Path, coming: &[u8]) -> Result<Option<(Utf8PathBuf, Vec<u8>)>> {
    if !srez_disk::exists(path) {
        return Ok(None);
    }
    let lying = srez_disk::read(path, GREATEST_RECORD)?;
    if lying == coming {
        return Ok(None);
    }
    let hash = hash_of_record(&lying);
    let stem = path.file_stem().unwrap_or_default();
    Ok(Some((path.with_file_name(format!("{stem}.{}.json", hash.get(..DIGITS).unwrap_or_default())), lying)))
}

/// The record with this hash, in force or replaced; none if it is not in the folder.
pub fn record_by_hash(folder: &Utf8Path, hash: &str) -> Result<Option<Vec<u8>>> {
    if !srez_disk::is_folder(folder) {
        return Ok(None);
    }
    for found in srez_disk::list(folder)?.files.into_iter().filter(|found| found.name.ends_with(".json")) {
        let bytes = srez_disk::read(&found.path, GREATEST_RECORD)?;
        if hash_of_record(&bytes) == hash {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}
