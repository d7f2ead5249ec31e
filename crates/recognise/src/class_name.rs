//! Names of classes: 145 spellings in one year, few classes.

use super::spelling::{cyrillic, tidy};

/// A class as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClassName {
    /// Normalised name: `8А`, `8` where the school has one class, `1` for an ordinal.
    pub name: String,
    /// True where the spelling is not understood and kept as it is.
    pub odd: bool,
}

/// Normalises a class of a grade; `none` are the words for «no letter». Blank is unknown and stays blank.
pub(crate) fn normalise(text: &str, grade: u8, none: &[String]) -> ClassName {
    let quotes = ['"', '\'', '«', '»', '“', '”', '.'];
    let bare = tidy(text).trim_matches(|letter: char| quotes.contains(&letter) || letter == ' ').to_uppercase();
    let plain = |name: String| ClassName { name, odd: false };
    if bare.is_empty() {
        return plain(String::new());
    }
    if none.iter().any(|word| word.to_uppercase() == bare) {
        return plain(grade.to_string());
    }
    let letters: String = bare.chars().map(cyrillic).collect();
    let short = letters.strip_suffix("КЛАСС").unwrap_or(&letters);
    let compact: Vec<char> =
        short.chars().filter(|letter| !matches!(letter, ' ' | '(' | ')' | '"' | '«' | '»' | '-')).collect();
    let digits = compact.iter().take_while(|letter| letter.is_ascii_digit()).count();
    match (&compact[..digits], &compact[digits..]) {
        (number, []) if number.len() <= 3 && short.chars().all(|letter| letter.is_ascii_digit() || letter == ' ') => {
            plain(number.iter().collect())
        }
        ([], ['А'..='Я' | 'Ё']) => plain(format!("{grade}{}", compact[0])),
        (number, ['А'..='Я' | 'Ё']) if number.len() <= 2 => plain(compact.iter().collect()),
        ([], ['А'..='Я' | 'Ё', number @ ..]) if number.iter().collect::<String>() == grade.to_string() => {
            plain(format!("{grade}{}", compact[0]))
        }
        _ => ClassName { name: tidy(text), odd: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        let class = normalise(text, 11, &["нет".to_owned()]);
        assert!(!class.odd, "{text}");
        class.name
    }

    #[test]
    fn one_class_has_one_name() {
        for text in ["11А", "11а", "11 А", "11 а ", "А(11)", "а", "A", "11a", "11-А", "«А»", "11 А класс"]
        {
            assert_eq!(name(text), "11А", "{text}");
        }
        assert_eq!(name("11 K"), "11К");
    }

    #[test]
    fn a_school_with_one_class_keeps_the_grade() {
        for text in ["нет", "нет   ", "НЕТ", "\"нет\"", "11", " 11 ", "11 класс"] {
            assert_eq!(name(text), "11", "{text}");
        }
        assert_eq!(name(" "), "");
        assert_eq!(name("1"), "1");
        assert_eq!(name("201"), "201");
    }

    #[test]
    fn odd_spellings_stay() {
        for text in ["ТВ-20", "нети", "11n", "базовый уровень", "11А,11Б", "=[1]Протокол!U2", "10\"нет\"", "А-1"]
        {
            assert_eq!(normalise(text, 11, &["нет".to_owned()]), ClassName { name: text.to_owned(), odd: true });
        }
    }
}
