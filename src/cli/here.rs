//! `srez` alone: where one is, and what the next step is.

use super::terminal::say;
use camino::Utf8Path;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_publish::Published;
use srez_wording::{date, number, plural};

/// Kinds of files that may hold results.
const TABLES: [&str; 6] = ["xlsx", "xls", "ods", "csv", "txt", "zip"];
/// Name of the settings of a workspace.
const SETTINGS: &str = "настройки.toml";
/// Most pipelines that are named.
const MOST_NAMED: usize = 5;

/// Tells of the current folder.
///
/// # Errors
/// Where it cannot be listed.
pub(super) fn tell() -> Result<u8> {
    let here = Utf8Path::new(".");
    let files = srez_disk::files(here)?;
    let pipelines: Vec<&String> = files.iter().filter(|name| is_pipeline(&here.join(name))).collect();
    if pipelines.iter().any(|name| *name == SETTINGS) {
        workspace(here);
    } else if let [first, ..] = pipelines.as_slice() {
        let named: Vec<&str> = pipelines.iter().take(MOST_NAMED).map(|name| name.as_str()).collect();
        say(&format!("В этой папке конвейеры: {}.", named.join(", ")));
        next(&[
            (&format!("srez check {first}"), "проверить файлы, ничего не записывая"),
            (&format!("srez run {first}"), "посчитать и составить документы"),
        ]);
    } else {
        let is_table = |name: &&String| TABLES.contains(&Utf8Path::new(name).extension().unwrap_or_default());
        match files.iter().filter(is_table).count() as u64 {
            0 => {
                say("В этой папке нет ни рабочего места, ни таблиц.");
                next(&[
                    ("srez desk", "открыть рабочие места в браузере; там же учебный округ"),
                    ("srez init workspace ПАПКА", "создать рабочее место"),
                ]);
            }
            n => {
                say(&format!("Файлов, похожих на таблицы с результатами: {}.", number::count(n)));
                next(&[
                    ("srez check .", "проверить их, ничего не записывая"),
                    ("srez init workspace ПАПКА --from .", "создать рабочее место и положить их туда"),
                ]);
            }
        }
    }
    say("Что ещё умеет программа: srez --help. Всё ли готово на этом компьютере: srez doctor.");
    Ok(0)
}

fn workspace(here: &Utf8Path) {
    let name = srez_disk::resolve(here).ok().and_then(|path| path.file_name().map(str::to_owned)).unwrap_or_default();
    say(&format!("Рабочее место «{name}»."));
    let delivered = srez_disk::list(&here.join("Входящие")).map_or(0, |listing| listing.files.len()) as u64;
    let plan = match Plan::load(Utf8Path::new(SETTINGS), None) {
        Ok(plan) => plan,
        Err(error) => {
            say(&format!("Настройки не читаются: {error}"));
            next(&[("srez desk .", "исправить настройки в браузере")]);
            return;
        }
    };
    say(&format!("Во «Входящих»: {}.", plural::nominative(delivered, plural::FILE)));
    match Published::read(&plan.reports.join(&plan.period)) {
        Ok(Some(issue)) => {
            say(&format!(
                "Выпуск за {} составлен: документы от {}, срез {}.",
                date::month(&plan.period),
                date::short(&issue.date),
                issue.history_version
            ));
            next(&[
                ("srez desk .", "открыть рабочее место в браузере"),
                (&format!("srez verify {SETTINGS}"), "сверить выпуск байт за байтом"),
            ]);
        }
        _ => {
            say(&format!("Выпуска за {} ещё нет.", date::month(&plan.period)));
            next(&[
                ("srez desk .", "открыть рабочее место в браузере"),
                (&format!("srez run {SETTINGS}"), "составить выпуск прямо здесь"),
            ]);
        }
    }
}

fn is_pipeline(path: &Utf8Path) -> bool {
    path.extension() == Some("toml")
        && srez_disk::read_text(path).is_ok_and(|text| text.lines().any(|line| line.trim() == "[inputs]"))
}

fn next(steps: &[(&str, &str)]) {
    say("Дальше:");
    let width = steps.iter().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
    for (command, what) in steps {
        say(&format!("  {command}{}  {what}", " ".repeat(width - command.chars().count())));
    }
}
