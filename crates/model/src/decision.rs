//! What a person decided about delivered files, each known by the hash of its content: a name may change, a copy may
//! come again, and the decision still holds.

use serde::{Deserialize, Serialize};

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Ruling {
    /// The file holds no results: nothing of it is taken.
    Ignore,
    /// The file is of this form, whatever else it looks like.
    Form {
        /// Id of the layout profile.
        form: String,
    },
    /// The file is right where it contradicts these.
    Prefer {
        /// Hashes of the others.
        over: Vec<String>,
    },
}

impl Ruling {
    /// The words for the reader.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Ignore => "не результаты",
            Self::Form { .. } => "указана форма",
            Self::Prefer { .. } => "верен этот файл",
        }
    }
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number in the file of decisions, counted from 1.
    pub number: u64,
    /// Hash of the file that it is about.
    pub file: String,
    /// The name of the file when it was decided, as it may be shown.
    pub name: String,
    pub ruling: Ruling,
    /// Who decided.
    pub who: String,
    /// When, `YYYY-MM-DD HH:MM` of the place.
    pub at: String,
}

impl Decision {
    /// «методист, 05.06.2026 10:00».
    pub fn who_and_when(&self) -> String {
        let (date, time) = self.at.split_once(' ').unwrap_or((&self.at, ""));
        let date = date.rsplit('-').collect::<Vec<_>>().join(".");
        let parts = [self.who.clone(), format!("{date} {time}").trim().to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Decisions in force, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    pub taken: Vec<Decision>,
}

impl Decisions {
    /// The decision by which a file is left out; none where a later one says what it is.
    pub fn ignoring(&self, file: &str) -> Option<&Decision> {
        self.last_on(file).filter(|decision| decision.ruling == Ruling::Ignore)
    }

    /// The form that a file was said to be of.
    pub fn form_of(&self, file: &str) -> Option<(&Decision, &str)> {
        let decision = self.last_on(file)?;
        match &decision.ruling {
            Ruling::Form { form } => Some((decision, form)),
            _ => None,
        }
    }

    /// The decision by which one file is right and another is not; of two that contradict each other the later.
    pub fn preferring(&self, right: &str, other: &str) -> Option<&Decision> {
        let is_between = |decision: &&Decision, one: &str, two: &str| {
            decision.file == one
                && matches!(&decision.ruling, Ruling::Prefer { over } if over.iter().any(|hash| hash == two))
        };
        let last = self
            .taken
            .iter()
            .rev()
            .find(|decision| is_between(decision, right, other) || is_between(decision, other, right))?;
        (last.file == right).then_some(last)
    }

    /// The last word on what a file is.
    fn last_on(&self, file: &str) -> Option<&Decision> {
        let on = |decision: &&Decision| decision.file == file && !matches!(decision.ruling, Ruling::Prefer { .. });
        self.taken.iter().rev().find(on)
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Decisions, Ruling};

    fn decisions(taken: &[(&str, Ruling)]) -> Decisions {
        let of = |(number, (file, ruling)): (u64, &(&str, Ruling))| Decision {
            number,
            file: (*file).to_owned(),
            name: format!("ввод/{file}.xlsx"),
            ruling: ruling.clone(),
            who: "методист".to_owned(),
            at: "2026-06-05 10:00".to_owned(),
        };
        Decisions { taken: (1..).zip(taken).map(of).collect() }
    }

    #[test]
    fn the_last_word_on_a_file_counts() {
        let form = || Ruling::Form { form: "vpr-f1".to_owned() };
        let told = decisions(&[("a", Ruling::Ignore), ("a", form()), ("b", form()), ("b", Ruling::Ignore)]);
        assert_eq!(told.ignoring("a"), None);
        assert_eq!(told.form_of("a").map(|(decision, form)| (decision.number, form)), Some((2, "vpr-f1")));
        assert_eq!(told.ignoring("b").map(|decision| decision.number), Some(4));
        assert_eq!((told.form_of("b"), told.ignoring("c")), (None, None));
    }

    #[test]
    fn of_two_files_only_one_is_right() {
        let over = |file: &str| Ruling::Prefer { over: vec![file.to_owned()] };
        let told = decisions(&[("a", over("b")), ("b", over("a"))]);
        assert_eq!(told.preferring("b", "a").map(|decision| decision.number), Some(2));
        assert_eq!((told.preferring("a", "b"), told.preferring("a", "c")), (None, None));
        assert_eq!(told.taken[0].who_and_when(), "методист, 05.06.2026 10:00");
        // Which of two is right says nothing on what a file is.
        assert_eq!(told.ignoring("a"), None);
    }
}
