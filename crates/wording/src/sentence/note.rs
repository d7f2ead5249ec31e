//! Sentences of the «справка по предмету» that hold counts.

use crate::number::count;
use crate::plural::{PARTICIPANT, POINT, SCHOOL, genitive, nominative, prepositional};
use crate::text;

sentences! {
    /// The nearest reserve: pupils with a mark, of all with one.
    fn reserve(n: u64, all: u64, mark: &str, next: &str, points: &str) {
        format!(
            "Ближайший резерв\u{a0}— группа «{mark}»: это {} из {}; по этим заданиям она на {points} отстаёт от группы \
             «{next}».",
            count(n),
            genitive(all, PARTICIPANT)
        )
    }

    /// Those who did not get the full points of a task.
    fn without_full(n: u64, all: u64) {
        if n == 0 {
            return format!("Полный балл у\u{a0}всех: участников\u{a0}— {}.", count(all));
        }
        format!("Без полного балла\u{a0}— {} из {}.", nominative(n, PARTICIPANT), count(all))
    }

    /// «2 балла»: the most that a task gives.
    fn points(n: u64) {
        nominative(n, POINT)
    }

    /// Tasks that many did not begin.
    fn not_begun(n: u64, tasks: &str, share: &str) {
        format!("К\u{a0}{} {tasks} не приступали {share} участников.", if n == 1 { "заданию" } else { "заданиям" })
    }

    /// Tasks that many began and did not finish.
    fn not_finished(n: u64, tasks: &str, share: &str) {
        let noun = if n == 1 { "Задание" } else { "Задания" };
        format!("{noun} {tasks} начинают верно, но не доводят до ответа: часть баллов у\u{a0}{share} участников.")
    }

    /// Tasks on which many had nothing, where nobody tells who began.
    fn without_points(n: u64, tasks: &str, share: &str) {
        let noun = if n == 1 { "задании" } else { "заданиях" };
        format!("В\u{a0}{noun} {tasks} без баллов остались {share} участников.")
    }

    /// Tasks that nearly all tried, many wrongly.
    fn tried_wrong(n: u64, tasks: &str, share: &str) {
        let noun = if n == 1 { "задание" } else { "задания" };
        format!("За\u{a0}{noun} {tasks} берутся почти все (не приступали {share}), но ошибаются.")
    }

    /// Schools too small for shares.
    fn small_schools(n: u64, least: &str, names: &str) {
        let which = if names.is_empty() { String::new() } else { format!(" ({names})") };
        let schools = prepositional(n, SCHOOL);
        format!("В\u{a0}{schools}{which} участников меньше {least}: выводов по долям нет, показаны числа.")
    }

    /// Marks below those of the journal.
    fn below_journal(n: u64, all: u64, share: &str, two: u64) {
        let far = match two {
            0 => String::new(),
            two => format!(", на две отметки и более\u{a0}— у\u{a0}{}", count(two)),
        };
        format!("у\u{a0}{} из {} ({share}){far}", count(n), genitive(all, PARTICIPANT))
    }
}

/// Where schools are above the others and none of them is an example.
pub const NO_EXAMPLE: &str =
    "Школы, на чей опыт опереться, не названы: работа общая, её ведёт методическое объединение.";

/// Whom to turn to, and who needs help first; of each at most so many by name.
pub fn schools(able: &[&str], help: &[&str], most: usize) -> String {
    let named = |schools: &[&str]| {
        let shown: Vec<&str> = schools.iter().take(most).copied().collect();
        match schools.len().saturating_sub(most) {
            0 => text::list(&shown),
            more => format!("{}; ещё школ: {}", shown.join(", "), count(more as u64)),
        }
    };
    match (able, help) {
        ([], []) => {
            "Школ, чей результат за работу в целом отличается от остальных, не выявлено: работа общая, её ведёт \
                     методическое объединение."
                .to_owned()
        }
        ([], help) => format!(
            "Прежде всего помощь нужна школам: {}. Школ, сильнее остальных, не выявлено: практикум ведёт методическое \
             объединение.",
            named(help)
        ),
        (able, []) => format!(
            "Лучше, чем у остальных, получается у школ: {}. Школ, которые ниже остальных по работе в целом, не \
             выявлено.",
            named(able)
        ),
        (able, help) => format!(
            "Лучше, чем у остальных, получается у школ: {}. Прежде всего помощь нужна школам: {}.",
            named(able),
            named(help)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::schools;

    #[test]
    fn at_most_so_many_schools_are_named() {
        assert_eq!(
            schools(&["Лицей № 5"], &["СОШ № 1", "СОШ № 2", "СОШ № 4"], 2),
            "Лучше, чем у остальных, получается у школ: Лицей № 5. Прежде всего помощь нужна школам: СОШ № 1, СОШ № 2; \
             ещё школ: 1."
        );
        assert!(schools(&[], &[], 4).starts_with("Школ, чей результат за работу в целом отличается"));
    }
}
