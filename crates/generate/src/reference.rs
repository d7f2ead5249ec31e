//! Shares of marks of country and region, which the district is compared with.

use super::Settings;
use super::district::{District, HOME, REGION};
use super::forms::mark_statistics::Line;
use super::grid::{Grid, Value};
use super::sitting::{Sitting, response_model, result};
use super::stream::stream;
use rand::RngExt;
use rand_distr::StandardNormal;
use srez_model::assessment::Paper;

/// Number of pupils drawn to find the shares of a wide group.
const DRAWN: u32 = 3_000;

/// Lines of «Статистика по отметкам»: country, region, municipality, its schools.
pub(crate) fn lines(settings: &Settings, district: &District, sitting: &Sitting) -> Vec<Line> {
    let home: Vec<_> = sitting.schools().into_iter().filter(|school| district.schools[*school].is_home()).collect();
    let [country, region] = wide_groups(settings, sitting);
    let mut lines = vec![
        Line {
            name: "Вся выборка".to_owned(),
            schools: Some(country.schools),
            counts: wide(settings, sitting, &country),
        },
        Line { name: REGION.to_owned(), schools: Some(region.schools), counts: wide(settings, sitting, &region) },
    ];
    let mut schools = Vec::new();
    let mut all = [0; 4];
    for school in &home {
        let mut counts = [0; 4];
        for outcome in sitting.school_outcomes(*school).iter().filter(|outcome| !outcome.absent) {
            counts[usize::from(outcome.result) - 2] += 1;
        }
        for (sum, count) in all.iter_mut().zip(counts) {
            *sum += count;
        }
        schools.push(Line { name: district.schools[*school].name_with_login(), schools: None, counts });
    }
    let n = u32::try_from(home.len()).ok();
    lines.push(Line { name: format!("{HOME}(reg99_m010)"), schools: n, counts: all });
    lines.extend(schools);
    lines
}

/// Completion of the tasks as a report of the region tells it: one row per task, region before country.
pub(crate) fn task_grid(settings: &Settings, sitting: &Sitting) -> Grid {
    let exam = &sitting.exam;
    let groups = wide_groups(settings, sitting);
    let mut grid = Grid::new("Задания");
    grid.push_texts(&[&format!(
        "ВПР {}. {}, {} класс. Выполнение заданий",
        exam.key.year, exam.subject_title, exam.key.grade
    )]);
    grid.push_texts(&["Задание", "Регион, %", "Участников в регионе", "Россия, %", "Участников в России"]);
    let [country, region] = groups.map(|group| (group.participants, completion(settings, sitting, &group)));
    for (place, task) in exam.tasks.iter().enumerate() {
        let of = |(n, shares): &(u32, Vec<f64>)| [Value::from(shares[place]), Value::from(*n)];
        grid.push(std::iter::once(Value::from(task.id.clone())).chain(of(&region)).chain(of(&country)).collect());
    }
    grid
}

/// Completion of each task in a wide group, percent with one decimal.
fn completion(settings: &Settings, sitting: &Sitting, group: &WideGroup) -> Vec<f64> {
    let exam = &sitting.exam;
    let model = response_model(settings, exam);
    let mut random = stream(settings.seed, &format!("wide-tasks-{}-{}", exam.id(), group.participants));
    let mut sums = vec![0_u32; exam.tasks.len()];
    for _ in 0..DRAWN {
        let ability = group.effect + 1.15 * random.sample::<f64, _>(StandardNormal);
        for (sum, points) in sums.iter_mut().zip(model.respond(ability, &|_| 0.0, &mut random)) {
            *sum += u32::from(points.unwrap_or(0));
        }
    }
    let percent =
        |(sum, max): (u32, u16)| (1_000.0 * f64::from(sum) / (f64::from(DRAWN) * f64::from(max))).round() / 10.0;
    sums.into_iter().zip(exam.tasks.iter().map(|task| task.max.unwrap_or(1))).map(percent).collect()
}

/// A group much wider than the district.
struct WideGroup {
    schools: u32,
    participants: u32,
    /// How far it is above the usual, in logits.
    effect: f64,
}

/// Country and region in an exam. How far they are above the usual, and how many wrote, differs from work to work; over
/// the years a work keeps its distance.
fn wide_groups(settings: &Settings, sitting: &Sitting) -> [WideGroup; 2] {
    let key = &sitting.exam.key;
    let mut of_work = stream(settings.seed, &format!("reference-{}", key.id_without_year()));
    // Who learns a subject at the advanced level is stronger in it everywhere.
    let usual = if key.paper == Paper::Advanced { 0.7 } else { 0.12 };
    let country: f64 = usual + 0.2 * of_work.sample::<f64, _>(StandardNormal);
    let region = country - 0.08 + 0.15 * of_work.sample::<f64, _>(StandardNormal);
    let mut of_year = stream(settings.seed, &format!("reference-{}", sitting.exam.id()));
    // A work that is written by choice of the class has fewer participants than one that everybody writes.
    let classes = match (key.paper, key.grade) {
        (Paper::Advanced, _) => 0.04,
        (_, 7 | 8) if key.subject != "math" => 0.45,
        _ => 1.0,
    };
    let part = classes * (0.9 + 0.2 * of_year.random::<f64>());
    let share = |whole: f64, part: f64| (whole * part).round() as u32;
    [
        WideGroup { schools: share(35_589.0, part.min(1.0)), participants: share(1_412_306.0, part), effect: country },
        WideGroup { schools: share(512.0, part.min(1.0)), participants: share(27_118.0, part), effect: region },
    ]
}

/// Counts of marks in a wide group.
fn wide(settings: &Settings, sitting: &Sitting, group: &WideGroup) -> [u32; 4] {
    let exam = &sitting.exam;
    let n = group.participants;
    let model = response_model(settings, exam);
    let mut random = stream(settings.seed, &format!("wide-{}-{n}", exam.id()));
    let mut drawn = [0_u32; 4];
    for _ in 0..DRAWN {
        let ability = group.effect + 1.15 * random.sample::<f64, _>(StandardNormal);
        let points = model.respond(ability, &|_| 0.0, &mut random);
        let mark = result(exam, &points, points.iter().flatten().sum());
        drawn[usize::from(mark) - 2] += 1;
    }
    let share = |count: u32| u32::try_from(u64::from(count) * u64::from(n) / u64::from(DRAWN)).unwrap_or(0);
    let mut counts = drawn.map(share);
    counts[2] += n - counts.iter().sum::<u32>();
    counts
}
