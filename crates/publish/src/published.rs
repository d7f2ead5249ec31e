//! A period that was published, read back from its folder, and compared with the same period made again.

use crate::fault::Fault;
use crate::staging::Prepared;
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use srez_disk::Found;
use srez_model::compared_with::ComparedWith;
use srez_model::error::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Largest file of a period that is read, in bytes.
const GREATEST: u64 = 4 << 30;

/// Name of the manifest in the folder of a period.
pub(crate) const MANIFEST: &str = "manifest.json";

/// How names of files end as long as they are being written.
pub(crate) const UNFINISHED: &str = ".tmp";

/// What the manifest of a period says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Published {
    pub version: String,
    /// Name of the pipeline; empty where the manifest does not tell.
    #[serde(default)]
    pub pipeline: String,
    /// Hash of the pipeline file.
    pub plan_blake3: String,
    /// Date of the documents as `YYYY-MM-DD`; empty where the manifest does not tell.
    #[serde(default)]
    pub date: String,
    /// Pack that the works came from; none where there was none.
    #[serde(default)]
    works: Option<Works>,
    /// Version of the history that the documents were made from.
    pub history_version: u64,
    /// Id of the key of the pseudonyms that was in force; empty if the manifest does not say.
    #[serde(default)]
    pub pseudonym_key: String,
    /// What the issue was compared with; none if the manifest does not say.
    #[serde(default)]
    pub compared_with: Option<ComparedWith>,
    /// What of the file of texts its documents print; none where there was none.
    #[serde(default)]
    pub texts: Option<TextsUsed>,
    /// What of the user's lay beside the period, as its start page tells it.
    #[serde(default)]
    pub kept: Vec<String>,
    inputs: Vec<Input>,
    /// Hash of every file but the manifest, by path.
    outputs: BTreeMap<String, String>,
}

/// Which lines of the file of texts an issue was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsUsed {
    /// How many lines it had.
    pub lines: u64,
    /// Check sum of the last of them.
    pub blake3: String,
}

/// A pack of works.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Works {
    name: String,
    version: String,
    blake3: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Input {
    file: String,
    blake3: String,
}

/// A file in the folder of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileState {
    /// Byte for byte as it was published.
    AsPublished,
    /// Published, and changed since.
    Edited,
    /// Put there by somebody else.
    Foreign,
}

/// A published period compared with the same period made again. Paths are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Files of the period, the manifest included.
    pub files: usize,
    /// Files in the folder that are not as they were published.
    pub edited: Vec<String>,
    /// Files that are gone from the folder.
    pub missing: Vec<String>,
    /// Files in the folder that were not published.
    pub foreign: Vec<String>,
    /// Files that came out differently, are new, or are no longer made.
    pub different: Vec<String>,
    /// Differences in what goes in: program, pipeline, inputs; in words.
    pub reasons: Vec<String>,
}

impl Comparison {
    /// True if folder, manifest and the documents made again agree byte for byte.
    pub fn is_same(&self) -> bool {
        [&self.edited, &self.missing, &self.foreign, &self.different].iter().all(|names| names.is_empty())
    }
}

impl Published {
    /// Reads the manifest of a period's folder; none if nothing was published there.
    ///
    /// # Errors
    /// If the manifest cannot be read.
    pub fn read(folder: &Utf8Path) -> Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        if !srez_disk::exists(&path) {
            return Ok(None);
        }
        Self::read_whole(folder)?.map(Some).ok_or_else(|| Fault::ManifestDamaged(&path).into())
    }

    /// The manifest of a period's folder; none where there is none or it is not one of ours.
    ///
    /// # Errors
    /// If the disk refuses to read it.
    pub(crate) fn read_whole(folder: &Utf8Path) -> Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        if !srez_disk::exists(&path) {
            return Ok(None);
        }
        Ok(parse(&srez_disk::read(&path, GREATEST)?))
    }

    /// True for what a run that was killed leaves of a file that it was writing.
    pub(crate) fn is_unfinished(&self, name: &str) -> bool {
        let of = name.strip_suffix(UNFINISHED);
        of.is_some_and(|name| name == MANIFEST || self.outputs.contains_key(name))
    }

    /// Compares the folder with its manifest, and the manifest with the documents made again.
    ///
    /// # Errors
    /// If a file of the folder cannot be read.
    pub fn compare(&self, folder: &Utf8Path, fresh: &[Prepared]) -> Result<Comparison> {
        let mut comparison = Comparison { files: self.outputs.len() + 1, ..Comparison::default() };
        let mut expected: BTreeSet<&str> = self.outputs.keys().map(String::as_str).collect();
        for (found, state) in self.states(folder)? {
            expected.remove(found.name.as_str());
            match state {
                FileState::Foreign => comparison.foreign.push(found.name),
                FileState::Edited => comparison.edited.push(found.name),
                FileState::AsPublished => {}
            }
        }
        comparison.missing = expected.into_iter().map(str::to_owned).collect();
        let made: BTreeMap<&str, &Prepared> = fresh.iter().map(|file| (file.path.as_str(), file)).collect();
        let paths: BTreeSet<&str> = self
            .outputs
            .keys()
            .map(String::as_str)
            .chain(made.keys().copied())
            .filter(|path| *path != MANIFEST)
            .collect();
        let is_different = |path: &&str| made.get(*path).map(|file| &file.blake3) != self.outputs.get(*path);
        comparison.different = paths.into_iter().filter(is_different).map(str::to_owned).collect();
        let manifest = made.get(MANIFEST).map(|file| file.bytes()).transpose()?.unwrap_or_default();
        if srez_disk::read(&folder.join(MANIFEST), GREATEST)? != *manifest {
            comparison.different.push(MANIFEST.to_owned());
        }
        comparison.reasons = parse(&manifest).map_or_else(Vec::new, |fresh| self.reasons(&fresh));
        Ok(comparison)
    }

    /// The files of the folder against the manifest, which is left out itself.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read.
    pub(crate) fn states(&self, folder: &Utf8Path) -> Result<Vec<(Found, FileState)>> {
        let found = srez_disk::list(folder)?.files.into_iter().filter(|found| found.name != MANIFEST);
        found
            .map(|found| {
                let state = match self.outputs.get(&found.name) {
                    None => FileState::Foreign,
                    Some(hash) if *hash != hash_of(&srez_disk::read(&found.path, GREATEST)?) => FileState::Edited,
                    Some(_) => FileState::AsPublished,
                };
                Ok((found, state))
            })
            .collect()
    }

    /// What may have caused the difference.
    fn reasons(&self, fresh: &Self) -> Vec<String> {
        let mut reasons = Vec::new();
        if self.version != fresh.version {
            reasons.push(format!("выпуск составила версия программы {}, эта — {}", self.version, fresh.version));
        }
        if self.plan_blake3 != fresh.plan_blake3 {
            reasons.push("файл конвейера или решения о файлах с тех пор изменены".to_owned());
        }
        if self.texts != fresh.texts {
            reasons.push("строки файла текстов, по которым составлен выпуск, с тех пор изменены".to_owned());
        }
        if self.works != fresh.works {
            let [before, now] = [&self.works, &fresh.works].map(|works| {
                works.as_ref().map_or_else(|| "нет".to_owned(), |works| format!("{} {}", works.name, works.version))
            });
            reasons.push(if before == now {
                format!("содержимое пакета работ {now} с тех пор изменено")
            } else {
                format!("пакет работ с тех пор другой: был {before}, теперь {now}")
            });
        }
        if self.compared_with != fresh.compared_with {
            reasons.push(
                "записи о прежнем выпуске или прежней проверке, с которыми сравнивался выпуск, в хранилище больше нет"
                    .to_owned(),
            );
        }
        let (before, now): (BTreeSet<&Input>, BTreeSet<&Input>) =
            (self.inputs.iter().collect(), fresh.inputs.iter().collect());
        let names: BTreeSet<&str> = before.symmetric_difference(&now).map(|input| input.file.as_str()).collect();
        if let Some(first) = names.first() {
            reasons.push(format!("входные файлы с тех пор изменены: {}, например {first}", names.len()));
        }
        reasons
    }
}

fn parse(bytes: &[u8]) -> Option<Published> {
    serde_json::from_slice(bytes).ok()
}

fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::artifact::Artifact;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, camino::Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = camino::Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        for (name, text) in files {
            srez_disk::write_plain(&path.join(name), text.as_bytes()).unwrap();
        }
        (folder, path)
    }

    fn manifest(version: &str, input: &str, outputs: &[(&str, &str)]) -> String {
        let outputs: Vec<String> =
            outputs.iter().map(|(name, text)| format!("{name:?}: {:?}", hash_of(text.as_bytes()))).collect();
        format!(
            "{{\"version\": {version:?}, \"plan_blake3\": \"p\", \"history_version\": 3, \
             \"inputs\": [{{\"file\": \"a.xlsx\", \"blake3\": {input:?}}}], \"outputs\": {{{}}}}}",
            outputs.join(", ")
        )
    }

    fn artifacts(files: &[(&str, &str)]) -> Vec<Prepared> {
        files
            .iter()
            .map(|(path, text)| Artifact { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() }.into())
            .collect()
    }

    #[test]
    fn every_kind_of_difference_is_told() {
        let outputs = [("a/one.csv", "1"), ("two.csv", "2"), ("three.csv", "3")];
        let text = manifest("1", "x", &outputs);
        let (_whole, path) = folder(&[outputs[0], outputs[1], outputs[2], ("manifest.json", &text)]);
        let published = Published::read(&path).unwrap().unwrap();
        let fresh = artifacts(&[outputs[0], outputs[1], outputs[2], ("manifest.json", &text)]);
        let same = published.compare(&path, &fresh).unwrap();
        assert!(same.is_same() && same.reasons.is_empty() && same.files == 4, "{same:?}");

        let other = manifest("2", "y", &outputs);
        let (_edited, path) =
            folder(&[("a/one.csv", "changed"), outputs[1], ("note.txt", ""), ("manifest.json", &text)]);
        let fresh = artifacts(&[outputs[0], ("two.csv", "other"), ("four.csv", "4"), ("manifest.json", &other)]);
        let found = published.compare(&path, &fresh).unwrap();
        assert_eq!(found.edited, ["a/one.csv"]);
        assert_eq!(found.missing, ["three.csv"]);
        assert_eq!(found.foreign, ["note.txt"]);
        assert_eq!(found.different, ["four.csv", "three.csv", "two.csv", "manifest.json"]);
        assert_eq!(found.reasons.len(), 2, "{:?}", found.reasons);
    }

    #[test]
    fn another_pack_of_works_is_a_reason() {
        let with = |works: &str| {
            let text = manifest("1", "x", &[]);
            let works = if works.is_empty() { String::new() } else { format!("\"works\": {works}, ") };
            parse(format!("{{{works}{}", &text[1..]).as_bytes()).unwrap()
        };
        let [none, first, changed, next] = [
            "",
            r#"{"name": "w", "version": "1", "blake3": "a"}"#,
            r#"{"name": "w", "version": "1", "blake3": "b"}"#,
            r#"{"name": "w", "version": "2", "blake3": "c"}"#,
        ]
        .map(with);
        assert!(first.reasons(&first).is_empty());
        assert_eq!(none.reasons(&first), ["пакет работ с тех пор другой: был нет, теперь w 1"]);
        assert_eq!(first.reasons(&next), ["пакет работ с тех пор другой: был w 1, теперь w 2"]);
        assert_eq!(first.reasons(&changed), ["содержимое пакета работ w 1 с тех пор изменено"]);
    }

    #[test]
    fn no_period_and_a_damaged_manifest_are_two_things() {
        let (_empty, path) = folder(&[]);
        assert_eq!(Published::read(&path).unwrap(), None);
        let (_damaged, path) = folder(&[("manifest.json", "{")]);
        assert!(Published::read(&path).unwrap_err().message.contains("повреждён"));
    }
}
