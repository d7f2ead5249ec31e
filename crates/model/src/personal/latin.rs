//! Names in Latin letters: «Ivanov Ivan Sergeevich», and Cyrillic words in which some letters are Latin.

/// Latin letters for Cyrillic ones, the longer first.
const LETTERS: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("sch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("ts", "ц"),
    ("tz", "ц"),
    ("yu", "ю"),
    ("iu", "ю"),
    ("ju", "ю"),
    ("ya", "я"),
    ("ia", "я"),
    ("ja", "я"),
    ("yo", "е"),
    ("jo", "е"),
    ("ye", "е"),
    ("je", "е"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "й"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("w", "в"),
    ("x", "кс"),
    ("y", "й"),
    ("z", "з"),
];
/// Latin letters that look like Cyrillic ones.
const TWINS: &[(char, char)] = &[
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
];

/// A word in lower case as it reads in Cyrillic, and the word itself where all of its letters are Latin; none for a
/// word without Latin letters.
pub(super) fn to_cyrillic(word: &str) -> Option<(String, Option<String>)> {
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    if latin == 0 {
        return None;
    }
    if latin < word.chars().count() {
        let twin = |letter: char| TWINS.iter().find(|(latin, _)| *latin == letter).map_or(letter, |(_, own)| *own);
        return Some((word.chars().map(twin).collect(), None));
    }
    let mut rest = word;
    let mut read = String::new();
    while let Some(letter) = rest.chars().next() {
        let known = LETTERS.iter().find_map(|(latin, own)| rest.strip_prefix(latin).map(|rest| (*own, rest)));
        let (own, after) = known.unwrap_or_else(|| ("", rest.get(letter.len_utf8()..).unwrap_or_default()));
        read.push_str(own);
        rest = after;
    }
    // «Sky» and «skiy» are the ending of one surname.
    let ending = ["скй", "ский", "ски"].iter().find_map(|ending| read.strip_suffix(ending));
    let read = ending.map_or_else(|| read.clone(), |stem| format!("{stem}ский"));
    Some((read, Some(word.to_owned())))
}

/// A Cyrillic name in Latin letters.
pub(super) fn of_cyrillic(name: &str) -> String {
    let latin = |letter: char| match letter {
        'ь' | 'ъ' => "",
        'й' | 'ы' => "i",
        'э' => "e",
        'ю' => "iu",
        'я' => "ia",
        'х' => "h",
        'ц' => "ts",
        'ж' => "zh",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        other => {
            let own = other.to_string();
            LETTERS
                .iter()
                .find(|(latin, cyrillic)| latin.len() == 1 && *cyrillic == own)
                .map_or("", |(latin, _)| *latin)
        }
    };
    name.chars().map(latin).collect()
}

/// What all ways of writing a name in Latin letters have in common: «Yulia» and «Iuliya», «Dmitry» and «Dmitriy».
pub(super) fn skeleton(word: &str) -> String {
    let even = word.replace(['y', 'j'], "i").replace("kh", "h").replace('x', "ks").replace("ck", "k").replace('c', "k");
    let even = even.replace("kh", "ch").replace("io", "e").replace("ie", "e");
    let mut letters: Vec<char> = Vec::new();
    for letter in even.chars() {
        if letters.last() != Some(&letter) {
            letters.push(letter);
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{of_cyrillic, skeleton, to_cyrillic};

    #[test]
    fn a_surname_in_latin_letters_reads_as_in_cyrillic() {
        let read = |word: &str| to_cyrillic(word).unwrap().0;
        for (word, own) in [
            ("ivanov", "иванов"),
            ("shchegolkova", "щеголкова"),
            ("chizhova", "чижова"),
            ("sergeevich", "сергеевич"),
            ("ostrovsky", "островский"),
            ("иванoв", "иванов"),
        ] {
            assert_eq!(read(word), own);
        }
        assert_eq!(to_cyrillic("иванов"), None);
    }

    #[test]
    fn a_given_name_is_known_in_every_spelling() {
        for (name, spellings) in [
            ("юлия", ["yulia", "iuliia", "julia", "yuliya"]),
            ("дмитрий", ["dmitry", "dmitriy", "dmitrii", "dmitri"]),
            ("петр", ["petr", "pyotr", "piotr", "petr"]),
            ("наталья", ["natalia", "natalya", "nataliya", "natalja"]),
            ("михаил", ["mikhail", "mihail", "mikhail", "mihail"]),
        ] {
            for spelling in spellings {
                assert_eq!(skeleton(spelling), skeleton(&of_cyrillic(name)), "{spelling}");
            }
        }
    }
}
