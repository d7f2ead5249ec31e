//! What the measures need in addition to the tally.

use srez_model::assessment::ExamKey;
use srez_model::place::Register;
use srez_model::reference::ReferenceTable;
use srez_model::threshold::Thresholds;
use srez_statistics::school_model::Assumptions;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Thresholds in force; read here: `tests.q`, `gap.…`, `prior.…`, `class.size`, `S01.participants`,
    /// `S02.participants`, `S04.participants`, `S05.…`, `city.bunching-…`, `unusual.schools`, `gate.…`, `effect.…`,
    /// `plan.…`, `rasch.participants`, `dif.…`.
    pub thresholds: Thresholds,
    /// Municipality that the documents are about.
    pub home: String,
    /// Schools with their municipalities; a school group of the tally is named by the school's id.
    pub register: Register,
    /// Tables of region and country, of all exams; each exam picks its own.
    pub references: Vec<ReferenceTable>,
}

impl Settings {
    /// Municipality of every school of the register that has one, by school id.
    pub(super) fn municipalities(&self) -> BTreeMap<&str, &str> {
        let schools = self.register.schools.iter().filter(|school| !school.municipality.is_empty());
        schools.map(|school| (school.id.as_str(), school.municipality.as_str())).collect()
    }

    /// What the model of schools takes for granted.
    pub(super) fn assumptions(&self) -> Assumptions {
        Assumptions::in_force(&self.thresholds)
    }

    /// Greatest q that counts as a finding, as a share: `tests.q` is in percent.
    pub(super) fn greatest_q(&self) -> f64 {
        self.thresholds.value("tests.q") / 100.0
    }
}

/// Name of a family of tests: sign, procedure, year.
pub(super) fn family(sign: &str, exam: &ExamKey) -> String {
    format!("{sign}-{}-{}", exam.procedure.id(), exam.year)
}
