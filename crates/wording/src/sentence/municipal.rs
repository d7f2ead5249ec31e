//! Sentences of the papers of the municipality that hold counts: the summary for the head, the road map, the drafts.

use crate::number::count;
use crate::plural::{FILE, RESULT, SCHOOL, WORK, agreeing, dative, genitive, nominative, prepositional};

/// Why schools get support.
pub const BELOW_IN_WORKS: &str = "ниже остальных в двух работах и более или больше отметок «2»";

sentences! {
    /// «18 работ, 14 школ, 4499 результатов», under the title.
    fn scope(works: u64, schools: u64, results: u64) {
        [nominative(works, WORK), nominative(schools, SCHOOL), nominative(results, RESULT)].join(", ")
    }

    /// The head of a decision.
    fn support_schools(n: u64) {
        if n == 0 {
            return "Отдельная поддержка школам не назначается".to_owned();
        }
        format!("Назначить поддержку {}", dative(n, SCHOOL))
    }

    /// Files to be asked for again.
    fn files_again(n: u64) {
        format!("{} не {}: запросить заново", nominative(n, FILE), agreeing(n, "принят", "приняты"))
    }

    /// Works without results of the region.
    fn region_unknown(k: u64, works: u64, region: &str) {
        format!("результатов {region} нет по {} из {}", count(k), genitive(works, WORK))
    }

    /// Works whose share of low results has not changed.
    fn unchanged(n: u64) {
        format!("Доля низких результатов не изменилась больше случайного: {}.", nominative(n, WORK))
    }

    /// Works that were not compared with the year before; `why` says it of each kind of work.
    fn years_not_compared(n: u64, why: &str) {
        format!("С прошлым годом не {} {}: {why}.", agreeing(n, "сравнивается", "сравниваются"), nominative(n, WORK))
    }

    /// Why schools get support, where many are below in some skill.
    fn below_in_whole_works(works: u64) {
        format!("ниже остальных по работе в целом или больше отметок «2» в {} и более", prepositional(works, WORK))
    }

    /// Schools below the others, where none is named; why is one of the two above.
    fn schools_below(n: u64, why: &str) {
        format!("Нужна поддержка {}: {why}.", dative(n, SCHOOL))
    }

    /// Works in which tasks are done by few; their table is named after it.
    fn weak_tasks_in_works(works: u64) {
        format!("Задания с низким выполнением: {}", nominative(works, WORK))
    }

    /// Results of schools that were compared, none of which is below the others.
    fn no_school_below(checked: u64, indistinct: u64) {
        let left = match indistinct {
            0 => String::new(),
            n => format!("; у {} отличие при таком числе участников не различить", genitive(n, RESULT)),
        };
        let made = agreeing(checked, "Проверен", "Проверено");
        format!("{made} {} школ: ниже остальных не выявлено ни одного{left}.", nominative(checked, RESULT))
    }

    /// Schools that a document does not show.
    fn more_schools(n: u64) {
        format!("Ещё {}\u{a0}— в рабочей книге дорожной карты.", nominative(n, SCHOOL))
    }

    /// With how many schools somebody is to talk; after «провести собеседования».
    fn by_school_papers(n: u64) {
        format!("по листам, подготовленным для {}", genitive(n, SCHOOL))
    }
}
