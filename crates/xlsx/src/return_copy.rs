//! A school's own file back: its cells as they were read, the wrong ones coloured and commented, and a list of them.

use super::day_of;
use super::failure::failure;
use super::formats;
use super::names::printable_name;
use super::sheet as cells;
use rust_xlsxwriter::{DocProperties, Format, FormatBorder, Url, Workbook, Worksheet};
use srez_model::container::of_no_system;
use srez_model::error::Result;
use srez_model::note::{Note, Severity, column_name};
use srez_model::raw_sheet::{RawCell, RawSheet};
use srez_render::office::printable;
use srez_wording::text::{capitalised, sentence};
use std::collections::{BTreeMap, BTreeSet};

/// Ground of a cell that was not read.
const WRONG: u32 = 0xF6_CFC2;
/// Ground of a cell that should be looked at.
const DOUBTFUL: u32 = 0xFB_EFC8;
/// Rows among which the header is looked for.
const HEAD_ROWS: usize = 30;
/// Name of the sheet with the list.
const LIST: &str = "Ошибки";
/// Widths of the columns of the list, in characters.
const LIST_WIDTHS: [u16; 7] = [26, 18, 10, 11, 38, 38, 17];
/// Longest text of a comment.
const COMMENT_LIMIT: usize = 900;

/// What stands above the list.
#[derive(Clone, Debug)]
pub struct ReturnTitle<'a> {
    /// Who returns the file.
    pub centre: &'a str,
    /// Date as printed, `05.06.2026`.
    pub date: &'a str,
    /// Name of the school.
    pub school: &'a str,
    /// Path of the file as listed.
    pub file: &'a str,
}

/// A workbook in the making: sheets come one by one, the list last.
pub struct ReturnWorkbook<'a> {
    title: ReturnTitle<'a>,
    notes: Vec<&'a Note>,
    sheets: Vec<Worksheet>,
    names: BTreeSet<String>,
    /// Where a row of the original stands in the copy: (sheet, row from 1) → (sheet of the copy, row from 0).
    places: BTreeMap<(String, u32), (String, u32)>,
}

impl<'a> ReturnWorkbook<'a> {
    /// A workbook without sheets; `notes` are those of the school on this file.
    pub fn new(title: ReturnTitle<'a>, notes: Vec<&'a Note>) -> Self {
        let names = BTreeSet::from([LIST.to_lowercase()]);
        Self { title, notes, sheets: Vec::new(), names, places: BTreeMap::new() }
    }

    /// Copies rows of a sheet, counted from 0 and ascending; they close up where rows are left out.
    ///
    /// # Errors
    /// Where the library refuses a cell.
    pub fn copy(&mut self, sheet: &RawSheet, rows: &[u32]) -> Result<()> {
        let name = printable_name(if sheet.name.is_empty() { "Таблица" } else { &sheet.name }, &mut self.names);
        let marks = marks(self.notes.iter().filter(|note| note.sheet == sheet.name).copied(), sheet);
        let mut copy = Worksheet::new();
        copy.set_name(&name).map_err(|error| failure(&error))?;
        copy.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        let header = header_row(sheet, rows);
        widths(&mut copy, sheet, rows, header)?;
        let looks = Looks::new();
        for (place, row) in (0_u32..).zip(rows) {
            self.places.insert((sheet.name.clone(), row + 1), (name.clone(), place));
            for (column, cell) in (0_u32..).zip(sheet.row(*row)) {
                let Ok(at) = u16::try_from(column) else { break };
                let mark = marks.get(&(*row, column));
                let look = looks.of(*cell, header == Some(*row), mark.map(|mark| mark.severity));
                write_cell(&mut copy, sheet, (place, at), *cell, look, mark.is_some())?;
                if let Some(mark) = mark {
                    copy.insert_note(place, at, &mark.comment(self.title.centre)).map_err(|error| failure(&error))?;
                }
            }
        }
        if let Some(place) = header.and_then(|header| rows.iter().position(|row| *row == header)) {
            let below = u32::try_from(place + 1).unwrap_or(0);
            copy.set_freeze_panes(below, 0).map_err(|error| failure(&error))?;
        }
        self.sheets.push(copy);
        Ok(())
    }

    /// The workbook as bytes: the list of errors, then the copied sheets.
    ///
    /// # Errors
    /// Where the library refuses the workbook.
    pub fn finish(self) -> Result<Vec<u8>> {
        let mut workbook = Workbook::new();
        let date = day_of(self.title.date)?;
        let author = printable(self.title.centre);
        let title = format!("Ошибки в файле {}", short_name(self.title.file));
        let properties =
            DocProperties::new().set_title(printable(&title)).set_author(author).set_creation_datetime(&date);
        workbook.set_properties(&properties);
        workbook.push_worksheet(self.list()?);
        for sheet in self.sheets {
            workbook.push_worksheet(sheet);
        }
        workbook.save_to_buffer().map(of_no_system).map_err(|error| failure(&error))
    }

    fn list(&self) -> Result<Worksheet> {
        let mut sheet = Worksheet::new();
        sheet.set_name(LIST).map_err(|error| failure(&error))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
        for (column, width) in (0..).zip(LIST_WIDTHS) {
            cells::width(&mut sheet, column, f64::from(width))?;
        }
        cells::height(&mut sheet, 0, 1, 18.0)?;
        cells::text(&mut sheet, 0, 0, "Ошибки в файле школы", &formats::title())?;
        cells::text(
            &mut sheet,
            1,
            0,
            &format!("{} · {} · {}", self.title.school, self.title.centre, self.title.date),
            &formats::quiet(),
        )?;
        let how = if self.sheets.is_empty() {
            "Копии листов здесь нет: в файле могут быть имена. Исправьте названные ячейки в своём файле и пришлите его \
             снова."
        } else {
            "Исправьте названные ячейки в своём файле и пришлите его снова. На следующих листах — копия присланного: \
             красноватая заливка — не принято, жёлтая — проверить; что не так, сказано в примечании к ячейке."
        };
        cells::text(&mut sheet, 2, 0, how, &formats::quiet())?;
        let head = ["Файл", "Лист", "Ячейка", "Найдено", "Что не так", "Что сделать", "Чем грозит"];
        for (column, words) in (0..).zip(head) {
            cells::text(&mut sheet, 4, column, words, &formats::header(srez_model::report::Align::Left))?;
        }
        for (row, note) in (5..).zip(&self.notes) {
            self.list_row(&mut sheet, row, note)?;
        }
        sheet.set_freeze_panes(5, 0).map_err(|error| failure(&error))?;
        sheet.set_repeat_rows(4, 4).map_err(|error| failure(&error))?;
        Ok(sheet)
    }

    fn list_row(&self, sheet: &mut Worksheet, row: u32, note: &Note) -> Result<()> {
        let line = |format: Format| format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(0xE3_E8EC_u32);
        let plain = line(formats::wrapped());
        let ground = if note.severity == Severity::Warning { DOUBTFUL } else { WRONG };
        let texts = [
            (0, short_name(note.file.as_str()).to_owned()),
            (1, note.sheet.clone()),
            (3, note.found.clone()),
            (4, capitalised(&note.message)),
            (5, sentence(&note.hint)),
        ];
        for (column, words) in &texts {
            cells::text(sheet, row, *column, words, &plain)?;
        }
        let width = |column: u16| usize::from(LIST_WIDTHS.get(usize::from(column)).copied().unwrap_or(10));
        let highest = texts.iter().map(|(column, words)| cells::lines(words, width(*column))).max().unwrap_or(1);
        let highest = highest.max(cells::lines(note.severity.title(), width(6)));
        cells::height(sheet, row, highest, 10.0)?;
        cells::text(sheet, row, 6, note.severity.title(), &line(formats::wrapped().set_background_color(ground)))?;
        let address = if note.row == 0 { note.cell() } else { cell_or_row(note) };
        match self.places.get(&(note.sheet.clone(), note.row)) {
            Some((copy, place)) => {
                let target = format!("{}{}", column_name(note.column.max(1)), place + 1);
                let link = Url::new(format!("internal:'{}'!{target}", copy.replace('\'', "''")));
                let look = line(
                    formats::body()
                        .set_font_color(0x1F_4E79_u32)
                        .set_underline(rust_xlsxwriter::FormatUnderline::Single),
                );
                let tip = if note.row == place + 1 { String::new() } else { format!("в копии — {target}") };
                sheet
                    .write_url_with_options(row, 2, link, address, tip, Some(&look))
                    .map_err(|error| failure(&error))?;
            }
            None => cells::text(sheet, row, 2, &address, &plain)?,
        }
        Ok(())
    }
}

fn cell_or_row(note: &Note) -> String {
    if note.column == 0 { format!("строка {}", note.row) } else { note.cell() }
}

/// Name of a file without its folders.
fn short_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// What is said at one cell.
struct Mark {
    severity: Severity,
    text: String,
}

impl Mark {
    fn comment(&self, author: &str) -> rust_xlsxwriter::Note {
        let text: String = printable(&self.text).chars().take(COMMENT_LIMIT).collect();
        let author: String = printable(author).chars().take(50).collect();
        let lines = u32::try_from(text.chars().count() / 44 + text.matches('\n').count() + 2).unwrap_or(20).min(20);
        rust_xlsxwriter::Note::new(text)
            .set_author(author)
            .add_author_prefix(false)
            .set_width(300)
            .set_height(lines * 16)
            .set_font_size(9)
    }
}

/// Marks by row and column counted from 0; a note about a whole row stands at its first filled cell.
fn marks<'a>(notes: impl Iterator<Item = &'a Note>, sheet: &RawSheet) -> BTreeMap<(u32, u32), Mark> {
    let mut marks: BTreeMap<(u32, u32), Mark> = BTreeMap::new();
    for note in notes.filter(|note| note.row > 0) {
        let row = note.row - 1;
        let column = note.column.checked_sub(1).unwrap_or_else(|| {
            let first = sheet.row(row).iter().position(|cell| !sheet.is_blank(*cell)).unwrap_or(0);
            u32::try_from(first).unwrap_or(0)
        });
        let text = format!("{}.\nЧто сделать: {}", capitalised(note.message.trim_end_matches('.')), note.hint);
        let mark = marks.entry((row, column)).or_insert_with(|| Mark { severity: note.severity, text: String::new() });
        mark.severity = mark.severity.min(note.severity);
        mark.text = if mark.text.is_empty() { text } else { format!("{}\n\n{text}", mark.text) };
    }
    marks
}

/// Formats of the copy, each made once.
struct Looks {
    plain: [Format; 3],
    header: [Format; 3],
    date: [Format; 3],
}

impl Looks {
    fn new() -> Self {
        let three = |format: Format| {
            let marked = |ground: u32| {
                format
                    .clone()
                    .set_background_color(ground)
                    .set_border(FormatBorder::Thin)
                    .set_border_color(0xB4_472B_u32)
            };
            [format.clone(), marked(DOUBTFUL), marked(WRONG)]
        };
        Self {
            plain: three(formats::body()),
            header: three(formats::body().set_bold().set_text_wrap()),
            date: three(formats::body().set_num_format("dd.mm.yyyy")),
        }
    }

    fn of(&self, cell: RawCell, header: bool, severity: Option<Severity>) -> &Format {
        let [plain, doubtful, wrong] = match cell {
            RawCell::Date(_) => &self.date,
            _ if header => &self.header,
            _ => &self.plain,
        };
        match severity {
            None => plain,
            Some(Severity::Warning) => doubtful,
            Some(_) => wrong,
        }
    }
}

fn write_cell(
    copy: &mut Worksheet,
    sheet: &RawSheet,
    at: (u32, u16),
    cell: RawCell,
    look: &Format,
    marked: bool,
) -> Result<()> {
    let (row, column) = at;
    let written = match cell {
        RawCell::Empty | RawCell::FormulaWithoutValue if !marked => return Ok(()),
        RawCell::Empty | RawCell::FormulaWithoutValue => copy.write_blank(row, column, look),
        RawCell::Number(number) | RawCell::Percent(number) | RawCell::Date(number) => {
            copy.write_number_with_format(row, column, number, look)
        }
        RawCell::Text(_) | RawCell::Bool(_) | RawCell::Error => {
            return cells::text(copy, row, column, &sheet.show(cell), look);
        }
    };
    written.map(|_| ()).map_err(|error| failure(&error))
}

/// The row among the first ones with the most texts; none where no row has three.
fn header_row(sheet: &RawSheet, rows: &[u32]) -> Option<u32> {
    let texts = |row: u32| {
        sheet.row(row).iter().filter(|cell| matches!(cell, RawCell::Text(_)) && !sheet.is_blank(**cell)).count()
    };
    let best = rows.iter().take(HEAD_ROWS).rev().max_by_key(|row| texts(**row))?;
    (texts(*best) >= 3).then_some(*best)
}

/// Columns as wide as what stands below the header, between 5 and 32 signs.
fn widths(copy: &mut Worksheet, sheet: &RawSheet, rows: &[u32], header: Option<u32>) -> Result<()> {
    for column in 0..sheet.width {
        let Ok(at) = u16::try_from(column) else { break };
        let below = rows.iter().filter(|row| header.is_none_or(|header| header < **row)).take(200);
        let length = |row: &u32| sheet.text(*row, column).chars().take(40).count();
        let longest = below
            .filter(|row| sheet.row(**row).iter().filter(|cell| !sheet.is_blank(**cell)).count() > 2)
            .map(length)
            .max();
        let longest = u32::try_from(longest.unwrap_or(0)).unwrap_or(0).clamp(5, 32);
        cells::width(copy, at, f64::from(longest) + 2.0)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{ReturnTitle, ReturnWorkbook};
    use calamine::{Data, Reader, Xlsx};
    use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
    use srez_model::raw_sheet::{RawCell, RawSheet};
    use std::io::{Cursor, Read};

    #[test]
    fn the_copy_holds_only_the_rows_asked_for_and_its_list_names_the_cells_of_the_original() {
        const CODE: NoteDefinition = NoteDefinition {
            id: NoteCode::UnreadablePoints,
            severity: Severity::UnreadableCell,
            title: "",
            explanation: "",
            hint: "исправьте",
        };
        let strings = ["Код", "Класс", "1 (2б)", "=чужая", "6А", "?"].map(str::to_owned).to_vec();
        let text = RawCell::Text;
        let cells = vec![
            text(0),
            text(1),
            text(2),
            text(3),
            text(4),
            RawCell::Number(1.0),
            RawCell::Number(7001.0),
            text(4),
            text(5),
        ];
        let sheet = RawSheet { name: "МА 6".to_owned(), width: 3, cells, strings, ..RawSheet::default() };
        let note = Note::about_file(&CODE, "папка/a.xlsx", "найдено «?»").at_sheet("МА 6").at(3, 3).found("?");
        let title =
            ReturnTitle { centre: "Центр", date: "05.06.2026", school: "СОШ № 1", file: "папка/a.xlsx" };
        let mut book = ReturnWorkbook::new(title, vec![&note]);
        book.copy(&sheet, &[0, 2]).unwrap();
        let bytes = book.finish().unwrap();
        let mut read = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        assert_eq!(read.sheet_names(), ["Ошибки", "МА 6"]);
        let copy = read.worksheet_range("МА 6").unwrap();
        assert_eq!(
            (copy.height(), copy.get((1, 0)), copy.get((1, 2))),
            (2, Some(&Data::Float(7001.0)), Some(&Data::String("?".into())))
        );
        let list = read.worksheet_range("Ошибки").unwrap();
        assert_eq!(list.get((5, 2)), Some(&Data::String("C3".into())), "the address of the original");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert!(part("xl/comments1.xml").contains("ref=\"C2\"") && part("xl/comments1.xml").contains("Найдено «?»"));
        assert!(part("xl/worksheets/sheet1.xml").contains("location=\"'МА 6'!C2\""), "the link goes to the copy");
    }
}
