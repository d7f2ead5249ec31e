//! Schools that the register does not know.

use super::ExamResults;
use srez_model::block::RowState;
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_model::place::Register;
use std::collections::BTreeSet;

/// The school is shown under its login or code.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::UnknownSchool,
    severity: Severity::Warning,
    title: "школы нет в реестре",
    explanation: "Логин или код школы из файла не найден в реестре. Результаты учтены, школа показана под своим кодом; \
                  муниципалитет взят из файла, если он там указан.",
    hint: "добавьте школу в реестр или исправьте логин в файле",
};

pub(super) fn check(register: &Register, results: &[ExamResults], notes: &mut Vec<Note>) {
    if register.schools.is_empty() {
        return;
    }
    let mut told = BTreeSet::new();
    for block in results.iter().flat_map(|results| &results.blocks) {
        for (label, name) in block.school.names.iter().enumerate() {
            if register.find(name).is_some() || !told.insert((block.file.clone(), name.clone())) {
                continue;
            }
            let first =
                (0..block.rows()).find(|row| block.school.of_row.get(*row) == u32::try_from(label).ok().as_ref());
            let Some(first) = first.filter(|row| block.state.get(*row) != Some(&RowState::Rejected)) else { continue };
            let line = block.row.get(first).copied().unwrap_or(0);
            let like = look_alike(register, name).map_or_else(String::new, |known| {
                format!("; похоже на {known}: проверьте, не русскими ли буквами набран код")
            });
            notes.push(
                Note::about_file(&CODE, &block.file, format!("школы «{name}» нет в реестре{like}"))
                    .at_sheet(&block.sheet)
                    .at(line, block.columns.school)
                    .stated(name.clone()),
            );
        }
    }
}

/// The login or code of the register that the name is in Russian letters, by their look or their sound.
fn look_alike<'a>(register: &'a Register, name: &str) -> Option<&'a str> {
    if name.is_ascii() {
        return None;
    }
    let letters = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let name = letters(name);
    let is_like = |key: &&String| {
        let key = letters(key);
        key.len() == name.len() && key.iter().zip(&name).all(|(latin, letter)| is_alike(*latin, *letter))
    };
    let keys = register.schools.iter().flat_map(|school| [&school.login, &school.code, &school.id]);
    keys.filter(|key| !key.is_empty()).find(is_like).map(String::as_str)
}

/// True for the same letter, and for a Russian one that stands for a Latin one.
fn is_alike(latin: char, letter: char) -> bool {
    let russian = match latin {
        'a' => "а",
        'b' => "вб",
        'c' => "сц",
        'd' => "д",
        'e' => "её",
        'h' => "нх",
        'k' => "к",
        'm' => "м",
        'n' => "н",
        'o' => "о",
        'p' => "рп",
        'r' => "р",
        's' => "с",
        't' => "т",
        'u' => "у",
        'x' => "х",
        'y' => "у",
        _ => "",
    };
    latin == letter || russian.contains(letter)
}

#[cfg(test)]
mod tests {
    use super::look_alike;
    use srez_model::place::{Register, School};

    #[test]
    fn a_code_in_russian_letters_is_told_to_look_like_one_of_the_register() {
        let school = |login: &str, code: &str| School {
            id: login.to_owned(),
            login: login.to_owned(),
            code: code.to_owned(),
            ..School::default()
        };
        let schools = vec![school("edu990003", "A0B5"), school("sch990004", "")];
        let register = Register { schools, ..Register::default() };
        let found = ["еду990003", "еdu990003", "А0В5", "ЕДУ990003", "edu990008", "школа 7", "—"]
            .map(|name| look_alike(&register, name).unwrap_or_default());
        assert_eq!(found, ["edu990003", "edu990003", "A0B5", "edu990003", "", "", ""]);
    }
}
