//! The «обобщённый план» of a published specification becomes a draft, with every cell named that is not understood.

use crate::containers::package;
use crate::trial::{printed, srez};
use rust_xlsxwriter::{Format, Workbook};
use std::path::Path;

const HEAD: [&str; 6] = [
    "Номер задания",
    "Проверяемые элементы содержания",
    "Коды проверяемых элементов содержания (КЭС)",
    "Коды проверяемых требований к уровню подготовки (КТ)",
    "Уровень сложности задания",
    "Максимальный балл за выполнение задания",
];

/// The plan with its oddities: numbers of the columns, a title of a part, codes together, a range, an unknown level,
/// an unread maximum.
const ROWS: [[&str; 6]; 7] = [
    ["1", "2", "3", "4", "5", "6"],
    ["Часть 1", "", "", "", "", ""],
    ["1", "Дроби", "1.1, 1.2", "2.1 и 2.3", "Б", "1"],
    ["2", "Уравнения", "1.3–1.5", "3", "Б", "1"],
    ["3К1", "Задачи", "4", "2", "сложный", "2"],
    ["3К2", "Задачи", "4", "2", "П", "1"],
    ["4", "Фигуры", "5", "2", "В", "до трёх"],
];

/// A Word document of these rows; the levels of tasks 1 and 2 are merged, and there is text around the table.
fn docx(rows: &[[&str; 6]]) -> Vec<u8> {
    let cell = |row: usize, column: usize, text: &str| {
        let merge = match (row, column) {
            (3, 4) => "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
            (4, 4) => "<w:tcPr><w:vMerge/></w:tcPr>",
            _ => "",
        };
        let text = if (row, column) == (4, 4) { "" } else { text };
        format!("<w:tc>{merge}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |(place, row): (usize, &[&str; 6])| {
        // The title of a part goes through the whole width.
        if row[1].is_empty() {
            let span = "<w:tcPr><w:gridSpan w:val=\"6\"/></w:tcPr>";
            return format!("<w:tr><w:tc>{span}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>", row[0]);
        }
        let cells: String = (0..6).map(|column| cell(place, column, row[column])).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let table: String = rows.iter().enumerate().map(row).collect();
    let text = "<w:p><w:r><w:t>Обобщённый план варианта КИМ</w:t></w:r></w:p>";
    let document = format!("<w:document><w:body>{text}<w:tbl>{table}</w:tbl>{text}</w:body></w:document>");
    package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

/// A workbook of these rows; the same cells are merged.
fn xlsx(rows: &[[&str; 6]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(place, column, *text).unwrap();
        }
    }
    sheet.merge_range(2, 0, 2, 5, "Часть 1", &Format::new()).unwrap();
    sheet.merge_range(3, 4, 4, 4, "Б", &Format::new()).unwrap();
    book.save_to_buffer().unwrap()
}

fn import(folder: &Path, file: &str) -> (Option<i32>, String) {
    let call = [
        "exam",
        "import",
        file,
        "--procedure",
        "ОГЭ",
        "--year",
        "2027",
        "--subject",
        "Математика",
        "--grade",
        "9",
        "--out",
        "exams",
    ];
    let output = srez(folder, &call);
    (output.status.code(), printed(&output))
}

fn rows() -> Vec<[&'static str; 6]> {
    [HEAD].into_iter().chain(ROWS).collect()
}

#[test]
fn a_plan_of_word_and_of_excel_becomes_the_same_draft() {
    let rows = rows();
    let mut drafts = Vec::new();
    for (file, bytes) in [("план.docx", docx(&rows)), ("план.xlsx", xlsx(&rows))] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(file), bytes).unwrap();
        let (code, said) = import(folder.path(), file);
        assert_eq!(code, Some(0), "{file}: {said}");
        let draft = std::fs::read_to_string(folder.path().join("exams/oge-2027-math.toml")).unwrap();
        for line in [
            "status = \"проект\"",
            "scale_confirmed = \"none\"",
            "tasks_confirmed = \"none\"",
            "max_primary = 5",
            "kes = [\"1.1\", \"1.2\"]",
            "kt = [\"2.1\", \"2.3\"]",
            "content = \"Дроби\"",
            "# id = \"4\"",
        ] {
            assert!(draft.contains(line), "{file}: «{line}» is missing in\n{draft}\n{said}");
        }
        assert_eq!(draft.lines().filter(|line| *line == "[[tasks]]").count(), 4, "{draft}");
        let has_range = draft.lines().any(|line| line.starts_with("kes") && line.contains("1.3"));
        assert!(!has_range, "nobody knows what a range means:\n{draft}");
        let unread = [
            ("C5", "коды не прочитаны"),
            ("E5", "ячейка объединена с E4"),
            ("E6", "уровень сложности не прочитан"),
            ("F8", "максимальный балл не прочитан"),
        ];
        for (cell, why) in unread {
            let named = |text: &str| text.lines().any(|line| line.contains(cell) && line.contains(why));
            assert!(named(&said), "{file}: {cell} is not named on the screen\n{said}");
            assert!(named(&draft), "{file}: {cell} is not named in the draft\n{draft}");
        }
        drafts.push(draft.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>());
    }
    assert_eq!(drafts[0], drafts[1]);
}

#[test]
fn missing_columns_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let without = |column: usize| {
        let mut rows = rows();
        rows.iter_mut().for_each(|row| row[column] = "");
        // The title of a part would be the only cell of its row either way.
        xlsx(&rows)
    };
    std::fs::write(folder.path().join("без КТ.xlsx"), without(3)).unwrap();
    let (code, said) = import(folder.path(), "без КТ.xlsx");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Столбца «Коды требований (КТ)» нет"), "{said}");
    let draft = std::fs::read_to_string(folder.path().join("exams/oge-2027-math.toml")).unwrap();
    assert!(draft.contains("# Не понято: Столбца «Коды требований (КТ)» нет"), "{draft}");
    std::fs::write(folder.path().join("без балла.xlsx"), without(5)).unwrap();
    let (code, said) = import(folder.path(), "без балла.xlsx");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("нет таблицы заданий") && said.contains("нет «Максимальный балл»"), "{said}");
}

#[test]
fn a_document_is_read_for_plans_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(folder.path().join("in/план.docx"), docx(&rows())).unwrap();
    let said = printed(&srez(folder.path(), &["check", "in"]));
    assert!(said.contains("это текстовый документ"), "{said}");
    let broken: [(&str, Vec<u8>); 3] = [
        ("текст.docx", package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")])),
        ("обрезан.docx", docx(&rows())[..500].to_vec()),
        (
            "не кончен.docx",
            package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:tbl><w:tr><w:tc>")]),
        ),
    ];
    for (name, bytes) in broken {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let (code, said) = import(folder.path(), name);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(name) && said.contains("нет таблицы заданий"), "{said}");
    }
    assert!(!folder.path().join("exams").exists());
}
