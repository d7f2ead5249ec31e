//! «Что делаем»: each row follows from a finding and says who, until when, and by which number it is checked. The note,
//! the road map and the drafts take their measures from here.

use super::{Note, conclusions};
use crate::facts::skills::findings_of;
use crate::facts::standing;
use crate::facts::weak_tasks::{Lag, Loss, WeakTask};
use crate::facts::{calendar, catalogue_values};
use crate::sections::{planned, worth_studying};
use crate::table::TableOf;
use srez_model::compared::MeasureId;
use srez_model::finding::Status;
use srez_model::recommendations::{ActionKind, ActionTemplate, filled};
use srez_model::report::{Block, Text};
use srez_model::sign::Cause;
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

/// A measure that follows from a finding.
#[derive(Clone, Debug)]
pub(crate) struct Measure {
    /// Why it is proposed.
    pub(crate) kind: ActionKind,
    /// The finding in numbers.
    pub(crate) lack: String,
    pub(crate) what: String,
    pub(crate) whom: String,
    pub(crate) term: String,
    pub(crate) check: String,
}

impl Measure {
    /// True where it asks for data and changes nothing in lessons.
    pub(crate) fn is_of_data(&self) -> bool {
        self.kind == ActionKind::Region
    }
}

/// The measures of a subject, in the order of the catalogue.
pub(crate) fn measures(note: &Note<'_, '_>) -> Vec<Measure> {
    note.context.recommendations.actions.iter().filter_map(|template| measure(note, template)).collect()
}

/// The table; one sentence where nothing follows.
pub(crate) fn blocks(note: &Note<'_, '_>) -> Vec<Block> {
    let table = TableOf::new(measures(note).into_iter().take(MOST).zip(1_u64..));
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
fn measure(note: &Note<'_, '_>, template: &ActionTemplate) -> Option<Measure> {
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
            slots.lack = format!("результаты {} не загружены", note.context.style.region.genitive);
        }
    }
    slots.mentors = mentors(note, &slots.skills);
    Some(slots.measure(note, template))
}

/// A measure that asks the same of everyone: the tasks are named elsewhere, in these words.
pub(crate) fn for_all(note: &Note<'_, '_>, kind: ActionKind, tasks: &str) -> Option<Measure> {
    let template = note.context.recommendations.actions.iter().find(|one| one.kind == kind)?;
    Some(Slots { tasks: tasks.to_owned(), ..Slots::default() }.measure(note, template))
}

/// What fills a template.
#[derive(Default)]
struct Slots {
    /// What calls for the action, in numbers.
    lack: String,
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
    fn measure(&self, note: &Note<'_, '_>, template: &ActionTemplate) -> Measure {
        let text = |text: &str| fill(note, text, self);
        Measure {
            kind: template.kind,
            lack: self.lack.clone(),
            what: text(&template.what),
            whom: text(&template.whom),
            term: text(&template.term),
            check: text(&template.check),
        }
    }

    fn add_tasks(&mut self, note: &Note<'_, '_>, tasks: &[&WeakTask<'_>]) -> Option<()> {
        if tasks.is_empty() {
            return None;
        }
        let chosen = &tasks[..tasks.len().min(MOST_TASKS)];
        self.lack = lacking(note, chosen);
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
        let (condition, lowered) = conclusions::lowering_condition(note)?;
        self.lack = lowered.words(&condition.note);
        self.condition.clone_from(&condition.note);
        // Half of them is what the word «сократить вдвое» would promise.
        self.targets = number::count(lowered.lowered / 2);
        Some(())
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
        self.lack = format!("ниже остальных школ по работе в целом: {}", self.schools);
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

/// «4 класс: № 5.2 — 48,8 % (край 75,1 %), № 5.1 — 50,5 %; порог 60 %; писали 469».
fn lacking(note: &Note<'_, '_>, chosen: &[&WeakTask<'_>]) -> String {
    let region = note.context.style.region.nominative;
    let one = |task: &&WeakTask<'_>| {
        let n = task.row.counts.n;
        let reference = task.region.and_then(|row| row.reference);
        let reference =
            reference.map_or_else(String::new, |share| format!(" ({region} {})", number::percent(share, n)));
        format!("№\u{a0}{}\u{a0}— {}{reference}", task.task.id, number::percent(task.value, n))
    };
    let of_grade = |place: usize| {
        let tasks: Vec<&WeakTask<'_>> = chosen.iter().copied().filter(|one| one.chapter == place).collect();
        let n = tasks.iter().map(|one| one.row.counts.n).max()?;
        let list = tasks.iter().map(one).collect::<Vec<_>>().join(", ");
        // Where a task is named for the region alone, its threshold says nothing.
        let of_threshold = tasks.iter().filter(|one| one.lag != Lag::Region);
        let mut limits: Vec<String> =
            of_threshold.filter_map(|one| one.threshold).map(|limit| number::percent_exact(limit, 0)).collect();
        limits.sort();
        limits.dedup();
        let limits = if limits.is_empty() { String::new() } else { format!("; порог {}", limits.join(" и ")) };
        let grade = note.chapters[place].measures.exam.grade_title();
        let grade = if note.has_several() { format!("{grade}: ") } else { String::new() };
        Some(format!("{grade}{list}{limits}; писали {}", number::count(n)))
    };
    (0..note.chapters.len()).filter_map(of_grade).collect::<Vec<_>>().join("; ")
}

/// «№ 5.1 и 5.2 (4 класс), № 14 (8 класс)».
pub(crate) fn numbered(note: &Note<'_, '_>, chosen: &[&WeakTask<'_>]) -> String {
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
        let target = planned::target_of(note.context, chapter, &MeasureId::task(&one.task.id))?;
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
    let days = calendar::slots(note.context);
    values.extend(days.iter().map(|(slot, words)| (*slot, words.as_str())));
    filled(text, &values)
}
