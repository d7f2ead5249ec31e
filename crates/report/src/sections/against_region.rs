//! The municipality against the rest of its region: the first sentences of the conclusions.

use crate::context::{Chapter, Context};
use srez_model::check::CheckState;
use srez_model::compared::{BELOW_MINIMUM, FROM_81, SHARE_OF_FOUR_AND_FIVE, SHARE_OF_TWO, TASK_OWN, TOTAL};
use srez_model::finding::Status;
use srez_model::measures::ComparisonRow;
use srez_model::report::{Block, Statement, Text};
use srez_model::unit::PercentagePoints;
use srez_wording::sentence::region;
use srez_wording::{number, text as words};

/// What is told of, in this order.
const TOLD: [(&str, &str); 5] = [
    (TOTAL, "выполнение работы"),
    (SHARE_OF_TWO, "доля отметок «2»"),
    (SHARE_OF_FOUR_AND_FIVE, "доля отметок «4» и «5»"),
    (BELOW_MINIMUM, "доля результатов ниже минимального балла"),
    (FROM_81, "доля результатов от 81 балла"),
];

/// One statement for every work and what is compared of it, then one for its tasks; none where the documents are about
/// all participants.
pub(super) fn statements(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for chapter in chapters {
        let rows = chapter.measures.comparisons_of(context.focus.level, &context.focus.name);
        let of = |measure: &str| rows.iter().find(|row| row.measure == *measure && row.n != 0);
        let knows_region = TOLD.iter().filter_map(|(measure, _)| of(measure)).any(|row| row.state.is_tested());
        let told = TOLD.iter().filter_map(|(measure, title)| {
            let row = of(measure)?;
            // Without a region one sentence says so.
            let is_told = row.state.is_tested() || (*measure == TOTAL && !knows_region);
            sentence(row, title).filter(|_| is_told).map(|sentence| (status(row.state), sentence))
        });
        let grade = if chapters.len() < 2 {
            String::new()
        } else {
            format!("{}. ", words::capitalised(&chapter.measures.exam.grade_title()))
        };
        let statement = |(status, text): (Status, String)| {
            Block::Statement(Statement { status, text: Text::plain(format!("{grade}{text}")) })
        };
        blocks.extend(told.chain(tasks(chapter, rows)).map(statement));
    }
    blocks
}

fn status(state: CheckState) -> Status {
    match state {
        CheckState::Found => Status::Probable,
        CheckState::NotFound | CheckState::Indistinct => Status::Checked,
        CheckState::NotTested => Status::NoData,
    }
}

/// With whom the municipality was compared.
fn others(row: &ComparisonRow) -> &'static str {
    if row.reference_group.is_empty() {
        "в остальных муниципалитетах"
    } else {
        "в остальной части региона"
    }
}

fn points(points: f64, decimals: u8) -> String {
    number::percentage_points(PercentagePoints(points), decimals, false)
}

fn sentence(row: &ComparisonRow, of: &str) -> Option<String> {
    let own = number::percent(row.value?, row.n);
    if !row.state.is_tested() {
        let doubt = row.value_interval.map_or_else(String::new, |interval| {
            format!("95\u{a0}%: {}; ", number::percent_interval(&interval, row.n))
        });
        return Some(region::city_alone(of, &own, &doubt, row.n, &row.reason));
    }
    let (gap, low, high) = (row.gap?.0, row.low?.0, row.high?.0);
    let rest = number::percent(row.reference?, row.n_reference);
    let (n, n_rest, others) = (row.n, row.n_reference, others(row));
    let decimals = number::share_decimals(n.min(n_rest));
    Some(match row.state {
        CheckState::Found => {
            let by = format!(
                "{} на\u{a0}{} (95\u{a0}%: от\u{a0}{} до\u{a0}{})",
                if gap < 0.0 { "ниже" } else { "выше" },
                points(gap, decimals),
                number::decimal(low, decimals),
                number::decimal(high, decimals)
            );
            region::city_differs(of, &own, n, others, &rest, n_rest, &by)
        }
        CheckState::NotFound => {
            region::city_alike(of, &own, n, others, &rest, n_rest, &points(low.abs().max(high.abs()), 1))
        }
        _ => region::city_unclear(of, &own, n, others, &rest, n_rest, &points(row.detectable?.0, 1)),
    })
}

/// What became of the tasks; none where none was tested.
fn tasks(chapter: &Chapter<'_>, rows: &[ComparisonRow]) -> Option<(Status, String)> {
    let of_tasks = rows.iter().filter_map(|row| Some((row.measure.strip_prefix(TASK_OWN)?, row)));
    let mut tested: Vec<(&str, &ComparisonRow)> = of_tasks.filter(|(_, row)| row.state.is_tested()).collect();
    let place = |id: &str| chapter.measures.exam.tasks.iter().position(|task| task.id == id);
    tested.sort_by_key(|(id, _)| place(id));
    let list = |is_listed: fn(f64) -> bool| {
        let found = tested.iter().filter(|(_, row)| row.state == CheckState::Found);
        let named = found.filter_map(|(id, row)| {
            let gap = row.gap.filter(|gap| is_listed(gap.0))?;
            Some(format!("№\u{a0}{id} (на\u{a0}{})", points(gap.0, 1)))
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let (worse, better) = (list(|gap| gap < 0.0), list(|gap| gap > 0.0));
    let unseen: Vec<f64> = tested
        .iter()
        .filter(|(_, row)| row.state == CheckState::Indistinct)
        .filter_map(|(_, row)| Some(row.detectable?.0))
        .collect();
    let least = unseen.iter().copied().reduce(f64::min).map_or_else(String::new, |least| points(least, 1));
    let status = if worse.is_empty() && better.is_empty() { Status::Checked } else { Status::Probable };
    let said = region::city_tasks(tested.len() as u64, &worse, &better, unseen.len() as u64, &least);
    (!tested.is_empty()).then_some((status, said))
}

#[cfg(test)]
mod tests {
    use super::{sentence, status};
    use srez_model::check::CheckState;
    use srez_model::compared::TOTAL;
    use srez_model::finding::Status;
    use srez_model::level::Level;
    use srez_model::measures::{ComparisonRow, Interval};
    use srez_model::unit::{Percent, PercentagePoints};

    fn row(state: CheckState, (gap, low, high): (f64, f64, f64)) -> ComparisonRow {
        ComparisonRow {
            n: 412,
            value: Some(Percent(58.3)),
            value_interval: Some(Interval { value: Percent(58.3), low: Percent(52.1), high: Percent(64.5) }),
            reference: Some(Percent(61.0)),
            reference_group: "Область".to_owned(),
            n_reference: 9_812,
            gap: Some(PercentagePoints(gap)),
            low: Some(PercentagePoints(low)),
            high: Some(PercentagePoints(high)),
            detectable: Some(PercentagePoints(8.5)),
            state,
            reason: "сравнить не с чем: данных региона нет".to_owned(),
            ..ComparisonRow::new(Level::Municipality, "Долина", TOTAL)
        }
    }

    fn said(state: CheckState, numbers: (f64, f64, f64)) -> String {
        sentence(&row(state, numbers), "выполнение работы").unwrap().replace('\u{a0}', " ")
    }

    #[test]
    fn each_state_has_its_sentence() {
        assert_eq!(
            said(CheckState::Found, (-2.7, -5.1, -0.3)),
            "Муниципалитет: выполнение работы — 58,3 % (n = 412), в остальной части региона — 61,0 % (n = 9812); ниже \
             на 2,7 п.п. (95 %: от −5,1 до −0,3)."
        );
        assert!(said(CheckState::NotFound, (-0.7, -3.1, 1.7)).ends_with("больше 3,1 п.п. оно быть не может."));
        assert!(
            said(CheckState::Indistinct, (-2.7, -9.1, 3.7)).ends_with("меньше 8,5 п.п. по этим данным не различить.")
        );
        assert!(
            said(CheckState::NotTested, (0.0, 0.0, 0.0))
                .ends_with("(95 %: 52,1–64,5 %; n = 412); сравнить не с чем: данных региона нет.")
        );
        assert_eq!((status(CheckState::NotTested), status(CheckState::Indistinct)), (Status::NoData, Status::Checked));
    }

    #[test]
    fn without_a_report_of_the_region_the_other_municipalities_are_named() {
        let of_files = ComparisonRow { reference_group: String::new(), ..row(CheckState::Found, (-2.7, -5.1, -0.3)) };
        assert!(sentence(&of_files, "выполнение работы").unwrap().contains("в остальных муниципалитетах"));
    }
}
