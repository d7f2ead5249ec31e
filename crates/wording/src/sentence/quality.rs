//! Sentences about the data of a school: their score and what cannot be read.

use crate::number::count;
use crate::plural::{FILE, POINT, ROW, SCHOOL, WORK, agreeing, genitive, nominative, plural};

sentences! {
    /// Works with results out of those expected; a clause after «полнота».
    fn works_there(present: u64, expected: u64) {
        format!("результаты есть по {} из {}", count(present), genitive(expected, WORK))
    }

    /// Rows without a note on a value; a clause after «ячейки».
    fn clean_rows(clean: u64, rows: u64) {
        format!("без замечаний {} из {}", count(clean), genitive(rows, ROW))
    }

    /// Files that are completely identified; a clause after «идентификация».
    fn identified_files(identified: u64, files: u64) {
        format!(
            "школа, работа, класс и участники взяты без замечаний в {} из {}",
            count(identified),
            genitive(files, FILE)
        )
    }

    /// Works that came by their day; a clause after «срок».
    fn works_in_time(in_time: u64, due: u64) {
        format!("в срок {} {} из {}", agreeing(in_time, "пришла", "пришло"), count(in_time), genitive(due, WORK))
    }

    /// Works expected from every school with their grade.
    fn expected_works(n: u64) {
        format!("Ожидается {}", nominative(n, WORK))
    }

    /// Schools for which a part is not computed, with the reason after a colon.
    fn without_part(schools: u64, part: &str, reason: &str) {
        format!("{part} не вычисляется у {}: {reason}", genitive(schools, SCHOOL))
    }

    /// «задание 5: 4 балла при максимуме 3»; a clause of a note.
    fn above_maximum(task: &str, points: u64, max: &str) {
        format!("задание {task}: {points} {} при максимуме {max}", plural(points, POINT.nominative))
    }
}
