//! Headers of two or three rows, merged cells among them, and works that stand side by side.
//!
//! A header that no single row holds is put together: in every column the lowest filled cell of the rows counts. The
//! sheet keeps its addresses: the composed header stands in its last row, and of works side by side one is kept at a
//! time, the columns of the others blank.

use super::detect::{self, Candidate, HEADER_ROWS};
use super::head::Placed;
use super::header_index::HeaderIndex;
use super::identity;
use super::spelling::{tidy, words};
use super::task_header;
use srez_model::assessment::SubjectCatalogue;
use srez_model::form::{Field, FormProfile, Numbering};
use srez_model::note::column_name;
use srez_model::raw_sheet::{RawCell, RawSheet};

/// Most rows of a header.
const MOST_ROWS: u32 = 3;

/// A sheet with a header in one row, and the group of columns that it keeps.
pub(super) struct Unstacked {
    pub sheet: RawSheet,
    /// The form.
    pub candidate: Candidate,
    /// The subject over the columns that were kept; none where the sheet holds one work.
    pub group: Option<Placed>,
}

/// The form of a sheet whose header takes several rows; one entry per work that it holds, empty where there is none.
pub(super) fn detect(
    forms: &[FormProfile],
    index: &HeaderIndex,
    subjects: &SubjectCatalogue,
    sheet: &RawSheet,
) -> Vec<Unstacked> {
    let mut best: Option<(u32, Candidate)> = None;
    for last in 1..sheet.height().min(HEADER_ROWS) {
        for rows in 2..=MOST_ROWS.min(last + 1) {
            let cells = compose(sheet, last + 1 - rows, last);
            let Some(candidate) = detect::best_of_row(forms, index, sheet, last, &cells) else { continue };
            let is_better = best.as_ref().is_none_or(|(_, best)| detect::rank(best) < detect::rank(&candidate));
            if candidate.missing.is_empty() && is_better && has_tasks(forms, &candidate, sheet, &cells) {
                best = Some((rows, candidate));
            }
        }
    }
    let Some((rows, candidate)) = best else { return Vec::new() };
    let (first, last) = (candidate.header_row + 1 - rows, candidate.header_row);
    let spans = spans(subjects, sheet, first, last);
    let header = compose(sheet, first, last);
    if spans.len() < 2 {
        let mut whole = sheet.clone();
        put_row(&mut whole, last, &header);
        return vec![Unstacked { sheet: whole, candidate, group: None }];
    }
    let of_span = |span: &Span| {
        let mut kept = sheet.clone();
        put_row(&mut kept, last, &header);
        for other in spans.iter().filter(|other| other.start != span.start) {
            blank_columns(&mut kept, other.start, end_of(other, &spans, sheet, &header), first);
        }
        let cells: Vec<RawCell> = kept.row(last).to_vec();
        let candidate = detect::best_of_row(forms, index, &kept, last, &cells)?;
        let group =
            Some(Placed { text: span.text.clone(), cell: format!("{}{}", column_name(span.start + 1), span.row + 1) });
        candidate.missing.is_empty().then_some(Unstacked { sheet: kept, candidate, group })
    };
    spans.iter().filter_map(of_span).collect()
}

/// True where a form with one column per task has its task numbers in a row below the header that was found.
pub(super) fn is_cut_short(forms: &[FormProfile], sheet: &RawSheet, candidate: &Candidate) -> bool {
    if has_tasks(forms, candidate, sheet, sheet.row(candidate.header_row)) {
        return false;
    }
    let named = [Field::Participant, Field::Surname].into_iter().find_map(|field| candidate.columns.get(&field));
    (candidate.header_row + 1..candidate.header_row + MOST_ROWS).any(|row| {
        let nobody = named.is_none_or(|column| sheet.is_blank(sheet.cell(row, *column)));
        nobody && has_tasks(forms, candidate, sheet, sheet.row(row))
    })
}

/// False where the form wants columns of tasks and none of the cells is a task number.
fn has_tasks(forms: &[FormProfile], candidate: &Candidate, sheet: &RawSheet, cells: &[RawCell]) -> bool {
    let wants = forms
        .get(candidate.profile)
        .is_some_and(|form| form.tasks.as_ref().is_some_and(|tasks| tasks.numbering == Numbering::Printed));
    !wants || cells.iter().any(|cell| task_header::parse(&sheet.show(*cell)).is_some())
}

/// The lowest filled cell of every column.
fn compose(sheet: &RawSheet, first: u32, last: u32) -> Vec<RawCell> {
    let lowest = |column| (first..=last).rev().map(|row| sheet.cell(row, column)).find(|cell| !sheet.is_blank(*cell));
    (0..sheet.width).map(|column| lowest(column).unwrap_or_default()).collect()
}

/// Columns below one subject.
struct Span {
    row: u32,
    start: u32,
    /// Start of the next span; none for the last one.
    next: Option<u32>,
    text: String,
}

/// Subjects that stand beside each other in one row of the header.
fn spans(subjects: &SubjectCatalogue, sheet: &RawSheet, first: u32, last: u32) -> Vec<Span> {
    for row in first..last {
        let named: Vec<(u32, String)> = (0..sheet.width)
            .filter_map(|column| {
                let text = tidy(&sheet.text(row, column));
                let slug = identity::subject(subjects, &text)?;
                let whole = subjects.iter().find(|subject| subject.slug == slug)?;
                whole.aliases.iter().any(|alias| words(alias) == words(&text)).then_some((column, text))
            })
            .collect();
        if named.len() >= 2 {
            let next = |place: usize| named.get(place + 1).map(|(column, _)| *column);
            return named
                .iter()
                .enumerate()
                .map(|(place, (start, text))| Span { row, start: *start, next: next(place), text: text.clone() })
                .collect();
        }
    }
    Vec::new()
}

/// Where the columns of a work end: the last one goes on as long as headers are task numbers or stood in the first.
fn end_of(span: &Span, spans: &[Span], sheet: &RawSheet, header: &[RawCell]) -> u32 {
    let width = u32::try_from(header.len()).unwrap_or(u32::MAX);
    let text = |column: u32| header.get(column as usize).map(|cell| tidy(&sheet.show(*cell))).unwrap_or_default();
    let first = spans.first().and_then(|first| Some(first.start..first.next?)).unwrap_or(0..0);
    let known: Vec<String> = first.map(text).collect();
    let is_own = |column: &u32| task_header::parse(&text(*column)).is_some() || known.contains(&text(*column));
    span.next.unwrap_or_else(|| (span.start..width).find(|column| !is_own(column)).unwrap_or(width))
}

fn put_row(sheet: &mut RawSheet, row: u32, cells: &[RawCell]) {
    let start = row as usize * sheet.width as usize;
    if let Some(target) = sheet.cells.get_mut(start..start + cells.len()) {
        target.copy_from_slice(cells);
    }
}

/// Blanks the task columns of another work.
fn blank_columns(sheet: &mut RawSheet, start: u32, end: u32, from: u32) {
    for row in from..sheet.height() {
        for column in start..end {
            let place = row as usize * sheet.width as usize + column as usize;
            if let Some(cell) = sheet.cells.get_mut(place) {
                *cell = RawCell::Empty;
            }
        }
    }
}
