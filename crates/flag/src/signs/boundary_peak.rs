//! F06: a peak of the distribution of a school exactly at an official cut.

use crate::{Entry, Found, Settings, finding};
use srez_model::finding::{Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::{Measures, ScoreKind};
use srez_model::sign::{
    Cause, Deficit, Evidence, Membership, SignDefinition, SignGroup, SignId, ValueOf, Works, YearBefore,
};
use srez_model::threshold::SourceTag;
use srez_model::unit::as_f64;
use srez_wording::sentence::signs::at_the_cut;
use srez_wording::{number, text};

/// The sign.
const SIGN: SignDefinition = SignDefinition {
    id: SignId("F06"),
    title: "пик распределения у границы отметки",
    rule: "участников не меньше {F05.informative}, балл границы встречается чаще двух баллов ниже и двух баллов выше \
           него, и перевес над баллом на единицу ниже больше ожидаемого по остальным школам (p не больше {F06.p} для \
           одной границы)",
    thresholds: &["F05.informative", "F06.p"],
    tag: SourceTag::OfficialTranscript,
    caution: "возможный маркер, требует дополнительного анализа; в подсчёте групп признаков — одна группа со \
              скоплением у границ (S05); условие p добавлено программой, чтобы обычный пик посередине распределения не \
              считался",
    works: Works::Vpr,
    group: Some(Membership::Full(SignGroup::Distribution)),
    deficit: Deficit::Always,
    value: ValueOf::Other,
    year_before: YearBefore::Found,
    cause: Cause::Own,
    evidence: Evidence::Boundaries,
};

/// Its place in the registry.
pub(super) const ENTRY: Entry = Entry { signs: &[&SIGN], found: Found::InExam(find) };

fn find(settings: &Settings<'_>, measures: &Measures, findings: &mut Findings) {
    let limit = |id: &str| settings.thresholds.value(id);
    for school in settings.schools {
        let rows = measures.scores_of(Level::School, school);
        let at = |score: u16| {
            rows.iter().find(|row| row.kind == ScoreKind::Primary && row.score == score).map_or(0, |row| row.n)
        };
        let n: u64 = rows.iter().filter(|row| row.kind == ScoreKind::Primary).map(|row| row.n).sum();
        if as_f64(n) < limit("F05.informative") {
            continue;
        }
        let peaks: Vec<(u16, u64, f64)> = measures
            .boundaries_of(Level::School, school)
            .iter()
            .filter_map(|row| Some((row.cut?, row.n_at, row.p?)))
            .filter(|(cut, own, p)| {
                let around = [cut.checked_sub(1), cut.checked_sub(2), Some(cut + 1), Some(cut + 2)];
                *p <= limit("F06.p") && around.into_iter().flatten().all(|score| at(score) < *own)
            })
            .collect();
        let Some((cut, own, p)) = peaks.first().copied() else { continue };
        let others: Vec<String> = peaks.iter().skip(1).map(|(cut, ..)| cut.to_string()).collect();
        let also = if others.is_empty() {
            String::new()
        } else {
            format!("; так же у границы {}", text::list(&others))
        };
        let mut one = finding(&SIGN, measures, (Level::School, school), Matter::Work);
        one.status = Status::Probable;
        one.value = Some(f64::from(cut));
        one.threshold = Some(limit("F06.p"));
        one.threshold_source = settings.thresholds.get("F06.p").source();
        one.n = n;
        one.p = Some(p);
        one.said = Said::of_school(
            settings.name(school),
            &format!(
                "{}: {} (p\u{a0}= {} для одной границы, без поправки на число проверок). Возможный маркер, требует \
             дополнительного анализа.",
                settings.name(school),
                at_the_cut(own, &cut.to_string(), &also),
                number::probability(p),
            ),
        );
        findings.findings.push(one);
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{Scene, bunching};
    use srez_model::level::Level;
    use srez_model::measures::{BoundaryRow, ScoreKind, ScoreRow};

    fn found(counts: &[(u16, u64)], p: f64) -> usize {
        let mut scene = Scene::default();
        let group = "1".to_owned();
        scene.scores = counts
            .iter()
            .map(|(score, n)| ScoreRow {
                level: Level::School,
                group: group.clone(),
                kind: ScoreKind::Primary,
                score: *score,
                n: *n,
            })
            .collect();
        scene.boundaries = vec![BoundaryRow { cut: Some(7), n_at: 20, p: Some(p), ..bunching("1") }];
        scene.flagged().findings.iter().filter(|one| one.sign.id == "F06").count()
    }

    #[test]
    fn a_peak_must_stand_out_and_be_unexpected() {
        let peak = [(5, 9), (6, 4), (7, 20), (8, 12), (9, 10)];
        assert_eq!((found(&peak, 0.01), found(&peak, 0.2)), (1, 0));
        assert_eq!(found(&[(5, 9), (6, 4), (7, 20), (8, 25), (9, 10)], 0.01), 0, "the next score is higher");
        assert_eq!(found(&[(6, 4), (7, 20), (8, 3)], 0.01), 0, "too few works");
    }
}
