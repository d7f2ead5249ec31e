//! Letter to a school about its own files: what was not accepted, where, and what to do.

use crate::facts::data_quality::in_words;
use crate::sections;
use crate::table::TableOf;
use srez_model::corrections::{FaultState, SchoolCorrections};
use srez_model::data_quality::SchoolQuality;
use srez_model::field_id::{FieldId, FieldName};
use srez_model::house_style::HouseStyle;
use srez_model::note::{Note, NoteCode, Severity, column_name};
use srez_model::report::{Blank, Block, DocumentKind, Report, Section, Text};
use srez_wording::date;
use srez_wording::sentence::files as said;
use srez_wording::text::{capitalised, sentence};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Lines of one file that the letter prints; all of them stand on the sheet «Ошибки».
const MOST_LINES: usize = 25;

/// What a letter is about.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// Who writes.
    pub centre: &'a str,
    /// Emblem and signatures.
    pub style: &'a Arc<HouseStyle>,
    /// Municipality; empty where there is none.
    pub municipality: &'a str,
    /// Date as `YYYY-MM-DD`.
    pub date: &'a str,
    /// Name of the school.
    pub school: &'a str,
    /// Its files.
    pub files: Vec<LetterFile<'a>>,
    /// Date of the check before as `YYYY-MM-DD`; empty where there was none.
    pub since: &'a str,
    /// What the school has done since; none where nothing changed.
    pub corrections: Option<&'a SchoolCorrections>,
    /// The score of its data; none where it is no school of the municipality.
    pub quality: Option<&'a SchoolQuality>,
    /// Date of the check that the score is compared with; empty where there is none.
    pub quality_since: &'a str,
}

/// Address of a note in its file: sheet, row, column, code.
type Address<'a> = (&'a str, u32, u32, &'a str);

/// A file of the school.
#[derive(Clone, Debug)]
pub struct LetterFile<'a> {
    /// Path as listed.
    pub file: &'a str,
    /// Name of the workbook beside the letter; empty where there is none.
    pub workbook: String,
    /// True where the workbook holds a copy of the sheets.
    pub copied: bool,
    /// What was noticed, sorted by place.
    pub notes: Vec<&'a Note>,
    /// Those of them that were there at the check before.
    pub remains: BTreeSet<Address<'a>>,
    /// Rows of the copy by sheet, as rows of the original counted from 0; none where the file is the school's own.
    pub rows: Option<BTreeMap<String, Vec<u32>>>,
    /// Codes of pupils by sheet and row of the original.
    pub codes: &'a BTreeMap<(String, u32), String>,
}

impl LetterFile<'_> {
    /// The cell in what the school holds: its own file, or its copy of a file of several schools; none where it holds
    /// neither.
    fn cell(&self, note: &Note) -> Option<String> {
        let row = match &self.rows {
            None => note.row,
            Some(_) if !self.copied => return None,
            Some(_) if note.row == 0 => 0,
            Some(of_sheet) => {
                let rows = of_sheet.get(&note.sheet)?;
                let place = rows.iter().position(|row| row + 1 == note.row)?;
                u32::try_from(place).ok()?.saturating_add(1)
            }
        };
        let cell = Note { row, ..note.clone() }.cell();
        Some(if note.column == 0 && row != 0 { format!("строка {row}") } else { cell })
    }

    /// Where a note is, for the school: sheet, cell, code of the pupil.
    fn place(&self, note: &Note) -> String {
        let code = self.codes.get(&(note.sheet.clone(), note.row)).map(|code| format!("код {code}"));
        let cell = self.cell(note);
        let sheet = if cell.is_some() { note.sheet.clone() } else { String::new() };
        let parts = [Some(sheet), cell, code].into_iter().flatten().filter(|part| !part.is_empty());
        let place = parts.collect::<Vec<_>>().join(", ");
        if place.is_empty() { "строка школы".to_owned() } else { place }
    }
}

/// The letter.
pub fn compose(letter: &Letter<'_>) -> Report {
    let sections = vec![
        section("Что не принято", opening(letter)),
        section(
            "Где исправить",
            letter.files.iter().zip(1..).flat_map(|(file, number)| of_file(file, number)).collect(),
        ),
        section("Что сделать", end(letter)),
    ];
    Report {
        kind: DocumentKind::ReturnLetter,
        title: "О файлах с результатами оценочных процедур".to_owned(),
        subtitle: format!("Кому: {}", letter.school),
        centre: letter.centre.to_owned(),
        style: Arc::clone(letter.style),
        municipality: letter.municipality.to_owned(),
        date: date::short(letter.date),
        running_head: "Возврат файлов на исправление".to_owned(),
        footer: "Только для школы-адресата".to_owned(),
        key_figures: Vec::new(),
        passport: Vec::new(),
        sections,
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    sections::section(title, false, blocks)
}

fn opening(letter: &Letter<'_>) -> Vec<Block> {
    let n = |severity: Severity| {
        let notes = letter.files.iter().flat_map(|file| &file.notes);
        notes.filter(|note| note.severity == severity).count() as u64
    };
    let is_conflict = |note: &&&Note| note.code == NoteCode::DifferentDeliveries;
    let conflicts = letter.files.iter().filter(|file| file.notes.iter().any(|note| is_conflict(&note))).count() as u64;
    let is_refused = |note: &&Note| note.severity == Severity::RejectFile && !is_conflict(&note);
    let rejected = letter.files.iter().filter(|file| file.notes.iter().any(is_refused)).count();
    let (rows, cells) = (n(Severity::RejectRow), n(Severity::UnreadableCell));
    let mut text = "Уважаемые коллеги!".to_owned();
    if conflicts > 0 {
        text.push(' ');
        text.push_str(&said::different_files(conflicts));
    }
    if rejected as u64 + rows + cells > 0 {
        text.push_str(&format!(
            " При проверке присланных файлов ({}) {}.",
            said::files(letter.files.len() as u64),
            said::not_accepted(rejected as u64, rows, cells)
        ));
    }
    text.push_str(" Участники, которых это касается, пока не учтены в отчётах полностью или частично.");
    if n(Severity::Warning) > 0 {
        text.push_str(" Кроме того, есть места, которые нужно проверить; они учтены, как есть.");
    }
    let mut blocks = vec![Block::Paragraph(Text::plain(text))];
    blocks.extend(since_then(letter).map(Block::Paragraph));
    blocks.extend(letter.quality.map(|of| Block::Paragraph(in_words(of, letter.quality_since))));
    blocks
}

/// What was mended since the check before, and what was not.
fn since_then(letter: &Letter<'_>) -> Option<Text> {
    let of = letter.corrections?;
    let (fixed, remains) = (of.count(FaultState::Fixed), of.count(FaultState::Remains));
    if fixed + remains == 0 {
        return None;
    }
    let since = date::short(letter.since);
    Some(Text::plain(match (fixed, remains) {
        (_, 0) => said::all_mended(fixed, &since),
        (0, _) if !of.resent => said::not_resent(remains, &since),
        (0, _) => said::none_mended(remains, &since),
        _ => said::partly_mended(fixed, remains, &since),
    }))
}

fn of_file(file: &LetterFile<'_>, number: usize) -> Vec<Block> {
    let lines = folded(file);
    let name = file.file.rsplit('/').next().unwrap_or(file.file);
    let mut note = match (file.workbook.as_str(), file.copied) {
        ("", _) => "Копии нет: исправьте исходный файл.".to_owned(),
        (workbook, true) => format!("Копия с пометками и полный список — {workbook}, лист «Ошибки»."),
        (workbook, false) => format!("Полный список — {workbook}; копии листов нет, исправьте исходный файл."),
    };
    if MOST_LINES < lines.len() {
        note = format!("Показаны не все места. {note}");
    }
    let table = TableOf::new(lines.iter().take(MOST_LINES))
        .text("Лист, ячейка, код", 2.2, |line| line.place.clone())
        .text("Что не так", 4.0, |line| line.message.clone())
        .text("Что сделать", 4.0, |line| line.hint.clone());
    vec![table.named(&format!("file-{number}"), format!("Файл {name}"), note)]
}

/// A line of the table: where, what is wrong, what to do.
struct Line {
    place: String,
    message: String,
    hint: String,
}

/// Notes as lines; more than three of one kind in one column become one line.
fn folded(file: &LetterFile<'_>) -> Vec<Line> {
    let (notes, remains) = (&file.notes, &file.remains);
    let mut alike: BTreeMap<(Severity, &str, NoteCode, u32), Vec<&Note>> = BTreeMap::new();
    for note in notes {
        alike.entry((note.severity, &note.sheet, note.code, note.column)).or_default().push(note);
    }
    let mut lines = Vec::new();
    for ((_, sheet, _, column), found) in alike {
        let shown = if found.len() <= 4 || column == 0 { found.len() } else { 3 };
        for note in found.iter().take(shown) {
            let is_old = remains.contains(&(note.sheet.as_str(), note.row, note.column, note.code.as_str()));
            let message = capitalised(&note.message);
            let message = if is_old {
                format!("{message}. Не исправлено с прошлого раза")
            } else {
                message
            };
            lines.push(Line { place: file.place(note), message, hint: sentence(hint(note)) });
        }
        if let Some(next) = found.get(shown) {
            let column = format!("столбец {}", column_name(column));
            let place = if sheet.is_empty() { column } else { format!("{sheet}, {column}") };
            let message = said::more_cells((found.len() - shown) as u64);
            lines.push(Line { place, message, hint: sentence(hint(next)) });
        }
    }
    lines
}

/// What the school is to do; some hints of the protocol are meant for the office, which has the file from the school.
fn hint(note: &Note) -> &str {
    match note.code {
        NoteCode::DifferentDeliveries => "сообщите, какой файл верный, или пришлите верный ещё раз целиком",
        // The maximum is no matter of a school.
        NoteCode::OverMaximum => "сверьте с работой и исправьте балл",
        NoteCode::MissingColumns => "верните названные столбцы с их исходными заголовками и пришлите форму заново",
        NoteCode::FormWithoutRows | NoteCode::FormNotFilledIn => "пришлите заполненную форму",
        NoteCode::NamelessColumns => {
            "если в этих столбцах учебник или баллы, подпишите столбцы и пришлите форму заново"
        }
        _ => &note.hint,
    }
}

/// What to do, who wrote, and who signs where that is known.
fn end(letter: &Letter<'_>) -> Vec<Block> {
    let mut blocks = vec![steps(letter)];
    blocks.extend(letter.style.signatures.last().map(|one| Block::Paragraph(one.line().into())));
    // One person writes to all schools.
    let id = FieldId::new(FieldName::Executor, "");
    blocks.push(Blank::new(id, "Исполнитель, телефон", 1).block());
    blocks
}

fn steps(letter: &Letter<'_>) -> Block {
    let has_marks = |file: &&LetterFile<'_>| file.notes.iter().any(|note| note.row > 0);
    let marked = letter.files.iter().filter(has_marks).count();
    let mut steps = Vec::new();
    match letter.files.iter().filter(has_marks).filter(|file| file.copied).count() {
        0 => {}
        1 => steps.push("Откройте приложенную копию: неверные ячейки закрашены, в примечании сказано, что не так."),
        _ => steps.push("Откройте приложенные копии: неверные ячейки закрашены, в примечании сказано, что не так."),
    }
    if marked > 0 {
        steps.push("Исправьте эти места в своём исходном файле; столбцы, заголовки и имя файла не меняйте.");
        steps.push("Пришлите исправленный файл целиком: он заменит прежний. Отдельные строки присылать не нужно.");
    } else {
        steps.push("Сделайте то, что сказано в столбце «Что сделать».");
        steps.push("Файл присылайте целиком: он заменит прежний.");
    }
    Block::Steps(steps.into_iter().map(Text::plain).collect())
}

#[cfg(test)]
mod tests {
    use super::{LetterFile, folded};
    use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
    use std::collections::BTreeMap;

    const WARNING: NoteDefinition = NoteDefinition {
        id: NoteCode::DeclaredTotal,
        severity: Severity::Warning,
        title: "",
        explanation: "",
        hint: "проверьте",
    };

    #[test]
    fn an_address_is_that_of_what_the_school_holds() {
        let note = Note::about_file(&WARNING, "a", "сумма").at_sheet("Лист").at(9, 3);
        let codes = BTreeMap::new();
        let file = |copied: bool, rows: Option<Vec<u32>>| LetterFile {
            file: "a",
            workbook: String::new(),
            copied,
            notes: Vec::new(),
            remains: [].into(),
            rows: rows.map(|rows| BTreeMap::from([("Лист".to_owned(), rows)])),
            codes: &codes,
        };
        assert_eq!(file(true, None).place(&note), "Лист, C9", "its own file");
        assert_eq!(file(true, Some(vec![0, 1, 7, 8])).place(&note), "Лист, C4", "the fourth row of its copy");
        assert_eq!(file(false, Some(vec![0, 1, 7, 8])).place(&note), "строка школы", "a file that it never had");
    }

    #[test]
    fn a_column_that_is_wrong_throughout_is_one_line() {
        let notes: Vec<Note> =
            (2..24).map(|row| Note::about_file(&WARNING, "a", "сумма").at_sheet("Лист").at(row, 27)).collect();
        let codes = BTreeMap::from([(("Лист".to_owned(), 2), "80012".to_owned())]);
        let file = LetterFile {
            file: "a",
            workbook: String::new(),
            copied: false,
            notes: notes.iter().collect(),
            remains: [("Лист", 3, 27, "V02")].into(),
            rows: None,
            codes: &codes,
        };
        let lines = folded(&file);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0].place, "Лист, AA2, код 80012");
        assert_eq!(
            (lines[0].message.as_str(), lines[1].message.as_str()),
            ("Сумма", "Сумма. Не исправлено с прошлого раза")
        );
        assert_eq!(
            (lines[3].place.as_str(), lines[3].message.as_str()),
            ("Лист, столбец AA", "Ещё 19\u{a0}ячеек в этом столбце: то же самое")
        );
    }
}
