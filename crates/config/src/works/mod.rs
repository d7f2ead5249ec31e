//! Packs of works: specifications, forms and subjects of a year in one file or folder, taken whole or not at all.

mod container;
#[cfg(test)]
mod trials;
mod written;

use crate::{exams, forms, subjects};
use camino::{Utf8Path, Utf8PathBuf};
use container::{CHANGES, LARGEST, Members, OfFolder, PLACES, is_member, shown};
use srez_model::assessment::{Exam, SubjectCatalogue};
use srez_model::error::{Error, Result};
use srez_model::form::FormProfile;
use std::collections::BTreeMap;
use written::{HEAD, Head, Member};

/// Which pack a run takes its works from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Works {
    pub path: Utf8PathBuf,
    pub name: String,
    pub version: String,
    /// Date as `YYYY-MM-DD`.
    pub date: String,
    /// What is new in it; empty where it does not tell.
    pub changes: String,
    /// Hash of the file; of a folder, the hash of its names and contents.
    pub blake3: String,
    /// How many specifications it holds.
    pub exams: usize,
    /// How many layout profiles it holds.
    pub forms: usize,
}

/// A pack with all that it brings, checked.
pub(crate) struct Pack {
    pub(crate) works: Works,
    pub(crate) exams: Vec<Exam>,
    pub(crate) forms: Vec<FormProfile>,
    /// Subjects in force: the known ones and its own.
    pub(crate) subjects: SubjectCatalogue,
}

/// A pack as one file, before it is written.
#[derive(Debug)]
pub struct Packed {
    pub bytes: Vec<u8>,
    pub works: Works,
    /// Files of the folder that the pack does not take.
    pub left_out: Vec<String>,
}

fn refused(path: &Utf8Path, reason: impl std::fmt::Display) -> Error {
    Error::usage(format!("пакет работ {path} не взят: {reason}"))
}

/// Opens a pack, a ZIP or a folder; `known` are the subjects of the program.
///
/// # Errors
/// If anything in it is wrong: then nothing of it is taken.
pub(crate) fn open(path: &Utf8Path, known: &SubjectCatalogue) -> Result<Pack> {
    if srez_disk::is_folder(path) {
        let OfFolder { mut members, .. } = container::of_folder(path)?;
        members.retain(|name, _| !CHANGES.contains(&name.as_str()));
        let mut hasher = blake3::Hasher::new();
        for (name, bytes) in &members {
            hasher.update(format!("{}  {name}\n", hash(bytes)).as_bytes());
        }
        let (head, members) = headed(path, members)?;
        let is_listed = !head.members.is_empty();
        return mean(path, &head, &members, is_listed, hasher.finalize().to_hex().to_string(), known);
    }
    mean_archive(path, &srez_disk::read(path, LARGEST)?, known)
}

fn mean_archive(path: &Utf8Path, bytes: &[u8], known: &SubjectCatalogue) -> Result<Pack> {
    let (head, members) = headed(path, container::of_archive(path, bytes)?)?;
    mean(path, &head, &members, true, hash(bytes), known)
}

/// The pack of a folder as one file; `out` is where it will lie, and names it where its head does not.
///
/// # Errors
/// If the folder is no pack, or the pack would not be taken.
pub fn pack(folder: &Utf8Path, out: &Utf8Path) -> Result<Packed> {
    let OfFolder { members, left_out } = container::of_folder(folder)?;
    let (mut head, mut members) = headed(folder, members)?;
    for name in CHANGES {
        if let Some(bytes) = members.remove(*name) {
            head.changes = utf8(folder, name, bytes)?;
        }
    }
    if head.name.is_empty() {
        out.file_stem().unwrap_or("works").clone_into(&mut head.name);
    }
    head.members = members.iter().map(|(path, bytes)| Member { path: path.clone(), blake3: hash(bytes) }).collect();
    members.insert(HEAD.to_owned(), head.text()?.into_bytes());
    let bytes = container::archive(&members)?;
    // Mistakes are told with the names of the files in the folder, then the file is read as a run will read it.
    members.remove(HEAD);
    let known = subjects::built_in()?;
    mean(folder, &head, &members, true, String::new(), &known)?;
    let works = mean_archive(out, &bytes, &known)?.works;
    Ok(Packed { bytes, works, left_out })
}

/// Parts the head of a pack from its other files.
fn headed(path: &Utf8Path, mut members: Members) -> Result<(Head, Members)> {
    let head = members.remove(HEAD).ok_or_else(|| {
        refused(path, format!("в нём нет {HEAD}")).hint(format!(
            "положите рядом с папкой exams файл {HEAD}, в нём две строки: version = \"2027.1\" и date = \"2026-12-01\""
        ))
    })?;
    let text = utf8(path, HEAD, head)?;
    let head = Head::parse(HEAD, &text).map_err(|error| within(path, error))?;
    Ok((head, members))
}

/// The error of a file of the pack, with the pack named first.
fn within(path: &Utf8Path, error: Error) -> Error {
    refused(path, error.message).hint(error.hint)
}

fn utf8(path: &Utf8Path, name: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| {
        refused(path, format!("{} не в кодировке UTF-8", shown(name))).hint("сохраните файл как текст в UTF-8")
    })
}

fn mean(
    path: &Utf8Path,
    head: &Head,
    members: &Members,
    is_listed: bool,
    blake3: String,
    known: &SubjectCatalogue,
) -> Result<Pack> {
    if let Some(name) = members.keys().find(|name| !is_member(name)) {
        return Err(refused(path, format!("в пакете не должно быть файла {}", shown(name))).hint(PLACES));
    }
    if is_listed {
        check_hashes(path, head, members)?;
    }
    if members.is_empty() {
        return Err(refused(path, "в нём нет ни спецификаций, ни форм, ни предметов").hint(PLACES));
    }
    let text = |name: &str, bytes: &[u8]| utf8(path, name, bytes.to_vec());
    let mut subjects = known.clone();
    if let Some(bytes) = members.get("subjects.toml") {
        let own = subjects::parse("subjects.toml", &text("subjects.toml", bytes)?);
        subjects = own.and_then(|own| subjects::with_own(subjects, own)).map_err(|error| within(path, error))?;
    }
    let (mut exams, mut forms) = (BTreeMap::<String, (Exam, &str)>::new(), Vec::new());
    for (name, bytes) in members {
        if name.starts_with("exams/") {
            let exam = exams::parse(name, &text(name, bytes)?, &subjects).map_err(|error| within(path, error))?;
            let id = exam.id();
            if let Some((_, first)) = exams.insert(id.clone(), (exam, name)) {
                return Err(refused(path, format!("две спецификации работы {id}: {first} и {name}"))
                    .hint("оставьте одну из них"));
            }
        } else if name.starts_with("forms/") {
            forms.push(forms::parse(name, &text(name, bytes)?).map_err(|error| within(path, error))?);
        }
    }
    let name = if head.name.is_empty() { path.file_stem().unwrap_or("works") } else { &head.name };
    let works = Works {
        path: path.to_owned(),
        name: name.to_owned(),
        version: head.version.clone(),
        date: head.date.clone(),
        changes: head.changes.clone(),
        blake3,
        exams: exams.len(),
        forms: forms.len(),
    };
    Ok(Pack { works, exams: exams.into_values().map(|(exam, _)| exam).collect(), forms, subjects })
}

/// Every file is listed once, and is what the list says.
fn check_hashes(path: &Utf8Path, head: &Head, members: &Members) -> Result<()> {
    let again = "возьмите пакет заново: его содержимое — не то, что собирал составитель";
    let mut listed = BTreeMap::new();
    for Member { path: name, blake3 } in &head.members {
        if listed.insert(name.as_str(), blake3).is_some() {
            return Err(refused(path, format!("файл {} назван в {HEAD} дважды", shown(name))).hint(again));
        }
        let Some(bytes) = members.get(name) else {
            return Err(refused(path, format!("нет файла {}, названного в {HEAD}", shown(name))).hint(again));
        };
        if !hash(bytes).eq_ignore_ascii_case(blake3) {
            return Err(refused(path, format!("файл {} изменён: хэш не тот", shown(name))).hint(again));
        }
    }
    match members.keys().find(|name| !listed.contains_key(name.as_str())) {
        Some(name) => Err(refused(path, format!("файл {} не назван в {HEAD}", shown(name))).hint(again)),
        None => Ok(()),
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
