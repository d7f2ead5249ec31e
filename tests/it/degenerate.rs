//! Works of which little can be computed: rows without a mark, and pupils who all have the same result.

use crate::trial::{Row, Trial, printed};
use srez_testkit::sources::files_below;
use std::fmt::Write as _;

const PIPELINE: &str = r#"
title = "Проверка"
home = "Северная Долина"
date = "2026-04-20"
[inputs]
folders = ["in"]
[store]
folder = "store"
key = "store.key"
[reports]
folder = "reports"
formats = ["html"]
audiences = ["office"]
"#;

/// A pupil: points of the four tasks, the declared total, the mark or nothing.
type Pupil = ([&'static str; 4], u8, &'static str);

/// A run over one Ф1 with schools of these pupils.
fn run(schools: &[Vec<Pupil>]) -> Trial {
    let mut text = "Индивидуальные результаты\n\nВПР 2026 Обществознание 6 класс\nПредмет:;Обществознание\n\
        Максимальный первичный балл:;6\nДата:;20.04.2026\n\
        ОО;Муниципалитет;Название ОО;Код участника;Класс;Вариант;1 (1б);2 (2б);3 (1б);4 (2б);Первичный балл;Отметка;\
        Отметка по журналу\n"
        .to_owned();
    for (school, pupils) in (1..).zip(schools) {
        let (login, name) = (format!("edu99000{school}"), format!("МБОУ СОШ № {school}"));
        writeln!(text, "{name}({login});Кол-во участников: {}", pupils.len()).unwrap();
        for (pupil, (points, total, mark)) in (1..).zip(pupils) {
            let points = points.join(";");
            let code = 60_000 + 100 * school + pupil;
            writeln!(text, "{login};Северная Долина;{name}({login});{code};1;1;{points};{total};{mark};4").unwrap();
        }
    }
    let trial = Trial::new(PIPELINE);
    let folder = trial.path().join("in");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("Ф1_Индивидуальные результаты.csv"), text).unwrap();
    let output = trial.run();
    assert!(matches!(output.status.code(), Some(0 | 2)), "{}", printed(&output));
    trial
}

fn of_all(trial: &Trial, table: &str) -> Vec<Row> {
    trial.table(table).into_iter().filter(|row| row.get("level").is_none_or(|level| level == "all")).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: «{}»", row[column]))
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.1
}

#[test]
fn rows_without_a_mark_do_not_stand_in_the_denominator() {
    let marked: [Pupil; 4] = [
        (["1", "2", "1", "2"], 6, "5"),
        (["1", "2", "1", "0"], 4, "4"),
        (["1", "1", "0", "0"], 2, "3"),
        (["1", "0", "0", "0"], 1, "2"),
    ];
    let unmarked: [Pupil; 2] = [(["1", "2", "1", "2"], 6, ""), (["1", "0", "0", "0"], 1, "")];
    let school: Vec<Pupil> =
        (0..12).map(|place| marked[place % 4]).chain((0..8).map(|place| unmarked[place % 2])).collect();
    let trial = run(&[school.clone(), school.clone(), school]);
    let rows = of_all(&trial, "marks");
    let row = rows.first().unwrap();
    let recovered = trial.table("notes").iter().any(|note| note["code"] == "C03");
    // Where the scale is recovered from the marks, and this is said, the others get theirs by it.
    let (quality, poor) = if recovered { (50.0, 35.0) } else { (50.0, 25.0) };
    assert_eq!(row["n"], "60");
    assert!(is_near(number(row, "quality_pct"), quality), "{row:?}");
    assert!(is_near(100.0 - number(row, "pass_pct"), poor), "{row:?}");
    assert!(recovered || row["n_without_mark"] == "24", "{row:?}");
}

#[test]
fn equal_results_give_documents_without_numbers_that_are_none() {
    let pupil = |place: usize| -> Pupil { (["1", "2", "0", if place.is_multiple_of(2) { "0" } else { "X" }], 3, "4") };
    let school = |pupils: usize| (0..pupils).map(pupil).collect::<Vec<_>>();
    let trial = run(&[school(15), school(14), school(12)]);
    let rows = of_all(&trial, "tasks");
    assert_eq!(rows.len(), 4);
    for (row, share) in rows.iter().zip([100.0, 100.0, 0.0, 0.0]) {
        assert!(is_near(number(row, "pct"), share), "{row:?}");
    }
    let rows = of_all(&trial, "marks");
    let row = rows.first().unwrap();
    assert!(is_near(number(row, "mean_score"), 3.0) && is_near(number(row, "sd_score"), 0.0), "{row:?}");
    for row in trial.table("reliability") {
        assert_eq!(row["alpha"], "", "{row:?}");
        assert!(!row["reason"].is_empty(), "{row:?}");
    }
    let period = trial.period();
    let is_none = |word: &str| ["NaN", "inf", "-inf", "-0", "−0"].contains(&word);
    for path in files_below(&period).iter().filter(|path| path.ends_with(".csv")) {
        let text = std::fs::read_to_string(period.join(path)).unwrap();
        let found = text.split([',', ';', '"', ' ', '\n']).find(|word| is_none(word));
        assert_eq!(found, None, "{path}");
    }
    for path in files_below(&period).iter().filter(|path| path.ends_with(".html")) {
        let text = std::fs::read_to_string(period.join(path)).unwrap();
        assert!(text.split(['<', '>', ' ', '\u{a0}', '\n']).all(|word| !is_none(word)), "{path}");
    }
}
