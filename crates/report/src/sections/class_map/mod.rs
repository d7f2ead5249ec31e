//! The blocks of the map of a class: the pupils in three groups, the first two weeks, what the whole class needs.

mod weeks;

pub(crate) use weeks::{weeks, whole_class};

use super::{other, text};
use crate::context::Names;
use crate::facts::class_map::{self, ClassMap, Points};
use crate::table::TableOf;
use srez_model::assessment::Condition;
use srez_model::block::UNREADABLE;
use srez_model::edition::{PupilRow, SkillTasks};
use srez_model::report::{Align, Block, Cell, RowKind, Shade};
use srez_model::unit::{Percent, as_f64};
use srez_wording::sentence::class_map as said;
use srez_wording::text as words;

/// Letters of a skill over its column.
const LONGEST_SKILL: usize = 40;

/// What a map is made of.
pub(crate) struct Sheet<'a, 'b> {
    pub(crate) context: &'b Names<'b>,
    /// Id of the school.
    pub(crate) school: &'b str,
    pub(crate) map: &'b ClassMap<'a>,
    pub(crate) columns: &'b [SkillTasks],
    /// «Карта класса: математика, 8 «А»».
    pub(crate) title: &'b str,
    /// Number of the class among those of the work, from 1.
    pub(crate) number: usize,
}

impl Sheet<'_, '_> {
    fn limit(&self, id: &str) -> f64 {
        self.context.thresholds.value(id)
    }

    /// True where the protocol tells zero from not attempted.
    fn tells_skipped(&self) -> bool {
        !self.map.exam.exam.key.procedure.has_attempts()
    }

    fn condition(&self) -> Option<&Condition> {
        self.map.exam.exam.conditions.first()
    }
}

/// The map; one sentence where the class is too small.
pub(crate) fn pupils(sheet: &Sheet<'_, '_>) -> Vec<Block> {
    let read = sheet.map.pupils().count() as u64;
    if as_f64(read) < sheet.limit("map.pupils") {
        return vec![Block::Paragraph(said::no_map(read).into())];
    }
    let groups = sheet.map.groups.iter().enumerate().filter(|(_, group)| !group.pupils.is_empty());
    let groups = groups.map(|(place, group)| {
        let head = said::group_of(group.pupils.len() as u64, &head(sheet, place));
        (Some(head), group.pupils.iter().map(|pupil| Line::Pupil(pupil)).collect())
    });
    let lines = TableOf::grouped(groups.chain([(None, wholes(sheet))]));
    vec![columns(sheet, lines).wide(false).named(&format!("map_{}", sheet.number), sheet.title, note(sheet))]
}

/// A line of the map.
enum Line<'a> {
    Pupil(&'a PupilRow),
    /// The class or all participants: the share of the points of every skill.
    Whole {
        name: String,
        kind: RowKind,
        shares: Vec<Option<Percent>>,
    },
}

impl Line<'_> {
    /// What is said of a pupil; of a whole nothing.
    fn of_pupil(&self, cell: impl Fn(&PupilRow) -> Cell) -> Cell {
        match self {
            Self::Pupil(pupil) => cell(pupil),
            Self::Whole { .. } => Cell::Text(String::new()),
        }
    }
}

/// «Группа 1. Удержать «3»: до 9 баллов».
fn head(sheet: &Sheet<'_, '_>, place: usize) -> String {
    let steps = class_map::steps(&sheet.map.exam.exam);
    let group = &sheet.map.groups[place];
    let lead = match (place, steps.as_slice()) {
        (0, [(_, first), ..]) => format!("Группа 1. Удержать {first}"),
        (1, [_, (_, second), ..]) if sheet.map.exam.exam.has_test_scores() => format!("Группа 2. Ниже {second}"),
        (1, [_, (_, second), ..]) => format!("Группа 2. На пути к {second}"),
        (2, [_, _, ..]) => "Группа 3. Сильные".to_owned(),
        _ => format!("Группа {}", place + 1),
    };
    match place {
        0 => said::group_up_to(u64::from(group.to), &lead),
        1 if group.from == group.to => said::group_between(u64::from(group.to), &group.from.to_string(), &lead)
            .replace(&format!("{}–", group.from), ""),
        1 => said::group_between(u64::from(group.to), &group.from.to_string(), &lead),
        _ => said::group_from(u64::from(group.from), &lead),
    }
}

fn columns<'a>(sheet: &Sheet<'_, '_>, lines: TableOf<Line<'a>>) -> TableOf<Line<'a>> {
    let exam = &sheet.map.exam.exam;
    let tests = exam.has_test_scores();
    let whole = |value: Option<u16>| value.map_or(Cell::Missing, |value| Cell::count(u64::from(value)));
    let code = |line: &Line<'_>| match line {
        Line::Pupil(pupil) => Cell::Shaded(pupil.code.clone(), Shade::Strong),
        Line::Whole { name, .. } => Cell::Text(name.clone()),
    };
    let result = other(if tests { "Тест. балл" } else { "Отметка" }, Align::Centre, 0.8);
    let mut table = lines
        .column(text("Код", 1.3), code)
        .number("Баллы", 0.7, |line| line.of_pupil(|pupil| whole(pupil.total)))
        .column(result, |line| line.of_pupil(|pupil| whole(pupil.result)));
    let steps = class_map::steps(exam);
    if !steps.is_empty() {
        let title = if tests { "До порога" } else { "До отметки" };
        let cell = |pupil: &PupilRow| next(sheet, &steps, pupil.total.unwrap_or(0));
        table = table.column(text(title, 1.2), |line| line.of_pupil(cell));
    }
    let skills: Vec<(usize, &SkillTasks)> = sheet.columns.iter().enumerate().collect();
    table = table.columns(
        &skills,
        |(_, skill)| other(&skill_title(sheet, skill), Align::Centre, 1.1),
        |line, (place, skill)| match line {
            Line::Pupil(pupil) => points(sheet, pupil, &skill.tasks),
            Line::Whole { shares, .. } => {
                let share = shares.get(*place).copied().flatten();
                share.map_or(Cell::Missing, |share| Cell::number(share.0.round(), 0))
            }
        },
    );
    if let Some(condition) = sheet.condition() {
        let column = other(&format!("По условию, нужно {}", condition.min), Align::Centre, 0.9);
        table = table.column(column, |line| line.of_pupil(|pupil| met(sheet, condition, pupil)));
    }
    if sheet.tells_skipped() {
        let column = other("Не приступал", Align::Centre, 0.8);
        table = table.column(column, |line| line.of_pupil(|pupil| skipped(sheet, pupil)));
    }
    table.kinds(|line| match line {
        Line::Pupil(_) => RowKind::Plain,
        Line::Whole { kind, .. } => *kind,
    })
}

/// A skill with its tasks.
fn skill_title(sheet: &Sheet<'_, '_>, skill: &SkillTasks) -> String {
    let title = words::capitalised(&words::shortened(&skill.title, LONGEST_SKILL));
    if skill.title.starts_with('№') {
        return title;
    }
    format!("{title}\n№\u{a0}{}", runs(sheet, &skill.tasks))
}

/// Tasks in short: «12–15, 17» where they follow each other and are whole numbers.
fn runs(sheet: &Sheet<'_, '_>, tasks: &[usize]) -> String {
    let ids: Vec<&str> =
        tasks.iter().filter_map(|task| sheet.map.exam.exam.tasks.get(*task)).map(|task| task.id.as_str()).collect();
    let mut parts: Vec<(&str, &str, usize)> = Vec::new();
    for id in ids {
        let follows =
            |last: &str| last.parse::<u16>().ok().zip(id.parse::<u16>().ok()).is_some_and(|(a, b)| a + 1 == b);
        match parts.last_mut() {
            Some((_, last, length)) if follows(last) => (*last, *length) = (id, *length + 1),
            _ => parts.push((id, id, 1)),
        }
    }
    let part = |(first, last, length): &(&str, &str, usize)| match length {
        1 => (*first).to_owned(),
        2 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// Points on the tasks of a condition.
fn met(sheet: &Sheet<'_, '_>, condition: &Condition, pupil: &PupilRow) -> Cell {
    let got = of_condition(sheet, condition, pupil);
    Cell::Shaded(got.to_string(), if got < condition.min { Shade::Strong } else { Shade::Middle })
}

fn skipped(sheet: &Sheet<'_, '_>, pupil: &PupilRow) -> Cell {
    let skipped = class_map::skipped(pupil);
    let is_many = sheet.limit("map.skipped") <= as_f64(skipped);
    Cell::Shaded(skipped.to_string(), if is_many { Shade::Strong } else { Shade::Middle })
}

/// «4» +1: what comes next and how many points are lacking.
fn next(sheet: &Sheet<'_, '_>, steps: &[(u16, String)], total: u16) -> Cell {
    let Some((least, name)) = steps.iter().find(|(least, _)| total < *least) else {
        return Cell::Shaded("—".to_owned(), Shade::Middle);
    };
    let lacking = least - total;
    let is_near = f64::from(lacking) <= sheet.limit("map.near");
    Cell::Shaded(format!("{name}\u{a0}+{lacking}"), if is_near { Shade::Strong } else { Shade::Middle })
}

fn points(sheet: &Sheet<'_, '_>, pupil: &PupilRow, tasks: &[usize]) -> Cell {
    let Points { got, most } = class_map::points_of(pupil, &sheet.map.exam.exam, tasks);
    if most == 0 {
        return Cell::Missing;
    }
    let share = 100.0 * f64::from(got) / f64::from(most);
    let shade = if share < sheet.limit("map.little") {
        Shade::Low
    } else if sheet.limit("map.much") < share {
        Shade::High
    } else {
        Shade::Middle
    };
    Cell::Shaded(format!("{got}/{most}"), shade)
}

fn of_condition(sheet: &Sheet<'_, '_>, condition: &Condition, pupil: &PupilRow) -> u16 {
    let tasks = sheet.map.exam.exam.tasks.iter().enumerate().filter(|(_, task)| condition.tasks.contains(&task.id));
    let tasks: Vec<usize> = tasks.map(|(place, _)| place).collect();
    class_map::points_of(pupil, &sheet.map.exam.exam, &tasks).got
}

/// The class, and all participants where they may be told.
fn wholes<'a>(sheet: &Sheet<'_, '_>) -> Vec<Line<'a>> {
    let exam = &sheet.map.exam.exam;
    let own = sheet.columns.iter().map(|column| class_map::of_class(sheet.map.pupils(), exam, &column.tasks));
    let mut lines =
        vec![Line::Whole { name: "Класс,\u{a0}%".to_owned(), kind: RowKind::Total, shares: own.collect() }];
    let all: Vec<_> = sheet.columns.iter().map(|column| sheet.map.of_all(column)).collect();
    if all.iter().any(Option::is_some) {
        let place = words::capitalised(sheet.context.style.place.nominative);
        lines.push(Line::Whole { name: format!("{place},\u{a0}%"), kind: RowKind::Reference, shares: all });
    }
    lines
}

fn note(sheet: &Sheet<'_, '_>) -> String {
    let whole = |id: &str| srez_wording::rule::plain(sheet.limit(id));
    let exam = &sheet.map.exam.exam;
    let mut said = vec![format!(
        "В клетках\u{a0}— баллы ученика и сколько можно было получить. Штриховка\u{a0}— меньше {}\u{a0}% баллов, \
         голубой\u{a0}— больше {}\u{a0}%.",
        whole("map.little"),
        whole("map.much")
    )];
    let counted = |id: &str| (0..=u64::from(u8::MAX)).find(|n| sheet.limit(id) <= as_f64(*n)).unwrap_or(0);
    if class_map::steps(exam).is_empty() {
        said.push("Шкала работы не подтверждена: границы отметок не показаны.".to_owned());
    } else {
        let what = if exam.has_test_scores() {
            "следующего порога"
        } else {
            "следующей отметки"
        };
        said.push(said::near(counted("map.near"), what));
    }
    if sheet.tells_skipped() {
        said.push(said::left_out(counted("map.skipped")));
    }
    said.extend(lowered(sheet));
    said.extend(unread(sheet));
    let codes = if sheet.map.pupils().all(|pupil| pupil.place == 0) {
        "Коды\u{a0}— как в протоколе школы."
    } else {
        "Кодов в протоколе нет: указан номер строки этой школы в протоколе, по порядку."
    };
    said.push(codes.to_owned());
    said.join(" ")
}

/// Those whose mark a condition lowered.
fn lowered(sheet: &Sheet<'_, '_>) -> Option<String> {
    let exam = &sheet.map.exam.exam;
    let condition = sheet.condition()?;
    let is_lowered = |pupil: &&PupilRow| {
        let by_scale = pupil.total.and_then(|total| exam.scale.mark(total));
        by_scale.is_some_and(|mark| condition.for_marks.contains(&mark))
            && pupil.result == Some(u16::from(condition.otherwise))
            && of_condition(sheet, condition, pupil) < condition.min
    };
    let codes: Vec<&str> = sheet.map.pupils().filter(is_lowered).map(|pupil| pupil.code.as_str()).collect();
    (!codes.is_empty()).then(|| {
        format!(
            "{}: отметка «{}» из-за условия «{}».",
            words::capitalised(&words::list(&codes)),
            condition.otherwise,
            condition.note
        )
    })
}

/// Those whose total is not known, with the task whose cell cannot be read where it is one.
fn unread(sheet: &Sheet<'_, '_>) -> Option<String> {
    let unread = &sheet.map.unread;
    if unread.is_empty() {
        return None;
    }
    let with_task = |pupil: &&PupilRow| {
        let is_bad = |(_, points): &(&srez_model::assessment::Task, &u8)| **points == UNREADABLE;
        let tasks = sheet.map.exam.exam.tasks.iter().zip(&pupil.points).filter(is_bad);
        let ids: Vec<&str> = tasks.map(|(task, _)| task.id.as_str()).collect();
        let tasks = if ids.is_empty() { String::new() } else { format!(" ({})", words::task_list(&ids)) };
        format!("{}{tasks}", pupil.code)
    };
    let codes: Vec<String> = unread.iter().map(with_task).collect();
    Some(said::without_total(unread.len() as u64, &words::capitalised(&words::list(&codes))))
}
