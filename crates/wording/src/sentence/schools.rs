//! Sentences about schools and the tests made about them.

use crate::number::count;
use crate::plural::{COMBINATION, MEASURE, SCHOOL, agreeing, dative, nominative};

/// Under a list of schools with high or low results.
pub const LIST_IS_INEXACT: &str =
    "Перечень неточен: случайность набора учеников меняет в нём в среднем каждую третью школу.";

sentences! {
    /// Under a list of tested findings; `signs` names their rules.
    fn checked(checked: u64, fired: u64, signs: &str) {
        let rules = if signs.contains(',') { "Правила" } else { "Правило" };
        if fired == 0 {
            return format!("{rules} {signs}: проверено {}, отмеченных нет.", nominative(checked, COMBINATION));
        }
        format!("{rules} {signs}: проверено {}, отмечено {}.", nominative(checked, COMBINATION), count(fired))
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

    /// All tests of a document, on its first page; how many of the marks may be chance is said of every rule by itself.
    fn checked_in_all(checked: u64, fired: u64) {
        let checked = nominative(checked, COMBINATION);
        if fired == 0 {
            return format!("Проверено {checked} «школа\u{a0}— работа\u{a0}— признак», отмеченных нет.");
        }
        format!(
            "Проверено {checked} «школа\u{a0}— работа\u{a0}— признак», отмечено {}. Сколько из отмеченного может быть \
             случайностью, сказано по каждому правилу отдельно: раздел «Методика, пороги, шкалы».",
            count(fired)
        )
    }

    /// Under a list of schools that differ from the others: how sure, how much, and how many names may be wrong.
    fn named_by_gap(sure: &str, size: &str, wrong: &str) {
        format!(
            "Названы школы, которые с вероятностью не меньше {sure}\u{a0}% отличаются от остальных не менее чем на \
             {size}\u{a0}п.п.; среди названных в среднем не больше {wrong}\u{a0}%\u{a0}— ошибочно."
        )
    }

    /// Title of the row of schools that are too small for shares.
    fn small_row(n: u64, least: &str) {
        format!("Менее {least} участников: {}", nominative(n, SCHOOL))
    }

    /// Schools without two groups of signs.
    fn no_particulars(n: u64) {
        format!(
            "{} {}: двух групп признаков и более нет ни у одной.",
            agreeing(n, "Проверена", "Проверено"),
            nominative(n, SCHOOL)
        )
    }

    /// Names and how many more there are.
    fn names_and_more(n: u64, names: &str) {
        if n == 0 {
            return names.to_owned();
        }
        format!("{names} и\u{a0}ещё {}", nominative(n, SCHOOL))
    }

    /// Schools worth studying, named; in the middle of a text.
    fn worth_named(n: u64, names: &str) {
        if n == 0 {
            return "Школ, чей опыт стоит изучить, не выявлено.".to_owned();
        }
        format!("{}, чей опыт стоит изучить: {names}.", if n == 1 { "Школа" } else { "Школы" })
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

    /// More combinations of school and work than the one that a conclusion names.
    fn more_combinations(n: u64) {
        if n == 0 {
            return "Других таких сочетаний школы и работы нет.".to_owned();
        }
        format!("Отмечено ещё {} школы и работы.", nominative(n, COMBINATION))
    }
}
