//! «Школы, чей опыт стоит изучить»: by skill, each skill in the order of the register.

use super::share;
use crate::context::{Chapter, Names};
use crate::table::TableOf;
use srez_model::finding::{ListedSchool, SchoolList};
use srez_model::report::{Block, Cell, Text};
use srez_wording::number as print;

/// The list of an exam; none where the sign was not looked for.
pub(crate) fn list<'a>(chapter: &Chapter<'a>) -> Option<&'a SchoolList> {
    chapter.findings.worth_studying.as_ref()
}

/// A table where there are such schools, else one line with the reason.
pub(crate) fn blocks(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let Some(list) = list(chapter) else { return Vec::new() };
    if list.entries.is_empty() {
        // An edition hides schools and keeps no reason: there were some.
        let why = if list.reason.is_empty() { "в этом издании не названы" } else { &list.reason };
        return vec![Block::Note(Text::plain(format!("{}: {why}.", list.title)))];
    }
    let name = format!("experience_{}", chapter.measures.exam.id().replace('-', "_"));
    vec![entries(context, &name, list.title.clone(), &list.entries, &note(context, &list.entries))]
}

/// Why no school of several exams is named, in one sentence.
pub(crate) fn nobody(chapters: &[Chapter<'_>]) -> String {
    let lists: Vec<&SchoolList> = chapters.iter().filter_map(list).collect();
    let mut families = chapters.iter().flat_map(|chapter| &chapter.findings.families);
    let is_compared = families.any(|family| family.sign == "S03" && 0 < family.checked);
    // An edition keeps neither the reasons nor who was compared.
    let is_told = lists.iter().any(|list| !list.reason.is_empty());
    let why = match (is_compared, is_told) {
        (true, _) => "Школ, результаты которых заметно выше остальных, не выявлено",
        (false, true) => "Школы не сравнивались: участников или школ одного типа мало",
        (false, false) => "Школы, чей опыт стоит изучить, в этом издании не названы",
    };
    format!("{why}. Выступающих выбирает методист.")
}

/// The schools of one or several lists as a table.
pub(crate) fn entries(context: &Names<'_>, name: &str, caption: String, entries: &[ListedSchool], note: &str) -> Block {
    let told = |entry: &ListedSchool| match (entry.is_lasting, entry.kind.as_str()) {
        (true, "") => "школа в целом".to_owned(),
        (true, kind) => format!("школа в целом, среди школ типа {kind}"),
        (false, _) => "этот год, среди всех школ".to_owned(),
    };
    let tells_others = entries.iter().any(|entry| entry.n_reference.is_some());
    let bounds = |entry: &ListedSchool| {
        let decimals = print::share_decimals(entry.n);
        entry.interval.map_or(Cell::Missing, |bounds| Cell::interval(bounds.low.0, bounds.high.0, decimals))
    };
    let table = TableOf::new(entries)
        .text("Умение или работа", 3.6, |entry| entry.matter_title.clone())
        .text("Школа", 2.6, |entry| context.school(&entry.school).to_owned())
        .count("Чел.", 1.0, |entry| entry.n)
        .number("%", 1.0, |entry| share(Some(entry.value), entry.n))
        .number("95 % инт.", 1.3, |entry| bounds(entry))
        .number("Остальные, %", 1.0, |entry| share(Some(entry.reference), 1000))
        .text("О чём и среди кого", 2.4, |entry| told(entry));
    if tells_others {
        let n = |entry: &&ListedSchool| entry.n_reference.map_or(Cell::Missing, Cell::count);
        return table.number("Остальных, чел.", 1.0, n).named(name, caption, note);
    }
    table.named(name, caption, note)
}

/// How the schools were chosen.
pub(crate) fn note(context: &Names<'_>, entries: &[ListedSchool]) -> String {
    let limit = |id: &str| context.limit(id);
    let lasting = if entries.iter().any(|entry| entry.is_lasting) {
        format!(
            " «Школа в целом»: она с вероятностью не меньше {} % выше школ своего типа не менее чем на {} п.п., даже \
             если классы были бы другими.",
            limit("S03.sure"),
            limit("gap.size")
        )
    } else {
        String::new()
    };
    let this_year = if entries.iter().any(|entry| !entry.is_lasting) {
        format!(
            " «Этот год»: школ того же типа мало, поэтому сказано об этих классах: с вероятностью не меньше {} % выше \
             остальных школ не менее чем на {} п.п.",
            limit("gap.sure"),
            limit("gap.size")
        )
    } else {
        String::new()
    };
    format!(
        "Порядок — по реестру, это не рейтинг; по одному умению — не больше {} школ. Участников не менее \
         {}.{lasting}{this_year} «Работа в целом» — процент от максимального балла.",
        limit("S03.most"),
        limit("S03.participants")
    )
}
