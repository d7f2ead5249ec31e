//! Sentences about the works of a period.

use crate::plural::{RESULT, WORK, genitive, nominative, plural, prepositional};

sentences! {
    /// «В 5 работах участников меньше 10: выводы по долям не делаются.»; `least` as printed.
    fn small_works(works: u64, least: &str) {
        format!("В\u{a0}{} участников меньше {least}: выводы по долям не делаются.", prepositional(works, WORK))
    }

    /// Works without specification; a clause of a list.
    fn without_specification(works: u64) {
        format!("спецификации нет у\u{a0}{}", genitive(works, WORK))
    }

    /// «Ещё 5 работ — в профиле школы.»
    fn more_works(works: u64) {
        format!("Ещё {}\u{a0}— в профиле школы.", nominative(works, WORK))
    }

    /// The question to a school if there is nothing else to ask; `version` as printed.
    fn of_period(works: u64, version: &str) {
        format!("За период\u{a0}— {} с результатами школы, версия данных {version}.", nominative(works, WORK))
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
