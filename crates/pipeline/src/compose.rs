//! Composing: facts → documents → files, every document on whichever core is free.

mod all_works;
mod data_tables;
mod document;
pub(super) mod editions;
mod jobs;
mod office;
mod school_folders;
mod start_page;

use super::guarded::{Failure, Made, Ready, attempt, guarded, sorted_out};
use super::watcher::{go_on, size_of};
use super::{Watcher, names};
use document::Document;
use jobs::{Job, JobKind};
use rayon::prelude::*;
pub(super) use school_folders::SchoolFolders;
use srez_config::plan::{Format, Plan};
use srez_model::artifact::{Artifact, is_plain_path};
use srez_model::compared_with::ComparedWith;
use srez_model::error::Result;
use srez_model::facts::FactTable;
use srez_model::figure::Figure;
use srez_model::finding::Findings;
use srez_model::measures::Measures;
use srez_model::official_list::ListedMark;
use srez_model::place::Register;
use srez_publish::{Prepared, Staging, TextsUsed};
use srez_report::context::{Chapter, Context, Facts, Names};
use srez_report::documents::{self, association_packet, subject_analysis};
use srez_report::provenance;
use srez_store::Snapshot;
use srez_texts::{OfRun, Texts};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The protocol of data quality.
const PROTOCOL_PAGE: &str = "qa/index.html";
const PROTOCOL_WORKBOOK: &str = "qa/protocol.xlsx";

/// What documents, charts and signs need to know of the run as a whole.
pub(super) struct Scene<'a> {
    pub(super) plan: &'a Plan,
    pub(super) names: Names<'a>,
    school_folders: SchoolFolders,
    homes: BTreeMap<String, String>,
    listed: Vec<ListedMark>,
    /// What she wrote, for the documents of the office.
    pub(super) texts: OfRun,
}

/// What the documents of a run are made from.
pub(super) struct Material<'a> {
    pub(super) measures: &'a [Measures],
    /// Exams of earlier years, the last year first.
    pub(super) earlier: &'a [Measures],
    pub(super) findings: &'a [Findings],
    pub(super) figures: &'a [Vec<Arc<Figure>>],
    /// What happened beside the numbers of the exams.
    pub(super) facts: Facts<'a>,
    /// Id of the key of the pseudonyms.
    pub(super) key: &'a str,
    /// Records of earlier runs that this one was compared with.
    pub(super) compared_with: ComparedWith,
    /// Where files wait that are made.
    pub(super) staging: &'a Staging,
    /// What of the user's lies beside the period.
    pub(super) kept: &'a [String],
    /// Which lines of the file of texts are printed; none where there are none.
    pub(super) texts: Option<TextsUsed>,
    /// What could not be made before the documents.
    pub(super) failures: Vec<Failure>,
    /// What reference forms say.
    pub(super) reference_facts: &'a [FactTable],
}

impl<'a> Scene<'a> {
    /// The scene of a run: of whom the documents speak, and the names of schools and subjects.
    pub(super) fn new(
        plan: &'a Plan,
        register: &Register,
        reference_facts: &[FactTable],
        measures: &[Measures],
        history: &Snapshot,
    ) -> Self {
        let names = names::names(plan, register, measures, history);
        Self {
            plan,
            school_folders: SchoolFolders::of(&plan.home, &names.schools),
            names,
            homes: names::by_id(register, |school| &school.municipality),
            listed: srez_reconcile::listed(register, reference_facts),
            texts: OfRun::default(),
        }
    }

    /// The same with what she wrote.
    pub(super) fn with_texts(self, texts: &Texts) -> Self {
        Self { texts: OfRun::new(texts), ..self }
    }

    /// What the signs need.
    pub(super) fn flag_settings(&self) -> srez_flag::Settings<'_> {
        srez_flag::Settings {
            thresholds: &self.plan.thresholds,
            focus: self.names.focus.clone(),
            schools: &self.names.schools,
            names: &self.names.names,
            types: &self.names.types,
            municipalities: &self.homes,
            listed: &self.listed,
        }
    }

    /// What the charts need.
    pub(super) fn chart_settings(&self) -> srez_chart::Settings<'_> {
        let wanted = |format| self.plan.formats.contains(&format);
        srez_chart::Settings {
            focus: self.names.focus.clone(),
            focus_title: if self.plan.home.is_empty() { String::new() } else { self.names.focus_title.clone() },
            schools: &self.names.schools,
            names: &self.names.names,
            thresholds: &self.plan.thresholds,
            png: wanted(Format::Png) || wanted(Format::Docx),
            counts: true,
        }
    }

    /// Folders of the schools of which the documents speak, and of any others.
    pub(super) fn school_folders(&self) -> &SchoolFolders {
        &self.school_folders
    }

    /// Schools that get no documents of their own, because no home is named and they are too many.
    pub(super) fn schools_without_documents(&self) -> u64 {
        self.school_folders.left_out
    }

    /// Whether documents are made of a work: the focus has results, and not too few. Else it is named on the start
    /// page, and there is nothing to write.
    fn is_written_of(&self, measures: &Measures) -> bool {
        let focus = &self.names.focus;
        measures.marks_of(focus.level, &focus.name).is_some_and(|marks| marks.n > 0)
            && !self.names.is_too_small(measures)
    }
}

/// All files of the run, with those that were made before, and the documents that could not be made.
pub(super) fn compose(
    scene: &Scene<'_>,
    material: &Material<'_>,
    before: Ready,
    watcher: &dyn Watcher,
) -> Result<(Vec<Prepared>, Vec<Failure>)> {
    let context = Context { names: &scene.names, facts: &material.facts };
    let jobs = jobs::of(scene, material);
    watcher.stage("Документы", jobs.len() as u64 + 4);
    let staging = material.staging;
    let made = make_documents(scene, &context, material, &jobs, watcher);
    let once = office::once(scene, &context, material).set_aside(staging);
    // Once all documents are made, it is known which fields they have.
    let texts = office::texts(scene).set_aside(staging);
    let all = [once, texts, before].into_iter().fold(made, Ready::join);
    let (files, mut failures) = all.whole()?;
    failures.extend(material.failures.iter().cloned());
    let (mut files, refused) = presentable(files);
    failures.extend(refused);
    failures.sort();
    let start = start_page::write(scene, &context, material, &jobs, (&files, &failures));
    files.push(staging.set_aside(start)?);
    watcher.step();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let plan = scene.plan;
    let made_from = srez_publish::Provenance {
        pipeline: &plan.name,
        plan_blake3: &plan.blake3,
        period: &plan.period,
        date: &plan.date,
        works: plan.works.as_ref().map(|works| srez_publish::Works {
            name: &works.name,
            version: &works.version,
            blake3: &works.blake3,
        }),
        thresholds: &plan.thresholds,
        history_version: scene.names.version,
        pseudonym_key: material.key,
        compared_with: &material.compared_with,
        texts: material.texts.as_ref(),
        kept: material.kept,
        files: context.facts.files,
        notes: context.facts.notes,
    };
    files.push(srez_publish::manifest(&made_from, &files)?.into());
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok((files, failures))
}

/// The documents and tables, all at once, so that no core waits for the last of them.
fn make_documents(
    scene: &Scene<'_>,
    context: &Context<'_>,
    material: &Material<'_>,
    jobs: &[Job],
    watcher: &dyn Watcher,
) -> Ready {
    let stepped = |ready: Ready| {
        watcher.step();
        watcher.bytes(size_of(&ready.files));
        ready
    };
    let staging = material.staging;
    let of_job = |job: &Job| {
        let make = || go_on(watcher).and_then(|()| documents(scene, context, material, job));
        guarded(&format!("{}/{}", job.folder, job.name), make).set_aside(staging)
    };
    let (made, (of_all, (quality, tables))) = rayon::join(
        || jobs.par_iter().map(|job| stepped(of_job(job))).reduce(Ready::default, Ready::join),
        || {
            rayon::join(
                || stepped(all_works::documents(scene, context, material)),
                || {
                    let quality = || office::quality(scene, context, material);
                    let protocol = || stepped(guarded("qa/protocol", quality).set_aside(staging));
                    rayon::join(protocol, || stepped(data_tables::tables(scene, material).set_aside(staging)))
                },
            )
        },
    );
    [of_all, quality, tables].into_iter().fold(made, Ready::join)
}

/// Parts files with a path that can be written, once each, from the others: a name that went wrong costs its file and
/// never the issue.
fn presentable(mut files: Vec<Prepared>) -> (Vec<Prepared>, Vec<Failure>) {
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let mut paths = BTreeSet::new();
    let mut failures = Vec::new();
    let mut refuse = |file: &Prepared, reason: &str| {
        failures.push(Failure { document: file.path.clone(), reason: reason.to_owned() });
        false
    };
    files.retain(|file| match is_plain_path(&file.path) {
        false => refuse(file, "такого имени файла не бывает"),
        // Windows does not tell capital letters from small ones.
        true if !paths.insert(file.path.to_ascii_lowercase()) => refuse(file, "файл с таким именем уже есть"),
        true => true,
    });
    (files, failures)
}

fn documents(scene: &Scene<'_>, context: &Context<'_>, material: &Material<'_>, job: &Job) -> Result<Vec<Artifact>> {
    let chapters: Vec<Chapter<'_>> = job
        .exams
        .iter()
        .map(|place| Chapter {
            measures: &material.measures[*place],
            findings: &material.findings[*place],
            figures: &material.figures[*place],
        })
        .collect();
    let mut report = match job.kind {
        JobKind::Analysis => subject_analysis(context, &chapters),
        JobKind::Note => documents::subject_note(context, &chapters),
        JobKind::Packet => association_packet(context, &chapters),
    };
    scene.texts.write_into(&mut report, &format!("{}/{}", job.folder, job.name));
    let mut artifacts = {
        let on_screen = job.kind == JobKind::Analysis;
        let numbers = on_screen.then(|| provenance::of(&report, context));
        let workbook = on_screen.then(|| documents::analysis_workbook(context, &report, &chapters));
        let document = Document {
            on_screen,
            workbook: workbook.as_ref(),
            provenance: numbers.as_ref(),
            ..Document::from(&report)
        };
        document.in_formats(scene.plan, &format!("{}/{}", job.folder, job.name))?
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

/// Every exam of the run as a chapter.
fn chapters<'a>(material: &'a Material<'_>) -> Vec<Chapter<'a>> {
    material
        .measures
        .iter()
        .zip(material.findings)
        .zip(material.figures)
        .map(|((measures, findings), figures)| Chapter { measures, findings, figures })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Artifact, presentable};

    #[test]
    fn a_name_that_went_wrong_costs_its_own_file() {
        let file = |path: &str| Artifact { path: path.to_owned(), bytes: path.as_bytes().to_vec() }.into();
        let names = ["index.html", "qa/returns//01.xlsx", "../a.csv", "qa/con/a.docx", "QA/A.csv", "qa/a.csv"];
        let (kept, failures) = presentable(names.map(file).into());
        let kept: Vec<&str> = kept.iter().map(|file| file.path.as_str()).collect();
        let failed: Vec<&str> = failures.iter().map(|failure| failure.document.as_str()).collect();
        assert_eq!(kept, ["QA/A.csv", "index.html"]);
        assert_eq!(failed, ["../a.csv", "qa/a.csv", "qa/con/a.docx", "qa/returns//01.xlsx"]);
    }
}
