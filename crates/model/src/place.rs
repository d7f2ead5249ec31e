//! Schools, municipalities and the register that joins their many codes.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A school («ОО») as the register knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Stable ASCII id, used in tables and folder names: the canonical login, else the code.
    pub id: String,
    /// Login in ФИС ОКО in canonical form `eduNNNNNN`; empty where unknown.
    pub login: String,
    /// Code in РИС ГИА; empty where unknown.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name for tables and charts.
    pub short_name: String,
    /// Type: СОШ, ООШ, Лицей …; empty where unknown.
    pub school_type: String,
    /// город or село; empty where unknown.
    pub locality: String,
    /// Municipality under its canonical name.
    pub municipality: String,
}

/// How rows of a file name a school beside its login or code.
///
/// Grain: one entry per school, spelling of the name and spelling of the municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamedSchool {
    /// Login or code in canonical form.
    pub school: String,
    /// Name as written; empty where there is none, or where it does not read like the name of a school.
    pub name: String,
    /// Municipality as written; empty where there is none.
    pub municipality: String,
    /// Rows that say so.
    pub rows: u32,
}

/// False where the type of a school tells that it has no such grade: НОШ ends with grade 4, ООШ with grade 9.
pub fn has_grade(school_type: &str, grade: u8) -> bool {
    match school_type {
        "НОШ" => grade <= 4,
        "ООШ" => grade <= 9,
        _ => true,
    }
}

/// True where the type of a school tells that it chooses its pupils.
pub fn is_selective(school_type: &str) -> bool {
    let words = school_type.to_lowercase();
    ["лице", "гимназ", "углубл", "уиоп", "кадет"].iter().any(|stem| words.contains(stem))
}

/// The register of schools: the only place where logins and codes of one school meet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Schools in the order of the register; lists of schools are printed in this order.
    pub schools: Vec<School>,
    /// Other names of municipalities: alias to canonical name.
    pub municipality_aliases: BTreeMap<String, String>,
}

impl Register {
    /// Place of the school with this login or code.
    pub fn find(&self, key: &str) -> Option<usize> {
        let login = canonical_login(key);
        self.schools.iter().position(|school| {
            (!school.login.is_empty() && school.login == login) || (!school.code.is_empty() && school.code == key)
        })
    }
}

/// Where the schools of an exam stand: what puts a row of a block into its groups.
///
/// Grain: one entry per label under which blocks name a school.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Schools of the register by the label that blocks carry; a label that is missing here is a school of its own.
    pub schools: BTreeMap<String, School>,
    /// Canonical names of municipalities by other names, for schools that the register does not know.
    pub municipality_aliases: BTreeMap<String, String>,
    /// Regions by canonical name of the municipality; empty where the run stays inside one region.
    pub regions: BTreeMap<String, String>,
}

impl Places {
    /// Places of the schools that the blocks name.
    pub fn new<'a>(register: &Register, labels: impl IntoIterator<Item = &'a str>) -> Self {
        let found = |label: &str| register.find(label).and_then(|place| register.schools.get(place)).cloned();
        Self {
            schools: labels.into_iter().filter_map(|label| Some((label.to_owned(), found(label)?))).collect(),
            municipality_aliases: register.municipality_aliases.clone(),
            regions: BTreeMap::new(),
        }
    }

    /// The school behind a label; one that the register does not know has its label as id, and the municipality that
    /// the form gives.
    pub fn school(&self, label: &str, municipality: &str) -> School {
        self.schools.get(label).cloned().unwrap_or_else(|| School {
            id: label.to_owned(),
            municipality: self.municipality_aliases.get(municipality).map_or(municipality, String::as_str).to_owned(),
            ..School::default()
        })
    }
}

/// A code of digits without the fraction that a number of a spreadsheet leaves behind: `103012.0` is `103012`.
pub fn without_fraction(code: &str) -> &str {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match code.split_once(['.', ',']) {
        Some((whole, fraction)) if digits(whole) && digits(fraction) && fraction.bytes().all(|byte| byte == b'0') => {
            whole
        }
        _ => code,
    }
}

/// `schNNNNNN` of 2020 and 2021 and `eduNNNNNN` of 2022 are one school: the later form. A code loses its fraction.
pub fn canonical_login(login: &str) -> String {
    let login = without_fraction(login.trim()).to_lowercase();
    match login.strip_prefix("sch") {
        Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("edu{number}")
        }
        _ => login,
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical_login, is_selective, without_fraction};

    #[test]
    fn schools_that_choose_their_pupils_say_so_in_their_type() {
        let selective = ["Лицей", "гимназия", "СОШ с углублённым изучением отдельных предметов", "Кадетская школа"];
        assert!(selective.into_iter().all(is_selective));
        assert!(!["СОШ", "ООШ", "", "Вечерняя школа"].into_iter().any(is_selective));
    }

    #[test]
    fn a_code_loses_the_fraction_of_a_number_and_nothing_else() {
        assert_eq!(["103012.0", "0930,00", "103012"].map(without_fraction), ["103012", "0930", "103012"]);
        assert_eq!(
            ["1.5", "11.0а", ".0", "А.0", "1.0.0"].map(without_fraction),
            ["1.5", "11.0а", ".0", "А.0", "1.0.0"]
        );
    }

    #[test]
    fn both_logins_are_one_school() {
        assert_eq!(canonical_login("sch220164"), canonical_login("EDU220164 "));
        assert_eq!(canonical_login("school"), "school");
    }
}
