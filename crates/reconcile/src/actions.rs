//! Measures of the register that name schools nobody knows, or an indicator that their work does not have.

use srez_model::action::Action;
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity, is_quotable};
use srez_model::place::Register;

/// The school is left out of the measure.
pub(super) const UNKNOWN_SCHOOL: NoteDefinition = NoteDefinition {
    id: NoteCode::ActionSchoolUnknown,
    severity: Severity::Warning,
    title: "школы меры нет в реестре",
    explanation: "Логин или код школы в реестре мер не найден в реестре школ: вывод о мере считается без этой школы.",
    hint: "исправьте логин или код в столбце школ; школы разделяет точка с запятой",
};

/// Nothing can be said of the measure.
pub(super) const UNKNOWN_INDICATOR: NoteDefinition = NoteDefinition {
    id: NoteCode::ActionIndicatorUnknown,
    severity: Severity::Warning,
    title: "показатель меры не узнан",
    explanation: "Показателя, умения или задания с таким названием в работе нет: вывода о мере не будет.",
    hint: "выберите показатель из списка бланка; умение и задание пишите, как они названы в анализе: «умение: …», \
        «задание 5»",
};

/// What is wrong in the registers; `unknown` tells of an indicator that the work does not have what it has instead, and
/// nothing where the indicator or else the work itself is not the fault.
pub fn check_actions<'a>(
    register: &Register,
    actions: impl IntoIterator<Item = &'a Action>,
    unknown: impl Fn(&Action) -> Option<String>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    for action in actions {
        let about = |code: &NoteDefinition, column: u32, message: String| {
            Note::about_file(code, &action.file, message).at_sheet(&action.sheet).at(action.row, column)
        };
        let nowhere: Vec<&str> = action
            .schools
            .iter()
            .filter(|key| !register.schools.is_empty() && register.find(key).is_none())
            .map(String::as_str)
            .collect();
        if !nowhere.is_empty() {
            let message = format!("школ нет в реестре: {}", nowhere.join(", "));
            notes.push(about(&UNKNOWN_SCHOOL, action.school_column, message).stated(action.schools.join("; ")));
        }
        if let Some(instead) = unknown(action) {
            let message = if action.indicator.is_empty() {
                "показатель не указан".to_owned()
            } else if is_quotable(&action.indicator) {
                format!("показателя «{}» в этой работе нет", action.indicator)
            } else {
                "показателя, который назван в ячейке, в этой работе нет".to_owned()
            };
            let note = about(&UNKNOWN_INDICATOR, action.indicator_column, message);
            let hint = if instead.is_empty() {
                note.hint.clone()
            } else {
                format!("умения этой работы: {instead}")
            };
            notes.push(note.found(action.indicator.clone()).hint(hint));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::place::School;

    #[test]
    fn notes_name_the_cells() {
        let school = |login: &str| School { id: login.to_owned(), login: login.to_owned(), ..School::default() };
        let register = Register { schools: vec![school("edu990001")], ..Register::default() };
        let action = Action {
            file: "меры.xlsx".to_owned(),
            sheet: "Меры".to_owned(),
            row: 5,
            schools: vec!["edu990001".to_owned(), "edu990077".to_owned()],
            indicator: "доля троечников".to_owned(),
            school_column: 3,
            indicator_column: 5,
            ..Action::default()
        };
        let notes = check_actions(&register, [&action], |_| Some("вычисления; геометрия".to_owned()));
        let told: Vec<(String, String)> = notes.iter().map(|note| (note.cell(), note.message.clone())).collect();
        assert_eq!(
            told,
            [
                ("C5".to_owned(), "школ нет в реестре: edu990077".to_owned()),
                ("E5".to_owned(), "показателя, который назван в ячейке, в этой работе нет".to_owned())
            ]
        );
        assert_eq!(notes[1].hint, "умения этой работы: вычисления; геометрия");
        let known = Action { schools: vec!["edu990001".to_owned()], ..action };
        assert!(check_actions(&register, [&known], |_| None).is_empty());
    }
}
