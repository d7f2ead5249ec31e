//! Workbooks → sheets, handed on one by one.
//!
//! An xlsx, xlsb or ods is read by our own scanner, which counts every unfolded byte on the way. What that of xlsx or
//! ods does not know goes to calamine, after everything was unfolded once to be counted. An xls goes to calamine after
//! its records were looked through once.

use super::biff::{self, SheetFacts};
use super::codes::{BOMB, DAMAGED, EMPTY_FILE, ROW_LIMIT_OF_XLS};
use super::container::Container;
use super::general::{self, OpenWorkbook};
use super::kind::FileKind;
use super::limits::Limits;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::xlsx_parts::{Stop, WorkbookParts, check_declared};
use super::xlsx_sheet::SheetScanner;
use super::{oddities, ods, one_column, xlsb};
use srez_model::note::Note;
use srez_model::raw_sheet::RawSheet;
use srez_wording::number;

/// Rows that an xls sheet can hold.
const ROWS_OF_XLS: usize = 65_536;

/// A workbook on its way: where the sheets go and what was noticed.
pub(super) struct Reading<'a> {
    pub(super) limits: &'a Limits,
    /// Path of the file.
    pub(super) name: &'a str,
    /// Takes each sheet that holds anything.
    pub(super) each: &'a mut dyn FnMut(RawSheet),
    /// What was noticed.
    pub(super) notes: Vec<Note>,
    /// Sheets handed on.
    pub(super) handed: u32,
}

impl Reading<'_> {
    /// Hands on a sheet, unless it is empty.
    pub(super) fn hand_on(&mut self, builder: SheetBuilder, sheet: &str, hidden: bool) -> Result<(), Refusal> {
        self.complete(builder, sheet, hidden, Vec::new())
    }

    /// Hands on the sheet of a text with the number of cells of every row, unless it is empty.
    pub(super) fn hand_on_rows(&mut self, builder: SheetBuilder, row_lengths: Vec<u32>) -> Result<(), Refusal> {
        self.complete(builder, "", false, row_lengths)
    }

    fn complete(
        &mut self,
        mut builder: SheetBuilder,
        sheet: &str,
        hidden: bool,
        row_lengths: Vec<u32>,
    ) -> Result<(), Refusal> {
        if builder.is_empty() {
            return Ok(());
        }
        builder.mend();
        self.notes.extend(oddities::notes(&builder, self.name, sheet));
        let whole = RawSheet { row_lengths, ..builder.finish(self.name, sheet, hidden) };
        let split = one_column::split(whole, self.limits.cells, &mut self.notes);
        let split = split.map_err(|refusal| refusal.at_sheet(sheet))?;
        self.handed += 1;
        (self.each)(split);
        Ok(())
    }
}

/// Reads a workbook of a kind that was told by its bytes.
pub(super) fn read(reading: &mut Reading<'_>, kind: FileKind, bytes: &[u8]) -> Result<(), Refusal> {
    if kind == FileKind::Xls {
        let facts = biff::facts(reading.limits, bytes)?;
        read_generally(reading, &mut general::open(kind, bytes)?, 0, facts)?;
    } else {
        read_package(reading, kind, bytes)?;
    }
    if reading.handed == 0 {
        return Err(Refusal::new(&EMPTY_FILE, "в книге нет ни одной заполненной ячейки"));
    }
    Ok(())
}

/// An xlsx or ods: by our own scanner, else by calamine from the first sheet that the scanner does not know.
fn read_package(reading: &mut Reading<'_>, kind: FileKind, bytes: &[u8]) -> Result<(), Refusal> {
    let mut container = Container::open(reading.limits, bytes)?;
    if reading.limits.entries < container.len() as u64 {
        let message = format!("частей в книге: {}", number::count(container.len() as u64));
        return Err(Refusal::new(&BOMB, message));
    }
    let mut sheets_done = 0;
    let scanned = match kind {
        FileKind::Ods => ods::read(reading, &mut container, &mut sheets_done),
        FileKind::Xlsb => xlsb::read(reading, &mut container).map_err(Stop::Refused),
        _ => scan_xlsx(reading, &mut container, &mut sheets_done),
    };
    match scanned {
        Ok(()) => Ok(()),
        Err(Stop::Refused(refusal)) => Err(refusal),
        Err(Stop::Unusual) => {
            let mut container = Container::open(reading.limits, bytes)?;
            container.check_markup()?;
            if let Some(Err(Stop::Refused(refusal))) =
                container.part("xl/sharedStrings.xml")?.map(|bytes| check_declared(&bytes))
            {
                return Err(refusal);
            }
            read_generally(reading, &mut general::open(kind, bytes)?, sheets_done, Vec::new())
        }
    }
}

fn scan_xlsx(reading: &mut Reading<'_>, container: &mut Container<'_>, done: &mut usize) -> Result<(), Stop> {
    let parts = WorkbookParts::read(container)?;
    for sheet in &parts.sheets {
        if let Some(place) = sheet.place {
            let mut builder = SheetBuilder::new(reading.limits.cells);
            let mut scanned = Ok(());
            container.stream(place, &mut |source| {
                scanned = SheetScanner::new(&parts, &mut builder).scan(source)?;
                std::io::copy(source, &mut std::io::sink()).map(|_| ())
            })?;
            scanned.map_err(|stop| match stop {
                Stop::Refused(refusal) => Stop::Refused(refusal.at_sheet(&sheet.name)),
                Stop::Unusual => Stop::Unusual,
            })?;
            reading.hand_on(builder, &sheet.name, sheet.hidden)?;
        }
        *done += 1;
    }
    Ok(())
}

/// Reads the sheets that calamine knows; `facts` holds what an xls says of each of them beside its cells.
fn read_generally(
    reading: &mut Reading<'_>,
    workbook: &mut OpenWorkbook<'_>,
    skip: usize,
    facts: Vec<SheetFacts>,
) -> Result<(), Refusal> {
    let mut facts = facts.into_iter();
    for (name, hidden) in workbook.sheets().into_iter().skip(skip) {
        let mut builder = SheetBuilder::new(reading.limits.cells);
        let facts = facts.next().unwrap_or_default();
        workbook.fill(&name, &facts, &mut builder).map_err(|refusal| refusal.at_sheet(&name))?;
        builder.odd.join(facts.odd);
        if workbook.kind() == FileKind::Xls && builder.height() == ROWS_OF_XLS {
            let message = format!("на листе «{name}» ровно 65\u{a0}536 строк: возможно, обрезано");
            reading.notes.push(Note::about_file(&ROW_LIMIT_OF_XLS, reading.name, message).at_sheet(&name));
        }
        reading.hand_on(builder, &name, hidden)?;
    }
    Ok(())
}

/// A damaged workbook, without the words of the library.
pub(super) fn damaged() -> Refusal {
    Refusal::new(&DAMAGED, "строение книги нарушено: она обрезана или испорчена")
}

#[cfg(test)]
mod tests {
    use super::{Container, FileKind, Limits, Reading, scan_xlsx};
    use crate::kind::kind_of;
    use crate::oddities::as_percent;
    use calamine::{Data, Range, Reader, Xlsx};
    use camino::Utf8Path;
    use srez_model::raw_sheet::{RawCell, RawSheet, settled};
    use srez_testkit::sources::{files_below, root};
    use std::io::Cursor;

    fn scanned(limits: &Limits, name: &str, bytes: &[u8]) -> Vec<RawSheet> {
        let mut sheets = Vec::new();
        let mut each = |sheet| sheets.push(sheet);
        let mut reading = Reading { limits, name, each: &mut each, notes: Vec::new(), handed: 0 };
        let mut container = Container::open(limits, bytes).unwrap();
        scan_xlsx(&mut reading, &mut container, &mut 0).unwrap_or_else(|stop| panic!("{name}: {stop:?}"));
        sheets
    }

    /// True where calamine found the same in a cell.
    fn is_same(sheet: &RawSheet, row: u32, column: u32, found: &Data) -> bool {
        match (sheet.cell(row, column), found) {
            (RawCell::Text(index), Data::String(text)) => sheet.string(index) == text,
            (RawCell::Number(number), Data::Float(float)) => number == settled(*float),
            (RawCell::Percent(number), Data::Float(float)) => number == settled(as_percent(*float)),
            (RawCell::Date(days), Data::DateTime(date)) => days == date.as_f64(),
            (RawCell::Bool(truth), Data::Bool(other)) => truth == *other,
            (RawCell::Error, Data::Error(_)) | (RawCell::FormulaWithoutValue | RawCell::Empty, Data::Empty) => true,
            (RawCell::Empty, Data::String(text)) => text.is_empty(),
            _ => false,
        }
    }

    fn compare(path: &str, sheet: &RawSheet, range: &Range<Data>) {
        let empty = Data::Empty;
        for row in 0..sheet.height() {
            for column in 0..sheet.width {
                let found = range.get_value((row, column)).unwrap_or(&empty);
                let ours = sheet.cell(row, column);
                assert!(is_same(sheet, row, column, found), "{path} {} {row} {column}: {ours:?} {found:?}", sheet.name);
            }
        }
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, found) in range.used_cells() {
            let row = first_row + u32::try_from(row).unwrap();
            let column = first_column + u32::try_from(column).unwrap();
            assert!(is_same(sheet, row, column, found), "{path} {} {row} {column}: {found:?}", sheet.name);
        }
    }

    #[test]
    fn every_sample_workbook_is_scanned_as_calamine_reads_it() {
        let folder = root().join("sample-data");
        let folder = Utf8Path::from_path(&folder).unwrap();
        let (limits, mut compared) = (Limits::default(), 0);
        for path in files_below(folder.as_std_path()) {
            let bytes = srez_disk::read(&folder.join(&path), limits.file_bytes).unwrap();
            if !matches!(kind_of(&limits, &bytes), Ok(FileKind::Xlsx)) {
                continue;
            }
            let mut other: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap_or_else(|error| panic!("{path}: {error}"));
            for sheet in scanned(&limits, &path, &bytes) {
                compare(&path, &sheet, &other.worksheet_range(&sheet.name).unwrap());
                compared += 1;
            }
        }
        assert!(compared > 100, "{compared}");
    }
}
