//! What a class begins with: tasks for each group, one skill for all.

use super::Sheet;
use crate::facts::class_map::{self, Lowest, Points, THE_REST};
use crate::sections::{no_data, text};
use crate::table::TableOf;
use srez_model::edition::{PupilRow, SkillTasks};
use srez_model::field_id::{FieldId, FieldName};
use srez_model::report::{Blank, Block, Cell, Text};
use srez_model::unit::as_f64;
use srez_wording::sentence::class_map as said;
use srez_wording::{number, text as words};

/// Letters of a task in its cell.
const LONGEST_TASK: usize = 70;
/// Codes that a sentence names.
const MOST_CODES: usize = 4;

/// «Первые две недели»: a column a group, its tasks and one sentence; nothing where there is no map.
pub(crate) fn weeks(sheet: &Sheet<'_, '_>) -> Vec<Block> {
    if as_f64(sheet.map.pupils().count() as u64) < sheet.limit("map.pupils") {
        return Vec::new();
    }
    let of_groups: Vec<Vec<String>> = (0..sheet.map.groups.len()).map(|place| of_group(sheet, place)).collect();
    let lines = of_groups.iter().map(Vec::len).max().unwrap_or(0);
    let groups: Vec<usize> = (0..of_groups.len()).collect();
    let words = |line: usize, place: usize| of_groups.get(place).and_then(|lines| lines.get(line)).cloned();
    let note = format!(
        "После тире\u{a0}— сколько учеников группы получили полный балл. Выбраны задания, с которыми справились не \
         больше {} группы: для групп 1 и 2\u{a0}— базовые, для группы 3\u{a0}— и повышенные; первыми\u{a0}— самые \
         посильные.",
        number::percent_exact(sheet.limit("map.solved"), 0)
    );
    let table = TableOf::new(0..lines).wide(false).columns(
        &groups,
        |place| text(&format!("Группа {}", place + 1), 1.0),
        |line, place| Cell::Text(words(*line, *place).unwrap_or_default()),
    );
    vec![table.named(&format!("weeks_{}", sheet.number), format!("Первые две недели. {}", sheet.title), note)]
}

/// The tasks of a group, then what to do with them.
fn of_group(sheet: &Sheet<'_, '_>, place: usize) -> Vec<String> {
    let group = &sheet.map.groups[place];
    if group.pupils.is_empty() {
        return vec!["В группе никого нет.".to_owned()];
    }
    let chosen = sheet.map.chosen(place, sheet.context.thresholds);
    if chosen.is_empty() {
        let next =
            if place < 2 { format!(": работать по группе {}", place + 2) } else { String::new() };
        let most = number::percent_exact(sheet.limit("map.solved"), 0);
        return vec![format!("Задания, с которыми справились не больше {most} группы, не нашлись{next}.")];
    }
    let tasks = &sheet.map.exam.exam.tasks;
    let mut lines: Vec<String> = chosen
        .iter()
        .filter_map(|one| {
            let task = tasks.get(one.task)?;
            let label = words::shortened(task.label(), LONGEST_TASK);
            let what = if label.is_empty() { String::new() } else { format!(" {}", words::capitalised(&label)) };
            let (solved, all) = (number::count(one.solved), number::count(one.all));
            Some(format!("№\u{a0}{}{what}\u{a0}— {solved}\u{a0}из\u{a0}{all}", task.id))
        })
        .collect();
    lines.push(match place {
        0 => {
            let shares: Vec<f64> = chosen.iter().filter_map(|one| one.share.map(|share| share.0)).collect();
            let (low, high) = (shares.iter().copied().reduce(f64::min), shares.iter().copied().reduce(f64::max));
            let knows = sheet.map.exam.whole.by_mark[0].iter().any(Option::is_some);
            let whose = match low.zip(high).filter(|_| knows) {
                Some((low, high)) if low < high => {
                    format!(" (у учеников с отметкой «3» их выполнение\u{a0}— {}\u{a0}%)", number::range(low, high, 0))
                }
                Some((low, _)) => {
                    format!(" (у учеников с отметкой «3» выполнение\u{a0}— {})", number::percent_exact(low, 0))
                }
                None => String::new(),
            };
            format!("Самые посильные базовые задания{whose}: по одному на урок, с записью каждого шага.")
        }
        1 => middle(sheet, chosen.first().map_or(0, |one| one.task)),
        _ if sheet.map.groups[0].pupils.is_empty() => "Решать с объяснением каждого шага.".to_owned(),
        _ => "Решать с объяснением каждого шага; могут вести пару в группе 1.".to_owned(),
    });
    lines
}

/// What the middle group begins with, and who lacks one point.
fn middle(sheet: &Sheet<'_, '_>, first: usize) -> String {
    let exam = &sheet.map.exam.exam;
    let group = &sheet.map.groups[1];
    let skill = sheet.columns.iter().find(|column| column.tasks.contains(&first) && column.tasks.len() > 1);
    let begin = format!("№\u{a0}{}", exam.tasks.get(first).map_or("", |task| task.id.as_str()));
    let little = sheet.limit("map.little");
    let mut sentence = match skill.filter(|skill| skill.title != THE_REST) {
        Some(skill) => {
            let has_little = |pupil: &&&PupilRow| {
                let Points { got, most } = class_map::points_of(pupil, exam, &skill.tasks);
                most > 0 && 100.0 * f64::from(got) < little * f64::from(most)
            };
            let few = group.pupils.iter().filter(has_little).count() as u64;
            let limit = number::percent_exact(little, 0);
            said::little_of_skill(few, group.pupils.len() as u64, &skill.title, &limit, &begin)
        }
        None => said::little_of_skill(0, 0, "", "", &begin),
    };
    let steps = class_map::steps(exam);
    if let Some((least, name)) = steps.get(1) {
        let is_short = |pupil: &&&PupilRow| pupil.total.is_some_and(|total| total + 1 == *least);
        let codes: Vec<&str> = group.pupils.iter().filter(is_short).map(|pupil| pupil.code.as_str()).collect();
        if (1..=MOST_CODES).contains(&codes.len()) {
            sentence.push(' ');
            sentence.push_str(&said::one_short(codes.len() as u64, &words::list(&codes), name));
        }
    }
    sentence
}

/// What the whole class needs, and where the teacher notes what came of it.
pub(crate) fn whole_class(sheet: &Sheet<'_, '_>) -> Vec<Block> {
    if as_f64(sheet.map.pupils().count() as u64) < sheet.limit("map.pupils") {
        return Vec::new();
    }
    let id = FieldId::new(FieldName::ClassCheck, sheet.map.exam.exam.id());
    let id = id.of_school(sheet.school).about(sheet.map.class);
    let label = "Проверка: те же задания через две недели; отметить коды, у которых получилось";
    let check = Blank::new(id, label, 1).block();
    let Some(Lowest { place, own, all }) = sheet.map.lowest(sheet.columns) else {
        return vec![no_data("максимумы заданий не известны"), check];
    };
    let column = &sheet.columns[place];
    let town = sheet.context.style.place;
    let skill = words::lowered(&column.title);
    let lesson = match column.tasks.as_slice() {
        [_] => "пять минут на каждом уроке".to_owned(),
        _ => format!("пять минут на каждом уроке ({})", first_tasks(sheet, column)),
    };
    let own_share = number::percent_exact(own.0, 0);
    let sentence = match all {
        Some(all) if all.0 - own.0 < sheet.limit("map.behind") => format!(
            "класс не отстаёт от всех учеников {} ни по одному умению на {}\u{a0}п.п. и больше.",
            town.genitive,
            srez_wording::rule::plain(sheet.limit("map.behind"))
        ),
        Some(all) => format!(
            "{skill}\u{a0}— {own_share} баллов при {} в {}: {lesson}.",
            number::percent_exact(all.0, 0),
            town.prepositional
        ),
        None => format!("{skill}\u{a0}— {own_share} баллов, меньше, чем по другим умениям: {lesson}."),
    };
    let text = Text::default().bold("Всему классу: ").then(sentence);
    vec![Block::Paragraph(text), check]
}

/// «№ 5, затем № 6»: the easiest tasks of a skill for all participants.
fn first_tasks(sheet: &Sheet<'_, '_>, column: &SkillTasks) -> String {
    let exam = &sheet.map.exam.exam;
    let share = |task: usize| {
        let all = sheet.map.exam.whole.tasks.get(task).copied().flatten();
        all.or_else(|| class_map::of_class(sheet.map.pupils(), exam, &[task])).map_or(0.0, |share| share.0)
    };
    let mut tasks = column.tasks.clone();
    tasks.sort_by(|first, second| share(*second).total_cmp(&share(*first)));
    let ids = tasks.iter().take(2).filter_map(|task| exam.tasks.get(*task));
    ids.map(|task| format!("№\u{a0}{}", task.id)).collect::<Vec<_>>().join(", затем ")
}
