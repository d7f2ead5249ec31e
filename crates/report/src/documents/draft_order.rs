//! Draft of an order of the head of the department on the results (D2): three facts, points with dates from the
//! measures of the road map; orders to persons are never made.

use crate::context::{Chapter, Context};
use crate::facts::calendar::{until_council, until_interviews};
use crate::facts::works;
use crate::sections::municipal::measures::{self, OfSubject};
use crate::sections::municipal::{Municipality, decisions, schools};
use crate::sections::section;
use crate::sections::subject_note::actions::Measure;
use srez_model::recommendations::ActionKind;
use srez_model::report::{Block, DocumentKind, Report, Text};
use srez_wording::sentence::municipal as said;
use srez_wording::text as words;

/// Facts of the first part.
const MOST_FACTS: usize = 3;
/// Points for the centre, and for the schools.
const MOST_POINTS: usize = 4;

/// The draft over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let by_subject = works::by_subject(chapters);
    let place = Municipality::new(context, chapters, &by_subject);
    let facts = decisions::all(&place).into_iter().filter(|one| !one.fact.is_empty()).take(MOST_FACTS);
    let facts: Vec<Text> = facts.map(|one| Text::plain(one.fact)).collect();
    let mut stated = vec![Block::Paragraph(Text::plain(grounds(context)))];
    stated.extend((!facts.is_empty()).then_some(Block::List(facts)));
    let sections = vec![
        section("Установлено", false, stated),
        section("Приказываю", false, points(&place).into_iter().map(|it| Block::Paragraph(Text::plain(it))).collect()),
        section("Подпись", false, vec![Block::Paragraph(Text::plain(signature(context)))]),
    ];
    Report {
        running_head: "Проект приказа".to_owned(),
        footer: format!("Проект · {}", context.data()),
        sections,
        // The department issues the order, not the centre.
        centre: context.style.department.clone(),
        ..context.report(
            DocumentKind::Draft,
            "Проект приказа".to_owned(),
            format!("Об итогах {} и мерах по повышению качества подготовки", procedures(chapters)),
        )
    }
}

/// «ВПР, ОГЭ и ЕГЭ 2026 года».
fn procedures(chapters: &[Chapter<'_>]) -> String {
    let (mut names, mut years) = (Vec::new(), Vec::new());
    for key in chapters.iter().map(|chapter| &chapter.measures.exam.key) {
        if !names.contains(&key.procedure.title()) {
            names.push(key.procedure.title());
        }
        if !years.contains(&key.year) {
            years.push(key.year);
        }
    }
    years.sort_unstable();
    let noun = if years.len() == 1 { "года" } else { "годов" };
    let years: Vec<String> = years.iter().map(u16::to_string).collect();
    format!("{} {} {noun}", words::list(&names), words::list(&years))
}

fn grounds(context: &Context<'_>) -> String {
    let order = &context.style.order;
    let ground = if order.is_empty() {
        String::new()
    } else {
        format!(", во исполнение документа: {order}")
    };
    format!("В целях повышения качества подготовки обучающихся, на основании сводки и справок по предметам{ground}:")
}

/// The points with their numbers.
fn points(place: &Municipality<'_, '_>) -> Vec<String> {
    let context = place.context;
    let rows = measures::all(place);
    let of_centre = [ActionKind::Practicum, ActionKind::Mentoring, ActionKind::Repeat];
    let of_schools = [ActionKind::Condition, ActionKind::Lesson, ActionKind::Planning, ActionKind::Solution];
    let mut points = vec!["1. Утвердить дорожную карту (приложение).".to_owned()];
    let of_kinds = |kinds: &[ActionKind]| -> Vec<(&OfSubject, &Measure)> {
        let known = rows.iter().filter_map(|row| Some((row, row.measure.as_ref()?)));
        let place = |measure: &Measure| kinds.iter().position(|kind| *kind == measure.kind);
        let mut chosen: Vec<_> = known.filter(|(_, measure)| place(measure).is_some()).collect();
        // Stable: measures of one kind stay in the order of the subjects.
        chosen.sort_by_key(|(_, measure)| place(measure));
        chosen.truncate(MOST_POINTS);
        chosen
    };
    let centre = of_kinds(&of_centre);
    points.push(if centre.is_empty() {
        "2. Методическому центру: организовать выполнение дорожной карты.".to_owned()
    } else {
        "2. Методическому центру организовать:".to_owned()
    });
    points.extend(numbered(2, 1, &centre));
    points.push("3. Руководителям школ:".to_owned());
    let council = until_council(context);
    points.push(format!("3.1. Рассмотреть на педагогическом совете справки по предметам. Срок: {council}."));
    points.extend(numbered(3, 2, &of_kinds(&of_schools)));
    let n = schools::count(place);
    let whom = if n == 0 { String::new() } else { format!(" {}", said::by_school_papers(n)) };
    points.push(format!("4. Отделу провести собеседования{whom}. Срок: {}.", until_interviews(context)));
    points.push("5. Контроль за исполнением: ________________________".to_owned());
    points
}

/// «2.1. ВПР по математике: практикум «…». Отвечают: …. Срок: …».
fn numbered(point: usize, from: usize, given: &[(&OfSubject, &Measure)]) -> Vec<String> {
    let one = |((row, measure), number): (&(&OfSubject, &Measure), usize)| {
        format!("{point}.{number}. {}", measures::sentence(&row.works, measure))
    };
    given.iter().zip(from..).map(one).collect()
}

/// The head of the department signs.
fn signature(context: &Context<'_>) -> String {
    context.style.approver.as_ref().map_or_else(
        || "____________________ / ____________________ / «___» __________ 20___ г. № ______".to_owned(),
        srez_model::house_style::Signatory::line,
    )
}
