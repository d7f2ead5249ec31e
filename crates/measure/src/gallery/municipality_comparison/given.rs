//! A region or country of which a report gives participants and percents alone.

use super::{City, Sides, fill, without};
use srez_model::compared::MeasureId;
use srez_model::measures::ComparisonRow;
use srez_model::reference::ReferenceKind;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::clusters::Difference;

/// What a report gives: a share of all its participants, ours among them.
pub(super) struct Given {
    pub(super) name: String,
    pub(super) n: f64,
    pub(super) share: f64,
    /// How far the printed share may lie from the true one.
    pub(super) rounding: f64,
}

/// Percents of marks are printed with two decimals, those of tasks at least with one.
const OF_MARKS: f64 = 0.005 / 100.0;
const OF_TASKS: f64 = 0.05 / 100.0;

impl Given {
    /// A share of marks.
    pub(super) fn of_marks(city: &City<'_>, kind: ReferenceKind, measure: &MeasureId) -> Option<Self> {
        let counted: std::ops::Range<usize> = match measure {
            MeasureId::ShareOfTwo => 0..1,
            MeasureId::ShareOfFourAndFive => 2..4,
            _ => return None,
        };
        let mut rows = tables(city).flat_map(|table| &table.rows);
        let marks = rows.find(|row| row.kind == kind && row.n != 0)?;
        let n = as_f64(marks.n);
        let of_percent: f64 = marks.percent.get(counted.clone())?.iter().sum();
        let (share, rounding) = match marks.counts {
            Some(counts) => (as_f64(counts.get(counted)?.iter().sum()) / n, 0.0),
            None => (of_percent / 100.0, OF_MARKS * as_f64(counted.len() as u64)),
        };
        Some(Self { name: marks.name.clone(), n, share, rounding })
    }

    /// Completion of a task.
    pub(super) fn of_task(city: &City<'_>, kind: ReferenceKind, measure: &MeasureId) -> Option<Self> {
        let MeasureId::Task(id) = measure else { return None };
        let mut rows = tables(city).flat_map(|table| &table.tasks);
        let task = rows.find(|row| row.kind == kind && row.task == *id && row.n != 0)?;
        let name = if kind == ReferenceKind::Region { "Регион" } else { "Россия" };
        Some(Self { name: name.to_owned(), n: as_f64(task.n), share: task.percent / 100.0, rounding: OF_TASKS })
    }
}

fn tables<'a>(city: &City<'a>) -> impl Iterator<Item = &'a srez_model::reference::ReferenceTable> {
    let key = &city.tally.exam.key;
    city.settings.references.iter().filter(move |table| table.exam == *key)
}

/// The row against what a report gives, the municipality taken out of it.
pub(super) fn compared(
    city: &City<'_>,
    mut row: ComparisonRow,
    given: &Given,
    sides: &Sides,
    kind: &str,
) -> ComparisonRow {
    kind.clone_into(&mut row.reference_kind);
    row.reference_group.clone_from(&given.name);
    let (share, n) = given.rest(&row).unwrap_or((given.share, given.n));
    row.reference = Some(Percent(100.0 * share));
    row.n_reference = whole(n);
    row.k_reference = whole(share * n * as_f64(row.max));
    let found = match sides.own_mean {
        _ if row.n == 0 => Err(super::reason::NO_PARTICIPANTS),
        Ok(own) if given.rest(&row).is_some() => Difference::from_value(&own, share, n).ok_or(CONTRADICTS),
        Ok(_) => Err(CONTRADICTS),
        Err(why) => Err(why),
    };
    fill(city.settings, &mut row, found, "published");
    row
}

const CONTRADICTS: &str = "не проверяется: муниципалитет не вычитается из данных региона — в отчёте региона участников \
                           меньше или проценты не согласуются с файлами муниципалитета";

impl Given {
    /// The share and the number of the others; none where the report and our files contradict each other.
    fn rest(&self, own: &ComparisonRow) -> Option<(f64, f64)> {
        let part = srez_statistics::clusters::Cluster { value: own.value?.0 / 100.0, weight: as_f64(own.n) };
        let rest = without(self.share, self.n, part, self.rounding)?;
        Some((rest.value, rest.weight))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of participants, not negative")]
fn whole(number: f64) -> u64 {
    number.round().max(0.0) as u64
}
