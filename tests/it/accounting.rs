//! Every row of every file ends in exactly one place, whatever dirt is between the rows.

use crate::containers::{grid, ods_of, xlsx_of};
use crate::trial::{Row, Trial, printed};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

/// The columns of `files.csv` over which the rows are distributed.
const SHARES: [&str; 5] = ["rows_accepted", "rows_superseded", "rows_rejected", "rows_blank", "rows_structural"];

/// What may happen to a row of a delivered sheet.
#[derive(Clone, Debug)]
enum Dirt {
    Blank,
    Spaces,
    Text(String),
    Doubled,
    Moved,
    Cell(usize, String),
    Emptied(usize),
    Short(usize),
    Long,
    Removed,
}

fn dirt() -> impl Strategy<Value = Dirt> {
    let words = prop_oneof!["[А-яё0-9 .,/?-]{1,12}", "[0-9]{1,3}", "X|Х|н/д|не пройд\\.|Итого|#N/A|2,5|-1|1e9"];
    prop_oneof![
        Just(Dirt::Blank),
        Just(Dirt::Spaces),
        prop_oneof!["Итого|Средний балл|Всего участников: 9", "[А-я ]{1,30}"].prop_map(Dirt::Text),
        Just(Dirt::Doubled),
        Just(Dirt::Moved),
        (any::<usize>(), words).prop_map(|(column, text)| Dirt::Cell(column, text)),
        any::<usize>().prop_map(Dirt::Emptied),
        any::<usize>().prop_map(Dirt::Short),
        Just(Dirt::Long),
        Just(Dirt::Removed),
    ]
}

/// A delivered file: which form, as which kind of file, with what dirt at which rows.
#[derive(Clone, Debug)]
struct Delivered {
    form: usize,
    kind: usize,
    dirt: Vec<(usize, Dirt)>,
}

fn delivered() -> impl Strategy<Value = Delivered> {
    (0..FORMS.len(), 0..4_usize, vec((any::<usize>(), dirt()), 0..12)).prop_map(|(form, kind, dirt)| Delivered {
        form,
        kind,
        dirt,
    })
}

/// Forms of the sample with rows of pupils, titles, group rows and totals.
const FORMS: [&str; 4] = [
    "2026-05/edu990012/Ф1_Индивидуальные результаты ВПР 2026 Математика 8 класс.xlsx",
    "2026-05/edu990012/Форма сбора результатов Русский язык 4 класс ВПР 2026.xlsx",
    "2026-05/Ф1_Индивидуальные результаты ВПР 2026 География 7 класс.xlsx",
    "2026-06/01_Русский язык_2026.06.04.xlsx",
];

fn soil(rows: &mut Vec<Vec<String>>, at: usize, dirt: &Dirt) {
    let at = at % rows.len().max(1);
    let width = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    match dirt {
        Dirt::Blank => rows.insert(at, Vec::new()),
        Dirt::Spaces => rows.insert(at, vec![" \u{a0}".to_owned(); width]),
        Dirt::Text(text) => rows.insert(at, vec![text.clone()]),
        Dirt::Doubled => rows.insert(at, rows[at].clone()),
        Dirt::Moved => {
            let row = rows.remove(at);
            rows.push(row);
        }
        Dirt::Cell(column, text) => {
            let row = &mut rows[at];
            row.resize(row.len().max(1), String::new());
            let column = column % row.len();
            row[column].clone_from(text);
        }
        Dirt::Emptied(column) => {
            if let Some(cell) = rows[at].get_mut(column % width) {
                cell.clear();
            }
        }
        Dirt::Short(length) => rows[at].truncate(length % width),
        Dirt::Long => rows[at].push("лишнее".to_owned()),
        Dirt::Removed if rows.len() > 1 => drop(rows.remove(at)),
        Dirt::Removed => {}
    }
}

/// Bytes, extension and number of rows down to the last one that holds anything.
fn file(delivered: &Delivered, forms: &[Vec<Vec<String>>]) -> (Vec<u8>, &'static str, usize) {
    let mut rows = forms[delivered.form].clone();
    for (at, dirt) in &delivered.dirt {
        soil(&mut rows, *at, dirt);
    }
    let height = rows.iter().rposition(|row| row.iter().any(|cell| !cell.is_empty())).map_or(0, |last| last + 1);
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let text: String = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";") + "\r\n").collect();
    match delivered.kind {
        0 => (xlsx_of(&rows), "xlsx", height),
        1 => (ods_of(&rows), "ods", height),
        2 => (text.into_bytes(), "csv", height),
        _ => (encoding_rs::WINDOWS_1251.encode(&text).0.into_owned(), "csv", height),
    }
}

fn count(row: &Row, column: &str) -> usize {
    row[column].parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        max_shrink_iters: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_row_is_lost_and_none_counts_twice(files in vec(delivered(), 4..16)) {
        let forms: Vec<_> = FORMS.iter().map(|form| grid(form)).collect();
        let trial = Trial::with_files();
        std::fs::create_dir_all(trial.path().join("files")).unwrap();
        let mut heights = Vec::new();
        for (place, delivered) in files.iter().enumerate() {
            let (bytes, extension, height) = file(delivered, &forms);
            let name = format!("files/{place:02} {}", FORMS[delivered.form].rsplit('/').next().unwrap());
            let name = name.replace(".xlsx", &format!(".{extension}"));
            std::fs::write(trial.path().join(&name), bytes).unwrap();
            heights.push((name, height));
        }
        let output = trial.run();
        assert!(matches!(output.status.code(), Some(0 | 2)), "{}", printed(&output));
        let rows = trial.table("files");
        assert_eq!(rows.len(), heights.len());
        for (row, (name, height)) in rows.iter().zip(&heights) {
            assert_eq!(&row["file"], name);
            let sum: usize = SHARES.iter().map(|column| count(row, column)).sum();
            assert_eq!(count(row, "rows_read"), sum, "{row:?}");
            assert!(count(row, "rows_absent") <= count(row, "rows_accepted"), "{row:?}");
            assert_eq!(count(row, "rows_read"), *height, "{row:?}");
        }
        let manifest = std::fs::read(trial.period().join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        for column in SHARES.iter().chain(&["rows_read"]) {
            let name = column.trim_start_matches("rows_");
            let of_run = manifest["rows"][name].as_u64().unwrap_or_else(|| panic!("{}", manifest["rows"]));
            assert_eq!(of_run, rows.iter().map(|row| count(row, column) as u64).sum::<u64>(), "{column}");
        }
    }
}
