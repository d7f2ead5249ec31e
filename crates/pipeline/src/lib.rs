//! One run: the verbs, one line each. If you are new, read this page second.
//!
//! In: a [`Plan`](srez_config::plan::Plan) and a [`Watcher`]. Out: the folder of the period, the history, and an
//! [`Outcome`].
//!
//! Invariants:
//! - Every row of every file ends in exactly one place (`no_row_is_lost_and_none_counts_twice`,
//!   `every_row_of_every_file_ends_in_one_place`).
//! - The same inputs give the same bytes (`two_runs_in_two_places_give_the_same_bytes`).
//! - A fault in one document costs that document only (`a_document_that_breaks_off_costs_no_other`).
//! - Nothing is printed: the caller watches (`cargo xtask tidy`).

pub mod receive;
pub mod recount;

mod account;
mod agreed;
mod arrival;
mod checking;
mod compose;
mod delta;
mod effects;
mod guarded;
mod indicator;
mod late_appeals;
mod originals;
mod places;
mod pseudonym_key;
mod quality;
mod quarantine;
mod returns;
mod threads;
mod years;

pub use checking::{Checked, check};
pub use guarded::Failure;
pub use pseudonym_key::{KeyPlace, KeyRegister, PseudonymKey, rotate as rotate_key, status as key_status};

use camino::Utf8PathBuf;
use guarded::{attempt, sorted_out};
use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_model::artifact::Artifact;
use srez_model::assessment::ExamKey;
use srez_model::block::Block;
use srez_model::compared_with::ComparedWith;
use srez_model::corrections::Corrections;
use srez_model::delivery::{FileEntry, RowCounts};
use srez_model::delta::Release;
use srez_model::error::Result;
use srez_model::figure::Figure;
use srez_model::finding::{Finding, Findings};
use srez_model::measures::Measures;
use srez_model::note::Note;
use srez_model::place::Register;
use srez_store::{CommitSummary, Snapshot, Store};
use srez_tally::{PlainLoop, TallyEngine, TallyRequest};
use std::sync::Arc;

/// Who is told how far a run is; the run itself knows no clock and no terminal.
pub trait Watcher: Sync {
    /// A stage begins; `total` steps are to come, 0 where nobody knows.
    fn stage(&self, _title: &str, _total: u64) {}
    /// One step of the stage is done.
    fn step(&self) {}
    /// So many bytes were read or made in the stage.
    fn bytes(&self, _count: u64) {}
    /// The last stage is over.
    fn finish(&self) {}
}

/// Nobody watches.
pub struct Silent;

impl Watcher for Silent {}

/// What a run did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Where the documents lie; none for a check.
    pub folder: Option<Utf8PathBuf>,
    /// What somebody had written into the former folder of the period, and where it lies now.
    pub kept: Vec<srez_publish::Kept>,
    /// What became of each file.
    pub files: Vec<FileEntry>,
    /// Rows of all files.
    pub rows: RowCounts,
    /// What was noticed, sorted by place.
    pub notes: Vec<Note>,
    /// Titles of the exams that were reported.
    pub exams: Vec<String>,
    /// Findings with a sentence that are no part of another.
    pub findings: usize,
    /// Documents and data files written.
    pub artifacts: usize,
    /// Version of the history.
    pub version: u64,
    /// What the commit changed.
    pub commit: Option<CommitSummary>,
    /// What was mended since the check before; none where there was none.
    pub corrections: Option<Corrections>,
    /// Schools that got no documents of their own, because no home is named and they are too many.
    pub schools_without_documents: u64,
    /// Documents that could not be made.
    pub failures: Vec<Failure>,
    /// True where the store had an older layout and was converted.
    pub was_converted: bool,
    /// Later records of checks and of issues that another version of the program wrote in a layout of its own.
    pub passed_over: (u64, u64),
}

impl Outcome {
    /// True where a file, a row or a document was left out.
    pub fn left_something_out(&self) -> bool {
        0 < self.rows.rejected
            || !self.failures.is_empty()
            || self.files.iter().any(|entry| entry.status == srez_model::delivery::FileStatus::Rejected)
    }
}

/// Runs a pipeline: from folders of spreadsheets to a folder of documents.
///
/// # Errors
/// Where the run cannot go on: disk, store, a document that cannot be made. Bad data is a note, never an error.
pub fn run(plan: &Plan, watcher: &dyn Watcher) -> Result<Outcome> {
    threads::start();
    let key = pseudonym_key::load_or_make(&KeyPlace::of(plan))?;
    let mut history = Store::open(&plan.store)?;
    let incoming = arrival::arrive(plan, &key, history.snapshot(), watcher)?;

    watcher.stage("Хранилище", 0);
    let commit = history.commit(incoming.deliveries.iter().chain(&incoming.corrected))?;
    watcher.bytes(commit.bytes_written);
    let (mut arrived, check) = arrival::settle(plan, history.snapshot(), incoming)?;
    quarantine::keep(plan, &arrived.received, &arrived.files)?;
    let followed = returns::follow_up(history.snapshot(), check, None)?;
    let passed_over = followed.passed_over;
    let mut record = arrived.follow(followed);

    let documents = write_up(plan, &key.id, history.snapshot(), &arrived, None, watcher)?;
    documents.judged.write_into(&mut record);
    history.remember_check(&record)?;
    documents.editions.write_down(plan)?;
    history.remember_lists(&documents.textbooks)?;

    watcher.stage("Запись", documents.artifacts.len() as u64);
    watcher.bytes(size_of(&documents.artifacts));
    let published = srez_publish::publish(&plan.reports, &plan.period, &documents.artifacts)?;
    history.remember_release(&documents.release)?;
    watcher.finish();
    let arrival::Arrived { received, files, corrections, .. } = arrived;
    Ok(Outcome {
        folder: Some(published.folder),
        kept: published.kept,
        rows: account::total(&files),
        exams: documents.exams,
        findings: documents.findings,
        artifacts: documents.artifacts.len(),
        version: history.version(),
        commit: Some(commit),
        corrections,
        schools_without_documents: documents.schools_without_documents,
        failures: documents.failures,
        was_converted: history.was_converted(),
        passed_over: (passed_over, documents.passed_over),
        files,
        notes: received.notes,
    })
}

/// Makes the documents of a published period again, from the inputs as they lie and the history as it was; writes
/// nothing. Documents from before a rotation name the key that was in force then, if the store knows it.
///
/// # Errors
/// As for a run, and where the history does not have the version.
pub fn rerun(plan: &Plan, published: &srez_publish::Published, watcher: &dyn Watcher) -> Result<Vec<Artifact>> {
    threads::start();
    let history = Snapshot::open(&plan.store)?.at(published.history_version)?;
    let key = pseudonym_key::load_or_make(&KeyPlace::of(plan))?;
    let incoming = arrival::arrive(plan, &key, &history, watcher)?;
    let (mut arrived, check) = arrival::settle(plan, &history, incoming)?;
    let named = published.compared_with.as_ref();
    // What this check remembers stands in the store already.
    let _ = arrived.follow(returns::follow_up(&history, check, named.map(|named| named.check.as_str()))?);
    let (known, _) = key_status(&KeyPlace::of(plan))?;
    let was_in_force = known.keys.into_iter().map(|key| key.id).find(|id| *id == published.pseudonym_key);
    let documents = write_up(plan, &was_in_force.unwrap_or(key.id), &history, &arrived, named, watcher)?;
    watcher.finish();
    Ok(documents.artifacts)
}

/// The documents of a run.
struct Documents {
    artifacts: Vec<Artifact>,
    textbooks: srez_reconcile::Textbooks,
    release: Release,
    exams: Vec<String>,
    findings: usize,
    judged: quality::Judged,
    editions: compose::editions::Record,
    schools_without_documents: u64,
    failures: Vec<Failure>,
    /// Records of later issues that were passed over.
    passed_over: u64,
}

/// From the history at a version to the documents; `named` are the records that a manifest names.
fn write_up(
    plan: &Plan,
    key: &str,
    history: &Snapshot,
    arrived: &arrival::Arrived,
    named: Option<&ComparedWith>,
    watcher: &dyn Watcher,
) -> Result<Documents> {
    let arrival::Arrived { received, register, files, returned, corrections, former_check, .. } = arrived;
    let exams = years::of_interest(&history.exams(), plan.year);
    years::not_empty(plan, &history.exams(), &exams)?;

    let settings = settings(plan, register, received);
    let known = history.known_lists(named.map(|named| named.lists.as_str()))?;
    let textbooks = srez_reconcile::Textbooks::of(&received.facts, register, plan.year).after(known.record);
    let counted = count(plan, (&settings, &textbooks), history, &exams, watcher)?;
    let Counted { reported: measures, earlier, mut failures } = counted;

    let scene = compose::Scene::new(plan, (register, &received.facts), &measures, history);
    let findings = srez_flag::flag(&scene.flag_settings(), &measures);
    let judged = quality::judge(plan, (register, &scene.schools), &measures, &arrived.file_quality, &arrived.checks);

    let release = delta::release(plan, history.version(), &measures, &findings);
    let last = years::last(&earlier, plan.year);
    let (delta, issue) = delta::since(plan, history, &scene, &release, last, named.map(|named| named.issue.as_str()))?;

    let effects = effects::assess(plan, &settings, &scene, received, (&measures, &findings), earlier);

    let (figures, not_drawn) = draw(&scene, &measures, &findings, watcher);

    watcher.stage("Издания", 0);
    let sources = compose::editions::Sources { measures: &measures, findings: &findings, history, register, key };
    let (editions, record, not_cut) =
        compose::editions::compose(&scene, &sources, named.map(|named| named.editions.as_str()))?;
    watcher.bytes(size_of(&editions));

    let returns = returns::compose(plan, received, returned, (corrections.as_ref(), &judged.quality))?;
    failures.extend([not_drawn, not_cut, returns.failures].into_iter().flatten());

    let facts = compose::Facts {
        files,
        notes: &received.notes,
        measures: &measures,
        findings: &findings,
        figures: &figures,
        effects: &effects,
        delta: &delta,
        key,
        compared_with: ComparedWith {
            check: former_check.clone(),
            issue,
            editions: record.compared_with.clone(),
            lists: srez_store::hash_of_lists(&textbooks)?,
        },
        editions,
        returns: returns.artifacts,
        failures,
        corrections: corrections.as_ref(),
        quality: Some(&judged.quality),
        reference_facts: &received.facts,
        change: history.change(),
    };
    let (artifacts, failures) = compose::compose(&scene, &facts, watcher)?;
    Ok(Documents {
        artifacts,
        textbooks,
        failures,
        exams: measures.iter().map(|measures| measures.exam.title()).collect(),
        findings: count_sentences(&findings),
        release,
        judged,
        editions: record,
        schools_without_documents: scene.schools_without_documents(),
        passed_over: delta.passed_over,
    })
}

/// What the measures need beside the counts.
fn settings(plan: &Plan, register: &Register, received: &receive::Received) -> srez_measure::Settings {
    srez_measure::Settings {
        thresholds: plan.thresholds.clone(),
        home: plan.home.clone(),
        register: register.clone(),
        references: received.references.clone(),
    }
}

/// Exams as numbers.
#[derive(Default)]
struct Counted {
    /// Those that are reported, with their dynamics.
    reported: Vec<Measures>,
    /// Those of earlier years.
    earlier: Vec<Measures>,
    /// Those that could not be counted.
    failures: Vec<Failure>,
}

/// Counts and measures the exams of interest.
fn count(
    plan: &Plan,
    (settings, textbooks): (&srez_measure::Settings, &srez_reconcile::Textbooks),
    history: &Snapshot,
    exams: &[ExamKey],
    watcher: &dyn Watcher,
) -> Result<Counted> {
    watcher.stage("Подсчёт", exams.len() as u64);
    let register = &settings.register;
    let measured = exams
        .par_iter()
        .map(|key| {
            let mut held = agreed::read(&plan.thresholds, history, key)?;
            textbooks.fill(register, key, &mut held.blocks);
            watcher.bytes(size_in_memory(&held.blocks));
            let places = places::places(register, &held.blocks);
            let lists_absent = account::lists_absent(&plan.forms, &held.blocks);
            let exam = Arc::new(held.exam);
            let request = TallyRequest { exam, blocks: &held.blocks, places: &places, lists_absent };
            let measured = attempt(&request.exam.title(), || {
                let mut measured = srez_measure::measure(settings, &PlainLoop.tally(&request)?);
                if plan.year.is_none_or(|year| key.year == year) {
                    srez_measure::add_patterns(settings, &mut measured, srez_tally::row_patterns(&request, &plan.home));
                }
                Ok(measured)
            });
            watcher.step();
            Ok(measured)
        })
        .collect::<Result<Vec<_>>>()?;
    let (mut measures, failures) = sorted_out(measured);
    years::compare(settings, &mut measures);
    let (mut measures, mut earlier) = years::reported(measures, plan.year);
    srez_measure::adjust(settings, &mut measures);
    let last = years::last(&earlier, plan.year).len();
    srez_measure::adjust(settings, earlier.get_mut(..last).unwrap_or_default());
    Ok(Counted { reported: measures, earlier, failures })
}

/// Draws the charts of every exam.
fn draw(
    scene: &compose::Scene<'_>,
    measures: &[Measures],
    findings: &[Findings],
    watcher: &dyn Watcher,
) -> (Vec<Vec<Arc<Figure>>>, Vec<Failure>) {
    watcher.stage("Диаграммы", measures.len() as u64);
    let drawn: Vec<_> = measures
        .par_iter()
        .zip(findings)
        .map(|(measures, findings)| {
            let drawn = attempt(&format!("диаграммы: {}", measures.exam.title()), || {
                Ok(srez_chart::draw(&scene.chart_settings(), measures, findings))
            });
            watcher.step();
            for figure in drawn.iter().flatten() {
                watcher.bytes((figure.svg.len() + figure.png.len()) as u64);
            }
            drawn.map(|drawn| drawn.into_iter().map(Arc::new).collect::<Vec<_>>())
        })
        .collect();
    // An exam whose charts broke off keeps its place, without charts.
    let failures = drawn.iter().filter_map(|drawn| drawn.as_ref().err().cloned()).collect();
    (drawn.into_iter().map(|drawn| drawn.unwrap_or_default()).collect(), failures)
}

/// Reads the files of a plan and nothing more: what each of them holds, and what was noticed.
///
/// # Errors
/// Where a folder cannot be listed or no reader can be started.
pub fn read(plan: &Plan, watcher: &dyn Watcher) -> Result<receive::Received> {
    let received = receive::receive(plan, &pseudonym_key::throwaway()?, watcher)?;
    watcher.finish();
    Ok(received)
}

/// The audit log of the editions of a plan, with the check sum of each line.
///
/// # Errors
/// Where the log cannot be read or was changed.
pub fn audit_log(plan: &Plan) -> Result<Vec<(srez_publish::AuditEntry, String)>> {
    srez_publish::audit_log(&compose::editions::audit_path(plan))
}

/// Every code of every room, for explanations.
pub fn codes() -> impl Iterator<Item = &'static srez_model::note::NoteDefinition> {
    let later = srez_validate::CODES.iter().chain(srez_reconcile::CODES).copied();
    srez_sheets::CODES.iter().chain(srez_recognise::CODES).chain(later)
}

/// Bytes that the columns of the blocks take.
fn size_in_memory(blocks: &[Block]) -> u64 {
    blocks.iter().map(Block::size_bytes).sum()
}

/// Bytes of all files.
fn size_of(artifacts: &[Artifact]) -> u64 {
    artifacts.iter().map(|artifact| artifact.bytes.len() as u64).sum()
}

fn count_sentences(findings: &[Findings]) -> usize {
    let said = |finding: &&Finding| finding.is_told();
    findings.iter().flat_map(|of_exam| &of_exam.findings).filter(said).count()
}
