//! The register by every key under which a school may stand in a file.

use srez_model::place::{Register, School, canonical_login};
use std::collections::BTreeMap;

/// Schools by login, code and id.
pub(super) struct Addresses<'a> {
    register: &'a Register,
    by_key: BTreeMap<String, usize>,
}

impl<'a> Addresses<'a> {
    /// Addresses of a register; of two schools with one key the first stands.
    pub(super) fn new(register: &'a Register) -> Self {
        let mut by_key = BTreeMap::new();
        for (place, school) in register.schools.iter().enumerate() {
            for key in [&school.login, &school.code, &school.id] {
                if !key.is_empty() {
                    by_key.entry(key.to_lowercase()).or_insert(place);
                }
            }
        }
        Self { register, by_key }
    }

    /// Id of the school with this label; the label itself where the register does not know it.
    pub(super) fn id<'b>(&'b self, label: &'b str) -> &'b str {
        self.find(label).map_or(label, |school| school.id.as_str())
    }

    /// The school with this label; one with nothing but the label where the register does not know it.
    pub(super) fn school(&self, label: &str) -> School {
        self.find(label).cloned().unwrap_or_else(|| School { id: label.to_owned(), ..School::default() })
    }

    /// Id of the school whose login or code is a word of a path.
    pub(super) fn in_path(&self, path: &str) -> Option<&str> {
        let path = path.to_lowercase();
        let mut words = path.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() >= 4);
        words.find_map(|word| self.find(word)).map(|school| school.id.as_str())
    }

    fn find(&self, label: &str) -> Option<&'a School> {
        let place = self.by_key.get(&label.to_lowercase()).or_else(|| self.by_key.get(&canonical_login(label)))?;
        self.register.schools.get(*place)
    }
}

#[cfg(test)]
mod tests {
    use super::Addresses;
    use srez_model::place::{Register, School};

    #[test]
    fn a_school_is_found_under_each_of_its_keys() {
        let (id, login, code) = ("edu230001".to_owned(), "edu230001".to_owned(), "10101".to_owned());
        let register =
            Register { schools: vec![School { id, login, code, ..School::default() }], ..Register::default() };
        let addresses = Addresses::new(&register);
        assert_eq!(
            ["sch230001", "EDU230001", "10101", "777"].map(|label| addresses.id(label).to_owned()),
            ["edu230001", "edu230001", "edu230001", "777"]
        );
        assert_eq!(addresses.in_path("2026-05/edu230001/бланк.xlsx"), Some("edu230001"));
        assert_eq!(addresses.in_path("2026-05/школа 1/бланк.xlsx"), None);
    }
}
