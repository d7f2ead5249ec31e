//! Completion of the tasks of a skill, and whether it allows a judgement about a school.

use super::super::complete_rows::points;
use super::super::reason;
use super::super::sub_score_gate::{self, Gate};
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, SkillRow};
use srez_model::tally::{SkillCount, Tally};
use srez_model::unit::{Percent, as_f64};
use srez_statistics::distinctness::{GroupSums, TotalSums};
use srez_statistics::wilson;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "skill-completion",
    title: "Процент выполнения заданий на умение",
    columns: &[
        "skills.pct",
        "skills.low",
        "skills.high",
        "skills.reportable",
        "skills.prmse_skill",
        "skills.prmse_total",
    ],
    unit: "%",
    plain: "набранные баллы за задания на умение в процентах от возможных; о школе по умению судят, только если \
            хватает заданий, баллов, участников и школ",
    formula: "сумма баллов за задания умения / сумма максимальных баллов за задания, которые предлагались, · 100 \
              (не среднее процентов заданий); интервал Уилсона 95 %, n — число участников; суждение о школе — если \
              заданий не меньше 2, баллов не меньше 4, участников не меньше 100, школ не меньше 10 и умение \
              говорит о школе больше, чем работа в целом (доля уменьшения среднего квадрата ошибки о среднем школы: по \
              умению и по работе в целом); неполные работы учтены в этом правиле приближённо",
    degenerate: "умение не читается ни у одного участника — не вычисляется; одно задание — «по одному заданию»",
    source: "практика; точность подшкалы: Haberman, Sinharay, Puhan 2009; числа порогов — правило программы",
};

/// One row per group and skill that some participant was tested on.
pub(crate) fn rows(tally: &Tally) -> Vec<SkillRow> {
    let gates: Vec<Gate> = (0_u16..).zip(&tally.skills).map(|(skill, _)| gate(tally, skill)).collect();
    let cells = tally.skill_counts.chunk_by(|left, right| (left.group, left.skill) == (right.group, right.skill));
    cells.filter_map(|cells| row(tally, &gates, cells)).collect()
}

fn row(tally: &Tally, gates: &[Gate], cells: &[SkillCount]) -> Option<SkillRow> {
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
    let gate = gates.get(place).cloned().unwrap_or_default();
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
        reductions: gate.reductions,
        reportable: gate.open && n != 0,
        reason: reason::join([if n == 0 { reason::NO_PARTICIPANTS } else { "" }, &gate.reason]),
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

/// Whether a school may be judged, and why not or with which reservation.
fn gate(tally: &Tally, skill: u16) -> Gate {
    let tasks = tally.skill_tasks.get(usize::from(skill)).map_or(&[][..], Vec::as_slice);
    let maxima: Option<u32> = tasks.iter().map(|task| max_of(tally, *task)).sum();
    let Some(max) = maxima else { return Gate::closed("максимальный балл неизвестен") };
    sub_score_gate::gate(tasks.len(), max, "умения", || sums(tally, skill, tasks, max))
}

fn max_of(tally: &Tally, task: u16) -> Option<u32> {
    tally.exam.tasks.get(usize::from(task)).and_then(|task| task.max).map(u32::from)
}

/// Sums of every school over complete rows: the whole is exact; if a school has rows that are complete in the skill but
/// not in the whole, its part is taken from the former and scaled to the number of the latter.
fn sums(tally: &Tally, skill: u16, tasks: &[u16], max: u32) -> (Vec<GroupSums>, TotalSums) {
    let mut groups = Vec::new();
    let mut total = TotalSums::default();
    for (index, _) in (0_u32..).zip(&tally.groups).filter(|(_, group)| group.level == Level::School) {
        let (mut n, mut whole, mut whole_squares) = (0, 0, 0);
        for cell in tally.participants_of(index).iter().filter(|cell| cell.stratum.complete) {
            let Ok(score) = u64::try_from(cell.stratum.total) else { continue };
            n += u64::from(cell.n);
            whole += score * u64::from(cell.n);
            whole_squares += score * score * u64::from(cell.n);
        }
        let (mut n_part, mut part, mut part_squares) = (0, 0, 0);
        for cell in tally.skills_of(index, skill).iter().filter(|cell| cell.max_sum == max) {
            let points = u64::from(cell.sum);
            n_part += u64::from(cell.n);
            part += points * u64::from(cell.n);
            part_squares += points * points * u64::from(cell.n);
        }
        if n != 0 && n_part != 0 {
            let scale = as_f64(n) / as_f64(n_part);
            groups.push(GroupSums { n: as_f64(n), part: as_f64(part) * scale, whole: as_f64(whole) });
            total.whole_squares += as_f64(whole_squares);
            total.part_squares += as_f64(part_squares) * scale;
        }
    }
    total.products = products(tally, tasks);
    (groups, total)
}

/// Σ points · total over complete rows of the whole exam.
fn products(tally: &Tally, tasks: &[u16]) -> f64 {
    let Some(all) = tally.group(Level::All, "") else { return 0.0 };
    let mut products = 0;
    for task in tasks {
        for cell in tally.outcomes_of(all, *task).iter().filter(|cell| cell.stratum.complete) {
            let (Some(points), Ok(total)) = (points(cell.outcome), u64::try_from(cell.stratum.total)) else { continue };
            products += points * total * u64::from(cell.n);
        }
    }
    as_f64(products)
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
        let found = &rows(&tally)[0];
        assert_eq!((found.sum, found.max_sum, found.pct.unwrap().value.0), (17, 40, 42.5));
        assert!((found.pct.unwrap().low.0 - 18.46).abs() < 0.005);
        assert!(!found.reportable && found.reason.contains("меньше 100 участников"));
    }
}
