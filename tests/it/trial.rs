//! Runs of the program in folders of their own that vanish after the tests.

use srez_testkit::sources::{files_below, root};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output};
use std::sync::OnceLock;

const OF_FILES: &str = r#"
title = "Проверка"
date = "2026-06-05"
[inputs]
folders = ["files"]
[store]
folder = "store"
key = "store.key"
[reports]
folder = "reports"
formats = ["html"]
audiences = ["office"]
"#;

/// The program, called in a folder.
pub(crate) fn srez(folder: &Path, arguments: &[&str]) -> Output {
    assert_cmd::Command::cargo_bin("srez").unwrap().current_dir(folder).args(arguments).output().unwrap()
}

/// What a run printed, both streams.
pub(crate) fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap() + &String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with one pipeline, its history and its documents.
pub(crate) struct Trial {
    folder: PathBuf,
    _vanishes: Option<tempfile::TempDir>,
}

impl Trial {
    /// A folder with the text of a pipeline in it, which names `store` and `reports` next to itself.
    pub(crate) fn new(pipeline: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let trial = Self { folder: folder.path().to_owned(), _vanishes: Some(folder) };
        std::fs::write(trial.path().join("trial.toml"), pipeline).unwrap();
        trial
    }

    /// A folder with a short pipeline that reads `files` and writes pages for the office.
    pub(crate) fn with_files() -> Self {
        Self::new(OF_FILES)
    }

    /// A committed pipeline that reads the committed inputs and writes into this folder.
    pub(crate) fn committed(name: &str) -> Self {
        Self::new(&committed(name))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn run(&self) -> Output {
        srez(self.path(), &["run", "trial.toml"])
    }

    /// The folder of the only period.
    pub(crate) fn period(&self) -> PathBuf {
        let reports = self.path().join("reports");
        let mut periods: Vec<_> = std::fs::read_dir(&reports).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(periods.len(), 1, "{periods:?}");
        periods.remove(0)
    }

    /// A table of `data/`: one map of column and text per row.
    pub(crate) fn table(&self, name: &str) -> Vec<Row> {
        rows(&self.period().join("data").join(format!("{name}.csv")))
    }

    /// Hashes of all files below a folder of the trial.
    pub(crate) fn hashes(&self, folder: &str) -> BTreeMap<String, String> {
        let folder = self.path().join(folder);
        let hash = |path: &String| blake3::hash(&std::fs::read(folder.join(path)).unwrap()).to_hex().to_string();
        files_below(&folder).into_iter().map(|path| (path.clone(), hash(&path))).collect()
    }
}

/// The text of a committed pipeline that reads the committed inputs and writes beside itself.
fn committed(name: &str) -> String {
    let text = std::fs::read_to_string(root().join("pipelines").join(name)).unwrap();
    let stem = name.trim_end_matches(".toml");
    text.replace(&format!("\"../store/{stem}\""), "\"store\"\nkey = \"store.key\"")
        .replace(&format!("\"../reports/{stem}\""), "\"reports\"")
        .replace("\"../", &format!("\"{}/", root().display()))
}

/// False for the only work of the demo of which no document is made: too few wrote it.
pub(crate) fn has_documents(row: &Row) -> bool {
    row["exam"] != "gve-2026-russian-9"
}

/// One row of a table.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a CSV file.
pub(crate) fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let head = reader.headers().unwrap().clone();
    let pairs =
        |record: csv::StringRecord| head.iter().zip(&record).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    reader.records().map(|record| pairs(record.unwrap())).collect()
}

/// The demo, run once for all tests, and what it printed; its folder stays until the next run of the tests.
///
/// cargo-nextest gives each test a process of its own and each run of the tests a name: whoever comes first makes the
/// demo under a lock, the others find the name of their run and read what was printed.
pub(crate) fn demo() -> &'static (Trial, Output) {
    static DEMO: OnceLock<(Trial, Output)> = OnceLock::new();
    DEMO.get_or_init(|| {
        let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let lock = std::fs::File::create(own.join("demo.lock")).unwrap();
        lock.lock().unwrap();
        let tests = std::env::var("NEXTEST_RUN_ID").unwrap_or_else(|_| std::process::id().to_string());
        let trial = Trial { folder: own.join("demo"), _vanishes: None };
        let kept = ["tests", "code", "stdout", "stderr"].map(|name| own.join(format!("demo.{name}")));
        let [name, code, stdout, stderr] = &kept;
        if std::fs::read_to_string(name).is_ok_and(|made_by| made_by == tests) {
            let code: i32 = std::fs::read_to_string(code).unwrap().parse().unwrap();
            let [stdout, stderr] = [stdout, stderr].map(|path| std::fs::read(path).unwrap());
            return (trial, Output { status: exit_status(code), stdout, stderr });
        }
        let _ = std::fs::remove_dir_all(trial.path());
        std::fs::create_dir_all(trial.path()).unwrap();
        std::fs::write(trial.path().join("trial.toml"), committed("demo.toml")).unwrap();
        let output = trial.run();
        std::fs::write(code, output.status.code().unwrap().to_string()).unwrap();
        std::fs::write(stdout, &output.stdout).unwrap();
        std::fs::write(stderr, &output.stderr).unwrap();
        std::fs::write(name, tests).unwrap();
        (trial, output)
    })
}

/// The status of a program that ended by itself with this code.
fn exit_status(code: i32) -> ExitStatus {
    #[cfg(unix)]
    return std::os::unix::process::ExitStatusExt::from_raw(code << 8);
    #[cfg(windows)]
    return std::os::windows::process::ExitStatusExt::from_raw(code.cast_unsigned());
}
