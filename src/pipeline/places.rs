//! The register of a run and the places of the schools that results name.

use super::receive::Received;
use crate::model::block::Block;
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
    register
}

/// Where the schools of the blocks stand.
pub(super) fn places(register: &Register, blocks: &[Block]) -> Places {
    let labels: BTreeSet<&str> = blocks.iter().flat_map(|block| &block.school.names).map(String::as_str).collect();
    Places::new(register, labels)
}
