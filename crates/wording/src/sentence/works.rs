//! Sentences about the works of a period.

use crate::plural::{WORK, genitive, plural};

sentences! {
    /// Works without specification; a clause of a list.
    fn without_specification(works: u64) {
        format!("спецификации нет у\u{a0}{}", genitive(works, WORK))
    }

    /// Unit of the works of a run, on the start page.
    fn reported_works_unit(works: u64) {
        format!("{} в отчётах", plural(works, WORK.nominative))
    }
}
