//! Taking originals a second time, for those who hand them back or put them aside: bytes and sheets as they were
//! recognised. Readers open what has to be opened; this process copies whole files and looks into none.

use super::reading::{self, Content, OnDisk, Original, ReadReply, ReadRequest, ReaderSettings};
use super::receive::{self, Part, Received};
use camino::Utf8Path;
use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_model::delivery::InputFile;
use srez_model::error::Result;
use srez_model::raw_sheet::RawSheet;
use srez_reader::ReaderPool;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of originals that one request asks for, where it asks for more than one: a reader keeps all that it answers.
const BYTES_OF_A_REQUEST: u64 = 4 << 20;

/// Requests whose replies are held at once.
const REPLIES_AT_ONCE: usize = 8;

/// Hands on the bytes of the wanted files, members of archives among them, in the order of the files on the disk. A
/// file that is gone, that cannot be unpacked or that is not what the reader met is left out: nobody looked at those
/// bytes.
///
/// # Errors
/// The first one that `each` returns, and where no reader can be asked.
pub(super) fn bytes(
    plan: &Plan,
    received: &Received,
    wanted: &BTreeSet<&str>,
    mut each: impl FnMut(&str, &[u8]) -> Result<()>,
) -> Result<()> {
    let limits = receive::limits(&plan.limits);
    let met = parts_by_name(received);
    let (whole, members): (BTreeSet<&str>, BTreeSet<&str>) =
        wanted.iter().partition(|name| received.paths.contains_key(**name));
    for name in whole {
        let Some((path, part)) = received.paths.get(name).zip(met.get(name)) else { continue };
        let Ok(bytes) = srez_disk::read_delivered(Utf8Path::new(path), limits.file_bytes) else { continue };
        // A file at which the reader died has no hash and is put aside as it is.
        if part.file.blake3.is_empty() || part.file.blake3 == receive::hash(&bytes) {
            each(name, &bytes)?;
        }
    }
    for requests in requests(received, &members, Content::Bytes).chunks(REPLIES_AT_ONCE) {
        for original in ask(&pool(plan, received)?, requests) {
            each(&original.file, &original.bytes)?;
        }
    }
    Ok(())
}

/// Makes something of the visible sheets of the wanted files, in the order of the files on the disk. Left out is what
/// was left out above, and a file at which a reader died or dies now.
///
/// # Errors
/// Where no reader can be asked.
pub(super) fn sheets<T: Send>(
    plan: &Plan,
    received: &Received,
    wanted: &BTreeSet<&str>,
    make: impl Fn(&Original) -> T + Sync,
) -> Result<Vec<T>> {
    let mut made = Vec::new();
    for requests in requests(received, wanted, Content::Sheets).chunks(REPLIES_AT_ONCE) {
        let originals = ask(&pool(plan, received)?, requests);
        made.par_extend(originals.par_iter().map(&make));
    }
    Ok(made)
}

/// The visible sheets of the wanted files by name.
pub(super) fn all_sheets(
    plan: &Plan,
    received: &Received,
    wanted: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Vec<RawSheet>>> {
    Ok(sheets(plan, received, wanted, |original| (original.file.clone(), original.sheets.clone()))?
        .into_iter()
        .collect())
}

fn pool(plan: &Plan, received: &Received) -> Result<ReaderPool<ReadRequest, ReadReply>> {
    reading::pool(plan, &ReaderSettings::without_recognition(plan, &received.known))
}

/// What the readers answer; a request without an answer gives nothing.
fn ask(pool: &ReaderPool<ReadRequest, ReadReply>, requests: &[ReadRequest]) -> Vec<Original> {
    let mut originals = Vec::new();
    let never = |_: &ReadRequest| Vec::new();
    pool.read_all(requests, never, |_, replies| {
        for reply in replies {
            if let Ok(ReadReply::TakenAgain(taken)) = reply {
                originals.extend(taken);
            }
        }
    });
    originals
}

fn parts_by_name(received: &Received) -> BTreeMap<&str, &Part> {
    received.parts.iter().map(|part| (part.file.name.as_str(), part)).collect()
}

/// Requests for the wanted files, none larger than need be. What has no hash was never met whole, and nobody asks a
/// reader for it again.
fn requests(received: &Received, wanted: &BTreeSet<&str>, what: Content) -> Vec<ReadRequest> {
    let met = parts_by_name(received);
    let mut of_disk: BTreeMap<(&str, &str), Vec<&Part>> = BTreeMap::new();
    for name in wanted {
        let part = met.get(name).filter(|part| !part.file.blake3.is_empty());
        if let Some((on_disk, part)) = on_disk(received, name).zip(part) {
            of_disk.entry(on_disk).or_default().push(part);
        }
    }
    let mut requests = Vec::new();
    for ((name, path), parts) in of_disk {
        let mut bytes = 0_u64;
        let mut group: Vec<(String, String)> = Vec::new();
        let file = || OnDisk::whole(name.to_owned(), path.to_owned());
        for Part { file: InputFile { name, blake3, size }, .. } in parts {
            if !group.is_empty() && BYTES_OF_A_REQUEST < bytes.saturating_add(*size) {
                requests.push(ReadRequest::TakeAgain { file: file(), wanted: std::mem::take(&mut group), what });
                bytes = 0;
            }
            bytes = bytes.saturating_add(*size);
            group.push((name.clone(), blake3.clone()));
        }
        requests.push(ReadRequest::TakeAgain { file: file(), wanted: group, what });
    }
    requests
}

/// Name and path of the file on the disk that holds a file: itself, or the archive around it.
fn on_disk<'a>(received: &'a Received, name: &str) -> Option<(&'a str, &'a str)> {
    let ends = name.match_indices('/').map(|(place, _)| place).chain([name.len()]);
    let candidates: Vec<&str> = ends.filter_map(|end| name.get(..end)).collect();
    candidates.iter().rev().find_map(|candidate| {
        let (name, path) = received.paths.get_key_value(*candidate)?;
        Some((name.as_str(), path.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::delivery::Recognised;
    use srez_sheets::ReadState;

    /// Name, hash and size of files that were met, all in one archive but the last.
    fn received(files: &[(&str, &str, u64)]) -> Received {
        let part = |&(name, blake3, size): &(&str, &str, u64)| Part {
            file: InputFile { name: name.to_owned(), blake3: blake3.to_owned(), size },
            state: ReadState::Read,
            recognised: Recognised::default(),
        };
        let paths = ["ввод/а.zip", "ввод/б.csv"].map(|name| (name.to_owned(), format!("/{name}")));
        Received { parts: files.iter().map(part).collect(), paths: paths.into(), ..Received::default() }
    }

    #[test]
    fn members_are_asked_for_together_as_long_as_they_are_small() {
        let mebibyte = 1 << 20;
        let received = received(&[
            ("ввод/а.zip/1.csv", "h1", mebibyte),
            ("ввод/а.zip/2.csv", "h2", 2 * mebibyte),
            ("ввод/а.zip/3.csv", "h3", 2 * mebibyte),
            ("ввод/а.zip/4.csv", "h4", 60 * mebibyte),
            ("ввод/а.zip/умер.csv", "", 0),
            ("ввод/б.csv", "h5", 1),
        ]);
        let wanted: BTreeSet<&str> = received.parts.iter().map(|part| part.file.name.as_str()).collect();
        let asked: Vec<(String, Vec<String>)> = requests(&received, &wanted, Content::Sheets)
            .into_iter()
            .filter_map(|request| match request {
                ReadRequest::TakeAgain { file, wanted, .. } => {
                    Some((file.path, wanted.into_iter().map(|(_, hash)| hash).collect()))
                }
                ReadRequest::Recognise(_) | ReadRequest::ListMembers(_) | ReadRequest::TakeTexts(_) => None,
            })
            .collect();
        let of = |path: &str, hashes: &[&str]| {
            (path.to_owned(), hashes.iter().map(|hash| (*hash).to_owned()).collect::<Vec<String>>())
        };
        assert_eq!(
            asked,
            [
                of("/ввод/а.zip", &["h1", "h2"]),
                of("/ввод/а.zip", &["h3"]),
                of("/ввод/а.zip", &["h4"]),
                of("/ввод/б.csv", &["h5"])
            ]
        );
    }
}
