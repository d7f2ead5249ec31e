//! Merged cells: only the first holds the value; class and subject are filled down inside a declared region.

use super::codes::FILLED_DOWN;
use super::detect::Candidate;
use srez_model::form::Field;
use srez_model::note::{Note, column_name};
use srez_model::raw_sheet::RawSheet;

/// Fields whose value holds for every row of a merged region.
const FILLED: &[Field] =
    &[Field::Class, Field::Subject, Field::Grade, Field::School, Field::SchoolName, Field::Municipality];

/// Fills the regions below the header; one note per column.
pub(super) fn fill_down(sheet: &mut RawSheet, found: &Candidate, file: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    for field in FILLED {
        let Some(column) = found.columns.get(field).copied() else { continue };
        let regions: Vec<(u32, u32)> = sheet
            .merged
            .iter()
            .filter(|region| region.first_column == column && found.header_row < region.first_row)
            .filter(|region| region.first_row < region.last_row)
            .map(|region| (region.first_row, region.last_row))
            .collect();
        for (first, last) in &regions {
            let value = sheet.cell(*first, column);
            for row in first + 1..=*last {
                let place = row as usize * sheet.width as usize + column as usize;
                if let Some(cell) = sheet.cells.get_mut(place) {
                    *cell = value;
                }
            }
        }
        if let Some((first, last)) = regions.first() {
            let name = column_name(column + 1);
            let message = format!(
                "столбец {name} ({}): объединённых областей {}, первая — строки {}–{}; значение отнесено ко всем \
                 строкам",
                field.title(),
                regions.len(),
                first + 1,
                last + 1
            );
            notes.push(Note::about_file(&FILLED_DOWN, file, message).at_sheet(&sheet.name).at(first + 1, column + 1));
        }
    }
    notes
}
