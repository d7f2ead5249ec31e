//! The register of a run, completed from context data, and the places of the schools that results name.

use srez_model::assessment::Procedure;
use srez_model::block::Block;
use srez_model::facts::FactTable;
use srez_model::official_list::ListedMark;
use srez_model::place::{Places, Register, School, canonical_login};
use std::collections::BTreeSet;

/// Schools of all registers that were read, in their order; of two entries with one id the first stands.
pub fn register<'a>(schools: impl Iterator<Item = School>, facts: impl Iterator<Item = &'a FactTable>) -> Register {
    let mut seen = BTreeSet::new();
    let schools = schools.filter(|school| seen.insert(school.id.clone())).collect();
    let mut register = Register { schools, ..Register::default() };
    complete(&mut register, facts);
    register
}

/// Fills what the register leaves empty from the context forms of the schools: code in РИС ГИА and locality.
fn complete<'a>(register: &mut Register, facts: impl Iterator<Item = &'a FactTable>) {
    for row in facts.filter(|table| table.topic == "context").flat_map(|table| &table.rows) {
        let Some(school) = register.find(&row.school).and_then(|place| register.schools.get_mut(place)) else {
            continue;
        };
        if school.code.is_empty() {
            let mut codes = ["код ОГЭ", "код ЕГЭ"].iter().filter_map(|item| row.text(item));
            let is_code = |code: &&str| (4..=6).contains(&code.len()) && code.bytes().all(|sign| sign.is_ascii_digit());
            school.code = codes.find(is_code).unwrap_or_default().to_owned();
        }
        if school.locality.is_empty() {
            let said = row.text("местность").unwrap_or_default().to_lowercase();
            school.locality = match (said.contains("сельск"), said.contains("город")) {
                (true, false) => "село".to_owned(),
                (false, true) => "город".to_owned(),
                _ => String::new(),
            };
        }
    }
}

/// Where the schools of the blocks stand.
pub fn places(register: &Register, blocks: &[Block]) -> Places {
    let labels: BTreeSet<&str> = blocks.iter().flat_map(|block| &block.school.names).map(String::as_str).collect();
    Places::new(register, labels)
}

/// Topic of the official lists of markers.
pub const OFFICIAL_LIST: &str = "bias-list";

/// What official lists of markers say, school by school; a school that the register does not know keeps its login.
pub fn listed(register: &Register, facts: &[FactTable]) -> Vec<ListedMark> {
    let rows = facts.iter().filter(|table| table.topic == OFFICIAL_LIST).flat_map(|table| &table.rows);
    let mark = |row: &srez_model::facts::FactRow| {
        let found = register.find(&row.school).and_then(|place| register.schools.get(place));
        let number = row.values.first()?.number.filter(|number| *number >= 0.0)?;
        Some(ListedMark {
            school: found.map_or_else(|| canonical_login(&row.school), |school| school.id.clone()),
            procedure: row.exam.as_ref().map_or(Procedure::Vpr, |exam| exam.procedure),
            year: row.year,
            of: row.exam.as_ref().map(|exam| (exam.subject.clone(), exam.grade)),
            markers: (0..=u64::from(u16::MAX)).find(|whole| number <= srez_model::unit::as_f64(*whole))?,
        })
    };
    rows.filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::{Register, listed};
    use srez_model::assessment::{ExamKey, Procedure};
    use srez_model::facts::{FactLevel, FactRow, FactTable, FactValue};
    use srez_model::place::School;
    use srez_model::reference::ReferenceKind;

    #[test]
    fn markers_of_a_list_come_under_the_ids_of_the_register() {
        let school = School { id: "s1".to_owned(), login: "edu230001".to_owned(), ..School::default() };
        let register = Register { schools: vec![school], ..Register::default() };
        let key = ExamKey::new(Procedure::Vpr, 2025, "math", 4);
        let row = |school: &str, exam: Option<ExamKey>, number: Option<f64>| FactRow {
            row: 2,
            level: FactLevel::Group(ReferenceKind::School),
            group: String::new(),
            school: school.to_owned(),
            exam,
            subject: String::new(),
            grade: 0,
            year: 2025,
            class: String::new(),
            values: vec![FactValue { item: "маркеров".to_owned(), number, text: String::new() }],
        };
        let table = |topic: &str| FactTable {
            topic: topic.to_owned(),
            file: "список.xlsx".to_owned(),
            sheet: String::new(),
            rows: vec![
                row("edu230001", Some(key.clone()), Some(1.0)),
                row("sch230009", None, Some(2.0)),
                row("edu230001", None, None),
            ],
        };
        let found = listed(&register, &[table("bias-list"), table("context")]);
        let seen: Vec<(&str, bool, u64)> =
            found.iter().map(|mark| (mark.school.as_str(), mark.of.is_some(), mark.markers)).collect();
        assert_eq!(seen, [("s1", true, 1), ("edu230009", false, 2)]);
    }
}
