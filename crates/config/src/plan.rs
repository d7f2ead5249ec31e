//! A pipeline as meant: paths found, names resolved, everything that a run needs.

mod choice;
mod days;
mod style;

pub use choice::{Audience, Format};

use super::apart::{self, beside, texts_beside, tidy};
use super::calendar::{days_after, period_of, year_of};
use super::catalogue::Catalogue;
use super::decisions::DecisionLog;
use super::pipeline_file::{self, Inputs, PipelineFile, ReadingLimits, quoted};
use super::works::Works;
use super::{actions, due, faults, recommendations, thresholds};
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::action::Action;
use srez_model::assessment::{ExamCatalogue, SubjectCatalogue};
use srez_model::calendar::Calendar;
use srez_model::data_quality::DueDates;
use srez_model::decision::Decisions;
use srez_model::error::{Error, Result};
use srez_model::form::FormProfile;
use srez_model::house_style::HouseStyle;
use srez_model::recommendations::Recommendations;
use srez_model::threshold::Thresholds;
use std::ops::Range;
use std::sync::Arc;

/// An input folder with the name under which its files are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFolder {
    /// Prefix of the names in `files.csv`.
    pub name: String,
    pub path: Utf8PathBuf,
}

/// Everything that a run is told.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Name of the pipeline file without extension.
    pub name: String,
    /// Hash of the pipeline file, and of the decisions that it names; for the manifest.
    pub blake3: String,
    pub title: String,
    /// Who issues it.
    pub centre: String,
    /// The municipality that the documents are about; empty: all participants.
    pub home: String,
    /// Date as `YYYY-MM-DD`.
    pub date: String,
    /// Month of the run as `YYYY-MM`.
    pub period: String,
    pub folders: Vec<InputFolder>,
    /// Register of schools.
    pub schools: Option<Utf8PathBuf>,
    /// Folder of reference tables.
    pub reference: Option<InputFolder>,
    /// Register of measures as a table.
    pub measures: Option<Utf8PathBuf>,
    /// Measures of a register in TOML.
    pub actions: Vec<Action>,
    /// File of the decisions about single files.
    pub decisions_file: Option<Utf8PathBuf>,
    /// Those in force.
    pub decisions: Decisions,
    /// Calendar year in which the reported school year ends; none: all exams are reported.
    pub year: Option<u16>,
    /// Due dates of results.
    pub due: DueDates,
    /// Days on which measures hang.
    pub calendar: Calendar,
    /// Folder of the history.
    pub store: Utf8PathBuf,
    /// Day after which copies in quarantine are to be removed, `YYYY-MM-DD`.
    pub quarantine_until: String,
    /// File with the key of the pseudonyms.
    pub key: Utf8PathBuf,
    /// File with what was written into the documents.
    pub texts: Utf8PathBuf,
    /// Folder of the documents; every period gets a folder in it.
    pub reports: Utf8PathBuf,
    /// Formats, sorted.
    pub formats: Vec<Format>,
    /// Audiences, sorted.
    pub audiences: Vec<Audience>,
    /// Emblem, signatures, approval.
    pub style: Arc<HouseStyle>,
    pub limits: ReadingLimits,
    /// The program whose hidden command reads files; none: the running one. Named by programs that are not srez.
    pub reader: Option<Utf8PathBuf>,
    /// The pack of works, if there is one.
    pub works: Option<Works>,
    /// Specifications: built in, of the pack and the pipeline's own.
    pub exams: ExamCatalogue,
    /// Layout profiles: built in, of the pack and the pipeline's own.
    pub forms: Vec<FormProfile>,
    pub subjects: SubjectCatalogue,
    /// Thresholds in force.
    pub thresholds: Thresholds,
    /// Measures, advice and questions that the documents propose.
    pub recommendations: Recommendations,
}

impl Plan {
    /// Reads a pipeline file and resolves every name in it.
    ///
    /// # Errors
    /// If the file cannot be read, a key or value is wrong, or a folder is missing; the message shows the line.
    pub fn load(path: &Utf8Path, period: Option<&str>) -> Result<Self> {
        let text = srez_disk::read_text(path).map_err(|error| {
            let is_file = srez_disk::exists(path) && !srez_disk::is_folder(path);
            let known = error.hint.clone();
            let hint = "укажите файл конвейера, например `srez run pipelines/demo.toml`".to_owned();
            Error::usage(error.message).hint(if is_file { known } else { hint })
        })?;
        let written = pipeline_file::parse(path.as_str(), &text)?;
        let base = path.parent().unwrap_or(Utf8Path::new(""));
        let plan = Resolver { path, text: &text, base }.resolve(written, period)?;
        apart::check(&plan, path)?;
        Ok(plan)
    }

    /// True for what a run writes itself, which is never an input also where it lies among the inputs: store, key and
    /// reports below the folder of data.
    pub fn is_own(&self, data: &Utf8Path, path: &Utf8Path) -> bool {
        let (data, path) = (apart::whole(data), apart::whole(path));
        let own = [&self.store, &self.key, &self.texts, &self.reports].map(|own| apart::whole(own));
        // Beside the key lie those that were in force before it, and the one that is being written; beside the texts
        // lies their lock.
        let beside = [&self.key, &self.texts].map(|own| format!("{}.", apart::whole(own)));
        own.iter().any(|own| own.starts_with(&data) && *own != data && path.starts_with(own))
            || beside.iter().any(|own| path.as_str().starts_with(own))
    }

    /// A plan that only reads a folder, with built-in data alone; for a check without a pipeline.
    ///
    /// # Errors
    /// If the built-in data cannot be read, which is a bug.
    pub fn from_folder(folder: &Utf8Path) -> Result<Self> {
        let path = Utf8Path::new("check.toml");
        let text =
            format!("title = \"Проверка\"\ndate = \"2000-01-01\"\n[inputs]\nfolders = [{}]\n", quoted(folder.as_str()));
        let written = pipeline_file::parse(path.as_str(), &text)?;
        Resolver { path, text: &text, base: Utf8Path::new("") }.resolve(written, None)
    }

    /// A plan that only reads one file.
    ///
    /// # Errors
    /// If there is no such file.
    pub fn from_file(file: &Utf8Path) -> Result<Self> {
        if !srez_disk::exists(file) || srez_disk::is_folder(file) {
            return Err(Error::usage(format!("нет такого файла: {file}")));
        }
        let folder = file.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
        Ok(Self { folders: Vec::new(), schools: Some(file.to_owned()), ..Self::from_folder(folder)? })
    }
}

/// Resolves names relative to the file in which they are written.
struct Resolver<'a> {
    path: &'a Utf8Path,
    text: &'a str,
    base: &'a Utf8Path,
}

impl Resolver<'_> {
    fn fault(&self, span: Range<usize>, title: &str, hint: impl Into<String>) -> Error {
        faults::at(self.path.as_str(), self.text, span, title, hint.into())
    }

    fn resolve(&self, written: PipelineFile, period: Option<&str>) -> Result<Plan> {
        let name = self.path.file_stem().unwrap_or("pipeline").to_owned();
        let date = self.date(&written.date)?;
        let given = period.is_some();
        let period = period_of(period, &date)?;
        let inputs = &written.inputs;
        let Catalogue { works, subjects, exams, forms } = self.catalogue(inputs)?;
        let thresholds = thresholds::with_overrides(thresholds::built_in()?, &written.thresholds)?;
        let folders = self.folders(&inputs.folders)?;
        let reference = match &inputs.reference {
            Some(folder) => self.folders(std::slice::from_ref(folder))?.pop(),
            None => None,
        };
        let store = self.place(written.store.folder.as_deref(), &format!("../store/{name}"));
        let measures = inputs.measures.as_ref().map(|path| self.existing(path)).transpose()?;
        let (decisions_file, log) = self.decisions(inputs)?;
        Ok(Plan {
            blake3: blake3::hash(format!("{}{}", self.text, log.sum()).as_bytes()).to_hex().to_string(),
            decisions_file,
            decisions: log.in_force(),
            title: written.title,
            centre: written.centre,
            home: written.home,
            folders,
            schools: inputs.schools.as_ref().map(|path| self.existing(path)).transpose()?,
            reference,
            measures: measures.clone().filter(|path| !is_toml(path)),
            actions: written_actions(measures)?,
            year: match (given, written.period.school_year.as_ref().map(|year| self.year(year)).transpose()?) {
                // A period on the command line asks for its own school year.
                (true, Some(_)) => year_of(&period),
                (_, year) => year,
            },
            due: due::resolve(&written.due, &subjects, &|written| self.date(written), &|span, title, hint| {
                self.fault(span, title, hint)
            })?,
            calendar: self.calendar(&written.calendar)?,
            store: store.clone(),
            key: written.store.key.as_deref().map_or_else(|| beside(&store), |key| self.place(Some(key), "")),
            texts: written
                .store
                .texts
                .as_deref()
                .map_or_else(|| texts_beside(&store), |path| self.place(Some(path), "")),
            reports: self.place(written.reports.folder.as_deref(), &format!("../reports/{name}")),
            formats: self.choices(written.reports.formats.as_deref(), &Format::ALL, Format::extension, "формат")?,
            audiences: self.choices(written.reports.audiences.as_deref(), &Audience::ALL, Audience::id, "издание")?,
            style: Arc::new(self.style(written.style)?),
            limits: written.limits,
            reader: None,
            works,
            exams,
            forms,
            recommendations: self.recommendations()?,
            quarantine_until: days_after(&date, thresholds.value("privacy.quarantine-days")),
            thresholds,
            subjects,
            date,
            period,
            name,
        })
    }

    /// The file of decisions, and what stands in it.
    fn decisions(&self, inputs: &Inputs) -> Result<(Option<Utf8PathBuf>, DecisionLog)> {
        let file = inputs.decisions.as_ref().map(|path| self.existing(path)).transpose()?;
        let log = file.as_deref().map(DecisionLog::read).transpose()?.unwrap_or_default();
        Ok((file, log))
    }

    /// The catalogue next to the pipeline file, or the built-in one.
    fn recommendations(&self) -> Result<Recommendations> {
        let own = self.base.join(recommendations::FILE);
        if !srez_disk::exists(&own) {
            return recommendations::built_in();
        }
        recommendations::parse(own.as_str(), &srez_disk::read_text(&own)?)
    }

    fn place(&self, written: Option<&str>, otherwise: &str) -> Utf8PathBuf {
        tidy(&self.base.join(written.unwrap_or(otherwise)))
    }

    fn existing(&self, written: &toml::Spanned<String>) -> Result<Utf8PathBuf> {
        let path = tidy(&self.base.join(written.get_ref()));
        if srez_disk::exists(&path) {
            return Ok(path);
        }
        if path.as_str().contains(char::is_control) {
            return Err(self.fault(written.span(), faults::BACKSLASH, faults::BACKSLASH_HINT));
        }
        let hint = "путь считается от папки, в которой лежит файл конвейера";
        Err(self.fault(written.span(), &format!("нет файла или папки {path}"), hint))
    }

    fn folders(&self, written: &[toml::Spanned<String>]) -> Result<Vec<InputFolder>> {
        let mut folders: Vec<InputFolder> = Vec::new();
        for folder in written {
            let path = self.existing(folder)?;
            let last = path.file_name().unwrap_or("").to_owned();
            let taken = folders.iter().any(|seen| seen.name == last);
            let name = if last.is_empty() || taken { folder.get_ref().trim_matches('/').to_owned() } else { last };
            folders.push(InputFolder { name, path });
        }
        Ok(folders)
    }

    fn date(&self, written: &toml::Spanned<String>) -> Result<String> {
        let text = written.get_ref();
        text.parse::<jiff::civil::Date>().map(|date| date.to_string()).map_err(|_| {
            self.fault(
                written.span(),
                &format!("дата «{text}» не прочитана"),
                "пишите год, месяц и день: \"2026-06-05\"",
            )
        })
    }

    fn year(&self, written: &toml::Spanned<String>) -> Result<u16> {
        let text = written.get_ref();
        let year = text.split_once('/').and_then(|(first, second)| {
            let first: u16 = first.parse().ok()?;
            let second: u16 = second.parse().ok()?;
            (first.checked_add(1)? % 100 == second % 100).then_some(first + 1)
        });
        year.ok_or_else(|| {
            self.fault(written.span(), &format!("учебный год «{text}» не прочитан"), "пишите так: \"2025/26\"")
        })
    }

    /// The choices that are written, sorted; all of them where none is.
    fn choices<T: Copy + Ord>(
        &self,
        written: Option<&[toml::Spanned<String>]>,
        all: &[T],
        id: fn(T) -> &'static str,
        what: &str,
    ) -> Result<Vec<T>> {
        let Some(written) = written else { return Ok(all.to_vec()) };
        let mut chosen = Vec::new();
        for word in written {
            let Some(choice) = all.iter().find(|choice| id(**choice) == word.get_ref()) else {
                let names: Vec<&str> = all.iter().map(|choice| id(*choice)).collect();
                let hint = match faults::nearest(word.get_ref(), names.iter().copied()) {
                    Some(near) => format!("ближайший известный — «{near}»"),
                    None => format!("есть: {}", names.join(", ")),
                };
                return Err(self.fault(word.span(), &format!("{what} «{}» неизвестен", word.get_ref()), hint));
            };
            chosen.push(*choice);
        }
        chosen.sort();
        chosen.dedup();
        Ok(chosen)
    }

    /// What is built in, the pack above it, the own folders above both.
    fn catalogue(&self, inputs: &Inputs) -> Result<Catalogue> {
        let mut catalogue = Catalogue::built_in()?;
        if let Some(pack) = &inputs.works {
            catalogue.add_pack(&self.existing(pack)?)?;
        }
        if let Some(own) = &inputs.exams {
            catalogue.add_exams(&self.existing(own)?)?;
        }
        if let Some(own) = &inputs.forms {
            catalogue.add_forms(&self.existing(own)?)?;
        }
        Ok(catalogue)
    }
}

/// Measures of a register in TOML; a table is read with the files.
fn written_actions(measures: Option<Utf8PathBuf>) -> Result<Vec<Action>> {
    match measures.filter(|path| is_toml(path)) {
        Some(path) => actions::parse(path.as_str(), &srez_disk::read_text(&path)?),
        None => Ok(Vec::new()),
    }
}

/// True for a register of measures written as TOML.
fn is_toml(path: &Utf8Path) -> bool {
    path.extension() == Some("toml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{exams, forms};

    #[test]
    fn own_files_replace_the_built_in_ones_of_the_same_name() {
        let folder = tempfile::tempdir().unwrap();
        let base = Utf8Path::from_path(folder.path()).unwrap();
        for name in ["data", "exams", "forms"] {
            srez_disk::make_folder(&base.join(name)).unwrap();
        }
        let exam =
            include_str!("../../../pipelines/exams/vpr/2021/vpr-2021-math-4.toml").replace("[6, \"3\"]", "[7, \"3\"]");
        srez_disk::write_plain(&base.join("exams/vpr-2021-math-4.toml"), exam.as_bytes()).unwrap();
        let form = include_str!("../../../pipelines/forms/vpr-f3-2026.toml");
        let title = form.lines().find(|line| line.starts_with("title = ")).unwrap();
        srez_disk::write_plain(
            &base.join("forms/vpr-f3-2026.toml"),
            form.replace(title, "title = \"Наша форма\"").as_bytes(),
        )
        .unwrap();
        let text = "title = \"Т\"\ndate = \"2026-06-05\"\n[inputs]\nfolders = [\"data\"]\nexams = \"exams\"\n\
            forms = \"forms\"\n";
        srez_disk::write_plain(&base.join("own.toml"), text.as_bytes()).unwrap();

        let plan = Plan::load(&base.join("own.toml"), None).unwrap();
        let built_in = exams::built_in(&plan.subjects).unwrap();
        assert_eq!(plan.exams.len(), built_in.len());
        assert_ne!(plan.exams["vpr-2021-math-4"].scale, built_in["vpr-2021-math-4"].scale);
        assert_eq!(plan.exams["vpr-2021-math-5"], built_in["vpr-2021-math-5"]);
        assert_eq!(plan.forms.len(), forms::built_in().unwrap().len());
        let own: Vec<_> = plan.forms.iter().filter(|form| form.id == "vpr-f3-2026").collect();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0].title, "Наша форма");
    }
}
