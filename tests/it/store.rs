//! The history as an analyst meets it: commands, corrections, decisions, bad stores, and twelve months one after
//! another.

use crate::trial::{Trial, printed, srez};
use calamine::{Data, Reader, Xlsx, open_workbook};
use srez_testkit::sources::{files_below, root};
use std::collections::BTreeMap;
use std::path::Path;

/// A pipeline that reads a folder `inbox` against the register and the specifications of the sample.
fn pipeline() -> String {
    let sample = root().join("sample-data");
    format!(
        "title = \"Проверка истории\"\ndate = \"2026-06-05\"\n[inputs]\nfolders = [\"inbox\"]\n\
         schools = \"{0}/schools.csv\"\nexams = \"{0}/exams\"\n[store]\nfolder = \"store\"\nkey = \"store.key\"\n\
         [reports]\nfolder = \"reports\"\nformats = [\"html\"]\n",
        sample.display()
    )
}

pub(crate) fn trial() -> Trial {
    let trial = Trial::new(&pipeline());
    std::fs::create_dir(trial.path().join("inbox")).unwrap();
    trial
}

/// Puts a file of the sample into the inbox.
pub(crate) fn deliver(trial: &Trial, path: &str) {
    let target = trial.path().join("inbox").join(path);
    std::fs::create_dir_all(target.parent().unwrap()).unwrap();
    std::fs::copy(root().join("sample-data").join(path), target).unwrap();
}

/// The same file with other points of the first pupils on the first task.
pub(crate) fn deliver_corrected(trial: &Trial, path: &str, pupils: usize) {
    let mut left = pupils;
    deliver_edited(trial, path, |column, code, cell| {
        if let (6, Data::Float(_), Data::Float(points)) = (column, code, &cell)
            && left > 0
            && *points <= 1.0
        {
            left -= 1;
            return Data::Float(1.0 - points);
        }
        cell
    });
    assert_eq!(left, 0, "{path} has no {pupils} pupils to correct");
}

/// The same file with every mark one better: a scale that differs from the specification.
pub(crate) fn deliver_marked_otherwise(trial: &Trial, path: &str) {
    let mut changed = 0;
    deliver_edited(trial, path, |column, code, cell| match (column, code, &cell) {
        (25, Data::Float(_), Data::Float(mark)) if *mark < 5.0 => {
            changed += 1;
            Data::Float(mark + 1.0)
        }
        _ => cell,
    });
    assert!(changed > 0, "{path} has no marks");
}

/// The same form with cells changed: by column, counted from 0, code of the participant and new cell.
pub(crate) fn deliver_edited(trial: &Trial, path: &str, mut edit: impl FnMut(u32, &Data, Data) -> Data) {
    let target = trial.path().join("inbox").join(path);
    std::fs::create_dir_all(target.parent().unwrap()).unwrap();
    let mut book: Xlsx<_> = open_workbook(root().join("sample-data").join(path)).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let (rows, columns) = range.end().unwrap();
    let mut written = rust_xlsxwriter::Workbook::new();
    let sheet = written.add_worksheet().set_name(&name).unwrap();
    for row in 0..=rows {
        let value = |column: u32| range.get_value((row, column)).cloned().unwrap_or_default();
        for column in 0..=columns {
            let cell = edit(column, &value(3), value(column));
            let at = (row, u16::try_from(column).unwrap());
            match cell {
                Data::Float(number) => sheet.write_number(at.0, at.1, number).map(|_| ()).unwrap(),
                Data::Int(number) => sheet.write_number(at.0, at.1, number as f64).map(|_| ()).unwrap(),
                Data::String(text) => sheet.write_string(at.0, at.1, text).map(|_| ()).unwrap(),
                _ => {}
            }
        }
    }
    written.save(target).unwrap();
}

/// Runs a command in the folder of a trial and expects an exit code; what it printed.
pub(crate) fn output_of(trial: &Trial, arguments: &[&str], code: i32) -> String {
    let output = srez(trial.path(), arguments);
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{text}");
    text
}

pub(crate) const MATH: &str = "2026-05/edu990001/Ф1_Индивидуальные результаты ВПР 2026 Математика 8 класс.xlsx";

#[test]
fn the_history_of_a_correction_is_told_and_can_be_taken_back() {
    let trial = trial();
    assert!(output_of(&trial, &["history", "trial.toml"], 1).contains("нет хранилища"));
    deliver(&trial, MATH);
    output_of(&trial, &["run", "trial.toml"], 0);
    deliver_corrected(&trial, MATH, 2);
    let run = output_of(&trial, &["run", "trial.toml"], 0);
    assert!(run.contains("исправлено строк 2"), "{run}");

    let list = output_of(&trial, &["history", "trial.toml"], 0);
    assert!(list.lines().nth(1).unwrap().starts_with("1     поставка"), "{list}");
    let show = output_of(&trial, &["history", "trial.toml", "--show", "2"], 0);
    assert!(show.contains("vpr-2026-math-8") && show.contains("edu990001") && show.contains("исправлено"), "{show}");
    let diff = output_of(&trial, &["history", "trial.toml", "--diff", "1", "2"], 0);
    assert!(diff.contains("прибыло 0, убыло 0, исправлено 2"), "{diff}");
    assert!(output_of(&trial, &["history", "trial.toml", "--show", "7"], 64).contains("последний — 2"));

    let verified = output_of(&trial, &["verify", "trial.toml"], 0);
    assert!(verified.contains("байт в байт") && verified.contains("контрольные суммы сходятся"), "{verified}");
    let undone = output_of(&trial, &["history", "trial.toml", "--undo", "--reason", "не тот файл"], 0);
    assert!(undone.contains("Срез 3: всё снова как в срезе 1") && undone.contains("исправлено 2"), "{undone}");
    assert!(output_of(&trial, &["history", "trial.toml"], 0).contains("не тот файл"));
    let verified = output_of(&trial, &["verify", "trial.toml"], 0);
    assert!(verified.contains("выпущен по срезу 2") && verified.contains("байт в байт"), "{verified}");
}

#[test]
fn a_withdrawn_school_stays_out_of_documents_until_it_is_readmitted() {
    let trial = trial();
    let other = MATH.replace("edu990001", "edu990002");
    deliver(&trial, MATH);
    deliver(&trial, &other);
    output_of(&trial, &["run", "trial.toml"], 0);
    let n = |trial: &Trial| -> u32 {
        trial.table("marks").iter().find(|row| row["level"] == "all").unwrap()["n"].parse().unwrap()
    };
    let schools = |trial: &Trial| trial.table("marks").iter().filter(|row| row["level"] == "school").count();
    let (all, both) = (n(&trial), schools(&trial));
    assert_eq!(both, 2);
    let told = output_of(&trial, &["history", "trial.toml", "--withdraw", "vpr-2026-math-8", "edu990002"], 0);
    assert!(told.contains("--readmit") && told.contains("edu990002"), "{told}");
    let run = output_of(&trial, &["run", "trial.toml"], 0);
    assert!(run.contains("отозванных блоков"), "{run}");
    assert!(n(&trial) < all && schools(&trial) == 1);
    let unknown = output_of(&trial, &["history", "trial.toml", "--withdraw", "vpr-2026-math-9", "edu990002"], 64);
    assert!(unknown.contains("vpr-2026-math-8"), "{unknown}");
    output_of(&trial, &["history", "trial.toml", "--readmit", "vpr-2026-math-8", "edu990002"], 0);
    output_of(&trial, &["run", "trial.toml"], 0);
    assert_eq!((n(&trial), schools(&trial)), (all, both));
}

/// A whole file of the store in a layout that is not known yet.
fn future_record() -> String {
    let body = "{\"schema\":99,\"period\":\"2026-05\"}";
    format!("{{\"blake3\":\"{}\",\"entry\":{body}}}\n", blake3::hash(body.as_bytes()).to_hex())
}

#[test]
fn every_bad_store_has_a_message_of_its_own_and_stays_as_it_is() {
    let trial = trial();
    deliver(&trial, MATH);
    output_of(&trial, &["run", "trial.toml"], 0);
    let store = trial.path().join("store");
    let entry = store.join("log/00000001.json");
    let whole = std::fs::read(&entry).unwrap();
    let before = trial.hashes("reports");

    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    std::fs::write(&entry, &flipped).unwrap();
    for command in ["run", "verify", "gc", "history"] {
        let text = output_of(&trial, &[command, "trial.toml"], 1);
        assert!(text.contains("хранилище повреждено") && text.contains("резервной копии"), "{text}");
    }
    assert_eq!(std::fs::read(&entry).unwrap(), flipped);
    std::fs::write(&entry, future_record()).unwrap();
    for command in ["run", "verify", "gc", "history"] {
        let text = output_of(&trial, &[command, "trial.toml"], 1);
        assert!(text.contains("более новой версией") && text.contains("обновите программу"), "{text}");
    }
    std::fs::write(&entry, &whole).unwrap();

    let data = files_below(&store).into_iter().find(|path| path.ends_with(".parquet")).unwrap();
    let rows = std::fs::read(store.join(&data)).unwrap();
    std::fs::write(store.join(&data), &rows[1..]).unwrap();
    let text = output_of(&trial, &["verify", "trial.toml"], 1);
    assert!(text.contains("размер не тот") && text.contains("Что делать"), "{text}");
    assert!(output_of(&trial, &["run", "trial.toml"], 1).contains("хранилище повреждено"));
    std::fs::write(store.join(&data), &rows).unwrap();

    let lock = std::fs::OpenOptions::new().write(true).open(store.join(".lock")).unwrap();
    lock.lock().unwrap();
    let text = output_of(&trial, &["run", "trial.toml"], 1);
    assert!(text.contains("занято") && text.contains("дождитесь"), "{text}");
    output_of(&trial, &["history", "trial.toml"], 0);
    lock.unlock().unwrap();

    std::fs::write(store.join(format!("data/{}.parquet.tmp", "0".repeat(64))), b"PAR1").unwrap();
    let text = output_of(&trial, &["gc", "trial.toml", "--dry-run"], 0);
    assert!(text.contains("Будет удалено: 1\u{a0}файл"), "{text}");
    assert!(output_of(&trial, &["gc", "trial.toml"], 0).contains("Удалено: 1\u{a0}файл"));
    assert!(output_of(&trial, &["gc", "trial.toml"], 0).contains("Лишнего нет"));
    assert_eq!(trial.hashes("reports"), before, "the published period is untouched");
    output_of(&trial, &["verify", "trial.toml"], 0);
}

#[test]
fn a_run_tells_of_records_that_it_cannot_understand() {
    let trial = trial();
    deliver(&trial, MATH);
    output_of(&trial, &["run", "trial.toml"], 0);
    let record = |name: &str| std::fs::write(trial.path().join("store").join(name), future_record()).unwrap();
    record("checks/00000002.json");
    record("releases/00000001-2026-05.json");
    deliver_corrected(&trial, MATH, 1);
    let run = output_of(&trial, &["run", "trial.toml", "--period", "2026-05"], 0);
    for what in ["проверках", "выпусках"] {
        assert!(run.contains(&format!("записей о {what}, составленных другой версией программы: 1")), "{run}");
    }
    let page = std::fs::read_to_string(trial.path().join("reports/2026-05/index.html")).unwrap();
    assert!(page.contains("составленных другой версией программы, 1"), "the start page tells it too");
    let verified = output_of(&trial, &["verify", "trial.toml", "--period", "2026-05"], 0);
    assert!(verified.contains("байт в байт") && verified.contains("другой версией"), "{verified}");
}

#[test]
fn a_published_document_that_was_edited_is_told() {
    let trial = trial();
    deliver(&trial, MATH);
    output_of(&trial, &["run", "trial.toml"], 0);
    let table = trial.period().join("data/marks.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, text + "\n").unwrap();
    let told = output_of(&trial, &["verify", "trial.toml"], 1);
    assert!(told.contains("Изменены после выпуска") && told.contains("data/marks.csv"), "{told}");
    output_of(&trial, &["run", "trial.toml"], 0);
    deliver_corrected(&trial, MATH, 1);
    let told = output_of(&trial, &["verify", "trial.toml"], 1);
    assert!(told.contains("входные файлы с тех пор изменены"), "{told}");
}

/// Files of the sample that hold results of one class set each and do not contradict each other.
fn clean_files() -> Vec<String> {
    let dirty = ["прислано", "исправления", "Копия", "(1)", "edu990777", ".zip"];
    let mut files = Vec::new();
    for folder in ["2025-05", "2026-05"] {
        let below = files_below(&root().join("sample-data").join(folder)).into_iter();
        files.extend(below.map(|path| format!("{folder}/{path}")));
    }
    files.retain(|path| path.ends_with(".xlsx") && !dirty.iter().any(|word| path.contains(word)));
    files
}

/// Tables about files, about notes on them, or about changes; all others are about results.
const OF_DELIVERIES: [&str; 6] = ["files", "notes", "corrections", "data_quality", "delta", "reference_facts"];

/// All tables of results of a period.
pub(crate) fn results(trial: &Trial, period: &str) -> BTreeMap<String, String> {
    let folder = trial.path().join("reports").join(period).join("data");
    let names = files_below(&folder).into_iter().filter_map(|name| Some(name.strip_suffix(".csv")?.to_owned()));
    let tables = names.filter(|name| !OF_DELIVERIES.contains(&name.as_str()));
    tables.map(|name| (name.clone(), std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap())).collect()
}

/// Compares the tables of two periods line by line.
pub(crate) fn are_same(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    assert!(one.contains_key("marks") && one.contains_key("comparisons") && one.contains_key("findings"));
    assert!(one.keys().eq(other.keys()));
    for (name, text) in other {
        let pairs = one[name].lines().zip(text.lines());
        let differs: Vec<_> = pairs.filter(|(one, other)| one != other).take(5).collect();
        assert!(one[name] == *text, "{name} differs: {differs:#?}");
    }
}

pub(crate) fn empty(folder: &Path) {
    std::fs::remove_dir_all(folder).unwrap();
    std::fs::create_dir(folder).unwrap();
}

#[test]
#[ignore = "takes minutes"]
fn twelve_months_of_deliveries_and_corrections_are_one_history() {
    let files = clean_files();
    assert!(files.len() > 50, "{}", files.len());
    let trial = trial();
    let inbox = trial.path().join("inbox");
    let mut corrected: BTreeMap<String, usize> = BTreeMap::new();
    for month in 0..12_usize {
        let period = if month < 4 { format!("2025-{:02}", month + 9) } else { format!("2026-{:02}", month - 3) };
        empty(&inbox);
        for path in files.iter().skip(month).step_by(12) {
            deliver(&trial, path);
        }
        // A file of an earlier month comes again, corrected.
        let again = files.iter().skip(month.saturating_sub(1)).step_by(12).find(|path| path.contains("/Ф1_"));
        if let Some(path) = again.filter(|_| month > 0) {
            let pupils = month % 4 + 1;
            deliver_corrected(&trial, path, pupils);
            corrected.insert(path.clone(), pupils);
        }
        let run = srez(trial.path(), &["run", "trial.toml", "--period", &period]);
        assert!(matches!(run.status.code(), Some(0 | 2)), "{}", printed(&run));
        if month == 6 {
            // A wrong file is delivered and withdrawn.
            empty(&inbox);
            deliver_corrected(&trial, MATH, 9);
            output_of(&trial, &["run", "trial.toml", "--period", "2026-13"], 64);
            output_of(&trial, &["run", "trial.toml", "--period", "2026-03"], 0);
            output_of(&trial, &["history", "trial.toml", "--undo", "--reason", "не тот файл"], 0);
        }
        if month == 8 {
            output_of(&trial, &["history", "trial.toml", "--withdraw", "vpr-2026-math-8", "edu990001"], 0);
        }
        if month == 10 {
            output_of(&trial, &["history", "trial.toml", "--readmit", "vpr-2026-math-8", "edu990001"], 0);
        }
        output_of(&trial, &["verify", "trial.toml", "--store-only"], 0);
    }
    let verified = output_of(&trial, &["verify", "trial.toml", "--period", "2026-08"], 0);
    println!("{verified}{}", output_of(&trial, &["history", "trial.toml"], 0));

    let at_once = self::trial();
    for path in &files {
        match corrected.get(path) {
            Some(pupils) => deliver_corrected(&at_once, path, *pupils),
            None => deliver(&at_once, path),
        }
    }
    let run = srez(at_once.path(), &["run", "trial.toml", "--period", "2026-08"]);
    assert!(matches!(run.status.code(), Some(0 | 2)), "{}", printed(&run));
    are_same(&results(&trial, "2026-08"), &results(&at_once, "2026-08"));
    assert!(corrected.len() > 5);
}

#[test]
fn marks_do_not_depend_on_how_deliveries_are_split() {
    let of_school = |school: &str| MATH.replace("edu990001", school);
    let (large, other, small) = (MATH.to_owned(), of_school("edu990003"), of_school("edu990012"));
    // Five marks of one small school against the scale; then those of most pupils.
    for otherwise in [&small, &large] {
        let put = |trial: &Trial, path: &String| {
            if path == otherwise { deliver_marked_otherwise(trial, path) } else { deliver(trial, path) }
        };
        let splits: [&[&[&String]]; 3] =
            [&[&[&large, &other, &small]], &[&[&small], &[&large, &other]], &[&[&large], &[&small], &[&other]]];
        let mut first = None;
        for split in splits {
            let trial = trial();
            for run in split {
                empty(&trial.path().join("inbox"));
                run.iter().for_each(|path| put(&trial, path));
                output_of(&trial, &["run", "trial.toml"], 0);
            }
            let tables = results(&trial, "2026-06");
            match &first {
                None => first = Some(tables),
                Some(first) => are_same(first, &tables),
            }
        }
        let marks = first.unwrap().remove("marks").unwrap();
        assert!(marks.lines().any(|line| line.contains(",school,edu990012,")), "{marks}");
    }
}
