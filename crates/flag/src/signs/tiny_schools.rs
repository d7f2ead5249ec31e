//! F45: schools with so few participants that nothing is decided by them.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::number;
use srez_wording::sentence::signs;

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F45"),
    title: "школы с очень малым числом участников",
    rule: "участников меньше {F45.participants} — результат школы не служит основанием для решений",
    thresholds: &["F45.participants"],
    tag: SourceTag::Practice,
    caution: "говорит о числе участников; сами школы не называются",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let fewest = settings.thresholds.value("F45.participants");
    let rows = settings.schools.iter().filter_map(|school| measures.marks_of(Level::School, school));
    let tiny: Vec<u64> = rows.map(|row| row.n).filter(|n| *n > 0 && as_f64(*n) < fewest).collect();
    if tiny.is_empty() {
        return;
    }
    let Group { level, name: group } = &settings.focus;
    let schools = tiny.len() as u64;
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.status = Status::NoData;
    found.value = Some(as_f64(schools));
    "школ".clone_into(&mut found.unit);
    found.n = tiny.iter().sum();
    found.said = Said::sentence(signs::tiny(schools, &number::decimal(fewest, 0)));
    findings.findings.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;

    #[test]
    fn schools_of_a_few_are_counted() {
        let of = |sizes: &[u64]| {
            let mut scene = Scene::default();
            for (id, n) in ["1", "2", "3"].iter().zip(sizes) {
                scene.school_marks(id, [0, *n, 0, 0]);
            }
            scene.flagged().findings.into_iter().find(|one| one.sign.id == "F45").map(|one| (one.n, one.text()))
        };
        let (n, text) = of(&[4, 30, 2]).unwrap();
        assert_eq!(
            (n, text.replace('\u{a0}', " ")),
            (6, "В 2 школах участников меньше 5: выводы по таким школам не делаются.".to_owned())
        );
        assert_eq!((of(&[5, 30]), of(&[])), (None, None));
    }
}
