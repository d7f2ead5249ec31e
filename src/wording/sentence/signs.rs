//! Parts of the sentences of signs that hold counts.

use crate::wording::number::count;
use crate::wording::plural::{SCHOOL, TASK, WORK, dative, nominative, prepositional};

sentences! {
    /// Works of a school that stand at the bound of a mark.
    fn at_the_cut(n: u64, cuts: &str, cut: &str) {
        format!("наибольшее число работ приходится на балл границы отметки ({cuts}; у {cut}\u{a0}— {})", nominative(n, WORK))
    }

    /// Tasks of a skill that are below their threshold.
    fn systemic(red: u64, all: u64) {
        format!("недостаточный уровень в\u{a0}{} из {}\u{a0}— признак системного дефицита", prepositional(red, TASK), count(all))
    }

    /// By how many works a distribution is drawn; `why` follows.
    fn distribution_of(n: u64, why: &str) {
        format!("Распределение баллов построено по {}: {why}.", dative(n, WORK))
    }

    /// Schools with few participants; `fewest` as printed.
    fn tiny(n: u64, fewest: &str) {
        format!("В\u{a0}{} участников меньше {fewest}: выводы о них не делаются.", prepositional(n, SCHOOL))
    }

    /// Tasks that cannot be compared with the year before.
    fn incomparable(n: u64, all: u64, tasks: &str) {
        format!("С прошлым годом нельзя сравнить {} из {}: {tasks}.", nominative(n, TASK), count(all))
    }

    /// Works at the bounds of marks.
    fn at_the_cuts(n: u64, works: u64, expected: &str) {
        format!("баллы, равные границам отметок, получены в\u{a0}{} из {}, ожидалось около {expected}", prepositional(n, WORK), count(works))
    }

    /// Works that repeat another.
    fn repeated(n: u64) {
        format!(
            "{} {} ответы другого участника того же класса по всем заданиям",
            nominative(n, WORK),
            crate::wording::plural::agreeing(n, "повторяет", "повторяют")
        )
    }

    /// Works whose order is reversed.
    fn reversed(n: u64, all: u64) {
        format!("лёгкие задания не выполнены, а трудные выполнены\u{a0}— в\u{a0}{} из {}", prepositional(n, WORK), count(all))
    }

    /// Schools that hold most of something.
    fn concentrated(n: u64, all: u64) {
        format!("в\u{a0}{} из {}", prepositional(n, SCHOOL), count(all))
    }

    /// Schools of an official list of markers among those that wrote a work.
    fn listed(n: u64, all: u64, year: &str) {
        format!(
            "В\u{a0}официальном перечне {year}\u{a0}года с маркерами необъективности\u{a0}— {} из {}, писавших эту работу",
            nominative(n, SCHOOL),
            count(all)
        )
    }
}
