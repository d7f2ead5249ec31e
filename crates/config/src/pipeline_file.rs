//! A pipeline file as written: `pipelines/NAME.toml`.

use super::faults;
use super::thresholds::Override;
use serde::Deserialize;
use srez_model::error::Result;
use std::collections::BTreeMap;

/// A pipeline as written; paths are relative to the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PipelineFile {
    /// Title of the publication, printed on every document.
    pub title: String,
    /// Who issues it.
    #[serde(default)]
    pub centre: String,
    /// The municipality that the documents are about; empty: all participants of the run.
    #[serde(default)]
    pub home: String,
    /// Date printed in the documents, `YYYY-MM-DD`; never the clock.
    pub date: toml::Spanned<String>,
    /// Folders of the spreadsheets.
    pub inputs: Inputs,
    /// Which exams are reported.
    #[serde(default)]
    pub period: Period,
    /// Due dates of results, by procedure or exam.
    #[serde(default)]
    pub due: BTreeMap<String, toml::Spanned<String>>,
    /// Days of the school year on which measures hang.
    #[serde(default)]
    pub calendar: Days,
    /// Folder of the history.
    #[serde(default)]
    pub store: StorePlace,
    /// Other values of thresholds, each with its reason.
    #[serde(default)]
    pub thresholds: BTreeMap<String, Override>,
    /// Where the documents go.
    #[serde(default)]
    pub reports: Reports,
    /// What marks the documents as those of this office.
    #[serde(default)]
    pub style: Style,
    /// Limits of reading.
    #[serde(default)]
    pub limits: ReadingLimits,
}

/// Folders of the spreadsheets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Inputs {
    /// Folders with results; folders below them and ZIP archives are read too.
    pub folders: Vec<toml::Spanned<String>>,
    /// Register of schools, CSV or XLSX.
    pub schools: Option<toml::Spanned<String>>,
    /// Pack of works of a year, ZIP or folder: above what is built in, below the own folders.
    pub works: Option<toml::Spanned<String>>,
    /// Folder with own exam specifications, in addition to the built-in ones.
    pub exams: Option<toml::Spanned<String>>,
    /// Folder with own layout profiles, in addition to the built-in ones.
    pub forms: Option<toml::Spanned<String>>,
    /// Folder with Ф3 tables of region and country.
    pub reference: Option<toml::Spanned<String>>,
    /// Register of measures that the centre took, XLSX or TOML.
    pub measures: Option<toml::Spanned<String>>,
    /// Decisions about single files, as the desk keeps them.
    pub decisions: Option<toml::Spanned<String>>,
}

/// Which exams are reported.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Period {
    /// `2025/26`: exams of this school year are reported, earlier ones serve the dynamics; empty: all are reported.
    pub school_year: Option<toml::Spanned<String>>,
}

/// Days of the school year on which measures hang, `YYYY-MM-DD` each.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Days {
    /// The first meeting of the methodological associations.
    pub meeting: Option<toml::Spanned<String>>,
    /// Councils of the schools that read the results.
    pub council: Option<toml::Spanned<String>>,
    /// The last day of the interviews with schools.
    pub interviews: Option<toml::Spanned<String>>,
    /// The short work of autumn by which measures are checked.
    pub autumn: Option<toml::Spanned<String>>,
    /// The trial exam.
    pub trial: Option<toml::Spanned<String>>,
}

/// Folder of the history.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StorePlace {
    /// Folder; `../store/NAME` by default.
    pub folder: Option<String>,
    /// File with the key of the pseudonyms, outside the store; `../store/NAME.key` by default.
    pub key: Option<String>,
    /// File with what was written into the documents; `../store/NAME.texts.jsonl` by default.
    pub texts: Option<String>,
}

/// Where the documents go.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reports {
    /// Folder; `../reports/NAME` by default.
    pub folder: Option<String>,
    /// Formats: pdf, docx, pptx, xlsx, html, png; all by default.
    pub formats: Option<Vec<toml::Spanned<String>>>,
    /// Audiences: office, association, school, public.
    pub audiences: Option<Vec<toml::Spanned<String>>>,
}

/// Emblem, signatures, approval.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Style {
    /// Emblem, PNG.
    pub logo: Option<toml::Spanned<String>>,
    /// Who signs.
    #[serde(default)]
    pub signatures: Vec<Signature>,
    /// Who approves.
    pub approver: Option<Signature>,
    /// The order (a document) under which the analysis is made.
    #[serde(default)]
    pub order: String,
    /// Who issues orders: the department, not the centre.
    #[serde(default)]
    pub department: String,
    /// What the place is called inside sentences.
    pub place: Option<toml::Spanned<String>>,
    /// What the region around it is called.
    pub region: Option<toml::Spanned<String>>,
}

/// Who signs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Signature {
    /// Position, as in «методист».
    pub post: String,
    /// Name as printed.
    pub name: String,
}

/// Limits of reading; a missing one takes the built-in value.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReadingLimits {
    /// Largest file, MiB.
    pub file_megabytes: Option<u64>,
    /// What one file may unfold into, MiB: a workbook or an archive.
    pub unpacked_megabytes: Option<u64>,
    /// Most cells of a sheet.
    pub cells: Option<u64>,
    /// Memory of a reader process, MiB.
    pub reader_megabytes: Option<u64>,
    /// Time for one file, seconds.
    pub reader_seconds: Option<u64>,
    /// True where tables of Word documents are read too; commands set it, never a file.
    #[serde(skip)]
    pub word_tables: bool,
}

/// Parses a pipeline file.
///
/// # Errors
/// If a key is unknown or missing or a value is of the wrong kind; the message shows the line.
pub fn parse(name: &str, text: &str) -> Result<PipelineFile> {
    toml::from_str(text).map_err(|error| faults::in_toml(name, text, &error, &[]))
}

/// A string as TOML writes it.
pub fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::assert_guide_names_keys;

    #[test]
    fn the_guide_names_every_key() {
        assert_guide_names_keys::<PipelineFile>("конвейер");
        assert_guide_names_keys::<Inputs>("[inputs]");
        assert_guide_names_keys::<Period>("[period]");
        assert_guide_names_keys::<Days>("[calendar]");
        assert_guide_names_keys::<StorePlace>("[store]");
        assert_guide_names_keys::<Reports>("[reports]");
        assert_guide_names_keys::<Style>("[style]");
        assert_guide_names_keys::<Signature>("[style]");
        assert_guide_names_keys::<ReadingLimits>("[limits]");
        assert_guide_names_keys::<Override>("[thresholds]");
    }
}
