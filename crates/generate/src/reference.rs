//! Shares of marks of country and region, which the district is compared with.

use super::Settings;
use super::district::{District, HOME, REGION};
use super::forms::mark_statistics::Line;
use super::sitting::{Sitting, response_model, result};
use super::stream::stream;
use rand::RngExt;
use rand_distr::StandardNormal;

/// Number of pupils drawn to find the shares of a wide group.
const DRAWN: u32 = 3_000;

/// Lines of «Статистика по отметкам»: country, region, municipality, its schools.
pub(crate) fn lines(settings: &Settings, district: &District, sitting: &Sitting) -> Vec<Line> {
    let home: Vec<_> = sitting.schools().into_iter().filter(|school| district.schools[*school].is_home()).collect();
    let mut lines = vec![
        Line {
            name: "Вся выборка".to_owned(),
            schools: Some(35_589),
            counts: wide(settings, sitting, 0.12, 1_412_306),
        },
        Line { name: REGION.to_owned(), schools: Some(512), counts: wide(settings, sitting, 0.04, 27_118) },
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

/// Counts of marks in a wide group of `n` participants that is `effect` logits above the usual.
fn wide(settings: &Settings, sitting: &Sitting, effect: f64, n: u32) -> [u32; 4] {
    let exam = &sitting.exam;
    let model = response_model(settings, exam);
    let mut random = stream(settings.seed, &format!("wide-{}-{n}", exam.id()));
    let mut drawn = [0_u32; 4];
    for _ in 0..DRAWN {
        let ability = effect + 1.15 * random.sample::<f64, _>(StandardNormal);
        let points = model.respond(ability, &|_| 0.0, &mut random);
        let mark = result(exam, &points, points.iter().flatten().sum());
        drawn[usize::from(mark) - 2] += 1;
    }
    let share = |count: u32| u32::try_from(u64::from(count) * u64::from(n) / u64::from(DRAWN)).unwrap_or(0);
    let mut counts = drawn.map(share);
    counts[2] += n - counts.iter().sum::<u32>();
    counts
}
