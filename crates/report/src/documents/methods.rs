//! «Методика» (E1): what words mean, how numbers are made and where thresholds come from, once for all documents of a
//! run. Formulas, rules with their codes and lists of files stand in the workbooks.

use crate::context::Context;
use crate::facts::task_threshold::document;
use crate::sections::section;
use crate::table::TableOf;
use srez_model::measures::ToldIn;
use srez_model::report::{Block, DocumentKind, Report};
use srez_wording::text as words;

/// Thresholds that documents speak of, in the order in which they are met: title, the values that belong together.
const THRESHOLDS: [(&str, &[&str]); 8] = [
    ("Задание ВПР базового уровня", &["F01.sufficient", "F01.zone"]),
    ("Задание ВПР повышенного и высокого уровня", &["F02.sufficient", "F02.zone"]),
    ("Задание ОГЭ и ЕГЭ базового уровня", &["F20.basic"]),
    ("Задание ОГЭ и ЕГЭ повышенного и высокого уровня", &["F21.raised"]),
    ("Рост доли отметок «2» за год", &["F03.rise"]),
    ("Расхождение с отметкой журнала", &["F04.gap"]),
    ("Отличие школы от остальных", &["gap.size"]),
    ("Малая группа: участников меньше", &["privacy.group"]),
];

/// Of a hundred schools that the program named in made-up municipalities, those that did not differ so much: on
/// average, and in the worst of the municipalities (docs/operating-characteristics.md). Schools below the others, and
/// schools to learn from.
const FALSE_NAMES: [[u64; 2]; 2] = [[2, 8], [5, 19]];

/// Measures of which the documents speak most: the others are explained in the workbooks.
pub fn compose(context: &Context<'_>) -> Report {
    let subtitle = "как посчитано и что значат слова: один файл ко всем документам".to_owned();
    let sections = vec![
        section("Слова", false, vec![meanings(context)]),
        section("Числа", false, vec![numbers(context)]),
        section("Пороги", false, vec![thresholds(context)]),
    ];
    Report { sections, ..context.report(DocumentKind::Methods, "Методика".to_owned(), subtitle) }
}

fn meanings(context: &Context<'_>) -> Block {
    let style = &context.style;
    let (place, region) = (style.place, style.region);
    let limit = |id: &str| context.limit(id);
    let rows = [
        (
            format!("ниже / выше {}", region.genitive),
            format!(
                "разница с остальными школами {} больше случайной: её 95 % интервал, который учитывает и различия \
                 между школами, не содержит нуля",
                region.genitive
            ),
        ),
        (
            "отличие не выявлено".to_owned(),
            "измерено; разница может быть случайной. Это не доказывает, что разницы нет".to_owned(),
        ),
        (
            "различить нельзя".to_owned(),
            "измерено, но участников или школ мало: заметна была бы только большая разница".to_owned(),
        ),
        (
            "ниже / выше остальных школ".to_owned(),
            format!(
                "результат школы с вероятностью не меньше {} % отличается от результата остальных школ {} не меньше \
                 чем на {} п.п.",
                limit("gap.sure"),
                place.genitive,
                limit("gap.size")
            ),
        ),
        ("у порога".to_owned(), "процент лежит в зоне вокруг порога, или его 95 % интервал содержит порог".to_owned()),
        ("вероятно".to_owned(), "возможная причина, которой не видно из баллов: проверяется по работам".to_owned()),
        ("не измерялось".to_owned(), "нет данных или правила; сказано, чего не хватает".to_owned()),
        (
            "измерить нельзя".to_owned(),
            format!("данные есть, но участников меньше {} или не с кем сравнить", limit("privacy.group")),
        ),
        ("общая трудность".to_owned(), "умение, к которому относится большинство заданий ниже порога".to_owned()),
        (
            "за задание берутся почти все, но ошибаются".to_owned(),
            format!(
                "не приступали меньше {} % участников, без баллов не меньше {} %",
                limit("loss.few"),
                limit("loss.zero")
            ),
        ),
    ];
    TableOf::new(rows)
        .text("Слова", 3.0, |(word, _)| word.clone())
        .text("Что значат", 7.0, |(_, meaning)| meaning.clone())
        .named("words", "Что значат слова документов", "")
}

fn numbers(context: &Context<'_>) -> Block {
    let region = context.style.region;
    let own = [
        (
            "Число участников".to_owned(),
            "«писали» — есть баллы, «с отметкой» — есть отметка; доли отметок — от вторых.".to_owned(),
        ),
        (
            words::capitalised(region.nominative),
            "Участники региона, кроме своих: по форме Ф3 или по выгрузке.".to_owned(),
        ),
        ("СОУ".to_owned(), "Степень обученности: (100·«5» + 64·«4» + 36·«3» + 16·«2») / число отметок.".to_owned()),
        (
            "Цель меры".to_owned(),
            "Нынешнее значение и наименьший прирост, который при таком числе участников уже не объяснить случайностью."
                .to_owned(),
        ),
        (
            "Школы ниже остальных".to_owned(),
            format!(
                "Правило испытано на придуманных муниципалитетах с известной правдой: из 100 названных школ на деле не \
                 отличались настолько в среднем {}, самое большее {}.",
                FALSE_NAMES[0][0], FALSE_NAMES[0][1]
            ),
        ),
        (
            "Школы, чей опыт стоит изучить".to_owned(),
            format!(
                "То же испытание: из 100 названных в этом году не сильнее остальных настолько в среднем {}, самое \
                 большее {} — там, где часть школ отбирает учеников. Это приглашение посмотреть уроки, а не оценка.",
                FALSE_NAMES[1][0], FALSE_NAMES[1][1]
            ),
        ),
        (
            "Интервал 95 %".to_owned(),
            "Насколько значение этого года представляет обычный набор учеников: чем меньше участников, тем он шире."
                .to_owned(),
        ),
    ];
    let measures = context.measures.iter().filter(|measure| measure.told == ToldIn::Text);
    let defined =
        measures.map(|measure| (words::capitalised(measure.title), format!("{}.", words::capitalised(measure.plain))));
    TableOf::new(own.into_iter().chain(defined))
        .text("Показатель", 3.0, |(title, _)| title.clone())
        .text("Как считается и что говорит", 7.0, |(_, words)| words.clone())
        .named("numbers", "Показатели", "Формулы и случаи, когда значения нет, — в рабочих книгах.")
}

fn thresholds(context: &Context<'_>) -> Block {
    let value = |ids: &[&str]| {
        let values: Vec<String> = ids.iter().map(|id| context.limit(id)).collect();
        let unit = ids.first().map_or("", |id| context.thresholds.get(id).unit.as_str());
        format!("{} {unit}", values.join(" ± "))
    };
    let source = |ids: &[&str]| {
        let Some(entry) = ids.first().map(|id| context.thresholds.get(id)) else { return String::new() };
        // Those of ОГЭ and ЕГЭ are nobody's until the centre decides.
        let is_borrowed = entry.id.starts_with("F2") && entry.reason.is_empty();
        let taken = if is_borrowed { "взят для разбора, официального нет; " } else { "" };
        format!("{taken}{}", document(entry))
    };
    TableOf::new(THRESHOLDS)
        .text("Порог", 3.6, |(title, _)| (*title).to_owned())
        .text("Значение", 1.6, |(_, ids)| value(ids))
        .text("Откуда", 4.8, |(_, ids)| words::capitalised(&source(ids)))
        .named(
            "thresholds",
            "Пороги, о которых говорят документы",
            "Другое значение задаёт методический центр: в настройках, с причиной и датой решения.",
        )
}
