//! One folder with files of all kinds of bad input, and what `check` says of them on the screen.

use crate::containers::{number_record, package, xls, xlsx, xlsx_of};
use crate::trial::{printed, srez};
use std::path::Path;

/// Kind of bad input, what is odd, the bytes, and a code that the screen must show for the file; none where the file is
/// simply left out or read.
struct Fixture {
    kind: u8,
    name: String,
    bytes: Vec<u8>,
    code: &'static str,
}

const HEADER: &str = "Код участника;Вариант;1 (2б);2 (1б);Порядковый номер класса;Итого баллов";
const ROWS: &str = "50001;1;2;1;1;3\n50002;2;0;X;1;0\n";

/// The name of a school form: every fixture comes from a school of its own.
fn name(kind: u8, part: u8, what: &str, extension: &str) -> String {
    format!("edu99{kind:02}{part:02}_Математика 5 класс ВПР 2026 {what}.{extension}")
}

fn grid(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

/// Text in a single-byte code page.
fn in_code_page(text: &str, code_page: &'static encoding_rs::Encoding) -> Vec<u8> {
    code_page.encode(text).0.into_owned()
}

fn texts() -> Vec<(u8, &'static str, String, &'static str)> {
    let whole = format!("{HEADER}\n{ROWS}");
    let with = |rows: &str| format!("{HEADER}\n{rows}");
    vec![
        (12, "заголовок ниже, итоги", format!("Форма сбора;;;;;\n;;;;;\n{HEADER}\n{ROWS}Итого;;2;1;;3\n"), ""),
        (12, "нет заголовка", "1;2;3\n4;5;6\n".to_owned(), "R01"),
        (13, "два столбца задания 1", whole.replace("2 (1б)", "1 (2б)"), "R06"),
        (13, "нет столбцов", whole.replace("Порядковый номер класса", "Прочее"), "R02"),
        (13, "лишний столбец", format!("{HEADER};Учитель\n50001;1;2;1;1;3;-\n"), "R21"),
        (16, "ошибка и пропуск", with("50001;1;#N/A;1;1;1\n50002;1;;;1;\n"), "R07"),
        (17, "дата вместо балла", with("50001;1;02.05.2026;1;1;1\n"), "R07"),
        (18, "коды и дроби", with("50001.0;1;2,0;1;1;3\n50002;1;1,5;1;1;2\n"), "R38"),
        (
            18,
            "код короче",
            with(&format!("{ROWS}50003;1;1;1;1;2\n50004;1;1;1;1;2\n50005;1;1;1;1;2\n5006;1;1;1;1;2\n")),
            "V13",
        ),
        (21, "знаки управления", with("50001;1;2\u{1};1;1;3\n"), "I21"),
        (22, "невидимые знаки", whole.replace("участника", "участ\u{ad}ни\u{200b}ка"), ""),
        (23, "латиница", whole.replace("Код", "Koд").replace('X', "x"), ""),
        (24, "кавычка", with("50001;1;2;1;1;3\n50002;1;\"2;1;1;3\n50003;1;2;1;1;3\n"), "I18"),
        (26, "формула", with("=cmd|' /C calc'!A0;1;2;1;1;3\n"), ""),
        (28, "разметка", with("<b>#read(\"x\")</b>;1;2;1;1;3\n"), ""),
        (31, "сумма и максимум", with("50001;1;2;1;1;7\n50002;1;9;1;1;10\n"), "V01"),
        (31, "пустая форма", format!("{HEADER}\n"), "R05"),
        (
            31,
            "работа в заголовке другая",
            whole.replace(HEADER, &format!("ВПР 2026 Физика 8 класс;;;;;\n{HEADER}")),
            "R04",
        ),
    ]
}

fn fixtures() -> Vec<Fixture> {
    let mut all = Vec::new();
    let mut add = |kind, name: String, bytes: Vec<u8>, code| all.push(Fixture { kind, name, bytes, code });
    let whole = format!("{HEADER}\n{ROWS}");
    add(1, name(1, 1, "пусто", "xlsx"), Vec::new(), "I01");
    add(1, "~$Форма.xlsx".to_owned(), b"x".to_vec(), "");
    add(2, name(2, 1, "книга под видом xls", "xls"), xlsx_of(&grid(&whole)), "I06");
    let cells = |line: &str| line.split(';').map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let table: String = whole.lines().map(|line| format!("<tr>{}</tr>", cells(line))).collect();
    add(
        2,
        name(2, 2, "страница под видом xls", "xls"),
        format!("<html><table>{table}</table></html>").into_bytes(),
        "I06",
    );
    for (part, (file, bytes, code, _)) in (1_u8..).zip(crate::hostile::all()) {
        let kind = if file.contains("пароль") {
            4
        } else if file.contains("обрезан") {
            3
        } else {
            5
        };
        let extension = file.rsplit('.').next().unwrap_or_default();
        let stem = file.trim_end_matches(extension).trim_end_matches('.');
        // A member of an archive has a name of its own.
        let name = if extension == "zip" { file.to_owned() } else { name(kind, part, stem, extension) };
        add(kind, name, bytes, if extension == "zip" { "" } else { code });
    }
    let mut sheet = String::new();
    for (row, line) in (1..).zip(whole.lines()) {
        let cell = |(column, text): (u32, &str)| {
            let address = format!("{}{row}", crate::containers::column_name(column));
            match (row, column) {
                (3, 2) => format!("<c r=\"{address}\"><f>1+1</f></c>"),
                _ => format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            }
        };
        let cells: String = (0..).zip(line.split(';')).map(cell).collect();
        let hidden = if row == 2 { " hidden=\"1\"" } else { "" };
        sheet.push_str(&format!("<row r=\"{row}\"{hidden}>{cells}</row>"));
    }
    add(15, name(15, 1, "формула без значения", "xlsx"), xlsx(&sheet), "R07");
    add(25, name(25, 1, "скрытая строка", "xlsx"), xlsx(&sheet.replace("50001", "50011")), "I19");
    let rows: Vec<u8> = (0..=u16::MAX).flat_map(|row| number_record(row, 0, 1.0)).collect();
    add(25, name(25, 2, "до последней строки", "xls"), xls(&[], &rows), "I12");
    add(19, name(19, 1, "cp1251", "csv"), in_code_page(&whole, encoding_rs::WINDOWS_1251), "");
    add(19, name(19, 2, "cp866", "csv"), in_code_page(&whole, encoding_rs::IBM866), "");
    add(19, name(19, 3, "koi8-r", "csv"), in_code_page(&whole, encoding_rs::KOI8_R), "");
    let wide: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
    add(19, name(19, 4, "UTF-16", "csv"), [b"\xFF\xFE".to_vec(), wide].concat(), "");
    add(27, name(27, 1, &"длинное имя ".repeat(6), "csv"), whole.clone().into_bytes(), "");
    add(30, name(27, 1, "копия", "csv"), whole.clone().into_bytes(), "C11");
    add(30, name(30, 1, "чужой", "csv"), whole.clone().into_bytes(), "C17");
    add(30, "Выгрузки.zip".to_owned(), package(&[(name(30, 2, "в архиве", "csv"), whole.as_bytes())]), "");
    for (part, (kind, what, text, code)) in (1_u8..).zip(texts()) {
        add(kind, name(kind, part + 40, what, "csv"), text.into_bytes(), code);
    }
    all
}

fn write(folder: &Path) -> Vec<Fixture> {
    let all = fixtures();
    std::fs::create_dir_all(folder).unwrap();
    for fixture in &all {
        std::fs::write(folder.join(&fixture.name), &fixture.bytes).unwrap();
    }
    all
}

/// What the screen says of each file: the lines from its name to the next empty line.
fn told<'a>(screen: &'a str, name: &str) -> &'a str {
    let from = screen.find(&format!("{name} — ")).unwrap_or_else(|| panic!("{name} is not on the screen:\n{screen}"));
    let rest = &screen[from..];
    rest.find("\n\n").map_or(rest, |end| &rest[..end])
}

#[test]
fn check_tells_every_file_of_a_folder_with_all_kinds() {
    let folder = tempfile::tempdir().unwrap();
    let all = write(&folder.path().join("files"));
    let output = srez(folder.path(), &["check", "files"]);
    let screen = printed(&output);
    assert_eq!(output.status.code(), Some(2), "{screen}");
    for fixture in all.iter().filter(|fixture| !fixture.name.ends_with(".zip")) {
        let told = told(&screen, &fixture.name);
        assert!(told.contains(fixture.code), "kind {}, {} lacks {}:\n{told}", fixture.kind, fixture.name, fixture.code);
        if told.contains("файл не принят") {
            assert!(told.contains("что делать:"), "no next step:\n{told}");
        }
    }
    assert!(!screen.contains("panicked") && !screen.contains("I15") && !screen.contains("I16"), "{screen}");
}

/// Writes the folder for reading by hand: `SREZ_FIXTURES=FOLDER cargo test --test it write_all_fixtures -- --ignored`.
#[test]
#[ignore = "writes a folder for reading by hand"]
fn write_all_fixtures() {
    let folder = std::env::var("SREZ_FIXTURES").unwrap();
    let all = write(Path::new(&folder));
    println!("{} files", all.len());
}
