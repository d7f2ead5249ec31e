//! The page of the office: every work of the run and of earlier years, with the files behind each number.

use super::origins::Origins;
use super::{Groups, NO_RANKING, READING, lines, order, work};
use crate::context::{Context, Names};
use crate::sections::ALL_PARTICIPANTS;
use srez_model::filter_page::{FilterPage, GroupResults, HIDDEN, PrintedResult, ResultGroup, ResultLine, WorkResults};
use srez_model::level::Level;
use srez_model::measures::{Interval, Measures};
use srez_model::unit::{Percent, as_f64};
use srez_wording::number;
use srez_wording::sentence::filtered;

/// Rows that a page can hold and still open at once; of a larger region schools stand in the tables alone.
const MOST_ROWS: usize = 200_000;

/// A line and how a group's number is read off the measures.
type Told = (ResultLine, Box<dyn Fn(&Measures, &ResultGroup) -> Option<PrintedResult>>);

/// The page; none where no work has results. `earlier` are the works of the years before.
pub fn compose(context: &Context<'_>, measures: &[Measures], earlier: &[Measures]) -> Option<FilterPage> {
    let shown = |of: &&Measures| {
        let own = of.marks_of(context.focus.level, &context.focus.name);
        own.is_some_and(|own| own.n > 0) && !context.is_too_small(of)
    };
    let mut all: Vec<&Measures> = measures.iter().chain(earlier).filter(shown).collect();
    all.sort_by_cached_key(|of| order(&of.exam));
    let mut groups = Groups::of(context);
    let rows: usize = all.iter().map(|of| of.exam.tasks.len() + of.exam.tasks.len() / 2).sum();
    let without_schools = MOST_ROWS < rows * groups.groups.len();
    if without_schools {
        groups.groups.retain(|group| group.level != Level::School);
    }
    let mut origins = Origins::new(context);
    let works = all.into_iter().map(|of| results(context, of, &groups, &mut origins));
    let mut works: Vec<WorkResults> = works.filter(|work| !work.groups.is_empty()).collect();
    if works.is_empty() {
        return None;
    }
    let groups = groups.used(&mut works);
    Some(FilterPage {
        title: "Все результаты с\u{a0}отбором".to_owned(),
        subtitle: context.focus_title.clone(),
        centre: context.centre.to_owned(),
        footer: context.footer(),
        rules: rules(context, measures, &groups, without_schools),
        note: NO_RANKING.to_owned(),
        hidden_because: filtered::too_small(&context.limit("privacy.group")),
        groups,
        works,
        origins: origins.origins,
        files: origins.files,
        lists: origins.lists,
        sentence: filtered::parts(),
    })
}

fn rules(context: &Context<'_>, measures: &[Measures], groups: &[ResultGroup], without_schools: bool) -> Vec<String> {
    let mut rules: Vec<String> = [READING, NO_RANKING].map(str::to_owned).to_vec();
    rules.push(format!(
        "«{}»: в\u{a0}группе {}; по долям такой группы не судят, показано только число участников.",
        srez_wording::text::capitalised(HIDDEN),
        filtered::too_small(&context.limit("privacy.group"))
    ));
    if groups.iter().any(|group| group.level == Level::All && group.name == ALL_PARTICIPANTS) {
        rules.push(format!(
            "«{ALL_PARTICIPANTS}»\u{a0}— вместе с\u{a0}другими муниципалитетами из\u{a0}тех\u{a0}же файлов."
        ));
    }
    let small: Vec<String> = measures.iter().filter(|of| context.is_too_small(of)).map(|of| of.exam.title()).collect();
    if !small.is_empty() {
        rules.push(format!("Не показаны работы со слишком малым числом участников: {}.", small.join("; ")));
    }
    if without_schools {
        rules.push(
            "Школ слишком много для одной страницы: здесь муниципалитеты, школы\u{a0}— в\u{a0}таблицах рядом."
                .to_owned(),
        );
    }
    rules
}

/// A work of all groups that took part in it.
fn results(context: &Context<'_>, of: &Measures, groups: &Groups, origins: &mut Origins<'_>) -> WorkResults {
    let least = context.thresholds.value("privacy.group");
    let told = told(context, of, origins);
    let exam = of.exam.id();
    let own = of.marks_of(context.focus.level, &context.focus.name).map_or(0, |own| own.n);
    let mut shown = Vec::new();
    for (place, group) in groups.groups.iter().enumerate() {
        let n = of.marks_of(group.level, &group.id).map_or(0, |row| row.n);
        // All participants say something new only where others took part.
        let repeats = group.level == Level::All && context.focus.level != Level::All && n <= own;
        if n == 0 || repeats {
            continue;
        }
        let is_small = as_f64(n) < least;
        let one = |(_, read): &Told| read(of, group).map(|result| if is_small { hidden(result) } else { result });
        shown.push(GroupResults {
            group: place,
            list: Some(origins.list(&exam, group.level, &group.id)),
            results: told.iter().map(one).collect(),
        });
    }
    let lines = told.into_iter().map(|(line, _)| line).collect();
    let mut work = work(context, &of.exam, lines, shown);
    leave_out_untold(&mut work);
    work
}

/// Lines that are told of nobody, such as marks of a work without any, and a work without lines.
fn leave_out_untold(work: &mut WorkResults) {
    let is_told: Vec<bool> = (0..work.lines.len())
        .map(|line| work.groups.iter().any(|group| group.results.get(line).is_some_and(Option::is_some)))
        .collect();
    let mut of_lines = is_told.iter();
    work.lines.retain(|_| of_lines.next() == Some(&true));
    for group in &mut work.groups {
        let mut of_results = is_told.iter();
        group.results.retain(|_| of_results.next() == Some(&true));
    }
    if work.lines.is_empty() {
        work.groups.clear();
    }
}

/// The participants alone.
fn hidden(result: PrintedResult) -> PrintedResult {
    let cover = |told: &str| if told.is_empty() { String::new() } else { HIDDEN.to_owned() };
    PrintedResult {
        n: result.n,
        share: cover(&result.share),
        sum: if result.share.is_empty() { cover(&result.sum) } else { String::new() },
        ..PrintedResult::default()
    }
}

/// The lines of a work.
fn told(context: &Names<'_>, of: &Measures, origins: &mut Origins<'_>) -> Vec<Told> {
    let mut told = if of.exam.has_test_scores() { bands(of, origins) } else { marks(of, origins) };
    let focus = &context.focus;
    for row in of.skills_of(focus.level, &focus.name) {
        let line = origins.explained(lines::of_skill(&row.title), "skills.pct");
        let skill = row.skill;
        told.push((
            line,
            Box::new(move |of, group| {
                let row = of.skills_of(group.level, &group.id).find(|row| row.skill == skill)?;
                let pct = row.pct?;
                Some(counted(row.n, pct.value, Some(pct), row.sum, row.max_sum))
            }),
        ));
    }
    for (place, task) in (0_u16..).zip(&of.exam.tasks) {
        let line = origins.explained(lines::of_task(task), "tasks.pct");
        let max = u64::from(task.max.unwrap_or_default());
        told.push((
            line,
            Box::new(move |of, group| {
                let row = of.task_of(group.level, &group.id, place)?;
                Some(counted(row.counts.n, row.pct?, row.interval, row.counts.sum, row.counts.n * max))
            }),
        ));
    }
    told
}

/// Marks of places 0 to 3 with the column of the data, those with an interval first.
fn marks(of: &Measures, origins: &mut Origins<'_>) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let pass = origins.explained(lines::of_work(filtered::pass()), "marks.pass_pct");
    told.push((
        pass,
        Box::new(|of, group| {
            let row = of.marks_of(group.level, &group.id)?;
            let pass = row.pass?;
            Some(counted(row.marked(), pass.value, Some(pass), row.marked() - row.by_mark[0], row.marked()))
        }),
    ));
    let quality = origins.explained(lines::of_work(filtered::quality()), "marks.quality_pct");
    told.push((
        quality,
        Box::new(|of, group| {
            let row = of.marks_of(group.level, &group.id)?;
            let quality = row.quality?;
            let sum = row.by_mark[2] + row.by_mark[3];
            Some(counted(row.marked(), quality.value, Some(quality), sum, row.marked()))
        }),
    ));
    for (place, column) in ["marks.n2", "marks.n3", "marks.n4", "marks.n5"].into_iter().enumerate() {
        let line = origins.explained(lines::of_results(&of.exam, &[place]), column);
        told.push((
            line,
            Box::new(move |of, group| {
                let row = of.marks_of(group.level, &group.id)?;
                let count = row.by_mark[place];
                Some(counted(row.marked(), Percent::of(count, row.marked())?, None, count, row.marked()))
            }),
        ));
    }
    let mean = origins.explained(lines::of_work(filtered::mean_score()), "marks.mean_score");
    told.push((
        mean,
        Box::new(|of, group| {
            let row = of.marks_of(group.level, &group.id)?;
            Some(average(row.n, number::test_score(row.mean_score?)))
        }),
    ));
    told
}

/// Bands of the test score.
fn bands(of: &Measures, origins: &mut Origins<'_>) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let columns = ["bands.below_min", "bands.from_min_to_60", "bands.from_61_to_80", "bands.from_81_to_100"];
    for (place, column) in columns.into_iter().enumerate() {
        let line = origins.explained(lines::of_results(&of.exam, &[place]), column);
        told.push((
            line,
            Box::new(move |of, group| {
                let row = of.bands_of(group.level, &group.id)?;
                let interval = row.best.filter(|_| place == 3);
                Some(counted(row.n, Percent::of(row.by_band[place], row.n)?, interval, row.by_band[place], row.n))
            }),
        ));
    }
    let mean = origins.explained(lines::of_work(filtered::mean_test()), "bands.mean_test");
    told.push((
        mean,
        Box::new(|of, group| {
            let row = of.bands_of(group.level, &group.id)?;
            Some(average(row.n, number::test_score(row.mean_test?)))
        }),
    ));
    told
}

/// A share with what it counts.
fn counted(n: u64, share: Percent, interval: Option<Interval>, sum: u64, most: u64) -> PrintedResult {
    let bound =
        |of: fn(&Interval) -> Percent| interval.as_ref().map_or_else(String::new, |it| number::share(of(it), n));
    PrintedResult {
        n: number::count(n),
        share: number::share(share, n),
        low: bound(|it| it.low),
        high: bound(|it| it.high),
        sum: number::count(sum),
        most: number::count(most),
    }
}

/// A mean.
fn average(n: u64, mean: String) -> PrintedResult {
    PrintedResult { n: number::count(n), sum: mean, ..PrintedResult::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_told_of_nobody_is_left_out_with_its_places() {
        let told = |n: &str| Some(PrintedResult { n: n.to_owned(), ..PrintedResult::default() });
        let group = |results| GroupResults { results, ..GroupResults::default() };
        let mut work = WorkResults {
            lines: [filtered::pass(), filtered::quality(), filtered::mean_score()].map(lines::of_work).to_vec(),
            groups: vec![group(vec![told("1"), None, None]), group(vec![None, None, told("2")])],
            ..WorkResults::default()
        };
        leave_out_untold(&mut work);
        assert_eq!(
            work.lines.iter().map(|line| line.named.as_str()).collect::<Vec<_>>(),
            ["успеваемость", "средний первичный балл"]
        );
        assert_eq!(work.groups[1].results, [None, told("2")]);
        work.groups.iter_mut().for_each(|group| group.results.fill(None));
        leave_out_untold(&mut work);
        assert!(work.groups.is_empty());
    }
}
