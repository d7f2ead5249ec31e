//! Reading original bytes a second time, for those who hand them back or put them aside.

use super::receive::{self, Received};
use camino::Utf8Path;
use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_model::error::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Hands on the bytes of the wanted files, members of archives among them, and gathers what becomes of them in the
/// order of the files on the disk. A file that is gone, that cannot be unpacked or that is not what the reader met is
/// left out: nobody looked at those bytes.
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
    let met: BTreeMap<&str, &str> =
        received.parts.iter().map(|part| (part.file.name.as_str(), part.file.blake3.as_str())).collect();
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
                return if is_same(&met, request, &bytes) { each(request, &bytes) } else { Ok(Vec::new()) };
            }
            let mut made = Ok(Vec::new());
            let _ = srez_sheets::unpack(&limits, request, &bytes, &mut |member, bytes| {
                if let Ok(all) = &mut made
                    && names.contains(member)
                    && is_same(&met, member, bytes)
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

/// True for the very bytes that a reader met; a file at which the reader died has no hash and is put aside as it is.
fn is_same(met: &BTreeMap<&str, &str>, name: &str, bytes: &[u8]) -> bool {
    met.get(name).is_some_and(|hash| hash.is_empty() || *hash == blake3::hash(bytes).to_hex().as_str())
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

#[cfg(test)]
mod tests {
    use super::is_same;
    use std::collections::BTreeMap;

    #[test]
    fn bytes_that_changed_after_they_were_read_are_not_handed_on() {
        let hash = blake3::hash(b"as it was").to_hex();
        let met = BTreeMap::from([("a.xlsx", hash.as_str()), ("died.xlsx", "")]);
        assert!(is_same(&met, "a.xlsx", b"as it was"));
        assert!(!is_same(&met, "a.xlsx", b"another file under the old name"));
        assert!(is_same(&met, "died.xlsx", b"anything"));
        assert!(!is_same(&met, "never met.xlsx", b"as it was"));
    }
}
