//! «Что нужно решить»: what follows from the results of all works, each with its reason, to whom and until when.

use super::schools::School;
use super::subjects::{self, Lack, Subject};
use super::{Municipality, schools};
use crate::facts::calendar::{until_interviews, until_meeting};
use crate::facts::works;
use crate::sections::subject_note::checks;
use srez_model::action::EffectVerdict;
use srez_model::check::CheckState;
use srez_model::delivery::FileStatus;
use srez_model::finding::Finding;
use srez_model::level::Level;
use srez_model::report::{Block, Text};
use srez_model::unit::as_f64;
use srez_wording::sentence::{municipal as said, schools as of_schools};
use srez_wording::{grade, text as words};

/// Decisions at most.
const MOST: usize = 5;
/// Subjects that get a measure of their own.
const MOST_SUBJECTS: usize = 2;
/// Works that a reason names.
const MOST_WORKS: usize = 3;
/// Schools that a decision names.
const MOST_SCHOOLS: usize = 6;

/// A decision that the head takes or changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) head: String,
    /// Sentences with the numbers.
    pub(crate) why: String,
    /// The same where no school is named, for what goes to all schools.
    pub(crate) fact: String,
    pub(crate) whom: String,
    pub(crate) term: String,
}

/// The decisions, the most important first; one that says that none is needed where nothing calls for one.
pub(crate) fn all(place: &Municipality<'_, '_>) -> Vec<Decision> {
    let subjects = subjects::all(place);
    let (urgent, others): (Vec<_>, Vec<_>) = subjects.iter().partition(|subject| is_urgent(subject));
    let mut decisions: Vec<Decision> =
        urgent.into_iter().take(MOST_SUBJECTS).map(|one| measure_of_subject(place, one)).collect();
    decisions.extend(support(place));
    decisions.extend(others.iter().filter_map(|one| skill_of_subject(place, one)).take(1));
    decisions.extend(check_of_borders(place));
    decisions.extend(missing_data(place));
    decisions.extend(confirmed_measure(place));
    decisions.truncate(MOST);
    if decisions.is_empty() {
        decisions.push(nothing(place));
    }
    decisions
}

/// The decisions as numbered paragraphs, with boxes for the answer.
pub(crate) fn blocks(place: &Municipality<'_, '_>) -> Vec<Block> {
    let text = |one: &Decision| {
        let to_whom = match (one.whom.as_str(), one.term.as_str()) {
            ("", _) => String::new(),
            (whom, term) => format!(" Кому: {whom}. Срок: {term}. Решение: да / изменить."),
        };
        Text::default().bold(format!("{}. ", one.head)).then(format!("{}{to_whom}", one.why))
    };
    let steps = Block::Steps(all(place).iter().map(text).collect());
    vec![steps, Block::Note("Нужное в строке «Решение» подчеркнуть; кому и срок можно изменить.".into())]
}

/// True where a subject is behind the region, where a condition of its scale costs marks, or where one skill lacks in
/// several works.
fn is_urgent(subject: &Subject<'_, '_, '_>) -> bool {
    !subject.behind().is_empty() || subject.condition().is_some() || subject.lack().is_some_and(|lack| 1 < lack.works)
}

/// «Геометрия», 4 и 9 классы.
fn titled(lack: &Lack<'_>) -> String {
    format!("«{}», {}", words::capitalised(lack.skill), grade::list(&lack.grades))
}

fn measure_of_subject(place: &Municipality<'_, '_>, subject: &Subject<'_, '_, '_>) -> Decision {
    let lack = subject.lack();
    let behind = subject.behind();
    let head = match &lack {
        Some(lack) if 1 < lack.works => format!("Ввести сквозную меру {}", titled(lack)),
        Some(lack) => format!("Принять меру по {}: {}", subject.dative(), titled(lack)),
        None => format!("Разобрать результаты по {}", subject.dative()),
    };
    let region = place.context.style.region;
    let shown: Vec<&str> = behind.iter().take(MOST_WORKS).map(String::as_str).collect();
    let behind = (!shown.is_empty()).then(|| format!("Ниже, чем в {}: {}.", region.in_the_rest(), shown.join("; ")));
    let tried = lack.as_ref().and_then(|lack| subject.tried(lack.skill));
    let why = [behind, subject.condition(), subject.below_thresholds(), tried];
    let why = why.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Decision {
        head,
        fact: why.clone(),
        why,
        whom: format!("методическое объединение учителей {}, все школы", subject.genitive()),
        term: until_meeting(place.context),
    }
}

/// Schools that are below the others in several works, or with more low results than the others.
fn support(place: &Municipality<'_, '_>) -> Option<Decision> {
    let found = schools::to_help(place);
    let (below, urgent) = most_urgent(&found)?;
    let n = urgent.len() as u64;
    let named: Vec<&str> = urgent.iter().take(MOST_SCHOOLS).map(|one| place.context.school(one.school)).collect();
    let more = n.saturating_sub(named.len() as u64);
    // Whoever needs support is not asked to give it, though one of its skills may be better than elsewhere.
    let needs = |school: &str| urgent.iter().any(|one| one.school == school);
    let holders = schools::worth(place).into_iter().filter(|school| !needs(school));
    let holders: Vec<&str> = holders.take(3).map(|school| place.context.school(school)).collect();
    let support = if holders.is_empty() { String::new() } else { format!("; опора: {}", words::list(&holders)) };
    Some(Decision {
        head: said::support_schools(n),
        why: format!(
            "{}: {}; в чём\u{a0}— в таблице школ.",
            of_schools::names_and_more(more, &named.join(", ")),
            below
        ),
        fact: said::schools_below(n, &below),
        whom: format!("методический центр{support}"),
        term: until_interviews(place.context),
    })
}

/// Schools that are below the others in two works or have more low results, and that in words; where the table cannot
/// show them all, those that are below in whole works, in as many of them as leaves no more than it can.
fn most_urgent<'a, 'b, 'c>(found: &'c [School<'a, 'b>]) -> Option<(String, Vec<&'c School<'a, 'b>>)> {
    let least = 2;
    let chosen = |is_urgent: &dyn Fn(&School<'a, 'b>) -> bool| -> Vec<&'c School<'a, 'b>> {
        found.iter().filter(|one| is_urgent(one)).collect()
    };
    let any = chosen(&|one| least <= one.lacks.len() || one.has_more_twos());
    let most = found.iter().map(School::whole_works).max()?;
    let whole = (least..=most)
        .map(|works| (said::below_in_whole_works(works as u64), chosen(&|one| works <= one.whole_works())));
    let mut choices: Vec<(String, Vec<&School<'_, '_>>)> = vec![(said::BELOW_IN_WORKS.to_owned(), any)];
    choices.extend(whole);
    choices.retain(|(_, schools)| !schools.is_empty());
    let place = choices.iter().position(|(_, schools)| schools.len() <= schools::MOST);
    let last = choices.len().checked_sub(1)?;
    Some(choices.swap_remove(place.unwrap_or(last)))
}

/// A skill that lacks in a subject that is not behind the region.
fn skill_of_subject(place: &Municipality<'_, '_>, subject: &Subject<'_, '_, '_>) -> Option<Decision> {
    let least = place.context.thresholds.value("F07.tasks");
    let lack = subject.lack().filter(|lack| least <= as_f64(lack.tasks))?;
    let tried = subject.tried(lack.skill).unwrap_or_default();
    let genitive = subject.genitive();
    let why = format!("{} {tried}", subject.below_thresholds()?).trim_end().to_owned();
    Some(Decision {
        head: format!("Поручить методическому объединению учителей {genitive}: {}", titled(&lack)),
        fact: why.clone(),
        why,
        whom: format!("методическое объединение учителей {genitive}"),
        term: until_meeting(place.context),
    })
}

/// Scores that gather at a border of marks over the whole place.
fn check_of_borders(place: &Municipality<'_, '_>) -> Option<Decision> {
    let focus = &place.context.focus;
    let mut named = Vec::new();
    for chapter in place.chapters {
        let state = chapter.measures.bunching_of(focus.level, &focus.name).and_then(|row| row.state);
        if state != Some(CheckState::Found) {
            continue;
        }
        let is_told = |one: &&Finding| one.sign.id == "S05" && one.level == focus.level && one.group == focus.name;
        let Some(finding) = chapter.findings.findings.iter().find(is_told) else { continue };
        let outcome = words::lowered(&checks::outcome_at_border(finding));
        named.push(format!("{}: {outcome}.", works::in_words(place.context, &chapter.measures.exam)));
    }
    let why = named.iter().take(MOST_WORKS).map(String::as_str).collect::<Vec<_>>().join(" ");
    (!named.is_empty()).then(|| Decision {
        head: "Провести выборочную перепроверку".to_owned(),
        fact: String::new(),
        why,
        whom: "комиссия методического объединения, без названий школ".to_owned(),
        term: until_interviews(place.context),
    })
}

/// What a file would mend: the region, specifications, files that were not accepted.
fn missing_data(place: &Municipality<'_, '_>) -> Option<Decision> {
    let count = |of: &dyn Fn(&crate::context::Chapter<'_>) -> bool| works::count_where(place.chapters, of);
    let all = count(&|_| true);
    let without_region = count(&|chapter| chapter.measures.references.is_empty());
    let region = place.context.style.region.genitive;
    let mut parts = Vec::new();
    if 0 < without_region {
        parts.push(said::region_unknown(without_region, all, region));
    }
    let unspecified = count(&|chapter| !chapter.measures.exam.specified);
    if 0 < unspecified {
        parts.push(srez_wording::sentence::works::without_specification(unspecified));
    }
    let refused = place.context.facts.files.iter().filter(|entry| entry.status == FileStatus::Rejected).count() as u64;
    if 0 < refused {
        parts.push(said::files_again(refused));
    }
    (!parts.is_empty()).then(|| Decision {
        head: "Запросить недостающие данные".to_owned(),
        why: words::sentence(&words::capitalised(&parts.join("; "))),
        fact: String::new(),
        whom: "отдел образования, методический центр".to_owned(),
        term: until_meeting(place.context),
    })
}

/// A measure of last year whose effect is confirmed.
fn confirmed_measure(place: &Municipality<'_, '_>) -> Option<Decision> {
    let rows = place.context.facts.effects.rows.iter();
    let mut confirmed = rows.filter(|row| row.level == Level::Municipality && row.verdict == EffectVerdict::Confirmed);
    let row = confirmed.next()?;
    Some(Decision {
        head: "Распространить меру, эффект которой подтверждён".to_owned(),
        why: super::last_measures::words_of(place.context, place.chapters, row),
        fact: String::new(),
        whom: "методический центр".to_owned(),
        term: until_meeting(place.context),
    })
}

/// Nothing calls for a decision; what was not looked at is not told to be well.
fn nothing(place: &Municipality<'_, '_>) -> Decision {
    let is_judged = place.notes.iter().any(crate::sections::subject_note::Note::is_judged);
    let why = if is_judged {
        "Ни одна работа не ниже остальных школ региона, заданий ниже порога и школ, которым нужна отдельная помощь, не \
         выявлено."
    } else {
        "По загруженным данным выводов о недостатках нет: в описаниях работ нет уровней заданий."
    };
    Decision {
        head: "Решений по результатам не требуется".to_owned(),
        why: why.to_owned(),
        fact: String::new(),
        whom: String::new(),
        term: String::new(),
    }
}
