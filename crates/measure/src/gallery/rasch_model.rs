//! Difficulty of the tasks by the Rasch and the partial credit model.

use super::super::complete_rows::points;
use super::super::reason;
use super::super::settings::Settings;
use srez_model::level::Level;
use srez_model::measures::{AbilityRow, ItemRow, MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::tally::Tally;
use srez_model::unit::as_f64;
use srez_statistics::partial_credit::{Ability, Answers, Obstacle, estimates};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "rasch-model",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Трудность заданий по модели Раша",
    columns: &["items.rasch", "items.rasch_se", "items.infit", "items.outfit", "abilities.ability", "abilities.se"],
    unit: "логит; отношение, ожидается 1",
    plain: "трудность заданий и подготовка участников на одной шкале; рядом — насколько ответы с этой шкалой \
            согласны",
    formula: "вероятность балла k пропорциональна exp(k·z − b_k), z — подготовка участника; при максимуме 1 — модель \
              Раша, больше 1 — модель частичных баллов, трудность — среднее её порогов; оценки условного наибольшего \
              правдоподобия, сумма трудностей 0; подготовка — та, при которой ожидаемый балл равен полученному; \
              согласие с моделью взвешенное и невзвешенное — средний квадрат отклонения балла от ожидаемого, со \
              взвешиванием и без; только полные работы, «X» — 0; работы с наименьшим и наибольшим возможным баллом не \
              участвуют",
    degenerate: "полных работ меньше {rasch.participants}, заданий с разбросом меньше двух, все или никто получили \
                 крайний балл за \
                 задание, максимум правдоподобия не достигается — не вычисляется",
    source: "Rasch 1960; Andersen 1972; Masters 1982; Wright, Masters 1982",
};

/// Fills the columns of the model, or says why they are empty; gives the abilities by primary score.
pub(crate) fn add(settings: &Settings, tally: &Tally, items: &mut [ItemRow]) -> Vec<AbilityRow> {
    let n = items.first().map_or(0, |item| item.n);
    if n == 0 {
        return Vec::new();
    }
    let found = if as_f64(n) < settings.thresholds.value("rasch.participants") {
        Err("модель Раша не вычисляется: мало полных работ")
    } else {
        estimates(&answers(tally)).map_err(|obstacle| match obstacle {
            Obstacle::NoSpread => "модель Раша не вычисляется: нет двух заданий с разбросом",
            Obstacle::Contradiction => "модель Раша не вычисляется: первичный балл не равен сумме баллов за задания",
            Obstacle::NoMaximum => "модель Раша не вычисляется: оценки не сходятся",
        })
    };
    for (place, item) in items.iter_mut().enumerate() {
        let of_item = match &found {
            Ok(found) => found
                .items
                .get(place)
                .copied()
                .flatten()
                .ok_or("модель Раша не вычисляется: крайний балл за задание никто не получил или получили все"),
            Err(why) => Err(*why),
        };
        match of_item {
            Ok(estimate) => {
                item.rasch = Some(estimate.location);
                item.rasch_se = Some(estimate.error);
                item.infit = Some(estimate.infit);
                item.outfit = Some(estimate.outfit);
            }
            Err(why) => item.reason = reason::join([item.reason.as_str(), why]),
        }
    }
    let abilities = found.map(|found| found.abilities).unwrap_or_default();
    let row = |one: Ability| {
        let score = u16::try_from(one.total).ok()?;
        Some(AbilityRow { score, n: one.n, ability: one.ability, error: one.error })
    };
    abilities.into_iter().filter_map(row).collect()
}

/// Complete rows by task, primary score and points.
fn answers(tally: &Tally) -> Answers {
    let Some(all) = tally.group(Level::All, "") else { return Answers::default() };
    let complete = tally.participants_of(all).iter().filter(|cell| cell.stratum.complete);
    let totals = complete.filter_map(|cell| cell.stratum.total).max().map_or(0, |max| usize::from(max) + 1);
    let of_task = |(task, definition): (u16, &srez_model::assessment::Task)| {
        let max = definition.max.map_or(0, usize::from);
        let mut counts = vec![vec![0; max + 1]; totals];
        for cell in tally.outcomes_of(all, task).iter().filter(|cell| cell.stratum.complete) {
            let (Some(points), Some(total)) = (points(cell.outcome), cell.stratum.total) else { continue };
            let points = usize::try_from(points).unwrap_or(0);
            if let Some(row) = counts.get_mut(usize::from(total)) {
                row.resize(row.len().max(points + 1), 0);
                row[points] += u64::from(cell.n);
            }
        }
        counts
    };
    Answers { counts: (0..).zip(&tally.exam.tasks).map(of_task).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::{Pupil, count, exam, settings};
    use super::super::super::measure;
    use srez_model::assessment::Scale;
    use srez_model::block::NOT_ATTEMPTED;

    fn pupils(n: usize) -> Vec<Pupil> {
        let points = |place: usize| match place % 5 {
            0 => vec![1, 0, NOT_ATTEMPTED],
            1 => vec![1, 1, 1],
            2 => vec![0, 1, 0],
            3 => vec![1, 0, 2],
            _ => vec![1, 1, 2],
        };
        (0..n).map(|place| Pupil { school: "1".to_owned(), journal: None, points: points(place), result: 3 }).collect()
    }

    #[test]
    fn the_number_of_rows_opens_the_model() {
        let of = |n| measure(&settings(), &count(exam(2026, &[1, 1, 2], Scale::Unknown), &pupils(n), 0)).items;
        let few = of(199);
        assert!(few.iter().all(|item| item.rasch.is_none() && item.reason.contains("мало полных работ")));
        let items = of(200);
        assert!(items.iter().all(|item| item.rasch.is_some() && item.rasch_se.is_some()), "{items:?}");
        assert!(items.iter().filter_map(|item| item.rasch).sum::<f64>().abs() < 1e-12);
        // Four of five solved the first task, three of five the second.
        assert!(items[0].rasch < items[1].rasch);
    }

    #[test]
    fn a_task_that_nobody_solved_has_a_reason() {
        let mut all = pupils(200);
        for pupil in &mut all {
            pupil.points.push(0);
        }
        let items = measure(&settings(), &count(exam(2026, &[1, 1, 2, 1], Scale::Unknown), &all, 0)).items;
        assert!(items[3].rasch.is_none() && items[3].reason.contains("крайний балл"), "{}", items[3].reason);
        assert!(items[..3].iter().all(|item| item.rasch.is_some()));
    }
}
