//! F41: schools of the official list of markers of non-objective results, as the list gives them.

use crate::{Entry, Found, Settings, finding};
use srez_model::assessment::Procedure;
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::official_list::ListedMark;
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::{Percent, as_f64};
use srez_wording::sentence::signs::listed as listed_of;
use srez_wording::{number, text};

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F41"),
    title: "школа в официальном перечне с маркерами необъективности",
    rule: "маркер стоит у школы в официальном перечне по этому предмету и классу в год работы или раньше (лет, \
           считая год работы: {F41.years}); доля школ перечня — от школ, писавших русский язык в 4 классе; перечень \
           не пересчитывается, только читается",
    thresholds: &["F41.years"],
    tag: SourceTag::Practice,
    caution: "перечень составляет не программа; возможные объяснения: маркеры прошлых лет о других учениках, малое \
              число участников",
    works: Works::Vpr,
    group: Some(Membership::Full(SignGroup::External)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::OfficialList,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let key = &measures.exam.key;
    let years = settings.thresholds.value("F41.years");
    let recent = |mark: &&ListedMark| {
        key.year.checked_sub(mark.year).is_some_and(|ago| f64::from(ago) < years) && mark.procedure == key.procedure
    };
    let marks: Vec<&ListedMark> = settings.listed.iter().filter(recent).collect();
    if key.procedure != Procedure::Vpr || marks.is_empty() {
        return;
    }
    let wrote = |school: &&String| measures.marks_of(Level::School, school).is_some_and(|row| row.n > 0);
    let schools: Vec<&String> = settings.schools.iter().filter(wrote).collect();
    for school in &schools {
        let of_exam = |mark: &&&ListedMark| {
            mark.school == **school && mark.of.as_ref() == Some(&(key.subject.clone(), key.grade)) && mark.markers > 0
        };
        let found: Vec<&&ListedMark> = marks.iter().filter(of_exam).collect();
        let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Work);
        one.n = measures.marks_of(Level::School, school).map_or(0, |row| row.n);
        one.value = Some(as_f64(found.iter().map(|mark| mark.markers).sum()));
        "маркеров".clone_into(&mut one.unit);
        one.status = if found.is_empty() { Status::Checked } else { Status::Fact };
        if !found.is_empty() {
            let mut of_years: Vec<String> = found.iter().map(|mark| mark.year.to_string()).collect();
            of_years.sort_unstable();
            of_years.dedup();
            one.said = Said::of_school(
                settings.name(school),
                &format!(
                    "{}: есть в официальном перечне школ с маркерами необъективности по этому предмету и классу, год: \
                     {}.",
                    settings.name(school),
                    text::list(&of_years),
                ),
            );
        }
        findings.findings.push(one);
    }
    if (key.subject.as_str(), key.grade) == ("russian", 4) {
        share(settings, measures, findings, (&schools, &marks));
    }
}

/// Schools of the list of the year of the exam among those that wrote it: said once, for the work that all schools
/// write.
fn share(
    settings: &Settings<'_>,
    measures: &Measures,
    findings: &mut Findings,
    (schools, marks): (&[&String], &[&ListedMark]),
) {
    let Some(year) = marks.iter().map(|mark| mark.year).max() else { return };
    let is_listed =
        |school: &&&String| marks.iter().any(|mark| mark.year == year && mark.school == ***school && mark.markers > 0);
    let listed = schools.iter().filter(is_listed).count() as u64;
    let all = schools.len() as u64;
    let Group { level, name: group } = &settings.focus;
    let mut one = finding(&SIGN, measures, (*level, group), Matter::Work);
    one.n = measures.marks_of(*level, group).map_or(0, |row| row.n);
    one.value = Percent::of(listed, all).map(|share| share.0);
    if let Some(share) = Percent::of(listed, all) {
        one.said =
            Said::sentence(format!("{} ({}).", listed_of(listed, all, &year.to_string()), number::percent(share, all)));
    }
    findings.findings.push(one);
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;
    use srez_model::assessment::Procedure;
    use srez_model::finding::{GroupState, Status};
    use srez_model::level::Level;
    use srez_model::official_list::ListedMark;

    fn mark(school: &str, year: u16, of: Option<(&str, u8)>, markers: u64) -> ListedMark {
        let of = of.map(|(subject, grade)| (subject.to_owned(), grade));
        ListedMark { school: school.to_owned(), procedure: Procedure::Vpr, year, of, markers }
    }

    #[test]
    fn the_list_is_read_by_subject_grade_and_year() {
        let mut scene = Scene::default();
        scene.exam("russian", 4);
        for id in ["1", "2", "3", "4"] {
            scene.school_marks(id, [2, 10, 10, 5]);
        }
        let of = Some(("russian", 4));
        scene.listed = vec![
            mark("1", 2025, of, 1),
            mark("1", 2025, None, 1),
            mark("2", 2023, of, 1),
            mark("3", 2025, Some(("math", 4)), 1),
            mark("3", 2025, None, 1),
            mark("4", 2025, of, 0),
        ];
        let findings = scene.flagged();
        let of_sign: Vec<_> = findings.findings.iter().filter(|one| one.sign.id == "F41").collect();
        let fired: Vec<&str> = of_sign
            .iter()
            .filter(|one| one.level == Level::School && one.status == Status::Fact)
            .map(|one| one.group.as_str())
            .collect();
        assert_eq!(fired, ["1"], "2023 is too long ago, mathematics is another work, 0 is no marker");
        let share = of_sign.iter().find(|one| one.level == Level::Municipality).unwrap();
        assert_eq!(share.value, Some(50.0));
        assert!(
            share.text().contains("2025\u{a0}года") && share.text().contains("2\u{a0}школы из 4"),
            "{}",
            share.text()
        );
        assert_eq!(findings.particulars[0].groups[3], GroupState::Fired);
        assert_eq!(findings.particulars[1].groups[3], GroupState::Quiet);
        scene.listed.clear();
        assert!(scene.flagged().findings.iter().all(|one| one.sign.id != "F41"), "no list, nothing said");
    }
}
