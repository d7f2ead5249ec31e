//! Which analyses and packets a run writes.

use super::{Material, Scene};
use srez_config::plan::{Audience, Format};
use srez_model::assessment::Procedure;
use std::collections::BTreeMap;

/// A document to be made: where it goes and of which exams it speaks.
pub(super) struct Job {
    pub(super) folder: String,
    pub(super) name: &'static str,
    /// Places of the exams among the measures, by grade.
    pub(super) exams: Vec<usize>,
    pub(super) kind: JobKind,
}

impl Job {
    /// Where the document lies in a format.
    pub(super) fn path(&self, format: Format) -> String {
        format!("{}/{}.{}", self.folder, self.name, format.extension())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JobKind {
    Analysis,
    Note,
    Packet,
}

/// One note for signature and one analysis per procedure, year and subject; one packet per subject.
pub(super) fn of(scene: &Scene<'_>, material: &Material<'_>) -> Vec<Job> {
    let mut analyses: BTreeMap<(Procedure, u16, String), Vec<usize>> = BTreeMap::new();
    let mut packets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, measures) in material.measures.iter().enumerate().filter(|(_, measures)| scene.is_written_of(measures))
    {
        let key = &measures.exam.key;
        analyses.entry((key.procedure, key.year, key.subject.clone())).or_default().push(place);
        packets.entry(key.subject.clone()).or_default().push(place);
    }
    let by_grade = |mut exams: Vec<usize>| {
        exams.sort_by_key(|place| material.measures[*place].exam.key.grade);
        exams
    };
    let mut jobs: Vec<Job> = analyses
        .into_iter()
        .flat_map(|((procedure, year, subject), exams)| {
            let (exams, folder) = (by_grade(exams), format!("subjects/{}-{year}-{subject}", procedure.id()));
            let job = |name, kind| Job { folder: folder.clone(), name, exams: exams.clone(), kind };
            [job("note", JobKind::Note), job("analysis", JobKind::Analysis)]
        })
        .collect();
    if [Audience::Association, Audience::Office].iter().any(|one| scene.plan.audiences.contains(one)) {
        jobs.extend(packets.into_iter().map(|(subject, exams)| Job {
            folder: format!("associations/{subject}"),
            name: "packet",
            exams: by_grade(exams),
            kind: JobKind::Packet,
        }));
    }
    jobs
}
