//! Recommendations and road map: advice and measures of the catalogue, facts filled in; causes and choices stay with
//! people.

use super::planned::{self, Planned};
use super::{measures_taken, section};
use crate::context::{Chapter, Context, Facts, Names};
use crate::facts::{catalogue_text, deficits, looked_at, results};
use crate::table::TableOf;
use srez_model::recommendations::{Advice, Listener};
use srez_model::report::{Block, Section, Text};
use srez_model::tally::Group;
use srez_wording::{number, text as words};

/// Skills that advice names.
const MOST_SKILLS: usize = 4;
/// Skills that advice names where none is below a threshold.
const FEW_SKILLS: usize = 2;
/// Rows of the road map in an analysis.
const MOST_PLANNED: usize = 8;

/// `facts` tell of last year's measures: the effect of a measure on few schools tells of them, so editions have none.
pub(crate) fn compose(context: &Names<'_>, chapters: &[Chapter<'_>], facts: Option<&Facts<'_>>) -> Section {
    let exam = &chapters[0].measures.exam;
    let gia = exam.key.procedure.has_attempts();
    let Group { level, name: group } = &context.focus;
    let marked = |chapter: &Chapter<'_>| chapter.measures.marks_of(*level, group).is_some_and(|row| row.marked() > 0);
    let (weak, strong) = if exam.has_test_scores() {
        ("Не набравшим минимального балла и набравшим до 60. ", "Набравшим 61 балл и более. ")
    } else if chapters.iter().any(marked) {
        ("С отметкой «2» и «3». ", "С отметкой «4» и «5». ")
    } else {
        ("С низким первичным баллом. ", "С высоким первичным баллом. ")
    };
    let skills = skills(context, chapters);
    let advice = |title: &str, listener: Listener| -> Option<Block> {
        // Where no skill is known, advice about skills says nothing.
        let says = |advice: &&Advice| !skills.is_empty() || !advice.text.contains("{skill}");
        let texts = context.recommendations.advice(listener).filter(says);
        let texts: Vec<String> =
            texts.map(|advice| catalogue_text(context, &chapters[0], &advice.text, &skills)).collect();
        (!texts.is_empty()).then(|| Block::Paragraph(Text::default().bold(title).then(texts.join(" "))))
    };
    let mut blocks: Vec<Block> = [
        advice("Всем учителям. ", Listener::All),
        advice(weak, Listener::Weak),
        advice(strong, Listener::Strong),
        advice("Методическому объединению. ", Listener::Association),
        advice("Повышение квалификации. ", Listener::Training),
    ]
    .into_iter()
    .flatten()
    .collect();
    blocks.push(Block::Field("Типичные ошибки и их причины (по работам)".to_owned(), 3));
    blocks.extend(facts.map(|facts| measures_taken::taken(&Context { names: context, facts }, chapters, false)));
    let effects = facts.map_or(&[][..], |facts| &facts.effects.rows);
    let rows: Vec<Planned> =
        planned::of_municipality(context, chapters, effects).into_iter().take(MOST_PLANNED).collect();
    if rows.is_empty() {
        blocks.push(Block::Note(Text::plain(if gia {
            "Правила F20 и F21 не проверены и предложений не дают: недостатки в план вписывает методист по таблице \
             выполнения заданий."
        } else if !looked_at::judges_tasks(chapters) {
            planned::NOT_JUDGED
        } else {
            "Умений, большинство заданий на которые ниже порога (F01, F02), и роста доли «2» (F03) нет: таблица мер не \
             заполнялась."
        })));
    } else {
        blocks.push(road_map(&rows));
    }
    section("Рекомендации и план", true, blocks)
}

/// Names of the skills that need support; where none is judged so, those with the lowest completion, with their share;
/// empty where no skill is known.
fn skills(context: &Names<'_>, chapters: &[Chapter<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for deficit in deficits::of_focus(context, chapters) {
        if !names.iter().any(|known| known == deficit.skill) {
            names.push(deficit.skill.to_owned());
        }
    }
    names.truncate(MOST_SKILLS);
    if names.is_empty() {
        names = lowest(context, chapters);
    }
    words::list(&names)
}

/// The skills with the lowest completion, that of a small group aside.
fn lowest(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<String> {
    let Group { level, name: group } = &context.focus;
    let rows = chapters.iter().flat_map(|chapter| chapter.measures.skills_of(*level, group));
    let mut rows: Vec<_> =
        rows.filter(|row| !results::is_small(context, row.n)).filter_map(|row| Some((row, row.pct?.value))).collect();
    rows.sort_by(|(_, first), (_, second)| first.0.total_cmp(&second.0));
    rows.iter()
        .take(FEW_SKILLS)
        .map(|(row, share)| format!("{} ({})", words::lowered(&row.title), number::percent(*share, row.n)))
        .collect()
}

/// The road map with the columns that an upright page bears.
fn road_map(rows: &[Planned]) -> Block {
    let note = "Недостаток и ожидаемый результат рассчитаны программой; мероприятие, срок и ответственный (должность, \
                не фамилия) — предложение из каталога, их правит методист.";
    TableOf::new(rows)
        .text("Недостаток (факт, число, n)", 3.2, |one| one.lack.clone())
        .text("Мероприятие", 3.6, |one| one.measure.clone())
        .text("Срок", 1.3, |one| one.term.clone())
        .text("Ответственный", 1.8, |one| one.responsible.clone())
        .text("Ожидаемый результат", 1.8, |one| one.expected.clone())
        .text("Отметка", 1.0, |_| String::new())
        .named("roadmap", "Дорожная карта: недостатки и меры", note)
}
