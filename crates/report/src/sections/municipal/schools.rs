//! «Школы: кому помочь и у кого учиться»: what a test has shown of schools, in the order of the register.

use super::Municipality;
use crate::facts::partners::{self, Pair};
use crate::facts::skills::findings_of;
use crate::facts::{looked_at, works};
use crate::sections::worth_studying;
use crate::table::TableOf;
use srez_model::finding::{Finding, Status};
use srez_model::report::{Block, Text};
use srez_model::sign::Cause;
use srez_wording::sentence::municipal as said;
use srez_wording::text as words;
use std::collections::BTreeSet;

/// Schools that a document shows.
pub(super) const MOST: usize = 12;
/// Schools to turn to.
const MOST_HOLDERS: usize = 2;
/// Schools above the others that the note names.
const MOST_WORTH: usize = 5;

/// What a school lacks in a work.
pub(super) struct Lack<'a> {
    /// Place of the chapter.
    chapter: usize,
    /// The findings, the work as a whole before its skills.
    findings: Vec<&'a Finding>,
}

/// A school that is below the others.
pub(super) struct School<'a, 'b> {
    pub(super) school: &'b str,
    /// Work by work.
    pub(super) lacks: Vec<Lack<'a>>,
    place: &'b Municipality<'a, 'b>,
}

/// Schools of which a test has shown that they are below the others; what a school does worse than its own level is no
/// matter of the municipality.
pub(super) fn to_help<'a, 'b>(place: &'b Municipality<'a, 'b>) -> Vec<School<'a, 'b>> {
    let is_low = |finding: &&Finding| {
        let is_of_others = matches!(finding.sign.cause, Cause::LowTotal | Cause::LowSkill | Cause::MoreTwos);
        is_of_others && finding.status == Status::Probable && finding.is_told()
    };
    let of_school = |school: &'b String| {
        let mut lacks = Vec::new();
        for (at, chapter) in place.chapters.iter().enumerate() {
            let of_chapter = chapter.findings.findings.iter();
            let mut findings: Vec<&'a Finding> = of_chapter
                .filter(|finding| findings_of(chapter, school).any(|one| std::ptr::eq(one, *finding)))
                .filter(is_low)
                .collect();
            findings.sort_by_key(|finding| finding.sign.cause != Cause::LowTotal);
            if !findings.is_empty() {
                lacks.push(Lack { chapter: at, findings });
            }
        }
        (!lacks.is_empty()).then_some(School { school, lacks, place })
    };
    place.context.schools.iter().filter_map(of_school).collect()
}

/// How many schools are below the others.
pub(crate) fn count(place: &Municipality<'_, '_>) -> u64 {
    to_help(place).len() as u64
}

impl School<'_, '_> {
    /// True where more low results than in the other schools were shown.
    pub(super) fn has_more_twos(&self) -> bool {
        self.lacks.iter().flat_map(|lack| &lack.findings).any(|finding| finding.sign.cause == Cause::MoreTwos)
    }

    /// In how many works it is below the others as a whole, or has more low results.
    pub(super) fn whole_works(&self) -> usize {
        let is_whole = |finding: &&Finding| matches!(finding.sign.cause, Cause::LowTotal | Cause::MoreTwos);
        self.lacks.iter().filter(|lack| lack.findings.iter().any(is_whole)).count()
    }

    /// «ВПР, математика, 8 класс: работа в целом; ОГЭ, русский язык: больше отметок «2»».
    fn lacks_words(&self) -> String {
        let of_lack = |lack: &Lack<'_>| {
            let exam = &self.place.chapters[lack.chapter].measures.exam;
            if lack.findings.iter().all(|finding| finding.sign.cause == Cause::LowTotal) {
                return works::short_title(exam);
            }
            let what = lack.findings.iter().map(|finding| match finding.sign.cause {
                Cause::LowTotal => "работа в целом".to_owned(),
                Cause::MoreTwos if exam.has_test_scores() => "больше результатов ниже минимума".to_owned(),
                Cause::MoreTwos => "больше отметок «2»".to_owned(),
                _ => words::lowered(&finding.matter_title),
            });
            format!("{}: {}", works::short_title(exam), what.collect::<Vec<_>>().join(", "))
        };
        self.lacks.iter().map(of_lack).collect::<Vec<_>>().join("; ")
    }

    /// Schools that do well what this one lacks.
    fn holders(&self, pairs: &[Pair<'_>]) -> String {
        let is_lacking = |pair: &&Pair<'_>| {
            let has = |finding: &&Finding| match finding.sign.cause {
                Cause::LowSkill => finding.matter_title == pair.skill,
                _ => pair.skill.is_empty(),
            };
            pair.school == self.school
                && self.lacks.iter().any(|lack| lack.chapter == pair.chapter && lack.findings.iter().any(&has))
        };
        let mut names: Vec<&str> = Vec::new();
        for holder in pairs.iter().filter(is_lacking).flat_map(|pair| &pair.holders) {
            let name = self.place.context.school(holder);
            if !names.contains(&name) && names.len() < MOST_HOLDERS {
                names.push(name);
            }
        }
        if names.is_empty() { "методическое объединение".to_owned() } else { names.join(", ") }
    }
}

/// Schools of which a test has shown that they do better than the others, in the order of the register.
pub(super) fn worth<'b>(place: &'b Municipality<'_, '_>) -> Vec<&'b str> {
    let lists: Vec<_> = place.chapters.iter().filter_map(worth_studying::list).collect();
    let named: BTreeSet<&str> = lists.iter().flat_map(|list| &list.schools).map(String::as_str).collect();
    place.context.schools.iter().map(String::as_str).filter(|school| named.contains(school)).collect()
}

/// The table; one sentence where no school is below the others, or where none was compared.
pub(crate) fn blocks(place: &Municipality<'_, '_>) -> Vec<Block> {
    let mut found = to_help(place);
    if found.is_empty() {
        return vec![Block::Paragraph(Text::plain(nobody(place)))];
    }
    let needs = partners::needs(place.context, place.chapters);
    let pairs = partners::pairs(place.context, place.chapters, &needs);
    let all = found.len();
    if MOST < all {
        // Stable: schools with as many works keep the order of the register.
        found.sort_by_key(|one| std::cmp::Reverse((one.whole_works(), one.lacks.len())));
        found.truncate(MOST);
        found.sort_by_key(|one| place.context.schools.iter().position(|school| school == one.school));
    }
    let left = (all - found.len()) as u64;
    let mut note = "Без уточнения — по работе в целом. Порядок — по реестру, это не рейтинг.".to_owned();
    if 0 < left {
        note.push_str(&format!(" {}", said::more_schools(left)));
    }
    let worth: Vec<&str> = worth(place).iter().take(MOST_WORTH).map(|school| place.context.school(school)).collect();
    if !worth.is_empty() {
        note.push_str(&format!(" Хотя бы в одной работе выше остальных: {}.", worth.join(", ")));
    }
    let table = TableOf::new(found)
        .text("Школа", 2.0, |one| place.context.school(one.school).to_owned())
        .text("В чём ниже остальных школ", 5.4, School::lacks_words)
        .text("К кому обратиться", 2.6, |one| one.holders(&pairs));
    vec![table.named("schools", "Школы, которым нужна помощь", note)]
}

/// What is said where no school is named.
fn nobody(place: &Municipality<'_, '_>) -> String {
    if !looked_at::compares_any(place.context, place.chapters) {
        return "Школы между собой не сравнивались: школ или участников для этого мало.".to_owned();
    }
    let signs = ["S01", "S01a", "S02"];
    let families = place.chapters.iter().flat_map(|chapter| &chapter.findings.families);
    let families = families.filter(|family| signs.contains(&family.sign.0));
    let (checked, indistinct) = families.fold((0, 0), |(checked, indistinct), family| {
        (checked + family.checked as u64, indistinct + family.indistinct as u64)
    });
    said::no_school_below(checked, indistinct)
}
