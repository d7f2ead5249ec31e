//! Completion of a skill against the school's own level: is it weak here, or is the school weak in everything.

use super::super::comparing::{Against, Circle, Counted, Question, Test, circles, row};
use super::super::complete_rows::points;
use super::super::settings::Settings;
use srez_model::compared::SKILL_OWN;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MeasureDefinition, SkillRow};
use srez_model::tally::Tally;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::student;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "own-level-comparison",
    title: "Выполнение умения в сравнении с собственным уровнем школы",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.p",
        "comparisons.q",
    ],
    unit: "п.п., вероятность",
    plain: "насколько умение у школы отстаёт от её же остальных заданий и как это отставание выглядит рядом с \
            другими школами",
    formula: "у участника d = доля баллов за задания умения − доля баллов за остальные задания; разность средних d \
              школы и остальных школ: T = разность / (S · √(1/n + 1/n остальных)), S — отклонение d внутри школ, p — \
              по распределению Стьюдента с N − I степенями свободы, I — число школ; q — поправка Бенджамини — Хохберга \
              по всем школам, работам и умениям процедуры за год; только полные работы",
    degenerate: "умение — вся работа, школ меньше 3, степеней свободы меньше 30, d у всех одинакова, \
                 неполных работ больше одной на двадцать полных — не вычисляется; меньше — учтены приближённо",
    source: "парное сравнение, Student 1908; Benjamini, Hochberg 1995",
};

/// At most one incomplete row per this many complete ones is accepted as an approximation.
const GREATEST_LOOSE: u64 = 20;
/// Fewest schools and degrees of freedom.
const FEWEST: (usize, u64) = (3, 30);

/// Sums of a school over its complete rows.
#[derive(Clone, Copy, Default)]
struct School<'a> {
    name: &'a str,
    n: u64,
    /// Points on the skill; scaled to the number of complete rows if some rows are complete only in the skill.
    skill: f64,
    total: u64,
}

/// Pooled sums over the schools for the pairs (points on the skill, total).
#[derive(Clone, Copy, Default)]
struct Pairs {
    /// Squares of the points on the skill, scaled likewise.
    squares: f64,
    /// Rows that are complete in the skill but not in the whole; complete rows.
    loose: u64,
    n: u64,
}

impl Pairs {
    /// Why the pairs are not known well enough; empty if they are.
    fn unknown(self) -> &'static str {
        if self.n < GREATEST_LOOSE * self.loose {
            "не вычисляется: много неполных работ"
        } else {
            ""
        }
    }
}

/// The difference d of one participant is `a·skill − b·total`.
#[derive(Clone, Copy)]
struct Weights {
    a: f64,
    b: f64,
}

impl Weights {
    /// Sum of d.
    fn sum(self, school: &School<'_>) -> f64 {
        self.a * school.skill - self.b * as_f64(school.total)
    }
}

/// Rows of the schools, one per skill that is not the whole work.
pub(crate) fn rows(settings: &Settings, tally: &Tally, skills: &[SkillRow]) -> Vec<ComparisonRow> {
    let of_skills = (0_u16..).zip(&tally.skills).filter_map(|(skill, title)| {
        let gate = skills.iter().find(|row| row.level == Level::All && row.skill == skill)?;
        rows_of(settings, tally, skill, title, gate)
    });
    of_skills.flatten().collect()
}

fn rows_of(settings: &Settings, tally: &Tally, skill: u16, title: &str, gate: &SkillRow) -> Option<Vec<ComparisonRow>> {
    let tasks = tally.skill_tasks.get(usize::from(skill))?;
    let max_of = |task: u16| tally.exam.tasks.get(usize::from(task)).and_then(|task| task.max).map(u64::from);
    let max: u64 = tasks.iter().map(|task| max_of(*task)).sum::<Option<u64>>()?;
    let whole = u64::from(tally.exam.sum_of_maxima()?);
    if max == 0 || whole <= max {
        return None;
    }
    let rest = as_f64(whole - max);
    let weights = Weights { a: 1.0 / as_f64(max) + 1.0 / rest, b: 1.0 / rest };
    let (schools, pairs) = schools(tally, skill, max);
    let names: Vec<&str> = schools.iter().map(|school| school.name).collect();
    let deviation = match pairs.unknown() {
        "" => deviation(tally, tasks, &schools, pairs.squares, weights)
            .ok_or("не вычисляется: школ или работ мало либо разности у всех одинаковы"),
        why => Err(why),
    };
    let rows = circles(settings, &names, false).into_iter().flat_map(|circle| {
        let question = |name| Question {
            level: Level::School,
            group: name,
            measure: format!("{SKILL_OWN}{title}"),
            sign: "S01b",
            fewest: settings.thresholds.value("S01.participants"),
            max: 1,
            closed: if gate.reportable { "" } else { gate.reason.as_str() },
        };
        let row = |place: &usize| {
            let school = &schools[*place];
            let about = (school, &schools[..]);
            let mut row = compared(settings, tally, question(school.name), about, &circle, (weights, deviation));
            if row.p.is_some() && pairs.loose != 0 {
                row.reason = super::super::reason::join([&*row.reason, "неполные работы учтены приближённо"]);
            }
            row
        };
        circle.asked.iter().map(row).collect::<Vec<ComparisonRow>>()
    });
    Some(rows.collect())
}

fn compared(
    settings: &Settings,
    tally: &Tally,
    question: Question<'_>,
    (own, schools): (&School<'_>, &[School<'_>]),
    circle: &Circle,
    (weights, deviation): (Weights, Result<(f64, f64), &'static str>),
) -> ComparisonRow {
    let others = circle.members.iter().filter_map(|place| schools.get(*place)).filter(|school| school.name != own.name);
    let (n, sum) = others.fold((0, 0.0), |(n, sum), school| (n + school.n, sum + weights.sum(school)));
    let mean = weights.sum(own) / as_f64(own.n);
    let mean_of_others = (n != 0).then(|| sum / as_f64(n));
    let test = deviation.and_then(|(deviation, degrees)| {
        let difference = mean - mean_of_others.ok_or(super::super::comparing::NOBODY)?;
        let error = deviation * (1.0 / as_f64(own.n) + 1.0 / as_f64(n)).sqrt();
        Ok(Test { method: "paired", p: student::two_sided(difference / error, degrees), attainable: None })
    });
    let against = Against { group: &circle.group, kind: circle.kind, counted: Counted { k: 0, n } };
    let mut row = row(settings, tally, question, Counted { k: 0, n: own.n }, &against, test);
    row.value = Some(Percent(100.0 * mean));
    row.reference = mean_of_others.map(|mean| Percent(100.0 * mean));
    row.deviation = None;
    row
}

/// Schools with complete rows, and the pooled sums of the pairs.
fn schools(tally: &Tally, skill: u16, max: u64) -> (Vec<School<'_>>, Pairs) {
    let (mut schools, mut pairs) = (Vec::new(), Pairs::default());
    for (index, group) in (0_u32..).zip(&tally.groups).filter(|(_, group)| group.level == Level::School) {
        let mut school = School { name: &group.name, ..School::default() };
        for cell in tally.participants_of(index).iter().filter(|cell| cell.stratum.complete) {
            let Ok(total) = u64::try_from(cell.stratum.total) else { continue };
            school.n += u64::from(cell.n);
            school.total += total * u64::from(cell.n);
        }
        let (mut rows, mut points, mut squares) = (0, 0, 0);
        for cell in tally.skills_of(index, skill).iter().filter(|cell| u64::from(cell.max_sum) == max) {
            let own = u64::from(cell.sum);
            rows += u64::from(cell.n);
            points += own * u64::from(cell.n);
            squares += own * own * u64::from(cell.n);
        }
        if school.n != 0 && rows != 0 {
            let scale = as_f64(school.n) / as_f64(rows);
            school.skill = as_f64(points) * scale;
            pairs.squares += as_f64(squares) * scale;
            pairs.loose += rows.abs_diff(school.n);
            pairs.n += school.n;
            schools.push(school);
        }
    }
    (schools, pairs)
}

/// Deviation of d within the schools and its degrees of freedom.
fn deviation(
    tally: &Tally,
    tasks: &[u16],
    schools: &[School<'_>],
    skill_squares: f64,
    weights: Weights,
) -> Option<(f64, f64)> {
    let all = tally.group(Level::All, "")?;
    let (mut products, mut total_squares) = (0, 0);
    for cell in tally.participants_of(all).iter().filter(|cell| cell.stratum.complete) {
        let Ok(total) = u64::try_from(cell.stratum.total) else { continue };
        total_squares += total * total * u64::from(cell.n);
    }
    for cell in tasks.iter().flat_map(|task| tally.outcomes_of(all, *task)).filter(|cell| cell.stratum.complete) {
        let (Some(points), Ok(total)) = (points(cell.outcome), u64::try_from(cell.stratum.total)) else { continue };
        products += points * total * u64::from(cell.n);
    }
    let n: u64 = schools.iter().map(|school| school.n).sum();
    let degrees = n.checked_sub(schools.len() as u64)?;
    if schools.len() < FEWEST.0 || degrees < FEWEST.1 {
        return None;
    }
    let Weights { a, b } = weights;
    let squares = a * a * skill_squares - 2.0 * a * b * as_f64(products) + b * b * as_f64(total_squares);
    let between: f64 = schools.iter().map(|school| weights.sum(school).powi(2) / as_f64(school.n)).sum();
    let variance = (squares - between) / as_f64(degrees);
    (variance > 1e-9).then(|| (variance.sqrt(), as_f64(degrees)))
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::{Pupil, count, exam, settings};
    use super::super::skill_completion;
    use super::rows;
    use srez_model::assessment::Scale;
    use srez_model::tally::{SkillCount, Tally};

    /// Three schools; the skill is the first task.
    fn tally(points: &[(&str, [u8; 2])]) -> Tally {
        let pupils: Vec<Pupil> = points
            .iter()
            .map(|(school, points)| Pupil {
                school: (*school).to_owned(),
                journal: None,
                points: points.to_vec(),
                result: 3,
            })
            .collect();
        let mut tally = count(exam(2026, &[1, 2], Scale::Unknown), &pupils, 0);
        tally.skill_tasks = vec![vec![0]];
        tally.skill_counts = Vec::new();
        for group in 0_u32..4 {
            for sum in 0_u32..2 {
                let name = tally.groups[group as usize].name.as_str();
                let own = points
                    .iter()
                    .filter(|(school, points)| (name.is_empty() || *school == name) && u32::from(points[0]) == sum);
                let n = u32::try_from(own.count()).unwrap();
                tally.skill_counts.push(SkillCount { group, skill: 0, sum, max_sum: 1, n });
            }
        }
        tally
    }

    #[test]
    fn the_gap_on_the_skill_is_set_against_the_gap_elsewhere() {
        let mut all = Vec::new();
        for place in 0..16_u8 {
            all.push(("1", [0, place % 3]));
            all.push(("2", [place % 2, place % 3]));
            all.push(("3", [u8::from(place % 4 != 0), place % 3]));
        }
        let tally = tally(&all);
        let found = rows(&settings(), &tally, &skill_completion::rows(&tally));
        // d is the first share less the second; plain loop over the pupils.
        let d = |(_, points): &(&str, [u8; 2])| f64::from(points[0]) - f64::from(points[1]) / 2.0;
        let of = |school: &str| all.iter().filter(|row| row.0 == school).map(d).collect::<Vec<f64>>();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let squares: f64 = ["1", "2", "3"]
            .iter()
            .map(|school| of(school).iter().map(|value| (value - mean(&of(school))).powi(2)).sum::<f64>())
            .sum();
        let others: Vec<f64> = [of("2"), of("3")].concat();
        let difference = mean(&of("1")) - mean(&others);
        let t = difference / ((squares / 45.0).sqrt() * (1.0 / 16.0 + 1.0 / 32.0_f64).sqrt());
        let row = found.iter().find(|row| row.group == "1").unwrap();
        assert!((row.value.unwrap().minus(row.reference.unwrap()).0 - 100.0 * difference).abs() < 1e-9);
        assert!((row.p.unwrap() - srez_statistics::student::two_sided(t, 45.0)).abs() < 1e-12, "{:?}", row.p);
        assert_eq!((row.method.as_str(), row.measure.as_str()), ("paired", "skill_own:содержание"));
    }
}
