//! F09: groups by mark that are too small to be read.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::measures::Measures;
use srez_model::sign::{Cause, Deficit, Evidence, SignDefinition, SignId, ValueOf, Works, YearBefore};
use srez_model::tally::Group;
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::{number, text};

const SIGN: SignDefinition = SignDefinition {
    id: SignId("F09"),
    title: "группы по отметкам, слишком малые для вывода",
    rule: "выполнение заданий по группам отметок читается при числе участников группы не меньше {F09.group}",
    thresholds: &["F09.group"],
    tag: SourceTag::OfficialTranscript,
    caution: "говорит о числе участников, а не о результате",
    works: Works::Vpr,
    group: None,
    deficit: Deficit::Never,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Counts,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let Group { level, name: group } = &settings.focus;
    let Some(row) = measures.marks_of(*level, group).filter(|row| row.marked() > 0) else { return };
    let fewest = settings.thresholds.value("F09.group");
    let small: Vec<String> = (2..)
        .zip(row.by_mark)
        .filter(|(_, n)| *n > 0 && as_f64(*n) < fewest)
        .map(|(mark, n)| format!("«{mark}» ({n})"))
        .collect();
    if small.is_empty() {
        return;
    }
    let mut found = finding(&SIGN, measures, (*level, group), Matter::Work);
    found.status = Status::NoData;
    found.value = Some(as_f64(small.len() as u64));
    "групп".clone_into(&mut found.unit);
    found.n = row.marked();
    found.said = Said::sentence(format!(
        "По группам с отметкой {} выводы о заданиях не делаются: участников меньше {}.",
        text::list(&small),
        number::decimal(fewest, 0),
    ));
    findings.findings.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::Scene;

    #[test]
    fn small_groups_are_named_and_empty_ones_are_not() {
        let of = |by_mark| {
            let mut scene = Scene::default();
            scene.marks(by_mark);
            scene.flagged().findings.into_iter().find(|one| one.sign.id == "F09").map(|one| one.text())
        };
        assert!(of([4, 50, 40, 9]).unwrap().contains("«2» (4) и\u{a0}«5» (9)"), "{:?}", of([4, 50, 40, 9]));
        assert_eq!((of([10, 50, 40, 0]), of([0, 0, 0, 0])), (None, None));
    }
}
