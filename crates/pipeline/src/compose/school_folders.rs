//! Which schools get documents of their own, and in which folders.

use srez_wording::slug::slug;
use std::collections::BTreeSet;

/// Most schools that get documents of their own where the plan names no home: a whole region would take minutes, and
/// nobody at one desk talks to seven hundred schools.
const MOST_WITHOUT_HOME: usize = 40;

/// Schools with documents of their own.
pub(super) struct SchoolFolders {
    /// Id and name of the folder, in the order of the register; folders are ASCII and each stands once.
    folders: Vec<(String, String)>,
    /// Schools that get none, because no home is named and they are too many.
    pub(super) left_out: u64,
}

impl SchoolFolders {
    /// The folders of the schools of which the documents speak.
    pub(super) fn of(home: &str, schools: &[String]) -> Self {
        if home.is_empty() && MOST_WITHOUT_HOME < schools.len() {
            return Self { folders: Vec::new(), left_out: schools.len() as u64 };
        }
        let mut taken = BTreeSet::new();
        let folders = schools.iter().map(|school| (school.clone(), free_name(school, &mut taken))).collect();
        Self { folders, left_out: 0 }
    }

    /// Ids and folders.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.folders.iter().map(|(school, folder)| (school.as_str(), folder.as_str()))
    }
}

/// The name of a school's folder; a number is added where another school has it already.
fn free_name(school: &str, taken: &mut BTreeSet<String>) -> String {
    let name = slug(school);
    let name = if name.is_empty() { "school".to_owned() } else { name };
    let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name);
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::SchoolFolders;

    fn schools(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn every_school_has_a_plain_folder_of_its_own() {
        let of = SchoolFolders::of("", &schools(&["edu990001", "СОШ № 5", "сош-5", "../..", "№"]));
        let folders: Vec<&str> = of.iter().map(|(_, folder)| folder).collect();
        assert_eq!((folders, of.left_out), (vec!["edu990001", "sosh-5", "sosh-5-2", "school", "school-2"], 0));
    }

    #[test]
    fn a_region_without_a_home_is_too_many() {
        let many: Vec<String> = (0..41).map(|number| format!("edu{number}")).collect();
        assert_eq!(SchoolFolders::of("", &many).left_out, 41);
        assert_eq!(SchoolFolders::of("", &many).iter().count(), 0);
        assert_eq!(SchoolFolders::of("Северная Долина", &many).iter().count(), 41);
    }
}
