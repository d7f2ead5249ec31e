//! Names of groups in reports of ФИС ОКО: the level stands only in the suffix and the order of rows.

use super::identity;
use super::spelling::{fold, tidy};
use srez_model::reference::ReferenceKind;

/// A group of participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupName {
    /// What it is.
    pub kind: ReferenceKind,
    /// Name without the suffix.
    pub name: String,
    /// Login or code of the suffix; empty for region and country.
    pub code: String,
}

/// Reads a name: `(regNN_mNNN)` is a municipality, `(eduNNNNNN)` a school, «Вся выборка» the country; what comes first,
/// or right below the country, is the region. None where nothing tells the level.
pub(crate) fn read(text: &str, above: Option<ReferenceKind>) -> Option<GroupName> {
    let text = tidy(text);
    let (name, code) = match text.rsplit_once('(') {
        Some((name, suffix)) if suffix.ends_with(')') => {
            (name.trim().to_owned(), suffix.trim_end_matches(')').to_lowercase())
        }
        _ => (text.clone(), String::new()),
    };
    let (kind, name, code) = if text.is_empty() {
        return None;
    } else if fold(&text) == "вся выборка" {
        (ReferenceKind::Country, text, String::new())
    } else if code.starts_with("reg") && code.contains("_m") {
        (ReferenceKind::Municipality, name, code)
    } else if let Some(login) = identity::login(&code) {
        (ReferenceKind::School, name, login)
    } else if code.starts_with("reg") || above.is_none_or(|above| above == ReferenceKind::Country) {
        (ReferenceKind::Region, if code.starts_with("reg") { name } else { text }, String::new())
    } else {
        return None;
    };
    Some(GroupName { kind, name, code })
}
