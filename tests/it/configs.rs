//! Pipelines as people write them: valid ones are understood, invalid ones are answered with the line and the next
//! step.

use crate::trial::{printed, srez};
use srez_testkit::sources::{files_below, root};

fn folder() -> std::path::PathBuf {
    root().join("tests/fixtures/configs")
}

#[test]
fn valid_pipelines_are_understood() {
    for name in files_below(&folder().join("valid")) {
        let output = srez(&folder(), &["run", "--dry-run", &format!("valid/{name}")]);
        assert_eq!(output.status.code(), Some(0), "{name}\n{}", printed(&output));
        let counts_what_is_built_in = |line: &&str| line.starts_with("спецификаций") || line.starts_with("форм");
        let text: Vec<_> =
            printed(&output).lines().filter(|line| !counts_what_is_built_in(line)).map(str::to_owned).collect();
        insta::assert_snapshot!(format!("valid-{}", name.trim_end_matches(".toml")), text.join("\n"));
    }
}

#[test]
fn invalid_pipelines_are_answered_with_the_line_and_the_next_step() {
    for name in files_below(&folder().join("invalid")) {
        let output = srez(&folder(), &["run", &format!("invalid/{name}")]);
        assert_eq!(output.status.code(), Some(64), "{name}\n{}", printed(&output));
        assert!(output.stdout.is_empty(), "{name}: a mistake belongs to the error stream");
        insta::assert_snapshot!(format!("invalid-{}", name.trim_end_matches(".toml")), printed(&output));
    }
    assert!(!folder().join("reports").exists() && !folder().join("store").exists(), "a wrong pipeline wrote something");
}
