//! Documents of which there is one, for the office: data quality, what came of the measures, particulars.

use super::document::Document;
use super::{Made, Material, PROTOCOL_PAGE, PROTOCOL_WORKBOOK, Scene, chapters, guarded};
use crate::texts;
use srez_config::plan::{Audience, Format};
use srez_model::artifact::Artifact;
use srez_model::error::Result;
use srez_model::filter_page;
use srez_model::measures::Measures;
use srez_report::context::Context;
use srez_report::documents;

/// Documents of the municipality of which there is one, beside those that speak of all works.
pub(super) fn once(scene: &Scene<'_>, context: &Context<'_>, material: &Material<'_>) -> Made {
    let made = [
        guarded("municipality/effectiveness", || effectiveness(scene, context, material)),
        guarded(PARTICULARS, || particulars(scene, context, material)),
        guarded("municipality/methods", || methods(scene, context)),
        guarded(filter_page::FILE, || Ok(filter_page(context, material))),
    ];
    made.into_iter().fold(Made::default(), Made::join)
}

/// Path of the sheets of particulars, without extension.
const PARTICULARS: &str = "municipality/particulars";

/// The fields of the documents with her texts: a workbook to write into, and the list by which it is read back.
pub(super) fn texts(scene: &Scene<'_>) -> Made {
    let standing = scene.texts.standing();
    guarded("texts", || {
        let mut artifacts = vec![texts::list_of_fields(&scene.texts.list(&standing))];
        if scene.plan.formats.contains(&Format::Xlsx) {
            let bytes = srez_xlsx::text_book(&texts::book(scene.plan, &standing))?;
            artifacts.push(Artifact { path: texts::TEXT_BOOK.to_owned(), bytes });
        }
        Ok(artifacts)
    })
}

/// The sheets of particulars, for the office alone; none where no school has one.
fn particulars(scene: &Scene<'_>, context: &Context<'_>, material: &Material<'_>) -> Result<Vec<Artifact>> {
    if !scene.plan.audiences.contains(&Audience::Office) {
        return Ok(Vec::new());
    }
    let Some(mut report) = documents::particulars(context, &chapters(material)) else { return Ok(Vec::new()) };
    scene.texts.write_into(&mut report, PARTICULARS);
    Document::from(&report).in_formats(scene.plan, PARTICULARS)
}

/// The page that filters, beside the start page whatever the formats; none where no work has results.
fn filter_page(context: &Context<'_>, material: &Material<'_>) -> Vec<Artifact> {
    let page = srez_report::filter_page::of_office(context, material.measures, material.earlier);
    let file =
        |page| Artifact { path: filter_page::FILE.to_owned(), bytes: srez_html::filter_page(&page).into_bytes() };
    page.map(file).into_iter().collect()
}

/// Words, numbers and thresholds of all documents, once.
fn methods(scene: &Scene<'_>, context: &Context<'_>) -> Result<Vec<Artifact>> {
    let report = documents::methods(context);
    let mut artifacts = Vec::new();
    if scene.plan.formats.contains(&Format::Pdf) {
        artifacts.push(Artifact { path: "municipality/methods.pdf".to_owned(), bytes: srez_pdf::render(&report)? });
    }
    if scene.plan.formats.contains(&Format::Html) {
        let beside = [("PDF".to_owned(), "methods.pdf".to_owned())];
        let beside = if artifacts.is_empty() { &[][..] } else { &beside[..] };
        let page = srez_html::render(&report, beside).into_bytes();
        artifacts.push(Artifact { path: "municipality/methods.html".to_owned(), bytes: page });
    }
    Ok(artifacts)
}

/// The protocol of data quality: a page and a workbook.
pub(super) fn quality(scene: &Scene<'_>, context: &Context<'_>, material: &Material<'_>) -> Result<Vec<Artifact>> {
    let exams: Vec<&Measures> = material.measures.iter().collect();
    let report = documents::protocol(context, &exams);
    let mut artifacts = Vec::new();
    if scene.plan.formats.contains(&Format::Xlsx) {
        artifacts.push(Artifact { path: PROTOCOL_WORKBOOK.to_owned(), bytes: srez_xlsx::render(&report)? });
    }
    if scene.plan.formats.contains(&Format::Html) {
        let beside = [("XLSX".to_owned(), "protocol.xlsx".to_owned())];
        artifacts
            .push(Artifact { path: PROTOCOL_PAGE.to_owned(), bytes: srez_html::render(&report, &beside).into_bytes() });
    }
    Ok(artifacts)
}

/// What came of the measures: a document that is edited and a workbook.
fn effectiveness(scene: &Scene<'_>, context: &Context<'_>, material: &Material<'_>) -> Result<Vec<Artifact>> {
    let chapters = chapters(material);
    let mut artifacts = Vec::new();
    if scene.plan.formats.contains(&Format::Docx) {
        let bytes = srez_docx::render(&documents::effectiveness(context, &chapters))?;
        artifacts.push(Artifact { path: "municipality/effectiveness.docx".to_owned(), bytes });
    }
    if scene.plan.formats.contains(&Format::Xlsx) {
        let bytes = srez_xlsx::render(&documents::effectiveness_workbook(context, &chapters))?;
        artifacts.push(Artifact { path: "municipality/effectiveness.xlsx".to_owned(), bytes });
    }
    Ok(artifacts)
}
