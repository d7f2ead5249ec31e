//! Sentences about schools and the tests made about them.

use crate::number::count;
use crate::plural::{MEASURE, SCHOOL, dative, genitive, nominative, prepositional};

sentences! {
    /// What became of the schools that were compared with the others.
    fn compared(n: u64, above: u64, below: u64, unclear: u64) {
        let alike = n.saturating_sub(above + below + unclear);
        let parts: Vec<String> = [("выше остальных", above), ("ниже", below), ("отличий нет", alike)]
            .into_iter()
            .map(|(words, n)| format!("{words}\u{a0}— {}", count(n)))
            .collect();
        let doubt = if unclear == 0 {
            String::new()
        } else {
            format!(", различить нельзя\u{a0}— {}", count(unclear))
        };
        format!("Школы сравнены с остальными по работе в целом, всего {}: {}{doubt}.", count(n), parts.join(", "))
    }

    /// In how many schools a condition lowered marks.
    fn with_lowered_marks(n: u64, all: u64) {
        if n == 0 {
            return "Таких отметок нет ни в одной школе.".to_owned();
        }
        format!("Такие отметки есть в\u{a0}{} из {}.", prepositional(n, SCHOOL), count(all))
    }

    /// Schools whose results were expected and did not come; a clause. `names` are empty where there are too many.
    fn without_results(absent: u64, expected: u64, names: &str) {
        let names = if names.is_empty() { String::new() } else { format!(" ({names})") };
        format!("результатов нет у\u{a0}{} из {}{names}", count(absent), genitive(expected, SCHOOL))
    }

    /// Rules whose tests are one family.
    fn chance_together(rules: &str, share: &str) {
        format!(
            "Проверки по правилам {rules} судятся вместе: в среднем не больше {share}\u{a0}% отмеченного по ним\u{a0}— \
             случайность."
        )
    }

    /// Rules of which each has a family of its own.
    fn chance_of_each(rules: &str, share: &str) {
        if rules.contains(',') {
            format!(
                "По каждому из правил {rules} отдельно: в среднем не больше {share}\u{a0}% отмеченного\u{a0}— \
                 случайность."
            )
        } else {
            format!("По правилу {rules}: в среднем не больше {share}\u{a0}% отмеченного\u{a0}— случайность.")
        }
    }

    /// Names and how many more there are.
    fn names_and_more(n: u64, names: &str) {
        if n == 0 {
            return names.to_owned();
        }
        format!("{names} и\u{a0}ещё {}", nominative(n, SCHOOL))
    }

    /// «21 школа», for a cell or a line.
    fn schools(n: u64) {
        nominative(n, SCHOOL)
    }

    /// Where one school cannot be promised anything: `target` is «не ниже 50 % в 2027 году».
    fn target_together(n: u64, target: &str) {
        let schools = dative(n, SCHOOL);
        format!("по одной школе за год эффект не увидеть; вместе по {schools} этого перечня\u{a0}— {target}")
    }

    /// How many measures have a verdict, and which.
    fn judged_measures(judged: u64, confirmed: u64, possible: u64, not_confirmed: u64, others: u64) {
        let why = "данных недостаточно, сравнить не с чем или итог ещё впереди";
        if judged == 0 {
            return format!("Ни одну меру оценить не удалось: {why}.");
        }
        let left = match others {
            0 => String::new(),
            n => format!(" Ещё по {} вывода нет: {why}.", dative(n, MEASURE)),
        };
        format!(
            "Оценено мер: {}; эффект подтверждён\u{a0}— {}, возможен\u{a0}— {}, не подтверждён\u{a0}— {}. Чем больше \
             мер оценивается, тем вероятнее, что одна из них покажется действенной случайно.{left}",
            count(judged),
            count(confirmed),
            count(possible),
            count(not_confirmed)
        )
    }

}
