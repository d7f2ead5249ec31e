//! Parts of the sentences of signs that contain counts.

use crate::number::count;
use crate::plural::{SCHOOL, TASK, WORK, dative, nominative, prepositional};

sentences! {
    /// Works of a school exactly at the lowest score of a mark; `more` follows.
    fn at_the_cut(n: u64, cut: &str, more: &str) {
        format!(
            "с\u{a0}баллом {cut}, равным границе отметки,\u{a0}— {}; это больше, чем с\u{a0}любым из двух баллов ниже \
             и двух баллов выше{more}",
            nominative(n, WORK)
        )
    }

    /// Tasks of a skill that are below their threshold.
    fn systemic(red: u64, all: u64) {
        format!("недостаточный уровень в\u{a0}{} из {}\u{a0}— признак системного \
            дефицита", prepositional(red, TASK), count(all))
    }

    /// The number of works behind a distribution; `why` follows.
    fn distribution_of(n: u64, why: &str) {
        format!("Распределение баллов построено по {}: {why}.", dative(n, WORK))
    }

    /// Schools with few participants; `fewest` as printed.
    fn tiny(n: u64, fewest: &str) {
        format!("В\u{a0}{} участников меньше {fewest}: выводы по таким школам не делаются.", prepositional(n, SCHOOL))
    }

    /// Tasks that cannot be compared with the year before.
    fn incomparable(n: u64, all: u64, tasks: &str) {
        format!("С прошлым годом нельзя сравнить {} из {}: {tasks}.", nominative(n, TASK), count(all))
    }

    /// Works at the bounds of marks.
    fn at_the_cuts(n: u64, works: u64, expected: &str) {
        format!("баллы, равные границам отметок, получены в\u{a0}{} из {}, по доле в остальных школах ожидалось около \
            {expected}", prepositional(n, WORK), count(works))
    }

    /// Works that repeat another.
    fn repeated(n: u64) {
        format!(
            "{} {} с работой другого участника того же класса по баллам за все задания",
            nominative(n, WORK),
            crate::plural::agreeing(n, "совпадает", "совпадают")
        )
    }

    /// Schools whose marks are far from what their journals suggest; `least` and `limit` as printed.
    fn apart_from_expected(n: u64, all: u64, least: &str, limit: &str) {
        format!(
            "На {least}\u{a0}п.п. и\u{a0}больше (q\u{a0}не больше {limit}\u{a0}%) от ожидаемого по остальным школам \
             доля отличается в\u{a0}{} из {}.",
            prepositional(n, SCHOOL),
            count(all)
        )
    }

    /// Works whose order is reversed.
    fn reversed(n: u64, all: u64) {
        format!("лёгкие задания не выполнены, а трудные выполнены\u{a0}— в\u{a0}{} из \
            {}", prepositional(n, WORK), count(all))
    }

    /// Schools that account for most of something.
    fn concentrated(n: u64, all: u64) {
        format!("в\u{a0}{} из {}", prepositional(n, SCHOOL), count(all))
    }

    /// How many schools would account for most of something if its share were the same everywhere.
    fn at_equal_shares(n: u64) {
        format!("Будь доля везде одинаковой, столько набралось бы в\u{a0}{}, начиная с\u{a0}самых \
            крупных.", prepositional(n, SCHOOL))
    }

    /// Schools of an official list of markers among those that wrote a work.
    fn listed(n: u64, all: u64, year: &str) {
        format!(
            "В\u{a0}официальном перечне {year}\u{a0}года с маркерами необъективности\u{a0}— {} из {}, писавших эту \
             работу",
            nominative(n, SCHOOL),
            count(all)
        )
    }
}
