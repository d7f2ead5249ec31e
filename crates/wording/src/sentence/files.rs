//! Sentences about files, rows and notes.

use crate::number::count;
use crate::plural::{
    BLOCK, CELL, DEFICIT, FAULT, FILE, NOTE, PARTICIPANT, ROW, SCHOOL, WORK, agreeing, genitive, nominative, plural,
};
use crate::text::list;

sentences! {
    /// Versions of the history that do not differ.
    fn same_blocks(n: u64) {
        format!("Отличий нет: {} {}.", nominative(n, BLOCK), agreeing(n, "тот же", "те же"))
    }

    /// Blocks of works, schools and classes in which two versions differ; people is what changed in them.
    fn changed_blocks(blocks: u64, schools: u64, people: &str, same: u64) {
        let differ = agreeing(blocks, "Отличается", "Отличаются");
        let (blocks, schools) = (nominative(blocks, BLOCK), nominative(schools, SCHOOL));
        format!("{differ} {blocks} ({schools}): {people}. Без изменений {}.", nominative(same, BLOCK))
    }

    /// Notes of one kind that a file has more of than are shown.
    fn notes_left_out(notes: u64) {
        format!("не показано ещё {} этого вида", nominative(notes, NOTE))
    }

    /// Files that hold several schools.
    fn in_shared_files(files: u64) {
        format!("Результаты школы есть и в общих файлах ({}).", nominative(files, FILE))
    }

    /// Files that were refused; a clause of a list.
    fn refused(files: u64) {
        format!("не {} {}", agreeing(files, "принят", "принято"), nominative(files, FILE))
    }

    /// Total of a table of files.
    fn all_files(files: u64) {
        format!("Всего: {}", nominative(files, FILE))
    }

    /// More files than a table shows.
    fn more_files(files: u64) {
        format!("Ещё {}: полный список\u{a0}— в протоколе качества данных.", nominative(files, FILE))
    }

    /// More rows than a document shows; `place` says where they are.
    fn more_rows(rows: u64, place: &str) {
        format!("Ещё {}\u{a0}— {place}.", nominative(rows, ROW))
    }

    /// Caption of a table of notes.
    fn notes(n: u64) {
        format!("Замечания к строкам и ячейкам: {}", count(n))
    }

    /// Files of a letter in brackets.
    fn files(n: u64) {
        nominative(n, FILE)
    }

    /// Errors that a school has mended since the check of a day.
    fn all_mended(n: u64, since: &str) {
        format!(
            "{} по проверке от {since}, {} ({}). Спасибо! Ниже\u{a0}— новые.",
            if n == 1 { "Ошибка, о которой мы писали" } else { "Ошибки, о которых мы писали" },
            if n == 1 { "исправлена" } else { "исправлены" },
            count(n)
        )
    }

    /// Errors for which no new file came.
    fn not_resent(n: u64, since: &str) {
        format!(
            "После проверки от {since} новых файлов не было: не {} {}.",
            agreeing(n, "исправлена", "исправлено"),
            nominative(n, FAULT)
        )
    }

    /// Errors that a new file repeats.
    fn none_mended(n: u64, since: &str) {
        if n == 1 {
            return format!("Новый файл получен, но ошибка проверки от {since} не исправлена.");
        }
        format!("Новый файл получен, но из {} проверки от {since} не исправлена ни одна.", genitive(n, FAULT))
    }

    /// Errors some of which are mended.
    fn partly_mended(fixed: u64, remains: u64, since: &str) {
        format!(
            "После проверки от {since} {} {}, не {} {}.",
            agreeing(fixed, "исправлена", "исправлено"),
            nominative(fixed, FAULT),
            agreeing(remains, "исправлена", "исправлено"),
            count(remains)
        )
    }

    /// «Не приняты 2 строки и 1 ячейка»; a clause without a full stop.
    fn not_accepted(works: u64, rows: u64, cells: u64) {
        let kinds = [(works, WORK, " целиком"), (rows, ROW, ""), (cells, CELL, "")];
        let parts: Vec<String> = kinds
            .into_iter()
            .filter(|(n, ..)| *n > 0)
            .map(|(n, noun, whole)| format!("{}{whole}", nominative(n, noun)))
            .collect();
        let verb = match (parts.len(), works + rows + cells) {
            (0, _) => return "принято всё".to_owned(),
            (1, n) => plural(n, ["не принята", "не приняты", "не принято"]),
            _ => "не приняты",
        };
        format!("{verb} {}", list(&parts))
    }

    /// Files of one work that contradict each other.
    fn different_files(n: u64) {
        format!(
            "Получены разные файлы одной работы ({}); не принят ни один из них. Сообщите, какой верный, или пришлите \
             его заново целиком.",
            nominative(n, FILE)
        )
    }

    /// More cells of one column with the same fault.
    fn more_cells(n: u64) {
        format!("Ещё {} в этом столбце: то же самое", nominative(n, CELL))
    }

    /// Deficits of the previous year; the rest of the sentence follows.
    fn of_deficits(n: u64) {
        format!("Из {} прошлого года", genitive(n, DEFICIT))
    }

    /// Participants below whose number a school is hidden.
    fn hidden_below(n: u64) {
        format!(
            "Не показаны школы, в которых меньше {}, а также отметки и задания, которые есть у всех или ни у кого.",
            genitive(n, PARTICIPANT)
        )
    }

    /// Schools that are hidden together.
    fn hidden_together(n: u64) {
        format!(
            "Чтобы скрытое нельзя было вычислить из итогов, скрыто не меньше {} вместе и по несколько ячеек в столбце; \
             какие из них малы, не указано.",
            genitive(n, SCHOOL)
        )
    }

    /// Schools and participants that quartiles need.
    fn quartiles_from(schools: u64, participants: u64) {
        format!(
            "О других школах\u{a0}— только медиана и квартили по школам муниципалитета, если их не меньше {}; в расчёт \
             входят школы, где не меньше {}.",
            count(schools),
            genitive(participants, PARTICIPANT)
        )
    }

    /// Files with marked errors, on the start page.
    fn returns(schools: u64) {
        format!("файлы школ с отмеченными ошибками, для возврата: {}", nominative(schools, SCHOOL))
    }

    /// Profiles and sheets, on the start page.
    fn school_folders(schools: u64) {
        format!("профили школ и листы собеседования: {}", nominative(schools, SCHOOL))
    }

    /// Unit of the files received, on the start page.
    fn received_files_unit(files: u64) {
        format!("{} {}", plural(files, FILE.nominative), agreeing(files, "получен", "получено"))
    }

    /// Unit of the files accepted.
    fn accepted_files_unit(files: u64) {
        format!("{} {}", plural(files, FILE.nominative), agreeing(files, "принят", "принято"))
    }

    /// Unit of the files refused.
    fn refused_files_unit(files: u64) {
        format!("{} не {}", plural(files, FILE.nominative), agreeing(files, "принят", "принято"))
    }

    /// Unit of the rows accepted.
    fn accepted_rows_unit(rows: u64) {
        format!("{} {}", plural(rows, ROW.nominative), agreeing(rows, "принята", "принято"))
    }

    /// Unit of the rows refused.
    fn refused_rows_unit(rows: u64) {
        format!("{} не {}", plural(rows, ROW.nominative), agreeing(rows, "принята", "принято"))
    }
}
