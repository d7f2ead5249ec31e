//! Forms that affect other forms: appeals correct protocols, lists fill textbooks, facts are kept, a new form is
//! learnt.

use crate::trial::{Trial, demo, printed, srez};
use srez_testkit::sources::root;
use std::collections::BTreeSet;

const PIPELINE: &str = "
title = \"Округ\"
date = \"2026-07-20\"
[inputs]
folders = [\"in\"]
[store]
folder = \"store\"
key = \"store.key\"
[reports]
folder = \"reports\"
formats = [\"html\"]
audiences = [\"office\"]
";

fn put(trial: &Trial, name: &str, text: &str) {
    let path = trial.path().join("in").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn an_appeal_corrects_the_protocol_that_came_with_it() {
    let trial = Trial::new(PIPELINE);
    put(
        &trial,
        "12 - Обществознание.csv",
        "12 - Обществознание 2026.07.03;;;;;;;;;\n\
         №;Код ОО;Класс;Фамилия;Имя;Отчество;Серия;Номер;Первичный балл;Оценка\n\
         1;9306;9А;Канарейкина;Анна;;1234;567890;23;3\n\
         2;9306;9А;Чижова;Ия;;1234;567891;30;4\n",
    );
    let run = trial.run();
    assert_eq!(run.status.code(), Some(0), "{}", printed(&run));
    let marks = |trial: &Trial| {
        let rows = trial.table("marks");
        let school = rows.iter().find(|row| row["level"] == "school").unwrap();
        ["n3", "n4"].map(|column| school[column].clone())
    };
    assert_eq!(marks(&trial), ["1", "1"]);

    put(
        &trial,
        "апелляции.csv",
        "№;Код ОО;Класс;Фамилия;Имя;Отчество;Документ;Экзамен;Состояние апелляции;Текущие;\n\
         ;;;;;;;;;Первичный балл;Оценка\n\
         1;9306;9А;Канарейкина;Анна;;1234 567890;Обществознание(2026.07.03);Удовлетворена;25;4\n\
         2;9306;9А;Щегольков;Пётр;;1234 567892;Обществознание(2026.07.03);Удовлетворена;25;4\n",
    );
    let run = trial.run();
    assert_eq!(run.status.code(), Some(0), "{}", printed(&run));
    assert_eq!(marks(&trial), ["0", "2"], "{}", printed(&run));
    let codes: Vec<String> = trial.table("notes").into_iter().map(|row| row["code"].clone()).collect();
    assert!(codes.contains(&"C12".to_owned()) && codes.contains(&"C13".to_owned()), "{codes:?}");
    let page = std::fs::read_to_string(trial.period().join("qa/index.html")).unwrap();
    assert!(!page.contains("Канарейкин") && !page.contains("Щегольков"));
}

#[test]
fn an_appeal_that_comes_after_its_protocol_corrects_what_the_history_holds() {
    let protocol = "12 - Обществознание 2026.07.03;;;;;;;;;\n\
         №;Код ОО;Класс;Фамилия;Имя;Отчество;Серия;Номер;Первичный балл;Оценка\n\
         1;9306;9А;Канарейкина;Анна;;1234;567890;23;3\n\
         2;9306;9А;Чижова;Ия;;1234;567891;30;4\n";
    let appeals = "№;Код ОО;Класс;Фамилия;Имя;Отчество;Документ;Экзамен;Состояние апелляции;Текущие;\n\
         ;;;;;;;;;Первичный балл;Оценка\n\
         1;9306;9А;Канарейкина;Анна;;1234 567890;Обществознание(2026.07.03);Удовлетворена;25;4\n\
         2;9306;9А;Щегольков;Пётр;;1234 567892;Обществознание(2026.07.03);Удовлетворена;25;4\n";
    let tables = |trial: &Trial| ["marks", "scores", "tasks", "findings"].map(|name| trial.table(name));
    let together = Trial::new(PIPELINE);
    put(&together, "12 - Обществознание.csv", protocol);
    put(&together, "апелляции.csv", appeals);
    together.run();

    let apart = Trial::new(PIPELINE);
    put(&apart, "12 - Обществознание.csv", protocol);
    apart.run();
    let before = tables(&apart);
    std::fs::remove_dir_all(apart.path().join("in")).unwrap();
    put(&apart, "апелляции.csv", appeals);
    let run = apart.run();
    assert_eq!(run.status.code(), Some(0), "{}", printed(&run));
    assert!(printed(&run).contains("исправлено строк 1"), "{}", printed(&run));
    assert_ne!(tables(&apart), before);
    assert_eq!(tables(&apart), tables(&together));
    let codes: Vec<String> = apart.table("notes").into_iter().map(|row| row["code"].clone()).collect();
    assert_eq!(codes, ["C12", "C13"]);

    // Once more, and made again: nothing changes.
    let first = apart.hashes("reports");
    let again = apart.run();
    assert!(printed(&again).contains("без изменений"), "{}", printed(&again));
    assert_eq!(apart.hashes("reports"), first);
    let verified = srez(apart.path(), &["verify", "trial.toml"]);
    assert_eq!(verified.status.code(), Some(0), "{}", printed(&verified));
}

#[test]
fn lists_fill_what_forms_leave_empty_and_facts_are_kept() {
    let trial = Trial::new(PIPELINE);
    put(
        &trial,
        "edu230001_Математика 5 класс ВПР 2026.csv",
        "Код участника;Вариант;1 (2б);2 (1б);Порядковый номер класса;Итого баллов\n\
         50001;1;2;1;1;3\n50002;1;0;1;1;1\n50003;2;1;1;2;2\n",
    );
    put(&trial, "УМК.csv", "Логин;Школа;Предмет;Класс;УМК\nsch230001;СОШ № 1;Математика;5;Виленкин\n");
    put(
        &trial,
        "перечень.csv",
        "Год;Логин;Муниципалитет;ОО;4 РУ;5 МА;Количество маркеров\n2025;edu230001;Северный;СОШ № 1;1;0;1\n",
    );
    put(
        &trial,
        "медали.csv",
        "№;Код ОО;Фамилия;Имя;Медаль\n1;9306;Чижова;Ия;I степени\n2;9306;Канарейкина;Анна;I степени\n",
    );
    let run = trial.run();
    assert_eq!(run.status.code(), Some(0), "{}", printed(&run));
    let textbooks: Vec<String> = trial
        .table("marks")
        .into_iter()
        .filter(|row| row["level"] == "textbook")
        .map(|row| format!("{}: {}", row["group"], row["n"]))
        .collect();
    assert_eq!(textbooks, ["Виленкин: 3"]);
    let facts = trial.table("reference_facts");
    let of = |topic: &str| -> Vec<String> {
        let rows = facts.iter().filter(|row| row["topic"] == topic);
        rows.map(|row| format!("{} {} {} = {}", row["exam"], row["school"], row["item"], row["text"])).collect()
    };
    assert_eq!(
        of("bias-list"),
        [" edu230001 маркеров = 1", "vpr-2025-russian-4 edu230001 4 РУ = 1", "vpr-2025-math-5 edu230001 5 МА = 0"]
    );
    assert_eq!(of("medallists"), [" 9306 медаль: I степени = 2"], "counts by school, nobody by himself");
    assert_eq!(of("textbooks").len(), 1);
    let everything = std::fs::read_to_string(trial.period().join("data/reference_facts.csv")).unwrap();
    assert!(!everything.contains("Чижова"));
}

#[test]
fn a_learnt_form_is_read_once_it_is_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Проба\nЛогин школы;Код ученика;Параллель и буква;1 (2б);2 (1б);Сумма баллов\n\
                edu230001;50001;5А;2;1;3\nedu230001;50002;5А;0;1;1\nedu230001;50003;5Б;1;1;2\n";
    std::fs::write(folder.path().join("Проба Математика 5 класс 2026.csv"), text).unwrap();
    let file = "Проба Математика 5 класс 2026.csv";
    let output = srez(folder.path(), &["form", "learn", file, "--id", "trial-work", "--out", "forms"]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("Ближайшая форма") && said.contains("Профиль записан"), "{said}");
    let path = folder.path().join("forms/trial-work.toml");
    let learnt = std::fs::read_to_string(&path).unwrap();
    assert!(learnt.contains("extractor = \"task-columns\""), "{learnt}");

    for line in [
        "procedure = \"РДР\"",
        "school = [\"Логин школы\"]",
        "participant = [\"Код ученика\"]",
        "class = [\"Параллель и буква\"]",
        "total = [\"Сумма баллов\"]",
    ] {
        assert!(learnt.contains(line), "«{line}» is missing in\n{learnt}");
    }

    // The analyst's corrections: the proposal names the class column as it is, and she wants the form under her own
    // title.
    let mended: String = learnt
        .lines()
        .map(|line| {
            if line.starts_with("title") {
                "title = \"Пробная работа\"\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    std::fs::write(&path, mended).unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::rename(folder.path().join(file), folder.path().join("in").join(file)).unwrap();
    let pipeline = PIPELINE.replace("folders = [\"in\"]", "folders = [\"in\"]\nforms = \"forms\"");
    std::fs::write(folder.path().join("trial.toml"), pipeline).unwrap();
    let output = srez(folder.path(), &["check", "trial.toml"]);
    let said = printed(&output);
    assert!(
        said.contains("Пробная работа [trial-work]") && said.contains("РДР-2026. Математика, 5 класс"),
        "{said}\n{learnt}"
    );
    assert!(said.contains("принято 3"), "{said}");
}

#[test]
fn a_specification_is_made_of_descriptors() {
    let folder = tempfile::tempdir().unwrap();
    let all = "№ КИМ;№;Умения, виды деятельности (в соответствии с ФГОС);Блоки ПООП НОО: выпускник научится;Уровень \
               сложности;Код КЭС;Код КТ;Максимальный балл за выполнение задания\n\
               1K1;1;Умение писать;Писать;Б;7;2.3;4\n1K1;1;Умение писать;Писать;Б;7;2.5;4\n\
               2;2;Умение распознавать;Выделять;П;6.5;2.3;3\n";
    std::fs::create_dir(folder.path().join("tables")).unwrap();
    std::fs::write(folder.path().join("tables/ALL.csv"), all).unwrap();
    let codes = "Код;Проверяемые элементы содержания\n7;Правописание\n6.5;Однородные члены\n";
    std::fs::write(folder.path().join("tables/KS.csv"), codes).unwrap();
    let call =
        ["exam", "import", "tables", "--year", "2022", "--subject", "Русский язык", "--grade", "4", "--out", "exams"];
    let output = srez(folder.path(), &call);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let made = std::fs::read_to_string(folder.path().join("exams/vpr-2022-russian-4.toml")).unwrap();
    for line in [
        "max_primary = 7",
        "id = \"1К1\"",
        "kt = [\"2.3\", \"2.5\"]",
        "content = \"Однородные члены\"",
        "level = \"П\"",
    ] {
        assert!(made.contains(line), "«{line}» is missing in\n{made}");
    }
    let again = srez(folder.path(), &call);
    assert_eq!(again.status.code(), Some(64), "what is there is not written over");
}

#[test]
fn the_sample_holds_a_file_of_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let sample = root().join("sample-data/forms");
    let output = srez(folder.path(), &["check", sample.to_str().unwrap()]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(0), "every file is read:\n{said}");
    let mut met: BTreeSet<String> = demo().0.table("files").into_iter().map(|row| row["form"].clone()).collect();
    let ids =
        said.lines().filter(|line| line.starts_with("  форма: ")).filter_map(|line| line.split(['[', ']']).nth(1));
    met.extend(ids.map(str::to_owned));
    let known: BTreeSet<String> =
        srez_config::forms::built_in().unwrap().into_iter().map(|profile| profile.id).collect();
    let missing: Vec<&String> = known.difference(&met).collect();
    assert!(missing.is_empty(), "no file of {missing:?}\n{said}");
}

#[test]
fn forms_with_other_words_are_learnt_and_read_as_proposed() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (
            "edu990001 Проба Математика 9 класс 2026.csv",
            "Пробный экзамен;;;;;;;\n№;ФИО ученика;Класс;Задание 1;Задание 2;Задание 3 (2б);Итого баллов;Оценка\n\
             1;Канарейкина Анна;9А;1;0;2;3;4\n2;Тестов Иван;9А;0;X;1;1;2\n",
            "prefix = \"Задание \"",
            "принято 2",
        ),
        (
            "Срез Русский язык 6 класс 2026.csv",
            "Контрольный срез\nШифр;Код школы;Литера;Вар;№1;№2;Сумма;Отметка за 3 четверть\n\
             60001;10101;А;1;2;1;3;4\n60002;10102;А;2;0;1;1;3\n60003;10102;Б;2;0;1;1;3\n",
            "participant = [\"Шифр\"]",
            "принято 3",
        ),
        (
            "Кадры школ.csv",
            "Сведения о кадрах\nШкола;Район;Учителей всего;Высшая категория, %\nСОШ № 1;Северный;54;41,5\n\
             СОШ № 2;Северный;38;22\n",
            "\"Высшая категория, %\" = [\"Высшая категория, %\"]",
            "принято 2",
        ),
    ];
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(folder.path().join("trial.toml"), PIPELINE.replace("[\"in\"]", "[\"in\"]\nforms = \"forms\""))
        .unwrap();
    for (file, text, line, read) in cases {
        std::fs::write(folder.path().join("in").join(file), text).unwrap();
        let output = srez(folder.path(), &["form", "learn", &format!("in/{file}"), "--out", "forms"]);
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(!said.contains("Канарейкин"), "a name is shown:\n{said}");
        let made = srez_testkit::sources::files_below(&folder.path().join("forms"));
        let learnt: String =
            made.iter().map(|path| std::fs::read_to_string(folder.path().join("forms").join(path)).unwrap()).collect();
        assert!(learnt.contains(line), "«{line}» is missing in\n{learnt}");
        let said = printed(&srez(folder.path(), &["check", "trial.toml"]));
        let told = &said[said.find(file).unwrap()..];
        assert!(told[..told.find("\n\n").unwrap()].contains(read), "{said}\n{learnt}");
    }
}
