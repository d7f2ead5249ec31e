//! What the indicator of a measure means: «доля «2»», «умение: …», «задание 5», the id of a finding.

use srez_model::assessment::Exam;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::skill::Skill;
use srez_wording::slug::slug;

/// The measure that the words of a register mean in an exam; none where the exam has nothing of the kind.
pub fn meant(words: &str, exam: &Exam) -> Option<MeasureId> {
    let text = words.to_lowercase().replace(['«', '»', '"', '„', '“'], "").replace('ё', "е");
    let text = text.trim();
    let written: Option<MeasureId> = text.parse().ok();
    if let Some(known) = written.as_ref().filter(|measure| is_over_years(measure)) {
        return Some(known.clone());
    }
    if let Some(found) = of_finding(words.trim(), exam) {
        return Some(found);
    }
    let has = |stem: &str| text.contains(stem);
    let number = match &written {
        Some(MeasureId::Task(id)) => Some(id.as_str()),
        _ => text.split_once("задани").map(|(_, rest)| rest),
    };
    if let Some(number) = number {
        let id = number.split(|letter: char| letter.is_whitespace() || letter == '№').rfind(|part| !part.is_empty())?;
        let task = exam.tasks.iter().find(|task| task.id.to_lowercase() == id)?;
        return Some(MeasureId::task(&task.id));
    }
    let plain = match &written {
        Some(MeasureId::Skill(title)) => title,
        _ => text,
    };
    let plain = plain.trim_start_matches("умение").trim_start_matches([':', ' ']);
    if let Some(title) = Skill::titles(exam).iter().find(|title| title.to_lowercase().replace('ё', "е") == plain) {
        return Some(MeasureId::skill(title));
    }
    let by_stem = [
        ("ниже минимальн", LowResult::BelowMinimum.over_years()),
        ("тестов", MeasureId::MeanTest),
        ("успеваемост", MeasureId::Pass),
        ("качеств", MeasureId::Quality),
        ("средняя отметка", MeasureId::MeanMark),
        ("в целом", MeasureId::Total),
        ("первичный балл", MeasureId::Total),
    ];
    if let Some((_, measure)) = by_stem.into_iter().find(|(stem, _)| has(stem)) {
        return Some(measure);
    }
    let two = has("двоек")
        || (text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "2")
            && (has("дол") || has("отмет")));
    two.then_some(MeasureId::ShareOfTwo)
}

/// Measures of the whole work that are followed over the years.
fn is_over_years(measure: &MeasureId) -> bool {
    *measure == LowResult::BelowMinimum.over_years()
        || matches!(
            measure,
            MeasureId::ShareOfTwo
                | MeasureId::Pass
                | MeasureId::Quality
                | MeasureId::MeanMark
                | MeasureId::MeanTest
                | MeasureId::Total
        )
}

/// The measure behind the id of a finding.
fn of_finding(id: &str, exam: &Exam) -> Option<MeasureId> {
    let (sign, rest) = id.split_once('-')?;
    let rest = rest.strip_prefix(&exam.key.id_without_year())?;
    match sign {
        // The share of low results: exams with test scores know no «2».
        "S02" | "S04" | "F03" => return Some(LowResult::of_exam(exam).over_years()),
        "S01a" => return Some(MeasureId::Total),
        _ => {}
    }
    let task = exam.tasks.iter().find(|task| rest.ends_with(&format!("-{}", slug(&format!("задание {}", task.id)))));
    if let Some(task) = task {
        return Some(MeasureId::task(&task.id));
    }
    let skill = Skill::titles(exam).into_iter().find(|title| rest.ends_with(&format!("-{}", slug(title))))?;
    Some(MeasureId::skill(&skill))
}

#[cfg(test)]
mod tests {
    use super::meant;
    use srez_model::assessment::{Exam, ExamKey, Procedure, Scale, Task};
    use srez_model::compared::LowResult;
    use srez_wording::slug::slug;

    #[test]
    fn indicators_are_understood_as_offices_write_them() {
        let task = |id: &str, skill: &str| Task { id: id.to_owned(), skill: skill.to_owned(), ..Task::default() };
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let tasks = vec![task("1", "вычисления"), task("16.1", "чтение графиков")];
        let exam = Exam { tasks, ..Exam::unspecified(key) };
        let finding = format!("F02-vpr-math-8-municipality-x-{}", slug("вычисления"));
        let all = [
            ("доля «2»", Some("share_of_2")),
            ("Доля отметок 2", Some("share_of_2")),
            ("двоек не больше", Some("share_of_2")),
            ("качество знаний", Some("quality_pct")),
            ("успеваемость", Some("pass_pct")),
            ("умение: Чтение графиков", Some("skill:чтение графиков")),
            ("чтение графиков", Some("skill:чтение графиков")),
            ("задание 16.1", Some("task-16.1")),
            ("задание № 1", Some("task-1")),
            ("задание 17", None),
            ("умение: геометрия", None),
            (finding.as_str(), Some("skill:вычисления")),
            ("доля троечников", None),
            ("", None),
        ];
        for (words, expected) in all {
            assert_eq!(meant(words, &exam).map(|measure| measure.to_string()).as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn the_low_results_of_an_exam_with_test_scores_are_those_below_the_minimum() {
        let key = ExamKey::new(Procedure::Ege, 2026, "math-profile", 11);
        let scale = Scale::Test { table: Vec::new(), min_test: 27, min_certificate: None };
        let exam = Exam { scale, ..Exam::unspecified(key) };
        for sign in ["S04", "F03"] {
            let finding = format!("{sign}-{}-school-1", exam.key.id_without_year());
            assert_eq!(meant(&finding, &exam), Some(LowResult::BelowMinimum.over_years()), "{finding}");
        }
    }
}
