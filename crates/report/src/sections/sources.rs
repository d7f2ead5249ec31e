//! «Источники и качество данных»: which files, which rows, what was wrong in them.

use super::{no_data, section};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::delivery::FileEntry;
use srez_model::note::NoteCode;
use srez_model::report::{Block, RowKind, Section, Text};
use srez_wording::sentence::files as said;
use std::collections::BTreeMap;

/// Files named in a document; the rest stands in the protocol of data quality.
const MOST_FILES: usize = 25;

pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let exams: Vec<String> = chapters.iter().map(|chapter| chapter.measures.exam.id()).collect();
    let files: Vec<&FileEntry> =
        context.facts.files.iter().filter(|entry| entry.exams.iter().any(|exam| exams.contains(exam))).collect();
    let mut blocks = Vec::new();
    if files.is_empty() {
        blocks.push(no_data("файлы этих работ в этот раз не поступали, результаты взяты из хранилища"));
    } else {
        blocks.push(files_table(&files));
        if MOST_FILES < files.len() {
            let rest = u64::try_from(files.len() - MOST_FILES).unwrap_or(0);
            blocks.push(Block::Note(Text::plain(said::more_files(rest))));
        }
        blocks.extend(notes_table(context, &files));
    }
    let mut made = section("Источники и качество данных", true, blocks);
    made.annex = true;
    made
}

fn files_table(files: &[&FileEntry]) -> Block {
    let mut total = srez_model::delivery::RowCounts::default();
    for entry in files {
        total.add(entry.rows);
    }
    let of_file = |entry: &&FileEntry| (entry.file.name.clone(), entry.rows, entry.status.title(), RowKind::Plain);
    let all = (said::all_files(files.len() as u64), total, "", RowKind::Total);
    let note =
        "Прочитано = принято + заменено + не принято + пустые + заголовки и итоги; отсутствовавшие входят в принятые.";
    TableOf::new(files.iter().take(MOST_FILES).map(of_file).chain([all]))
        .text("Файл", 4.0, |(name, ..)| name.clone())
        .count("Строк", 1.0, |(_, rows, ..)| rows.read.into())
        .count("Принято", 1.0, |(_, rows, ..)| rows.accepted.into())
        .count("Отсутств.", 1.0, |(_, rows, ..)| rows.absent.into())
        .count("Не принято", 1.0, |(_, rows, ..)| rows.rejected.into())
        .count("Заменено", 1.0, |(_, rows, ..)| rows.superseded.into())
        .text("Состояние", 2.0, |(_, _, status, _)| (*status).to_owned())
        .kinds(|(.., kind)| *kind)
        .named("files", "Файлы и строки", note)
}

fn notes_table(context: &Context<'_>, files: &[&FileEntry]) -> Option<Block> {
    let names: Vec<&str> = files.iter().map(|entry| entry.file.name.as_str()).collect();
    let mut counts: BTreeMap<NoteCode, u64> = BTreeMap::new();
    for note in context.facts.notes.iter().filter(|note| names.contains(&note.file.as_str())) {
        *counts.entry(note.code).or_default() += 1;
    }
    if counts.is_empty() {
        return None;
    }
    let table = TableOf::new(counts)
        .text("Код", 0.8, |(code, _)| code.to_string())
        .text("Замечание", 6.0, |(code, _)| {
            context.code_titles.get(code.as_str()).cloned().unwrap_or_default()
        })
        .count("Случаев", 1.0, |(_, n)| *n);
    Some(table.named("notes", "Замечания к файлам", "Адреса ячеек — в протоколе качества данных."))
}
