//! `srez exam`: `import` makes a specification from the tables of descriptors (ALL) and codifiers (КЭС, КТ), or a draft
//! from a published plan; `pack` has a file of its own.

use super::exam_pack::Pack;
use super::terminal::{Progress, say};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use srez_config::{exams, plan::Plan};
use srez_model::assessment::{ExamKey, Procedure};
use srez_model::descriptor::{Descriptors, TaskDescriptor};
use srez_model::error::{Error, Result};
use srez_model::note::Note;
use srez_wording::plural;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Exam {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Составить спецификацию по таблицам ALL, КЭС, КТ или проект по обобщённому плану
    #[command(override_usage = "srez exam import [ПАРАМЕТРЫ] --year <ГОД> --subject <ПРЕДМЕТ> --grade <КЛАСС> \
            <ПАПКА ИЛИ ФАЙЛ>")]
    Import(Import),
    /// Собрать спецификации, формы и предметы в один файл — пакет работ
    #[command(override_usage = "srez exam pack <ПАПКА> --out <ФАЙЛ>")]
    Pack(Pack),
}

#[derive(Debug, Args)]
struct Import {
    /// Папка с таблицами ALL, KS, KT, одна таблица ALL или обобщённый план (XLSX, DOCX)
    #[arg(value_name = "ПАПКА ИЛИ ФАЙЛ")]
    path: Utf8PathBuf,
    /// Процедура: ВПР, ОГЭ, ЕГЭ или РДР; обычно ВПР
    #[arg(long, value_name = "ПРОЦЕДУРА", default_value = "ВПР", hide_default_value = true)]
    procedure: String,
    /// Год работы, например 2026
    #[arg(long, value_name = "ГОД")]
    year: u16,
    /// Предмет, как в pipelines/subjects.toml: Математика
    #[arg(long, value_name = "ПРЕДМЕТ")]
    subject: String,
    /// Класс, 1–11
    #[arg(long, value_name = "КЛАСС")]
    grade: u8,
    /// Папка, в которую записать спецификацию; без неё она только показывается
    #[arg(long, value_name = "ПАПКА")]
    out: Option<Utf8PathBuf>,
}

impl Exam {
    pub(super) fn run(self) -> Result<u8> {
        match self.action {
            Action::Import(import) => import.run(),
            Action::Pack(pack) => pack.run(),
        }
    }
}

/// Words of a codifier by code.
type Codifier = BTreeMap<String, String>;

impl Import {
    fn run(self) -> Result<u8> {
        let mut plan = if srez_disk::is_folder(&self.path) {
            Plan::from_folder(&self.path)?
        } else {
            Plan::from_file(&self.path)?
        };
        plan.limits.word_tables = true;
        let known = Procedure::from_title(&self.procedure).ok_or_else(|| {
            Error::usage(format!("процедура «{}» неизвестна", self.procedure)).hint("есть: ВПР, ОГЭ, ЕГЭ, РДР")
        })?;
        let named = |subject: &&srez_model::assessment::Subject| {
            subject.slug == self.subject || subject.title.to_lowercase() == self.subject.to_lowercase()
        };
        let subject = plan.subjects.iter().find(named).ok_or_else(|| {
            Error::usage(format!("предмет «{}» неизвестен", self.subject)).hint("названия — в pipelines/subjects.toml")
        })?;
        let key = ExamKey::new(known, self.year, &subject.slug, self.grade);
        let received = srez_pipeline::read(&plan, &Progress::new())?;
        for note in &received.notes {
            say(&format!("{}: {} {} — {}", note.file, place(note), note.code, note.message));
        }
        let mut draft = None;
        let (mut rows, mut contents, mut requirements) = (Vec::new(), Codifier::new(), Codifier::new());
        for found in received.parts.into_iter().flat_map(|part| part.recognised.descriptors) {
            match found {
                Descriptors::Tasks(tasks) => rows.extend(tasks),
                Descriptors::Plan(tasks) => {
                    draft = Some(Draft::of(&received.notes, &tasks));
                    rows.extend(tasks);
                }
                Descriptors::Contents(codes) => contents.extend(codes),
                Descriptors::Requirements(codes) => requirements.extend(codes),
            }
        }
        if rows.is_empty() {
            return Err(Error::run(format!("в {} нет таблицы заданий", self.path)).hint(
                "нужна таблица (XLSX, DOCX, CSV) со столбцами «№ задания», «Максимальный балл…»; чего не хватает, \
                     сказано выше",
            ));
        }
        let text = specification(&key, &subject.title, &rows, &contents, &requirements, draft.as_ref())?;
        exams::parse(&format!("{}.toml", key.id()), &text, &plan.subjects)?;
        draft.iter().flat_map(|draft| &draft.missing).for_each(|missing| say(missing));
        match self.out {
            Some(folder) => {
                let path = folder.join(format!("{}.toml", key.id()));
                if srez_disk::exists(&path) {
                    return Err(
                        Error::usage(format!("файл {path} уже есть")).hint("уберите его или укажите другую папку")
                    );
                }
                srez_disk::write_plain(&path, text.as_bytes())?;
                let tasks = rows.iter().map(|task| &task.id).collect::<BTreeSet<_>>().len() as u64;
                say(&format!(
                    "Спецификация записана: {path}, {}. Шкалу и её источник впишите сами.",
                    plural::nominative(tasks, plural::TASK)
                ));
            }
            None => say(&text),
        }
        Ok(0)
    }
}

/// What a plan leaves open: its specification is a draft.
struct Draft {
    /// Cells that are not understood, with their places.
    unread: Vec<String>,
    /// Columns that are missing or empty.
    missing: Vec<String>,
}

impl Draft {
    fn of(notes: &[Note], tasks: &[TaskDescriptor]) -> Self {
        let told = |note: &Note| format!("{}, {} — {}", note.file, place(note), note.message);
        type Column = (&'static str, fn(&TaskDescriptor) -> bool);
        let columns: [Column; 4] = [
            ("Уровень сложности", |task| task.difficulty.is_some()),
            ("Коды проверяемых элементов содержания (КЭС)", |task| {
                !task.content_code.is_empty()
            }),
            ("Коды требований (КТ)", |task| !task.requirement_code.is_empty()),
            ("Проверяемые элементы содержания", |task| {
                !task.content.is_empty() || !task.skill.is_empty()
            }),
        ];
        let missing = columns.iter().filter(|(_, is_there)| !tasks.iter().any(is_there));
        Self {
            unread: notes.iter().filter(|note| note.row != 0).map(told).collect(),
            missing: missing
                .map(|(title, _)| format!("Столбца «{title}» нет, или в нём ничего не прочитано"))
                .collect(),
        }
    }
}

/// Where a note points, with the sheet where it has a name.
fn place(note: &Note) -> String {
    let parts = [note.sheet.as_str(), &note.cell()].map(str::to_owned);
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Codes of a cell, one by one: «1.1, 1.2 и 2.4» are three.
fn each_code(codes: &str) -> impl Iterator<Item = &str> {
    codes.split([',', ';', ' ']).filter(|code| !code.is_empty() && *code != "и")
}

/// A task with the codes of all its rows.
struct Listed<'a> {
    task: &'a TaskDescriptor,
    content: BTreeSet<&'a str>,
    requirement: BTreeSet<&'a str>,
}

/// Some catalogues list a task as well as its parts: «5» with two points, «5.1» and «5.2» with one each. Forms have
/// only the parts, so the whole is left out if its parts add up to its maximum.
fn leave_out_wholes(tasks: &mut Vec<Listed<'_>>) {
    let maxima: Vec<(&str, u16)> =
        tasks.iter().map(|listed| (listed.task.id.as_str(), listed.task.max.unwrap_or(0))).collect();
    tasks.retain(|Listed { task, .. }| {
        let is_part = |id: &str| id.strip_prefix(task.id.as_str()).is_some_and(|rest| rest.starts_with(['.', 'К']));
        let parts = maxima.iter().filter(|(id, _)| is_part(id));
        let sum: u16 = parts.map(|(_, max)| *max).sum();
        sum == 0 || Some(sum) != task.max
    });
}

/// Tasks in the order of their first rows. A task has several rows, one per code: it is taken once.
fn listed(rows: &[TaskDescriptor]) -> Result<Vec<Listed<'_>>> {
    let mut tasks: Vec<Listed<'_>> = Vec::new();
    for row in rows {
        let place = tasks.iter().position(|listed| listed.task.id == row.id).unwrap_or_else(|| {
            tasks.push(Listed { task: row, content: BTreeSet::new(), requirement: BTreeSet::new() });
            tasks.len() - 1
        });
        let Some(listed) = tasks.get_mut(place) else { continue };
        if listed.task.max != row.max {
            return Err(Error::run(format!("у задания {} два разных максимума в таблице", row.id)));
        }
        listed.content.extend(each_code(&row.content_code));
        listed.requirement.extend(each_code(&row.requirement_code));
    }
    leave_out_wholes(&mut tasks);
    Ok(tasks)
}

/// Text of the specification.
///
/// # Errors
/// If a task has no maximum, or two of them.
fn specification(
    key: &ExamKey,
    subject: &str,
    rows: &[TaskDescriptor],
    contents: &Codifier,
    requirements: &Codifier,
    draft: Option<&Draft>,
) -> Result<String> {
    let mut total = 0_u16;
    let mut body = String::new();
    for (Listed { task, content, requirement }, position) in listed(rows)?.iter().zip(1_u16..) {
        if draft.is_some() && task.max.is_none() {
            let _ = writeln!(
                body,
                "\n# Балл не прочитан, впишите задание сами.\n# [[tasks]]\n# id = {}\n# max =",
                quoted(&task.id)
            );
            continue;
        }
        let max = task.max.ok_or_else(|| Error::run(format!("у задания {} не прочитан максимальный балл", task.id)))?;
        total += max;
        let position = if task.position == 0 { position } else { task.position };
        let _ = writeln!(body, "\n[[tasks]]\nid = {}\nposition = {position}\nmax = {max}", quoted(&task.id));
        if let Some(level) = task.difficulty {
            let _ = writeln!(body, "level = {}", quoted(level.letter()));
        }
        let words = |codes: &BTreeSet<&str>, codifier: &Codifier| {
            codes.iter().find_map(|code| codifier.get(*code)).cloned().unwrap_or_default()
        };
        let matter = words(content, contents);
        let matter = if matter.is_empty() { task.content.clone() } else { matter };
        let skill = if task.skill.is_empty() { words(requirement, requirements) } else { task.skill.clone() };
        for (name, value) in [("content", &matter), ("skill", &skill)] {
            if !value.is_empty() {
                let _ = writeln!(body, "{name} = {}", quoted(value));
            }
        }
        for (name, codes) in [("kes", content), ("kt", requirement)] {
            if !codes.is_empty() {
                let codes: Vec<String> = codes.iter().map(|code| quoted(code)).collect();
                let _ = writeln!(body, "{name} = [{}]", codes.join(", "));
            }
        }
    }
    if total == 0 {
        return Err(Error::run("ни у одного задания не прочитан максимальный балл").hint("впишите баллы числами"));
    }
    Ok(head(key, subject, total, draft) + &body)
}

/// Everything above the tasks.
fn head(key: &ExamKey, subject: &str, total: u16, draft: Option<&Draft>) -> String {
    let mut text =
        String::from("# Составлено по таблице описания заданий. Шкалы в ней нет: впишите marks и scale_confirmed.\n");
    if let Some(draft) = draft {
        text.push_str("# Это проект: проверьте каждое задание, впишите источники и уберите строку status.\n");
        for open in draft.missing.iter().chain(&draft.unread) {
            let line: String = open.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "# Не понято: {line}");
        }
    }
    let _ = writeln!(
        text,
        "procedure = {}\nyear = {}\nsubject = {}",
        quoted(key.procedure.title()),
        key.year,
        quoted(subject)
    );
    let _ = writeln!(text, "grade = {}\nmax_primary = {total}\nscale_confirmed = \"none\"", key.grade);
    let _ = match draft {
        None => writeln!(text, "tasks_confirmed = \"one\"\ntasks_note = \"по таблице описания заданий\""),
        Some(_) => writeln!(
            text,
            "tasks_confirmed = \"none\"\ntasks_note = \"по обобщённому плану, не сверено\"\nstatus = \"проект\""
        ),
    };
    text
}

fn quoted(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, max: u16, content_code: &str) -> TaskDescriptor {
        TaskDescriptor {
            id: id.to_owned(),
            position: 0,
            max: Some(max),
            difficulty: None,
            skill: "Умение «так»".to_owned(),
            content: "Блок".to_owned(),
            content_code: content_code.to_owned(),
            requirement_code: String::new(),
        }
    }

    #[test]
    fn a_task_in_several_rows_is_one_task_and_its_maximum_counts_once() {
        let key = ExamKey::new(Procedure::Vpr, 2022, "math", 8);
        let rows = [row("1", 2, "1.1"), row("1", 2, "1.2"), row("2К1", 1, "")];
        let contents = Codifier::from([("1.1".to_owned(), "Дроби".to_owned())]);
        let text = specification(&key, "Математика", &rows, &contents, &Codifier::new(), None).unwrap();
        let subjects = srez_config::subjects::built_in().unwrap();
        let exam = exams::parse("vpr-2022-math-8.toml", &text, &subjects).unwrap();
        assert_eq!((exam.max_primary, exam.tasks.len()), (Some(3), 2));
        assert_eq!((exam.tasks[0].content.as_str(), exam.tasks[1].content.as_str()), ("Дроби", "Блок"));
        assert_eq!(exam.tasks[0].content_codes, ["1.1", "1.2"]);
        let rows = [row("5", 2, ""), row("5.1", 1, ""), row("5.2", 1, ""), row("6", 3, ""), row("6.1", 1, "")];
        let text = specification(&key, "Математика", &rows, &contents, &Codifier::new(), None).unwrap();
        let exam = exams::parse("vpr-2022-math-8.toml", &text, &subjects).unwrap();
        let ids: Vec<&str> = exam.tasks.iter().map(|task| task.id.as_str()).collect();
        assert_eq!(
            (ids, exam.max_primary),
            (vec!["5.1", "5.2", "6", "6.1"], Some(6)),
            "«6» is not the sum of its parts"
        );
        let rows = [row("1", 2, "1.1"), row("1", 3, "1.2")];
        assert!(specification(&key, "Математика", &rows, &contents, &Codifier::new(), None).is_err());
    }
}
