//! One piece of work at a time: a fault in one costs this document, table or exam and never the run.

use srez_model::artifact::Artifact;
use srez_model::error::{Error, Result};
use srez_publish::{Prepared, Staging};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A document, table or exam that could not be made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// Path without extension, or the words for what is missing.
    pub document: String,
    /// Why, in words for the reader.
    pub reason: String,
}

/// Files that were made, and documents that could not be.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Files.
    pub(super) artifacts: Vec<Artifact>,
    /// Documents that are missing.
    pub(super) failures: Vec<Failure>,
}

/// Files that were made and wait, and documents that could not be made.
#[derive(Debug, Default)]
pub(super) struct Ready {
    /// Files.
    pub(super) files: Vec<Prepared>,
    /// Documents that are missing.
    pub(super) failures: Vec<Failure>,
    /// Where the disk took no more: then there is no issue.
    full: Option<Error>,
}

impl From<Vec<Artifact>> for Made {
    fn from(artifacts: Vec<Artifact>) -> Self {
        Self { artifacts, failures: Vec::new() }
    }
}

impl Made {
    /// Adds what was made elsewhere.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.artifacts.extend(other.artifacts);
        self.failures.extend(other.failures);
        self
    }

    /// Takes the files out of memory.
    pub(super) fn set_aside(self, staging: &Staging) -> Ready {
        let mut ready = Ready { failures: self.failures, ..Ready::default() };
        for artifact in self.artifacts {
            match staging.set_aside(artifact) {
                Ok(file) => ready.files.push(file),
                Err(error) => return Ready { full: Some(error), ..ready },
            }
        }
        ready
    }
}

impl Ready {
    /// Adds what was made elsewhere.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.failures.extend(other.failures);
        self.full = self.full.or(other.full);
        self
    }

    /// The files, and what is missing.
    ///
    /// # Errors
    /// Where the disk took no more.
    pub(super) fn whole(self) -> Result<(Vec<Prepared>, Vec<Failure>)> {
        self.full.map_or(Ok((self.files, self.failures)), Err)
    }
}

/// Makes the files of a document.
pub(super) fn guarded(document: &str, make: impl FnOnce() -> Result<Vec<Artifact>>) -> Made {
    match attempt(document, make) {
        Ok(artifacts) => artifacts.into(),
        Err(failure) => Made { artifacts: Vec::new(), failures: vec![failure] },
    }
}

/// Does a piece of work. The words of a panic are not repeated here, and the hook of the command line prints none: they
/// could hold what stands in a file.
pub(super) fn attempt<T>(document: &str, make: impl FnOnce() -> Result<T>) -> std::result::Result<T, Failure> {
    let failed = |reason: String| Failure { document: document.to_owned(), reason };
    // What a panic leaves behind is dropped with the work: facts are only read.
    match catch_unwind(AssertUnwindSafe(make)) {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(error)) => Err(failed(error.message)),
        Err(_) => Err(failed("ошибка программы".to_owned())),
    }
}

/// What was done, and what was not.
pub(super) fn sorted_out<T>(all: Vec<std::result::Result<T, Failure>>) -> (Vec<T>, Vec<Failure>) {
    let (mut done, mut failures) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Ok(made) => done.push(made),
            Err(failure) => failures.push(failure),
        }
    }
    (done, failures)
}

#[cfg(test)]
mod tests {
    use super::{Made, guarded};
    use rayon::prelude::*;
    use srez_model::artifact::Artifact;
    use srez_model::error::Error;

    #[test]
    fn a_document_that_breaks_off_costs_no_other() {
        let make = |name: &&str| {
            guarded(name, || match *name {
                "паника" => panic!("content of a cell"),
                "ошибка" => Err(Error::run("шрифт не найден")),
                _ => Ok(vec![Artifact { path: format!("{name}.pdf"), bytes: vec![1] }]),
            })
        };
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| ()));
        let made = ["а", "паника", "б", "ошибка", "в"].par_iter().map(make).reduce(Made::default, Made::join);
        std::panic::set_hook(hook);
        let paths: Vec<&str> = made.artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
        assert_eq!(paths, ["а.pdf", "б.pdf", "в.pdf"]);
        let failures: Vec<(&str, &str)> =
            made.failures.iter().map(|failure| (failure.document.as_str(), failure.reason.as_str())).collect();
        assert_eq!(failures, [("паника", "ошибка программы"), ("ошибка", "шрифт не найден")]);
    }
}
