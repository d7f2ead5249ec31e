//! One strange row of fifty kinds, put into every form as the first, a middle and the last row of data.
//!
//! Whatever it is, the table counts as it did without it, and the row is structural, blank or named by its number. A
//! row that is a participant, school or group by all that the form can know counts as exactly one more.

use super::strange_forms::{CleanForm, FORMS};
use super::{recognise, sheet_of};
use srez_model::assessment::ExamCatalogue;
use srez_model::block::{GREATEST_POINTS, RowState};
use srez_model::delivery::Recognised;
use srez_model::descriptor::Descriptors;
use srez_model::note::Noted;

/// Whose a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Nobody,
    /// A participant, school, group or task by all that the row shows; repeated rows are for the check of the block.
    Somebody,
}

use Whose::{Nobody, Somebody};

/// Whose a row of a kind is: of nobody in all forms, or of somebody in those that are not named.
#[derive(Clone, Copy)]
enum Claim {
    Never,
    Except(&'static [&'static [&'static str]]),
    Only(&'static [&'static str]),
}

use Claim::{Except, Never, Only};

/// Forms that name groups by a suffix with a code.
const GROUPS: &[&str] =
    &["vpr-f3-2026", "vpr-journal-comparison", "vpr-journal-comparison-2021", "vpr-score-distribution"];
/// Forms that name tasks by number.
const TASKS: &[&str] = &["region-tasks", "task-codifier", "task-catalogue", "task-descriptors"];
/// Forms whose code of the school must look like one, because nothing else tells the school.
const KEYED: &[&str] = &["ege-region-table", "gia-protocol", "oge-export", "vpr-marks-table"];

/// Forms of facts in which the key of the school names the row.
const FACTS: &[&str] = &["school-context", "school-wellbeing", "textbooks", "vpr-bias-list", "vpr-scores-table"];

impl Claim {
    fn of(self, form: &CleanForm) -> Whose {
        let somebody = match self {
            Never => false,
            Except(forms) => !forms.iter().any(|forms| forms.contains(&form.id)),
            Only(forms) => forms.contains(&form.id),
        };
        if somebody { Somebody } else { Nobody }
    }
}

type Kind = (&'static str, Claim, fn(&CleanForm) -> Vec<String>);

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
    ("numbers 1..n", Never, |form| (1..=header(form).len()).map(|number| number.to_string()).collect()),
    ("numbers 0..n as text", Never, |form| (0..header(form).len()).map(|number| format!("'{number}")).collect()),
    ("numbers in brackets", Never, |form| (1..=header(form).len()).map(|number| format!("({number})")).collect()),
    ("header repeated", Never, header),
    ("maxima with a label", Never, |form| summary(form, "Макс. балл", "2")),
    ("maxima, label «Максимум»", Never, |form| summary(form, "Максимум", "1")),
    ("maxima without a label", Never, |form| summary(form, "", "2")),
    ("percents with a label", Never, |form| summary(form, "% выполнения", "62.5")),
    ("percents without a label", Never, |form| summary(form, "", "75%")),
    ("counts with a label", Never, |form| summary(form, "Выполнили, чел.", "3")),
    ("counts without a label", Never, |form| summary(form, "", "3")),
    ("mean with a label", Never, |form| summary(form, "Средний балл", "0.75")),
    ("totals with a label", Never, |form| summary(form, "Итого", "5")),
    ("totals without a label", Never, |form| summary(form, "", "50")),
    ("class as a label", Never, |form| summary(form, "класс", "1")),
    ("words that no list has", Never, |form| summary(form, "Набрали максимум", "1")),
    // A surname with given name, the title of a measure, the name of a school beside its code: any word may be one.
    (
        "label with a variant",
        Only(&["actions-register", "ege-open-data", "gia-appeals", "medallists", "regional-diagnostic"]),
        |form| pupil(form, "Класс", None),
    ),
    ("teacher", Never, |form| alone(form, form.who, "Учитель: Тестова А. И.")),
    ("title over the table", Never, |form| alone(form, 0, "Раздел второй")),
    ("date alone", Never, |form| alone(form, 0, "@46132")),
    ("note of 300 letters", Never, |form| summary(form, &"примечание ".repeat(28), "1")),
    ("emoji", Never, |form| summary(form, "🎓", "1")),
    ("dash", Never, |form| summary(form, "—", "1")),
    ("sign of number", Never, |form| summary(form, "№", "1")),
    ("sign of percent", Never, |form| summary(form, "%", "1")),
    ("question", Never, |form| summary(form, "?", "1")),
    ("formulas without value", Never, |form| everywhere(form, "=")),
    ("errors", Never, |form| everywhere(form, "#N/A")),
    ("spaces", Never, |form| everywhere(form, "'   ")),
    ("hard spaces", Never, |form| everywhere(form, "'\u{a0}")),
    ("empty quotes", Never, |form| everywhere(form, "\"\"")),
    ("booleans", Never, |form| everywhere(form, "?true")),
    ("text TRUE", Never, |form| everywhere(form, "TRUE")),
    ("one stray cell", Never, |form| alone(form, form.values.start, "1")),
    ("one stray cell at the end", Never, |form| alone(form, header(form).len() - 1, "7")),
    ("negative numbers", Never, |form| summary(form, "", "'-1")),
    ("huge numbers", Never, |form| summary(form, "", "1e12")),
    ("fractions", Never, |form| summary(form, "", "0.5")),
    ("dates in values", Never, |form| summary(form, "", "@46132")),
    ("words in values", Never, |form| summary(form, "", "баллы")),
    ("school alone", Never, |form| {
        form.school.filter(|school| *school != form.who).map_or_else(|| blank(form), |at| alone(form, at, "9306"))
    }),
    ("class alone", Never, |form| form.class.map_or_else(|| blank(form), |class| alone(form, class, "1"))),
    ("signature", Never, |form| alone(form, 0, "Директор ____________")),
    ("participants counted", Never, |form| alone(form, 0, "Всего участников: 25")),
    ("absent counted", Never, |form| alone(form, form.who, "Отсутствовали: 3")),
    // A register is made of codes.
    ("code alone", Only(&["schools-register"]), |form| alone(form, form.who, "60777")),
    ("code of another alphabet", Except(&[GROUPS, TASKS, KEYED, FACTS]), |form| pupil(form, "Ωμέγα7", None)),
    ("code with spaces", Except(&[GROUPS, TASKS, &["ege-region-table"]]), |form| pupil(form, "' 60 777 ", None)),
    ("the row before once more", Except(&[&["vpr-journal-comparison-2021"]]), |form| cells(form.rows[0])),
    // «0» is no date of a measure, no share of a whole, and says nothing of a code.
    (
        "same name, other values",
        Except(&[&[
            "actions-register",
            "region-tasks",
            "vpr-f3-2026",
            "vpr-marks-table",
            "task-codifier",
            "vpr-journal-comparison-2021",
        ]]),
        |form| pupil(form, &cells(form.rows[0])[form.who], Some("0")),
    ),
    (
        "dates instead of points",
        Except(&[GROUPS, TASKS, &["ege-region-table", "gia-appeals", "vpr-marks-table"]]),
        |form| pupil(form, "60777", Some("@46132")),
    ),
];

/// Rows that a form has of its own: «Итого» below a group. A second one is named
/// (`the_comparison_of_2021_stands_below_its_groups`).
const FORM_HAS_IT: &[(&str, &str)] = &[("vpr-journal-comparison-2021", "totals with a label")];

/// What a file gave: rows that count, and the sum of their numbers in hundredths.
fn counts(done: &Recognised) -> (u64, u64) {
    let (mut rows, mut sum) = (u64::from(done.rows.accepted), 0);
    for block in &done.blocks {
        for row in (0..block.rows()).filter(|row| block.state[*row] == RowState::Accepted) {
            rows += 1;
            let points = block.points.iter().map(|column| column[row]).filter(|code| *code <= GREATEST_POINTS);
            let total = block.declared_total[row].map_or(0, u64::from);
            sum += 100 * (points.map(u64::from).sum::<u64>() + total);
        }
    }
    for row in done.references.iter().flat_map(|table| &table.rows) {
        sum += 100 * row.n;
    }
    for row in done.references.iter().flat_map(|table| &table.tasks) {
        sum += 100 * row.n;
    }
    for fact in done.facts.iter().flat_map(|table| &table.rows) {
        sum += fact.values.iter().filter_map(|value| value.text.parse::<u64>().ok()).sum::<u64>() * 100;
    }
    for appeal in &done.appeals {
        sum += 100 * [appeal.total, appeal.result].into_iter().flatten().map(u64::from).sum::<u64>();
    }
    for described in &done.descriptors {
        if let Descriptors::Tasks(tasks) = described {
            sum += tasks.iter().filter_map(|task| task.max).map(|max| 100 * u64::from(max)).sum::<u64>();
        }
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
    let (name, claim, make) = kind;
    if FORM_HAS_IT.contains(&(form.id, name)) {
        return None;
    }
    let (done, row) = read(form, Some((position, make(form))));
    let (before, after) = (counts(&clean.value), counts(&done.value));
    let fresh = |done: &Noted<Recognised>| done.value.rows.structural + done.value.rows.blank;
    let set_aside = fresh(&done) == fresh(clean) + 1;
    let named = done.notes.iter().any(|note| note.row == row);
    let right = match claim.of(form) {
        Somebody => after.0 == before.0 + 1,
        Nobody => before == after && (set_aside || named),
    };
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
    assert!(KINDS.len() >= 40 && FORMS.len() >= 29 && tried == KINDS.len() * FORMS.len() * 3, "{size}");
}
