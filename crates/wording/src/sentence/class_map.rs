//! Sentences of the map of a class that hold counts.

use crate::number::count;
use crate::plural::{POINT, PUPIL, TASK, agreeing, dative, genitive, nominative};

sentences! {
    /// Which class of the school it is, and how many pupils it has.
    fn class_of_list(n: u64, class: &str) {
        format!("{class}, {}", nominative(n, PUPIL))
    }

    /// A class too small for a map.
    fn no_map(n: u64) {
        if n == 0 {
            return "В классе нет учеников с результатом: карта не строится.".to_owned();
        }
        format!(
            "В классе {} с результатом: карта не строится, коды и баллы\u{a0}— в рабочей книге школы.",
            nominative(n, PUPIL)
        )
    }

    /// Head of the lowest group.
    fn group_up_to(points: u64, head: &str) {
        format!("{head}: до {}", genitive(points, POINT))
    }

    /// Head of the middle group; `low` is its least score.
    fn group_between(high: u64, low: &str, head: &str) {
        format!("{head}: {low}–{}", nominative(high, POINT))
    }

    /// Head of the upper group.
    fn group_from(points: u64, head: &str) {
        format!("{head}: {} и больше", nominative(points, POINT))
    }

    /// How many pupils a group has.
    fn group_of(n: u64, head: &str) {
        format!("{head} · {}", nominative(n, PUPIL))
    }

    /// Who stands near the next mark.
    fn near(points: u64, what: &str) {
        format!("Полужирным\u{a0}— не больше {} до {what}.", genitive(points, POINT))
    }

    /// Who left out many tasks.
    fn left_out(tasks: u64) {
        format!("Полужирным отмечены и те, кто не приступал к {} и больше.", dative(tasks, TASK))
    }

    /// Pupils of a group with little on a skill.
    fn little_of_skill(n: u64, all: u64, skill: &str, limit: &str, tasks: &str) {
        if n == 0 {
            return format!("Начать с {tasks}.");
        }
        let got = agreeing(n, "получил", "получили");
        let few = nominative(n, PUPIL);
        format!("{few} из {} {got} по умению «{skill}» меньше {limit} баллов: начать с {tasks}.", count(all))
    }

    /// Pupils who lack one point of a mark.
    fn one_short(n: u64, codes: &str, mark: &str) {
        format!("{} {codes} до {mark} не хватило балла.", if n == 1 { "Ученику" } else { "Ученикам" })
    }

    /// Pupils without a total.
    fn without_total(n: u64, codes: &str) {
        let cells = if n == 1 { "нечитаемая или пустая ячейка" } else { "нечитаемые или пустые ячейки" };
        format!("{codes}: итог не подсчитан, в файле {cells}\u{a0}— исправьте файл.")
    }
}
