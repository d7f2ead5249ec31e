//! The register of measures as text: one `[[measure]]` per measure.

use super::faults;
use serde::Deserialize;
use srez_model::action::Action;
use srez_model::error::{Error, Result};

/// The register as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRegister {
    #[serde(default)]
    measure: Vec<WrittenAction>,
}

/// One measure as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAction {
    title: String,
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    schools: Vec<String>,
    exam: String,
    indicator: String,
    #[serde(default)]
    responsible: String,
    #[serde(default)]
    expected: String,
}

const KEYS: &[&str] = &["title", "from", "until", "schools", "exam", "indicator", "responsible", "expected"];

/// Parses a register of measures; `name` is its path, for messages.
///
/// # Errors
/// If a key is unknown or missing, a title is empty or a date is invalid; the message says which.
pub fn parse(name: &str, text: &str) -> Result<Vec<Action>> {
    let written: WrittenRegister = toml::from_str(text).map_err(|error| faults::in_toml(name, text, &error, KEYS))?;
    let file = name.rsplit('/').next().unwrap_or(name);
    let one = |(place, written): (u32, WrittenAction)| {
        let wrong =
            |what: &str, hint: &str| Error::usage(format!("{name}: мера {place}: {what}")).hint(hint.to_owned());
        if written.title.trim().is_empty() {
            return Err(wrong("нет названия", "впишите title = \"что сделано\""));
        }
        let is_day = |text: &str| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
        if !is_day(&written.from) || !(written.until.is_empty() || is_day(&written.until)) {
            return Err(wrong("дата не прочитана", "пишите год, месяц и день: \"2025-09-15\""));
        }
        Ok(Action {
            file: file.to_owned(),
            sheet: String::new(),
            row: place,
            title: written.title,
            from: written.from,
            until: written.until,
            schools: written.schools,
            exam: written.exam,
            indicator: written.indicator,
            responsible: written.responsible,
            expected: written.expected,
            school_column: 0,
            indicator_column: 0,
        })
    };
    (1..).zip(written.measure).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    const REGISTER: &str = "[[measure]]\ntitle = \"Семинар\"\nfrom = \"2025-09-15\"\nschools = [\"edu1\"]\n\
                            exam = \"vpr-math-8\"\nindicator = \"доля «2»\"\n";

    #[test]
    fn a_register_is_read_and_its_mistakes_are_named() {
        let actions = parse("меры.toml", REGISTER).unwrap();
        assert_eq!((actions[0].row, actions[0].schools.as_slice()), (1, &["edu1".to_owned()][..]));
        let wrong = parse("меры.toml", &REGISTER.replace("2025-09-15", "осень")).unwrap_err();
        assert!(wrong.message.contains("дата не прочитана"), "{}", wrong.message);
        let unknown = parse("меры.toml", &REGISTER.replace("indicator", "indikator")).unwrap_err();
        assert!(unknown.to_string().contains("indicator") || unknown.message.contains("indicator"), "{unknown:?}");
    }
}
