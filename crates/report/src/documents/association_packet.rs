//! «Пакет методического объединения» (item 3.4): two pages for a meeting; no pupils, no ranking.

use crate::context::{Chapter, Names};
use crate::facts::{partners, works};
use crate::sections::attention::{self, Attention, DISCUSSED};
use crate::sections::{blanks, missing, other, packet_conclusions, section, support, worth_studying};
use crate::table::TableOf;
use srez_model::field_id::FieldName;
use srez_model::finding::{ListedSchool, Verdict};
use srez_model::report::{Align, Blank, Block, Cell, DocumentKind, Report, Section, Text};
use srez_model::unit::Percent;
use srez_wording::sentence::tasks as said;
use srez_wording::{date, number, text as words};

/// Pairs that the packet shows.
const MOST_PAIRS: usize = 5;
/// Lines for what the meeting writes down of a task.
const LINES: u8 = 2;

/// The packet of one subject over all its exams of the period.
pub fn compose(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let genitive = context.genitive.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let titles = works::titles(chapters.iter().map(|chapter| &*chapter.measures.exam));
    let attention = attention::find(context, chapters);
    let (able, pairs) = (experience(context, chapters), pairs(context, chapters));
    let schools = if able.is_empty() && pairs.is_empty() {
        "школы не названы"
    } else {
        "школы названы"
    };
    let mut decision = vec![Block::Steps(attention::decision(&attention))];
    decision.push(Block::Paragraph(Text::plain("Руководитель методического объединения ____________________")));
    let sections = vec![
        plain("Что решить сегодня", vec![Block::Steps(packet_conclusions::lines(context, chapters))]),
        plain("Повестка, 60 минут", vec![agenda(&attention, !able.is_empty())]),
        plain("Умения, требующие внимания", attention_blocks(context, &attention)),
        plain("К кому обратиться", [able, pairs].concat()),
        plain("Задания к разбору", discussion(&attention).into_iter().chain(missing::no_answers(chapters)).collect()),
        plain("Проект решения", decision),
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
            "Для руководителя объединения; {schools}, данных учеников нет · данные на {}, версия {}",
            date::short(context.date),
            context.version
        ),
        key_figures: Vec::new(),
        passport: Vec::new(),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
    }
}

fn plain(title: &str, blocks: Vec<Block>) -> Section {
    section(title, false, blocks)
}

/// An hour: minutes, what, who leads, with what.
fn agenda(attention: &[Attention], some_do_better: bool) -> Block {
    let tasks: Vec<String> =
        attention.iter().take(DISCUSSED).map(|seen| format!("№\u{a0}{} ({})", seen.task, seen.place())).collect();
    let discussed = words::capitalised(&said::discussed(tasks.len() as u64, &words::list(&tasks)));
    let rows = [
        ("0–10", "Итоги: где теряем и с кем работать".to_owned(), "руководитель объединения", "слайды"),
        ("10–35", discussed, "учителя этих классов", "по 20 работ, листы ниже"),
        if some_do_better {
            ("35–50", "Как этому учат там, где получается".to_owned(), "учителя этих школ", "конспекты уроков")
        } else {
            ("35–50", "Как этому учить: показ и обсуждение".to_owned(), "учитель по выбору методиста", "конспект урока")
        },
        ("50–60", "Решение: кто, что, когда, как проверим".to_owned(), "руководитель объединения", "проект решения"),
    ];
    TableOf::new(rows)
        .text("Минуты", 0.8, |(minutes, ..)| (*minutes).to_owned())
        .text("Вопрос", 4.0, |(_, what, ..)| what.clone())
        .text("Кто ведёт", 2.2, |(_, _, who, _)| (*who).to_owned())
        .text("Материал", 2.0, |(.., with)| (*with).to_owned())
        .named("agenda", "", "")
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
    let note = format!("{} «—»: в группе меньше {} участников.", chosen(attention), context.limit("F09.group"));
    let decimals = |seen: &Attention| number::share_decimals(seen.n);
    let group = |seen: &Attention, place: usize| {
        seen.groups[place].map_or(Cell::Missing, |value| Cell::number(value, decimals(seen)))
    };
    let table = TableOf::new(attention)
        .text("Работа", 2.6, |seen| seen.exam.clone())
        .column(other("№", Align::Right, 0.6), |seen| Cell::Text(seen.task.clone()))
        .text("Что проверяется", 3.4, |seen| {
            if seen.matter.is_empty() { "не указано".to_owned() } else { words::capitalised(&seen.matter) }
        })
        .number("Выполнение, %", 1.0, |seen| Cell::number(seen.pct, decimals(seen)))
        .count("Писали", 0.9, |seen| seen.n)
        .number(weak, 1.2, |seen| group(seen, 0))
        .number(strong, 1.2, |seen| group(seen, 1))
        .column(other("", Align::Left, 1.9).drawn_from([3]), |seen| Cell::Bar(seen.bar));
    vec![table.named("attention", "", note)]
}

/// How the tasks were chosen.
fn chosen(attention: &[Attention]) -> String {
    let judged = attention.iter().any(|seen| seen.below.is_some());
    let without = attention.iter().any(|seen| seen.below.is_none());
    let below = attention.iter().any(|seen| seen.bar.verdict == Verdict::Insufficient);
    let first = match (judged, below) {
        (false, _) => "Показаны задания с наименьшим выполнением.",
        (true, true) => "Показаны задания дальше всего от порога; риска\u{a0}— порог.",
        (true, false) => "Показаны задания ближе всего к порогу, все выше него; риска\u{a0}— порог.",
    };
    let unconfirmed = if without {
        " У ОГЭ и ЕГЭ порогов, подтверждённых документом, нет: из них показаны задания базового уровня с наименьшим \
         выполнением, а где уровни не известны\u{a0}— любые."
    } else {
        ""
    };
    format!("{first}{unconfirmed} Это разные ученики и разные работы: сравнивать строки можно только по порогу.")
}

fn discussion(attention: &[Attention]) -> Vec<Block> {
    attention
        .iter()
        .take(DISCUSSED)
        .flat_map(|seen| {
            let [full, partial, zero, none] = seen.parts.map(|part| number::percent_exact(part, 0));
            let partial = if seen.single { String::new() } else { format!(", частичный\u{a0}— {partial}") };
            // The protocols of ОГЭ and ЕГЭ do not tell zero from not attempted.
            let none =
                if seen.tells_skipped { format!(", не приступали\u{a0}— {none}") } else { String::new() };
            let what = if seen.matter.is_empty() {
                String::new()
            } else {
                format!(" «{}»", words::capitalised(&seen.matter))
            };
            let field = |name, label| {
                let id = blanks::of_task(name, &seen.work, &seen.task);
                let topic = format!("№\u{a0}{} ({})", seen.task, seen.place());
                Blank::new(id, label, LINES).on(topic).beside([blanks::completion(Percent(seen.pct), seen.n)])
            };
            [
                Block::Paragraph(
                    Text::default()
                        .bold(format!("Задание №\u{a0}{}{what}, {}. ", seen.task, seen.place()))
                        .then(format!("Полный балл\u{a0}— {full}{partial}, ноль\u{a0}— {zero}{none}.")),
                ),
                field(FieldName::Errors, "Типичные ошибки (по 20 работам)").block(),
                field(FieldName::Lesson, "Как показываем на уроке").block(),
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
        return Vec::new();
    }
    let note = worth_studying::note(context, &entries);
    vec![worth_studying::entries(context, "experience", String::new(), &entries, &note)]
}

/// Whom a school may turn to, over all exams of the packet.
fn pairs(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let needs = partners::needs(context, chapters);
    let found = partners::pairs(context, chapters, &needs);
    if found.is_empty() { Vec::new() } else { support::pairs(context, chapters, &found, MOST_PAIRS) }
}
