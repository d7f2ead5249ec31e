//! Shares of marks and bands: the municipality against region and country.

use super::super::census::{Census, GroupCensus, ResultKind};
use super::super::comparing::{Against, Counted, Question, Test, row};
use super::super::settings::Settings;
use srez_model::compared::{BELOW_MINIMUM, COUNTRY, FROM_81, SHARE_OF_FOUR_AND_FIVE, SHARE_OF_TWO};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MeasureDefinition, ReferenceRow};
use srez_model::reference::ReferenceKind;
use srez_model::tally::Tally;
use srez_model::unit::Percent;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "share-comparison",
    title: "Доли отметок и групп по баллу муниципалитета в сравнении с остальными",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.p",
        "comparisons.q",
    ],
    unit: "%, п.п., вероятность",
    plain: "доля отметки или группы по баллу в муниципалитете и в остальной части региона и страны; отличие выявлено, \
            если случайность объясняет его плохо и с учётом того, что проверено много работ сразу",
    formula: "доли «2», «4» и «5», ниже минимума, от 81 балла; муниципалитет — с остальной частью региона и страны или \
              с другими муниципалитетами; двустороннее p = min(1, 2 · меньший хвост) гипергеометрического \
              распределения: группа сравнения — тоже выборка; q — поправка Бенджамини — Хохберга по семейству",
    degenerate: "нет отметок, все результаты одинаковы, по процентам региона не восстанавливаются числа — не \
                 проверяется",
    source: "точный критерий Фишера; Benjamini, Hochberg 1995",
};

/// A share that is compared.
pub(super) struct Share {
    pub(super) measure: &'static str,
    /// Marks or bands that count, from the lowest.
    counts: [bool; 4],
    /// True if less is better.
    pub(super) less_is_better: bool,
    /// Name of the family of municipalities.
    sign: &'static str,
}

pub(super) const OF_MARKS: [Share; 2] = [
    Share { measure: SHARE_OF_TWO, counts: [true, false, false, false], less_is_better: true, sign: "T05" },
    Share {
        measure: SHARE_OF_FOUR_AND_FIVE,
        counts: [false, false, true, true],
        less_is_better: false,
        sign: "T05-share_of_4_5",
    },
];

pub(super) const OF_BANDS: [Share; 2] = [
    Share { measure: BELOW_MINIMUM, counts: [true, false, false, false], less_is_better: true, sign: "T05-below_min" },
    Share { measure: FROM_81, counts: [false, false, false, true], less_is_better: false, sign: "T05-from_81_to_100" },
];

impl Share {
    pub(super) fn count(&self, counts: &GroupCensus) -> Counted {
        Counted { k: self.sum(counts.by_category), n: counts.categorised() }
    }

    fn sum(&self, by_category: [u64; 4]) -> u64 {
        by_category.iter().zip(self.counts).filter(|(_, counts)| *counts).map(|(n, _)| n).sum()
    }

    fn question<'a>(&self, settings: &Settings, level: Level, group: &'a str, suffix: &str) -> Question<'a> {
        Question {
            level,
            group,
            measure: format!("{}{suffix}", self.measure),
            sign: self.sign,
            fewest: settings.thresholds.value("S02.participants"),
            max: 1,
            closed: "",
        }
    }
}

/// Rows of the municipalities.
pub(crate) fn rows(
    settings: &Settings,
    tally: &Tally,
    census: &Census,
    references: &[ReferenceRow],
) -> Vec<ComparisonRow> {
    let shares: &[Share] = match census.kind {
        ResultKind::Mark => &OF_MARKS,
        ResultKind::Test(Some(_)) => &OF_BANDS,
        ResultKind::Test(None) => &[],
    };
    shares.iter().flat_map(|share| municipalities(settings, tally, census, references, share)).collect()
}

/// The home municipality against region and country, the others against each other.
fn municipalities(
    settings: &Settings,
    tally: &Tally,
    census: &Census,
    references: &[ReferenceRow],
    share: &Share,
) -> Vec<ComparisonRow> {
    let all: Vec<(&str, Counted)> =
        census.at(tally, Level::Municipality).map(|(_, name, counts)| (name, share.count(counts))).collect();
    let sum = all.iter().fold(Counted::default(), |sum, (_, own)| sum.plus(*own));
    let mut rows = Vec::new();
    for (name, own) in all.iter().copied() {
        let references = if name == settings.home { references } else { &[] };
        let of_kind = |kind| references.iter().find(|row| row.kind == kind);
        let mut given: Vec<(&ReferenceRow, &'static str, &str)> = Vec::new();
        given.extend(of_kind(ReferenceKind::Region).map(|row| (row, "region", "")));
        let suffix = if given.is_empty() { "" } else { COUNTRY };
        given.extend(of_kind(ReferenceKind::Country).map(|row| (row, "country", suffix)));
        for (reference, kind, suffix) in &given {
            let question = share.question(settings, Level::Municipality, name, suffix);
            rows.push(against_given(settings, tally, share, question, own, (reference, kind)));
        }
        if given.is_empty() && all.len() > 1 {
            let rest = sum.without(own);
            let against = Against { group: "", kind: "others", counted: rest };
            let question = share.question(settings, Level::Municipality, name, "");
            rows.push(row(settings, tally, question, own, &against, Test::of_counts(own, rest)));
        }
    }
    rows
}

/// A reference that is given in percent only: its counts are recovered, and the municipality is taken out of it.
fn against_given(
    settings: &Settings,
    tally: &Tally,
    share: &Share,
    question: Question<'_>,
    own: Counted,
    (reference, kind): (&ReferenceRow, &'static str),
) -> ComparisonRow {
    let marks = &reference.marks;
    let Some(counts) = marks.counts else {
        let against = Against { group: &marks.name, kind, counted: Counted { k: 0, n: marks.n } };
        let why = "не проверяется: по процентам группы сравнения не восстанавливаются числа участников";
        let mut row = row(settings, tally, question, own, &against, Err(why));
        let percents = marks.percent.iter().zip(share.counts).filter(|(_, counts)| *counts).map(|(percent, _)| percent);
        row.reference = Some(Percent(percents.sum()));
        return row;
    };
    let whole = Counted { k: share.sum(counts), n: counts.iter().sum() };
    let contained = own.n <= whole.n && own.k <= whole.k && own.n - own.k <= whole.n - whole.k;
    let rest = if contained { whole.without(own) } else { whole };
    let against = Against { group: &marks.name, kind, counted: rest };
    let mut row = row(settings, tally, question, own, &against, Test::of_counts(own, rest));
    if !contained {
        row.reason = super::super::reason::join([&*row.reason, "муниципалитет из группы сравнения не исключён"]);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::{Pupil, count, exam, settings};
    use super::super::super::{adjust, measure};
    use srez_model::assessment::Scale;
    use srez_model::level::Level;
    use srez_model::measures::Measures;
    use srez_model::reference::{ReferenceKind, ReferenceMarks, ReferenceTable};
    use srez_model::tally::{Group, ParticipantCount};

    /// Six schools with these numbers of «2» and «4» among thirty, in the municipality А; and a region as given.
    fn measured(twos: [u8; 6], region: Option<[u64; 4]>) -> Measures {
        let pupil = |school: usize, two: bool| Pupil {
            school: school.to_string(),
            journal: None,
            points: vec![if two { 0 } else { 4 }],
            result: if two { 2 } else { 4 },
        };
        let pupils: Vec<Pupil> = twos
            .iter()
            .enumerate()
            .flat_map(|(school, twos)| (0..30).map(move |place| pupil(school, place < *twos)))
            .collect();
        let scale = Scale::Marks(vec![(0, 2), (3, 3), (4, 4), (5, 5)]);
        let mut tally = count(exam(2026, &[5], scale), &pupils, 0);
        // The municipality comes between all and the schools.
        tally.groups.insert(1, Group { level: Level::Municipality, name: "А".to_owned() });
        for cell in &mut tally.participants {
            cell.group += u32::from(cell.group > 0);
        }
        let own: Vec<ParticipantCount> =
            tally.participants_of(0).iter().map(|cell| ParticipantCount { group: 1, ..*cell }).collect();
        tally.participants.extend(own);
        tally.participants.sort();
        (tally.outcomes, tally.journal, tally.skill_counts) = (Vec::new(), Vec::new(), Vec::new());
        let mut settings = settings();
        settings.home = "А".to_owned();
        let marks = ReferenceMarks {
            kind: ReferenceKind::Region,
            name: "Область".to_owned(),
            code: String::new(),
            n: 10_000,
            percent: [10.0, 40.0, 30.0, 20.0],
            counts: region,
            row: 2,
        };
        settings.references.push(ReferenceTable {
            exam: tally.exam.key.clone(),
            file: String::new(),
            sheet: String::new(),
            rows: vec![marks],
        });
        let mut all = [measure(&settings, &tally)];
        adjust(&settings, &mut all);
        let [measures] = all;
        measures
    }

    #[test]
    fn a_region_without_counts_leaves_the_row_with_its_reason() {
        let measures = measured([3, 3, 3, 3, 3, 3], None);
        let row = measures.comparison_of(Level::Municipality, "А", "share_of_2").unwrap();
        assert_eq!((row.reference.map(|share| share.0), row.value.map(|share| share.0)), (Some(10.0), Some(10.0)));
        assert!(row.p.is_none() && row.q.is_none() && row.reason.contains("не восстанавливаются"), "{row:?}");
        let row = measures.comparison_of(Level::Municipality, "А", "share_of_4_5").unwrap();
        assert_eq!(row.reference.map(|share| share.0), Some(50.0));
    }

    #[test]
    fn the_municipality_is_taken_out_of_its_region() {
        let measures = measured([3, 3, 3, 3, 3, 3], Some([1_018, 4_000, 3_000, 1_982]));
        let row = measures.comparison_of(Level::Municipality, "А", "share_of_2").unwrap();
        assert_eq!((row.k, row.n, row.k_reference, row.n_reference), (18, 180, 1_000, 9_820));
        assert!(row.p.is_some() && row.family == "T05-vpr-2026", "{row:?}");
    }
}
