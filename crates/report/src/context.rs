//! What every document needs beside the numbers of its exams.

use srez_model::action::{Action, EffectRow, Effects};
use srez_model::assessment::{ExamCatalogue, ExamKey, Procedure};
use srez_model::calendar::Calendar;
use srez_model::corrections::Corrections;
use srez_model::data_quality::DataQuality;
use srez_model::delivery::FileEntry;
use srez_model::delta::Delta;
use srez_model::figure::Figure;
use srez_model::finding::Findings;
use srez_model::house_style::HouseStyle;
use srez_model::measures::{MeasureDefinition, Measures};
use srez_model::note::Note;
use srez_model::place::has_grade;
use srez_model::recommendations::Recommendations;
use srez_model::report::{DocumentKind, Report};
use srez_model::sign::SignDefinition;
use srez_model::tally::Group;
use srez_model::threshold::Thresholds;
use srez_model::unit::as_f64;
use srez_model::version_change::VersionChange;
use srez_wording::{date, rule};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// What a run calls things, and by which rules it judges: all that a document may say beside its own numbers. Built
/// once.
#[derive(Clone, Debug)]
pub struct Names<'a> {
    /// Title of the publication.
    pub title: &'a str,
    /// Who issues it.
    pub centre: &'a str,
    /// Emblem, signatures, approval.
    pub style: &'a Arc<HouseStyle>,
    /// Date as `YYYY-MM-DD`.
    pub date: &'a str,
    /// Version of the history.
    pub version: u64,
    /// The group of which the documents speak: the home municipality, or all participants.
    pub focus: Group,
    /// How it is printed: «Северная Долина» or «Все участники».
    pub focus_title: String,
    /// Ids of its schools in the order of the register.
    pub schools: Vec<String>,
    /// Municipalities of the run, sorted; used where there are too many schools for a table.
    pub municipalities: Vec<String>,
    /// Short names of schools by id.
    pub names: BTreeMap<String, String>,
    /// Types of schools by id, as the register gives them.
    pub types: BTreeMap<String, String>,
    /// Localities of schools by id, as the register gives them: город, село.
    pub localities: BTreeMap<String, String>,
    /// Specifications that are known, of all years.
    pub exams: &'a ExamCatalogue,
    /// Names of subjects in the dative by slug: «математике».
    pub dative: BTreeMap<String, String>,
    /// Names of subjects in the genitive by slug: «математики».
    pub genitive: BTreeMap<String, String>,
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// Days on which measures hang.
    pub calendar: &'a Calendar,
    /// Measures, advice and questions that documents propose.
    pub recommendations: &'a Recommendations,
    /// Definitions of the measures.
    pub measures: &'static [&'static MeasureDefinition],
    /// Definitions of the signs.
    pub signs: &'static [&'static SignDefinition],
    /// Rules that are known and cannot be computed.
    pub not_computed: &'static [&'static SignDefinition],
    /// Titles of exams by name, and of forms by id.
    pub titles: BTreeMap<String, String>,
    /// Titles of the codes of notes, by code.
    pub code_titles: BTreeMap<String, String>,
}

/// What happened in a run, beside the numbers of its exams. No edition sees it.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// What became of each file.
    pub files: &'a [FileEntry],
    /// What was noticed.
    pub notes: &'a [Note],
    /// How good the data are.
    pub quality: &'a DataQuality,
    /// What was mended since the check before; none where there was none.
    pub corrections: Option<&'a Corrections>,
    /// What the version of the history brought.
    pub change: &'a [VersionChange],
    /// What changed since the issue before.
    pub delta: &'a Delta,
    /// What came of the measures of the register that the centre took, and of last year's deficits.
    pub effects: &'a Effects,
}

/// What a document for the office knows beside the numbers of its exams.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What things are called.
    pub names: &'a Names<'a>,
    /// What happened.
    pub facts: &'a Facts<'a>,
}

impl<'a> Deref for Context<'a> {
    type Target = Names<'a>;

    fn deref(&self) -> &Names<'a> {
        self.names
    }
}

impl Context<'_> {
    /// The measure of which a row of effects speaks.
    pub fn action(&self, row: &EffectRow) -> Option<&Action> {
        self.facts.effects.actions.get(row.action.checked_sub(1)?)
    }
}

impl Names<'_> {
    /// Short name of a school.
    pub fn school<'b>(&'b self, id: &'b str) -> &'b str {
        self.names.get(id).map_or(id, String::as_str)
    }

    /// Title of an exam or form; the id itself where none is known.
    pub(crate) fn title_of<'b>(&'b self, id: &'b str) -> &'b str {
        self.titles.get(id).map_or(id, String::as_str)
    }

    /// False where the type of a school tells that it has no such grade.
    pub fn has_grade(&self, school: &str, grade: u8) -> bool {
        has_grade(self.types.get(school).map_or("", String::as_str), grade)
    }

    /// True where results of an exam are expected of a school: it has the grade, and the work is not for some alone.
    pub fn expects(&self, school: &str, exam: &ExamKey) -> bool {
        exam.is_for_every_school() && self.has_grade(school, exam.grade)
    }

    /// True for a work of ГВЭ that so few of the focus wrote that no document is made of it: its shares would be those
    /// of single pupils who need other conditions. The summary has a line that says so.
    pub fn is_too_small(&self, measures: &Measures) -> bool {
        let n = measures.marks_of(self.focus.level, &self.focus.name).map_or(0, |marks| marks.n);
        measures.exam.key.procedure == Procedure::Gve && as_f64(n) < self.thresholds.value("privacy.group")
    }

    /// A threshold in force as printed.
    pub(crate) fn limit(&self, id: &str) -> String {
        rule::plain(self.thresholds.value(id))
    }

    /// A report without content, with what every document of the run has.
    pub fn report(&self, kind: DocumentKind, title: String, subtitle: String) -> Report {
        Report {
            kind,
            running_head: title.clone(),
            title,
            subtitle,
            centre: self.centre.to_owned(),
            municipality: self.focus_title.clone(),
            date: date::short(self.date),
            footer: self.footer(),
            key_figures: Vec::new(),
            passport: Vec::new(),
            style: Arc::clone(self.style),
            sections: Vec::new(),
        }
    }

    /// «Данные на 25.06.2026, версия 1».
    pub fn data(&self) -> String {
        format!("данные на {}, версия {}", date::short(self.date), self.version)
    }

    /// Foot of every page.
    pub fn footer(&self) -> String {
        format!("Для служебного пользования · {}", self.data())
    }
}

/// How an edition introduces itself.
#[derive(Clone, Debug)]
pub struct EditionText {
    /// Title: «Анализ результатов для учителей математики».
    pub title: String,
    /// For whom: «для методического объединения».
    pub recipient: &'static str,
    /// Rules by which numbers were left out, one sentence each.
    pub rules: Vec<String>,
    /// Decimals of shares.
    pub decimals: u8,
}

/// One exam with everything that is known of it.
#[derive(Clone, Debug)]
pub struct Chapter<'a> {
    /// Numbers.
    pub measures: &'a Measures,
    /// What the signs say.
    pub findings: &'a Findings,
    /// Charts.
    pub figures: &'a [Arc<Figure>],
}

impl Chapter<'_> {
    /// A chart by its id.
    pub fn figure(&self, chart: &str) -> Option<Arc<Figure>> {
        self.figures.iter().find(|figure| figure.chart == chart).cloned()
    }

    /// Id of a task.
    pub(crate) fn task_id(&self, task: u16) -> &str {
        self.measures.exam.tasks.get(usize::from(task)).map_or("", |task| task.id.as_str())
    }
}
