//! One folder with files of all kinds of bad input, and what `check` says of them on the screen.

use crate::containers::{
    hidden_row_record, number_record, ods, package, parts, text_record, unvalued_record, xls, xls_of_95, xlsx, xlsx_of,
};
use crate::trial::{Trial, printed, srez};
use std::path::Path;

/// Kind of bad input, what is odd, the bytes, and a code that the screen must show for the file; none if the file is
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
        (17, "дата вместо балла", with("50001;1;02.05.2026;1;1;1\n"), "превратил запись"),
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
        (26, "формула", with("=cmd|' /C calc'!A0;1;2;1;1;3\n"), "R39"),
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

/// Kinds of the hostile files by a part of their names; the rest are bombs.
fn kind_of_hostile(file: &str) -> u8 {
    let kinds = [
        ("парол", 4),
        ("обрезан", 3),
        ("далёкая", 8),
        ("строк", 6),
        ("углы", 7),
        ("повторы", 9),
        ("кольцо", 10),
        ("атрибуты", 11),
        ("вложенность", 11),
        ("сущност", 11),
        ("UTF-16", 11),
        ("кавычка", 24),
        ("длинная", 24),
        ("нули", 21),
        ("не текст", 19),
    ];
    kinds.iter().find(|(part, _)| file.contains(part)).map_or(5, |(_, kind)| *kind)
}

/// The form as a workbook with a word of its sheet replaced.
fn with_sheet(rows: &str, word: &str, by: &str) -> Vec<u8> {
    let mut made = parts(&xlsx_of(&grid(&format!("{HEADER}\n{rows}"))));
    for (_, bytes) in made.iter_mut().filter(|(name, _)| name.ends_with("sheet1.xml")) {
        *bytes = String::from_utf8(std::mem::take(bytes)).unwrap().replace(word, by).into_bytes();
    }
    package(&made)
}

/// The class is merged over two rows.
fn merged() -> Vec<u8> {
    let merges = "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"E2:E3\"/></mergeCells>";
    with_sheet("50001;1;2;1;1;3\n50002;2;0;1;;1\n", "</sheetData>", merges)
}

/// The form as a table of Excel 2003 in the code page of Windows.
fn xml_table() -> Vec<u8> {
    let cell = |text: &str| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>");
    let row = |line: &str| format!("<Row>{}</Row>", line.split(';').map(cell).collect::<String>());
    let rows: String = format!("{HEADER}\n{ROWS}").lines().map(row).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?>\n<Workbook \
         xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet \
         ss:Name=\"Протокол\"><Table>{rows}</Table></Worksheet></Workbook>"
    );
    in_code_page(&text, encoding_rs::WINDOWS_1251)
}

/// The form as an ods and an xls: a hidden row, and a formula without a value at C3.
fn hidden_and_unvalued() -> [Vec<u8>; 2] {
    let whole = grid(&format!("{HEADER}\n{ROWS}"));
    let mut table = "<table:table table:name=\"Протокол\">".to_owned();
    let mut records = hidden_row_record(1);
    for (row, cells) in (0_u16..).zip(&whole) {
        table.push_str(if row == 1 { "<table:table-row table:visibility=\"collapse\">" } else { "<table:table-row>" });
        for (column, cell) in (0_u16..).zip(cells) {
            if (row, column) == (2, 2) {
                table.push_str("<table:table-cell table:formula=\"of:=[.B3]+1\"/>");
                records.extend(unvalued_record(row, column));
            } else {
                table.push_str(&format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
                ));
                records.extend(
                    cell.parse()
                        .map_or_else(|_| text_record(row, column, cell), |number| number_record(row, column, number)),
                );
            }
        }
        table.push_str("</table:table-row>");
    }
    [ods(&format!("{table}</table:table>"), ""), xls(&[], &records)]
}

/// The form as a workbook of LibreOffice that is one XML text.
fn flat_ods(whole: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let rows: String = whole.iter().map(row).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document><office:body><office:spreadsheet><table:table \
         table:name=\"Протокол\">{rows}</table:table></office:spreadsheet></office:body></office:document>\n"
    )
    .into_bytes()
}

/// Workbooks with something odd in one place, and texts in every code page.
fn books_and_pages(whole: &str) -> Vec<Fixture> {
    let mut all = Vec::new();
    let mut add = |kind, name: String, bytes: Vec<u8>, code| all.push(Fixture { kind, name, bytes, code });
    let [hidden_ods, hidden_xls] = hidden_and_unvalued();
    add(15, name(15, 2, "формула без значения", "ods"), hidden_ods, "R07");
    add(25, name(25, 3, "скрытая строка", "xls"), hidden_xls, "I19");
    add(14, name(14, 1, "объединённый класс", "xlsx"), merged(), "R33");
    let dimension = "<dimension ref=\"A1:ZZZZZZ1\"/><sheetData>";
    let rows = ROWS.replace("50001", "50081");
    add(8, name(8, 1, "лживые размеры", "xlsx"), with_sheet(&rows, "<sheetData>", dimension), "");
    add(2, name(2, 3, "таблица XML", "xls"), xml_table(), "I06");
    let changed = grid(&whole.replace("50001", "50021"));
    add(20, name(20, 1, "Excel 95 без кодовой страницы", "xls"), xls_of_95(&changed, None), "");
    let changed = grid(&whole.replace("50001", "50022"));
    add(20, name(20, 2, "Excel 95 с чужой кодовой страницей", "xls"), xls_of_95(&changed, Some(1252)), "");
    add(19, name(19, 1, "cp1251", "csv"), in_code_page(whole, encoding_rs::WINDOWS_1251), "");
    add(19, name(19, 2, "cp866", "csv"), in_code_page(whole, encoding_rs::IBM866), "");
    add(19, name(19, 3, "koi8-r", "csv"), in_code_page(whole, encoding_rs::KOI8_R), "");
    let changed = whole.replace("50001", "50023");
    let misread = encoding_rs::WINDOWS_1251.decode_without_bom_handling(changed.as_bytes()).0.into_owned();
    add(19, name(19, 91, "UTF-8 как cp1251", "csv"), misread.into_bytes(), "I24");
    let lines = whole.replace("50001", "50024").lines().map(|line| format!("\"{line}\"\n")).collect::<String>();
    add(24, name(24, 91, "строки в кавычках", "csv"), lines.into_bytes(), "I25");
    add(2, name(2, 91, "единый XML", "fods"), flat_ods(&grid(&whole.replace("50001", "50025"))), "");
    let wide: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
    add(19, name(19, 4, "UTF-16", "csv"), [b"\xFF\xFE".to_vec(), wide].concat(), "");
    all
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
        let kind = kind_of_hostile(file);
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
    all.extend(books_and_pages(&whole));
    let mut add = |kind, name: String, bytes: Vec<u8>, code| all.push(Fixture { kind, name, bytes, code });
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
    let mut all = fixtures();
    std::fs::create_dir_all(folder).unwrap();
    for fixture in &all {
        std::fs::write(folder.join(&fixture.name), &fixture.bytes).unwrap();
    }
    all.extend(no_regular_files(folder));
    all
}

/// Kind 29: what is in a folder but is not a file, or differs from another name only in case.
#[cfg(unix)]
fn no_regular_files(folder: &Path) -> Vec<Fixture> {
    let of = |name: &str, code| Fixture { kind: 29, name: name.to_owned(), bytes: Vec::new(), code };
    let secret = folder.join("../тайна.csv");
    std::fs::write(&secret, format!("{HEADER}\n{ROWS}")).unwrap();
    std::os::unix::fs::symlink("../тайна.csv", folder.join("ссылка.csv")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("труба.xlsx")).status().unwrap().success());
    std::fs::create_dir(folder.join("папка.xlsx")).unwrap();
    let inside = name(29, 1, "в папке с именем книги", "csv");
    std::fs::write(folder.join("папка.xlsx").join(&inside), format!("{HEADER}\n50031;1;2;1;1;3\n")).unwrap();
    let twin = name(29, 2, "двойник", "csv");
    let other = twin.replace("двойник", "ДВОЙНИК");
    std::fs::write(folder.join(&twin), format!("{HEADER}\n50032;1;2;1;1;3\n")).unwrap();
    std::fs::write(folder.join(&other), format!("{HEADER}\n50032;1;2;0;1;2\n")).unwrap();
    vec![of("ссылка.csv", "I14"), of("труба.xlsx", "I14"), of(&inside, ""), of(&twin, "C07"), of(&other, "C07")]
}

/// Systems without links and pipes.
#[cfg(not(unix))]
fn no_regular_files(_folder: &Path) -> Vec<Fixture> {
    Vec::new()
}

/// What the screen says of each file: the lines from its name to the next empty line.
fn lines_about<'a>(screen: &'a str, name: &str) -> &'a str {
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
        let told = lines_about(&screen, &fixture.name);
        assert!(told.contains(fixture.code), "kind {}, {} lacks {}:\n{told}", fixture.kind, fixture.name, fixture.code);
        if told.contains("файл не принят") {
            assert!(told.contains("что делать:"), "no next step:\n{told}");
        }
    }
    if cfg!(unix) {
        let kinds: std::collections::BTreeSet<u8> = all.iter().map(|fixture| fixture.kind).collect();
        assert_eq!(
            kinds.into_iter().collect::<Vec<u8>>(),
            (1..=31).collect::<Vec<u8>>(),
            "every kind lies in the folder"
        );
    }
    for part in [
        "Excel 95 без",
        "Excel 95 с чужой",
        "таблица XML",
        "объединённый класс",
        "лживые размеры",
        "UTF-8 как cp1251",
        "строки в кавычках",
        "единый XML",
    ] {
        let told = lines_about(&screen, &all.iter().find(|fixture| fixture.name.contains(part)).unwrap().name);
        assert!(told.contains("принято 2"), "{told}");
    }
    assert!(!screen.contains("сбой программы"), "{screen}");
    assert!(!screen.contains("panicked") && !screen.contains("I15") && !screen.contains("I16"), "{screen}");
}

#[cfg(target_os = "linux")]
#[test]
fn of_an_archive_only_the_member_that_no_memory_holds_is_lost() {
    let trial = Trial::with_files();
    let pipeline = std::fs::read_to_string(trial.path().join("trial.toml")).unwrap();
    let pipeline = format!("{pipeline}[limits]\ncells = 1000000000000\n");
    std::fs::write(trial.path().join("trial.toml"), pipeline).unwrap();
    let [first, wide, last] = [1, 2, 3].map(|part| name(32, part, "в архиве", "csv"));
    let good = |code: &str| format!("{HEADER}\n{}", ROWS.replace("5000", code));
    let too_wide = format!("{}1\n{}", ";".repeat(16_000), "1;2\n".repeat(3_000));
    let members = [(first.as_str(), good("6001")), (wide.as_str(), too_wide), (last.as_str(), good("6002"))];
    std::fs::create_dir_all(trial.path().join("files")).unwrap();
    std::fs::write(trial.path().join("files/Сдача.zip"), package(&members)).unwrap();
    let text = printed(&trial.run());
    let ends: Vec<(String, String)> =
        trial.table("files").iter().map(|row| (row["file"].clone(), row["rows_accepted"].clone())).collect();
    let expected = [(&first, "2"), (&wide, "0"), (&last, "2")]
        .map(|(member, rows)| (format!("files/Сдача.zip/{member}"), rows.to_owned()));
    assert_eq!(ends, expected, "{text}");
    let told: Vec<String> =
        trial.table("notes").iter().filter(|note| note["code"] == "I15").map(|note| note["file"].clone()).collect();
    assert_eq!(told, [format!("files/Сдача.zip/{wide}")]);
}

/// Writes the folder for reading by hand: `SREZ_FIXTURES=FOLDER cargo test --test it write_all_fixtures -- --ignored`.
#[test]
#[ignore = "writes a folder for reading by hand"]
fn write_all_fixtures() {
    let Ok(folder) = std::env::var("SREZ_FIXTURES") else {
        return println!("SREZ_FIXTURES names no folder: nothing is written");
    };
    let all = write(Path::new(&folder));
    println!("{} files", all.len());
}
