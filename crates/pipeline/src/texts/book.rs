//! The workbook of texts: made of how the texts of a run stand, and read back by its headers.

use srez_config::plan::Plan;
use srez_model::raw_sheet::RawSheet;
use srez_model::text_book::{LostText, MovedText, TextBook, TextRow, YES, column};
use srez_texts::{FieldOfRun, Found, Moved, Reach, ShownThen, Standing};
use srez_wording::date;

/// Rows above which the headers stand.
const MOST_ABOVE: u32 = 12;

/// The workbook of a run.
pub(crate) fn book(plan: &Plan, standing: &Standing) -> TextBook {
    let moved = standing.moved().map(|(field, moved)| MovedText {
        place: field.place.clone(),
        label: field.label.clone(),
        text: field.text().to_owned(),
        was: lines(&moved, |moved| &moved.was),
        now: lines(&moved, |moved| &moved.now),
    });
    let lost = standing.lost.iter().map(|record| LostText {
        address: record.address.clone(),
        text: record.text.clone(),
        author: record.author.clone(),
        date: date::short(&record.date),
        period: record.period.clone(),
    });
    // By document, as they are filled in; within one by address.
    let mut fields: Vec<&FieldOfRun> = standing.fields.iter().collect();
    fields.sort_by(|first, second| first.documents.first().cmp(&second.documents.first()));
    TextBook {
        centre: plan.centre.clone(),
        date: date::short(&plan.date),
        reaches: Reach::ALL.into_iter().map(Reach::word).filter(|word| !word.is_empty()).collect(),
        rows: fields.into_iter().map(row).collect(),
        moved: moved.collect(),
        lost: lost.collect(),
    }
}

fn row(field: &FieldOfRun) -> TextRow {
    let record = field.record.as_ref().filter(|record| !record.text.is_empty());
    TextRow {
        place: field.place.clone(),
        label: field.label.clone(),
        shown: field.shown.iter().map(shown_line).collect::<Vec<_>>().join("\n"),
        text: field.text().to_owned(),
        author: record.map_or_else(String::new, |record| record.author.clone()),
        reach: record.map_or("", |record| record.reach.word()).to_owned(),
        address: field.field.to_string(),
    }
}

fn shown_line(shown: &ShownThen) -> String {
    format!("{}: {}", shown.name, shown.printed)
}

fn lines(moved: &[Moved], of: impl Fn(&Moved) -> &String) -> String {
    let line = |moved: &Moved| match of(moved).as_str() {
        "" => format!("{}: нет", moved.name),
        printed => format!("{}: {printed}", moved.name),
    };
    moved.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// True for the sheet of a workbook of texts.
pub(super) fn is_book(sheet: &RawSheet) -> bool {
    head(sheet).is_some()
}

/// What the sheet of texts says; none for another sheet.
pub(super) fn rows(sheet: &RawSheet) -> Option<Vec<Found>> {
    let head = head(sheet)?;
    let of = |row: u32, title: &str| head.place(title).map_or_else(String::new, |place| sheet.text(row, place));
    let found = (head.row + 1..sheet.height()).filter_map(|row| {
        Some(Found {
            field: of(row, column::ADDRESS).parse().ok()?,
            text: of(row, column::TEXT),
            printed: of(row, column::PRINTED),
            author: of(row, column::AUTHOR),
            reach: head.place(column::REACH).map(|place| Reach::of_word(&sheet.text(row, place))),
            confirmed: of(row, column::CONFIRMED).trim().to_lowercase() == YES,
            shown: of(row, column::SHOWN).lines().filter_map(shown_of_line).collect(),
        })
    });
    Some(found.collect())
}

fn shown_of_line(line: &str) -> Option<ShownThen> {
    let (name, printed) = line.rsplit_once(": ")?;
    Some(ShownThen { name: name.to_owned(), printed: printed.to_owned() })
}

/// The row of the headers.
struct Head {
    row: u32,
    titles: Vec<String>,
}

impl Head {
    fn place(&self, title: &str) -> Option<u32> {
        self.titles.iter().position(|known| known == title).and_then(|place| u32::try_from(place).ok())
    }
}

fn head(sheet: &RawSheet) -> Option<Head> {
    let titles = |row: u32| (0..sheet.width).map(|place| sheet.text(row, place).trim().to_owned()).collect();
    let mut heads = (0..sheet.height().min(MOST_ABOVE)).map(|row| Head { row, titles: titles(row) });
    // Without what was printed nothing tells a text that was written from one that was there.
    let needed = [column::ADDRESS, column::TEXT, column::PRINTED];
    heads.find(|head| needed.iter().all(|title| head.place(title).is_some()))
}

#[cfg(test)]
mod tests {
    use super::{is_book, rows};
    use srez_model::raw_sheet::{RawCell, RawSheet};
    use srez_model::text_book::column;
    use srez_texts::Reach;

    fn sheet(rows: &[&[&str]]) -> RawSheet {
        let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let mut made = RawSheet { width: u32::try_from(width).unwrap(), ..RawSheet::default() };
        for row in rows {
            for place in 0..width {
                let text = row.get(place).copied().unwrap_or("");
                made.strings.push(text.to_owned());
                made.cells.push(RawCell::Text(u32::try_from(made.strings.len() - 1).unwrap()));
            }
        }
        made
    }

    #[test]
    fn a_book_is_read_by_its_headers_in_whatever_order() {
        let head = [column::ADDRESS, column::TEXT, column::PRINTED, column::SHOWN, column::REACH, column::CONFIRMED];
        let first = ["errors/vpr-2026-math-8/-/14", "Теряют знак", "", "ВПР: а: 45 % (n = 42)", "объединению", "Да"];
        let book = sheet(&[&["Тексты документов"], &head, &first, &["что-то своё", "не поле"]]);
        let found = rows(&book).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].text.as_str(), found[0].printed.as_str()), ("Теряют знак", ""));
        assert_eq!((found[0].shown[0].name.as_str(), found[0].shown[0].printed.as_str()), ("ВПР: а", "45 % (n = 42)"));
        assert_eq!((found[0].reach, found[0].confirmed), (Some(Reach::Association), true));
        assert!(!is_book(&sheet(&[&["Код", "1", "2"]])));
    }
}
