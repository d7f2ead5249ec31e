//! Decisions about single files: what the side of a file offers, and how a click is kept.

use crate::intake::id_of;
use crate::state::Desk;
use crate::workspace::Workspace;
use serde::Deserialize;
use srez_config::decisions::{DecisionLog, Deed};
use srez_config::edit;
use srez_config::plan::Plan;
use srez_model::decision::{Decision, Ruling};
use srez_model::delivery::{FileEntry, FileStatus};
use srez_model::error::{Error, Result};
use srez_model::note::{HIDDEN, column_name, is_quotable};
use srez_model::raw_sheet::RawSheet;
use srez_pipeline::Checked;
use srez_wording::number;
use std::collections::BTreeSet;

/// Most cells that are shown of two files that differ.
const MOST_CELLS: usize = 12;

/// What may be decided of a file, and what was.
#[derive(Default)]
pub(crate) struct Decide {
    /// Number of a decision, and it in words.
    pub(crate) standing: Vec<(u64, String)>,
    /// Whether anything can be decided: only a file that was read whole is known again.
    pub(crate) is_open: bool,
    pub(crate) is_set_aside: bool,
    /// Ids and titles of the forms.
    pub(crate) forms: Vec<(String, String)>,
    pub(crate) rivals: Vec<Rival>,
}

/// Another file with other results of the same participants.
pub(crate) struct Rival {
    pub(crate) id: String,
    pub(crate) name: String,
    /// How the two differ, in words.
    pub(crate) says: String,
    /// Cell, here, there.
    pub(crate) cells: Vec<(String, String, String)>,
}

impl Decide {
    pub(crate) fn new(plan: Option<&Plan>, checked: &Checked, entry: &FileEntry) -> Self {
        let Some(plan) = plan else { return Self::default() };
        let hash = entry.file.blake3.as_str();
        let about = |decision: &&Decision| {
            decision.file == hash
                || matches!(&decision.ruling, Ruling::Prefer { over } if over.iter().any(|one| one == hash))
        };
        let standing =
            plan.decisions.taken.iter().filter(about).map(|decision| {
                (decision.number, format!("{}, {}", words(plan, decision, hash), decision.who_and_when()))
            });
        let mut forms: Vec<(String, String)> =
            plan.forms.iter().map(|form| (form.id.clone(), form.title.clone())).collect();
        forms.sort_by(|one, other| one.1.cmp(&other.1));
        Self {
            standing: standing.collect(),
            is_open: !hash.is_empty() && entry.status != FileStatus::Skipped,
            is_set_aside: entry.status == FileStatus::SetAside,
            forms,
            rivals: rivals(plan, checked, entry),
        }
    }
}

/// «не результаты», «это форма «Ф1»», «верен этот файл, а не …».
fn words(plan: &Plan, decision: &Decision, file: &str) -> String {
    match &decision.ruling {
        Ruling::Ignore => "не результаты".to_owned(),
        Ruling::Form { form } => {
            let known = plan.forms.iter().find(|own| own.id == *form);
            format!("это форма «{}»", known.map_or(form.as_str(), |form| form.title.as_str()))
        }
        Ruling::Prefer { .. } if decision.file == file => "верен этот файл".to_owned(),
        Ruling::Prefer { .. } => format!("верен другой файл: {}", decision.name),
    }
}

fn rivals(plan: &Plan, checked: &Checked, entry: &FileEntry) -> Vec<Rival> {
    let own = &entry.file.name;
    let names: BTreeSet<&String> = checked
        .rivals
        .iter()
        .filter_map(|(one, other)| match () {
            () if one == own => Some(other),
            () if other == own => Some(one),
            () => None,
        })
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let wanted = names.iter().map(|name| name.as_str()).chain([own.as_str()]).collect();
    // Without the sheets the question stands all the same.
    let sheets = checked.sheets(plan, &wanted).unwrap_or_default();
    let of = |name: &str| sheets.get(name).map_or(&[][..], Vec::as_slice);
    let rival = |name: &String| {
        let cells = differences(of(own), of(name));
        let says = match cells.len() as u64 {
            0 => "Чем они различаются, по ячейкам не видно: откройте оба.".to_owned(),
            n if cells.len() > MOST_CELLS => format!("Различаются ячеек: {}; первые из них:", number::count(n)),
            n => format!("Различаются ячеек: {}.", number::count(n)),
        };
        Rival { id: id_of(name), name: name.clone(), says, cells: cells.into_iter().take(MOST_CELLS).collect() }
    };
    names.into_iter().map(rival).collect()
}

/// Cells of two workbooks that differ: of sheets of one name, or of the first ones where no names agree. What may name
/// a person is not repeated.
fn differences(here: &[RawSheet], there: &[RawSheet]) -> Vec<(String, String, String)> {
    let shown = |text: String| if is_quotable(&text) { text } else { HIDDEN.to_owned() };
    let mut found = Vec::new();
    for (place, own) in here.iter().enumerate() {
        let named = there.iter().find(|other| other.name == own.name);
        let Some(other) = named.or_else(|| there.get(place).filter(|_| here.len() == there.len())) else { continue };
        for row in 0..own.height().max(other.height()) {
            for column in 0..own.width.max(other.width) {
                let (one, two) = (own.text(row, column), other.text(row, column));
                if one != two {
                    found.push((format!("{}{}", column_name(column + 1), row + 1), shown(one), shown(two)));
                }
            }
        }
    }
    found
}

/// What a click asks for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// Id of the file.
    file: String,
    /// When, by the clock of the browser: `YYYY-MM-DD HH:MM`.
    at: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum What {
    Ignore,
    Form { form: String },
    Prefer { over: String },
}

/// When something is taken back.
#[derive(Deserialize)]
pub(crate) struct TakenBack {
    at: String,
}

/// Keeps a decision, and names the file of decisions in the settings where they do not yet.
pub(crate) fn take(desk: &Desk, workspace: &Workspace, wanted: &Wanted) -> Result<()> {
    let gone = || Error::usage("такого файла уже нет").hint("проверьте папку заново");
    let checked = desk.intake().ok_or_else(gone)?;
    let plan = workspace.plan()?;
    let entry = |id: &str| checked.outcome.files.iter().find(|entry| id_of(&entry.file.name) == id);
    let known = |id: &str| {
        let file = &entry(id).ok_or_else(gone)?.file;
        if file.blake3.is_empty() {
            return Err(Error::usage("файл не прочитан целиком, и узнать его снова нельзя")
                .hint("уберите его из «Входящих» или положите исправленный"));
        }
        Ok(file)
    };
    let file = known(&wanted.file)?;
    let ruling = match &wanted.what {
        What::Ignore => Ruling::Ignore,
        What::Form { form } if plan.forms.iter().any(|own| own.id == *form) => Ruling::Form { form: form.clone() },
        What::Form { form } if form.is_empty() => {
            return Err(Error::usage("форма не выбрана").hint("выберите её в списке"));
        }
        What::Form { form } => return Err(Error::usage(format!("формы «{form}» нет"))),
        What::Prefer { over } => Ruling::Prefer { over: vec![known(over)?.blake3.clone()] },
    };
    let deed = Deed::Take { file: file.blake3.clone(), name: file.name.clone(), ruling };
    let path = plan.decisions_file.clone().unwrap_or_else(|| workspace.decisions());
    DecisionLog::append(&path, &desk.who, checked_time(&wanted.at)?, deed)?;
    if plan.decisions_file.is_none() {
        let text = srez_disk::read_text(&workspace.settings())?;
        let name = path.file_name().unwrap_or_default();
        srez_disk::write_durable(
            &workspace.settings(),
            edit::with_values(&text, &[("inputs.decisions", name)])?.as_bytes(),
        )?;
    }
    Ok(())
}

/// Takes a decision back.
pub(crate) fn take_back(desk: &Desk, workspace: &Workspace, number: u64, when: &TakenBack) -> Result<()> {
    let path = workspace.plan()?.decisions_file.ok_or_else(|| Error::usage("решений ещё нет"))?;
    DecisionLog::append(&path, &desk.who, checked_time(&when.at)?, Deed::Undo { number }).map(|_| ())
}

/// A time as it is kept: the clock is that of the browser, which is no place to trust.
fn checked_time(at: &str) -> Result<&str> {
    let pattern = b"0000-00-00 00:00";
    let fits = |(given, wanted): (u8, &u8)| if *wanted == b'0' { given.is_ascii_digit() } else { given == *wanted };
    let is_time = at.len() == pattern.len() && at.bytes().zip(pattern).all(fits);
    is_time.then_some(at).ok_or_else(|| Error::usage("время решения не прочитано"))
}

#[cfg(test)]
mod tests {
    use super::{checked_time, differences};
    use srez_model::raw_sheet::{RawCell, RawSheet};

    fn sheet(cells: &[&str]) -> RawSheet {
        RawSheet {
            name: "8А".to_owned(),
            width: 2,
            cells: (0..).take(cells.len()).map(RawCell::Text).collect(),
            strings: cells.iter().map(|text| (*text).to_owned()).collect(),
            ..RawSheet::default()
        }
    }

    #[test]
    fn cells_that_differ_are_named_and_names_of_people_are_not() {
        let here = [sheet(&["Иванов Пётр Сергеевич", "1", "80002", "2"])];
        let there = [sheet(&["Петров Иван Сергеевич", "1", "80002", "3"])];
        let found = differences(&here, &there);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].0.as_str(), found[1].1.as_str(), found[1].2.as_str()), ("B2", "2", "3"));
        assert!(found[0].0 == "A1" && !format!("{found:?}").contains("Пётр") && !format!("{found:?}").contains("Иван"));
        assert_eq!(differences(&here, &here), []);
    }

    #[test]
    fn a_time_is_a_date_and_a_minute() {
        assert_eq!(checked_time("2026-06-05 10:00").unwrap(), "2026-06-05 10:00");
        for wrong in ["", "2026-06-05", "2026-06-05 10:00:00", "вчера", "2026-06-05T10:00"] {
            assert!(checked_time(wrong).is_err(), "{wrong}");
        }
    }
}
