//! «Выводы»: three to five sentences, each with a lead: where the place stands, where and how it loses, who helps.

use super::Note;
use crate::facts::results;
use crate::facts::skills::findings_of;
use crate::facts::standing::{self, Side};
use crate::facts::weak_tasks::{Lag, Loss, WeakTask};
use crate::sections::worth_studying;
use srez_model::assessment::Exam;
use srez_model::check::CheckState;
use srez_model::compared::{FROM_81, LowResult, SHARE_OF_FOUR_AND_FIVE};
use srez_model::finding::{Matter, Status};
use srez_model::measures::ComparisonRow;
use srez_model::report::Text;
use srez_model::sign::Cause;
use srez_model::tally::Demand;
use srez_model::unit::{Percent, PercentagePoints};
use srez_wording::sentence::{note as said, participants};
use srez_wording::{grade, number, text as words};

/// Conclusions at most.
const MOST: usize = 5;
/// Tasks of one grade that a sentence names.
const MOST_TASKS: usize = 4;
/// Schools that a sentence names.
const MOST_SCHOOLS: usize = 4;

/// The conclusions, the most important first.
pub(crate) fn compose(note: &Note<'_, '_>) -> Vec<Text> {
    let lines = [
        region(note).or_else(|| result(note)),
        condition(note).or_else(|| low_results(note)),
        where_lost(note),
        how_lost(note),
        reached_but_behind(note),
        schools(note),
    ];
    lines
        .into_iter()
        .flatten()
        .take(MOST)
        .map(|(lead, sentence)| Text::default().bold(format!("{lead} ")).then(sentence))
        .collect()
}

type Line = (String, String);

/// What a result is called: «отметки «4» и «5» получили», and its measure.
fn good(exam: &Exam) -> (&'static str, &'static str) {
    if exam.has_test_scores() {
        (FROM_81, "От 81 до 100 баллов")
    } else {
        (SHARE_OF_FOUR_AND_FIVE, "Отметки «4» и «5»")
    }
}

/// «Отметку «2»», or «Ниже минимального балла».
fn low(exam: &Exam) -> (&'static str, &'static str) {
    let measure = LowResult::of_exam(exam).compared();
    (measure, if exam.has_test_scores() { "Балл ниже минимального" } else { "Отметку «2»" })
}

/// Comparisons of a measure that were made, by chapter.
fn compared<'a>(
    note: &Note<'a, '_>,
    measure: fn(&Exam) -> (&'static str, &'static str),
) -> Vec<(usize, &'a ComparisonRow)> {
    let of_chapter = |(place, chapter): (usize, &crate::context::Chapter<'a>)| {
        let row = standing::of(note.context, chapter.measures, measure(&chapter.measures.exam).0)?;
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
    let (_, what) = good(&note.chapters[0].measures.exam);
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
    let seen = row.detectable.filter(|_| row.state == CheckState::Indistinct).map(|least| {
        format!(
            ", но при таком числе участников и школ заметна была бы лишь разница от {}",
            number::percentage_points(least, 0, false)
        )
    });
    format!("от {rest} ({}) отличие не выявлено{}", reference(row), seen.unwrap_or_default())
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
        let such = neither
            .iter()
            .map(|(_, row)| row)
            .find(|row| row.state == CheckState::Indistinct && row.detectable.is_some());
        let tail = such
            .map_or_else(|| format!("от {} отличие не выявлено", region.from_the_rest()), |row| not_found(note, row));
        parts.push(format!("{}: {tail}", values(&neither)));
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
    let (_, what) = good(&note.chapters[0].measures.exam);
    (!parts.is_empty()).then(|| ("Результат.".to_owned(), format!("{what} получили {}.", parts.join(", "))))
}

/// Marks that a condition of the scale lowered, where it did so often.
fn condition(note: &Note<'_, '_>) -> Option<Line> {
    let focus = &note.context.focus;
    note.chapters.iter().find_map(|chapter| {
        let own = chapter.measures.marks_of(focus.level, &focus.name)?;
        let rows = chapter.measures.demands.iter().filter(|row| row.level == focus.level && row.group == focus.name);
        rows.into_iter().find_map(|row| {
            let Demand::Condition(place) = row.demand else { return None };
            let condition = chapter.measures.exam.conditions.get(usize::from(place))?;
            let all =
                usize::from(condition.otherwise).checked_sub(2).and_then(|place| own.by_mark.get(place)).copied()?;
            let lowered = row.asked - row.met;
            let limit = note.context.thresholds.value("note.condition");
            if lowered == 0 || 100.0 * srez_model::unit::as_f64(lowered) < limit * srez_model::unit::as_f64(all) {
                return None;
            }
            let share = if all <= 2 * lowered { "Половина" } else { "Часть" };
            let lead = format!("{share} отметок «{}»\u{a0}— из-за одного условия.", condition.otherwise);
            Some((
                lead,
                participants::lowered_by_condition(lowered, &condition.note, &condition.otherwise.to_string(), all),
            ))
        })
    })
}

/// Low results against the region, or by themselves.
fn low_results(note: &Note<'_, '_>) -> Option<Line> {
    let (_, what) = low(&note.chapters[0].measures.exam);
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
    let parts: Vec<String> = note.chapters.iter().enumerate().filter_map(one).collect();
    let (_, what) = low(&note.chapters[0].measures.exam);
    (!parts.is_empty()).then(|| format!("{what} получили {}.", parts.join(", ")))
}

/// «№ 5 «Линейная функция» (48,8 % против 58,3 %)».
fn task(note: &Note<'_, '_>, one: &WeakTask<'_>) -> String {
    let n = one.row.counts.n;
    let label = if one.task.label().is_empty() {
        String::new()
    } else {
        format!(" «{}»", words::capitalised(one.task.label()))
    };
    let region = one.region.and_then(|row| row.reference).map(|share| format!(" против {}", number::percent(share, n)));
    let _ = note;
    format!("№\u{a0}{}{label} ({}{})", one.task.id, number::percent(one.value, n), region.unwrap_or_default())
}

/// Weak tasks of some lags, at most so many of a grade, grade by grade: «в 4-х классах — …; в 8-х классах — …».
fn listed(note: &Note<'_, '_>, lags: &[Lag]) -> Option<String> {
    let of_grade = |place: usize| {
        let tasks = note.weak.iter().filter(|one| one.chapter == place && lags.contains(&one.lag));
        let named: Vec<String> = tasks.take(MOST_TASKS).map(|one| task(note, one)).collect();
        if named.is_empty() {
            return None;
        }
        let list = words::list(&named);
        Some(if note.has_several() { format!("в {}\u{a0}— {list}", note.in_grades(&[place])) } else { list })
    };
    let parts: Vec<String> = (0..note.chapters.len()).filter_map(of_grade).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Where points are lost.
fn where_lost(note: &Note<'_, '_>) -> Option<Line> {
    let lead = "Где теряем.".to_owned();
    if !note.is_judged() {
        let why = "Вывод о недостатках не сделан: в описании работы нет уровней заданий; меры вписывает методист.";
        return Some((lead, why.to_owned()));
    }
    let region = note.context.style.region;
    let both = listed(note, &[Lag::Both]);
    let low = listed(note, &[Lag::Threshold, Lag::EverywhereLow]);
    let sentence = match (both, low) {
        (Some(both), low) => {
            let low =
                low.map(|low| format!(" Ниже порога, как и в {}: {low}.", region.in_the_rest())).unwrap_or_default();
            format!("И порога, и {} не достигают: {both}.{low}", region.genitive)
        }
        (None, Some(low)) => format!("{}: {low}.", common_skill(note)),
        (None, None) => match listed(note, &[Lag::AtThreshold]) {
            Some(at) => format!("Ниже порога нет ни одного задания; у порога: {at}."),
            None => "Ни одно задание не ниже порога.".to_owned(),
        },
    };
    Some((lead, sentence))
}

/// «Общая трудность — геометрия; ниже порога» where most of what is low belongs to one skill, else «Ниже порога».
fn common_skill(note: &Note<'_, '_>) -> String {
    let low: Vec<&WeakTask<'_>> = note.weak.iter().filter(|one| one.is_below_threshold()).collect();
    let mut skills: Vec<&str> = low.iter().map(|one| one.task.matter()).filter(|skill| !skill.is_empty()).collect();
    skills.sort_unstable();
    let most = skills.chunk_by(|left, right| left == right).max_by_key(|same| same.len());
    match most {
        Some([skill, _, ..]) if skills.iter().filter(|one| *one == skill).count() * 2 > low.len() => {
            format!("Общая трудность\u{a0}— «{}». {}", words::capitalised(skill), below_threshold(note))
        }
        _ => below_threshold(note).to_owned(),
    }
}

/// No threshold of ОГЭ and ЕГЭ is official.
fn below_threshold(note: &Note<'_, '_>) -> &'static str {
    if note.procedure().has_attempts() {
        "Ниже порога, взятого для разбора (официального нет)"
    } else {
        "Ниже порога"
    }
}

/// How points are lost on the first of the weak tasks.
fn how_lost(note: &Note<'_, '_>) -> Option<Line> {
    let low: Vec<&WeakTask<'_>> =
        note.weak.iter().filter(|one| one.is_below_threshold() && one.is_basic()).take(MOST_TASKS).collect();
    let first = low.iter().find(|one| one.loss.is_some())?;
    let alike: Vec<&WeakTask<'_>> = low.iter().copied().filter(|one| one.loss == first.loss).collect();
    let how = loss_words(note, &alike)?;
    Some(("Как теряем.".to_owned(), format!("{how}{}{}", groups(note, first), supposed(first.loss?))))
}

fn supposed(loss: Loss) -> &'static str {
    match loss {
        Loss::NotBegun => " Вероятно, часть школ не прошла тему к дате работы: это нужно сверить с планированием.",
        Loss::NotFinished => "",
        Loss::TriedWrong => " Вероятно, не хватает практики, а не самой темы: это нужно проверить по работам.",
    }
}

/// «За № 14 берутся почти все (не приступали 1–3 %), но ошибаются».
fn loss_words(note: &Note<'_, '_>, alike: &[&WeakTask<'_>]) -> Option<String> {
    let first = alike.first()?;
    let ids: Vec<&str> = alike.iter().map(|one| one.task.id.as_str()).collect();
    let tasks = words::task_list(&ids);
    let range = |share: fn(&WeakTask<'_>) -> Option<Percent>| {
        let shares = alike.iter().filter_map(|one| share(one)).map(|share| share.0.round());
        let (low, high) =
            shares.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(one), high.max(one)));
        if low < high { format!("{} %", number::range(low, high, 0)) } else { number::percent_exact(low, 0) }
    };
    let begun = |one: &WeakTask<'_>| one.not_begun();
    let n = ids.len() as u64;
    Some(match first.loss? {
        Loss::NotBegun => said::not_begun(n, &tasks, &range(begun)),
        Loss::NotFinished => {
            let part = |one: &WeakTask<'_>| Percent::of(one.row.counts.partial, one.row.counts.n);
            said::not_finished(n, &tasks, &range(part))
        }
        Loss::TriedWrong if note.procedure().has_attempts() => {
            let zero = |one: &WeakTask<'_>| Percent::of(one.row.counts.zero, one.row.counts.n);
            said::without_points(n, &tasks, &range(zero))
        }
        Loss::TriedWrong => said::tried_wrong(n, &tasks, &range(begun)),
    })
}

/// How far the groups by mark lie apart on a task.
fn groups(note: &Note<'_, '_>, one: &WeakTask<'_>) -> String {
    let chapter = note.chapter(one);
    let of = |mark| one.of_mark(note.context, chapter, mark);
    let (Some(three), Some(five)) = (of(3), of(5)) else { return String::new() };
    let limit = note.context.thresholds.value("note.groups");
    if five.0 < note.context.thresholds.value("note.hard") {
        return format!(
            " №\u{a0}{} трудно всем: в группе «5» выполняют {}.",
            one.task.id,
            number::percent_exact(five.0, 0)
        );
    }
    if five.0 - three.0 < limit {
        return String::new();
    }
    format!(
        " №\u{a0}{} в группе «3» выполняют {}, в группе «5»\u{a0}— {}.",
        one.task.id,
        number::percent_exact(three.0, 0),
        number::percent_exact(five.0, 0)
    )
}

/// Tasks that are done well enough, and worse than in the region.
fn reached_but_behind(note: &Note<'_, '_>) -> Option<Line> {
    let behind: Vec<&WeakTask<'_>> = note.weak.iter().filter(|one| one.lag == Lag::Region).take(MOST_TASKS).collect();
    if behind.is_empty() {
        return None;
    }
    let named: Vec<String> = behind.iter().map(|one| task(note, one)).collect();
    let region = note.context.style.region;
    Some((
        "Порог взят, но отстаём.".to_owned(),
        format!("Хуже, чем в {}: {}. Эти темы надо повторять со всеми.", region.in_the_rest(), words::list(&named)),
    ))
}

/// Who does it well, who needs help.
fn schools(note: &Note<'_, '_>) -> Option<Line> {
    let skills: Vec<&str> =
        note.weak.iter().filter(|one| one.is_below_threshold()).map(|one| one.task.matter()).collect();
    let mut help: Vec<&str> = Vec::new();
    let mut able: Vec<&str> = Vec::new();
    let mut compared = 0;
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
    }
    if compared == 0 {
        return None;
    }
    let names = |found: &[&str]| -> Vec<&str> {
        let listed = note.context.schools.iter().filter(|school| found.contains(&school.as_str()));
        listed.map(|school| note.context.school(school)).collect()
    };
    let sentence = said::schools(&names(&able), &names(&help), MOST_SCHOOLS);
    Some(("На кого опереться.".to_owned(), sentence))
}
