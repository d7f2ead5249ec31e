//! Words of which the name of a school is made, in one list for all who ask.

/// Where in a name such a word tells a school.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Anywhere: «Третьяковская школа».
    Anywhere,
    /// At the beginning alone: other names have such words too, «Центр», «Краевая».
    First,
}

use Place::{Anywhere, First};

/// Words and beginnings of words; up to five letters they are whole words, behind which digits may stand.
const WORDS: &[(&str, Place)] = &[
    ("школа", Anywhere),
    ("школы", Anywhere),
    ("школе", Anywhere),
    ("шк", Anywhere),
    ("лицей", Anywhere),
    ("лицея", Anywhere),
    ("гимназия", Anywhere),
    ("гимназии", Anywhere),
    ("прогимназ", Anywhere),
    ("кадетск", Anywhere),
    ("кадет", First),
    ("корпус", Anywhere),
    ("интернат", Anywhere),
    ("колледж", Anywhere),
    ("техникум", Anywhere),
    ("училищ", Anywhere),
    ("институт", Anywhere),
    ("университет", Anywhere),
    ("академи", Anywhere),
    ("центр", Anywhere),
    ("учрежден", Anywhere),
    ("комплекс", Anywhere),
    ("детский", Anywhere),
    ("детского", Anywhere),
    ("муниципальн", First),
    ("государственн", First),
    ("краевая", First),
    ("краевое", First),
    ("краевой", First),
    ("областн", First),
    ("частная", First),
    ("частное", First),
    ("филиал", First),
    ("начальная", First),
    ("основная", First),
    ("средняя", First),
    ("вечерн", First),
    ("открыт", First),
    ("общеобразоват", Anywhere),
    ("православн", First),
    ("специальн", First),
    ("коррекционн", First),
    ("сельская", First),
    ("мбу", First),
    ("кгку", First),
    ("ано", First),
    ("цо", First),
    ("сош", Anywhere),
    ("всош", Anywhere),
    ("оош", Anywhere),
    ("нош", Anywhere),
    ("сш", Anywhere),
    ("ош", Anywhere),
];
/// Endings of the short name of an institution, «МБОУ», and the letters of such a name.
const LEGAL: (&str, std::ops::RangeInclusive<usize>) = ("оу", 2..=8);
/// Letters up to which an entry is a whole word.
const WHOLE: usize = 5;

/// True where the first word of a text is one with which names of schools begin.
pub(super) fn begins_as_school(text: &str) -> bool {
    words(text).first().is_some_and(|first| is_legal(first) || WORDS.iter().any(|(known, _)| fits(first, known)))
}

/// True where a text has a word of the name of a school anywhere.
pub fn reads_like_school(text: &str) -> bool {
    let is_known = |word: &String| WORDS.iter().any(|(known, place)| *place == Anywhere && fits(word, known));
    words(text).iter().any(|word| is_legal(word) || is_known(word))
}

fn words(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('ё', "е");
    folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn fits(word: &str, known: &str) -> bool {
    let Some(rest) = word.strip_prefix(known) else { return false };
    WHOLE < known.chars().count() || rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// «МБОУ», «КГКОУ5»; no surname is that short and ends so.
fn is_legal(word: &str) -> bool {
    let bare = word.trim_end_matches(|sign: char| sign.is_ascii_digit());
    bare.ends_with(LEGAL.0) && LEGAL.1.contains(&bare.chars().count())
}

#[cfg(test)]
mod tests {
    use super::{begins_as_school, reads_like_school};

    #[test]
    fn a_school_is_told_by_its_words_and_a_person_is_none() {
        for school in [
            "МБОУ «СОШ № 1»",
            "Гимназия №3",
            "КГКОУ Школа 2",
            "138049 - лицей",
            "Центр образования",
            "Третьяковская школа",
            "СОШ5",
            "Детский сад",
        ] {
            assert!(reads_like_school(school), "{school}");
        }
        for other in ["", "Синицына Анна Петровна", "Школина Анна", "Лицеев Пётр", "Кадетов", "12345", "—"]
        {
            assert!(!reads_like_school(other) && !begins_as_school(other), "{other}");
        }
        assert!(begins_as_school("Муниципальное учреждение") && begins_as_school("Средняя № 5"));
        assert!(!reads_like_school("Средняя Анна") && !begins_as_school("Анна, школа 5"));
    }
}
