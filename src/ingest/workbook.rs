//! Workbooks → sheets, handed on one by one.
//!
//! An xlsx is read by the narrow scanner, which counts every unfolded byte on the way. What it does not know goes to
//! calamine, after everything was unfolded once to be counted. xls and ods go to calamine at once.

use super::codes::{BOMB, DAMAGED, EMPTY_FILE, HIDDEN_SHEET, ROW_LIMIT_OF_XLS};
use super::container::Container;
use super::general::{self, OpenWorkbook};
use super::kind::FileKind;
use super::limits::Limits;
use super::refusal::Refusal;
use super::sheet_builder::{SheetBuilder, with_spaces};
use super::xlsx_parts::{Stop, WorkbookParts};
use super::xlsx_sheet::SheetScanner;
use crate::model::note::Note;
use crate::model::raw_sheet::RawSheet;

/// Rows that an xls sheet can hold.
const ROWS_OF_XLS: usize = 65_536;

/// A workbook on its way: where the sheets go and what was noticed.
pub(super) struct Reading<'a> {
    /// Limits.
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
    pub(super) fn hand_on(&mut self, builder: SheetBuilder, sheet: &str, hidden: bool) {
        if builder.is_empty() {
            return;
        }
        if hidden {
            let message = format!("скрытый лист «{sheet}» прочитан");
            self.notes.push(Note::about_file(&HIDDEN_SHEET, self.name, message).at_sheet(sheet));
        }
        self.handed += 1;
        (self.each)(builder.finish(self.name, sheet, hidden));
    }
}

/// Reads a workbook of a kind that was told by its bytes.
pub(super) fn read(reading: &mut Reading<'_>, kind: FileKind, bytes: &[u8]) -> Result<(), Refusal> {
    if kind == FileKind::Xlsx {
        read_xlsx(reading, bytes)?;
    } else {
        if kind == FileKind::Ods {
            Container::open(reading.limits, bytes)?.count_all()?;
        }
        read_generally(reading, &mut general::open(kind, bytes)?, 0)?;
    }
    if reading.handed == 0 {
        return Err(Refusal::new(&EMPTY_FILE, "в книге нет ни одной заполненной ячейки"));
    }
    Ok(())
}

fn read_xlsx(reading: &mut Reading<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let mut container = Container::open(reading.limits, bytes)?;
    if reading.limits.entries < container.len() as u64 {
        let message = format!("частей в книге: {}", with_spaces(container.len() as u64));
        return Err(Refusal::new(&BOMB, message));
    }
    let mut sheets_done = 0;
    match scan_xlsx(reading, &mut container, &mut sheets_done) {
        Ok(()) => Ok(()),
        Err(Stop::Refused(refusal)) => Err(refusal),
        Err(Stop::Unusual) => {
            let mut container = Container::open(reading.limits, bytes)?;
            check_declared_strings(&mut container)?;
            container.count_all()?;
            read_generally(reading, &mut general::open(FileKind::Xlsx, bytes)?, sheets_done)
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
            reading.hand_on(builder, &sheet.name, sheet.hidden);
        }
        *done += 1;
    }
    Ok(())
}

/// Refuses a table of strings that claims more entries than its bytes can hold: calamine would reserve them.
fn check_declared_strings(container: &mut Container<'_>) -> Result<(), Refusal> {
    let Some(place) = container.place("xl/sharedStrings.xml") else { return Ok(()) };
    let bytes = container.read(place)?;
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let declared = head.split_once("uniqueCount").and_then(|(_, rest)| {
        let digits = rest.trim_start_matches(|letter: char| !letter.is_ascii_digit() && letter != '>');
        let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
        digits.get(..end).filter(|digits| !digits.is_empty()).map(|digits| digits.parse().unwrap_or(u64::MAX))
    });
    match declared {
        Some(declared) if (bytes.len() as u64) < declared => {
            let message = "заявлено больше строк текста, чем может быть в файле";
            Err(Refusal::new(&BOMB, message))
        }
        _ => Ok(()),
    }
}

fn read_generally(reading: &mut Reading<'_>, workbook: &mut OpenWorkbook<'_>, skip: usize) -> Result<(), Refusal> {
    for (name, hidden) in workbook.sheets().into_iter().skip(skip) {
        let mut builder = SheetBuilder::new(reading.limits.cells);
        workbook.fill(&name, &mut builder).map_err(|refusal| refusal.at_sheet(&name))?;
        if workbook.kind() == FileKind::Xls && builder.height() == ROWS_OF_XLS {
            let message = format!("на листе «{name}» ровно 65\u{a0}536 строк: возможно, обрезано");
            reading.notes.push(Note::about_file(&ROW_LIMIT_OF_XLS, reading.name, message).at_sheet(&name));
        }
        reading.hand_on(builder, &name, hidden);
    }
    Ok(())
}

/// A damaged workbook, without the words of the library.
pub(super) fn damaged() -> Refusal {
    Refusal::new(&DAMAGED, "строение книги нарушено: она обрезана или испорчена")
}
