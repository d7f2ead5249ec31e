//! What the documents say of a finding, as a state and not as a text that may be empty.

use std::fmt;

/// What the documents say of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing: a check that found nothing, or a rule that stays in the tables.
    #[default]
    Silent,
    Sentence {
        /// The school that it begins with, and the sign that divides it from the rest: «Школа № 1: ».
        subject: String,
        /// All else.
        rest: String,
    },
}

impl Said {
    /// A sentence that begins with no school.
    pub fn sentence(text: impl Into<String>) -> Self {
        Self::Sentence { subject: String::new(), rest: text.into() }
    }

    /// A sentence that begins with the name of a school: divided here, so that a document about one school can leave
    /// the name out.
    pub fn of_school(name: &str, text: &str) -> Self {
        let rest = text.strip_prefix(name).map_or(text, |rest| rest.trim_start_matches([':', '.', ' ']));
        let subject = text.strip_suffix(rest).unwrap_or_default();
        Self::Sentence { subject: subject.to_owned(), rest: rest.to_owned() }
    }

    /// Adds to a sentence; what is silent stays silent.
    pub fn add(&mut self, more: &str) {
        if let Self::Sentence { rest, .. } = self {
            rest.push_str(more);
        }
    }

    /// The sentence without the school that it begins with.
    pub fn without_subject(&self) -> &str {
        match self {
            Self::Silent => "",
            Self::Sentence { rest, .. } => rest,
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent => Ok(()),
            Self::Sentence { subject, rest } => write!(formatter, "{subject}{rest}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn a_sentence_is_divided_from_the_school_that_it_begins_with() {
        let said = Said::of_school("Школа № 1", "Школа № 1: отметка «2» у 3 из 9.");
        assert_eq!(
            (said.to_string().as_str(), said.without_subject()),
            ("Школа № 1: отметка «2» у 3 из 9.", "отметка «2» у 3 из 9.")
        );
        let mut other = Said::of_school("Школа № 1", "Доля школ: 3 %.");
        other.add(" И ещё.");
        assert_eq!(
            (other.to_string().as_str(), other.without_subject()),
            ("Доля школ: 3 %. И ещё.", "Доля школ: 3 %. И ещё.")
        );
        let mut silent = Said::Silent;
        silent.add(" И ещё.");
        assert_eq!((silent.to_string(), silent), (String::new(), Said::Silent));
    }
}
