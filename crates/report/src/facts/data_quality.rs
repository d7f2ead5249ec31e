//! The score of the data of a school in words, for its profile and its letter.

use srez_model::data_quality::{PartScore, QualityCounts, QualityPart, SchoolQuality, in_points};
use srez_model::report::Text;
use srez_wording::sentence::quality as said;
use srez_wording::text::capitalised;
use srez_wording::{date, number};

/// Points as printed: `36,6`.
pub(crate) fn points(tenths: u64) -> String {
    number::decimal(in_points(tenths), 1)
}

/// Most points, whole ones without a fraction: `40`.
pub(crate) fn most(tenths: u64) -> String {
    number::decimal(in_points(tenths), decimals(tenths))
}

/// Decimals of most points: none where they are whole.
pub(crate) fn decimals(tenths: u64) -> u8 {
    u8::from(!tenths.is_multiple_of(10))
}

/// «Балл качества данных: 84,2 из 100…» with what each part is made of; `since` is the date of the check before.
pub(crate) fn in_words(of: &SchoolQuality, since: &str) -> Text {
    let now = &of.now;
    let parts: Vec<String> = now.parts.iter().map(|part| of_part(part, &now.counts)).collect();
    let parts = format!("{}.", capitalised(&parts.join("; ")));
    let Some(score) = now.tenths else {
        return Text::default().bold("Балл качества данных не вычисляется. ").then(parts);
    };
    let mut tail = " из 100".to_owned();
    if now.within_reach < now.most {
        tail.push_str(&format!(" (доля от достижимых {})", most(now.within_reach)));
    }
    if let Some(before) = &of.before {
        let since = date::short(since);
        tail.push_str(&match now.change_since(before) {
            Some(0.0) => format!(", как и на проверке от {since}"),
            Some(change) => format!(", с проверки от {since} {}", number::signed(change, 1)),
            None => format!("; с проверкой от {since} не сравнивается: тогда вычислялись другие части"),
        });
    }
    Text::default().bold(format!("Балл качества данных: {}", points(score))).then(format!("{tail}. {parts}"))
}

/// «полнота — 36,6 из 40: результаты есть по 11 из 12 работ».
fn of_part(part: &PartScore, counts: &QualityCounts) -> String {
    let title = part.part.title();
    let Some(tenths) = part.tenths else {
        return format!("часть «{title}» не вычисляется: {}", part.reason);
    };
    let made_of = match part.part {
        QualityPart::Completeness => said::works_there(counts.present, counts.expected),
        QualityPart::Cells => said::clean_rows(counts.rows.saturating_sub(counts.faulty_rows), counts.rows),
        QualityPart::Identity => said::identified_files(counts.identified_files, counts.files),
        QualityPart::Timeliness => said::works_in_time(counts.in_time, counts.due),
    };
    format!("{title}\u{a0}— {} из {}: {made_of}", points(tenths), most(part.most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_config::thresholds::built_in;
    use srez_measure::quality_score;

    fn said(counts: QualityCounts, before: Option<QualityCounts>) -> String {
        let score = |counts| quality_score(&built_in().unwrap(), counts);
        let of = SchoolQuality { school: "edu1".to_owned(), now: score(counts), before: before.map(score) };
        in_words(&of, "2026-05-05").words().replace('\u{a0}', " ")
    }

    #[test]
    fn the_score_says_what_it_is_made_of() {
        let counts = QualityCounts {
            expected: 12,
            present: 11,
            rows: 300,
            faulty_rows: 7,
            files: 3,
            identified_files: 2,
            ..QualityCounts::default()
        };
        assert_eq!(
            said(counts, Some(QualityCounts { present: 10, ..counts })),
            "Балл качества данных: 88,0 из 100 (доля от достижимых 90), с проверки от 05.05.2026 +3,7. Полнота — 36,6 \
             из 40: результаты есть по 11 из 12 работ; ячейки — 29,3 из 30: без замечаний 293 из 300 строк; \
             идентификация \
             — 13,3 из 20: школа, работа, класс и участники взяты без замечаний в 2 из 3 файлов; часть «срок» не \
             вычисляется: срок сдачи не задан."
        );
        assert!(said(counts, Some(counts)).contains("100 (доля от достижимых 90), как и на проверке от 05.05.2026."));
        let timed = QualityCounts { due: 1, in_time: 1, ..counts };
        assert!(said(timed, Some(counts)).contains("не сравнивается: тогда вычислялись другие части"));
        assert!(said(timed, None).starts_with("Балл качества данных: 89,2 из 100. "));
        let nothing = said(QualityCounts::default(), None);
        assert!(nothing.starts_with("Балл качества данных не вычисляется. Часть «полнота» не вычисляется:"));
    }
}
