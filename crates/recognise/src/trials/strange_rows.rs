//! One strange row of forty kinds, put into every form as the first, a middle and the last row of data.
//!
//! Whatever it is, the table counts as it did without it, and the row is structural, blank or named by its number. A
//! row that may well be a participant counts as one more, or is named.

use super::strange_forms::{CleanForm, FORMS};
use super::{recognise, sheet_of};
use srez_model::assessment::ExamCatalogue;
use srez_model::block::{GREATEST_POINTS, RowState};
use srez_model::delivery::Recognised;
use srez_model::note::Noted;

/// Whether a row may be somebody's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Nobody,
    /// A participant or school by all that the row shows; repeated rows are for the check of the block.
    Perhaps,
}

use Whose::{Nobody, Perhaps};

type Kind = (&'static str, Whose, fn(&CleanForm) -> Vec<String>);

fn cells(line: &str) -> Vec<String> {
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn header(form: &CleanForm) -> Vec<String> {
    cells(form.head.lines().last().unwrap())
}

fn blank(form: &CleanForm) -> Vec<String> {
    vec![String::new(); header(form).len()]
}

/// A row of values, with a label in the column of names.
fn summary(form: &CleanForm, label: &str, value: &str) -> Vec<String> {
    let mut row = blank(form);
    row[form.who] = label.to_owned();
    form.values.clone().chain(form.total).for_each(|column| row[column] = value.to_owned());
    row
}

/// The first row of data under another name, with other values.
fn pupil(form: &CleanForm, who: &str, value: Option<&str>) -> Vec<String> {
    let mut row = cells(form.rows[0]);
    row[form.who] = who.to_owned();
    if let Some(value) = value {
        form.values.clone().for_each(|column| row[column] = value.to_owned());
    }
    row
}

fn alone(form: &CleanForm, column: usize, text: &str) -> Vec<String> {
    let mut row = blank(form);
    row[column] = text.to_owned();
    row
}

fn everywhere(form: &CleanForm, text: &str) -> Vec<String> {
    vec![text.to_owned(); header(form).len()]
}

const KINDS: &[Kind] = &[
    ("numbers 1..n", Nobody, |form| (1..=header(form).len()).map(|number| number.to_string()).collect()),
    ("numbers 0..n as text", Nobody, |form| (0..header(form).len()).map(|number| format!("'{number}")).collect()),
    ("numbers in brackets", Nobody, |form| (1..=header(form).len()).map(|number| format!("({number})")).collect()),
    ("header repeated", Nobody, header),
    ("maxima with a label", Nobody, |form| summary(form, "Макс. балл", "2")),
    ("maxima, label «Максимум»", Nobody, |form| summary(form, "Максимум", "1")),
    ("maxima without a label", Nobody, |form| summary(form, "", "2")),
    ("percents with a label", Nobody, |form| summary(form, "% выполнения", "62.5")),
    ("percents without a label", Nobody, |form| summary(form, "", "75%")),
    ("counts with a label", Nobody, |form| summary(form, "Выполнили, чел.", "3")),
    ("counts without a label", Nobody, |form| summary(form, "", "3")),
    ("mean with a label", Nobody, |form| summary(form, "Средний балл", "0.75")),
    ("totals with a label", Nobody, |form| summary(form, "Итого", "5")),
    ("totals without a label", Nobody, |form| summary(form, "", "50")),
    ("class as a label", Nobody, |form| summary(form, "класс", "1")),
    ("words that no list has", Nobody, |form| summary(form, "Набрали максимум", "1")),
    ("label with a variant", Perhaps, |form| pupil(form, "Класс", None)),
    ("teacher", Nobody, |form| alone(form, form.who, "Учитель: Тестова А. И.")),
    ("title over the table", Nobody, |form| alone(form, 0, "Раздел второй")),
    ("date alone", Nobody, |form| alone(form, 0, "@46132")),
    ("note of 300 letters", Nobody, |form| summary(form, &"примечание ".repeat(28), "1")),
    ("emoji", Nobody, |form| summary(form, "🎓", "1")),
    ("dash", Nobody, |form| summary(form, "—", "1")),
    ("sign of number", Nobody, |form| summary(form, "№", "1")),
    ("sign of percent", Nobody, |form| summary(form, "%", "1")),
    ("question", Nobody, |form| summary(form, "?", "1")),
    ("formulas without value", Nobody, |form| everywhere(form, "=")),
    ("errors", Nobody, |form| everywhere(form, "#N/A")),
    ("spaces", Nobody, |form| everywhere(form, "'   ")),
    ("hard spaces", Nobody, |form| everywhere(form, "'\u{a0}")),
    ("empty quotes", Nobody, |form| everywhere(form, "\"\"")),
    ("booleans", Nobody, |form| everywhere(form, "?true")),
    ("text TRUE", Nobody, |form| everywhere(form, "TRUE")),
    ("one stray cell", Nobody, |form| alone(form, form.values.start, "1")),
    ("one stray cell at the end", Nobody, |form| alone(form, header(form).len() - 1, "7")),
    ("negative numbers", Nobody, |form| summary(form, "", "'-1")),
    ("huge numbers", Nobody, |form| summary(form, "", "1e12")),
    ("fractions", Nobody, |form| summary(form, "", "0.5")),
    ("dates in values", Nobody, |form| summary(form, "", "@46132")),
    ("words in values", Nobody, |form| summary(form, "", "баллы")),
    ("school alone", Nobody, |form| {
        form.school.filter(|school| *school != form.who).map_or_else(|| blank(form), |at| alone(form, at, "9306"))
    }),
    ("class alone", Nobody, |form| form.class.map_or_else(|| blank(form), |class| alone(form, class, "1"))),
    ("signature", Nobody, |form| alone(form, 0, "Директор ____________")),
    ("participants counted", Nobody, |form| alone(form, 0, "Всего участников: 25")),
    ("absent counted", Nobody, |form| alone(form, form.who, "Отсутствовали: 3")),
    ("code alone", Perhaps, |form| alone(form, form.who, "60777")),
    ("code of another alphabet", Perhaps, |form| pupil(form, "Ωμέγα7", None)),
    ("code with spaces", Perhaps, |form| pupil(form, "' 60 777 ", None)),
    ("the row before once more", Perhaps, |form| cells(form.rows[0])),
    ("same name, other values", Perhaps, |form| pupil(form, &cells(form.rows[0])[form.who], Some("0"))),
    ("dates instead of points", Perhaps, |form| pupil(form, "60777", Some("@46132"))),
];

/// What a file gave: rows that count, and the sum of their numbers in hundredths.
fn counts(done: &Recognised) -> (u64, u64) {
    let (mut rows, mut sum) = (u64::from(done.rows.accepted), 0);
    for block in &done.blocks {
        for row in (0..block.rows()).filter(|row| block.state[*row] == RowState::Accepted) {
            rows += 1;
            let points = block.points.iter().map(|column| column[row]).filter(|code| *code <= GREATEST_POINTS);
            let total = u64::try_from(block.declared_total[row]).unwrap_or(0);
            sum += 100 * (points.map(u64::from).sum::<u64>() + total);
        }
    }
    for row in done.references.iter().flat_map(|table| &table.rows) {
        sum += 100 * row.n;
    }
    for fact in done.facts.iter().flat_map(|table| &table.rows) {
        sum += fact.values.iter().filter_map(|value| value.text.parse::<u64>().ok()).sum::<u64>() * 100;
    }
    (rows, sum)
}

fn read(form: &CleanForm, strange: Option<(usize, Vec<String>)>) -> (Noted<Recognised>, u32) {
    let mut rows: Vec<Vec<String>> =
        form.head.lines().map(cells).chain(form.rows.iter().map(|row| cells(row))).collect();
    let head = form.head.lines().count();
    let mut place = 0;
    if let Some((position, row)) = strange {
        place = u32::try_from(head + position + 1).unwrap();
        rows.insert(head + position, row);
    }
    (recognise(&ExamCatalogue::new(), vec![sheet_of(form.file, form.sheet, &rows)]), place)
}

/// What is wrong with a form that holds a strange row; nothing where all is right.
fn fault(form: &CleanForm, clean: &Noted<Recognised>, kind: &Kind, position: usize) -> Option<String> {
    let (name, whose, make) = kind;
    let (done, row) = read(form, Some((position, make(form))));
    let (before, after) = (counts(&clean.value), counts(&done.value));
    let fresh = |done: &Noted<Recognised>| done.value.rows.structural + done.value.rows.blank;
    let set_aside = fresh(&done) == fresh(clean) + 1;
    let named = done.notes.iter().any(|note| note.row == row);
    let one_more = *whose == Perhaps && after.0 == before.0 + 1;
    let right = one_more || (before == after && (set_aside || named));
    let codes: Vec<String> = done.notes.iter().map(|note| format!("{} {}", note.code, note.cell())).collect();
    (!right).then(|| format!("{}, {name}, position {position}: {before:?} → {after:?}, {codes:?}", form.id))
}

#[test]
fn a_strange_row_changes_no_count_and_is_set_aside_or_named() {
    let (mut tried, mut faults) = (0, Vec::new());
    for form in FORMS {
        let (clean, _) = read(form, None);
        assert_eq!((clean.value.form.as_str(), counts(&clean.value).0), (form.id, 3), "{:?}", clean.notes);
        for kind in KINDS {
            for position in [0, 1, form.rows.len()] {
                tried += 1;
                faults.extend(fault(form, &clean, kind, position));
            }
        }
    }
    let size = format!("{} kinds × {} forms × 3 positions = {tried}", KINDS.len(), FORMS.len());
    assert!(faults.is_empty(), "{size}, wrong: {}\n{}", faults.len(), faults.join("\n"));
    assert!(KINDS.len() >= 40 && FORMS.len() >= 18 && tried == KINDS.len() * FORMS.len() * 3, "{size}");
}
