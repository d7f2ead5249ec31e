//! «Методика» of a workbook: definitions travel with the numbers, so text and code cannot differ. What documents say in
//! plain words stands in the one file of the run, [`crate::documents::methods`].

use super::section;
use crate::context::{Chapter, Context, Names};
use crate::table::TableOf;
use srez_model::assessment::Exam;
use srez_model::measures::{MeasureDefinition, ToldIn};
use srez_model::report::{Block, Cell, Section};
use srez_model::sign::{SignDefinition, Works};
use srez_model::threshold::Threshold;
use srez_wording::{rule, text as words};
use std::collections::BTreeSet;

/// Formulas, measures of the tables of data, every rule and threshold, how far scales are confirmed.
pub(crate) fn in_full(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let exam = &chapters[0].measures.exam;
    let (in_text, in_tables): (Vec<_>, Vec<_>) =
        of_exam(context, exam).partition(|measure| measure.told == ToldIn::Text);
    let mut blocks = vec![
        definitions(context, "methods", "Показатели", &in_text),
        definitions(context, "methods-of-tables", "Показатели, которые стоят только в таблицах данных", &in_tables),
    ];
    let used: Vec<&SignDefinition> = signs_of(context, exam).collect();
    let rules = TableOf::new(&used)
        .text("Код", 0.7, |sign| sign.id.to_string())
        .text("Признак", 2.4, |sign| words::capitalised(sign.title))
        .text("Правило", 5.0, |sign| rule::in_force(sign, context.thresholds))
        .text("Источник", 2.0, |sign| sign.tag.title().to_owned());
    blocks.push(rules.named("rules", "Признаки и их правила", ""));
    blocks.push(not_computed(context));
    let of_signs: BTreeSet<&str> = used.iter().flat_map(|sign| sign.thresholds.iter().copied()).collect();
    let entries = context.thresholds.entries.values().filter(|entry| of_signs.contains(entry.id.as_str()));
    let thresholds = TableOf::new(entries)
        .text("Порог", 4.2, |entry| entry.title.clone())
        .number("Значение", 1.0, |entry| Cell::number(entry.value, decimals(entry)))
        .text("Единица", 1.0, |entry| entry.unit.clone())
        .text("Источник", 4.6, |entry| entry.source());
    blocks.push(thresholds.named("thresholds", "Пороги и их источники", ""));
    blocks.push(scales(chapters));
    Section { annex: true, ..section("Методика полностью", true, blocks) }
}

/// Measures that an exam of this kind has.
fn of_exam<'a>(context: &Names<'a>, exam: &Exam) -> impl Iterator<Item = &'a MeasureDefinition> {
    context.measures.iter().copied().filter(|measure| measure.of.has(exam))
}

/// Signs that an exam of this kind has.
fn signs_of<'a>(context: &Context<'a>, exam: &Exam) -> impl Iterator<Item = &'a SignDefinition> {
    let is_exam = exam.key.procedure.has_attempts();
    context.signs.iter().copied().filter(move |sign| match sign.works {
        Works::All => true,
        Works::Exams => is_exam,
        Works::Vpr => !is_exam,
    })
}

fn decimals(entry: &Threshold) -> u8 {
    u8::from(entry.value.fract() != 0.0) * if entry.value < 0.1 { 3 } else { 1 }
}

/// Rules that others use and that cannot be computed from what comes, with the reason.
fn not_computed(context: &Context<'_>) -> Block {
    TableOf::new(context.not_computed)
        .text("Код", 0.7, |sign| sign.id.to_string())
        .text("Правило", 2.0, |sign| sign.title.to_owned())
        .text("Что требует", 4.0, |sign| rule::in_force(sign, context.thresholds))
        .text("Почему", 3.0, |sign| text_of(sign.caution))
        .named("not-computed", "Известные правила, которые не вычисляются", "")
}

/// The caution as a sentence.
fn text_of(caution: &str) -> String {
    format!("{}.", srez_wording::text::capitalised(caution))
}

/// Definitions of measures, one per row.
fn definitions(context: &Context<'_>, id: &str, title: &str, measures: &[&MeasureDefinition]) -> Block {
    let filled = |text: &str| words::capitalised(&rule::filled(text, context.thresholds));
    TableOf::new(measures)
        .text("Показатель", 1.5, |measure| words::capitalised(measure.title))
        .text("Формула", 4.0, |measure| filled(measure.formula))
        .text("Когда значения нет", 2.4, |measure| filled(measure.degenerate))
        .text("Источник", 2.4, |measure| words::capitalised(measure.source))
        .named(id, title, "")
}

fn scales(chapters: &[Chapter<'_>]) -> Block {
    let cuts = |exam: &Exam| {
        let cuts = exam.scale.cuts().into_iter().map(|(bound, word)| format!("{word} с {bound}"));
        let cuts = cuts.collect::<Vec<_>>().join(", ");
        if cuts.is_empty() { "не известна, отметки — из файлов".to_owned() } else { cuts }
    };
    TableOf::new(chapters.iter().map(|chapter| &chapter.measures.exam))
        .text("Работа", 3.0, |exam| exam.title())
        .number("Максимум", 1.0, |exam| {
            exam.max_primary.map_or(Cell::Missing, |max| Cell::count(u64::from(max)))
        })
        .text("Шкала", 2.6, |exam| cuts(exam))
        .text("Шкала подтверждена", 2.0, |exam| exam.scale_confirmed.title().to_owned())
        .text("Задания подтверждены", 2.0, |exam| exam.tasks_confirmed.title().to_owned())
        .named("scales", "Шкалы и задания: насколько подтверждены", "")
}
