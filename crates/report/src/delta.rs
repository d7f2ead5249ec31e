//! What changed since the issue before, in words: for the start page.

use crate::context::Context;
use srez_model::delta::{Basis, Delta, DeltaCause, DeltaRow, DeltaState};
use srez_model::level::Level;
use srez_model::sign::ValueOf;
use srez_model::unit::as_f64;
use srez_wording::{date, number, text};

/// Title of the section.
pub fn title(delta: &Delta) -> &'static str {
    match delta.before {
        Some(Basis::Year(_)) => "С прошлого учебного года",
        _ => "С прошлого издания",
    }
}

/// With what is compared, and that a record was passed over; none where there is nothing to tell.
pub fn basis(delta: &Delta) -> Option<String> {
    let told = [compared(delta), passed_over(delta)];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn passed_over(delta: &Delta) -> Option<String> {
    (delta.passed_over != 0).then(|| {
        format!(
            "Более поздних записей об изданиях, составленных другой версией программы, {}: с ними сравнить нельзя.",
            number::count(delta.passed_over)
        )
    })
}

fn compared(delta: &Delta) -> Option<String> {
    let said = match delta.before.as_ref()? {
        Basis::Issue { period, version } => {
            format!("Прошлое издание — {} (версия данных {version}).", date::month(period))
        }
        Basis::Year(year) => format!("Сравнение с {} учебным годом.", date::school_year(*year)),
    };
    Some(format!("{said} Лучше и хуже — по самому значению, без проверки, не случайно ли это."))
}

/// What became of the data; none where they are compared with a year and not with an issue.
pub fn data(delta: &Delta) -> Option<String> {
    if !matches!(delta.before, Some(Basis::Issue { .. })) {
        return None;
    }
    if delta.changes.is_empty() {
        return Some("Данные с прошлого издания не менялись.".to_owned());
    }
    let new = delta.changes.iter().filter(|change| change.rows_changed.is_none()).count() as u64;
    let corrected = delta.changes.len() as u64 - new;
    let rows: u64 = delta.changes.iter().filter_map(|change| change.rows_changed).map(u64::from).sum();
    Some(format!(
        "Данные: новых результатов «работа — школа — класс» — {}, исправленных — {}, строк исправлено — {}.",
        number::count(new),
        number::count(corrected),
        number::count(rows)
    ))
}

/// Findings in every state: those about the municipality or all participants, and those about schools.
pub fn counts(delta: &Delta) -> [(DeltaState, u64, u64); DeltaState::ALL.len()] {
    DeltaState::ALL.map(|state| {
        let of_state = || delta.rows.iter().filter(|row| row.state == state);
        let schools = of_state().filter(|row| is_of_school(row)).count() as u64;
        (state, of_state().count() as u64 - schools, schools)
    })
}

/// What is new, worse and gone, but for single schools, as sentences: of each the change that concerns most
/// participants, then those that concern most whatever they are; works that were not there before come last.
pub fn told(context: &Context<'_>, delta: &Delta, most: usize) -> Vec<String> {
    const STATES: [DeltaState; 3] = [DeltaState::New, DeltaState::Worse, DeltaState::Gone];
    let mut rows: Vec<&DeltaRow> =
        delta.rows.iter().filter(|row| STATES.contains(&row.state) && !is_of_school(row)).collect();
    rows.sort_by(|one, other| {
        let is_new_exam = |row: &DeltaRow| row.cause == DeltaCause::NewExam;
        let by_weight = weight(other).total_cmp(&weight(one));
        is_new_exam(one).cmp(&is_new_exam(other)).then(by_weight).then(one.finding.id.cmp(&other.finding.id))
    });
    let mut seen: Vec<DeltaState> = Vec::new();
    let (mut chosen, others): (Vec<&DeltaRow>, Vec<&DeltaRow>) = rows.into_iter().partition(|row| {
        let is_first = row.cause != DeltaCause::NewExam && !seen.contains(&row.state);
        if is_first {
            seen.push(row.state);
        }
        is_first
    });
    chosen.extend(others);
    chosen.truncate(most);
    chosen.sort_by_key(|row| row.state);
    chosen.into_iter().map(|row| sentence(context, row)).collect()
}

fn sentence(context: &Context<'_>, row: &DeltaRow) -> String {
    let state = text::capitalised(row.state.title());
    let (exam, cause) = (context.title_of(&row.finding.exam), row.cause.title());
    let was = if row.state == DeltaState::Gone { "Было: " } else { "" };
    let sign = context.signs.iter().find(|sign| sign.id == *row.finding.sign);
    let is_completion = sign.is_some_and(|sign| sign.value != ValueOf::Other);
    let before = row.before.filter(|_| is_completion && row.state == DeltaState::Worse);
    let before = before.map_or_else(String::new, |value| format!(" Раньше — {}.", number::percent_exact(value, 1)));
    format!("{state} ({cause}). {exam}. {was}{}{before}", row.finding.text)
}

fn is_of_school(row: &DeltaRow) -> bool {
    matches!(row.finding.level, Level::School | Level::Class)
}

/// Participants whom the change concerns: how far the value moved, for a new or gone finding how far it is from the
/// threshold; where the rule has none for the value, as if it were a point away.
fn weight(row: &DeltaRow) -> f64 {
    let from = if row.state == DeltaState::Worse { row.before } else { row.finding.threshold };
    let moved = row.finding.value.map_or(0.0, |value| from.map_or(1.0, |from| (value - from).abs()));
    moved * as_f64(row.finding.n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::delta::{DataChange, KeptFinding};

    fn row(id: &str, state: DeltaState, level: Level) -> DeltaRow {
        let finding = KeptFinding {
            id: id.to_owned(),
            sign: "F01".to_owned(),
            severity: None,
            exam: "vpr-2026-math-8".to_owned(),
            level,
            group: String::new(),
            matter: String::new(),
            value: Some(40.0),
            threshold: Some(60.0),
            n: 100,
            text: String::new(),
        };
        DeltaRow { state, cause: DeltaCause::NewYear, finding, before: None, n_before: 0 }
    }

    #[test]
    fn a_finding_without_a_threshold_weighs_too() {
        let bounded = row("a", DeltaState::New, Level::Municipality);
        let mut free = bounded.clone();
        free.finding.threshold = None;
        let mut silent = free.clone();
        silent.finding.value = None;
        assert_eq!((weight(&bounded), weight(&free), weight(&silent)), (2000.0, 100.0, 0.0));
    }

    #[test]
    fn counts_tell_schools_apart() {
        let before = Some(Basis::Issue { period: "2026-05".to_owned(), version: 3 });
        let rows = vec![
            row("a", DeltaState::New, Level::Municipality),
            row("b", DeltaState::New, Level::School),
            row("c", DeltaState::Gone, Level::Class),
        ];
        let change = |rows_changed| DataChange { exam: String::new(), school: String::new(), rows: 9, rows_changed };
        let changes = vec![change(None), change(Some(2)), change(Some(3))];
        let delta = Delta { before, rows, changes, passed_over: 0 };
        let found: Vec<(u64, u64)> = counts(&delta).iter().map(|(_, own, schools)| (*own, *schools)).collect();
        assert_eq!(found, [(1, 1), (0, 0), (0, 0), (0, 1), (0, 0), (0, 0)]);
        let words = data(&delta).unwrap();
        assert!(words.contains("— 1, исправленных — 2, строк исправлено — 5"), "{words}");
        let first = Delta { before: Some(Basis::Year(2025)), ..delta };
        assert!(basis(&first).unwrap().contains("2024/25") && data(&first).is_none());
        let strange = Delta { passed_over: 2, ..Delta::default() };
        assert!(basis(&strange).unwrap().contains("другой версией программы, 2:"));
        assert_eq!((title(&first), basis(&Delta::default())), ("С прошлого учебного года", None));
    }
}
