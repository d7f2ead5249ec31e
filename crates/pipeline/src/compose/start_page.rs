//! Where the documents of a run lie, for the start page.

use super::document::OF_SLIDES;
use super::{Job, JobKind, Material, Scene, all_works};
use crate::guarded::Failure;
use srez_config::plan::Format;
use srez_model::artifact::Artifact;
use srez_model::filter_page::FILE as FILTER_PAGE;
use srez_publish::Prepared;
use srez_report::context::Context;
use srez_report::start_page::{self, Folder, SchoolShelf, Shelf, WorkShelf};
use std::collections::BTreeSet;

/// The page; `made` are the other files and what could not be made.
pub(super) fn write(
    scene: &Scene<'_>,
    context: &Context<'_>,
    material: &Material<'_>,
    jobs: &[Job],
    made: (&[Prepared], &[Failure]),
) -> Artifact {
    let (files, failures) = made;
    let wants = |format| scene.plan.formats.contains(&format);
    let has_filter = files.iter().any(|it| it.path == FILTER_PAGE);
    let shelf = Shelf {
        filter: if has_filter { FILTER_PAGE } else { "" },
        papers: all_works::papers(scene, material),
        works: (0..material.measures.len()).map(|place| work(scene, material, jobs, files, place)).collect(),
        schools: scene.school_folders.iter().map(|(school, folder)| of_school(scene, files, school, folder)).collect(),
        protocol: if wants(Format::Html) { super::PROTOCOL_PAGE } else { "" },
        protocol_workbook: if wants(Format::Xlsx) { super::PROTOCOL_WORKBOOK } else { "" },
        folders: folders(scene, material, jobs, files),
    };
    let not_made = failures.iter().map(|failure| format!("{}: {}", failure.document, failure.reason)).collect();
    let page = start_page::compose(context, &super::chapters(material), &shelf, not_made);
    Artifact { path: "index.html".to_owned(), bytes: srez_html::start_page(&page).into_bytes() }
}

fn work(scene: &Scene<'_>, material: &Material<'_>, jobs: &[Job], files: &[Prepared], place: usize) -> WorkShelf {
    let of_kind = |kind| jobs.iter().find(|job| job.kind == kind && job.exams.contains(&place));
    let paths = |kind, formats: &[Format]| -> Vec<String> {
        let wanted = formats.iter().filter(|format| scene.plan.formats.contains(format));
        of_kind(kind).into_iter().flat_map(|job| wanted.clone().map(|format| job.path(*format))).collect()
    };
    let analysis = of_kind(JobKind::Analysis).filter(|_| scene.plan.formats.contains(&Format::Html));
    let subject = &material.measures[place].exam.key.subject;
    let slides = OF_SLIDES.iter().map(|format| format!("editions/association-{subject}/deck.{}", format.extension()));
    WorkShelf {
        analysis: paths(JobKind::Analysis, &[Format::Html, Format::Pdf, Format::Docx, Format::Xlsx]),
        page: analysis.map_or_else(String::new, |job| job.path(Format::Html)),
        note: paths(JobKind::Note, &[Format::Docx, Format::Pdf]),
        packet: paths(JobKind::Packet, &[Format::Pdf, Format::Docx, Format::Xlsx]),
        slides: slides.map(|path| existing(files, path)).filter(|path| !path.is_empty()).collect(),
    }
}

fn of_school<'a>(scene: &Scene<'_>, files: &[Prepared], school: &'a str, folder: &str) -> SchoolShelf<'a> {
    let first = |name: &str, formats: &[Format]| {
        let wanted = formats.iter().find(|format| scene.plan.formats.contains(format));
        wanted.map_or_else(String::new, |format| format!("schools/{folder}/{name}.{}", format.extension()))
    };
    SchoolShelf {
        school,
        profile: first("profile", &[Format::Pdf, Format::Docx]),
        interview: first("interview", &[Format::Docx]),
        edition: existing(files, format!("editions/school-{folder}.zip")),
        letter: existing(files, format!("qa/returns/{folder}/letter.docx")),
    }
}

/// The path of a file that was made; empty where it was not.
fn existing(files: &[Prepared], path: String) -> String {
    if files.iter().any(|file| file.path == path) { path } else { String::new() }
}

/// Paths of the files of a folder, from it on.
fn below<'a>(files: &'a [Prepared], folder: &str) -> impl Iterator<Item = &'a str> {
    files.iter().filter_map(move |file| file.path.strip_prefix(folder))
}

fn folders(scene: &Scene<'_>, material: &Material<'_>, jobs: &[Job], files: &[Prepared]) -> Vec<Folder> {
    let has = |kind| jobs.iter().any(|job| job.kind == kind);
    let wants = |format| scene.plan.formats.contains(&format);
    let returned: BTreeSet<&str> =
        below(files, Folder::Returns(0).path()).filter_map(|path| path.split('/').next()).collect();
    let mut folders = all_works::folders(scene, material);
    folders.extend(has(JobKind::Analysis).then_some(Folder::Subjects));
    folders.extend(has(JobKind::Packet).then_some(Folder::Associations));
    folders.extend((wants(Format::Html) || wants(Format::Xlsx)).then_some(Folder::Quality));
    folders.extend((!returned.is_empty()).then_some(Folder::Returns(returned.len() as u64)));
    folders.extend(below(files, Folder::Editions.path()).next().map(|_| Folder::Editions));
    let standing = scene.texts.standing();
    let has_fields = wants(Format::Xlsx) && !standing.fields.is_empty();
    folders.extend(has_fields.then(|| Folder::Texts {
        written: standing.written() as u64,
        all: standing.fields.len() as u64,
        moved: standing.moved().count() as u64,
    }));
    folders.push(Folder::Data);
    let kept = srez_publish::KEPT_FOLDER;
    folders.extend(
        (!material.kept.is_empty())
            .then(|| Folder::Kept { path: format!("../{kept}/{}/", scene.plan.period), files: material.kept.to_vec() }),
    );
    folders
}
