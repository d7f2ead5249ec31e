//! The register of a run, completed from context data, and the places of the schools that results name.

use super::receive::Received;
use crate::model::block::Block;
use crate::model::facts::FactTable;
use crate::model::place::{Places, Register};
use std::collections::BTreeSet;

/// Schools of all registers that were read, in their order; of two entries with one id the first stands.
pub(super) fn register(received: &Received) -> Register {
    let mut seen = BTreeSet::new();
    let mut register = Register::default();
    for school in received.parts.iter().flat_map(|part| &part.recognised.schools) {
        if seen.insert(school.id.clone()) {
            let mut school = school.clone();
            if school.short_name.is_empty() {
                school.short_name = crate::wording::school_name::short(&school.name);
            }
            register.schools.push(school);
        }
    }
    complete(&mut register, received.parts.iter().flat_map(|part| &part.recognised.facts));
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
pub(super) fn places(register: &Register, blocks: &[Block]) -> Places {
    let labels: BTreeSet<&str> = blocks.iter().flat_map(|block| &block.school.names).map(String::as_str).collect();
    Places::new(register, labels)
}
