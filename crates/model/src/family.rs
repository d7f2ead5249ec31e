//! Families of tests: among which tests a sign shares its rate of false marks, and what became of its checks.

use super::sign::SignId;

/// Among which tests a sign shares its rate of false marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// It makes no tests of this kind.
    #[default]
    None,
    /// Among its own on a procedure and year.
    Own,
    /// Among those of all markers on a procedure and year.
    Markers,
}

/// Tests of one sign on one exam.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FamilyCount {
    /// Code of the sign.
    pub sign: SignId,
    /// Tests made.
    pub checked: usize,
    /// Tests that fired.
    pub fired: usize,
    /// Of the others, those that would often have missed what matters.
    pub indistinct: usize,
    /// Schools, tasks or skills that could not be tested; not among `checked`.
    pub untested: usize,
    /// The tests among which its q holds.
    pub family: Family,
}
