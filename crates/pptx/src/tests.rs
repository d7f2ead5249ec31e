//! The presentation as a program opens it: container, parts, charts, letters; and as LibreOffice draws it.

use super::render;
use srez_model::deck::{Body, Deck};
use srez_testkit::sample_deck;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

type Parts = BTreeMap<String, Vec<u8>>;

fn unpacked(bytes: Vec<u8>) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert!(parts.insert(file.name().unwrap().into_owned(), bytes).is_none(), "two parts of one name");
    }
    parts
}

fn parts_of(deck: &Deck) -> Parts {
    unpacked(render(deck).unwrap())
}

fn text<'a>(parts: &'a Parts, path: &str) -> &'a str {
    std::str::from_utf8(&parts[path]).unwrap()
}

/// Values of an attribute of the elements of that name.
fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => return found,
            quick_xml::events::Event::Start(one) | quick_xml::events::Event::Empty(one)
                if one.name().as_ref() == element =>
            {
                let value = one.try_get_attribute(attribute).unwrap();
                found.extend(value.map(|it| it.value.into_owned()));
            }
            _ => {}
        }
    }
}

/// The path to which a relationship of a part leads.
fn resolved(rels: &str, target: &str) -> String {
    let (folder, _) = rels.rsplit_once("_rels/").unwrap();
    let mut path: Vec<&str> = folder.split('/').filter(|piece| !piece.is_empty()).collect();
    for piece in target.split('/') {
        if piece == ".." {
            path.pop();
        } else {
            path.push(piece);
        }
    }
    path.join("/")
}

#[test]
fn every_part_is_well_formed_and_the_same_twice() {
    for deck in [sample_deck::deck(), sample_deck::nasty_deck()] {
        let bytes = render(&deck).unwrap();
        assert_eq!(bytes, render(&deck).unwrap());
        for (name, bytes) in unpacked(bytes).into_iter().filter(|(name, _)| !name.ends_with(".xlsx")) {
            let text = String::from_utf8(bytes).unwrap();
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
            assert!(!text.contains(|sign: char| sign.is_control() && sign != '\n'), "{name}");
        }
    }
}

#[test]
fn no_part_is_missing_and_none_is_idle() {
    let parts = parts_of(&sample_deck::deck());
    let mut reached = BTreeSet::from(["[Content_Types].xml".to_owned()]);
    for rels in parts.keys().filter(|path| path.ends_with(".rels")) {
        reached.insert(rels.clone());
        let xml = text(&parts, rels);
        let ids = attributes(xml, "Relationship", "Id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{rels} has an id twice");
        for target in attributes(xml, "Relationship", "Target") {
            let path = resolved(rels, &target);
            assert!(parts.contains_key(&path), "{rels} leads to {path}, which is not there");
            reached.insert(path);
        }
    }
    assert_eq!(parts.keys().cloned().collect::<BTreeSet<_>>(), reached, "a part that nothing leads to");
    let kinds = text(&parts, "[Content_Types].xml");
    let by_path: BTreeSet<String> = attributes(kinds, "Override", "PartName").into_iter().collect();
    let own_kind = |path: &&String| path.ends_with(".xml") && *path != "[Content_Types].xml";
    let wanted: BTreeSet<String> = parts.keys().filter(own_kind).map(|path| format!("/{path}")).collect();
    assert_eq!(by_path, wanted, "a part without a kind, or a kind without its part");
    // Every id that a part uses is one of its relationships.
    for (path, name) in parts.keys().filter_map(|path| Some((path, path.rsplit_once('/')?))) {
        let Some(rels) = parts.get(&format!("{}/_rels/{}.rels", name.0, name.1)) else { continue };
        let known = attributes(std::str::from_utf8(rels).unwrap(), "Relationship", "Id");
        let xml = text(&parts, path);
        for used in ["r:id=\"", "r:embed=\""].iter().flat_map(|mark| xml.split(mark).skip(1)) {
            let id = used.split('"').next().unwrap().to_owned();
            assert!(known.contains(&id), "{path} uses {id}");
        }
    }
}

#[test]
fn titles_stand_in_their_placeholder_and_the_speaker_has_notes() {
    let deck = sample_deck::deck();
    let parts = parts_of(&deck);
    for (number, slide) in (1..).zip(&deck.slides) {
        let xml = text(&parts, &format!("ppt/slides/slide{number}.xml"));
        let title = xml.split("<p:ph type=\"title\"/>").nth(1).unwrap().split("</p:sp>").next().unwrap();
        assert!(title.replace('\u{a0}', " ").contains(&slide.title.replace('\u{a0}', " ")), "{title}");
        let notes = text(&parts, &format!("ppt/notesSlides/notesSlide{number}.xml")).replace('\u{a0}', " ");
        assert!(slide.notes.iter().all(|words| notes.contains(words.as_str())), "{notes}");
        assert!(xml.contains(&format!("descr=\"{}\"", slide.alt.replace('"', "&quot;"))), "no words for the body");
        assert!(!xml.contains("<a:blip"), "a picture cannot be edited");
        let languages = attributes(xml, "a:rPr", "lang");
        assert!(languages.len() > 3 && languages.iter().all(|one| one == "ru-RU"), "{languages:?}");
        let ids = attributes(xml, "p:cNvPr", "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id of a shape stands twice");
    }
    assert!(text(&parts, "docProps/core.xml").contains("2026-06-05T00:00:00Z"));
}

#[test]
fn nothing_is_smaller_than_the_last_row_can_read() {
    let deck = sample_deck::deck();
    let parts = parts_of(&deck);
    for number in 1..=deck.slides.len() {
        let mut sizes = attributes(text(&parts, &format!("ppt/slides/slide{number}.xml")), "a:rPr", "sz");
        if let Some(chart) = parts.get(&format!("ppt/charts/chart{number}.xml")) {
            sizes.extend(attributes(std::str::from_utf8(chart).unwrap(), "a:defRPr", "sz"));
        }
        let sizes: Vec<u32> = sizes.iter().map(|size| size.parse::<u32>().unwrap()).collect();
        // The foot alone has letters of 13 points: its words, the number of the slide and of how many.
        assert_eq!(sizes.iter().filter(|size| **size < 1800).collect::<Vec<_>>(), [&1300; 3], "slide {number}");
        assert!(sizes.iter().any(|size| 4400 <= *size), "slide {number} has no big number");
    }
}

#[test]
fn behind_a_chart_stands_the_workbook_with_its_numbers() {
    let deck = sample_deck::deck();
    let parts = parts_of(&deck);
    let mut charts = 0;
    for (number, slide) in (1..).zip(&deck.slides) {
        let shown: Vec<f64> = match &slide.body {
            Body::Bars(bars) => {
                let values = bars.iter().map(|bar| bar.value.percent);
                values.chain(bars.iter().filter_map(|bar| bar.threshold)).collect()
            }
            Body::Columns(of) => (0..of.groups.len())
                .flat_map(|group| of.tasks.iter().filter_map(move |task| Some(task.values[group]?.percent)))
                .collect(),
            _ => continue,
        };
        let xml = text(&parts, &format!("ppt/charts/chart{number}.xml"));
        let cached: Vec<f64> = xml
            .split("<c:numCache>")
            .skip(1)
            .flat_map(|cache| cache.split("</c:numCache>").next().unwrap().split("<c:v>").skip(1))
            .map(|value| value.split('<').next().unwrap().parse::<f64>().unwrap())
            .collect();
        assert_eq!(cached, shown, "the chart shows other numbers than the slide has");
        let workbook = unpacked(parts[&format!("ppt/embeddings/chart{number}.xlsx")].clone());
        let sheet = text(&workbook, "xl/worksheets/sheet1.xml");
        let cells: Vec<String> =
            sheet.split("<c r=\"").skip(1).map(|cell| cell.split("</c>").next().unwrap().to_owned()).collect();
        let mut kept: Vec<f64> = cells
            .iter()
            .filter(|cell| !cell.contains("t=\"s\""))
            .filter_map(|cell| cell.split("<v>").nth(1)?.split('<').next()?.parse().ok())
            .collect();
        let mut wanted = shown.clone();
        kept.sort_by(f64::total_cmp);
        wanted.sort_by(f64::total_cmp);
        assert_eq!(kept, wanted, "the workbook holds other numbers than the chart shows");
        assert!(text(&workbook, "xl/workbook.xml").contains("name=\"Данные\""));
        charts += 1;
    }
    assert_eq!(charts, 2);
}

#[test]
fn every_thing_counted_has_its_square() {
    let parts = parts_of(&sample_deck::deck());
    let slide = text(&parts, "ppt/slides/slide1.xml");
    assert_eq!(slide.matches("name=\"Квадрат\"").count(), 38);
    // Four squares and the sign of the legend.
    assert_eq!(slide.matches("<a:pattFill prst=\"wdUpDiag\">").count(), 5);
}

/// Where a person looks at the sample.
fn folder() -> std::path::PathBuf {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    crates.parent().unwrap().join("target/sample")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "another program reads and writes files")]
fn libreoffice_opens_the_slides_and_draws_a_page_of_each() {
    let folder = folder().join("slides");
    std::fs::create_dir_all(&folder).unwrap();
    let (slides, drawn) = (folder.join("deck.pptx"), folder.join("deck.pdf"));
    std::fs::write(&slides, render(&sample_deck::deck()).unwrap()).unwrap();
    drop(std::fs::remove_file(&drawn));
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let ran = std::process::Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"])
        .args([&folder, &slides])
        .output();
    if ran.is_err() {
        println!("LibreOffice is not installed: the slides were not drawn");
        return;
    }
    let pdf =
        String::from_utf8_lossy(&std::fs::read(&drawn).expect("LibreOffice does not open the slides")).into_owned();
    assert_eq!(pdf.matches("/Type/Page/").count() + pdf.matches("/Type/Page\n").count(), 4);
}
