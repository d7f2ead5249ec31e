//! Sentences about tasks and skills: one task or many, with the thresholds.

use crate::number::count;
use crate::plural::{PARTICIPANT, TASK, dative, genitive};

/// «Задание № 4», «задания № 4 и 5»; `tasks` is «№ 4 и 5», the noun agrees.
fn named(n: u64, one: &str, many: &str, tasks: &str) -> String {
    format!("{} {tasks}", if n == 1 { one } else { many })
}

sentences! {
    /// «К 2 заданиям и более», without the preposition.
    fn tasks_or_more(n: u64) {
        format!("{} и более", dative(n, TASK))
    }

    /// How a work is made: tasks and greatest score.
    fn outline(n: u64, points: u64) {
        format!(
            "Работа состоит из {}; наибольший первичный балл\u{a0}— {}.",
            genitive(n, TASK),
            count(points)
        )
    }

    /// The same if the greatest score is unknown.
    fn outline_without_score(n: u64) {
        format!("Работа состоит из {}; наибольший первичный балл не указан.", genitive(n, TASK))
    }

    /// Tasks to be discussed at a meeting; `tasks` is «№ 4 (5 класс) и № 7 (6 класс)».
    fn discussed(n: u64, tasks: &str) {
        if n == 0 {
            return "два задания по выбору методиста".to_owned();
        }
        named(n, "разбор задания", "разбор заданий", tasks)
    }

    /// Zeros that a rule of the work made; `criteria` is «8К2 и 8К3», `required` is «8К1».
    fn zeroed(n: u64, criteria: &str, required: &str) {
        if n == 0 {
            return format!("Критерии {criteria} проверены у всех, кому предлагались.");
        }
        format!(
            "У\u{a0}{} нет баллов за {required}, поэтому по правилам работы {criteria} не проверялись: в процент \
             выполнения {criteria} эти участники не входят.",
            genitive(n, PARTICIPANT)
        )
    }

    /// Tasks of low completion whose matter is of an earlier grade.
    fn of_programme(k: u64, low: u64, grade: &str) {
        format!(
            "Из\u{a0}{} с недостаточным выполнением {}\u{a0}— программа {grade} класса.",
            genitive(low, TASK),
            count(k)
        )
    }
}
