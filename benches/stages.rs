//! What the stages cost on the sample district: `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "benches look at files from outside")]

use camino::{Utf8Path, Utf8PathBuf};
use divan::Bencher;
use srez_measure::Settings;
use srez_model::finding::Findings;
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::place::{Places, Register};
use srez_model::report::*;
use srez_model::tally::Group;
use srez_sheets::Limits;
use srez_store::{Store, StoredExam};
use srez_tally::{PlainLoop, TallyEngine, TallyRequest};
use std::process::Command;
use std::sync::{Arc, OnceLock};

/// The exam of the sample with the most participants.
const EXAM: &str = "vpr-2026-math-8";

fn main() {
    divan::main();
}

/// Runs the demo as a user would, into the target folder; its history feeds the other benches.
fn run_demo() -> Utf8PathBuf {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let text = std::fs::read_to_string(root.join("pipelines/demo.toml")).unwrap();
    let text = text
        .replace("\"../store/demo\"", "\"store\"\nkey = \"store.key\"")
        .replace("\"../reports/demo\"", "\"reports\"")
        .replace("\"../", &format!("\"{root}/"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("demo.toml"), text).unwrap();
    let mut srez = Command::new(env!("CARGO_BIN_EXE_srez"));
    let output = srez.current_dir(&folder).args(["run", "demo.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn held() -> &'static StoredExam {
    static HELD: OnceLock<StoredExam> = OnceLock::new();
    HELD.get_or_init(|| {
        let store = Store::open(&run_demo().join("store")).unwrap();
        let key = store.exams().into_iter().find(|key| key.id() == EXAM).unwrap();
        store.read(&key).unwrap()
    })
}

fn tally(held: &StoredExam, engine: &impl TallyEngine) -> srez_model::tally::Tally {
    let labels = held.blocks.iter().flat_map(|block| &block.school.names).map(String::as_str);
    let places = Places::new(&Register::default(), labels);
    let exam = Arc::new(held.exam.clone());
    let request = TallyRequest { exam, blocks: &held.blocks, places: &places, lists_absent: false };
    engine.tally(&request).unwrap()
}

fn settings() -> Settings {
    Settings { thresholds: srez_config::thresholds::built_in().unwrap(), ..Settings::default() }
}

fn draw(measures: &Measures, png: bool) -> Vec<srez_model::figure::Figure> {
    let thresholds = srez_config::thresholds::built_in().unwrap();
    let focus = Group { level: Level::All, name: String::new() };
    let settings = srez_chart::Settings {
        focus,
        focus_title: String::new(),
        schools: &[],
        names: &std::collections::BTreeMap::new(),
        thresholds: &thresholds,
        png,
        counts: true,
    };
    srez_chart::draw(&settings, measures, &Findings::default())
}

#[divan::bench]
fn reading_a_sheet(bencher: Bencher) {
    let name = "2026-05/Ф1_Индивидуальные результаты ВПР 2026 Физика 8 класс.xlsx";
    let bytes = std::fs::read(Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)).unwrap();
    let limits = Limits::default();
    bencher.bench(|| {
        let mut cells = 0;
        let _ = srez_sheets::read(&limits, name, &bytes, &mut |sheet| cells += sheet.cells.len());
        assert!(cells > 0);
        cells
    });
}

#[divan::bench]
fn the_tally_of_an_exam(bencher: Bencher) {
    let held = held();
    bencher.bench(|| tally(held, &PlainLoop));
}

/// The second engine: `cargo bench --features polars`.
#[cfg(feature = "polars")]
#[divan::bench]
fn the_tally_of_an_exam_by_polars(bencher: Bencher) {
    let held = held();
    bencher.bench(|| tally(held, &srez_tally::PolarsEngine));
}

#[divan::bench]
fn the_measures_of_an_exam(bencher: Bencher) {
    let (tally, settings) = (tally(held(), &PlainLoop), settings());
    bencher.bench(|| srez_measure::measure(&settings, &tally));
}

#[divan::bench(args = [false, true])]
fn the_charts_of_an_exam(bencher: Bencher, png: bool) {
    let measures = srez_measure::measure(&settings(), &tally(held(), &PlainLoop));
    bencher.bench(|| draw(&measures, png));
}

#[divan::bench(sample_count = 20)]
fn a_pdf_with_charts_and_a_long_table(bencher: Bencher) {
    let measures = srez_measure::measure(&settings(), &tally(held(), &PlainLoop));
    let column = |title: &str| Column::new(title, Align::Right, 1.0);
    let row = |place: u64| Row {
        cells: (0..8).map(|column| Cell::number((place * column) as f64 / 7.0, 1)).collect(),
        kind: RowKind::Plain,
    };
    let mut blocks = vec![Block::Paragraph(Text::plain("Работу выполнили участники всех школ. ".repeat(40)))];
    blocks.extend(draw(&measures, false).into_iter().map(|figure| Block::Figure(Arc::new(figure))));
    blocks.push(Block::Table(Table {
        name: "rows".to_owned(),
        caption: "Строки".to_owned(),
        columns: ["А", "Б", "В", "Г", "Д", "Е", "Ж", "И"].map(column).to_vec(),
        rows: (0..120).map(row).collect(),
        note: String::new(),
        wide: false,
        chart: None,
    }));
    let report = Report {
        kind: DocumentKind::SubjectAnalysis,
        title: "Анализ результатов".to_owned(),
        subtitle: String::new(),
        centre: "Центр".to_owned(),
        style: Arc::default(),
        municipality: "Северная Долина".to_owned(),
        date: "25.06.2026".to_owned(),
        running_head: "Анализ".to_owned(),
        footer: "srez".to_owned(),
        key_figures: Vec::new(),
        passport: Vec::new(),
        sections: vec![Section {
            id: "", title: "Работа".to_owned(), depth: 1, new_page: false, annex: false, blocks
        }],
    };
    bencher.bench(|| srez_pdf::render(&report).unwrap());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn the_whole_demo() {
    run_demo();
}
