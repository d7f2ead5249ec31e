//! `srez texts`: what was written into the documents, shown, taken from files, with all that stood there before.

use super::terminal::{say, table};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_pipeline::{TEXT_BOOK, TextsOutcome};
use srez_texts::{Moved, Record, Standing, State, Taken};
use srez_wording::text::shortened;
use srez_wording::{date, number, plural};

/// Letters of a text in a table.
const SHOWN: usize = 60;

/// Most lines about one file.
const MOST: usize = 12;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Texts {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Показать поля выпуска: что вписано, где изменились числа, чему нет места
    #[command(override_usage = "srez texts list [ПАРАМЕТРЫ] <КОНВЕЙЕР>")]
    List {
        /// Файл конвейера, например pipelines/demo.toml
        #[arg(value_name = "КОНВЕЙЕР")]
        pipeline: Utf8PathBuf,
        /// Месяц выпуска, например 2026-05; по умолчанию — месяц даты конвейера
        #[arg(long, value_name = "ГГГГ-ММ")]
        period: Option<String>,
        /// Показать и пустые поля
        #[arg(long)]
        all: bool,
    },
    /// Взять тексты из книги texts.xlsx или из исправленных документов DOCX
    #[command(override_usage = "srez texts take [ПАРАМЕТРЫ] <КОНВЕЙЕР> <ФАЙЛ>…")]
    Take {
        /// Файл конвейера, например pipelines/demo.toml
        #[arg(value_name = "КОНВЕЙЕР")]
        pipeline: Utf8PathBuf,
        /// Книги и документы
        #[arg(value_name = "ФАЙЛ", required = true)]
        files: Vec<Utf8PathBuf>,
        /// Месяц выпуска, например 2026-05; по умолчанию — месяц даты конвейера
        #[arg(long, value_name = "ГГГГ-ММ")]
        period: Option<String>,
    },
    /// Показать всё, что когда-либо стояло в поле
    #[command(override_usage = "srez texts former <КОНВЕЙЕР> <АДРЕС>")]
    Former {
        /// Файл конвейера, например pipelines/demo.toml
        #[arg(value_name = "КОНВЕЙЕР")]
        pipeline: Utf8PathBuf,
        /// Адрес поля, как его показывает srez texts list
        #[arg(value_name = "АДРЕС")]
        address: String,
    },
}

impl Texts {
    pub(super) fn run(self) -> Result<u8> {
        match self.command {
            Command::List { pipeline, period, all } => list(&Plan::load(&pipeline, period.as_deref())?, all),
            Command::Take { pipeline, files, period } => take(&Plan::load(&pipeline, period.as_deref())?, &files),
            Command::Former { pipeline, address } => former(&Plan::load(&pipeline, None)?, &address),
        }
    }
}

fn list(plan: &Plan, all: bool) -> Result<u8> {
    let (texts, standing) = srez_pipeline::texts_of_period(plan)?;
    texts.damaged.iter().for_each(|damage| say(&damage.to_string()));
    if standing.fields.is_empty() && standing.lost.is_empty() {
        say(&format!("В выпуске {} полей нет: сначала выполните srez run.", plan.period));
        return Ok(0);
    }
    let fields = standing.fields.iter().filter(|field| all || !field.text().is_empty());
    let rows: Vec<Vec<String>> = fields
        .map(|field| {
            let moved = if field.moved().is_empty() { "" } else { "числа изменились" };
            vec![field.field.to_string(), field.label.clone(), shortened(field.text(), SHOWN), moved.to_owned()]
        })
        .collect();
    if !rows.is_empty() {
        table(&["Адрес", "Что вписать", "Текст", ""], &rows);
        say("");
    }
    say(&in_words(&standing));
    moved(&standing);
    lost(&standing);
    Ok(if texts.damaged.is_empty() { 0 } else { 2 })
}

fn take(plan: &Plan, files: &[Utf8PathBuf]) -> Result<u8> {
    let mut whole = true;
    for file in files {
        let taken = srez_pipeline::take_texts(plan, file)?;
        whole &= taken.unknown.is_empty();
        of_file(&taken);
    }
    say("Тексты встанут в документы при следующем составлении: srez run.");
    Ok(if whole { 0 } else { 2 })
}

fn former(plan: &Plan, address: &str) -> Result<u8> {
    let (texts, _) = srez_pipeline::texts_of_period(plan)?;
    let of_field: Vec<&Record> = texts.records.iter().filter(|record| record.address == address.trim()).collect();
    if of_field.is_empty() {
        say(&format!("В поле {address} ничего не вписано. Адреса: srez texts list."));
        return Ok(0);
    }
    for record in of_field {
        let state = match record.state {
            State::Written => "вписано",
            State::Confirmed => "верно и при новых числах",
            State::Withdrawn => "убрано",
        };
        let author = if record.author.is_empty() { String::new() } else { format!(", {}", record.author) };
        say(&format!("{}{author}, {state}: {}", date::short(&record.date), record.text));
    }
    Ok(0)
}

/// Prints what became of her texts in a run; nothing where there are none.
pub(super) fn tell(outcome: &TextsOutcome) {
    outcome.damaged.iter().for_each(|damage| say(&damage.to_string()));
    outcome.taken.iter().for_each(of_file);
    for file in &outcome.unread {
        say(&format!("Тексты из {file} не взяты: файл не читается; сам он сохранён"));
    }
    let standing = &outcome.standing;
    if standing.written() > 0 || !standing.lost.is_empty() {
        say(&in_words(standing));
        moved(standing);
        lost(standing);
    }
}

/// «Тексты: вписано полей 14 из 166».
fn in_words(standing: &Standing) -> String {
    let (written, all) = (standing.written() as u64, standing.fields.len() as u64);
    format!("Тексты: заполнено полей {} из {}", number::count(written), number::count(all))
}

fn of_file(taken: &Taken) {
    say(&format!("Из {}: {}", taken.file, plural::nominative(taken.changes.len() as u64, plural::TEXT)));
    for change in taken.changes.iter().filter(|change| change.other.is_some()).take(MOST) {
        let former = change.other.as_deref().unwrap_or_default();
        say(&format!(
            "  {}: пришло два текста, взят последний; прежний сохранён: {}",
            change.record.address,
            shortened(former, SHOWN)
        ));
    }
    for unknown in taken.unknown.iter().take(MOST) {
        say(&format!("  не найдено поле в выпуске, текст остался в файле: {}", shortened(unknown, SHOWN)));
    }
}

fn moved(standing: &Standing) {
    let all: Vec<(String, Vec<Moved>)> =
        standing.moved().map(|(field, moved)| (field.field.to_string(), moved)).collect();
    if all.is_empty() {
        return;
    }
    say(&format!("Изменились числа рядом с вашими текстами ({}), список — в книге {TEXT_BOOK}:", all.len()));
    for (address, moved) in all.iter().take(MOST) {
        let told = moved.iter().map(|it| format!("{} → {}", or_none(&it.was), or_none(&it.now)));
        say(&format!("  {address}: {}", told.collect::<Vec<_>>().join("; ")));
    }
}

fn or_none(printed: &str) -> &str {
    if printed.is_empty() { "нет" } else { printed }
}

fn lost(standing: &Standing) {
    if standing.lost.is_empty() {
        return;
    }
    say(&format!(
        "Текстов, которым в этом выпуске нет места: {}; они сохранены, список — в книге {TEXT_BOOK}",
        number::count(standing.lost.len() as u64)
    ));
}
