//! Recommendations and road map: facts are filled in, causes and choices stay with people.

use super::{other, row, section, table, text};
use crate::model::finding::Verdict;
use crate::model::report::{Align, Block, Cell, Section, Text};
use crate::report::context::{Chapter, Context};
use crate::wording::{number, text as words};

pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let exam = &chapters[0].measures.exam;
    let gia = exam.key.procedure.has_attempts();
    let (first, second) = if exam.has_test_scores() {
        ("не набравшим минимального балла и набравшим до 60", "набравшим 61 балл и более")
    } else {
        ("с отметкой «2» и «3»", "с «4» и «5»")
    };
    let all = if gia {
        "Включить в уроки и контроль задания с наименьшим выполнением; начать с базового уровня."
    } else {
        "Включить в уроки и контроль задания на умения из таблицы ниже; начать с базового уровня, где результат ниже \
         порога."
    };
    let mut blocks = vec![
        Block::Paragraph(Text::default().bold("Всем учителям. ").then(all)),
        Block::Paragraph(Text::default().bold("Дифференцированно. ").then(format!(
            "Участникам {first} — задания базового уровня с наименьшим выполнением; {second} — задания повышенного и \
             высокого уровня с частичным баллом."
        ))),
        Block::Paragraph(Text::default().bold("Методическому объединению. ").then(
            "Разобрать на заседании задания с недостаточным уровнем и пригласить школы, у которых они получаются; \
             повестка — в пакете методического объединения.",
        )),
        Block::Field("Типичные ошибки и их причины (по работам)".to_owned(), 3),
    ];
    let rows: Vec<_> = chapters.iter().flat_map(|chapter| deficits(context, chapter)).take(8).collect();
    if rows.is_empty() {
        blocks.push(Block::Note(Text::plain(if gia {
            "Правила F20 и F21 не проверены и предложений не дают: недостатки в план вписывает методист по таблице \
             выполнения заданий."
        } else {
            "Недостатков с числом по правилам F01 и F02 нет: таблица мер не заполнялась."
        })));
    } else {
        let columns = vec![
            text("Недостаток (факт, число, n)", 3.6),
            text("Мероприятие", 3.0),
            text("Срок", 1.2),
            text("Ответственный", 1.8),
            text("Ожидаемый результат", 2.2),
            other("Отметка", Align::Centre, 1.2),
        ];
        let note = "Первый столбец рассчитан программой; остальные заполняет методист. Ответственный — должность, не \
                    фамилия. Ожидаемый результат — число и год.";
        blocks.push(table("roadmap", "Дорожная карта: недостатки и меры".to_owned(), columns, rows, note));
    }
    section("Рекомендации и план", true, blocks)
}

/// Insufficient tasks of a chapter as first cells of the road map.
fn deficits(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<crate::model::report::Row> {
    let (level, group) = &context.focus;
    if chapter.measures.exam.key.procedure.has_attempts() {
        return Vec::new();
    }
    chapter
        .measures
        .tasks_of(*level, group)
        .zip(&chapter.findings.verdicts)
        .filter(|(_, judged)| judged.verdict == Verdict::Insufficient && judged.reliable)
        .filter_map(|(task, judged)| {
            let exam_task = chapter.measures.exam.tasks.get(usize::from(task.task))?;
            let what = if exam_task.label().is_empty() {
                format!("задание № {}", exam_task.id)
            } else {
                format!("{}, задание № {}", words::capitalised(exam_task.label()), exam_task.id)
            };
            let fact = format!(
                "{} класс. {what}: {} при пороге {} (n = {})",
                chapter.measures.exam.key.grade,
                number::percent(task.pct?, task.counts.n),
                number::percent_exact(judged.threshold?, 0),
                number::count(task.counts.n)
            );
            let empty = || Cell::Text(String::new());
            Some(row(vec![Cell::Text(fact), empty(), empty(), empty(), empty(), empty()]))
        })
        .collect()
}
