//! Names of files, folders and sheets as they are shown: without what looks like data of a person, and each of them
//! once. The initial stands, so that the office finds the file: «nm/[имя на К].xlsx», «nm/[имя на К, 2].xlsx».

use super::{KnownWords, apart, lone, spans};
use std::collections::BTreeSet;
use std::ops::Range;

/// How the mask of a name begins; its initial follows.
const NAME: &str = "[имя на ";
/// How the mask of an address, a number or a date begins.
const NO_NAME: &str = "[скрыто";
/// How every mask ends.
const END: char = ']';

/// Shown names of one listing, given in its order.
#[derive(Clone, Debug, Default)]
pub struct FileNames {
    known: KnownWords,
    given: BTreeSet<String>,
}

impl FileNames {
    /// A listing in which some words may be shown although they end as surnames do.
    pub fn knowing(known: KnownWords) -> Self {
        Self { known, given: BTreeSet::new() }
    }

    /// The name under which a file is spoken of; where hiding makes two names one, the later gets a number.
    pub fn of(&mut self, name: &str) -> String {
        let spans = hidden(name, &self.known);
        if spans.is_empty() {
            return name.to_owned();
        }
        let names = std::iter::once(masked(name, &spans, None)).chain((2..).map(|n| masked(name, &spans, Some(n))));
        let free = names.into_iter().find(|name| !self.given.contains(name)).unwrap_or_default();
        self.given.insert(free.clone());
        free
    }
}

/// The same for a name that stands in no listing.
pub fn shown_name(name: &str, known: &KnownWords) -> String {
    masked(name, &hidden(name, known), None)
}

/// True for a shown name in which something is hidden.
pub fn is_masked(shown: &str) -> bool {
    shown.contains(NAME) || shown.contains(NO_NAME)
}

fn hidden(name: &str, known: &KnownWords) -> Vec<Range<usize>> {
    let mut found = spans(name);
    found.extend(lone::spans(name, known));
    apart(found)
}

/// The name with masks; the number stands in the last of them.
fn masked(name: &str, spans: &[Range<usize>], number: Option<u32>) -> String {
    let mut shown = String::with_capacity(name.len());
    let mut from = 0;
    for (place, span) in (1..).zip(spans) {
        shown.push_str(name.get(from..span.start).unwrap_or_default());
        shown.push_str(&mask(name.get(span.clone()).unwrap_or_default()));
        if let Some(number) = number.filter(|_| place == spans.len()) {
            shown.push_str(&format!(", {number}"));
        }
        shown.push(END);
        from = span.end;
    }
    shown.push_str(name.get(from..).unwrap_or_default());
    shown
}

/// The mask up to its end: with the first capital of a name, else with its first letter.
fn mask(text: &str) -> String {
    let letters = || text.chars().filter(|sign| sign.is_alphabetic());
    let initial = letters().find(|letter| letter.is_uppercase()).or_else(|| letters().next());
    match initial.filter(|_| !text.contains('@')) {
        Some(initial) => format!("{NAME}{}", initial.to_uppercase()),
        None => NO_NAME.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{FileNames, is_masked, shown_name};
    use crate::personal::KnownWords;

    #[test]
    fn two_files_never_share_a_name() {
        let mut names = FileNames::default();
        let files = ["in/Канарейкина Анна 8А.xlsx", "in/Канарейкина Алина 8А.xlsx", "in/8А.xlsx", "in/Канарейкин.xlsx"];
        let shown = files.map(|name| names.of(name));
        assert_eq!(shown, ["in/[имя на К] 8А.xlsx", "in/[имя на К, 2] 8А.xlsx", "in/8А.xlsx", "in/[имя на К].xlsx"]);
        assert_eq!(names.of("in/Королькова.xlsx"), "in/[имя на К, 2].xlsx");
        assert!(is_masked("in/[имя на К, 2].xlsx") && !is_masked("in/8А.xlsx"));
    }

    #[test]
    fn a_known_place_is_shown_and_what_is_no_name_has_no_initial() {
        let known = KnownWords::of(["г. Калинин"]);
        let shown = |name: &str| shown_name(name, &known);
        assert_eq!(shown("Калинин.xlsx"), "Калинин.xlsx");
        assert_eq!(shown("Калинин Канарейкин.xlsx"), "Калинин [имя на К].xlsx");
        assert_eq!(shown("8А учитель Канарейкина.csv"), "8А [имя на К].csv");
        assert_eq!(shown("канарейкин п. 8 (912) 345-67-89.csv"), "[имя на К] п. [скрыто].csv");
        assert_eq!(shown("anna@example.ru 8А.csv"), "[скрыто] 8А.csv");
    }
}
