//! What stands for a school: a login, a code or the name of an institution, never the name of a person.

use super::identity::login;
use super::spelling::tidy;
use srez_model::note::{is_quotable, names_school};
use srez_model::personal;
use srez_model::place::canonical_login;

/// Login or code of a school in a cell: alone, before ` | `, or in the suffix `(eduNNNNNN)`; empty where the cell holds
/// something else.
pub(crate) fn of(text: &str) -> String {
    let key = login(text).unwrap_or_else(|| canonical_login(&tidy(text.split(" | ").next().unwrap_or(text))));
    if is_key(&key) { key } else { String::new() }
}

/// Login or code in a cell that holds nothing else.
pub(crate) fn of_code(text: &str) -> String {
    let key = canonical_login(text);
    if is_key(&key) { key } else { String::new() }
}

/// The name of a school as it is shown; empty where it is that of a person.
pub(crate) fn name(text: &str) -> String {
    if is_person(text) { String::new() } else { text.to_owned() }
}

/// True where the name of a school should stand and a person is named.
pub(crate) fn is_person(text: &str) -> bool {
    let bare = text.rsplit_once('(').filter(|(_, login)| login.ends_with(')')).map_or(text, |(name, _)| name);
    !names_school(bare) && (personal::is_personal(text) || personal::is_name_alone(bare))
}

/// ОГРН, by which open data name an institution; no number of a person has as many digits.
fn is_registered(key: &str) -> bool {
    key.len() == 13 && key.starts_with(['1', '5']) && key.bytes().all(|sign| sign.is_ascii_digit())
}

/// A code has a digit; the name of a school begins as such names do.
fn is_key(key: &str) -> bool {
    names_school(key)
        || is_registered(key)
        || (key.bytes().any(|sign| sign.is_ascii_digit()) && is_quotable(key) && personal::year_of_date(key).is_none())
}

#[cfg(test)]
mod tests {
    use super::{name, of};

    #[test]
    fn a_person_is_no_school() {
        for (text, key) in [
            ("edu990001", "edu990001"),
            ("SCH990001", "edu990001"),
            ("МБОУ «СОШ № 5»(edu990005)", "edu990005"),
            ("101005 | СОШ № 5", "101005"),
            ("10101.0", "10101"),
            ("МБОУ СОШ № 5", "мбоу сош № 5"),
            ("Лицей «Вершина»", "лицей «вершина»"),
            ("Вечерняя школа", "вечерняя школа"),
            ("Школа № 3 им. А. С. Пушкина", "школа № 3 им. а. с. пушкина"),
        ] {
            assert_eq!(of(text), key);
        }
        let others = [
            "Канарейкин Пётр Сергеевич",
            "Канарейкин",
            "Канарейкин П.С., СОШ № 5",
            "Школа, Канарейкин Пётр Сергеевич",
            "112-233-445 95",
            "4509 718293",
            "4509718293",
            "anna1@example.ru",
            "+79123456789",
            "14.05.2012",
            "—",
            "?",
        ];
        for text in others {
            assert_eq!(of(text), "", "{text}");
        }
        assert_eq!(name("МБОУ СОШ № 3 им. А.С. Пушкина(edu990003)"), "МБОУ СОШ № 3 им. А.С. Пушкина(edu990003)");
        for person in ["Канарейкин П.С.", "Канарейкин", "Ivanov Ivan", "Канарейкина(edu990003)"]
        {
            assert_eq!(name(person), "", "{person}");
        }
    }
}
