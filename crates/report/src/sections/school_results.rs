//! The works of one school, a line each, beside the median and quartiles of the municipality; small groups in words.

use super::{number, other, row, share, table, text};
use crate::context::{Chapter, Context};
use crate::facts::results::{self, KeyResult};
use crate::facts::skills::findings_of;
use srez_model::finding::Status;
use srez_model::level::Level;
use srez_model::report::{Align, Block, Cell, Row, Text};
use srez_wording::number as print;

/// The table and the list of small groups; one line where the school has no results.
pub(crate) fn blocks(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let (mut rows, mut tests): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
    let mut small: Vec<Text> = Vec::new();
    let mut unmarked: Vec<Text> = Vec::new();
    for chapter in chapters {
        let n = results::participants(chapter.measures, Level::School, school);
        if n == 0 {
            continue;
        }
        let result = results::of(chapter.measures, Level::School, school);
        match result {
            Some(result) if !results::is_small(context, n) => {
                let of_kind = if chapter.measures.exam.has_test_scores() { &mut tests } else { &mut rows };
                of_kind.push(line(context, chapter, school, &result));
            }
            Some(result) => small.push(small_line(chapter, school, &result)),
            None => unmarked.push(Text::plain(format!("{}: {} чел.", chapter.measures.exam.title(), print::count(n)))),
        }
    }
    if rows.is_empty() && tests.is_empty() && small.is_empty() && unmarked.is_empty() {
        return vec![super::no_data("результатов школы за период нет")];
    }
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(works_table("works", "Работы с отметками", ["«2», %", "«4» и «5», %", "Изм. «2», п.п."], rows));
    }
    if !tests.is_empty() {
        blocks.push(works_table("works_tests", "ЕГЭ", ["Ниже мин., %", "81–100, %", "Изм. «ниже мин.», п.п."], tests));
    }
    if !small.is_empty() {
        let least = print::decimal(context.thresholds.value("privacy.group"), 0);
        blocks.push(Block::Paragraph(Text::default().bold("Малые группы. ").then(format!(
            "Участников меньше {least}: выводы по долям не делаются, показаны числа, с прошлым годом, где он есть."
        ))));
        blocks.push(Block::List(small));
    }
    if !unmarked.is_empty() {
        blocks.push(Block::Paragraph(Text::default().bold("Работы без отметок. ").then("Отметок в файлах нет.")));
        blocks.push(Block::List(unmarked));
    }
    blocks
}

fn works_table(name: &str, caption: &str, [below, above, change]: [&str; 3], rows: Vec<Row>) -> Block {
    let columns = vec![
        text("Работа", 2.8),
        number("Чел."),
        other(below, Align::Right, 1.1),
        other(above, Align::Right, 1.2),
        other("95 % инт.", Align::Right, 1.3),
        other("Медиана", Align::Right, 1.0),
        other("Квартили", Align::Right, 1.1),
        other(change, Align::Right, 1.1),
        text("Помета", 2.4),
    ];
    let note = "Интервал, медиана и квартили школ муниципалитета — для второй доли. Изменение — первой доли к прошлому \
                году; «—»: прошлого года нет или годы несопоставимы.";
    table(name, caption.to_owned(), columns, rows, note)
}

fn line(context: &Context<'_>, chapter: &Chapter<'_>, school: &str, result: &KeyResult) -> Row {
    let decimals = print::share_decimals(result.marked);
    let quartiles = results::quartiles(context, chapter.measures);
    row(vec![
        Cell::Text(chapter.measures.exam.title()),
        Cell::count(result.n),
        share(result.below_share(), result.marked),
        share(result.above_share.map(|share| share.value), result.marked),
        result.above_share.map_or(Cell::Missing, |share| Cell::interval(share.low.0, share.high.0, decimals)),
        quartiles.map_or(Cell::Missing, |[_, median, _]| Cell::number(median, 0)),
        quartiles.map_or(Cell::Missing, |[low, _, high]| Cell::interval(low, high, 0)),
        results::change_cell(results::change(chapter.measures, Level::School, school)),
        Cell::Text(remark(chapter, school)),
    ])
}

/// What the signs say of the school in this work, in a few words.
fn remark(chapter: &Chapter<'_>, school: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for finding in findings_of(chapter, school).filter(|finding| finding.status != Status::Checked) {
        let said = match finding.sign.id.as_str() {
            "S01" | "S01b" => "умение ниже остальных",
            "S01a" => "ниже остальных",
            "S02" => "«2» больше, чем в остальных",
            "S03" => "опыт стоит изучить",
            "S05" => "уточнить распределение",
            "F03" | "S04" => "рост «2»",
            _ => finding.sign.title,
        };
        if !words.iter().any(|known| known == said) {
            words.push(said.to_owned());
        }
    }
    words.join("; ")
}

fn small_line(chapter: &Chapter<'_>, school: &str, result: &KeyResult) -> Text {
    let before = results::before_words(chapter.measures, school).map_or_else(String::new, |words| format!(". {words}"));
    Text::default()
        .bold(format!("{}. ", chapter.measures.exam.title()))
        .then(format!("{}{before}", results::counted(chapter.measures, result)))
}
