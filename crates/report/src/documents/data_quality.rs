//! «Протокол качества данных»: every file, every note with its cell, completeness.

use crate::context::Context;
use crate::sections::{self, completeness, data_quality};
use crate::table::TableOf;
use srez_model::delivery::FileEntry;
use srez_model::measures::Measures;
use srez_model::note::{Note, NoteCode};
use srez_model::report::{Block, DocumentKind, Report, Section, Text};
use srez_wording::sentence::files as said;
use srez_wording::text as words;
use std::collections::BTreeMap;

/// Anchor of the section with every note.
pub(crate) const NOTES: &str = "notes";

/// Anchor of the section that tells what is missing.
pub(crate) const COMPLETENESS: &str = "completeness";

/// The protocol of a run.
pub fn compose(context: &Context<'_>, exams: &[&Measures]) -> Report {
    let mut sections = vec![
        section("Файлы", vec![files(context)]),
        section("Балл качества данных", data_quality::blocks(context)),
        section("Замечания по видам", vec![by_code(context)]),
        Section { id: NOTES, ..section("Все замечания", vec![all_notes(context)]) },
        Section {
            id: COMPLETENESS, ..section("Полнота: кто прислал, чего нет", completeness::blocks(context, exams))
        },
        section("История: что изменилось в данных", vec![history(context)]),
    ];
    if let Some(block) = completeness::corrections(context) {
        sections.push(section("Исправлено и не исправлено", vec![block]));
    }
    let (title, subtitle) = ("Протокол качества данных".to_owned(), context.title.to_owned());
    Report { sections, ..context.report(DocumentKind::DataQuality, title, subtitle) }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    sections::section(title, false, blocks)
}

fn files(context: &Context<'_>) -> Block {
    let works =
        |entry: &FileEntry| entry.exams.iter().map(|exam| context.title_of(exam)).collect::<Vec<_>>().join("; ");
    let note = "Прочитано = принято + заменено + не принято + пустые + заголовки и итоги.";
    TableOf::new(context.facts.files)
        .text("Файл", 4.0, |entry| entry.file.name.clone())
        .text("Форма", 2.6, |entry| context.title_of(&entry.form).to_owned())
        .text("Работы", 2.8, |entry| works(entry))
        .count("Строк", 0.9, |entry| entry.rows.read.into())
        .count("Принято", 0.9, |entry| entry.rows.accepted.into())
        .count("Не принято", 0.9, |entry| entry.rows.rejected.into())
        .count("Заменено", 0.9, |entry| entry.rows.superseded.into())
        .text("Состояние", 1.8, |entry| entry.status.title().to_owned())
        .named("files", "Файлы и строки", note)
}

fn by_code(context: &Context<'_>) -> Block {
    let mut counts: BTreeMap<NoteCode, (u64, &Note)> = BTreeMap::new();
    for note in context.facts.notes {
        counts.entry(note.code).or_insert((0, note)).0 += 1;
    }
    if counts.is_empty() {
        return Block::Note(Text::plain("Замечаний нет."));
    }
    let title = |code: &NoteCode| {
        context.code_titles.get(code.as_str()).map_or_else(String::new, |title| words::capitalised(title))
    };
    TableOf::new(counts)
        .text("Код", 0.7, |(code, _)| code.to_string())
        .text("Замечание", 3.0, |(code, _)| title(code))
        .text("Чем грозит", 1.8, |(_, (_, first))| first.severity.title().to_owned())
        .count("Случаев", 0.9, |(_, (n, _))| *n)
        .text("Что делать", 4.0, |(_, (_, first))| words::sentence(&first.hint))
        .named("codes", "Виды замечаний", "")
}

/// What the version of the history brought: new units, corrected ones, decisions.
fn history(context: &Context<'_>) -> Block {
    let change = context.facts.change;
    if change.is_empty() {
        return Block::Note(Text::plain(format!("Версия данных {}: состав результатов не менялся.", context.version)));
    }
    let note = "Считаются классы школ в работе (на ОГЭ и ЕГЭ — за день); исправленный класс заменяется целиком.";
    TableOf::new(change)
        .text("Работа", 3.0, |of| context.title_of(&of.exam).to_owned())
        .count("Новых", 1.0, |of| of.new_units)
        .count("Заменено", 1.0, |of| of.replaced_units)
        .count("Исправлено строк", 1.0, |of| of.rows_changed)
        .count("Отозвано", 1.0, |of| of.withdrawn_units)
        .count("Снова учтено", 1.0, |of| of.readmitted_units)
        .named("history", format!("Версия данных {}: что изменилось", context.version), note)
}

/// Notes of one kind in one column of one sheet beyond this number are folded into a line.
const MOST_ALIKE: usize = 20;

fn all_notes(context: &Context<'_>) -> Block {
    let mut rows = Vec::new();
    let mut alike: BTreeMap<(&str, &str, NoteCode, u32), usize> = BTreeMap::new();
    for note in context.facts.notes {
        let seen = alike.entry((&note.file, &note.sheet, note.code, note.column)).or_default();
        *seen += 1;
        if *seen <= MOST_ALIKE {
            rows.push((note, note.cell(), note.message.clone()));
        }
    }
    for ((file, sheet, code, column), count) in alike.into_iter().filter(|(_, count)| MOST_ALIKE < *count) {
        let rest = u64::try_from(count - MOST_ALIKE).unwrap_or(0);
        let like = context.facts.notes.iter().find(|note| {
            (note.file.as_str(), note.sheet.as_str(), note.code, note.column) == (file, sheet, code, column)
        });
        if let Some(like) = like {
            let place = srez_model::note::column_name(column);
            let place = if place.is_empty() { String::new() } else { format!(" в столбце {place}") };
            let message = format!("ещё таких замечаний{place}: {rest}; все — в data/notes.csv");
            rows.push((like, String::new(), message));
        }
    }
    if rows.is_empty() {
        return Block::Note(Text::plain("Замечаний нет."));
    }
    let n = u64::try_from(context.facts.notes.len()).unwrap_or(0);
    TableOf::new(rows)
        .text("Файл", 3.2, |(note, ..)| note.file.clone())
        .text("Лист", 1.4, |(note, ..)| note.sheet.clone())
        .text("Ячейка", 0.8, |(_, cell, _)| cell.clone())
        .text("Код", 0.6, |(note, ..)| note.code.to_string())
        .text("Найдено", 1.0, |(note, ..)| note.found.clone())
        .text("Что не так", 4.0, |(.., message)| message.clone())
        .text("Что делать", 3.6, |(note, ..)| words::sentence(&note.hint))
        .named("notes", said::notes(n), "")
}
