//! Is the scale of the specification the one by which the region marked? If there is none: which one do the files show?

use super::ExamResults;
use crate::model::assessment::{Confirmation, Scale};
use crate::model::block::RowState;
use crate::model::note::{Note, NoteCode, Severity};
use crate::model::threshold::Thresholds;
use crate::model::unit::Percent;

/// The region has its own scale.
pub(super) const OTHER_SCALE: NoteCode = NoteCode {
    id: "C02",
    severity: Severity::Warning,
    title: "шкала региона",
    explanation: "Со шкалой спецификации не согласны более 5 % отметок работы: вероятно, регион установил свою. \
                  Использованы отметки из файлов.",
    hint: "если у региона своя шкала, запишите её в спецификацию в папке exams; если нет — запросите исправленные отметки",
};

/// The scale was read off the files.
pub(super) const RECOVERED: NoteCode = NoteCode {
    id: "C03",
    severity: Severity::Warning,
    title: "шкала восстановлена по файлу",
    explanation: "Шкалы в спецификации нет. Граница отметки взята там, где наибольший балл с нижней отметкой на один \
                  меньше наименьшего балла с верхней.",
    hint: "сверьте границы с официальной шкалой и запишите их в спецификацию в папке exams",
};

pub(super) fn agree(thresholds: &Thresholds, results: &mut ExamResults, notes: &mut Vec<Note>) {
    match results.exam.scale {
        Scale::Marks(_) => check_marks(thresholds.value("scale.disagreement"), results, notes),
        Scale::Unknown => recover(results, notes),
        Scale::Test { .. } => {}
    }
}

/// Where more marks than the threshold disagree with the scale, the declared marks are used.
fn check_marks(most_percent: f64, results: &mut ExamResults, notes: &mut Vec<Note>) {
    let (mut compared, mut differ) = (0_u64, 0_u64);
    for block in &results.blocks {
        for row in 0..block.rows() {
            let declared = block.declared_result.get(row).copied().unwrap_or(-1);
            if block.state.get(row) != Some(&RowState::Accepted) || declared < 0 {
                continue;
            }
            if let Some(mark) = block.mark_by_scale(&results.exam, row) {
                compared += 1;
                differ += u64::from(i16::from(mark) != declared);
            }
        }
    }
    let Some(share) = Percent::of(differ, compared) else { return };
    if share.0 <= most_percent {
        return;
    }
    for block in &mut results.blocks {
        block.result = (0..block.rows())
            .map(|row| {
                let readable = block.total.get(row).is_some_and(|total| 0 <= *total);
                if readable { block.declared_result.get(row).copied().unwrap_or(-1) } else { -1 }
            })
            .collect();
    }
    results.exam.scale = Scale::Unknown;
    results.exam.scale_confirmed = Confirmation::None;
    results.exam.scale_note = "шкала региона: использованы отметки из файлов".to_owned();
    if let Some(block) = results.blocks.first() {
        let title = results.exam.title();
        let message = format!(
            "{title}: со шкалой спецификации не согласны {differ} из {compared} отметок; использованы отметки из файлов"
        );
        notes.push(Note::about_file(&OTHER_SCALE, &block.file, message));
    }
    recover(results, notes);
}

/// Reads the cuts off pairs of score and mark; a cut that is not certain leaves the scale unknown.
fn recover(results: &mut ExamResults, notes: &mut Vec<Note>) {
    let mut least = [u16::MAX; 6];
    let mut greatest = [0_u16; 6];
    let mut seen = [false; 6];
    for block in &results.blocks {
        for row in 0..block.rows() {
            if block.state.get(row) != Some(&RowState::Accepted) {
                continue;
            }
            let total = block.total.get(row).copied().unwrap_or(-1);
            let mark = block.result.get(row).copied().unwrap_or(-1);
            let (Ok(total), Ok(mark @ 2..=5)) = (u16::try_from(total), usize::try_from(mark)) else { continue };
            least[mark] = least[mark].min(total);
            greatest[mark] = greatest[mark].max(total);
            seen[mark] = true;
        }
    }
    if !(2..=5).all(|mark| seen[mark]) {
        return;
    }
    let certain = (3..=5).all(|mark| greatest[mark - 1] + 1 == least[mark]);
    if !certain {
        return;
    }
    results.exam.scale = Scale::Marks(vec![(0, 2), (least[3], 3), (least[4], 4), (least[5], 5)]);
    results.exam.scale_confirmed = Confirmation::Recovered;
    results.exam.scale_note = "шкала восстановлена по файлу".to_owned();
    if let Some(block) = results.blocks.first() {
        let message = format!(
            "{}: шкала восстановлена по отметкам в файле: «3» — с {} баллов, «4» — с {}, «5» — с {}",
            results.exam.title(),
            least[3],
            least[4],
            least[5]
        );
        notes.push(Note::about_file(&RECOVERED, &block.file, message));
    }
}
