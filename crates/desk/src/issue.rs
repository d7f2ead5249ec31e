//! An issue in the folder of its period: works with their numbers, and the documents of each.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::error::{Error, Result};
use srez_publish::Published;
use srez_wording::{date, number};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of files in the order in which they are offered.
const KINDS: [(&str, &str); 6] =
    [("html", "стр."), ("docx", "DOCX"), ("pdf", "PDF"), ("pptx", "PPTX"), ("xlsx", "XLSX"), ("png", "PNG")];

/// Documents that are named before the others, in this order.
const FIRST: [&str; 4] = ["Справка", "Сводка для руководителя", "Дорожная карта", "Проект приказа"];

/// An issue.
pub(crate) struct Issue {
    pub(crate) period: String,
    pub(crate) version: u64,
    pub(crate) date: String,
    pub(crate) subjects: Vec<Subject>,
    pub(crate) groups: Vec<(&'static str, Vec<Document>)>,
    /// What else lies in the folder.
    pub(crate) rest: String,
}

/// A subject of the issue: its works, and the documents about them.
pub(crate) struct Subject {
    pub(crate) title: String,
    pub(crate) works: Vec<Work>,
    pub(crate) documents: Vec<Document>,
}

/// A work of the issue.
pub(crate) struct Work {
    pub(crate) title: String,
    pub(crate) n: Number,
    pub(crate) low: Number,
    pub(crate) high: Number,
    /// Widths of the four marks in a bar of 100.
    pub(crate) bar: Vec<(u8, f64, f64)>,
}

/// A number, and its address for the question where it comes from; empty where it is none.
pub(crate) struct Number {
    pub(crate) shown: String,
    pub(crate) address: String,
    /// Of which group, where the head of the column does not say it.
    pub(crate) of: &'static str,
}

/// A document in all its formats.
pub(crate) struct Document {
    pub(crate) title: String,
    /// Format and id of the file.
    pub(crate) files: Vec<(&'static str, String)>,
}

/// A row of the table of marks.
#[derive(Deserialize)]
struct Marks {
    exam: String,
    #[serde(default)]
    part: String,
    level: String,
    group: String,
    n: u64,
    n2: Option<u64>,
    n3: Option<u64>,
    n4: Option<u64>,
    n5: Option<u64>,
}

/// A row of the table of groups by test score.
#[derive(Deserialize)]
struct Bands {
    exam: String,
    #[serde(default)]
    part: String,
    level: String,
    group: String,
    below_min: u64,
    from_min_to_60: u64,
    from_61_to_80: u64,
    from_81_to_100: u64,
}

impl Bands {
    fn counts(&self) -> [u64; 4] {
        [self.below_min, self.from_min_to_60, self.from_61_to_80, self.from_81_to_100]
    }
}

impl Issue {
    /// The issue of the plan's period; none where none was made.
    pub(crate) fn read(plan: &Plan) -> Result<Option<Self>> {
        let folder = plan.reports.join(&plan.period);
        let Some(published) = Published::read(&folder)? else { return Ok(None) };
        let paths = paths(&folder)?;
        let is_of_home =
            |level: &str, group: &str| if plan.home.is_empty() { level == "all" } else { group == plan.home };
        let mut marks: Vec<Marks> = rows_of(&folder, "marks.csv")?;
        marks.retain(|row| is_of_home(&row.level, &row.group));
        let mut bands: Vec<Bands> = rows_of(&folder, "bands.csv")?;
        bands.retain(|row| is_of_home(&row.level, &row.group));
        let titles: BTreeMap<String, String> =
            marks.iter().map(|row| (row.exam.clone(), title_of_work(plan, &row.exam))).collect();
        let of_folder = |name: &str, skip: &[&str]| documents(plan, &paths, name, skip);
        let subjects: BTreeSet<&str> =
            paths.iter().filter_map(|path| path.strip_prefix("subjects/")?.split('/').next()).collect();
        let subjects = subjects
            .into_iter()
            .map(|folder| subject(folder, of_folder(&format!("subjects/{folder}"), &[]), &marks, &bands, &titles));
        let groups =
            [("По муниципалитету", of_folder("municipality", &[])), ("Качество данных", of_folder("qa", &["returns"]))];
        Ok(Some(Self {
            subjects: subjects.collect(),
            groups: groups.into_iter().filter(|(_, all)| !all.is_empty()).collect(),
            period: date::month(&plan.period),
            rest: rest(&paths),
            version: published.history_version,
            date: date::short(&published.date),
        }))
    }

    /// The path of the file with this id.
    pub(crate) fn file(plan: &Plan, id: &str) -> Result<Utf8PathBuf> {
        let folder = plan.reports.join(&plan.period);
        let found = paths(&folder)?.into_iter().find(|path| id_of(path) == id);
        found.map(|path| folder.join(path)).ok_or_else(|| Error::usage("такого документа в выпуске нет"))
    }
}

/// Title of a work by its id, also of one whose specification is not known.
pub(crate) fn title_of_work(plan: &Plan, id: &str) -> String {
    if let Some(exam) = plan.exams.values().find(|exam| exam.id() == id) {
        return exam.title();
    }
    let Ok(key) = id.parse::<ExamKey>() else { return id.to_owned() };
    let subject = plan.subjects.iter().find(|subject| subject.slug == key.subject);
    let subject = subject.map_or(key.subject.as_str(), |subject| subject.title.as_str());
    let grade = if key.procedure.has_one_grade() { String::new() } else { format!(", {} класс", key.grade) };
    format!("{}-{}. {subject}{grade}", key.procedure.title(), key.year)
}

/// What the page does not list one by one.
fn rest(paths: &[String]) -> String {
    let folders = |name: &str| {
        let inner = paths.iter().filter_map(|path| path.strip_prefix(name)?.strip_prefix('/')?.split_once('/'));
        inner.map(|(folder, _)| folder).collect::<BTreeSet<_>>().len() as u64
    };
    let parts = [("schools", "школ"), ("associations", "объединений"), ("editions", "изданий для рассылки")];
    let told: Vec<String> = parts
        .iter()
        .map(|(name, words)| (folders(name), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("папок {words}: {}", number::count(count)))
        .collect();
    match told.as_slice() {
        [] => "Других документов нет.".to_owned(),
        told => format!("{}; их список — на стартовой странице.", srez_wording::text::capitalised(&told.join(", "))),
    }
}

/// Id of a file of the issue.
fn id_of(path: &str) -> String {
    crate::intake::id_of(path)
}

fn paths(folder: &Utf8Path) -> Result<Vec<String>> {
    Ok(srez_disk::list(folder)?.files.into_iter().map(|found| found.name).collect())
}

/// Rows of a table of the issue; none where it has no such table.
fn rows_of<R: DeserializeOwned>(folder: &Utf8Path, table: &str) -> Result<Vec<R>> {
    let path = folder.join("data").join(table);
    if !srez_disk::exists(&path) {
        return Ok(Vec::new());
    }
    let bytes = srez_disk::read(&path, 1 << 30)?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    Ok(csv::Reader::from_reader(text).into_deserialize::<R>().filter_map(std::result::Result::ok).collect())
}

fn subject(
    folder: &str,
    documents: Vec<Document>,
    marks: &[Marks],
    bands: &[Bands],
    titles: &BTreeMap<String, String>,
) -> Subject {
    // A folder of a subject holds the analyses of its grades.
    let rows = marks.iter().filter(|row| is_of_subject(&row.exam, folder) && row.part.is_empty());
    let works: Vec<Work> = rows.map(|row| work(row, bands, titles)).collect();
    let title = match works.as_slice() {
        [] => folder.to_owned(),
        [one] => one.title.clone(),
        [one, ..] => one.title.rsplit_once(", ").map_or_else(|| one.title.clone(), |(title, _)| title.to_owned()),
    };
    Subject { title, works, documents }
}

fn work(row: &Marks, bands: &[Bands], titles: &BTreeMap<String, String>) -> Work {
    let marks = [row.n2, row.n3, row.n4, row.n5].map(|count| count.unwrap_or(0));
    let of_scores = bands.iter().find(|one| one.exam == row.exam && one.part == row.part);
    let [below, middle, good, best] = of_scores.map_or(marks, Bands::counts);
    let all = below + middle + good + best;
    let share = |count: u64| if all == 0 { 0.0 } else { 100.0 * count as f64 / all as f64 };
    let mut from = 0.0;
    let bar = [below, middle, good, best].into_iter().zip(2..).map(|(count, mark)| {
        let width = share(count);
        from += width;
        (mark, from - width, width)
    });
    let address = |column: &str| format!("{}/{}/{}/{column}", row.exam, row.level, row.group);
    let printed = |count: u64, column: &str, of: &'static str| match all {
        0 => Number { shown: "—".to_owned(), address: String::new(), of: "" },
        _ => Number { shown: number::decimal(share(count), 1), address: address(column), of },
    };
    let (low, high) = match of_scores {
        Some(_) => {
            (printed(below, "bands.below_min_pct", "ниже мин."), printed(best, "bands.from_81_to_100_pct", "81–100"))
        }
        None => (printed(below, "marks.n2", ""), printed(good + best, "marks.quality_pct", "")),
    };
    Work {
        title: titles.get(&row.exam).unwrap_or(&row.exam).clone(),
        n: Number { shown: number::count(row.n), address: address("marks.n"), of: "" },
        low,
        high,
        bar: bar.collect(),
    }
}

/// «vpr-2026-math» is the folder of «vpr-2026-math-8».
fn is_of_subject(exam: &str, subject: &str) -> bool {
    exam.strip_prefix(subject).is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|grade| grade.chars().all(|sign| sign.is_ascii_digit()))
    })
}

/// Documents of a folder and the folders below it, each with its formats.
fn documents(plan: &Plan, paths: &[String], folder: &str, skip: &[&str]) -> Vec<Document> {
    let mut found: BTreeMap<&str, Vec<(usize, &String)>> = BTreeMap::new();
    for path in paths {
        let Some(rest) = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else { continue };
        let Some((stem, extension)) = rest.rsplit_once('.') else { continue };
        let kind = KINDS.iter().position(|(own, _)| *own == extension);
        let is_left_out = skip.iter().any(|folder| stem.starts_with(folder)) || stem.starts_with("charts/");
        if let Some(kind) = kind.filter(|_| !is_left_out) {
            found.entry(stem).or_default().push((kind, path));
        }
    }
    let document = |(stem, mut files): (&str, Vec<(usize, &String)>)| {
        files.sort();
        Document {
            title: title_of(plan, stem),
            files: files.into_iter().map(|(kind, path)| (KINDS[kind].1, id_of(path))).collect(),
        }
    };
    let mut documents: Vec<Document> = found.into_iter().map(document).collect();
    // What is signed comes first.
    documents.sort_by_key(|one| FIRST.iter().position(|title| *title == one.title).unwrap_or(FIRST.len()));
    documents
}

/// What a document is called, by the name of its file.
fn title_of(plan: &Plan, stem: &str) -> String {
    let name = stem.strip_prefix("drafts/").unwrap_or(stem);
    if let Some(slug) = name.strip_prefix("protocol-") {
        let subject = plan.subjects.iter().find(|subject| subject.slug == slug);
        return format!("Проект протокола: {}", subject.map_or(slug, |subject| &subject.title));
    }
    let known = match name {
        "note" => "Справка",
        "analysis" => "Анализ",
        "summary" => "Сводка для руководителя",
        "roadmap" => "Дорожная карта",
        "order" => "Проект приказа",
        "protocol" => "Замечания к файлам",
        "effectiveness" => "Эффективность мер",
        "indicators" => "Показатели",
        "particulars" => "Листы уточнения",
        "methods" => "Методика",
        "index" => "Качество данных",
        other => other,
    };
    known.to_owned()
}
