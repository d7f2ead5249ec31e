//! «Листы уточнения»: a page per school with several groups of signs, for the office alone.

use crate::context::{Chapter, Context};
use crate::sections::{blanks, particulars, section};
use crate::table::TableOf;
use srez_model::field_id::FieldName;
use srez_model::finding::{FamilyCount, Finding, Particulars, Status};
use srez_model::report::{Blank, Block, Cell, DocumentKind, Report, Section, Text};
use srez_model::sign::SignGroup;
use srez_wording::number;
use srez_wording::sentence::participants::participants;
use srez_wording::text::capitalised;

/// The document over all exams of a run; none where no school has several groups of signs.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Report> {
    let chosen: Vec<(&Chapter<'_>, &Particulars)> = chapters
        .iter()
        .flat_map(|chapter| particulars::chosen(context, chapter).into_iter().map(move |own| (chapter, own)))
        .collect();
    let of_school = |school: &String| chosen.iter().filter(|(_, own)| own.school == *school).copied().collect();
    let sheets: Vec<Sheet<'_>> = context
        .schools
        .iter()
        .map(|school| Sheet { school, found: of_school(school) })
        .filter(|sheet| !sheet.found.is_empty())
        .collect();
    if sheets.is_empty() {
        return None;
    }
    // A school's sheet can be handed over by itself; the only one follows the opening.
    let new_page = sheets.len() > 1;
    let mut sections = vec![opening(context, chapters, &sheets)];
    sections.extend(sheets.iter().map(|sheet| page(context, sheet, new_page)));
    let subtitle = "особенности результатов, требующие дополнительного анализа".to_owned();
    Some(Report {
        sections, ..context.report(DocumentKind::Particulars, "Листы уточнения".to_owned(), subtitle)
    })
}

/// What was found about one school, exam by exam.
struct Sheet<'a> {
    school: &'a str,
    found: Vec<(&'a Chapter<'a>, &'a Particulars)>,
}

fn opening(context: &Context<'_>, chapters: &[Chapter<'_>], sheets: &[Sheet<'_>]) -> Section {
    let found: usize = sheets.iter().map(|sheet| sheet.found.len()).sum();
    let families = chapters.iter().flat_map(|chapter| &chapter.findings.families);
    let of_groups =
        |family: &&FamilyCount| context.signs.iter().any(|sign| sign.id == family.sign && sign.group.is_some());
    let by_chance = crate::sections::findings::by_chance(context, families.filter(of_groups));
    let mut blocks = vec![
        Block::Paragraph(Text::plain(format!(
            "Лист составлен для школ, у которых по одной работе отмечено не меньше {} из {} групп признаков: {}. \
             Признаки одной группы считаются один раз. Сочетаний школы и работы — {found}. {}",
            context.limit("groups.signs"),
            SignGroup::ALL.len(),
            SignGroup::ALL.map(SignGroup::title).join(", "),
            by_chance.unwrap_or_default(),
        ))),
        Block::Paragraph(Text::plain(
            "Признак — возможный маркер, требующий дополнительного анализа, а не вывод о школе и не оценка работы \
             учителя. Листы стоят в порядке реестра. Прежде чем обращаться в школу, проверьте ввод данных.",
        )),
    ];
    blocks.extend(contents(context, sheets));
    section("Как читать", false, blocks)
}

/// The sheets by school and work, where there are several.
fn contents(context: &Context<'_>, sheets: &[Sheet<'_>]) -> Option<Block> {
    let all = sheets.iter().flat_map(|sheet| sheet.found.iter().map(move |(chapter, own)| (sheet, *chapter, *own)));
    let table = TableOf::new(all)
        .text("Школа", 3.0, |(sheet, ..)| context.school(sheet.school).to_owned())
        .text("Работа", 3.0, |(_, chapter, _)| chapter.measures.exam.title())
        .text("Правила", 2.0, |(.., own)| {
            own.signs.iter().map(|sign| sign.as_str()).collect::<Vec<_>>().join(", ")
        });
    (sheets.len() > 1).then(|| table.named("sheets", "Листы: школы и работы", "Порядок — по реестру, это не рейтинг."))
}

fn page(context: &Context<'_>, Sheet { school, found }: &Sheet<'_>, new_page: bool) -> Section {
    let mut blocks = vec![Block::Paragraph(Text::plain(
        "Каждая строка — возможный маркер, который требует дополнительного анализа.",
    ))];
    for (place, (chapter, own)) in found.iter().enumerate() {
        blocks.push(signs(context, chapter, own, place));
        blocks.extend(
            particulars::without(context, chapter.measures, &[own]).map(|words| Block::Note(Text::plain(words))),
        );
    }
    let mut explanations: Vec<&str> = Vec::new();
    for sign in found.iter().flat_map(|(_, own)| &own.signs) {
        let definition = context.signs.iter().find(|one| one.id == *sign);
        let words = definition.and_then(|one| one.caution.split_once("возможные объяснения:")).map(|(_, words)| words);
        for one in words.into_iter().flat_map(|words| words.split([',', ';'])).map(str::trim) {
            if !one.is_empty() && !explanations.contains(&one) {
                explanations.push(one);
            }
        }
    }
    blocks.push(Block::Paragraph(
        Text::default()
            .bold("Возможные объяснения, проверить в первую очередь: ")
            .then(format!("{}.", explanations.join("; "))),
    ));
    let chapters: Vec<Chapter<'_>> = found.iter().map(|(chapter, _)| (*chapter).clone()).collect();
    let id = |name| blanks::of_school(name, &chapters, school);
    blocks.push(Blank::new(id(FieldName::Explanation), "Пояснение школы", 3).block());
    blocks.push(Blank::new(id(FieldName::Resolution), "Что решено, кто проверяет, срок", 2).block());
    section(context.school(school), new_page, blocks)
}

/// Said once on a sheet.
const WHAT_Q_IS: &str = "q — доля случайных среди отмеченного таким же образом, не больше.";
/// What the sentence of a sign says of all signs; the sheet says it above its tables.
const RESERVES: [&str; 2] = [" Возможный маркер,", " Особенность требует уточнения"];

fn signs(context: &Context<'_>, chapter: &Chapter<'_>, own: &Particulars, place: usize) -> Block {
    let found = chapter.findings.findings.iter().filter(|one| {
        one.is_about(one.sign.id, &own.school) && own.signs.contains(&one.sign.id) && one.status != Status::Checked
    });
    let quiet: Vec<String> = SignGroup::ALL
        .iter()
        .zip(own.groups)
        .filter(|(_, state)| *state != srez_model::finding::GroupState::Fired)
        .map(|(group, state)| format!("{} — {}", group.title(), particulars::word(state)))
        .collect();
    let others = if quiet.is_empty() {
        String::new()
    } else {
        format!("Остальные группы: {}. ", quiet.join("; "))
    };
    let n = chapter.measures.marks_of(srez_model::level::Level::School, &own.school).map_or(0, |row| row.n);
    let name = format!("sheet_{}_{place}", srez_wording::slug::slug(&own.school).replace('-', "_"));
    let caption = format!("{}. {}, {}", context.school(&own.school), chapter.measures.exam.title(), participants(n));
    let note = if place == 0 { format!("{others}{WHAT_Q_IS}") } else { others };
    TableOf::new(found)
        .text("Группа признаков", 1.7, |one| {
            one.sign.group.map_or(String::new(), |own| capitalised(own.group().title()))
        })
        .text("Правило", 0.8, |one| one.sign.id.to_string())
        .text("Что замечено", 5.0, |one| without_name(one))
        .number("q", 0.9, |one| one.q.map_or(Cell::Missing, |q| Cell::Text(number::probability(q))))
        .named(&name, caption, note)
}

/// The sentence without the name of the school, which heads the page, and without the reserve that stands above.
fn without_name(one: &Finding) -> String {
    let fact = one.said.without_subject();
    let end = RESERVES.iter().filter_map(|reserve| fact.find(reserve)).min().unwrap_or(fact.len());
    capitalised(fact.get(..end).unwrap_or(fact))
}
