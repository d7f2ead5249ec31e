//! Editions: what may leave the office, each from its own profile, as a folder and a package.
//!
//! One base of facts: counts of every exam by school. What is hidden is decided once per exam for all audiences and
//! remembered for the school year; every document and table is then composed from the shown rows alone.

mod drawings;
mod memory;
mod pupils;
mod record;
mod school_exam;

use super::document::{Document, slides};
use super::{Failure, Ready, Scene, attempt, sorted_out};
use crate::Watcher;
use crate::guarded::Made;
use crate::texts::Clear;
use rayon::prelude::*;
use record::entry;
pub(crate) use record::{Record, audit_path};
use srez_config::plan::{Audience, Format, Plan};
use srez_model::artifact::Artifact;
use srez_model::edition::{EditionExam, ExamCounts, PupilRow, SchoolExam, Whole};
use srez_model::error::Result;
use srez_model::figure::Figure;
use srez_model::finding::Findings;
use srez_model::measures::Measures;
use srez_model::place::Register;
use srez_model::report::Report;
use srez_model::tally::Group;
use srez_privacy::{Decision, Rules};
use srez_publish::{AuditEntry, Staging};
use srez_report::as_printed;
use srez_report::context::{Chapter, EditionText};
use srez_report::documents::{
    SchoolEdition, association_analysis, association_deck, association_packet, class_maps, edition_tables,
    school_edition, school_workbook,
};
use srez_report::edition_files;
use srez_report::edition_text::rules_for_school;
use srez_store::Snapshot;
use srez_texts::Reach;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Name of the packet, which has no page for the screen.
const PACKET: &str = "packet";

/// What editions are made from.
#[derive(Clone, Copy)]
pub(crate) struct Sources<'a> {
    /// Reported exams.
    pub(crate) measures: &'a [Measures],
    /// What the signs say about them.
    pub(crate) findings: &'a [Findings],
    /// The history, for the participants of a school's own edition.
    pub(crate) history: &'a Snapshot,
    /// Schools.
    pub(crate) register: &'a Register,
    /// Id of the key of the pseudonyms.
    pub(crate) key: &'a str,
}

/// An edition: its files, and what the audit log says of it.
struct Edition {
    name: String,
    files: Vec<Artifact>,
    rows: u64,
    pupil_rows: u64,
}

/// One exam as the editions see it.
struct Cleared<'a> {
    measures: &'a Measures,
    findings: &'a Findings,
    counts: ExamCounts,
    decision: Decision,
    skills: Vec<String>,
    /// What a school may know of all together; empty where no school gets an edition.
    whole: Whole,
}

/// Participants of an exam by school.
type OfSchools = BTreeMap<String, Vec<PupilRow>>;

/// What every edition is cut from.
#[derive(Clone, Copy)]
struct Base<'a> {
    scene: &'a Scene<'a>,
    rules: &'a Rules,
    cleared: &'a [Cleared<'a>],
    /// Beside `cleared`; empty where no school gets an edition.
    of_pupils: &'a [OfSchools],
}

/// Who gets an edition.
enum Recipient<'a> {
    Association(&'a str),
    Public,
    /// Id and name of the folder.
    School(&'a str, &'a str),
}

impl Recipient<'_> {
    /// Name of the edition.
    fn name(&self) -> String {
        match self {
            Self::Association(subject) => format!("association-{subject}"),
            Self::Public => "public".to_owned(),
            Self::School(_, folder) => format!("school-{folder}"),
        }
    }
}

/// All editions that the plan wants, what is to be written down about them, and those that could not be made. `named`
/// is the hash of the memory that a manifest names.
///
/// # Errors
/// Where the store cannot be read.
pub(crate) fn compose(
    scene: &Scene<'_>,
    sources: &Sources<'_>,
    named: Option<&str>,
    staging: &Staging,
    watcher: &dyn Watcher,
) -> Result<(Ready, Record, Vec<Failure>)> {
    let plan = scene.plan;
    let wants = |audience| plan.audiences.contains(&audience);
    if ![Audience::Association, Audience::School, Audience::Public].into_iter().any(wants) {
        return Ok(Default::default());
    }
    let rules = Rules::from_thresholds(&plan.thresholds);
    let before = memory::before(plan, named)?;
    let cleared = clear(scene, sources, &rules, &before);
    let mut exams = before.memory.exams.clone();
    for exam in &cleared {
        exams.insert(exam.measures.exam.id(), exam.decision.publication().clone());
    }
    // A period made again that comes out as it did names what it was compared with then: its manifest stays the same.
    let is_the_same = |first: &memory::Before| {
        let is_decided_so = |exam: &Cleared<'_>| {
            decide(&rules, &plan.period, &exam.measures.exam.id(), &exam.counts, first) == exam.decision
        };
        cleared.iter().all(is_decided_so)
    };
    let before = before.the_first_time(plan)?.filter(is_the_same).unwrap_or(before);
    let (memory, compared_with) = before.followed_by(exams);
    let of_schools = wants(Audience::School) && scene.schools_without_documents() == 0;
    let of_pupils = if of_schools { participants(scene, sources)? } else { Vec::new() };
    let base = Base { scene, rules: &rules, cleared: &cleared, of_pupils: &of_pupils };
    let recipients = recipients(&base);
    watcher.stage("Издания", recipients.len() as u64);
    let made: Vec<_> = recipients
        .par_iter()
        .map(|recipient| {
            let edition = attempt(&folder(&recipient.name()), || {
                let edition = match recipient {
                    Recipient::Association(subject) => for_association(&base, subject),
                    Recipient::Public => for_public(&base),
                    Recipient::School(school, folder) => for_school(&base, school, folder),
                }?;
                let package = srez_publish::package(&folder(&edition.name), &edition.files)?;
                Ok((edition, package))
            });
            let edition = edition.map(|(edition, package)| wait(&base, sources.key, edition, package, staging));
            watcher.step();
            edition
        })
        .collect();
    let (made, failures) = sorted_out(made);
    let held = cleared.iter().filter(|exam| matches!(exam.decision, Decision::Hold(_)));
    let held = held.map(|exam| exam.measures.exam.title()).collect();
    let mut record = Record { entries: Vec::new(), memory: Some(memory), compared_with, held };
    let mut files = Ready::default();
    for (entry, of_edition) in made {
        record.entries.push(entry);
        files = files.join(of_edition);
    }
    Ok((files, record, failures))
}

/// What the audit log says of an edition, and its files with the package out of memory.
fn wait(base: &Base<'_>, key: &str, edition: Edition, package: Artifact, staging: &Staging) -> (AuditEntry, Ready) {
    let told = entry(base, key, &edition, &package);
    let files = edition.files.into_iter().chain([package]).collect::<Vec<Artifact>>();
    (told, Made::from(files).set_aside(staging))
}

/// Who gets an edition: associations by subject, the public, schools in the order of the register.
fn recipients<'a>(base: &Base<'a>) -> Vec<Recipient<'a>> {
    let wants = |audience| base.scene.plan.audiences.contains(&audience);
    let mut recipients = Vec::new();
    if wants(Audience::Association) {
        let subjects: BTreeSet<&str> =
            base.cleared.iter().map(|exam| exam.measures.exam.key.subject.as_str()).collect();
        recipients.extend(subjects.into_iter().map(Recipient::Association));
    }
    if wants(Audience::Public) {
        recipients.push(Recipient::Public);
    }
    if wants(Audience::School) {
        let has_results = |school: &str| base.cleared.iter().any(|exam| exam.counts.school(school).is_some());
        let schools = base.scene.school_folders.iter().filter(|(school, _)| has_results(school));
        recipients.extend(schools.map(|(school, folder)| Recipient::School(school, folder)));
    }
    recipients
}

fn folder(edition: &str) -> String {
    format!("editions/{edition}")
}

/// Decides what of every exam is published.
fn clear<'a>(scene: &Scene<'_>, sources: &Sources<'a>, rules: &Rules, before: &memory::Before) -> Vec<Cleared<'a>> {
    let focus = &scene.names.focus;
    let pairs = sources.measures.par_iter().zip(sources.findings);
    pairs
        .map(|(measures, findings)| {
            let counts = srez_privacy::counts(measures, focus, &scene.names.schools);
            let decision = decide(rules, &scene.plan.period, &measures.exam.id(), &counts, before);
            let skills = measures.skills_of(focus.level, &focus.name).map(|row| row.title.clone()).collect();
            let mut exam = Cleared { measures, findings, counts, decision, skills, whole: Whole::default() };
            if scene.plan.audiences.contains(&Audience::School) {
                exam.whole = whole(rules, &exam, focus);
            }
            exam
        })
        .collect()
}

/// What a school may know of all together.
fn whole(rules: &Rules, exam: &Cleared<'_>, focus: &Group) -> Whole {
    let Cleared { measures, findings, decision, skills, .. } = exam;
    let (packet, _) = srez_privacy::for_packet(measures, findings, focus, decision, rules.group);
    let compared = measures.comparisons_of(focus.level, &focus.name);
    Whole {
        region: srez_privacy::region(&measures.exam, compared),
        ..srez_privacy::whole(rules, &measures.exam, skills, focus, decision, &packet)
    }
}

/// What of an exam is published beside all that was released before.
fn decide(rules: &Rules, period: &str, exam: &str, counts: &ExamCounts, before: &memory::Before) -> Decision {
    srez_privacy::decide(rules, period, counts, before.memory.exams.get(exam), &before.others(exam))
}

/// Participants of every exam by school.
fn participants(scene: &Scene<'_>, sources: &Sources<'_>) -> Result<Vec<OfSchools>> {
    let thresholds = &scene.plan.thresholds;
    let exams = sources.measures.par_iter();
    exams.map(|measures| pupils::of_exam(thresholds, sources.history, sources.register, &measures.exam)).collect()
}

/// Analysis, packet and tables of one subject.
fn for_association(base: &Base<'_>, subject: &str) -> Result<Edition> {
    let Base { scene, rules, cleared, .. } = *base;
    let name = Recipient::Association(subject).name();
    let focus = &scene.names.focus;
    let mut of_subject: Vec<&Cleared<'_>> =
        cleared.iter().filter(|exam| exam.measures.exam.key.subject == subject).collect();
    of_subject.sort_by_key(|exam| exam.measures.exam.key.grade);
    let exams: Vec<EditionExam> = of_subject
        .iter()
        .map(|exam| srez_privacy::association_edition(&exam.measures.exam, &exam.skills, focus, &exam.decision))
        .collect();
    let names = &scene.names;
    let text = EditionText::for_association(names, rules, subject);
    let shown: Vec<(Measures, Findings)> = of_subject
        .iter()
        .filter(|exam| matches!(exam.decision, Decision::Publish(_)))
        .map(|exam| srez_privacy::for_packet(exam.measures, exam.findings, focus, &exam.decision, rules.group))
        .collect();
    let figures: Vec<Vec<Arc<Figure>>> =
        shown.par_iter().map(|(measures, findings)| drawings::draw(scene, measures, findings)).collect();
    let chapters: Vec<Chapter<'_>> = shown
        .iter()
        .zip(&figures)
        .map(|((measures, findings), figures)| Chapter { measures, findings, figures })
        .collect();
    let analysis = association_analysis(names, &text, &exams, &chapters);
    let analysis = as_printed(analysis, 1);
    // It is looked things up in; the packet is what is printed.
    let document = Document { on_screen: true, on_paper: false, ..Document::from(&analysis) };
    let mut files = document.in_formats(scene.plan, &format!("{}/analysis", folder(&name)))?;
    if !chapters.is_empty() {
        let mut packet = association_packet(names, &chapters);
        let clear = Clear::of(names, rules.group, None);
        scene.texts.write_into_edition(&mut packet, Reach::Association, |record| clear.lets(record));
        files.extend(written(scene.plan, packet, &name, PACKET, 1)?);
        let deck = association_deck(names, &text, &exams, &chapters);
        files.extend(slides(scene.plan, &deck, &format!("{}/deck", folder(&name)))?);
    }
    files.extend(filter_page(scene, &text, &exams, &name));
    let data = edition_files::of_exams(&folder(&name), &exams, 1);
    files.extend(data.files);
    Ok(Edition { name, files, rows: data.rows, pupil_rows: data.pupil_rows })
}

/// Results for publication, without schools.
fn for_public(base: &Base<'_>) -> Result<Edition> {
    let Base { scene, rules, cleared, .. } = *base;
    let name = Recipient::Public.name();
    let focus = &scene.names.focus;
    let of_public = |exam: &Cleared<'_>| {
        srez_privacy::public_edition(
            rules,
            &exam.measures.exam,
            &exam.skills,
            focus,
            &exam.decision,
            &scene.names.types,
        )
    };
    let exams: Vec<EditionExam> = cleared.iter().map(of_public).collect();
    let text = EditionText::for_public(rules);
    let mut files = written(scene.plan, edition_tables(&scene.names, &text, &exams), &name, "results", 0)?;
    files.extend(filter_page(scene, &text, &exams, &name));
    let data = edition_files::of_exams(&folder(&name), &exams, 0);
    files.extend(data.files);
    Ok(Edition { name, files, rows: data.rows, pupil_rows: data.pupil_rows })
}

/// The page that filters, of what an edition shows; none where it shows nothing.
fn filter_page(scene: &Scene<'_>, text: &EditionText, exams: &[EditionExam], edition: &str) -> Option<Artifact> {
    let wanted = scene.plan.formats.contains(&Format::Html);
    let page = srez_report::filter_page::of_edition(&scene.names, text, exams).filter(|_| wanted)?;
    let path = format!("{}/{}", folder(edition), srez_model::filter_page::FILE);
    Some(Artifact { path, bytes: srez_html::filter_page(&page).into_bytes() })
}

/// The own results of a school, its participants by code among them.
fn for_school(base: &Base<'_>, school: &str, folder_name: &str) -> Result<Edition> {
    let Base { scene, rules, cleared, of_pupils } = *base;
    let name = Recipient::School(school, folder_name).name();
    let with_results = cleared.iter().zip(of_pupils).filter(|(exam, _)| exam.counts.school(school).is_some());
    let exams: Vec<SchoolExam> = with_results
        .map(|(exam, pupils)| {
            let pupils = pupils.get(school).cloned().unwrap_or_default();
            school_exam::compose(rules, exam, school, pupils)
        })
        .collect();
    let sentences = rules_for_school(rules);
    let edition = SchoolEdition { school, exams: &exams, rules: &sentences };
    let mut report = school_edition(&scene.names, &edition);
    let clear = Clear::of(&scene.names, rules.group, Some(school));
    scene.texts.write_into_edition(&mut report, Reach::School, |record| clear.lets(record));
    let report = as_printed(report, 0);
    let workbook = as_printed(school_workbook(&report, &edition), 0);
    let document = Document { on_screen: true, workbook: Some(&workbook), ..Document::from(&report) };
    let mut files = document.in_formats(scene.plan, &format!("{}/results", folder(&name)))?;
    files.extend(maps(scene, &exams, &edition, &name)?);
    let data = edition_files::of_school(&folder(&name), &exams);
    files.extend(data.files);
    Ok(Edition { name, files, rows: data.rows, pupil_rows: data.pupil_rows })
}

/// The maps of the classes: a page for each class and work, to be printed at once, and a workbook for each work.
fn maps(scene: &Scene<'_>, exams: &[SchoolExam], edition: &SchoolEdition<'_>, name: &str) -> Result<Vec<Artifact>> {
    let with_pupils: Vec<&SchoolExam> = exams.iter().filter(|exam| !exam.pupils.is_empty()).collect();
    let folder = format!("{}/maps", folder(name));
    let map = |exams: &[&SchoolExam], format: Format, file: &str| {
        let report = class_maps(&scene.names, exams, edition.school);
        Document::from(&report).written(format, &format!("{folder}/{file}"))
    };
    let mut files = Vec::new();
    if scene.plan.formats.contains(&Format::Pdf) && !with_pupils.is_empty() {
        files.push(map(&with_pupils, Format::Pdf, "all")?);
    }
    if scene.plan.formats.contains(&Format::Xlsx) {
        for exam in with_pupils {
            files.push(map(&[exam], Format::Xlsx, &exam.exam.id())?);
        }
    }
    Ok(files)
}

/// The document in every format that the plan wants, with no number more exact than it is printed; shares that are
/// drawn have so many decimals.
fn written(plan: &Plan, report: Report, edition: &str, name: &str, decimals: u8) -> Result<Vec<Artifact>> {
    let report = as_printed(report, decimals);
    let document = Document { on_screen: name != PACKET, ..Document::from(&report) };
    document.in_formats(plan, &format!("{}/{name}", folder(edition)))
}
