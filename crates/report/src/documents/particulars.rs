//! «Листы уточнения»: a page per school with several groups of signs, for the office alone.

use crate::context::{Chapter, Context};
use crate::sections::particulars;
use srez_model::finding::{Finding, Particulars, SignGroup, Status};
use srez_model::report::{Align, Block, Cell, Column, DocumentKind, Report, Row, RowKind, Section, Table, Text};
use srez_wording::sentence::participants::participants;
use srez_wording::text::capitalised;
use srez_wording::{date, number};

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
    let new_page = 1 < sheets.len();
    let mut sections = vec![opening(context, chapters, &sheets)];
    sections.extend(sheets.iter().map(|sheet| page(context, sheet, new_page)));
    Some(Report {
        kind: DocumentKind::Particulars,
        title: "Листы уточнения".to_owned(),
        subtitle: "особенности результатов, требующие дополнительного анализа".to_owned(),
        centre: context.centre.to_owned(),
        style: std::sync::Arc::clone(context.style),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: "Листы уточнения".to_owned(),
        footer: context.footer(),
        key_figures: Vec::new(),
        passport: Vec::new(),
        missing: Vec::new(),
        sections,
    })
}

fn section(title: &str, new_page: bool, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), depth: 1, new_page, annex: false, blocks }
}

/// What was found about one school, exam by exam.
struct Sheet<'a> {
    school: &'a str,
    found: Vec<(&'a Chapter<'a>, &'a Particulars)>,
}

fn opening(context: &Context<'_>, chapters: &[Chapter<'_>], sheets: &[Sheet<'_>]) -> Section {
    let by_chance: f64 = chapters.iter().map(|chapter| chapter.findings.by_chance).sum();
    let found: usize = sheets.iter().map(|sheet| sheet.found.len()).sum();
    let mut blocks = vec![
        Block::Paragraph(Text::plain(format!(
            "Лист составлен для школ, у которых по одной работе отмечены две группы признаков и более из четырёх: {}. Признаки \
             одной группы считаются один раз. Сочетаний школы и работы — {found}; случайно, если бы группы не были связаны, \
             ожидалось бы около {}.",
            SignGroup::ALL.map(SignGroup::title).join(", "),
            number::decimal(by_chance, 1),
        ))),
        Block::Paragraph(Text::plain(
            "Признак — возможный маркер, требующий дополнительного анализа, а не вывод о школе и не оценка работы учителя. \
             Листы стоят в порядке реестра. Прежде чем обращаться в школу, проверьте ввод данных.",
        )),
    ];
    blocks.extend(contents(context, sheets));
    section("Как читать", false, blocks)
}

/// The sheets by school and work, where there are several.
fn contents(context: &Context<'_>, sheets: &[Sheet<'_>]) -> Option<Block> {
    let row = |(sheet, chapter, own): (&Sheet<'_>, &Chapter<'_>, &Particulars)| Row {
        cells: vec![
            Cell::Text(context.school(sheet.school).to_owned()),
            Cell::Text(chapter.measures.exam.title()),
            Cell::Text(own.signs.join(", ")),
        ],
        kind: RowKind::Plain,
    };
    let all = sheets.iter().flat_map(|sheet| sheet.found.iter().map(move |(chapter, own)| (sheet, *chapter, *own)));
    let rows: Vec<Row> = all.map(row).collect();
    let column = |title: &str, weight| Column::new(title, Align::Left, weight);
    (1 < sheets.len()).then(|| {
        Block::Table(Table {
            name: "sheets".to_owned(),
            caption: "Листы: школы и работы".to_owned(),
            columns: vec![column("Школа", 3.0), column("Работа", 3.0), column("Правила", 2.0)],
            rows,
            note: "Порядок — по реестру, это не рейтинг.".to_owned(),
            wide: false,
            chart: None,
        })
    })
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
    blocks.push(Block::Field("Пояснение школы".to_owned(), 3));
    blocks.push(Block::Field("Что решено, кто проверяет, срок".to_owned(), 2));
    section(context.school(school), new_page, blocks)
}

/// Said once on a sheet.
const WHAT_Q_IS: &str = "q — доля случайных среди отмеченного таким же образом, не больше.";
/// What the sentence of a sign says of all signs; the sheet says it above its tables.
const RESERVES: [&str; 2] = [" Возможный маркер,", " Особенность требует уточнения"];

fn signs(context: &Context<'_>, chapter: &Chapter<'_>, own: &Particulars, place: usize) -> Block {
    let found = chapter.findings.findings.iter().filter(|one| {
        one.is_about(&one.sign, &own.school) && own.signs.contains(&one.sign) && one.status != Status::Checked
    });
    let rows = found.map(|one| Row {
        cells: vec![
            Cell::Text(group_of(&one.sign).map_or(String::new(), |group| capitalised(group.title()))),
            Cell::Text(one.sign.clone()),
            Cell::Text(without_name(context, own, one)),
            one.q.map_or(Cell::Missing, |q| Cell::Text(number::probability(q))),
        ],
        kind: RowKind::Plain,
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
    Block::Table(Table {
        name: format!("sheet_{}_{place}", srez_wording::slug::slug(&own.school).replace('-', "_")),
        caption: format!("{}. {}, {}", context.school(&own.school), chapter.measures.exam.title(), participants(n)),
        columns: vec![
            Column::new("Группа признаков", Align::Left, 1.7),
            Column::new("Правило", Align::Left, 0.8),
            Column::new("Что замечено", Align::Left, 5.0),
            Column::new("q", Align::Right, 0.9),
        ],
        rows: rows.collect(),
        note: if place == 0 { format!("{others}{WHAT_Q_IS}") } else { others },
        wide: false,
        chart: None,
    })
}

fn group_of(sign: &str) -> Option<SignGroup> {
    SignGroup::ALL.into_iter().find(|group| group.signs().contains(&sign))
}

/// The sentence without the name of the school, which heads the page, and without the reserve that stands above.
fn without_name(context: &Context<'_>, own: &Particulars, one: &Finding) -> String {
    let name = format!("{}: ", context.school(&own.school));
    let fact = one.text.strip_prefix(&name).unwrap_or(&one.text);
    let end = RESERVES.iter().filter_map(|reserve| fact.find(reserve)).min().unwrap_or(fact.len());
    capitalised(fact.get(..end).unwrap_or(fact))
}
