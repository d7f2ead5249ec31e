//! A document in every format that the plan wants.

use rayon::prelude::*;
use srez_config::plan::{Format, Plan};
use srez_model::artifact::Artifact;
use srez_model::deck::Deck;
use srez_model::error::Result;
use srez_model::provenance::Provenance;
use srez_model::report::Report;

/// The formats of slides, the one that is edited first.
pub(super) const OF_SLIDES: [Format; 2] = [Format::Pptx, Format::Pdf];

/// Slides in every format that the plan wants; `path` has no extension.
pub(super) fn slides(plan: &Plan, deck: &Deck, path: &str) -> Result<Vec<Artifact>> {
    let wanted = OF_SLIDES.into_iter().filter(|format| plan.formats.contains(format));
    let written = |format: Format| {
        let bytes = if format == Format::Pptx { srez_pptx::render(deck)? } else { srez_pdf::render_deck(deck)? };
        Ok(Artifact { path: format!("{path}.{}", format.extension()), bytes })
    };
    wanted.map(written).collect()
}

/// A document to be written.
pub(super) struct Document<'a> {
    pub(super) report: &'a Report,
    /// In place of the report for the workbook, which may hold more tables.
    pub(super) workbook: Option<&'a Report>,
    /// True where it has a page for the screen.
    pub(super) on_screen: bool,
    /// True where it is printed, signed or edited.
    pub(super) on_paper: bool,
    /// Where the numbers of the page come from; none where nothing is explained.
    pub(super) provenance: Option<&'a Provenance>,
}

impl Document<'_> {
    /// Its files; `path` has no extension.
    pub(super) fn in_formats(&self, plan: &Plan, path: &str) -> Result<Vec<Artifact>> {
        let formats = [Format::Pdf, Format::Docx, Format::Xlsx];
        let is_wanted = |format: &Format| plan.formats.contains(format) && (self.on_paper || *format == Format::Xlsx);
        let wanted: Vec<Format> = formats.into_iter().filter(is_wanted).collect();
        let written: Vec<Result<Artifact>> = wanted.par_iter().map(|format| self.written(*format, path)).collect();
        // Of several faults the first in this order is told, whichever came first.
        let mut artifacts: Vec<Artifact> = written.into_iter().collect::<Result<_>>()?;
        if self.on_screen && plan.formats.contains(&Format::Html) {
            let name = path.rsplit('/').next().unwrap_or(path);
            let beside: Vec<(String, String)> = wanted
                .iter()
                .map(|format| (format.extension().to_uppercase(), format!("{name}.{}", format.extension())))
                .collect();
            let page = match self.provenance {
                Some(numbers) => srez_html::explained(self.report, &beside, numbers),
                None => srez_html::render(self.report, &beside),
            };
            let bytes = page.into_bytes();
            artifacts.push(Artifact { path: format!("{path}.{}", Format::Html.extension()), bytes });
        }
        Ok(artifacts)
    }

    pub(super) fn written(&self, format: Format, path: &str) -> Result<Artifact> {
        let bytes = match format {
            Format::Docx => srez_docx::render(self.report)?,
            Format::Xlsx => srez_xlsx::render(self.workbook.unwrap_or(self.report))?,
            Format::Pdf | Format::Pptx | Format::Html | Format::Png => srez_pdf::render(self.report)?,
        };
        Ok(Artifact { path: format!("{path}.{}", format.extension()), bytes })
    }
}

impl<'a> From<&'a Report> for Document<'a> {
    /// A document without a page for the screen.
    fn from(report: &'a Report) -> Self {
        Self { report, workbook: None, on_screen: false, on_paper: true, provenance: None }
    }
}
