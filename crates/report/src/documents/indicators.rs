//! «Показатели» (D8, items 1.1 and 1.2): I1 to I11 with formula, source, value, n, interval, year before, cycle stage.

use crate::context::{Chapter, Context};
use crate::facts::results;
use crate::facts::skills::{self, SkillState, findings_of};
use crate::facts::standing;
use crate::facts::works;
use crate::sections::subject_note::region::verdict_words;
use crate::sections::{number, other, row, section, text};
use crate::table::TableOf;
use srez_model::band::Band;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Interval, Measures};
use srez_model::report::{Align, Block, Cell, DocumentKind, Report, Row, Table, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number as print;

/// An indicator: code, name, formula, stage of the management cycle, source of the rule.
type Indicator = (&'static str, &'static str, &'static str, &'static str);

const STAGE: &str = "мониторинг";
const BASIC: Indicator = (
    "I1",
    "Доля достигших базового уровня",
    "получили «3», «4», «5» / получили отметку; ЕГЭ: не ниже минимума / сдавали",
    STAGE,
);
const ABOVE: Indicator = ("I2", "Доля достигших уровня выше базового", "получили «4», «5» / получили отметку", STAGE);
const BELOW: Indicator = ("I3", "Доля не достигших базового уровня", "1 − I1", STAGE);
const OBJECTIVITY: Indicator = (
    "I4",
    "Доля школ с особенностями распределения",
    "школы, где у границы отметки работ больше ожидаемого / школы, где это проверялось",
    "анализ",
);
const CONFIRMED: Indicator =
    ("I5", "Отметка за работу равна журнальной", "отметка за работу = отметка журнала / есть обе", STAGE);
const LOWERED: Indicator =
    ("I5", "Отметка за работу ниже журнальной", "отметка за работу < отметка журнала / есть обе", STAGE);
const RAISED: Indicator =
    ("I5", "Отметка за работу выше журнальной", "отметка за работу > отметка журнала / есть обе", STAGE);
const BEST: Indicator = ("I8", "ЕГЭ: доля 81–100 баллов", "от 81 до 100 баллов / сдавали", STAGE);
const UNDER: Indicator = ("I8", "ЕГЭ: доля ниже минимального балла", "ниже минимума / сдавали", STAGE);
const SKILLS: Indicator = (
    "I10",
    "Доля умений недостаточного уровня",
    "умения, где больше половины из двух и более заданий ниже порога / умения с уровнями",
    "анализ",
);
const COVERAGE: Indicator = ("I11", "Охват участием", "писали / (писали + отсутствовали)", STAGE);

/// Indicators for which the files of a run say nothing.
const WITHOUT_DATA: [(&str, &str, &str, &str); 4] = [
    ("I6", "Доля школ, вышедших из перечня ШНОР", "вышли / были в перечне", "перечень ШНОР не загружен"),
    ("I7", "Динамика I1 в школах перечня ШНОР", "I1 − I1 прошлого года", "перечень ШНОР не загружен"),
    ("I8", "Медалисты, подтвердившие результат", "подтвердили / медалисты", "список медалистов не загружен"),
    ("I9", "ОГЭ: подтвердили годовую отметку", "отметка ОГЭ = годовая / есть обе", "годовых отметок в протоколах нет"),
];

/// Said of indicators that are made for one year only.
const NOT_OVER_YEARS: &str = "с прошлым годом не сравнивается";

/// A value of an indicator.
#[derive(Default)]
struct Value {
    value: Option<f64>,
    n: u64,
    interval: Option<Interval>,
    before: Option<f64>,
    /// The rest of the region.
    region: Option<f64>,
    /// What the value says: against the year before and the region, or why it was not measured.
    reading: String,
}

/// The indicators over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let mut rows: Vec<Row> = Vec::new();
    for chapter in chapters {
        rows.extend(of_marks(context, chapter));
        rows.extend(of_journal(context, chapter));
        rows.extend(of_schools(context, chapter));
        rows.extend(of_skills(context, chapter));
    }
    rows.extend(works::of(chapters).into_iter().filter_map(|parts| of_coverage(context, parts)));
    rows.sort_by_key(order);
    rows.extend(WITHOUT_DATA.map(|(code, title, _, why)| {
        let cells = [code, title, "все"].map(|text| Cell::Text(text.to_owned())).into_iter();
        let missing = std::iter::repeat_n(Cell::Missing, 5);
        row(cells.chain(missing).chain([Cell::Text(format!("не измерялось: {why}"))]).collect())
    }));
    let intro = Text::plain(
        "Показатели по ВПР — факты мониторинга, а не показатели деятельности школ и органов. Формулировки не сверены с \
         положением об оценке качества муниципалитета: замените их формулировками положения.",
    );
    Report {
        running_head: "Показатели".to_owned(),
        sections: vec![section(
            "Показатели",
            false,
            vec![Block::Paragraph(intro), indicators_table(context, rows), definitions()],
        )],
        ..context.report(
            DocumentKind::Indicators,
            "Показатели муниципальной системы оценки качества образования".to_owned(),
            context.title.to_owned(),
        )
    }
}

/// Rows by number of the indicator, works of one indicator in the order of the run.
fn order(row: &Row) -> u32 {
    match row.cells.first() {
        Some(Cell::Text(code)) => number_of(code),
        _ => u32::MAX,
    }
}

fn number_of(code: &str) -> u32 {
    code.trim_start_matches('I').parse().unwrap_or(u32::MAX)
}

fn status() -> &'static str {
    "не проверено: сверить с положением"
}

fn indicators_table(context: &Context<'_>, rows: Vec<Row>) -> Block {
    let region = srez_wording::text::capitalised(context.style.region.nominative);
    let columns = vec![
        text("Код", 0.6),
        text("Показатель", 3.0),
        text("Работа", 2.6),
        number("Значение, %"),
        number("N"),
        other("95 % инт.", Align::Right, 1.3),
        number("Прошлый год, %"),
        number(&format!("{region}, %")),
        text("Чтение", 3.4),
    ];
    Block::Table(Table {
        name: "indicators".to_owned(),
        caption: "Показатели I1–I11".to_owned(),
        columns,
        rows,
        note: "Интервал Уилсона, где он вычислен. «—»: нет данных. Что значит показатель, сказано в столбце «Чтение»; \
               формулы, этапы цикла и источники — в следующей таблице."
            .to_owned(),
        wide: true,
        chart: None,
    })
}

/// What stands behind every indicator: the same for all works, so it is said once.
fn definitions() -> Block {
    let computed =
        [BASIC, ABOVE, BELOW, OBJECTIVITY, CONFIRMED, LOWERED, RAISED, UNDER, BEST, SKILLS, COVERAGE].into_iter();
    let without = WITHOUT_DATA.into_iter().map(|(code, title, formula, _)| (code, title, formula, STAGE));
    let mut rows: Vec<Indicator> = computed.chain(without).collect();
    rows.sort_by_key(|(code, ..)| number_of(code));
    let source = |code: &str| {
        if ["I8", "I9"].contains(&code) {
            status().to_owned()
        } else {
            format!("по ВПР — факт мониторинга; {}", status())
        }
    };
    TableOf::new(rows)
        .text("Код", 0.6, |(code, ..)| (*code).to_owned())
        .text("Показатель", 3.0, |(_, title, ..)| (*title).to_owned())
        .text("Формула", 4.4, |(_, _, formula, _)| (*formula).to_owned())
        .text("Этап цикла", 1.2, |(.., stage)| (*stage).to_owned())
        .text("Источник правила", 3.0, |(code, ..)| source(code))
        .named("definitions", "Формулы показателей, этапы и источники", "")
}

fn line(chapter: &Chapter<'_>, indicator: Indicator, value: &Value) -> Row {
    of_work(chapter.measures.exam.title(), indicator, value)
}

fn of_work(work: String, indicator: Indicator, value: &Value) -> Row {
    let (code, title, ..) = indicator;
    let decimals = print::share_decimals(value.n);
    row(vec![
        Cell::Text(code.to_owned()),
        Cell::Text(title.to_owned()),
        Cell::Text(work),
        value.value.map_or(Cell::Missing, |it| Cell::number(it, decimals)),
        Cell::count(value.n),
        value.interval.map_or(Cell::Missing, |it| Cell::interval(it.low.0, it.high.0, decimals)),
        value.before.map_or(Cell::Missing, |before| Cell::number(before, decimals)),
        value.region.map_or(Cell::Missing, |region| Cell::number(region, decimals)),
        Cell::Text(value.reading.clone()),
    ])
}

/// A value with the year before it by the name of its measure.
fn with_year(context: &Context<'_>, measures: &Measures, measure: &MeasureId, mut value: Value) -> Value {
    let Group { level, name: group } = &context.focus;
    let before: Option<&DynamicsRow> = measures.dynamics_of(*level, group).iter().find(|row| row.measure == *measure);
    value.before = before.and_then(|row| row.before);
    value.reading = before.map_or_else(|| "прошлого года в базе нет: изменение не измерялось".to_owned(), change_words);
    value
}

/// What became of a value since the year before.
fn change_words(row: &DynamicsRow) -> String {
    if !row.comparable {
        return format!("годы не сравниваются: {}", row.reason.trim_start_matches("несопоставимо: "));
    }
    let Some((low, high)) = row.interval else { return "изменение не измерялось".to_owned() };
    match (low, high) {
        (low, _) if 0.0 < low => "выше прошлого года".to_owned(),
        (_, high) if high < 0.0 => "ниже прошлого года".to_owned(),
        _ => "за год не изменилось больше случайного".to_owned(),
    }
}

/// The same value of the rest of the region, and how the place stands to it.
fn with_region(context: &Context<'_>, measures: &Measures, measure: &MeasureId, mut value: Value) -> Value {
    let row = standing::of(context, measures, measure).filter(|row| standing::is_tested(row));
    let Some(row) = row else { return value };
    value.region = row.reference.map(|share| share.0);
    let words = verdict_words(context.style.region, row, *measure == LowResult::of_exam(&measures.exam).compared());
    value.reading = format!("{words}; {}", value.reading);
    value
}

fn of_marks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Row> {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let Some(result) = results::of(measures, *level, group) else { return Vec::new() };
    let share = |count: u64, interval: Option<Interval>| Value {
        value: Percent::of(count, result.marked).map(|share| share.0),
        n: result.marked,
        interval,
        ..Value::default()
    };
    let of_year =
        |indicator, measure: MeasureId, value| line(chapter, indicator, &with_year(context, measures, &measure, value));
    let of_both = |indicator, over_years: MeasureId, compared: MeasureId, value| {
        let value = with_region(context, measures, &compared, with_year(context, measures, &over_years, value));
        line(chapter, indicator, &value)
    };
    let low = LowResult::of_exam(&measures.exam).compared();
    if measures.exam.has_test_scores() {
        let reached = share(result.marked - result.below, None);
        return vec![
            line(chapter, BASIC, &Value { reading: "по I8".to_owned(), ..reached }),
            of_both(UNDER, LowResult::BelowMinimum.over_years(), low, share(result.below, None)),
            of_both(
                BEST,
                MeasureId::BandOverYears(Band::UpTo100),
                MeasureId::FROM_81,
                share(result.above, result.above_share),
            ),
        ];
    }
    let pass = measures.marks_of(*level, group).and_then(|marks| marks.pass);
    vec![
        of_year(BASIC, MeasureId::Pass, share(result.marked - result.below, pass)),
        of_both(ABOVE, MeasureId::Quality, MeasureId::ShareOfFourAndFive, share(result.above, result.above_share)),
        of_both(BELOW, MeasureId::ShareOfTwo, low, share(result.below, None)),
    ]
}

fn of_journal(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Row> {
    let Group { level, name: group } = &context.focus;
    let Some(journal) = chapter.measures.journal_of(*level, group).filter(|row| row.n > 0) else { return Vec::new() };
    let made = |indicator, count| {
        let value = Value {
            value: Percent::of(count, journal.n).map(|share| share.0),
            n: journal.n,
            reading: NOT_OVER_YEARS.to_owned(),
            ..Value::default()
        };
        line(chapter, indicator, &value)
    };
    vec![made(CONFIRMED, journal.confirmed), made(LOWERED, journal.lowered), made(RAISED, journal.raised)]
}

fn of_schools(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Row> {
    let tested = context.schools.iter().filter(|school| {
        let row = chapter.measures.bunching_of(Level::School, school);
        row.and_then(|row| row.state).is_some_and(CheckState::is_tested)
    });
    let tested: Vec<&String> = tested.collect();
    let fired =
        tested.iter().filter(|school| findings_of(chapter, school).any(|finding| finding.sign.id == "S05")).count()
            as u64;
    let n = tested.len() as u64;
    if n == 0 {
        return None;
    }
    let value = Value {
        value: Percent::of(fired, n).map(|share| share.0),
        n,
        reading: "требует уточнения, не нарушение; официальный перечень не загружен".to_owned(),
        ..Value::default()
    };
    Some(line(chapter, OBJECTIVITY, &value))
}

fn of_skills(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Row> {
    let views = skills::of(context, chapter, context.focus.level, &context.focus.name);
    let count = |wanted: &dyn Fn(SkillState) -> bool| views.iter().filter(|view| wanted(view.state)).count() as u64;
    let known = count(&|state| state != SkillState::Unknown);
    if known == 0 {
        return None;
    }
    let red = count(&|state| state == SkillState::Need);
    let value = Value {
        value: Percent::of(red, known).map(|share| share.0),
        n: known,
        reading: "сравнивается по умениям, см. динамику".to_owned(),
        ..Value::default()
    };
    Some(line(chapter, SKILLS, &value))
}

/// The parts of a work have the same participants, and the same are absent: one row for all of them.
fn of_coverage(context: &Context<'_>, parts: &[Chapter<'_>]) -> Option<Row> {
    let Group { level, name: group } = &context.focus;
    let rows = parts.iter().filter_map(|chapter| Some((chapter, chapter.measures.marks_of(*level, group)?)));
    let (chapter, marks) = rows.max_by_key(|(_, marks)| marks.n)?;
    let exam = &chapter.measures.exam;
    let work = if parts.len() > 1 { exam.work_title() } else { exam.title() };
    let value = match marks.n_absent {
        Some(absent) => Value {
            value: Percent::of(marks.n, marks.n + absent).map(|share| share.0),
            n: marks.n + absent,
            reading: NOT_OVER_YEARS.to_owned(),
            ..Value::default()
        },
        None => {
            Value {
                n: marks.n, reading: "не измерялось: в форме нет тех, кто не писал".to_owned(), ..Value::default()
            }
        }
    };
    (0 < marks.n).then(|| of_work(work, COVERAGE, &value))
}
