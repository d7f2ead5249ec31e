//! Streams of a compound file, with every chain of sectors counted: a chain longer than the file is a circle.
//!
//! Layout by [MS-CFB]: a header with the first places of the allocation table, the table, a directory, streams.
//!
//! Kept by hand, though the crate cfb reads such files safely: what is looked through here must be what calamine reads
//! a moment later. Both take the first entry of a name; cfb goes down the tree of the directory, so a file could show
//! it one stream and calamine another. And cfb refuses a file that is cut off, of which calamine reads what is there.

use super::codes::DAMAGED;
use super::refusal::Refusal;

/// Bytes of the header; of a file with long sectors the first sector is all header.
const HEADER: usize = 512;
/// Numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
/// Streams shorter than this lie in short sectors.
const SHORT_STREAM: usize = 4_096;
/// Bytes of a short sector.
const SHORT_SECTOR: usize = 64;

/// An open compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    directory: Vec<u8>,
}

impl<'a> Compound<'a> {
    /// Opens the tables.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let sector = match short(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4_096,
            _ => return Err(broken("размер блоков не тот")),
        };
        let mut file = Self { bytes, sector, table: Vec::new(), directory: Vec::new() };
        file.table = file.allocation_table()?;
        file.directory = file.chain(word(bytes, 48).unwrap_or(FIRST_MARK), usize::MAX)?;
        Ok(file)
    }

    /// The bytes of a stream, whatever the case of its name; none where there is no such stream.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some((start, length)) = self.entry(|entry| name_of(entry).eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        if SHORT_STREAM <= length {
            return self.chain(start, length).map(Some);
        }
        let Some((root, root_length)) = self.entry(|entry| entry.get(66) == Some(&5)) else { return Ok(None) };
        let shorts = self.chain(root, root_length)?;
        let table = self.chain(word(self.bytes, 60).unwrap_or(FIRST_MARK), usize::MAX)?;
        let table: Vec<u32> = words(&table).collect();
        let sector = |place: u32| {
            let from = (place as usize).checked_mul(SHORT_SECTOR)?;
            shorts.get(from..shorts.len().min(from.checked_add(SHORT_SECTOR)?))
        };
        follow(start, length, &table, sector, shorts.len() / SHORT_SECTOR + 1).map(Some)
    }

    /// Start and length of the first entry of the directory that fits.
    fn entry(&self, fits: impl Fn(&[u8]) -> bool) -> Option<(u32, usize)> {
        let entry = self.directory.chunks_exact(128).find(|entry| fits(entry))?;
        Some((word(entry, 116)?, usize::try_from(word(entry, 120)?).ok()?))
    }

    fn allocation_table(&self) -> Result<Vec<u32>, Refusal> {
        let sectors = self.sectors();
        let mut places: Vec<u32> = words(self.bytes.get(76..HEADER).unwrap_or_default()).collect();
        let mut next = word(self.bytes, 68).unwrap_or(FIRST_MARK);
        let mut steps = 0;
        while next < FIRST_MARK {
            let more: Vec<u32> = words(self.sector_at(next).unwrap_or_default()).collect();
            let Some((last, more)) = more.split_last() else { break };
            places.extend(more);
            next = *last;
            steps += 1;
            if sectors < steps {
                return Err(circle());
            }
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|place| *place < FIRST_MARK) {
            // A table has one entry per sector; a file that names more repeats itself.
            if sectors + self.sector < table.len() {
                return Err(circle());
            }
            table.extend(words(self.sector_at(place).unwrap_or_default()));
        }
        Ok(table)
    }

    fn sectors(&self) -> usize {
        self.bytes.len().saturating_sub(HEADER.min(self.sector)).div_ceil(self.sector)
    }

    /// A sector, the last one perhaps cut short.
    fn sector_at(&self, place: u32) -> Option<&'a [u8]> {
        let from = (place as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(from..self.bytes.len().min(from.checked_add(self.sector)?))
    }

    /// The bytes of a chain, at most so many; a chain that leads out of the file ends there.
    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, Refusal> {
        follow(start, length, &self.table, |place| self.sector_at(place), self.sectors() + 1)
    }
}

fn follow<'b>(
    start: u32,
    length: usize,
    table: &[u32],
    sector: impl Fn(u32) -> Option<&'b [u8]>,
    most: usize,
) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut next = start;
    let mut steps = 0;
    while next < FIRST_MARK && bytes.len() < length {
        let Some(part) = sector(next) else { break };
        bytes.extend_from_slice(part);
        steps += 1;
        if most < steps {
            return Err(circle());
        }
        match table.get(next as usize) {
            Some(following) => next = *following,
            None => break,
        }
    }
    bytes.truncate(length);
    Ok(bytes)
}

fn circle() -> Refusal {
    broken("цепочка его блоков замкнута в кольцо")
}

fn broken(how: &str) -> Refusal {
    Refusal::new(&DAMAGED, format!("строение файла нарушено: {how}"))
}

/// Name of an entry: UTF-16 up to the first zero.
fn name_of(entry: &[u8]) -> String {
    let units = entry.get(..64).unwrap_or_default().chunks_exact(2);
    let units =
        units.map(|pair| u16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)]));
    char::decode_utf16(units.take_while(|unit| *unit != 0)).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

/// The little-endian number of two bytes at a place.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The little-endian number of four bytes at a place.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| Some(u32::from_le_bytes(four.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::Compound;
    use srez_testkit::chance::Chance;
    use std::io::{Cursor, Write};

    fn file(streams: &[(&str, usize)]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        for (name, length) in streams {
            let bytes: Vec<u8> = (0..*length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            file.create_stream(name).unwrap().write_all(&bytes).unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn long_and_short_streams_come_whole() {
        let bytes = file(&[("/Book", 700), ("/Workbook", 200_000), ("/Other", 5_000)]);
        let open = Compound::open(&bytes).unwrap();
        for (name, length) in [("BOOK", 700), ("Workbook", 200_000)] {
            let stream = open.stream(name).unwrap().unwrap();
            assert_eq!(stream.len(), length);
            assert!((0..length).all(|at| usize::from(stream[at]) == at % 251), "{name}");
        }
        assert!(open.stream("None").unwrap().is_none());
    }

    #[test]
    fn of_two_streams_of_a_name_the_first_is_taken_and_of_a_cut_file_what_is_there() {
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        file.create_storage("/A").unwrap();
        for (path, length) in [("/A/Workbook", 5_000), ("/Workbook", 100_000)] {
            file.create_stream(path).unwrap().write_all(&vec![1; length]).unwrap();
        }
        file.flush().unwrap();
        let bytes = file.into_inner().into_inner();
        let length = |bytes: &[u8]| Compound::open(bytes).unwrap().stream("Workbook").unwrap().unwrap().len();
        let mut tree = cfb::CompoundFile::open(Cursor::new(&bytes)).unwrap();
        assert_eq!((length(&bytes), tree.open_stream("/Workbook").unwrap().len()), (5_000, 100_000));
        let whole = self::file(&[("/Workbook", 200_000)]);
        let half = &whole[..100_000];
        assert!((90_000..100_000).contains(&length(half)));
        assert!(cfb::CompoundFile::open(Cursor::new(half)).is_err());
    }

    /// One change that a broken disk or an evil hand could make.
    fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
        let marks = [0, 1, 2, 3, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x7FFF_FFFF, 0x0000_0FFF];
        let value = if chance.once_in(2) { *chance.one_of(&marks) } else { u32::try_from(chance.below(400)).unwrap() };
        let at = match chance.below(6) {
            // A number of the header: sizes, starts of tables, places of the allocation table.
            0 => 24 + 2 * chance.below(40),
            // Any number of the first sectors, where tables and directory lie.
            1..=3 => 512 + 4 * chance.below(512),
            4 => chance.below(bytes.len()),
            _ => {
                bytes.truncate(chance.below(bytes.len()));
                return;
            }
        };
        if let Some(place) = bytes.get_mut(at..at + 4) {
            place.copy_from_slice(&value.to_le_bytes());
        }
    }

    #[test]
    fn every_damaged_file_gets_an_answer() {
        let whole = file(&[("/Book", 700), ("/Workbook", 60_000), ("/Other", 5_000)]);
        let mut chance = Chance::new(2026);
        let mut answers = [0_u32; 3];
        for _ in 0..4_000 {
            let mut bytes = whole.clone();
            for _ in 0..=chance.below(4) {
                damage(&mut bytes, &mut chance);
            }
            for name in ["Workbook", "Book"] {
                let answer = Compound::open(&bytes).and_then(|open| open.stream(name));
                let stream = answer.as_ref().ok().and_then(Option::as_ref).map_or(0, Vec::len);
                assert!(stream <= bytes.len() + 2 * 4_096, "a stream of {stream} bytes in {}", bytes.len());
                answers[answer.map_or(2, |stream| usize::from(stream.is_some()))] += 1;
            }
            drop(crate::biff::facts(&crate::limits::Limits::default(), &bytes));
        }
        assert!(answers.iter().all(|count| *count > 100), "{answers:?}");
    }

    #[test]
    fn a_circle_of_sectors_is_refused() {
        let bytes = file(&[("/Workbook", 200_000)]);
        for length in [600, 5_000, bytes.len() - 300] {
            assert!(Compound::open(&bytes[..length]).and_then(|open| open.stream("Workbook").map(|_| ())).is_ok());
        }
        let table = super::word(&bytes, 76).unwrap() as usize;
        let mut circle = bytes.clone();
        for at in 0..128 {
            let place = (table + 1) * 512 + at * 4;
            circle[place..place + 4].copy_from_slice(&u32::try_from(at).unwrap().to_le_bytes());
        }
        let refusal = Compound::open(&circle).err().unwrap();
        assert!(refusal.code.id.as_str() == "I03" && refusal.message.contains("кольцо"), "{}", refusal.message);
    }
}
