//! F40 and F28: schools with a low result in several procedures; both rules are not confirmed and stay in the table.

use crate::{Entry, Found, Settings, finding};
use srez_model::assessment::{ExamKey, Procedure};
use srez_model::compared::LowResult;
use srez_model::finding::{Finding, Matter, Said};
use srez_model::level::Level;
use srez_model::measures::{DynamicsRow, Measures};
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::wilson;
use srez_wording::{number, text};

/// ШНОР.
const LOW: SignDefinition = SignDefinition {
    id: SignId("F40"),
    title: "признак школы с низкими результатами (ШНОР)",
    rule: "низкий результат процедуры — отметку «2» получили {F40.share} % участников и больше (ВПР по русскому \
           языку и математике в 5–6 классах; ОГЭ по русскому языку и математике) или не достигли минимального балла \
           (ЕГЭ по математике: база, профиль); признак — таких процедур не меньше {F40.procedures} за два года; \
           отдельно: за один год, и одна процедура в оба года; в тексте правило {F40.enabled}",
    thresholds: &["F40.share", "F40.procedures", "F40.enabled"],
    tag: SourceTag::Unverified,
    caution: "правило не проверено, наименьшее число участников в нём неизвестно; при малом числе участников доля \
              часто превышает порог случайно",
    works: Works::All,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::LowResultsOfAllExams,
};

/// Risk indicator of state control.
const CONTROL: SignDefinition = SignDefinition {
    id: SignId("F28"),
    title: "индикатор риска государственного контроля",
    rule: "не достигли минимума {F28.share} % участников и больше: по процедурам одного года, числом не меньше \
           {F28.procedures}, и по одной и той же процедуре два года подряд (ЕГЭ, ОГЭ: русский язык, математика); в \
           тексте правило {F28.enabled}",
    thresholds: &["F28.share", "F28.procedures", "F28.enabled"],
    tag: SourceTag::Unverified,
    caution: "правило известно по пересказу прессы и не проверено; решение о контроле принимает не программа",
    works: Works::Exams,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::LowResultsOfAllExams,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&LOW, &CONTROL], found: Found::OverExams(find) };

/// A low result: exam, share, counts, year.
struct Low<'a> {
    place: usize,
    exam: &'a ExamKey,
    title: String,
    k: u64,
    n: u64,
    /// True where the year before was low in the same procedure.
    before: bool,
    /// True where this year is low.
    now: bool,
}

/// Findings with the place of their exam.
fn find(settings: &Settings<'_>, all: &[Measures]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (sign, concerns) in [(&LOW, is_low_procedure as fn(&ExamKey) -> bool), (&CONTROL, is_mandatory)] {
        for school in settings.schools {
            let lows: Vec<Low<'_>> = all
                .iter()
                .enumerate()
                .filter(|(_, measures)| concerns(&measures.exam.key))
                .filter_map(|(place, measures)| low(settings, sign, place, measures, school))
                .collect();
            found.extend(of_school(settings, all, sign, school, &lows));
        }
    }
    found
}

fn is_low_procedure(key: &ExamKey) -> bool {
    let both = ["russian", "math"].contains(&key.subject.as_str());
    match key.procedure {
        Procedure::Vpr => both && [5, 6].contains(&key.grade),
        Procedure::Oge => both,
        Procedure::Ege => key.subject.starts_with("math"),
        Procedure::Gve | Procedure::Regional => false,
    }
}

fn is_mandatory(key: &ExamKey) -> bool {
    key.procedure.has_attempts() && (key.subject == "russian" || key.subject.starts_with("math"))
}

/// None where the school is low in neither year.
fn low<'a>(
    settings: &Settings<'_>,
    sign: &SignDefinition,
    place: usize,
    measures: &'a Measures,
    school: &str,
) -> Option<Low<'a>> {
    let limit = settings.thresholds.value(&format!("{}.share", sign.id));
    let (k, n) = measures.low_results_of(Level::School, school)?;
    let measure = LowResult::of_exam(&measures.exam).over_years();
    let change = measures.dynamics_of(Level::School, school).iter().find(|row| row.measure == measure);
    let year = measures.exam.key.year;
    let last_year = |row: &&DynamicsRow| year.checked_sub(1) == Some(row.before_exam.year);
    let before = change.filter(last_year).and_then(|row| row.before).is_some_and(|share| limit <= share);
    let now = Percent::of(k, n).is_some_and(|share| limit <= share.0);
    (now || before).then(|| Low { place, exam: &measures.exam.key, title: measures.exam.title(), k, n, before, now })
}

fn of_school(
    settings: &Settings<'_>,
    all: &[Measures],
    sign: &'static SignDefinition,
    school: &str,
    lows: &[Low<'_>],
) -> Option<(usize, Finding)> {
    let fewest = settings.thresholds.value(&format!("{}.procedures", sign.id));
    let count = |number: usize| u32::try_from(number).map_or(0.0, f64::from);
    let this_year = lows.iter().filter(|low| low.now).count();
    let both_years = lows.iter().filter(|low| low.now && low.before).count();
    let in_two_years = this_year + lows.iter().filter(|low| low.before).count();
    let fires =
        if sign.id == LOW.id { fewest <= count(in_two_years) } else { fewest <= count(this_year) && both_years > 0 };
    let first = lows.iter().filter(|low| low.now).max_by_key(|low| (low.k, std::cmp::Reverse(low.exam)))?;
    if !fires {
        return None;
    }
    let mut one = finding(sign, all.get(first.place)?, (Level::School, school), Matter::Work);
    one.value = Some(count(in_two_years));
    one.threshold = Some(fewest);
    one.threshold_source = settings.thresholds.get(&format!("{}.procedures", sign.id)).source();
    one.unit.clone_from(&settings.thresholds.get(&format!("{}.procedures", sign.id)).unit);
    one.n = first.n;
    one.affected = as_f64(lows.iter().filter(|low| low.now).map(|low| low.k).sum());
    if settings.is_enabled(sign.id) {
        let words: Vec<String> = lows.iter().filter(|low| low.now).map(words).collect();
        one.said = Said::of_school(
            settings.name(school),
            &format!(
                "{}: низкий результат — {}. Процедур за год: {this_year}, из них в оба года: {both_years}. Правило не \
                 проверено.",
                settings.name(school),
                text::list(&words),
            ),
        );
    }
    Some((first.place, one))
}

/// «ОГЭ-2026. Математика: 12 из 30 (40 %; 25–58 %)».
fn words(low: &Low<'_>) -> String {
    let share = Percent::of(low.k, low.n).map_or_else(String::new, |share| number::percent(share, low.n));
    let interval = wilson::interval(as_f64(low.k) / as_f64(low.n.max(1)), low.n)
        .map_or_else(String::new, |(down, up)| format!("; {}", number::range(100.0 * down, 100.0 * up, 0)));
    format!("{}: {} из {} ({share}{interval})", low.title, low.k, low.n)
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, change};
    use srez_model::compared::MeasureId;
    use srez_model::level::Level;
    use srez_model::measures::DynamicsRow;

    fn exam(subject: &str, grade: u8, by_mark: [u64; 4], before: Option<f64>) -> Scene {
        let mut scene = Scene::default();
        scene.exam(subject, grade);
        scene.school_marks("1", by_mark);
        let row = change(MeasureId::ShareOfTwo, true);
        scene.dynamics = vec![DynamicsRow { level: Level::School, group: "1".to_owned(), before, ..row }];
        scene
    }

    fn found(scenes: &[Scene], enabled: bool) -> Vec<(bool, f64)> {
        let findings = Scene::flagged_together(scenes, &[("F40.enabled", f64::from(u8::from(enabled)))]);
        let of_sign = findings.iter().flat_map(|one| &one.findings).filter(|one| one.sign.id == "F40");
        of_sign.map(|one| (one.is_silent(), one.value.unwrap())).collect()
    }

    #[test]
    fn two_procedures_of_two_years() {
        let low = || exam("math", 5, [12, 10, 5, 3], None);
        assert_eq!(found(&[low(), exam("russian", 5, [9, 10, 8, 3], None)], false), [(true, 2.0)]);
        assert_eq!(found(&[low(), exam("russian", 5, [8, 11, 8, 3], None)], false), [], "27 %");
        assert_eq!(found(&[exam("math", 5, [12, 10, 5, 3], Some(35.0))], true), [(false, 2.0)], "both years");
        assert_eq!(found(&[low(), exam("math", 8, [20, 5, 3, 2], None)], false), [], "another grade");
        assert_eq!(found(&[exam("math", 5, [0; 4], None)], false), []);
    }
}
