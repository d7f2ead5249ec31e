//! One run: the verbs, one line each. If you are new, read this page second.
//!
//! In: a [`Plan`] and a [`Watcher`]. Out: the folder of the period, the history, and an [`Outcome`].
//!
//! Invariants:
//! - Every row of every file ends in exactly one place (`no_row_is_lost_and_none_counts_twice`,
//!   `every_row_of_every_file_ends_in_one_place`).
//! - The same inputs give the same bytes (`two_runs_in_two_places_give_the_same_bytes`).
//! - A fault in one document costs that document only (`a_document_that_breaks_off_costs_no_other`).
//! - What a file holds is parsed by reader processes alone (`without_a_reader_no_original_is_opened`,
//!   `cargo xtask tidy`).
//! - Nothing is printed: the caller watches (`cargo xtask tidy`).
//!
//! What a run leaves behind, in this order, and what is lost where the next step fails:
//!
//! 0. what she wrote into documents and workbooks, in the file of texts. Without the rest it is kept, and the next run
//!    prints it;
//! 1. the results in the history. Without the rest the results are kept, and no document speaks of them yet;
//! 2. rejected files in quarantine, named by what they hold;
//! 3. the memory of the editions and the audit log. They are ahead of the folder: they name an edition too many, never
//!    one too few, and what was hidden once stays hidden, whether the edition was sent or not;
//! 4. the folder of the period, whole or not at all; what somebody wrote into the former one is moved out of it first;
//! 5. the record of the check. Only what was issued is remembered: letters that nobody got were not answered. Without
//!    it the next check is compared with the one before this;
//! 6. the lists of textbooks that are known;
//! 7. the record of the issue. Without it the next issue is compared with the one before this.
//!
//! A run that is stopped ends before the first or after the second of them, so the folder of the period stands as it
//! was.
//!
//! Each step may be done twice, so what failed is mended by the same run once more.

pub mod explained;
pub mod reading;
pub mod receive;
pub mod recount;
pub mod versions;
pub mod what_if;

mod account;
mod agreed;
mod arrival;
mod checking;
mod compose;
mod count;
mod decided;
mod delta;
mod draw;
mod effects;
mod first_pipeline;
mod guarded;
mod key_fault;
mod late_appeals;
mod listing;
mod look_up;
mod names;
mod originals;
mod outcome;
mod pseudonym_key;
mod quarantine;
mod returns;
mod schools;
mod texts;
mod threads;
mod watcher;
mod write_up;
mod years;

pub use checking::{Checked, check};
pub use first_pipeline::{PlacesOfPipeline, first_pipeline};
pub use guarded::Failure;
pub use look_up::{audit_log, codes, read};
pub use outcome::Outcome;
pub use pseudonym_key::{
    KeyPlace, KeyRegister, KeyStatus, PseudonymKey, Rotated, rotate as rotate_key, status as key_status,
};
pub use texts::{TEXT_BOOK, TextsOutcome, WrittenText, take_texts, texts_of_period, write_text};
pub use watcher::{Silent, Watcher};

use srez_config::plan::Plan;
use srez_model::delivery::RowCounts;
use srez_model::error::Result;
use srez_publish::{Prepared, Published, Staging};
use srez_store::{Snapshot, Store};
use watcher::size_of;
use write_up::{MadeAgain, write_up};

/// Runs a pipeline: from folders of spreadsheets to a folder of documents.
///
/// # Errors
/// Where the run cannot go on: disk, store, a document that cannot be made. Bad data is a note, never an error.
pub fn run(plan: &Plan, watcher: &dyn Watcher) -> Result<Outcome> {
    threads::start();
    let place = KeyPlace::of(plan);
    pseudonym_key::check_places(&place)?;
    let mut history = Store::open(&plan.store)?;
    let key = pseudonym_key::load_or_make(&place, &history)?;
    history.use_key(&key.id);
    srez_publish::refuse_another(&plan.reports, &plan.period, &plan.name, &pseudonym_key::known(&place, &key)?)?;
    let her = texts::take(plan)?;
    let incoming = arrival::arrive(plan, &key, history.snapshot(), watcher)?;

    watcher::go_on(watcher)?;
    watcher.stage("Хранилище", 0);
    let commit = history.commit(incoming.deliveries.iter().chain(&incoming.corrected))?;
    watcher.bytes(commit.bytes_written);
    let (mut arrived, check) = arrival::settle(plan, history.snapshot(), incoming)?;
    quarantine::keep(plan, &arrived.received, &arrived.files)?;
    let followed = returns::follow_up(history.snapshot(), check, None)?;
    let (passed_over, damaged) = (followed.passed_over, followed.damaged.clone());
    let mut record = arrived.follow(followed);

    let coming = srez_publish::to_be_kept(&plan.reports, &plan.period)?;
    let kept = srez_publish::kept_of_period(&plan.reports, &plan.period, &coming)?;
    let staging = Staging::in_store(&plan.store)?;
    let made_again = MadeAgain { compared_with: None, kept: &kept, texts: &her.texts, staging: &staging };
    let documents = write_up(plan, &key.id, history.snapshot(), &arrived, made_again, watcher)?;
    watcher::go_on(watcher)?;
    documents.judged.write_into(&mut record);
    documents.editions.write_down(plan)?;

    watcher.stage("Запись", documents.files.len() as u64);
    watcher.bytes(size_of(&documents.files));
    let published = srez_publish::publish(&plan.reports, &plan.period, &documents.files)?;
    history.remember_check(&record)?;
    history.remember_lists(&documents.textbooks)?;
    history.remember_release(&documents.release)?;
    watcher.finish();
    let arrival::Arrived { received, files, corrections, .. } = arrived;
    Ok(Outcome {
        folder: Some(published.folder),
        kept: published.kept,
        rows: RowCounts::of_files(&files),
        exams: documents.exams,
        held_back: documents.editions.held,
        findings: documents.findings,
        artifacts: documents.files.len(),
        version: history.version(),
        commit: Some(commit),
        corrections,
        schools_without_documents: documents.schools_without_documents,
        failures: documents.failures,
        texts: TextsOutcome {
            taken: her.taken,
            unread: her.unread,
            standing: documents.standing,
            damaged: her.texts.damaged,
        },
        was_converted: history.was_converted(),
        passed_over: (passed_over, documents.passed_over),
        damaged_records: damaged.into_iter().chain(documents.damaged_records).collect(),
        files,
        notes: received.notes,
    })
}

/// Makes the documents of a published period again, from the inputs as they lie and the history as it was; writes
/// nothing. Documents from before a rotation name the key that was in force then, if the store knows it.
///
/// # Errors
/// As for a run, and where the history does not have the version.
pub fn rerun(plan: &Plan, published: &Published, watcher: &dyn Watcher) -> Result<Vec<Prepared>> {
    threads::start();
    let history = Snapshot::open(&plan.store)?.at(published.history_version)?;
    let key = pseudonym_key::load(&KeyPlace::of(plan), &history)?;
    let incoming = arrival::arrive(plan, &key, &history, watcher)?;
    let (mut arrived, check) = arrival::settle(plan, &history, incoming)?;
    let named = published.compared_with.as_ref();
    // What this check remembers stands in the store already.
    let _ = arrived.follow(returns::follow_up(&history, check, named.map(|named| named.check.as_str()))?);
    let known = key_status(&KeyPlace::of(plan))?.register;
    let was_in_force = known.keys.into_iter().map(|key| key.id).find(|id| *id == published.pseudonym_key);
    let texts = texts::of_issue(plan, published)?;
    let staging = Staging::for_comparison();
    let made_again = MadeAgain { compared_with: named, kept: &published.kept, texts: &texts, staging: &staging };
    let documents = write_up(plan, &was_in_force.unwrap_or(key.id), &history, &arrived, made_again, watcher)?;
    watcher.finish();
    Ok(documents.files)
}
