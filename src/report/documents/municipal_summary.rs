//! «Сводка по муниципалитету»: all works and schools of the period on a few pages, for office and council.

use crate::model::report::{Block, Conclusion, DocumentKind, KeyFigure, Report, Text};
use crate::report::context::{Chapter, Context};
use crate::report::facts::partners;
use crate::report::sections::{municipal_results, section, support};
use crate::wording::text as words;

/// Pairs that the summary shows.
const MOST_PAIRS: usize = 12;

/// The summary over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let conclusions = municipal_results::conclusions(context, chapters);
    let needs = partners::needs(context, chapters);
    let clusters = partners::clusters(&needs);
    let pairs = partners::pairs(context, chapters, &needs);
    let key_figures = conclusions.iter().take(4);
    let key_figures = key_figures.map(|it| KeyFigure { value: it.value.clone(), unit: it.unit.clone() }).collect();
    let main = conclusions.iter().zip(1..).map(|(it, number)| {
        Block::Conclusion(Conclusion {
            value: it.value.clone(),
            unit: it.unit.clone(),
            status: it.status,
            text: Text::plain(it.text.clone()),
            source: format!("Вывод {number} · {}", it.source),
        })
    });
    let limits = municipal_results::limits(context, chapters);
    let sections = vec![
        section("Главное", false, main.collect()),
        section("Работы периода", false, municipal_results::works(context, chapters)),
        section("Кому и в чём нужна поддержка", false, support::short(context, chapters)),
        section("Группы школ", false, support::clusters(context, chapters, &clusters)),
        section("Пары для наставничества", false, support::pairs(context, chapters, &pairs, MOST_PAIRS)),
        section(
            "Ограничения данных",
            false,
            vec![Block::List(limits.iter().map(|it| Text::plain(words::capitalised(it))).collect())],
        ),
        section(
            "Что дальше",
            false,
            vec![Block::Steps(
                [
                    "Утвердить справку (note.docx) и дорожную карту (roadmap.docx), уточнив меры, сроки и ответственных.",
                    "Передать школам профили и провести собеседования по листам из папок школ.",
                    "Передать методическим объединениям пакеты и провести заседания по проектам протоколов (папка drafts).",
                    "Через год сравнить показатели (indicators.xlsx) и отметить исполнение мер.",
                ]
                .map(Text::plain)
                .to_vec(),
            )],
        ),
    ];
    Report {
        key_figures,
        running_head: "Сводка по муниципалитету".to_owned(),
        sections,
        ..context.report(
            DocumentKind::MunicipalSummary,
            "Сводка по муниципалитету".to_owned(),
            context.title.to_owned(),
        )
    }
}
