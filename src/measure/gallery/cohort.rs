//! A cohort over exams: the same pupils a year or two later, by their distance to the reference.

use super::super::over_years::comparability::Gate;
use super::super::over_years::distance::TwoYears;
use super::super::over_years::row::row;
use super::super::settings::Settings;
use crate::model::assessment::{ExamKey, Procedure};
use crate::model::compared::COHORT;
use crate::model::level::Level;
use crate::model::measures::{DynamicsRow, MeasureDefinition, Measures};

/// Definition.
pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "cohort",
    title: "Когорта: те же ученики в следующей работе",
    columns: &["dynamics.distance_now", "dynamics.distance_before", "dynamics.distance_change"],
    unit: "п.п.",
    formula: "успеваемость и качество группы − те же показатели региона (для школы и класса — остальных школ) в каждой из \
              двух работ, и изменение этого расстояния; цепочка: ВПР следующего класса через год, ОГЭ через год после \
              ВПР 8 класса, ЕГЭ через два года после ОГЭ; класс следующего года — класс с той же буквой",
    degenerate: "работы разные, поэтому доли не вычитаются; нет региона или остальных школ — расстояние не вычисляется; \
                 составы учеников за год меняются, после 9 класса — сильно",
    source: "правило программы; расстояние — как в показателе «Динамика»",
};

/// Measures of a cohort: both are shares of marks.
const MEASURES: [&str; 2] = ["pass_pct", "quality_pct"];

/// True where the participants of `now` are by and large those of `before`, later.
fn is_cohort(now: &ExamKey, before: &ExamKey) -> bool {
    let years = now.year.checked_sub(before.year);
    let later = match (before.procedure, now.procedure) {
        (Procedure::Vpr, Procedure::Vpr) => years == Some(1) && before.grade + 1 == now.grade,
        (Procedure::Vpr, Procedure::Oge) => years == Some(1) && before.grade == 8,
        (Procedure::Oge, Procedure::Ege) => years == Some(2),
        _ => false,
    };
    later && subject(&now.subject) == subject(&before.subject)
}

/// The two mathematics of ЕГЭ are one subject before.
fn subject(slug: &str) -> &str {
    match slug {
        "math-base" | "math-profile" => "math",
        other => other,
    }
}

/// Rows of one exam against an earlier exam of the same pupils, for all, municipalities, schools and classes.
///
/// The gate is closed by nature; what is compared is the distance to the reference. Empty where the exams are not those
/// of a cohort, or the later one has no marks.
pub fn cohort(settings: &Settings, now: &Measures, before: &Measures) -> Vec<DynamicsRow> {
    let (new, old) = (&now.exam.key, &before.exam.key);
    if !is_cohort(new, old) || !now.bands.is_empty() || !before.bands.is_empty() {
        return Vec::new();
    }
    let homes = settings.municipalities();
    let before_exam = before.exam.id();
    let by_choice = new.procedure.has_attempts() && !matches!(subject(&new.subject), "math" | "russian");
    let why = match (new.procedure, by_choice) {
        (Procedure::Ege, _) => "другая работа; после 9 класса состав учеников меняется",
        (_, true) => "другая работа; экзамен по выбору, состав учеников другой",
        _ => "другая работа, сравнивается расстояние",
    };
    let mut rows = Vec::new();
    for measure in MEASURES {
        let years = TwoYears::new(&homes, now, before, (measure, measure));
        for group in &now.marks {
            let earlier = match group.level {
                Level::All | Level::Municipality | Level::School => Some(group.group.clone()),
                Level::Class if new.procedure != Procedure::Ege => class_a_year_before(&group.group),
                _ => None,
            };
            let Some(earlier) = earlier else { continue };
            let made = row(
                &years,
                group.level,
                (&group.group, &earlier),
                (format!("{COHORT}{measure}"), &before_exam),
                Gate::closed(why),
            );
            // A class with another letter is no loss of data; it is simply not followed.
            rows.extend(made.filter(|row| group.level != Level::Class || row.n.1 != 0));
        }
    }
    rows
}

/// `edu1/9А` → `edu1/8А`; none where the name does not begin with a grade.
fn class_a_year_before(class: &str) -> Option<String> {
    let (school, name) = class.rsplit_once('/')?;
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let grade: u8 = name.get(..digits)?.parse().ok()?;
    Some(format!("{school}/{}{}", grade.checked_sub(1)?, name.get(digits..)?))
}

#[cfg(test)]
mod tests {
    use super::{ExamKey, Procedure, class_a_year_before, is_cohort};

    #[test]
    fn a_cohort_goes_from_grade_to_grade_and_to_the_final_exams() {
        let key =
            |procedure, year, subject: &str, grade| ExamKey { procedure, year, subject: subject.to_owned(), grade };
        let (vpr, oge, ege) = (Procedure::Vpr, Procedure::Oge, Procedure::Ege);
        assert!(is_cohort(&key(oge, 2026, "math", 9), &key(vpr, 2025, "math", 8)));
        assert!(is_cohort(&key(vpr, 2026, "math", 5), &key(vpr, 2025, "math", 4)));
        assert!(is_cohort(&key(ege, 2026, "math-base", 11), &key(oge, 2024, "math", 9)));
        assert!(!is_cohort(&key(vpr, 2026, "math", 5), &key(vpr, 2025, "math", 5)));
        assert!(!is_cohort(&key(vpr, 2026, "math", 5), &key(vpr, 2024, "math", 4)));
        assert!(!is_cohort(&key(oge, 2026, "physics", 9), &key(vpr, 2025, "math", 8)));
        assert_eq!(class_a_year_before("edu1/9А").as_deref(), Some("edu1/8А"));
        assert_eq!(class_a_year_before("edu1/10-2").as_deref(), Some("edu1/9-2"));
        assert_eq!((class_a_year_before("edu1/А"), class_a_year_before("9А")), (None, None));
    }
}
