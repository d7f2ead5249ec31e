//! «Выводы»: three to five sentences, each with a lead: where the place stands, where and how it loses, who helps.

use super::{Note, losses};
use crate::context::{Chapter, Context};
use crate::facts::results;
use crate::facts::skills::findings_of;
use crate::facts::standing::{self, Side};
use crate::sections::worth_studying;
use srez_model::assessment::{Condition, Exam};
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::finding::{Matter, Status};
use srez_model::level::Level;
use srez_model::measures::ComparisonRow;
use srez_model::report::Text;
use srez_model::sign::Cause;
use srez_model::tally::Demand;
use srez_model::unit::{Percent, PercentagePoints, as_f64};
use srez_wording::sentence::{note as said, participants};
use srez_wording::{grade, number, text as words};

/// Conclusions at most.
const MOST: usize = 5;
/// Schools that a sentence names.
const MOST_SCHOOLS: usize = 4;

/// The conclusions, the most important first.
pub(crate) fn compose(note: &Note<'_, '_>) -> Vec<Text> {
    let lines = [
        region(note).or_else(|| result(note)),
        condition(note).or_else(|| low_results(note)),
        losses::where_lost(note),
        losses::how_lost(note),
        losses::reached_but_behind(note),
        schools(note),
    ];
    lines
        .into_iter()
        .flatten()
        .take(MOST)
        .map(|(lead, sentence)| Text::default().bold(format!("{lead} ")).then(ended(sentence)))
        .collect()
}

/// The sentence with one full stop: «п.п.» has its own.
fn ended(sentence: String) -> String {
    if sentence.ends_with("..") { sentence[..sentence.len() - 1].to_owned() } else { sentence }
}

/// A lead and its sentence.
pub(super) type Line = (String, String);

/// A result: its measure, and what it is called.
pub(crate) struct Told {
    pub(crate) measure: MeasureId,
    pub(crate) words: &'static str,
}

/// «Отметки «4» и «5»», or «От 81 до 100 баллов».
pub(crate) fn good(exam: &Exam) -> Told {
    if exam.has_test_scores() {
        Told { measure: MeasureId::FROM_81, words: "От 81 до 100 баллов" }
    } else {
        Told { measure: MeasureId::ShareOfFourAndFive, words: "Отметки «4» и «5»" }
    }
}

/// «Отметку «2»», or «Ниже минимального балла».
pub(crate) fn low(exam: &Exam) -> Told {
    let words =
        if exam.has_test_scores() { "Балл ниже минимального" } else { "Отметку «2»" };
    Told { measure: LowResult::of_exam(exam).compared(), words }
}

/// Comparisons of a measure that were made, by chapter.
fn compared<'a>(note: &Note<'a, '_>, of: fn(&Exam) -> Told) -> Vec<(usize, &'a ComparisonRow)> {
    let of_chapter = |(place, chapter): (usize, &crate::context::Chapter<'a>)| {
        let row = standing::of(note.context, chapter.measures, &of(&chapter.measures.exam).measure)?;
        standing::is_tested(row).then_some((place, row))
    };
    note.chapters.iter().enumerate().filter_map(of_chapter).collect()
}

fn value(row: &ComparisonRow) -> String {
    row.value.map_or_else(String::new, |share| number::percent(share, row.n))
}

fn reference(row: &ComparisonRow) -> String {
    row.reference.map_or_else(String::new, |share| number::percent(share, row.n_reference))
}

/// «На 6,9 п.п.», without the preposition.
fn points(row: &ComparisonRow) -> String {
    let difference = standing::difference(row).unwrap_or(0.0).abs();
    number::percentage_points(PercentagePoints(difference), number::share_decimals(row.n), false)
}

/// Whom a result is of: «восьмиклассников округа», «участников округа».
fn pupils(note: &Note<'_, '_>, place: usize) -> String {
    let key = &note.chapters[place].measures.exam.key;
    let who = if key.procedure.has_attempts() { "участников" } else { grade::pupils(key.grade) };
    format!("{who} {}", note.context.style.place.genitive)
}

/// The place and the region, by the shares of good results.
fn region(note: &Note<'_, '_>) -> Option<Line> {
    let rows = compared(note, good);
    let lead = format!(
        "{} и {}.",
        words::capitalised(note.context.style.place.nominative),
        note.context.style.region.nominative
    );
    let what = good(&note.chapters[0].measures.exam).words;
    let sentence = match rows.as_slice() {
        [] => return None,
        [(place, row)] => format!("{what} получили {} {}{}.", value(row), pupils(note, *place), against(note, row)),
        rows => format!("{what} получили {}.", by_side(note, rows)),
    };
    Some((lead, sentence))
}

/// How one value stands, after it: « — на 6,9 п.п. меньше, чем в остальном крае (52,7 %)».
fn against(note: &Note<'_, '_>, row: &ComparisonRow) -> String {
    let region = note.context.style.region;
    match standing::side(row) {
        Some(side) => {
            let word = if side == Side::Below { "меньше" } else { "больше" };
            format!("\u{a0}— на {} {word}, чем в {} ({})", points(row), region.in_the_rest(), reference(row))
        }
        None => format!("; {}", not_found(note, row)),
    }
}

/// «От остального края (52,7 %) отличие не выявлено», and what could have been seen.
fn not_found(note: &Note<'_, '_>, row: &ComparisonRow) -> String {
    let rest = note.context.style.region.from_the_rest();
    let unseen = row.detectable.filter(|_| row.state == CheckState::Indistinct);
    let doubt = unseen.map(only_from).unwrap_or_default();
    format!("от {rest} ({}) отличие не выявлено{doubt}", reference(row))
}

/// What alone could have been seen.
fn only_from(least: PercentagePoints) -> String {
    let points = number::percentage_points(least, 0, false);
    format!(", но при таком числе участников и школ заметна была бы лишь разница от {points}")
}

/// Several grades by what was found of them: below, above, neither.
fn by_side(note: &Note<'_, '_>, rows: &[(usize, &ComparisonRow)]) -> String {
    let region = note.context.style.region;
    let of = |side: Option<Side>| -> Vec<&(usize, &ComparisonRow)> {
        rows.iter().filter(|(_, row)| standing::side(row) == side).collect()
    };
    let values = |rows: &[&(usize, &ComparisonRow)]| {
        let one =
            |(place, row): &&(usize, &ComparisonRow)| format!("в {}\u{a0}— {}", note.in_grades(&[*place]), value(row));
        rows.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let gaps =
        |rows: &[&(usize, &ComparisonRow)]| words::list(&rows.iter().map(|(_, row)| points(row)).collect::<Vec<_>>());
    let (below, above, neither) = (of(Some(Side::Below)), of(Some(Side::Above)), of(None));
    let mut parts = Vec::new();
    for (side, word) in [(&below, "ниже"), (&above, "выше")] {
        if !side.is_empty() {
            let contrary = if parts.is_empty() { "" } else { "наоборот, " };
            parts.push(format!(
                "{}: {contrary}{word}, чем в {}, на {}",
                values(side),
                region.in_the_rest(),
                gaps(side)
            ));
        }
    }
    if !neither.is_empty() {
        // Every grade has a region of its own beside it.
        let one = |(place, row): &&(usize, &ComparisonRow)| {
            let (grades, rest) = (note.in_grades(&[*place]), region.in_the_rest());
            format!("в {grades}\u{a0}— {} (в {rest}\u{a0}— {})", value(row), reference(row))
        };
        let values = neither.iter().map(one).collect::<Vec<_>>().join(", ");
        let unseen = neither.iter().filter(|(_, row)| row.state == CheckState::Indistinct);
        let least = unseen.filter_map(|(_, row)| row.detectable).map(|least| least.0).reduce(f64::min);
        let doubt = least.map(|least| only_from(PercentagePoints(least))).unwrap_or_default();
        parts.push(format!("{values}: отличие не выявлено{doubt}"));
    }
    parts.join("; ")
}

/// The result alone, where the region is not known.
fn result(note: &Note<'_, '_>) -> Option<Line> {
    let focus = &note.context.focus;
    let one = |(place, chapter): (usize, &crate::context::Chapter<'_>)| {
        let key = results::of(chapter.measures, focus.level, &focus.name)?;
        let share = number::percent(Percent::of(key.above, key.marked)?, key.marked);
        let of = format!("{share} ({} из {})", number::count(key.above), number::count(key.marked));
        Some(if note.has_several() { format!("в {}\u{a0}— {of}", note.in_grades(&[place])) } else { of })
    };
    let parts: Vec<String> = note.chapters.iter().enumerate().filter_map(one).collect();
    let what = good(&note.chapters[0].measures.exam).words;
    (!parts.is_empty()).then(|| ("Результат.".to_owned(), format!("{what} получили {}.", parts.join(", "))))
}

/// Marks that a condition of the scale lowered.
pub(crate) struct Lowered {
    /// How many it lowered.
    pub(crate) lowered: u64,
    /// How many there are of the mark that it lowers to.
    pub(crate) all: u64,
    /// That mark.
    pub(crate) mark: u8,
}

impl Lowered {
    /// The sentence.
    pub(crate) fn words(&self, condition: &str) -> String {
        participants::lowered_by_condition(self.lowered, condition, &self.mark.to_string(), self.all)
    }
}

/// The condition of a scale that lowered marks, where it did so often.
pub(crate) fn lowering_condition<'a>(note: &Note<'a, '_>) -> Option<(&'a Condition, Lowered)> {
    let focus = &note.context.focus;
    let limit = note.context.thresholds.value("note.condition");
    note.chapters.iter().find_map(|chapter| {
        let own = chapter.measures.marks_of(focus.level, &focus.name)?;
        let rows = chapter.measures.demands.iter().filter(|row| row.level == focus.level && row.group == focus.name);
        rows.into_iter().find_map(|row| {
            let Demand::Condition(place) = row.demand else { return None };
            let condition = chapter.measures.exam.conditions.get(usize::from(place))?;
            let mark = condition.otherwise;
            let all = usize::from(mark).checked_sub(2).and_then(|place| own.by_mark.get(place)).copied()?;
            let lowered = row.asked - row.met;
            let is_often = lowered > 0 && limit * as_f64(all) <= 100.0 * as_f64(lowered);
            is_often.then_some((condition, Lowered { lowered, all, mark }))
        })
    })
}

fn condition(note: &Note<'_, '_>) -> Option<Line> {
    let (condition, lowered) = lowering_condition(note)?;
    let share = if lowered.all <= 2 * lowered.lowered { "Половина" } else { "Часть" };
    let lead = format!("{share} отметок «{}»\u{a0}— из-за одного условия.", lowered.mark);
    Some((lead, lowered.words(&condition.note)))
}

/// Low results against the region, or by themselves.
fn low_results(note: &Note<'_, '_>) -> Option<Line> {
    let what = low(&note.chapters[0].measures.exam).words;
    let lead = if note.chapters[0].measures.exam.has_test_scores() {
        "Не преодолели минимум."
    } else {
        "Отметка «2»."
    };
    let rows = compared(note, low);
    let counted =
        |row: &ComparisonRow| format!("{} ({} из {})", value(row), number::count(row.k), number::count(row.n));
    let sentence = match rows.as_slice() {
        [] => return low_alone(note).map(|sentence| (lead.to_owned(), sentence)),
        [(_, row)] if row.k == 0 => {
            format!("{what} не получил никто из {}{}.", number::count(row.n), against(note, row))
        }
        [(_, row)] => format!("{what} получили {}{}.", counted(row), against(note, row)),
        rows => format!("{what} получили {}.", by_side(note, rows)),
    };
    Some((lead.to_owned(), sentence))
}

fn low_alone(note: &Note<'_, '_>) -> Option<String> {
    let focus = &note.context.focus;
    let one = |(place, chapter): (usize, &crate::context::Chapter<'_>)| {
        let key = results::of(chapter.measures, focus.level, &focus.name)?;
        let share = number::percent(key.below_share()?, key.marked);
        let of = format!("{share} ({} из {})", number::count(key.below), number::count(key.marked));
        Some(if note.has_several() { format!("в {}\u{a0}— {of}", note.in_grades(&[place])) } else { of })
    };
    let what = low(&note.chapters[0].measures.exam).words;
    let alone = note.chapters.first().filter(|_| !note.has_several());
    if let Some(key) = alone.and_then(|chapter| results::of(chapter.measures, focus.level, &focus.name))
        && key.below == 0
        && key.marked > 0
    {
        return Some(format!("{what} не получил никто из {}.", number::count(key.marked)));
    }
    let parts: Vec<String> = note.chapters.iter().enumerate().filter_map(one).collect();
    (!parts.is_empty()).then(|| format!("{what} получили {}.", parts.join(", ")))
}

/// True where a school is large enough for an example, and fewer groups of signs than the registry wants ask questions.
fn is_without_questions(context: &Context<'_>, chapter: &Chapter<'_>, school: &str) -> bool {
    let value = |id: &str| context.thresholds.value(id);
    let n = results::participants(chapter.measures, Level::School, school);
    let own = chapter.findings.particulars.iter().find(|one| one.school == school);
    value("S03.participants") <= as_f64(n) && own.is_none_or(|one| as_f64(one.fired() as u64) < value("S03.groups"))
}

/// Who does it well, who needs help.
fn schools(note: &Note<'_, '_>) -> Option<Line> {
    let skills: Vec<&str> =
        note.weak.iter().filter(|one| one.is_below_threshold()).map(|one| one.task.matter()).collect();
    let mut help: Vec<&str> = Vec::new();
    let mut able: Vec<&str> = Vec::new();
    let mut compared = 0;
    // Schools above the others whose scores raise questions are not called an example.
    let mut has_open = false;
    for chapter in note.chapters {
        let families = chapter.findings.families.iter().filter(|family| ["S01", "S01a"].contains(&family.sign.0));
        compared += families.map(|family| family.checked).sum::<usize>();
        for school in &note.context.schools {
            let is_low = |finding: &&srez_model::finding::Finding| {
                finding.status == Status::Probable
                    && finding.is_told()
                    && match finding.sign.cause {
                        Cause::LowTotal => true,
                        Cause::LowSkill => skills.contains(&finding.matter_title.as_str()),
                        _ => false,
                    }
            };
            if findings_of(chapter, school).any(|finding| is_low(&finding)) {
                help.push(school);
            }
        }
        let entries = worth_studying::list(chapter).into_iter().flat_map(|list| &list.entries);
        let of_use = |matter: &Matter, title: &str| *matter == Matter::Work || skills.contains(&title);
        able.extend(entries.filter(|it| of_use(&it.matter, &it.matter_title)).map(|it| it.school.as_str()));
        let above = note.context.schools.iter().filter(|school| {
            let row = chapter.measures.comparison_of(Level::School, school, &MeasureId::Total);
            row.is_some_and(ComparisonRow::is_found_above)
        });
        let (plain, open): (Vec<&String>, Vec<&String>) =
            above.partition(|school| is_without_questions(note.context, chapter, school));
        able.extend(plain.into_iter().map(String::as_str));
        has_open |= !open.is_empty();
    }
    if compared == 0 {
        return None;
    }
    let names = |found: &[&str]| -> Vec<&str> {
        let listed = note.context.schools.iter().filter(|school| found.contains(&school.as_str()));
        listed.map(|school| note.context.school(school)).collect()
    };
    let (able, help) = (names(&able), names(&help));
    let sentence = if has_open && able.is_empty() && help.is_empty() {
        said::NO_EXAMPLE.to_owned()
    } else {
        said::schools(&able, &help, MOST_SCHOOLS)
    };
    Some(("На кого опереться.".to_owned(), sentence))
}
