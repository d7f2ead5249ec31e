//! Sentences about a school that differs from the others, each in several variants, because a document that names
//! several schools is read aloud. Every variant begins with the school and says the same numbers.

use crate::number::count;
use crate::plural::{PARTICIPANT, SCHOOL, agreeing, genitive, nominative};

/// Why a rise is named: it is more than schools change by in a year anyway.
pub const ROSE_UNUSUALLY: &str = "Рост больше обычного годового изменения школ.";
/// Why a rise is named: this year is low as well.
pub const ROSE_AND_LOW: &str = "И сам результат этого года ниже, чем в остальных школах.";

sentences! {
    /// How far a school lies from the others once the chance of its pupils is taken into account.
    fn gap(gap: &str, low: &str, high: &str) {
        format!("с учётом случайности разность около\u{a0}{gap} (95\u{a0}%: от\u{a0}{low} до\u{a0}{high})")
    }

    /// A whole work; `own` and `others` are «53 % от максимума (n = 17)» and «в остальных школах — 65 % (n = 421)»,
    /// `lasting` is a sentence on the school as a whole.
    fn total_below(school: &str, own: &str, others: &str, gap: &str, lasting: &str) {
        format!("{school}: результат этого года ниже по работе в целом — {own}, {others}; {gap}. {lasting}")
    }

    fn total_below_scored(school: &str, own: &str, others: &str, gap: &str, lasting: &str) {
        format!("{school}: за работу в целом набрано {own}; {others}. Результат этого года ниже: {gap}. {lasting}")
    }

    fn total_below_plainly(school: &str, own: &str, others: &str, gap: &str, lasting: &str) {
        format!("{school}. По работе в целом результат этого года ниже: {own}; {others}; {gap}. {lasting}")
    }

    /// A skill; `own` is «34,1 % (n = 63)».
    fn skill_below(school_and_skill: &str, own: &str, others: &str, gap: &str, lasting: &str) {
        format!("{school_and_skill}: выполнение этого года {own}, {others}; {gap}. {lasting}")
    }

    fn skill_below_done(school_and_skill: &str, own: &str, others: &str, gap: &str, lasting: &str) {
        format!("{school_and_skill}: в этом году выполнено {own}; {others}; {gap}. {lasting}")
    }

    fn skill_below_plainly(school_and_skill: &str, own: &str, others: &str, gap: &str, lasting: &str) {
        format!("{school_and_skill}: в этом году {own}; {others}; {gap}. {lasting}")
    }

    /// A skill against the other tasks; `own` and `others` are differences of shares.
    fn skill_below_own_level(school_and_skill: &str, own: &str, others: &str, gap: &str, lasting: &str) {
        format!(
            "{school_and_skill}: в этом году слабее собственного уровня школы. Выполнение этого умения минус \
             выполнение остальных заданий: {own}, {others}; {gap}. {lasting}"
        )
    }

    /// The share of «2».
    fn more_twos(school: &str, share: &str, k: u64, n: u64, others: &str, gap: &str, lasting: &str) {
        format!(
            "{school}: доля отметок «2» этого года — {share} ({} из {}); {others}; {gap}. {lasting}",
            count(k),
            count(n)
        )
    }

    fn more_twos_got(school: &str, share: &str, k: u64, n: u64, others: &str, gap: &str, lasting: &str) {
        format!(
            "{school}: в этом году отметку «2» {} {} из {} ({share}); {others}; {gap}. {lasting}",
            agreeing(k, "получил", "получили"),
            nominative(k, PARTICIPANT),
            count(n)
        )
    }

    fn more_twos_have(school: &str, share: &str, k: u64, n: u64, others: &str, gap: &str, lasting: &str) {
        format!(
            "{school}: в этом году отметка «2» у {} из {}, это {share}; {others}; {gap}. {lasting}",
            count(k),
            genitive(n, PARTICIPANT)
        )
    }

    /// Whose experience is worth studying: of the school as a whole, among the schools of its type. `own` is «75 %
    /// (n = 40)».
    fn worth_studying_as_a_whole(school: &str, matter: &str, own: &str, others: &str, kind: &str, years: u64) {
        let together = match years {
            0 | 1 => String::new(),
            years => format!(" (учтено лет: {})", count(years)),
        };
        format!(
            "{school}. {matter}: {own} при {others} в остальных школах того же типа ({kind}). Это относится к школе в \
             целом, а не к одному классу{together}. Опыт стоит изучить."
        )
    }

    /// The same of this year alone, among all; `place` is «в остальных школах муниципалитета».
    fn worth_studying_this_year(school: &str, matter: &str, own: &str, others: &str, place: &str) {
        format!("{school}. {matter}, в этом году: {own} при {others} {place}. Опыт этого года стоит изучить.")
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

    /// A share of low results that rose; `by` is «на 19 п.п.», `own` and `others` are «с 12 % до 31 %», `counts` is
    /// «n = 40 и 42».
    fn rose(school: &str, by: &str, own: &str, counts: &str, others: &str) {
        format!("{school}: доля низких результатов выросла {by} ({own}, {counts}); в остальных школах — {others}.")
    }

    fn rose_first(school: &str, by: &str, own: &str, counts: &str, others: &str) {
        format!("{school}: низких результатов стало больше {by}: {own} ({counts}); в остальных школах — {others}.")
    }

    /// Schools that are not named, though their share surely rose by more than elsewhere.
    fn rose_ordinarily(schools: u64) {
        format!(
            "У {} доля выросла больше, чем в остальных, но не сверх обычного годового изменения и без низкого \
             результата этого года; по этому правилу {} не {}.",
            genitive(schools, SCHOOL),
            agreeing(schools, "она", "они"),
            agreeing(schools, "названа", "названы")
        )
    }

    /// The same against the others: «18,3 п.п.», «6,1–30,4», and «6,2 п.п.» of an ordinary year.
    fn rose_more_than_others(gap: &str, range: &str, usual: &str) {
        format!(
            "С учётом случайности набора учеников это на {gap} больше, чем в остальных школах (95\u{a0}%: {range}); \
             обычно за год доля меняется на ±{usual}"
        )
    }
}

/// Whether a result of this year tells of the school as a whole; `classes` are those whose names are known.
pub fn lasting(is_lasting: bool, classes: Option<u64>) -> &'static str {
    match (is_lasting, classes) {
        (true, _) => "Это относится к школе в целом, а не к одному классу.",
        (false, Some(1)) => "В параллели один класс: отличить школу от класса нельзя.",
        (false, Some(_)) => "По классам этого года о школе в целом судить нельзя.",
        (false, None) => "Классы в данных не названы: о школе в целом судить нельзя.",
    }
}
