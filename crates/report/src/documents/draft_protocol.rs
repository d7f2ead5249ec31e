//! Draft of the protocol of a meeting of a methodological association (D2): what the notes conclude, their measures.

use crate::context::{Chapter, Context};
use crate::facts::works;
use crate::sections::municipal::Municipality;
use crate::sections::municipal::measures;
use crate::sections::subject_note::conclusions;
use crate::sections::{attention, blanks, section};
use srez_model::field_id::FieldName;
use srez_model::report::{Blank, Block, DocumentKind, Report, Text};

/// Conclusions of one procedure that the meeting hears.
const MOST_HEARD: usize = 3;
/// Points that it decides.
const MOST_DECIDED: usize = 4;

/// The draft for one subject over all its works.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let exam = &chapters[0].measures.exam;
    let genitive = context.genitive.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let by_subject = works::by_subject(chapters);
    let place = Municipality::new(context, chapters, &by_subject);
    let found = attention::find(context, chapters);
    let field = |name, label| Blank::new(blanks::of_meeting(name, context, &exam.key.subject), label, 1).block();
    let sections = vec![
        section("Заседание", false, vec![field(FieldName::Meeting, "Дата, место; присутствовали")]),
        section("Повестка", false, vec![Block::Steps(attention::agenda(&found))]),
        section("Слушали", false, heard(&place)),
        section(
            "Решили",
            false,
            vec![Block::Steps(decided(&place)), field(FieldName::Votes, "Голосовали: за, против, воздержались")],
        ),
        section(
            "Подписи",
            false,
            vec![Block::Paragraph("Председатель ____________________\u{2003}Секретарь ____________________".into())],
        ),
    ];
    Report {
        running_head: "Проект протокола".to_owned(),
        footer: format!("Проект · {}", context.data()),
        sections,
        ..context.report(
            DocumentKind::Draft,
            format!("Проект протокола заседания методического объединения учителей {genitive}"),
            String::new(),
        )
    }
}

/// The first conclusions of each note.
fn heard(place: &Municipality<'_, '_>) -> Vec<Block> {
    let of_note = |note: &crate::sections::subject_note::Note<'_, '_>| {
        let heading = Text::plain(format!("{}:", measures::name(note)));
        let heard: Vec<Text> = conclusions::compose(note).into_iter().take(MOST_HEARD).collect();
        [Block::Paragraph(heading), Block::List(heard)]
    };
    place.notes.iter().flat_map(of_note).collect()
}

/// The measures of the notes; a line to be filled in where there are none.
fn decided(place: &Municipality<'_, '_>) -> Vec<Text> {
    let rows = measures::all(place);
    let mut decided: Vec<Text> = rows
        .iter()
        .filter_map(|row| Some((row, row.measure.as_ref()?)))
        .take(MOST_DECIDED)
        .map(|(row, measure)| Text::plain(measures::sentence(&row.works, measure)))
        .collect();
    if decided.is_empty() {
        decided.push("Меры вписывает объединение: ________________________. Срок: ____________".into());
    }
    decided
}
