//! What must agree inside a specification: maxima, scale, ids, and all that names a task.

use super::exams::fault;
use srez_model::assessment::{Exam, Scale, Task};
use srez_model::error::Result;
use std::collections::BTreeSet;

/// Numbers and names of a specification must agree with each other.
pub(super) fn check(name: &str, exam: &Exam) -> Result<()> {
    let max = exam.max_primary.unwrap_or(0);
    if let Some(sum) = exam.sum_of_maxima()
        && sum != max
    {
        return Err(fault(name, format!("сумма максимумов заданий {sum}, а max_primary {max}")));
    }
    check_scale(name, exam, max)?;
    check_ids(name, exam)?;
    check_dependence(name, exam)?;
    for condition in &exam.conditions {
        check_known(name, exam, "условие называет", &condition.tasks)?;
    }
    for minimum in &exam.profile_minima {
        check_known(name, exam, "минимум для профильного класса называет", &minimum.tasks)?;
        let of_tasks: u16 = exam
            .tasks
            .iter()
            .filter(|task| minimum.tasks.contains(&task.id))
            .filter_map(|task| task.max)
            .fold(0, u16::saturating_add);
        let known = !exam.tasks.is_empty();
        if max < minimum.min || (known && of_tasks < minimum.min_of_tasks) {
            return Err(fault(
                name,
                format!("минимум для профильного класса {} больше, чем можно набрать", minimum.min),
            ));
        }
    }
    let grades = exam.tasks.iter().filter_map(|task| Some((task, task.programme_grade?)));
    if let Some((task, grade)) = grades.into_iter().find(|(_, grade)| *grade == 0 || exam.key.grade < *grade) {
        return Err(fault(
            name,
            format!("задание {}: программа {grade} класса в работе {}-го", task.id, exam.key.grade),
        ));
    }
    Ok(())
}

fn check_scale(name: &str, exam: &Exam, max: u16) -> Result<()> {
    match &exam.scale {
        Scale::Unknown => {}
        Scale::Marks(bounds) => {
            let ascending = bounds.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
            let covers = bounds.first().is_some_and(|(bound, _)| *bound == 0);
            if !ascending || !covers || bounds.last().is_some_and(|(bound, _)| max < *bound) {
                return Err(fault(name, format!("шкала отметок не покрывает баллы 0…{max} по возрастанию")));
            }
        }
        Scale::Test { table, min_test, .. } => {
            let rises = table.windows(2).all(|pair| pair[0] <= pair[1]);
            let fits = table.len() == usize::from(max) + 1 && table.last() == Some(&100) && table.contains(min_test);
            if !rises || !fits {
                return Err(fault(
                    name,
                    format!("таблица test: нужно {} неубывающих значений до 100, среди них {min_test}", max + 1),
                ));
            }
        }
    }
    Ok(())
}

/// Ids, and columns that stand for a task, are told apart in a form whatever the letter К is typed in.
fn check_ids(name: &str, exam: &Exam) -> Result<()> {
    let mut seen = BTreeSet::new();
    let columns = exam.tasks.iter().flat_map(|task| task.alternatives.iter().chain([&task.id]));
    for id in columns {
        if id.is_empty() || !seen.insert(id.to_uppercase().replace('K', "К").replace(' ', "")) {
            return Err(fault(name, format!("задание {id} описано дважды")));
        }
    }
    Ok(())
}

/// A criterion depends on one that exists, and on nothing that depends on it.
fn check_dependence(name: &str, exam: &Exam) -> Result<()> {
    let of = |id: &str| exam.tasks.iter().find(|task| task.id == id);
    for task in exam.tasks.iter().filter(|task| !task.requires.is_empty()) {
        let mut passed: Vec<&str> = vec![&task.id];
        let mut next: Option<&Task> = Some(task);
        while let Some(required) = next.filter(|task| !task.requires.is_empty()).map(|task| task.requires.as_str()) {
            if passed.contains(&required) {
                return Err(fault(name, format!("задание {}: requires замыкается в круг", task.id)));
            }
            next = of(required);
            if next.is_none() {
                return Err(fault(name, format!("задание {}: requires называет {required}, которого нет", task.id)));
            }
            passed.push(required);
        }
    }
    Ok(())
}

fn check_known(name: &str, exam: &Exam, what: &str, ids: &[String]) -> Result<()> {
    let unknown = ids.iter().find(|id| !exam.tasks.iter().any(|task| task.id == **id));
    match unknown {
        Some(id) if !exam.tasks.is_empty() => Err(fault(name, format!("{what} задание {id}, которого нет"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{exams, subjects};

    const NAME: &str = "vpr-2024-math-4.toml";
    const HEAD: &str = "procedure = \"ВПР\"\nyear = 2024\nsubject = \"Математика\"\ngrade = 4\nmax_primary = 3\n";

    fn message(head: &str, first: &str, second: &str) -> String {
        let tasks = format!("[[tasks]]\nid = \"1К1\"\nmax = 1\n{first}\n[[tasks]]\nid = \"1К2\"\nmax = 2\n{second}\n");
        match exams::parse(NAME, &format!("{HEAD}{head}\n{tasks}"), &subjects::built_in().unwrap()) {
            Ok(_) => String::new(),
            Err(error) => error.message.split(": ").skip(1).collect::<Vec<_>>().join(": "),
        }
    }

    #[test]
    fn what_depends_names_what_exists_and_makes_no_circle() {
        assert_eq!(message("", "", "requires = \"1К1\""), "");
        assert_eq!(message("", "", "requires = \"2\""), "задание 1К2: requires называет 2, которого нет");
        assert_eq!(message("", "requires = \"1К2\"", "requires = \"1К1\""), "задание 1К1: requires замыкается в круг");
        assert_eq!(
            message("", "", "alternatives = [\"1K1\"]"),
            "задание 1K1 описано дважды",
            "a Latin K is no other letter"
        );
        assert_eq!(message("", "", "alternatives = [\"1К3\", \"1К4\"]"), "");
    }

    #[test]
    fn minima_and_programme_grades_can_be_reached() {
        let minimum =
            |rest: &str| message(&format!("[[profile_minima]]\nprofile = \"естественно-научный\"\n{rest}"), "", "");
        assert_eq!(minimum("min = 3\ntasks = [\"1К2\"]\nmin_of_tasks = 2"), "");
        let beyond = "минимум для профильного класса 4 больше, чем можно набрать";
        assert_eq!(minimum("min = 4"), beyond);
        assert_eq!(minimum("min = 3\ntasks = [\"1К1\"]\nmin_of_tasks = 2"), beyond.replace('4', "3"));
        let unknown = "минимум для профильного класса называет задание 7, которого нет";
        assert_eq!(minimum("min = 3\ntasks = [\"7\"]\nmin_of_tasks = 1"), unknown);
        assert_eq!(message("", "programme_grade = 3", ""), "");
        assert_eq!(message("", "programme_grade = 5", ""), "задание 1К1: программа 5 класса в работе 4-го");
    }

    #[test]
    fn a_part_has_a_slug_and_a_title() {
        let name = "vpr-2024-math-4-algebra.toml";
        let text = |part: &str| format!("{HEAD}{part}\n[[tasks]]\nid = \"1\"\nmax = 3\n");
        let parse = |part: &str| exams::parse(name, &text(part), &subjects::built_in().unwrap());
        let exam = parse("part = \"algebra\"\npart_title = \"алгебра\"").unwrap();
        assert_eq!(
            (exam.id().as_str(), exam.title().as_str()),
            ("vpr-2024-math-4-algebra", "ВПР-2024. Математика, 4 класс, алгебра")
        );
        assert!(parse("part = \"algebra\"").unwrap_err().message.contains("part и part_title пишутся вместе"));
        assert!(
            parse("part = \"алгебра\"\npart_title = \"алгебра\"").unwrap_err().message.contains("латинскими буквами")
        );
        assert!(parse("part = \"oral\"\npart_title = \"устно\"").unwrap_err().message.contains("латинскими буквами"));
    }
}
