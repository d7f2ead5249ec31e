//! The catalogue of measures, advice and questions: what the documents propose, as data that the analyst edits.

use super::threshold::SourceTag;
use serde::{Deserialize, Serialize};

/// What a remedy answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// A skill or task that is insufficient in the municipality.
    Skill,
    /// A skill that is weak in a school.
    SchoolSkill,
    /// A work that is weak in a school as a whole.
    SchoolWork,
    /// More marks «2» in a school than in the others.
    MoreTwos,
}

/// Whom advice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listener {
    /// All teachers of the subject.
    All,
    /// For teaching those with low results.
    Weak,
    /// For teaching those with high results.
    Strong,
    /// The methodological association.
    Association,
    /// Those who plan the training of teachers.
    Training,
}

/// A measure that the road map proposes. Texts have the slots `{subject}`, `{by_subject}`, `{skill}`, `{work}`,
/// `{threshold}` in braces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What it answers.
    pub occasion: Occasion,
    /// Who supports: школа, муниципалитет, регион.
    pub level: String,
    /// What is done.
    pub text: String,
    /// Until when.
    pub term: String,
    /// Post of whoever answers for it, never a name.
    pub responsible: String,
    /// By what its effect is seen.
    pub indicator: String,
    /// How far it is official.
    pub tag: SourceTag,
    /// Document; empty for our own.
    pub source: String,
}

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Whom it is for.
    pub listener: Listener,
    /// The text, with slots.
    pub text: String,
    /// How far it is official.
    pub tag: SourceTag,
    /// Document; empty for our own.
    pub source: String,
}

/// A question of the interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Signs whose findings ask it; empty for a question that every school gets.
    pub signs: Vec<String>,
    /// The question.
    pub text: String,
    /// How far it is official.
    pub tag: SourceTag,
    /// Document; empty for our own.
    pub source: String,
}

/// Why something is to be done after a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// Some tasks are weak: what the errors are.
    Errors,
    /// A condition of the scale lowered marks.
    Condition,
    /// A skill that pupils try and get wrong, in several tasks.
    Practicum,
    /// The same at basic level.
    Lesson,
    /// Tasks that many did not begin.
    Planning,
    /// Tasks that many began and did not finish.
    Solution,
    /// Schools below the others, and those that may help them.
    Mentoring,
    /// Tasks below the region, though the threshold is reached.
    Repeat,
    /// The region is not known.
    Region,
}

/// What is done, by whom, until when, and how that is checked: a row of «Что делаем», as a template. Its slots are
/// those of the texts, and `{tasks}`, `{grades}`, `{schools}`, `{mentors}`, `{targets}`, `{condition}`, `{region}`, and
/// those of the calendar: `{meeting}`, `{before_autumn}`, `{autumn}`, `{trial}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionTemplate {
    /// Why.
    pub kind: ActionKind,
    /// What is done.
    pub what: String,
    /// Who does it.
    pub whom: String,
    /// Until when.
    pub term: String,
    /// By which number or date it is seen that it is done.
    pub check: String,
}

/// The catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendations {
    /// Measures in the order in which they are proposed.
    pub remedies: Vec<Remedy>,
    /// Advice in its order.
    pub advice: Vec<Advice>,
    /// Questions, the most important first.
    pub questions: Vec<Question>,
    /// Rows of «Что делаем», in the order in which they are printed.
    pub actions: Vec<ActionTemplate>,
}

/// Names of the slots that texts may have.
pub const SLOTS: [&str; 16] = [
    "subject",
    "by_subject",
    "skill",
    "work",
    "threshold",
    "tasks",
    "grades",
    "schools",
    "mentors",
    "targets",
    "condition",
    "region",
    "meeting",
    "before_autumn",
    "autumn",
    "trial",
];

impl Recommendations {
    /// The first measure for an occasion.
    pub fn remedy(&self, occasion: Occasion) -> Option<&Remedy> {
        self.remedies.iter().find(|remedy| remedy.occasion == occasion)
    }

    /// Advice for a listener.
    pub fn advice(&self, listener: Listener) -> impl Iterator<Item = &Advice> {
        self.advice.iter().filter(move |advice| advice.listener == listener)
    }
}

/// The first slot of a text that no document fills; none where all are known.
pub fn unknown_slot(text: &str) -> Option<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).find(|slot| !SLOTS.contains(slot))
}

/// A text with its slots filled; a slot without a value stays empty.
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut result = text.to_owned();
    for slot in SLOTS {
        let value = values.iter().find(|(name, _)| *name == slot).map_or("", |(_, value)| value);
        result = result.replace(&format!("{{{slot}}}"), value);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{filled, unknown_slot};

    #[test]
    fn slots_are_filled_and_checked() {
        assert_eq!(
            filled("учителей {subject}: {skill}", &[("subject", "химии"), ("skill", "счёт")]),
            "учителей химии: счёт"
        );
        assert_eq!(unknown_slot("{skill} и {klass}"), Some("klass"));
        assert_eq!(unknown_slot("без мест"), None);
    }
}
