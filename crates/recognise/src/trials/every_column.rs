//! Every column that a profile declares, under every header: what stands there arrives somewhere, and no name does.

use super::strange_forms::{CleanForm, FORMS};
use super::{FORMS as PROFILES, catalogue, exam, recognise, sheet_of};
use crate::spelling::header_key;
use srez_model::assessment::AnswerKind::{Extended, Oral, Short};
use srez_model::assessment::{ExamCatalogue, Procedure};
use srez_model::delivery::Recognised;
use srez_model::form::{Field, FormProfile};
use srez_model::note::Noted;
use srez_model::raw_sheet::RawSheet;

/// Two values that both may stand in a column and mean different things; none for columns that are not to be read.
fn two_values(form: &CleanForm, field: Field) -> Option<[&'static str; 2]> {
    let values = match field {
        Field::Ignored | Field::Ordinal => return None,
        Field::Code if form.id == "task-codifier" => ["'1.3", "'1.4"],
        Field::School | Field::Login | Field::Code => ["9311", "9312"],
        Field::SchoolName | Field::ShortName => ["СОШ № 7", "СОШ № 8"],
        Field::Municipality => ["Южный район", "Западный район"],
        Field::Participant => ["60071", "60072"],
        Field::Class if form.id.starts_with("ege") || form.id == "gia-appeals" => ["11В", "11Г"],
        Field::Class if form.id.contains("oge") || form.id.contains("gia") => ["9В", "9Г"],
        Field::Class | Field::Variant | Field::Mark2 | Field::Mark3 | Field::Mark4 | Field::Mark5 => ["1", "2"],
        Field::SecondVariant => ["1", "отсутствовал"],
        Field::Sex => ["м", "ж"],
        Field::Journal | Field::Mark | Field::PartMark | Field::Total => ["3", "4"],
        Field::TestScore | Field::Before | Field::Participants => ["50", "60"],
        Field::Textbook => ["Мерзляк А.Г.", "Виленкин"],
        Field::Uploaded => ["17.03.2022 18:28:07", "18.03.2022 18:28:07"],
        Field::Groups => ["22-RU,vpr2020.ru4", "22-RU,vpr2021.ru4"],
        Field::ShortAnswers => ["+-2", "++2"],
        Field::ExtendedAnswers => ["1(2)", "2(2)"],
        Field::OralAnswers => ["0(1)", "1(1)"],
        Field::Surname => ["Канарейкин", "Чижов"],
        Field::GivenName => ["Анна", "Ия"],
        Field::Patronymic => ["Ильич", "Петрович"],
        Field::Document | Field::DocumentNumber => ["9900", "9901"],
        Field::Group => ["СОШ № 7(edu230007)", "СОШ № 8(edu230008)"],
        Field::SchoolType => ["СОШ", "ООШ"],
        Field::Locality => ["село", "город"],
        Field::IsUrban => ["1", "0"],
        Field::Action => ["Семинар", "Курсы"],
        Field::ActionDate => ["15.09.2025", "16.09.2025"],
        Field::ActionWork => ["ВПР, математика, 8 класс", "ВПР, физика, 8 класс"],
        Field::ActionIndicator => ["качество", "доля «2»"],
        Field::ActionResponsible => ["методист", "директор"],
        Field::ActionExpected => ["выше", "ниже"],
        Field::Year => ["2024", "2025"],
        Field::Grade => ["4", "5"],
        Field::Subject => ["Математика", "Русский язык"],
        Field::Fact if form.id == "medallists" => ["I степени", "II степени"],
        Field::Fact => ["5", "6"],
        Field::Presence => ["да", "нет"],
        Field::Exam if form.id == "gia-appeals" => ["Математика(2026.06.02)", "Физика(2026.06.02)"],
        Field::Exam => ["'04", "'03"],
        Field::Date => ["03.06.2026", "04.06.2026"],
        Field::AppealState => ["Удовлетворена", "Отклонена"],
        Field::Task | Field::Maximum => ["7", "8"],
        Field::Skill | Field::Content | Field::CodeText => ["Вычислять дроби", "Находить периметр"],
        Field::Level => ["Б", "П"],
        Field::RegionPercent | Field::CountryPercent => ["41.5", "42"],
        Field::RegionParticipants | Field::CountryParticipants => ["500", "600"],
        Field::ContentCode | Field::RequirementCode => ["'1.1", "'1.2"],
    };
    Some(values)
}

fn profile(form: &CleanForm) -> &'static FormProfile {
    PROFILES.iter().find(|profile| profile.id == form.id).unwrap()
}

/// Specifications by which the strings of answers are read; with an oral part where that is asked for.
fn exams(field: Field) -> ExamCatalogue {
    let mut tasks = vec![("1", 1, Some(Short)), ("2", 1, Some(Short)), ("3", 2, Some(Short)), ("4", 2, Some(Extended))];
    if field == Field::OralAnswers {
        tasks.push(("У1", 1, Some(Oral)));
    }
    let part = |slug: &str, task: (&str, u16)| {
        let mut part = exam(Procedure::Vpr, 2027, "math", 8, &[(task.0, task.1, None)]);
        slug.clone_into(&mut part.key.part);
        part
    };
    catalogue(vec![
        part("algebra", ("1", 1)),
        part("geometry", ("2", 2)),
        part("probability", ("3", 1)),
        exam(Procedure::Oge, 2026, "social-studies", 9, &tasks),
        exam(Procedure::Ege, 2026, "chemistry", 11, &tasks),
    ])
}

/// Rows of cells down to the header, and below it.
fn grid(form: &CleanForm) -> (Vec<Vec<String>>, usize) {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let head: Vec<Vec<String>> = form.head.lines().map(cells).collect();
    let header = head.len() - 1;
    let rows = form.rows.iter().map(|row| cells(row));
    (head.into_iter().chain(rows).collect(), header)
}

fn fits(pattern: &str, header: &str) -> bool {
    let header = header_key(header);
    match pattern.strip_suffix('*') {
        Some(beginning) => header.starts_with(&header_key(beginning)),
        None => header == header_key(pattern),
    }
}

/// The sheet of a form with a value under a header in the first row that has values; the column is added where the form
/// has none for any of the headers.
fn with_value(form: &CleanForm, field: Field, headers: &[String], spelling: &str, value: &str) -> RawSheet {
    let (mut rows, header) = grid(form);
    let width = rows[header].len();
    let known = rows[header].iter().position(|cell| headers.iter().any(|pattern| fits(pattern, cell)));
    let column = known.unwrap_or(width);
    let row = if form.id == "vpr-journal-comparison-2021" && field != Field::Group { header + 2 } else { header + 1 };
    for line in [header, row] {
        rows[line].resize(width.max(column + 1), String::new());
    }
    rows[header][column] = spelling.trim_end_matches('*').to_owned();
    rows[row][column] = value.to_owned();
    let titles = rows[header].clone();
    let at = |title: &str| titles.iter().position(|cell| cell == title);
    match field {
        // The word for the kind of place, and the login, go before the sign of a town, and the code.
        Field::IsUrban => at("Местность").into_iter().for_each(|column| rows[row][column].clear()),
        Field::Code if form.id == "school-wellbeing" => rows[row][at("Логин").unwrap()].clear(),
        // Of a part that was not written blank cells tell.
        Field::SecondVariant => rows[row][form.values.end - 1].clear(),
        Field::TestScore => {
            let class = form.class.unwrap_or(column);
            rows.iter_mut().skip(header + 1).for_each(|row| row[class] = row[class].replace('9', "11"));
        }
        _ => {}
    }
    sheet_of(form.file, form.sheet, &rows)
}

/// What is wrong with a column; nothing where the two values arrive.
fn fault(form: &CleanForm, field: Field, headers: &[String], spelling: &str, values: [&str; 2]) -> Option<String> {
    let read = |value: &str| recognise(&exams(field), vec![with_value(form, field, headers, spelling, value)]);
    let done = values.map(read);
    let place = format!("{}, {field:?}, «{spelling}»", form.id);
    let codes = |done: &Noted<Recognised>| {
        done.notes.iter().map(|note| format!("{} {} {}", note.code, note.cell(), note.message)).collect::<Vec<_>>()
    };
    if done.iter().any(|done| done.value.form != form.id) {
        return Some(format!("{place}: taken for «{}», {:?}", done[0].value.form, codes(&done[0])));
    }
    let [one, other] = done.each_ref().map(|done| format!("{:?}{:?}", done.value, done.notes));
    (one == other).then(|| format!("{place}: {values:?} make no difference, {:?}", codes(&done[0])))
}

#[test]
fn the_value_of_every_declared_column_arrives_somewhere() {
    let (mut tried, mut faults) = (0, Vec::new());
    for form in FORMS {
        let profile = profile(form);
        for (field, headers) in &profile.columns {
            let Some(values) = two_values(form, *field) else { continue };
            for spelling in headers {
                tried += 1;
                faults.extend(fault(form, *field, headers, spelling, values));
            }
        }
        for headers in profile.facts.iter().flat_map(|facts| facts.values.values()) {
            let is_field = |field: &Field| profile.columns.get(field).is_some_and(|own| own == headers);
            if [Field::Fact, Field::Textbook, Field::Participants].iter().any(is_field) {
                continue;
            }
            for spelling in headers {
                tried += 1;
                faults.extend(fault(form, Field::Fact, headers, spelling, ["5", "6"]));
            }
        }
    }
    assert!(faults.is_empty(), "{tried} columns, wrong: {}\n{}", faults.len(), faults.join("\n"));
    assert!(PROFILES.iter().all(|profile| FORMS.iter().any(|form| form.id == profile.id)), "a profile without a form");
    assert!(tried > 300, "{tried}");
}

#[test]
fn the_value_of_every_column_of_a_sheet_of_classes_arrives_somewhere() {
    for form in FORMS {
        let Some(classes) = &profile(form).classes else { continue };
        let (mut rows, header) = grid(form);
        let class = form.class.unwrap();
        rows[header + 1][class] = if form.id == "vpr-school-2022" { "1".to_owned() } else { "А".to_owned() };
        let school = form.school.map(|school| rows[header + 1][school].clone()).unwrap_or_default();
        let base = |field: &Field| match field {
            Field::School => [school.as_str(), "edu230099"],
            Field::Ordinal => ["1", "9"],
            Field::Class => ["А", "Г"],
            _ => ["Мерзляк А.Г.", "Виленкин"],
        };
        let read = |changed: Option<&Field>| {
            let headers = classes.columns.values().map(|headers| headers[0].trim_end_matches('*').to_owned());
            let value = |field: &Field| base(field)[usize::from(changed == Some(field))].to_owned();
            let list = [headers.collect::<Vec<_>>(), classes.columns.keys().map(value).collect()];
            let sheets = vec![sheet_of(form.file, "Классы", &list), sheet_of(form.file, form.sheet, &rows)];
            let done = recognise(&ExamCatalogue::new(), sheets);
            assert_eq!(done.value.form, form.id);
            format!("{:?}{:?}", done.value, done.notes)
        };
        let clean = read(None);
        assert!(clean.contains("Мерзляк"), "{}: the sheet of classes is not joined", form.id);
        for field in classes.columns.keys() {
            assert_ne!(read(Some(field)), clean, "{}, {field:?}", form.id);
        }
    }
}

/// Names that must not come out of any column.
const NAMES: [&str; 4] = ["Канарейкин", "Kanareikin Petr", "Канарейкин П.П. физика", "КАНАРЕЙКИНА АННА"];
/// What describes a task may name writers: there a surname with initials stands beside other words.
const PROSE: [Field; 3] = [Field::Skill, Field::Content, Field::CodeText];

#[test]
fn no_column_of_any_form_lets_a_name_out() {
    let mut faults = Vec::new();
    for form in FORMS {
        let (clean, header) = grid(form);
        for column in 0..clean[header].len() {
            let is_own = |headers: &[String]| headers.iter().any(|pattern| fits(pattern, &clean[header][column]));
            let is_prose =
                PROSE.iter().any(|field| profile(form).columns.get(field).is_some_and(|headers| is_own(headers)));
            for name in NAMES.into_iter().filter(|name| !is_prose || !name.ends_with("физика")) {
                let mut rows = clean.clone();
                rows.iter_mut().skip(header + 1).for_each(|row| name.clone_into(&mut row[column]));
                let done = recognise(&exams(Field::Total), vec![sheet_of(form.file, form.sheet, &rows)]);
                let all = format!("{done:?}").to_lowercase();
                if all.contains("канарейкин") || all.contains("kanareikin") {
                    faults.push(format!("{}, «{}»: {name}", form.id, clean[header][column]));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
