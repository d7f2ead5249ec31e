//! What stops a run. Bad data never does: that is a note.

use std::fmt;

/// Why the program cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Wrong use: an argument or a pipeline file.
    Usage,
    /// The run could not finish: disk, store, a document that does not compile.
    Run,
}

/// What stops a run, in Russian, with the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Kind; decides the exit code.
    pub kind: ErrorKind,
    /// What happened and where.
    pub message: String,
    /// What to do now; empty where the message says it.
    pub hint: String,
}

impl Error {
    /// Wrong use.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Usage, message: message.into(), hint: String::new() }
    }

    /// The run could not finish.
    pub fn run(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Run, message: message.into(), hint: String::new() }
    }

    /// The same error with the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.message)?;
        if !self.hint.is_empty() {
            write!(formatter, "\n  Что делать: {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// What stops one crate: its own enum, which becomes an [`Error`] by `?`.
pub trait Fault {
    /// Kind; decides the exit code.
    fn kind(&self) -> ErrorKind;
    /// What happened and where.
    fn message(&self) -> String;
    /// What to do now; empty where a bug leaves nothing to do.
    fn hint(&self) -> String;
}

impl<F: Fault> From<F> for Error {
    fn from(fault: F) -> Self {
        Self { kind: fault.kind(), message: fault.message(), hint: fault.hint() }
    }
}

/// A value, or what stops the run.
pub type Result<T> = std::result::Result<T, Error>;
