//! A run ends, destroys nothing, and reads nothing of its own: odd schools, edited issues, shared folders, the same
//! month again.

use crate::store::{MATH, deliver, deliver_corrected, deliver_edited, output_of, trial};
use crate::trial::{Trial, printed, rows, srez};
use calamine::Data;
use srez_testkit::sources::{files_below, root};
use std::collections::BTreeSet;

/// Codes of schools as careless hands and programs leave them.
const ODD: [&str; 14] =
    ["—", "№", "?", "%", "..", "/", "😀", "日本", "\u{200b}", "CON", "nul.txt", "еду990001", "a:b", "школа 7 "];

/// The form with an odd school in one row after the other, and in each of these a cell that cannot be read.
fn deliver_with_odd_schools(trial: &Trial, labels: &[String]) {
    let mut left = labels.iter();
    let mut of_row = None;
    deliver_edited(trial, MATH, |column, code, cell| {
        let is_login = matches!(&cell, Data::String(text) if text.contains("990001"));
        if is_login && matches!(code, Data::Float(_)) && column == 0 {
            of_row = left.next().map(|label| (label, code.clone()));
            if let Some((label, _)) = &of_row {
                return Data::String((*label).clone());
            }
        }
        match &of_row {
            Some((_, of)) if of == code && column == 6 => Data::String("x".to_owned()),
            _ => cell,
        }
    });
    assert_eq!(left.count(), 0, "the form has fewer rows");
}

#[test]
fn no_code_of_a_school_ends_the_run() {
    let trial = trial();
    let mut labels: Vec<String> = ODD.iter().map(|label| (*label).to_owned()).collect();
    labels.extend([String::new(), "щ".repeat(300), "z".repeat(300)]);
    deliver_with_odd_schools(&trial, &labels);
    let said = output_of(&trial, &["run", "trial.toml"], 2);
    assert!(!said.contains("Не составлено"), "{said}");
    let files = files_below(&trial.period());
    for file in &files {
        for name in file.split('/') {
            let stem = name.split('.').next().unwrap();
            assert!(!stem.is_empty() && name.len() <= 120 && (name.is_ascii() || name == "срез.html"), "{file}");
            assert!(!["con", "nul", "prn", "aux"].contains(&stem.to_lowercase().as_str()), "{file}");
        }
    }
    let returned: BTreeSet<&str> =
        files.iter().filter_map(|file| file.strip_prefix("qa/returns/")?.split('/').next()).collect();
    assert!(!returned.contains("school"), "nobody can be written to under «—»: {returned:?}");
    let notes = std::fs::read_to_string(trial.period().join("data/notes.csv")).unwrap();
    assert!(notes.contains("похоже на edu990001"), "{notes}");
    output_of(&trial, &["verify", "trial.toml"], 0);
}

#[test]
fn what_she_wrote_is_kept_and_told_on_the_screen_and_on_the_start_page() {
    let trial = trial();
    deliver(&trial, MATH);
    output_of(&trial, &["run", "trial.toml"], 0);
    let period = trial.path().join("reports/2026-06");
    std::fs::write(period.join("qa/index.html"), "мои слова").unwrap();
    std::fs::create_dir(period.join("моё")).unwrap();
    std::fs::write(period.join("моё/заметки.txt"), "позвонить").unwrap();
    let verified = output_of(&trial, &["verify", "trial.toml"], 1);
    assert!(verified.contains("ваши правки"), "{verified}");
    let rehearsed = output_of(&trial, &["run", "trial.toml", "--dry-run"], 0);
    assert!(rehearsed.contains("моё/заметки.txt") && period.join("моё/заметки.txt").exists(), "{rehearsed}");

    let said = output_of(&trial, &["run", "trial.toml"], 0);
    let kept = trial.path().join("reports/ваши правки/2026-06/срез 1 от 2026-06-05");
    for (name, words) in [("qa/index.html", "мои слова"), ("моё/заметки.txt", "позвонить")] {
        assert_eq!(std::fs::read_to_string(kept.join(name)).unwrap(), words);
        assert!(said.contains(name), "{said}");
        let page = std::fs::read_to_string(period.join("index.html")).unwrap();
        assert!(page.contains(name) && page.contains("ваши правки"), "{name} is not on the start page");
    }
    assert!(output_of(&trial, &["verify", "trial.toml"], 0).contains("байт в байт"));
    // Another run still tells where they lie, and moves nothing.
    let said = output_of(&trial, &["run", "trial.toml"], 0);
    assert!(!said.contains("сохранены"), "{said}");
    assert!(std::fs::read_to_string(period.join("index.html")).unwrap().contains("моё/заметки.txt"));
}

#[test]
fn an_issue_of_another_pipeline_is_not_replaced() {
    let trial = trial();
    deliver(&trial, MATH);
    output_of(&trial, &["run", "trial.toml"], 0);
    let before = trial.hashes("reports");
    let text = std::fs::read_to_string(trial.path().join("trial.toml")).unwrap();
    std::fs::write(trial.path().join("район.toml"), text.replace("\"store", "\"other")).unwrap();
    let said = output_of(&trial, &["run", "район.toml"], 1);
    assert!(said.contains("выпуск конвейера «trial»") && said.contains("[reports]"), "{said}");
    assert_eq!(trial.hashes("reports"), before);
    std::fs::write(
        trial.path().join("trial.toml"),
        text.replace("\"store\"", "\"third\"").replace("store.key", "3.key"),
    )
    .unwrap();
    let said = output_of(&trial, &["run", "trial.toml"], 1);
    assert!(said.contains("с другим хранилищем"), "{said}");
    assert_eq!(trial.hashes("reports"), before);
}

#[test]
fn a_pipeline_in_the_folder_of_the_data_reads_the_same_files_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("данные");
    std::fs::create_dir(&data).unwrap();
    std::fs::copy(root().join("sample-data").join(MATH), data.join("Математика 8.xlsx")).unwrap();
    std::fs::write(data.join("испорчено.xlsx"), "не книга").unwrap();
    let run = |arguments: &[&str]| {
        let output = srez(&data, arguments);
        assert!(matches!(output.status.code(), Some(0 | 2)), "{}", printed(&output));
        printed(&output)
    };
    run(&["init", "pipeline", "my.toml", "."]);
    let counted = |said: String| said.lines().find(|line| line.starts_with("Файлов:")).unwrap().to_owned();
    let first = counted(run(&["run", "my.toml"]));
    for _ in 0..5 {
        assert_eq!(counted(run(&["run", "my.toml"])), first);
    }
    // The same with history, key and reports below the data.
    let text = std::fs::read_to_string(data.join("my.toml")).unwrap();
    std::fs::write(data.join("own.toml"), text.replace("\"../", "\"")).unwrap();
    let first = counted(run(&["run", "own.toml"]));
    run(&["key", "rotate", "own.toml"]);
    for _ in 0..5 {
        assert_eq!(counted(run(&["run", "own.toml"])), first);
    }
    let store = data.join("store/my");
    assert!(store.exists() && data.join("store/my.key").exists());
    let keys: Vec<String> = files_below(&data.join("store"))
        .into_iter()
        .filter(|name| name.contains(".key"))
        .map(|name| std::fs::read_to_string(data.join("store").join(name)).unwrap().trim().to_owned())
        .collect();
    assert_eq!(keys.len(), 2);
    for name in files_below(&store) {
        let bytes = std::fs::read(store.join(&name)).unwrap();
        let holds = |key: &String| bytes.windows(key.len()).any(|part| part == key.as_bytes());
        assert!(!keys.iter().any(holds), "{name} holds a key");
    }
}

/// Two issues, the second after a correction in a school that the first hides; what the second shows and the first did
/// not is told, and what the second run printed.
fn issue_and_correct(trial: &Trial, periods: [&str; 2]) -> (Vec<String>, String) {
    let schools: Vec<String> =
        (1..=13).map(|number| MATH.replace("edu990001", &format!("edu9900{number:02}"))).collect();
    let here: Vec<&String> = schools.iter().filter(|path| root().join("sample-data").join(path).exists()).collect();
    here.iter().for_each(|path| deliver(trial, path));
    let run = |period: &str| srez(trial.path(), &["run", "trial.toml", "--period", period]);
    let tables = |period: &str| {
        let folder = trial.path().join(format!("reports/{period}/editions/association-math/data"));
        ["marks", "tasks", "skills"].map(|name| rows(&folder.join(format!("{name}.csv"))))
    };
    let shown = |tables: &[Vec<crate::trial::Row>; 3]| -> BTreeSet<String> {
        let rows = tables.iter().flatten().filter(|row| row.get("pct").is_some_and(|pct| !pct.is_empty()));
        rows.map(|row| format!("{row:?}")).collect()
    };
    run(periods[0]);
    let first = tables(periods[0]);
    let hidden: BTreeSet<&str> = first[0]
        .iter()
        .filter(|row| row["level"] == "school" && row["n"].is_empty())
        .map(|row| row["group"].as_str())
        .collect();
    assert!(!hidden.is_empty() && shown(&first).len() > 50, "{hidden:?}");
    let hidden = here.iter().find(|path| hidden.iter().any(|school| path.contains(school))).unwrap();
    deliver_corrected(trial, hidden, 3);
    let said = printed(&run(periods[1]));
    let known = shown(&first);
    (shown(&tables(periods[1])).difference(&known).cloned().collect(), said)
}

#[test]
fn the_same_month_again_shows_nothing_that_it_hid() {
    let trial = trial();
    let (differences, said) = issue_and_correct(&trial, ["2026-06"; 2]);
    assert!(differences.is_empty(), "what changed tells of 3 pupils: {differences:?}");
    assert!(said.contains("Таблицы для рассылки не обновлены"), "{said}");
    // What was decided stays: the same run again changes nothing, and the issue is made again byte for byte.
    let before = trial.hashes("reports");
    srez(trial.path(), &["run", "trial.toml"]);
    assert_eq!(trial.hashes("reports"), before);
    let verified = printed(&srez(trial.path(), &["verify", "trial.toml"]));
    assert!(verified.contains("байт в байт"), "{verified}");
}

#[test]
fn an_earlier_month_after_a_later_one_shows_nothing_that_it_hid() {
    let trial = trial();
    let (differences, said) = issue_and_correct(&trial, ["2026-06", "2026-05"]);
    assert!(differences.is_empty(), "what changed tells of 3 pupils: {differences:?}");
    assert!(said.contains("Таблицы для рассылки не обновлены"), "{said}");
    let before = trial.hashes("reports");
    let verified = printed(&srez(trial.path(), &["verify", "trial.toml", "--period", "2026-05"]));
    assert!(verified.contains("байт в байт"), "{verified}");
    srez(trial.path(), &["run", "trial.toml", "--period", "2026-05"]);
    assert_eq!(trial.hashes("reports"), before);
}

#[test]
fn of_two_first_runs_at_once_one_does_the_work_and_the_other_says_that_it_waits() {
    for _ in 0..3 {
        let trial = trial();
        deliver(&trial, MATH);
        let start = || srez(trial.path(), &["run", "trial.toml"]);
        let runs = std::thread::scope(|scope| [(); 2].map(|()| scope.spawn(start)).map(|run| run.join().unwrap()));
        let said: Vec<String> = runs.iter().map(printed).collect();
        assert!(runs.iter().any(|run| run.status.code() == Some(0)), "{said:?}");
        for (run, said) in runs.iter().zip(&said) {
            match run.status.code() {
                Some(0) => {}
                _ => assert!(said.contains("занято") && !said.contains("ключ"), "{said}"),
            }
        }
        // The key that lies there is the one that the history knows.
        output_of(&trial, &["run", "trial.toml"], 0);
        output_of(&trial, &["key", "show", "trial.toml"], 0);
    }
}

#[test]
fn without_the_list_of_keys_the_log_tells_whose_key_it_was() {
    let trial = trial();
    deliver(&trial, MATH);
    output_of(&trial, &["run", "trial.toml"], 0);
    let (key, list) = (trial.path().join("store.key"), trial.path().join("store/keys.json"));
    std::fs::remove_file(&list).unwrap();
    output_of(&trial, &["run", "trial.toml"], 0);
    assert!(list.exists(), "our own key is entered again");
    std::fs::remove_file(&list).unwrap();
    std::fs::write(&key, "ab".repeat(32)).unwrap();
    let said = output_of(&trial, &["run", "trial.toml"], 1);
    assert!(said.contains("чужой") && said.contains("keys.json"), "{said}");
    assert!(!list.exists());
}
