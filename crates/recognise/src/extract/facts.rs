//! Tables of facts about schools and groups: only the columns that the profile names are taken.

use crate::codes::{FACT_UNREAD, PERSONAL_TEXT, REFERENCE_ROW, TEXTBOOK_UNKNOWN};
use crate::identity::{self, ColumnYears, Evidence};
use crate::known_words::names_nobody;
use crate::row_identity::RowCells;
use crate::sieve::Sieve;
use crate::spelling::{fold, tidy};
use crate::withheld::Withheld;
use crate::{Extracted, Scene, group_name, head, pseudonym, school_key, textbook};
use srez_model::assessment::{ExamKey, Procedure};
use srez_model::facts::{FactLevel, FactRow, FactTable, FactValue};
use srez_model::form::{FactColumns, Field};
use srez_model::note::{is_quotable, names_school};
use srez_model::personal::is_personal;
use srez_model::raw_sheet::RawCell;
use srez_model::reference::ReferenceKind;

/// Topic whose values name textbooks.
const TEXTBOOKS: &str = "textbooks";
/// The item that counts participants.
const PARTICIPANTS: &str = "участников";

/// A column that holds an item.
struct ItemColumn {
    column: u32,
    item: String,
    /// Grade and subject where the header names them: «4 РУ».
    exam: Option<(u8, String)>,
}

/// Takes the table of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    let header = scene.found.header_row;
    extracted.rows.read = scene.sheet.height();
    let Some(wanted) = &scene.profile.facts else { return extracted };
    let of_sheet = match exam_of_sheet(scene) {
        Ok(exam) => exam,
        Err(notes) => {
            extracted.notes.extend(notes);
            None
        }
    };
    let columns = columns(scene, wanted);
    if !wanted.rows.is_empty() {
        return read_below(scene, wanted, &columns, of_sheet.as_ref(), extracted);
    }
    let mut rows: Vec<FactRow> = Vec::new();
    let mut withheld = Withheld::default();
    let mut above = None;
    let mut sieve = Sieve::new(scene);
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= header || is_footer(scene, row) {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else {
            match read_row(scene, row, &columns, above, of_sheet.as_ref()) {
                Ok(found) => {
                    if let Some(FactLevel::Group(kind)) = found.first().map(|first| first.level) {
                        above = Some(kind);
                    }
                    note_withheld(scene, row, &columns, &mut withheld);
                    extracted.rows.accepted += 1;
                    rows.extend(found);
                }
                Err((field, why)) => {
                    let column = scene.found.columns.get(&field).copied().unwrap_or(0);
                    extracted.notes.push(scene.note(&REFERENCE_ROW, row, column, why));
                    extracted.rows.rejected += 1;
                }
            }
        }
    }
    extracted.notes.extend(withheld.notes(scene));
    keep(scene, wanted, rows, columns.iter().map(|column| column.item.as_str()), extracted)
}

/// Counts the cells of a row whose text is not taken.
fn note_withheld(scene: &Scene<'_>, row: u32, columns: &[ItemColumn], withheld: &mut Withheld) {
    let is_textbook = scene.profile.facts.as_ref().is_some_and(|facts| facts.topic == TEXTBOOKS);
    for column in columns.iter().map(|column| column.column) {
        let text = tidy(&scene.sheet.text(row, column));
        let is_date = matches!(scene.sheet.cell(row, column), RawCell::Date(_));
        if is_textbook && !text.is_empty() && (is_date || textbook::name(&text).is_none()) {
            withheld.add(&TEXTBOOK_UNKNOWN, row, column);
        } else if !is_textbook && is_personal(&text) && !names_school(&text) {
            withheld.add(&PERSONAL_TEXT, row, column);
        } else if !is_textbook && is_withheld(scene.sheet.cell(row, column), &text) {
            withheld.add(&FACT_UNREAD, row, column);
        }
    }
}

/// The table of what was read, if anything was.
fn keep<'a>(
    scene: &Scene<'_>,
    wanted: &FactColumns,
    rows: Vec<FactRow>,
    items: impl Iterator<Item = &'a str>,
    mut extracted: Extracted,
) -> Extracted {
    if !rows.is_empty() {
        extracted.reasons.push(format!("показатели: {}", items.take(8).collect::<Vec<_>>().join(", ")));
        let (file, sheet) = (scene.file.to_owned(), scene.sheet.name.clone());
        extracted.facts.push(FactTable { topic: wanted.topic.clone(), file, sheet, rows });
    }
    extracted
}

/// Items in rows below the name of their group: «Понизили …», then the number of participants and the percent beside
/// it.
fn read_below(
    scene: &Scene<'_>,
    wanted: &FactColumns,
    columns: &[ItemColumn],
    exam: Option<&ExamKey>,
    mut extracted: Extracted,
) -> Extracted {
    let group = scene.found.columns.get(&Field::Group).copied().unwrap_or(0);
    let mut rows: Vec<FactRow> = Vec::new();
    for row in 0..scene.sheet.height() {
        let text = tidy(&scene.sheet.text(row, group));
        let folded = fold(&text);
        let begins = |beginnings: &Vec<String>| beginnings.iter().any(|known| fits(&fold(known), &folded));
        let item = wanted.rows.iter().find(|(_, beginnings)| begins(beginnings)).map(|(item, _)| item);
        let above = match rows.last().map(|last| last.level) {
            Some(FactLevel::Group(kind)) => Some(kind),
            _ => None,
        };
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= scene.found.header_row {
            extracted.rows.structural += 1;
        } else if let (Some(item), Some(of)) = (item, rows.last_mut()) {
            if let Some(why) = not_an_item(scene, row, item, columns, of) {
                extracted.notes.push(scene.note(&REFERENCE_ROW, row, group, why));
                extracted.rows.rejected += 1;
                continue;
            }
            for column in columns {
                let counted = column.item == PARTICIPANTS;
                let item = if counted { item.clone() } else { format!("{item}, {}", column.item) };
                of.values.extend(value(scene, row, &ItemColumn { column: column.column, item, exam: None }));
            }
            extracted.rows.accepted += 1;
        } else if let (None, Some(name)) =
            (item, group_name::read(&text, above).filter(|group| !school_key::is_person(&group.name)))
        {
            rows.push(FactRow {
                subject: exam.map(|exam| exam.subject.clone()).unwrap_or_default(),
                grade: exam.map_or(0, |exam| exam.grade),
                row: row + 1,
                level: FactLevel::Group(name.kind),
                group: name.name,
                school: name.code,
                exam: exam.cloned(),
                year: exam.map_or(0, |exam| exam.year),
                class: String::new(),
                values: Vec::new(),
            });
            extracted.rows.structural += 1;
        } else {
            let why = "не понять, к какой группе относится строка";
            extracted.notes.push(scene.note(&REFERENCE_ROW, row, group, why));
            extracted.rows.rejected += 1;
        }
    }
    rows.retain(|row| !row.values.is_empty());
    keep(scene, wanted, rows, wanted.rows.keys().map(String::as_str), extracted)
}

/// Why a row below a group gives it nothing: it has no number, or the group has the item already.
fn not_an_item(scene: &Scene<'_>, row: u32, item: &str, columns: &[ItemColumn], of: &FactRow) -> Option<&'static str> {
    let is_filled = |column: &ItemColumn| !scene.sheet.is_blank(scene.sheet.cell(row, column.column));
    if !columns.iter().any(is_filled) {
        return Some("в строке показателя нет чисел");
    }
    let known = of.text(item).is_some();
    known.then_some("показатель этой группы уже прочитан: верна первая строка или эта, неизвестно")
}

/// The exam that title and sheet name, where the profile looks there.
fn exam_of_sheet(scene: &Scene<'_>) -> Result<Option<ExamKey>, Vec<srez_model::note::Note>> {
    if scene.profile.identity.subject.is_empty() {
        return Ok(None);
    }
    let head = head::read(scene.sheet, scene.found.header_row);
    let evidence = Evidence {
        file: scene.file,
        sheet: &scene.sheet.name,
        head: &head,
        years: ColumnYears::default(),
        group: None,
    };
    identity::read(scene.profile, scene.settings.subjects, &evidence).map(|identity| Some(identity.key))
}

/// Columns of the items, in the order of the sheet.
fn columns(scene: &Scene<'_>, wanted: &FactColumns) -> Vec<ItemColumn> {
    let known: Vec<(String, &String)> = wanted
        .values
        .iter()
        .flat_map(|(item, headers)| headers.iter().map(move |header| (fold(header), item)))
        .collect();
    let mut columns = Vec::new();
    for column in 0..scene.sheet.width {
        let cell = scene.sheet.cell(scene.found.header_row, column);
        let header = fold(&scene.sheet.show(cell));
        if header.is_empty() {
            continue;
        }
        let by_exam = if wanted.by_exam { grade_and_subject(scene, &header) } else { None };
        let is_number = wanted.numbered && header.len() <= 3 && header.bytes().all(|byte| byte.is_ascii_digit());
        let item = match known.iter().find(|(pattern, _)| fits(pattern, &header)) {
            Some((_, item)) => (*item).clone(),
            None if by_exam.is_some() => tidy(&scene.sheet.show(cell)),
            None if is_number => header,
            None => continue,
        };
        columns.push(ItemColumn { column, item, exam: by_exam });
    }
    columns
}

/// A header fits its pattern; the number of the question before it, «14. Где расположена», does not count.
fn fits(pattern: &str, header: &str) -> bool {
    let bare = header.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ')' | ' '));
    [header, bare].into_iter().any(|header| match pattern.strip_suffix('*') {
        Some(beginning) => header.starts_with(beginning),
        None => header == pattern,
    })
}

/// «4 РУ», «РУ 4»: a grade and the prefix of sheet names.
fn grade_and_subject(scene: &Scene<'_>, header: &str) -> Option<(u8, String)> {
    let (first, second) = header.split_once(' ')?;
    let (grade, code) = if first.parse::<u8>().is_ok() { (first, second) } else { (second, first) };
    let grade: u8 = grade.parse().ok().filter(|grade| (1..=11).contains(grade))?;
    let code = code.trim().to_uppercase();
    let known = scene.settings.subjects.iter().find(|subject| subject.sheet_codes.contains(&code))?;
    Some((grade, known.slug.clone()))
}

/// A remark below the table: one filled cell alone.
fn is_footer(scene: &Scene<'_>, row: u32) -> bool {
    scene.sheet.row(row).iter().filter(|cell| !scene.sheet.is_blank(**cell)).count() == 1
}

/// Rows of facts of one row of the sheet: one, or one per exam where the columns name exams.
fn read_row(
    scene: &Scene<'_>,
    row: u32,
    columns: &[ItemColumn],
    above: Option<ReferenceKind>,
    of_sheet: Option<&ExamKey>,
) -> Result<Vec<FactRow>, (Field, String)> {
    let cells = RowCells::new(scene, row);
    let (level, group, school) = whom(scene, cells, above)?;
    let exam = of_sheet.cloned().or_else(|| cells.exam());
    let has = |field| scene.found.columns.contains_key(&field);
    if has(Field::Subject) && cells.subject().is_none() {
        return Err((Field::Subject, "предмет в строке не узнан".to_owned()));
    }
    let year = cells.year().or_else(|| exam.as_ref().map(|exam| exam.year)).unwrap_or(0);
    if has(Field::Year) && year == 0 {
        return Err((Field::Year, "год в строке не прочитан".to_owned()));
    }
    let class = class(scene, &cells.text(Field::Class));
    let fact = |exam: Option<ExamKey>, values: Vec<FactValue>| FactRow {
        subject: exam.as_ref().map(|exam| exam.subject.clone()).or_else(|| cells.subject()).unwrap_or_default(),
        grade: exam.as_ref().map(|exam| exam.grade).or_else(|| cells.grade()).unwrap_or(0),
        row: row + 1,
        level,
        group: group.clone(),
        school: school.clone(),
        exam,
        year,
        class: class.clone(),
        values,
    };
    let (of_exams, plain): (Vec<&ItemColumn>, Vec<&ItemColumn>) =
        columns.iter().partition(|column| column.exam.is_some());
    let values = |columns: &[&ItemColumn]| columns.iter().filter_map(|column| value(scene, row, column)).collect();
    let mut facts = vec![fact(exam, values(&plain))];
    facts.retain(|fact| !fact.values.is_empty() || of_exams.is_empty());
    for column in of_exams {
        let Some((grade, subject)) = column.exam.clone() else { continue };
        let key = Some(ExamKey::new(Procedure::Vpr, year, &subject, grade)).filter(|key| key.year != 0);
        let values: Vec<FactValue> = values(&[column]);
        if !values.is_empty() {
            facts.push(fact(key, values));
        }
    }
    Ok(facts)
}

/// Level, name and school of a row. Names of people become a pseudonym here and go no further.
fn whom(
    scene: &Scene<'_>,
    cells: RowCells<'_>,
    above: Option<ReferenceKind>,
) -> Result<(FactLevel, String, String), (Field, String)> {
    let has = |field| scene.found.columns.contains_key(&field);
    if has(Field::Group) {
        let name = group_name::read(&cells.text(Field::Group), above)
            .filter(|group| !school_key::is_person(&group.name))
            .ok_or_else(|| (Field::Group, "не понять, кто это: регион, муниципалитет или школа".to_owned()))?;
        return Ok((FactLevel::Group(name.kind), name.name, name.code));
    }
    let school = cells.school();
    let keys = [Field::Login, Field::School, Field::Code];
    if school.is_empty()
        && let Some(field) = keys.into_iter().find(|field| !cells.text(*field).is_empty())
    {
        return Err((field, "в ячейке не логин и не код школы".to_owned()));
    }
    if has(Field::Surname) {
        if school.is_empty() {
            return Err((Field::School, "в строке нет логина или кода школы".to_owned()));
        }
        let names = [Field::Surname, Field::GivenName, Field::Patronymic].map(|field| cells.text(field));
        let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let document = [Field::Document, Field::DocumentNumber].map(|field| cells.text(field)).join(" ");
        if names.is_empty() {
            return Err((Field::Surname, "в строке нет имени участника".to_owned()));
        }
        let who = pseudonym::of(&scene.settings.pseudonym_key, &school, &names.join(" "), document.trim());
        return Ok((FactLevel::Participant, who, school));
    }
    let name = school_key::name(&cells.text(Field::SchoolName));
    if school.is_empty() && name.is_empty() {
        return Err((Field::School, "в строке нет ни логина, ни кода, ни названия школы".to_owned()));
    }
    Ok((FactLevel::Group(ReferenceKind::School), name, school))
}

/// A fact that is no number, no code and no text of the forms: it may name a person. A date is what Excel made of a
/// number.
fn is_withheld(cell: RawCell, text: &str) -> bool {
    !text.is_empty()
        && (matches!(cell, RawCell::Date(_)) || !names_nobody(text) || (is_personal(text) && !names_school(text)))
}

/// A letter or name of a class; what may be a name gets a number instead.
fn class(scene: &Scene<'_>, text: &str) -> String {
    let letter = text.chars().count() <= 2 || is_quotable(text) && text.bytes().any(|sign| sign.is_ascii_digit());
    if letter { text.to_owned() } else { pseudonym::of_class(&scene.settings.pseudonym_key, text) }
}

fn value(scene: &Scene<'_>, row: u32, column: &ItemColumn) -> Option<FactValue> {
    let cell = scene.sheet.cell(row, column.column);
    if scene.sheet.is_blank(cell) {
        return None;
    }
    if matches!(cell, RawCell::Date(_)) {
        return None;
    }
    let text = tidy(&scene.sheet.show(cell));
    let text = if scene.profile.facts.as_ref().is_some_and(|facts| facts.topic == TEXTBOOKS) {
        textbook::name(&text)?
    } else if is_withheld(cell, &text) {
        return None;
    } else {
        text
    };
    let number = match cell {
        RawCell::Number(number) | RawCell::Percent(number) => Some(number),
        RawCell::Text(_) => text.trim_end_matches('%').trim().replace(',', ".").parse::<f64>().ok(),
        _ => None,
    };
    Some(FactValue { item: column.item.clone(), number: number.filter(|number| number.is_finite()), text })
}
