//! What somebody wrote into the folder of a period is moved out of it before the folder is replaced.
//!
//! *Invariant*: no byte in the folder of a period that the program did not write is ever removed. What was edited or
//! put there lies afterwards in `ваши правки/PERIOD/`, beside the periods, in a folder named after the issue it came
//! from.

use crate::published::{FileState, MANIFEST, Published, UNFINISHED};
use camino::{Utf8Path, Utf8PathBuf};
use srez_disk::Found;
use srez_model::error::Result;

/// Folder beside the periods.
pub const KEPT_FOLDER: &str = "ваши правки";

/// Files that programs leave beside an open document or in any folder; nobody wrote them.
fn is_left_by_a_program(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("~$") || name.starts_with(".~lock.") || ["Thumbs.db", "desktop.ini", ".DS_Store"].contains(&name)
}

/// Something that was moved out of the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// Where it lay.
    pub from: Utf8PathBuf,
    /// Where it lies now.
    pub to: Utf8PathBuf,
}

/// What was moved so far, so that it can be put back.
#[derive(Debug, Default)]
pub(crate) struct Moves(Vec<Kept>);

impl Moves {
    /// Moves all that the program did not write out of a folder. A folder without a manifest of ours goes as a whole,
    /// and so does one with names or links that cannot be followed. Nothing to do where there is no folder.
    ///
    /// # Errors
    /// Where the folder cannot be read or something cannot be moved; what was moved before stays in the list.
    pub(crate) fn clear(&mut self, reports: &Utf8Path, period: &str, folder: &Utf8Path) -> Result<()> {
        for kept in hers(reports, period, folder)? {
            self.take(&kept.from, &kept.to)?;
        }
        Ok(())
    }

    fn take(&mut self, from: &Utf8Path, to: &Utf8Path) -> Result<()> {
        if let Some(above) = to.parent() {
            srez_disk::make_folder(above)?;
        }
        srez_disk::rename(from, to)?;
        self.0.push(Kept { from: from.to_owned(), to: to.to_owned() });
        to.parent().map_or(Ok(()), srez_disk::flush_folder)
    }

    /// Puts everything back, the last first; what cannot be put back stays where it was moved to.
    pub(crate) fn undo(self) {
        for kept in self.0.iter().rev() {
            let _ = srez_disk::rename(&kept.to, &kept.from);
        }
    }

    /// What was moved.
    pub(crate) fn into_kept(self) -> Vec<Kept> {
        self.0
    }
}

/// What lies in a folder beside or in place of a period and is not ours, and where it belongs.
pub(crate) fn hers(reports: &Utf8Path, period: &str, folder: &Utf8Path) -> Result<Vec<Kept>> {
    if !srez_disk::exists(folder) {
        return Ok(Vec::new());
    }
    let own = reports.join(KEPT_FOLDER).join(period);
    if !srez_disk::is_folder(folder) {
        let to = free_name(&own, folder.file_name().unwrap_or(period));
        return Ok(vec![Kept { from: folder.to_owned(), to }]);
    }
    let listing = srez_disk::list(folder)?;
    // A manifest that makes no sense is no manifest of ours; alone in its folder it is what a kill left of one.
    let published = Published::read_whole(folder)?;
    let is_manifest = |found: &Found| found.name.strip_suffix(UNFINISHED).unwrap_or(&found.name) == MANIFEST;
    let is_empty = listing.files.iter().all(is_manifest) && listing.left_out.is_empty();
    let Some(published) = published.filter(|_| listing.left_out.is_empty()) else {
        let to = free_name(&own, folder.file_name().unwrap_or(period));
        return Ok(if is_empty { Vec::new() } else { vec![Kept { from: folder.to_owned(), to }] });
    };
    let to = free_name(&own, &label(&published));
    let states = published.states(folder)?.into_iter();
    let is_rubbish = |name: &str| is_left_by_a_program(name) || published.is_unfinished(name);
    let hers = states.filter(|(found, state)| *state != FileState::AsPublished && !is_rubbish(&found.name));
    Ok(hers.map(|(found, _)| Kept { to: to.join(&found.name), from: found.path }).collect())
}

/// «срез 2 от 2026-06-25»: the issue that the files came from.
fn label(published: &Published) -> String {
    format!("срез {} от {}", published.history_version, published.date)
}

/// A path that is free: the name itself, or the name with a number.
fn free_name(folder: &Utf8Path, name: &str) -> Utf8PathBuf {
    let numbered = (2..).map(|number| folder.join(format!("{name} ({number})")));
    let mut names = std::iter::once(folder.join(name)).chain(numbered);
    names.find(|path| !srez_disk::exists(path)).unwrap_or_else(|| folder.join(name))
}

/// All that was ever moved out of a period and lies there still, by path below its folder in [`KEPT_FOLDER`]; `coming`
/// is what the next issue will move.
///
/// # Errors
/// Where the folder cannot be read.
pub fn kept_of_period(reports: &Utf8Path, period: &str, coming: &[Kept]) -> Result<Vec<String>> {
    let own = reports.join(KEPT_FOLDER).join(period);
    let lying = if srez_disk::is_folder(&own) { srez_disk::list(&own)?.files } else { Vec::new() };
    let coming = coming.iter().filter_map(|kept| kept.to.strip_prefix(&own).ok()).map(ToString::to_string);
    let mut names: Vec<String> = lying.into_iter().map(|found| found.name).chain(coming).collect();
    names.sort();
    names.dedup();
    Ok(names)
}
