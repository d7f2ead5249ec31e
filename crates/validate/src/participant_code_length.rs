//! Codes of participants of another length than those beside them.

use super::note_at;
use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_model::threshold::Thresholds;
use std::collections::BTreeMap;

/// A digit too many or too few.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::ParticipantCodeLength,
    severity: Severity::Warning,
    title: "код участника не той длины",
    explanation: "Почти у всех участников школы коды одной длины, а в этой строке цифр больше или меньше: потерян \
                  начальный ноль, пропущена или повторена цифра. Строка учтена под тем кодом, который в ней стоит; с \
                  прежней подачей она может не совпасть.",
    hint: "сверьте код с протоколом аудитории и исправьте его",
};

pub(super) fn check(thresholds: &Thresholds, block: &Block, notes: &mut Vec<Note>) {
    let (share, fewest) = (thresholds.value("codes.share"), thresholds.value("codes.count"));
    let length = |row: usize| {
        let code = block.participant.name(row);
        let counts = block.state.get(row).is_some_and(|state| matches!(state, RowState::Accepted | RowState::Absent));
        (counts && !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code.len())
    };
    let mut by_school: BTreeMap<u32, BTreeMap<usize, u32>> = BTreeMap::new();
    for row in 0..block.rows() {
        if let (Some(length), Some(school)) = (length(row), block.school.of_row.get(row)) {
            *by_school.entry(*school).or_default().entry(length).or_default() += 1;
        }
    }
    by_school.retain(|_, counts| counts.len() > 1);
    let rule = |counts: BTreeMap<usize, u32>| {
        let all = f64::from(counts.values().sum::<u32>());
        let (length, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (fewest <= all && share * all <= 100.0 * f64::from(most)).then_some(length)
    };
    let rules: BTreeMap<u32, usize> =
        by_school.into_iter().filter_map(|(school, counts)| Some((school, rule(counts)?))).collect();
    if rules.is_empty() {
        return;
    }
    for row in 0..block.rows() {
        let wanted = block.school.of_row.get(row).and_then(|school| rules.get(school));
        let (Some(wanted), Some(found)) = (wanted, length(row)) else { continue };
        if found != *wanted {
            let code = block.participant.name(row);
            let message = format!("в коде «{code}» цифр: {found}, у остальных кодов школы: {wanted}");
            notes.push(note_at(&CODE, block, row, block.columns.participant, message).found(code));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{ExamKey, Procedure};

    fn notes(codes: &[&str]) -> Vec<String> {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 5);
        let mut block = Block::new(key, "form", "a.xlsx", "Протокол");
        block.columns.participant = 1;
        for (row, code) in (2..).zip(codes) {
            block.row.push(row);
            block.state.push(RowState::Accepted);
            block.school.push("edu230001");
            block.participant.push(code);
        }
        let mut notes = Vec::new();
        check(&srez_config::thresholds::built_in().unwrap(), &block, &mut notes);
        notes.iter().map(|note| format!("{} {}", note.cell(), note.message)).collect()
    }

    #[test]
    fn a_code_with_a_digit_lost_or_twice_is_told_at_its_cell() {
        let found = notes(&["50001", "50002", "5003", "50004", "50005", "500066", "50007", "50008", "50009", "50010"]);
        assert_eq!(
            found,
            [
                "A4 в коде «5003» цифр: 4, у остальных кодов школы: 5",
                "A7 в коде «500066» цифр: 6, у остальных кодов школы: 5"
            ]
        );
    }

    #[test]
    fn running_numbers_and_few_codes_have_no_rule() {
        assert!(notes(&["8", "9", "10", "11", "12"]).is_empty());
        assert!(notes(&["50001", "5002", "50003"]).is_empty());
        assert!(notes(&["abcdefghijklmnop", "50001", "50002", "50003", "50004", "50005"]).is_empty());
    }
}
