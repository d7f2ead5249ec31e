//! Which schools get documents of their own, and in which folders.

use srez_wording::file_name::FreeNames;
use std::collections::BTreeMap;

/// Most schools that get documents of their own where the plan names no home: a whole region would take minutes, and
/// nobody at one desk talks to seven hundred schools.
const MOST_WITHOUT_HOME: usize = 40;

/// What a folder is called where nothing of the school's code can stand in a name.
const NAMELESS: &str = "school";

/// Schools with documents of their own.
pub(crate) struct SchoolFolders {
    /// Id and name of the folder, in the order of the register; folders are ASCII and each stands once.
    folders: Vec<(String, String)>,
    /// Schools that get none, because no home is named and they are too many.
    pub(super) left_out: u64,
    names: FreeNames,
}

impl SchoolFolders {
    /// The folders of the schools of which the documents speak.
    pub(super) fn of(home: &str, schools: &[String]) -> Self {
        let mut names = FreeNames::default();
        if home.is_empty() && MOST_WITHOUT_HOME < schools.len() {
            return Self { folders: Vec::new(), left_out: schools.len() as u64, names };
        }
        let named = named(&mut names, schools);
        let folder = |school: &String| Some((school.clone(), named.get(school)?.clone()));
        Self { folders: schools.iter().filter_map(folder).collect(), left_out: 0, names }
    }

    /// Ids and folders.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.folders.iter().map(|(school, folder)| (school.as_str(), folder.as_str()))
    }

    /// The folders of these schools, whether they have documents or not: a school has one name everywhere in an issue.
    pub(crate) fn of_all(&self, schools: &[String]) -> BTreeMap<String, String> {
        let mut all: BTreeMap<String, String> = self.folders.iter().cloned().collect();
        let others: Vec<String> = schools.iter().filter(|school| !all.contains_key(*school)).cloned().collect();
        all.extend(named(&mut self.names.clone(), &others));
        all
    }
}

/// Names for schools. Those whose code is such a name already come first: one that only looks like it gets the number.
fn named(names: &mut FreeNames, schools: &[String]) -> BTreeMap<String, String> {
    let is_plain = |school: &&String| school.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let (plain, odd): (Vec<&String>, Vec<&String>) = schools.iter().partition(is_plain);
    plain.into_iter().chain(odd).map(|school| (school.clone(), names.take(school, NAMELESS))).collect()
}

#[cfg(test)]
mod tests {
    use super::SchoolFolders;

    fn schools(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn every_school_has_a_plain_folder_of_its_own() {
        let of = SchoolFolders::of("", &schools(&["еду990001", "edu990001", "СОШ № 5", "сош-5", "../..", "№"]));
        let folders: Vec<&str> = of.iter().map(|(_, folder)| folder).collect();
        let expected = vec!["edu990001-2", "edu990001", "sosh-5", "sosh-5-2", "school", "school-2"];
        assert_eq!((folders, of.left_out), (expected, 0));
        let all = of.of_all(&schools(&["edu990001", "сош 5", "CON"]));
        assert_eq!(["edu990001", "сош 5", "CON"].map(|id| all[id].as_str()), ["edu990001", "sosh-5-3", "con-school"]);
    }

    #[test]
    fn a_region_without_a_home_is_too_many() {
        let many: Vec<String> = (0..41).map(|number| format!("edu{number}")).collect();
        assert_eq!(SchoolFolders::of("", &many).left_out, 41);
        assert_eq!(SchoolFolders::of("", &many).iter().count(), 0);
        assert_eq!(SchoolFolders::of("Северная Долина", &many).iter().count(), 41);
    }
}
