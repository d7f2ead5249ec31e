//! The key of the pseudonyms: a file outside the store that only its owner can read, and its id inside the store.
//!
//! The store never holds a key. `keys.json` in it names the keys by id, the last one in force, so that a key that is
//! lost or another one is noticed before a single pseudonym is made with it.

use super::key_fault::KeyFault;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use srez_config::plan::Plan;
use srez_model::error::{Error, Result};
use srez_store::{Snapshot, Store};

/// A key with its id.
#[derive(Clone)]
pub struct PseudonymKey {
    /// The key itself; goes to the reader processes and nowhere else.
    pub(super) bytes: [u8; 32],
    /// `k-` and eight letters of a hash of the key: tells keys apart and does not lead back to them.
    pub id: String,
}

/// Where key and store of a pipeline lie, and the day on which a new key is entered.
#[derive(Clone, Copy, Debug)]
pub struct KeyPlace<'a> {
    /// File with the key.
    pub key: &'a Utf8Path,
    /// Folder of the history.
    pub store: &'a Utf8Path,
    /// Date of the plan, `YYYY-MM-DD`.
    pub date: &'a str,
}

impl<'a> KeyPlace<'a> {
    /// The places that a plan names.
    pub fn of(plan: &'a Plan) -> Self {
        Self { key: &plan.key, store: &plan.store, date: &plan.date }
    }
}

/// Keys that were in force.
///
/// Grain: one entry per key, the last one in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRegister {
    /// Entries in the order in which they came into force.
    pub keys: Vec<RegisteredKey>,
}

/// A key as the register knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredKey {
    pub id: String,
    /// Day from which it is in force, `YYYY-MM-DD`.
    pub since: String,
}

/// The keys of a store and the one at hand.
#[derive(Clone, Debug)]
pub struct KeyStatus {
    pub register: KeyRegister,
    /// Whether the key at hand is the last of them.
    pub is_in_force: bool,
}

/// A change of keys.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// Id of the new key.
    pub id: String,
    /// Where the old key lies now; none where there was none.
    pub aside: Option<Utf8PathBuf>,
}

/// Checks before anything is made or opened that neither key nor store lie open to others.
///
/// # Errors
/// Where others can read the key or enter the store, or the key lies inside the store.
pub(super) fn check_places(place: &KeyPlace<'_>) -> Result<()> {
    let KeyPlace { key, store, .. } = *place;
    if key.starts_with(store) {
        return Err(KeyFault::InsideStore(key).into());
    }
    if srez_disk::is_folder(store) && srez_disk::is_open_to_others(store)? {
        return Err(KeyFault::OpenStore(store).into());
    }
    if srez_disk::exists(key) && srez_disk::is_open_to_others(key)? {
        return Err(KeyFault::OpenKey(key).into());
    }
    Ok(())
}

/// Reads the key, or makes it on the first run. The store is open for this run alone: of two first runs at once only
/// one makes the key.
///
/// # Errors
/// Where others can read the key or enter the store, the key lies inside the store, is lost, is another one or is no
/// key.
pub(super) fn load_or_make(place: &KeyPlace<'_>, store: &Store) -> Result<PseudonymKey> {
    check_places(place)?;
    let mut register = register(place.store)?;
    if is_missing(place, &register, store.snapshot())? {
        if !register.keys.is_empty() || store.version() > 0 {
            return Err(lost(place, &register));
        }
        let key = make(place)?;
        if let Some(above) = place.key.parent().filter(|above| !above.as_str().is_empty()) {
            srez_disk::flush_folder(above)?;
        }
        enter(place, &mut register, &key.id)?;
        return Ok(key);
    }
    let key = read(place.key)?;
    if check_in_force(place, &key, &register, store.snapshot())? == Registered::No {
        enter(place, &mut register, &key.id)?;
    }
    Ok(key)
}

/// Makes the key, whole or not at all: nobody has a copy of half a key. The first run of another store with the same
/// key may be faster: then its key is the key of both.
fn make(place: &KeyPlace<'_>) -> Result<PseudonymKey> {
    // An empty file is what a first run left that was killed.
    if srez_disk::exists(place.key) && srez_disk::read_text(place.key)?.trim().is_empty() {
        srez_disk::remove_file(place.key)?;
    }
    let key = fresh()?;
    let neighbour = beside(place.key, &format!("{}.tmp", key.id));
    if srez_disk::publish_secret_if_absent(&neighbour, place.key, &written(&key))? { Ok(key) } else { read(place.key) }
}

/// Reads the key for work that writes nothing.
///
/// # Errors
/// As before a run.
pub(super) fn load(place: &KeyPlace<'_>, history: &Snapshot) -> Result<PseudonymKey> {
    check_places(place)?;
    let register = register(place.store)?;
    if is_missing(place, &register, history)? {
        return Err(lost(place, &register));
    }
    let key = read(place.key)?;
    check_in_force(place, &key, &register, history)?;
    Ok(key)
}

/// True where there is no key: no file, or an empty one that a first run left which was killed before anything was
/// written with it.
fn is_missing(place: &KeyPlace<'_>, register: &KeyRegister, history: &Snapshot) -> Result<bool> {
    if !srez_disk::exists(place.key) {
        return Ok(true);
    }
    let is_empty = srez_disk::read_text(place.key)?.trim().is_empty();
    Ok(is_empty && register.keys.is_empty() && history.version() == 0)
}

/// Whether the store knows a key that may be used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Registered {
    Yes,
    No,
}

fn check_in_force(
    place: &KeyPlace<'_>,
    key: &PseudonymKey,
    register: &KeyRegister,
    history: &Snapshot,
) -> Result<Registered> {
    match register.keys.iter().rposition(|seen| seen.id == key.id) {
        Some(found) if found + 1 == register.keys.len() => Ok(Registered::Yes),
        Some(_) => Err(KeyFault::Former { file: place.key, id: &key.id, in_force: in_force(register) }.into()),
        // Without the list the log still tells under which key the last results came.
        None if register.keys.is_empty() && ![key.id.as_str(), ""].contains(&history.key()) => {
            let list = register_path(place.store);
            Err(KeyFault::WithoutList { id: &key.id, store: place.store, list: &list, of_log: history.key() }.into())
        }
        None if register.keys.is_empty() || is_set_aside(place, register) => Ok(Registered::No),
        None => Err(KeyFault::Another { id: &key.id, store: place.store, in_force: in_force(register) }.into()),
    }
}

/// Ids of all keys that were ever in force in a store, and of the one at hand.
///
/// # Errors
/// Where the list of keys cannot be read.
pub(super) fn known(place: &KeyPlace<'_>, key: &PseudonymKey) -> Result<Vec<String>> {
    let of_store = register(place.store)?.keys.into_iter().map(|key| key.id);
    Ok(of_store.chain([key.id.clone()]).collect())
}

/// A key that is kept nowhere.
pub(super) fn throwaway() -> Result<PseudonymKey> {
    fresh()
}

/// The keys of a store, after the same checks as before a run.
///
/// # Errors
/// As before a run, but a key that is lost or another one is told in the answer.
pub fn status(place: &KeyPlace<'_>) -> Result<KeyStatus> {
    check_places(place)?;
    let register = register(place.store)?;
    let at_hand = if srez_disk::exists(place.key) { Some(read(place.key)?.id) } else { None };
    let is_in_force = at_hand.is_some() && at_hand.as_deref() == in_force(&register);
    Ok(KeyStatus { register, is_in_force })
}

/// Puts a new key into force and sets the old one aside beside it.
///
/// `lost` tells that the old key is gone for good.
///
/// # Errors
/// Where a run has the store open, there is no key to rotate, or the disk refuses.
pub fn rotate(place: &KeyPlace<'_>, lost_for_good: bool) -> Result<Rotated> {
    check_places(place)?;
    let is_there = srez_disk::exists(place.key);
    if !is_there && !lost_for_good {
        return Err(lost(place, &register(place.store)?));
    }
    srez_disk::make_private_folder(place.store)?;
    let _lock = srez_disk::lock(&place.store.join(".lock"))?.ok_or(KeyFault::Busy(place.store))?;
    let mut register = register(place.store)?;
    let key = fresh()?;
    let prepared = beside(place.key, "new");
    srez_disk::remove_file(&prepared)?;
    srez_disk::write_secret(&prepared, &written(&key))?;
    let swapped = swap(place.key, &prepared, is_there).inspect_err(|_| {
        // A key that is not in force is a secret that nobody needs.
        let _ = srez_disk::remove_file(&prepared);
    })?;
    enter(place, &mut register, &key.id)?;
    Ok(Rotated { id: key.id, aside: swapped })
}

/// Puts the new key in place of the one in force, if there is one, which then lies at the path that is given back.
fn swap(key: &Utf8Path, prepared: &Utf8Path, is_there: bool) -> Result<Option<Utf8PathBuf>> {
    let old = if is_there { Some(beside(key, &read(key)?.id)) } else { None };
    if let Some(old) = &old {
        srez_disk::rename(key, old)?;
    }
    srez_disk::rename(prepared, key).inspect_err(|_| {
        // Without a key in force no run would know the participants again.
        let _ = old.as_ref().map(|old| srez_disk::rename(old, key));
    })?;
    Ok(old)
}

fn register_path(store: &Utf8Path) -> Utf8PathBuf {
    store.join("keys.json")
}

fn register(store: &Utf8Path) -> Result<KeyRegister> {
    let path = register_path(store);
    if !srez_disk::exists(&path) {
        return Ok(KeyRegister::default());
    }
    serde_json::from_str(&srez_disk::read_text(&path)?).map_err(|_| KeyFault::ListDamaged(&path).into())
}

fn enter(place: &KeyPlace<'_>, register: &mut KeyRegister, id: &str) -> Result<()> {
    register.keys.push(RegisteredKey { id: id.to_owned(), since: place.date.to_owned() });
    let mut text = serde_json::to_vec_pretty(register).map_err(|_| KeyFault::ListNotWritten)?;
    text.push(b'\n');
    srez_disk::make_private_folder(place.store)?;
    srez_disk::write_private(&register_path(place.store), &text)
}

/// True where a change of keys was cut off after the new key was in place and before it was entered.
fn is_set_aside(place: &KeyPlace<'_>, register: &KeyRegister) -> bool {
    register.keys.last().is_some_and(|last| srez_disk::exists(&beside(place.key, &last.id)))
}

/// `demo.key` and `k-1a2b3c4d` make `demo.key.k-1a2b3c4d`.
fn beside(key: &Utf8Path, ending: &str) -> Utf8PathBuf {
    key.with_file_name(format!("{}.{ending}", key.file_name().unwrap_or("key")))
}

fn lost(place: &KeyPlace<'_>, register: &KeyRegister) -> Error {
    KeyFault::Lost { key: place.key, store: place.store, id: in_force(register) }.into()
}

/// Id of the key in force; none where the store knows no key.
fn in_force(register: &KeyRegister) -> Option<&str> {
    register.keys.last().map(|last| last.id.as_str())
}

fn read(path: &Utf8Path) -> Result<PseudonymKey> {
    let text = srez_disk::read_text(path)?;
    parse(text.trim()).map(with_id).ok_or_else(|| KeyFault::NoKey(path).into())
}

fn fresh() -> Result<PseudonymKey> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|_| KeyFault::NoRandomness)?;
    Ok(with_id(key))
}

fn with_id(bytes: [u8; 32]) -> PseudonymKey {
    let hash = blake3::derive_key("srez pseudonym key id v1", &bytes);
    let letters: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    PseudonymKey { bytes, id: format!("k-{letters}") }
}

fn written(key: &PseudonymKey) -> Vec<u8> {
    let mut text: String = key.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    text.push('\n');
    text.into_bytes()
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (place, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests;
