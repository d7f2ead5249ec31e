//! Sentences about the works of a period.

use crate::number::count;
use crate::plural::{RESULT, SCHOOL, WORK, agreeing, genitive, nominative, plural, prepositional};

sentences! {
    /// «Обработано 15 работ, в них 4514 результатов участников. Результаты есть у 14 из 14 школ.»
    fn coverage(works: u64, results: u64, with_results: u64, schools: u64) {
        format!(
            "{} {}, {} {} участников. Результаты есть у {} из {}.",
            agreeing(works, "Обработана", "Обработано"),
            nominative(works, WORK),
            if works == 1 { "в ней" } else { "в них" },
            nominative(results, RESULT),
            count(with_results),
            genitive(schools, SCHOOL)
        )
    }

    /// «Рост на 10 п.п. и более — в 2 работах.»; `limit` as printed.
    fn rise(works: u64, limit: &str) {
        if works == 0 {
            format!("Роста на\u{a0}{limit}\u{a0}п.п. и\u{a0}более нет.")
        } else {
            format!("Рост на\u{a0}{limit}\u{a0}п.п. и\u{a0}более\u{a0}— в\u{a0}{}.", prepositional(works, WORK))
        }
    }

    /// «В 5 работах участников меньше 10: выводы по долям не делаются.»; `least` as printed.
    fn small_works(works: u64, least: &str) {
        format!("В\u{a0}{} участников меньше {least}: выводы по долям не делаются.", prepositional(works, WORK))
    }

    /// «Сравнимы с прошлым годом 5 из 11 работ.»
    fn comparable(k: u64, works: u64) {
        if k == 0 {
            return format!("С прошлым годом не сравнима ни одна из {}.", genitive(works, WORK));
        }
        format!(
            "{} с прошлым годом {} из {}.",
            agreeing(k, "Сравнима", "Сравнимы"),
            count(k),
            genitive(works, WORK)
        )
    }

    /// Works without results of the region; a clause of a list.
    fn without_region(k: u64, works: u64) {
        format!("результатов региона нет по {} из {}", count(k), genitive(works, WORK))
    }

    /// Works without a previous year; a clause of a list.
    fn without_years(k: u64, works: u64) {
        format!("сравнение с прошлым годом не проводится по {} из {}", count(k), genitive(works, WORK))
    }

    /// Works without specification; a clause of a list.
    fn without_specification(works: u64) {
        format!("спецификации нет у\u{a0}{}", genitive(works, WORK))
    }

    /// Works without levels; a clause of a list.
    fn without_levels(works: u64) {
        format!("уровни заданий не указаны у\u{a0}{}", genitive(works, WORK))
    }

    /// «Ещё 5 работ — в профиле школы.»
    fn more_works(works: u64) {
        format!("Ещё {}\u{a0}— в профиле школы.", nominative(works, WORK))
    }

    /// The question to a school if there is nothing else to ask; `version` as printed.
    fn of_period(works: u64, version: &str) {
        format!("За период\u{a0}— {} с результатами школы, версия данных: срез {version}.", nominative(works, WORK))
    }

    /// «Работа», the unit of a big number.
    fn works_unit(works: u64) {
        plural(works, WORK.nominative).to_owned()
    }

    /// Unit of the works of a run, on the start page.
    fn reported_works_unit(works: u64) {
        format!("{} в отчётах", plural(works, WORK.nominative))
    }

    /// «Работа за период», the unit of a big number.
    fn works_of_period_unit(works: u64) {
        format!("{} за период", plural(works, WORK.nominative))
    }

    /// Results of a school that are below those of the others, the unit of a big number.
    fn lower_results_unit(n: u64) {
        format!("{} ниже, чем в остальных школах", plural(n, RESULT.nominative))
    }

    /// Results of a school that are worth studying, the unit of a big number.
    fn worth_results_unit(n: u64) {
        format!("{}, где опыт стоит изучить", plural(n, RESULT.nominative))
    }
}
