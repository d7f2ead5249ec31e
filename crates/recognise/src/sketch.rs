//! What an unknown sheet may be: its header, its columns, the profile that comes nearest.

use super::detect::HEADER_ROWS;
use super::header_index::{HeaderIndex, Part};
use super::spelling::{fold, tidy};
use super::{header_words, task_header};
use srez_model::form::{Field, FormProfile};
use srez_model::raw_sheet::{RawCell, RawSheet};
use srez_model::sketch::{ColumnKind, NearestForm, Sketch, SketchColumn};
use std::collections::{BTreeMap, BTreeSet};

/// Rows whose values are looked at.
const SAMPLED_ROWS: u32 = 300;
/// Values that are shown of a column.
const MOST_SAMPLES: usize = 6;
/// Longest value that is shown.
const LONGEST_SAMPLE: usize = 24;

/// Parts of headers of columns that may hold names or ways to reach people.
const PERSONAL: &[&str] = &[
    "фамил",
    "имя",
    "отчеств",
    "фио",
    "ф.и.о",
    "учител",
    "директор",
    "телефон",
    "почт",
    "mail",
    "документ",
    "снилс",
    "паспорт",
    "ученик",
    "учащ",
    "обучающ",
    "родител",
    "адрес",
    "рожден",
    "name",
];

/// Sketches a sheet; none where no row looks like a header with a word that some profile knows.
pub(super) fn sketch(forms: &[FormProfile], index: &HeaderIndex, sheet: &RawSheet) -> Option<Sketch> {
    let rows = 0..sheet.height().min(HEADER_ROWS);
    let (row, known) =
        rows.map(|row| (row, known_headers(index, sheet, row))).fold(None, |best, (row, known)| match best {
            Some((_, most)) if known <= most => best,
            _ if known == 0 => best,
            _ => Some((row, known)),
        })?;
    let _ = known;
    let prefix = task_prefix(index, sheet, row);
    let columns: Vec<SketchColumn> =
        (0..sheet.width).filter_map(|place| column(index, sheet, (row, place), &prefix)).collect();
    let nearest = nearest(forms, index, sheet, row, &columns);
    let above = (0..row).flat_map(|row| sheet.row(row)).map(|cell| fold(&sheet.show(*cell))).collect::<Vec<_>>();
    let names_vpr = above.iter().any(|text| text.contains("впр") || text.contains("всероссийск"));
    (columns.len() >= 2).then(|| Sketch {
        sheet: sheet.name.clone(),
        header_row: row + 1,
        columns,
        task_prefix: prefix,
        has_title: above.iter().any(|text| !text.is_empty()),
        names_vpr,
        nearest,
    })
}

/// Headers of a row that some profile knows, and numbers of tasks with a maximum.
fn known_headers(index: &HeaderIndex, sheet: &RawSheet, row: u32) -> usize {
    let texts = sheet.row(row).iter().filter(|cell| matches!(cell, RawCell::Text(_)));
    // One value with a number is «СОШ 1»; several with the same beginning are «Задание 1», «Задание 2».
    let prefix = task_prefix(index, sheet, row);
    let is_known = |text: &String| {
        let is_task = || {
            task_header::parse(text).is_some_and(|task| task.max.is_some())
                || prefixed(text).is_some_and(|(found, _)| !prefix.is_empty() && found == prefix)
        };
        !meanings(index, &fold(text)).is_empty() || is_task()
    };
    // A number alone is the header of many forms, and a value everywhere.
    let has_letter = |text: &String| text.chars().any(char::is_alphabetic);
    texts.map(|cell| sheet.show(*cell)).filter(has_letter).filter(is_known).count()
}

fn meanings(index: &HeaderIndex, folded: &str) -> Vec<(usize, Field)> {
    let main = index.meanings(folded).filter_map(|meaning| match meaning.part {
        Part::Main(field) => Some((meaning.profile, field)),
        _ => None,
    });
    main.collect()
}

/// What stands before the number in the headers of tasks: «Задание », «балл за »; of the beginnings that several
/// headers share the one that most have. Empty where headers begin with the number.
fn task_prefix(index: &HeaderIndex, sheet: &RawSheet, row: u32) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for cell in sheet.row(row).iter().filter(|cell| matches!(cell, RawCell::Text(_))) {
        let header = tidy(&sheet.show(*cell));
        if let Some((prefix, _)) = prefixed(&header).filter(|_| meanings(index, &fold(&header)).is_empty()) {
            *counts.entry(prefix.to_owned()).or_default() += 1;
        }
    }
    let most = counts.into_iter().filter(|(_, count)| *count > 1).max_by_key(|(_, count)| *count);
    most.map(|(prefix, _)| prefix).unwrap_or_default()
}

/// A header parted before its first digit, where what follows is the number of a task.
fn prefixed(header: &str) -> Option<(&str, &str)> {
    let (prefix, rest) = header.split_at(header.find(|sign: char| sign.is_ascii_digit())?);
    (task_header::parse(header).is_none() && task_header::parse(rest).is_some()).then_some((prefix, rest))
}

fn column(index: &HeaderIndex, sheet: &RawSheet, (row, place): (u32, u32), prefix: &str) -> Option<SketchColumn> {
    let header = tidy(&sheet.text(row, place));
    if header.is_empty() {
        return None;
    }
    let folded = fold(&header);
    // The field that most profiles mean by this header; of equals the first in the order of fields.
    let mut votes: BTreeMap<Field, usize> = BTreeMap::new();
    for (_, field) in meanings(index, &folded) {
        *votes.entry(field).or_default() += 1;
    }
    let guess = votes.into_iter().fold(None, |best: Option<(Field, usize)>, (field, n)| match best {
        Some((_, most)) if n <= most => best,
        _ => Some((field, n)),
    });
    let known = guess.map(|(field, _)| field);
    let is_task = known.is_none()
        && (task_header::parse(&header).is_some()
            || prefixed(&header).is_some_and(|(found, _)| !prefix.is_empty() && found == prefix));
    let cells: Vec<RawCell> = (row + 1..sheet.height().min(row + 1 + SAMPLED_ROWS))
        .map(|row| sheet.cell(row, place))
        .filter(|cell| !sheet.is_blank(*cell))
        .collect();
    let kind = kind(sheet, &cells);
    let guess = known.or_else(|| if is_task { None } else { header_words::guess(&folded, kind) });
    let is_personal = guess.is_some_and(Field::is_personal) || PERSONAL.iter().any(|part| folded.contains(part));
    let samples = if is_personal { Vec::new() } else { samples(sheet, &cells, kind) };
    Some(SketchColumn { column: place + 1, header, guess, is_task, kind, samples })
}

fn kind(sheet: &RawSheet, cells: &[RawCell]) -> ColumnKind {
    let of = |cell: &RawCell| match cell {
        RawCell::Number(number) if number.fract() == 0.0 => ColumnKind::Whole,
        RawCell::Number(_) | RawCell::Percent(_) => ColumnKind::Fraction,
        RawCell::Date(_) => ColumnKind::Date,
        RawCell::Text(text) => {
            let text = tidy(sheet.string(*text)).replace(',', ".");
            match text.parse::<f64>() {
                Ok(number) if number.fract() == 0.0 => ColumnKind::Whole,
                Ok(_) => ColumnKind::Fraction,
                Err(_) => ColumnKind::Text,
            }
        }
        _ => ColumnKind::Text,
    };
    cells.iter().map(of).max().unwrap_or(ColumnKind::Blank)
}

/// Numbers and dates as they come; words only where they repeat, as codes and names of classes do and people do not.
fn samples(sheet: &RawSheet, cells: &[RawCell], kind: ColumnKind) -> Vec<String> {
    let values: BTreeSet<String> = cells.iter().map(|cell| tidy(&sheet.show(*cell))).collect();
    let repeats = 3 * values.len() <= cells.len();
    if kind == ColumnKind::Text && !repeats {
        return Vec::new();
    }
    values.into_iter().filter(|value| value.chars().count() <= LONGEST_SAMPLE).take(MOST_SAMPLES).collect()
}

/// The profile with most fields in the header; of equals the one that lacks least.
fn nearest(
    forms: &[FormProfile],
    index: &HeaderIndex,
    sheet: &RawSheet,
    row: u32,
    columns: &[SketchColumn],
) -> Option<NearestForm> {
    let mut found: BTreeMap<usize, BTreeMap<u32, Field>> = BTreeMap::new();
    for (place, cell) in (1_u32..).zip(sheet.row(row)) {
        for (profile, field) in meanings(index, &fold(&sheet.show(*cell))) {
            found.entry(profile).or_default().insert(place, field);
        }
    }
    let rated = found.into_iter().filter_map(|(profile, known)| {
        let form = forms.get(profile)?;
        let fields: BTreeSet<Field> = known.values().copied().collect();
        let missing: Vec<String> = super::detect::lacking(form, &|field| fields.contains(field));
        let tasks = if form.tasks.is_some() { columns.iter().filter(|column| column.is_task).count() } else { 0 };
        let hits = (fields.len() + tasks, std::cmp::Reverse(missing.len()));
        Some((hits, missing, known, form))
    });
    let (_, missing, known, form) = rated.reduce(|best, other| if best.0 < other.0 { other } else { best })?;
    let is_known = |column: &SketchColumn| known.contains_key(&column.column) || column.is_task && form.tasks.is_some();
    let unknown = columns.iter().filter(|column| !is_known(column)).map(|column| column.column).collect();
    Some(NearestForm { id: form.id.clone(), title: form.title.clone(), missing, unknown })
}
