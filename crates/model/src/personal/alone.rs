//! Names that stand alone in a cell: a surname, with initials or in full, and what only looks like one.

use super::names::{Word, words};

/// Words that end as surnames do and stand alone in tables of schools and tasks.
pub(super) const NO_SURNAMES: &[&str] = &[
    "апельсин",
    "бензин",
    "величина",
    "вершина",
    "витамин",
    "глина",
    "глубина",
    "господин",
    "гражданин",
    "дельфин",
    "дисциплина",
    "длина",
    "доктрина",
    "долина",
    "древесина",
    "женщина",
    "звук",
    "картина",
    "корова",
    "королева",
    "крестьянин",
    "магазин",
    "машина",
    "медицина",
    "молоко",
    "мужчина",
    "низина",
    "облако",
    "община",
    "основа",
    "остров",
    "пингвин",
    "пластина",
    "плотина",
    "покров",
    "половина",
    "посев",
    "припев",
    "причина",
    "пружина",
    "равнина",
    "родина",
    "рябина",
    "середина",
    "слова",
    "стих",
    "толщина",
    "украина",
    "ширина",
    "яблоко",
];
/// Towns whose names end as surnames do; other places carry a word such as «район».
#[rustfmt::skip]
pub(super) const TOWNS: &[&str] = &[
    "азов", "александров", "алексин", "арсеньев", "балашов", "белев", "бикин", "болхов", "бузулук", "венев", "волхов",
    "гагарин", "гатчина", "гдов", "глазов", "губкин", "данилов", "данков", "демидов", "дмитров", "духовщина", "ершов",
    "ефремов", "жуков", "кадников", "калязин", "камышин", "карасук", "карачев", "касимов", "кашин", "кириллов",
    "киров", "кирсанов", "клин", "ковров", "козлов", "королев", "корсаков", "лермонтов", "лукоянов", "льгов",
    "макаров", "макарьев", "мглин", "михайлов", "мышкин", "нариманов", "новозыбков", "осташков", "остров", "павлов",
    "покров", "порхов", "псков", "пугачев", "пушкин", "реутов", "ржев", "ростов", "саратов", "саров", "семенов",
    "серов", "серпухов", "скопин", "суворов", "тамбов", "темников", "тихвин", "тогучин", "тутаев", "фролов",
    "фурманов", "целина", "чаплыгин", "чехов", "юрьев", "юхнов", "ядрин",
];

/// True where a text is the name of somebody and nothing else: a surname alone, with initials or in full.
pub fn is_name_alone(text: &str) -> bool {
    let words = words(text);
    let is_part = |word: &Word| {
        let is_surname = word.is_surname() && !NO_SURNAMES.contains(&word.folded.as_str());
        is_surname || word.is_given() || word.is_patronymic()
    };
    let is_initial = |word: &Word| word.is_capital && word.length() == 1;
    (1..=4).contains(&words.len())
        && !text.chars().any(char::is_numeric)
        && words.iter().all(|word| is_part(word) || is_initial(word))
        && words.iter().any(is_part)
}

/// True for a surname alone where the name of a place should stand. Adjectives and some towns end so too.
pub fn is_bare_surname(text: &str) -> bool {
    let is_place = |word: &Word| {
        let folded = word.folded.as_str();
        ["ский", "ская", "цкий", "цкая"].iter().any(|ending| folded.ends_with(ending)) || TOWNS.contains(&folded)
    };
    let words = words(text);
    words.first().is_some_and(|word| words.len() == 1 && word.is_surname() && !is_place(word))
}

#[cfg(test)]
mod tests {
    use super::{is_bare_surname, is_name_alone};

    #[test]
    fn a_surname_alone_is_told_from_other_words() {
        for name in
            ["Канарейкин", "канарейкина", "Kanareikin", "Канарейкин П.С.", "Анна", "Щегольков Пётр", "Ivanov Ivan"]
        {
            assert!(is_name_alone(name), "{name}");
        }
        for other in
            ["", "село", "Длина", "Основа слова", "Дроби", "2.1", "А", "Чтение", "СОШ № 5", "Иванов 5", "село Иваново"]
        {
            assert!(!is_name_alone(other), "{other}");
        }
        for place in [
            "Северный",
            "Александровский",
            "Киров",
            "Северная Долина",
            "Барнаул",
            "Гатчина",
            "Бузулук",
            "г. Чижов",
            "Чижовский район",
        ] {
            assert!(!is_bare_surname(place), "{place}");
        }
        assert!(is_bare_surname("Канарейкин") && is_bare_surname("Kanareikina"));
    }
}
