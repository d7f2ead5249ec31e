//! `srez form learn`: a layout profile for a sheet that no profile fits, for the analyst to correct.

use super::terminal::{Progress, say, table};
use crate::config::{forms, plan::Plan};
use crate::disk;
use crate::error::{Error, Result};
use crate::model::form::Field;
use crate::model::sketch::{ColumnKind, Sketch, SketchColumn};
use crate::pipeline;
use crate::wording::slug::slug;
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Form {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Предложить профиль формы по листу: заголовок, столбцы, ближайшая известная форма
    #[command(override_usage = "srez form learn [ПАРАМЕТРЫ] <ФАЙЛ>", help_template = super::TEMPLATE, next_help_heading = "Параметры")]
    Learn(Learn),
}

#[derive(Debug, Args)]
struct Learn {
    /// Таблица незнакомой формы
    #[arg(value_name = "ФАЙЛ")]
    file: Utf8PathBuf,
    /// Имя профиля латиницей; по умолчанию — из имени файла
    #[arg(long, value_name = "ИМЯ")]
    id: Option<String>,
    /// Папка, в которую записать профиль; без неё он только показывается
    #[arg(long, value_name = "ПАПКА")]
    out: Option<Utf8PathBuf>,
}

impl Form {
    pub(super) fn run(self) -> Result<u8> {
        let Action::Learn(learn) = self.action;
        learn.run()
    }
}

impl Learn {
    fn run(self) -> Result<u8> {
        let plan = Plan::of_file(&self.file)?;
        let received = pipeline::read(&plan, &Progress::new())?;
        if let Some(known) = received.parts.iter().find(|part| !part.recognised.form.is_empty()) {
            let title = plan.forms.iter().find(|form| form.id == known.recognised.form).map_or("", |form| &form.title);
            say(&format!("Форма уже известна: «{title}» ({}). Профиль не нужен.", known.recognised.form));
            return Ok(0);
        }
        let Some(sketch) = received.parts.iter().find_map(|part| part.recognised.sketch.clone()) else {
            let why = received.notes.first().map_or_else(String::new, |note| format!(": {}", note.message));
            return Err(Error::run(format!("в файле {} не найден заголовок таблицы{why}", self.file))
                .hint("заголовком считается строка, в которой есть хоть один известный программе столбец; напишите профиль по образцу из pipelines/forms"));
        };
        let stem = self.file.file_stem().unwrap_or("form");
        let id = self.id.map_or_else(|| slug(stem), |id| slug(&id));
        describe(&sketch);
        let text = profile(&id, stem, &sketch);
        if let Err(error) = forms::parse(&format!("{id}.toml"), &text) {
            say(&format!("Профиль не полон, программа его ещё не примет: {}", error.message));
        }
        match self.out {
            Some(folder) => {
                let path = folder.join(format!("{id}.toml"));
                if disk::exists(&path) {
                    return Err(Error::usage(format!("файл {path} уже есть")).hint("укажите другое имя: --id"));
                }
                disk::write_plain(&path, text.as_bytes())?;
                say(&format!(
                    "\nПрофиль записан: {path}. Проверьте каждую строку, затем назовите папку в конвейере: forms = \"…\"."
                ));
            }
            None => say(&format!("\n{text}")),
        }
        Ok(0)
    }
}

/// What was seen: header, columns, the nearest form.
fn describe(sketch: &Sketch) {
    let sheet = if sketch.sheet.is_empty() { String::new() } else { format!("лист «{}», ", sketch.sheet) };
    say(&format!("Заголовок: {sheet}строка {}", sketch.header_row));
    let rows: Vec<Vec<String>> = sketch
        .columns
        .iter()
        .map(|column| {
            let meaning = match (column.is_task, column.guess) {
                (true, _) => "задание".to_owned(),
                (_, Some(field)) => field.title().to_owned(),
                _ => "?".to_owned(),
            };
            let name = crate::model::note::column_name(column.column);
            vec![name, column.header.clone(), meaning, column.kind.title().to_owned(), column.samples.join(", ")]
        })
        .collect();
    table(&["Столбец", "Заголовок", "Похоже на", "Значения", "Примеры"], &rows);
    if let Some(near) = &sketch.nearest {
        let missing = if near.missing.is_empty() { "ничего".to_owned() } else { near.missing.join(", ") };
        say(&format!(
            "Ближайшая форма: «{}» ({}); не хватает: {missing}; незнакомых ей заголовков: {}",
            near.title, near.id, near.unknown
        ));
    }
}

/// The text of the profile.
fn profile(id: &str, title: &str, sketch: &Sketch) -> String {
    let extractor = extractor(sketch);
    let mut columns: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut values: Vec<&str> = Vec::new();
    for column in sketch.columns.iter().filter(|column| !column.is_task) {
        match column.guess {
            Some(Field::Fact) | None if extractor == "facts" => values.push(&column.header),
            Some(field) => columns.entry(key(field)).or_default().push(&column.header),
            None => columns.entry(key(Field::Ignored)).or_default().push(&column.header),
        }
    }
    let mut text = String::new();
    let _ = writeln!(text, "# Предложено по файлу; проверьте каждую строку. Образцы — pipelines/forms.");
    let _ = writeln!(text, "id = {}\ntitle = {}\nextractor = {}", quoted(id), quoted(title), quoted(extractor));
    if extractor == "task-columns" {
        let _ = writeln!(text, "procedure = \"ВПР\"          # ВПР или РДР");
    }
    let required: Vec<String> = columns.keys().filter(|key| *key != "ignored").map(|key| quoted(key)).collect();
    let _ = writeln!(text, "\n[detect]\nrequired = [{}]", required.join(", "));
    if !sketch.sheet.is_empty() {
        let _ = writeln!(text, "sheet = {}", quoted(&sketch.sheet));
    }
    if extractor == "task-columns" {
        let school = if columns.contains_key("school") { "" } else { "school = [\"file-name\", \"folder\"]\n" };
        let _ = write!(
            text,
            "\n[identity]                  # где искать год, предмет, класс, школу\nyear = [\"file-name\", \"folder\"]\n\
             subject = [\"file-name\", \"folder\"]\ngrade = [\"file-name\", \"folder\"]\n{school}"
        );
    }
    let _ = writeln!(text, "\n[columns]");
    for (key, headers) in &columns {
        let headers: Vec<String> = headers.iter().map(|header| quoted(header)).collect();
        let _ = writeln!(text, "{key} = [{}]", headers.join(", "));
    }
    match extractor {
        "task-columns" => text.push_str(
            "\n[tasks]\nnumbering = \"printed\"\n\n[codes]\nabsent = [\"отсутствовал\", \"отсутствовала\"]\n\
             not-attempted = [\"X\", \"Х\"]\nnot-offered = [\"не пройд.\"]\n",
        ),
        "facts" => {
            let _ = writeln!(text, "\n[facts]\ntopic = {}\n\n[facts.values]", quoted(id));
            for header in values {
                let _ = writeln!(text, "{} = [{}]", quoted(header), quoted(header));
            }
        }
        _ => {}
    }
    text
}

/// Which extractor the columns ask for.
fn extractor(sketch: &Sketch) -> &'static str {
    let has = |field: Field| sketch.columns.iter().any(|column| column.guess == Some(field));
    let numeric = |column: &&SketchColumn| column.is_task && column.kind != ColumnKind::Date;
    if has(Field::ShortAnswers) || has(Field::ExtendedAnswers) {
        "answer-strings"
    } else if 2 <= sketch.columns.iter().filter(numeric).count() && !has(Field::Group) {
        "task-columns"
    } else {
        "facts"
    }
}

/// The field as profiles write it.
fn key(field: Field) -> String {
    forms::field_key(field)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
