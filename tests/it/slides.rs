//! The slides of the demo: both formats say the same, no more than the edition, and name schools at the end alone.

use crate::editions::text_of;
use crate::lines::plain;
use crate::reports::{parts, texts};
use crate::trial::{demo, rows};
use srez_testkit::sources::files_below;

/// Editions with slides, by the names of their folders.
fn decks() -> Vec<String> {
    let files = files_below(&demo().0.period().join("editions"));
    let names: Vec<String> =
        files.iter().filter_map(|path| path.strip_suffix("/deck.pptx").map(str::to_owned)).collect();
    assert!(7 < names.len(), "{names:?}");
    names
}

/// Texts of the parts of a presentation whose names begin so, a part each, in the order of the slides.
fn of_parts(name: &str, beginning: &str) -> Vec<String> {
    let path = format!("editions/{name}/deck.pptx");
    let number = |part: &str| part.trim_start_matches(beginning).trim_end_matches(".xml").parse::<u32>().ok();
    let mut found: Vec<(u32, String)> = parts(&path)
        .into_iter()
        .filter(|(part, _)| part.starts_with(beginning))
        .map(|(part, xml)| (number(&part).unwrap(), texts(&part, &xml).join(" ")))
        .collect();
    found.sort();
    found.into_iter().map(|(_, text)| text).collect()
}

fn slides(name: &str) -> Vec<String> {
    of_parts(name, "ppt/slides/slide")
}

/// Titles of the slides: the first text of each.
fn titles(name: &str) -> Vec<String> {
    let is_slide = |part: &&(String, String)| part.0.starts_with("ppt/slides/slide");
    let parts = parts(&format!("editions/{name}/deck.pptx"));
    parts.iter().filter(is_slide).map(|(part, xml)| texts(part, xml).remove(0)).collect()
}

fn letters(name: &str) -> String {
    let path = demo().0.period().join("editions").join(name).join("deck.pdf");
    plain(&crate::pdf_text::letters(std::fs::read(path).unwrap()))
}

/// Shares with one decimal in a text without spaces. If numbers touch, digits of the previous one come first: then
/// every possible reading is returned.
fn shares_of(letters: &str) -> Vec<Vec<String>> {
    let signs: Vec<char> = letters.chars().collect();
    let is_digit = |place: usize| signs.get(place).is_some_and(char::is_ascii_digit);
    let commas = (1..signs.len()).filter(|place| signs[*place] == ',' && is_digit(place - 1) && is_digit(place + 1));
    commas
        .map(|comma| {
            let before = (0..comma).rev().take_while(|place| is_digit(*place)).count();
            let lengths = if before <= 2 { before..=before } else { 1..=2 };
            lengths.map(|length| signs[comma - length..comma + 2].iter().collect()).collect()
        })
        .collect()
}

/// Numbers kept in the charts of a presentation, as they are printed.
fn of_charts(name: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for (part, xml) in parts(&format!("editions/{name}/deck.pptx")) {
        if !part.starts_with("ppt/charts/chart") {
            continue;
        }
        for cache in xml.split("<c:numCache>").skip(1) {
            let values = cache.split("</c:numCache>").next().unwrap().split("<c:v>").skip(1);
            numbers.extend(values.map(|value| value.split('<').next().unwrap().replace('.', ",")));
        }
    }
    numbers
}

#[test]
fn both_formats_of_the_slides_have_the_same_titles_and_numbers() {
    let (mut numbers, mut charts) = (0, 0);
    for name in decks() {
        let letters = letters(&name);
        let slides = slides(&name);
        assert!(!letters.contains('?'), "{name}: a letter without a glyph, or a question on the wall: {letters}");
        assert!((2..=4).contains(&slides.len()), "{name} has {} slides", slides.len());
        let of_charts = of_charts(&name);
        for number in &of_charts {
            assert!(letters.contains(number.as_str()), "{name}: {number} of a chart is not in the PDF");
            let decimals = number.split_once(',').map_or(0, |(_, decimals)| decimals.len());
            assert!(decimals <= 1, "{name}: {number} is more exact than it is printed");
            charts += 1;
        }
        let whole = plain(&slides.join(" "));
        for ways in shares_of(&letters) {
            let is_kept = |share: &String| {
                let rounded = share.strip_suffix(",0").unwrap_or(share);
                whole.contains(share.as_str()) || of_charts.iter().any(|number| number == share || number == rounded)
            };
            assert!(ways.iter().any(is_kept), "{name}: {ways:?} of the PDF is not in the presentation");
            numbers += 1;
        }
        for title in titles(&name) {
            assert!(letters.contains(&plain(&title)), "{name}: the PDF has no slide «{title}»");
        }
    }
    assert!(numbers > 40 && charts > 40, "{numbers} shares, {charts} numbers of charts");
}

#[test]
fn slides_of_an_association_say_no_more_than_its_edition() {
    let folder = demo().0.period().join("editions");
    let schools = rows(std::path::Path::new("sample-data/schools.csv"));
    let (mut checked, mut named) = (0, 0);
    for name in decks() {
        let html = std::fs::read_to_string(folder.join(&name).join("analysis.html")).unwrap();
        let edition = plain(&(html + &text_of(&format!("editions/{name}/packet.docx"))));
        let notes = of_parts(&name, "ppt/notesSlides/notesSlide");
        let slides = slides(&name);
        let said = plain(&[slides.join(" "), notes.join(" "), of_charts(&name).join(" ; ")].join(" "));
        for ways in shares_of(&said) {
            assert!(ways.iter().any(|share| edition.contains(share)), "{name}: {ways:?} stands on a slide alone");
            checked += 1;
        }
        let marks = rows(&folder.join(&name).join("data/marks.csv"));
        let last = plain(slides.last().unwrap());
        assert!(last.contains("Решаемсегодня"), "{name}: {last}");
        let before = plain(&slides[..slides.len() - 1].join(" "));
        for school in &schools {
            let short = plain(&school["short_name"]);
            let is_shown = marks.iter().any(|row| row["group"] == school["login"] && !row["n"].is_empty());
            assert!(is_shown || !said.contains(&short), "{name} names {short}, which the edition hides");
            assert!(!before.contains(&short), "{name} names {short} before the decision: {before}");
            named += usize::from(last.contains(&short));
        }
    }
    assert!(checked > 100 && named > 2, "{checked} shares, {named} schools");
}

#[test]
fn most_subjects_have_all_four_slides_and_each_its_words_for_the_speaker() {
    let mut whole = 0;
    let decks = decks();
    for name in &decks {
        let slides = slides(name);
        let notes = of_parts(name, "ppt/notesSlides/notesSlide");
        assert_eq!(notes.len(), slides.len(), "{name}");
        assert!(notes.iter().all(|words| 40 < words.chars().count()), "{name}: {notes:?}");
        whole += usize::from(slides.len() == 4);
    }
    assert!(decks.len() <= whole + 1, "{whole} of {} have four slides", decks.len());
}
