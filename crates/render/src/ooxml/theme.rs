//! The theme: colours and typefaces from which the program offers its choices; a document without one is not valid.

use super::Part;
use super::xml::{Xml, hex};
use crate::office::{INK, INK_2, MARK_LINES, OWN, REFERENCE, RULE, WASH};

/// Kind of its content.
pub const KIND: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// By these a program finds a face that can stand in where PT Sans is not installed: Arial.
const LIKE_ARIAL: [(&str, &str); 3] = [("panose", "020B0503020203020204"), ("pitchFamily", "34"), ("charset", "-52")];

/// The part of that path.
pub fn theme(path: String) -> Part {
    let mut xml = Xml::of_drawings();
    let space = "http://schemas.openxmlformats.org/drawingml/2006/main";
    xml.element("a:theme", &[("xmlns:a", space), ("name", "srez")], |xml| {
        xml.element("a:themeElements", &[], |xml| {
            colours(xml);
            xml.element("a:fontScheme", &[("name", "srez")], |xml| {
                for role in ["a:majorFont", "a:minorFont"] {
                    xml.element(role, &[], |xml| {
                        let [panose, pitch, charset] = LIKE_ARIAL;
                        xml.empty("a:latin", &[("typeface", "PT Sans"), panose, pitch, charset]);
                        xml.empty("a:ea", &[("typeface", "")]);
                        xml.empty("a:cs", &[("typeface", "")]);
                    });
                }
            });
            formats(xml);
        });
    });
    Part { path, bytes: xml.finish() }
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
