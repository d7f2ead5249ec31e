//! Sentences about who took part, and with which marks.

use crate::number::count;
use crate::plural::{PARTICIPANT, agreeing, genitive, nominative, plural};

sentences! {
    /// «Работу выполнил 21 участник»; without a full stop, as more may follow.
    fn took_work(n: u64) {
        if n == 0 {
            return "Работу не выполнял никто".to_owned();
        }
        format!("Работу {} {}", agreeing(n, "выполнил", "выполнили"), nominative(n, PARTICIPANT))
    }

    fn wrote_work(n: u64) {
        if n == 0 {
            return "Работу не писал никто".to_owned();
        }
        format!("Работу {} {}", agreeing(n, "писал", "писали"), nominative(n, PARTICIPANT))
    }

    /// Fewer wrote a part of a work than the work.
    fn wrote_part(n: u64) {
        if n == 0 {
            return "Эту часть не писал никто.".to_owned();
        }
        format!("Эту часть {} {}.", agreeing(n, "писал", "писали"), nominative(n, PARTICIPANT))
    }

    fn results_of(n: u64) {
        format!("Результаты есть у {}", genitive(n, PARTICIPANT))
    }

    /// «Экзамен сдавал 21 участник».
    fn sat_exam(n: u64) {
        format!("Экзамен {} {}", agreeing(n, "сдавал", "сдавали"), nominative(n, PARTICIPANT))
    }

    /// «Отсутствовали 5 чел.»
    fn absent(n: u64) {
        format!("{} {}\u{a0}чел.", agreeing(n, "отсутствовал", "отсутствовали"), count(n))
    }

    /// «Без отметки — 5 участников.»
    fn without_mark(n: u64) {
        format!("Без отметки\u{a0}— {}.", nominative(n, PARTICIPANT))
    }

    /// «5 участников: отметка «2» — 1, «4» и «5» — 2».
    fn counted(n: u64, below_words: &str, below: u64, above_words: &str, above: u64) {
        format!(
            "{}: {below_words}\u{a0}— {}, {above_words}\u{a0}— {}",
            nominative(n, PARTICIPANT),
            count(below),
            count(above)
        )
    }

    /// More participants than in an earlier year; without a full stop.
    fn more_than_before(n: u64, by: u64, year: &str, before: u64) {
        format!("Участников\u{a0}— {}: на\u{a0}{}\u{a0}чел. больше, чем в {year} году \
            ({})", count(n), count(by), count(before))
    }

    /// Fewer participants than in an earlier year.
    fn fewer_than_before(n: u64, by: u64, year: &str, before: u64) {
        format!("Участников\u{a0}— {}: на\u{a0}{}\u{a0}чел. меньше, чем в {year} году \
            ({})", count(n), count(by), count(before))
    }

    /// As many participants as in an earlier year.
    fn as_many_as_before(n: u64, year: &str) {
        format!("Участников\u{a0}— {}: столько же, сколько в {year} году", count(n))
    }

    /// Participants of a year farther back, after the comparison with the nearest.
    fn in_earlier_year(n: u64, year: &str) {
        format!("в {year} году\u{a0}— {}", count(n))
    }

    /// «21 участник», for a cell or a line.
    fn participants(n: u64) {
        nominative(n, PARTICIPANT)
    }

    /// «Участников», the unit of a big number.
    fn participants_unit(n: u64) {
        plural(n, PARTICIPANT.nominative).to_owned()
    }

    /// Marks that are lower for a condition of the work alone; `mark` is the one that was given instead, `all` how many
    /// there are of it.
    fn lowered_by_condition(n: u64, condition: &str, mark: &str, all: u64) {
        // Not every specification says the condition in words.
        let named = if condition.is_empty() {
            "о баллах за отдельные задания".to_owned()
        } else {
            format!("«{condition}»")
        };
        if n == 0 {
            return format!("Условие {named} никому отметку не снизило.");
        }
        format!(
            "Только из-за условия {named} отметка ниже, чем по сумме баллов, у\u{a0}{}; всего отметок \
             «{mark}»\u{a0}— {}.",
            genitive(n, PARTICIPANT),
            count(all)
        )
    }

    /// Codes of pupils after their number.
    fn codes(n: u64, codes: &str) {
        format!("{}. {codes}", nominative(n, PARTICIPANT))
    }
}
