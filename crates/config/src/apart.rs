//! Inputs, history and issues must not lie in each other's way: an issue replaces the folder of its period.

use crate::plan::Plan;
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use srez_model::error::{Error, Result};

/// The path as the system sees it from the current folder; the path itself where there is none.
pub(crate) fn whole(path: &Utf8Path) -> Utf8PathBuf {
    let whole = std::path::absolute(path).ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    tidy(&whole.unwrap_or_else(|| path.to_owned()))
}

/// The path for comparison with others: to Windows «Отчёты» and «отчёты» are one folder.
fn folded(path: &Utf8Path) -> Utf8PathBuf {
    let whole = whole(path);
    if cfg!(windows) { whole.as_str().to_lowercase().into() } else { whole }
}

/// Refuses a pipeline whose issue would replace its own inputs, history, key or pipeline file.
///
/// # Errors
/// Where one of them lies in the folder of the period, or the folder of the data is that of the reports or the store.
pub(crate) fn check(plan: &Plan, pipeline: &Utf8Path) -> Result<()> {
    let period = folded(&plan.reports.join(&plan.period));
    let inputs = plan.folders.iter().chain(&plan.reference).map(|folder| ("папка с данными", &folder.path));
    let works = plan.works.as_ref().map(|works| &works.path);
    let files = [plan.schools.as_ref(), plan.measures.as_ref(), works].into_iter().flatten().map(|path| ("файл", path));
    let own = [("хранилище", &plan.store), ("ключ псевдонимов", &plan.key), ("файл текстов", &plan.texts)];
    let pipeline = pipeline.to_owned();
    for (what, path) in inputs.clone().chain(files).chain(own).chain([("файл конвейера", &pipeline)]) {
        if folded(path).starts_with(&period) {
            return Err(Error::usage(format!(
                "{what} {path} лежит в папке выпуска {}",
                plan.reports.join(&plan.period)
            ))
            .hint(
                "папка выпуска при каждом запуске заменяется целиком: перенесите или укажите другую [reports] folder",
            ));
        }
    }
    for (what, path) in inputs {
        let (same, reports, store) = (folded(path), folded(&plan.reports), folded(&plan.store));
        if same == reports || same == store || same.starts_with(&store) {
            let path = whole(path);
            let other = if same == reports { "папка отчётов" } else { "хранилище" };
            return Err(Error::usage(format!("{what} и {other} — одна папка: {path}"))
                .hint("укажите в [reports] и [store] папки рядом с данными, а не те же самые"));
        }
    }
    Ok(())
}

/// The key lies next to the store, never inside: who sees the one must not see the other.
pub(crate) fn beside(store: &Utf8Path) -> Utf8PathBuf {
    match store.file_name() {
        Some(name) => store.with_file_name(format!("{name}.key")),
        // «.» and «..» have no name of their own: their folder has.
        None => {
            let store = whole(store);
            store.with_file_name(format!("{}.key", store.file_name().unwrap_or("store")))
        }
    }
}

/// What was written into the documents lies next to the store too: it outlives it.
pub(crate) fn texts_beside(store: &Utf8Path) -> Utf8PathBuf {
    store.with_file_name(format!("{}.texts.jsonl", store.file_name().unwrap_or("store")))
}

/// A path with `..` folded into the folder before it, for messages.
pub(crate) fn tidy(path: &Utf8Path) -> Utf8PathBuf {
    let mut tidied = Utf8PathBuf::new();
    for part in path.components() {
        let named = tidied.file_name().is_some();
        match part {
            Utf8Component::ParentDir if named => {
                tidied.pop();
            }
            Utf8Component::CurDir => {}
            part => tidied.push(part),
        }
    }
    if tidied.as_str().is_empty() { Utf8PathBuf::from(".") } else { tidied }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial_folder::TrialFolder;

    struct Office {
        folder: TrialFolder,
    }

    impl Office {
        /// A folder with data, a register and the folder of an issue.
        fn new() -> Self {
            let folder = TrialFolder::new();
            for path in ["data/a.csv", "data/schools.csv", "reports/2026-06/in/a.csv", "reports/2026-06/schools.csv"] {
                folder.write(path, "x");
            }
            Self { folder }
        }

        fn load(&self, at: &str, inputs: &str, rest: &str) -> Result<Plan> {
            let text = format!("title = \"Т\"\ndate = \"2026-06-05\"\n[inputs]\n{inputs}\n{rest}");
            self.folder.write(at, &text);
            Plan::load(&self.folder.base.join(at), None)
        }

        fn refusal(&self, at: &str, inputs: &str, rest: &str) -> String {
            self.load(at, inputs, rest).err().map_or_else(String::new, |error| error.message)
        }
    }

    const DATA: &str = "folders = [\"data\"]";
    const REPORTS: &str = "[reports]\nfolder = \"reports\"";

    #[test]
    fn what_an_issue_would_replace_is_refused_before_anything_is_read() {
        let office = Office::new();
        assert_eq!(office.refusal("p.toml", DATA, REPORTS), "");
        let inside = [
            ("папка с данными", "folders = [\"reports/2026-06/in\"]", ""),
            ("папка с данными", "folders = [\"data\"]\nreference = \"reports/2026-06/in\"", ""),
            ("файл", "folders = [\"data\"]\nschools = \"reports/../reports/2026-06/schools.csv\"", ""),
            ("хранилище", DATA, "[store]\nfolder = \"reports/2026-06/store\"\n"),
            ("ключ псевдонимов", DATA, "[store]\nfolder = \"store\"\nkey = \"reports/2026-06/my.key\"\n"),
        ];
        for (what, inputs, store) in inside {
            let said = office.refusal("p.toml", inputs, &format!("{store}{REPORTS}"));
            assert!(said.starts_with(what) && said.contains("в папке выпуска"), "{inputs} {store}: {said}");
        }
        let own = "folders = [\"../../data\"]";
        let said = office.refusal("reports/2026-06/p.toml", own, "[reports]\nfolder = \"..\"");
        assert!(said.starts_with("файл конвейера"), "{said}");
        let said = office.refusal("p.toml", DATA, "[reports]\nfolder = \"data\"");
        assert!(said.contains("папка отчётов — одна папка"), "{said}");
        let said = office.refusal("p.toml", DATA, "[store]\nfolder = \"data\"");
        assert!(said.contains("хранилище — одна папка"), "{said}");
    }

    #[test]
    fn what_a_run_writes_is_never_an_input() {
        let office = Office::new();
        let store = "[store]\nfolder = \"data/history\"\n[reports]\nfolder = \"data/out\"";
        let plan = office.load("p.toml", DATA, store).unwrap();
        let is_own =
            |path: &str| plan.is_own(&office.folder.base.join("data"), &office.folder.base.join("data").join(path));
        for own in
            ["history/log/00000001.json", "history.key", "history.key.tmp", "history.key.k-1a2b3c4d", "out/a.csv"]
        {
            assert!(is_own(own), "{own}");
        }
        for other in ["a.csv", "history.csv", "history.keys/a.csv", "outer/a.csv", "historic/a.csv"] {
            assert!(!is_own(other), "{other}");
        }
        // Data in a folder of their own below the reports are data.
        let plan = office.load("p.toml", "folders = [\"reports/in\"]", REPORTS);
        assert!(plan.is_err(), "there is no such folder yet");
        srez_disk::write_plain(&office.folder.base.join("reports/in/a.csv"), b"x").unwrap();
        let plan = office.load("p.toml", "folders = [\"reports/in\"]", REPORTS).unwrap();
        assert!(!plan.is_own(&office.folder.base.join("reports/in"), &office.folder.base.join("reports/in/a.csv")));
    }

    #[test]
    fn the_key_lies_beside_the_store_wherever_that_is() {
        let office = Office::new();
        for (store, key) in [("store", "store.key"), ("a/b", "a/b.key"), ("a/b/", "a/b.key")] {
            let plan = office.load("p.toml", DATA, &format!("[store]\nfolder = \"{store}\"")).unwrap();
            assert_eq!(plan.key, office.folder.base.join(key));
            assert!(!plan.key.starts_with(&plan.store));
        }
    }

    #[test]
    fn the_key_is_beside_the_store_whatever_the_store_is_called() {
        for store in ["store", "../store/demo", ".", "..", "../..", "a/"] {
            let key = whole(&beside(&tidy(Utf8Path::new(store))));
            assert!(!key.starts_with(whole(Utf8Path::new(store))), "{store}: {key}");
        }
    }
}
