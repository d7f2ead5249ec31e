//! «Участники»: by year, type of school, sex and textbook where the files or the register tell it, with the results of
//! each group.

use super::{other, share};
use crate::context::{Chapter, Context};
use crate::facts::results;
use crate::table::TableOf;
use srez_model::assessment::ExamKey;
use srez_model::band::Band;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::report::{Align, Block, Cell, RowKind, Section, Text};
use srez_model::row_patterns::SchoolSums;
use srez_model::unit::Percent;
use srez_wording::sentence::participants as said;
use srez_wording::{number as print, text as words};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

/// Types with fewer schools have no shares: they would speak of one school.
const LEAST_SCHOOLS: u64 = 3;
/// Earlier years of which a sentence tells the number of participants.
const YEARS_TOLD: usize = 2;

const TITLE: &str = "Состав участников";
/// Shares that stand side by side for the parts of a work.
const TOLD: [&str; 2] = ["«2», %", "Качество, %"];

/// A group in the making.
#[derive(Default)]
struct Group {
    n: u64,
    schools: u64,
    /// Participants by mark 2 to 5, or by band.
    counts: [u64; 4],
}

/// A column of shares: some of the marks or bands, and the measure by which earlier years are known.
struct Share {
    title: &'static str,
    counted: Range<usize>,
    /// None: the years are not kept for it.
    over_years: Option<MeasureId>,
}

/// A line of the table of a work.
struct Line<'a> {
    /// What the groups differ by.
    sign: &'static str,
    group: String,
    n: u64,
    /// Participants of whom the group is a part; none for a year.
    of: Option<u64>,
    known: Known<'a>,
    kind: RowKind,
}

/// What is known of a group.
enum Known<'a> {
    /// Participants by mark or band; none where they are not told.
    Counts(Option<[u64; 4]>),
    /// Shares of an earlier year.
    Year(&'a [DynamicsRow], &'a ExamKey),
}

impl Line<'_> {
    fn share(&self, of: &Share) -> Cell {
        match self.known {
            Known::Counts(counts) => {
                let counts = counts.unwrap_or_default();
                let n = counts.iter().sum();
                share(Percent::of(counts[of.counted.clone()].iter().sum(), n), n)
            }
            Known::Year(rows, exam) => {
                let mut rows = rows.iter().filter(|row| Some(&row.measure) == of.over_years.as_ref());
                let found = rows.find(|row| row.before_exam == *exam);
                share(found.and_then(|row| row.before).map(Percent), self.n)
            }
        }
    }
}

/// A table of groups without shares.
fn of_groups<'a>(lines: Vec<Line<'a>>) -> TableOf<Line<'a>> {
    let part = |line: &Line<'_>| {
        let of = line.of?;
        Some(Cell::number(Percent::of(line.n, of)?.0, print::share_decimals(of)))
    };
    TableOf::new(lines)
        .text("Признак", 1.4, |line| line.sign.to_owned())
        .text("Группа", 2.0, |line| line.group.clone())
        .count("Чел.", 1.0, |line| line.n)
        .number("% от всех", 1.0, move |line| part(line).unwrap_or(Cell::Missing))
        .kinds(|line| line.kind)
}

/// The same with the shares of a work.
fn with_shares<'a>(measures: &Measures, lines: Vec<Line<'a>>) -> TableOf<Line<'a>> {
    let column = |of: &Share| other(of.title, Align::Right, 1.1);
    of_groups(lines).columns(&shares(measures), column, |line, of| line.share(of))
}

/// The lines of the table of a work, and what stands beside it.
struct Made<'a> {
    lines: Vec<Line<'a>>,
    /// What the files and the register do not tell, in words.
    missing: Vec<&'static str>,
}

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    if results::participants(measures, context.focus.level, &context.focus.name) == 0 {
        return super::section(TITLE, false, vec![super::no_data("участников нет")]);
    }
    let Made { lines, missing } = made(context, measures);
    let name = format!("participants_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Состав участников, {}", super::whose(context, chapter));
    let mut blocks: Vec<Block> = numbers_over_years(context, measures).map(Block::Paragraph).into_iter().collect();
    blocks.push(with_shares(measures, lines).named(&name, caption, note(context)));
    blocks.extend(beside(&missing));
    super::section(TITLE, false, blocks)
}

/// The section of a work in parts: its participants once, with the lowest and the good marks of every part. `most` is
/// the part that most of them wrote.
pub(crate) fn of_parts(context: &Context<'_>, parts: &[Chapter<'_>], most: &Chapter<'_>) -> Section {
    let exam = &most.measures.exam;
    if results::participants(most.measures, context.focus.level, &context.focus.name) == 0 {
        return super::section(TITLE, false, vec![super::no_data("участников нет")]);
    }
    let Made { lines, missing } = made(context, most.measures);
    let mut table = of_groups(lines);
    for part in parts.iter().filter(|part| !is_unmarked(part.measures)) {
        let own = made(context, part.measures).lines;
        let told: Vec<Share> = shares(part.measures).into_iter().filter(|of| TOLD.contains(&of.title)).collect();
        let name = words::capitalised(&part.measures.exam.part_title);
        table = table.columns(
            &told,
            |of| other(&format!("{name}: {}", of.title), Align::Right, 1.3),
            |line, of| {
                // A group is told by its kind and its name.
                let same = own.iter().find(|of_part| (of_part.sign, &of_part.group) == (line.sign, &line.group));
                same.map_or(Cell::Missing, |of_part| of_part.share(of))
            },
        );
    }
    let name = format!("participants_{}", exam.key.whole().id().replace('-', "_"));
    let caption = format!("Состав участников, {}, {}", exam.work_grade_title(), context.focus_title);
    let mut blocks: Vec<Block> = numbers_over_years(context, most.measures).map(Block::Paragraph).into_iter().collect();
    blocks.push(table.named(&name, caption, note(context)));
    blocks.extend(beside(&missing));
    super::section(TITLE, false, blocks)
}

fn note(context: &Context<'_>) -> String {
    format!(
        "«—»: в группе меньше трёх школ или меньше {} участников, либо доля прошлого года не известна. Прошлые годы по \
         типам школ, местности, полу и учебникам не сравниваются.",
        context.limit("privacy.group")
    )
}

fn beside(missing: &[&str]) -> Option<Block> {
    (!missing.is_empty()).then(|| Block::Note(Text::plain(format!("{}.", words::capitalised(&missing.join("; "))))))
}

fn made<'a>(context: &Context<'_>, measures: &'a Measures) -> Made<'a> {
    let all = results::participants(measures, context.focus.level, &context.focus.name);
    let mut lines = years(context, measures);
    let mut missing: Vec<&str> = Vec::new();
    for (dimension, known, lack) in [
        ("Тип школы", &context.types, "типы школ: нет данных, в реестре их нет"),
        ("Местность", &context.localities, "город и село: нет данных, в реестре их нет"),
    ] {
        let groups = by_school(context, measures, known);
        if groups.is_empty() {
            missing.push(lack);
        }
        lines.extend(groups.into_iter().map(|(name, group)| line(context, dimension, name, &group, all)));
    }
    let sexes = by_sex(context, measures);
    if sexes.is_empty() {
        missing.push("пол: нет данных, в файлах его нет");
    }
    lines.extend(sexes);
    missing.push(if measures.exam.key.procedure.has_attempts() {
        "категории участников (СОО, СПО, прошлые годы, ОВЗ): нет данных, в файлах их нет"
    } else {
        "участники с ОВЗ: нет данных, в файлах их нет"
    });
    Made { lines, missing }
}

/// Who took part and by which textbooks, for the workbook, a part per grade.
pub(crate) fn of_workbook(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Section> {
    let of_chapter = |chapter: &Chapter<'_>| {
        let mut blocks = compose(context, chapter).blocks;
        blocks.extend(textbooks(context, chapter));
        (chapter.measures.exam.grade_title(), blocks)
    };
    super::annex_by_grade("Состав участников и учебники", Vec::new(), chapters.iter().map(of_chapter).collect())
}

/// All textbooks of the run; nothing where the files name none.
fn textbooks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let measures = chapter.measures;
    let lines = by_textbook(context, measures);
    if lines.is_empty() {
        return Vec::new();
    }
    let name = format!("textbooks_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Учебники, вся выгрузка, {}", measures.exam.title());
    let least = context.limit("privacy.group");
    let note = format!("«—»: учебник меньше чем у трёх школ или меньше {least} участников. Названия — как в файлах.");
    let compared = textbooks_compared(measures).map(|words| Block::Note(Text::plain(words)));
    std::iter::once(with_shares(measures, lines).named(&name, caption, note)).chain(compared).collect()
}

/// The shares of a work: the bands of ЕГЭ; for every other work the marks, quality and pass rate.
fn shares(measures: &Measures) -> Vec<Share> {
    let band = |title, place: usize, band| {
        let over_years = Some(MeasureId::BandOverYears(band));
        Share { title, counted: place..place + 1, over_years }
    };
    let marks = |title, counted, over_years| Share { title, counted, over_years };
    if is_unmarked(measures) {
        Vec::new()
    } else if measures.exam.has_test_scores() {
        vec![
            band("Ниже мин., %", 0, Band::BelowMinimum),
            band("Мин.–60, %", 1, Band::UpTo60),
            band("61–80, %", 2, Band::UpTo80),
            band("81–100, %", 3, Band::UpTo100),
        ]
    } else {
        vec![
            marks("«2», %", 0..1, Some(MeasureId::ShareOfTwo)),
            marks("«3», %", 1..2, None),
            marks("«4», %", 2..3, None),
            marks("«5», %", 3..4, None),
            marks("Качество, %", 2..4, Some(MeasureId::Quality)),
            marks("Успев., %", 1..4, Some(MeasureId::Pass)),
        ]
    }
}

/// True for a work without marks and test scores: its groups have numbers alone.
fn is_unmarked(measures: &Measures) -> bool {
    counts(measures, Level::All, "").is_none()
}

/// How the number of participants has changed against the two years before; none where there is no earlier year.
fn numbers_over_years(context: &Context<'_>, measures: &Measures) -> Option<Text> {
    let (level, group) = (&context.focus.level, &context.focus.name);
    let now = results::participants(measures, *level, group);
    let measure = LowResult::of_exam(&measures.exam).over_years();
    let earlier_years = measures.dynamics_of(*level, group).iter().filter(|row| row.measure == measure && row.n.1 != 0);
    let year = |row: &DynamicsRow| row.before_exam.year.to_string();
    let mut years = earlier_years.take(YEARS_TOLD);
    let nearest = years.next()?;
    let (before, of_year) = (nearest.n.1, year(nearest));
    let mut sentence = match now.cmp(&before) {
        Ordering::Greater => said::more_than_before(now, now - before, &of_year, before),
        Ordering::Less => said::fewer_than_before(now, before - now, &of_year, before),
        Ordering::Equal => said::as_many_as_before(now, &of_year),
    };
    for earlier in years {
        sentence.push_str(", ");
        sentence.push_str(&said::in_earlier_year(earlier.n.1, &year(earlier)));
    }
    Some(Text::plain(sentence + "."))
}

/// This year and the years before it, nearest first.
fn years<'a>(context: &Context<'_>, measures: &'a Measures) -> Vec<Line<'a>> {
    let (level, group) = (&context.focus.level, &context.focus.name);
    let of_year = |exam: &ExamKey, n: u64, known, kind| Line {
        sign: "Год",
        group: exam.year.to_string(),
        n,
        of: None,
        known,
        kind,
    };
    let n = results::participants(measures, *level, group);
    let now = Known::Counts(counts(measures, *level, group));
    let mut lines = vec![of_year(&measures.exam.key, n, now, RowKind::Own)];
    let measure = LowResult::of_exam(&measures.exam).over_years();
    let rows = measures.dynamics_of(*level, group);
    for before in rows.iter().filter(|row| row.measure == measure && row.n.1 != 0) {
        let exam = &before.before_exam;
        lines.push(of_year(exam, before.n.1, Known::Year(rows, exam), RowKind::Plain));
    }
    lines
}

/// Participants of a group by mark or band; none where there are neither.
fn counts(measures: &Measures, level: Level, group: &str) -> Option<[u64; 4]> {
    if measures.exam.has_test_scores() {
        return measures.bands_of(level, group).map(|row| row.by_band);
    }
    measures.marks_of(level, group).filter(|row| row.marked() > 0).map(|row| row.by_mark)
}

/// Groups of the schools of the focus by what the register says of them, sums of their counts.
fn by_school(context: &Context<'_>, measures: &Measures, known: &BTreeMap<String, String>) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for school in &context.schools {
        let n = results::participants(measures, Level::School, school);
        let Some(kind) = known.get(school).filter(|kind| n > 0 && !kind.is_empty()) else { continue };
        let group = groups.entry(kind.clone()).or_default();
        group.n += n;
        group.schools += 1;
        for (sum, own) in group.counts.iter_mut().zip(counts(measures, Level::School, school).unwrap_or_default()) {
            *sum += own;
        }
    }
    groups
}

/// A group of so many schools; of few of them, or of few participants, the number alone.
fn line<'a>(context: &Context<'_>, sign: &'static str, name: String, group: &Group, all: u64) -> Line<'a> {
    let marked: u64 = group.counts.iter().sum();
    let shown = (LEAST_SCHOOLS <= group.schools && !results::is_small(context, marked)).then_some(group.counts);
    of_all(sign, name, group.n, all, shown)
}

/// A group of all participants of the run.
fn of_all<'a>(sign: &'static str, group: String, n: u64, all: u64, counts: Option<[u64; 4]>) -> Line<'a> {
    Line { sign, group, n, of: Some(all), known: Known::Counts(counts), kind: RowKind::Plain }
}

/// Textbooks over the whole run with their participants, where the files or a list of the schools name them; of few
/// schools the number alone.
fn by_textbook<'a>(context: &Context<'_>, measures: &'a Measures) -> Vec<Line<'a>> {
    let all = results::participants(measures, Level::All, "");
    let schools = |textbook: &str| {
        let uses = |one: &&SchoolSums| {
            one.labelled(Level::Textbook).any(|books| books.label == textbook && books.scores.n != 0)
        };
        measures.patterns.sums.iter().filter(uses).count() as u64
    };
    let of_level = measures.marks.iter().filter(|row| row.level == Level::Textbook && !row.group.is_empty());
    of_level
        .map(|marks| {
            let known = counts(measures, Level::Textbook, &marks.group).unwrap_or_default();
            let group = Group { n: marks.n, schools: schools(&marks.group), counts: known };
            line(context, "Учебник (вся выгрузка)", marks.group.clone(), &group, all)
        })
        .collect()
}

/// What the tests of textbooks say; none where none was tested. The schools choose the textbook, and that is said too.
fn textbooks_compared(measures: &Measures) -> Option<String> {
    let states = |measure: &MeasureId| {
        let rows = measures.comparisons.iter().filter(|row| row.level == Level::Textbook && row.measure == *measure);
        rows.map(|row| row.state).filter(|state| state.is_tested()).collect::<Vec<CheckState>>()
    };
    let low = LowResult::of_exam(&measures.exam).compared();
    let said: Vec<String> = [(low, "доля низких результатов"), (MeasureId::Total, "работа в целом")]
        .into_iter()
        .filter_map(|(measure, title)| {
            let states = states(&measure);
            let word = match states.as_slice() {
                [] => return None,
                states if states.contains(&CheckState::Found) => "отличие выявлено",
                states if states.contains(&CheckState::Indistinct) => "отличие по этим данным не различить",
                _ => "отличие не выявлено",
            };
            Some(format!("{title} — {word}"))
        })
        .collect();
    (!said.is_empty()).then(|| {
        format!(
            "Учебники сравнены по школам, которые по ним работают: {}. Учебник выбирает школа, поэтому отличие не \
             говорит, что дело в учебнике.",
            said.join("; ")
        )
    })
}

/// Girls and boys over the whole run, where the files tell the sex.
fn by_sex<'a>(context: &Context<'_>, measures: &'a Measures) -> Vec<Line<'a>> {
    let all = results::participants(measures, Level::All, "");
    let of_level = measures.marks.iter().filter(|row| row.level == Level::Sex && !row.group.is_empty());
    of_level
        .map(|marks| {
            let known = counts(measures, Level::Sex, &marks.group);
            let known = known.filter(|counts| !results::is_small(context, counts.iter().sum()));
            of_all("Пол (вся выгрузка)", marks.group.clone(), marks.n, all, known)
        })
        .collect()
}
