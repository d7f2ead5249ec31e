//! Documents that speak of all works of the period: those of each school and those of the municipality.

use super::{Material, Ready, Scene, guarded};
use rayon::prelude::*;
use srez_config::plan::Format;
use srez_model::artifact::Artifact;
use srez_model::error::Result;
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::report::Report;
use srez_report::context::{Chapter, Context};
use srez_report::documents::{
    draft_order, draft_protocol, indicators, interview_sheet, municipal_summary, road_map, road_map_workbook,
    school_profile,
};
use srez_report::start_page::Folder;
use std::collections::BTreeSet;

/// A document to be made.
struct Order {
    kind: Kind,
    /// Path without extension.
    path: String,
    /// Id of the school, slug of the subject; empty for the municipality.
    owner: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Profile,
    Interview,
    Protocol,
    Summary,
    Order,
    RoadMap,
    RoadMapWorkbook,
    Indicators,
}

impl Kind {
    fn formats(self) -> &'static [Format] {
        match self {
            Self::Profile | Self::Summary => &[Format::Pdf, Format::Docx],
            Self::Interview | Self::Protocol | Self::Order | Self::RoadMap => &[Format::Docx],
            Self::RoadMapWorkbook | Self::Indicators => &[Format::Xlsx],
        }
    }
}

/// Documents of the municipality: kind and path without extension, the most important first.
const MUNICIPAL: [(Kind, &str); 5] = [
    (Kind::Summary, "municipality/summary"),
    (Kind::RoadMap, "municipality/roadmap"),
    (Kind::RoadMapWorkbook, "municipality/roadmap"),
    (Kind::Order, "municipality/drafts/order"),
    (Kind::Indicators, "municipality/indicators"),
];

/// The documents in the order of the register.
pub(super) fn documents(scene: &Scene<'_>, context: &Context<'_>, material: &Material<'_>) -> Ready {
    let chapters = super::chapters(material);
    let make =
        |order: &Order| guarded(&order.path, || files(scene, context, &chapters, order)).set_aside(material.staging);
    orders(scene, material).par_iter().map(make).reduce(Ready::default, Ready::join)
}

/// The papers of the municipality with their files, for the start page.
pub(super) fn papers(scene: &Scene<'_>, material: &Material<'_>) -> Vec<(&'static str, Vec<String>)> {
    let mut papers: Vec<(&'static str, Vec<String>)> = Vec::new();
    if material.measures.is_empty() {
        return papers;
    }
    let of_effects = ("municipality/effectiveness", [Format::Docx, Format::Xlsx].as_slice());
    let all = MUNICIPAL.into_iter().map(|(kind, path)| (path, kind.formats())).chain([of_effects]);
    for (path, formats) in all {
        let formats = formats.iter().filter(|format| scene.plan.formats.contains(format));
        let files = formats.map(|format| format!("{path}.{}", format.extension()));
        match papers.iter_mut().find(|(known, _)| *known == path) {
            Some((_, known)) => known.extend(files),
            None => papers.push((path, files.collect())),
        }
    }
    papers.retain(|(_, files)| !files.is_empty());
    papers
}

/// Which folders are made, for the start page.
pub(super) fn folders(scene: &Scene<'_>, material: &Material<'_>) -> Vec<Folder> {
    let made = |order: &Order| order.kind.formats().iter().any(|format| scene.plan.formats.contains(format));
    let orders: Vec<Order> = orders(scene, material).into_iter().filter(made).collect();
    let has = |start: &str| orders.iter().any(|order| order.path.starts_with(start));
    let mut folders = Vec::new();
    if has("municipality/") {
        folders.push(Folder::Municipality { schools_left_out: scene.schools_without_documents() });
    }
    let schools = orders.iter().filter(|order| order.kind == Kind::Interview || order.kind == Kind::Profile);
    let schools: BTreeSet<&str> = schools.map(|order| order.owner.as_str()).collect();
    if !schools.is_empty() {
        folders.push(Folder::Schools(schools.len() as u64));
    }
    folders
}

/// What is to be made: the documents of the municipality, of each subject and of each school with results.
fn orders(scene: &Scene<'_>, material: &Material<'_>) -> Vec<Order> {
    if material.measures.is_empty() {
        return Vec::new();
    }
    let mut orders: Vec<Order> =
        MUNICIPAL.into_iter().map(|(kind, path)| Order { kind, path: path.to_owned(), owner: String::new() }).collect();
    let written = material.measures.iter().filter(|measures| scene.is_written_of(measures));
    let subjects: BTreeSet<&String> = written.map(|measures| &measures.exam.key.subject).collect();
    for subject in subjects {
        let order = |kind, path: String| Order { kind, path, owner: subject.clone() };
        orders.push(order(Kind::Protocol, format!("municipality/drafts/protocol-{subject}")));
    }
    let has_results = |school: &str| {
        let taken = |measures: &Measures| measures.marks_of(Level::School, school).is_some_and(|marks| marks.n > 0);
        material.measures.iter().any(taken)
    };
    for (school, folder) in scene.school_folders.iter().filter(|(school, _)| has_results(school)) {
        let order =
            |kind, name: &str| Order { kind, path: format!("schools/{folder}/{name}"), owner: school.to_owned() };
        orders.push(order(Kind::Profile, "profile"));
        orders.push(order(Kind::Interview, "interview"));
    }
    orders
}

fn files(scene: &Scene<'_>, context: &Context<'_>, chapters: &[Chapter<'_>], order: &Order) -> Result<Vec<Artifact>> {
    let large = || -> Vec<Chapter<'_>> {
        chapters.iter().filter(|chapter| !context.is_too_small(chapter.measures)).cloned().collect()
    };
    let of_subject = || {
        let mut chosen = large();
        chosen.retain(|chapter| chapter.measures.exam.key.subject == order.owner);
        chosen.sort_by_key(|chapter| chapter.measures.exam.key.grade);
        chosen
    };
    let wanted: Vec<Format> =
        order.kind.formats().iter().copied().filter(|format| scene.plan.formats.contains(format)).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut report = match order.kind {
        Kind::Profile => school_profile(context, chapters, &order.owner),
        Kind::Interview => interview_sheet(context, chapters, &order.owner),
        Kind::Protocol => draft_protocol(context, &of_subject()),
        Kind::Summary => municipal_summary(context, chapters),
        Kind::Order => draft_order(context, &large()),
        Kind::RoadMap => road_map(context, &large()),
        Kind::RoadMapWorkbook => road_map_workbook(context, &large()),
        Kind::Indicators => indicators(context, &large()),
    };
    scene.texts.write_into(&mut report, &order.path);
    wanted.into_iter().map(|format| file(&report, &order.path, format)).collect()
}

fn file(report: &Report, path: &str, format: Format) -> Result<Artifact> {
    let bytes = match format {
        Format::Docx => srez_docx::render(report)?,
        Format::Xlsx => srez_xlsx::render(report)?,
        Format::Pdf | Format::Pptx | Format::Html | Format::Png => srez_pdf::render(report)?,
    };
    Ok(Artifact { path: format!("{path}.{}", format.extension()), bytes })
}
