//! Zip archives of files, read as folders, one member in memory at a time.

use super::codes::{BOMB, DAMAGED, EMPTY_FILE, MEMBER_REFUSED, MOJIBAKE, TOO_LARGE};
use super::container::Container;
use super::encoding::NameEncoding;
use super::kind::extension;
use super::limits::Limits;
use super::mojibake::repaired_name;
use super::oddities::{is_control, without_controls};
use super::refusal::Refusal;
use super::{Opening, is_system_file, too_large};
use srez_model::note::{Note, NoteCode};
use srez_model::personal::{FileNames, KnownWords, shown_name};
use srez_wording::number;
use std::ops::Range;

/// Extensions of archives, which are not opened inside an archive.
const ARCHIVES: [&str; 4] = ["zip", "rar", "7z", "gz"];

/// A file of an archive.
pub(super) struct Member {
    /// Its name as a user sees it.
    name: String,
    /// Its place in the archive.
    place: usize,
    /// True where its name was read in a wrong encoding before it was written.
    is_mended: bool,
}

impl Member {
    fn new(name: &str, place: usize) -> Self {
        let steps: Vec<String> =
            name.split('/').map(|step| repaired_name(step).unwrap_or_else(|| step.into())).collect();
        let mended = steps.join("/");
        Self { is_mended: mended != name, name: mended, place }
    }
}

/// Files of an archive, in the order in which they are handed on.
pub(super) fn members(limits: &Limits, container: &mut Container<'_>) -> Result<Vec<Member>, Refusal> {
    if limits.archive_members < container.len() as u64 {
        let message = format!("файлов в архиве: {}", number::count(container.len() as u64));
        return Err(Refusal::new(&BOMB, message));
    }
    let mut entries = Vec::new();
    for place in 0..container.len() {
        let entry = container.entry(place)?;
        if !entry.folder {
            entries.push((entry.name, place));
        }
    }
    let names = NameEncoding::of(entries.iter().map(|(name, _)| name.as_slice()));
    let mut members: Vec<Member> = entries
        .into_iter()
        .map(|(name, place)| Member::new(&without_idle_steps(&names.decode(&name)), place))
        .collect();
    members.sort_by(|one, next| (&one.name, one.place).cmp(&(&next.name, next.place)));
    if members.is_empty() {
        return Err(Refusal::new(&EMPTY_FILE, "в архиве нет ни одного файла"));
    }
    Ok(members)
}

/// Members as `archive.zip/folder/member.xlsx`; hidden names are numbered over the whole archive, whatever is read of
/// it.
pub(super) fn shown_names(name: &str, members: &[Member], known: &KnownWords) -> Vec<String> {
    // What stands before the members is shown already.
    let mut names = FileNames::knowing(known.clone());
    members.iter().map(|member| format!("{name}/{}", names.of(&member.name))).collect()
}

/// What is told of names that were mended; of the archive as a whole, so with its first part.
fn about_names(name: &str, members: &[Member], is_first: bool) -> Option<Note> {
    let mended = members.iter().filter(|member| member.is_mended).count() as u64;
    let message = format!("имён файлов, испорченных перекодировкой: {}; прочитаны как до порчи", number::count(mended));
    let note = || Note::about_file(&MOJIBAKE, name, message).stated(number::count(mended));
    (is_first && mended > 0).then(note)
}

/// Hands on each member of a range that may be read, as `archive.zip/folder/member.xlsx`; the notes tell of the others.
pub(super) fn unpack(
    Opening { limits, known }: Opening<'_>,
    name: &str,
    bytes: &[u8],
    range: Range<usize>,
    notes: &mut Vec<Note>,
    each: &mut dyn FnMut(&str, &[u8]),
) -> Result<(), Refusal> {
    let mut container = Container::open(limits, bytes)?;
    let members = members(limits, &mut container)?;
    let mut before = range.start.checked_sub(1).and_then(|place| members.get(place)).map(|member| &member.name);
    let shown = shown_names(name, &members, known);
    notes.extend(about_names(name, &members, range.start == 0));
    for (Member { name: member, place, .. }, full_name) in members.iter().zip(&shown).take(range.end).skip(range.start)
    {
        let repeated = before.replace(member).is_some_and(|before| before == member);
        if !is_inside(member) {
            let shown = shown_name(&without_controls(member), known);
            let message = format!("имя «{shown}» ведёт за пределы архива: файл не открывается");
            notes.push(Note::about_file(&MEMBER_REFUSED, name, message).stated(shown));
        } else if repeated {
            let message = format!("два файла архива названы одинаково — «{full_name}»: прочитан первый из них");
            notes.push(Note::about_file(&MEMBER_REFUSED, name, message).stated(full_name.clone()));
        } else if is_system_file(member) {
            each(full_name, b"");
        } else {
            match take(limits, &mut container, member, *place) {
                Ok(bytes) => each(full_name, &bytes),
                Err(refusal) => notes.push(refusal.note(full_name)),
            }
        }
    }
    Ok(())
}

/// The bytes of one member; whatever is wrong with it costs this member alone.
fn take(limits: &Limits, container: &mut Container<'_>, member: &str, place: usize) -> Result<Vec<u8>, Refusal> {
    let entry = container.entry(place)?;
    if ARCHIVES.contains(&extension(member).as_str()) {
        return Err(Refusal::new(&MEMBER_REFUSED, "архив внутри архива не открывается"));
    }
    if entry.encrypted {
        return Err(Refusal::new(&MEMBER_REFUSED, "файл в архиве зашифрован паролем"));
    }
    if entry.link {
        return Err(Refusal::new(&MEMBER_REFUSED, "вместо файла в архиве ссылка на другой файл"));
    }
    if limits.file_bytes < entry.size {
        return Err(Refusal::new(&TOO_LARGE, too_large(limits)));
    }
    container.read(place).map_err(|refusal| match refusal.code.id {
        NoteCode::Damaged => Refusal::new(
            &DAMAGED,
            "файл в архиве повреждён: он не распаковывается, или его контрольная сумма не сходится; остальные файлы \
             архива прочитаны",
        )
        .hint("запросите архив заново или только этот файл, без архива"),
        _ => refusal,
    })
}

/// A name with `/` between its steps and without steps that lead nowhere: `./а/б.csv` and `/а//б.csv` are `а/б.csv`.
fn without_idle_steps(name: &str) -> String {
    let steps: Vec<&str> = name.split(['/', '\\']).filter(|step| !matches!(*step, "" | ".")).collect();
    steps.join("/")
}

/// True for a relative name without `..`, drive letter or control characters.
fn is_inside(name: &str) -> bool {
    !name.is_empty()
        && !name.contains([':', '\0'])
        && !name.chars().any(|sign| sign.is_control() || is_control(sign))
        && name.split('/').all(|step| step != "..")
}

#[cfg(test)]
mod tests {
    use super::{is_inside, unpack, without_idle_steps};
    use crate::Opening;
    use crate::limits::Limits;
    use srez_model::note::Note;
    use srez_model::personal::KnownWords;
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

    fn all(limits: &Limits, bytes: &[u8]) -> (Vec<(String, usize)>, Vec<Note>) {
        let (mut notes, mut seen) = (Vec::new(), Vec::new());
        let mut each = |name: &str, bytes: &[u8]| seen.push((name.to_owned(), bytes.len()));
        unpack(
            Opening { limits, known: &KnownWords::default() },
            "сдача.zip",
            bytes,
            0..usize::MAX,
            &mut notes,
            &mut each,
        )
        .unwrap();
        (seen, notes)
    }

    fn told(notes: &[Note]) -> Vec<(&str, &str)> {
        notes.iter().map(|note| (note.code.as_str(), note.file.as_str())).collect()
    }

    #[test]
    fn members_come_sorted_and_names_that_lead_outside_are_refused() {
        let bytes =
            archive(&[("б/2.csv", b"2"), ("а.csv", b"1"), ("../в.csv", b"3"), ("г.zip", b"PK"), ("~$а.xlsx", b"x")]);
        let (seen, notes) = all(&Limits::default(), &bytes);
        assert_eq!(
            seen,
            [
                ("сдача.zip/~$а.xlsx".to_owned(), 0),
                ("сдача.zip/а.csv".to_owned(), 1),
                ("сдача.zip/б/2.csv".to_owned(), 1)
            ]
        );
        assert_eq!(told(&notes), [("I13", "сдача.zip"), ("I13", "сдача.zip/г.zip")]);
        assert!(!is_inside("C:/x") && !is_inside("а/../../x") && !is_inside("") && is_inside("а/б.csv"));
    }

    #[test]
    fn unfolding_is_counted_over_the_whole_archive_and_what_fits_is_read() {
        let zeros = vec![b'0'; 600_000];
        let bytes = archive(&[("1.csv", &zeros), ("2.csv", &zeros), ("3.csv", b"3")]);
        let limits = Limits { inflated_bytes: 1_000_000, ..Limits::default() };
        let (seen, notes) = all(&limits, &bytes);
        assert_eq!(seen.iter().map(|(_, size)| *size).collect::<Vec<_>>(), [600_000, 1]);
        assert_eq!(told(&notes), [("I09", "сдача.zip/2.csv")]);
        assert!(notes[0].hint.contains("unpacked-megabytes"), "the key that is in the way: {}", notes[0].hint);
        let limits = Limits { file_bytes: 500_000, ..Limits::default() };
        let (seen, notes) = all(&limits, &bytes);
        assert_eq!((seen.len(), told(&notes)), (1, vec![("I07", "сдача.zip/1.csv"), ("I07", "сдача.zip/2.csv")]));
    }

    #[test]
    fn a_damaged_member_is_named_and_the_others_are_read() {
        let mut bytes = archive(&[("а.csv", b"1;2;3"), ("б.csv", b"4;5;6"), ("в.csv", b"7;8;9")]);
        let place = bytes.windows(5).position(|window| window == b"4;5;6").unwrap_or_else(|| {
            let start = bytes.windows(5).position(|window| window == "б.csv".as_bytes().get(..5).unwrap()).unwrap();
            start + "б.csv".len()
        });
        bytes[place] ^= 0x41;
        let (seen, notes) = all(&Limits::default(), &bytes);
        assert_eq!(seen.len(), 2);
        assert_eq!(told(&notes), [("I03", "сдача.zip/б.csv")]);
    }

    #[test]
    fn a_range_takes_its_own_members_alone() {
        let bytes = archive(&[("а.csv", b"1"), ("б.zip", b"2"), ("в.csv", b"3")]);
        let (mut notes, mut seen) = (Vec::new(), Vec::new());
        let mut each = |name: &str, _: &[u8]| seen.push(name.to_owned());
        let opening = Opening { limits: &Limits::default(), known: &KnownWords::default() };
        unpack(opening, "z", &bytes, 2..3, &mut notes, &mut each).unwrap();
        assert_eq!((seen, notes.len()), (vec!["z/в.csv".to_owned()], 0));
    }

    #[test]
    fn steps_that_lead_nowhere_are_dropped_and_one_name_is_read_once() {
        assert_eq!(["./а/б.csv", "/а/б.csv", "а//./б.csv", ".\\а\\б.csv"].map(without_idle_steps), ["а/б.csv"; 4]);
        let (seen, notes) = all(&Limits::default(), &archive(&[("./а.csv", b"1"), ("а.csv", b"22")]));
        assert_eq!((seen.len(), told(&notes)), (1, vec![("I13", "сдача.zip")]));
    }

    #[test]
    fn members_with_damaged_names_bear_their_former_ones() {
        let files: [(&str, &[u8]); 2] = [("РЎРґР°С‡Р°/РњР°С‚РµРјР°С‚РёРєР° 8.csv", b"1"), ("Сдача/Русский.csv", b"2")];
        let (seen, notes) = all(&Limits::default(), &archive(&files));
        let names: Vec<&str> = seen.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["сдача.zip/Сдача/Математика 8.csv", "сдача.zip/Сдача/Русский.csv"]);
        assert_eq!((told(&notes), notes[0].found.as_str()), (vec![("I24", "сдача.zip")], "1"));
    }

    #[test]
    fn a_surname_alone_is_masked_unless_it_is_known() {
        let bytes = archive(&[("Калинин.csv", b"1"), ("Канарейкин.csv", b"2")]);
        let names = |known: &KnownWords| {
            let mut seen = Vec::new();
            let mut each = |name: &str, _: &[u8]| seen.push(name.to_owned());
            let opening = Opening { limits: &Limits::default(), known };
            unpack(opening, "з.zip", &bytes, 0..usize::MAX, &mut Vec::new(), &mut each).unwrap();
            seen
        };
        assert_eq!(names(&KnownWords::default()), ["з.zip/[имя на К].csv", "з.zip/[имя на К, 2].csv"]);
        assert_eq!(names(&KnownWords::of(["г. Калинин"])), ["з.zip/Калинин.csv", "з.zip/[имя на К].csv"]);
    }
}
