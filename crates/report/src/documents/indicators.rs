//! «Показатели» (D8, items 1.1 and 1.2): I1 to I11 with formula, source, value, n, interval, year before, cycle stage.

use crate::context::{Chapter, Context};
use crate::facts::results;
use crate::facts::skills::{self, SkillState, findings_of};
use crate::facts::standing;
use crate::facts::works;
use crate::sections::section;
use crate::sections::subject_note::region::verdict_words;
use crate::table::TableOf;
use srez_model::band::Band;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Interval, Measures};
use srez_model::report::{Block, Cell, DocumentKind, Report, Text};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::{number as print, rule};

/// An indicator.
#[derive(Clone, Copy)]
struct Indicator {
    code: &'static str,
    title: &'static str,
    /// Names thresholds as the rules of signs do.
    formula: &'static str,
    /// Stage of the management cycle.
    stage: &'static str,
}

impl Indicator {
    const fn new(code: &'static str, title: &'static str, formula: &'static str, stage: &'static str) -> Self {
        Self { code, title, formula, stage }
    }
}

const STAGE: &str = "мониторинг";
const BASIC: Indicator = Indicator::new(
    "I1",
    "Доля достигших базового уровня",
    "получили «3», «4», «5» / получили отметку; ЕГЭ: не ниже минимума / сдавали",
    STAGE,
);
const ABOVE: Indicator =
    Indicator::new("I2", "Доля достигших уровня выше базового", "получили «4», «5» / получили отметку", STAGE);
const BELOW: Indicator = Indicator::new("I3", "Доля не достигших базового уровня", "1 − I1", STAGE);
const OBJECTIVITY: Indicator = Indicator::new(
    "I4",
    "Доля школ с особенностями распределения",
    "школы, где у границы отметки работ больше ожидаемого / школы, где это проверялось",
    "анализ",
);
const CONFIRMED: Indicator =
    Indicator::new("I5", "Отметка за работу равна журнальной", "отметка за работу = отметка журнала / есть обе", STAGE);
const LOWERED: Indicator =
    Indicator::new("I5", "Отметка за работу ниже журнальной", "отметка за работу < отметка журнала / есть обе", STAGE);
const RAISED: Indicator =
    Indicator::new("I5", "Отметка за работу выше журнальной", "отметка за работу > отметка журнала / есть обе", STAGE);
const BEST: Indicator = Indicator::new("I8", "ЕГЭ: доля 81–100 баллов", "от 81 до 100 баллов / сдавали", STAGE);
const UNDER: Indicator = Indicator::new("I8", "ЕГЭ: доля ниже минимального балла", "ниже минимума / сдавали", STAGE);
const SKILLS: Indicator = Indicator::new(
    "I10",
    "Доля умений недостаточного уровня",
    "умения, где заданий не меньше {F07.tasks} и больше {F07.share} % из них ниже порога / умения с уровнями",
    "анализ",
);
const COVERAGE: Indicator = Indicator::new("I11", "Охват участием", "писали / (писали + отсутствовали)", STAGE);

/// Indicators for which the files of a run say nothing.
const WITHOUT_DATA: [(Indicator, &str); 4] = [
    (
        Indicator::new("I6", "Доля школ, вышедших из перечня ШНОР", "вышли / были в перечне", STAGE),
        "перечень ШНОР не загружен",
    ),
    (
        Indicator::new("I7", "Динамика I1 в школах перечня ШНОР", "I1 − I1 прошлого года", STAGE),
        "перечень ШНОР не загружен",
    ),
    (
        Indicator::new("I8", "Медалисты, подтвердившие результат", "подтвердили / медалисты", STAGE),
        "список медалистов не загружен",
    ),
    (
        Indicator::new("I9", "ОГЭ: подтвердили годовую отметку", "отметка ОГЭ = годовая / есть обе", STAGE),
        "годовых отметок в протоколах нет",
    ),
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

/// A line of the table: an indicator of a work.
struct Line {
    indicator: Indicator,
    work: String,
    /// An error says why nothing was measured.
    value: Result<Value, &'static str>,
}

impl Line {
    /// A number of the value with as many decimals as its participants bear.
    fn number(&self, of: fn(&Value) -> Option<f64>) -> Cell {
        let number = |value: &Value| Some(Cell::number(of(value)?, print::share_decimals(value.n)));
        self.value.as_ref().ok().and_then(number).unwrap_or(Cell::Missing)
    }

    fn interval(&self) -> Cell {
        let interval = |value: &Value| {
            let it = value.interval?;
            Some(Cell::interval(it.low.0, it.high.0, print::share_decimals(value.n)))
        };
        self.value.as_ref().ok().and_then(interval).unwrap_or(Cell::Missing)
    }

    fn reading(&self) -> String {
        match &self.value {
            Ok(value) => value.reading.clone(),
            Err(why) => format!("не измерялось: {why}"),
        }
    }
}

/// The indicators over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let mut lines: Vec<Line> = Vec::new();
    for chapter in chapters {
        lines.extend(of_marks(context, chapter));
        lines.extend(of_journal(context, chapter));
        lines.extend(of_schools(context, chapter));
        lines.extend(of_skills(context, chapter));
    }
    lines.extend(works::of(chapters).into_iter().filter_map(|parts| of_coverage(context, parts)));
    lines.sort_by_key(|line| number_of(line.indicator.code));
    let without = |(indicator, why)| Line { indicator, work: "все".to_owned(), value: Err(why) };
    lines.extend(WITHOUT_DATA.map(without));
    let intro = Text::plain(
        "Показатели по ВПР — факты мониторинга, а не показатели деятельности школ и органов. Формулировки не сверены с \
         положением об оценке качества муниципалитета: замените их формулировками положения.",
    );
    Report {
        running_head: "Показатели".to_owned(),
        sections: vec![section(
            "Показатели",
            false,
            vec![Block::Paragraph(intro), indicators_table(context, lines), definitions(context)],
        )],
        ..context.report(
            DocumentKind::Indicators,
            "Показатели муниципальной системы оценки качества образования".to_owned(),
            context.title.to_owned(),
        )
    }
}

/// Number of an indicator; works of one stand in the order of the run.
fn number_of(code: &str) -> u32 {
    code.trim_start_matches('I').parse().unwrap_or(u32::MAX)
}

fn status() -> &'static str {
    "не проверено: сверить с положением"
}

fn indicators_table(context: &Context<'_>, lines: Vec<Line>) -> Block {
    let region = srez_wording::text::capitalised(context.style.region.nominative);
    let note = "Интервал Уилсона, где он вычислен. «—»: нет данных. Что значит показатель, сказано в столбце «Чтение»; \
                формулы, этапы цикла и источники — в следующей таблице.";
    let n = |line: &Line| line.value.as_ref().map_or(Cell::Missing, |value| Cell::count(value.n));
    TableOf::new(lines)
        .text("Код", 0.6, |line| line.indicator.code.to_owned())
        .text("Показатель", 3.0, |line| line.indicator.title.to_owned())
        .text("Работа", 2.6, |line| line.work.clone())
        .number("Значение, %", 1.0, |line| line.number(|value| value.value))
        .number("N", 1.0, n)
        .number("95 % инт.", 1.3, Line::interval)
        .number("Прошлый год, %", 1.0, |line| line.number(|value| value.before))
        .number(&format!("{region}, %"), 1.0, |line| line.number(|value| value.region))
        .text("Чтение", 3.4, Line::reading)
        .wide(true)
        .named("indicators", "Показатели I1–I11", note)
}

/// What stands behind every indicator: the same for all works, so it is said once.
fn definitions(context: &Context<'_>) -> Block {
    let computed =
        [BASIC, ABOVE, BELOW, OBJECTIVITY, CONFIRMED, LOWERED, RAISED, UNDER, BEST, SKILLS, COVERAGE].into_iter();
    let without = WITHOUT_DATA.into_iter().map(|(indicator, _)| indicator);
    let mut rows: Vec<Indicator> = computed.chain(without).collect();
    rows.sort_by_key(|one| number_of(one.code));
    let source = |code: &str| {
        if ["I8", "I9"].contains(&code) {
            status().to_owned()
        } else {
            format!("по ВПР — факт мониторинга; {}", status())
        }
    };
    TableOf::new(rows)
        .text("Код", 0.6, |one| one.code.to_owned())
        .text("Показатель", 3.0, |one| one.title.to_owned())
        .text("Формула", 4.4, |one| rule::filled(one.formula, context.thresholds))
        .text("Этап цикла", 1.2, |one| one.stage.to_owned())
        .text("Источник правила", 3.0, |one| source(one.code))
        .named("definitions", "Формулы показателей, этапы и источники", "")
}

fn line(chapter: &Chapter<'_>, indicator: Indicator, value: Value) -> Line {
    Line { indicator, work: chapter.measures.exam.title(), value: Ok(value) }
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

fn of_marks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Line> {
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
        |indicator, measure: MeasureId, value| line(chapter, indicator, with_year(context, measures, &measure, value));
    let of_both = |indicator, over_years: MeasureId, compared: MeasureId, value| {
        let value = with_region(context, measures, &compared, with_year(context, measures, &over_years, value));
        line(chapter, indicator, value)
    };
    let low = LowResult::of_exam(&measures.exam).compared();
    if measures.exam.has_test_scores() {
        let reached = share(result.marked - result.below, None);
        return vec![
            line(chapter, BASIC, Value { reading: "по I8".to_owned(), ..reached }),
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

fn of_journal(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Line> {
    let Group { level, name: group } = &context.focus;
    let Some(journal) = chapter.measures.journal_of(*level, group).filter(|row| row.n > 0) else { return Vec::new() };
    let made = |indicator, count| {
        let value = Value {
            value: Percent::of(count, journal.n).map(|share| share.0),
            n: journal.n,
            reading: NOT_OVER_YEARS.to_owned(),
            ..Value::default()
        };
        line(chapter, indicator, value)
    };
    vec![made(CONFIRMED, journal.confirmed), made(LOWERED, journal.lowered), made(RAISED, journal.raised)]
}

fn of_schools(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Line> {
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
    Some(line(chapter, OBJECTIVITY, value))
}

fn of_skills(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Line> {
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
    Some(line(chapter, SKILLS, value))
}

/// The parts of a work have the same participants, and the same are absent: one row for all of them.
fn of_coverage(context: &Context<'_>, parts: &[Chapter<'_>]) -> Option<Line> {
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
    (0 < marks.n).then_some(Line { indicator: COVERAGE, work, value: Ok(value) })
}
