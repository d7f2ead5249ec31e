//! Register of measures: one measure a row, by the template that the program writes or alike.

use crate::model::action::Action;
use crate::model::assessment::{ExamKey, Procedure};
use crate::model::field::Field;
use crate::recognise::calendar;
use crate::recognise::codes::{ACTION_WITHOUT_DATE, ACTION_WITHOUT_TITLE, ACTION_WITHOUT_WORK};
use crate::recognise::identity::{grade, subject};
use crate::recognise::spelling::{fold, tidy};
use crate::recognise::{Extracted, Scene};

/// Takes the measures of a sheet.
pub(in crate::recognise) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    extracted.rows.read = scene.sheet.height();
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= scene.found.header_row {
            extracted.rows.structural += 1;
        } else if let Some(action) = read_row(scene, row, &mut extracted) {
            extracted.rows.accepted += 1;
            extracted.actions.push(action);
        } else {
            extracted.rows.rejected += 1;
        }
    }
    extracted
}

fn read_row(scene: &Scene<'_>, row: u32, extracted: &mut Extracted) -> Option<Action> {
    let column = |field: Field| scene.found.columns.get(&field).copied();
    let cell = |field: Field| column(field).map(|column| scene.sheet.cell(row, column));
    let text = |field: Field| cell(field).map(|cell| tidy(&scene.sheet.show(cell))).unwrap_or_default();
    let mut note = |code, field, message: &str| {
        let found = text(field);
        extracted.notes.push(scene.note(code, row, column(field).unwrap_or(0), message).found(found));
    };
    let title = text(Field::Action);
    if title.is_empty() {
        note(&ACTION_WITHOUT_TITLE, Field::Action, "мера не названа");
        return None;
    }
    // A cell with a date shows a number, a cell with text may hold two dates.
    let serial = || cell(Field::ActionDate).map(|cell| calendar::in_cell(scene.sheet, cell)).unwrap_or_default();
    let Some((from, until)) = days(&text(Field::ActionDate)).or_else(|| days(&serial())) else {
        note(&ACTION_WITHOUT_DATE, Field::ActionDate, "дата меры не прочитана");
        return None;
    };
    let exam = exam(scene, &text(Field::ActionWork));
    if exam.is_empty() {
        note(&ACTION_WITHOUT_WORK, Field::ActionWork, "работа не узнана: нужны процедура, предмет и класс");
    }
    Some(Action {
        file: scene.file.to_owned(),
        sheet: scene.sheet.name.clone(),
        row: row + 1,
        title,
        from,
        until,
        schools: schools(&text(Field::School)),
        exam,
        indicator: text(Field::ActionIndicator),
        responsible: text(Field::ActionResponsible),
        expected: text(Field::ActionExpected),
    })
}

/// First and last day of «с 15.09.2025 по 30.04.2026»; the last is empty where there is one date.
fn days(text: &str) -> Option<(String, String)> {
    let day = |date: String| date.chars().take(10).collect::<String>();
    let dates: Vec<String> = text.split_whitespace().filter_map(|word| calendar::in_text(word).map(day)).collect();
    let first = dates.first().cloned()?;
    Some((first, dates.get(1).cloned().unwrap_or_default()))
}

/// Logins or codes between `;`, `,` or spaces; none for «все».
fn schools(text: &str) -> Vec<String> {
    let is_key = |part: &&str| part.chars().any(|letter| letter.is_ascii_digit());
    text.split([';', ',', ' ', '\n']).map(str::trim).filter(is_key).map(str::to_owned).collect()
}

/// Exam without its year; empty where procedure, subject or grade is missing.
fn exam(scene: &Scene<'_>, text: &str) -> String {
    let words = fold(text);
    let procedures = [Procedure::Vpr, Procedure::Oge, Procedure::Ege, Procedure::Regional];
    let named = |procedure: &&Procedure| {
        words.starts_with(&format!("{}-", procedure.id())) || words.contains(&fold(procedure.title()))
    };
    let Some(procedure) = procedures.iter().find(named).copied() else { return String::new() };
    if words.starts_with(&format!("{}-", procedure.id())) {
        return words;
    }
    let grade = match procedure {
        Procedure::Oge => Some(9),
        Procedure::Ege => Some(11),
        _ => grade(text).map(|(grade, _)| grade),
    };
    let Some((subject, grade)) = subject(scene.settings.subjects, text).zip(grade) else { return String::new() };
    ExamKey { procedure, year: 0, subject, grade }.id_without_year()
}

#[cfg(test)]
mod tests {
    use super::{days, schools};

    #[test]
    fn days_and_schools_are_read_as_offices_write_them() {
        let pair = |from: &str, until: &str| Some((from.to_owned(), until.to_owned()));
        assert_eq!(days("с 15.09.2025 по 30.04.2026"), pair("2025-09-15", "2026-04-30"));
        assert_eq!(days("2025-10-01"), pair("2025-10-01", ""));
        assert_eq!(days("осенью"), None);
        assert_eq!(schools("edu990001; edu990002"), ["edu990001", "edu990002"]);
        assert!(schools("все").is_empty() && schools("").is_empty());
    }
}
