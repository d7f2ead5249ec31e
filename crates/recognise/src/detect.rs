//! Which form a sheet is: every profile is scored, the reasons are kept, nothing is guessed.

use super::header_index::{HeaderIndex, Part};
use super::spelling::fold;
use srez_model::form::{Field, FormProfile};
use srez_model::raw_sheet::{RawCell, RawSheet};
use std::collections::BTreeMap;

/// Rows within which a header must stand.
pub(crate) const HEADER_ROWS: u32 = 30;

/// Columns by field, counted from 0; the first one where a header is repeated.
pub(crate) type Columns = BTreeMap<Field, u32>;

/// A profile on a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Index of the profile.
    pub profile: usize,
    /// Row of the header, counted from 0.
    pub header_row: u32,
    /// Columns that were found.
    pub columns: Columns,
    /// Share of the clues that fit, 0 to 1.
    pub score: f64,
    /// Fields that must be there and are not.
    pub missing: Vec<String>,
    /// Number of clues that fit.
    hits: usize,
}

/// A sheet of classes beside a main sheet.
#[derive(Clone, Debug)]
pub(crate) struct ClassesFound {
    /// Index of the profile.
    pub profile: usize,
    /// Row of the header, counted from 0.
    pub header_row: u32,
    /// Columns that were found.
    pub columns: Columns,
}

/// What a sheet turned out to be.
pub(crate) enum Detected {
    /// A form, whole.
    Form(Candidate),
    /// Sheets of classes, one entry per profile that could use it.
    Classes(Vec<ClassesFound>),
    /// Nearly a form: columns are missing.
    Nearly(Candidate),
    /// Nothing known.
    Nothing,
}

/// Scores every profile on the first rows of a sheet.
pub(crate) fn detect(forms: &[FormProfile], index: &HeaderIndex, sheet: &RawSheet) -> Detected {
    let mut best: Option<Candidate> = None;
    let mut classes: Vec<ClassesFound> = Vec::new();
    let mut above = String::new();
    for row in 0..sheet.height().min(HEADER_ROWS) {
        let found = meanings(forms.len(), index, sheet, sheet.row(row));
        for (profile, hit) in found.into_iter().enumerate() {
            let Some(form) = forms.get(profile) else { continue };
            if hit.classes.contains_key(&Field::Class) && hit.classes.len() >= 2 {
                classes.push(ClassesFound { profile, header_row: row, columns: hit.classes });
            }
            if hit.forbidden || hit.main.len() < 2 || hit.worded == 0 {
                continue;
            }
            let Some(candidate) = score(form, profile, sheet, row, hit.main, &above) else { continue };
            if best.as_ref().is_none_or(|best| rank(best) < rank(&candidate)) {
                best = Some(candidate);
            }
        }
        if best.is_none() {
            remember(sheet, row, &mut above);
        }
    }
    match best {
        Some(best) if best.missing.is_empty() => Detected::Form(best),
        _ if !classes.is_empty() => Detected::Classes(classes),
        Some(best) if best.hits >= 3 && best.score >= 0.5 => Detected::Nearly(best),
        _ => Detected::Nothing,
    }
}

/// The best profile for a header that was put together; `last` is the row in which it ends.
pub(crate) fn best_of_row(
    forms: &[FormProfile],
    index: &HeaderIndex,
    sheet: &RawSheet,
    last: u32,
    cells: &[RawCell],
) -> Option<Candidate> {
    let mut above = String::new();
    (0..last).for_each(|row| remember(sheet, row, &mut above));
    let found = meanings(forms.len(), index, sheet, cells).into_iter().enumerate();
    let fitting = found.filter(|(_, hit)| !hit.forbidden && hit.main.len() >= 2 && hit.worded != 0);
    let scored =
        fitting.filter_map(|(profile, hit)| score(forms.get(profile)?, profile, sheet, last, hit.main, &above));
    scored.fold(None, |best, candidate| match best {
        Some(best) if rank(&candidate) <= rank(&best) => Some(best),
        _ => Some(candidate),
    })
}

/// Order of candidates: a whole one comes first, then the number of clues, then the higher row.
pub(crate) fn rank(candidate: &Candidate) -> (bool, usize, u32) {
    (candidate.missing.is_empty(), candidate.hits, u32::MAX - candidate.header_row)
}

/// Columns of the main part that a row holds for one profile; for tables that repeat their header.
pub(crate) fn columns_in_row(profile: usize, forms: usize, index: &HeaderIndex, sheet: &RawSheet, row: u32) -> Columns {
    meanings(forms, index, sheet, sheet.row(row)).into_iter().nth(profile).map(|hit| hit.main).unwrap_or_default()
}

/// True where all columns that the profile needs are there.
pub(crate) fn is_whole(form: &FormProfile, columns: &Columns) -> bool {
    lacking(form, &|field| columns.contains_key(field)).is_empty()
}

#[derive(Clone, Default)]
struct RowHit {
    main: Columns,
    classes: Columns,
    /// Columns of the main part whose header is no bare number: a row of digits is a row of values.
    worded: usize,
    forbidden: bool,
}

fn meanings(forms: usize, index: &HeaderIndex, sheet: &RawSheet, cells: &[RawCell]) -> Vec<RowHit> {
    let mut hits = vec![RowHit::default(); forms];
    for (column, cell) in (0_u32..).zip(cells) {
        let folded = match cell {
            RawCell::Text(text) => fold(sheet.string(*text)),
            RawCell::Number(number) | RawCell::Percent(number) if (0.0..100.0).contains(number) => sheet.show(*cell),
            _ => continue,
        };
        if folded.is_empty() {
            continue;
        }
        for meaning in index.meanings(&folded) {
            let Some(hit) = hits.get_mut(meaning.profile) else { continue };
            match meaning.part {
                Part::Main(field) => {
                    hit.main.entry(field).or_insert(column);
                    hit.worded += usize::from(!folded.bytes().all(|byte| byte.is_ascii_digit()));
                }
                Part::Classes(field) => _ = hit.classes.entry(field).or_insert(column),
                Part::Forbidden => hit.forbidden = true,
            }
        }
    }
    hits
}

/// First headers of the fields that a form needs and does not have.
pub(crate) fn lacking(form: &FormProfile, has: &dyn Fn(&Field) -> bool) -> Vec<String> {
    let header = |field: &Field| {
        let first = form.columns.get(field).and_then(|headers| headers.first()).map_or("", String::as_str);
        format!("«{}»", first.trim_end_matches('*'))
    };
    let required = form.detect.required.iter().filter(|field| !has(field)).map(header);
    let groups = form.detect.one_of.iter().filter(|group| !group.iter().any(has));
    required.chain(groups.map(|group| group.iter().map(header).collect::<Vec<_>>().join(" или "))).collect()
}

/// Scores one row for one profile; none where less than half of what must be there is. `above` is the folded text of
/// the rows above.
fn score(
    form: &FormProfile,
    profile: usize,
    sheet: &RawSheet,
    header_row: u32,
    columns: Columns,
    above: &str,
) -> Option<Candidate> {
    let missing = lacking(form, &|field| columns.contains_key(field));
    let needed = form.detect.required.len() + form.detect.one_of.len();
    let mut clues = needed;
    let mut hits = needed - missing.len();
    if 2 * hits < needed {
        return None;
    }
    if !form.detect.title.is_empty() {
        clues += 1;
        hits += usize::from(above.contains(&fold(&form.detect.title)));
    }
    if !form.detect.sheet.is_empty() && !sheet.name.is_empty() {
        clues += 1;
        hits += usize::from(fold(&sheet.name).contains(&fold(&form.detect.sheet)));
    }
    let share = |part: usize| f64::from(u32::try_from(part).unwrap_or(u32::MAX));
    Some(Candidate { profile, header_row, columns, score: share(hits) / share(clues), missing, hits })
}

/// Adds the folded text of a row.
fn remember(sheet: &RawSheet, row: u32, above: &mut String) {
    for cell in sheet.row(row) {
        if let RawCell::Text(text) = cell {
            above.push_str(&fold(sheet.string(*text)));
            above.push('\n');
        }
    }
}
