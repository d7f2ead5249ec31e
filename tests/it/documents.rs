//! Documents over all works of the demo: who gets which, numbers of the tables, what must not be said, their words.

use crate::lines::{Line, read_docx};
use crate::pdf_text::count_pages;
use crate::reports::{integer, marked, parts, real, share, texts};
use crate::trial::{Row, demo, has_documents};
use srez_model::unit::Percent;
use srez_testkit::sources::files_below;
use srez_wording::number;

/// Words of a DOCX, in their order.
fn words(path: &str) -> Vec<String> {
    let (name, xml) = parts(path).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
    texts(&name, &xml)
}

/// Texts of the cells of a workbook, whatever their order.
fn cells(path: &str) -> Vec<String> {
    let shared = parts(path).into_iter().find(|(name, _)| name == "xl/sharedStrings.xml").unwrap();
    texts(&shared.0, &shared.1)
}

fn schools_with_marks() -> Vec<Row> {
    let rows = demo().0.table("marks");
    let at_home = |row: &Row| row["group"].starts_with("edu9900");
    rows.into_iter().filter(|row| row["level"] == "school" && at_home(row) && !row["n2"].is_empty()).collect()
}

#[test]
fn every_school_has_its_profile_and_its_sheet() {
    let made = files_below(&demo().0.period());
    let rows = schools_with_marks();
    assert!(rows.len() > 100);
    for row in rows {
        for name in ["profile.pdf", "profile.docx", "interview.docx"] {
            let path = format!("schools/{}/{name}", row["group"]);
            assert!(made.contains(&path), "{path} is missing");
        }
    }
}

#[test]
fn the_start_page_leads_to_the_documents_of_every_school_and_to_the_slides() {
    let made = files_below(&demo().0.period());
    let page = std::fs::read_to_string(demo().0.period().join("index.html")).unwrap();
    let wanted = |path: &&String| {
        let of_school = path.starts_with("schools/") && !path.ends_with("profile.docx");
        of_school || path.contains("/deck.p") || path.starts_with("editions/school-") && path.ends_with(".zip")
    };
    let wanted: Vec<&String> = made.iter().filter(wanted).collect();
    assert!(wanted.len() > 40, "{wanted:?}");
    for path in wanted {
        assert!(page.contains(&format!("href=\"{path}\"")), "no link to {path}");
    }
    let mut sections = 0;
    for (link, label) in links(&page).filter(|(link, _)| link.contains('.')) {
        let (file, section) = link.split_once('#').map_or((link, None), |(file, section)| (file, Some(section)));
        assert!(made.iter().any(|path| path == file), "the link to {link} leads nowhere");
        if let Some(section) = section {
            let target = std::fs::read_to_string(demo().0.period().join(file)).unwrap();
            let heading = heading(&target, section).unwrap_or_else(|| panic!("{file} has no section {section}"));
            assert!(label.contains(&heading), "«{label}» leads to «{heading}»");
            sections += 1;
        }
    }
    assert_eq!(sections, 2, "all notes and what is missing");
}

/// Address and label of every link of a page.
fn links(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("<a href=\"").skip(1).filter_map(|rest| {
        let (link, rest) = rest.split_once('"')?;
        Some((link, rest.split_once('>')?.1.split('<').next()?))
    })
}

/// Heading of the section with an id, without its number.
fn heading(page: &str, id: &str) -> Option<String> {
    let (_, section) = page.split_once(&format!("<section id=\"{id}\">"))?;
    let (_, heading) = section.split_once("<h2>")?;
    let (heading, _) = heading.split_once("</h2>")?;
    Some(heading.rsplit("</span>").next()?.replace('\u{a0}', " "))
}

#[test]
fn profiles_tell_the_numbers_of_the_tables() {
    let (mut large, mut small) = (0, 0);
    for row in schools_with_marks() {
        let words = words(&format!("schools/{}/profile.docx", row["group"]));
        let (n, marked) = (integer(&row, "n"), marked(&row));
        if n >= 10 {
            let cells = [
                number::count(n),
                format!("{} ({})", row["n2"], number::percent(share(&row, "n2"), marked)),
                number::share(Percent(real(&row, "quality_pct")), marked),
            ];
            assert!(words.windows(3).any(|window| window == cells), "{}: no row {cells:?}", row["exam"]);
            large += 1;
        } else {
            let above = integer(&row, "n4") + integer(&row, "n5");
            let counts = format!("отметка «2» — {}, «4» и «5» — {above}", row["n2"]);
            let told = words.iter().any(|text| text.replace('\u{a0}', " ").contains(&counts));
            assert!(told, "{} of {}: {counts}", row["exam"], row["group"]);
            small += 1;
        }
    }
    assert!(large > 50 && small > 10, "{large} and {small}");
}

#[test]
fn the_summary_tells_the_numbers_of_the_tables() {
    let rows = demo().0.table("marks");
    let printed: Vec<Vec<String>> = read_docx("municipality/summary.docx")
        .into_iter()
        .filter_map(|line| if let Line::Row(cells) = line { Some(cells) } else { None })
        .collect();
    let mut compared = 0;
    for row in rows.iter().filter(|row| row["level"] == "municipality" && row["group"] == "Северная Долина")
    {
        if row["n2"].is_empty() || !has_documents(row) {
            continue;
        }
        let marked = marked(row);
        let quality = number::share(Percent(real(row, "quality_pct")), marked);
        let counts = [number::count(integer(row, "n")), number::count(marked)];
        let has = |cells: &&Vec<String>| cells.contains(&quality) && cells.iter().any(|cell| counts.contains(cell));
        assert!(printed.iter().any(|cells| has(&cells)), "{}: no row with {counts:?} and {quality}", row["exam"]);
        compared += 1;
    }
    assert!(compared > 10);
}

#[test]
fn the_summary_begins_with_what_is_to_be_decided() {
    let summary = words("municipality/summary.docx");
    let place =
        |wanted: &str| summary.iter().position(|text| text.contains(wanted)).unwrap_or_else(|| panic!("{wanted}"));
    assert!(place("Что нужно решить") < place("Округ и край"));
    let decisions = summary.iter().filter(|text| text.contains("Решение: да")).count();
    assert!((3..=5).contains(&decisions), "{decisions} decisions");
    // A share never stands without its work, and no tag, code of a rule or name of a file stands in it.
    for wrong in ["базового уровня", "ФАКТ", "ВЕРОЯТНО", "S01", "F07", ".docx", "сочетан"]
    {
        assert!(!summary.iter().any(|text| text.contains(wrong)), "the summary says {wrong}");
    }
}

#[test]
fn the_summary_has_two_pages() {
    let pdf = std::fs::read(demo().0.period().join("municipality/summary.pdf")).unwrap();
    assert_eq!(count_pages(pdf), 2);
}

#[test]
fn the_order_is_signed_by_the_head_of_the_department_and_names_days() {
    let order = words("municipality/drafts/order.docx").join(" ").replace('\u{a0}', " ");
    assert!(order.contains("Управление образования муниципального округа"), "{order}");
    assert!(order.contains("П. А. Долинин") && !order.contains("Н. В. Северова"), "the head signs, not the centre");
    for day in ["31.08.2026", "25.09.2026", "15.10.2026"] {
        assert!(order.contains(day), "no {day}: {order}");
    }
}

/// Road map, order and protocol propose what the notes propose.
#[test]
fn the_papers_of_the_municipality_take_their_measures_from_the_notes() {
    let of_note: Vec<String> = read_docx("subjects/vpr-2026-math/note.docx")
        .into_iter()
        .filter_map(|line| match line {
            Line::Row(cells) if cells.len() == 5 && cells[0].parse::<u8>().is_ok() => Some(cells[1].clone()),
            _ => None,
        })
        .collect();
    assert!(of_note.len() > 2, "{of_note:?}");
    for path in ["municipality/roadmap.docx", "municipality/drafts/protocol-math.docx"] {
        let text = words(path).join(" ");
        // A sentence of the protocol begins with the work, so that the measure begins with a small letter.
        let rest = |what: &String| what.chars().skip(1).collect::<String>();
        let told = of_note.iter().filter(|what| text.contains(&rest(what))).count();
        assert!(told > 2, "{path} has {told} of {of_note:?}");
    }
}

#[test]
fn a_sheet_asks_one_to_five_questions_and_the_service_has_a_page_of_its_own() {
    let mut sheets = 0;
    for path in files_below(&demo().0.period()).iter().filter(|path| path.ends_with("interview.docx")) {
        let words = words(path);
        let asked = words.iter().filter(|text| text.starts_with("Договорились; срок")).count();
        assert!((1..=5).contains(&asked), "{path} asks {asked}");
        let apart = words.iter().position(|text| text.starts_with("Для службы")).unwrap();
        let signed = words.iter().position(|text| text.starts_with("Директор школы")).unwrap();
        assert!(signed < apart, "{path}: the director signs before the page of the service");
        for text in &words[..apart] {
            assert!(!asks_about_scores(text), "{path} asks before its last page: {text}");
        }
        sheets += 1;
    }
    assert!(sheets > 10, "{sheets}");
}

/// True for words about the distribution of scores or the journal.
fn asks_about_scores(text: &str) -> bool {
    ["границ отмет", "границы отмет", "журнал", "совпада", "перепроверк", "Скоплен"]
        .iter()
        .any(|word| text.contains(word))
}

#[test]
fn a_profile_asks_nothing_about_the_distribution_of_scores_or_the_journal() {
    let stems = files_below(&demo().0.period());
    for path in stems.iter().filter(|path| path.ends_with("profile.docx")) {
        for text in words(path) {
            assert!(!asks_about_scores(&text), "{path}: {text}");
        }
    }
}

/// The printed number, with its minus.
fn printed(cell: &str) -> Option<f64> {
    cell.replace('\u{a0}', "").replace('\u{2212}', "-").replace('+', "").replace(',', ".").parse().ok()
}

#[test]
fn where_printed_years_do_not_give_the_printed_difference_the_table_says_why() {
    let (mut differ, mut agree) = (0, 0);
    let stems = files_below(&demo().0.period());
    for path in stems.iter().filter(|path| path.starts_with("subjects/") && path.ends_with("analysis.docx")) {
        let (mut column, mut found) = (None, false);
        for line in read_docx(path) {
            match line {
                Line::Row(cells) if cells.first().is_some_and(|cell| cell == "Показатель") => {
                    column = cells.iter().position(|cell| cell.starts_with("К\u{a0}20") || cell.starts_with("К 20"));
                    found = false;
                }
                Line::Row(cells) => {
                    let numbers = column.and_then(|at| {
                        Some((printed(&cells[at - 2])?, printed(&cells[at - 1])?, printed(&cells[at])?))
                    });
                    found |= numbers.is_some_and(|(before, now, change)| (now - before - change).abs() > 0.0005);
                }
                Line::Paragraph(note) if column.is_some() => {
                    assert_eq!(note.contains("по неокруглённым"), found, "{path}: {note}");
                    *(if found { &mut differ } else { &mut agree }) += 1;
                    column = None;
                }
                Line::Paragraph(_) => {}
            }
        }
    }
    assert!(differ > 0 && agree > 0, "{differ} tables need the note, {agree} do not");
}

#[test]
fn letters_to_schools_ask_for_what_a_school_can_do() {
    let stems = files_below(&demo().0.period());
    let letters: Vec<&String> = stems.iter().filter(|path| path.ends_with("letter.docx")).collect();
    assert!(letters.len() > 4, "{letters:?}");
    for path in letters {
        let text = words(path).join(" ");
        for wrong in ["Школе", "Попросите", "Запросите", "пецификаци", "в папке оставить"]
        {
            assert!(!text.contains(wrong), "{path} tells a school: {wrong}");
        }
        let cells = text.contains("закрашены");
        let has_address = read_docx(path).iter().any(|line| match line {
            Line::Row(cells) => {
                cells[0].rsplit(", ").next().is_some_and(|place| place.ends_with(|it: char| it.is_ascii_digit()))
            }
            Line::Paragraph(_) => false,
        });
        assert_eq!(cells, has_address, "{path} speaks of marked cells");
    }
}

#[test]
fn what_is_to_be_clarified_stands_in_no_order_and_no_protocol() {
    let drafts: Vec<String> =
        files_below(&demo().0.period()).into_iter().filter(|path| path.starts_with("municipality/drafts/")).collect();
    assert!(drafts.len() > 3);
    for path in drafts {
        let text = words(&path).join(" ");
        for wrong in ["границам отметок", "уточнения", "S05", "нарушени"] {
            assert!(!text.contains(wrong), "{path} says {wrong}");
        }
    }
    let road_map = words("municipality/roadmap.docx");
    assert!(road_map.iter().any(|text| text == "УТВЕРЖДАЮ"));
}

#[test]
fn the_road_map_is_the_same_in_both_formats() {
    let document = words("municipality/roadmap.docx");
    let workbook = cells("municipality/roadmap.xlsx");
    let lacks: Vec<&String> = document.iter().filter(|text| text.contains("порог ")).collect();
    assert!(!lacks.is_empty());
    let workbook: Vec<String> = workbook.iter().map(|text| text.replace('\u{a0}', " ")).collect();
    for lack in lacks {
        assert!(workbook.contains(&lack.replace('\u{a0}', " ")), "{lack}");
    }
}

#[test]
fn drawers_of_the_pages_tell_the_numbers_and_counts_of_the_tables() {
    let tasks = demo().0.table("tasks");
    let marks = demo().0.table("marks");
    let journal = demo().0.table("journal");
    let dynamics = demo().0.table("dynamics");
    let (mut compared, mut with_threshold) = (0, 0);
    let of_office = |path: &&String| path.starts_with("subjects/") && path.ends_with("/analysis.html");
    for path in files_below(&demo().0.period()).iter().filter(of_office) {
        let page = std::fs::read_to_string(demo().0.period().join(path)).unwrap();
        let data = page.split_once("id=\"whence-data\">").unwrap().1.split_once("</script>").unwrap().0;
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        let explained = data["explanations"].as_array().unwrap();
        // A work without tasks and with few participants has few numbers.
        assert!((2..1000).contains(&explained.len()), "{path}: {}", explained.len());
        for one in explained {
            let address = one["address"].as_str().unwrap();
            let value = one["value"].as_str().unwrap();
            let files = data["files"][one["files"].as_u64().unwrap() as usize].as_array().unwrap();
            assert!(!files.is_empty(), "{path}: {address} has no files");
            let mut parts = address.split('/');
            let (exam, level, group) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
            let is = |row: &&Row| row["exam"] == exam && row["level"] == level && row["group"] == group;
            match parts.next().unwrap() {
                "marks.quality_pct" => {
                    let row = marks.iter().find(is).unwrap();
                    assert_eq!(value, number::share(Percent(real(row, "quality_pct")), marked(row)), "{address}");
                    compared += 1;
                }
                "journal.n" => {
                    let row = journal.iter().find(is).unwrap();
                    assert_eq!(value, number::count(integer(row, "n")), "{address}");
                    compared += 1;
                }
                "dynamics.difference" => {
                    let printed = |row: &Row| {
                        let known = !row["difference"].is_empty();
                        known && [1, 2].iter().any(|digits| number::signed(real(row, "difference"), *digits) == value)
                    };
                    assert!(dynamics.iter().filter(is).any(printed), "{address}: {value}");
                    compared += 1;
                }
                "tasks.pct" if !value.contains('–') => {
                    let counts = one["counts"].as_str().unwrap().replace('\u{a0}', "");
                    let of = |row: &&Row| {
                        let n = integer(row, "n");
                        counts.starts_with(&format!("{} / ({n} · ", row["sum"]))
                            && number::share(Percent(real(row, "pct")), n) == value
                    };
                    assert!(tasks.iter().filter(is).any(|row| of(&row)), "{address}: {value} of {counts}");
                    with_threshold += usize::from(one["threshold"] != "");
                    compared += 1;
                }
                _ => {}
            }
        }
    }
    assert!(compared > 200 && with_threshold > 100, "{compared} and {with_threshold}");
}
