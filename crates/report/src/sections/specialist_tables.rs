//! Tables for a specialist, in the workbook alone: how the tasks measure, and tasks that are harder for one group.

use super::{other, section};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::measures::{DifRow, ItemRow};
use srez_model::report::{Align, Block, Cell, Section};
use srez_wording::{number as print, rule};

/// What documents print in place of a number that they must not show.
const NOT_COMPUTED: &str = "не вычисляется";

/// The annex of the workbook: one section per exam.
pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_exam = |chapter: &Chapter<'_>| {
        let blocks: Vec<Block> = [items(chapter), functioning(context, chapter)].into_iter().flatten().collect();
        // With several grades the sheets are told apart by the grade, as those of the chapters are.
        let several = chapters.len() > 1;
        let title = if several {
            chapter.measures.exam.grade_title()
        } else {
            "Таблицы для специалиста".to_owned()
        };
        (!blocks.is_empty()).then(|| Section { annex: true, ..section(&title, true, blocks) })
    };
    chapters.iter().filter_map(of_exam).collect()
}

/// «items_vpr_2026_math_8»: the name of a table of an exam.
fn name(kind: &str, chapter: &Chapter<'_>) -> String {
    format!("{kind}_{}", chapter.measures.exam.id().replace('-', "_"))
}

fn computed(value: Option<f64>, decimals: u8) -> Cell {
    value.map_or_else(|| Cell::Text(NOT_COMPUTED.to_owned()), |value| Cell::number(value, decimals))
}

fn items(chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    if measures.items.is_empty() {
        return None;
    }
    let max = |item: &ItemRow| measures.exam.tasks.get(usize::from(item.task)).and_then(|task| task.max);
    // The table of data keeps the bare number; here it stands only where its groups are apart.
    let extremes = |item: &ItemRow| item.d27.filter(|_| !item.reason.contains("верхних и нижних 27"));
    let table = TableOf::new(&measures.items)
        .text("№", 0.7, |item| chapter.task_id(item.task).to_owned())
        .number("Макс.", 1.0, |item| max(item).map_or(Cell::Missing, |max| Cell::count(max.into())))
        .count("Работ", 1.0, |item| item.n)
        .number("Трудность", 1.0, |item| computed(item.difficulty, 2))
        .number("Отклонение", 1.0, |item| computed(item.sd, 2))
        .number("Корреляция с баллом", 1.0, |item| computed(item.item_total, 2))
        .number("Корреляция с баллом без задания", 1.0, |item| computed(item.item_rest, 2))
        .number("Разность 27 %", 1.0, |item| computed(extremes(item), 2))
        .number("Альфа без задания", 1.0, |item| computed(item.alpha_drop, 2))
        .number("Трудность по Рашу, логит", 1.0, |item| computed(item.rasch, 2))
        .number("Её ошибка", 1.0, |item| computed(item.rasch_se, 2))
        .number("Согласие взвешенное", 1.0, |item| computed(item.infit, 2))
        .number("Согласие невзвешенное", 1.0, |item| computed(item.outfit, 2))
        .text("Примечание", 3.0, |item| item.reason.clone());
    let of_work = &measures.reliability;
    let alpha = of_work.alpha.map_or_else(
        || format!("Надёжность работы не вычисляется: {}.", of_work.reason),
        |alpha| {
            let interval = of_work
                .alpha_interval
                .map_or_else(String::new, |(low, high)| format!(" ({})", print::range(low, high, 2)));
            let error = of_work.sem.map_or_else(String::new, |sem| {
                format!(", стандартная ошибка измерения {} балла", print::decimal(sem, 1))
            });
            format!("Альфа Кронбаха {}{interval}{error}.", print::decimal(alpha, 2))
        },
    );
    let note = format!("{alpha} Только полные работы всех школ прогона; «X» считается нулём. Формулы — в методике.");
    let caption = format!("Статистика заданий, {}", measures.exam.title());
    Some(table.named(&name("items", chapter), caption, note))
}

/// Tasks of class B or C, or of several points with a small q, by contrast.
fn functioning(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    if measures.dif.iter().all(|row| row.effect.is_none()) {
        return None;
    }
    // The class tells the size; that a task is named at all is decided like everywhere, by q.
    let limit = context.thresholds.value("tests.q");
    let is_named = |row: &&DifRow| row.class != Some('A') && row.q.is_some_and(|q| 100.0 * q <= limit);
    let table = TableOf::new(measures.dif.iter().filter(is_named))
        .text("№", 0.7, |dif| chapter.task_id(dif.task).to_owned())
        .text("Группа", 2.0, |dif| format!("{}: {}", dif.level.title(), dif.focal))
        .count("Работ группы", 1.0, |dif| dif.n_focal)
        .count("Работ остальных", 1.0, |dif| dif.n_reference)
        .number("Дельта или балл", 1.0, |dif| computed(dif.effect, 2))
        .number("Ошибка", 1.0, |dif| computed(dif.se, 2))
        .number("p", 1.0, |dif| computed(dif.p, 4))
        .number("q", 1.0, |dif| computed(dif.q, 4))
        .column(other("Класс", Align::Left, 0.8), |dif| {
            dif.class.map_or(Cell::Missing, |_| Cell::Text(dif.class_words()))
        });
    let tested = measures.dif.iter().filter(|row| row.p.is_some()).count();
    let note = format!(
        "{}Проверено сочетаний задания и группы: {tested}; показаны те, где q не больше {} % и класс — B или C (у \
         заданий в несколько баллов BB или CC). Меньше нуля — группе труднее при равном первичном балле. Все строки — \
         таблица dif, папка data.",
        if table.is_empty() { "Таких заданий не выявлено. " } else { "" },
        rule::plain(limit),
    );
    let caption = format!("Задания, которые при равном балле труднее одной из групп, {}", measures.exam.title());
    Some(table.named(&name("dif", chapter), caption, note))
}

#[cfg(test)]
mod tests {
    use super::{NOT_COMPUTED, computed};
    use srez_model::report::Cell;

    #[test]
    fn what_has_no_number_says_so() {
        assert_eq!(computed(None, 2), Cell::Text(NOT_COMPUTED.to_owned()));
        assert_eq!(computed(Some(0.5), 2), Cell::number(0.5, 2));
    }
}
