//! Sentences about a school that differs from the others, each in several variants, because a document that names
//! several schools is read aloud. Every variant begins with the school and says the same numbers.

use crate::number::count;
use crate::plural::{PARTICIPANT, agreeing, genitive, nominative};

sentences! {
    /// A whole work; `own` and `others` are «53 % от максимума (n = 17)» and «в остальных школах — 65 % (n = 421)».
    fn total_below(school: &str, own: &str, others: &str, found: &str) {
        format!("{school}: результат ниже по работе в целом — {own}, {others}. Отличие {found}.")
    }

    fn total_below_scored(school: &str, own: &str, others: &str, found: &str) {
        format!("{school}: за работу в целом набрано {own}; {others}. Результат ниже, отличие {found}.")
    }

    fn total_below_plainly(school: &str, own: &str, others: &str, found: &str) {
        format!("{school}. По работе в целом результат ниже: {own}; {others}. Отличие {found}.")
    }

    /// A skill; `own` is «34,1 % (25,6–44,0 %; n = 63)».
    fn skill_below(school_and_skill: &str, own: &str, others: &str, found: &str) {
        format!("{school_and_skill}: выполнение {own}, {others}. Отличие {found}.")
    }

    fn skill_below_done(school_and_skill: &str, own: &str, others: &str, found: &str) {
        format!("{school_and_skill}: выполнено {own}; {others}. Отличие {found}.")
    }

    fn skill_below_plainly(school_and_skill: &str, own: &str, others: &str, found: &str) {
        format!("{school_and_skill}: {own}; {others}, отличие {found}.")
    }

    /// The share of «2».
    fn more_twos(school: &str, share: &str, k: u64, n: u64, others: &str, found: &str) {
        format!("{school}: доля отметок «2» — {share} ({} из {}); {others}. Отличие {found}.", count(k), count(n))
    }

    fn more_twos_got(school: &str, share: &str, k: u64, n: u64, others: &str, found: &str) {
        format!(
            "{school}: отметку «2» {} {} из {} ({share}); {others}. Отличие {found}.",
            agreeing(k, "получил", "получили"),
            nominative(k, PARTICIPANT),
            count(n)
        )
    }

    fn more_twos_have(school: &str, share: &str, k: u64, n: u64, others: &str, found: &str) {
        format!("{school}: отметка «2» у {} из {}, это {share}; {others}. Отличие \
            {found}.", count(k), genitive(n, PARTICIPANT))
    }

    /// A task that was not attempted.
    fn not_attempted(school: &str, task: &str, k: u64, n: u64, share: &str, others: &str) {
        format!(
            "{school}: к заданию № {task} не {} {} из {} ({share}), в остальных школах — {others}.",
            agreeing(k, "приступал", "приступали"),
            count(k),
            count(n)
        )
    }

    fn not_attempted_share(school: &str, task: &str, k: u64, n: u64, share: &str, others: &str) {
        format!(
            "{school}: доля не приступавших к заданию № {task} — {share} ({} из {}); в остальных школах — {others}.",
            count(k),
            count(n)
        )
    }

    /// A share of low results that rose; `own` and `others` are «с 12 % до 31 %», `counts` is «n = 40 и 42».
    fn rose(school: &str, by: &str, own: &str, counts: &str, others: &str) {
        format!("{school}: доля низких результатов выросла на {by} ({own}, {counts}); в остальных школах — {others}.")
    }

    fn rose_first(school: &str, by: &str, own: &str, counts: &str, others: &str) {
        format!("{school}: низких результатов стало больше на {by}: {own} ({counts}); в остальных школах — {others}.")
    }
}
