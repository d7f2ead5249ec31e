//! One document at a time: a fault in one costs this document and never the run.

use crate::error::Result;
use crate::model::artifact::Artifact;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A document that could not be made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// Path without extension.
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

impl Made {
    /// Adds what was made elsewhere.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.artifacts.extend(other.artifacts);
        self.failures.extend(other.failures);
        self
    }
}

/// Makes a document. The words of a panic are not repeated: they could hold what stands in a file.
pub(super) fn guarded(document: &str, make: impl FnOnce() -> Result<Vec<Artifact>>) -> Made {
    let failed = |reason: String| Made {
        artifacts: Vec::new(),
        failures: vec![Failure { document: document.to_owned(), reason }],
    };
    // What a panic leaves behind is dropped with the document: facts are only read.
    match catch_unwind(AssertUnwindSafe(make)) {
        Ok(Ok(artifacts)) => Made { artifacts, failures: Vec::new() },
        Ok(Err(error)) => failed(error.message),
        Err(_) => failed("ошибка программы".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Made, guarded};
    use crate::error::Error;
    use crate::model::artifact::Artifact;
    use rayon::prelude::*;

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
