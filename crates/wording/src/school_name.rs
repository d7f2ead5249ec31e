//! Short names of schools for tables and charts: МБОУ «СОШ № 1 имени …» → «СОШ № 1».

use super::text::typeset;
use std::collections::BTreeMap;

/// Legal forms that precede a school's name.
const LEGAL_FORMS: [&str; 20] = [
    "МБОУ",
    "МКОУ",
    "МАОУ",
    "МОУ",
    "МОБУ",
    "МБНОУ",
    "МБВСОУ",
    "ГБОУ",
    "ГКОУ",
    "ГАОУ",
    "ГОУ",
    "ГБПОУ",
    "КГБОУ",
    "КГКОУ",
    "КГАОУ",
    "ОГБОУ",
    "ОГКОУ",
    "ЧОУ",
    "АНОО",
    "ФГКОУ",
];

/// Words of legal forms that are written out.
const LEGAL_WORDS: [&str; 16] = [
    "муниципальное",
    "краевое",
    "областное",
    "государственное",
    "федеральное",
    "бюджетное",
    "казённое",
    "казенное",
    "автономное",
    "частное",
    "общеобразовательное",
    "образовательное",
    "вечернее",
    "сменное",
    "нетиповое",
    "учреждение",
];

/// Types that are written out, in lower case without ё, and their letters.
const TYPES: [(&str, &str); 7] = [
    ("средняя общеобразовательная школа", "СОШ"),
    ("основная общеобразовательная школа", "ООШ"),
    ("начальная общеобразовательная школа", "НОШ"),
    ("вечерняя (сменная) общеобразовательная школа", "В(С)ОШ"),
    ("средняя школа", "СШ"),
    ("основная школа", "ОШ"),
    ("общеобразовательная школа", "ОШ"),
];

/// Words with which the name of a place begins after an honorary name.
const PLACES: [&str; 20] = [
    "г.",
    "город",
    "города",
    "с.",
    "село",
    "села",
    "п.",
    "пос.",
    "посёлок",
    "посёлка",
    "поселка",
    "д.",
    "деревни",
    "ст.",
    "станицы",
    "х.",
    "хутора",
    "пгт",
    "пгт.",
    "р.п.",
];

/// The short name of one school: without legal form and honorary name, types in letters.
///
/// A name of which nothing would be left is returned whole, only typeset.
pub fn short(name: &str) -> String {
    let whole = typeset(name);
    let words = without_quotes(without_legal_form(&whole));
    let words = without_honour(&with_type_letters(&words));
    let words = words.trim_matches([' ', '\u{a0}', ',', '.']).trim();
    if words.is_empty() { whole } else { typeset(words) }
}

/// Short names of many schools in the same order; if two would be equal, both keep their full names.
pub fn short_names<S: AsRef<str>>(names: &[S]) -> Vec<String> {
    let short_names: Vec<String> = names.iter().map(|name| short(name.as_ref())).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &short_names {
        *times.entry(name).or_default() += 1;
    }
    let mut result = Vec::with_capacity(names.len());
    for (full, short_name) in names.iter().zip(&short_names) {
        let unique = times.get(short_name.as_str()) == Some(&1);
        result.push(if unique { short_name.clone() } else { typeset(full.as_ref()) });
    }
    result
}

/// What orders schools by type, number and name: «Гимназия № 3», «Лицей № 5», «СОШ № 1», «СОШ № 12», «Заречная СОШ».
pub fn by_type_and_number(short_name: &str) -> (String, u32, String) {
    let words: Vec<&str> = short_name.split([' ', '\u{a0}']).collect();
    let number = number(short_name).unwrap_or(u32::MAX);
    let is_type = |word: &&&str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let kind = words.iter().find(is_type).or(words.first()).map_or_else(String::new, |word| word.to_lowercase());
    (kind, number, short_name.to_lowercase())
}

/// The number of a school: the digits after «№».
pub fn number(short_name: &str) -> Option<u32> {
    let (_, rest) = short_name.split_once('№')?;
    let digits: String = rest.trim_start_matches([' ', '\u{a0}']).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn without_legal_form(name: &str) -> &str {
    let mut rest = name.trim_start();
    loop {
        let word = rest.split([' ', '\u{a0}', '«']).next().unwrap_or_default();
        let is_legal = LEGAL_FORMS.contains(&word) || LEGAL_WORDS.contains(&word.to_lowercase().as_str());
        if word.is_empty() || !is_legal {
            return rest;
        }
        rest = rest.get(word.len()..).unwrap_or_default().trim_start_matches([' ', '\u{a0}']);
    }
}

/// Removes the outermost quotes if the name begins with them: «СОШ № 1» г. Ключи → СОШ № 1 г. Ключи.
fn without_quotes(name: &str) -> String {
    let Some(inner) = name.strip_prefix('«') else { return name.to_owned() };
    let opened = inner.replacen('»', "", 1);
    opened.replace('„', "«").replace('“', "»")
}

fn with_type_letters(name: &str) -> String {
    let folded = name.to_lowercase().replace('ё', "е").replace('\u{a0}', " ");
    for (words, letters) in TYPES {
        if let Some(place) = folded.find(words) {
            // Lower case and ё → е keep the number of letters, so positions are counted in letters.
            let before = folded.get(..place).unwrap_or_default().chars().count();
            let length = words.chars().count();
            let head: String = name.chars().take(before).collect();
            let tail: String = name.chars().skip(before + length).collect();
            return format!("{head}{letters}{tail}");
        }
    }
    name.to_owned()
}

/// Cuts «имени Героя … Иванова» up to the name of a place or the end.
fn without_honour(name: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut inside = false;
    for word in name.split([' ', '\u{a0}']) {
        let lower = word.trim_end_matches(',').to_lowercase();
        if lower == "имени" || lower == "им." || lower == "им" {
            inside = true;
        } else if inside && PLACES.contains(&lower.as_str()) {
            inside = false;
        }
        if !inside {
            kept.push(word);
        }
    }
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schools_are_ordered_by_type_and_number() {
        let mut names = ["СОШ № 12", "Заречная СОШ", "Лицей № 5", "СОШ №\u{a0}2", "Гимназия № 3", "ООШ № 109"];
        names.sort_by_key(|name| by_type_and_number(name));
        let sorted = ["Гимназия № 3", "Лицей № 5", "ООШ № 109", "СОШ №\u{a0}2", "СОШ № 12", "Заречная СОШ"];
        assert_eq!(names, sorted);
    }

    #[test]
    fn the_legal_form_and_the_honour_go() {
        assert_eq!(short("МБОУ «СОШ № 1 имени Героя Советского Союза И. И. Иванова»"), "СОШ №\u{a0}1");
        assert_eq!(short("МБОУ \"СОШ №12 им. А.С. Пушкина г. Ключи\""), "СОШ №\u{a0}12 г.\u{a0}Ключи");
        assert_eq!(short("МАОУ Гимназия № 3"), "Гимназия №\u{a0}3");
        assert_eq!(short("МКОУ \"Ключевская СОШ\""), "Ключевская СОШ");
        assert_eq!(short("МБОУ \"Лицей \"Успех\"\""), "Лицей «Успех»");
    }

    #[test]
    fn long_types_become_letters() {
        let name = "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 7»";
        assert_eq!(short(name), "СОШ №\u{a0}7");
        assert_eq!(short("МБОУ Ключевская основная общеобразовательная школа"), "Ключевская ООШ");
    }

    #[test]
    fn what_would_vanish_stays() {
        assert_eq!(short("МБОУ"), "МБОУ");
        assert_eq!(short(""), "");
        assert_eq!(
            short_names(&["МБОУ СОШ № 1", "МКОУ СОШ № 1", "МБОУ СОШ № 2"]),
            ["МБОУ СОШ №\u{a0}1", "МКОУ СОШ №\u{a0}1", "СОШ №\u{a0}2"]
        );
    }
}
