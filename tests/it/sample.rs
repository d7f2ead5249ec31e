//! The sample district is made of the works of the specifications, and shows what a real spring brings.

use crate::containers::grid;
use crate::lines::{Line, read_docx};
use crate::trial::{Row, demo};
use srez_model::assessment::{Exam, ExamCatalogue, SubjectCatalogue};
use srez_testkit::sources::{files_below, root};
use std::collections::{BTreeMap, BTreeSet};

fn subjects() -> SubjectCatalogue {
    srez_config::subjects::built_in().unwrap()
}

fn specifications() -> ExamCatalogue {
    srez_config::exams::built_in(&subjects()).unwrap()
}

/// Id and maximum of each task.
type Tasks = Vec<(String, u16)>;

fn tasks(exam: &Exam) -> Tasks {
    exam.tasks.iter().map(|task| (task.id.clone(), task.max.unwrap())).collect()
}

/// The task of a header cell: «5.1 (2б)», with a Latin K where the sample has one on purpose.
fn task_of(cell: &str) -> Option<(String, u16)> {
    let (id, rest) = cell.trim().split_once(" (")?;
    Some((id.replace('K', "К"), rest.strip_suffix("б)")?.parse().ok()?))
}

/// The work that a file of a spring names in its path; none where it holds no results.
fn work_of(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let holds_results = ["Ф1", "Форма сбора", "ВПР 2025"].iter().any(|word| name.contains(word));
    if !holds_results || !name.ends_with(".xlsx") {
        return None;
    }
    let of_subject = subjects().iter().find_map(|subject| {
        let (_, rest) = name.split_once(&format!("{} ", subject.title))?;
        let (grade, _) = rest.split_once(" класс")?;
        Some(format!("{}-{grade}", subject.slug))
    })?;
    let level = if path.contains("углублённый") { "-advanced" } else { "" };
    Some(format!("vpr-{}-{of_subject}{level}", path.split('-').next()?))
}

#[test]
fn forms_of_the_sample_have_the_tasks_of_the_specifications() {
    let known = specifications();
    let mut met: BTreeMap<String, Vec<Tasks>> = BTreeMap::new();
    for path in files_below(&root().join("sample-data")) {
        let Some(work) = work_of(&path).filter(|_| path.starts_with("2025-05/") || path.starts_with("2026-05/")) else {
            continue;
        };
        let rows = grid(&path);
        let header = rows.iter().map(|row| row.iter().filter_map(|cell| task_of(cell)).collect::<Tasks>());
        let printed = header.max_by_key(Vec::len).unwrap();
        assert!(printed.len() > 5, "{path} has no header: {printed:?}");
        met.entry(work).or_default().push(printed);
    }
    for (work, files) in &met {
        for printed in files {
            // Mathematics of 2025 has the tasks of the year after; of two works no tasks are known.
            match known.get(work).or_else(|| known.get(&work.replace("2025", "2026"))) {
                Some(exam) if exam.tasks.is_empty() => {
                    assert_eq!(exam.max_primary, Some(printed.iter().map(|(_, max)| max).sum()), "{work}");
                }
                Some(exam) => assert_eq!(*printed, tasks(exam), "{work}"),
                None => assert_eq!(work, "vpr-2026-geography-7"),
            }
        }
    }
    let works: Vec<&str> = met.keys().map(String::as_str).collect();
    let expected = [
        "vpr-2025-math-4",
        "vpr-2025-math-8",
        "vpr-2025-russian-4",
        "vpr-2025-russian-5",
        "vpr-2026-chemistry-8",
        "vpr-2026-geography-7",
        "vpr-2026-math-4",
        "vpr-2026-math-5",
        "vpr-2026-math-8",
        "vpr-2026-physics-8",
        "vpr-2026-physics-8-advanced",
        "vpr-2026-russian-4",
        "vpr-2026-russian-5",
    ];
    assert_eq!(works, expected);
    assert!(met["vpr-2026-math-8"].len() > 10 && met["vpr-2026-physics-8-advanced"].len() == 2);
}

#[test]
fn specifications_of_the_sample_take_their_tasks_from_the_official_ones() {
    let known = specifications();
    let folder = root().join("sample-data/exams");
    let files = files_below(&folder);
    for file in &files {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains("учебный пример"), "{file}");
        let own = srez_config::exams::parse(file, &text, &subjects()).unwrap();
        let official = &known[&own.id().replace("2025", "2026")];
        assert_eq!((tasks(&own), own.max_primary), (tasks(official), official.max_primary), "{file}");
    }
    assert_eq!(files, ["vpr-2025-math-4.toml", "vpr-2025-math-8.toml", "vpr-2026-math-8.toml"]);
}

#[test]
fn a_scale_that_nobody_published_is_read_off_the_files() {
    let known = specifications();
    let notes = demo().0.table("notes");
    for (work, title) in [("vpr-2026-math-4", "Математика, 4 класс"), ("vpr-2026-math-5", "Математика, 5 класс")]
    {
        assert!(known[work].scale.cuts().is_empty() && !known[work].tasks.is_empty(), "{work}");
        let is_told = |note: &Row| note["code"] == "C03" && note["message"].contains(title);
        assert!(notes.iter().any(is_told), "nothing says how {work} is marked");
    }
    assert!(!known.contains_key("vpr-2026-geography-7"), "the work without a specification has one");
}

/// Classes of the reported year and what they wrote in a grade.
fn classes(grade: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut written: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in demo().0.table("marks").into_iter().filter(|row| row["level"] == "class") {
        if row["exam"].starts_with("vpr-2026-") && row["exam"].contains(grade) {
            written.entry(row["group"].clone()).or_default().insert(row["exam"].clone());
        }
    }
    written
}

#[test]
fn classes_of_one_school_write_different_works() {
    let written = classes("-8");
    let of = |class: &str| written[class].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(of("edu990001/1"), ["vpr-2026-math-8", "vpr-2026-physics-8"]);
    assert_eq!(of("edu990001/2"), ["vpr-2026-chemistry-8", "vpr-2026-math-8"]);
    assert_eq!(of("edu990003/1"), ["vpr-2026-math-8", "vpr-2026-physics-8-advanced"]);
    assert_eq!(of("edu990003/2"), ["vpr-2026-math-8", "vpr-2026-physics-8"]);
    assert_eq!(of("edu990005/1"), ["vpr-2026-math-8", "vpr-2026-physics-8-advanced"], "only the folder says it");
    for (class, works) in &written {
        assert!(works.len() <= 2, "{class} wrote {works:?}");
    }
}

#[test]
fn the_district_is_compared_with_other_numbers_in_every_work() {
    let mut references: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut works = BTreeSet::new();
    for row in demo().0.table("comparisons") {
        let is_home = row["group"] == "Северная Долина";
        let is_wide = is_home && ["region", "country"].contains(&row["reference_kind"].as_str());
        if is_wide && row["measure"].starts_with("share_of_4_5") && row["exam"].starts_with("vpr-2026-") {
            works.insert(row["exam"].clone());
            references.entry(row["reference_kind"].clone()).or_default().insert(row["reference"].clone());
        }
    }
    assert!(works.len() > 7, "{works:?}");
    for (kind, shares) in references {
        assert_eq!(shares.len(), works.len(), "{kind}: {shares:?}");
    }
}

#[test]
fn the_state_final_exam_is_an_exam_of_its_own() {
    let (trial, _) = demo();
    let file = "2026-06/ГВЭ русский язык 2026.06.09.xlsx";
    let entry = trial.table("files").into_iter().find(|entry| entry["file"] == file).unwrap();
    let accepted: u64 = entry["rows_accepted"].parse().unwrap();
    assert!(accepted > 3, "{entry:?}");
    let marks = trial.table("marks");
    let own: Vec<_> = marks.iter().filter(|row| row["exam"] == "gve-2026-russian-9" && row["level"] == "all").collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0]["n"], accepted.to_string(), "all of them are counted, and in this exam");
}

#[test]
fn two_levels_of_one_grade_are_told_apart() {
    let lines = read_docx("subjects/vpr-2026-physics/analysis.docx");
    let said: Vec<String> = lines
        .iter()
        .flat_map(|line| match line {
            Line::Paragraph(words) => vec![words.clone()],
            Line::Row(cells) => cells.clone(),
        })
        .map(|words| words.replace('\u{a0}', " "))
        .collect();
    let has = |words: &str| said.iter().any(|said| said == words);
    for words in ["8 класс, в том числе углублённый уровень, 2026 год", "8 класс", "8 класс, углублённый уровень"]
    {
        assert!(has(words), "«{words}» stands nowhere");
    }
    let headings = said.iter().filter(|said| *said == "8 класс").count();
    let advanced = said.iter().filter(|said| *said == "8 класс, углублённый уровень").count();
    assert_eq!(headings, advanced, "each heading of a work names its level");
    for wrong in ["8 и 8", "8, 8", "В других классах: ."] {
        assert!(!said.iter().any(|said| said.contains(wrong)), "«{wrong}»");
    }
    assert!(
        !said.iter().any(|said| said.contains("углублённый уровень: нет результатов")),
        "not every school teaches it"
    );
}

#[test]
fn what_is_planted_is_found() {
    let findings = demo().0.table("findings");
    let planted = [
        ("F07", "vpr-2026-math-4", "Северная Долина", "Периметр и площадь"),
        ("S01", "vpr-2026-russian-4", "edu990006", "работа с текстом"),
        ("S06", "vpr-2026-russian-5", "edu990007", "работа в целом"),
        ("S12", "vpr-2026-math-5", "edu990004", "работа в целом"),
    ];
    for (sign, exam, group, matter) in planted {
        let is_it = |row: &Row| {
            (row["sign"].as_str(), row["exam"].as_str(), row["group"].as_str()) == (sign, exam, group)
                && row["subject_matter"].to_lowercase() == matter.to_lowercase()
                && row["status"] != "checked"
        };
        assert!(findings.iter().any(is_it), "{sign} says nothing of {group} in {exam}: {matter}");
    }
    // Among eight schools lifted marks of one are no verdict, and are not passed over.
    let is_bunching = |row: &&Row| row["sign"] == "S05" && row["exam"] == "vpr-2026-russian-5";
    let said = &findings.iter().find(is_bunching).unwrap()["text"];
    assert!(said.contains("Больше всего отличается СОШ №\u{a0}4") && !said.contains("не выявлено."), "{said}");
}
