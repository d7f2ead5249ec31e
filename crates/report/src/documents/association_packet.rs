//! «Пакет методического объединения» (item 3.4): two pages for a meeting; no pupils, no ranking.

use crate::context::{Chapter, Names};
use crate::facts::{catalogue_text, partners, works};
use crate::sections::attention::{self, Attention, DISCUSSED};
use crate::sections::{missing, other, section, support, worth_studying};
use crate::table::TableOf;
use srez_model::finding::{ListedSchool, Verdict};
use srez_model::recommendations::Listener;
use srez_model::report::{Align, Block, Cell, DocumentKind, Report, Section, Text};
use srez_wording::{date, number, text as words};

/// Pairs that the packet shows.
const MOST_PAIRS: usize = 5;

/// The packet of one subject over all its exams of the period.
pub fn compose(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let genitive = context.genitive.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let titles = works::titles(chapters.iter().map(|chapter| &*chapter.measures.exam));
    let attention = attention::find(context, chapters);
    let sections = vec![
        plain("Повестка, 60 минут", vec![Block::Steps(attention::agenda(&attention))]),
        plain("Умения, требующие внимания", attention_blocks(context, &attention)),
        plain("Задания к обсуждению", discussion(&attention)),
        plain("К кому обратиться", [experience(context, chapters), pairs(context, chapters)].concat()),
        plain("Проект решения", vec![Block::Steps(attention::decision(&attention))]),
        plain("Памятка учителю", keep(context, chapters)),
    ];
    Report {
        kind: DocumentKind::AssociationPacket,
        title: format!("Пакет методического объединения учителей {genitive}"),
        subtitle: words::shortened(&titles.join("; "), 160),
        centre: context.centre.to_owned(),
        style: std::sync::Arc::clone(context.style),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: format!("Методическое объединение. {}", exam.subject_title),
        footer: format!(
            "Срез {} от {} · для методиста; школы названы, данных учеников нет",
            context.version,
            date::short(context.date)
        ),
        key_figures: Vec::new(),
        passport: Vec::new(),
        missing: missing::no_answers(chapters).into_iter().collect(),
        sections,
    }
}

fn plain(title: &str, blocks: Vec<Block>) -> Section {
    section(title, false, blocks)
}

fn attention_blocks(context: &Names<'_>, attention: &[Attention]) -> Vec<Block> {
    if attention.is_empty() {
        return vec![Block::Note(Text::plain(format!(
            "Уровни заданий не указаны или участников меньше {}: смотрите таблицы анализа по предмету.",
            context.limit("privacy.group")
        )))];
    }
    let (weak, strong) = match (attention.iter().any(|seen| seen.bands), attention.iter().all(|seen| seen.bands)) {
        (_, true) => ("мин.–60, %", "81–100, %"),
        (true, false) => ("«3» или мин.–60, %", "«5» или 81–100, %"),
        (false, false) => ("с «3», %", "с «5», %"),
    };
    let judged = attention.iter().any(|seen| seen.below.is_some());
    let without = attention.iter().any(|seen| seen.below.is_none());
    let below = attention.iter().any(|seen| seen.bar.verdict == Verdict::Insufficient);
    let caption = match (judged, without, below) {
        (false, ..) => "Задания с наименьшим выполнением",
        (true, true, true) => "Задания дальше всего от порога; ОГЭ и ЕГЭ — с наименьшим выполнением",
        (true, false, true) => "Задания дальше всего от порога",
        (true, true, false) => "Задания ближе всего к порогу, все выше него; ОГЭ и ЕГЭ — с наименьшим выполнением",
        (true, false, false) => "Задания ближе всего к порогу, все выше него",
    };
    let unconfirmed = if without {
        " У ОГЭ и ЕГЭ порогов, подтверждённых документом, нет; где уровни известны, показаны задания базового уровня."
    } else {
        ""
    };
    let note = format!(
        "Процент выполнения — сумма баллов, делённая на произведение числа участников и максимума. Риска — порог.\
         {unconfirmed} «—»: в группе меньше {} участников.",
        context.limit("F09.group")
    );
    let decimals = |seen: &Attention| number::share_decimals(seen.n);
    let group = |seen: &Attention, place: usize| {
        seen.groups[place].map_or(Cell::Missing, |value| Cell::number(value, decimals(seen)))
    };
    let table = TableOf::new(attention)
        .text("Работа", 2.6, |seen| seen.exam.clone())
        .column(other("№", Align::Right, 0.6), |seen| Cell::Text(seen.task.clone()))
        .text("Что проверяется", 3.4, |seen| {
            if seen.matter.is_empty() { "—".to_owned() } else { words::capitalised(&seen.matter) }
        })
        .number("%", 0.9, |seen| Cell::number(seen.pct, decimals(seen)))
        .count("n", 0.9, |seen| seen.n)
        .number(weak, 1.2, |seen| group(seen, 0))
        .number(strong, 1.2, |seen| group(seen, 1))
        .column(other("", Align::Left, 1.9).drawn_from([3]), |seen| Cell::Bar(seen.bar));
    vec![table.named("attention", caption, note)]
}

fn discussion(attention: &[Attention]) -> Vec<Block> {
    attention
        .iter()
        .take(DISCUSSED)
        .flat_map(|seen| {
            let [full, partial, zero, none] = seen.parts.map(|part| number::percent_exact(part, 0));
            let partial = if seen.single { String::new() } else { format!(", частичный — {partial}") };
            // The protocols of ОГЭ and ЕГЭ do not tell zero from not attempted.
            let none =
                if seen.tells_skipped { format!(", не приступали — {none}") } else { String::new() };
            let what = if seen.matter.is_empty() {
                String::new()
            } else {
                format!(" «{}»", words::capitalised(&seen.matter))
            };
            [
                Block::Paragraph(
                    Text::default()
                        .bold(format!("Задание № {}{what}, {}. ", seen.task, seen.grade))
                        .then(format!("Полный балл — {full}{partial}, ноль — {zero}{none}.")),
                ),
                Block::Field("Типичные ошибки и что помогает".to_owned(), 1),
            ]
        })
        .collect()
}

/// Schools worth studying over all exams of the packet, by skill; no ranks.
fn experience(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let mut entries: Vec<ListedSchool> = Vec::new();
    for chapter in chapters {
        let of_exam = worth_studying::list(chapter).map(|list| list.entries.as_slice()).unwrap_or_default();
        entries.extend(of_exam.iter().cloned().map(|mut entry| {
            if chapters.len() > 1 {
                entry.matter_title = format!("{}. {}", chapter.measures.exam.grade_title(), entry.matter_title);
            }
            entry
        }));
    }
    if entries.is_empty() {
        return vec![Block::Note(Text::plain(worth_studying::nobody(chapters)))];
    }
    let caption = "Школы, чей опыт стоит изучить".to_owned();
    let note = worth_studying::note(context, &entries);
    vec![worth_studying::entries(context, "experience", caption, &entries, &note)]
}

/// Whom a school may turn to, over all exams of the packet.
fn pairs(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let needs = partners::needs(context, chapters);
    let found = partners::pairs(context, chapters, &needs);
    if found.is_empty() { Vec::new() } else { support::pairs(context, chapters, &found, MOST_PAIRS) }
}

/// What a teacher keeps: advice of the catalogue.
fn keep(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let advice = context.recommendations.advice(Listener::Keep);
    let lines: Vec<Text> =
        advice.map(|advice| Text::plain(catalogue_text(context, &chapters[0], &advice.text, ""))).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}
