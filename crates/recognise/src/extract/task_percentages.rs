//! Completion of tasks in region and country, typed by hand: `задание | регион, % | n | Россия, % | n`.

use super::group_percentages::share;
use crate::codes::REFERENCE_ROW;
use crate::identity::{self, ColumnYears, Evidence};
use crate::points::whole_in_cell;
use crate::row_identity::RowCells;
use crate::sieve::Sieve;
use crate::{Extracted, Scene, head, task_header};
use srez_model::assessment::Procedure;
use srez_model::form::{Field, FormProfile};
use srez_model::reference::{ReferenceKind, ReferenceTable, ReferenceTask};

/// Of whom a percent is, and where it and its participants stand.
const KINDS: [(ReferenceKind, Field, Field); 2] = [
    (ReferenceKind::Region, Field::RegionPercent, Field::RegionParticipants),
    (ReferenceKind::Country, Field::CountryPercent, Field::CountryParticipants),
];

/// Takes the table of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    let mut tasks = Vec::new();
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= scene.found.header_row || is_unfilled(scene, row) {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else {
            let found = read_row(scene, row);
            if found.is_empty() {
                let column = scene.found.columns.get(&Field::RegionPercent).copied().unwrap_or(0);
                let message = "нет номера задания, процента выполнения или числа участников";
                extracted.notes.push(scene.note(&REFERENCE_ROW, row, column, message));
                extracted.rows.rejected += 1;
            } else {
                extracted.rows.accepted += 1;
                tasks.extend(found);
            }
        }
    }
    keep(scene, tasks, &mut extracted);
    extracted
}

/// One table of the exam that title, sheet or file name.
fn keep(scene: &Scene<'_>, tasks: Vec<ReferenceTask>, extracted: &mut Extracted) {
    let head = head::read(scene.sheet, scene.found.header_row);
    let evidence = Evidence {
        file: scene.file,
        sheet: &scene.sheet.name,
        head: &head,
        years: ColumnYears::default(),
        group: None,
    };
    let title = head.title.as_ref().map_or("", |title| title.text.as_str());
    let profile = FormProfile { procedure: procedure([title, &scene.sheet.name, scene.file]), ..scene.profile.clone() };
    match identity::read(&profile, scene.settings.subjects, &evidence) {
        Ok(identity) => {
            extracted.reasons = identity.reasons;
            if !tasks.is_empty() {
                let (file, sheet) = (scene.file.to_owned(), scene.sheet.name.clone());
                extracted.references.push(ReferenceTable { exam: identity.key, file, sheet, rows: Vec::new(), tasks });
            }
        }
        Err(notes) => extracted.notes.extend(notes),
    }
}

/// The procedure that one of the places names; ВПР where none does.
fn procedure(places: [&str; 3]) -> Option<String> {
    let names = |title: &&&str| {
        let is_word = |word: &str| word.to_uppercase() == **title;
        places.iter().any(|place| place.split(|letter: char| !letter.is_alphabetic()).any(is_word))
    };
    let known = ["ЕГЭ", "ОГЭ", "ГВЭ", "РДР"];
    let title = known.iter().find(names).filter(|title| Procedure::from_title(title).is_some());
    Some(title.map_or("ВПР", |title| *title).to_owned())
}

/// A row of the template with the number of a task alone.
fn is_unfilled(scene: &Scene<'_>, row: u32) -> bool {
    scene.sheet.row(row).iter().filter(|cell| !scene.sheet.is_blank(**cell)).count() == 1
}

/// What a row tells of region and country; nothing where it is no row of a task.
fn read_row(scene: &Scene<'_>, row: u32) -> Vec<ReferenceTask> {
    let cells = RowCells::new(scene, row);
    let Some(task) = task_header::parse(&cells.text(Field::Task)) else { return Vec::new() };
    let of_kind = |(kind, percent, participants): &(ReferenceKind, Field, Field)| {
        let percent_of = share(scene, cells.cell(*percent))?;
        let beside = || {
            // A second «n» has no name of its own: it stands beside its percent.
            let column = scene.found.columns.get(percent)? + 1;
            whole_in_cell(scene.sheet, scene.sheet.cell(row, column))
        };
        let n = cells.count(*participants).or_else(beside).filter(|n| *n != 0)?;
        Some(ReferenceTask { kind: *kind, task: task.id.clone(), n: n.into(), percent: percent_of })
    };
    KINDS.iter().filter_map(of_kind).collect()
}
