//! Skills by schools: a number in every cell, its colour the distance to the other schools, a triangle where the
//! school is named.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{self, HAIR, HEAT, INK, INK_2, INK_3, PAPER, RULE, WASH};
use super::{ALL_TITLE, ChartDefinition, Drawing, View};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, SkillRow};
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, share};
use srez_wording::text::capitalised;
use std::collections::BTreeMap;

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "skill-school-heat-map",
    title: "Умения по школам",
    shows: "Процент выполнения каждого умения в каждой школе; цвет — отличие от остальных школ в процентных пунктах, \
            треугольник — школа названа: с заданной вероятностью отличие этого года не меньше порога. Цвет и знак \
            стоят лишь там, где школу сравнивали.",
    draw,
};

/// Columns that fit with their titles.
const MOST_COLUMNS: usize = 8;
/// More schools are told in the workbook, not in a picture.
const MOST_SCHOOLS: usize = 40;
const HEAD: f64 = 46.0;
const ROW: f64 = 11.6;
const FOOT: f64 = 22.0;
/// Steps of the colours, percentage points.
const STEPS: [f64; 2] = [8.0, 16.0];

/// What stands in one column: a skill, or the work as a whole.
struct Column {
    title: String,
    tasks: String,
    measure: MeasureId,
    skill: Option<u16>,
}

/// One line of numbers.
struct Line<'a> {
    title: String,
    n: u64,
    cells: Vec<Option<Shown<'a>>>,
    own: bool,
}

/// One cell.
struct Shown<'a> {
    pct: Percent,
    n: u64,
    /// The comparison that gives colour and sign; none where no judgement is made.
    comparison: Option<&'a ComparisonRow>,
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let columns = columns(view);
    let schools: Vec<Line<'_>> =
        view.settings.schools.iter().filter_map(|school| school_line(view, school, &columns)).collect();
    if columns.len() < 2 || schools.len() < 2 || MOST_SCHOOLS < schools.len() {
        return None;
    }
    let mut lines = vec![group_line(view, view.level(), view.group(), view.own_title(), &columns, true)?];
    if view.has_whole_run() {
        lines.extend(group_line(view, Level::All, "", capitalised(ALL_TITLE), &columns, false));
    }
    let heads = lines.len();
    lines.extend(schools);
    let all = view.measures.skills_of(view.level(), view.group()).count();
    let shown = columns.len() - 1;
    let chosen = if shown < all {
        format!("; из{NBSP}{all} умений показаны {shown} с наибольшим числом заданий")
    } else {
        String::new()
    };
    let caption = format!(
        "Умения по школам, % выполнения; цвет{NBSP}— отличие от остальных школ, п.п., треугольник{NBSP}— отличие этого \
         года достаточно велико и надёжно{chosen}; порядок школ{NBSP}— по реестру"
    );
    let alt = alt(&lines, &columns);
    let height_mm = ((HEAD + ROW * as_f64(lines.len() as u64) + 5.0 + FOOT) / theme::POINTS_PER_MM).ceil();
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| paint(canvas, &columns, &lines, heads));
    Some(Drawing { caption, alt, height_mm, svg })
}

/// The whole work, then the skills with most tasks in the order of the exam.
fn columns(view: &View<'_>) -> Vec<Column> {
    let mut skills: Vec<&SkillRow> = view.measures.skills_of(view.level(), view.group()).collect();
    skills.sort_by_key(|row| (std::cmp::Reverse(row.tasks), row.skill));
    skills.truncate(MOST_COLUMNS - 1);
    skills.sort_by_key(|row| row.skill);
    let whole =
        Column {
            title: "Работа в целом".to_owned(), tasks: String::new(), measure: MeasureId::Total, skill: None
        };
    let of_skill = |row: &SkillRow| Column {
        title: capitalised(&row.title),
        tasks: format!("заданий: {}", row.tasks),
        measure: MeasureId::skill(&row.title),
        skill: Some(row.skill),
    };
    std::iter::once(whole).chain(skills.into_iter().map(of_skill)).collect()
}

fn school_line<'a>(view: &View<'a>, school: &str, columns: &[Column]) -> Option<Line<'a>> {
    let skills: BTreeMap<u16, &SkillRow> =
        view.measures.skills_of(Level::School, school).map(|row| (row.skill, row)).collect();
    let n = skills.values().map(|row| row.n).max()?;
    let cell = |column: &Column| {
        let comparison = view.measures.comparison_of(Level::School, school, &column.measure);
        match column.skill {
            None => comparison.and_then(|row| {
                let compared = comparison.filter(|row| row.state.is_tested());
                Some(Shown { pct: row.value?, n: row.n, comparison: compared })
            }),
            Some(skill) => {
                let row = skills.get(&skill)?;
                let compared = comparison.filter(|row| row.state.is_tested());
                Some(Shown { pct: row.pct?.value, n: row.n, comparison: compared })
            }
        }
    };
    let cells = columns.iter().map(|column| cell(column).filter(|cell| theme::FEW <= cell.n)).collect();
    Some(Line { title: view.school(school).to_owned(), n, cells, own: false })
}

fn group_line<'a>(
    view: &View<'a>,
    level: Level,
    group: &str,
    title: String,
    columns: &[Column],
    own: bool,
) -> Option<Line<'a>> {
    let skills: BTreeMap<u16, &SkillRow> = view.measures.skills_of(level, group).map(|row| (row.skill, row)).collect();
    let n = skills.values().map(|row| row.n).max()?;
    let (sum, max) = view.measures.tasks_of(level, group).fold((0, 0), |(sum, max), row| {
        let greatest =
            view.measures.exam.tasks.get(usize::from(row.task)).and_then(|task| task.max).map_or(0, u64::from);
        let counted = row.counts.n.saturating_sub(row.counts.not_offered + row.counts.unreadable);
        (sum + row.counts.sum, max + counted * greatest)
    });
    let cell = |column: &Column| match column.skill {
        None => Percent::of(sum, max).map(|pct| Shown { pct, n, comparison: None }),
        Some(skill) => {
            skills.get(&skill).and_then(|row| Some(Shown { pct: row.pct?.value, n: row.n, comparison: None }))
        }
    };
    let cells = columns.iter().map(|column| cell(column).filter(|cell| theme::FEW <= cell.n)).collect();
    Some(Line { title, n, cells, own })
}

fn alt(lines: &[Line<'_>], columns: &[Column]) -> String {
    let mut said: Vec<String> = Vec::new();
    for line in lines {
        for (cell, column) in line.cells.iter().zip(columns) {
            let Some(row) = cell.as_ref().and_then(|cell| cell.comparison) else { continue };
            if row.state == CheckState::Found {
                let side = if row.is_found_below() { "ниже" } else { "выше" };
                said.push(format!("{}, {}{NBSP}— {side}", line.title, column.title.to_lowercase()));
            }
        }
    }
    if said.is_empty() {
        "Ни одно отличие не велико и не надёжно настолько, чтобы назвать школу.".to_owned()
    } else {
        format!("Отличаются: {}.", said.join("; "))
    }
}

fn difference(row: &ComparisonRow) -> Option<f64> {
    Some(row.value?.0 - row.reference?.0)
}

fn paint(canvas: &mut Canvas<'_>, columns: &[Column], lines: &[Line<'_>], heads: usize) {
    let names = lines.iter().map(|line| Ink::bold_if(line.own, 8.0, INK).width(&line.title)).fold(0.0, f64::max);
    let room = names.clamp(50.0, 118.0);
    let left = room + 38.0;
    let width = (canvas.width - left) / as_f64(columns.len() as u64);
    header(canvas, columns, left, width);
    let mut y = HEAD;
    for (place, line) in lines.iter().enumerate() {
        if place == heads {
            canvas.line((0.0, y + 2.0), (canvas.width, y + 2.0), RULE, 0.6);
            y += 5.0;
        }
        let ink = Ink::bold_if(line.own, 8.0, if place < heads && !line.own { INK_2 } else { INK });
        canvas.text(0.0, y + 9.0, &fitted(&line.title, ink.cut, ink.size, room), Anchor::Start, ink);
        canvas.text(left - 6.0, y + 9.0, &count(line.n), Anchor::End, TICK);
        for (column, cell) in line.cells.iter().enumerate() {
            let x = left + width * as_f64(column as u64);
            paint_cell(canvas, cell.as_ref(), (x + 1.0, y + 0.8), width - 2.0, ink);
        }
        y += ROW;
    }
    legend(canvas, left);
}

fn header(canvas: &mut Canvas<'_>, columns: &[Column], left: f64, width: f64) {
    canvas.text(0.0, HEAD - 6.0, "Школа", Anchor::Start, NOTE);
    canvas.text(left - 6.0, HEAD - 6.0, "n", Anchor::End, TICK);
    for (place, column) in columns.iter().enumerate() {
        let middle = left + width * (as_f64(place as u64) + 0.5);
        let words = folded(&column.title, width - 3.0);
        let first = HEAD - 15.0 - 8.2 * as_f64(words.len().saturating_sub(1) as u64);
        for (line, text) in words.iter().enumerate() {
            let y = first + 8.2 * as_f64(line as u64);
            canvas.text(middle, y, text, Anchor::Middle, Ink::narrow(7.8, INK));
        }
        canvas.text(middle, HEAD - 6.0, &column.tasks, Anchor::Middle, Ink::narrow(7.0, INK_3));
    }
    canvas.line((0.0, HEAD - 2.0), (canvas.width, HEAD - 2.0), INK_2, 0.6);
}

/// A title in at most three lines, long words parted at syllables; what is left over is cut with «…».
fn folded(title: &str, room: f64) -> Vec<String> {
    let ink = Ink::narrow(7.8, INK);
    let mut lines: Vec<String> = Vec::new();
    let parts: Vec<String> = title.split(' ').flat_map(|word| parted(word, ink, room)).collect();
    for word in &parts {
        match lines.last_mut() {
            Some(line) if lines_fit(ink, line, word, room) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.clone()),
        }
    }
    let over = lines.split_off(lines.len().min(3));
    if let (Some(last), false) = (lines.last_mut(), over.is_empty()) {
        *last = format!("{last} {}", over.join(" "));
    }
    lines.iter().map(|line| fitted(line, Cut::Narrow, 7.8, room)).collect()
}

/// A word that is wider than the room in two parts, the first as long as fits; whole where it fits or cannot be parted.
fn parted(word: &str, ink: Ink, room: f64) -> Vec<String> {
    if ink.width(word) <= room {
        return vec![word.to_owned()];
    }
    let mut ends = Vec::new();
    for syllable in hypher::hyphenate(word, hypher::Lang::Russian) {
        ends.push(ends.last().copied().unwrap_or(0) + syllable.len());
    }
    let parts = ends.iter().rev().filter_map(|end| Some((word.get(..*end)?, word.get(*end..)?)));
    let fits = parts
        .map(|(first, rest)| (format!("{first}-"), rest))
        .find(|(first, rest)| !rest.is_empty() && ink.width(first) <= room);
    fits.map_or_else(|| vec![word.to_owned()], |(first, rest)| vec![first, rest.to_owned()])
}

fn lines_fit(ink: Ink, line: &str, word: &str, room: f64) -> bool {
    ink.width(&format!("{line} {word}")) <= room
}

fn paint_cell(canvas: &mut Canvas<'_>, cell: Option<&Shown<'_>>, at: (f64, f64), width: f64, ink: Ink) {
    let (x, y) = at;
    let height = ROW - 1.6;
    let Some(cell) = cell else {
        canvas.rectangle(x, y, width, height, WASH);
        canvas.text(x + width / 2.0, y + 8.2, "–", Anchor::Middle, TICK);
        return;
    };
    let points = cell.comparison.and_then(difference);
    let is_found = cell.comparison.is_some_and(|row| row.state == CheckState::Found);
    match points.map(step) {
        Some(fill) if fill != PAPER => canvas.rectangle(x, y, width, height, fill),
        _ => canvas.outline(x, y, width, height, HAIR, 0.5),
    }
    let text = Ink::bold_if(is_found || ink.cut == Cut::Bold, 8.0, if ink.colour == INK_2 { INK_2 } else { INK });
    canvas.text(x + width / 2.0 - 3.0, y + 8.2, &share(cell.pct, cell.n), Anchor::Middle, text);
    if let Some(points) = points.filter(|_| is_found) {
        canvas.triangle((x + width / 2.0 + 15.0, y + height / 2.0), 3.0, points > 0.0, INK, INK);
    }
}

/// Colour of a distance in percentage points.
fn step(points: f64) -> plotters::style::RGBColor {
    let [low, lower, middle, higher, high] = HEAT;
    let [first, second] = STEPS;
    match points {
        points if points <= -second => low,
        points if points <= -first => lower,
        points if points < first => middle,
        points if points < second => higher,
        _ => high,
    }
}

fn legend(canvas: &mut Canvas<'_>, left: f64) {
    let y = canvas.height - 5.0;
    canvas.text(0.0, y, "Отличие от остальных, п.п.:", Anchor::Start, NOTE);
    let mut x = left.max(118.0);
    let [first, second] = STEPS.map(|step| decimal(step, 0));
    let words = [
        format!("от −{second}"),
        format!("−{second}…−{first}"),
        format!("±{first}"),
        format!("{first}…{second}"),
        format!("от {second}"),
    ];
    for (fill, word) in HEAT.into_iter().zip(words) {
        canvas.rectangle(x, y - 7.0, 11.0, 8.0, fill);
        canvas.outline(x, y - 7.0, 11.0, 8.0, RULE, 0.5);
        canvas.text(x + 14.0, y, &word, Anchor::Start, NOTE);
        x += 20.0 + NOTE.width(&word);
    }
    canvas.triangle((x + 5.0, y - 3.0), 3.0, false, INK, INK);
    canvas.triangle((x + 13.0, y - 3.0), 3.0, true, INK, INK);
    canvas.text(x + 19.0, y, "школа названа", Anchor::Start, NOTE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_parted_at_a_syllable_before_anything_is_cut() {
        let lines = folded("Действия с многозначными числами", 40.0);
        assert!(lines.iter().any(|line| line.ends_with('-')) && !lines.concat().contains('…'), "{lines:?}");
        assert_eq!(lines.concat().replace(['-', ' '], ""), "Действиясмногозначнымичислами");
        assert_eq!(folded("Числа", 48.0), ["Числа"]);
        assert!(folded("Ы".repeat(60).as_str(), 48.0).concat().ends_with('…'));
    }
}
