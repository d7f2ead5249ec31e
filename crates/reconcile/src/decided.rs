//! What did a person decide about a file?

use srez_model::decision::Decision;
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use std::collections::BTreeMap;

/// The file holds no results.
pub(super) const NO_RESULTS: NoteDefinition = NoteDefinition {
    id: NoteCode::DecidedNoResults,
    severity: Severity::Warning,
    title: "по решению не учитывается: не результаты",
    explanation: "О файле решено, что результатов в нём нет: из него ничего не берётся, замечаний к нему не делается.",
    hint: "ничего делать не нужно; если это результаты, отмените решение в рабочем месте",
};

/// The file is of a form that was named.
pub(super) const FORM: NoteDefinition = NoteDefinition {
    id: NoteCode::DecidedForm,
    severity: Severity::Warning,
    title: "форма файла указана решением",
    explanation: "О файле решено, какой он формы: остальные формы для него не рассматривались.",
    hint: "сверьте прочитанное с файлом; если форма другая, отмените решение в рабочем месте",
};

/// Another file is right.
pub(super) const OTHER_FILE: NoteDefinition = NoteDefinition {
    id: NoteCode::DecidedOtherFile,
    severity: Severity::Warning,
    title: "верным признан другой файл",
    explanation: "Результаты пришли в двух разных файлах, и решено, какой из них верен: учтён он.",
    hint: "ничего делать не нужно; если верен этот файл, отмените решение в рабочем месте",
};

/// Decisions on which of two files is right, by the names of the right one and of the other.
pub type Preferences = BTreeMap<(String, String), Decision>;

/// The note at a file that holds no results.
pub fn no_results_note(file: &str, decision: &Decision) -> Note {
    Note::about_file(&NO_RESULTS, file, format!("не результаты: так решено, {}", decision.who_and_when()))
}

/// The note at a file of a form that was named; without a title nobody knows that form any more.
pub fn form_note(file: &str, form: &str, title: Option<&str>, decision: &Decision) -> Note {
    let decided = decision.who_and_when();
    match title {
        Some(title) => Note::about_file(&FORM, file, format!("читается как «{title}»: так решено, {decided}")),
        None => {
            let message = format!("указана форма {form} ({decided}), но её больше нет: файл узнан по виду");
            Note::about_file(&FORM, file, message).hint("верните профиль формы или отмените решение в рабочем месте")
        }
    }
}

/// Two files that contradict each other, in the order of their names; none where it is one file.
pub(super) fn pair(one: &str, other: &str) -> Option<(String, String)> {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    (first != second).then(|| (first.to_owned(), second.to_owned()))
}

/// The decision by which one of these files is right and one of those is not.
pub(super) fn between<'a>(preferences: &'a Preferences, right: &[&str], others: &[&str]) -> Option<&'a Decision> {
    let pairs =
        right.iter().flat_map(|right| others.iter().map(move |other| ((*right).to_owned(), (*other).to_owned())));
    pairs.into_iter().find_map(|pair| preferences.get(&pair))
}
