//! The forms in which results are delivered: one file per form, each a grid as the real one looks.

pub(crate) mod individual_results;
pub(crate) mod mark_statistics;
pub(crate) mod protocol;
pub(crate) mod protocol_csv;
pub(crate) mod protocol_dense;
pub(crate) mod protocol_sparse;
pub(crate) mod regional_2020;
pub(crate) mod regional_2021;
pub(crate) mod regional_2022;
pub(crate) mod regional_diagnostic;
pub(crate) mod school_form_2022;
pub(crate) mod school_form_2026;

use super::grid::Value;
use super::sitting::Outcome;
use srez_model::assessment::Task;

/// Header of a task: number and maximum, `5.1 (1б)`.
fn task_header(task: &Task) -> String {
    if task.form_label.is_empty() {
        format!("{} ({}б)", task.id, task.max.unwrap_or(1))
    } else {
        task.form_label.clone()
    }
}

/// Cells of the tasks: points, Latin «X» where the pupil did not attempt, nothing where the pupil was absent.
fn task_cells(outcome: &Outcome) -> Vec<Value> {
    let cell = |points: &Option<u16>| match points {
        _ if outcome.absent => Value::Empty,
        Some(points) => Value::from(*points),
        None => Value::from("X"),
    };
    outcome.points.iter().map(cell).collect()
}

/// Name of a column: 0 is A.
fn column_letters(mut column: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            return letters;
        }
        column = column / 26 - 1;
    }
}

/// The journal mark of a form.
fn journal_cell(outcome: &Outcome) -> Value {
    outcome.journal.map_or_else(|| Value::from("нет отметки"), Value::from)
}

/// Letter of the sex.
fn sex(outcome: &Outcome) -> &'static str {
    if outcome.pupil.girl { "ж" } else { "м" }
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_go_on_after_z() {
        assert_eq!(["A", "Z", "AA", "AZ", "BA"].map(str::to_owned), [0, 25, 26, 51, 52].map(column_letters));
    }
}
