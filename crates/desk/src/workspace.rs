//! The folder of a workspace: what she gave, how the issue is set, the history, and what was made.
//!
//! ```text
//! настройки.toml   the pipeline; `srez run настройки.toml` does the same
//! решения.jsonl    what she decided about single files
//! Входящие/        copies of what she dropped
//! история/         results of all runs; история.key is the key of the pseudonyms
//! отчёты/2026-06/  an issue
//! ```

use crate::another::OWN;
use crate::settings;
use camino::{Utf8Path, Utf8PathBuf};
use srez_config::plan::Plan;
use srez_config::{edit, exams, subjects};
use srez_model::error::{Error, Result};
use srez_pipeline::{PlacesOfPipeline, Watcher};
use std::collections::BTreeMap;

const SETTINGS: &str = "настройки.toml";
const INCOMING: &str = "Входящие";
/// Stands in the desk's own folder while an issue is made.
const RUN: &str = "составляется";
const DECISIONS: &str = "решения.jsonl";
/// Longest name of a file, in signs, that every system can write below a folder of ordinary depth.
const LONGEST_NAME: usize = 150;
/// Deepest folder of a drop.
const DEEPEST: usize = 12;
/// Names that Windows gives to devices.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];
/// The pipeline of the sample district, and its emblem.
const SAMPLE: &str = include_str!("../../../pipelines/demo.toml");
const EMBLEM: &[u8] = include_bytes!("../../../pipelines/demo-emblem.png");

/// A workspace on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Workspace {
    pub(crate) folder: Utf8PathBuf,
}

impl Workspace {
    /// The workspace of a folder, which is made where it is missing.
    pub(crate) fn open(folder: &Utf8Path) -> Result<Self> {
        srez_disk::make_folder(&folder.join(INCOMING))?;
        Ok(Self { folder: srez_disk::resolve(folder)? })
    }

    /// The workspace of this name in the folder of them, or of a whole path.
    pub(crate) fn named(home: &Utf8Path, name: &str) -> Result<Self> {
        let name = name.trim();
        if Utf8Path::new(name).is_absolute() {
            return Self::open(Utf8Path::new(name));
        }
        let clean = clean_name(&name.replace(['/', '\\'], " "));
        if clean.is_empty() {
            return Err(Error::usage("название рабочего места пусто").hint("впишите название муниципалитета"));
        }
        Self::open(&home.join(clean))
    }

    /// Whether a folder is a workspace.
    pub(crate) fn is_one(folder: &Utf8Path) -> bool {
        srez_disk::is_folder(&folder.join(INCOMING))
    }

    pub(crate) fn name(&self) -> &str {
        self.folder.file_name().unwrap_or("рабочее место")
    }

    pub(crate) fn settings(&self) -> Utf8PathBuf {
        self.folder.join(SETTINGS)
    }

    pub(crate) fn incoming(&self) -> Utf8PathBuf {
        self.folder.join(INCOMING)
    }

    pub(crate) fn has_settings(&self) -> bool {
        srez_disk::exists(&self.settings())
    }

    /// Decisions about files, where the settings name no other place.
    pub(crate) fn decisions(&self) -> Utf8PathBuf {
        self.folder.join(DECISIONS)
    }

    /// What a check depends on: sizes of the deliveries, and what the settings and the decisions say. A change of it is
    /// a reason to check anew.
    pub(crate) fn marks(&self) -> Result<BTreeMap<Utf8PathBuf, u64>> {
        let mut marks = self.delivered()?;
        for path in [self.settings(), self.decisions()] {
            if let Ok(text) = srez_disk::read_text(&path) {
                let hash = blake3::hash(text.as_bytes());
                let mark = hash.as_bytes().iter().take(8).fold(0, |mark, byte| (mark << 8) | u64::from(*byte));
                marks.insert(path, mark);
            }
        }
        Ok(marks)
    }

    /// What lies in the folder of deliveries: sizes by path.
    pub(crate) fn delivered(&self) -> Result<BTreeMap<Utf8PathBuf, u64>> {
        let listing = srez_disk::list(&self.incoming())?;
        Ok(listing.files.into_iter().map(|found| (found.path, found.size)).collect())
    }

    /// The plan of the settings.
    pub(crate) fn plan(&self) -> Result<Plan> {
        Plan::load(&self.settings(), None)
    }

    /// Writes settings from what the files say, where there are none and some file came.
    pub(crate) fn propose_settings(&self, watcher: &dyn Watcher) -> Result<()> {
        if self.has_settings() || self.delivered()?.is_empty() {
            return Ok(());
        }
        let received = srez_pipeline::read(&Plan::from_folder(&self.incoming())?, watcher)?;
        srez_disk::write(&self.settings(), srez_pipeline::first_pipeline(&received, &places()).as_bytes())
    }

    /// Marks that an issue is being made, or that this has come to its end, whichever.
    pub(crate) fn mark_run(&self, goes_on: bool) -> Result<()> {
        let mark = self.folder.join(OWN).join(RUN);
        if goes_on { srez_disk::write_plain(&mark, b"") } else { srez_disk::remove_file(&mark) }
    }

    /// True where an issue is being made, or the program ended while it was.
    pub(crate) fn has_run_mark(&self) -> bool {
        srez_disk::exists(&self.folder.join(OWN).join(RUN))
    }

    /// Fills an empty workspace with the sample district.
    pub(crate) fn fill_with_sample(&self) -> Result<()> {
        if self.has_settings() || !self.delivered()?.is_empty() {
            return Err(Error::usage(format!("рабочее место {} не пусто", self.name()))
                .hint("учебный округ создаётся в новом рабочем месте"));
        }
        let catalogue = exams::built_in(&subjects::built_in()?)?;
        for artifact in srez_generate::generate(&srez_generate::Settings::default(), &catalogue)? {
            let is_delivery = artifact.path.starts_with("20") || artifact.path.starts_with("archive");
            let place = if is_delivery { INCOMING } else { "настройки" };
            srez_disk::write_plain(&self.folder.join(place).join(&artifact.path), &artifact.bytes)?;
        }
        srez_disk::write_plain(&self.folder.join("настройки/эмблема.png"), EMBLEM)?;
        srez_disk::write(&self.settings(), sample_settings().as_bytes())
    }

    /// Puts a dropped file among the deliveries, under a name that every system takes; the name that it got.
    ///
    /// A file that lies there with other bytes stays, and the new one stands beside it.
    pub(crate) fn receive(&self, name: &str, bytes: &[u8]) -> Result<String> {
        let clean = clean_path(name).ok_or_else(|| Error::usage("имя файла пусто"))?;
        let mut path = clean.clone();
        for number in 2.. {
            let place = self.incoming().join(&path);
            if !srez_disk::exists(&place) {
                srez_disk::write(&place, bytes)?;
                break;
            }
            if srez_disk::read_delivered(&place, bytes.len() as u64).is_ok_and(|there| there == bytes) {
                break;
            }
            path = with_number(&clean, number);
        }
        Ok(path)
    }
}

/// Makes a workspace in a folder, with copies of the files of another folder; how many there were.
///
/// # Errors
/// Where it is one already, or a file cannot be copied.
pub fn create(folder: &Utf8Path, from: Option<&Utf8Path>) -> Result<u64> {
    let workspace = Workspace::open(folder)?;
    if workspace.has_settings() {
        return Err(
            Error::usage(format!("в папке {folder} рабочее место уже есть")).hint(format!("srez desk \"{folder}\""))
        );
    }
    let files = from.map(srez_disk::list).transpose()?.unwrap_or_default().files;
    for found in &files {
        workspace.receive(&found.name, &srez_disk::read_delivered(&found.path, found.size)?)?;
    }
    if files.is_empty() {
        let nothing = srez_pipeline::receive::Received::default();
        srez_disk::write(&workspace.settings(), srez_pipeline::first_pipeline(&nothing, &places()).as_bytes())?;
    } else {
        workspace.propose_settings(&srez_pipeline::Silent)?;
    }
    Ok(files.len() as u64)
}

/// What stands at these keys of the settings of a workspace.
///
/// # Errors
/// Where the settings cannot be read.
pub fn proposed(folder: &Utf8Path, keys: &[&str]) -> Result<Vec<String>> {
    edit::values(&srez_disk::read_text(&Workspace::open(folder)?.settings())?, keys)
}

/// Sets values of the settings of a workspace, if a plan can be made of them.
///
/// # Errors
/// Where none can.
pub fn set(folder: &Utf8Path, values: &[(&str, String)]) -> Result<()> {
    let workspace = Workspace::open(folder)?;
    let changes: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    settings::replace(&workspace, &edit::with_values(&srez_disk::read_text(&workspace.settings())?, &changes)?)
}

fn places() -> PlacesOfPipeline {
    PlacesOfPipeline {
        folder: INCOMING.to_owned(),
        store: "история".to_owned(),
        key: "история.key".to_owned(),
        reports: "отчёты".to_owned(),
    }
}

fn sample_settings() -> String {
    SAMPLE
        .replace("../sample-data/20", "Входящие/20")
        .replace("../sample-data/archive", "Входящие/archive")
        .replace("../sample-data/", "настройки/")
        .replace("../store/demo", "история")
        .replace("../reports/demo", "отчёты")
        .replace("../pipelines/demo-emblem.png", "настройки/эмблема.png")
}

/// «сводка.xlsx» → «сводка (2).xlsx».
fn with_number(path: &str, number: u32) -> String {
    let path = Utf8Path::new(path);
    let stem = path.file_stem().unwrap_or_default();
    let extension = path.extension().map(|extension| format!(".{extension}")).unwrap_or_default();
    path.with_file_name(format!("{stem} ({number}){extension}")).into_string()
}

/// The path of a dropped file, without what leads elsewhere or what a system does not take.
fn clean_path(name: &str) -> Option<String> {
    let parts = name.split(['/', '\\']).map(clean_name).filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.collect();
    let kept = parts.get(parts.len().saturating_sub(DEEPEST)..).unwrap_or_default();
    (!kept.is_empty()).then(|| kept.join("/"))
}

fn clean_name(name: &str) -> String {
    let bad = |sign: char| sign.is_control() || "<>:\"|?*".contains(sign);
    let plain: String = name.chars().map(|sign| if bad(sign) { '_' } else { sign }).collect();
    let plain = plain.trim().trim_end_matches(['.', ' ']);
    if plain.chars().all(|sign| sign == '.') {
        return String::new();
    }
    let (stem, extension) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let stem_alone = stem.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_device = DEVICES.iter().any(|device| {
        stem_alone.strip_prefix(device).is_some_and(|rest| rest.is_empty() || (rest.len() == 1 && device.len() == 3))
    });
    let stem: String = stem.chars().take(LONGEST_NAME).collect();
    let stem = if is_device { format!("_{stem}") } else { stem };
    if extension.is_empty() { stem } else { format!("{stem}.{}", extension.chars().take(10).collect::<String>()) }
}

#[cfg(test)]
mod tests {
    use super::{Workspace, clean_path, sample_settings, with_number};
    use camino::Utf8Path;

    #[test]
    fn no_name_of_a_drop_leads_out_or_is_refused_by_a_system() {
        for (name, clean) in [
            ("2026-05/edu990001/Математика 8.xlsx", Some("2026-05/edu990001/Математика 8.xlsx")),
            ("../../etc/passwd", Some("etc/passwd")),
            ("C:\\Users\\я\\сводка.xlsx", Some("C_/Users/я/сводка.xlsx")),
            ("con.xlsx", Some("_con.xlsx")),
            ("COM1", Some("_COM1")),
            ("контроль.xlsx", Some("контроль.xlsx")),
            ("a:поток.xlsx", Some("a_поток.xlsx")),
            ("имя. ", Some("имя")),
            ("..", None),
            ("", None),
        ] {
            assert_eq!(clean_path(name).as_deref(), clean, "{name}");
        }
        assert!(clean_path(&"я".repeat(400)).unwrap().chars().count() <= 150);
        assert_eq!(with_number("а/сводка.xlsx", 2), "а/сводка (2).xlsx");
    }

    #[test]
    fn a_dropped_file_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::open(Utf8Path::from_path(folder.path()).unwrap()).unwrap();
        assert_eq!(workspace.receive("а/1.xlsx", b"one").unwrap(), "а/1.xlsx");
        assert_eq!(workspace.receive("а/1.xlsx", b"one").unwrap(), "а/1.xlsx");
        assert_eq!(workspace.receive("а/1.xlsx", b"two").unwrap(), "а/1 (2).xlsx");
        assert_eq!(workspace.receive("а/1.xlsx", b"two").unwrap(), "а/1 (2).xlsx");
        let sizes: Vec<u64> = workspace.delivered().unwrap().into_values().collect();
        assert_eq!(sizes, [3, 3]);
    }

    #[test]
    fn the_settings_of_the_sample_are_of_its_own_folders() {
        let text = sample_settings();
        assert!(
            !text.contains("../") && text.contains("\"Входящие/2026-05\"") && text.contains("\"настройки/region\"")
        );
    }
}
