//! The catalogue of measures, advice and questions: built in, or the analyst's own file next to the pipeline.

use super::faults;
use serde::Deserialize;
use srez_model::error::{Error, Result};
use srez_model::recommendations::{
    ActionTemplate, Advice, Listener, Occasion, Question, Recommendations, Remedy, SLOTS, unknown_slot,
};
use srez_model::threshold::SourceTag;

/// Name of the file next to a pipeline that replaces the built-in catalogue.
pub const FILE: &str = "recommendations.toml";

const BUILT_IN: &str = include_str!("../../../pipelines/recommendations.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCatalogue {
    #[serde(default)]
    measures: Vec<WrittenMeasure>,
    #[serde(default)]
    advice: Vec<WrittenAdvice>,
    #[serde(default)]
    questions: Vec<WrittenQuestion>,
    #[serde(default)]
    actions: Vec<ActionTemplate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMeasure {
    occasion: Occasion,
    level: String,
    text: String,
    term: String,
    responsible: String,
    indicator: String,
    tag: SourceTag,
    #[serde(default)]
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAdvice {
    listener: Listener,
    text: String,
    tag: SourceTag,
    #[serde(default)]
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuestion {
    #[serde(default)]
    signs: Vec<String>,
    text: String,
    tag: SourceTag,
    #[serde(default)]
    source: String,
}

/// The built-in catalogue.
///
/// # Errors
/// If it cannot be read, which is a bug that a test finds.
pub fn built_in() -> Result<Recommendations> {
    parse(FILE, BUILT_IN)
}

/// Parses a catalogue; `name` is the name of its file, for messages.
///
/// # Errors
/// An unknown or missing key, a slot that no document fills.
pub fn parse(name: &str, text: &str) -> Result<Recommendations> {
    let written: WrittenCatalogue = toml::from_str(text).map_err(|error| faults::in_toml(name, text, &error, &[]))?;
    let catalogue = Recommendations {
        remedies: written.measures.into_iter().map(remedy).collect(),
        advice: written
            .advice
            .into_iter()
            .map(|WrittenAdvice { listener, text, tag, source }| Advice { listener, text, tag, source })
            .collect(),
        questions: written
            .questions
            .into_iter()
            .map(|WrittenQuestion { signs, text, tag, source }| Question { signs, text, tag, source })
            .collect(),
        actions: written.actions,
    };
    let of_measures = catalogue.remedies.iter().flat_map(|it| [&it.text, &it.responsible, &it.indicator]);
    let texts = of_measures.chain(catalogue.advice.iter().map(|it| &it.text));
    let of_actions = catalogue.actions.iter().flat_map(|it| [&it.what, &it.whom, &it.term, &it.check]);
    for text in texts.chain(catalogue.questions.iter().map(|it| &it.text)).chain(of_actions) {
        if let Some(slot) = unknown_slot(text) {
            return Err(Error::usage(format!("{name}: место {{{slot}}} документы не заполняют"))
                .hint(format!("известные места: {}", SLOTS.map(|slot| format!("{{{slot}}}")).join(", "))));
        }
    }
    Ok(catalogue)
}

fn remedy(written: WrittenMeasure) -> Remedy {
    let WrittenMeasure { occasion, level, text, term, responsible, indicator, tag, source } = written;
    Remedy { occasion, level, text, term, responsible, indicator, tag, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::assert_guide_names_keys;

    #[test]
    fn the_built_in_catalogue_answers_every_occasion() {
        let catalogue = built_in().unwrap();
        for occasion in [Occasion::Skill, Occasion::SchoolSkill, Occasion::SchoolWork, Occasion::MoreTwos] {
            assert!(catalogue.remedy(occasion).is_some(), "{occasion:?}");
        }
        for listener in [Listener::All, Listener::Weak, Listener::Strong, Listener::Association, Listener::Training] {
            assert!(catalogue.advice(listener).next().is_some(), "{listener:?}");
        }
        assert!(catalogue.questions.iter().filter(|question| question.signs.is_empty()).count() >= 3);
    }

    #[test]
    fn a_slot_that_nobody_fills_is_told() {
        let text = "[[advice]]\nlistener = \"all\"\ntag = \"OWN\"\ntext = \"Про {класс}\"\n";
        assert!(parse("r.toml", text).unwrap_err().message.contains("{класс}"));
    }

    #[test]
    fn the_guide_names_every_key() {
        assert_guide_names_keys::<WrittenCatalogue>("рекомендации");
        assert_guide_names_keys::<WrittenMeasure>("[[measures]]");
        assert_guide_names_keys::<WrittenAdvice>("[[advice]]");
        assert_guide_names_keys::<WrittenQuestion>("[[questions]]");
        assert_guide_names_keys::<ActionTemplate>("[[actions]]");
    }
}
