//! Names of classes: 145 spellings in one year, few classes.

use super::pseudonym;
use super::spelling::{cyrillic, tidy};
use srez_model::place::without_fraction;

/// Numbers of grades as some schools write them; the longer come first.
const ROMAN: [(&str, u8); 11] = [
    ("VIII", 8),
    ("VII", 7),
    ("III", 3),
    ("VI", 6),
    ("IV", 4),
    ("IX", 9),
    ("XI", 11),
    ("II", 2),
    ("X", 10),
    ("V", 5),
    ("I", 1),
];
/// Signs of an odd name that is kept.
const LONGEST_ODD: usize = 6;

/// A class as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClassName {
    /// Normalised name: `8А`, `8` where the school has one class, `1` for an ordinal.
    pub name: String,
    /// What became of a spelling that is not understood.
    pub odd: Option<Odd>,
}

/// What becomes of a spelling that is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Odd {
    /// A short code such as «ТВ-20» that names nobody: it stays.
    Kept,
    /// It may be the name of a person: «класс ?N» takes its place.
    Replaced,
}

/// Normalises a class of a grade; `none` are the words for «no letter». Blank is unknown and stays blank.
pub(crate) fn normalise(text: &str, grade: u8, none: &[String], key: &[u8; 32]) -> ClassName {
    let written = tidy(text);
    let plain = |name: String| ClassName { name, odd: None };
    let parts = parts(without_fraction(&written));
    let is_none = |part: &String| none.iter().any(|word| word.to_uppercase() == *part);
    let number = |part: &String| part.bytes().all(|sign| sign.is_ascii_digit());
    let letter = |part: &String| {
        let mut signs = part.chars().map(cyrillic);
        signs.next().filter(|sign| matches!(sign, 'А'..='Я' | 'Ё') && signs.next().is_none())
    };
    // Each part is a run of digits or of letters.
    match parts.as_slice() {
        [] if written.chars().all(|sign| !sign.is_alphanumeric()) => plain(String::new()),
        [] => plain(grade.to_string()),
        [one] if is_none(one) => plain(grade.to_string()),
        [one] if number(one) && one.len() <= 3 => plain(one.clone()),
        [one, other] if number(one) && one.len() <= 2 && is_none(other) => plain(one.clone()),
        [one] => match (letter(one), roman(one, grade)) {
            (_, Some(None)) => plain(grade.to_string()),
            (_, Some(Some(letter))) => plain(format!("{grade}{letter}")),
            (Some(letter), None) => plain(format!("{grade}{letter}")),
            _ => odd(&written, key),
        },
        [one, other] => match (letter(one), letter(other)) {
            (_, Some(letter)) if number(one) && one.len() <= 2 => plain(format!("{one}{letter}")),
            (Some(letter), _) if *other == grade.to_string() => plain(format!("{grade}{letter}")),
            (_, Some(letter)) => match roman(one, grade) {
                Some(None) => plain(format!("{grade}{letter}")),
                _ => odd(&written, key),
            },
            _ => odd(&written, key),
        },
        _ => odd(&written, key),
    }
}

/// What a note says of a class whose spelling is not understood.
pub(crate) fn odd_class(how: Odd, name: &str) -> String {
    match how {
        Odd::Kept => format!("класс «{name}» оставлен как есть"),
        Odd::Replaced => format!("название класса не понято: ученики учтены в классе «{name}»"),
    }
}

/// Runs of digits and of letters in upper case, without the word «класс» and the ending of «9-й».
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = ' ';
    let mut ordinal = false;
    for sign in text.to_uppercase().chars() {
        let kind = |sign: char| (sign.is_ascii_digit(), sign.is_alphabetic());
        if !sign.is_alphanumeric() {
            // What may stand inside the name of a class is no part of it.
            if !" -–—−‑./_,()«»\"'“”„".contains(sign) {
                parts.push(sign.to_string());
            }
        } else if kind(sign) == kind(before) {
            if let Some(part) = parts.last_mut() {
                part.push(sign);
            }
        } else {
            ordinal |= matches!(before, '-' | '–') && sign == 'Й';
            parts.push(sign.to_string());
        }
        before = sign;
    }
    let letters = |part: &String| part.chars().map(cyrillic).collect::<String>();
    let has_word = |part: &String| ["КЛАСС", "КЛ"].contains(&letters(part).as_str());
    let worded = parts.iter().any(has_word);
    parts.retain(|part| !has_word(part));
    // «9АКЛАСС» has the word without a gap, and so has «9Акл».
    let mut parts: Vec<String> = parts
        .into_iter()
        .map(|part| {
            let all = letters(&part);
            let alone = all.strip_suffix("КЛ").filter(|rest| rest.chars().count() == 1);
            all.strip_suffix("КЛАСС").or(alone).map_or(part, str::to_owned)
        })
        .filter(|part| !part.is_empty())
        .collect();
    if ordinal && (worded || parts.len() > 2) && parts.get(1).is_some_and(|part| part == "Й") {
        parts.remove(1);
    }
    parts
}

/// What stands behind the grade of the work in Roman numerals: a letter, or nothing. Numerals of another grade are
/// none: a slip of the pen or a pupil of another grade, which nobody should count in silence.
fn roman(part: &str, grade: u8) -> Option<Option<char>> {
    let latin = |sign: char| match sign {
        'Х' => 'X',
        'І' => 'I',
        other => other,
    };
    let signs: String = part.chars().map(latin).collect();
    ROMAN.iter().find_map(|(numeral, number)| {
        let rest = signs.strip_prefix(numeral)?;
        let mut rest = rest.chars();
        let letter = rest.next();
        let sure = *number == grade;
        let ends = rest.next().is_none();
        let letter = match letter.map(cyrillic) {
            None => None,
            Some(letter @ ('А'..='Я' | 'Ё')) => Some(letter),
            Some(_) => return None,
        };
        (sure && ends).then_some(letter)
    })
}

/// A code with a digit and without a word stays; anything else may be a name.
fn odd(written: &str, key: &[u8; 32]) -> ClassName {
    let run = written.split(|sign: char| !sign.is_alphabetic()).map(|run| run.chars().count()).max().unwrap_or(0);
    let is_code = written.chars().count() <= LONGEST_ODD
        && run <= 2
        && written.bytes().any(|sign| sign.is_ascii_digit())
        && written.chars().all(|sign| sign.is_alphabetic() || sign.is_ascii_digit() || "-–/._".contains(sign));
    if is_code {
        return ClassName { name: written.to_owned(), odd: Some(Odd::Kept) };
    }
    ClassName { name: pseudonym::of_class(key, written), odd: Some(Odd::Replaced) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn of(text: &str, grade: u8) -> ClassName {
        normalise(text, grade, &["нет".to_owned()], &KEY)
    }

    fn name(text: &str) -> String {
        let class = of(text, 11);
        assert_eq!(class.odd, None, "{text}");
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
    fn every_way_to_write_a_class_is_that_class() {
        let spellings = [
            "9А",
            "9-А",
            "9 А",
            "9\"А\"",
            "9 «А»",
            "9A",
            "9а",
            "9А класс",
            "9 - А",
            " 9А ",
            "9.А",
            "9/А",
            "9_А",
            "9А кл.",
            "9 класс А",
            "IXА",
            "IХ А",
            "IX-А",
            "ixа",
            "9-й А",
            "9-й класс «А»",
            "9Акл",
            "9АКЛАСС",
            "9 кл. А",
            "9.А.",
            "А",
            "«А»",
            "9 (А)",
            "9–А",
            "А9",
        ];
        for text in spellings {
            assert_eq!(of(text, 9), ClassName { name: "9А".to_owned(), odd: None }, "{text}");
        }
        for (text, grade, wanted) in [
            ("XБ", 10, "10Б"),
            ("ХБ", 10, "10Б"),
            ("XI", 11, "11"),
            ("Х", 10, "10"),
            ("Х", 8, "8Х"),
            ("VIIIВ", 8, "8В"),
        ] {
            assert_eq!(of(text, grade).name, wanted, "{text}");
        }
    }

    #[test]
    fn numerals_of_another_grade_make_no_class_in_silence() {
        for (text, grade) in [("IX", 5), ("IXА", 5), ("IX А", 5), ("VIII", 9), ("V", 6), ("VIБ", 5)] {
            let class = of(text, grade);
            assert_eq!(class.odd, Some(Odd::Replaced), "{text} in grade {grade}: {}", class.name);
        }
        assert_eq!((of("IX", 9).name, of("V Б", 5).name), ("9".to_owned(), "5Б".to_owned()));
    }

    #[test]
    fn a_school_with_one_class_keeps_the_grade() {
        for text in
            ["нет", "нет   ", "НЕТ", "\"нет\"", "11", " 11 ", "11 класс", "11 нет", "11\"нет\"", "11-й класс", "11.0"]
        {
            assert_eq!(name(text), "11", "{text}");
        }
        assert_eq!(name(" "), "");
        assert_eq!(name("1"), "1");
        assert_eq!(name("201"), "201");
    }

    #[test]
    fn a_short_odd_code_stays() {
        for text in ["ТВ-20", "11n", "А-1", "9.1", "5/2", "БХ-11", "60003"] {
            assert_eq!(of(text, 11), ClassName { name: text.to_owned(), odd: Some(Odd::Kept) });
        }
    }

    #[test]
    fn what_may_be_a_name_does_not_stay() {
        let texts = [
            "нети",
            "базовый уровень",
            "11А,11Б",
            "=[1]Протокол!U2",
            "Анна",
            "Ян",
            "8А (Канарейкина М.И.)",
            "11А Канарейкина",
            "Канарейкина Анна",
            "Анна11",
            "112-233-445 95",
            "4509 718293",
            "14.05.2012",
            "+79123456789",
        ];
        for text in texts {
            let class = of(text, 11);
            assert_eq!(class.odd, Some(Odd::Replaced), "{text}");
            assert!(class.name.starts_with("класс ?"), "{text}");
        }
    }
}
