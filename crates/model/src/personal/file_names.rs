//! Names of files as they are shown: without what looks like data of a person, and each of them once.

use super::{NAME_HIDDEN, without_personal};
use std::collections::BTreeSet;

/// Shown names of one listing, given in its order.
#[derive(Clone, Debug, Default)]
pub struct FileNames {
    given: BTreeSet<String>,
}

impl FileNames {
    /// The name under which a file is spoken of; where hiding makes two names one, the later gets a number.
    pub fn of(&mut self, name: &str) -> String {
        let shown = without_personal(name);
        if shown == name {
            return shown;
        }
        let numbered = |number: u32| {
            let hidden = NAME_HIDDEN.trim_end_matches(']');
            let Some((before, after)) = shown.rsplit_once(NAME_HIDDEN) else { return format!("{shown} {number}") };
            format!("{before}{hidden} {number}]{after}")
        };
        let names = std::iter::once(shown.clone()).chain((2..).map(numbered));
        let free = names.into_iter().find(|name| !self.given.contains(name)).unwrap_or(shown);
        self.given.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::FileNames;

    #[test]
    fn two_files_never_share_a_name() {
        let mut names = FileNames::default();
        let files = ["in/Канарейкина Анна 8А.xlsx", "in/Канарейкина Алина 8А.xlsx", "in/8А.xlsx"];
        let shown = files.map(|name| names.of(name));
        assert_eq!(shown, ["in/[имя скрыто] 8А.xlsx", "in/[имя скрыто 2] 8А.xlsx", "in/8А.xlsx"]);
    }
}
