//! «Рисунки для специалиста»: drawings that the body does without, one after another in the annex.

use super::annex_by_grade;
use crate::context::Chapter;
use srez_model::report::{Block, Section, Text};

/// Charts of the annex in their order: tasks against their thresholds, which the body has as a table with bars, schools
/// sorted by result, and how tasks tell pupils apart.
const CHARTS: [&str; 4] = ["task-levels", "caterpillar", "item-map", "item-curves"];

/// The annex, a part per grade where there are several; nothing where no exam has such a drawing.
pub(crate) fn compose(chapters: &[Chapter<'_>]) -> Vec<Section> {
    let figures = |chapter: &Chapter<'_>| -> Vec<Block> {
        CHARTS.iter().filter_map(|id| chapter.figure(id)).map(Block::Figure).collect()
    };
    let parts: Vec<(String, Vec<Block>)> = chapters
        .iter()
        .map(|chapter| (chapter.measures.exam.key.grade_title(), figures(chapter)))
        .filter(|(_, blocks)| !blocks.is_empty())
        .collect();
    let note = "Школы здесь расположены по результату, чтобы было видно, чьи интервалы перекрываются: это не рейтинг. \
                Карта ставит участников и задания на \
                одну шкалу: где участники есть, а заданий рядом нет, работа различает их плохо. Кривые показывают, \
                различает ли задание участников с разной подготовкой.";
    annex_by_grade("Рисунки для специалиста", vec![Block::Note(Text::plain(note))], parts)
}
