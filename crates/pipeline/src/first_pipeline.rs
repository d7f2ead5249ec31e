//! A first pipeline file, filled in from what the reader processes found in a folder.

use super::receive::Received;
use srez_config::pipeline_file::quoted;
use std::collections::{BTreeMap, BTreeSet};

/// Most municipalities named in the comment.
const MOST_NAMED: usize = 8;

/// Where everything lies, as seen from the pipeline file.
#[derive(Clone, Debug)]
pub struct PlacesOfPipeline {
    /// Folder of the deliveries.
    pub folder: String,
    /// History.
    pub store: String,
    /// Key of the pseudonyms.
    pub key: String,
    /// Documents.
    pub reports: String,
}

/// The parts of a pipeline that follow from the files alone.
#[derive(Debug, Default)]
struct Found {
    exams: BTreeSet<String>,
    /// Year of the latest exam; none if nothing was recognised.
    year: Option<u16>,
    /// Latest date given in a form of that year.
    date: Option<String>,
    /// Schools by municipality, most first.
    municipalities: Vec<(String, usize)>,
}

impl Found {
    fn from_received(received: &Received) -> Self {
        let mut found = Self::default();
        let mut schools: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for school in received.parts.iter().flat_map(|part| &part.recognised.schools) {
            schools.entry(&school.municipality).or_default().insert(&school.id);
        }
        let blocks = || received.parts.iter().flat_map(|part| &part.recognised.blocks);
        for block in blocks() {
            found.exams.insert(block.exam.id());
            for row in 0..block.row.len() {
                schools.entry(block.municipality.name(row)).or_default().insert(block.school.name(row));
            }
        }
        found.year = blocks().map(|block| block.exam.year).max();
        let of_year = |date: &&str| found.year.is_some_and(|year| date.starts_with(&format!("{year}-")));
        let dates = blocks().filter_map(|block| block.date.get(..10)).filter(of_year);
        found.date = dates.max().map(str::to_owned);
        schools.remove("");
        // «г. Х» and «город Х» are one municipality.
        let counts = schools.iter().map(|(name, schools)| ((*name).to_owned(), schools.len() as u64)).collect();
        let printed = srez_reconcile::printed_municipalities(&counts);
        let mut joined: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, schools) in schools {
            joined.entry(printed.get(name).map_or(name, String::as_str)).or_default().extend(schools);
        }
        found.municipalities = joined.into_iter().map(|(name, schools)| (name.to_owned(), schools.len())).collect();
        found.municipalities.sort_by(|(name, count), (other, more)| more.cmp(count).then_with(|| name.cmp(other)));
        found
    }
}

/// The text of the pipeline file: works, year, date and municipality are those of the files.
pub fn first_pipeline(received: &Received, places: &PlacesOfPipeline) -> String {
    let found = Found::from_received(received);
    let home = found.municipalities.first().map_or("", |(name, _)| name.as_str());
    let named = found.municipalities.iter().take(MOST_NAMED);
    let named: Vec<String> = named.map(|(name, schools)| format!("{} (школ: {schools})", one_line(name))).collect();
    let municipalities = match named.as_slice() {
        [] => "в файлах муниципалитет не назван: впишите его или укажите реестр школ".to_owned(),
        named => format!("в файлах: {}", named.join(", ")),
    };
    let exams: String = found.exams.iter().map(|exam| format!("#   {exam}\n")).collect();
    let exams = if exams.is_empty() {
        "#   ничего; что это за файлы, скажет srez check\n".to_owned()
    } else {
        exams
    };
    let date = found.date.clone().or_else(|| found.year.map(|year| format!("{year}-06-30")));
    let period = found.year.map_or_else(
        || "# school-year = \"2025/26\"".to_owned(),
        |year| format!("school-year = \"{}/{:02}\"", year.saturating_sub(1), year % 100),
    );
    format!(
        "\
# Конвейер: один файл — одна публикация. Пути считаются от папки этого файла.
# Найдено в папке результатов:
{exams}
title  = {title}
centre = \"\"                     # кто издаёт: стоит на каждом документе
home   = {home}   # муниципалитет, о котором говорят документы; {municipalities}
date   = {date}         # дата в документах; часы компьютера не используются

[inputs]
folders   = [{folder}]
# schools   = \"schools.csv\"       # реестр школ: логин, код, название, вид, местность, муниципалитет
# reference = \"region\"            # папка таблиц региона и страны (Ф3, задания): с ними сравниваются результаты
# measures  = \"меры.xlsx\"         # что сделал центр; пустой реестр: srez init measures меры.xlsx
# exams     = \"exams\"             # свои спецификации работ, если встроенных не хватает

[period]
{period}          # о каком учебном годе отчёт; прежние годы идут в динамику

# [due]
# vpr = \"2026-05-29\"             # к какому дню школы сдают результаты: часть балла качества данных

[store]
folder = {store}
key    = {key}    # ключ псевдонимов: сделайте копию и храните отдельно

[reports]
folder = {reports}
",
        title = quoted("Внешние оценочные процедуры"),
        home = quoted(home),
        date = quoted(date.as_deref().unwrap_or("2026-06-30")),
        folder = quoted(&places.folder),
        store = quoted(&places.store),
        key = quoted(&places.key),
        reports = quoted(&places.reports),
    )
}

/// A name without line breaks, so that it stays inside its comment.
fn one_line(name: &str) -> String {
    name.split(char::is_control).collect::<Vec<_>>().join(" ")
}
