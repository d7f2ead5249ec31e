//! Sentences about tasks and skills: one task or many, with the thresholds.

use crate::number::count;
use crate::plural::{PARTICIPANT, TASK, dative, genitive, oblique};

/// «Задание № 4», «задания № 4 и 5»; `tasks` is «№ 4 и 5», the noun agrees.
fn named(n: u64, one: &str, many: &str, tasks: &str) -> String {
    format!("{} {tasks}", if n == 1 { one } else { many })
}

sentences! {
    /// The same in a conclusion, without a full stop.
    fn lack_level(n: u64, tasks: &str) {
        if n == 0 {
            return "заданий с недостаточным уровнем нет".to_owned();
        }
        format!("недостаточный уровень {}", named(n, "у задания", "у заданий", tasks))
    }

    /// Tasks near their threshold.
    fn in_zone(n: u64, tasks: &str) {
        if n == 0 {
            return "В зоне неопределённости заданий нет.".to_owned();
        }
        format!("В зоне неопределённости\u{a0}— {}.", named(n, "задание", "задания", tasks))
    }

    /// Unit of «3 из 21».
    fn insufficient_unit(n: u64) {
        format!("{} с недостаточным уровнем", oblique(n, TASK.genitive))
    }

    /// «Задание 19», «задания 5.1 и 5.2», in brackets after a skill.
    fn tasks_of_skill(n: u64, tasks: &str) {
        if n == 0 {
            return "заданий нет".to_owned();
        }
        named(n, "задание", "задания", tasks)
    }

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
