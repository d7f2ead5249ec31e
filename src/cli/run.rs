//! `srez run`: from folders of spreadsheets to a folder of documents.

use super::exam_pack;
use super::terminal::{Progress, Stage, say, table};
use super::texts;
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_model::corrections::{Corrections, FaultState, WorkState};
use srez_model::delivery::FileStatus;
use srez_model::error::Result;
use srez_pipeline::Outcome;
use srez_publish::Kept;
use srez_wording::{date, number, plural, quantity};
use std::time::Instant;

/// Most works that are named in one line.
const MOST_HELD: usize = 3;

/// Most files of the user that are listed one by one.
const MOST_KEPT: usize = 40;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
    /// Месяц выпуска, например 2026-05; по умолчанию — месяц даты конвейера
    #[arg(long, value_name = "ГГГГ-ММ")]
    period: Option<String>,
    /// Показать время и память по этапам
    #[arg(long)]
    timings: bool,
    /// Показать, что будет сделано, и ничего не делать
    #[arg(long)]
    dry_run: bool,
}

impl Run {
    pub(super) fn run(self) -> Result<u8> {
        let since = Instant::now();
        let plan = Plan::load(&self.pipeline, self.period.as_deref())?;
        if self.dry_run {
            describe(&plan)?;
            return Ok(0);
        }
        exam_pack::tell(&plan);
        let progress = Progress::new();
        let outcome = srez_pipeline::run(&plan, &progress)?;
        summary(&outcome, since);
        quarantined(&plan, &outcome);
        if self.timings {
            timings(&progress.stages());
        }
        Ok(if outcome.left_something_out() { 2 } else { 0 })
    }
}

/// Files that were decided to hold no results.
fn set_aside(files: u64) {
    if files > 0 {
        say(&format!("По решению не учитывается: {}", plural::nominative(files, plural::FILE)));
    }
}

/// Prints what a run did, what it left out, and what to do next.
fn summary(outcome: &Outcome, since: Instant) {
    let count = |status: FileStatus| outcome.files.iter().filter(|entry| entry.status == status).count();
    let rows = &outcome.rows;
    let number = |count: u32| number::count(u64::from(count));
    say("");
    say(&format!(
        "Файлов: {}; принято {}, с замечаниями {}, заменено {}, повторов {}, не принято {}, служебных {}",
        outcome.files.len(),
        count(FileStatus::Accepted),
        count(FileStatus::AcceptedWithNotes),
        count(FileStatus::Superseded),
        count(FileStatus::Repeated),
        count(FileStatus::Rejected),
        count(FileStatus::Skipped),
    ));
    set_aside(count(FileStatus::SetAside) as u64);
    say(&format!(
        "Строк: {}; принято {} (в том числе отсутствовавших {}), заменено {}, не принято {}, пустых {}, заголовков и \
         итогов {}",
        number(rows.read),
        number(rows.accepted),
        number(rows.absent),
        number(rows.superseded),
        number(rows.rejected),
        number(rows.blank),
        number(rows.structural),
    ));
    say(&format!(
        "Работ: {}; выводов с предложением: {}; замечаний к файлам: {}; {}",
        outcome.exams.len(),
        outcome.findings,
        outcome.notes.len(),
        version(outcome),
    ));
    if let Some(corrections) = &outcome.corrections {
        say(&since_then(corrections));
    }
    records(outcome);
    texts::tell(&outcome.texts);
    held_back(outcome);
    not_made(outcome);
    if let Some(folder) = &outcome.folder {
        say(&format!(
            "Готово за {}: {} в папке {folder}",
            quantity::duration(since.elapsed()),
            plural::nominative(outcome.artifacts as u64, plural::FILE),
        ));
        say(&format!("Начните с {}", folder.join("index.html")));
        kept(outcome);
        if outcome.left_something_out() {
            say(&format!("Не принятое — с адресами ячеек — в {}", folder.join("qa").join("protocol.xlsx")));
        }
    }
}

/// Documents that could not be made.
fn not_made(outcome: &Outcome) {
    if outcome.schools_without_documents != 0 {
        say(&format!(
            "Документы школ не составлены: школ слишком много ({}), а муниципалитет не назван; назовите его ключом \
             home",
            number::count(outcome.schools_without_documents),
        ));
    }
    for failure in &outcome.failures {
        say(&format!("Не составлено: {} ({}); остальное составлено", failure.document, failure.reason));
    }
}

/// Works whose tables for others are those of an earlier issue.
fn held_back(outcome: &Outcome) {
    if outcome.held_back.is_empty() {
        return;
    }
    let shown = outcome.held_back.iter().take(MOST_HELD).map(|title| format!("«{title}»")).collect::<Vec<_>>();
    let more = match outcome.held_back.len().saturating_sub(MOST_HELD) {
        0 => String::new(),
        more => format!(" и ещё {}", number::count(more as u64)),
    };
    say(&format!(
        "Таблицы для рассылки не обновлены, действуют прежние ({}): изменились результаты немногих участников, и по \
         разнице выпусков их можно было бы узнать: {}{more}",
        plural::nominative(outcome.held_back.len() as u64, plural::WORK),
        shown.join(", "),
    ));
}

/// What somebody had written into the former folder of the period.
fn kept(outcome: &Outcome) {
    if outcome.kept.is_empty() {
        return;
    }
    say("Ваши правки и файлы из прежней папки выпуска сохранены, новый выпуск их не содержит:");
    list(&outcome.kept);
}

/// What is moved out of the way, and where to.
fn list(all: &[Kept]) {
    for kept in all.iter().take(MOST_KEPT) {
        say(&format!("  {} → {}", kept.from, kept.to));
    }
    if MOST_KEPT < all.len() {
        say(&format!("  … и ещё {}", number::count((all.len() - MOST_KEPT) as u64)));
    }
}

/// Prints how many records of the store have another layout than this version of the program writes.
fn records(outcome: &Outcome) {
    if outcome.was_converted {
        say("Хранилище прежнего устройства приведено к нынешнему; результаты не изменились");
    }
    let told = [("проверках", outcome.passed_over.0), ("выпусках", outcome.passed_over.1)];
    for (what, count) in told.into_iter().filter(|(_, count)| *count != 0) {
        say(&format!(
            "Более поздних записей о {what}, составленных другой версией программы: {}; с ними сравнения нет, \
             результаты это не затрагивает",
            number::count(count)
        ));
    }
    for damage in &outcome.damaged_records {
        say(&format!("Сравнения не было: {damage}"));
    }
}

/// What was mended since the previous check, in one line.
fn since_then(corrections: &Corrections) -> String {
    let since = date::short(&corrections.since);
    let count = |state| corrections.count(state);
    let works = corrections.schools.iter().flat_map(|school| school.works.values());
    let changed = works.filter(|state| **state != WorkState::Gone).count() as u64;
    if corrections.schools.is_empty() {
        return format!("С прошлой проверки ({since}): изменений нет");
    }
    let warnings = |state| corrections.count_warnings(state);
    let of_warnings = match [FaultState::Fixed, FaultState::Remains, FaultState::Fresh].map(warnings) {
        [0, 0, 0] => String::new(),
        [fixed, remains, fresh] => format!("; предупреждений снято {fixed}, осталось {remains}, новых {fresh}"),
    };
    format!(
        "С прошлой проверки ({since}): исправлено {}, не исправлено {}, новых ошибок {}, проверить нельзя \
         {}{of_warnings}; новых и изменённых «школа — работа» {changed}",
        count(FaultState::Fixed),
        count(FaultState::Remains),
        count(FaultState::Fresh),
        count(FaultState::Unclear),
    )
}

/// Where copies of rejected files are, and until when they may be kept.
fn quarantined(plan: &Plan, outcome: &Outcome) {
    let rejected = outcome.files.iter().filter(|entry| entry.status == FileStatus::Rejected).count() as u64;
    if rejected > 0 {
        let folder = plan.store.join("quarantine");
        let size: u64 = srez_disk::list(&folder).map_or(0, |all| all.files.iter().map(|found| found.size).sum());
        say(&format!(
            "Копии непринятых файлов ({}) — в {folder}: в них могут быть имена учеников, {}; удалите их после {}",
            quantity::size(size),
            who_may_look(),
            date::short(&plan.quarantine_until)
        ));
    }
}

/// Who can read what the program keeps.
fn who_may_look() -> &'static str {
    if srez_disk::CLOSES_TO_OTHERS {
        "папка закрыта от других"
    } else {
        "права на папку — те же, что у папки выше: на общем диске закройте её от других"
    }
}

fn version(outcome: &Outcome) -> String {
    let Some(commit) = &outcome.commit else { return "хранилище не менялось".to_owned() };
    let withdrawn = match commit.still_withdrawn.len() as u64 {
        0 => String::new(),
        n => format!("; отозванных блоков снова прислано без изменений и не учтено {n}"),
    };
    if commit.new_units == 0 && commit.replaced.is_empty() {
        return format!("срез {} без изменений{withdrawn}", outcome.version);
    }
    let changed: u32 = commit.replaced.iter().map(|unit| unit.rows_changed).sum();
    let gone: u32 = commit.replaced.iter().map(|unit| unit.rows_before.saturating_sub(unit.rows)).sum();
    let gone = if gone == 0 {
        String::new()
    } else {
        format!(", стало меньше на {}", plural::nominative(gone.into(), plural::ROW))
    };
    format!(
        "срез {}: новых блоков «работа — школа — класс» {}, исправлено строк {changed}{gone}{withdrawn}",
        outcome.version, commit.new_units
    )
}

fn timings(stages: &[Stage]) {
    say("");
    let rows: Vec<Vec<String>> = stages
        .iter()
        .map(|stage| {
            vec![
                stage.title.clone(),
                if stage.steps == 0 { String::new() } else { stage.steps.to_string() },
                format!("{} мс", stage.time.as_millis()),
                quantity::size(stage.bytes),
                stage.memory.map_or_else(String::new, quantity::size),
            ]
        })
        .collect();
    table(&["Этап", "Шагов", "Время", "Объём", "Память, наибольшая до сих пор"], &rows);
}

/// Prints the resolved plan.
fn describe(plan: &Plan) -> Result<()> {
    say(&plan.title);
    let mut rows = vec![
        vec!["период".to_owned(), plan.period.clone()],
        vec!["дата документов".to_owned(), plan.date.clone()],
        vec![
            "муниципалитет".to_owned(),
            if plan.home.is_empty() { "все участники".to_owned() } else { plan.home.clone() },
        ],
        vec![
            "папки".to_owned(),
            plan.folders.iter().map(|folder| folder.path.to_string()).collect::<Vec<_>>().join(", "),
        ],
        vec!["реестр школ".to_owned(), plan.schools.as_ref().map_or_else(|| "нет".to_owned(), ToString::to_string)],
        vec![
            "год".to_owned(),
            plan.year.map_or_else(|| "все".to_owned(), |year| format!("{}/{:02}", year - 1, year % 100)),
        ],
        vec!["хранилище".to_owned(), plan.store.to_string()],
        vec!["документы".to_owned(), plan.reports.join(&plan.period).to_string()],
        vec!["спецификаций".to_owned(), plan.exams.len().to_string()],
        vec!["форм".to_owned(), plan.forms.len().to_string()],
    ];
    if let Some(works) = &plan.works {
        rows.push(vec!["пакет работ".to_owned(), exam_pack::line(works)]);
    }
    table(&["Что", "Значение"], &rows);
    let kept = srez_publish::to_be_kept(&plan.reports, &plan.period)?;
    if !kept.is_empty() {
        say("Ваши правки и файлы в папке выпуска будут сохранены, новый выпуск их не содержит:");
        list(&kept);
    }
    Ok(())
}
