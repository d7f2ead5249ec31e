//! S04: a school whose share of low results rose against the year before more than in the other schools.
//!
//! The rise is a fact of two years and happens by itself among many schools; so a school is named only where this year
//! is low as well, or where the rise is more than schools change by anyway.

use crate::{Entry, Found, Settings, finding};
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::finding::{Finding, Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Drift, DynamicsRow, Measures};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use srez_wording::number;
use srez_wording::sentence::{checks, differences as said};

const SIGN: SignDefinition = SignDefinition {
    id: SignId("S04"),
    title: "доля «2» выросла больше, чем в остальных школах",
    rule: "доля отметок «2» (на ЕГЭ — доля не достигших минимального балла) выросла к прошлому году, и с вероятностью \
           не меньше {gap.sure} % — не меньше чем на {gap.size} п.п. больше, чем в остальных школах (модель школ на \
           изменениях, доли углами); школа названа, если к тому же её результат этого года ниже, чем в остальных (S01a \
           или S02), или рост выходит за обычное годовое изменение школ (q не больше {tests.q} %); участников в оба \
           года не меньше {S04.participants}; только сопоставимые годы; рост не меньше {gap.noticed} п.п. в этих \
           школах был бы замечен в четырёх случаях из пяти, иначе — «не различить»",
    thresholds: &["S04.participants", "gap.size", "gap.sure", "gap.noticed", "tests.q"],
    tag: SourceTag::Own,
    caution: "это факт двух лет, а не вина школы: сравниваются разные ученики, и в обычный год доля тоже меняется; \
              годы сопоставимы только при той же шкале; изменение может объясняться составом класса",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::ComparesYears,
    cause: Cause::Own,
    evidence: Evidence::LowShareOverYears,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

/// A sentence about a school: by how much, from what to what, of how many, and the others.
type Rose = fn(&str, &str, &str, &str, &str) -> String;

/// Ways to say it.
const WAYS: [Rose; 2] = [said::rose, said::rose_first];

/// Low results of schools in two years: counts and participants, now and before.
#[derive(Clone, Copy, Debug, Default)]
struct Years {
    now: (u64, u64),
    before: (u64, u64),
}

impl Years {
    /// None where a year is missing.
    fn of(row: &DynamicsRow) -> Option<Self> {
        let whole = |percent: f64, n: u64| {
            let count = percent * as_f64(n) / 100.0;
            (0..=n).find(|whole| (as_f64(*whole) - count).abs() < 0.5).map(|k| (k, n))
        };
        Some(Self { now: whole(row.now?, row.n.0)?, before: whole(row.before?, row.n.1)? })
    }

    fn with(self, other: Self) -> Self {
        let sum = |one: (u64, u64), two: (u64, u64)| (one.0 + two.0, one.1 + two.1);
        Self { now: sum(self.now, other.now), before: sum(self.before, other.before) }
    }

    fn without(self, own: Self) -> Self {
        let less = |all: (u64, u64), own: (u64, u64)| (all.0.saturating_sub(own.0), all.1.saturating_sub(own.1));
        Self { now: less(self.now, own.now), before: less(self.before, own.before) }
    }

    /// «С 12 % до 31 %».
    fn words(self) -> String {
        let percent =
            |(k, n): (u64, u64)| Percent::of(k, n).map_or("—".to_owned(), |share| number::percent(share, n));
        format!("с {} до {}", percent(self.before), percent(self.now))
    }
}

/// A school that can be checked.
struct Checked<'a> {
    school: &'a str,
    years: Years,
    drift: &'a Drift,
    /// The share rose, and surely by more than elsewhere.
    is_real: bool,
    /// The rise is more than what schools change by anyway.
    is_unusual: bool,
    /// This year is below the others as well.
    is_low: bool,
}

impl Checked<'_> {
    fn state(&self, visible: f64) -> CheckState {
        match self.drift.detectable {
            _ if self.is_real && (self.is_unusual || self.is_low) => CheckState::Found,
            Some(detectable) if detectable <= visible => CheckState::NotFound,
            _ => CheckState::Indistinct,
        }
    }
}

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let measure = LowResult::of_exam(&measures.exam).over_years();
    let row_of = |school: &str| measures.dynamics_of(Level::School, school).iter().find(|row| row.measure == measure);
    let rows: Vec<(&str, Option<&DynamicsRow>)> =
        settings.schools.iter().map(|school| (school.as_str(), row_of(school))).collect();
    // A work without a year before is not checked at all, and that is said elsewhere.
    if rows.iter().all(|(_, row)| row.is_none_or(|row| row.before.is_none())) {
        return;
    }
    let all = rows.iter().filter_map(|(_, row)| Years::of((*row)?)).fold(Years::default(), Years::with);
    let visible = settings.thresholds.value("gap.noticed");
    let (mut states, mut unseen, mut ordinary) = (Vec::new(), Vec::new(), 0);
    for (school, row) in rows.into_iter().filter(|(school, _)| measures.marks_of(Level::School, school).is_some()) {
        let checked = row.and_then(|row| check(settings, measures, school, row));
        let state = checked.as_ref().map_or(CheckState::NotTested, |checked| checked.state(visible));
        findings.count_state(SIGN.id, state);
        states.push(state);
        let Some(checked) = checked else { continue };
        ordinary += u64::from(checked.is_real && state != CheckState::Found);
        unseen.extend(checked.drift.detectable.filter(|_| state == CheckState::Indistinct));
        findings.findings.push(of_school(settings, measures, &checked, all, state == CheckState::Found));
    }
    if !states.contains(&CheckState::Found) {
        findings.findings.push(nothing(settings, measures, &states, &unseen, ordinary));
    }
}

fn check<'a>(
    settings: &Settings<'_>,
    measures: &Measures,
    school: &'a str,
    row: &'a DynamicsRow,
) -> Option<Checked<'a>> {
    let limit = |id: &str| settings.thresholds.value(id);
    let years = Years::of(row).filter(|_| row.comparable)?;
    let drift = row.drift.as_ref().filter(|_| limit("S04.participants") <= as_f64(row.n.0.min(row.n.1)))?;
    // On the other side it is the fall that is sure.
    let sure = if 0.0 < drift.gap { drift.sure? } else { 0.0 };
    let rose = row.before < row.now;
    Some(Checked {
        school,
        years,
        drift,
        is_real: rose && limit("gap.sure") / 100.0 <= sure,
        is_unusual: rose && drift.q.is_some_and(|q| q <= limit("tests.q") / 100.0),
        is_low: is_low(measures, school),
    })
}

/// True where this year's work as a whole or its share of low results is found to be worse than in the other schools.
fn is_low(measures: &Measures, school: &str) -> bool {
    let is_found = |measure: &MeasureId, is_worse: fn(f64) -> bool| {
        let row: Option<&ComparisonRow> = measures.comparison_of(Level::School, school, measure);
        row.is_some_and(|row| row.state == CheckState::Found && row.gap.is_some_and(|gap| is_worse(gap.0)))
    };
    is_found(&MeasureId::Total, |gap| gap < 0.0)
        || is_found(&LowResult::of_exam(&measures.exam).compared(), |gap| 0.0 < gap)
}

fn of_school(
    settings: &Settings<'_>,
    measures: &Measures,
    checked: &Checked<'_>,
    all: Years,
    is_named: bool,
) -> Finding {
    let (years, drift) = (checked.years, checked.drift);
    let mut one = finding(&SIGN, measures, (Level::School, checked.school), Matter::Work);
    one.status = if is_named { Status::Probable } else { Status::Checked };
    one.value = Some(drift.gap);
    one.threshold = Some(settings.thresholds.value("gap.size"));
    one.threshold_source = settings.thresholds.get("gap.size").source();
    one.unit.clone_from(&settings.thresholds.get("gap.size").unit);
    one.n = years.now.1;
    one.p = drift.p;
    one.q = drift.q;
    let beyond = (drift.gap.abs() - settings.thresholds.value("rank.gap")).max(0.0) / 100.0;
    one.affected = as_f64(years.now.1) * beyond * drift.sure.unwrap_or(0.0);
    if is_named {
        let text = sentence(settings, checked, all.without(years));
        one.said = Said::of_school(settings.name(checked.school), &text);
    }
    one
}

fn sentence(settings: &Settings<'_>, checked: &Checked<'_>, others: Years) -> String {
    let (years, drift) = (checked.years, checked.drift);
    let ((k, n), (k_before, n_before)) = (years.now, years.before);
    let rise = 100.0 * (as_f64(k) / as_f64(n) - as_f64(k_before) / as_f64(n_before));
    let points = |value: f64| number::percentage_points(PercentagePoints(value), 1, false);
    let fact = settings.in_turn(checked.school, WAYS)(
        settings.name(checked.school),
        &number::by_percentage_points(PercentagePoints(rise), n, n_before),
        &years.words(),
        &format!("n = {n_before} и {n}"),
        &others.words(),
    );
    let range = number::range(drift.interval.0, drift.interval.1, 1);
    let why = if checked.is_unusual { said::ROSE_UNUSUALLY } else { said::ROSE_AND_LOW };
    format!("{fact} {} {why}", said::rose_more_than_others(&points(drift.gap), &range, &points(drift.usual)))
}

/// What was checked and not found, once per exam, and how many rises were real and nothing out of the ordinary.
fn nothing(
    settings: &Settings<'_>,
    measures: &Measures,
    states: &[CheckState],
    unseen: &[f64],
    ordinary: u64,
) -> Finding {
    let Group { level, name: group } = &settings.focus;
    let mut one = finding(&SIGN, measures, (*level, group), Matter::Work);
    one.status = Status::Checked;
    one.n = measures.marks_of(*level, group).map_or(0, |row| row.n);
    let count = |wanted: CheckState| states.iter().filter(|state| **state == wanted).count() as u64;
    let least = unseen.iter().copied().reduce(f64::min);
    let size = least.map_or(String::new(), |least| number::percentage_points(PercentagePoints(least), 1, false));
    let fewest = number::decimal(settings.thresholds.value("S04.participants"), 0);
    let ordinary = if ordinary == 0 { String::new() } else { format!(" {}", said::rose_ordinarily(ordinary)) };
    one.said = Said::sentence(format!(
        "К прошлому году: рост доли низких результатов сравнивался с остальными школами. {}{ordinary}",
        checks::of_schools(
            0,
            count(CheckState::NotFound),
            count(CheckState::Indistinct),
            count(CheckState::NotTested),
            &size,
            &format!("нет одного из двух лет, годы несопоставимы или участников меньше {fewest}"),
        )
    ));
    one
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, change, comparison};
    use srez_model::check::CheckState;
    use srez_model::compared::MeasureId;
    use srez_model::finding::{Finding, Findings, Status};
    use srez_model::level::Level;
    use srez_model::measures::{Drift, DynamicsRow};
    use srez_model::unit::PercentagePoints;

    fn drift() -> Drift {
        Drift {
            gap: 18.3,
            interval: (6.1, 30.4),
            sure: Some(0.97),
            usual: 6.2,
            detectable: Some(14.5),
            p: Some(0.01),
            q: Some(0.3),
        }
    }

    /// From 10 of 50 to 20 of 50.
    fn row(school: &str, drift: Option<Drift>) -> DynamicsRow {
        DynamicsRow {
            level: Level::School,
            group: school.to_owned(),
            now: Some(40.0),
            before: Some(20.0),
            n: (50, 50),
            drift,
            ..change(MeasureId::ShareOfTwo, true)
        }
    }

    fn scene(rows: Vec<DynamicsRow>) -> Scene {
        let mut scene = Scene::default();
        scene.participants(300);
        ["1", "2", "3", "4", "5", "6"].into_iter().for_each(|school| scene.school_marks(school, [20, 30, 0, 0]));
        scene.dynamics = rows;
        scene
    }

    fn named(findings: &Findings) -> Vec<&Finding> {
        findings.findings.iter().filter(|one| one.sign.id == "S04" && one.status == Status::Probable).collect()
    }

    #[test]
    fn a_real_rise_is_named_only_where_it_is_unusual_or_the_year_is_low() {
        let plain =
            scene(vec![row("1", Some(drift())), row("2", Some(Drift { gap: -1.0, sure: Some(0.1), ..drift() }))]);
        let findings = plain.flagged();
        assert!(named(&findings).is_empty(), "an ordinary rise is no finding");
        let grey = findings.findings.iter().find(|one| one.sign.id == "S04" && one.level != Level::School).unwrap();
        let said = grey.text().replace('\u{a0}', " ");
        assert!(said.contains("У 1 школы доля выросла больше, чем в остальных"), "{said}");
        let unusual = scene(vec![row("1", Some(Drift { q: Some(0.05), ..drift() }))]);
        let findings = unusual.flagged();
        let one = named(&findings)[0];
        let said = one.text().replace('\u{a0}', " ");
        assert_eq!((one.group.as_str(), one.value, one.threshold), ("1", Some(18.3), Some(4.0)));
        assert!(said.contains("на 20,0 п.п.") && !said.contains("на на"), "{said}");
        assert!(said.contains("обычно за год доля меняется на ±6,2 п.п."), "{said}");
        assert!(said.contains("от 6,1") || said.contains("6,1–30,4"), "{said}");
        let mut low = scene(vec![row("1", Some(drift()))]);
        let mut below = comparison("1", MeasureId::Total, 50, 40.0, 0.5);
        (below.state, below.gap) = (CheckState::Found, Some(PercentagePoints(-9.0)));
        low.comparisons.push(below);
        assert_eq!(named(&low.flagged()).len(), 1);
        // Above the others, or a rise of the others that is greater, is no reason.
        low.comparisons[0].gap = Some(PercentagePoints(9.0));
        assert!(named(&low.flagged()).is_empty());
    }

    #[test]
    fn what_did_not_run_never_says_that_there_is_nothing() {
        let few = DynamicsRow { n: (9, 50), ..row("1", Some(drift())) };
        let other_test = DynamicsRow { comparable: false, ..row("2", Some(drift())) };
        let scene = scene(vec![few, other_test, row("3", None)]);
        let findings = scene.flagged();
        let of_sign: Vec<&Finding> = findings.findings.iter().filter(|one| one.sign.id == "S04").collect();
        let said = of_sign[0].text().replace('\u{a0}', " ");
        assert!(of_sign.len() == 1 && said.contains("Не проверялось — 6"), "{said}");
        assert!(!said.contains("не выявлено"), "{said}");
        // Where there is no year before nothing is said at all.
        let without = self::scene(Vec::new()).flagged();
        assert!(without.findings.iter().all(|one| one.sign.id != "S04"));
    }

    #[test]
    fn a_rise_that_could_not_have_been_seen_is_not_absent() {
        let blind = Drift { gap: 0.5, sure: Some(0.2), detectable: Some(21.5), ..drift() };
        let clear = Drift { gap: 0.5, sure: Some(0.2), ..drift() };
        let findings = scene(vec![row("1", Some(blind)), row("2", Some(clear))]).flagged();
        let grey =
            findings.findings.iter().find(|one| one.sign.id == "S04" && one.level == Level::Municipality).unwrap();
        let said = grey.text().replace('\u{a0}', " ");
        assert!(said.contains("найдено: 0") && said.contains("у 1 школы отличие меньше 21,5 п.п."), "{said}");
    }
}
