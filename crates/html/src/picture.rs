//! A figure inside the page: the same SVG, with ids of its own and a name for those who cannot see it.

use data_encoding::BASE64;
use srez_model::figure::Figure;
use std::fmt::Write as _;

/// Attributes of the root that the page sets itself.
const REPLACED: [&str; 8] = ["width", "height", "role", "aria-label", "aria-labelledby", "id", "class", "style"];

/// The figure as markup. A drawing with styles or links of its own, which would reach into the page, is shown as an
/// image; so is one whose root cannot be read.
pub(super) fn picture(figure: &Figure, number: usize) -> String {
    let alt = if figure.alt.is_empty() { &figure.caption } else { &figure.alt };
    inlined(&figure.svg, &format!("f{number}-"), alt).unwrap_or_else(|| as_image(&figure.svg, alt))
}

fn inlined(svg: &str, prefix: &str, alt: &str) -> Option<String> {
    let start = svg.find("<svg")?;
    let foreign = ["<style", "<script", "<foreignObject", "<!ENTITY", "<a ", "<a>"];
    if foreign.iter().any(|tag| svg.contains(tag)) {
        return None;
    }
    let root = &svg[start + 4..];
    let end = root.find('>').filter(|&end| !root[..end].ends_with('/'))?;
    let attributes = attributes(&root[..end])?;
    let size = |name: &str| {
        let value = attributes.iter().find(|(key, _)| *key == name)?.1;
        value.trim_end_matches(|it: char| it.is_alphabetic()).parse::<f64>().ok()
    };
    let mut out = String::with_capacity(svg.len() + 200);
    out.push_str("<svg");
    for (name, value) in attributes.iter().filter(|(name, _)| !REPLACED.contains(name) && !name.starts_with("on")) {
        write!(out, " {name}=\"{value}\"").ok()?;
    }
    if !attributes.iter().any(|(name, _)| *name == "viewBox") {
        write!(out, " viewBox=\"0 0 {} {}\"", size("width")?, size("height")?).ok()?;
    }
    write!(out, " role=\"img\" aria-label=\"{}\">", escaped(alt)).ok()?;
    out.push_str(&with_prefix(&root[end + 1..], prefix));
    Some(out)
}

/// Names and values of the attributes of a tag, values as written; none where they are not in double quotes.
fn attributes(tag: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = tag.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = after.trim_start().strip_prefix('"')?.split_once('"')?;
        found.push((name.trim(), value));
        rest = after.trim_start();
    }
    Some(found)
}

/// Ids and references to them, made unique in the page.
fn with_prefix(svg: &str, prefix: &str) -> String {
    svg.replace(" id=\"", &format!(" id=\"{prefix}"))
        .replace("url(#", &format!("url(#{prefix}"))
        .replace("href=\"#", &format!("href=\"#{prefix}"))
}

fn as_image(svg: &str, alt: &str) -> String {
    let mut address = String::from("data:image/svg+xml,");
    for byte in svg.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~!*()/:;=?@,".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing into memory cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    format!("<img src=\"{address}\" alt=\"{}\">", escaped(alt))
}

/// A picture of an emblem as an image that stands in the page.
pub(super) fn emblem(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", BASE64.encode(png))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(svg: &str) -> Figure {
        Figure {
            chart: "funnel".to_owned(),
            name: "funnel".to_owned(),
            caption: "Доля".to_owned(),
            alt: "За границей: \"СОШ\"".to_owned(),
            width_mm: 170.0,
            height_mm: 80.0,
            svg: svg.to_owned(),
            png: Vec::new(),
        }
    }

    #[test]
    fn ids_are_of_the_figure_and_the_root_is_of_the_page() {
        let svg = "<?xml version=\"1.0\"?><svg width=\"10\" height=\"5\" onload=\"x()\"><g id=\"a\"/><use href=\"#a\" \
            fill=\"url(#b)\"/></svg>";
        assert_eq!(
            picture(&figure(svg), 2),
            "<svg viewBox=\"0 0 10 5\" role=\"img\" aria-label=\"За границей: &quot;СОШ&quot;\"><g id=\"f2-a\"/><use \
             href=\"#f2-a\" fill=\"url(#f2-b)\"/></svg>"
        );
    }

    #[test]
    fn bytes_become_letters() {
        // RFC 4648, section 10.
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (bytes, letters) in pairs {
            assert_eq!(emblem(bytes.as_bytes()), format!("data:image/png;base64,{letters}"));
        }
    }

    #[test]
    fn a_drawing_with_styles_stays_by_itself() {
        assert!(
            picture(&figure("<svg><style>p{color:red}</style></svg>"), 1)
                .starts_with("<img src=\"data:image/svg+xml,%3Csvg")
        );
    }
}
