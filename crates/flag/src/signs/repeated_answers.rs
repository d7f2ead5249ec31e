//! S12: rows of answers that repeat another row of the class, more of them than the tasks alone make.

use crate::tested::{Checks, Test, Tested};
use crate::{Entry, Found, Settings};
use srez_model::finding::{Family, Matter};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::row_patterns::SchoolPatterns;
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_statistics::row_agreement::{self, Agreement, Repeats, Rows};
use srez_statistics::{poisson, unusual};
use srez_wording::sentence::signs::{repeated, scores_left_out};
use srez_wording::{number, rule};
use std::collections::BTreeSet;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S12"),
    title: "одинаковые строки баллов внутри класса",
    rule: "число работ, совпадающих по баллам за все задания с другой работой своего класса, против ожидаемого: по \
           каждому первичному баллу — пар внутри классов, умноженных на вероятность, с которой две работы с этим \
           баллом совпали бы случайно, если задания связывает только балл; ожидаемое увеличено во столько раз, во \
           сколько совпадений больше него в остальных школах (без школ, в которых совпадений необычно много); закон \
           Пуассона, q не больше {tests.q} %, совпавших работ не меньше {S12.rows}; заданий в работе не меньше \
           {S12.tasks}; баллы, при которых случайно совпадает больше {S12.agreement} % пар, не учитываются",
    thresholds: &["S12.rows", "S12.tasks", "S12.agreement", "tests.q"],
    tag: SourceTag::Own,
    caution: "возможный маркер, требует дополнительного анализа; возможные объяснения: ошибка копирования при вводе, \
              общие пробелы класса, разбор тех же заданий перед работой",
    works: Works::All,
    group: Some(Membership::Full(SignGroup::Answers)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::NeedsRows,
    cause: Cause::Own,
    evidence: Evidence::EqualRows,
};

/// Its tests.
const TESTED: Tested = Tested {
    sign: &SIGN,
    threshold: "S12.rows",
    family: Family::Own,
    tests: checks,
    joint: None,
    subject: |_, _| "Одинаковые строки баллов внутри классов",
    keeps_checked: true,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::ByTests(&TESTED) };

fn checks(settings: &Settings<'_>, measures: &Measures) -> Checks {
    let fewest = settings.thresholds.value("S12.rows");
    let counted = Counted::new(settings, measures);
    let judged = counted.judged();
    // Copies come on top of what is expected, so that as many as are unusual are seen.
    let level = unusual::LEVEL / as_f64(judged.len().max(1) as u64);
    let least = |expected: f64| {
        let unusual = (1..).find(|repeats| poisson::upper_tail(*repeats, expected) <= level).unwrap_or(u64::MAX);
        as_f64(unusual).max(fewest)
    };
    let test = |(school, own, found): &(&SchoolPatterns, Repeats, Agreement)| Test {
        school: school.school.clone(),
        matter: Matter::Work,
        tasks: Vec::new(),
        n: school.n,
        value: as_f64(own.observed),
        p: found.p,
        large: fewest <= as_f64(own.observed),
        detectable: Some(least(found.expected)),
        is_distinct: least(found.expected) <= 2.0 * fewest,
        affected: as_f64(own.observed),
        text: format!(
            "{}: {}, ожидалось {} (n\u{a0}= {}). Возможный маркер, требует дополнительного анализа.",
            settings.name(&school.school),
            repeated(own.observed),
            about(found.expected),
            number::count(school.n),
        ),
    };
    let is_tested = |school: &str| judged.iter().any(|(one, ..)| one.school == *school);
    let without = settings
        .schools
        .iter()
        .filter(|school| measures.marks_of(Level::School, school).is_some() && !is_tested(school));
    let why = if has_enough_tasks(settings, measures) {
        "классы не указаны или нет работ одного класса с равным баллом".to_owned()
    } else {
        format!("заданий в работе меньше {}", rule::plain(settings.thresholds.value("S12.tasks")))
    };
    let remark = match counted.left_out.len() as u64 {
        0 => String::new(),
        scores => format!(" {}", scores_left_out(scores, &ranges(&counted.left_out))),
    };
    Checks {
        tests: judged.iter().map(test).collect(),
        untested: without.map(|school| (school.clone(), why.clone())).collect(),
        remark,
        ..Checks::default()
    }
}

/// Schools of one work with the repeats that count.
struct Counted<'a> {
    schools: Vec<(&'a SchoolPatterns, Repeats)>,
    /// Scores of pairs whose works agree by chance too often.
    left_out: BTreeSet<u16>,
}

impl<'a> Counted<'a> {
    fn new(settings: &Settings<'_>, measures: &'a Measures) -> Self {
        let mut counted = Self { schools: Vec::new(), left_out: BTreeSet::new() };
        if !has_enough_tasks(settings, measures) {
            return counted;
        }
        let by_total = &measures.patterns.by_total;
        let rows = Rows { totals: by_total.totals.clone(), points: by_total.points.clone() };
        let chances = rows.chances(row_agreement::FEWEST_ROWS, settings.thresholds.value("S12.agreement") / 100.0);
        for school in settings.schools.iter().filter_map(|school| measures.patterns.of_school(school)) {
            let (mut own, mut pairs) = (Repeats::default(), 0);
            for equal in school.repeated.iter().filter(|equal| equal.pairs != 0) {
                let Some(chance) = chances.get(usize::from(equal.total)).copied().flatten() else {
                    counted.left_out.insert(equal.total);
                    continue;
                };
                pairs += equal.pairs;
                own.observed += equal.same;
                own.expected += as_f64(equal.pairs) * chance;
            }
            if pairs != 0 {
                counted.schools.push((school, own));
            }
        }
        counted
    }

    fn judged(&self) -> Vec<(&'a SchoolPatterns, Repeats, Agreement)> {
        let repeats: Vec<Repeats> = self.schools.iter().map(|(_, own)| *own).collect();
        let judged = self.schools.iter().zip(row_agreement::agreements(&repeats));
        judged.map(|((school, own), found)| (*school, *own, found)).collect()
    }
}

fn has_enough_tasks(settings: &Settings<'_>, measures: &Measures) -> bool {
    settings.thresholds.value("S12.tasks") <= as_f64(measures.exam.tasks.len() as u64)
}

/// «0–3, 17».
fn ranges(scores: &BTreeSet<u16>) -> String {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for score in scores {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *score => *last = *score,
            _ => ranges.push((*score, *score)),
        }
    }
    let words = ranges.into_iter().map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") });
    words.collect::<Vec<_>>().join(", ")
}

/// «около 0,4», «меньше 0,1».
fn about(expected: f64) -> String {
    if expected < 0.1 { "меньше 0,1".to_owned() } else { format!("около {}", number::decimal(expected, 1)) }
}

#[cfg(test)]
mod tests;
