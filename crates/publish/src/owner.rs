//! Whose issue lies in the folder of a period: two pipelines with one folder of reports would replace each other's.

use crate::fault::Fault;
use crate::publication::left_over;
use crate::published::Published;
use camino::Utf8Path;
use srez_model::error::Result;

/// Refuses to replace an issue of another pipeline, or of a pipeline of the same name with another history. Histories
/// are told apart by their keys: `keys` are the ids of all that were in force in this one. A manifest that does not say
/// is taken for our own.
///
/// # Errors
/// Where the issue of the period is another's.
pub fn refuse_another(reports: &Utf8Path, period: &str, pipeline: &str, keys: &[String]) -> Result<()> {
    for folder in std::iter::once(reports.join(period)).chain(left_over(reports, period)) {
        // A folder without a manifest of ours is nobody's issue, and is moved aside as it is.
        let Some(published) = Published::read_whole(&folder)? else { continue };
        let (of, key) = (&published.pipeline, &published.pseudonym_key);
        let whose = if !of.is_empty() && of != pipeline {
            format!("конвейера «{of}», а не «{pipeline}»")
        } else if !key.is_empty() && !keys.contains(key) {
            format!("конвейера «{pipeline}» с другим хранилищем: он составлен с ключом {key}")
        } else {
            continue;
        };
        return Err(Fault::OfAnother { folder: &folder, whose }.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::refuse_another;
    use camino::Utf8Path;

    #[test]
    fn an_issue_of_another_pipeline_or_another_history_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let reports = Utf8Path::from_path(folder.path()).unwrap();
        let refusal = |pipeline: &str, keys: &[&str]| {
            let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            refuse_another(reports, "2026-06", pipeline, &keys).err().map_or_else(String::new, |error| error.message)
        };
        assert_eq!(refusal("город", &["k-1"]), "", "nothing lies there");
        let write = |place: &str, pipeline: &str, key: &str| {
            let text = format!(
                "{{\"version\": \"1\", \"pipeline\": \"{pipeline}\", \"plan_blake3\": \"\", \"history_version\": 1, \
                 \"pseudonym_key\": \"{key}\", \"inputs\": [], \"outputs\": {{}}}}"
            );
            srez_disk::write_plain(&reports.join(place).join("manifest.json"), text.as_bytes()).unwrap();
        };
        write("2026-06", "город", "k-1");
        assert_eq!(refusal("город", &["k-0", "k-1"]), "");
        assert!(refusal("район", &["k-1"]).contains("конвейера «город», а не «район»"));
        assert!(refusal("город", &["k-2"]).contains("с другим хранилищем"));
        write("2026-06", "", "");
        assert_eq!(refusal("город", &["k-1"]), "", "a manifest from before pipelines were named");
        write("2026-06.new", "район", "k-9");
        assert!(refusal("город", &["k-1"]).contains("2026-06.new"), "and what a killed run of the other left");
    }
}
