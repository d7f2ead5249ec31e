//! `srez form learn`: a layout profile for a sheet that no profile fits, for the analyst to correct.

use super::terminal::{Progress, say, table};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use srez_config::{forms, plan::Plan};
use srez_model::error::{Error, Result};
use srez_model::form::Field;
use srez_model::sketch::{ColumnKind, Sketch, SketchColumn};
use srez_wording::slug::slug;
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
    #[command(override_usage = "srez form learn [ПАРАМЕТРЫ] <ФАЙЛ>")]
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
        let plan = Plan::from_file(&self.file)?;
        let received = srez_pipeline::read(&plan, &Progress::new())?;
        if let Some(known) = received.parts.iter().find(|part| !part.recognised.form.is_empty()) {
            let title = plan.forms.iter().find(|form| form.id == known.recognised.form).map_or("", |form| &form.title);
            say(&format!("Форма уже известна: «{title}» ({}). Профиль не нужен.", known.recognised.form));
            return Ok(0);
        }
        let Some(sketch) = received.parts.iter().find_map(|part| part.recognised.sketch.clone()) else {
            let why = received.notes.first().map_or_else(String::new, |note| format!(": {}", note.message));
            return Err(Error::run(format!("в файле {} не найден заголовок таблицы{why}", self.file)).hint(
                "заголовком считается строка, в которой есть хоть один известный программе столбец; напишите \
                    профиль по образцу из pipelines/forms",
            ));
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
                if srez_disk::exists(&path) {
                    return Err(Error::usage(format!("файл {path} уже есть")).hint("укажите другое имя: --id"));
                }
                srez_disk::write_plain(&path, text.as_bytes())?;
                say(&format!(
                    "\nПрофиль записан: {path}. Проверьте каждую строку, затем назовите папку в конвейере: forms = \
                     \"…\"."
                ));
            }
            None => say(&format!("\n{text}")),
        }
        Ok(0)
    }
}

/// Prints what was recognised: header, columns, the nearest form.
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
            let name = srez_model::note::column_name(column.column);
            vec![name, column.header.clone(), meaning, column.kind.title().to_owned(), column.samples.join(", ")]
        })
        .collect();
    table(&["Столбец", "Заголовок", "Похоже на", "Значения", "Примеры"], &rows);
    if let Some(near) = &sketch.nearest {
        let missing = if near.missing.is_empty() { "ничего".to_owned() } else { near.missing.join(", ") };
        say(&format!(
            "Ближайшая форма: «{}» ({}); не хватает: {missing}; незнакомых ей заголовков: {}",
            near.title,
            near.id,
            near.unknown.len()
        ));
    }
}

/// The text of the profile.
fn profile(id: &str, title: &str, sketch: &Sketch) -> String {
    let extractor = extractor(sketch);
    let Columns { fields, values } = columns(sketch, extractor);
    let names_vpr = sketch.names_vpr || title.to_uppercase().contains("ВПР");
    let mut text = String::new();
    let _ = writeln!(text, "# Предложено по файлу; проверьте каждую строку. Образцы — pipelines/forms.");
    let _ = writeln!(text, "id = {}\ntitle = {}\nextractor = {}", quoted(id), quoted(title), quoted(extractor));
    if extractor == "task-columns" {
        let procedure = if names_vpr { "ВПР" } else { "РДР" };
        let _ = writeln!(text, "procedure = {}          # ВПР или РДР", quoted(procedure));
    }
    let required: Vec<String> =
        fields.keys().filter(|field| tells_the_form(**field)).map(|field| quoted(&key(*field))).collect();
    let _ = writeln!(text, "\n[detect]\nrequired = [{}]", required.join(", "));
    if !sketch.sheet.is_empty() {
        let _ = writeln!(text, "sheet = {}", quoted(&sketch.sheet));
    }
    if extractor == "task-columns" {
        let title = if sketch.has_title { "\"title\", " } else { "" };
        let places = format!("[{title}\"file-name\", \"folder\"]");
        let school = if fields.contains_key(&Field::School) { "" } else { "school = [\"file-name\", \"folder\"]\n" };
        let _ = write!(
            text,
            "\n[identity]                  # где искать год, предмет, класс, школу\nyear = {places}\n\
             subject = {places}\ngrade = {places}\n{school}"
        );
    }
    let _ = writeln!(text, "\n[columns]                   # поле и его заголовки; ненужные — в ignored");
    for (field, headers) in &fields {
        let headers: Vec<String> = headers.iter().map(|header| quoted(header)).collect();
        let _ = writeln!(text, "{} = [{}]          # {}", key(*field), headers.join(", "), field.title());
    }
    match extractor {
        "task-columns" => {
            text.push_str("\n[tasks]\nnumbering = \"printed\"\n");
            if !sketch.task_prefix.is_empty() {
                let _ = writeln!(text, "prefix = {}", quoted(&sketch.task_prefix));
            }
            text.push_str(
                "\n[codes]                     # слова в ячейках вместо значений\n\
                 absent = [\"отсутствовал\", \"отсутствовала\", \"н\"]\n\
                 not-attempted = [\"X\", \"Х\"]\nnot-offered = [\"не пройд.\"]\nno-mark = [\"нет отметки\"]\n\
                 no-class = [\"нет\"]\n",
            );
        }
        "facts" => {
            let _ = writeln!(
                text,
                "\n[facts]\ntopic = {}\n\n[facts.values]             # что брать: показатель и его заголовки",
                quoted(id)
            );
            for header in values {
                let _ = writeln!(text, "{} = [{}]", quoted(header), quoted(header));
            }
        }
        _ => {}
    }
    text
}

/// Headers by field, and headers of facts.
struct Columns<'a> {
    fields: BTreeMap<Field, Vec<&'a str>>,
    values: Vec<&'a str>,
}

/// Assigns the columns; of two with the same meaning the first is taken and the other left out.
fn columns<'a>(sketch: &'a Sketch, extractor: &str) -> Columns<'a> {
    let mut columns = Columns { fields: BTreeMap::new(), values: Vec::new() };
    let is_facts = extractor == "facts";
    for column in sketch.columns.iter().filter(|column| is_facts || !column.is_task) {
        let header = column.header.as_str();
        let field = match column.guess {
            // Results name their school in one column, whatever it contains.
            Some(Field::Login | Field::Code) if !is_facts => Some(Field::School),
            Some(field) if is_facts && !names_whom(field) => None,
            other => other,
        };
        match field {
            Some(field) if !columns.fields.contains_key(&field) => drop(columns.fields.insert(field, vec![header])),
            None if is_facts && !column.guess.is_some_and(Field::is_personal) => columns.values.push(header),
            _ => columns.fields.entry(Field::Ignored).or_default().push(header),
        }
    }
    // A table of facts is recognised by one of them: «Школа» alone occurs in every other table too.
    if let Some(first) = columns.values.first().filter(|_| is_facts) {
        columns.fields.insert(Field::Fact, vec![*first]);
    }
    columns
}

/// Fields that say whom a fact is about.
fn names_whom(field: Field) -> bool {
    matches!(
        field,
        Field::Login
            | Field::Code
            | Field::School
            | Field::SchoolName
            | Field::Municipality
            | Field::Year
            | Field::Subject
            | Field::Grade
            | Field::Class
            | Field::Group
            | Field::Ordinal
            | Field::Ignored
    )
}

/// Fields by which a form is recognised; optional ones are not among them.
fn tells_the_form(field: Field) -> bool {
    !matches!(
        field,
        Field::Ignored
            | Field::Ordinal
            | Field::Sex
            | Field::Textbook
            | Field::Municipality
            | Field::GivenName
            | Field::Patronymic
            | Field::Journal
    )
}

/// The extractor that fits the columns.
fn extractor(sketch: &Sketch) -> &'static str {
    let has = |field: Field| sketch.columns.iter().any(|column| column.guess == Some(field));
    let numeric = |column: &&SketchColumn| column.is_task && column.kind != ColumnKind::Date;
    if has(Field::ShortAnswers) || has(Field::ExtendedAnswers) {
        "answer-strings"
    } else if sketch.columns.iter().filter(numeric).count() >= 2 && !has(Field::Group) {
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
