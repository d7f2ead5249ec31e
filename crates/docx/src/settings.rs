//! Settings of the document and the fonts that stand in where PT is not installed.

use super::package::Part;
use super::xml::Xml;

/// Name space of the word processing parts.
pub(super) const SPACE: (&str, &str) = ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");

/// Hyphenation, tab width, language of the theme, behaviour of the newest Word.
pub(super) fn settings() -> Part {
    let mut xml = Xml::of_words();
    xml.element("w:settings", &[SPACE], |xml| {
        xml.empty("w:zoom", &[("w:percent", "100")]);
        xml.empty("w:autoHyphenation", &[]);
        xml.value("w:consecutiveHyphenLimit", "3");
        xml.value("w:hyphenationZone", "284");
        xml.empty("w:doNotHyphenateCaps", &[]);
        xml.element("w:compat", &[], |xml| {
            let uri = ("w:uri", "http://schemas.microsoft.com/office/word");
            xml.empty("w:compatSetting", &[("w:name", "compatibilityMode"), uri, ("w:val", "15")]);
        });
        xml.empty("w:themeFontLang", &[("w:val", "ru-RU")]);
        xml.value("w:decimalSymbol", ",");
        xml.value("w:listSeparator", ";");
    });
    Part { path: "word/settings.xml".to_owned(), bytes: xml.finish() }
}

/// PT Serif and PT Sans with the fonts that stand in for them.
pub(super) fn fonts() -> Part {
    let mut xml = Xml::of_words();
    xml.element("w:fonts", &[SPACE], |xml| {
        for (name, substitute, family) in [("PT Serif", "Times New Roman", "roman"), ("PT Sans", "Arial", "swiss")] {
            xml.element("w:font", &[("w:name", name)], |xml| {
                xml.value("w:altName", substitute);
                xml.value("w:charset", "CC");
                xml.value("w:family", family);
                xml.value("w:pitch", "variable");
            });
        }
    });
    Part { path: "word/fontTable.xml".to_owned(), bytes: xml.finish() }
}
