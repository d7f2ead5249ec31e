//! The schools of the files: a register only names them, and where it does not, or where there is none, the files do.

mod home;
mod notes;

pub(super) use home::{HOME_ASSUMED, HOME_UNCLEAR, HOME_UNKNOWN};
pub(super) use notes::{NAMES, SPELLINGS, TWO_MUNICIPALITIES};

use super::municipality::Spellings;
use super::printed_name;
use home::settle_home;
use notes::{names_note, spelling_notes, two_municipalities};
use srez_model::block::{Block, RowState};
use srez_model::note::Noted;
use srez_model::place::{NamedSchool, Register, School, canonical_login};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Most schools or municipalities that a note names.
const MOST_NAMED: usize = 5;

/// What a file says of a school.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Path as listed.
    pub file: String,
    /// Sheet; empty where it is not known.
    pub sheet: String,
    /// What is said, and by how many rows.
    pub said: NamedSchool,
    /// True for rows of results: these make a school, others only name it.
    pub of_results: bool,
}

impl Sighting {
    /// What the rows of a block say that count.
    pub fn of_block(block: &Block) -> Vec<Self> {
        let mut rows: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for (row, state) in block.state.iter().enumerate() {
            if matches!(state, RowState::Accepted | RowState::Absent) && !block.school.name(row).is_empty() {
                *rows.entry((block.school.name(row), block.municipality.name(row))).or_default() += 1;
            }
        }
        let sighting = |((school, municipality), rows): ((&str, &str), u32)| Self {
            file: block.file.clone(),
            sheet: block.sheet.clone(),
            said: NamedSchool {
                school: school.to_owned(),
                name: String::new(),
                municipality: municipality.to_owned(),
                rows,
            },
            of_results: true,
        };
        rows.into_iter().map(sighting).collect()
    }
}

/// What the files say of one school.
#[derive(Default)]
struct Said<'a> {
    names: BTreeMap<&'a str, u64>,
    municipalities: BTreeMap<&'a str, u64>,
    of_results: bool,
    first: Option<&'a Sighting>,
}

/// The register with the schools of the files: every school once, each municipality under one spelling.
pub fn with_schools_of_files(register: &Register, home: &str, seen: &[Sighting]) -> Noted<Register> {
    let count = |counts: &mut BTreeMap<String, u64>, name: &str, rows: u64| {
        if !name.trim().is_empty() {
            *counts.entry(name.to_owned()).or_default() += rows;
        }
    };
    let (mut of_register, mut of_files) = (BTreeMap::new(), BTreeMap::new());
    register.schools.iter().for_each(|school| count(&mut of_register, &school.municipality, 1));
    for sighting in seen {
        count(&mut of_files, &sighting.said.municipality, u64::from(sighting.said.rows));
    }
    let spellings = Spellings::new(home, &of_register, &of_files);
    let mut notes = spelling_notes(&spellings, home, seen);
    let mut said = said_of_schools(register, &spellings, seen);
    let mut full = register.clone();
    for school in &mut full.schools {
        school.municipality = spellings.printed(&school.municipality).to_owned();
        if let Some(said) = said.remove(school.id.as_str()) {
            name(school, &said);
        }
    }
    let mut several = Vec::new();
    for (label, said) in said.into_iter().filter(|(_, said)| said.of_results) {
        let is_login = label.starts_with("edu");
        let (login, code) = if is_login { (label, String::new()) } else { (String::new(), label) };
        let id = if login.is_empty() { code.clone() } else { login.clone() };
        let mut school = School { id, login, code, ..School::default() };
        name(&mut school, &said);
        notes.extend(two_municipalities(&school, &said));
        let mut names = said.names.keys();
        let first = names.next();
        if first.is_some_and(|first| names.any(|other| printed_name::differ(first, other))) {
            several.push((school.id.clone(), school.name.clone(), said.first));
        }
        full.schools.push(school);
    }
    notes.extend(names_note(&several));
    let with_results: BTreeSet<usize> = seen
        .iter()
        .filter(|sighting| sighting.of_results)
        .filter_map(|sighting| full.find(&sighting.said.school))
        .collect();
    let anchor = seen.iter().find(|sighting| sighting.of_results);
    if let Some(anchor) = anchor.filter(|_| !home.trim().is_empty()) {
        notes.extend(settle_home(&mut full, home, &with_results, anchor));
    }
    full.municipality_aliases.extend(spellings.into_aliases());
    Noted { value: full, notes }
}

/// What is said of each school, under the id of the register or the label of the files.
fn said_of_schools<'a>(
    register: &Register,
    spellings: &'a Spellings,
    seen: &'a [Sighting],
) -> BTreeMap<String, Said<'a>> {
    let labels: BTreeSet<&str> =
        seen.iter().filter(|sighting| sighting.of_results).map(|sighting| sighting.said.school.as_str()).collect();
    // Names stand beside the code as it was written, results under the code as it was mended.
    let mut mended: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for label in &labels {
        let same = mended.entry(label.trim_start_matches('0'));
        same.and_modify(|seen| *seen = None).or_insert(Some(label));
    }
    let mut said: BTreeMap<String, Said<'a>> = BTreeMap::new();
    for sighting in seen {
        let NamedSchool { school, name, municipality, rows } = &sighting.said;
        let known = labels.contains(school.as_str());
        let label = mended.get(school.trim_start_matches('0')).copied().flatten().filter(|_| !known);
        let label = label.unwrap_or(school);
        let found = register.find(label).and_then(|place| register.schools.get(place));
        let id = found.map_or_else(|| canonical_login(label), |school| school.id.clone());
        let of_school = said.entry(id).or_default();
        of_school.of_results |= sighting.of_results;
        if of_school.first.is_none() && (sighting.of_results || !name.is_empty()) {
            of_school.first = Some(sighting);
        }
        if !name.is_empty() {
            *of_school.names.entry(name).or_default() += u64::from(*rows);
        }
        if !municipality.trim().is_empty() {
            *of_school.municipalities.entry(spellings.printed(municipality)).or_default() += u64::from(*rows);
        }
    }
    said
}

/// Fills what the register leaves empty.
fn name(school: &mut School, said: &Said<'_>) {
    if school.name.is_empty() && school.short_name.is_empty() {
        school.name = printed_name::choose(said.names.iter().map(|(name, rows)| (*name, *rows)));
    }
    if school.municipality.is_empty() {
        let most = said.municipalities.iter().max_by_key(|(name, rows)| (**rows, Reverse(**name)));
        school.municipality = most.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(rows: &[(&str, &str, &str)]) -> Vec<Sighting> {
        let sighting = |(school, name, municipality): &(&str, &str, &str)| Sighting {
            file: "a.csv".to_owned(),
            sheet: String::new(),
            said: NamedSchool {
                school: (*school).to_owned(),
                name: (*name).to_owned(),
                municipality: (*municipality).to_owned(),
                rows: 1,
            },
            of_results: true,
        };
        rows.iter().map(sighting).collect()
    }

    /// Schools at home, and the codes of the notes.
    fn at_home(register: &[School], home: &str, rows: &[(&str, &str, &str)]) -> (Vec<String>, Vec<String>) {
        let register = Register { schools: register.to_vec(), ..Register::default() };
        let Noted { value, notes } = with_schools_of_files(&register, home, &seen(rows));
        let own = value.schools.iter().filter(|school| school.municipality == home);
        (own.map(|school| school.id.clone()).collect(), notes.iter().map(|note| note.code.to_string()).collect())
    }

    fn registered(code: &str, municipality: &str) -> School {
        let (id, code) = (code.to_owned(), code.to_owned());
        School { id, code, municipality: municipality.to_owned(), ..School::default() }
    }

    #[test]
    fn schools_of_the_files_count_without_a_register() {
        let rows = [("0101", "", "г.Дроздов"), ("0102", "", "город Дроздов"), ("0103", "", "Ключи")];
        let (schools, codes) = at_home(&[], "Дроздов", &rows);
        assert_eq!((schools, codes), (vec!["0101".to_owned(), "0102".to_owned()], vec!["C20".to_owned()]));
    }

    #[test]
    fn the_spellings_of_a_region_are_one_note_with_a_count() {
        let names: Vec<String> = ["Азов", "Бор", "Ветлуга", "Гусь", "Дон", "Елец"]
            .iter()
            .flat_map(|name| [(*name).to_owned(), format!("г. {name}"), format!("город {name}")])
            .collect();
        let codes: Vec<String> = (1..=names.len()).map(|code| format!("{code:04}")).collect();
        let rows: Vec<(&str, &str, &str)> =
            codes.iter().zip(&names).map(|(code, name)| (code.as_str(), "", name.as_str())).collect();
        let notes = |rows: &[(&str, &str, &str)]| -> Vec<String> {
            let Noted { notes, .. } = with_schools_of_files(&Register::default(), "", &seen(rows));
            notes.into_iter().filter(|note| note.code == SPELLINGS.id).map(|note| note.message).collect()
        };
        let of_region = notes(&rows);
        assert_eq!(of_region.len(), 1, "{of_region:?}");
        assert!(of_region[0].contains("разными написаниями: 6, например: «Азов»"), "{of_region:?}");
        let of_two = notes(&rows[..6]);
        assert!(of_two[0].contains("написаниями: 2: «Азов»") && of_two[0].contains("«Бор»"), "{of_two:?}");
        let of_one = notes(&rows[..3]);
        assert_eq!(of_one, ["«Азов», «г. Азов» — это «город Азов»"]);
    }

    #[test]
    fn where_nobody_names_a_municipality_all_schools_count_and_that_is_said() {
        let (schools, codes) = at_home(&[], "Дроздов", &[("edu990001", "", ""), ("edu990002", "", "")]);
        assert_eq!((schools.len(), codes), (2, vec!["C22".to_owned()]));
        let (schools, codes) = at_home(&[registered("1", "Дроздов")], "Дроздов", &[("1", "", ""), ("2", "", "")]);
        assert_eq!((schools.len(), codes), (2, vec!["C22".to_owned()]), "a register only names schools");
        let (schools, codes) = at_home(&[registered("1", "Ключи")], "Дроздов", &[("1", "", ""), ("2", "", "")]);
        assert_eq!((schools.len(), codes), (0, vec!["C23".to_owned(), "C21".to_owned()]));
    }

    #[test]
    fn a_register_decides_where_a_school_is_and_home_may_be_spelled_otherwise() {
        let register = [registered("1", "Дроздов"), registered("2", "Ключи")];
        let (schools, codes) = at_home(&register, "г. Дроздов", &[("1", "", "Ключи"), ("2", "", "")]);
        assert_eq!((schools, codes), (vec!["1".to_owned()], vec!["C20".to_owned()]));
    }

    #[test]
    fn one_school_has_one_name_and_one_municipality() {
        let rows = [("1", "Школа 1", "Дроздов"), ("1", "Школа 1", "Дроздов"), ("1", "Лицей 7", "Ключи")];
        let Noted { value, notes } = with_schools_of_files(&Register::default(), "", &seen(&rows));
        let school = &value.schools[0];
        assert_eq!((value.schools.len(), &*school.name, &*school.municipality), (1, "Школа 1", "Дроздов"));
        let codes: Vec<String> = notes.iter().map(|note| note.code.to_string()).collect();
        assert_eq!(codes, ["C24", "C25"]);
    }
}
