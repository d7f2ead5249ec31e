//! Who needs which skill: for training plans (3.1), clusters of schools and pairs (3.3). No pupils, no teachers, no
//! ranks.

use super::other;
use crate::context::{Chapter, Context, Names};
use crate::facts::deficits::{self, skills_by_school};
use crate::facts::looked_at;
use crate::facts::partners::{Cluster, LEAST, Pair};
use crate::facts::skills::{SkillState, SkillView};
use crate::table::TableOf;
use srez_model::level::Level;
use srez_model::report::{Align, Block, Cell};
use srez_wording::sentence;
use srez_wording::text as words;

fn note(context: &Context<'_>) -> String {
    format!(
        "Нужна поддержка: больше {}\u{a0}% заданий на умение в школе ниже порога, и заданий не меньше {}, или \
         отличие от остальных школ проверено. Наблюдать: часть заданий ниже порога или в зоне неопределённости. \
         О школах с числом участников менее {} выводов нет. У ОГЭ и ЕГЭ порогов, подтверждённых документом, нет: \
         только проверенные отличия. Порядок — по реестру, это не рейтинг.",
        context.limit("F07.share"),
        context.limit("F07.tasks"),
        context.limit("privacy.group")
    )
}

/// Schools that a cell names; all of them stand in the matrix of the workbook.
const MOST_NAMES: usize = 12;

/// A skill of a work, and the schools in words.
struct Line<'a> {
    exam: String,
    skill: &'a str,
    need: String,
    watch: String,
}

/// Skill by skill: schools that need support, schools to watch.
pub(crate) fn by_skill(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let mut lines = Vec::new();
    for chapter in chapters {
        let schools = skills_by_school(context, chapter);
        for skill in skill_titles(chapter) {
            let need = schools_in(&schools, skill, SkillState::Need);
            let watch = schools_in(&schools, skill, SkillState::Watch);
            if need.is_empty() {
                continue;
            }
            lines.push(Line {
                exam: chapter.measures.exam.title(),
                skill,
                need: names(context, &need),
                watch: if watch.len() <= 4 {
                    names(context, &watch)
                } else {
                    sentence::schools::schools(watch.len() as u64)
                },
            });
        }
    }
    if lines.is_empty() {
        let judged = context
            .schools
            .iter()
            .any(|school| looked_at::judges_skills(context, chapters, school) || looked_at::compares(chapters, school));
        return vec![super::no_data(if judged {
            "умений, по которым школам нужна поддержка, не выявлено"
        } else {
            "об умениях школ вывода нет, порогов для заданий и сравнения школ нет"
        })];
    }
    let table = TableOf::new(lines)
        .text("Работа", 2.4, |line| line.exam.clone())
        .text("Умение", 2.8, |line| words::shortened(&words::capitalised(line.skill), 60))
        .text("Нужна поддержка", 4.0, |line| line.need.clone())
        .text("Наблюдать", 2.4, |line| line.watch.clone());
    vec![table.named("support", "Умения и школы для планов повышения квалификации", note(context))]
}

/// The first of the schools by name, and how many more there are.
fn names(context: &Context<'_>, schools: &[&str]) -> String {
    let names: Vec<&str> = schools.iter().map(|school| context.school(school)).collect();
    match names.get(..MOST_NAMES).filter(|_| MOST_NAMES + 1 < names.len()) {
        Some(first) => {
            let more = (names.len() - MOST_NAMES) as u64;
            format!("{} и ещё {}", first.join(", "), sentence::schools::schools(more))
        }
        None if names.is_empty() => "—".to_owned(),
        None => names.join(", "),
    }
}

/// The whole matrix skill × school, for a workbook.
pub(crate) fn matrix(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Block {
    let lines = chapters.iter().flat_map(|chapter| {
        let views = std::rc::Rc::new(skills_by_school(context, chapter));
        skill_titles(chapter).into_iter().map(move |skill| (chapter, skill, std::rc::Rc::clone(&views)))
    });
    let schools: Vec<(usize, &String)> = context.schools.iter().enumerate().collect();
    let state = |views: &[SkillView<'_>], skill: &str| match views
        .iter()
        .find(|view| view.row.title == skill)
        .map(|view| view.state)
    {
        Some(SkillState::Need) => Cell::Text("поддержка".to_owned()),
        Some(SkillState::Watch) => Cell::Text("наблюдать".to_owned()),
        Some(SkillState::Sufficient) => Cell::Text("достаточно".to_owned()),
        Some(SkillState::Unknown) | None => Cell::Missing,
    };
    let note =
        format!("{} «—»: участников нет, их меньше {} или порога нет.", note(context), context.limit("privacy.group"));
    TableOf::new(lines)
        .text("Работа", 3.0, |(chapter, ..)| chapter.measures.exam.title())
        .text("Умение", 3.0, |(_, skill, _)| words::capitalised(skill))
        .columns(
            &schools,
            |(_, school)| other(context.school(school), Align::Centre, 1.0),
            |(_, skill, views), (place, _)| views.get(*place).map_or(Cell::Missing, |(_, views)| state(views, skill)),
        )
        .wide(true)
        .named("matrix", "Умения по школам", note)
}

/// Schools that have the skill in this state.
fn schools_in<'a>(schools: &[(&'a str, Vec<SkillView<'_>>)], skill: &str, state: SkillState) -> Vec<&'a str> {
    let has = |views: &[SkillView<'_>]| views.iter().any(|view| view.state == state && view.row.title == skill);
    schools.iter().filter(|(_, views)| has(views)).map(|(school, _)| *school).collect()
}

/// Names of the skills of an exam, in the order of the measures.
fn skill_titles<'a>(chapter: &Chapter<'a>) -> Vec<&'a str> {
    chapter.measures.skills_of(Level::All, "").map(|row| row.title.as_str()).collect()
}

/// Schools with like deficits.
pub(crate) fn clusters(context: &Context<'_>, chapters: &[Chapter<'_>], found: &[Cluster<'_>]) -> Vec<Block> {
    let lacking =
        context.schools.iter().filter(|school| !deficits::of_school(context, chapters, school).is_empty()).count();
    if lacking < LEAST {
        let words = "Группы школ не составлялись: дефициты выявлены меньше чем у трёх школ.";
        return vec![Block::Paragraph(words.into())];
    }
    if found.is_empty() {
        let words = "Групп из трёх и более школ, у которых совпадает не менее половины дефицитов, не выявлено.";
        return vec![Block::Paragraph(words.into())];
    }
    let schools = |cluster: &Cluster<'_>| {
        cluster.schools.iter().map(|school| context.school(school)).collect::<Vec<_>>().join(", ")
    };
    let of_skill = |(place, skill): &(usize, &str)| {
        let exam = chapters.get(*place).map(|chapter| chapter.measures.exam.title()).unwrap_or_default();
        format!("{skill} ({exam})")
    };
    let note = "Школы объединены по одинаковым дефицитам умений (совпадает не менее половины, школ не менее трёх), а \
                не по уровню результатов. Порядок — по реестру.";
    let table = TableOf::new(found.iter().zip(1_u64..))
        .count("№", 0.5, |(_, number)| *number)
        .text("Школы", 4.0, |(cluster, _)| schools(cluster))
        .text("Общие дефициты", 5.0, |(cluster, _)| {
            cluster.skills.iter().map(of_skill).collect::<Vec<_>>().join("; ")
        });
    vec![table.named("clusters", "Группы школ с похожими дефицитами", note)]
}

/// Whom a school may turn to.
pub(crate) fn pairs(context: &Names<'_>, chapters: &[Chapter<'_>], found: &[Pair<'_>], most: usize) -> Vec<Block> {
    if !looked_at::compares_any(context, chapters) {
        let words = "Пары не составлялись: школы между собой не сравнивались.";
        return vec![Block::Paragraph(words.into())];
    }
    if found.is_empty() {
        let words = "Пар «нужна поддержка — есть опыт» по одной и той же работе не составлено: школ, чей опыт \
                     стоит изучить, по этим умениям не выявлено.";
        return vec![Block::Paragraph(words.into())];
    }
    let exam = |pair: &Pair<'_>| chapters.get(pair.chapter).map(|chapter| chapter.measures.exam.title());
    let skill = |pair: &Pair<'_>| {
        if pair.skill.is_empty() { "Работа в целом".to_owned() } else { words::capitalised(pair.skill) }
    };
    let holders = |pair: &Pair<'_>| {
        pair.holders.iter().take(2).map(|holder| context.school(holder)).collect::<Vec<_>>().join(", ")
    };
    let mut note = "Опыт — в той же работе; сначала школы того же типа, порядок — по реестру. Пару \
                    утверждает методист."
        .to_owned();
    if most < found.len() {
        note.push_str(&format!(" Показано {most} из {}: все — в рабочей книге дорожной карты.", found.len()));
    }
    let table = TableOf::new(found.iter().take(most))
        .text("Школа", 2.4, |pair| context.school(pair.school).to_owned())
        .text("Работа", 2.8, |pair| exam(pair).unwrap_or_default())
        .text("Умение", 3.0, |pair| words::shortened(&skill(pair), 60))
        .text("К кому обратиться", 3.0, |pair| holders(pair));
    vec![table.named("pairs", "Пары для наставничества", note)]
}
