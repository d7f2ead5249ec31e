//! The page that filters: its numbers are those of the tables, an edition's page tells nothing that its tables hide,
//! and a browser opens an address as it was saved.

use crate::trial::{Row, Trial, demo, has_documents, printed, rows};
use serde_json::Value;
use srez_model::filter_page::{FILE, HIDDEN};
use srez_model::unit::{MeanScore, Percent};
use srez_testkit::sources::files_below;
use srez_wording::number;
use srez_wording::sentence::filtered;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A row of the page as the browser reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageRow {
    pub(crate) exam: String,
    pub(crate) level: String,
    pub(crate) group: String,
    kind: String,
    pub(crate) task: String,
    what: String,
    pub(crate) n: String,
    pub(crate) share: String,
    low: String,
    high: String,
    sum: String,
    most: String,
}

impl PageRow {
    fn key(&self) -> (String, String, String) {
        (self.exam.clone(), self.level.clone(), self.group.clone())
    }

    /// What it is about: the task, or the words of its line as they are compared.
    fn matter(&self) -> String {
        if self.kind == "task" { self.task.clone() } else { folded(&self.what) }
    }

    fn is_hidden(&self) -> bool {
        self.share == HIDDEN || self.sum == HIDDEN
    }
}

fn folded(text: &str) -> String {
    text.replace(['\u{a0}', '\u{2060}'], " ").to_lowercase()
}

/// The JSON of a page.
pub(crate) fn data_of(path: &Path) -> Value {
    let page = std::fs::read_to_string(path).unwrap();
    let (_, rest) = page.split_once("id=\"filter-data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn place(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// All rows of a page.
pub(crate) fn rows_of(data: &Value) -> Vec<PageRow> {
    let text = |at: &Value| data["texts"][place(at)].as_str().unwrap().to_owned();
    let mut rows = Vec::new();
    for work in list(&data["works"]) {
        let lines = &work["lines"];
        let width = list(&lines["kind"]).len();
        for (order, group) in list(&work["groups"]).iter().enumerate() {
            let of_group = |name: &str| data["groups"][name][place(group)].as_str().unwrap().to_owned();
            for line in 0..width {
                let cell = |name: &str| work[name].get(order * width + line).map_or_else(String::new, text);
                let row = PageRow {
                    exam: work["id"].as_str().unwrap().to_owned(),
                    level: of_group("level"),
                    group: of_group("id"),
                    kind: lines["kind"][line].as_str().unwrap().to_owned(),
                    task: text(&lines["task"][line]),
                    what: text(&lines["what"][line]),
                    n: cell("n"),
                    share: cell("share"),
                    low: cell("low"),
                    high: cell("high"),
                    sum: cell("sum"),
                    most: cell("most"),
                };
                if !row.share.is_empty() || !row.sum.is_empty() {
                    rows.push(row);
                }
            }
        }
    }
    rows
}

/// Rows of a table of the demo by exam, level, group and matter.
fn by_matter(table: &str, matter: impl Fn(&Row) -> String) -> BTreeMap<((String, String, String), String), Row> {
    let key = |row: &Row| (row["exam"].clone(), row["level"].clone(), row["group"].clone());
    demo().0.table(table).into_iter().map(|row| ((key(&row), matter(&row)), row)).collect()
}

fn share_of(pct: &str, n: &str) -> String {
    let Ok(pct) = pct.parse() else { return String::new() };
    number::share(Percent(pct), n.parse().unwrap())
}

fn count_of(n: &str) -> String {
    number::count(n.parse().unwrap())
}

/// What the table of marks or bands says of a line of a work: participants, share, bounds, count or mean.
fn of_marks(row: &Row, what: &str) -> [String; 5] {
    let marked: u64 = ["n2", "n3", "n4", "n5"].iter().filter_map(|name| row[*name].parse::<u64>().ok()).sum();
    let marked = marked.to_string();
    let share = |name: &str| share_of(&row[name], &marked);
    let sum = |names: &[&str]| {
        count_of(&names.iter().map(|name| row[*name].parse::<u64>().unwrap()).sum::<u64>().to_string())
    };
    let interval = |start: &str, names: &[&str]| {
        let [pct, low, high] = ["pct", "low", "high"].map(|end| share(&format!("{start}_{end}")));
        [count_of(&marked), pct, low, high, sum(names)]
    };
    match what {
        what if what.starts_with("успеваемость") => interval("pass", &["n3", "n4", "n5"]),
        what if what.starts_with("качество") => interval("quality", &["n4", "n5"]),
        "средний первичный балл" => {
            let mean = number::test_score(MeanScore(row["mean_score"].parse().unwrap()));
            [count_of(&row["n"]), String::new(), String::new(), String::new(), mean]
        }
        what => {
            let name = format!("n{}", what.chars().find(char::is_ascii_digit).unwrap());
            let pct = 100.0 * row[&name].parse::<f64>().unwrap() / marked.parse::<f64>().unwrap();
            let share = number::share(Percent(pct), marked.parse().unwrap());
            [count_of(&marked), share, String::new(), String::new(), count_of(&row[&name])]
        }
    }
}

#[test]
fn numbers_of_the_page_are_those_of_the_tables() {
    let path = demo().0.period().join(FILE);
    let size = std::fs::metadata(&path).unwrap().len();
    assert!(size < 2_000_000, "{size} bytes");
    let page = rows_of(&data_of(&path));
    let marks = by_matter("marks", |_| String::new());
    let tasks = by_matter("tasks", |row| row["task"].clone());
    let skills = by_matter("skills", |row| folded(&row["skill"]));
    let (mut checked, mut hidden, mut earlier) = (0, 0, 0);
    for row in page {
        let Some(of_marks_row) = marks.get(&(row.key(), String::new())) else {
            assert!(!row.exam.contains("-2026-"), "no table tells of {row:?}");
            earlier += 1;
            continue;
        };
        let key = (row.key(), row.matter());
        let expected = match row.kind.as_str() {
            "task" => {
                let of = &tasks[&key];
                [
                    count_of(&of["n"]),
                    share_of(&of["pct"], &of["n"]),
                    row.low.clone(),
                    row.high.clone(),
                    count_of(&of["sum"]),
                ]
            }
            "skill" => {
                let of = &skills[&key];
                let share = |name: &str| share_of(&of[name], &of["n"]);
                [count_of(&of["n"]), share("pct"), share("low"), share("high"), count_of(&of["sum"])]
            }
            _ if row.what.to_lowercase().contains("тестовый") => continue,
            _ => of_marks(of_marks_row, &row.matter()),
        };
        if row.is_hidden() {
            let n: u64 = of_marks_row["n"].parse().unwrap();
            assert!(n < 10 && row.low.is_empty() && row.high.is_empty() && row.most.is_empty(), "{row:?}");
            assert_eq!(row.n, expected[0], "{row:?}");
            hidden += 1;
        } else {
            assert_eq!([&row.n, &row.share, &row.low, &row.high, &row.sum].map(String::clone), expected, "{row:?}");
            checked += 1;
        }
    }
    assert!(checked > 3_000 && hidden > 50 && earlier > 500, "{checked} checked, {hidden} hidden, {earlier} earlier");
}

#[test]
fn every_result_of_the_municipality_is_on_the_page() {
    let page = rows_of(&data_of(&demo().0.period().join(FILE)));
    let told: BTreeSet<_> = page.iter().map(|row| (row.key(), row.kind.clone(), row.matter())).collect();
    let mut looked_for = 0;
    for row in
        demo().0.table("tasks").iter().filter(|row| row["level"] == "municipality" && row["group"] == "Северная Долина")
    {
        if row["pct"].is_empty() || !has_documents(row) {
            continue;
        }
        let key = (row["exam"].clone(), row["level"].clone(), row["group"].clone());
        assert!(told.contains(&(key, "task".to_owned(), row["task"].clone())), "{row:?}");
        looked_for += 1;
    }
    assert!(looked_for > 200, "{looked_for}");
    assert!(!page.iter().any(|row| row.n == "0"), "a work without participants is listed");
}

/// The pages of the editions of the demo, with the folder of each.
fn pages_of_editions() -> Vec<PathBuf> {
    let folder = demo().0.period().join("editions");
    let pages = files_below(&folder).into_iter().filter(|path| path.ends_with(FILE));
    pages.map(|path| folder.join(path).parent().unwrap().to_owned()).collect()
}

#[test]
fn the_page_of_an_edition_tells_what_its_tables_tell_and_nothing_else() {
    let (mut shown, mut hidden) = (0, 0);
    let folders = pages_of_editions();
    assert!(folders.len() > 5, "{folders:?}");
    for folder in folders {
        let is_public = folder.ends_with("public");
        let data = data_of(&folder.join(FILE));
        for work in list(&data["works"]) {
            for column in ["low", "high", "sum", "most", "lists"] {
                assert_eq!(list(&work[column]).len(), 0, "{} tells {column}", folder.display());
            }
        }
        assert!(["files", "lists", "origins"].iter().all(|name| list(&data[*name]).is_empty()), "{}", folder.display());
        let mut told: BTreeMap<_, (String, String)> = BTreeMap::new();
        for row in rows_of(&data) {
            assert!(row.level != "class" && (!is_public || row.level != "school"), "{row:?}");
            told.insert((row.key(), row.kind.clone(), row.matter()), (row.n.clone(), row.share.clone()));
        }
        let participants: BTreeMap<_, String> = rows(&folder.join("data/marks.csv"))
            .into_iter()
            .map(|row| ((row["exam"].clone(), row["level"].clone(), row["group"].clone()), row["n"].clone()))
            .collect();
        for (table, kind) in [("marks", "work"), ("tasks", "task"), ("skills", "skill")] {
            for row in rows(&folder.join(format!("data/{table}.csv"))) {
                let key = (row["exam"].clone(), row["level"].clone(), row["group"].clone());
                let matter = match table {
                    "marks" => line_of(&row),
                    "tasks" => row["task"].clone(),
                    _ => folded(&row["skill"]),
                };
                let printed = row["pct"]
                    .parse()
                    .map_or_else(|_| HIDDEN.to_owned(), |pct| number::decimal(pct, if is_public { 0 } else { 1 }));
                let n = participants
                    .get(&key)
                    .and_then(|n| n.parse().ok())
                    .map_or_else(|| HIDDEN.to_owned(), number::count);
                match told.remove(&(key, kind.to_owned(), matter)) {
                    Some(found) => assert_eq!(found, (n, printed.clone()), "{}: {row:?}", folder.display()),
                    None => assert_eq!(printed, HIDDEN, "{} leaves out {row:?}", folder.display()),
                }
                *(if printed == HIDDEN { &mut hidden } else { &mut shown }) += 1;
            }
        }
        told.retain(|_, (_, share)| share != HIDDEN);
        assert!(told.is_empty(), "{} tells more than its tables: {told:?}", folder.display());
    }
    assert!(shown > 1_000 && hidden > 500, "{shown} shown, {hidden} hidden");
}

/// What the page calls the columns «2», «3-5» of the marks of an edition.
fn line_of(row: &Row) -> String {
    let places: Vec<usize> = row["marks"].split('-').filter_map(|mark| mark.parse().ok()).collect();
    let (Some(from), Some(to)) = (places.first(), places.last()) else { return String::new() };
    let has_bands = row["exam"].starts_with("ege-") && !row["exam"].contains("math-base");
    let first = if has_bands { 1 } else { 2 };
    let places: Vec<usize> = (from - first..=to - first).collect();
    folded(&if has_bands { filtered::bands(&places) } else { filtered::marks(&places) }.what)
}

#[test]
fn the_start_page_leads_to_the_page_before_all_documents() {
    let start = std::fs::read_to_string(demo().0.period().join("index.html")).unwrap();
    let body = start.split_once("<main").unwrap().1;
    let link = body.find(&format!("href=\"{FILE}\"")).unwrap();
    let others = ["href=\"subjects/", "href=\"municipality/"].map(|other| body.find(other).unwrap());
    assert!(others.iter().all(|other| link < *other));
}

#[test]
fn one_small_school_with_a_long_name_without_levels_has_a_page_that_hides_and_says_why() {
    let trial = Trial::with_files();
    let folder = trial.path().join("files");
    std::fs::create_dir_all(&folder).unwrap();
    let name = format!("Средняя общеобразовательная школа {}", "имени первооткрывателей северных земель ".repeat(5));
    let mut text =
        "Индивидуальные результаты\n\nВПР 2026 Математика 7 класс\nПредмет:;Математика\nМаксимальный первичный \
                    балл:;3\nДата:;2026-04-20\nОО;Муниципалитет;Название ОО;Код участника;Класс;Вариант;1 (2б);2 \
                    (1б);Первичный балл;Отметка;Отметка по журналу\n"
            .to_owned();
    for pupil in 0..6 {
        text.push_str(&format!("edu990001;Округ;{};{};7А;1;1;1;2;4;4\n", name.trim(), 10_000 + pupil));
    }
    std::fs::write(folder.join("Индивидуальные результаты ВПР 2026 Математика 7 класс.csv"), text).unwrap();
    let output = trial.run();
    let data = data_of(&trial.period().join(FILE));
    let rows = rows_of(&data);
    assert!(rows.len() > 4 && rows.iter().all(|row| row.is_hidden() && row.n == "6"), "{} {rows:?}", printed(&output));
    assert_eq!(data["why"], "участников меньше 10");
    assert_eq!(list(&data["works"][0]["lines"]["kind"]).iter().filter(|kind| *kind == "skill").count(), 0);
}

#[test]
fn without_results_there_is_no_page_and_no_link_to_it() {
    let trial = Trial::with_files();
    std::fs::create_dir_all(trial.path().join("files")).unwrap();
    std::fs::write(trial.path().join("files/заметки.csv"), "просто;текст\n").unwrap();
    let said = printed(&trial.run());
    let period = trial.period();
    assert!(!period.join(FILE).exists(), "{said}");
    assert!(!std::fs::read_to_string(period.join("index.html")).unwrap().contains(FILE));
}

/// The page after its script ran, at an address; none without a browser, which is said aloud.
#[expect(clippy::print_stdout, reason = "what was not tried is said")]
fn opened(page: &Path, address: &str) -> Option<String> {
    let browser = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()));
    let Some(browser) = browser else {
        println!("SKIPPED: no Chromium here, nobody opened the page");
        return None;
    };
    let url = format!("file://{}#{address}", page.display());
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(url)
        .output()
        .unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_saved_address_opens_the_same_table() {
    let page = demo().0.period().join(FILE);
    let Some(dom) = opened(&page, "r=vpr-math&k=8&v=task&n=1&s=schools") else { return };
    let rows = rows_of(&data_of(&page));
    let wanted: Vec<&PageRow> =
        rows.iter().filter(|row| row.exam == "vpr-2026-math-8" && row.level == "school" && row.task == "1").collect();
    assert!(wanted.len() > 5, "{wanted:?}");
    let body = dom.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    assert_eq!(body.matches("<tr>").count(), wanted.len());
    for row in wanted {
        assert!(body.contains(&format!(">{}<", row.share)), "{row:?}");
    }
    assert!(
        dom.contains("Математика, 8&nbsp;класс · №&nbsp;1 · Все школы</figcaption>"),
        "the caption says what is shown"
    );
    let lost = opened(&page, "r=vpr-math&k=8&s=school:nobody").unwrap();
    let says = |dom: &str| !dom.split_once("id=\"from-link\"").unwrap().1.split('>').next().unwrap().contains("hidden");
    assert!(says(&lost) && !says(&dom), "a condition that is not there is told");
}

#[test]
fn a_browser_writes_a_workbook_that_is_read_again() {
    let page = std::fs::read_to_string(demo().0.period().join(FILE)).unwrap();
    let nonce = page.split_once("nonce-").unwrap().1.split('\'').next().unwrap().to_owned();
    // What would be saved is written into the page instead.
    let script = "const real=URL.createObjectURL.bind(URL);URL.createObjectURL=(blob)=>{\
                  blob.arrayBuffer().then((bytes)=>{const out=document.createElement('pre');out.id='saved';\
                  out.textContent=[...new Uint8Array(bytes)].map((x)=>x.toString(16).padStart(2,'0')).join('');\
                  document.body.append(out);});return real(blob);};HTMLAnchorElement.prototype.click=()=>{};\
                  document.querySelector('[data-do=workbook]').click();";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    std::fs::write(&path, page.replace("</body>", &format!("<script nonce=\"{nonce}\">{script}</script></body>")))
        .unwrap();
    let Some(dom) = opened(&path, "r=vpr-math&k=8&v=task&n=1&s=schools") else { return };
    let hex = dom.split_once("<pre id=\"saved\">").unwrap().1.split('<').next().unwrap();
    let bytes: Vec<u8> =
        (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect();
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).unwrap();
    let sheets = calamine::Reader::worksheets(&mut book);
    let table: Vec<_> =
        sheets[0].1.rows().skip_while(|row| row[0] != calamine::Data::String("Работа".to_owned())).collect();
    let own = rows_of(&data_of(&demo().0.period().join(FILE)));
    let own: Vec<_> =
        own.iter().filter(|row| row.exam == "vpr-2026-math-8" && row.level == "school" && row.task == "1").collect();
    assert_eq!(table.len(), own.len() + 1);
    for (row, expected) in table[1..].iter().zip(own) {
        let share = expected.share.replace(',', ".").parse::<f64>();
        match (&row[6], share) {
            (calamine::Data::Float(number), Ok(share)) => assert!((number - share).abs() < 1e-9, "{expected:?}"),
            (calamine::Data::String(word), Err(_)) => assert_eq!(word, HIDDEN),
            other => panic!("{other:?} for {expected:?}"),
        }
    }
}
