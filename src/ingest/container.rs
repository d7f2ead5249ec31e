//! A zip container with every unfolded byte counted against one budget.

use super::codes::{BOMB, DAMAGED, ENCRYPTED};
use super::limits::Limits;
use super::refusal::Refusal;
use super::sheet_builder::with_spaces;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// An open container.
pub(super) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    budget: u64,
}

/// One entry of the directory, as declared.
pub(super) struct Entry {
    /// Name as bytes.
    pub(super) name: Vec<u8>,
    /// True for a folder.
    pub(super) folder: bool,
    /// True where it is encrypted.
    pub(super) encrypted: bool,
}

impl<'a> Container<'a> {
    /// Opens the directory; too many entries or overlapping ones are refused.
    pub(super) fn open(limits: &Limits, bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refuse(&error))?;
        if limits.entries.max(limits.archive_members) < archive.len() as u64 {
            return Err(Refusal::new(&BOMB, format!("частей в файле: {}", with_spaces(archive.len() as u64))));
        }
        if archive.has_overlapping_files().map_err(|error| refuse(&error))? {
            return Err(Refusal::new(&DAMAGED, "части файла наложены друг на друга: он испорчен или подделан"));
        }
        Ok(Self { archive, left: limits.inflated_bytes, budget: limits.inflated_bytes })
    }

    /// Number of entries.
    pub(super) fn len(&self) -> usize {
        self.archive.len()
    }

    /// True where an entry has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// True where the name of an entry starts so.
    pub(super) fn has_below(&self, prefix: &str) -> bool {
        self.archive.file_names_raw().any(|name| name.starts_with(prefix.as_bytes()))
    }

    /// Place of an entry whatever the case of its name.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.archive
            .index_for_name(name)
            .or_else(|| self.archive.file_names_raw().position(|known| known.eq_ignore_ascii_case(name.as_bytes())))
    }

    /// What the directory says about an entry.
    pub(super) fn entry(&mut self, place: usize) -> Result<Entry, Refusal> {
        let file = self.archive.by_index_raw(place).map_err(|error| refuse(&error))?;
        Ok(Entry { name: file.name_raw().to_vec(), folder: file.is_dir(), encrypted: file.encrypted() })
    }

    /// Reads a whole entry.
    pub(super) fn read(&mut self, place: usize) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        self.stream(place, &mut |source| source.read_to_end(&mut bytes).map(|_| ()))?;
        Ok(bytes)
    }

    /// Reads a whole entry by name; none where there is no such entry.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        self.place(name).map(|place| self.read(place)).transpose()
    }

    /// Hands the unfolding bytes of an entry to a reader, and counts them.
    pub(super) fn stream(
        &mut self,
        place: usize,
        take: &mut dyn FnMut(&mut dyn Read) -> std::io::Result<()>,
    ) -> Result<(), Refusal> {
        let file = self.archive.by_index(place).map_err(|error| refuse(&error))?;
        if self.left < file.size() {
            return Err(too_much(self.budget));
        }
        let mut counted = file.take(self.left + 1);
        let outcome = take(&mut counted);
        let over = counted.limit() == 0;
        self.left = counted.limit().saturating_sub(1);
        if over {
            return Err(too_much(self.budget));
        }
        outcome.map_err(|_| Refusal::new(&DAMAGED, "часть файла не распаковывается"))
    }

    /// Unfolds everything once, only to count it.
    pub(super) fn count_all(&mut self) -> Result<(), Refusal> {
        for place in 0..self.len() {
            self.stream(place, &mut |source| std::io::copy(source, &mut std::io::sink()).map(|_| ()))?;
        }
        self.left = self.budget;
        Ok(())
    }
}

fn too_much(budget: u64) -> Refusal {
    Refusal::new(&BOMB, format!("при распаковке получается больше {}\u{a0}МиБ", budget >> 20))
}

fn refuse(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            Refusal::new(&ENCRYPTED, "часть файла зашифрована")
        }
        _ => Refusal::new(&DAMAGED, "оглавление сжатого файла не читается: он обрезан или испорчен"),
    }
}
