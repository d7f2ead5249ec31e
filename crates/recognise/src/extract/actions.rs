//! Register of measures: one measure a row, by the template that the program writes or alike.

use crate::calendar;
use crate::codes::{
    ACTION_WITH_PERSON, ACTION_WITHOUT_DATE, ACTION_WITHOUT_RESPONSIBLE, ACTION_WITHOUT_TITLE, ACTION_WITHOUT_WORK,
    ACTIONS_MISSING,
};
use crate::identity::{grade, subject};
use crate::sieve::Sieve;
use crate::spelling::{fold, tidy};
use crate::{Extracted, Scene};
use jiff::civil::Date;
use srez_model::action::Action;
use srez_model::assessment::{ExamKey, Procedure};
use srez_model::field::Field;
use srez_model::note::is_quotable;
use srez_model::personal::{NAME_HIDDEN, is_name_alone, is_personal, without_personal};

/// Results are read from this year on; what is older is no day of a measure, but perhaps one of birth.
const FIRST_DAY: &str = "2015-01-01";

/// Takes the measures of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= scene.found.header_row {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else if let Some(action) = read_row(scene, row, &mut extracted) {
            extracted.rows.accepted += 1;
            extracted.actions.push(action);
        } else {
            extracted.rows.rejected += 1;
        }
    }
    if extracted.rows.accepted + extracted.rows.rejected == 0 {
        extracted.notes.push(scene.sheet_note(&ACTIONS_MISSING, "в реестре нет ни одной меры"));
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
    if !until.is_empty() && until < from {
        note(&ACTION_WITHOUT_DATE, Field::ActionDate, "последний день меры раньше первого");
        return None;
    }
    if from.as_str() < FIRST_DAY {
        note(&ACTION_WITHOUT_DATE, Field::ActionDate, "дата раньше первых работ: это не дата меры");
        return None;
    }
    let exam = exam(scene, &text(Field::ActionWork));
    if exam.is_empty() {
        note(&ACTION_WITHOUT_WORK, Field::ActionWork, "работа не узнана: нужны процедура, предмет и класс");
    }
    let mut responsible = text(Field::ActionResponsible);
    if responsible.is_empty() {
        note(&ACTION_WITHOUT_RESPONSIBLE, Field::ActionResponsible, "ответственный не указан");
    } else if names_person(&responsible) || names_somebody(&responsible) {
        // The note gives the address of the cell, never the name.
        responsible.clear();
        let column = column(Field::ActionResponsible).unwrap_or(0);
        let message = "вместо должности указан человек";
        extracted.notes.push(scene.note(&ACTION_WITH_PERSON, row, column, message));
    }
    for field in [Field::Action, Field::ActionIndicator, Field::ActionExpected] {
        if names_somebody(&text(field)) {
            let message = "в записи о мере назван человек: имя не перенесено";
            extracted.notes.push(scene.note(&ACTION_WITH_PERSON, row, column(field).unwrap_or(0), message));
        }
    }
    let place = |field: Field| column(field).map_or(0, |column| column + 1);
    Some(Action {
        file: scene.file.to_owned(),
        sheet: scene.sheet.name.clone(),
        row: row + 1,
        title: shown(&title),
        from,
        until,
        schools: schools(&text(Field::School)),
        exam,
        indicator: shown(&text(Field::ActionIndicator)),
        responsible,
        expected: shown(&text(Field::ActionExpected)),
        school_column: place(Field::School),
        indicator_column: place(Field::ActionIndicator),
    })
}

/// Beginnings of the names of the months.
const MONTHS: [&str; 12] =
    ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"];

/// First and last day of «с 15.09.2025 по 30.04.2026», «15.09.2025–30.04.2026», «сентябрь 2025 — май 2026» or «15
/// сентября 2025»; the last is empty where one day or month is named.
fn days(text: &str) -> Option<(String, String)> {
    let folded = fold(text);
    let words = folded.split([' ', '–', '—', ',', ';']).flat_map(parts);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut spans: Vec<(String, String)> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if let Some(day) = calendar::in_text(word).map(|moment| moment.day.to_string()) {
            spans.push((day.clone(), day));
        } else if let Some(month) = month(word) {
            let year = words.get(place + 1).and_then(|next| year(next))?;
            let day = place.checked_sub(1).and_then(|before| words.get(before)?.parse::<i8>().ok());
            spans.push(of_month(year, month, day)?);
        } else if word.starts_with(|letter: char| letter.is_ascii_digit()) && word.contains('.') {
            // Looks like a day and is none: better no date than half of one.
            return None;
        }
    }
    let ((from, _), rest) = spans.split_first()?;
    Some((from.clone(), rest.first().map(|(_, last)| last.clone()).unwrap_or_default()))
}

/// A hyphen parts «15.09.2025-30.04.2026», but stands inside 2025-09-15.
fn parts(word: &str) -> std::str::Split<'_, char> {
    word.split(if word.matches('.').count() > 2 { '-' } else { ' ' })
}

/// Number of a month whose name a word is.
fn month(word: &str) -> Option<i8> {
    // «Ма» is May only in «май», «мая» and «мае».
    let ends_well = |stem: &str, ending: &str| match stem {
        "ма" => ["й", "я", "е"].contains(&ending),
        _ => ending.chars().count() <= 2,
    };
    let is_it = |stem: &&str| word.strip_prefix(*stem).is_some_and(|ending| ends_well(stem, ending));
    i8::try_from(MONTHS.iter().position(is_it)? + 1).ok()
}

fn year(word: &str) -> Option<i16> {
    word.get(..4)?.parse().ok().filter(|year| (2000..2100).contains(year))
}

/// The day, or first and last day of the month where none is named.
fn of_month(year: i16, month: i8, day: Option<i8>) -> Option<(String, String)> {
    let from = Date::new(year, month, day.unwrap_or(1)).ok()?;
    let until = if day.is_some() { from } else { from.last_of_month() };
    Some((from.to_string(), until.to_string()))
}

/// True for «Иванова И. И.» and «И.И. Иванова» anywhere in a text: two initials in a row beside a word.
fn names_person(text: &str) -> bool {
    let spaced = text.replace('.', ". ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let is_initial = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.') && letters.next().is_none()
    };
    words.windows(2).any(|pair| pair.iter().all(|word| is_initial(word)))
}

/// True where a text has data of a person, or is the name of somebody and nothing else.
fn names_somebody(text: &str) -> bool {
    is_personal(text) || is_name_alone(text)
}

/// The text without what names somebody.
fn shown(text: &str) -> String {
    if is_name_alone(text) { NAME_HIDDEN.to_owned() } else { without_personal(text) }
}

/// Logins or codes between `;`, `,` or spaces; none for «все».
fn schools(text: &str) -> Vec<String> {
    let is_key = |part: &&str| part.chars().any(|letter| letter.is_ascii_digit()) && is_quotable(part);
    text.split([';', ',', ' ', '\n']).map(str::trim).filter(is_key).map(str::to_owned).collect()
}

/// Exam without its year; empty where procedure, subject or grade is missing.
fn exam(scene: &Scene<'_>, text: &str) -> String {
    let words = fold(text);
    let named = |procedure: &Procedure| {
        words.starts_with(&format!("{}-", procedure.id())) || words.contains(&fold(procedure.title()))
    };
    let Some(procedure) = Procedure::ALL.into_iter().find(named) else { return String::new() };
    if words.starts_with(&format!("{}-", procedure.id())) {
        return words;
    }
    let grade = match procedure {
        Procedure::Oge => Some(9),
        Procedure::Ege => Some(11),
        _ => grade(text).map(|(grade, _)| grade),
    };
    let Some((subject, grade)) = subject(scene.settings.subjects, text).zip(grade) else { return String::new() };
    ExamKey::new(procedure, 0, &subject, grade).id_without_year()
}

#[cfg(test)]
mod tests {
    use super::{days, names_person, schools};

    #[test]
    fn days_and_schools_are_read_as_offices_write_them() {
        let pair = |from: &str, until: &str| Some((from.to_owned(), until.to_owned()));
        assert_eq!(days("с 15.09.2025 по 30.04.2026"), pair("2025-09-15", "2026-04-30"));
        assert_eq!(days("2025-10-01"), pair("2025-10-01", ""));
        assert_eq!(days("осенью"), None);
        assert_eq!(days("31.02.2026"), None);
        assert_eq!(days("15.09.2025–30.04.2026"), pair("2025-09-15", "2026-04-30"));
        assert_eq!(days("15.09.2025-30.04.2026"), pair("2025-09-15", "2026-04-30"));
        assert_eq!(days("сентябрь 2025 — май 2026"), pair("2025-09-01", "2026-05-31"));
        assert_eq!(days("сентябрь 2025 г."), pair("2025-09-01", ""));
        assert_eq!(days("с 15 сентября 2025 г. по 1 марта 2026 г."), pair("2025-09-15", "2026-03-01"));
        assert_eq!(days("в течение мастер-класса"), None);
    }

    #[test]
    fn a_person_is_told_from_a_post() {
        for person in ["Иванова И.И.", "И. И. Иванова", "методист Иванова И. И."] {
            assert!(names_person(person), "{person}");
        }
        for post in ["методист по математике", "зам. директора", "директор МБУ «ИМЦ»", "рук. ГМО"]
        {
            assert!(!names_person(post), "{post}");
        }
        assert_eq!(schools("edu990001; edu990002"), ["edu990001", "edu990002"]);
        assert!(schools("все").is_empty() && schools("").is_empty());
    }
}
