//! Named styles: she changes the look of the whole document by changing a style.

use super::package::Part;
use super::page::PORTRAIT;
use super::settings::SPACE;
use super::xml::{Xml, hex};
use srez_render::office::{HAIR, INK, INK_2, INK_3};

/// Sizes are in halves of a point, distances in twentieths of a point.
struct Paragraph {
    id: &'static str,
    name: &'static str,
    serif: bool,
    size: u32,
    bold: bool,
    colour: u32,
    before: u32,
    after: u32,
    line: u32,
    align: &'static str,
    keep_next: bool,
    hyphens: bool,
    outline: Option<u8>,
    list: Option<usize>,
}

const PLAIN: Paragraph = Paragraph {
    id: "",
    name: "",
    serif: false,
    size: 20,
    bold: false,
    colour: INK,
    before: 0,
    after: 0,
    line: 0,
    align: "left",
    keep_next: false,
    hyphens: false,
    outline: None,
    list: None,
};

const HEADING: Paragraph = Paragraph { bold: true, keep_next: true, ..PLAIN };
const BODY: Paragraph = Paragraph { serif: true, after: 120, line: 280, hyphens: true, ..PLAIN };
const CELL: Paragraph = Paragraph { size: 17, line: 220, ..PLAIN };
const SMALL: Paragraph = Paragraph { size: 16, colour: INK_2, line: 200, ..PLAIN };

const PARAGRAPHS: &[Paragraph] = &[
    Paragraph { id: "Normal", name: "Normal", ..BODY },
    Paragraph { id: "Title", name: "Title", size: 54, line: 600, after: 120, ..HEADING },
    Paragraph {
        id: "Subtitle",
        name: "Subtitle",
        size: 28,
        colour: INK_2,
        after: 20,
        line: 360,
        keep_next: true,
        ..PLAIN
    },
    Paragraph { id: "Issuer", name: "Издатель", colour: INK_2, before: 560, after: 560, ..PLAIN },
    Paragraph {
        id: "Heading1",
        name: "heading 1",
        size: 30,
        before: 360,
        after: 140,
        outline: Some(0),
        list: Some(1),
        ..HEADING
    },
    Paragraph { id: "Heading2", name: "heading 2", size: 22, before: 200, after: 80, outline: Some(1), ..HEADING },
    Paragraph {
        id: "Heading3",
        name: "heading 3",
        size: 20,
        colour: INK_2,
        before: 160,
        after: 60,
        outline: Some(2),
        ..HEADING
    },
    Paragraph {
        id: "CoverHeading", name: "Заголовок на титуле", size: 22, before: 200, after: 60, ..HEADING
    },
    Paragraph { id: "Caption", name: "caption", size: 17, colour: INK_2, before: 120, after: 60, line: 220, ..PLAIN },
    Paragraph { id: "Picture", name: "Рисунок", before: 120, keep_next: true, ..PLAIN },
    Paragraph { id: "ListItem", name: "List Paragraph", after: 60, ..BODY },
    Paragraph { id: "CellText", name: "Таблица, текст", ..CELL },
    Paragraph { id: "CellNumber", name: "Таблица, число", align: "right", ..CELL },
    Paragraph { id: "CellCode", name: "Таблица, код", align: "center", ..CELL },
    Paragraph { id: "CellHead", name: "Таблица, шапка", keep_next: true, ..SMALL },
    Paragraph { id: "Remark", name: "Примечание", before: 80, after: 160, ..SMALL },
    Paragraph {
        id: "KeyNumber", name: "Число на титуле", size: 40, bold: true, before: 100, keep_next: true, ..PLAIN
    },
    Paragraph { id: "CoverLine", name: "Строка титула", after: 50, ..CELL },
    Paragraph { id: "KeyUnit", name: "Единица на титуле", after: 120, ..SMALL },
    Paragraph { id: "Gap", name: "Промежуток", size: 4, line: 40, ..PLAIN },
    Paragraph {
        id: "FieldLabel",
        name: "Поле для заполнения",
        bold: true,
        before: 160,
        after: 40,
        keep_next: true,
        ..PLAIN
    },
    Paragraph { id: "TOCHeading", name: "TOC Heading", size: 22, before: 200, after: 60, ..HEADING },
    Paragraph { id: "TOC1", name: "toc 1", after: 40, line: 260, ..PLAIN },
    Paragraph { id: "Header", name: "header", size: 16, colour: INK_3, ..PLAIN },
    Paragraph { id: "Footer", name: "footer", size: 16, colour: INK_3, ..PLAIN },
];

/// Every style of the document.
pub(super) fn styles() -> Part {
    let mut xml = Xml::of_words();
    xml.element("w:styles", &[SPACE], |xml| {
        defaults(xml);
        for style in PARAGRAPHS {
            paragraph(xml, style);
        }
        xml.element("w:style", &[("w:type", "character"), ("w:default", "1"), ("w:styleId", "Letters")], |xml| {
            xml.value("w:name", "Default Paragraph Font");
        });
        plain_table(xml);
        table(xml);
    });
    Part { path: "word/styles.xml".to_owned(), bytes: xml.finish() }
}

fn defaults(xml: &mut Xml) {
    xml.element("w:docDefaults", &[], |xml| {
        xml.element("w:rPrDefault", &[], |xml| {
            xml.element("w:rPr", &[], |xml| {
                letters(xml, true);
                xml.value("w:color", &hex(INK));
                xml.value("w:sz", "20");
                xml.value("w:szCs", "20");
                let russian = "ru-RU";
                xml.empty("w:lang", &[("w:val", russian), ("w:eastAsia", russian), ("w:bidi", "ar-SA")]);
            });
        });
        xml.element("w:pPrDefault", &[], |_| {});
    });
}

fn letters(xml: &mut Xml, serif: bool) {
    let name = if serif { "PT Serif" } else { "PT Sans" };
    xml.empty("w:rFonts", &[("w:ascii", name), ("w:hAnsi", name), ("w:eastAsia", name), ("w:cs", name)]);
}

fn paragraph(xml: &mut Xml, style: &Paragraph) {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", style.id)];
    if style.id == "Normal" {
        attributes.push(("w:default", "1"));
    }
    if !style.name.is_ascii() {
        attributes.push(("w:customStyle", "1"));
    }
    xml.element("w:style", &attributes, |xml| {
        xml.value("w:name", style.name);
        if style.id != "Normal" {
            xml.value("w:basedOn", "Normal");
            xml.value("w:next", if style.bold && style.keep_next { "Normal" } else { style.id });
        }
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| paragraph_properties(xml, style));
        xml.element("w:rPr", &[], |xml| {
            letters(xml, style.serif);
            xml.value("w:b", if style.bold { "1" } else { "0" });
            xml.value("w:color", &hex(style.colour));
            xml.value("w:sz", &style.size.to_string());
            xml.value("w:szCs", &style.size.to_string());
        });
    });
}

fn paragraph_properties(xml: &mut Xml, style: &Paragraph) {
    if style.keep_next {
        xml.empty("w:keepNext", &[]);
        xml.empty("w:keepLines", &[]);
    }
    xml.empty("w:widowControl", &[]);
    if let Some(list) = style.list {
        xml.element("w:numPr", &[], |xml| xml.value("w:numId", &list.to_string()));
    }
    if style.id == "TOC1" {
        xml.element("w:tabs", &[], |xml| {
            xml.empty("w:tab", &[("w:val", "left"), ("w:pos", "425")]);
            let edge = PORTRAIT.text_width().to_string();
            xml.empty("w:tab", &[("w:val", "right"), ("w:leader", "dot"), ("w:pos", &edge)]);
        });
    }
    if !style.hyphens {
        xml.empty("w:suppressAutoHyphens", &[]);
    }
    let (before, after, line) = (style.before.to_string(), style.after.to_string(), style.line.to_string());
    if style.line == 0 {
        let spacing = [("w:before", before.as_str()), ("w:after", &after), ("w:line", "240"), ("w:lineRule", "auto")];
        xml.empty("w:spacing", &spacing);
    } else {
        let spacing =
            [("w:before", before.as_str()), ("w:after", &after), ("w:line", &line), ("w:lineRule", "atLeast")];
        xml.empty("w:spacing", &spacing);
    }
    xml.value("w:jc", style.align);
    if let Some(outline) = style.outline {
        xml.value("w:outlineLvl", &outline.to_string());
    }
}

fn plain_table(xml: &mut Xml) {
    xml.element("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "PlainTable")], |xml| {
        xml.value("w:name", "Normal Table");
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
            margins(xml, "0", "0");
        });
    });
}

fn margins(xml: &mut Xml, vertical: &str, horizontal: &str) {
    xml.element("w:tblCellMar", &[], |xml| {
        for (side, width) in [("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal)] {
            xml.empty(&format!("w:{side}"), &[("w:w", width), ("w:type", "dxa")]);
        }
    });
}

/// Rules above and below, hairlines between rows, nothing upright.
fn table(xml: &mut Xml) {
    xml.element("w:style", &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", "DataTable")], |xml| {
        xml.value("w:name", "Таблица данных");
        xml.value("w:basedOn", "PlainTable");
        xml.empty("w:qFormat", &[]);
        xml.element("w:tblPr", &[], |xml| {
            xml.element("w:tblBorders", &[], |xml| {
                for (side, width, colour) in [("top", "7", INK), ("bottom", "7", INK), ("insideH", "4", HAIR)] {
                    let line = [("w:val", "single"), ("w:sz", width), ("w:space", "0"), ("w:color", &hex(colour))];
                    xml.empty(&format!("w:{side}"), &line);
                }
            });
            margins(xml, "28", "60");
        });
        xml.element("w:tblStylePr", &[("w:type", "firstRow")], |xml| {
            xml.element("w:tcPr", &[], |xml| {
                xml.element("w:tcBorders", &[], |xml| {
                    let line = [("w:val", "single"), ("w:sz", "5"), ("w:space", "0"), ("w:color", &hex(INK))];
                    xml.empty("w:bottom", &line);
                });
            });
        });
    });
}
