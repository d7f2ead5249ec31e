//! Words of the forms: a text of them names nobody, any other may be the name of a person.

use super::spelling::{fold, words};
use srez_model::note::{is_quotable, names_school};

/// Beginnings of words in answers of schools and lists of the centre; those of up to five letters are whole words.
const WORDS: &[&str] = &[
    "автоном",
    "адаптирован",
    "базовый",
    "более",
    "бюджетн",
    "вечерн",
    "внутригородск",
    "военн",
    "гимнази",
    "город",
    "города",
    "городск",
    "государствен",
    "данных",
    "дачный",
    "деревн",
    "детск",
    "дошкольн",
    "жителей",
    "закрыт",
    "золото",
    "золотая",
    "интернат",
    "казенн",
    "класс",
    "классов",
    "коммерческ",
    "комплекс",
    "коррекцион",
    "краев",
    "краевая",
    "краевое",
    "крупный",
    "кадетск",
    "лицей",
    "лицо",
    "малокомплект",
    "медаль",
    "менее",
    "микрорайон",
    "млн",
    "муниципальн",
    "населени",
    "населен",
    "населён",
    "начальн",
    "некоммерческ",
    "неработающ",
    "нет",
    "область",
    "областн",
    "областной",
    "обособлен",
    "образователь",
    "общеобразоват",
    "общество",
    "организаци",
    "основн",
    "основная",
    "отсутств",
    "пгт",
    "первой",
    "подразделен",
    "посел",
    "поселок",
    "поселка",
    "поселени",
    "пригород",
    "природоохран",
    "профессиональ",
    "профиль",
    "пункт",
    "пункта",
    "рабочий",
    "районн",
    "районный",
    "республик",
    "самостоятель",
    "санаторн",
    "свыше",
    "село",
    "села",
    "сельск",
    "серебро",
    "серебряная",
    "собственност",
    "специальн",
    "среднего",
    "средний",
    "средняя",
    "средн",
    "станица",
    "степени",
    "степень",
    "столица",
    "структурн",
    "субъекта",
    "типа",
    "тысяч",
    "учрежден",
    "федеральн",
    "филиал",
    "хозяйств",
    "хутор",
    "центр",
    "центра",
    "человек",
    "частная",
    "частное",
    "частный",
    "численност",
    "школа",
    "школы",
    "юридическ",
];
/// Words between others.
const SMALL: &[&str] =
    &["i", "ii", "iii", "в", "г", "д", "до", "за", "и", "или", "на", "не", "от", "п", "по", "с", "тыс", "чел"];
/// Letters up to which an entry is a whole word.
const WHOLE: usize = 5;

/// True for a number, a code, the name of a school, or a text of which every word is one of the forms.
pub(crate) fn names_nobody(text: &str) -> bool {
    let is_small_number = |word: &str| word.len() < 9 && word.bytes().all(|sign| sign.is_ascii_digit());
    let is_known = |word: &str| {
        let begins = |known: &&str| {
            word.strip_prefix(*known).is_some_and(|rest| rest.is_empty() || WHOLE < known.chars().count())
        };
        is_small_number(word) || SMALL.contains(&word) || WORDS.iter().any(|known| begins(known))
    };
    is_quotable(text) || names_school(text) || is_number(text) || words(text).split(' ').all(is_known)
}

/// A number of any length, with spaces and a sign of percent.
fn is_number(text: &str) -> bool {
    let folded = fold(text).replace(',', ".").replace([' ', '%'], "");
    folded.parse::<f64>().is_ok_and(f64::is_finite) && folded.len() < 10
}

#[cfg(test)]
mod tests {
    use super::names_nobody;

    #[test]
    fn texts_of_the_forms_are_told_from_names() {
        for text in [
            "214",
            "41,5",
            "9306",
            "нет",
            "I степени",
            "золотая",
            "село",
            "юридическое лицо",
            "4) Населенный пункт сельского типа (село)",
            "2) Город (от 50 до 100 тыс. человек)",
            "Поселок городского типа",
            "Муниципальное бюджетное учреждение",
            "СОШ",
            "до 1 тыс.",
        ] {
            assert!(names_nobody(text), "{text}");
        }
        for text in [
            "Канарейкин",
            "канарейкина",
            "Ivanov Ivan",
            "село Канарейкин",
            "Городецкий",
            "Селиванов",
            "Школин Пётр",
            "4509718293",
            "Лицеев",
        ] {
            assert!(!names_nobody(text), "{text}");
        }
    }
}
