//! Packs of works that are taken, and packs of which nothing is.

use super::container::{Members, archive};
use super::written::HEAD;
use super::{Packed, hash, mean_archive, open, pack};
use crate::pipeline_file::quoted;
use crate::trial_folder::TrialFolder;
use crate::{exams, forms, subjects};
use camino::Utf8Path;

const EXAM: &str = include_str!("../../../../pipelines/exams/vpr/2026/vpr-2026-physics-8.toml");
const FORM: &str = include_str!("../../../../pipelines/forms/vpr-f3-2026.toml");
const PLACE: &str = "exams/vpr/2027/vpr-2027-physics-8.toml";

/// A folder with a pack of one specification, one form and one subject.
struct Office {
    folder: TrialFolder,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: TrialFolder::new() };
        office.write(HEAD, "version = \"2027.1\"\ndate = \"2026-12-01\"\n");
        office.write(PLACE, &exam());
        office.write("forms/vpr-f3-2026.toml", FORM);
        office.write("subjects.toml", &subject("drawing", "Черчение"));
        office.write("изменения.md", "# 2027.1\n\nФизика, 8 класс.\n");
        office
    }

    fn write(&self, path: &str, text: &str) {
        self.folder.write(path, text);
    }

    fn pack(&self) -> srez_model::error::Result<Packed> {
        pack(&self.folder.base, Utf8Path::new("works-2027.zip"))
    }

    fn refusal(&self) -> String {
        let known = subjects::built_in().unwrap();
        let said = self.pack().unwrap_err().to_string();
        assert_eq!(said, open(&self.folder.base, &known).err().unwrap().to_string(), "a folder is a pack too");
        said
    }
}

fn exam() -> String {
    EXAM.replace("year = 2026", "year = 2027")
}

fn subject(slug: &str, title: &str) -> String {
    format!("[[subjects]]\nslug = \"{slug}\"\ntitle = \"{title}\"\ndative = \"{title}ю\"\ngenitive = \"{title}я\"\n")
}

/// Paths and texts.
type Files<'a> = &'a [(&'a str, &'a str)];

/// What is said of a ZIP of these files, with the head that they call for; empty where the pack is taken.
fn said_of(head: &str, members: Files<'_>) -> String {
    let mut all = Members::new();
    let mut text = format!("version = \"1\"\ndate = \"2026-12-01\"\n{head}\n");
    for (path, content) in members {
        let (path, hash) = (quoted(path), hash(content.as_bytes()));
        text += &format!("[[members]]\npath = {path}\nblake3 = \"{hash}\"\n");
    }
    all.extend(members.iter().map(|(path, content)| ((*path).to_owned(), content.as_bytes().to_vec())));
    all.insert(HEAD.to_owned(), text.into_bytes());
    said(&archive(&all).unwrap())
}

fn said(bytes: &[u8]) -> String {
    let known = subjects::built_in().unwrap();
    mean_archive(Utf8Path::new("w.zip"), bytes, &known).err().map_or_else(String::new, |error| error.to_string())
}

#[test]
fn a_folder_becomes_one_file_with_the_same_bytes_each_time_and_is_read_back() {
    let office = Office::new();
    office.write("exams/описание.docx", "");
    let packed = office.pack().unwrap();
    assert_eq!(packed.bytes, office.pack().unwrap().bytes);
    assert_eq!(packed.left_out, ["exams/описание.docx"]);
    let works = &packed.works;
    assert_eq!((works.name.as_str(), works.version.as_str(), works.exams, works.forms), ("works-2027", "2027.1", 1, 1));
    assert_eq!(works.changes, "# 2027.1\n\nФизика, 8 класс.\n");
    assert_eq!(works.blake3, hash(&packed.bytes));

    let known = subjects::built_in().unwrap();
    let [of_file, of_folder] = [
        mean_archive(Utf8Path::new("w.zip"), &packed.bytes, &known).unwrap(),
        open(&office.folder.base, &known).unwrap(),
    ];
    assert_eq!(of_file.exams, of_folder.exams);
    assert_eq!(of_file.forms, of_folder.forms);
    assert_eq!(of_file.exams[0], exams::parse(PLACE, &exam(), &known).unwrap());
    assert_eq!(of_file.forms[0], forms::parse("vpr-f3-2026.toml", FORM).unwrap());
    assert_eq!(of_file.subjects.len(), known.len() + 1);
    assert_eq!(of_file.works.name, "works-2027", "the name does not change with that of the file");
    office.write(PLACE, &exam().replace("образец", "пример"));
    assert_ne!(open(&office.folder.base, &known).unwrap().works.blake3, of_folder.works.blake3);
}

#[test]
fn a_folder_that_is_no_pack_is_told_what_it_lacks() {
    let office = Office::new();
    office.write(PLACE, &exam().replace("grade = 8", "grede = 8"));
    let said = office.refusal();
    assert!(said.contains(&format!("{PLACE}:4:1")) && said.contains("«grade»"), "{said}");
    office.write(PLACE, &exam());
    office.write("exams/vpr-2027-physics-8.toml", &exam());
    let said = office.refusal();
    assert!(said.contains("две спецификации работы vpr-2027-physics-8") && said.contains(PLACE), "{said}");
    office.write("exams/vpr-2027-physics-8.toml", &exam().replace("Физика", "Алхимия"));
    assert!(office.refusal().contains("Алхимия"));
    srez_disk::remove_file(&office.folder.base.join("exams/vpr-2027-physics-8.toml")).unwrap();
    office.write("subjects.toml", &subject("alchemy", "Физика"));
    let said = office.refusal();
    assert!(said.contains("subjects.toml") && said.contains("означает"), "{said}");
    office.write("subjects.toml", &subject("drawing", "Черчение"));
    office.write("forms/2027/vpr-f1.toml", FORM);
    assert!(office.refusal().contains("forms/2027/vpr-f1.toml лежит не на месте"));
    srez_disk::remove_folder(&office.folder.base.join("forms/2027")).unwrap();
    assert!(office.pack().is_ok());
    srez_disk::remove_file(&office.folder.base.join(HEAD)).unwrap();
    let said = office.refusal();
    assert!(said.contains("нет pack.toml") && said.contains("version = "), "{said}");
}

#[test]
fn nothing_is_taken_of_a_pack_with_a_fault() {
    let exam = exam();
    assert_eq!(said_of("", &[(PLACE, &exam)]), "");
    let cases: &[(&str, Files<'_>, &str)] = &[
        ("program = \"999.0.0\"\nkey = 1", &[(PLACE, &exam)], "для более новой программы 999.0.0"),
        ("format = 2", &[("thresholds.toml", "")], "для более новой программы"),
        ("key = 1", &[(PLACE, &exam)], "pack.toml:3:1"),
        ("", &[], "нет ни спецификаций"),
        ("", &[(PLACE, &exam), ("exams/../../x.toml", "")], "не должно быть файла «exams/../../x.toml»"),
        ("", &[(PLACE, &exam), ("/etc/x.toml", "")], "не должно быть файла «/etc/x.toml»"),
        ("", &[(PLACE, &exam), ("exams/\u{1b}[2J.toml", "")], "«exams/\u{fffd}[2J.toml»"),
        ("", &[(PLACE, &exam), ("exams/vpr-2027-physics-8.toml", &exam)], "две спецификации"),
        ("", &[(PLACE, &exam), ("exams/vpr-2027-physics-9.toml", &exam)], "vpr-2027-physics-9"),
        ("", &[(PLACE, &exam), ("forms/x.toml", "id = \"x\"\ntitel = \"x\"\n")], "forms/x.toml:2"),
        ("[[members]]\npath = \"exams/gone.toml\"\nblake3 = \"\"", &[(PLACE, &exam)], "нет файла «exams/gone.toml»"),
    ];
    for (head, members, expected) in cases {
        let said = said_of(head, members);
        assert!(said.starts_with("пакет работ w.zip не взят: "), "{said}");
        assert!(said.contains(expected) && said.contains("Что делать: "), "«{expected}» is missing in\n{said}");
    }
}

#[test]
fn bytes_that_are_not_those_of_the_maker_are_refused() {
    let packed = Office::new().pack().unwrap().bytes;
    assert_eq!(said(&packed), "");
    for length in [packed.len() - 1, packed.len() / 2, 10] {
        assert!(said(&packed[..length]).contains("обрезан или повреждён"), "{length}");
    }
    for bytes in [&b"Rar!\x1a\x07"[..], b"", b"title = 1"] {
        assert!(said(bytes).contains("это не архив ZIP"));
    }
    // An archive of something else, and one with a file that was changed, added or taken away.
    assert!(said(&archive(&Members::from([("a.xlsx".to_owned(), Vec::new())])).unwrap()).contains("нет pack.toml"));
    let text = exam();
    let whole = |change: &dyn Fn(&mut Members)| {
        let head = format!(
            "version = \"1\"\ndate = \"2026-12-01\"\n[[members]]\npath = \"{PLACE}\"\nblake3 = \"{}\"\n",
            hash(text.as_bytes())
        );
        let mut members =
            Members::from([(HEAD.to_owned(), head.into_bytes()), (PLACE.to_owned(), text.clone().into_bytes())]);
        change(&mut members);
        said(&archive(&members).unwrap())
    };
    assert_eq!(whole(&|_| {}), "");
    let other = |members: &mut Members| {
        members.insert(PLACE.to_owned(), text.replace("[5, \"3\"]", "[6, \"3\"]").into_bytes());
    };
    assert!(whole(&other).contains("хэш не тот"));
    let more = |members: &mut Members| {
        members.insert("exams/vpr-2027-physics-7.toml".to_owned(), Vec::new());
    };
    assert!(whole(&more).contains("не назван в pack.toml"));
    let less = |members: &mut Members| {
        members.remove(PLACE);
    };
    assert!(whole(&less).contains("нет файла"));
    // Every single byte that is turned is either noticed or changes nothing that is read.
    for place in (0..packed.len()).step_by(97) {
        let mut bytes = packed.clone();
        bytes[place] ^= 0xff;
        let known = subjects::built_in().unwrap();
        if let Ok(taken) = mean_archive(Utf8Path::new("w.zip"), &bytes, &known) {
            assert_eq!(taken.exams[0], exams::parse(PLACE, &exam(), &known).unwrap(), "byte {place}");
        }
    }
}
