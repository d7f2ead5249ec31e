//! Draft of the protocol of a meeting of a methodological association (D13).

use crate::context::{Chapter, Context};
use crate::sections::{attention, municipal_results, section};
use srez_model::report::{Block, DocumentKind, Report, Text};
use srez_wording::{number, text as words};

/// The draft for one subject over all its works.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let genitive = context.genitive.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let found = attention::find(context, chapters);
    let sections = vec![
        section("Заседание", false, vec![Block::Field("Дата, место; присутствовали".to_owned(), 1)]),
        section("Повестка", false, vec![Block::Steps(attention::agenda(&found))]),
        section("Слушали", false, vec![heard(context, chapters, &found)]),
        section("Решили", false, vec![Block::Steps(attention::decision(&found))]),
        section(
            "Подписи",
            false,
            vec![Block::Paragraph("Председатель ____________________    Секретарь ____________________".into())],
        ),
    ];
    Report {
        running_head: "Проект протокола".to_owned(),
        footer: format!("Проект · срез {}", context.version),
        sections,
        ..context.report(
            DocumentKind::Draft,
            format!("Проект протокола заседания методического объединения учителей {genitive}"),
            String::new(),
        )
    }
}

/// The facts that the meeting hears: three tasks, then schools worth studying.
fn heard(context: &Context<'_>, chapters: &[Chapter<'_>], found: &[attention::Attention]) -> Block {
    let mut heard: Vec<Text> = found
        .iter()
        .take(3)
        .map(|seen| {
            let what = if seen.matter.is_empty() {
                String::new()
            } else {
                format!(" «{}»", words::capitalised(&seen.matter))
            };
            let decimals = number::share_decimals(seen.n);
            Text::plain(format!(
                "{}: задание № {}{what} — выполнение {} (n\u{a0}=\u{a0}{}){}.",
                seen.exam,
                seen.task,
                number::percent_exact(seen.pct, decimals),
                number::count(seen.n),
                seen.bar.threshold.filter(|threshold| seen.pct < *threshold).map_or_else(String::new, |threshold| {
                    format!("; порог {}", number::percent_exact(threshold, 0))
                })
            ))
        })
        .collect();
    heard.extend(
        municipal_results::conclusions(context, chapters)
            .into_iter()
            .filter(|it| it.source.contains("S03"))
            .map(|it| Text::plain(it.text)),
    );
    if heard.is_empty() {
        let least = context.limit("privacy.group");
        Block::Note(format!("Нет данных: уровни заданий не указаны или участников меньше {least}.").into())
    } else {
        Block::List(heard)
    }
}
