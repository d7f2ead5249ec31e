//! Names of people: surname and given name, patronymics, initials, teachers. Latin letters count as the Cyrillic ones
//! that they stand for.

use super::{given_names, latin};
use std::ops::Range;

/// Endings of surnames.
const SURNAMES: &[&str] = &[
    "ов",
    "ев",
    "ин",
    "ын",
    "ова",
    "ева",
    "ина",
    "ына",
    "ский",
    "ская",
    "цкий",
    "цкая",
    "ко",
    "ук",
    "юк",
    "ых",
    "их",
    "ян",
    "дзе",
    "швили",
];
/// Endings of patronymics.
const PATRONYMICS: &[&str] = &[
    "ович",
    "евич",
    "ьич",
    "овна",
    "евна",
    "ична",
    "овича",
    "евича",
    "овны",
    "евны",
    "ичны",
    "овне",
    "евне",
    "оглы",
    "кызы",
];
/// Words before the name of a teacher.
const TEACHERS: &[&str] = &["учитель", "учителя", "преподаватель", "педагог"];

/// A word of a text.
pub(super) struct Word {
    pub(super) span: Range<usize>,
    pub(super) folded: String,
    pub(super) is_capital: bool,
    /// The word as written where it has Latin letters alone.
    pub(super) latin: Option<String>,
}

/// True where a text has a patronymic: an author or a writer is named by initials.
pub fn names_in_full(text: &str) -> bool {
    words(text).iter().any(Word::is_patronymic)
}

/// Places of names in bytes.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found = Vec::new();
    let near = |first: usize, second: usize| {
        let gap = words.get(first).zip(words.get(second)).and_then(|(one, two)| text.get(one.span.end..two.span.start));
        gap.is_some_and(|gap| gap.len() <= 2 && gap.chars().all(|sign| matches!(sign, ' ' | '_' | '-' | '.' | ',')))
    };
    let to = |first: usize, last: usize| {
        let (first, last) = (words.get(first)?, words.get(last)?);
        Some(first.span.start..last.span.end)
    };
    for (place, word) in words.iter().enumerate() {
        let next = |ahead: usize| words.get(place + ahead);
        if word.is_patronymic() {
            let before = (1..=2).take_while(|back| {
                place.checked_sub(*back).is_some_and(|first| near(first, first + 1) && words[first].is_name(word))
            });
            found.extend(to(place - before.count(), place));
        } else if word.is_given() {
            let surname = |other: usize| words.get(other).is_some_and(Word::is_surname);
            if place.checked_sub(1).is_some_and(|before| surname(before) && near(before, place)) {
                found.extend(to(place - 1, place));
            } else if surname(place + 1) && near(place, place + 1) {
                found.extend(to(place, place + 1));
            }
        } else if TEACHERS.contains(&word.folded.as_str())
            && next(1).is_some_and(Word::is_capital_name)
            && near(place, place + 1)
        {
            found.extend(to(place, place + 1));
        }
        // One initial is enough behind what ends as surnames do.
        let one = word.is_surname() && word.is_capital && next(1).is_some_and(|other| other.is_initial(text));
        if one && near(place, place + 1) {
            found.extend(to(place, place + 1).map(|span| span.start..span.end + 1));
        }
        let initials =
            word.is_initial(text) && next(1).is_some_and(|other| other.is_initial(text)) && near(place, place + 1);
        if initials {
            let before = place.checked_sub(1).filter(|before| near(*before, place) && words[*before].is_capital_name());
            let after = next(2).filter(|after| near(place + 1, place + 2) && after.is_capital_name());
            if before.is_some() || after.is_some() {
                let span = to(
                    before.unwrap_or(place),
                    if after.is_some() && before.is_none() { place + 2 } else { place + 1 },
                );
                // The point behind the last initial belongs to it.
                found.extend(span.map(|span| {
                    let point = before.is_some() && text.get(span.end..).is_some_and(|rest| rest.starts_with('.'));
                    span.start..span.end + usize::from(point)
                }));
            }
        }
    }
    found
}

pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (place, letter) in text.char_indices().filter(|(_, sign)| sign.is_alphabetic()) {
        let end = place + letter.len_utf8();
        let folded = letter.to_lowercase().map(|letter| if letter == 'ё' { 'е' } else { letter });
        match words.last_mut() {
            Some(last) if last.span.end == place => {
                last.span.end = end;
                last.folded.extend(folded);
            }
            _ => words.push(Word {
                span: place..end,
                folded: folded.collect(),
                is_capital: letter.is_uppercase(),
                latin: None,
            }),
        }
    }
    for word in &mut words {
        if let Some(cyrillic) = latin::to_cyrillic(&word.folded) {
            (word.folded, word.latin) = cyrillic;
        }
    }
    words
}

impl Word {
    pub(super) fn is_given(&self) -> bool {
        given_names::is_given(&self.folded, self.latin.as_deref())
    }

    pub(super) fn length(&self) -> usize {
        self.folded.chars().count()
    }

    fn is_capital_name(&self) -> bool {
        self.is_capital && self.length() > 2
    }

    pub(super) fn is_surname(&self) -> bool {
        self.length() > 3 && SURNAMES.iter().any(|ending| self.folded.ends_with(ending))
    }

    pub(super) fn is_patronymic(&self) -> bool {
        self.length() > 4
            && !self.folded.starts_with("основн")
            && PATRONYMICS.iter().any(|ending| self.folded.ends_with(ending))
    }

    /// A word before a patronymic belongs to the name where it is written as that is.
    fn is_name(&self, patronymic: &Self) -> bool {
        self.length() > 1 && (self.is_capital || !patronymic.is_capital)
    }

    /// One capital with a point behind it.
    fn is_initial(&self, text: &str) -> bool {
        self.is_capital && self.length() == 1 && text.get(self.span.end..).is_some_and(|rest| rest.starts_with('.'))
    }
}
