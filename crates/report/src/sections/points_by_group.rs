//! Table 2-14 of the analysis of ЕГЭ: how many points the participants of each group got for each task, in the annex.

use super::{other, section, share};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::measures::PointsRow;
use srez_model::report::{Align, Block, Cell, Section};
use srez_model::tally::Group;
use srez_model::unit::{Percent, as_f64};

/// Bands of the test score, as the tally numbers them.
const GROUPS: [(u8, &str); 4] = [(1, "Ниже мин., %"), (2, "Мин.–60, %"), (3, "61–80, %"), (4, "81–100, %")];

/// So many points for a task.
struct Line {
    task: u16,
    score: u16,
}

/// The annex; nothing for works without test scores.
pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Section> {
    let blocks: Vec<Block> = chapters
        .iter()
        .filter(|chapter| chapter.measures.exam.has_test_scores())
        .filter_map(|chapter| points_table(context, chapter))
        .collect();
    if blocks.is_empty() {
        return None;
    }
    let mut made = section("Баллы за задания по группам участников", true, blocks);
    made.annex = true;
    Some(made)
}

fn points_table(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Block> {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let points = measures.points_of(*level, group);
    let least = context.thresholds.value("F09.group");
    let of_task = |task: u16| points.iter().filter(|row| row.task == task).collect::<Vec<&PointsRow>>();
    let lines = measures.tasks_of(*level, group).flat_map(|task| {
        let of_task = of_task(task.task);
        let known = measures.exam.tasks.get(usize::from(task.task)).and_then(|task| task.max);
        let most = of_task.iter().map(|row| u16::from(row.points)).chain(known).max();
        // A task that nobody's cells tell has no row.
        let scores = most.filter(|_| !of_task.is_empty()).map_or(0..0, |most| 0..most + 1);
        scores.map(|score| Line { task: task.task, score })
    });
    let id = |line: &Line| if line.score == 0 { chapter.task_id(line.task).to_owned() } else { String::new() };
    let table = TableOf::new(lines).text("Задание", 1.0, id).count("Баллы", 0.8, |line| u64::from(line.score)).columns(
        &GROUPS,
        |(_, title)| other(title, Align::Right, 1.2),
        |line, (mark, _)| share_of(&of_task(line.task), *mark, line.score, least),
    );
    if table.is_empty() {
        return None;
    }
    let name = format!("points_{}", measures.exam.id().replace('-', "_"));
    let caption =
        format!("Доля участников группы, получивших столько баллов за задание, {}", super::whose(context, chapter));
    let note = format!(
        "Таблица 2-14. Не приступившие входят с 0 баллов; сумма по заданию в группе — 100 % с \
         точностью до округления. «—»: в группе меньше {} участников или их нет.",
        context.limit("F09.group")
    );
    Some(table.named(&name, caption, note))
}

/// Share of a group with so many points; none where the group is too small.
fn share_of(rows: &[&PointsRow], mark: u8, score: u16, least: f64) -> Cell {
    let of_group = || rows.iter().filter(|row| row.mark == mark);
    let n: u64 = of_group().map(|row| row.n).sum();
    let with = of_group().filter(|row| u16::from(row.points) == score).map(|row| row.n).sum();
    share(Percent::of(with, n).filter(|_| least <= as_f64(n)), n)
}

#[cfg(test)]
mod tests {
    use super::share_of;
    use srez_model::level::Level;
    use srez_model::measures::PointsRow;
    use srez_model::report::Cell;

    #[test]
    fn shares_of_a_group_add_up_and_small_groups_are_silent() {
        let row = |mark, points, n| PointsRow { level: Level::All, group: String::new(), task: 0, mark, points, n };
        let all = [row(2, 0, 30), row(2, 1, 15), row(2, 2, 15), row(4, 2, 9)];
        let rows: Vec<&PointsRow> = all.iter().collect();
        let of = |mark, score| share_of(&rows, mark, score, 10.0);
        assert_eq!(
            [of(2, 0), of(2, 1), of(2, 2)],
            [Cell::number(50.0, 1), Cell::number(25.0, 1), Cell::number(25.0, 1)]
        );
        assert_eq!(of(2, 3), Cell::number(0.0, 1));
        assert_eq!([of(4, 2), of(1, 0)], [Cell::Missing, Cell::Missing]);
    }
}
