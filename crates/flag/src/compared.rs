//! A school against the other schools by a row of the comparisons: one frame for S01, S01a, S01b, S02.

use super::{Settings, finding};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::finding::{Finding, Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures, SkillRow};
use srez_model::sign::SignDefinition;
use srez_model::tally::Group;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use srez_wording::sentence::{checks, differences as said};
use srez_wording::{number, text};
use std::collections::BTreeMap;

/// On which side of the others a school must lie.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
}

/// What is compared.
pub(super) struct Question<'a> {
    pub(super) sign: &'static SignDefinition,
    /// As in the comparisons.
    pub(super) measure: &'a MeasureId,
    pub(super) matter: Matter,
    pub(super) side: Side,
}

/// A school that was found, with its numbers.
pub(super) struct Found<'a> {
    pub(super) row: &'a ComparisonRow,
    pub(super) value: Percent,
    pub(super) reference: Percent,
    /// «С учётом случайности разность около −9 п.п. (95 %: от −14 до −5 п.п.)».
    pub(super) gap: String,
    /// Whether it is said of the school as a whole.
    pub(super) lasting: &'static str,
    /// The finding without its sentence.
    pub(super) finding: Finding,
}

/// What became of the checks of one sign, school by school, over all that it compares.
#[derive(Default)]
pub(super) struct Checks<'a> {
    by_school: BTreeMap<&'a str, CheckState>,
    /// Smallest gap that is found at an indistinct one.
    detectable: Option<f64>,
    reasons: Vec<String>,
}

/// Schools of the focus that are found, in the order of the register; counts every check.
pub(super) fn found<'a>(
    settings: &Settings<'_>,
    measures: &'a Measures,
    findings: &mut Findings,
    checks: &mut Checks<'a>,
    question: &Question<'_>,
) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for school in settings.schools {
        let Some(row) = measures.comparison_of(Level::School, school, question.measure) else { continue };
        let state = state(row, question.side);
        findings.count_state(question.sign.id, state);
        checks.add(row, state);
        if let (CheckState::Found, Some(numbers)) = (state, numbers(row)) {
            found.push(of_row(settings, measures, question, row, numbers));
        }
    }
    found
}

/// A sign of the skills: where schools lie below the others in one of them, school by school.
pub(super) fn skills_below(
    settings: &Settings<'_>,
    measures: &Measures,
    findings: &mut Findings,
    (sign, measure): (&'static SignDefinition, fn(&SkillRow) -> MeasureId),
    said: impl Fn(&SkillRow, &Found<'_>) -> String,
) {
    let mut all = Vec::new();
    let mut checks = Checks::default();
    for skill in measures.skills_of(Level::All, "") {
        let question =
            Question { sign, measure: &measure(skill), matter: Matter::Skill(skill.skill), side: Side::Below };
        for school in found(settings, measures, findings, &mut checks, &question) {
            let sentence = said(skill, &school);
            let said = Said::of_school(settings.name(&school.row.group), &sentence);
            all.push(Finding { said, ..school.finding });
        }
    }
    all.sort_by_key(|one| settings.schools.iter().position(|school| *school == one.group));
    findings.findings.extend(all);
    findings.findings.extend(checks.grey(settings, measures, sign));
}

/// A school on the other side is surely not on this one.
pub(super) fn state(row: &ComparisonRow, side: Side) -> CheckState {
    let is_here = if side == Side::Below { row.is_found_below() } else { row.is_found_above() };
    if row.state == CheckState::Found && !is_here { CheckState::NotFound } else { row.state }
}

/// Value, reference, gap with its bounds and its probability.
#[derive(Clone, Copy)]
struct Numbers {
    value: Percent,
    reference: Percent,
    gap: f64,
    low: f64,
    high: f64,
    sure: f64,
}

fn numbers(row: &ComparisonRow) -> Option<Numbers> {
    let (gap, low, high) = (row.gap?.0, row.low?.0, row.high?.0);
    Some(Numbers { value: row.value?, reference: row.reference?, gap, low, high, sure: row.sure? })
}

fn of_row<'a>(
    settings: &Settings<'_>,
    measures: &Measures,
    question: &Question<'_>,
    row: &'a ComparisonRow,
    numbers: Numbers,
) -> Found<'a> {
    let limit = |id: &str| settings.thresholds.value(id);
    let size = settings.thresholds.get("gap.size");
    let decimals = number::share_decimals(row.n);
    let mut one = finding(question.sign, measures, (Level::School, &row.group), question.matter.clone());
    (one.status, one.state) = (Status::Probable, Some(CheckState::Found));
    one.value = Some(numbers.gap);
    one.threshold = Some(if question.side == Side::Below { -size.value } else { size.value });
    one.threshold_source = size.source();
    one.unit.clone_from(&size.unit);
    one.n = row.n;
    one.sure = Some(numbers.sure);
    one.affected = affected(row.n, numbers.gap, limit("rank.gap"), numbers.sure);
    let is_lasting = row.sure_school.is_some_and(|sure| limit("gap.sure") <= 100.0 * sure);
    Found {
        row,
        value: numbers.value,
        reference: numbers.reference,
        gap: said::gap(
            &number::percentage_points(PercentagePoints(numbers.gap), decimals, true),
            &number::signed(numbers.low, decimals),
            &number::percentage_points(PercentagePoints(numbers.high), decimals, true),
        ),
        lasting: said::lasting(is_lasting, row.classes),
        finding: one,
    }
}

/// Pupils that the gap concerns beyond what is worth a word, by how sure it is. Serves the order alone and is never
/// printed.
fn affected(n: u64, gap: f64, least: f64, sure: f64) -> f64 {
    as_f64(n) * (gap.abs() - least).max(0.0) / 100.0 * sure
}

impl<'a> Checks<'a> {
    fn add(&mut self, row: &'a ComparisonRow, state: CheckState) {
        self.put(&row.group, state, row.detectable, &row.reason);
    }

    /// One check of a school; `detectable` is the smallest gap that would be found, `why` says why it was not tested.
    pub(super) fn put(&mut self, school: &'a str, state: CheckState, detectable: Option<PercentagePoints>, why: &str) {
        let seen = self.by_school.entry(school).or_insert(state);
        // What was found speaks first, then what could not be seen, then what was seen to be absent.
        let rank = |state: CheckState| match state {
            CheckState::Found => 0,
            CheckState::Indistinct => 1,
            CheckState::NotFound => 2,
            CheckState::NotTested => 3,
        };
        if rank(state) < rank(*seen) {
            *seen = state;
        }
        match (state, detectable) {
            (CheckState::Indistinct, Some(points)) => {
                self.detectable = Some(self.detectable.map_or(points.0, |least| least.min(points.0)));
            }
            (CheckState::NotTested, _) => {
                let why = why.split_once(": ").map_or(why, |(_, why)| why);
                if !why.is_empty() && !self.reasons.iter().any(|one| one == why) {
                    self.reasons.push(why.to_owned());
                }
            }
            _ => {}
        }
    }

    /// What became of the checks, in words; none where something was found, or there was nothing to check.
    pub(super) fn unfound(&self) -> Option<String> {
        let count = |state: CheckState| self.by_school.values().filter(|own| **own == state).count() as u64;
        let [found, not_found, indistinct, untested] = CheckState::ALL.map(count);
        let size = self.detectable.map(|points| number::percentage_points(PercentagePoints(points), 1, false));
        let size = size.unwrap_or_default();
        let words = || checks::of_schools(0, not_found, indistinct, untested, &size, &self.reasons.join("; "));
        (found == 0 && !self.by_school.is_empty()).then(words)
    }

    fn is_tested(&self) -> bool {
        self.by_school.values().any(|state| state.is_tested())
    }

    /// The grey sentence of a sign that found nobody: what was checked, and what could not be seen. None where
    /// something was found, or nothing was checked.
    pub(super) fn grey(
        &self,
        settings: &Settings<'_>,
        measures: &Measures,
        sign: &'static SignDefinition,
    ) -> Option<Finding> {
        let counts = self.unfound().filter(|_| self.is_tested())?;
        let Group { level, name: group } = &settings.focus;
        let mut one = finding(sign, measures, (*level, group), Matter::Work);
        one.status = Status::Checked;
        one.n = measures.marks_of(*level, group).map_or(0, |row| row.n);
        one.said = Said::sentence(format!("{}. {counts}", text::capitalised(sign.title)));
        Some(one)
    }
}

#[cfg(test)]
mod tests {
    use super::affected;

    #[test]
    fn many_pupils_come_before_a_great_gap_of_few() {
        assert!((affected(60, -15.5, 3.0, 0.99) - 60.0 * 0.125 * 0.99).abs() < 1e-12);
        assert!(affected(12, -30.0, 3.0, 0.95) < affected(60, -15.5, 3.0, 0.99));
        assert_eq!(affected(500, -2.0, 3.0, 0.99), 0.0);
    }
}

#[cfg(test)]
mod trials;
