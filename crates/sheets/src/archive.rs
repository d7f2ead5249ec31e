//! Zip archives of files, read as folders, one member in memory at a time.

use super::codes::{BOMB, EMPTY_FILE, MEMBER_REFUSED};
use super::container::Container;
use super::encoding::decode_name;
use super::is_system_file;
use super::kind::extension;
use super::limits::Limits;
use super::oddities::{is_control, without_controls};
use super::refusal::Refusal;
use srez_model::note::Note;
use srez_model::personal::{FileNames, without_personal};
use srez_wording::number;

/// Extensions of archives, which are not opened inside an archive.
const ARCHIVES: [&str; 4] = ["zip", "rar", "7z", "gz"];

/// Hands on each member that may be read, as `archive.zip/folder/member.xlsx`; the notes tell of the others.
pub(super) fn unpack(
    limits: &Limits,
    name: &str,
    bytes: &[u8],
    notes: &mut Vec<Note>,
    each: &mut dyn FnMut(&str, &[u8]),
) -> Result<(), Refusal> {
    let mut container = Container::open(limits, bytes)?;
    if limits.archive_members < container.len() as u64 {
        let message = format!("файлов в архиве: {}", number::count(container.len() as u64));
        return Err(Refusal::new(&BOMB, message));
    }
    let members = members(&mut container)?;
    if members.is_empty() {
        return Err(Refusal::new(&EMPTY_FILE, "в архиве нет ни одного файла"));
    }
    let mut names = FileNames::default();
    for (member, place) in members {
        let full_name = names.of(&format!("{name}/{member}"));
        let refuse = |message: &str| Note::about_file(&MEMBER_REFUSED, &full_name, message);
        if !is_inside(&member) {
            let shown = without_personal(&without_controls(&member));
            let message = format!("имя «{shown}» ведёт за пределы архива: файл не открывается");
            notes.push(Note::about_file(&MEMBER_REFUSED, name, message).stated(shown));
        } else if is_system_file(&member) {
            each(&full_name, b"");
        } else if ARCHIVES.contains(&extension(&member).as_str()) {
            notes.push(refuse("архив внутри архива не открывается"));
        } else if container.entry(place)?.encrypted {
            notes.push(refuse("файл в архиве зашифрован паролем"));
        } else if container.entry(place)?.link {
            notes.push(refuse("вместо файла в архиве ссылка на другой файл"));
        } else {
            each(&full_name, &container.read(place)?);
        }
    }
    Ok(())
}

/// Names and places of the files in an archive, sorted by name.
fn members(container: &mut Container<'_>) -> Result<Vec<(String, usize)>, Refusal> {
    let mut members = Vec::new();
    for place in 0..container.len() {
        let entry = container.entry(place)?;
        if !entry.folder {
            members.push((decode_name(&entry.name).replace('\\', "/"), place));
        }
    }
    members.sort();
    Ok(members)
}

/// True for a relative name without `..`, drive letter or control characters.
fn is_inside(name: &str) -> bool {
    !name.is_empty()
        && !name.contains([':', '\0'])
        && !name.chars().any(|sign| sign.is_control() || is_control(sign))
        && name.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::{is_inside, unpack};
    use crate::limits::Limits;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn members_come_sorted_and_names_that_lead_outside_are_refused() {
        let bytes =
            archive(&[("б/2.csv", b"2"), ("а.csv", b"1"), ("../в.csv", b"3"), ("г.zip", b"PK"), ("~$а.xlsx", b"x")]);
        let (mut notes, mut seen) = (Vec::new(), Vec::new());
        let mut each = |name: &str, bytes: &[u8]| seen.push((name.to_owned(), bytes.len()));
        unpack(&Limits::default(), "сдача.zip", &bytes, &mut notes, &mut each).unwrap();
        assert_eq!(
            seen,
            [
                ("сдача.zip/~$а.xlsx".to_owned(), 0),
                ("сдача.zip/а.csv".to_owned(), 1),
                ("сдача.zip/б/2.csv".to_owned(), 1)
            ]
        );
        let told: Vec<_> = notes.iter().map(|note| (note.code.as_str(), note.file.as_str())).collect();
        assert_eq!(told, [("I13", "сдача.zip"), ("I13", "сдача.zip/г.zip")]);
        assert!(!is_inside("C:/x") && !is_inside("/etc/x") && !is_inside("а//б") && is_inside("а/б.csv"));
    }

    #[test]
    fn unfolding_is_counted_over_the_whole_archive() {
        let zeros = vec![b'0'; 600_000];
        let bytes = archive(&[("1.csv", &zeros), ("2.csv", &zeros)]);
        let limits = Limits { inflated_bytes: 1_000_000, ..Limits::default() };
        let refusal = unpack(&limits, "a.zip", &bytes, &mut Vec::new(), &mut |_, _| ()).unwrap_err();
        assert_eq!(refusal.code.id.as_str(), "I09");
    }
}
