//! Why a number is missing, in words for the reader.

/// Nobody took part.
pub(super) const NO_PARTICIPANTS: &str = "не вычисляется: нет участников";
/// The result of the exam is a test score.
pub(super) const NO_MARKS_IN_EXAM: &str = "не вычисляется: у работы нет отметок, результат — тестовый балл";
/// No participant has a mark.
pub(super) const NO_MARKS: &str = "не вычисляется: ни у одного участника нет отметки";
/// No participant has a total.
pub(super) const NO_TOTALS: &str = "не вычисляется: ни у одного участника нет первичного балла";
/// One unit has no deviation.
pub(super) const ONE_PARTICIPANT: &str = "стандартное отклонение не вычисляется: один участник";
pub(super) const NO_COMPLETE_ROWS: &str = "не вычисляется: нет строк, в которых прочитаны все задания";
/// All units are alike.
pub(super) const NO_SPREAD: &str = "не вычисляется: нет разброса";
/// One task has no consistency.
pub(super) const FEW_TASKS: &str = "не вычисляется: меньше двух заданий";
/// The maximum of the task is unknown.
pub(super) const NO_MAXIMUM: &str = "не вычисляется: максимальный балл неизвестен";

/// Reasons of one row in one cell.
pub(super) fn join<'a>(reasons: impl IntoIterator<Item = &'a str>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for reason in reasons {
        if !reason.is_empty() && !seen.contains(&reason) {
            seen.push(reason);
        }
    }
    seen.join("; ")
}
