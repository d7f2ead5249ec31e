//! Sentences of the papers of one school that hold counts: its profile and the sheet of its interview.

use crate::number::count;
use crate::plural::{FILE, NOTE, PUPIL, RESULT, WORK, agreeing, dative, genitive, nominative, oblique};

sentences! {
    /// What the profile is of.
    fn extent(works: u64, results: u64, grades: &str) {
        format!("{grades} · {}, {}", nominative(works, WORK), nominative(results, RESULT))
    }

    /// Low results of a school beside those of the others; `what` is «отметку «2»».
    fn low_results(k: u64, n: u64, what: &str, share: &str, others: &str) {
        if k == 0 {
            return format!("{what} не получил никто из {}, в остальных школах\u{a0}— {others}.", genitive(n, PUPIL));
        }
        let got = agreeing(k, "получил", "получили");
        format!("{what} {got} {} из {} ({share}), в остальных школах\u{a0}— {others}.", nominative(k, PUPIL), count(n))
    }

    /// Works in which nothing was found; of some of them a small difference would go unseen.
    fn quiet_works(n: u64, unseen: u64, place: &str) {
        let works = dative(n, WORK);
        let doubt = doubt(n, unseen);
        format!("По {works} отличий от остальных школ {place} не найдено{doubt}.")
    }

    /// A school of which nothing was found at all.
    fn nothing_found(n: u64, unseen: u64, place: &str) {
        let of = format!("{} {}", count(n), oblique(n, ["проверенной работы", "проверенных работ"]));
        let doubt = doubt(n, unseen);
        format!("Ни в одной из {of} отличий от остальных школ {place} не найдено{doubt}.")
    }

    /// Works too small for shares.
    fn small_groups(n: u64, least: &str, works: &str) {
        let which = oblique(n, ["работе", "работах"]);
        format!("В {} {which} участников меньше {least}, выводов по долям нет: {works}.", count(n))
    }

    /// Files of the school that were accepted.
    fn files_accepted(n: u64, notes: u64) {
        let all = format!("Приняты все файлы школы ({})", count(n));
        let files = if n == 1 { "Файл школы принят".to_owned() } else { all };
        if notes == 0 {
            return format!("{files}, замечаний нет.");
        }
        format!("{files}; {}: что исправить, сказано в письме школе.", nominative(notes, NOTE))
    }

    /// Files of the school that were not.
    fn files_refused(n: u64, of: u64, names: &str) {
        format!("Не {} {} из {}: {names}. Что сделать\u{a0}— в письме школе.",
            agreeing(n, "принят", "приняты"), nominative(n, FILE), count(of))
    }

    /// Works of a school in which scores stand at the borders of marks oftener than expected.
    fn at_borders(n: u64, works: &str, example: &str) {
        let which = oblique(n, ["работе", "работах"]);
        format!(
            "В {} {which} ({works}) есть особенности распределения баллов: {example} Так бывает при перепроверке \
             пограничных работ по правилам, в небольшом или очень ровном классе.",
            count(n)
        )
    }

    /// Where the marks of a work lie below those of the journal.
    fn lowered_against_journal(k: u64, n: u64, others: &str) {
        format!("Отметка за ВПР ниже журнальной у\u{a0}{} из {}{others}.", count(k), genitive(n, PUPIL))
    }

    /// Who has full points on a task.
    fn full_points(k: u64, n: u64) {
        if k == 0 {
            return format!("Полный балл не получил никто из {}.", genitive(n, PUPIL));
        }
        format!("Полный балл\u{a0}— у\u{a0}{} из {}.", count(k), genitive(n, PUPIL))
    }

    /// Schools that could be turned to.
    fn helpers(n: u64, names: &str) {
        if n == 0 {
            return "Школ, сильнее остальных, не выявлено: практикум ведёт методическое объединение.".to_owned();
        }
        format!("Получается лучше, чем у остальных: {names}.")
    }
}

/// What may have gone unseen in some of the works, or in all of them.
fn doubt(n: u64, unseen: u64) -> String {
    match unseen {
        0 => String::new(),
        unseen if n <= unseen => ", но небольшое отличие по этим данным не различить".to_owned(),
        unseen => format!("; в {} из них небольшое отличие по этим данным не различить", count(unseen)),
    }
}

#[cfg(test)]
mod tests {
    use super::{low_results, quiet_works};

    #[test]
    fn what_could_not_be_seen_is_not_said_to_be_absent() {
        let said = |n, unseen| quiet_works(n, unseen, "округа").replace('\u{a0}', " ");
        assert_eq!(said(5, 0), "По 5 работам отличий от остальных школ округа не найдено.");
        assert!(said(5, 2).ends_with("не найдено; в 2 из них небольшое отличие по этим данным не различить."));
        assert!(said(5, 5).ends_with("не найдено, но небольшое отличие по этим данным не различить."));
    }

    #[test]
    fn a_number_agrees_with_its_verb() {
        let said = |k| low_results(k, 66, "Отметку «2»", "1,5 %", "5,9 %").replace('\u{a0}', " ");
        assert!(said(1).starts_with("Отметку «2» получил 1 ученик из 66 (1,5 %), в остальных школах"));
        assert!(said(13).starts_with("Отметку «2» получили 13 учеников из 66"));
        assert!(said(0).starts_with("Отметку «2» не получил никто из 66 учеников"));
    }
}
