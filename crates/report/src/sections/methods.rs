//! «Методика»: definitions travel with the numbers, so text and code cannot differ. Documents say it in plain words;
//! the workbook has formulas, all rules and all thresholds.

use super::{section, text};
use crate::context::{Chapter, Context, Names};
use crate::table::TableOf;
use srez_model::assessment::Exam;
use srez_model::measures::MeasureDefinition;
use srez_model::report::{Block, Cell, Section, Text};
use srez_model::sign::{SignDefinition, SignId, Works};
use srez_model::threshold::Threshold;
use srez_wording::{number as print, rule, text as words};
use std::collections::BTreeSet;

/// Unit of a threshold that only turns a rule on or off.
const SWITCH: &str = "включено";

/// The annex in plain words: measures of the document, signs that it names with their thresholds, scales.
pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let mut blocks = vec![Block::Paragraph(Text::plain(format!(
        "Все числа получены сложением баллов и участников, доли округляются только при печати. Участники малой школы — \
         вся её совокупность этого года; интервал показывает, насколько год представляет обычный набор учеников. Балл \
         0, «X» (не приступал), отсутствие и непройденная тема учитываются раздельно. Разность «этого года» учитывает \
         случайность набора учеников; вывод «о школе в целом» — ещё и то, что классы одной школы различаются. {} \
         {}Один и тот же порог действует для всех школ.",
        super::findings::promise(context),
        super::findings::by_chance(context, chapters.iter().flat_map(|chapter| &chapter.findings.families))
            .map_or_else(String::new, |words| format!("{words} "))
    )))];
    let exam = &chapters[0].measures.exam;
    let plain_words = TableOf::new(of_exam(context, exam).filter(|measure| is_used(measure.id)))
        .text("Показатель", 2.6, |measure| measure.title.to_owned())
        .text("Что он говорит", 6.6, |measure| format!("{}.", words::capitalised(measure.plain)));
    blocks.push(plain_words.named("plain-words", "Показатели", ""));
    // The small table goes first: after the long one of signs it would stand alone on a page of its own.
    blocks.push(scales(chapters));
    blocks.push(named_signs(context, chapters));
    let mut made = section("Методика, пороги, шкалы", true, blocks);
    made.annex = true;
    made
}

/// What the workbook has beside it: formulas, measures of the tables of data, every rule and threshold.
pub(crate) fn in_full(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let exam = &chapters[0].measures.exam;
    let (in_text, in_tables): (Vec<_>, Vec<_>) = of_exam(context, exam).partition(|measure| is_used(measure.id));
    let mut blocks = vec![
        definitions("methods", "Показатели", &in_text),
        definitions("methods-of-tables", "Показатели, которые стоят только в таблицах данных", &in_tables),
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
    Section { annex: true, ..section("Методика полностью", true, blocks) }
}

/// Measures that an exam of this kind has.
fn of_exam<'a>(context: &Names<'a>, exam: &Exam) -> impl Iterator<Item = &'a MeasureDefinition> {
    context.measures.iter().copied().filter(|measure| applies(measure.id, exam))
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

/// Signs that the document names, each with its thresholds and where they come from.
fn named_signs(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Block {
    let named: BTreeSet<SignId> = chapters
        .iter()
        .flat_map(|chapter| {
            let found = &chapter.findings;
            let said = found.findings.iter().filter(|one| !one.is_silent()).map(|one| one.sign.id);
            let tested = found.families.iter().filter(|family| family.checked > 0).map(|family| family.sign);
            let listed = found.lists.iter().map(|list| list.sign);
            said.chain(tested).chain(listed).collect::<Vec<_>>()
        })
        .collect();
    let mut above = String::new();
    let signs = signs_of(context, &chapters[0].measures.exam).filter(|sign| named.contains(&sign.id)).map(|sign| {
        let entries: Vec<&Threshold> = sign
            .thresholds
            .iter()
            .filter(|id| is_of_a_sign(id))
            .map(|id| context.thresholds.get(id))
            .filter(|entry| entry.unit != SWITCH)
            .collect();
        let limits: Vec<String> = entries.iter().map(|entry| limit(entry)).collect();
        let sources = sources_of(&entries, &mut above);
        (sign, limits, if sources.is_empty() { sign.tag.title().to_owned() } else { sources })
    });
    let note = format!(
        "Показаны признаки, о которых сказано в документе; «—»: своего порога нет. У отличий школ от \
         остальных общее правило: с вероятностью не меньше {}\u{a0}% не меньше {}\u{a0}п.п. Доля случайных среди \
         отмеченного у признаков с проверкой — по {}. Формулы, правила целиком и все пороги — в рабочей книге этого \
         анализа и в команде srez explain КОД.",
        context.limit("gap.sure"),
        context.limit("gap.size"),
        context.thresholds.get("tests.q").document
    );
    TableOf::new(signs)
        .text("Код", 0.6, |(sign, ..)| sign.id.to_string())
        .text("Признак", 2.9, |(sign, ..)| words::capitalised(sign.title))
        .column(text("Пороги", 5.2), |(_, limits, _)| {
            if limits.is_empty() { Cell::Missing } else { Cell::Text(limits.join("; ")) }
        })
        .text("Источник порогов", 4.4, |(.., sources)| sources.clone())
        .named("signs", "Признаки и их пороги", note)
}

/// Where thresholds come from, each source once; a document that the row above ended with is «там же».
fn sources_of(entries: &[&Threshold], above: &mut String) -> String {
    let mut written: Vec<String> = Vec::new();
    let mut sources: Vec<String> = Vec::new();
    for entry in entries {
        let source = entry.source();
        if written.contains(&source) {
            continue;
        }
        let document = format!("{}: {}", entry.tag.title(), entry.document);
        let is_same = !entry.document.is_empty() && entry.reason.is_empty() && *above == document;
        sources.push(match (is_same, entry.page.as_str()) {
            (true, "") => "там же".to_owned(),
            (true, page) => format!("там же, с.\u{a0}{page}"),
            (false, _) => source.clone(),
        });
        *above = document;
        written.push(source);
    }
    if entries.is_empty() {
        above.clear();
    }
    sources.join("; ")
}

/// True for a threshold of one sign, `S01.participants`; `tests.q` and `gap.size` are of several.
fn is_of_a_sign(id: &str) -> bool {
    id.starts_with(['F', 'S'])
}

/// «участников не менее 10»: the title without the name of its sign, which stands beside it, and without the noun
/// that it says itself.
fn limit(entry: &Threshold) -> String {
    let title = entry.title.rsplit_once(": ").map_or(entry.title.as_str(), |(_, rest)| rest);
    let value = print::decimal(entry.value, decimals(entry));
    if ["%", "п.п.", "балл"].iter().any(|unit| entry.unit.starts_with(unit)) {
        return format!("{title}\u{a0}{value}\u{a0}{}", entry.unit);
    }
    format!("{title}\u{a0}{value}")
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
fn definitions(id: &str, title: &str, measures: &[&MeasureDefinition]) -> Block {
    TableOf::new(measures)
        .text("Показатель", 1.5, |measure| words::capitalised(measure.title))
        .text("Формула", 4.0, |measure| words::capitalised(measure.formula))
        .text("Когда значения нет", 2.4, |measure| words::capitalised(measure.degenerate))
        .text("Источник", 2.4, |measure| words::capitalised(measure.source))
        .named(id, title, "")
}

/// True where the text of a document uses a measure; the others stand in the tables of data only.
fn is_used(id: &str) -> bool {
    !matches!(
        id,
        "item-statistics"
            | "reliability"
            | "points-by-mark"
            | "level-completion"
            | "simonov-index"
            | "characteristic-curves"
            | "rasch-model"
            | "differential-functioning"
            | "own-level-comparison"
            | "group-comparison"
            | "funnel-limits"
    )
}

/// True where an exam of this kind has the measure.
fn applies(id: &str, exam: &Exam) -> bool {
    match id {
        "ege-bands" => exam.has_test_scores(),
        "mean-mark" | "pass-rate" | "quality-rate" | "simonov-index" => !exam.has_test_scores(),
        "journal-comparison" | "boundary-bunching" => !exam.key.procedure.has_attempts(),
        "effectiveness" | "data-quality-score" => false,
        _ => true,
    }
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

#[cfg(test)]
mod tests {
    use super::{limit, sources_of};
    use srez_config::thresholds::built_in;

    #[test]
    fn a_document_is_named_once_in_rows_that_follow_each_other() {
        let thresholds = built_in().unwrap();
        let mut above = String::new();
        let mut row = |ids: &[&str]| {
            let entries: Vec<_> = ids.iter().map(|id| thresholds.get(id)).collect();
            sources_of(&entries, &mut above).replace('\u{a0}', " ")
        };
        assert!(row(&["F01.sufficient", "F01.zone"]).ends_with("рекомендации по анализу результатов ВПР, с. 6, 17"));
        assert_eq!(row(&["F03.rise"]), "там же, с. 7-8");
        assert_eq!(row(&["S01.participants"]), "правило программы");
        assert!(row(&["F04.gap"]).starts_with("официально"), "another row stands between");
        assert_eq!(row(&[]), "");
        assert!(row(&["F04.gap"]).starts_with("официально"));
    }

    #[test]
    fn a_limit_is_said_without_the_name_of_its_sign() {
        let thresholds = built_in().unwrap();
        let said = |id: &str| limit(thresholds.get(id)).replace('\u{a0}', " ");
        assert_eq!(said("F02.zone"), "полуширина зоны неопределённости 1,5 п.п.");
        assert_eq!(said("S02.participants"), "участников не менее 10");
    }
}
