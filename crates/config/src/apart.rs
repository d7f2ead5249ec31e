//! Inputs, history and issues must not lie in each other's way: an issue replaces the folder of its period.

use crate::plan::Plan;
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use srez_model::error::{Error, Result};

/// The path as the system sees it from the current folder; the path itself where there is none.
pub(crate) fn whole(path: &Utf8Path) -> Utf8PathBuf {
    let whole = std::path::absolute(path).ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    tidy(&whole.unwrap_or_else(|| path.to_owned()))
}

/// Refuses a pipeline whose issue would replace its own inputs, history, key or pipeline file.
///
/// # Errors
/// Where one of them lies in the folder of the period, or the folder of the data is that of the reports or the store.
pub(crate) fn check(plan: &Plan, pipeline: &Utf8Path) -> Result<()> {
    let period = whole(&plan.reports.join(&plan.period));
    let inputs = plan.folders.iter().chain(&plan.reference).map(|folder| ("папка с данными", &folder.path));
    let files = [&plan.schools, &plan.measures].into_iter().flatten().map(|path| ("файл", path));
    let own = [("хранилище", &plan.store), ("ключ псевдонимов", &plan.key)];
    let pipeline = pipeline.to_owned();
    for (what, path) in inputs.clone().chain(files).chain(own).chain([("файл конвейера", &pipeline)]) {
        if whole(path).starts_with(&period) {
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
        let (path, reports, store) = (whole(path), whole(&plan.reports), whole(&plan.store));
        if path == reports || path == store || path.starts_with(&store) {
            let other = if path == reports { "папка отчётов" } else { "хранилище" };
            return Err(Error::usage(format!("{what} и {other} — одна папка: {path}"))
                .hint("укажите в [reports] и [store] папки рядом с данными, а не те же самые"));
        }
    }
    Ok(())
}

/// The key lies next to the store, never inside: who sees the one must not see the other.
pub(crate) fn beside(store: &Utf8Path) -> Utf8PathBuf {
    store.with_file_name(format!("{}.key", store.file_name().unwrap_or("store")))
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
