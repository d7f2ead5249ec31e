//! From the history at a version to the documents.

use super::count::{self, Counted, Lists, count};
use super::draw::draw;
use super::guarded::{Failure, Made, Ready};
use super::watcher::{Watcher, size_of};
use super::{arrival, compose, delta, effects, returns, years};
use srez_config::plan::Plan;
use srez_model::assessment::Exam;
use srez_model::compared_with::ComparedWith;
use srez_model::delta::Release;
use srez_model::error::{Error, Result};
use srez_model::finding::{Finding, Findings};
use srez_model::measures::Measures;
use srez_publish::{Prepared, Staging};
use srez_reconcile::Textbooks;
use srez_report::context::Facts;
use srez_store::Snapshot;
use srez_texts::{Standing, Texts};

/// The documents of a run.
pub(super) struct Documents {
    pub(super) files: Vec<Prepared>,
    pub(super) textbooks: Textbooks,
    pub(super) release: Release,
    pub(super) exams: Vec<String>,
    pub(super) findings: usize,
    pub(super) judged: srez_measure::JudgedQuality,
    pub(super) editions: compose::editions::Record,
    pub(super) schools_without_documents: u64,
    pub(super) failures: Vec<Failure>,
    /// How her texts stand in them.
    pub(super) standing: Standing,
    /// Records of later issues that were passed over.
    pub(super) passed_over: u64,
    /// Records of earlier issues that are damaged.
    pub(super) damaged_records: Vec<Error>,
}

/// What a manifest tells, or a run finds, beside inputs and history.
#[derive(Clone, Copy)]
pub(super) struct MadeAgain<'a> {
    /// The records that a manifest names; none in a run.
    pub(super) compared_with: Option<&'a ComparedWith>,
    /// What of the user's lies beside the period.
    pub(super) kept: &'a [String],
    /// What she wrote.
    pub(super) texts: &'a Texts,
    /// Where files wait that are made.
    pub(super) staging: &'a Staging,
}

/// The lists of textbooks that came now, after those that the history knows.
fn known_textbooks(
    plan: &Plan,
    history: &Snapshot,
    arrived: &arrival::Arrived,
    named: Option<&ComparedWith>,
) -> Result<Textbooks> {
    let known = history.known_lists(named.map(|named| named.lists.as_str()))?;
    Ok(Textbooks::of(&arrived.received.facts, &arrived.register, plan.year).after(known.record))
}

/// With which records the documents are compared.
fn compared(check: &str, issue: String, editions: String, textbooks: &Textbooks) -> Result<ComparedWith> {
    let lists = srez_store::hash_of_lists(textbooks)?;
    Ok(ComparedWith { check: check.to_owned(), issue, editions, lists })
}

/// From the history at a version to the documents.
pub(super) fn write_up(
    plan: &Plan,
    key: &str,
    history: &Snapshot,
    arrived: &arrival::Arrived,
    made_again: MadeAgain<'_>,
    watcher: &dyn Watcher,
) -> Result<Documents> {
    let MadeAgain { compared_with: named, kept, texts, staging } = made_again;
    let arrival::Arrived { received, register, files, returned, corrections, former_check, .. } = arrived;
    let exams = years::of_interest(plan, &history.exams())?;
    let settings = count::settings(plan, register, received);
    let textbooks = known_textbooks(plan, history, arrived, named)?;
    let lists = Lists { settings: &settings, textbooks: &textbooks };
    let Counted { reported: measures, earlier, mut failures } = count(plan, &lists, history, &exams, watcher)?;

    let scene = compose::Scene::new(plan, register, &received.facts, &measures, history).with_texts(texts);
    let findings = srez_flag::flag(&scene.flag_settings(), &measures);
    let judged = judge_quality(plan, &scene, &measures, arrived);
    let release = srez_flag::remember(&plan.period, history.version(), &measures, &findings);
    let issued = srez_flag::Issued { release: &release, measures: &measures, findings: &findings };
    let (last, named_issue) = (years::last(&earlier, plan.year), named.map(|named| named.issue.as_str()));
    let (delta, issue, damaged_records) = delta::since(plan, history, &scene, &issued, last, named_issue)?;

    let now = srez_measure::Judged { measures: &measures, findings: &findings };
    let effects = effects::assess(&scene, &settings, received, now, &earlier);
    let (figures, not_drawn) = draw(&scene, &measures, &findings, watcher);
    let sources = compose::editions::Sources { measures: &measures, findings: &findings, history, register, key };
    let (editions, record, not_cut) = cut_editions(&scene, &sources, named, staging, watcher)?;

    let told = returns::Told { corrections: corrections.as_ref(), quality: &judged.quality, texts: &scene.texts };
    let returns = returns::compose(plan, received, returned, scene.school_folders(), told)?;
    failures.extend([not_drawn, not_cut, returns.failures].into_iter().flatten());
    let before = Made::from(returns.artifacts).set_aside(staging).join(editions);

    let material = compose::Material {
        measures: &measures,
        earlier: &earlier,
        findings: &findings,
        figures: &figures,
        facts: Facts {
            files,
            notes: &received.notes,
            quality: &judged.quality,
            corrections: corrections.as_ref(),
            change: &history.change(),
            delta: &delta,
            effects: &effects,
        },
        key,
        compared_with: compared(former_check, issue, record.compared_with.clone(), &textbooks)?,
        staging,
        kept,
        texts: crate::texts::used(texts),
        failures,
        reference_facts: &received.facts,
    };
    let (files, failures) = compose::compose(&scene, &material, before, watcher)?;
    Ok(Documents {
        files,
        textbooks,
        failures,
        exams: titles_of_works(measures.iter().map(|measures| &*measures.exam)),
        findings: count_sentences(&findings),
        standing: scene.texts.standing(),
        release,
        judged,
        editions: record,
        schools_without_documents: scene.schools_without_documents(),
        passed_over: delta.passed_over,
        damaged_records,
    })
}

/// Titles of works; the parts of one are named once.
pub(super) fn titles_of_works<'a>(exams: impl Iterator<Item = &'a Exam>) -> Vec<String> {
    let mut titles: Vec<String> = exams.map(Exam::work_title).collect();
    titles.dedup();
    titles
}

/// How good the data of the exams and of the files are.
fn judge_quality(
    plan: &Plan,
    scene: &compose::Scene<'_>,
    measures: &[Measures],
    arrived: &arrival::Arrived,
) -> srez_measure::JudgedQuality {
    let judging = srez_measure::QualitySettings {
        date: &plan.date,
        year: plan.year,
        due: &plan.due,
        thresholds: &plan.thresholds,
        register: &arrived.register,
        schools: &scene.names.schools,
    };
    srez_measure::judge_quality(&judging, measures, &arrived.file_quality, &arrived.checks)
}

/// What may leave the office, after the record of editions that a manifest names.
fn cut_editions(
    scene: &compose::Scene<'_>,
    sources: &compose::editions::Sources<'_>,
    named: Option<&ComparedWith>,
    staging: &Staging,
    watcher: &dyn Watcher,
) -> Result<(Ready, compose::editions::Record, Vec<Failure>)> {
    watcher.stage("Отбор для изданий", 0);
    let cut = compose::editions::compose(scene, sources, named.map(|named| named.editions.as_str()), staging, watcher)?;
    watcher.bytes(size_of(&cut.0.files));
    Ok(cut)
}

fn count_sentences(findings: &[Findings]) -> usize {
    let said = |finding: &&Finding| finding.is_told();
    findings.iter().flat_map(|of_exam| &of_exam.findings).filter(said).count()
}
