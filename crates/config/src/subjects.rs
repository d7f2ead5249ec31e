//! Subjects: `pipelines/subjects.toml`, built into the program.

use super::faults;
use serde::Deserialize;
use srez_model::assessment::{Subject, SubjectCatalogue};
use srez_model::error::{Error, Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectsFile {
    subjects: Vec<WrittenSubject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenSubject {
    slug: String,
    title: String,
    dative: String,
    genitive: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    exam_codes: Vec<String>,
    #[serde(default)]
    sheet_codes: Vec<String>,
}

/// The built-in subjects.
///
/// # Errors
/// If the file is wrong, which a test excludes.
pub fn built_in() -> Result<SubjectCatalogue> {
    parse("subjects.toml", include_str!("../../../pipelines/subjects.toml"))
}

/// Parses a list of subjects; `name` is the name of its file, for messages.
///
/// # Errors
/// An unknown or missing key, a slug or alias shared by two subjects.
pub fn parse(name: &str, text: &str) -> Result<SubjectCatalogue> {
    let file: SubjectsFile = toml::from_str(text).map_err(|error| faults::in_toml(name, text, &error, &[]))?;
    let catalogue: SubjectCatalogue = file.subjects.into_iter().map(resolve).collect();
    check(name, &catalogue)?;
    Ok(catalogue)
}

/// The known subjects with others above them: the same slug replaces a subject.
///
/// # Errors
/// If an alias would then mean two subjects.
pub(crate) fn with_own(mut known: SubjectCatalogue, own: SubjectCatalogue) -> Result<SubjectCatalogue> {
    for subject in own {
        match known.iter_mut().find(|seen| seen.slug == subject.slug) {
            Some(seen) => *seen = subject,
            None => known.push(subject),
        }
    }
    check("subjects.toml", &known)?;
    Ok(known)
}

fn check(name: &str, catalogue: &SubjectCatalogue) -> Result<()> {
    for (place, subject) in catalogue.iter().enumerate() {
        for other in catalogue.iter().take(place) {
            if other.slug == subject.slug {
                return Err(Error::usage(format!("{name}: предмет «{}» назван дважды", subject.slug)));
            }
            if let Some(alias) = subject.aliases.iter().find(|alias| other.aliases.contains(alias)) {
                let (first, second) = (&other.title, &subject.title);
                return Err(Error::usage(format!("{name}: «{alias}» означает и «{first}», и «{second}»")));
            }
        }
    }
    Ok(())
}

fn resolve(written: WrittenSubject) -> Subject {
    let WrittenSubject { slug, title, dative, genitive, aliases, exam_codes, sheet_codes } = written;
    let mut folded: Vec<String> = Vec::new();
    for alias in [&title, &dative, &genitive].into_iter().chain(&aliases) {
        let alias = alias.to_lowercase().replace('ё', "е");
        if !folded.contains(&alias) {
            folded.push(alias);
        }
    }
    Subject { slug, title, aliases: folded, dative, genitive, exam_codes, sheet_codes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_subjects_know_their_datives() {
        let subjects = built_in().unwrap();
        let world = subjects.iter().find(|subject| subject.slug == "world").unwrap();
        assert!(world.aliases.contains(&"окружающему миру".to_owned()));
        assert_eq!(subjects.len(), 18);
    }

    #[test]
    fn one_alias_cannot_mean_two_subjects() {
        let one = "[[subjects]]\nslug = \"a\"\ntitle = \"А\"\ndative = \"а\"\ngenitive = \"а\"\n";
        let text = format!("{one}{}", one.replace("\"a\"", "\"b\""));
        assert!(parse("s.toml", &text).unwrap_err().message.contains("означает"));
    }
}
