//! Title of an exam in a protocol: `04 - Химия 2026.06.01`, `Английский язык п:2022.06.14; у:2022.06.16`.

use super::spelling::tidy;
use super::{Scene, calendar, identity};
use srez_model::assessment::SubjectCatalogue;
use srez_model::personal::without_personal;
use srez_model::raw_sheet::RawCell;

/// A title taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// Row, counted from 0.
    pub row: u32,
    /// The text, for messages; names are left out.
    pub text: String,
    /// Code of the subject; empty where there is none.
    pub code: String,
    /// Date of the (written) exam as `YYYY-MM-DD`.
    pub date: String,
    /// Slug by code.
    pub by_code: Option<String>,
    /// Slug by name.
    pub by_name: Option<String>,
}

/// The title in a row; none where the row holds none.
pub(crate) fn read(scene: &Scene<'_>, row: u32) -> Option<Title> {
    let filled: Vec<&RawCell> = scene.sheet.row(row).iter().filter(|cell| !scene.sheet.is_blank(**cell)).collect();
    if filled.len() > 3 {
        return None;
    }
    let texts = filled.iter().map(|cell| match cell {
        RawCell::Text(text) => Some(scene.sheet.string(*text)),
        _ => None,
    });
    let text = texts.collect::<Option<Vec<&str>>>()?.join(" ");
    parse(scene.settings.subjects, row, &text)
}

/// A title in a text.
pub(crate) fn parse(subjects: &SubjectCatalogue, row: u32, text: &str) -> Option<Title> {
    let text = tidy(text);
    let date = calendar::in_text(&text)?.day.to_string();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let follows = text.get(digits.len()..).unwrap_or_default().trim_start();
    let code = if digits.len() == 2 && follows.starts_with(['-', '–', '—']) { digits } else { String::new() };
    let by_code =
        subjects.iter().find(|subject| subject.exam_codes.contains(&code)).map(|subject| subject.slug.clone());
    let by_name = identity::subject(subjects, &text);
    (!code.is_empty() || by_name.is_some()).then(|| Title {
        row,
        text: without_personal(&text),
        code,
        date,
        by_code,
        by_name,
    })
}

impl Title {
    /// The subject on which code and name agree; a longer slug is the more exact one.
    pub(crate) fn subject(&self) -> Result<String, String> {
        match (&self.by_code, &self.by_name) {
            (Some(code), Some(name)) if code == name || is_kind_of(code, name) => Ok(code.clone()),
            (Some(code), Some(name)) if is_kind_of(name, code) => Ok(name.clone()),
            (Some(_), Some(_)) => {
                Err(format!("код и название предмета в заголовке «{}» противоречат друг другу", self.text))
            }
            (Some(slug), None) | (None, Some(slug)) => Ok(slug.clone()),
            (None, None) => Err(format!("предмет в заголовке «{}» неизвестен", self.text)),
        }
    }
}

/// `math-base` is a kind of `math`.
fn is_kind_of(exact: &str, general: &str) -> bool {
    exact.strip_prefix(general).is_some_and(|rest| rest.starts_with('-'))
}
