//! Parts of the sentences of signs that contain counts.

use crate::number::count;
use crate::plural::{SCHOOL, SIGN_GROUP, TASK, WORK, dative, nominative, prepositional};

sentences! {
    /// Groups of signs in a list, for a cell.
    fn sign_groups(n: u64) {
        nominative(n, SIGN_GROUP)
    }

    /// Tasks of a skill that are below their threshold.
    fn weak_of_tasks(low: u64, all: u64) {
        format!("ниже порога {} из {} на\u{a0}это умение", nominative(low, TASK), count(all))
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
        format!("баллы, равные границам отметок, получены в\u{a0}{} из {}, по плавному распределению баллов ожидалось \
            около {expected}", prepositional(n, WORK), count(works))
    }

    /// Works at one cut and one point below it.
    fn beside_a_cut(below: u64, at: u64, lower: &str, cut: &str) {
        format!(
            "больше всего\u{a0}— у\u{a0}границы {cut}: с\u{a0}баллом {lower}\u{a0}— {}, с\u{a0}баллом {cut}\u{a0}— {}",
            nominative(below, WORK),
            nominative(at, WORK)
        )
    }

    /// Schools in a municipality whose works are lifted everywhere.
    fn beyond_all(found: u64, tested: u64) {
        if tested == 0 {
            return "Школы между собой не сравнивались.".to_owned();
        }
        if found == 0 {
            return format!(
                "Школ, в\u{a0}которых скопление сильнее, чем в\u{a0}остальных, нет среди {} проверенных; о\u{a0}том, \
                 что скопления в\u{a0}них нет, это не говорит.",
                count(tested)
            );
        }
        format!(
            "Сильнее, чем в\u{a0}остальных школах, скопление в\u{a0}{} из {} проверенных; о\u{a0}прочих это не \
             говорит, что скопления в\u{a0}них нет.",
            prepositional(found, SCHOOL),
            count(tested)
        )
    }

    /// Primary scores whose works agree by chance too often; `scores` are ranges.
    fn scores_left_out(n: u64, scores: &str) {
        let (which, with) = if n == 1 { ("Балл", "нём") } else { ("Баллы", "них") };
        format!(
            "{which} {scores}: при\u{a0}{with} работы часто совпадают и\u{a0}случайно, поэтому совпадения \
             не\u{a0}учитываются."
        )
    }

    /// Works that repeat another.
    fn repeated(n: u64) {
        format!(
            "{} {} с работой другого участника того же класса по баллам за все задания",
            nominative(n, WORK),
            crate::plural::agreeing(n, "совпадает", "совпадают")
        )
    }

    /// Marks of a school over its works together; `side` is «отметка за работу ниже журнальной».
    fn over_works(works: u64, side: &str, found: u64, all: u64, expected: &str) {
        format!(
            "по\u{a0}{} вместе {side}: {} из {}, при тех же долях, что в\u{a0}остальных школах, ожидалось около \
             {expected}",
            dative(works, WORK),
            count(found),
            count(all)
        )
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
