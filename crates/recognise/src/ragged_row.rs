//! Rows of delimited text that have slid: more or fewer cells than the header.

use super::Scene;
use super::codes::RAGGED_ROW;
use srez_model::form::Field;
use srez_model::note::Note;

/// Rows that Excel pads to one width when it writes delimited text: trailing blank cells may end together.
const PADDED_ROWS: u32 = 16;

/// The note about a row whose cells do not stand below their headers; none where they do.
pub(crate) fn note(scene: &Scene<'_>, row: u32) -> Option<Note> {
    let header = last_filled(scene, scene.found.header_row)? + 1;
    let length = scene.sheet.row_length(row)?;
    let last = last_filled(scene, row)?;
    let (message, column) = if header <= last {
        // Cells beyond the header that are all blank are how Excel ends a line.
        (format!("ячеек в строке {}, столбцов в заголовке {header}", last + 1), header)
    } else if length < header && !may_end_early(scene, row, length, header) {
        (format!("ячеек в строке {length}, столбцов в заголовке {header}"), length.saturating_sub(1))
    } else {
        return None;
    };
    let message = format!("{message}: значения сдвинуты, строка не учтена");
    Some(scene.note(&RAGGED_ROW, row, column, message).found(length.to_string()))
}

/// Trailing blank cells may be left out where the whole run of rows leaves them out, and nothing that every row needs
/// would have stood there.
fn may_end_early(scene: &Scene<'_>, row: u32, length: u32, header: u32) -> bool {
    let needed = |column: u32| {
        let required = scene.profile.detect.required.iter().chain(&[Field::Total]);
        required.filter_map(|field| scene.found.columns.get(field)).any(|place| *place == column)
    };
    let run = row / PADDED_ROWS * PADDED_ROWS;
    let together = (run..run + PADDED_ROWS)
        .filter(|other| !scene.is_blank_row(*other))
        .all(|other| scene.sheet.row_length(other).is_none_or(|other| other == length));
    together && !(length..header).any(needed)
}

fn last_filled(scene: &Scene<'_>, row: u32) -> Option<u32> {
    let place = scene.sheet.row(row).iter().rposition(|cell| !scene.sheet.is_blank(*cell))?;
    u32::try_from(place).ok()
}
