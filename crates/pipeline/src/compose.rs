//! Composing: facts → documents → files, every document on whichever core is free.

mod all_works;
mod data_tables;
pub(super) mod editions;
mod jobs;
mod office;
mod school_folders;
mod start_page;
mod titles;

use super::effects::Effects;
use super::guarded::{Failure, Made, attempt, guarded, sorted_out};
use super::{Watcher, places};
use jobs::{Job, JobKind};
use rayon::prelude::*;
use school_folders::SchoolFolders;
use srez_config::plan::{Format, Plan};
use srez_model::artifact::Artifact;
use srez_model::compared_with::ComparedWith;
use srez_model::corrections::Corrections;
use srez_model::data_quality::DataQuality;
use srez_model::delivery::FileEntry;
use srez_model::delta::Delta;
use srez_model::error::Result;
use srez_model::facts::FactTable;
use srez_model::figure::Figure;
use srez_model::finding::Findings;
use srez_model::level::Level;
use srez_model::measures::{MeasureDefinition, Measures};
use srez_model::note::Note;
use srez_model::official_list::ListedMark;
use srez_model::place::Register;
use srez_model::provenance::Provenance;
use srez_model::report::Report;
use srez_model::version_change::VersionChange;
use srez_report::context::{Chapter, Context};
use srez_report::documents::{self, association_packet, subject_analysis};
use srez_report::provenance;
use srez_store::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What documents, charts and signs need to know of the run as a whole.
pub(super) struct Scene<'a> {
    plan: &'a Plan,
    focus: (Level, String),
    focus_title: String,
    /// Ids of the schools of which the documents speak, in the order of the register.
    pub(super) schools: Vec<String>,
    school_folders: SchoolFolders,
    municipalities: Vec<String>,
    names: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
    localities: BTreeMap<String, String>,
    homes: BTreeMap<String, String>,
    listed: Vec<ListedMark>,
    dative: BTreeMap<String, String>,
    genitive: BTreeMap<String, String>,
    code_titles: BTreeMap<String, String>,
    titles: BTreeMap<String, String>,
    measures: Vec<&'static MeasureDefinition>,
    version: u64,
}

/// The facts of a run.
pub(super) struct Facts<'a> {
    pub(super) files: &'a [FileEntry],
    pub(super) notes: &'a [Note],
    pub(super) measures: &'a [Measures],
    pub(super) findings: &'a [Findings],
    pub(super) figures: &'a [Vec<Arc<Figure>>],
    /// What changed since the issue before.
    pub(super) delta: &'a Delta,
    /// What came of the measures of the register.
    pub(super) effects: &'a Effects,
    /// Id of the key of the pseudonyms.
    pub(super) key: &'a str,
    /// Records of earlier runs that this one was compared with.
    pub(super) compared_with: ComparedWith,
    /// What may leave the office.
    pub(super) editions: Vec<Artifact>,
    /// Files that go back to schools.
    pub(super) returns: Vec<Artifact>,
    /// What could not be made before the documents.
    pub(super) failures: Vec<Failure>,
    /// What was mended since the check before.
    pub(super) corrections: Option<&'a Corrections>,
    /// How good the data are; none in editions.
    pub(super) quality: Option<&'a DataQuality>,
    /// What reference forms say.
    pub(super) reference_facts: &'a [FactTable],
    /// What the version of the history brought.
    pub(super) change: Vec<VersionChange>,
}

impl<'a> Scene<'a> {
    /// The scene of a run: of whom the documents speak, and the names of schools and subjects.
    pub(super) fn new(
        plan: &'a Plan,
        (register, facts): (&Register, &[FactTable]),
        measures: &[Measures],
        history: &Snapshot,
    ) -> Self {
        let (focus, focus_title) = if plan.home.is_empty() {
            ((Level::All, String::new()), "Все участники".to_owned())
        } else {
            ((Level::Municipality, plan.home.clone()), plan.home.clone())
        };
        let with_results: BTreeSet<&str> = measures
            .iter()
            .flat_map(|measures| measures.marks.iter())
            .filter(|row| row.level == Level::School)
            .map(|row| row.group.as_str())
            .collect();
        let at_home = |municipality: &str| plan.home.is_empty() || municipality == plan.home;
        let mut schools: Vec<String> = register
            .schools
            .iter()
            .filter(|school| {
                at_home(&school.municipality) && (!plan.home.is_empty() || with_results.contains(school.id.as_str()))
            })
            .map(|school| school.id.clone())
            .collect();
        if plan.home.is_empty() {
            let known: BTreeSet<String> = schools.iter().cloned().collect();
            schools.extend(with_results.iter().filter(|id| !known.contains(**id)).map(|id| (*id).to_owned()));
        }
        let municipalities: BTreeSet<String> = measures
            .iter()
            .flat_map(|measures| measures.marks.iter())
            .filter(|row| row.level == Level::Municipality)
            .map(|row| row.group.clone())
            .collect();
        let by_slug = |word: fn(&srez_model::assessment::Subject) -> &String| {
            plan.subjects.iter().map(|subject| (subject.slug.clone(), word(subject).clone())).collect()
        };
        Self {
            plan,
            focus,
            focus_title,
            school_folders: SchoolFolders::of(&plan.home, &schools),
            schools,
            municipalities: municipalities.into_iter().collect(),
            names: register.schools.iter().map(|school| (school.id.clone(), school.short_name.clone())).collect(),
            types: register.schools.iter().map(|school| (school.id.clone(), school.school_type.clone())).collect(),
            localities: register.schools.iter().map(|school| (school.id.clone(), school.locality.clone())).collect(),
            homes: register.schools.iter().map(|school| (school.id.clone(), school.municipality.clone())).collect(),
            listed: places::listed(register, facts),
            dative: by_slug(|subject| &subject.dative),
            genitive: by_slug(|subject| &subject.genitive),
            titles: titles::of(plan, measures, &history.exams()),
            code_titles: super::codes().map(|code| (code.id.to_string(), code.title.to_owned())).collect(),
            measures: srez_measure::MEASURES.to_vec(),
            version: history.version(),
        }
    }

    /// What the signs need.
    pub(super) fn flag_settings(&self) -> srez_flag::Settings<'_> {
        srez_flag::Settings {
            thresholds: &self.plan.thresholds,
            focus: self.focus.clone(),
            schools: &self.schools,
            names: &self.names,
            municipalities: &self.homes,
            listed: &self.listed,
        }
    }

    /// What the charts need.
    pub(super) fn chart_settings(&self) -> srez_chart::Settings<'_> {
        let wanted = |format| self.plan.formats.contains(&format);
        srez_chart::Settings {
            focus: self.focus.clone(),
            focus_title: if self.plan.home.is_empty() { String::new() } else { self.focus_title.clone() },
            schools: &self.schools,
            names: &self.names,
            thresholds: &self.plan.thresholds,
            png: wanted(Format::Png) || wanted(Format::Docx),
            counts: true,
        }
    }

    /// Schools that get no documents of their own, because no home is named and they are too many.
    pub(super) fn schools_without_documents(&self) -> u64 {
        self.school_folders.left_out
    }

    /// Whether the focus has results of a work: without them it is named on the start page, and there is nothing to
    /// write.
    fn has_results(&self, measures: &Measures) -> bool {
        measures.marks_of(self.focus.0, &self.focus.1).is_some_and(|marks| 0 < marks.n)
    }

    fn context<'b>(&'b self, facts: &'b Facts<'b>) -> Context<'b> {
        Context {
            title: &self.plan.title,
            centre: &self.plan.centre,
            style: &self.plan.style,
            date: &self.plan.date,
            version: self.version,
            focus: self.focus.clone(),
            focus_title: self.focus_title.clone(),
            schools: &self.schools,
            municipalities: &self.municipalities,
            names: &self.names,
            types: &self.types,
            localities: &self.localities,
            exams: &self.plan.exams,
            dative: &self.dative,
            genitive: &self.genitive,
            thresholds: &self.plan.thresholds,
            recommendations: &self.plan.recommendations,
            actions: &facts.effects.actions,
            effects: &facts.effects.rows,
            outcomes: &facts.effects.recommendations,
            measures: &self.measures,
            signs: &srez_flag::SIGNS,
            not_computed: srez_flag::NOT_COMPUTED,
            files: facts.files,
            notes: facts.notes,
            quality: facts.quality,
            titles: &self.titles,
            code_titles: &self.code_titles,
        }
    }
}

/// All files of the run, and the documents that could not be made.
pub(super) fn compose(
    scene: &Scene<'_>,
    facts: &Facts<'_>,
    watcher: &dyn Watcher,
) -> Result<(Vec<Artifact>, Vec<Failure>)> {
    let context = scene.context(facts);
    let jobs = jobs::of(scene, facts);
    watcher.stage("Документы", jobs.len() as u64 + 3);
    let stepped = |made: Made| {
        watcher.step();
        watcher.bytes(made.artifacts.iter().map(|artifact| artifact.bytes.len() as u64).sum());
        made
    };
    let of_job =
        |job: &Job| guarded(&format!("{}/{}", job.folder, job.name), || documents(scene, &context, facts, job));
    // All at once, so that no core waits for the last document.
    let (made, (of_all, (quality, tables))) = rayon::join(
        || jobs.par_iter().map(|job| stepped(of_job(job))).reduce(Made::default, Made::join),
        || {
            rayon::join(
                || stepped(all_works::documents(scene, &context, facts)),
                || {
                    let protocol = || stepped(guarded("qa/protocol", || office::quality(scene, &context, facts)));
                    rayon::join(protocol, || stepped(data_tables::tables(scene, facts)))
                },
            )
        },
    );
    let effectiveness = guarded("municipality/effectiveness", || office::effectiveness(scene, &context, facts));
    let particulars = guarded("municipality/particulars", || office::particulars(scene, &context, facts));
    let Made { mut artifacts, mut failures } =
        [of_all, quality, effectiveness, particulars, tables].into_iter().fold(made, Made::join);
    failures.extend(facts.failures.iter().cloned());
    failures.sort();
    artifacts.extend(facts.returns.iter().cloned());
    artifacts.extend(facts.editions.iter().cloned());
    artifacts.push(start_page::write(scene, &context, facts, &jobs, &failures));
    watcher.step();
    artifacts.sort();
    let of_run = (facts.files, facts.notes);
    artifacts.push(srez_publish::manifest(
        scene.plan,
        scene.version,
        facts.key,
        &facts.compared_with,
        of_run,
        &artifacts,
    )?);
    artifacts.sort();
    Ok((artifacts, failures))
}

fn documents(scene: &Scene<'_>, context: &Context<'_>, facts: &Facts<'_>, job: &Job) -> Result<Vec<Artifact>> {
    let chapters: Vec<Chapter<'_>> = job
        .exams
        .iter()
        .map(|place| Chapter {
            measures: &facts.measures[*place],
            findings: &facts.findings[*place],
            figures: &facts.figures[*place],
        })
        .collect();
    let report = match job.kind {
        JobKind::Analysis => subject_analysis(context, &chapters),
        JobKind::Packet => association_packet(context, &chapters),
    };
    let mut artifacts = {
        let page = job.kind == JobKind::Analysis;
        let numbers = if page { provenance::of(&report, context, &chapters) } else { Provenance::default() };
        let workbook = page.then(|| documents::analysis_workbook(context, &report, &chapters));
        explained(scene.plan, (&report, workbook.as_ref()), &job.folder, (job.name, page), &numbers)?
    };
    if job.kind == JobKind::Analysis && scene.plan.formats.contains(&Format::Png) {
        for figure in chapters.iter().flat_map(|chapter| chapter.figures) {
            let path = |extension: &str| format!("{}/charts/{}.{extension}", job.folder, figure.name);
            artifacts.push(Artifact { path: path("svg"), bytes: figure.svg.clone().into_bytes() });
            artifacts.push(Artifact { path: path("png"), bytes: figure.png.clone() });
        }
    }
    Ok(artifacts)
}

/// A report in every format that the plan wants.
fn rendered(plan: &Plan, report: &Report, folder: &str, name: &str, page: bool) -> Result<Vec<Artifact>> {
    explained(plan, (report, None), folder, (name, page), &Provenance::default())
}

/// The same, with a page that tells where its numbers come from; the workbook may hold more tables than the document.
fn explained(
    plan: &Plan,
    (report, workbook): (&Report, Option<&Report>),
    folder: &str,
    (name, page): (&str, bool),
    numbers: &Provenance,
) -> Result<Vec<Artifact>> {
    let wanted = |format| plan.formats.contains(&format);
    let file = |format, extension: &str, render: &dyn Fn() -> Result<Vec<u8>>| -> Result<Option<Artifact>> {
        let path = format!("{folder}/{name}.{extension}");
        if wanted(format) { Ok(Some(Artifact { path, bytes: render()? })) } else { Ok(None) }
    };
    let (pdf, (docx, xlsx)) = rayon::join(
        || file(Format::Pdf, "pdf", &|| srez_pdf::render(report)),
        || {
            rayon::join(
                || file(Format::Docx, "docx", &|| srez_docx::render(report)),
                || file(Format::Xlsx, "xlsx", &|| srez_xlsx::render(workbook.unwrap_or(report))),
            )
        },
    );
    let mut artifacts: Vec<Artifact> = [pdf?, docx?, xlsx?].into_iter().flatten().collect();
    if wanted(Format::Html) && page {
        let beside: Vec<(String, String)> = artifacts
            .iter()
            .filter_map(|artifact| artifact.path.rsplit('/').next())
            .map(|file| (file.rsplit('.').next().unwrap_or(file).to_uppercase(), file.to_owned()))
            .collect();
        artifacts
            .extend(file(Format::Html, "html", &|| Ok(srez_html::explained(report, &beside, numbers).into_bytes()))?);
    }
    Ok(artifacts)
}

/// Every exam of the run as a chapter.
fn chapters<'a>(facts: &'a Facts<'_>) -> Vec<Chapter<'a>> {
    facts
        .measures
        .iter()
        .zip(facts.findings)
        .zip(facts.figures)
        .map(|((measures, findings), figures)| Chapter { measures, findings, figures })
        .collect()
}
