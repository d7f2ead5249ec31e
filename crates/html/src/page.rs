//! A document as a page, and the shell around every page.

use super::block::{Numbers, blocks};
use super::picture;
use super::{SCRIPT, STYLE};
use askama::Template;
use srez_model::provenance::Provenance;
use srez_model::report::{DocumentKind, Report};
use srez_render::address;
use srez_render::numbering::headings;
use srez_wording::text::unparted;

/// Words of the line in the list of contents.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) title: String,
    /// Level of its heading: 1 for a section, 2 and 3 below it.
    pub(super) depth: u8,
}

#[derive(Template)]
#[template(path = "shell.html")]
struct Shell<'a> {
    title: &'a str,
    nonce: &'a str,
    contents: &'a [Entry],
    /// True where the contents have numbers.
    numbered: bool,
    body: &'a str,
    /// Explanations or rows as JSON, and the id of its element; empty where there are none.
    data: &'a str,
    data_id: &'static str,
    style: &'static str,
    own_style: &'static str,
    script: &'static str,
    own_script: &'static str,
}

/// What a page has beside what all have.
#[derive(Default)]
pub(super) struct Extras {
    /// JSON that cannot end the element it stands in, and the id of the element; empty for none.
    pub(super) data: String,
    pub(super) data_id: &'static str,
    pub(super) style: &'static str,
    pub(super) script: &'static str,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Body<'a> {
    report: &'a Report,
    /// Emblem as an address of data; empty where there is none.
    emblem: String,
    files: Vec<(String, String)>,
    sections: Vec<SectionView>,
}

struct SectionView {
    id: String,
    number: String,
    title: String,
    depth: u8,
    blocks: Vec<String>,
}

/// The report as one page; `files` are the same document in other formats, as label and path relative to the page.
///
/// Tables of a packet for an association cannot be sorted: sorted by result, a list of schools is a ranking.
pub fn render(report: &Report, files: &[(String, String)]) -> String {
    explained(report, files, &Provenance::default())
}

/// The same, with a drawer that tells of a number where it comes from.
pub fn explained(report: &Report, files: &[(String, String)], provenance: &Provenance) -> String {
    let sortable = report.kind != DocumentKind::AssociationPacket;
    let mut numbers = Numbers { tables: 0, figures: 0, provenance };
    let sections: Vec<SectionView> = report
        .sections
        .iter()
        .zip(headings(&report.sections))
        .enumerate()
        .map(|(index, (section, heading))| SectionView {
            id: if section.id.is_empty() { format!("section-{}", index + 1) } else { section.id.to_owned() },
            number: heading.number,
            title: unparted(&heading.title),
            depth: section.depth,
            blocks: blocks(&section.blocks, sortable, &mut numbers),
        })
        .collect();
    let contents: Vec<Entry> = sections
        .iter()
        .map(|it| Entry { id: it.id.clone(), number: it.number.clone(), title: it.title.clone(), depth: it.depth })
        .collect();
    let files = linked(files);
    let emblem = report.style.logo.as_ref().map_or_else(String::new, |logo| picture::emblem(&logo.png));
    let body = written(&Body { report, emblem, files, sections });
    let extras = Extras { data: data(provenance), data_id: "whence-data", ..Extras::default() };
    shell_with(&format!("{}. {}", report.title, report.subtitle), &contents, &body, &extras)
}

/// The explanations as JSON that cannot end the element it stands in.
fn data(provenance: &Provenance) -> String {
    if provenance.explanations.is_empty() {
        return String::new();
    }
    let value = serde_json::json!({ "explanations": provenance.explanations, "files": provenance.files });
    value.to_string().replace('<', "\\u003c")
}

/// Files that may be linked, label and address.
pub(super) fn linked(files: &[(String, String)]) -> Vec<(String, String)> {
    files.iter().filter_map(|(label, path)| Some((label.clone(), address::relative(path)?))).collect()
}

/// The page around a body.
pub(super) fn shell(title: &str, contents: &[Entry], body: &str) -> String {
    shell_with(title, contents, body, &Extras::default())
}

/// The page around a body that has more than others.
pub(super) fn shell_with(title: &str, contents: &[Entry], body: &str, extras: &Extras) -> String {
    let nonce = blake3::hash(format!("{body}{}", extras.data).as_bytes()).to_hex();
    let numbered = contents.iter().any(|entry| !entry.number.is_empty());
    written(&Shell {
        numbered,
        title,
        nonce: &nonce.as_str()[..32],
        contents,
        body,
        data: &extras.data,
        data_id: extras.data_id,
        style: STYLE,
        own_style: extras.style,
        script: SCRIPT,
        own_script: extras.script,
    })
}

/// The text of a template. Writing into memory cannot fail, and no template of ours fails by itself.
pub(super) fn written(template: &impl Template) -> String {
    template.render().unwrap_or_else(|error| panic!("the template is part of the program and does not fail: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::finding::Status;
    use srez_model::provenance::Explanation;
    use srez_model::report::Block;
    use srez_model::start_page::{Exam, ExamGroup, MainFinding, StartPage, Total};
    use srez_testkit::sample;

    #[test]
    fn hostile_text_stays_text_and_ids_do_not_meet() {
        let files = [("PDF".to_owned(), "analysis.pdf".to_owned()), ("x".to_owned(), "javascript:alert(1)".to_owned())];
        let page = render(&sample::report(DocumentKind::SubjectAnalysis), &files);
        assert_eq!(page.matches("<script").count(), 1);
        assert!(!page.contains("javascript:") && page.contains("href=\"analysis.pdf\""));
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert!(
            !page.contains("http://")
                || page.matches("http://").count() == page.matches("http://www.w3.org/2000/svg").count()
        );
    }

    #[test]
    fn a_section_keeps_its_own_anchor_wherever_it_stands() {
        let mut report = sample::report(DocumentKind::SubjectAnalysis);
        report.sections[1].id = "notes";
        let page = render(&report, &[]);
        assert!(page.contains("<section id=\"notes\">") && page.contains("href=\"#notes\""));
        assert!(page.contains("<section id=\"section-1\">") && page.contains("<section id=\"section-3\">"));
    }

    #[test]
    fn an_explained_number_leads_to_its_explanation_and_data_cannot_leave_their_element() {
        let report = sample::report(DocumentKind::SubjectAnalysis);
        let blocks = report.sections.iter().flat_map(|section| &section.blocks);
        let table =
            blocks.filter_map(|it| if let Block::Table(table) = it { Some(table) } else { None }).next().unwrap();
        let words = || "</script><b>".to_owned();
        let explanation = Explanation {
            title: words(),
            value: words(),
            formula: words(),
            counts: words(),
            source: words(),
            threshold: words(),
            address: words(),
            files: 0,
        };
        let provenance = Provenance {
            explanations: vec![explanation],
            cells: [((table.name.clone(), 0, 1), 0)].into(),
            files: vec![Vec::new()],
        };
        let page = explained(&report, &[], &provenance);
        assert_eq!(page.matches(" data-why=\"0\"").count(), 1, "the cell");
        assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (2, 2));
    }

    #[test]
    fn a_packet_for_an_association_cannot_be_sorted_into_a_ranking() {
        assert!(!render(&sample::report(DocumentKind::AssociationPacket), &[]).contains("class=\"sortable\""));
        assert!(render(&sample::report(DocumentKind::SubjectAnalysis), &[]).contains("class=\"sortable\""));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test leaves files for a person")]
    #[ignore = "for a person: writes the sample into target/sample"]
    fn sample_to_look_at() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sample");
        std::fs::create_dir_all(&folder).unwrap();
        let files = ["PDF", "DOCX", "XLSX"].map(|it| (it.to_owned(), format!("analysis.{}", it.to_lowercase())));
        std::fs::write(folder.join("analysis.html"), render(&sample::report(DocumentKind::SubjectAnalysis), &files))
            .unwrap();
        let index = StartPage {
            title: "Внешние оценочные процедуры, 2025/26 учебный год".to_owned(),
            centre: "МБУ «Информационно-методический центр»".to_owned(),
            municipality: "Муниципальный округ «Северная Долина»".to_owned(),
            date: "05.06.2026".to_owned(),
            slice: "Версия данных 7".to_owned(),
            footer: "Для служебного пользования · данные на 05.06.2026, версия 7".to_owned(),
            totals: vec![Total {
                value: "128".to_owned(), label: "файлов получено".to_owned(), link: String::new()
            }],
            groups: vec![ExamGroup {
                title: "ВПР-2026".to_owned(),
                exams: vec![Exam {
                    title: "Математика, 8 класс".to_owned(),
                    participants: Some(950),
                    shares: Some([21.2, 43.4, 25.3, 10.1]),
                    result: "«2» — 21,2\u{a0}%, «4» и «5» — 35,4\u{a0}%".to_owned(),
                    links: files.to_vec(),
                    packet: Vec::new(),
                }],
            }],
            findings: vec![MainFinding {
                status: Status::Fact,
                exam: "ВПР-2026. Математика, 8 класс".to_owned(),
                text: "Недостаточный уровень у 7 заданий из 20.".to_owned(),
                link: "subjects/vpr-2026-math/analysis.html#section-1".to_owned(),
            }],
            left_out: "строк не принято: 17".to_owned(),
            not_made: vec!["subjects/vpr-2026-math/analysis: ошибка программы".to_owned()],
            quality: vec![("Протокол в XLSX".to_owned(), "qa/protocol.xlsx".to_owned())],
            folders: vec![
                ("таблицы для обмена, CSV и Parquet".to_owned(), "data/".to_owned()),
                ("качество данных".to_owned(), "qa/".to_owned()),
            ],
            ..StartPage::default()
        };
        std::fs::write(folder.join("index.html"), super::super::index::index(&index)).unwrap();
    }
}
