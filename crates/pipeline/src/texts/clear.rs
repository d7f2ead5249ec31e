//! Whether a text may leave the office: what it names is looked for before it enters an edition.

use srez_model::personal;
use srez_report::context::Names;
use srez_texts::Record;
use std::collections::BTreeSet;

/// Who must not be named.
pub(crate) struct Clear<'a> {
    /// Names of schools that the recipient must not find.
    pub(crate) hidden: Vec<&'a str>,
    /// Fewest participants that a text may count.
    pub(crate) group: u64,
}

impl<'a> Clear<'a> {
    /// For an edition: no school but its own is named.
    pub(crate) fn of(names: &'a Names<'_>, group: u64, own: Option<&str>) -> Self {
        let others = names.schools.iter().filter(|school| own != Some(school.as_str()));
        Self { hidden: others.map(|school| names.school(school)).collect(), group }
    }
}

impl Clear<'_> {
    /// True where a text names no person, no hidden school and no small group.
    pub(crate) fn lets(&self, record: &Record) -> bool {
        let text = srez_texts::tidy(&record.text);
        let words = plain(&text);
        let names = self.hidden.iter().map(|name| plain(name)).filter(|name| !name.is_empty());
        let names_people = personal::is_personal(&text) || personal::names_in_full(&text) || has_initials(&text);
        !names_people
            && !self.counts_few(&text)
            && !names_a_numbered_school(&words)
            && !names.into_iter().any(|name| words.contains(&name))
    }

    /// True where a number below the least group stands before a word for pupils.
    fn counts_few(&self, text: &str) -> bool {
        let few = |word: &str| word.parse::<u64>().is_ok_and(|count| count < self.group);
        // One word more, so that the last two stand in a window as well.
        let words = text.to_lowercase();
        let words: Vec<String> = words.split_whitespace().map(bare).chain([String::new()]).collect();
        let of_pupils = |word: &String| PUPILS.iter().any(|stem| word.starts_with(stem));
        let told: BTreeSet<&str> = FEW.into_iter().collect();
        words.windows(3).any(|near| {
            let [first, second, third] = near else { return false };
            (few(first) || told.contains(first.as_str())) && (of_pupils(second) || of_pupils(third))
        })
    }
}

/// True where a word for a school stands before a number, in whatever case.
fn names_a_numbered_school(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_number = |word: &&str| word.starts_with(|sign: char| sign.is_ascii_digit());
    let is_school = |word: &str| SCHOOLS.iter().any(|stem| word.starts_with(stem));
    let near = |place: usize| words.iter().skip(place + 1).take(2).any(is_number);
    (0..words.len()).any(|place| words.get(place).is_some_and(|word| is_school(word)) && near(place))
}

/// Stems of words for schools.
const SCHOOLS: [&str; 9] = ["школ", "гимнази", "лице", "сош", "оош", "нош", "мбоу", "маоу", "мкоу"];
/// Stems of words for pupils.
const PUPILS: [&str; 6] = ["учени", "участни", "учащ", "школьни", "дет", "человек"];
/// Small numbers in words.
const FEW: [&str; 9] = ["один", "одна", "два", "две", "двое", "трое", "три", "четыре", "пять"];

/// Letters and digits alone, in small letters: «СОШ № 7» and «сош №7» are one name.
fn plain(text: &str) -> String {
    let words = text.to_lowercase();
    let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

fn bare(word: &str) -> String {
    word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned()
}

/// True where initials stand beside a word with a capital: «Петров И. И.», «И. И. Петров».
fn has_initials(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\n']).filter(|word| !word.is_empty()).collect();
    let is_initial = |word: &str| {
        let mut signs = word.trim_end_matches([',', ';', ')']).chars();
        matches!((signs.next(), signs.next()), (Some(first), Some('.')) if first.is_uppercase())
    };
    let is_name = |word: &str| {
        let mut signs = word.chars();
        signs.next().is_some_and(char::is_uppercase) && signs.next().is_some_and(char::is_lowercase)
    };
    words.windows(2).any(|near| match near {
        [first, second] => is_initial(first) && is_name(second) || is_name(first) && is_initial(second),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::Clear;
    use srez_texts::{Origin, Reach, Record, State};

    fn lets(text: &str) -> bool {
        let record = Record {
            schema: 1,
            number: 1,
            parent: String::new(),
            address: String::new(),
            text: text.to_owned(),
            author: String::new(),
            date: String::new(),
            period: String::new(),
            shown: Vec::new(),
            origin: Origin::default(),
            reach: Reach::School,
            state: State::Written,
        };
        Clear { hidden: vec!["Лесная СОШ", "СОШ № 7"], group: 10 }.lets(&record)
    }

    #[test]
    fn a_text_about_the_matter_goes_out() {
        for text in [
            "Теряют знак при переносе слагаемого через знак равенства.",
            "Задание № 14: не читают условие до конца; 12 участников записали ответ без единиц.",
            "Разобрать на уроке три способа решения. Показать чертёж.",
        ] {
            assert!(lets(text), "{text}");
        }
    }

    #[test]
    fn a_text_that_names_a_person_a_school_or_few_pupils_stays() {
        for text in [
            "Ошибки одинаковые у Петрова И. И. и соседа",
            "Показал И. И. Петров",
            "Как в СОШ №7",
            "в гимназии № 1 решают иначе",
            "Лесная  СОШ теряет знак",
            "знак потеряли 3 ученика",
            "два участника не приступили",
            "не решили 4 человека",
        ] {
            assert!(!lets(text), "{text}");
        }
    }
}
