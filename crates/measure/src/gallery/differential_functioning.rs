//! Tasks that are harder for one group than for another of the same primary score.

mod again;
mod effect;
mod whole_schools;

use super::super::complete_rows::points;
use super::super::settings::Settings;
use srez_model::assessment::Task;
use srez_model::level::Level;
use srez_model::measures::{DifRow, MeasureDefinition, MeasuredOf, Measures, ToldIn};
use srez_model::place::School;
use srez_model::tally::Tally;
use srez_model::unit::as_f64;
use srez_statistics::benjamini_hochberg;
use srez_statistics::mantel_haenszel::Stratum;
use std::collections::BTreeMap;

pub use again::{purify, to_purify};
pub(crate) use whole_schools::test_groups_of_schools;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "differential-functioning",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Задания, которые при равном балле труднее одной из групп",
    columns: &["dif.effect", "dif.se", "dif.standardised", "dif.p", "dif.q", "dif.class"],
    unit: "дельта; балл; вероятность",
    plain: "сравниваются участники с равным баллом за работу: задание отмечено, если одной из групп (пол, вариант, \
            тип школы) оно и тогда труднее",
    formula: "участники делятся на слои с равным первичным баллом, считая само задание; задание в один балл — дельта = \
              −2,35 · ln отношения шансов Мантеля — Хензеля, проверка хи-квадрат с поправкой 0,5; в несколько баллов — \
              проверка Мантеля и разность средних, взвешенная по выделенной группе; класс A — дельта по модулю меньше \
              {dif.small} или не отличается от 0, C — не меньше {dif.large} и значимо больше {dif.small}, B — \
              остальные; для нескольких баллов \
              разность делится на отклонение балла задания: AA — меньше {dif.several-small} или не отличается от 0, \
              CC — больше {dif.several-large}, \
              BB — между; задания класса C и CC выходят из балла, по которому участники равны, и всё считается ещё \
              раз, второй проход окончательный; из двух групп выделена меньшая, из нескольких — каждая против \
              остальных; q — поправка Бенджамини — Хохберга по заданиям одного сравнения, по ней решается, называть ли \
              задание; тип школы, местность, а также пол и вариант, если обе группы (по 5 участников) есть меньше чем \
              в половине школ, — единица школа: балл за задание сверх среднего у равных, на участника, с каждой \
              стороны как у групп школ; ошибка для класса — не меньше той, что следует из этого p",
    degenerate: "полных работ меньше {dif.participants}, в группе меньше {dif.group}, слоёв с обеими группами меньше \
                 трёх, в группе меньше \
                 четырёх школ, вариант совпадает со школой, все ответы одинаковы — не вычисляется",
    source: "Mantel, Haenszel 1959; Robins, Breslow, Greenland 1986; Holland, Thayer 1988; Mantel 1963; Zwick, Thayer \
             1996; Cochran 1977",
};

/// Levels whose groups are compared with each other, and whether the groups consist of whole schools.
const LEVELS: [(Level, bool); 4] =
    [(Level::Sex, false), (Level::SchoolType, true), (Level::Locality, true), (Level::Variant, false)];

/// Fewest schools of a group of schools.
const FEWEST_SCHOOLS: usize = 4;

/// One group against the rest of its level.
struct Contrast {
    level: Level,
    of_schools: bool,
    focal: u32,
    rest: Vec<u32>,
}

/// One row per contrast and task, in the order of the table.
pub(crate) fn rows(settings: &Settings, tally: &Tally) -> Vec<DifRow> {
    let contrasts: Vec<Contrast> =
        LEVELS.iter().flat_map(|(level, schools)| contrasts(settings, tally, *level, *schools)).collect();
    let by_contrast = contrasts.iter().map(|contrast| {
        let mut rows = rows_of(settings, tally, contrast);
        adjust(&mut rows.iter_mut().collect::<Vec<_>>());
        rows
    });
    let mut rows: Vec<DifRow> = by_contrast.flatten().collect();
    rows.sort_by_key(|row| row.task);
    rows
}

/// Adjusted p over the tasks of one contrast.
fn adjust(rows: &mut [&mut DifRow]) {
    let tested: Vec<&mut &mut DifRow> = rows.iter_mut().filter(|row| row.p.is_some()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|row| row.p).collect();
    for (row, q) in tested.into_iter().zip(benjamini_hochberg::adjusted(&p)) {
        row.q = Some(q);
    }
}

/// With two groups the smaller is focal; with more, each is compared with the rest. Groups too small for a test are
/// listed too, but do not turn two groups into three.
fn contrasts(settings: &Settings, tally: &Tally, level: Level, of_schools: bool) -> Vec<Contrast> {
    let fewest = settings.thresholds.value("dif.group");
    let groups = (0_u32..).zip(&tally.groups).filter(|(_, group)| group.level == level);
    let sizes: Vec<(u32, u64)> = groups.map(|(index, _)| (index, complete(tally, index))).collect();
    let (large, small): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|(_, n)| fewest <= as_f64(*n));
    let contrast = |(focal, _): &(u32, u64), others: &[(u32, u64)]| Contrast {
        level,
        of_schools,
        focal: *focal,
        rest: others.iter().map(|(group, _)| *group).filter(|group| group != focal).collect(),
    };
    let mut contrasts: Vec<Contrast> = match large.as_slice() {
        [first, second] => vec![contrast(if first.1 < second.1 { first } else { second }, &large)],
        [_] => Vec::new(),
        several => several.iter().map(|group| contrast(group, several)).collect(),
    };
    let all: Vec<(u32, u64)> = large.iter().chain(&small).copied().collect();
    if all.len() > 1 {
        contrasts.extend(small.iter().map(|group| contrast(group, &all)));
    }
    contrasts
}

/// Complete rows of a group.
fn complete(tally: &Tally, group: u32) -> u64 {
    let cells =
        tally.participants_of(group).iter().filter(|cell| cell.stratum.complete && cell.stratum.total.is_some());
    cells.map(|cell| u64::from(cell.n)).sum()
}

fn rows_of(settings: &Settings, tally: &Tally, contrast: &Contrast) -> Vec<DifRow> {
    let limit = |id: &str| settings.thresholds.value(id);
    let name = |group: u32| tally.groups.get(group as usize).map_or("", |group| group.name.as_str());
    let n_focal = complete(tally, contrast.focal);
    let n_reference: u64 = contrast.rest.iter().map(|group| complete(tally, *group)).sum();
    let few_schools = contrast.of_schools && {
        let (focal, rest) = schools(settings, tally, contrast.level, name(contrast.focal));
        focal.min(rest) < FEWEST_SCHOOLS
    };
    let few = if as_f64(n_focal + n_reference) < limit("dif.participants") {
        "не вычисляется: мало полных работ"
    } else if as_f64(n_focal.min(n_reference)) < limit("dif.group") {
        "не вычисляется: мало полных работ в одной из групп"
    } else if few_schools {
        "не вычисляется: в одной из групп меньше четырёх школ"
    } else {
        ""
    };
    let tasks = (0_u16..).zip(&tally.exam.tasks).map(|(task, definition)| {
        let row = DifRow {
            task,
            level: contrast.level,
            focal: name(contrast.focal).to_owned(),
            n_reference,
            n_focal,
            method: "",
            effect: None,
            se: None,
            p: None,
            q: None,
            standardised: None,
            class: None,
            reason: few.to_owned(),
        };
        if few.is_empty() { filled(settings, tally, contrast, definition, row) } else { row }
    });
    tasks.collect()
}

/// Schools of the tally with this label and with another one, as the register knows them.
fn schools(settings: &Settings, tally: &Tally, level: Level, focal: &str) -> (usize, usize) {
    let of_register = |id: &str| settings.register.schools.iter().find(|school| school.id == id);
    let schools = tally.groups.iter().filter(|group| group.level == Level::School);
    let labels = schools.filter_map(|group| {
        let school = of_register(&group.name)?;
        Some(if level == Level::Locality { school.locality.as_str() } else { school.school_type.as_str() })
    });
    let labels: Vec<&str> = labels.filter(|label| !label.is_empty()).collect();
    let own = labels.iter().filter(|label| **label == focal).count();
    (own, labels.len() - own)
}

fn filled(settings: &Settings, tally: &Tally, contrast: &Contrast, task: &Task, mut row: DifRow) -> DifRow {
    let strata = strata(tally, contrast, row.task);
    effect::fill(settings, &mut row, task.max, &strata);
    if contrast.of_schools && row.effect.is_some() {
        (row.p, row.class) = (None, None);
        row.reason = "сравнение групп школ не проверялось".to_owned();
    }
    row
}

/// Complete rows of the focal group and the rest by primary score and points.
fn strata(tally: &Tally, contrast: &Contrast, task: u16) -> Vec<Stratum> {
    let mut strata: BTreeMap<u16, Stratum> = BTreeMap::new();
    let groups = contrast.rest.iter().map(|group| (*group, false)).chain([(contrast.focal, true)]);
    for (group, focal) in groups {
        for cell in tally.outcomes_of(group, task) {
            let total = cell.stratum.total.filter(|_| cell.stratum.complete);
            let (Some(total), Some(points)) = (total, points(cell.outcome)) else { continue };
            let stratum = strata.entry(total).or_default();
            let counts = if focal { &mut stratum.focal } else { &mut stratum.reference };
            let place = usize::try_from(points).unwrap_or(0);
            counts.resize(counts.len().max(place + 1), 0);
            counts[place] += u64::from(cell.n);
        }
    }
    strata.into_values().collect()
}

#[cfg(test)]
mod tests;
