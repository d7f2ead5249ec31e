//! Rows of a `;` text that were torn at their decimal commas: the text was opened by `,` and saved again, so that
//! «50001;СОШ;3,5;4» stands in two cells. They are put together as whole lines, which are split afterwards.

use super::codes::TORN_ROWS;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use srez_model::raw_sheet::{RawCell, RawSheet};

/// Columns that make a table: two may be a sentence with a semicolon.
const FEWEST_COLUMNS: usize = 3;
/// What the columns were parted by.
const DELIMITER: char = ';';

/// The filled cells of a row, from its first column on.
struct Pieces {
    row: u32,
    texts: Vec<String>,
}

impl Pieces {
    fn line(&self) -> String {
        self.texts.join(",")
    }

    fn width(&self) -> usize {
        self.line().matches(DELIMITER).count() + 1
    }

    fn is_torn(&self) -> bool {
        self.texts.len() > 1
    }

    /// Digits behind the last comma that a program may have taken for a number of their own.
    fn last_number(&self) -> Option<&str> {
        let last = self.texts.last().filter(|_| self.is_torn())?;
        (!last.is_empty() && last.bytes().all(|sign| sign.is_ascii_digit())).then_some(last)
    }
}

/// A sheet of whole lines where the given one is torn, else none.
///
/// Refused where the last column of the text has fractions and a program may have taken their zeros: «3,05» and «3,5»
/// are both «3» and «5» then.
pub(super) fn joined(sheet: &RawSheet, budget: u64) -> Result<Option<RawSheet>, Refusal> {
    // Nearly every sheet ends here, and costs one look at its rows.
    if !(0..sheet.height()).any(|row| is_whole_line(sheet, row)) {
        return Ok(None);
    }
    let rows: Vec<Pieces> = (0..sheet.height()).map(|row| pieces(sheet, row)).collect();
    if !is_torn(&rows) {
        return Ok(None);
    }
    let fractions: Vec<(u32, &str)> = rows.iter().filter_map(|row| Some((row.row, row.last_number()?))).collect();
    let keeps_zeros = fractions.iter().any(|(_, digits)| digits.len() > 1 && digits.starts_with('0'));
    if let Some((row, _)) = fractions.first().filter(|_| !keeps_zeros) {
        let message = "строки разрезаны по десятичным запятым, и нули после запятой могли пропасть: «3,05» и «3,5» \
                       теперь не различить";
        return Err(Refusal::new(&TORN_ROWS, message).at(row + 1, 1));
    }
    let mut builder = SheetBuilder::new(budget);
    let mut row_lengths = Vec::new();
    for pieces in &rows {
        builder.put_text(pieces.row, 0, &pieces.line())?;
        row_lengths.push(u32::from(!pieces.texts.is_empty()));
    }
    Ok(Some(RawSheet { row_lengths, ..builder.finish(&sheet.file, &sheet.name, sheet.hidden) }))
}

/// True for a row of one text with several fields in it.
fn is_whole_line(sheet: &RawSheet, row: u32) -> bool {
    let mut filled = sheet.row(row).iter().filter(|cell| !sheet.is_blank(**cell));
    let (first, second) = (filled.next(), filled.next());
    match (first, second) {
        (Some(RawCell::Text(index)), None) => FEWEST_COLUMNS <= sheet.string(*index).matches(DELIMITER).count() + 1,
        _ => false,
    }
}

fn pieces(sheet: &RawSheet, row: u32) -> Pieces {
    let cells = sheet.row(row);
    let filled = cells.iter().rposition(|cell| !sheet.is_blank(*cell)).map_or(0, |last| last + 1);
    let text = |cell: &RawCell| sheet.show(*cell);
    Pieces { row, texts: cells.iter().take(filled).map(text).collect() }
}

/// True where a head stands whole in one cell, and most rows that do not are, put together, as wide as it.
fn is_torn(rows: &[Pieces]) -> bool {
    let Some(width) = rows.iter().find(|row| !row.is_torn() && FEWEST_COLUMNS <= row.width()).map(Pieces::width) else {
        return false;
    };
    let torn: Vec<&Pieces> = rows.iter().filter(|row| row.is_torn()).collect();
    let even = torn.iter().filter(|row| row.width() == width && row.texts.iter().any(|text| text.contains(DELIMITER)));
    let even = even.count();
    even > 0 && torn.len() <= even * 2
}

#[cfg(test)]
mod tests {
    use crate::{Limits, ReadState, read};
    use srez_model::note::Note;
    use srez_model::raw_sheet::RawSheet;

    fn of_text(text: &str) -> (Option<RawSheet>, Vec<Note>) {
        let mut sheets = Vec::new();
        let noted = read(&Limits::default(), "ф.csv", text.as_bytes(), &mut |sheet| sheets.push(sheet));
        let is_read = noted.value.state == ReadState::Read;
        (sheets.pop().filter(|_| is_read), noted.notes)
    }

    fn rows(sheet: &RawSheet) -> Vec<Vec<String>> {
        (0..sheet.height()).map(|row| sheet.row(row).iter().map(|cell| sheet.show(*cell)).collect()).collect()
    }

    #[test]
    fn rows_torn_at_their_decimal_commas_are_put_together() {
        let whole = [
            vec!["Код", "ОО", "Балл", "Доля", "Отметка"],
            vec!["50001", "СОШ", "3,5", "0,25", "4"],
            vec!["50002", "Лицей", "4", "0,5", "5"],
            vec!["50003", "СОШ", "4", "1", "5"],
        ];
        let texts = [
            "\"Код;ОО;Балл;Доля;Отметка\"\n\"50001;СОШ;3\",\"5;0\",\"25;4\"\n\"50002;Лицей;4;0\",\"5;5\"\n\
             \"50003;СОШ;4;1;5\"\n",
            "Код;ОО;Балл;Доля;Отметка\n\"50001;СОШ;3\",\"5;0\",\"25;4\"\n\"50002;Лицей;4;0\",\"5;5\"\n\
             50003;СОШ;4;1;5\n",
            "\"Код;ОО;Балл;Доля;Отметка\";;\n\"50001;СОШ;3\";\"5;0\";\"25;4\"\n\"50002;Лицей;4;0\";\"5;5\";\n\
             \"50003;СОШ;4;1;5\";;\n",
            "Код;ОО;Балл;Доля;Отметка\n50001;СОШ;3,5;0,25;4\n50002;Лицей;4;0,5;5\n50003;СОШ;4;1;5\n",
        ];
        for (place, text) in texts.into_iter().enumerate() {
            let (sheet, notes) = of_text(text);
            let sheet = sheet.unwrap_or_else(|| panic!("{text}: {notes:?}"));
            assert_eq!(rows(&sheet), whole, "{text}");
            let told: Vec<_> = notes.iter().map(|note| (note.code.as_str(), note.message.as_str())).collect();
            let message = "строки стояли целиком в одной ячейке или были разрезаны по десятичной запятой: разделены \
                           по знаку «;» (строк: 4)";
            assert_eq!(told, [("I25", message)].repeat(usize::from(place < 3)), "{text}");
        }
    }

    #[test]
    fn fractions_whose_zeros_may_be_gone_are_refused_with_advice() {
        let torn = "\"Код;ОО;Балл\"\n\"50001;СОШ;3\",\"5\"\n\"50002;СОШ;4\",\"25\"\n";
        let (sheet, notes) = of_text(torn);
        assert!(sheet.is_none());
        assert_eq!((notes[0].code.as_str(), notes[0].cell()), ("I26", "A2".to_owned()));
        assert!(notes[0].hint.contains("точка с запятой"), "{}", notes[0].hint);
        let (sheet, _) = of_text(&torn.replace("\"5\"", "\"05\""));
        assert_eq!(rows(&sheet.unwrap())[1], ["50001", "СОШ", "3,05"]);
    }

    #[test]
    fn sound_tables_with_semicolons_in_their_cells_stay() {
        let texts = [
            "код,название,адрес\n1,\"Лицей; 5\",\"ул. Мира; 5\"\n2,б,в\n3,в,г\n",
            "\"Работы: 5; 6; 7\"\n\"код\",\"название\"\n\"1\",\"ул. Мира; 5\"\n\"2\",\"б\"\n",
        ];
        for text in texts {
            let (sheet, notes) = of_text(text);
            let sheet = sheet.unwrap();
            let shown = rows(&sheet).concat();
            assert!(shown.contains(&"ул. Мира; 5".to_owned()) && notes.is_empty(), "{shown:?} {notes:?}");
        }
    }
}
