//! Tasks and skills of the municipality: plainly, and against the other tasks of the same schools.

use super::super::super::whole_schools::{Roll, on_skill, on_task, usual_maximum};
use super::{City, Difference, Group, Level, Mean, Observed, Percent, Sides, Sums, against_the_rest, fill, sides};
use srez_model::compared::MeasureId;
use srez_model::measures::ComparisonRow;
use srez_model::unit::as_f64;
use srez_statistics::clusters::Cluster;

/// Fewest schools of equal weight on each side.
const FEWEST_SCHOOLS: f64 = 3.0;

/// A task or a skill.
struct Part {
    measure: MeasureId,
    own: MeasureId,
    max: u64,
    /// By school of the tally.
    values: Vec<Group<Observed>>,
    sums: Vec<Sums>,
}

/// Rows of all tasks, then of all skills.
pub(super) fn rows(city: &City<'_>, roll: &Roll<'_>) -> Vec<ComparisonRow> {
    let tally = city.tally;
    let part = |max: u64, (measure, own): (MeasureId, MeasureId), of: &dyn Fn(u32) -> Sums| Part {
        measure,
        own,
        max,
        values: roll.values(max, of),
        sums: roll.groups().map(of).collect(),
    };
    let tasks = (0_u16..).zip(&tally.exam.tasks).filter_map(|(task, definition)| {
        let max = definition.max.filter(|max| *max != 0)?;
        Some(part(max.into(), (MeasureId::task(&definition.id), MeasureId::TaskOwn(definition.id.clone())), &|group| {
            on_task(tally, group, task)
        }))
    });
    let skills = (0_u16..).zip(&tally.skills).filter_map(|(skill, title)| {
        let max = usual_maximum(tally, skill)?;
        Some(part(max.into(), (MeasureId::skill(title), MeasureId::SkillOwn(title.clone())), &|group| {
            on_skill(tally, group, skill, max)
        }))
    });
    let (tasks, skills): (Vec<Part>, Vec<Part>) = (tasks.collect(), skills.collect());
    let mut rows = rows_of(city, &tasks, "municipality-task");
    rows.extend(rows_of(city, &skills, "municipality-skill"));
    rows
}

/// Two rows for every part; what can be compared with nobody has none.
fn rows_of(city: &City<'_>, parts: &[Part], sign: &str) -> Vec<ComparisonRow> {
    let compared = parts.iter().map(|part| {
        let sides = sides(city, &part.values, &part.sums, part.max == 1);
        let plain = against_the_rest(city, (&part.measure, part.max), &sides);
        (plain, sides)
    });
    let compared: Vec<(ComparisonRow, Sides)> =
        compared.filter(|(row, _)| row.n_reference != 0 && row.n != 0).collect();
    let references: Vec<(&MeasureId, f64)> = compared
        .iter()
        .filter_map(|(row, _)| Some((&row.measure, row.reference.filter(|_| row.method == "published")?.0)))
        .collect();
    let mut rows = Vec::new();
    for (plain, sides) in &compared {
        let Some(place) = parts.iter().position(|part| part.measure == plain.measure) else { continue };
        let mut own = against_the_others(city, parts, place, (plain, sides), &references);
        if own.p.is_some() && own.state.is_tested() {
            own.family = format!("{sign}-{}", city.tally.exam.id());
        }
        rows.push(ComparisonRow {
            state: srez_model::check::CheckState::NotTested,
            reason: if plain.reason.is_empty() { TOGETHER.to_owned() } else { plain.reason.clone() },
            ..plain.clone()
        });
        rows.push(own);
    }
    rows
}

/// The plain difference is shown with its interval; what is judged is the one against the other tasks.
const TOGETHER: &str = "проверяется отличие от остальных заданий или умений работы";

/// A part less the mean of the other parts of the school.
fn against_the_others(
    city: &City<'_>,
    parts: &[Part],
    place: usize,
    (plain, sides): (&ComparisonRow, &Sides),
    references: &[(&MeasureId, f64)],
) -> ComparisonRow {
    let part = &parts[place];
    let mut row = ComparisonRow::new(Level::Municipality, city.name, part.own.clone());
    (row.n, row.n_reference) = (plain.n, plain.n_reference);
    row.reference_kind.clone_from(&plain.reference_kind);
    row.reference_group.clone_from(&plain.reference_group);
    let schools: Vec<Cluster> = (0..part.values.len()).map(|school| distance(parts, place, school)).collect();
    let side = |own: bool| {
        let mean = Mean::from_clusters(&city.side(&schools, own)).ok_or(FEW)?;
        if mean.effective < FEWEST_SCHOOLS { Err(FEW) } else { Ok(mean) }
    };
    let own = side(true);
    let percent = |value: f64| Some(Percent(100.0 * value));
    row.value = own.ok().and_then(|own| percent(own.value));
    let found = if references.is_empty() {
        side(false).and_then(|rest| {
            row.reference = percent(rest.value);
            Ok(Difference::between(&own?, &rest))
        })
    } else {
        given_distance(references, &part.measure).ok_or(INCOMPLETE).and_then(|distance| {
            row.reference = percent(distance);
            Difference::from_value(&own?, distance, as_f64(plain.n_reference)).ok_or(FEW)
        })
    };
    let method = if references.is_empty() { "schools" } else { "published" };
    fill(city.settings, &mut row, found.map_err(|why| sides.own_mean.err().unwrap_or(why)), method);
    row
}

const FEW: &str = "не проверяется: школ мало, чтобы судить об отдельном задании или умении";
const INCOMPLETE: &str = "не проверяется: проценты региона известны не по всем заданиям";

/// Of one school; of no weight where it has not the part, or nothing but it.
fn distance(parts: &[Part], place: usize, school: usize) -> Cluster {
    let of = |part: &Part| part.values.get(school).and_then(Group::together);
    let others: Vec<f64> = (0..parts.len())
        .filter(|other| *other != place)
        .filter_map(|other| of(&parts[other]))
        .map(|all| all.mean)
        .collect();
    let mean = others.iter().sum::<f64>() / as_f64(others.len() as u64);
    match of(&parts[place]) {
        Some(all) if !others.is_empty() => Cluster { value: all.mean - mean, weight: as_f64(all.n) },
        _ => Cluster { value: 0.0, weight: 0.0 },
    }
}

/// The same of what a report gives; none where it lacks the part, or gives no other.
fn given_distance(references: &[(&MeasureId, f64)], measure: &MeasureId) -> Option<f64> {
    let (_, own) = references.iter().find(|(name, _)| *name == measure)?;
    let others: Vec<f64> = references.iter().filter(|(name, _)| *name != measure).map(|(_, value)| *value).collect();
    (!others.is_empty()).then(|| (own - others.iter().sum::<f64>() / as_f64(others.len() as u64)) / 100.0)
}
