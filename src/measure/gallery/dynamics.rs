//! Change against an earlier year, behind the gate of comparability.

use crate::model::assessment::{Scale, Task};
use crate::model::level::Level;
use crate::model::measures::{BandsRow, DynamicsRow, MarksRow, MeasureDefinition, Measures, TaskRow};
use crate::model::unit::as_f64;
use crate::statistics::moments::Sums;
use crate::statistics::{Z_95, hypergeometric, newcombe};

/// Definition.
pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "dynamics",
    title: "Динамика",
    columns: &["dynamics.difference", "dynamics.low", "dynamics.high"],
    unit: "п.п., отметка, балл",
    formula: "значение этого года − значение прошлого; интервал Ньюкомба 95 % для долей, нормальный 95 % для средних; \
              сравнивается только сопоставимое: те же шкала и условия (для отметок), те же коды содержания, максимум и \
              уровень (для заданий), участников в обоих годах не меньше 100, охват не ниже 80 % и отличается не больше \
              чем на 10 п.п.",
    degenerate: "годы несопоставимы — показаны оба значения без разности, с причиной",
    source: "Newcombe 1998; ФИОКО 2026, с. 19: годы сравниваются при одинаковых кодификаторе и умениях",
};

/// Fewest participants of each year for a comparison.
const FEWEST: u64 = 100;

/// A value of one year.
#[derive(Clone, Copy)]
enum Reading {
    /// Share in percent, participants, and the count where it is one.
    Share(f64, u64, Option<u64>),
    /// Mean, standard deviation, participants.
    Mean(f64, Option<f64>, u64),
}

impl Reading {
    fn value(self) -> f64 {
        match self {
            Self::Share(value, ..) | Self::Mean(value, ..) => value,
        }
    }

    fn n(self) -> u64 {
        match self {
            Self::Share(_, n, _) | Self::Mean(_, _, n) => n,
        }
    }
}

/// Whether two years may be compared: why not, or a reserve.
struct Gate {
    open: bool,
    reason: String,
}

impl Gate {
    fn open() -> Self {
        Self { open: true, reason: "изменение региона неизвестно".to_owned() }
    }

    fn closed(reason: &str) -> Self {
        Self { open: false, reason: format!("несопоставимо: {reason}") }
    }

    fn and(self, note: &str) -> Self {
        Self { reason: super::super::reason::join([note, &self.reason]), ..self }
    }
}

/// Rows of one exam against the same exam of an earlier year: marks or bands of all, municipalities and schools,
/// tasks of all and municipalities.
///
/// Both values are given even where the gate is closed; a difference only where it is open. A group that was not there
/// before has no `before`.
pub fn dynamics(now: &Measures, before: &Measures) -> Vec<DynamicsRow> {
    let same = (now.exam.key.procedure, &now.exam.key.subject, now.exam.key.grade)
        == (before.exam.key.procedure, &before.exam.key.subject, before.exam.key.grade);
    if !same {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for marks in now.marks.iter().filter(|row| has_dynamics(row.level)) {
        let (level, group) = (marks.level, marks.group.as_str());
        let mut push = |measure: &str, readings, gate| {
            rows.push(row((level, group), measure, &before.exam.id(), readings, gate));
        };
        let (scores_now, scores_before) = (now.bands_of(level, group), before.bands_of(level, group));
        if let Some(bands) = scores_now {
            for measure in BANDS {
                let readings = (band(bands, measure), scores_before.and_then(|bands| band(bands, measure)));
                push(measure, readings, gate_of_scores(now, before, measure));
            }
        } else {
            let marks_before = before.marks_of(level, group);
            for measure in MARKS {
                let readings = (mark(marks, measure), marks_before.and_then(|marks| mark(marks, measure)));
                push(measure, readings, gate_of_marks(now, before));
            }
        }
        if level != Level::School {
            tasks(now, before, level, group, &mut push);
        }
    }
    rows.retain(|row| row.now.is_some() || row.before.is_some());
    rows.sort_by(|left, right| {
        (left.level, &left.group, &left.measure).cmp(&(right.level, &right.group, &right.measure))
    });
    rows
}

const MARKS: [&str; 4] = ["share_of_2", "pass_pct", "quality_pct", "mean_mark"];
const BANDS: [&str; 5] =
    ["below_min_pct", "from_min_to_60_pct", "from_61_to_80_pct", "from_81_to_100_pct", "mean_test"];

fn has_dynamics(level: Level) -> bool {
    matches!(level, Level::All | Level::Municipality | Level::School)
}

fn tasks(
    now: &Measures,
    before: &Measures,
    level: Level,
    group: &str,
    push: &mut impl FnMut(&str, (Option<Reading>, Option<Reading>), Gate),
) {
    for (place, task) in (0_u16..).zip(&now.exam.tasks) {
        let Some((old_place, old)) = (0_u16..).zip(&before.exam.tasks).find(|(_, old)| old.id == task.id) else {
            continue;
        };
        let reading = |measures: &Measures, place, max| {
            measures.task_of(level, group, place).and_then(|row| completion(row, max))
        };
        let readings = (reading(now, place, task.max), reading(before, old_place, old.max));
        push(&format!("task-{}", task.id), readings, gate_of_task(now, before, task, old));
    }
}

fn completion(row: &TaskRow, max: Option<u16>) -> Option<Reading> {
    let count = (max == Some(1)).then_some(row.counts.sum);
    row.pct.map(|pct| Reading::Share(pct.0, row.counts.n, count))
}

fn share(count: u64, n: u64) -> Option<Reading> {
    (n != 0).then(|| Reading::Share(100.0 * as_f64(count) / as_f64(n), n, Some(count)))
}

fn mark(row: &MarksRow, measure: &str) -> Option<Reading> {
    let [two, three, four, five] = row.by_mark;
    match measure {
        "share_of_2" => share(two, row.marked()),
        "pass_pct" => share(three + four + five, row.marked()),
        "quality_pct" => share(four + five, row.marked()),
        _ => {
            let mut sums = Sums::default();
            for (mark, count) in (2..).zip(row.by_mark) {
                sums.add(mark, count);
            }
            sums.mean().map(|mean| Reading::Mean(mean, sums.deviation(), sums.n))
        }
    }
}

fn band(row: &BandsRow, measure: &str) -> Option<Reading> {
    let place = BANDS.iter().position(|band| *band == measure)?;
    match row.by_band.get(place) {
        Some(count) => share(*count, row.n),
        None => row.mean_test.map(|mean| Reading::Mean(mean.0, row.sd_test, row.n)),
    }
}

/// Enough participants and a like coverage in both years.
fn gate_of_years(now: &Measures, before: &Measures) -> Gate {
    let (Some(new), Some(old)) = (now.marks_of(Level::All, ""), before.marks_of(Level::All, "")) else {
        return Gate::closed("нет данных");
    };
    if new.n.min(old.n) < FEWEST {
        return Gate::closed("участников меньше 100");
    }
    let coverage = |row: &MarksRow| row.n_absent.map(|absent| 100.0 * as_f64(row.n) / as_f64(row.n + absent));
    match (coverage(new), coverage(old)) {
        (Some(new), Some(old)) if new.min(old) < 80.0 => Gate::closed("охват ниже 80\u{a0}%"),
        (Some(new), Some(old)) if 10.0 < (new - old).abs() => Gate::closed("охват отличается больше чем на 10 п.п."),
        (Some(_), Some(_)) => Gate::open(),
        _ => Gate::open().and("охват неизвестен"),
    }
}

fn gate_of_marks(now: &Measures, before: &Measures) -> Gate {
    match (&now.exam.scale, &before.exam.scale) {
        (Scale::Unknown, _) | (_, Scale::Unknown) => Gate::closed("шкала неизвестна"),
        (new, old) if new != old => Gate::closed("изменилась шкала отметок"),
        _ if now.exam.conditions != before.exam.conditions => Gate::closed("изменились условия выставления отметки"),
        _ => gate_of_years(now, before),
    }
}

fn gate_of_scores(now: &Measures, before: &Measures, measure: &str) -> Gate {
    let (Scale::Test { table: new, min_test, .. }, Scale::Test { table: old, min_test: old_min, .. }) =
        (&now.exam.scale, &before.exam.scale)
    else {
        return Gate::closed("шкала неизвестна");
    };
    if min_test != old_min && matches!(measure, "below_min_pct" | "from_min_to_60_pct") {
        return Gate::closed("изменился минимальный балл");
    }
    let gate = gate_of_years(now, before);
    if gate.open && new != old {
        gate.and("таблица перевода в тестовые баллы изменилась")
    } else {
        gate
    }
}

fn gate_of_task(now: &Measures, before: &Measures, new: &Task, old: &Task) -> Gate {
    if new.content_codes.is_empty() || old.content_codes.is_empty() {
        return Gate::closed("коды содержания неизвестны");
    }
    if new.content_codes != old.content_codes || new.requirement_codes != old.requirement_codes {
        return Gate::closed("изменилось проверяемое содержание");
    }
    if new.max.is_none() || new.max != old.max {
        return Gate::closed("изменился максимальный балл");
    }
    if new.difficulty != old.difficulty {
        return Gate::closed("изменился уровень сложности");
    }
    gate_of_years(now, before)
}

fn row(
    (level, group): (Level, &str),
    measure: &str,
    before_exam: &str,
    (now, before): (Option<Reading>, Option<Reading>),
    gate: Gate,
) -> DynamicsRow {
    let gate = match (now, before) {
        (Some(_), Some(_)) => gate,
        (None, _) => Gate::closed("нет данных этого года"),
        (_, None) => Gate::closed("нет данных прошлого года"),
    };
    let pair = now.zip(before).filter(|_| gate.open);
    DynamicsRow {
        level,
        group: group.to_owned(),
        measure: measure.to_owned(),
        now: now.map(Reading::value),
        before: before.map(Reading::value),
        n: (now.map_or(0, Reading::n), before.map_or(0, Reading::n)),
        before_exam: before_exam.to_owned(),
        difference: pair.map(|(now, before)| now.value() - before.value()),
        interval: pair.and_then(|(now, before)| interval(now, before)),
        p: pair.and_then(|(now, before)| p(now, before)),
        comparable: gate.open,
        reason: gate.reason,
    }
}

fn interval(now: Reading, before: Reading) -> Option<(f64, f64)> {
    match (now, before) {
        (Reading::Share(new, n, _), Reading::Share(old, n_old, _)) => {
            let (low, high) = newcombe::interval(new / 100.0, n, old / 100.0, n_old)?;
            Some((100.0 * low, 100.0 * high))
        }
        (Reading::Mean(new, sd, n), Reading::Mean(old, sd_old, n_old)) => {
            let half = Z_95 * (sd?.powi(2) / as_f64(n) + sd_old?.powi(2) / as_f64(n_old)).sqrt();
            Some((new - old - half, new - old + half))
        }
        _ => None,
    }
}

fn p(now: Reading, before: Reading) -> Option<f64> {
    match (now, before) {
        (Reading::Share(_, n, Some(k)), Reading::Share(_, n_old, Some(k_old))) => {
            Some(hypergeometric::two_sided(k, n, k_old, n_old))
        }
        _ => None,
    }
}
