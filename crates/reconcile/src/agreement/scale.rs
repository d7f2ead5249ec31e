//! Is the scale of the specification the one by which the region marked? If there is none: which one do the files show?

use srez_model::assessment::{Confirmation, Exam, Scale};
use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_model::threshold::Thresholds;
use srez_model::unit::Percent;

/// The region has its own scale.
pub(crate) const OTHER_SCALE: NoteDefinition = NoteDefinition {
    id: NoteCode::RegionalScale,
    severity: Severity::Warning,
    title: "шкала региона",
    explanation: "Со шкалой спецификации не согласны более 5 % отметок работы: вероятно, регион установил свою. \
                  Использованы отметки из файлов.",
    hint: "если у региона своя шкала, запишите её в спецификацию в папке exams; если нет — запросите исправленные \
        отметки",
};

/// The scale was read off the files.
pub(crate) const RECOVERED: NoteDefinition = NoteDefinition {
    id: NoteCode::ScaleRecovered,
    severity: Severity::Warning,
    title: "шкала восстановлена по файлу",
    explanation: "Шкалы в спецификации нет. Граница отметки взята там, где наибольший балл с нижней отметкой на один \
                  меньше наименьшего балла с верхней.",
    hint: "сверьте границы с официальной шкалой и запишите их в спецификацию в папке exams",
};

/// Where the marks of an exam come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// True where the marks of the files stand, because no scale is known or they do not follow it.
    declared: bool,
    /// Marks that do not follow the scale of the specification, of how many; none where it stands.
    against: Option<(u64, u64)>,
    /// Least scores of «3», «4» and «5» where they were read off the files.
    recovered: Option<[u16; 3]>,
}

/// Judges the scale of an exam by the marks of its blocks, and puts the scale that stands into the exam.
pub(super) fn agree(thresholds: &Thresholds, exam: &mut Exam, blocks: &[&Block]) -> Marks {
    let mut marks = Marks::default();
    if matches!(exam.scale, Scale::Marks(_)) {
        marks.against = disagreement(thresholds.value("scale.disagreement"), exam, blocks);
        if marks.against.is_some() {
            exam.scale = Scale::Unknown;
            exam.scale_confirmed = Confirmation::None;
            exam.scale_note = "шкала региона: использованы отметки из файлов".to_owned();
        }
    }
    if exam.scale == Scale::Unknown {
        marks.declared = true;
        marks.recovered = recovered(blocks);
        if let Some([three, four, five]) = marks.recovered {
            exam.scale = Scale::Marks(vec![(0, 2), (three, 3), (four, 4), (five, 5)]);
            exam.scale_confirmed = Confirmation::Recovered;
            exam.scale_note = "шкала восстановлена по файлу".to_owned();
        }
    }
    marks
}

/// Marks that differ from the scale, and all that were compared; none where no more differ than the threshold allows.
fn disagreement(most_percent: f64, exam: &Exam, blocks: &[&Block]) -> Option<(u64, u64)> {
    let (mut compared, mut differ) = (0_u64, 0_u64);
    for block in blocks {
        for row in 0..block.rows() {
            let declared = block.declared_result.get(row).copied().unwrap_or(-1);
            if block.state.get(row) != Some(&RowState::Accepted) || declared < 0 {
                continue;
            }
            if let Some(mark) = block.mark_by_scale(exam, row) {
                compared += 1;
                differ += u64::from(i16::from(mark) != declared);
            }
        }
    }
    Percent::of(differ, compared).filter(|share| most_percent < share.0).map(|_| (differ, compared))
}

/// The mark that the file declares, where the total can be read; -1 where there is none.
fn declared(block: &Block, row: usize) -> i16 {
    let readable = block.total.get(row).is_some_and(|total| *total >= 0);
    if readable { block.declared_result.get(row).copied().unwrap_or(-1) } else { -1 }
}

/// Reads the cuts off pairs of score and declared mark; none where one of them is not certain.
fn recovered(blocks: &[&Block]) -> Option<[u16; 3]> {
    let mut least = [u16::MAX; 6];
    let mut greatest = [0_u16; 6];
    let mut seen = [false; 6];
    for block in blocks {
        for row in 0..block.rows() {
            if block.state.get(row) != Some(&RowState::Accepted) {
                continue;
            }
            let total = block.total.get(row).copied().unwrap_or(-1);
            let (Ok(total), Ok(mark @ 2..=5)) = (u16::try_from(total), usize::try_from(declared(block, row))) else {
                continue;
            };
            least[mark] = least[mark].min(total);
            greatest[mark] = greatest[mark].max(total);
            seen[mark] = true;
        }
    }
    let certain = (2..=5).all(|mark| seen[mark]) && (3..=5).all(|mark| greatest[mark - 1] + 1 == least[mark]);
    certain.then_some([least[3], least[4], least[5]])
}

impl Marks {
    /// Puts the marks that stand into a block.
    pub(super) fn enforce(&self, block: &mut Block) {
        if self.declared {
            block.result = (0..block.rows()).map(|row| declared(block, row)).collect();
        }
    }

    /// What is to be told about the scale, at the first file of the exam in a run.
    pub(super) fn notes(&self, exam: &Exam, file: &str) -> Vec<Note> {
        let title = exam.title();
        let against = self.against.map(|(differ, compared)| {
            let message = format!(
                "{title}: со шкалой спецификации не согласны {differ} из {compared} отметок; использованы отметки из \
                 файлов"
            );
            Note::about_file(&OTHER_SCALE, file, message)
        });
        let recovered = self.recovered.map(|[three, four, five]| {
            let message = format!(
                "{title}: шкала восстановлена по отметкам в файле: «3» — с {three} баллов, «4» — с {four}, «5» — с \
                 {five}"
            );
            Note::about_file(&RECOVERED, file, message)
        });
        against.into_iter().chain(recovered).collect()
    }
}
