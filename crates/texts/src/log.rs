//! The file of texts: one JSON line per record, each with its own check sum and that of the line before. Lines are only
//! added.

use crate::fault;
use crate::record::Record;
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use srez_model::error::{Error, Result};
use srez_model::field_id::FieldId;
use std::collections::BTreeMap;

/// Layout of a line.
const SCHEMA: u32 = 1;

/// Largest file that is read, in bytes.
const GREATEST: u64 = 1 << 30;

#[derive(Serialize, Deserialize)]
struct Line {
    blake3: String,
    entry: Record,
}

/// Comes first in what is parsed, so that a newer layout is told from damage.
#[derive(Deserialize)]
struct Layout {
    entry: LayoutOfEntry,
}

#[derive(Deserialize)]
struct LayoutOfEntry {
    schema: u32,
}

/// What a file of texts holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Lines of the file that were read, damaged ones too.
    pub lines: u64,
    /// Check sum of the last whole one; empty where there is none.
    pub blake3: String,
    /// Whole records, oldest first.
    pub records: Vec<Record>,
    /// What is wrong with the others.
    pub damaged: Vec<Error>,
}

impl Texts {
    /// The record in force of every field that ever had a text.
    pub fn in_force(&self) -> BTreeMap<FieldId, &Record> {
        self.records.iter().filter_map(|record| Some((record.field()?, record))).collect()
    }

    /// What was written into a field before the record in force.
    pub fn former(&self, field: &FieldId) -> Vec<&Record> {
        let address = field.to_string();
        let mut all: Vec<&Record> = self.records.iter().filter(|record| record.address == address).collect();
        all.pop();
        all
    }
}

/// Reads the file, or its first lines; nothing where there is none.
///
/// # Errors
/// Where the disk refuses. A damaged line is no error: it is told, and the others are read.
pub fn read(path: &Utf8Path, most: Option<u64>) -> Result<Texts> {
    let mut texts = Texts::default();
    if !srez_disk::exists(path) {
        return Ok(texts);
    }
    let bytes = srez_disk::read(path, GREATEST)?;
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let mut follows_damage = false;
    for (number, line) in (1_u64..).zip(lines.take(most)) {
        texts.lines = number;
        match parse(line) {
            Some(Line { blake3, entry }) => {
                if entry.parent != texts.blake3 && !follows_damage {
                    texts.damaged.push(fault::gap(path, number));
                }
                (texts.blake3, follows_damage) = (blake3, false);
                texts.records.push(entry);
            }
            None => {
                let is_newer = serde_json::from_slice::<Layout>(line).is_ok_and(|line| SCHEMA < line.entry.schema);
                texts.damaged.push(if is_newer { fault::newer(path, number) } else { fault::damaged(path, number) });
                follows_damage = true;
            }
        }
    }
    Ok(texts)
}

fn parse(line: &[u8]) -> Option<Line> {
    let line: Line = serde_json::from_slice(line).ok()?;
    (line.entry.schema <= SCHEMA && sum(&line.entry).is_some_and(|sum| sum == line.blake3)).then_some(line)
}

/// Adds records, filling in their numbers and parents; what the file held stays byte for byte.
///
/// # Errors
/// Where the disk refuses or another program writes at the same time; the file is then as it was.
pub fn append(path: &Utf8Path, records: Vec<Record>) -> Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    let name = path.file_name().unwrap_or("texts");
    // A name alone lies in the current folder.
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    srez_disk::make_folder(folder)?;
    let _lock = srez_disk::lock(&path.with_file_name(format!("{name}.lock")))?.ok_or_else(|| fault::busy(path))?;
    let known = read(path, None)?;
    let mut bytes = if srez_disk::exists(path) { srez_disk::read(path, GREATEST)? } else { Vec::new() };
    if !bytes.is_empty() && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    let (mut number, mut parent) = (known.lines, known.blake3);
    for mut entry in records {
        number += 1;
        (entry.schema, entry.number, entry.parent) = (SCHEMA, number, parent);
        let blake3 = sum(&entry).ok_or_else(fault::not_written)?;
        parent = blake3.clone();
        bytes.extend(serde_json::to_vec(&Line { blake3, entry }).map_err(|_| fault::not_written())?);
        bytes.push(b'\n');
    }
    srez_disk::write_private(path, &bytes)?;
    srez_disk::flush_folder(folder)
}

fn sum(entry: &Record) -> Option<String> {
    Some(blake3::hash(&serde_json::to_vec(entry).ok()?).to_hex().to_string())
}

#[cfg(test)]
mod tests;
