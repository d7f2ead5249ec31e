//! Layout profiles: `pipelines/forms/*.toml`, built into the program.

use super::faults::{self, nearest};
use include_dir::{Dir, include_dir};
use srez_model::error::{Error, Result};
use srez_model::form::{Extractor, Field, FormProfile};

static FORMS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../pipelines/forms");

/// The built-in profiles, sorted by file name.
///
/// # Errors
/// If one of them is wrong, which a test excludes.
pub fn built_in() -> Result<Vec<FormProfile>> {
    let mut files: Vec<_> = FORMS.files().collect();
    files.sort_by_key(|file| file.path());
    files
        .into_iter()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "toml"))
        .map(|file| parse(&file.path().to_string_lossy(), file.contents_utf8().unwrap_or_default()))
        .collect()
}

/// Parses a profile; `name` is the name of its file, for messages.
///
/// # Errors
/// An unknown key or field, a missing one, an id unlike the name of the file, a required field without headers.
pub fn parse(name: &str, text: &str) -> Result<FormProfile> {
    let profile: FormProfile = toml::from_str(text).map_err(|error| explain(name, text, &error))?;
    check(name, &profile)?;
    Ok(profile)
}

/// The name of a field as profiles write it: `test-score`.
pub fn field_key(field: Field) -> String {
    toml::Value::try_from(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn check(name: &str, profile: &FormProfile) -> Result<()> {
    let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".toml");
    let wrong = |message: String| Err(Error::usage(format!("Профиль формы {name}: {message}")));
    if profile.id != stem {
        return wrong(format!("id «{}» не совпадает с именем файла «{stem}»", profile.id));
    }
    let required = profile.detect.required.iter().chain(profile.detect.one_of.iter().flatten());
    for field in required {
        if profile.columns.get(field).is_none_or(Vec::is_empty) {
            return wrong(format!("обязательное поле «{}» не названо в [columns]", field.title()));
        }
    }
    if profile.extractor == Extractor::TaskColumns && (profile.tasks.is_none() || profile.procedure.is_none()) {
        return wrong("для task-columns нужны раздел [tasks] и ключ procedure".to_owned());
    }
    if profile.extractor == Extractor::Facts && profile.facts.is_none() {
        return wrong("для facts нужен раздел [facts]".to_owned());
    }
    if let Some(end) = profile.tasks.as_ref().and_then(|tasks| tasks.end)
        && !profile.columns.contains_key(&end)
    {
        return wrong(format!("поле «{}» завершает задания, но не названо в [columns]", end.title()));
    }
    if let Some(classes) = &profile.classes
        && !classes.columns.contains_key(&Field::Class)
    {
        return wrong("в [classes.columns] нет столбца класса".to_owned());
    }
    Ok(())
}

/// A mistake in TOML; an unknown name of a field or source is reported like an unknown key.
fn explain(name: &str, text: &str, error: &toml::de::Error) -> Error {
    let mut quoted = error.message().split('`').skip(1).step_by(2);
    match (error.message().starts_with("unknown variant"), quoted.next(), error.span()) {
        (true, Some(word), Some(span)) => {
            let hint = match nearest(word, quoted) {
                Some(near) => format!("ближайшее известное имя — «{near}»"),
                None => "имена полей и источников перечислены в других профилях форм".to_owned(),
            };
            faults::at(name, text, span, &format!("неизвестное имя «{word}»"), hint)
        }
        _ => faults::in_toml(name, text, error, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::assert_guide_names_keys;
    use srez_model::form::{CellCodes, ClassSheet, Detect, FactColumns, IdentitySources, TaskHeaders};

    #[test]
    fn the_guide_names_every_key() {
        assert_guide_names_keys::<FormProfile>("профиль формы");
        assert_guide_names_keys::<Detect>("[detect]");
        assert_guide_names_keys::<IdentitySources>("[identity]");
        assert_guide_names_keys::<TaskHeaders>("[tasks]");
        assert_guide_names_keys::<CellCodes>("[codes]");
        assert_guide_names_keys::<ClassSheet>("[classes]");
        assert_guide_names_keys::<FactColumns>("[facts]");
    }

    #[test]
    fn every_built_in_profile_is_right() {
        let profiles = built_in().unwrap();
        assert!(profiles.len() >= 19, "{}", profiles.len());
    }

    #[test]
    fn an_unknown_key_names_the_line_and_the_nearest_key() {
        let text = "id = \"x\"\ntitle = \"x\"\nextractr = \"registers\"\n";
        let error = parse("x.toml", text).unwrap_err();
        assert!(error.message.contains("«extractr»") && error.message.contains("x.toml:3"), "{}", error.message);
        assert!(error.hint.contains("«extractor»"), "{}", error.hint);
    }

    #[test]
    fn an_unknown_field_names_the_nearest_field() {
        let text =
            "id = \"x\"\ntitle = \"x\"\nextractor = \"registers\"\n[detect]\nrequired = [\"participnt\"]\n[columns]\n";
        let error = parse("x.toml", text).unwrap_err();
        assert!(error.message.contains("«participnt»"), "{}", error.message);
        assert!(error.hint.contains("«participant»"), "{}", error.hint);
    }

    #[test]
    fn a_required_field_needs_its_headers() {
        let text =
            "id = \"x\"\ntitle = \"x\"\nextractor = \"registers\"\n[detect]\nrequired = [\"login\"]\n[columns]\n";
        let error = parse("x.toml", text).unwrap_err();
        assert!(error.message.contains("«логин»"), "{}", error.message);
    }
}
