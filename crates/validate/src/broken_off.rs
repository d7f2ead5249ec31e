//! A rule that met what nobody thought of: the block is left out, the run goes on.

use super::Validated;
use srez_model::block::Block;
use srez_model::note::{Note, NoteCode, NoteDefinition, Noted, Severity};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A fault of the program on this table.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::CheckBrokenOff,
    severity: Severity::RejectFile,
    title: "проверка таблицы прервана",
    explanation: "При проверке этой таблицы программа встретила случай, который в ней не предусмотрен. Таблица не \
                  принята, остальные файлы обработаны.",
    hint: "сообщите составителям программы название формы; остальные файлы от этого не зависят",
};

/// Checks a block; the words of a panic are not repeated, they could hold what stands in a cell.
pub(super) fn guarded(block: Block, check: impl FnOnce(Block) -> Noted<Option<Validated>>) -> Noted<Option<Validated>> {
    let note = Note::about_file(&CODE, &block.file, "проверка прервана ошибкой программы").at_sheet(&block.sheet);
    // The block is given away and dropped with whatever the panic left of it.
    match catch_unwind(AssertUnwindSafe(|| check(block))) {
        Ok(checked) => checked,
        Err(_) => Noted { value: None, notes: vec![note] },
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;
    use srez_model::assessment::{ExamKey, Procedure};
    use srez_model::block::Block;

    #[test]
    fn a_rule_that_panics_costs_one_block() {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 5);
        let block = Block::new(key, "form", "a.xlsx", "Протокол");
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| ()));
        let checked = guarded(block, |block| panic!("content of {}", block.file));
        std::panic::set_hook(hook);
        assert!(checked.value.is_none());
        assert_eq!((checked.notes[0].code.as_str(), checked.notes[0].file.as_str()), ("V14", "a.xlsx"));
        assert!(!checked.notes[0].message.contains("content"));
    }
}
