//! Mark of the work against the journal mark.

use super::super::census::{Census, ResultKind};
use super::super::share;
use srez_model::measures::{JournalRow, MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::tally::Tally;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "journal-comparison",
    told: ToldIn::Text,
    of: MeasuredOf::Checks,
    title: "Сравнение с отметкой по журналу",
    columns: &["journal.lowered", "journal.confirmed", "journal.raised", "journal.gap2"],
    unit: "чел.",
    plain: "сколько участников получили за работу отметку ниже журнальной, такую же или выше; отдельно — отличие \
            на две отметки и больше",
    formula: "число участников, у которых отметка за работу ниже, равна или выше журнальной; \
              отдельно — расхождение на две отметки и более",
    degenerate: "нет участников с обеими отметками — строки нет",
    source: "форма «Сравнение отметок с отметками по журналу»; доли зависят от состава журнальных отметок",
};

/// One row per group that has participants with both marks.
pub(crate) fn rows(tally: &Tally, census: &Census) -> Vec<JournalRow> {
    if census.kind != ResultKind::Mark {
        return Vec::new();
    }
    let pairs = tally.journal.chunk_by(|left, right| left.group == right.group);
    let rows = pairs.filter_map(|pairs| {
        let group = tally.groups.get(pairs.first()?.group as usize)?;
        let mut row = JournalRow {
            level: group.level,
            group: group.name.clone(),
            n: 0,
            lowered: 0,
            confirmed: 0,
            raised: 0,
            gap2: 0,
            lowered_share: None,
        };
        for pair in pairs {
            let n = u64::from(pair.n);
            row.n += n;
            match pair.mark.cmp(&pair.journal) {
                std::cmp::Ordering::Less => row.lowered += n,
                std::cmp::Ordering::Equal => row.confirmed += n,
                std::cmp::Ordering::Greater => row.raised += n,
            }
            if pair.mark.abs_diff(pair.journal) >= 2 {
                row.gap2 += n;
            }
        }
        row.lowered_share = share::from_counts(row.lowered, row.n);
        Some(row)
    });
    rows.filter(|row| row.n != 0).collect()
}
