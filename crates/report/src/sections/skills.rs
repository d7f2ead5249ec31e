//! «Планируемые результаты»: completion by skill; every skill is printed with n and interval.

use super::origin::Origin;
use super::{no_data, other, section, share};
use crate::context::{Chapter, Names};
use crate::facts::skills::{self, SkillState};
use crate::table::TableOf;
use srez_model::finding::{Finding, Matter, Status, Verdict};
use srez_model::measures::{Interval, SkillRow};
use srez_model::provenance::CellSource;
use srez_model::report::{Align, Bar, Block, Cell, Section, Statement, Text};
use srez_model::tally::Group;
use srez_wording::sentence::tasks as said;
use srez_wording::{number as print, text as words};

pub(crate) fn compose(context: &Names<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let table = TableOf::new(measures.skills_of(*level, group));
    if table.is_empty() {
        let why = "в спецификации работы не указаны умения и элементы содержания";
        return section("Планируемые результаты", false, vec![no_data(why)]);
    }
    let known = |cell: Cell, skill: &SkillRow| cell.from_source(|| source(context, chapter, skill));
    let table = table
        .text("Умение", 5.0, |skill| words::shortened(&words::capitalised(&skill.title), 64))
        .count("Заданий", 1.0, |skill| skill.tasks.into())
        .count("Чел.", 1.0, |skill| skill.n)
        .number("%", 1.0, |skill| known(share(skill.pct.map(|pct| pct.value), skill.n), skill))
        .number("95 % инт.", 1.4, |skill| known(interval(skill.pct, skill.n), skill))
        .column(other("", Align::Left, 2.2).drawn_from([3]), |skill| skill.pct.map_or(Cell::Missing, bar));
    let note = "Умение — краткий ярлык спецификации; процент — сумма баллов по заданиям умения, делённая на сумму \
                максимумов, единица — участник. Умение с одним заданием — вывод по одному заданию.";
    let name = format!("skills_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Умения и элементы содержания, {}", super::whose(context, chapter));
    let mut blocks = vec![table.named(&name, caption, note)];
    blocks.extend(levels(context, chapter));
    let found = chapter.findings.findings.iter().filter(|finding| finding.sign.id == "F07");
    // The possible cause stands under its deficit.
    for one in found {
        blocks.push(super::conclusions::statement(one));
        let causes = chapter.findings.findings.iter().filter(|other| other.sign.id == "F11" && other.part_of == one.id);
        blocks.extend(causes.map(super::conclusions::statement));
    }
    section("Планируемые результаты", false, blocks)
}

/// Where the completion of a skill and its interval come from.
fn source(context: &Names<'_>, chapter: &Chapter<'_>, skill: &SkillRow) -> CellSource {
    let (sum, most) = (print::count(skill.sum), print::count(skill.max_sum));
    let counts = format!("{sum} / {most} · 100; заданий — {}", skill.tasks);
    let title = words::capitalised(&skill.title);
    Origin::focus(context, &chapter.measures.exam).named(&title).source("skills.pct", counts)
}

fn interval(pct: Option<Interval>, n: u64) -> Cell {
    pct.map_or(Cell::Missing, |pct| Cell::interval(pct.low.0, pct.high.0, print::share_decimals(n)))
}

fn bar(pct: Interval) -> Cell {
    Cell::Bar(Bar { value: pct.value.0, threshold: None, zone: 0.0, reference: None, verdict: Verdict::Unknown })
}

/// Skills whose level is sufficient, and those whose level is not: section 3.2.4 of the reports on exams.
fn levels(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let views = skills::of(context, chapter, context.focus.level, &context.focus.name);
    let named = |wanted: SkillState| -> Vec<String> {
        views
            .iter()
            .filter(|view| view.state == wanted)
            .filter_map(|view| {
                // The number of a deficit stands in the statement under the list.
                let told = |one: &Finding| one.sign.id == "F07" && one.matter == Matter::Skill(view.row.skill);
                if wanted == SkillState::Need && chapter.findings.findings.iter().any(told) {
                    return Some(words::lowered(&view.row.title));
                }
                let share = print::percent(view.row.pct?.value, view.row.n);
                let tasks = words::task_list(&view.tasks);
                Some(said::skill_with_tasks(view.tasks.len() as u64, &words::lowered(&view.row.title), &share, &tasks))
            })
            .collect()
    };
    let stated = |status: Status, title: &str, names: &[String]| {
        (!names.is_empty()).then(|| {
            Block::Statement(Statement { status, text: Text::default().bold(title).then(words::list(names)).then(".") })
        })
    };
    let unknown = views.iter().filter(|view| view.state == SkillState::Unknown).count() as u64;
    let mut blocks: Vec<Block> = [
        stated(Status::Checked, "Можно считать достаточным: ", &named(SkillState::Sufficient)),
        stated(Status::Fact, "Достаточным не во всех заданиях: ", &named(SkillState::Watch)),
        stated(Status::Fact, "Нельзя считать достаточным: ", &named(SkillState::Need)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if unknown > 0 {
        let why = if chapter.measures.exam.key.procedure.has_attempts() {
            "порогов, подтверждённых документом, для этой процедуры нет"
        } else {
            "уровни заданий не указаны"
        };
        blocks.push(Block::Statement(Statement {
            status: Status::NoData,
            text: Text::plain(said::no_verdict(unknown, why)),
        }));
    }
    blocks
}
