//! A zip container with every unfolded byte counted against one budget.

use super::codes::{BOMB, DAMAGED, ENCRYPTED, RAISE_UNPACKED};
use super::limits::Limits;
use super::refusal::Refusal;
use srez_wording::number;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Of eight parts of what a container may unfold into, those that one part may take which is read as a whole: texts of
/// a workbook, the content of an ods.
const EIGHTHS_OF_ONE_PART: u64 = 3;

/// Bytes of one tag with its attributes; the longest that programs write is a list of ranges of some kilobytes.
pub(super) const LONGEST_TAG: usize = 1 << 20;

/// Elements inside each other; programs write a dozen levels.
pub(super) const DEEPEST: usize = 1_000;

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
    /// True for a link, whose bytes are the name of another file.
    pub(super) link: bool,
    /// Bytes when unfolded.
    pub(super) size: u64,
}

impl<'a> Container<'a> {
    /// Opens the directory; too many entries or overlapping ones are refused.
    pub(super) fn open(limits: &Limits, bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refuse(&error))?;
        if limits.entries.max(limits.archive_members) < archive.len() as u64 {
            return Err(Refusal::new(&BOMB, format!("частей в файле: {}", number::count(archive.len() as u64))));
        }
        if archive.has_overlapping_files().map_err(|error| refuse(&error))? {
            return Err(Refusal::new(&DAMAGED, "части файла наложены друг на друга: он испорчен или подделан"));
        }
        if archive.has_duplicate_names() {
            return Err(Refusal::new(&DAMAGED, "две части файла названы одинаково: он испорчен или подделан"));
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
        Ok(Entry {
            name: file.name_raw().to_vec(),
            folder: file.is_dir(),
            encrypted: file.encrypted(),
            link: file.is_symlink(),
            size: file.size(),
        })
    }

    /// Reads a whole entry.
    pub(super) fn read(&mut self, place: usize) -> Result<Vec<u8>, Refusal> {
        let declared = self.archive.by_index_raw(place).map_err(|error| refuse(&error))?.size();
        let mut bytes = Vec::with_capacity(usize::try_from(declared.min(self.left)).unwrap_or(0));
        self.stream(place, &mut |source| source.read_to_end(&mut bytes).map(|_| ()))?;
        Ok(bytes)
    }

    /// Reads a whole part of a workbook by name; none where there is no such part, refused where it is too long to be
    /// held in memory.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(place) = self.place(name) else { return Ok(None) };
        let left = self.left;
        let longest = self.budget / 8 * EIGHTHS_OF_ONE_PART;
        self.left = left.min(longest);
        let declared = self.archive.by_index_raw(place).map_err(|error| refuse(&error))?.size();
        let bytes = if longest < declared { None } else { self.read(place).map(Some)? };
        match bytes {
            Some(bytes) => {
                self.left = left.saturating_sub(bytes.len() as u64);
                Ok(Some(bytes))
            }
            None => {
                Err(Refusal::new(&BOMB, format!("часть «{name}» при распаковке больше {}\u{a0}МиБ", longest >> 20))
                    .hint(RAISE_UNPACKED))
            }
        }
    }

    /// Hands the unfolding bytes of an entry to a reader, and counts them.
    pub(super) fn stream(
        &mut self,
        place: usize,
        take: &mut dyn FnMut(&mut dyn Read) -> std::io::Result<()>,
    ) -> Result<(), Refusal> {
        if self.archive.by_index_raw(place).map_err(|error| refuse(&error))?.encrypted() {
            return Err(Refusal::new(&ENCRYPTED, "часть файла зашифрована"));
        }
        let file = self.archive.by_index(place).map_err(|error| refuse(&error))?;
        let declared = file.size();
        if self.left < declared {
            return Err(too_much(self.budget));
        }
        // A part that unfolds into more than it declares is damaged or lies; it costs what it declares and no more.
        let mut counted = file.take(declared + 1);
        let outcome = take(&mut counted);
        let over = counted.limit() == 0;
        self.left = self.left.saturating_sub(declared);
        if over {
            return Err(Refusal::new(&DAMAGED, "часть файла при распаковке больше, чем заявлено в оглавлении"));
        }
        outcome.map_err(|_| {
            Refusal::new(&DAMAGED, "часть файла не распаковывается: она испорчена или её размер указан неверно")
        })
    }

    /// Unfolds everything once, to count it and to refuse markup that no spreadsheet program writes: declarations of
    /// entities, and parts in UTF-16, which hide them.
    pub(super) fn check_markup(&mut self) -> Result<(), Refusal> {
        for place in 0..self.len() {
            let mut seen = Ok(());
            let is_markup = [&b".xml"[..], b".rels"].iter().any(|end| {
                self.archive.file_names_raw().nth(place).is_some_and(|name| name.to_ascii_lowercase().ends_with(end))
            });
            self.stream(place, &mut |source| {
                if is_markup {
                    seen = look_for_declarations(source)?;
                }
                std::io::copy(source, &mut std::io::sink()).map(|_| ())
            })?;
            seen?;
        }
        self.left = self.budget;
        Ok(())
    }
}

/// Reads a part in pieces and looks at each byte once.
fn look_for_declarations(source: &mut dyn Read) -> std::io::Result<Result<(), Refusal>> {
    const DECLARATION: &[u8] = b"<!doctype";
    let mut buffer = vec![0; 64 << 10];
    let (mut first, mut met, mut length_of_tag, mut depth, mut before) = (true, 0, 0_usize, 0_usize, 0_u8);
    loop {
        let got = source.read(&mut buffer)?;
        let seen = buffer.get(..got).unwrap_or_default();
        if seen.is_empty() {
            return Ok(Ok(()));
        }
        if first && (seen.starts_with(b"\xFF\xFE") || seen.starts_with(b"\xFE\xFF")) {
            return Ok(Err(Refusal::new(&DAMAGED, "часть книги записана в кодировке UTF-16: так книги не пишут")));
        }
        first = false;
        for byte in seen {
            match (length_of_tag, byte) {
                (_, b'<') => length_of_tag = 1,
                (_, b'>') => {
                    depth = depth.saturating_sub(usize::from(length_of_tag > 0 && before == b'/'));
                    length_of_tag = 0;
                }
                (1, b'/') => (length_of_tag, depth) = (2, depth.saturating_sub(1)),
                (1, b'!' | b'?') => length_of_tag = 2,
                (1, _) => (length_of_tag, depth) = (2, depth + 1),
                (length, _) => length_of_tag = length + usize::from(length > 0),
            }
            before = *byte;
            if DEEPEST < depth {
                let message = "элементы XML вложены друг в друга больше тысячи раз: обычные программы так не пишут";
                return Ok(Err(Refusal::new(&BOMB, message)));
            }
            met = match DECLARATION.get(met) {
                Some(wanted) if byte.eq_ignore_ascii_case(wanted) => met + 1,
                _ => usize::from(*byte == b'<'),
            };
            if met == DECLARATION.len() {
                let message = "в книге объявлены собственные сокращения XML (DOCTYPE): обычные программы их не пишут";
                return Ok(Err(Refusal::new(&BOMB, message)));
            }
            if LONGEST_TAG < length_of_tag {
                let message = "в одном элементе XML больше мегабайта атрибутов: обычные программы так не пишут";
                return Ok(Err(Refusal::new(&BOMB, message)));
            }
        }
    }
}

fn too_much(budget: u64) -> Refusal {
    Refusal::new(&BOMB, format!("при распаковке получается больше {}\u{a0}МиБ", budget >> 20)).hint(RAISE_UNPACKED)
}

fn refuse(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            Refusal::new(&ENCRYPTED, "часть файла зашифрована")
        }
        ZipError::UnsupportedArchive(_) => Refusal::new(&DAMAGED, "файл сжат способом, который не читается"),
        _ => Refusal::new(&DAMAGED, "оглавление сжатого файла не читается: он обрезан или испорчен"),
    }
}
