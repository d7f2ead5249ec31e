//! A cohort over exams: the same pupils a year or two later, by their distance to the reference.

use super::super::over_years::comparability::Gate;
use super::super::over_years::distance::TwoYears;
use super::super::over_years::row::row;
use super::super::settings::Settings;
use srez_model::assessment::{ExamKey, Procedure};
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, MeasureDefinition, MeasuredOf, Measures, ToldIn};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "cohort",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Когорта: те же ученики в следующей работе",
    columns: &["dynamics.distance_now", "dynamics.distance_before", "dynamics.distance_change"],
    unit: "п.п.",
    plain: "насколько эти же ученики отстояли от региона в прошлой работе и насколько отстоят в этой; сами доли \
            разных работ не вычитаются",
    formula: "успеваемость и качество группы − те же показатели региона (для школы и класса — остальных школ) в каждой \
              из двух работ, и изменение этого расстояния; в ЕГЭ с тестовыми баллами успеваемость — доля набравших \
              минимальный балл, качества нет; цепочка: ВПР следующего класса через год, ОГЭ через год после \
              ВПР 8 класса, ЕГЭ через два года после ОГЭ; класс следующего года — класс с той же буквой",
    degenerate: "работы разные, поэтому доли не вычитаются; нет региона или остальных школ — расстояние не \
                 вычисляется; составы учеников за год меняются, после 9 класса — сильно",
    source: "правило программы; расстояние — как в показателе «Динамика»",
};

/// Measures of a cohort, now and before: both are shares of marks.
const OF_MARKS: [(MeasureId, MeasureId); 2] =
    [(MeasureId::Pass, MeasureId::Pass), (MeasureId::Quality, MeasureId::Quality)];
/// With test scores now: reaching the minimum corresponds to not getting a «2».
const OF_TEST_SCORES: [(MeasureId, MeasureId); 1] = [(MeasureId::FromMinimum, MeasureId::Pass)];

/// True if the participants of `now` are by and large those of `before`, later. A part of a work is followed in the
/// same part only: a whole work has the tasks and the mark of other lessons too.
fn is_cohort(now: &ExamKey, before: &ExamKey) -> bool {
    let years = now.year.checked_sub(before.year);
    let later = match (before.procedure, now.procedure) {
        (Procedure::Vpr, Procedure::Vpr) => years == Some(1) && before.grade + 1 == now.grade,
        (Procedure::Vpr, Procedure::Oge) => years == Some(1) && before.grade == 8,
        (Procedure::Oge, Procedure::Ege) => years == Some(2),
        _ => false,
    };
    later && subject(&now.subject) == subject(&before.subject) && now.part == before.part
}

/// The two mathematics exams of ЕГЭ were one subject before.
fn subject(slug: &str) -> &str {
    match slug {
        "math-base" | "math-profile" => "math",
        other => other,
    }
}

/// Rows of one exam against an earlier exam of the same pupils, for all, municipalities, schools and classes.
///
/// The gate is always closed, because the works differ; what is compared is the distance to the reference. Empty if the
/// exams are not those of a cohort, or the earlier one has no marks.
pub fn cohort(settings: &Settings, now: &Measures, before: &Measures) -> Vec<DynamicsRow> {
    let (new, old) = (&now.exam.key, &before.exam.key);
    if !is_cohort(new, old) || !before.bands.is_empty() {
        return Vec::new();
    }
    let measures: &[(MeasureId, MeasureId)] = if now.bands.is_empty() { &OF_MARKS } else { &OF_TEST_SCORES };
    let homes = settings.municipalities();
    let by_choice = new.procedure.has_attempts() && !matches!(subject(&new.subject), "math" | "russian");
    let why = match (new.procedure, by_choice) {
        (Procedure::Ege, _) => "другая работа; после 9 класса состав учеников меняется",
        (_, true) => "другая работа; экзамен по выбору, состав учеников другой",
        _ => "другая работа, сравнивается расстояние",
    };
    let mut rows = Vec::new();
    for (measure, measure_before) in measures {
        let years = TwoYears::new(settings, &homes, now, before, (measure, measure_before));
        for group in &now.marks {
            let earlier = match group.level {
                Level::All | Level::Municipality | Level::School => Some(group.group.clone()),
                Level::Class if new.procedure != Procedure::Ege => class_a_year_before(&group.group),
                _ => None,
            };
            let Some(earlier) = earlier else { continue };
            let made =
                row(&years, group.level, (&group.group, &earlier), measure_before.of_cohort(), old, Gate::closed(why));
            // A class with another letter is not lost data; it is simply not followed.
            rows.extend(made.filter(|row| group.level != Level::Class || row.n.1 != 0));
        }
    }
    rows
}

/// `edu1/9А` → `edu1/8А`; none if the name does not begin with a grade.
fn class_a_year_before(class: &str) -> Option<String> {
    let (school, name) = class.rsplit_once('/')?;
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let grade: u8 = name.get(..digits)?.parse().ok()?;
    Some(format!("{school}/{}{}", grade.checked_sub(1)?, name.get(digits..)?))
}

#[cfg(test)]
mod tests {
    use super::super::super::counted::{Pupil, count, exam, settings};
    use super::super::super::measure;
    use super::{ExamKey, Level, Procedure, class_a_year_before, cohort, is_cohort};
    use srez_model::assessment::{Exam, Scale};
    use srez_model::compared::MeasureId;

    #[test]
    fn who_reached_the_minimum_stands_for_who_did_not_get_a_two() {
        let pupils = |results: [(&str, i16, usize); 4]| -> Vec<Pupil> {
            let of = |(school, result, n): (&str, i16, usize)| {
                vec![Pupil { school: school.to_owned(), journal: None, points: vec![1], result }; n]
            };
            results.into_iter().flat_map(of).collect()
        };
        let key = |procedure, year, subject: &str, grade| ExamKey::new(procedure, year, subject, grade);
        let of_marks = Scale::Marks(vec![(0, 2), (1, 3)]);
        let before = Exam { key: key(Procedure::Oge, 2024, "math", 9), ..exam(2024, &[1], of_marks) };
        let of_tests = Scale::Test { table: vec![0, 100], min_test: 27, min_certificate: None };
        let now = Exam { key: key(Procedure::Ege, 2026, "math-profile", 11), ..exam(2026, &[1], of_tests) };
        let of_before = pupils([("1", 2, 5), ("1", 4, 15), ("2", 2, 10), ("2", 3, 90)]);
        let before = measure(&settings(), &count(before, &of_before, 0));
        let of_now = pupils([("1", 20, 10), ("1", 62, 10), ("2", 26, 10), ("2", 27, 90)]);
        let now = measure(&settings(), &count(now, &of_now, 0));
        let rows = cohort(&settings(), &now, &before);
        let school = rows.iter().find(|row| (row.level, &*row.group) == (Level::School, "1")).unwrap();
        assert_eq!((school.measure.to_string().as_str(), school.n), ("cohort:pass_pct", (20, 20)));
        assert_eq!((school.now, school.before, school.difference), (Some(50.0), Some(75.0), None));
        let distance = school.distance.as_ref().unwrap();
        assert_eq!((distance.now, distance.before, distance.change), (-40.0, -15.0, -25.0));
        assert!(!school.comparable && school.reason.contains("после 9 класса"), "{}", school.reason);
        assert!(
            rows.iter().all(|row| row.measure == MeasureId::Cohort(Box::new(MeasureId::Pass))),
            "no quality of test scores"
        );
    }

    #[test]
    fn a_cohort_goes_from_grade_to_grade_and_to_the_final_exams() {
        let key = |procedure, year, subject: &str, grade| ExamKey::new(procedure, year, subject, grade);
        let (vpr, oge, ege) = (Procedure::Vpr, Procedure::Oge, Procedure::Ege);
        assert!(is_cohort(&key(oge, 2026, "math", 9), &key(vpr, 2025, "math", 8)));
        assert!(is_cohort(&key(vpr, 2026, "math", 5), &key(vpr, 2025, "math", 4)));
        assert!(is_cohort(&key(ege, 2026, "math-base", 11), &key(oge, 2024, "math", 9)));
        assert!(!is_cohort(&key(vpr, 2026, "math", 5), &key(vpr, 2025, "math", 5)));
        assert!(!is_cohort(&key(vpr, 2026, "math", 5), &key(vpr, 2024, "math", 4)));
        assert!(!is_cohort(&key(oge, 2026, "physics", 9), &key(vpr, 2025, "math", 8)));
        let named = |id: &str| id.parse::<ExamKey>().unwrap();
        let algebra = named("vpr-2028-math-8-algebra");
        assert!(is_cohort(&algebra, &named("vpr-2027-math-7-algebra")));
        for other in ["vpr-2027-math-7", "vpr-2027-math-7-geometry"] {
            assert!(!is_cohort(&algebra, &named(other)), "{other}");
        }
        assert!(!is_cohort(&named("oge-2028-math"), &named("vpr-2027-math-8-algebra")));
        assert_eq!(class_a_year_before("edu1/9А").as_deref(), Some("edu1/8А"));
        assert_eq!(class_a_year_before("edu1/10-2").as_deref(), Some("edu1/9-2"));
        assert_eq!((class_a_year_before("edu1/А"), class_a_year_before("9А")), (None, None));
    }
}
