//! Several periods: later deliveries and issues made again change no issue that was made before.

use crate::store::{MATH, are_same, deliver, deliver_marked_otherwise, empty, output_of, results, trial};
use crate::trial::Trial;
use std::collections::BTreeMap;

#[test]
fn a_list_of_textbooks_holds_for_results_that_came_before_it() {
    let files = [MATH.to_owned(), MATH.replace("edu990001", "edu990003")];
    let list = "Логин;Предмет;Класс;УМК\nedu990001;Математика;8;Макарычев\nedu990003;Математика;8;Мерзляк\n";
    let write = |trial: &Trial| std::fs::write(trial.path().join("inbox/УМК.csv"), list).unwrap();
    let at_once = trial();
    files.iter().for_each(|path| deliver(&at_once, path));
    write(&at_once);
    output_of(&at_once, &["run", "trial.toml"], 0);
    let expected = results(&at_once, "2026-06");
    let of_books = expected["marks"].lines().filter(|line| line.contains(",textbook,")).count();
    assert_eq!(of_books, 2, "{}", expected["marks"]);

    let later = trial();
    files.iter().for_each(|path| deliver(&later, path));
    output_of(&later, &["run", "trial.toml"], 0);
    empty(&later.path().join("inbox"));
    write(&later);
    output_of(&later, &["run", "trial.toml"], 0);
    are_same(&expected, &results(&later, "2026-06"));
    let verified = output_of(&later, &["verify", "trial.toml"], 0);
    assert!(verified.contains("байт в байт"), "{verified}");

    // The list first, the results later, without it.
    let earlier = trial();
    deliver(&earlier, &files[0]);
    write(&earlier);
    output_of(&earlier, &["run", "trial.toml"], 0);
    empty(&earlier.path().join("inbox"));
    deliver(&earlier, &files[1]);
    output_of(&earlier, &["run", "trial.toml"], 0);
    are_same(&expected, &results(&earlier, "2026-06"));
}

#[test]
fn a_period_says_the_same_after_later_deliveries_and_after_a_rotation_of_the_key() {
    const PROTOCOL: &str = "2026-06/Протокол ОГЭ 2026.xls";
    let trial = trial();
    let inbox = trial.path().join("inbox");
    let small = MATH.replace("edu990001", "edu990012");
    deliver_marked_otherwise(&trial, &small);
    deliver(&trial, PROTOCOL);
    output_of(&trial, &["run", "trial.toml", "--period", "2026-05"], 0);
    // Alone the marks of the file count; together with the next school they contradict the scale.
    let first = results(&trial, "2026-05");
    let of_first = trial.path().join("inbox of the first month");
    std::fs::rename(&inbox, &of_first).unwrap();
    std::fs::create_dir(&inbox).unwrap();
    deliver(&trial, MATH);
    deliver(&trial, &MATH.replace("edu990001", "edu990003"));
    output_of(&trial, &["run", "trial.toml", "--period", "2026-06"], 0);
    let of_school = |tables: &BTreeMap<String, String>| {
        tables["marks"].lines().find(|line| line.starts_with("vpr-2026-math-8,,school,edu990012,")).unwrap().to_owned()
    };
    assert_ne!(of_school(&first), of_school(&results(&trial, "2026-06")), "the later delivery decides on the scale");

    let rotated = output_of(&trial, &["key", "rotate", "trial.toml"], 0);
    assert!(rotated.contains("k-"), "{rotated}");
    let verified = output_of(&trial, &["verify", "trial.toml", "--period", "2026-06"], 0);
    assert!(verified.contains("байт в байт"), "{verified}");
    std::fs::remove_dir_all(&inbox).unwrap();
    std::fs::rename(&of_first, &inbox).unwrap();
    let verified = output_of(&trial, &["verify", "trial.toml", "--period", "2026-05"], 0);
    assert!(verified.contains("байт в байт"), "{verified}");
    // The protocol comes again under new pseudonyms: it replaces the old rows, and what was issued stays.
    let run = output_of(&trial, &["run", "trial.toml", "--period", "2026-07"], 0);
    assert!(run.contains("исправлено строк"), "{run}");
    output_of(&trial, &["verify", "trial.toml", "--period", "2026-05"], 0);
    // The first month is issued anew: the second one is still compared with what was issued when it was made.
    output_of(&trial, &["run", "trial.toml", "--period", "2026-05"], 0);
    empty(&inbox);
    deliver(&trial, MATH);
    deliver(&trial, &MATH.replace("edu990001", "edu990003"));
    let verified = output_of(&trial, &["verify", "trial.toml", "--period", "2026-06"], 0);
    assert!(verified.contains("байт в байт"), "{verified}");
}
