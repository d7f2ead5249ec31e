//! The theme: colours and typefaces from which Word offers its choices; a document without one is not valid.

use super::package::Part;
use super::xml::{Xml, hex};
use srez_render::office::{INK, INK_2, MARK_LINES, OWN, REFERENCE, RULE, WASH};

/// Path in the container, below the folder `word`.
pub(super) const PATH: &str = "theme/theme1.xml";

/// The part.
pub(super) fn theme() -> Part {
    let mut xml = Xml::new();
    let space = "http://schemas.openxmlformats.org/drawingml/2006/main";
    xml.element("a:theme", &[("xmlns:a", space), ("name", "srez")], |xml| {
        xml.element("a:themeElements", &[], |xml| {
            colours(xml);
            xml.element("a:fontScheme", &[("name", "srez")], |xml| {
                for role in ["a:majorFont", "a:minorFont"] {
                    xml.element(role, &[], |xml| {
                        for (script, face) in [("a:latin", "PT Sans"), ("a:ea", ""), ("a:cs", "")] {
                            xml.empty(script, &[("typeface", face)]);
                        }
                    });
                }
            });
            formats(xml);
        });
    });
    Part { path: format!("word/{PATH}"), bytes: xml.finish() }
}

fn colours(xml: &mut Xml) {
    let [two, three, four, five] = MARK_LINES;
    let colours = [
        ("a:dk1", INK),
        ("a:lt1", 0xFF_FFFF),
        ("a:dk2", INK_2),
        ("a:lt2", WASH),
        ("a:accent1", OWN),
        ("a:accent2", two),
        ("a:accent3", three),
        ("a:accent4", four),
        ("a:accent5", five),
        ("a:accent6", REFERENCE),
        ("a:hlink", OWN),
        ("a:folHlink", RULE),
    ];
    xml.element("a:clrScheme", &[("name", "srez")], |xml| {
        for (role, colour) in colours {
            xml.element(role, &[], |xml| xml.empty("a:srgbClr", &[("val", &hex(colour))]));
        }
    });
}

/// Fills, lines, effects and grounds, three each, as the schema wants them; drawings of ours use none of them.
fn formats(xml: &mut Xml) {
    let fill = |xml: &mut Xml| {
        xml.element("a:solidFill", &[], |xml| xml.empty("a:schemeClr", &[("val", "phClr")]));
    };
    let three = |xml: &mut Xml, name: &str, one: &dyn Fn(&mut Xml)| {
        xml.element(name, &[], |xml| (0..3).for_each(|_| one(xml)));
    };
    xml.element("a:fmtScheme", &[("name", "srez")], |xml| {
        three(xml, "a:fillStyleLst", &fill);
        three(xml, "a:lnStyleLst", &|xml| xml.element("a:ln", &[("w", "6350")], fill));
        three(xml, "a:effectStyleLst", &|xml| {
            xml.element("a:effectStyle", &[], |xml| xml.empty("a:effectLst", &[]));
        });
        three(xml, "a:bgFillStyleLst", &fill);
    });
}
