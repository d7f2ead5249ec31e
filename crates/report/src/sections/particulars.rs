//! «Особенности, требующие уточнения»: groups of signs by school, never a verdict.

use super::{number, other, row, section, table, text};
use crate::context::{Chapter, Context};
use srez_model::finding::{GroupState, Particulars, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::report::{Align, Block, Cell, Section, Statement, Text};
use srez_model::sign::SignGroup;
use srez_model::tally::Group;
use srez_model::unit::{Percent, as_f64};
use srez_wording::number as print;
use srez_wording::sentence::schools as said;

/// Schools of an exam with as many groups of signs as the registry wants, in the order of the register.
pub(crate) fn chosen<'a>(context: &Context<'_>, chapter: &Chapter<'a>) -> Vec<&'a Particulars> {
    let fewest = context.thresholds.value("groups.signs");
    chapter.findings.particulars.iter().filter(|one| fewest <= as_f64(one.fired() as u64)).collect()
}

/// The section of one exam; none where there is only one school.
pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Section> {
    let schools = chapter.findings.particulars.len() as u64;
    if schools == 0 {
        return None;
    }
    let chosen = chosen(context, chapter);
    let mut blocks = Vec::new();
    if chosen.is_empty() && with_groups(context, chapter) == 0 {
        blocks.push(super::no_data(
            "признаки двух групп не вычисляются ни по одной школе: для них нужны отметки, баллы за все задания, \
            достаточное число участников и школ",
        ));
    } else if chosen.is_empty() {
        let words = said::no_particulars(with_groups(context, chapter));
        blocks.push(Block::Statement(Statement { status: Status::Checked, text: Text::plain(words) }));
    } else {
        blocks.push(groups_table(context, chapter, &chosen));
        blocks.extend(without(context, chapter.measures, &chosen).map(|words| Block::Note(Text::plain(words))));
    }
    let listed = super::findings::of(chapter, &["F41"]).into_iter().filter(|one| one.level != Level::School);
    blocks.extend(listed.map(super::conclusions::statement));
    let signs = ["S05", "S06", "S07", "S08", "S09", "S12", "S13"];
    blocks.extend(super::findings::checked(context, chapter, &signs));
    Some(section("Особенности, требующие уточнения", false, blocks))
}

/// Schools with as many groups of signs that could be tested: of the others nothing is known.
fn with_groups(context: &Context<'_>, chapter: &Chapter<'_>) -> u64 {
    let fewest = context.thresholds.value("groups.signs");
    let tested = |one: &&Particulars| {
        let known = one.groups.iter().filter(|state| **state != GroupState::NotComputed).count();
        fewest <= as_f64(known as u64)
    };
    chapter.findings.particulars.iter().filter(tested).count() as u64
}

fn groups_table(context: &Context<'_>, chapter: &Chapter<'_>, chosen: &[&Particulars]) -> Block {
    let rows = chosen.iter().map(|one| {
        let n = chapter.measures.marks_of(Level::School, &one.school).map_or(0, |row| row.n);
        let mut cells = vec![Cell::Text(context.school(&one.school).to_owned()), Cell::count(n)];
        cells.extend(one.groups.iter().map(|state| Cell::Text(word(*state).to_owned())));
        cells.push(Cell::Text(format!("{} из 4", one.fired())));
        cells.push(Cell::Text(one.signs.iter().map(|sign| sign.as_str()).collect::<Vec<_>>().join(", ")));
        row(cells)
    });
    let mut columns = vec![text("Школа", 3.0), number("Чел.")];
    columns
        .extend(SignGroup::ALL.map(|group| other(&srez_wording::text::capitalised(group.title()), Align::Left, 1.5)));
    columns.extend([other("Групп", Align::Left, 0.9), other("Правила", Align::Left, 1.4)]);
    let note = "Возможный маркер, требует дополнительного анализа; порядок — по реестру. Возможные объяснения: \
                перепроверка пограничных работ по правилу, малое число участников, один сильный класс, подготовка к \
                формату, другой вариант работы. Листы уточнения школ — папка municipality.";
    let name = format!("particulars_{}", chapter.measures.exam.id().replace('-', "_"));
    let caption = format!("Группы признаков по школам, {}", super::whose(context, chapter));
    table(&name, caption, columns, rows.collect(), note)
}

/// The word of a group of signs.
pub(crate) fn word(state: GroupState) -> &'static str {
    match state {
        GroupState::Fired => "есть",
        GroupState::Quiet => "нет",
        GroupState::Common => "как у всех",
        GroupState::Indistinct => "не различить",
        GroupState::NotComputed => "не вычисляется",
    }
}

/// Pass rate and quality of the focus with and without these schools, from counts; none where there are no marks.
pub(crate) fn without(context: &Context<'_>, measures: &Measures, schools: &[&Particulars]) -> Option<String> {
    let Group { level, name: group } = &context.focus;
    let all = measures.marks_of(*level, group).filter(|row| row.marked() > 0)?.by_mark;
    let mut rest = all;
    for row in schools.iter().filter_map(|one| measures.marks_of(Level::School, &one.school)) {
        for (left, own) in rest.iter_mut().zip(row.by_mark) {
            *left = left.saturating_sub(own);
        }
    }
    let shares = |[two, three, four, five]: [u64; 4]| {
        let n = two + three + four + five;
        let pass = Percent::of(three + four + five, n)?;
        let quality = Percent::of(four + five, n)?;
        Some((print::percent(pass, n), print::percent(quality, n), print::count(n)))
    };
    let (whole, left) = (shares(all)?, shares(rest)?);
    let who = if schools.len() == 1 { "этой школы" } else { "школ с особенностями" };
    Some(format!(
        "Муниципалитет в целом: успеваемость {}, качество {} (n\u{a0}=\u{a0}{}); без {who}: {} и {} \
         (n\u{a0}=\u{a0}{}).",
        whole.0, whole.1, whole.2, left.0, left.1, left.2
    ))
}
