//! «Рисунки для специалиста»: drawings that the body does without, one after another in the annex.

use super::section;
use crate::model::report::{Block, Section, Text};
use crate::report::context::Chapter;

/// Charts of the annex in their order: tasks against their thresholds, which the body has as a table with bars, schools
/// sorted by result, and how tasks tell pupils apart.
const CHARTS: [&str; 4] = ["task-levels", "caterpillar", "item-map", "item-curves"];

/// The annex, a part per grade where there are several; nothing where no exam has such a drawing.
pub(crate) fn compose(chapters: &[Chapter<'_>]) -> Vec<Section> {
    let figures = |chapter: &Chapter<'_>| -> Vec<Block> {
        CHARTS.iter().filter_map(|id| chapter.figure(id)).map(Block::Figure).collect()
    };
    let parts: Vec<(u8, Vec<Block>)> = chapters
        .iter()
        .map(|chapter| (chapter.measures.exam.key.grade, figures(chapter)))
        .filter(|(_, blocks)| !blocks.is_empty())
        .collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let note = "Школы здесь расположены по результату, чтобы было видно, чьи интервалы перекрываются: это не рейтинг. \
                Карта ставит участников и задания на \
                одну шкалу: где участники есть, а заданий рядом нет, работа различает их плохо. Кривые показывают, различает ли задание участников с разной подготовкой.";
    let mut made = vec![section("Рисунки для специалиста", true, vec![Block::Note(Text::plain(note))])];
    for (grade, blocks) in parts {
        if 1 < chapters.len() {
            made.push(Section { depth: 2, ..section(&format!("{grade} класс"), false, blocks) });
        } else if let Some(first) = made.first_mut() {
            first.blocks.extend(blocks);
        }
    }
    for part in &mut made {
        part.annex = true;
    }
    made
}
