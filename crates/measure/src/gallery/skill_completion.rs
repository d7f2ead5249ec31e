//! Completion of the tasks of a skill.

use super::super::reason;
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, MeasuredOf, SkillRow, ToldIn};
use srez_model::tally::{SkillCount, Tally};
use srez_model::unit::{Percent, as_f64};
use srez_statistics::wilson;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "skill-completion",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Процент выполнения заданий на умение",
    columns: &["skills.pct", "skills.low", "skills.high"],
    unit: "%",
    plain: "набранные баллы за задания на умение в процентах от возможных",
    formula: "сумма баллов за задания умения / сумма максимальных баллов за задания, которые предлагались, · 100 \
              (не среднее процентов заданий); интервал Уилсона 95 %, n — число участников; если умение \
              проверяют на несколько баллов, у школы вместо n — эффективное число участников с учётом разброса баллов \
              и классов, у муниципалитета интервал по школам, как в сравнении муниципалитета с регионом",
    degenerate: "умение не читается ни у одного участника — не вычисляется; разброс внутри классов не вычисляется — \
                 интервал школы без учёта классов",
    source: "практика; интервал школы: Korn, Graubard 1998",
};

/// One row per group and skill that some participant was tested on; those of classes apart.
pub(crate) fn rows(tally: &Tally) -> (Vec<SkillRow>, Vec<SkillRow>) {
    let cells = tally.skill_counts.chunk_by(|left, right| (left.group, left.skill) == (right.group, right.skill));
    cells.filter_map(|cells| row(tally, cells)).partition(|row| row.level != Level::Class)
}

fn row(tally: &Tally, cells: &[SkillCount]) -> Option<SkillRow> {
    let first = cells.first()?;
    let group = tally.groups.get(first.group as usize)?;
    let place = usize::from(first.skill);
    let (mut n, mut sum, mut max_sum) = (0, 0, 0);
    for cell in cells.iter().filter(|cell| cell.max_sum != 0) {
        n += u64::from(cell.n);
        sum += u64::from(cell.sum) * u64::from(cell.n);
        max_sum += u64::from(cell.max_sum) * u64::from(cell.n);
    }
    let pct = Percent::of(sum, max_sum).and_then(|value| wilson::around(value, n));
    Some(SkillRow {
        level: group.level,
        group: group.name.clone(),
        skill: first.skill,
        title: tally.skills.get(place)?.clone(),
        tasks: u16::try_from(tally.skill_tasks.get(place)?.len()).unwrap_or(u16::MAX),
        n,
        sum,
        max_sum,
        pct,
        sd: deviation(cells, pct.map(|pct| pct.value.0), n),
        reason: if n == 0 { reason::NO_PARTICIPANTS.to_owned() } else { String::new() },
    })
}

/// Standard deviation of the pupils' completions around that of the group, percent.
fn deviation(cells: &[SkillCount], pct: Option<f64>, n: u64) -> Option<f64> {
    let (pct, degrees) = (pct?, n.checked_sub(1).filter(|degrees| *degrees != 0)?);
    let square = |cell: &SkillCount| {
        let own = 100.0 * f64::from(cell.sum) / f64::from(cell.max_sum);
        f64::from(cell.n) * (own - pct).powi(2)
    };
    let squares: f64 = cells.iter().filter(|cell| cell.max_sum != 0).map(square).sum();
    Some((squares / as_f64(degrees)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::{Case, tally};
    use super::rows;

    #[test]
    fn a_skill_is_not_the_mean_of_its_tasks() {
        // m = 1: 8 of 10; m = 3: 9 of 30.
        let points: Vec<Vec<Option<u8>>> =
            (0..10_u8).map(|place| vec![Some(u8::from(place < 8)), Some(if place < 3 { 3 } else { 0 })]).collect();
        let case = Case { maxima: vec![1, 3], rows: points.into_iter().map(|row| (None, row, Some(3))).collect() };
        let mut tally = tally(&case);
        tally.skills = vec!["читать графики".to_owned()];
        tally.skill_tasks = vec![vec![0, 1]];
        let found = &rows(&tally).0[0];
        assert_eq!((found.sum, found.max_sum, found.pct.unwrap().value.0), (17, 40, 42.5));
        assert!((found.pct.unwrap().low.0 - 18.46).abs() < 0.005);
    }
}
