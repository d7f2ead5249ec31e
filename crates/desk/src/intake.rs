//! What came, as the page of receiving shows it.

use crate::decisions::Decide;
use srez_config::plan::Plan;
use srez_model::delivery::{FileEntry, FileStatus};
use srez_model::note::{Note, Severity};
use srez_pipeline::Checked;
use srez_wording::{number, plural};
use std::collections::{BTreeMap, BTreeSet};

/// Most notes of one file that the side shows.
const MOST_NOTES: usize = 6;

/// A group of files in the table, in the order of what she has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Decide,
    Notes,
    Accepted,
    Replaced,
    SetAside,
    Skipped,
}

impl Group {
    fn of(status: FileStatus) -> Self {
        match status {
            FileStatus::Rejected => Self::Decide,
            FileStatus::AcceptedWithNotes => Self::Notes,
            FileStatus::Accepted => Self::Accepted,
            FileStatus::Superseded | FileStatus::Repeated => Self::Replaced,
            FileStatus::Skipped => Self::Skipped,
            FileStatus::SetAside => Self::SetAside,
        }
    }

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Decide => "todo",
            Self::Notes => "notes",
            Self::Accepted => "ok",
            Self::Replaced => "twin",
            Self::Skipped => "skip",
            Self::SetAside => "aside",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Decide => "Не приняты",
            Self::Notes => "Приняты с замечаниями",
            Self::Accepted => "Приняты",
            Self::Replaced => "Заменены или повторяют другие",
            Self::Skipped => "Служебные, не читались",
            Self::SetAside => "Не учитываются: так решено",
        }
    }
}

/// A line of the table.
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) group: Group,
    pub(crate) name: String,
    pub(crate) folder: String,
    pub(crate) what: String,
    pub(crate) school: String,
    pub(crate) says: String,
    pub(crate) rows: String,
    /// What the search looks through.
    pub(crate) find: String,
}

/// Letters at the end of a name that are always shown: copies differ there.
const END: usize = 16;

impl Line {
    /// The name up to its end; the page shortens it where there is no room.
    pub(crate) fn start(&self) -> &str {
        &self.name[..self.split()]
    }

    pub(crate) fn end(&self) -> &str {
        &self.name[self.split()..]
    }

    fn split(&self) -> usize {
        self.name.char_indices().rev().nth(END - 1).map_or(0, |(place, _)| place)
    }
}

/// The whole table.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) groups: Vec<(Group, Vec<Line>)>,
    pub(crate) summary: String,
}

impl Table {
    pub(crate) fn new(plan: Option<&Plan>, checked: &Checked) -> Self {
        let mut notes: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
        checked.outcome.notes.iter().for_each(|note| notes.entry(&note.file).or_default().push(note));
        let mut groups: BTreeMap<Group, Vec<Line>> = BTreeMap::new();
        for entry in &checked.outcome.files {
            let own = notes.get(entry.file.name.as_str()).map_or(&[][..], Vec::as_slice);
            groups.entry(Group::of(entry.status)).or_default().push(line(plan, checked, entry, own));
        }
        let summary = summary(checked, groups.get(&Group::Decide).map_or(0, Vec::len));
        Self { groups: groups.into_iter().collect(), summary }
    }

    pub(crate) fn count(&self, id: &str) -> usize {
        self.groups.iter().filter(|(group, _)| id == "all" || group.id() == id).map(|(_, lines)| lines.len()).sum()
    }

    /// Files that were not accepted.
    pub(crate) fn undecided(&self) -> usize {
        self.count(Group::Decide.id())
    }
}

fn summary(checked: &Checked, undecided: usize) -> String {
    let files = checked.outcome.files.len() as u64;
    if files == 0 {
        return "Файлов пока нет. Перетащите сюда таблицы, папку или архив.".to_owned();
    }
    let rows = plural::nominative(u64::from(checked.outcome.rows.accepted), plural::ROW);
    let read = format!("Прочитано: {}; принято: {rows}.", plural::nominative(files, plural::FILE));
    match undecided as u64 {
        0 => format!("{read} Замечаний, из-за которых файл не принят, нет."),
        n => format!("{read} Не принято: {}; выпуск можно составить и без них.", plural::nominative(n, plural::FILE)),
    }
}

fn line(plan: Option<&Plan>, checked: &Checked, entry: &FileEntry, notes: &[&Note]) -> Line {
    let (folder, name) = entry.file.name.rsplit_once('/').unwrap_or(("", &entry.file.name));
    let what = what(plan, checked, entry);
    let school = schools(checked, entry);
    let find = format!("{} {what} {school}", entry.file.name).to_lowercase();
    Line {
        id: id_of(&entry.file.name),
        group: Group::of(entry.status),
        name: name.to_owned(),
        folder: folder.to_owned(),
        says: says(entry, notes),
        rows: match entry.rows.accepted {
            0 => "—".to_owned(),
            rows => number::count(u64::from(rows)),
        },
        what,
        school,
        find,
    }
}

/// Id of a file on the pages.
pub(crate) fn id_of(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex().chars().take(16).collect()
}

fn what(plan: Option<&Plan>, checked: &Checked, entry: &FileEntry) -> String {
    let titles: Vec<&str> =
        entry.exams.iter().map(|exam| checked.titles.get(exam).map_or(exam.as_str(), String::as_str)).collect();
    match (titles.as_slice(), plan.and_then(|plan| plan.forms.iter().find(|form| form.id == entry.form))) {
        ([], None) => "не узнан".to_owned(),
        ([], Some(form)) => form.title.clone(),
        ([one], _) => (*one).to_owned(),
        ([one, ..], _) => format!("{one} и ещё {}", titles.len() - 1),
    }
}

fn schools(checked: &Checked, entry: &FileEntry) -> String {
    let name = |id: &String| checked.schools.get(id).filter(|name| !name.is_empty()).unwrap_or(id).clone();
    match entry.schools.as_slice() {
        [] => String::new(),
        [one] => name(one),
        many => plural::nominative(many.len() as u64, plural::SCHOOL),
    }
}

/// The most serious note in a few words.
fn says(entry: &FileEntry, notes: &[&Note]) -> String {
    let Some(worst) = notes.iter().map(|note| note.severity).min() else { return String::new() };
    let of_kind = || notes.iter().filter(|note| note.severity == worst);
    let title =
        |note: &Note| srez_pipeline::codes().find(|known| known.id == note.code).map_or("", |known| known.title);
    match worst {
        Severity::RejectFile => {
            srez_wording::text::lowered(of_kind().map(|note| title(note)).next().unwrap_or_default())
        }
        Severity::RejectRow => {
            format!("не принято: {}", plural::nominative(u64::from(entry.rows.rejected), plural::ROW))
        }
        Severity::UnreadableCell => format!("не прочитано ячеек: {}", number::count(of_kind().count() as u64)),
        Severity::Warning => format!("предупреждений: {}", number::count(of_kind().count() as u64)),
    }
}

/// The side of a chosen file.
pub(crate) struct Side {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) folder: String,
    /// What is known of it: title and value.
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) notes: Vec<SideNote>,
    /// How many more notes there are.
    pub(crate) more: usize,
    pub(crate) hints: Vec<String>,
    pub(crate) decide: Decide,
}

/// A note of the side.
pub(crate) struct SideNote {
    pub(crate) is_warning: bool,
    pub(crate) head: String,
    pub(crate) message: String,
}

impl Side {
    /// The side of the file with this id.
    pub(crate) fn new(plan: Option<&Plan>, checked: &Checked, id: &str) -> Option<Self> {
        let entry = checked.outcome.files.iter().find(|entry| id_of(&entry.file.name) == id)?;
        let (folder, name) = entry.file.name.rsplit_once('/').unwrap_or(("", &entry.file.name));
        let mut notes: Vec<&Note> = checked.outcome.notes.iter().filter(|note| note.file == entry.file.name).collect();
        notes.sort_by_key(|note| note.severity);
        let hints: BTreeSet<&str> =
            notes.iter().map(|note| note.hint.as_str()).filter(|hint| !hint.is_empty()).collect();
        let shown = notes.iter().take(MOST_NOTES).map(|note| SideNote {
            is_warning: note.severity == Severity::Warning,
            head: head(note),
            message: sentence(&note.message),
        });
        Some(Self {
            id: id.to_owned(),
            name: name.to_owned(),
            folder: folder.to_owned(),
            facts: facts(plan, checked, entry),
            notes: shown.collect(),
            more: notes.len().saturating_sub(MOST_NOTES),
            hints: hints.into_iter().map(sentence).collect(),
            decide: Decide::new(plan, checked, entry),
        })
    }
}

/// With a capital and one full stop.
fn sentence(words: &str) -> String {
    format!("{}.", srez_wording::text::capitalised(words.trim_end_matches('.')))
}

fn head(note: &Note) -> String {
    let cell = if note.column == 0 && note.row != 0 { format!("строка {}", note.row) } else { note.cell() };
    let place = [note.sheet.as_str(), cell.as_str()].into_iter().filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(", ");
    let title = srez_wording::text::capitalised(note.severity.title());
    if place.is_empty() { title } else { format!("{title} · {place}") }
}

fn facts(plan: Option<&Plan>, checked: &Checked, entry: &FileEntry) -> Vec<(&'static str, String)> {
    let form = plan.and_then(|plan| plan.forms.iter().find(|form| form.id == entry.form));
    let rows = entry.rows;
    let count = |rows: u32| number::count(u64::from(rows));
    let title = |exam: &String| checked.titles.get(exam).unwrap_or(exam).clone();
    let why = checked.reasons.iter().find(|reasons| reasons.file == entry.file.name);
    let all = [
        ("Состояние", srez_wording::text::capitalised(entry.status.title())),
        ("Школа", schools(checked, entry)),
        ("Форма", form.map_or_else(String::new, srez_model::form::FormProfile::marked_title)),
        ("Работы", entry.exams.iter().map(title).collect::<Vec<_>>().join("; ")),
        (
            "Строки",
            if rows.read == 0 {
                String::new()
            } else {
                format!(
                    "прочитано {}: принято {}, заменено {}, не принято {}, пустых {}, заголовков и итогов {}",
                    count(rows.read),
                    count(rows.accepted),
                    count(rows.superseded),
                    count(rows.rejected),
                    count(rows.blank),
                    count(rows.structural)
                )
            },
        ),
        ("Почему так", why.map_or_else(String::new, |why| why.reasons.join("; "))),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
