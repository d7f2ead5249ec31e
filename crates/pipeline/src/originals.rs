//! Reading original bytes a second time, for those who hand them back or put them aside.

use super::receive::{self, Received};
use camino::Utf8Path;
use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_model::error::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Hands on the bytes of the wanted files, members of archives among them, and gathers what becomes of them in the
/// order of the files on the disk. A file that is gone or cannot be unpacked is left out.
///
/// # Errors
/// The first one that `each` returns.
pub(super) fn again<T: Send>(
    plan: &Plan,
    received: &Received,
    wanted: &BTreeSet<&str>,
    each: impl Fn(&str, &[u8]) -> Result<Vec<T>> + Sync,
) -> Result<Vec<T>> {
    let limits = receive::limits(&plan.limits);
    let mut of_path: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for name in wanted {
        if let Some(request) = request_of(received, name) {
            of_path.entry(request).or_default().insert(name);
        }
    }
    let gathered: Vec<Result<Vec<T>>> = of_path
        .into_par_iter()
        .map(|((request, path), names)| {
            let Ok(bytes) = srez_disk::read(Utf8Path::new(path), limits.file_bytes) else { return Ok(Vec::new()) };
            if names.contains(request) {
                return each(request, &bytes);
            }
            let mut made = Ok(Vec::new());
            let _ = srez_sheets::unpack(&limits, request, &bytes, &mut |member, bytes| {
                if let Ok(all) = &mut made
                    && names.contains(member)
                {
                    match each(member, bytes) {
                        Ok(more) => all.extend(more),
                        Err(error) => made = Err(error),
                    }
                }
            });
            made
        })
        .collect();
    let mut all = Vec::new();
    for made in gathered {
        all.extend(made?);
    }
    Ok(all)
}

/// Name and path of the file on the disk that holds a file: itself, or the archive around it.
fn request_of<'a>(received: &'a Received, name: &str) -> Option<(&'a str, &'a str)> {
    let ends = name.match_indices('/').map(|(place, _)| place).chain([name.len()]);
    let candidates: Vec<&str> = ends.filter_map(|end| name.get(..end)).collect();
    candidates.iter().rev().find_map(|candidate| {
        let (name, path) = received.paths.get_key_value(*candidate)?;
        Some((name.as_str(), path.as_str()))
    })
}
