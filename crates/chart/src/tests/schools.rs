//! The schools of the made-up home municipality: names of all lengths, results of all sizes.

use super::HOME;
use super::made_up::interval;
use super::shapes::Shape;
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::*;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use std::collections::BTreeMap;

/// Schools of the made-up home, in the order of its register, with names of all lengths.
pub(super) fn names() -> (Vec<String>, BTreeMap<String, String>) {
    let names = ["Гимназия № 2", "СОШ № 5", "Еловская ООШ", "", "Верхнекраснопартизанская СОШ имени Героев Труда № 7"];
    let of = |place: usize| (format!("edu99{place:04}"), names[place % names.len()].to_owned());
    ((0..15).map(|place| of(place).0).collect(), (0..15).map(of).collect())
}

/// Skills of every group and comparisons of the schools: strong, weak, small and not judged.
#[expect(clippy::too_many_lines, reason = "the tables of fifteen made-up schools, in the order of the model")]
pub(super) fn add(measures: &mut Measures, shape: &Shape) {
    const SKILLS: [&str; 3] = ["вычисления", "функции и графики на координатной плоскости", "геометрия"];
    let skill = |level, group: &str, skill: u16, n: u64, share: f64| SkillRow {
        level,
        group: group.to_owned(),
        skill,
        title: SKILLS[usize::from(skill)].to_owned(),
        tasks: 3,
        n,
        sum: 0,
        max_sum: 0,
        sd: None,
        pct: (n != 0).then(|| interval(share, n)),
        reason: String::new(),
    };
    for (level, group) in [(Level::All, ""), (Level::Municipality, HOME)] {
        measures
            .skills
            .extend((0..3).map(|number| skill(level, group, number, shape.n, 55.0 - 9.0 * f64::from(number))));
    }
    for (place, school) in names().0.iter().enumerate() {
        let n = (shape.n / 12).saturating_sub(5 * place as u64);
        let share = (28.0 + 4.0 * as_f64(place as u64)).min(97.0);
        for number in 0..3 {
            measures.skills.push(skill(Level::School, school, number, n, share));
        }
        for measure in [MeasureId::Total, MeasureId::ShareOfTwo, MeasureId::skill(SKILLS[0])] {
            let gap = 0.8 * (share - 52.0);
            let spread = 60.0 / as_f64(n.max(4)).sqrt();
            measures.comparisons.push(ComparisonRow {
                n,
                value: (n != 0).then_some(Percent(share)),
                value_interval: None,
                reference: Some(Percent(52.0)),
                reference_group: HOME.to_owned(),
                reference_kind: "others".to_owned(),
                n_reference: shape.n,
                gap: (place % 5 != 0).then_some(PercentagePoints(gap)),
                low: (place % 5 != 0).then_some(PercentagePoints(gap - spread)),
                high: (place % 5 != 0).then_some(PercentagePoints(gap + spread)),
                state: CheckState::ALL[place % 4],
                ..ComparisonRow::new(Level::School, school, measure.clone())
            });
        }
        let marks = MarksRow {
            level: Level::School,
            group: school.clone(),
            n,
            n_absent: None,
            by_mark: [n, 0, 0, 0],
            n_without_mark: 0,
            mean_mark: None,
            pass: None,
            quality: None,
            sou: None,
            mean_score: None,
            sd_score: Some(3.4),
            reason: String::new(),
        };
        measures.marks.push(marks);
    }
    add_curves_and_limits(measures, shape);
}

/// Curves of every task and limits of the schools' shares.
fn add_curves_and_limits(measures: &mut Measures, shape: &Shape) {
    for task in 0..shape.tasks {
        measures.items.push(ItemRow {
            task,
            n: shape.n,
            difficulty: None,
            sd: None,
            item_total: None,
            item_rest: Some(0.3),
            d27: None,
            alpha_drop: None,
            rasch: (shape.n != 0).then(|| 4.0 * f64::from(task) / f64::from(shape.tasks) - 2.0),
            rasch_se: None,
            infit: None,
            outfit: None,
            reason: String::new(),
        });
        measures.curves.extend((0..=shape.tasks / 3).map(|step| CurveRow {
            task,
            score_low: 3 * step,
            score_high: (3 * step + 2).min(shape.tasks),
            n: shape.n / 8,
            sum: 0,
            pct: (shape.n != 0).then(|| Percent((f64::from(step) * 300.0 / f64::from(shape.tasks)).min(100.0))),
        }));
    }
    measures.abilities.extend((1..shape.tasks).filter(|_| shape.n != 0).map(|score| AbilityRow {
        score,
        n: 1 + shape.n / 20,
        ability: 6.0 * f64::from(score) / f64::from(shape.tasks) - 3.0,
        error: 0.5,
    }));
    let around = |n: u64, z: f64| {
        let half = z * 21.0 / as_f64(n).sqrt() * 2.0;
        (Percent((21.0 - half).max(0.0)), Percent(21.0 + half))
    };
    measures.funnels.extend((0..15).map(|place| (shape.n / 12).saturating_sub(5 * place)).filter(|n| *n != 0).map(
        |n| {
            let group = if shape.home { HOME.to_owned() } else { String::new() };
            let (measure, centre) = (MeasureId::ShareOfTwo, Percent(21.0));
            FunnelRow {
                measure,
                group,
                schools: 15,
                n,
                centre,
                by_chance: around(n, 1.0),
                among_schools: Some(around(n, 1.6)),
            }
        },
    ));
}
