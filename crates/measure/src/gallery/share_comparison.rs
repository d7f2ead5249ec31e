//! Shares of marks and bands: a school against the other schools, the municipality against region and country.

use super::super::census::{Census, GroupCensus, ResultKind};
use super::super::comparing::{Against, Circle, Counted, Question, Test, circles, row};
use super::super::settings::{FEWEST_FOR_SHRINKAGE, Settings};
use srez_model::circle::FEWEST_SCHOOLS;
use srez_model::compared::{BELOW_MINIMUM, COUNTRY, FROM_81, SHARE_OF_FOUR_AND_FIVE, SHARE_OF_TWO};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MeasureDefinition, ReferenceRow};
use srez_model::reference::ReferenceKind;
use srez_model::tally::Tally;
use srez_model::unit::{Percent, PercentagePoints};
use srez_statistics::shrinkage::Spread;
use srez_statistics::{detectable, rank_ranges};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "share-comparison",
    title: "Доли отметок и групп по баллу в сравнении с остальными",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.shrunk",
        "comparisons.min_detectable",
        "comparisons.mdd_up",
        "comparisons.mdd_down",
        "comparisons.rank_low",
        "comparisons.rank_high",
        "comparisons.p",
        "comparisons.q",
        "comparisons.q_min_attainable",
        "comparisons.funnel",
    ],
    unit: "%, п.п., вероятность",
    plain: "доля отметки или группы по баллу в школе и в остальных школах муниципалитета; отличие выявлено, если \
            случайность объясняет его плохо и с учётом того, что проверено много школ и работ сразу",
    formula: "доли «2», «4» и «5», ниже минимума, от 81 балла; школа — с остальными школами своего муниципалитета (без \
              неё самой; школ меньше 5 — всех файлов) и со школами своего типа, муниципалитет — с остальной частью \
              региона и страны или с другими муниципалитетами; двустороннее p = min(1, 2 · меньший хвост) \
              гипергеометрического распределения: группа сравнения — тоже выборка; q — поправка Бенджамини — Хохберга \
              по семейству: все школы и работы процедуры за год, у которых участников достаточно и наименьшее \
              достижимое p не больше порога; рядом доля, сжатая к среднему школ (при 8 школах и больше), и границы \
              возможного места: сравнения школ попарно с поправкой Холма на 5 %; наименьший заметный рост и снижение — \
              то, что проверка обнаруживает с вероятностью 80 % при уровне, который оставляет семейство. Из 1000 \
              имитаций муниципалитетов без различий между школами хотя бы одно отличие отмечено в 4 % для доли «2», в \
              6 % для «4» и «5», в 9 % для работы в целом (порог 10 %)",
    degenerate: "одна школа, нет отметок, все результаты одинаковы, по процентам региона не восстанавливаются числа — \
                 не проверяется",
    source: "точный критерий Фишера; Benjamini, Hochberg 1995; Holm 1979; Goldstein, Healy 1995; Spiegelhalter 2005; \
             Efron, Morris 1975; Bloom 1995",
};

/// Probability of a false alarm at which the smallest detectable difference is given.
const DETECTION_LEVEL: f64 = 0.05;
/// Probability of any false pair among all pairs of schools.
const RANK_LEVEL: f64 = 0.05;
/// Most schools whose pairs are compared.
const MOST_RANKED: usize = 150;

/// A share that is compared.
struct Share {
    measure: &'static str,
    /// Marks or bands that count, from the lowest.
    counts: [bool; 4],
    /// True if less is better.
    less_is_better: bool,
    /// Names of the families of schools, of municipalities, and of schools of one type.
    signs: (&'static str, &'static str, &'static str),
}

const OF_MARKS: [Share; 2] = [
    Share {
        measure: SHARE_OF_TWO,
        counts: [true, false, false, false],
        less_is_better: true,
        signs: ("S02", "T05", "S02-same-type"),
    },
    Share {
        measure: SHARE_OF_FOUR_AND_FIVE,
        counts: [false, false, true, true],
        less_is_better: false,
        signs: (SHARE_OF_FOUR_AND_FIVE, "T05-share_of_4_5", ""),
    },
];

const OF_BANDS: [Share; 2] = [
    Share {
        measure: BELOW_MINIMUM,
        counts: [true, false, false, false],
        less_is_better: true,
        signs: (BELOW_MINIMUM, "T05-below_min", "below_min-same-type"),
    },
    Share {
        measure: FROM_81,
        counts: [false, false, false, true],
        less_is_better: false,
        signs: (FROM_81, "T05-from_81_to_100", ""),
    },
];

impl Share {
    fn count(&self, counts: &GroupCensus) -> Counted {
        Counted { k: self.sum(counts.by_category), n: counts.categorised() }
    }

    fn sum(&self, by_category: [u64; 4]) -> u64 {
        by_category.iter().zip(self.counts).filter(|(_, counts)| *counts).map(|(n, _)| n).sum()
    }

    fn question<'a>(&self, settings: &Settings, level: Level, group: &'a str, suffix: &str) -> Question<'a> {
        let sign = match (level, suffix) {
            (Level::School, "") => self.signs.0,
            (Level::School, _) => self.signs.2,
            _ => self.signs.1,
        };
        Question {
            level,
            group,
            measure: format!("{}{suffix}", self.measure),
            sign,
            fewest: settings.thresholds.value("S02.participants"),
            max: 1,
            closed: "",
        }
    }
}

/// Rows of schools and municipalities.
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
    let mut rows = Vec::new();
    for share in shares {
        rows.extend(municipalities(settings, tally, census, references, share));
        let (empty, seen): (Vec<_>, Vec<_>) = census
            .at(tally, Level::School)
            .map(|(_, name, counts)| (name, share.count(counts)))
            .partition(|(_, own)| own.n == 0);
        for (name, own) in empty {
            let against = Against { group: "", kind: "others", counted: Counted::default() };
            let question = share.question(settings, Level::School, name, "");
            let mut row = row(settings, tally, question, own, &against, Err(super::super::reason::NO_MARKS));
            super::super::reason::NO_MARKS.clone_into(&mut row.reason);
            rows.push(row);
        }
        let names: Vec<&str> = seen.iter().map(|(name, _)| *name).collect();
        // The second row, against schools of the same type, complements the share that a sign uses.
        for circle in circles(settings, &names, share.less_is_better) {
            rows.extend(rows_of(settings, tally, share, &seen, &circle));
        }
    }
    rows
}

/// Rows of the schools of one circle.
fn rows_of(
    settings: &Settings,
    tally: &Tally,
    share: &Share,
    schools: &[(&str, Counted)],
    circle: &Circle,
) -> Vec<ComparisonRow> {
    let members: Vec<Counted> = circle.members.iter().map(|place| schools[*place].1).collect();
    let sum = members.iter().fold(Counted::default(), |sum, own| sum.plus(*own));
    let counts: Vec<(u64, u64)> = members.iter().map(|own| (own.k, own.n)).collect();
    let spread = Some(&counts)
        .filter(|counts| FEWEST_FOR_SHRINKAGE <= counts.len())
        .and_then(|counts| Spread::from_counts(counts));
    let ranks = if (FEWEST_SCHOOLS..=MOST_RANKED).contains(&counts.len()) {
        rank_ranges::from_shares(&counts, RANK_LEVEL)
    } else {
        Vec::new()
    };
    let rows = circle.asked.iter().map(|place| {
        let (name, own) = schools[*place];
        let rest = sum.without(own);
        let against = Against { group: &circle.group, kind: circle.kind, counted: rest };
        let test = if circle.closed.is_empty() { Test::of_counts(own, rest) } else { Err(circle.closed) };
        let question = share.question(settings, Level::School, name, circle.suffix);
        let mut row = row(settings, tally, question, own, &against, test);
        row.shrunk = spread.and_then(|spread| spread.shrunk(own.k, own.n)).map(|share| Percent(100.0 * share));
        row.min_detectable = min_detectable(own, rest);
        let member = circle.members.iter().position(|member| member == place);
        row.rank = member.and_then(|member| ranks.get(member)).map(|(low, high)| {
            let (low, high, n) = (*low as u64, *high as u64, counts.len() as u64);
            if share.less_is_better { (low, high) } else { (n + 1 - high, n + 1 - low) }
        });
        row
    });
    rows.collect()
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
            let mut row = row(settings, tally, question, own, &against, Test::of_counts(own, rest));
            row.min_detectable = min_detectable(own, rest);
            rows.push(row);
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
    row.min_detectable = min_detectable(own, rest);
    if !contained {
        row.reason = super::super::reason::join([&*row.reason, "муниципалитет из группы сравнения не исключён"]);
    }
    row
}

/// The smaller one of the rise and the fall that the test detects.
fn min_detectable(own: Counted, rest: Counted) -> Option<PercentagePoints> {
    let rise = detectable::rise(own.n, rest.k, rest.n, DETECTION_LEVEL);
    let fall = detectable::fall(own.n, rest.k, rest.n, DETECTION_LEVEL);
    let least = rise.into_iter().chain(fall).reduce(f64::min)?;
    Some(PercentagePoints(100.0 * least))
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
        assert!(row.p.is_some() && row.family == "T05-vpr-2026" && row.mdd_up.is_some(), "{row:?}");
    }

    #[test]
    fn ranks_are_ranges_and_a_rise_is_found_at_the_level_of_the_family() {
        let measures = measured([0, 3, 3, 3, 3, 25], None);
        let of = |school: &str| measures.comparison_of(Level::School, school, "share_of_2").unwrap();
        assert_eq!((of("0").rank, of("5").rank, of("1").rank), (Some((1, 5)), Some((6, 6)), Some((1, 5))));
        let best = measures.comparison_of(Level::School, "5", "share_of_4_5").unwrap();
        assert_eq!(best.rank, Some((6, 6)));
        let row = of("1");
        // One of six tests is rejected, perhaps two: the level is stricter than that of a single test.
        assert!(row.min_detectable.unwrap().0 < row.mdd_up.unwrap().0, "{row:?}");
    }
}
