//! Tallies for tests.

use super::Settings;
use srez_model::assessment::{Exam, ExamKey, Procedure, Scale, Task};
use srez_model::block::{NOT_ATTEMPTED, PointCode};
use srez_model::level::Level;
use srez_model::tally::{Group, JournalCount, OutcomeCount, ParticipantCount, SkillCount, Stratum, Tally};
use srez_model::threshold::{SourceTag, Threshold};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Journal mark, points with blanks, mark.
pub(super) type Row = (Option<u8>, Vec<Option<u8>>, Option<u8>);

/// A form with one school.
pub(super) struct Case {
    pub(super) maxima: Vec<u16>,
    pub(super) rows: Vec<Row>,
}

/// One participant; points may be codes, a result below zero is none.
#[derive(Clone)]
pub(super) struct Pupil {
    pub(super) school: String,
    pub(super) journal: Option<u8>,
    pub(super) points: Vec<PointCode>,
    pub(super) result: i16,
}

/// An exam with tasks of these maxima, all of one skill.
pub(super) fn exam(year: u16, maxima: &[u16], scale: Scale) -> Exam {
    let task = |(place, max): (u16, &u16)| Task {
        id: place.to_string(),
        position: place,
        max: Some(*max),
        content: "содержание".to_owned(),
        content_codes: vec![format!("1.{place}")],
        ..Task::default()
    };
    let procedure = if matches!(scale, Scale::Test { .. }) { Procedure::Ege } else { Procedure::Vpr };
    Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(maxima.iter().sum()),
        tasks: (1..).zip(maxima).map(task).collect(),
        scale,
        specified: true,
        ..Exam::unspecified(ExamKey::new(procedure, year, "math", 8))
    }
}

/// Counts the pupils of an exam at the levels all and school.
pub(super) fn count(exam: Exam, pupils: &[Pupil], absent: u32) -> Tally {
    let mut groups: Vec<Group> = vec![Group { level: Level::All, name: String::new() }];
    groups.extend(pupils.iter().map(|pupil| Group { level: Level::School, name: pupil.school.clone() }));
    groups.sort();
    groups.dedup();
    let mut outcomes = BTreeMap::new();
    let mut participants = BTreeMap::new();
    let mut journal = BTreeMap::new();
    let mut skills = BTreeMap::new();
    let max_sum: u32 = exam.tasks.iter().filter_map(|task| task.max).map(u32::from).sum();
    for pupil in pupils {
        let points = |outcome: &PointCode| if *outcome == NOT_ATTEMPTED { 0 } else { u16::from(*outcome) };
        let complete = pupil.points.iter().all(|outcome| *outcome <= 200 || *outcome == NOT_ATTEMPTED);
        let total = complete.then(|| pupil.points.iter().map(points).sum());
        let stratum = Stratum { total, result: u16::try_from(pupil.result).ok(), complete };
        let school = Group { level: Level::School, name: pupil.school.clone() };
        let school = u32::try_from(groups.binary_search(&school).unwrap()).unwrap();
        for (group, kept) in [(0, stratum), (school, Stratum { total: None, complete: false, ..stratum })] {
            *participants.entry((group, stratum)).or_insert(0) += 1;
            for (task, outcome) in (0_u16..).zip(&pupil.points) {
                *outcomes.entry((group, task, kept, *outcome)).or_insert(0) += 1;
            }
            if let (Some(of_journal), Ok(mark @ 2..)) = (pupil.journal, u8::try_from(pupil.result)) {
                *journal.entry((group, mark, of_journal)).or_insert(0) += 1;
            }
            if let Some(total) = total {
                *skills.entry((group, 0_u16, u32::from(total), max_sum)).or_insert(0) += 1;
            }
        }
    }
    let tasks = u16::try_from(exam.tasks.len()).unwrap();
    Tally {
        absent: Some(groups.iter().map(|group| if group.level == Level::All { absent } else { 0 }).collect()),
        exam: Arc::new(exam),
        groups,
        outcomes: outcomes
            .into_iter()
            .map(|((group, task, stratum, outcome), n)| OutcomeCount { group, task, stratum, outcome, n })
            .collect(),
        participants: participants
            .into_iter()
            .map(|((group, stratum), n)| ParticipantCount { group, stratum, n })
            .collect(),
        journal: journal
            .into_iter()
            .map(|((group, mark, journal), n)| JournalCount { group, mark, journal, n })
            .collect(),
        skills: vec!["содержание".to_owned()],
        skill_tasks: vec![(0..tasks).collect()],
        classes: Vec::new(),
        demands: Vec::new(),
        skill_counts: skills
            .into_iter()
            .map(|((group, skill, sum, max_sum), n)| SkillCount { group, skill, sum, max_sum, n })
            .collect(),
    }
}

/// The tally of a form; rows without a mark are absent pupils.
pub(super) fn tally(case: &Case) -> Tally {
    let wrote = case.rows.iter().filter_map(|(journal, points, mark)| {
        Some(Pupil {
            school: "1".to_owned(),
            journal: *journal,
            points: points.iter().map(|points| points.unwrap_or(NOT_ATTEMPTED)).collect(),
            result: i16::from((*mark)?),
        })
    });
    let pupils: Vec<Pupil> = wrote.collect();
    let absent = u32::try_from(case.rows.len() - pupils.len()).unwrap();
    count(exam(2026, &case.maxima, Scale::Unknown), &pupils, absent)
}

/// Settings with the thresholds that the measures read.
pub(super) fn settings() -> Settings {
    let mut settings = Settings::default();
    for (id, value) in [
        ("tests.q", 10.0),
        ("gap.size", 4.0),
        ("gap.sure", 90.0),
        ("gap.noticed", 15.0),
        ("gap.far-share", 5.0),
        ("gap.far-size", 0.75),
        ("prior.schools", 0.3),
        ("prior.classes", 0.3),
        ("class.size", 25.0),
        ("S01.participants", 10.0),
        ("S02.participants", 10.0),
        ("S05.participants", 20.0),
        ("S05.pair", 10.0),
        ("S05.excess", 10.0),
        ("city.bunching_p", 1.0),
        ("city.bunching_share", 15.0),
        ("city.bunching_without", 5.0),
        ("city.bunching_works", 100.0),
        ("unusual.schools", 6.0),
        ("gate.participants", 100.0),
        ("gate.coverage", 80.0),
        ("gate.coverage-difference", 10.0),
        ("rasch.participants", 200.0),
        ("dif.participants", 200.0),
        ("dif.group", 50.0),
        ("dif.small", 1.0),
        ("dif.large", 1.5),
        ("S04.participants", 10.0),
        ("effect.participants", 10.0),
        ("effect.confirmed", 99.0),
        ("effect.possible", 95.0),
        ("plan.most", 20.0),
        ("plan.gain", 5.0),
        ("dif.several-small", 0.17),
        ("dif.several-large", 0.25),
    ] {
        let threshold = Threshold {
            id: id.to_owned(),
            title: String::new(),
            value,
            unit: String::new(),
            tag: SourceTag::Own,
            document: String::new(),
            page: String::new(),
            reason: String::new(),
        };
        settings.thresholds.entries.insert(id.to_owned(), threshold);
    }
    settings
}
