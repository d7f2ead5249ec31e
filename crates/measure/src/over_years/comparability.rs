//! The gate of comparability: which values of two years may be subtracted from each other.
//!
//! Tasks: equal codes of the codifier (or, where no year has codes, the same planned result), maximum and level. Marks:
//! the same scale and conditions. Scores: the same maximum and scale. All: enough participants and a similar coverage.
//! No form says whether a work was written on paper or at a computer.

use super::super::reason;
use srez_model::assessment::{Exam, Scale, Task};
use srez_model::band::Band;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{MarksRow, Measures};
use srez_model::threshold::Thresholds;
use srez_model::unit::as_f64;

/// Whether two years may be compared: why not, or with which reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gate {
    /// True if they may.
    pub(crate) open: bool,
    /// Why not, or the reservation; empty if there is neither.
    pub(crate) reason: String,
}

impl Gate {
    fn open() -> Self {
        Self { open: true, reason: String::new() }
    }

    /// Closed for a reason.
    pub(crate) fn closed(reason: &str) -> Self {
        Self { open: false, reason: format!("несопоставимо: {reason}") }
    }

    /// The same with a reservation put before its reason; a closed gate keeps only its reason.
    pub(crate) fn with(self, reserve: &str) -> Self {
        if self.open { Self { reason: reason::join([self.reason.as_str(), reserve]), ..self } } else { self }
    }

    fn and(self, other: impl FnOnce() -> Self) -> Self {
        if !self.open {
            return self;
        }
        let other = other();
        if other.open { self.with(&other.reason) } else { other }
    }
}

/// The gate of one measure of one group.
pub(crate) fn gate(
    thresholds: &Thresholds,
    now: &Measures,
    before: &Measures,
    (level, group): (Level, &str),
    measure: &MeasureId,
) -> Gate {
    let (new, old) = (&*now.exam, &*before.exam);
    let of_measure = match measure {
        MeasureId::Task(id) => task(new, old, id),
        MeasureId::Skill(title) => skill(new, old, title),
        MeasureId::Total => total(new, old),
        MeasureId::BandOverYears(_) | MeasureId::MeanTest => scores(new, old, measure),
        _ => marks(new, old),
    };
    of_measure.and(|| years_gate(thresholds, now, before, (level, group)))
}

fn task(new: &Exam, old: &Exam, id: &str) -> Gate {
    let of = |exam: &'_ Exam| exam.tasks.iter().find(|task| task.id == id).cloned();
    match (of(new), of(old)) {
        (Some(new), Some(old)) => alike(&new, &old),
        _ => Gate::closed("задания с таким номером не было"),
    }
}

fn alike(new: &Task, old: &Task) -> Gate {
    let has_codes = |task: &Task| !task.content_codes.is_empty() || !task.requirement_codes.is_empty();
    let reserve = match (has_codes(new), has_codes(old)) {
        (true, true) => {
            if new.content_codes != old.content_codes || new.requirement_codes != old.requirement_codes {
                return Gate::closed("изменилось проверяемое содержание");
            }
            ""
        }
        (false, false) if !new.label().is_empty() => {
            if (&new.content, &new.skill) != (&old.content, &old.skill) {
                return Gate::closed("изменилось проверяемое содержание");
            }
            "коды содержания не указаны, сравнение по планируемому результату"
        }
        _ => return Gate::closed("коды содержания неизвестны"),
    };
    if new.max.is_none() || new.max != old.max {
        return Gate::closed("изменился максимальный балл");
    }
    if new.difficulty != old.difficulty {
        return Gate::closed("изменился уровень сложности");
    }
    Gate::open().with(reserve)
}

/// A skill is comparable if each of its tasks is.
fn skill(new: &Exam, old: &Exam, title: &str) -> Gate {
    let of = |exam: &Exam| -> Vec<Task> {
        let has = |task: &&Task| match task.matter() {
            "" => task.content_codes.first().is_some_and(|code| code == title),
            matter => matter == title,
        };
        exam.tasks.iter().filter(has).cloned().collect()
    };
    let (new, old) = (of(new), of(old));
    if new.len() != old.len() {
        return Gate::closed("изменился набор заданий на умение");
    }
    let mut gate = Gate::open();
    for (new, old) in new.iter().zip(&old) {
        gate = gate.and(|| alike(new, old));
    }
    gate
}

/// The whole work is comparable if its maximum, its scale and all its tasks are the same.
fn total(new: &Exam, old: &Exam) -> Gate {
    if new.max_primary.is_none() || new.max_primary != old.max_primary || new.tasks.len() != old.tasks.len() {
        return Gate::closed("изменился максимальный первичный балл или набор заданий");
    }
    if new.scale != old.scale {
        return Gate::closed("изменилась шкала");
    }
    let mut gate = Gate::open();
    for task in &new.tasks {
        gate = gate.and(|| self::task(new, old, &task.id));
    }
    gate
}

fn marks(new: &Exam, old: &Exam) -> Gate {
    match (&new.scale, &old.scale) {
        (Scale::Unknown, _) | (_, Scale::Unknown) => Gate::closed("шкала неизвестна"),
        (new, old) if new != old => Gate::closed("изменилась шкала отметок"),
        _ if new.conditions != old.conditions => Gate::closed("изменились условия выставления отметки"),
        _ => Gate::open(),
    }
}

fn scores(new: &Exam, old: &Exam, measure: &MeasureId) -> Gate {
    let (Scale::Test { table: new, min_test, .. }, Scale::Test { table: old, min_test: old_min, .. }) =
        (&new.scale, &old.scale)
    else {
        return Gate::closed("шкала неизвестна");
    };
    if min_test != old_min && matches!(measure, MeasureId::BandOverYears(Band::BelowMinimum | Band::UpTo60)) {
        return Gate::closed("изменился минимальный балл");
    }
    Gate::open().with(if new == old {
        ""
    } else {
        "таблица перевода в тестовые баллы изменилась"
    })
}

/// Enough participants in both years, and a similar coverage of the group, or of all participants if the group has
/// none.
pub(crate) fn years_gate(
    thresholds: &Thresholds,
    now: &Measures,
    before: &Measures,
    (level, group): (Level, &str),
) -> Gate {
    let (Some(new), Some(old)) = (now.marks_of(Level::All, ""), before.marks_of(Level::All, "")) else {
        return Gate::closed("нет данных");
    };
    let fewest = thresholds.value("gate.participants");
    if as_f64(new.n.min(old.n)) < fewest {
        return Gate::closed(&format!("участников меньше {fewest}"));
    }
    let coverage = |measures: &Measures, all: &MarksRow| {
        let row = measures.marks_of(level, group).unwrap_or(all);
        row.n_absent.map(|absent| 100.0 * as_f64(row.n) / as_f64(row.n + absent))
    };
    let least = thresholds.value("gate.coverage");
    let widest = thresholds.value("gate.coverage-difference");
    match (coverage(now, new), coverage(before, old)) {
        (Some(new), Some(old)) if new.min(old) < least => Gate::closed(&format!("охват ниже {least}\u{a0}%")),
        (Some(new), Some(old)) if widest < (new - old).abs() => {
            Gate::closed(&format!("охват отличается больше чем на {widest}\u{a0}п.п."))
        }
        (Some(_), Some(_)) => Gate::open(),
        _ => Gate::open().with("охват неизвестен"),
    }
}
