//! How good the data are: what is expected, what came and when, joined with what the files say.

use super::quality_score;
use srez_model::assessment::ExamKey;
use srez_model::corrections::{CheckRecord, PastChecks};
use srez_model::data_quality::{Arrival, DataQuality, DueDates, PastQuality, QualityCounts, SchoolQuality};
use srez_model::level::Level;
use srez_model::measures::{MarksRow, Measures};
use srez_model::place::{Register, has_grade};
use srez_model::threshold::Thresholds;
use srez_model::unit::Percent;
use std::collections::{BTreeMap, BTreeSet};

/// Earlier checks that are remembered and shown.
const MOST_PAST: usize = 12;

/// By what the delivery of results is judged.
#[derive(Clone, Copy, Debug)]
pub struct QualitySettings<'a> {
    /// Date of the check as `YYYY-MM-DD`.
    pub date: &'a str,
    /// The reported year; none where all are.
    pub year: Option<u16>,
    /// Days by which works are expected.
    pub due: &'a DueDates,
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// Schools.
    pub register: &'a Register,
    /// Ids of the schools of which the documents speak.
    pub schools: &'a [String],
}

/// The scores of a run, and what the next one has to know.
pub struct JudgedQuality {
    /// For the documents.
    pub quality: DataQuality,
    schools: BTreeMap<String, (QualityCounts, BTreeMap<String, Arrival>)>,
    past: Vec<PastQuality>,
}

impl JudgedQuality {
    /// Writes what the next check has to know into the record of this one.
    pub fn write_into(self, record: &mut CheckRecord) {
        for (school, (counts, arrivals)) in self.schools {
            let of_school = record.schools.entry(school).or_default();
            (of_school.quality, of_school.arrivals) = (Some(counts), arrivals);
        }
        record.past = self.past;
    }
}

/// Judges the schools by their results that are held, the files of this run, and what earlier checks remember.
pub fn judge_quality(
    settings: &QualitySettings<'_>,
    measures: &[Measures],
    files: &BTreeMap<String, QualityCounts>,
    checks: &PastChecks,
) -> JudgedQuality {
    let &QualitySettings { register, schools, .. } = settings;
    let types: BTreeMap<&str, &str> =
        register.schools.iter().map(|school| (school.id.as_str(), school.school_type.as_str())).collect();
    let with_grade =
        |exam: &ExamKey, school: &str| has_grade(types.get(school).copied().unwrap_or_default(), exam.grade);
    let (came, held) = (came(measures), held(measures));
    let expected = expected(settings, &held, &with_grade);

    let mut judged = BTreeMap::new();
    for school in schools {
        let mut counts = files.get(school).copied().unwrap_or_default();
        let arrivals = arrivals(settings.date, school, &came, checks);
        let of_grade: Vec<&ExamKey> = expected.iter().copied().filter(|exam| with_grade(exam, school)).collect();
        // The parts of a work come in one file: they are one result that is expected.
        for parts in of_grade.chunk_by(|left, right| left.is_part_beside(right)) {
            let is_in = |of: &BTreeMap<&ExamKey, BTreeSet<&str>>, exam: &ExamKey| {
                of.get(exam).is_some_and(|of| of.contains(school.as_str()))
            };
            counts.expected += 1;
            counts.present += u64::from(parts.iter().any(|exam| is_in(&held, exam)));
            if let Some(due) = parts.iter().find_map(|exam| settings.due.of(exam)) {
                // A form of absent pupils alone came in time, too.
                let arrival = parts.iter().find(|exam| is_in(&came, exam)).and_then(|exam| arrivals.get(&exam.id()));
                time(&mut counts, settings.date, due, arrival);
            }
        }
        judged.insert(school.clone(), (counts, arrivals));
    }
    let score = |counts| quality_score(settings.thresholds, counts);
    let former = |school: &str| checks.former.as_ref().and_then(|former| former.schools.get(school)?.quality);
    let past = past(checks.former.as_ref());
    let mut all = QualityCounts::default();
    judged.values().for_each(|(counts, _)| all.add(counts));
    let quality = DataQuality {
        date: settings.date.to_owned(),
        all: score(all),
        schools: schools
            .iter()
            .filter_map(|school| {
                let (counts, _) = judged.get(school)?;
                Some(SchoolQuality { school: school.clone(), now: score(*counts), before: former(school).map(score) })
            })
            .collect(),
        past: past.iter().map(|past| (past.date.clone(), score(past.counts))).collect(),
        expected: expected.iter().map(|exam| exam.id()).collect(),
    };
    JudgedQuality { quality, schools: judged, past }
}

/// Schools with results, by work: somebody wrote it.
fn held(measures: &[Measures]) -> BTreeMap<&ExamKey, BTreeSet<&str>> {
    schools_by_work(measures, |row| row.n > 0)
}

/// Schools that sent something, by work, if only that all were absent.
fn came(measures: &[Measures]) -> BTreeMap<&ExamKey, BTreeSet<&str>> {
    schools_by_work(measures, |_| true)
}

fn schools_by_work(measures: &[Measures], wanted: impl Fn(&MarksRow) -> bool) -> BTreeMap<&ExamKey, BTreeSet<&str>> {
    let of_exam = measures.iter().map(|measures| {
        let of_schools = measures.marks.iter().filter(|row| row.level == Level::School && wanted(row));
        (&measures.exam.key, of_schools.map(|row| row.group.as_str()).collect())
    });
    of_exam.collect()
}

/// Works that every school with their grade is to have: those that most such schools have, and those with a day of
/// their own. Exams are taken by choice, and it is not the school that sends their protocols: only a day of their own
/// makes them expected.
fn expected<'a>(
    settings: &QualitySettings<'a>,
    held: &BTreeMap<&'a ExamKey, BTreeSet<&str>>,
    with_grade: &dyn Fn(&ExamKey, &str) -> bool,
) -> BTreeSet<&'a ExamKey> {
    let least = settings.thresholds.value("quality.expected");
    let is_usual = |(exam, of): &(&&'a ExamKey, &BTreeSet<&str>)| {
        let could: Vec<&String> = settings.schools.iter().filter(|school| with_grade(exam, school)).collect();
        let have = could.iter().filter(|school| of.contains(school.as_str())).count();
        let share = Percent::of(have as u64, could.len() as u64);
        !exam.procedure.has_attempts() && share.is_some_and(|share| least <= share.0)
    };
    let usual = held.iter().filter(is_usual).map(|(exam, _)| *exam);
    let named = settings.due.of_exam.keys().filter(|exam| settings.year.is_none_or(|year| exam.year == year));
    usual.chain(named).collect()
}

/// When the works of a school came. A record of an earlier version of the program knows only that a work was there.
fn arrivals(
    today: &str,
    school: &str,
    held: &BTreeMap<&ExamKey, BTreeSet<&str>>,
    checks: &PastChecks,
) -> BTreeMap<String, Arrival> {
    let of = |record: &'_ Option<CheckRecord>| record.as_ref().and_then(|record| record.schools.get(school)).cloned();
    let (former, own) = (of(&checks.former).unwrap_or_default(), of(&checks.own).unwrap_or_default());
    let since = checks.former.as_ref().map_or("", |former| former.date.as_str());
    // That a work is not in such a record says nothing of whether it was held.
    let missing = if former.quality.is_some() { since } else { "" };
    let mut arrivals = former.arrivals;
    for exam in held.iter().filter(|(_, of)| of.contains(school)).map(|(exam, _)| exam.id()) {
        let arrival = if former.works.contains_key(&exam) {
            Arrival { seen: since.to_owned(), missing: String::new() }
        } else {
            let now = Arrival { seen: today.to_owned(), missing: missing.to_owned() };
            own.arrivals.get(&exam).filter(|own| own.seen < now.seen).cloned().unwrap_or(now)
        };
        arrivals.entry(exam).or_insert(arrival);
    }
    arrivals
}

/// Judges one expected work by its day; `arrival` is none where the work is not there.
///
/// A check on the day itself or later that did not find the work tells that it is late. A work that came after the last
/// check before the day and before the first one after it is not judged.
fn time(counts: &mut QualityCounts, today: &str, due: &str, arrival: Option<&Arrival>) {
    let was_late = |arrival: &Arrival| !arrival.missing.is_empty() && due <= arrival.missing.as_str();
    match arrival {
        _ if today < due => counts.awaited += 1,
        None => counts.due += 1,
        Some(arrival) if arrival.seen.as_str() <= due => {
            counts.due += 1;
            counts.in_time += 1;
        }
        Some(arrival) if was_late(arrival) => counts.due += 1,
        Some(_) => counts.undated += 1,
    }
}

/// Counts of the checks before, the last one among them if it kept any.
fn past(former: Option<&CheckRecord>) -> Vec<PastQuality> {
    let Some(former) = former else { return Vec::new() };
    let mut past = former.past.clone();
    let mut counts = QualityCounts::default();
    let of_schools: Vec<&QualityCounts> = former.schools.values().filter_map(|of| of.quality.as_ref()).collect();
    of_schools.iter().for_each(|of_school| counts.add(of_school));
    if !of_schools.is_empty() {
        past.push(PastQuality { date: former.date.clone(), counts });
    }
    past.drain(..past.len().saturating_sub(MOST_PAST));
    past
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counted::{self, Pupil, count};
    use crate::measure;
    use srez_model::assessment::{Exam, Procedure, Scale};
    use srez_model::corrections::SchoolDelivery;

    fn exam(subject: &str, grade: u8) -> ExamKey {
        ExamKey::new(Procedure::Vpr, 2026, subject, grade)
    }

    fn ids(count: usize) -> Vec<String> {
        (1..=count).map(|number| format!("edu{number}")).collect()
    }

    #[test]
    fn a_work_is_judged_by_the_checks_around_its_day() {
        let arrival = |seen: &str, missing: &str| Arrival { seen: seen.to_owned(), missing: missing.to_owned() };
        let judged = |today: &str, arrival: Option<Arrival>| {
            let mut counts = QualityCounts::default();
            time(&mut counts, today, "2026-05-20", arrival.as_ref());
            [counts.due, counts.in_time, counts.undated, counts.awaited]
        };
        assert_eq!(judged("2026-05-19", None), [0, 0, 0, 1], "the day is yet to come");
        assert_eq!(judged("2026-05-19", Some(arrival("2026-05-01", ""))), [0, 0, 0, 1]);
        assert_eq!(judged("2026-05-20", None), [1, 0, 0, 0], "not there on the day");
        assert_eq!(judged("2026-06-01", Some(arrival("2026-05-20", "2026-05-01"))), [1, 1, 0, 0], "there on the day");
        assert_eq!(judged("2026-06-01", Some(arrival("2026-06-01", "2026-05-20"))), [1, 0, 0, 0], "seen to be late");
        assert_eq!(judged("2026-06-01", Some(arrival("2026-06-01", "2026-05-19"))), [0, 0, 1, 0], "nobody looked");
        assert_eq!(judged("2026-06-01", Some(arrival("2026-06-01", ""))), [0, 0, 1, 0], "the first check of all");
    }

    #[test]
    fn the_first_check_that_found_a_work_tells_when_it_came() {
        let (math, physics) = (exam("math", 8), exam("physics", 8));
        let held: BTreeMap<&ExamKey, BTreeSet<&str>> = [(&math, ["edu1"].into()), (&physics, ["edu1"].into())].into();
        let record = |date: &str, of: SchoolDelivery| {
            Some(CheckRecord {
                date: date.to_owned(),
                schools: [("edu1".to_owned(), of)].into(),
                ..CheckRecord::default()
            })
        };
        let with = |seen: &str, missing: &str| {
            let arrival = Arrival { seen: seen.to_owned(), missing: missing.to_owned() };
            SchoolDelivery {
                quality: Some(QualityCounts::default()),
                arrivals: [(math.id(), arrival)].into(),
                ..SchoolDelivery::default()
            }
        };
        let found = |today: &str, checks: &PastChecks| {
            let of: Vec<(String, String)> = arrivals(today, "edu1", &held, checks)
                .into_values()
                .map(|arrival| (arrival.seen, arrival.missing))
                .collect();
            of
        };
        let pair = |seen: &str, missing: &str| (seen.to_owned(), missing.to_owned());
        let june = "2026-06-10";
        assert_eq!(found(june, &PastChecks::default()), [pair("2026-06-10", ""), pair("2026-06-10", "")]);

        let former = record("2026-06-01", with("2026-05-15", "2026-05-01"));
        let checks = PastChecks { former: former.clone(), own: None };
        let expected = [pair("2026-05-15", "2026-05-01"), pair("2026-06-10", "2026-06-01")];
        assert_eq!(found(june, &checks), expected, "mathematics was there, physics is new");

        // The same inputs again, later: what came did not come later for it.
        let mut own = with("2026-05-15", "2026-05-01");
        let seen = Arrival { seen: "2026-06-05".to_owned(), missing: "2026-06-01".to_owned() };
        own.arrivals.insert(physics.id(), seen);
        let again = PastChecks { former, own: record("2026-06-05", own) };
        assert_eq!(found(june, &again)[1], pair("2026-06-05", "2026-06-01"));

        // A record from before there were scores knows what was there, and not what was not.
        let works = [(math.id(), "hash".to_owned())].into();
        let old = record("2026-06-01", SchoolDelivery { works, ..SchoolDelivery::default() });
        let old = PastChecks { former: old, own: None };
        assert_eq!(found(june, &old), [pair("2026-06-01", ""), pair("2026-06-10", "")]);
    }

    #[test]
    fn a_work_that_most_schools_have_is_expected_of_all_with_its_grade() {
        let (mut due, mut thresholds) = (DueDates::default(), srez_config::thresholds::built_in().unwrap());
        let (schools, register) = (ids(9), Register::default());
        let with_grade = |exam: &ExamKey, school: &str| exam.grade <= 4 || school != "edu9";
        let (usual, by_chance, basic) = (exam("math", 8), exam("history", 8), exam("math", 4));
        let first = |count: usize| schools.iter().take(count).map(String::as_str).collect::<BTreeSet<_>>();
        let by_choice = ExamKey { procedure: Procedure::Oge, ..exam("math", 8) };
        let held: BTreeMap<&ExamKey, BTreeSet<&str>> =
            [(&usual, first(6)), (&by_chance, first(5)), (&basic, first(6)), (&by_choice, first(9))].into();
        let of = |due: &DueDates, thresholds: &Thresholds, schools: &[String]| -> Vec<String> {
            let (date, year) = ("2026-06-10", Some(2026));
            let settings = QualitySettings { date, year, due, thresholds, register: &register, schools };
            expected(&settings, &held, &with_grade).into_iter().map(ExamKey::id).collect()
        };
        // Six of the eight with grade 8 are 75 %, five are not; six of nine with grade 4 are not.
        assert_eq!(of(&due, &thresholds, &schools), ["vpr-2026-math-8"]);
        for key in [exam("physics", 8), ExamKey { year: 2025, ..exam("physics", 8) }] {
            due.of_exam.insert(key, "2026-05-20".to_owned());
        }
        let both = ["vpr-2026-math-8", "vpr-2026-physics-8"];
        assert_eq!(of(&due, &thresholds, &schools), both, "a work with a day of its own in this year");
        thresholds.entries.get_mut("quality.expected").unwrap().value = 50.0;
        assert_eq!(of(&due, &thresholds, &schools).len(), 4);
        assert!(of(&due, &thresholds, &[]).iter().all(|exam| exam.contains("physics")));
    }

    #[test]
    fn checks_without_counts_are_no_part_of_the_past() {
        let counts = |present| QualityCounts { expected: 4, present, ..QualityCounts::default() };
        let of = |quality| SchoolDelivery { quality, ..SchoolDelivery::default() };
        let past_of = |count: u64| -> Vec<PastQuality> {
            (0..count).map(|at| PastQuality { date: format!("2026-01-{at:02}"), counts: counts(at) }).collect()
        };
        assert!(past(None).is_empty());
        let old = CheckRecord {
            date: "2026-02-01".to_owned(),
            past: past_of(2),
            schools: [("edu1".to_owned(), of(None))].into(),
            ..CheckRecord::default()
        };
        assert_eq!(past(Some(&old)).len(), 2, "it has none of its own");
        let schools = [("edu1".to_owned(), of(Some(counts(1)))), ("edu2".to_owned(), of(Some(counts(3))))].into();
        let full = CheckRecord { past: past_of(12), schools, ..old };
        let past = past(Some(&full));
        assert_eq!((past.len(), past[0].date.as_str()), (12, "2026-01-01"));
        assert_eq!((past[11].counts.expected, past[11].counts.present), (8, 4));
    }

    #[test]
    fn the_parts_of_a_work_are_one_result_that_is_expected() {
        let pupil = |school: &str| Pupil { school: school.to_owned(), journal: None, points: vec![4], result: 4 };
        let pupils: Vec<Pupil> = ["edu1", "edu2"].into_iter().map(pupil).collect();
        let scale = || Scale::Marks(vec![(0, 2), (3, 3), (4, 4), (5, 5)]);
        let part = |part: &str| {
            let exam = counted::exam(2026, &[5], scale());
            let key = ExamKey { part: part.to_owned(), ..exam.key.clone() };
            measure(&counted::settings(), &count(Exam { key, ..exam }, &pupils, 0))
        };
        let measures = [part("algebra"), part("geometry")];
        let due_of = |measures: &Measures| (measures.exam.key.clone(), "2026-06-10".to_owned());
        let due = DueDates { of_exam: measures.iter().map(due_of).collect(), ..DueDates::default() };
        let thresholds = srez_config::thresholds::built_in().unwrap();
        let (register, schools) = (Register::default(), ids(3));
        let settings = QualitySettings {
            date: "2026-06-10",
            year: Some(2026),
            due: &due,
            thresholds: &thresholds,
            register: &register,
            schools: &schools,
        };
        let judged = judge_quality(&settings, &measures, &BTreeMap::new(), &PastChecks::default());
        let of = |school: &str| {
            let counts = judged.schools[school].0;
            [counts.expected, counts.present, counts.due, counts.in_time]
        };
        assert_eq!((of("edu1"), of("edu3")), ([1, 1, 1, 1], [1, 0, 1, 0]));
    }

    #[test]
    fn a_school_of_which_all_were_absent_has_no_results_and_is_not_late() {
        let pupil = |school: &str| Pupil { school: school.to_owned(), journal: None, points: vec![4], result: 4 };
        let pupils: Vec<Pupil> = ["edu1", "edu2", "edu3"].into_iter().map(pupil).collect();
        let scale = Scale::Marks(vec![(0, 2), (3, 3), (4, 4), (5, 5)]);
        let mut measures = measure(&counted::settings(), &count(counted::exam(2026, &[5], scale), &pupils, 0));
        for row in measures.marks.iter_mut().filter(|row| row.group == "edu3") {
            (row.n, row.n_absent, row.by_mark) = (0, Some(1), [0; 4]);
        }
        let (key, schools) = (measures.exam.key.clone(), ids(3));
        let due = DueDates { of_exam: [(key, "2026-06-10".to_owned())].into(), ..DueDates::default() };
        let thresholds = srez_config::thresholds::built_in().unwrap();
        let register = Register::default();
        let settings = QualitySettings {
            date: "2026-06-10",
            year: Some(2026),
            due: &due,
            thresholds: &thresholds,
            register: &register,
            schools: &schools,
        };
        let judged = judge_quality(&settings, &[measures], &BTreeMap::new(), &PastChecks::default());
        let of = |school: &str| {
            let counts = judged.schools[school].0;
            [counts.expected, counts.present, counts.due, counts.in_time]
        };
        assert_eq!(of("edu1"), [1, 1, 1, 1]);
        assert_eq!(of("edu3"), [1, 0, 1, 1], "the form came on its day, and nobody wrote");
    }
}
