//! What she wrote: taken out of the files that came back, printed into the documents, listed beside them.
//!
//! Files are read by reader processes as deliveries are, and written down before anything is counted: a run that fails
//! later keeps what it took.

mod book;
mod clear;
mod reading_back;

pub(crate) use book::book;
pub(crate) use clear::Clear;
pub(crate) use reading_back::books_in_inputs;

use camino::{Utf8Path, Utf8PathBuf};
use reading_back::{Back, read_back};
use srez_config::plan::Plan;
use srez_model::artifact::Artifact;
use srez_model::error::{Error, Result};
use srez_publish::{Published, TextsUsed};
use srez_texts::{FieldList, Origin, Reach, Record, ShownThen, Standing, State, Taken, Texts, Way, changes};

/// Path of the workbook of texts below the folder of a period.
pub const TEXT_BOOK: &str = "texts.xlsx";

/// What became of her texts in a run.
#[derive(Clone, Debug, Default)]
pub struct TextsOutcome {
    /// What was taken, file by file.
    pub taken: Vec<Taken>,
    /// Files that look as if they held texts and could not be read; they are kept as all that she edits.
    pub unread: Vec<String>,
    /// How all texts stand in the documents.
    pub standing: Standing,
    /// Damaged lines of the file of texts.
    pub damaged: Vec<Error>,
}

/// What a run takes before it counts.
pub(crate) struct TakenInRun {
    pub(crate) texts: Texts,
    pub(crate) taken: Vec<Taken>,
    pub(crate) unread: Vec<String>,
}

/// Takes what she wrote into the documents and the workbook of the period, and what workbooks among the inputs say.
///
/// # Errors
/// Where the disk refuses or no reader can be started.
pub(crate) fn take(plan: &Plan) -> Result<TakenInRun> {
    let folder = plan.reports.join(&plan.period);
    let list = field_list(plan)?;
    let written = srez_publish::written_into(&folder)?.into_iter();
    // Without the list nothing tells what a document printed.
    let is_readable = |name: &str| list.is_some() || !name.ends_with(".docx");
    let is_wanted = |name: &str| is_of_texts(name) && is_readable(name);
    let of_folder = written.filter(|(found, _)| is_wanted(&found.name)).map(|(found, is_ours)| Back {
        // A copy beside the document is no longer in the order that the list tells.
        document: is_ours.then(|| without_extension(&found.name).to_owned()),
        name: found.name,
        path: found.path,
    });
    let of_inputs = books_in_inputs(plan)?.into_iter().map(|path| Back::foreign(&path));
    let files: Vec<Back> = of_folder.chain(of_inputs).collect();
    let mut run = TakenInRun { texts: srez_texts::read(&plan.texts, None)?, taken: Vec::new(), unread: Vec::new() };
    for (file, found) in files.iter().zip(read_back(plan, &files, list.as_ref())?) {
        match found {
            Some(found) => run.taken.extend(settle(plan, &mut run.texts, file, found)?),
            None => run.unread.push(file.name.clone()),
        }
    }
    Ok(run)
}

/// Takes what a file says: a workbook of texts, or a document that was edited.
///
/// # Errors
/// Where the file cannot be read or is neither.
pub fn take_texts(plan: &Plan, path: &Utf8Path) -> Result<Taken> {
    let file = Back::foreign(path);
    let list = field_list(plan)?;
    let found = read_back(plan, std::slice::from_ref(&file), list.as_ref())?.into_iter().next().flatten();
    let found = found.ok_or_else(|| {
        Error::usage(format!("в файле {path} не найдены поля документов")).hint(
            "нужна книга texts.xlsx из папки выпуска или документ DOCX, который составила программа, исправленный вами",
        )
    })?;
    let mut texts = srez_texts::read(&plan.texts, None)?;
    let empty = Taken { file: file.name.clone(), ..Taken::default() };
    Ok(settle(plan, &mut texts, &file, found)?.unwrap_or(empty))
}

/// Writes down what a file brings; nothing where it brings nothing.
fn settle(plan: &Plan, texts: &mut Texts, file: &Back, found: reading_back::Fields) -> Result<Option<Taken>> {
    let origin = Origin { way: found.way, file: file.name.clone(), blake3: found.blake3 };
    let changes = changes(texts, &found.fields, &origin, [&plan.date, &plan.period]);
    if !changes.is_empty() {
        srez_texts::append(&plan.texts, changes.iter().map(|change| change.record.clone()).collect())?;
        *texts = srez_texts::read(&plan.texts, None)?;
    }
    let taken = Taken { file: file.name.clone(), changes, unknown: found.unknown };
    Ok((!taken.changes.is_empty() || !taken.unknown.is_empty()).then_some(taken))
}

/// How her texts stand in the issue of the period, with all that was ever written.
///
/// # Errors
/// Where the disk refuses.
pub fn texts_of_period(plan: &Plan) -> Result<(Texts, Standing)> {
    let texts = srez_texts::read(&plan.texts, None)?;
    let standing = field_list(plan)?.map(|list| Standing::of_list(&texts, &list)).unwrap_or_default();
    Ok((texts, standing))
}

/// What is written into a field on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenText {
    pub address: String,
    pub text: String,
    pub author: String,
    pub reach: Reach,
    /// True where she found the text to hold with the numbers as they are now.
    pub confirmed: bool,
}

/// Writes a text down; false where nothing is new.
///
/// # Errors
/// Where no document of the period has the field, or the disk refuses.
pub fn write_text(plan: &Plan, written: &WrittenText) -> Result<bool> {
    let unknown = || {
        Error::usage(format!("поля {} нет в документах выпуска {}", written.address, plan.period))
            .hint("составьте выпуск ещё раз или выберите поле из списка")
    };
    let list = field_list(plan)?.ok_or_else(unknown)?;
    let listed = list.field(&written.address).ok_or_else(unknown)?;
    let texts = srez_texts::read(&plan.texts, None)?;
    let in_force = texts.records.iter().rev().find(|record| record.address == written.address);
    let text = srez_texts::tidy(&written.text);
    let same_text = in_force.map_or("", |record| record.text.as_str()) == text;
    let same_reach = in_force.map(|record| record.reach).unwrap_or_default() == written.reach;
    if same_text && same_reach && (text.is_empty() || !written.confirmed) {
        return Ok(false);
    }
    let then = in_force.filter(|_| same_text && !written.confirmed).map(|record| record.shown.clone());
    let shown: Vec<ShownThen> = then.unwrap_or_else(|| listed.shown.clone());
    let state = match (text.is_empty(), same_text) {
        (true, _) => State::Withdrawn,
        (false, true) => State::Confirmed,
        (false, false) => State::Written,
    };
    let record = Record {
        schema: 0,
        number: 0,
        parent: String::new(),
        address: written.address.clone(),
        text,
        author: written.author.trim().to_owned(),
        date: plan.date.clone(),
        period: plan.period.clone(),
        shown,
        origin: Origin { way: Way::Desk, ..Origin::default() },
        reach: written.reach,
        state,
    };
    srez_texts::append(&plan.texts, vec![record])?;
    Ok(true)
}

/// The texts from which an issue was made.
///
/// # Errors
/// Where the disk refuses.
pub(crate) fn of_issue(plan: &Plan, published: &Published) -> Result<Texts> {
    srez_texts::read(&plan.texts, Some(published.texts.as_ref().map_or(0, |used| used.lines)))
}

/// What the manifest tells of the texts; none where there are none.
pub(crate) fn used(texts: &Texts) -> Option<TextsUsed> {
    (texts.lines > 0).then(|| TextsUsed { lines: texts.lines, blake3: texts.blake3.clone() })
}

/// The fields of the documents for the folder of the period.
pub(crate) fn list_of_fields(list: &FieldList) -> Artifact {
    Artifact { path: FieldList::PATH.to_owned(), bytes: list.bytes() }
}

/// The fields of the issue of the period; none where there is none.
fn field_list(plan: &Plan) -> Result<Option<FieldList>> {
    /// Largest list that is read, in bytes.
    const GREATEST: u64 = 256 << 20;
    let path: Utf8PathBuf = plan.reports.join(&plan.period).join(FieldList::PATH);
    Ok(if srez_disk::exists(&path) { FieldList::parse(&srez_disk::read(&path, GREATEST)?) } else { None })
}

/// True for names of documents and workbooks that can hold texts.
fn is_of_texts(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    !file.starts_with("~$") && (name.ends_with(".docx") || reading_back::is_named_as_book(file))
}

fn without_extension(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
