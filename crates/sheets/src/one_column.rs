//! Rows of a delimited text that stand whole in one cell → columns: a text that was opened as one column and saved
//! again, or lines that a program put in quotes.

use super::codes::ONE_COLUMN;
use super::delimited::DELIMITERS;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::torn_rows;
use csv::{ReaderBuilder, StringRecord, Terminator};
use srez_model::note::Note;
use srez_model::raw_sheet::{RawCell, RawSheet};
use srez_wording::number;

/// Columns that make a table: two may be a sentence with a semicolon.
const FEWEST_COLUMNS: usize = 3;
/// Rows that make a table: its head and one below.
const FEWEST_ROWS: usize = 2;
/// Letters of a code, mark or number.
const LONGEST_CODE: usize = 20;

/// A row of which one cell is filled, with text.
struct Line<'a> {
    row: u32,
    column: u32,
    text: &'a str,
}

/// How the lines of a sheet are split.
struct Split {
    delimiter: u8,
    /// The only width that counts, where other rows of the sheet have their columns.
    width: Option<usize>,
}

/// Splits the lines of a sheet, and tells of it; a sheet of sentences or of one proper column stays as it is.
pub(super) fn split(sheet: RawSheet, budget: u64, notes: &mut Vec<Note>) -> Result<RawSheet, Refusal> {
    let torn = torn_rows::joined(&sheet, budget)?;
    let stood = if torn.is_some() {
        "целиком в одной ячейке или были разрезаны по десятичной запятой"
    } else {
        "целиком в одной ячейке"
    };
    let sheet = torn.unwrap_or(sheet);
    let Some((lines, way)) = way(&sheet) else { return Ok(sheet) };
    let mut builder = SheetBuilder::new(budget);
    let mut row_lengths = Vec::new();
    let mut lines = lines.into_iter().peekable();
    let mut places = Vec::new();
    for row in 0..sheet.height() {
        let line = lines.next_if(|line| line.row == row);
        let fields = line.as_ref().map(|line| fields(line.text, way.delimiter));
        let fields = fields.filter(|fields| way.width.unwrap_or(fields.len()) == fields.len() && fields.len() > 1);
        if let (Some(line), Some(fields)) = (line, fields) {
            for (column, field) in (0..).zip(&fields) {
                builder.put_text(row, column, field)?;
            }
            places.push((line.row, line.column));
            row_lengths.push(u32::try_from(fields.len()).unwrap_or(u32::MAX));
        } else {
            row_lengths.push(copy_row(&sheet, row, &mut builder)?);
        }
    }
    if let Some((row, column)) = places.first() {
        let sign = if way.delimiter == b'\t' {
            "табуляция".to_owned()
        } else {
            char::from(way.delimiter).to_string()
        };
        let count = number::count(places.len() as u64);
        let message = format!("строки стояли {stood}: разделены по знаку «{sign}» (строк: {count})");
        let note = Note::about_file(&ONE_COLUMN, &sheet.file, message).at_sheet(&sheet.name).stated(count);
        notes.push(note.at(row + 1, column + 1));
    }
    Ok(RawSheet { row_lengths, ..builder.finish(&sheet.file, &sheet.name, sheet.hidden) })
}

/// Puts the cells of a row as they are; gives their number as the file writes it, else up to the last filled one.
fn copy_row(sheet: &RawSheet, row: u32, builder: &mut SheetBuilder) -> Result<u32, Refusal> {
    let mut length = 0;
    for (column, cell) in (0..).zip(sheet.row(row)) {
        match *cell {
            RawCell::Empty => continue,
            RawCell::Text(index) => builder.put_text(row, column, sheet.string(index))?,
            other => builder.put(row, column, other)?,
        }
        length = column + 1;
    }
    Ok(sheet.row_length(row).unwrap_or(length))
}

/// The lines of a sheet and how they are split; none where nothing is.
fn way(sheet: &RawSheet) -> Option<(Vec<Line<'_>>, Split)> {
    let mut lines = Vec::new();
    let mut widths = Vec::new();
    let mut filled_rows = 0_usize;
    for row in 0..sheet.height() {
        let mut filled = (0..).zip(sheet.row(row)).filter(|(_, cell)| !sheet.is_blank(**cell));
        let Some((column, first)) = filled.next() else { continue };
        filled_rows += 1;
        let is_alone = filled.next().is_none();
        match first {
            RawCell::Text(index) if is_alone && sheet.row_length(row).is_none_or(|length| length == 1) => {
                lines.push(Line { row, column, text: sheet.string(*index) });
            }
            _ if is_alone => {}
            _ => widths.push(sheet.row_length(row).map_or(0, |length| length as usize)),
        }
    }
    lines.retain(|line| line.text.contains(DELIMITERS.map(char::from)));
    let column = lines.first()?.column;
    lines.retain(|line| line.column == column);
    let split = if widths.is_empty() {
        DELIMITERS
            .into_iter()
            .find(|delimiter| is_table(&lines, *delimiter, filled_rows))
            .map(|delimiter| (delimiter, None))
    } else {
        let width = commonest(widths).map(|(width, _)| width).filter(|width| FEWEST_COLUMNS <= *width)?;
        let fits = |delimiter: &u8| lines.iter().any(|line| is_row(&fields(line.text, *delimiter), width));
        DELIMITERS.into_iter().find(fits).map(|delimiter| (delimiter, Some(width)))
    };
    split.map(|(delimiter, width)| (lines, Split { delimiter, width }))
}

/// True where at least half of the filled rows are lines of several fields, half of these have one width, and half of
/// those hold a code or number.
fn is_table(lines: &[Line<'_>], delimiter: u8, filled_rows: usize) -> bool {
    let rows: Vec<StringRecord> = lines.iter().map(|line| fields(line.text, delimiter)).collect();
    let widths: Vec<usize> = rows.iter().map(StringRecord::len).filter(|width| FEWEST_COLUMNS <= *width).collect();
    let wide = widths.len();
    let Some((width, even)) = commonest(widths) else { return false };
    let with_codes = rows.iter().filter(|fields| is_row(fields, width)).count();
    FEWEST_ROWS <= even && filled_rows <= wide * 2 && wide <= even * 2 && even <= with_codes * 2
}

/// True for a row of so many fields of which one is a code or number.
fn is_row(fields: &StringRecord, width: usize) -> bool {
    let is_code = |field: &str| {
        field.chars().count() <= LONGEST_CODE
            && field.contains(|sign: char| sign.is_ascii_digit())
            && !field.contains(char::is_whitespace)
    };
    fields.len() == width && fields.iter().any(|field| is_code(field.trim()))
}

/// The commonest of some widths, and how many have it; the wider one of two.
fn commonest(mut widths: Vec<usize>) -> Option<(usize, usize)> {
    widths.sort_unstable();
    let runs = widths.chunk_by(PartialEq::eq).filter_map(|run| run.first().map(|width| (*width, run.len())));
    runs.max_by_key(|(_, count)| *count)
}

/// Fields of one line; a line end inside it is text.
fn fields(line: &str, delimiter: u8) -> StringRecord {
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter).terminator(Terminator::Any(0));
    let mut record = StringRecord::new();
    let read = reader.from_reader(line.as_bytes()).read_record(&mut record);
    if read.is_ok() { record } else { StringRecord::from(vec![line]) }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, read};
    use srez_model::note::Note;
    use srez_model::raw_sheet::RawSheet;

    fn of_text(text: &str) -> (RawSheet, Vec<Note>) {
        let mut sheets = Vec::new();
        let noted = read(&Limits::default(), "ф.csv", text.as_bytes(), &mut |sheet| sheets.push(sheet));
        (sheets.pop().unwrap(), noted.notes)
    }

    fn of_cells(cells: &[&str]) -> (RawSheet, Vec<Note>) {
        let rows: String = cells.iter().map(|cell| format!("<tr><td>{cell}</td></tr>")).collect();
        let mut sheets = Vec::new();
        let text = format!("<table>{rows}</table>");
        let noted = read(&Limits::default(), "ф.html", text.as_bytes(), &mut |sheet| sheets.push(sheet));
        (sheets.pop().unwrap(), noted.notes)
    }

    fn rows(sheet: &RawSheet) -> Vec<Vec<String>> {
        (0..sheet.height()).map(|row| sheet.row(row).iter().map(|cell| sheet.show(*cell)).collect()).collect()
    }

    fn told(notes: &[Note]) -> Vec<(&str, String)> {
        notes.iter().map(|note| (note.code.as_str(), note.cell())).collect()
    }

    #[test]
    fn a_column_of_whole_lines_is_a_table() {
        let (sheet, notes) =
            of_cells(&["ВПР 2026", "Код;ОО;Балл", "50001;\"Лицей \"\"Восход\"\"; 1\";3,5", "50002;СОШ;4;", "Итого"]);
        let expected = [
            ["ВПР 2026", "", ""],
            ["Код", "ОО", "Балл"],
            ["50001", "Лицей \"Восход\"; 1", "3,5"],
            ["50002", "СОШ", "4"],
            ["Итого", "", ""],
        ];
        assert_eq!(rows(&sheet), expected);
        assert_eq!(told(&notes), [("I25", "A2".to_owned())]);
        assert_eq!(sheet.row_lengths, [1, 3, 3, 4, 1]);
        assert!(notes[0].message.ends_with("по знаку «;» (строк: 3)"), "{}", notes[0].message);
        let (sheet, _) = of_cells(&["Код,Балл,Отметка", "50001,3,5", "50002,4,4"]);
        assert_eq!((sheet.width, sheet.text(2, 0)), (3, "50002".to_owned()));
    }

    #[test]
    fn lines_in_quotes_are_a_table_be_it_all_of_them_or_some() {
        let (sheet, notes) = of_text("\"Код;ОО;Балл\"\n\n\"50001;\"\"СОШ; 1\"\";3,5\"\n\"50002;Лицей;4\"\n");
        assert_eq!((sheet.width, sheet.text(2, 1), sheet.text(3, 2)), (3, "СОШ; 1".to_owned(), "4".to_owned()));
        assert_eq!((sheet.row_lengths.as_slice(), told(&notes)), (&[3, 0, 3, 3][..], vec![("I25", "A1".to_owned())]));
        let (sheet, notes) = of_text("Код;ОО;Балл\n50001;СОШ;3\n\"50002;\"\"Лицей, 2\"\";4,5\"\n50003;СОШ;4\n");
        assert_eq!((sheet.text(2, 1), sheet.text(2, 2)), ("Лицей, 2".to_owned(), "4,5".to_owned()));
        assert_eq!(told(&notes), [("I25", "A3".to_owned())]);
    }

    #[test]
    fn sentences_and_proper_columns_stay_as_they_are() {
        let columns: [&[&str]; 5] = [
            &["Мама мыла раму; папа читал; сын спал", "Шёл дождь; дул ветер; темнело", "Всё"],
            &["Приказ № 5 от 1 мая, о сборе, по школам", "Форма 1, форма 2, форма 3"],
            &["3,5", "4,0", "2,5"],
            &["edu230001", "edu230002"],
            &["Работы: 5 класс; 6 класс; 7 класс", "Сроки; место; время"],
        ];
        for column in columns {
            let (sheet, notes) = of_cells(column);
            assert_eq!((sheet.width, told(&notes)), (1, vec![]), "{column:?}");
            assert_eq!(rows(&sheet).concat(), column);
        }
        let (sheet, notes) = of_text("\"ВПР; математика; 8\";;\nкод;балл;доля\n1;3,5;0,25\n2;4,0;0,50\n");
        assert_eq!((sheet.text(0, 0), notes.len()), ("ВПР; математика; 8".to_owned(), 0));
    }
}
