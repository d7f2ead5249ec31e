//! Which exam a sheet belongs to: all named sources are asked, and they must agree.

use super::codes::{IDENTITY_CONFLICT, IDENTITY_MISSING};
use super::head::Head;
use super::spelling::words;
use srez_model::assessment::{ExamKey, Paper, Procedure, SubjectCatalogue};
use srez_model::form::{FormProfile, IdentitySources, Source};
use srez_model::note::Note;
use srez_model::place::canonical_login;

/// A value and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clue<T> {
    value: T,
    place: String,
}

/// Which exam a sheet belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The exam.
    pub key: ExamKey,
    /// Grade of the pupils where it differs from that of the paper («по образцу 8 класса»).
    pub class_grade: u8,
    /// True where a place says the level of study, base or advanced.
    pub paper_is_named: bool,
    /// Where each part was read, for `check`.
    pub reasons: Vec<String>,
}

/// Years that columns of the sheet tell; 0 where they tell none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ColumnYears {
    /// Year of all uploads.
    pub uploaded: u16,
    /// Latest year in the user groups.
    pub groups: u16,
}

/// What there is to read.
pub(crate) struct Evidence<'a> {
    /// Path of the file.
    pub file: &'a str,
    /// Name of the sheet.
    pub sheet: &'a str,
    /// Rows above the header.
    pub head: &'a Head,
    /// Columns.
    pub years: ColumnYears,
    /// Subject over the columns, where works stand side by side.
    pub group: Option<&'a super::head::Placed>,
}

/// Reads the identity, or says in notes what is missing and what disagrees.
pub(crate) fn read(
    profile: &FormProfile,
    subjects: &SubjectCatalogue,
    evidence: &Evidence<'_>,
) -> Result<Identity, Vec<Note>> {
    let sources = &profile.identity;
    let years = collect(&sources.year, evidence, |source, text| match source {
        Source::Uploaded | Source::Groups => text.parse().ok(),
        _ => year(text),
    });
    let found_subjects = collect(&sources.subject, evidence, |source, text| match source {
        Source::Sheet => sheet_subject(subjects, text),
        _ => subject(subjects, text),
    });
    let grades = collect(&sources.grade, evidence, |source, text| match source {
        Source::Sheet => words(text).split(' ').nth(1).and_then(grade_number),
        Source::Folder => grade(text).map(|(grade, _)| grade).or_else(|| grade_number(text)),
        _ => grade(text).map(|(grade, pattern)| pattern.unwrap_or(grade)),
    });
    let title = |slug: &String| {
        let known = subjects.iter().find(|subject| subject.slug == *slug);
        known.map_or_else(|| slug.clone(), |subject| subject.title.clone())
    };
    let mut notes = Vec::new();
    let mut reasons = Vec::new();
    let year = agree("год", &sources.year, &years, u16::to_string, evidence, &mut notes, &mut reasons);
    let subject = agree("предмет", &sources.subject, &found_subjects, title, evidence, &mut notes, &mut reasons);
    let grade = agree("класс", &sources.grade, &grades, u8::to_string, evidence, &mut notes, &mut reasons);
    let procedure = profile.procedure.as_deref().and_then(Procedure::from_title);
    match (procedure, year, subject, grade) {
        (Some(procedure), Some(year), Some(subject), Some(grade)) => {
            let class_grade = class_grade(&sources.grade, evidence).unwrap_or(grade);
            let paper = paper(procedure, sources, evidence);
            Ok(Identity {
                key: ExamKey { paper: paper.unwrap_or_default(), ..ExamKey::new(procedure, year, &subject, grade) },
                class_grade,
                paper_is_named: paper.is_some(),
                reasons,
            })
        }
        _ => Err(notes),
    }
}

/// The paper of a ВПР where one of the places that name the subject says its level: «углублённый», «базовый».
fn paper(procedure: Procedure, sources: &IdentitySources, evidence: &Evidence<'_>) -> Option<Paper> {
    let named = [Source::Title, Source::FileName, Source::Folder];
    let places = || sources.subject.iter().chain(&named).flat_map(|source| texts(*source, evidence));
    let says =
        |beginning: &str| places().any(|(text, _)| words(&text).split(' ').any(|word| word.starts_with(beginning)));
    let paper =
        if says("углубл") { Some(Paper::Advanced) } else { says("базов").then_some(Paper::Ordinary) };
    paper.filter(|_| procedure == Procedure::Vpr)
}

/// Grade of the pupils where a text names both: «7 класс (по образцу 8 класса)».
fn class_grade(sources: &[Source], evidence: &Evidence<'_>) -> Option<u8> {
    sources.iter().flat_map(|source| texts(*source, evidence)).find_map(|(text, _)| match self::grade(&text) {
        Some((grade, Some(_))) => Some(grade),
        _ => None,
    })
}

fn collect<T>(sources: &[Source], evidence: &Evidence<'_>, read: impl Fn(Source, &str) -> Option<T>) -> Vec<Clue<T>> {
    let of_source = |source: &Source| {
        texts(*source, evidence)
            .into_iter()
            .find_map(|(text, place)| Some(Clue { value: read(*source, &text)?, place }))
    };
    sources.iter().filter_map(of_source).collect()
}

/// Texts of a source, the nearest first, each with the words for its place.
fn texts(source: Source, evidence: &Evidence<'_>) -> Vec<(String, String)> {
    let placed = |cell: &Option<super::head::Placed>, what: &str| {
        cell.iter().map(|cell| (cell.text.clone(), format!("{what} ({})", cell.cell))).collect()
    };
    let of_year =
        |year: u16, what: &str| (year != 0).then(|| (year.to_string(), what.to_owned())).into_iter().collect();
    match source {
        Source::Title => placed(&evidence.head.title, "заголовок листа"),
        Source::SubjectCell => placed(&evidence.head.subject, "ячейка «Предмет»"),
        Source::Sheet => vec![(evidence.sheet.to_owned(), "имя листа".to_owned())],
        Source::FileName => vec![(file_stem(evidence.file).to_owned(), "имя файла".to_owned())],
        Source::Folder => {
            folders(evidence.file).map(|folder| (folder.to_owned(), format!("папка «{folder}»"))).collect()
        }
        Source::Uploaded => of_year(evidence.years.uploaded, "столбец «Дата загрузки»"),
        Source::Groups => of_year(evidence.years.groups, "столбец групп пользователя"),
        Source::HeaderGroup => evidence
            .group
            .map(|group| (group.text.clone(), format!("шапка таблицы ({})", group.cell)))
            .into_iter()
            .collect(),
    }
}

fn agree<T: PartialEq + Clone>(
    what: &str,
    sources: &[Source],
    clues: &[Clue<T>],
    show: impl Fn(&T) -> String,
    evidence: &Evidence<'_>,
    notes: &mut Vec<Note>,
    reasons: &mut Vec<String>,
) -> Option<T> {
    let Some(first) = clues.first() else {
        let looked: Vec<&str> = sources.iter().map(|source| place_title(*source)).collect();
        let message = format!("не определён {what}: искали — {}", looked.join(", "));
        notes.push(Note::about_file(&IDENTITY_MISSING, evidence.file, message).at_sheet(evidence.sheet));
        return None;
    };
    if let Some(other) = clues.iter().find(|clue| clue.value != first.value) {
        let (left, right) = (show(&first.value), show(&other.value));
        let message = format!("{what}: {} — «{left}», а {} — «{right}»", first.place, other.place);
        notes.push(Note::about_file(&IDENTITY_CONFLICT, evidence.file, message).at_sheet(evidence.sheet));
        return None;
    }
    reasons.push(format!("{what} «{}»: {}", show(&first.value), first.place));
    Some(first.value.clone())
}

fn place_title(source: Source) -> &'static str {
    match source {
        Source::Title => "заголовок листа вида «ВПР 2026 Русский язык 4 класс»",
        Source::SubjectCell => "ячейка рядом с «Предмет:»",
        Source::Sheet => "имя листа",
        Source::FileName => "имя файла",
        Source::Folder => "имена папок",
        Source::Uploaded => "столбец «Дата загрузки»",
        Source::Groups => "столбец групп пользователя",
        Source::HeaderGroup => "предмет над столбцами заданий",
    }
}

/// Name of the file without folders and extension.
pub(crate) fn file_stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Folders of the file, the nearest first.
fn folders(file: &str) -> impl Iterator<Item = &str> {
    file.rsplit('/').skip(1).filter(|folder| !matches!(*folder, "" | "." | ".."))
}

/// A calendar year in a text: `2026`, `2026-05`, `20.04.2026`; `2024-25` and `2024/25` are the spring of 2025.
pub(crate) fn year(text: &str) -> Option<u16> {
    let numbers: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let of = |part: &str| part.parse::<u16>().ok().filter(|year| part.len() == 4 && (2015..=2099).contains(year));
    let place = numbers.iter().position(|part| of(part).is_some())?;
    let year = numbers.get(place).and_then(|part| of(part))?;
    let next = numbers.get(place + 1).and_then(|part| Some((part.len(), part.parse::<u16>().ok()?)));
    let school_year = match next {
        Some((2, next)) => next > 12 && next == (year + 1) % 100,
        Some((4, next)) => next == year + 1,
        _ => false,
    };
    Some(if school_year { year + 1 } else { year })
}

/// A grade in a text, and the grade of the pattern: «7 класс (по образцу 8 класса)».
pub(crate) fn grade(text: &str) -> Option<(u8, Option<u8>)> {
    let words = words(text);
    let words: Vec<&str> = words.split(' ').collect();
    let mut grades = (0..words.len()).filter_map(|place| {
        let is_class = |word: &&str| word.starts_with("класс") || *word == "кл";
        let word = *words.get(place)?;
        let near = words.get(place + 1).is_some_and(is_class)
            || (words.get(place + 1).is_some_and(|word| word.chars().count() <= 2)
                && words.get(place + 2).is_some_and(is_class));
        let joined = word.strip_suffix("класс").or_else(|| word.strip_suffix("кл")).and_then(grade_number);
        let grade = joined.or_else(|| grade_number(word).filter(|_| near))?;
        Some((place, grade))
    });
    let (_, first) = grades.next()?;
    let is_pattern = |place: usize| place.checked_sub(1).and_then(|before| words.get(before)) == Some(&"образцу");
    let pattern = grades.find(|(place, _)| is_pattern(*place)).map(|(_, grade)| grade);
    Some((first, pattern))
}

fn grade_number(text: &str) -> Option<u8> {
    let text = text.trim();
    text.parse().ok().filter(|grade| (1..=11).contains(grade) && !text.starts_with(['0', '+']))
}

/// The subject whose longest name stands in a text.
pub(crate) fn subject(subjects: &SubjectCatalogue, text: &str) -> Option<String> {
    let text = format!(" {} ", words(text));
    let named = subjects.iter().flat_map(|subject| subject.aliases.iter().map(move |alias| (subject, words(alias))));
    let found = named.filter(|(_, alias)| text.contains(&format!(" {alias} ")));
    let longest = found.fold(None, |best: Option<(&str, usize)>, (subject, alias)| match best {
        Some((_, length)) if alias.len() <= length => best,
        _ => Some((subject.slug.as_str(), alias.len())),
    });
    longest.map(|(slug, _)| slug.to_owned())
}

fn sheet_subject(subjects: &SubjectCatalogue, sheet: &str) -> Option<String> {
    let code = sheet.split_whitespace().next()?.to_uppercase();
    subjects.iter().find(|subject| subject.sheet_codes.contains(&code)).map(|subject| subject.slug.clone())
}

/// Login or code of the school in the name of the file or of a folder, for forms that hold no school.
pub(crate) fn school(sources: &[Source], file: &str) -> Option<String> {
    let by_name = sources.contains(&Source::FileName).then(|| file_stem(file)).into_iter();
    let names: Vec<&str> = by_name.chain(folders(file).filter(|_| sources.contains(&Source::Folder))).collect();
    names.iter().find_map(|name| login(name)).or_else(|| names.iter().find_map(|name| leading_code(name)))
}

/// A login inside a text: `eduNNNNNN`, `schNNNNNN`, `kshNNNNNN`.
pub(crate) fn login(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    lower.split(|letter: char| !letter.is_alphanumeric()).find_map(|word| {
        let number = ["edu", "sch", "ksh"].iter().find_map(|prefix| word.strip_prefix(prefix))?;
        (number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| canonical_login(word))
    })
}

/// A code of 4 to 6 digits in front of a name, as in `101001_Математика`; a year is no code.
fn leading_code(name: &str) -> Option<String> {
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    let rest = name.get(digits.len()..).unwrap_or_default();
    let alone = rest.is_empty() || rest.starts_with(['_', ' ', '-']);
    (alone && (4..=6).contains(&digits.len()) && year(&digits).is_none()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_grades_are_found_in_names() {
        assert_eq!(year("Проведение работы по биологии, 7 класс (по образцу 8 класса). ВПР 2021"), Some(2021));
        assert_eq!(year("2026-05"), Some(2026));
        assert_eq!(year("ВПР 2024-25"), Some(2025));
        assert_eq!(year("edu220164"), None);
        assert_eq!(grade("по биологии, 7 класс (по образцу 8 класса). ВПР 2021"), Some((7, Some(8))));
        assert_eq!(grade("Английский язык 8 класс ВПР 2026"), Some((8, None)));
        assert_eq!(grade("10-й класс"), Some((10, None)));
        assert_eq!(grade("edu230001_МА_5кл"), Some((5, None)));
        assert_eq!(grade("ВПР 2026"), None);
    }

    #[test]
    fn a_school_is_found_in_file_or_folder() {
        let sources = [Source::FileName, Source::Folder];
        assert_eq!(school(&sources, "2026-05/edu230001/Математика.xlsx").as_deref(), Some("edu230001"));
        assert_eq!(school(&sources, "2026/sch230001_Математика.xlsx").as_deref(), Some("edu230001"));
        assert_eq!(school(&sources, "2026/101001_Математика.xlsx").as_deref(), Some("101001"));
        assert_eq!(school(&sources, "2026/2026_Математика.xlsx"), None);
    }
}
