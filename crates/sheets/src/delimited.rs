//! Delimited text → sheet: encoding, dialect, rows where the file has them.

use super::codes::{DOUBTFUL_ENCODING, EMPTY_FILE, UNCLOSED_QUOTE, UNDECODABLE};
use super::encoding::{Trust, decode};
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::workbook::Reading;
use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};
use srez_model::note::Note;
use std::borrow::Cow;
use std::io::Read;

/// Delimiters in the order in which they are preferred.
pub(super) const DELIMITERS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// Rows by which the delimiter is chosen.
const SAMPLE_ROWS: usize = 200;

/// Reads a delimited text; numbers stay text, ragged rows stay as they are.
pub(super) fn read(reading: &mut Reading<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let text = with_plain_line_ends(text_of(reading.name, bytes, &mut reading.notes)?);
    let (delimiter, text) = match declared_delimiter(&text) {
        Some((delimiter, rest)) => (delimiter, rest),
        None => (quoted_delimiter(&text).unwrap_or_else(|| delimiter_of(&text)), text.as_ref()),
    };
    let mut builder = SheetBuilder::new(reading.limits.cells);
    let row_lengths = fill(&mut builder, text, delimiter)?;
    if builder.is_empty() {
        return Err(Refusal::new(&EMPTY_FILE, "в файле одни разделители"));
    }
    reading.hand_on_rows(builder, row_lengths)
}

/// The text of a file, with notes about its encoding.
pub(super) fn text_of<'a>(name: &str, bytes: &'a [u8], notes: &mut Vec<Note>) -> Result<Cow<'a, str>, Refusal> {
    let decoded = decode(bytes);
    match decoded.trust {
        Trust::Whole => {}
        Trust::Mixed => {
            let message = format!("строки файла в разных кодировках ({}): каждая прочитана в своей", decoded.encoding);
            notes.push(Note::about_file(&DOUBTFUL_ENCODING, name, message));
        }
        Trust::Lost => {
            let message = format!("текст похож на {}, но часть знаков не читается", decoded.encoding);
            return Err(Refusal::new(&UNDECODABLE, message));
        }
    }
    Ok(decoded.text)
}

/// Fills the sheet; the number of cells of every row, since a row with too many or too few of them has slid.
fn fill(builder: &mut SheetBuilder, text: &str, delimiter: u8) -> Result<Vec<u32>, Refusal> {
    let mut lengths = Vec::new();
    let odd_quotes = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let mut reader = reader_of(text, delimiter);
    let mut record = ByteRecord::new();
    let mut row: u32 = 0;
    let mut line_before = reader.position().line();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let line_after = reader.position().line();
        let lines_within = record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let blank_lines = (line_after - line_before).saturating_sub(1 + lines_within);
        row = row.saturating_add(u32::try_from(blank_lines).unwrap_or(u32::MAX));
        let at_end = text.len() as u64 <= reader.position().byte();
        if odd_quotes && lines_within > 0 && at_end {
            let message = "кавычка открыта и не закрыта: остаток файла попал в одну ячейку";
            return Err(Refusal::new(&UNCLOSED_QUOTE, message).at(row.saturating_add(1), 0));
        }
        for (column, field) in (0_u32..).zip(record.iter()) {
            builder.put_text(row, column, std::str::from_utf8(field).unwrap_or_default())?;
        }
        // Blank lines above have no cells at all.
        lengths.resize(row as usize, 0);
        lengths.push(u32::try_from(record.len()).unwrap_or(u32::MAX));
        row = row.saturating_add(1);
        line_before = line_after;
    }
    Ok(lengths)
}

/// A reader that always meets a line end after the last row.
fn reader_of(text: &str, delimiter: u8) -> Reader<impl Read> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(text.as_bytes().chain(&b"\n"[..]))
}

/// The text with `\n` at every line end, also where old systems wrote `\r` alone.
fn with_plain_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

/// The delimiter of a first line `sep=;`, and the text after it.
fn declared_delimiter(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let delimiter = line.trim_matches('"').strip_prefix("sep=")?.bytes().next()?;
    delimiter.is_ascii().then_some((delimiter, rest))
}

/// The delimiter between cells in quotes, where most sampled lines that begin with one show a single one: `"а;б","в"`.
fn quoted_delimiter(text: &str) -> Option<u8> {
    let quoted: Vec<&str> = text.lines().take(SAMPLE_ROWS).filter(|line| line.starts_with('"')).collect();
    let lines_with = |delimiter: u8| {
        let between = format!("\"{}\"", char::from(delimiter));
        quoted.iter().filter(|line| line.contains(&between)).count()
    };
    let mut found = DELIMITERS.into_iter().filter(|delimiter| lines_with(*delimiter) > 0);
    let only = found.next().filter(|delimiter| quoted.len() <= lines_with(*delimiter) * 2);
    only.filter(|_| found.next().is_none())
}

/// The delimiter that gives most sampled rows one width; the first in order where several give half of them one.
fn delimiter_of(text: &str) -> u8 {
    let scores = DELIMITERS.map(|delimiter| share_of_even_rows(text, delimiter));
    let clear = DELIMITERS.iter().zip(scores).find(|(_, score)| *score >= 500);
    let best = || DELIMITERS.iter().zip(scores).rev().max_by_key(|(_, score)| *score);
    clear.or_else(best).map_or(b';', |(delimiter, _)| *delimiter)
}

/// Rows of the commonest width above one, per thousand sampled rows.
fn share_of_even_rows(text: &str, delimiter: u8) -> usize {
    let mut reader = reader_of(text, delimiter);
    let mut record = ByteRecord::new();
    let mut widths = Vec::new();
    while widths.len() < SAMPLE_ROWS && reader.read_byte_record(&mut record).unwrap_or(false) {
        widths.push(record.len());
    }
    let rows = widths.len().max(1);
    widths.sort_unstable();
    let even = widths.chunk_by(PartialEq::eq).filter(|run| run.first().is_some_and(|width| *width > 1));
    even.map(<[usize]>::len).max().unwrap_or(0) * 1000 / rows
}

#[cfg(test)]
mod tests {
    use crate::{Limits, ReadState, read};
    use encoding_rs::WINDOWS_1251;
    use srez_model::note::Note;
    use srez_model::raw_sheet::RawSheet;

    fn read_all(bytes: &[u8]) -> (Option<RawSheet>, Vec<Note>) {
        let mut sheets = Vec::new();
        let noted = read(&Limits::default(), "f.csv", bytes, &mut |sheet| sheets.push(sheet));
        assert_eq!(noted.value.state == ReadState::Read, !sheets.is_empty());
        (sheets.pop(), noted.notes)
    }

    fn sheet(text: &str) -> RawSheet {
        let (sheet, notes) = read_all(text.as_bytes());
        assert_eq!(notes, []);
        sheet.unwrap()
    }

    #[test]
    fn the_delimiter_is_told_from_decimal_commas_and_titles() {
        let semicolons = sheet("\"ВПР; математика\";\nкод;балл;доля\n1;3,5;0,25\n2;4,0;0,50\n");
        assert_eq!(
            (semicolons.width, semicolons.text(0, 0), semicolons.text(2, 1)),
            (3, "ВПР; математика".into(), "3,5".into())
        );
        let commas = sheet("код,название\n1,\"ул. Мира; 5\"\n2,б\n3,в\n");
        assert_eq!((commas.width, commas.text(1, 1)), (2, "ул. Мира; 5".into()));
        let tabs = sheet("код\tдоля\n1\t0,5;\n2\t0,7;\n");
        assert_eq!((tabs.width, tabs.text(2, 1)), (2, "0,7;".into()));
        let declared = sheet("sep=,\nа,б;в;г\nа,б;в;г\n");
        assert_eq!((declared.width, declared.text(0, 1)), (2, "б;в;г".into()));
    }

    #[test]
    fn rows_keep_their_numbers_over_blank_lines_and_line_ends_in_cells() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["а;б", "", "", "\"в\nг\";д", "", "е;ж"].join(end);
            let sheet = sheet(&text);
            assert_eq!(sheet.height(), 6, "{end:?}");
            assert_eq!((sheet.text(3, 0), sheet.text(5, 1)), ("в\nг".into(), "ж".into()), "{end:?}");
        }
    }

    #[test]
    fn ragged_rows_stay_and_a_lost_quote_is_named_with_its_row() {
        let ragged = sheet("а;б;в\n1;2\n1;2;3;4\n");
        assert_eq!((ragged.width, ragged.text(1, 2), ragged.text(2, 3)), (4, String::new(), "4".into()));
        assert_eq!(ragged.row_lengths, [3, 2, 4]);
        assert_eq!(sheet("а;б\n\n1;2;;\n").row_lengths, [2, 0, 4]);
        let inner = sheet("код;\"Лицей № 1546 \"Восход\"\"\n1;2\n");
        assert_eq!(inner.height(), 2);
        let (_, notes) = read_all("а;б\n1;\"в\n2;г\n3;д\n".as_bytes());
        assert_eq!((notes[0].code.as_str(), notes[0].row, notes[0].column), ("I18", 2, 0));
    }

    #[test]
    fn a_text_saved_in_a_wrong_encoding_is_read_as_before_and_the_first_cell_is_named() {
        let text = "5;1\nКласс;Итого\n5И;4\n";
        let broken = WINDOWS_1251.decode_without_bom_handling(text.as_bytes()).0;
        let (sheet, notes) = read_all(broken.as_bytes());
        assert_eq!(sheet.unwrap().strings, ["5", "1", "Класс", "Итого", "5И", "4"]);
        let told: Vec<_> = notes.iter().map(|note| (note.code.as_str(), note.cell(), note.found.as_str())).collect();
        assert_eq!(told, [("I24", "A2".to_owned(), "3")]);
        assert_eq!(sheet_of("élève;note\nnaïve;5\nà;4\n"), ["élève", "note", "naïve", "5", "à", "4"]);
    }

    fn sheet_of(text: &str) -> Vec<String> {
        sheet(text).strings
    }
}
