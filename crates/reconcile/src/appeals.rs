//! Did an appeal or a re-check change a result of a protocol?

use super::ExamResults;
use srez_model::appeal::Appeal;
use srez_model::assessment::{ExamKey, Procedure};
use srez_model::block::{Block, RowState, UNREADABLE};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use std::collections::BTreeSet;

/// A result that was replaced.
pub(super) const CORRECTED: NoteDefinition = NoteDefinition {
    id: NoteCode::CorrectedByAppeal,
    severity: Severity::Warning,
    title: "результат исправлен по апелляции",
    explanation: "Первичный балл и результат взяты из таблицы апелляций. За какие задания балл изменился, она не \
                  говорит: если изменился первичный балл, баллы за задания с развёрнутым и устным ответом этого \
                  участника исключены.",
    hint: "ничего делать не нужно",
};

/// An appeal without a row.
pub(super) const UNMATCHED: NoteDefinition = NoteDefinition {
    id: NoteCode::UnmatchedAppeal,
    severity: Severity::Warning,
    title: "апелляция не нашла строку протокола",
    explanation: "Ни в принятых протоколах, ни в прежних поставках нет участника с этими школой, именем, документом, \
                  предметом и датой: результат не изменён.",
    hint: "проверьте, есть ли протокол этого экзамена и одинаково ли записан документ",
};

/// An appeal that contradicts the protocol.
pub(super) const CONTRADICTS: NoteDefinition = NoteDefinition {
    id: NoteCode::ContradictingAppeal,
    severity: Severity::Warning,
    title: "апелляция противоречит протоколу",
    explanation: "«Балл до изменения» не тот, что в протоколе, или апелляция отклонена, а баллы другие. Остался \
                  результат протокола.",
    hint: "сверьте обе строки с региональным центром",
};

/// Applies the appeals to the protocols of a run; those whose row did not come with it are given back.
pub(super) fn apply(appeals: &[Appeal], results: &mut [ExamResults], notes: &mut Vec<Note>) -> Vec<Appeal> {
    let mut late = Vec::new();
    for appeal in appeals {
        let mut found = false;
        for of_exam in results.iter_mut().filter(|of_exam| is_about(appeal, &of_exam.exam.key)) {
            for block in &mut of_exam.blocks {
                if let Some(row) = row_of(appeal, block) {
                    found = true;
                    decide(appeal, block, row, notes);
                }
            }
        }
        if !found {
            late.push(appeal.clone());
        }
    }
    late
}

/// Applies an appeal to blocks of one exam that came with earlier runs; notes, or none where no row is its own.
///
/// The note is the same whether the result is changed now or was before, so that a run repeated says the same.
pub fn apply_late(appeal: &Appeal, blocks: &mut [Block]) -> Option<Vec<Note>> {
    let (block, row) = blocks.iter_mut().find_map(|block| row_of(appeal, block).map(|row| (block, row)))?;
    let mut told = Vec::new();
    decide(appeal, block, row, &mut told);
    told.retain(|note| note.code == CONTRADICTS.id);
    if told.is_empty() && !appeal.refused {
        let line = block.row.get(row).copied().unwrap_or(0);
        let message = format!(
            "школа {}: исправлен результат прежней поставки — файл {}, строка {line}",
            appeal.school, block.file
        );
        told.push(note(&CORRECTED, appeal, message));
    }
    Some(told)
}

/// The note on an appeal whose row is nowhere.
pub fn unmatched_appeal(appeal: &Appeal) -> Note {
    note(&UNMATCHED, appeal, format!("школа {}: строки участника в протоколах нет", appeal.school))
}

/// «Математика» with marks is ОГЭ or the base exam, with test scores the profile exam.
pub fn is_about(appeal: &Appeal, key: &ExamKey) -> bool {
    let kind = match (key.procedure, appeal.is_mark) {
        (Procedure::Oge, true) | (Procedure::Ege, false) => true,
        (Procedure::Ege, true) => key.subject == "math-base",
        _ => false,
    };
    let subject = key.subject == appeal.subject
        || key.subject.strip_prefix(&appeal.subject).is_some_and(|rest| rest.starts_with('-'));
    let year = appeal.date.get(..4).and_then(|year| year.parse::<u16>().ok());
    kind && subject && year.is_none_or(|year| year == key.year)
}

fn row_of(appeal: &Appeal, block: &Block) -> Option<usize> {
    if !appeal.date.is_empty() && !block.date.is_empty() && block.date != appeal.date {
        return None;
    }
    let labels = |wanted: &dyn Fn(&str) -> bool, names: &[String]| -> BTreeSet<u32> {
        (0_u32..).zip(names).filter(|(_, name)| wanted(name)).map(|(place, _)| place).collect()
    };
    let school = appeal.school.trim_start_matches('0');
    let people = labels(&|name| appeal.participants.iter().any(|known| known == name), &block.participant.names);
    let schools = labels(&|name| name.trim_start_matches('0') == school, &block.school.names);
    if people.is_empty() || schools.is_empty() {
        return None;
    }
    (0..block.rows()).find(|row| {
        let is = |labels: &BTreeSet<u32>, column: &[u32]| column.get(*row).is_some_and(|label| labels.contains(label));
        block.state.get(*row) == Some(&RowState::Accepted)
            && is(&people, &block.participant.of_row)
            && is(&schools, &block.school.of_row)
    })
}

fn decide(appeal: &Appeal, block: &mut Block, row: usize, notes: &mut Vec<Note>) {
    let at = |column: &[Option<u16>]| column.get(row).copied().flatten();
    let (total, result) = (at(&block.total), at(&block.result));
    let (new_total, new_result) = (appeal.total.or(total), appeal.result.or(result));
    if (new_total, new_result) == (total, result) {
        return;
    }
    let differs = appeal.before.is_some() && ![total, result].contains(&appeal.before);
    if appeal.refused || differs {
        let message = format!(
            "в протоколе {} (строка {}) первичный балл {}, результат {}; в апелляции — {} и {}",
            block.file,
            block.row.get(row).copied().unwrap_or(0),
            shown(total),
            shown(result),
            shown(new_total),
            shown(new_result)
        );
        notes.push(note(&CONTRADICTS, appeal, message));
        return;
    }
    if new_total != total {
        leave_out_extended(block, row);
    }
    for (column, value) in [
        (&mut block.total, new_total),
        (&mut block.declared_total, new_total),
        (&mut block.result, new_result),
        (&mut block.declared_result, new_result),
    ] {
        if let Some(cell) = column.get_mut(row) {
            *cell = value;
        }
    }
    let line = block.row.get(row).copied().unwrap_or(0);
    let message = format!(
        "первичный балл {} → {}, результат {} → {}: {}, строка {}",
        shown(total),
        shown(new_total),
        shown(result),
        shown(new_result),
        appeal.file,
        appeal.row
    );
    notes.push(Note::about_file(&CORRECTED, &block.file, message).at_sheet(&block.sheet).at(line, 0));
}

/// A score or result as a note shows it.
fn shown(value: Option<u16>) -> String {
    value.map_or_else(|| "нет".to_owned(), |value| value.to_string())
}

/// Short answers stand first and share one column of the sheet; all that stands beyond is what experts judged.
fn leave_out_extended(block: &mut Block, row: usize) {
    let columns: BTreeSet<u32> = block.tasks.iter().map(|task| task.column).collect();
    let short = if columns.len() > 1 { columns.first().copied() } else { None };
    for (task, points) in block.tasks.iter().zip(&mut block.points) {
        if Some(task.column) != short
            && let Some(code) = points.get_mut(row)
        {
            *code = UNREADABLE;
        }
    }
}

fn note(code: &NoteDefinition, appeal: &Appeal, message: String) -> Note {
    Note::about_file(code, &appeal.file, message).at_sheet(&appeal.sheet).at(appeal.row, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::Exam;
    use srez_model::block::BlockTask;

    fn results() -> Vec<ExamResults> {
        let key = ExamKey::new(Procedure::Oge, 2026, "social-studies", 9);
        let exam = Exam::unspecified(key.clone());
        let mut block = Block::new(key, "gia-protocol", "протокол.xls", "Page 1");
        block.date = "2026-07-03".to_owned();
        let task = |column| BlockTask { id: String::new(), by_position: false, max: None, difficulty: None, column };
        block.tasks = vec![task(15), task(15), task(18)];
        for (place, person) in ["one", "two"].iter().enumerate() {
            block.row.push(u32::try_from(place).unwrap() + 6);
            block.state.push(RowState::Accepted);
            block.school.push("9306");
            block.participant.push(person);
            block.total.push(Some(20));
            block.declared_total.push(Some(20));
            block.result.push(Some(3));
            block.declared_result.push(Some(3));
        }
        block.points = vec![vec![1, 1], vec![2, 2], vec![1, 1]];
        vec![ExamResults { exam, blocks: vec![block] }]
    }

    fn appeal(person: &str, total: impl Into<Option<u16>>, result: u16) -> Appeal {
        let text = |text: &str| text.to_owned();
        Appeal {
            file: text("апелляции.xlsx"),
            sheet: text("Лист1"),
            row: 5,
            subject: text("social-studies"),
            date: text("2026-07-03"),
            school: text("9306"),
            participants: vec![text("with document"), text(person)],
            before: None,
            total: total.into(),
            result: Some(result),
            is_mark: true,
            refused: false,
        }
    }

    fn codes(appeals: &[Appeal], results: &mut [ExamResults]) -> Vec<String> {
        let mut notes = Vec::new();
        let late = apply(appeals, results, &mut notes);
        notes.extend(late.iter().map(unmatched_appeal));
        notes.into_iter().map(|note| note.code.to_string()).collect()
    }

    #[test]
    fn an_appeal_replaces_the_result_and_leaves_out_what_it_does_not_tell() {
        let mut results = results();
        assert_eq!(codes(&[appeal("two", 24, 4)], &mut results), ["C12"]);
        let block = &results[0].blocks[0];
        assert_eq!((block.total[1], block.result[1], block.declared_total[1]), (Some(24), Some(4), Some(24)));
        let points: Vec<u8> = block.points.iter().map(|column| column[1]).collect();
        assert_eq!(points, [1, 2, UNREADABLE], "short answers stay, the expert's points are not known");
        assert_eq!((block.total[0], block.points[2][0]), (Some(20), 1), "nobody else is touched");
        assert!(codes(&[appeal("two", 24, 4)], &mut results).is_empty(), "applied already");
    }

    #[test]
    fn a_result_that_is_not_there_is_not_shown_as_a_number() {
        let mut results = results();
        results[0].blocks[0].result[0] = None;
        let mut notes = Vec::new();
        apply(&[appeal("one", 21, 4)], &mut results, &mut notes);
        assert!(notes[0].message.contains("результат нет → 4"), "{}", notes[0].message);
    }

    #[test]
    fn a_late_appeal_says_the_same_before_and_after() {
        let mut held = results().remove(0).blocks;
        let appeal = appeal("two", 24, 4);
        let first = apply_late(&appeal, &mut held).unwrap();
        assert_eq!((held[0].total[1], held[0].result[1], first[0].code.as_str()), (Some(24), Some(4), "C12"));
        assert_eq!(apply_late(&appeal, &mut held), Some(first));
        let nobody = Appeal { participants: vec!["nobody".to_owned()], ..appeal.clone() };
        assert_eq!(apply_late(&nobody, &mut held), None);
        let refused = Appeal { refused: true, ..appeal };
        assert_eq!(apply_late(&refused, &mut held), Some(Vec::new()), "nothing to change, nothing to tell");
    }

    #[test]
    fn a_mark_alone_keeps_the_points() {
        let mut results = results();
        assert_eq!(codes(&[appeal("one", None, 4)], &mut results), ["C12"]);
        assert_eq!((results[0].blocks[0].result[0], results[0].blocks[0].points[2][0]), (Some(4), 1));
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        let mut results = results();
        let before = results.clone();
        let other_day = Appeal { date: "2026-06-03".to_owned(), ..appeal("one", 24, 4) };
        let other_exam = Appeal { is_mark: false, ..appeal("one", 24, 70) };
        assert_eq!(codes(&[appeal("nobody", 24, 4), other_day, other_exam], &mut results), ["C13"; 3]);
        let refused = Appeal { refused: true, ..appeal("one", 24, 4) };
        let elsewhere = Appeal { before: Some(5), ..appeal("one", 24, 4) };
        assert_eq!(codes(&[refused, elsewhere], &mut results), ["C14"; 2]);
        assert_eq!(results, before);
    }
}
