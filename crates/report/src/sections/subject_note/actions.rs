//! «Что делаем»: each row follows from a finding and says who, until when, and by which number it is checked.

use super::Note;
use crate::facts::skills::findings_of;
use crate::facts::standing;
use crate::facts::weak_tasks::{Lag, Loss, WeakTask};
use crate::facts::{catalogue_values, results};
use crate::sections::{planned, worth_studying};
use crate::table::TableOf;
use srez_model::compared::TASK;
use srez_model::finding::Status;
use srez_model::recommendations::{ActionKind, ActionTemplate, filled};
use srez_model::report::{Block, Text};
use srez_model::sign::Cause;
use srez_model::tally::Demand;
use srez_model::unit::Percent;
use srez_wording::{grade, number, text as words};

/// Rows at most.
const MOST: usize = 4;
/// Tasks that a row names.
const MOST_TASKS: usize = 5;
/// Schools that a row names.
const MOST_SCHOOLS: usize = 4;
/// Tasks whose targets a row names.
const MOST_TARGETS: usize = 2;

/// A row.
struct Row {
    what: String,
    whom: String,
    term: String,
    check: String,
}

/// The table; one sentence where nothing follows.
pub(crate) fn blocks(note: &Note<'_, '_>) -> Vec<Block> {
    let rows = note.context.recommendations.actions.iter().filter_map(|template| row(note, template)).take(MOST);
    let table = TableOf::new(rows.zip(1_u64..));
    if table.is_empty() {
        let words = if note.is_judged() {
            "По результатам работы отдельных мер не требуется: ниже порога нет ни одного задания."
        } else {
            "Меры вписывает методист: без уровней заданий программа их не предлагает."
        };
        return vec![Block::Paragraph(Text::plain(words))];
    }
    let table = table
        .count("№", 0.5, |(_, number)| *number)
        .text("Что", 4.0, |(row, _)| row.what.clone())
        .text("Кому", 3.0, |(row, _)| row.whom.clone())
        .text("Срок", 1.8, |(row, _)| row.term.clone())
        .text("Как проверим", 3.0, |(row, _)| row.check.clone());
    let note = "Меры — предложение из каталога, их правит и утверждает методист. Цель — значение, рост до которого при \
                этом числе участников уже не объяснить случайностью.";
    vec![table.named("actions", "Меры по итогам работ", note)]
}

/// What calls for an action, and what fills its slots; none where nothing does.
fn row(note: &Note<'_, '_>, template: &ActionTemplate) -> Option<Row> {
    let low = |one: &&WeakTask<'_>| one.is_below_threshold();
    let lost = |loss: Loss| -> Vec<&WeakTask<'_>> {
        note.weak.iter().filter(low).filter(|one| one.loss == Some(loss)).collect()
    };
    let mut slots = Slots::default();
    match template.kind {
        ActionKind::Errors => {
            // Where nothing is below the threshold, what stands at it is looked at.
            let below: Vec<&WeakTask<'_>> = note.weak.iter().filter(low).collect();
            let chosen = if below.is_empty() { note.weak.iter().collect() } else { below };
            slots.add_tasks(note, &chosen)?;
        }
        ActionKind::Planning => slots.add_tasks(note, &lost(Loss::NotBegun))?,
        ActionKind::Solution => slots.add_tasks(note, &lost(Loss::NotFinished))?,
        ActionKind::Practicum => slots.add_skill(note, &lost(Loss::TriedWrong))?,
        ActionKind::Lesson => {
            let basic: Vec<&WeakTask<'_>> = lost(Loss::TriedWrong).into_iter().filter(|one| one.is_basic()).collect();
            slots.add_tasks(note, &basic)?;
        }
        ActionKind::Repeat => {
            let behind = |one: &&WeakTask<'_>| one.lag == Lag::Region;
            slots.add_tasks(note, &note.weak.iter().filter(behind).collect::<Vec<_>>())?;
        }
        ActionKind::Condition => slots.add_condition(note)?,
        ActionKind::Mentoring => slots.add_schools(note)?,
        ActionKind::Region => {
            let known = |chapter: &crate::context::Chapter<'_>| {
                let mut rows =
                    chapter.measures.comparisons_of(note.context.focus.level, &note.context.focus.name).iter();
                rows.any(|row| row.reference_kind == "region" && standing::is_tested(row))
            };
            if note.chapters.iter().any(known) {
                return None;
            }
        }
    }
    slots.mentors = mentors(note, &slots.skills);
    let text = |text: &str| fill(note, text, &slots);
    Some(Row {
        what: text(&template.what),
        whom: text(&template.whom),
        term: text(&template.term),
        check: text(&template.check),
    })
}

/// What fills a template.
#[derive(Default)]
struct Slots {
    tasks: String,
    grades: String,
    skill: String,
    /// Skills of the tasks, for whom to turn to.
    skills: Vec<String>,
    schools: String,
    mentors: String,
    targets: String,
    condition: String,
}

impl Slots {
    fn add_tasks(&mut self, note: &Note<'_, '_>, tasks: &[&WeakTask<'_>]) -> Option<()> {
        if tasks.is_empty() {
            return None;
        }
        let chosen = &tasks[..tasks.len().min(MOST_TASKS)];
        self.tasks = numbered(note, chosen);
        let mut grades: Vec<u8> = chosen.iter().map(|one| one.grade).collect();
        grades.sort_unstable();
        grades.dedup();
        self.grades = grade::of_grades(&grades);
        self.skills = chosen.iter().map(|one| one.task.matter().to_owned()).collect();
        self.targets = targets(note, chosen);
        Some(())
    }

    /// The skill to which most of the tasks belong, at least two of them.
    fn add_skill(&mut self, note: &Note<'_, '_>, tasks: &[&WeakTask<'_>]) -> Option<()> {
        let mut skills: Vec<&str> =
            tasks.iter().map(|one| one.task.matter()).filter(|skill| !skill.is_empty()).collect();
        skills.sort_unstable();
        let most = skills.chunk_by(|left, right| left == right).max_by_key(|same| same.len())?;
        let [skill, _, ..] = most else { return None };
        let of_skill: Vec<&WeakTask<'_>> = tasks.iter().copied().filter(|one| one.task.matter() == *skill).collect();
        self.add_tasks(note, &of_skill)?;
        self.skill = words::capitalised(skill);
        Some(())
    }

    fn add_condition(&mut self, note: &Note<'_, '_>) -> Option<()> {
        let focus = &note.context.focus;
        for chapter in note.chapters {
            for row in chapter.measures.demands.iter().filter(|row| row.level == focus.level && row.group == focus.name)
            {
                let Demand::Condition(place) = row.demand else { continue };
                let condition = chapter.measures.exam.conditions.get(usize::from(place))?;
                let lowered = row.asked - row.met;
                let all = results::of(chapter.measures, focus.level, &focus.name)?.below;
                let least = note.context.thresholds.value("note.condition") / 100.0;
                if lowered > 0 && least * srez_model::unit::as_f64(all) <= srez_model::unit::as_f64(lowered) {
                    self.condition.clone_from(&condition.note);
                    // Half of them is what the word «сократить вдвое» would promise.
                    self.targets = number::count(lowered / 2);
                    return Some(());
                }
            }
        }
        None
    }

    fn add_schools(&mut self, note: &Note<'_, '_>) -> Option<()> {
        let is_low = |school: &&String| {
            let low = |finding: &srez_model::finding::Finding| {
                finding.status == Status::Probable && finding.is_told() && finding.sign.cause == Cause::LowTotal
            };
            note.chapters.iter().any(|chapter| findings_of(chapter, school).any(low))
        };
        let schools: Vec<&str> =
            note.context.schools.iter().filter(is_low).map(|school| note.context.school(school)).collect();
        if schools.is_empty() {
            return None;
        }
        self.schools = shortened(&schools);
        Some(())
    }
}

/// At most so many names.
fn shortened(schools: &[&str]) -> String {
    let shown: Vec<&str> = schools.iter().take(MOST_SCHOOLS).copied().collect();
    match schools.len().saturating_sub(MOST_SCHOOLS) {
        0 => shown.join(", "),
        more => format!("{}; ещё школ: {more} (в анализе)", shown.join(", ")),
    }
}

/// «№ 5.1 и 5.2 (4 класс), № 14 (8 класс)».
fn numbered(note: &Note<'_, '_>, chosen: &[&WeakTask<'_>]) -> String {
    let mut places: Vec<usize> = chosen.iter().map(|one| one.chapter).collect();
    places.sort_unstable();
    places.dedup();
    let of_grade = |place: &usize| {
        let ids: Vec<&str> =
            chosen.iter().filter(|one| one.chapter == *place).map(|one| one.task.id.as_str()).collect();
        let list = words::task_list(&ids);
        if note.has_several() {
            format!("{list} ({})", note.chapters[*place].measures.exam.grade_title())
        } else {
            list
        }
    };
    places.iter().map(of_grade).collect::<Vec<_>>().join(", ")
}

/// «№ 14 — не ниже 45 %»: what can be told from chance, and no less than the region has.
fn targets(note: &Note<'_, '_>, chosen: &[&WeakTask<'_>]) -> String {
    let of = |one: &&WeakTask<'_>| {
        let chapter = note.chapter(one);
        let target = planned::target_of(note.context, chapter, &format!("{TASK}{}", one.task.id))?;
        let is_behind = matches!(one.lag, Lag::Both | Lag::Region);
        // A region that is farther off than may be promised is no target for one year.
        let most = note.context.thresholds.value("plan.most");
        let region = one.region.filter(|_| is_behind).and_then(|row| row.reference);
        let region = region.filter(|share| share.0 - one.value.0 <= most);
        let target = Percent(target.max(region.map_or(0.0, |share| share.0)).ceil());
        let grade =
            if note.has_several() { format!(" ({})", chapter.measures.exam.grade_title()) } else { String::new() };
        Some(format!("№\u{a0}{}{grade}\u{a0}— не ниже {}", one.task.id, number::percent_exact(target.0, 0)))
    };
    let named: Vec<String> = chosen.iter().filter_map(of).take(MOST_TARGETS).collect();
    if named.is_empty() {
        "рост виден только по нескольким годам".to_owned()
    } else {
        named.join(", ")
    }
}

/// Schools whose experience is worth studying in these skills or the work as a whole; the association where none is.
fn mentors(note: &Note<'_, '_>, skills: &[String]) -> String {
    let mut able = Vec::new();
    for chapter in note.chapters {
        let entries = worth_studying::list(chapter).into_iter().flat_map(|list| &list.entries);
        let of_use = |entry: &&srez_model::finding::ListedSchool| {
            entry.matter == srez_model::finding::Matter::Work || skills.contains(&entry.matter_title)
        };
        able.extend(entries.filter(of_use).map(|entry| entry.school.as_str()));
    }
    let names: Vec<&str> = note
        .context
        .schools
        .iter()
        .filter(|school| able.contains(&school.as_str()))
        .map(|school| note.context.school(school))
        .take(2)
        .collect();
    if names.is_empty() {
        "муниципальное методобъединение".to_owned()
    } else {
        words::list(&names)
    }
}

fn fill(note: &Note<'_, '_>, text: &str, slots: &Slots) -> String {
    let of_catalogue = catalogue_values(note.context, &note.chapters[0], &slots.skill);
    let mut values: Vec<(&str, &str)> = of_catalogue.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    values.extend([
        ("tasks", slots.tasks.as_str()),
        ("grades", &slots.grades),
        ("schools", &slots.schools),
        ("mentors", &slots.mentors),
        ("targets", &slots.targets),
        ("condition", &slots.condition),
        ("region", note.context.style.region.nominative),
    ]);
    filled(text, &values)
}
