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

/// The files show a part of the scale.
pub(crate) const OPEN: NoteDefinition = NoteDefinition {
    id: NoteCode::ScaleOpen,
    severity: Severity::Warning,
    title: "шкала видна не вся",
    explanation: "Шкалы в спецификации нет, а по парам балла и отметки видны не все границы: между наибольшим баллом \
                  с нижней отметкой и наименьшим с верхней есть баллы, которых никто не получил. Отметки взяты из \
                  файлов.",
    hint: "впишите шкалу (marks) в спецификацию в папке exams: границы — в официальном описании работы",
};

/// Where the marks of an exam come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// True where the marks of the files stand, because no scale is known or they do not follow it.
    declared: bool,
    /// Marks that do not follow the scale of the specification, of how many; none where it stands.
    against: Option<(u64, u64)>,
    /// What the pairs of score and mark in the files show; none where a scale is known or nothing is shown.
    shown: Option<Shown>,
}

/// What pairs of score and mark tell about a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    /// Pairs that were read.
    pairs: u64,
    /// For «3», «4» and «5»: the least score from which the mark may begin, and the least with which it was given; none
    /// where one of two neighbouring marks is nobody's.
    cuts: [Option<(u16, u16)>; 3],
}

impl Shown {
    /// Least scores of «3», «4» and «5» where all are certain.
    fn certain(&self) -> Option<[u16; 3]> {
        let certain = |cut: Option<(u16, u16)>| cut.filter(|(from, to)| from == to).map(|(from, _)| from);
        let [three, four, five] = self.cuts.map(certain);
        Some([three?, four?, five?])
    }

    /// «3» — с 8 баллов; «4» — где-то от 15 до 17; «5» — не видно».
    fn words(&self) -> String {
        let of = |(mark, cut): (u8, &Option<(u16, u16)>)| match cut {
            Some((from, to)) if from == to => format!("«{mark}» — с {from}"),
            Some((from, to)) => format!("«{mark}» — с балла от {from} до {to}"),
            None => format!("«{mark}» — не видно"),
        };
        (3..).zip(&self.cuts).map(of).collect::<Vec<_>>().join(", ")
    }
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
        marks.shown = shown(blocks);
        if let Some(shown) = &marks.shown {
            let pairs = shown.pairs;
            if let Some([three, four, five]) = shown.certain() {
                exam.scale = Scale::Marks(vec![(0, 2), (three, 3), (four, 4), (five, 5)]);
                exam.scale_confirmed = Confirmation::Recovered;
                exam.scale_note = format!("шкала восстановлена по файлам, пар балла и отметки: {pairs}");
            } else if marks.against.is_none() {
                exam.scale_note =
                    format!("по файлам шкала видна не вся ({}; пар балла и отметки: {pairs})", shown.words());
            }
        }
    }
    marks
}

/// Marks that differ from the scale, and all that were compared; none where no more differ than the threshold allows.
fn disagreement(most_percent: f64, exam: &Exam, blocks: &[&Block]) -> Option<(u64, u64)> {
    let (mut compared, mut differ) = (0_u64, 0_u64);
    for block in blocks {
        for row in 0..block.rows() {
            if block.state.get(row) != Some(&RowState::Accepted) {
                continue;
            }
            let declared = block.declared_result.get(row).copied().flatten();
            if let (Some(declared), Some(mark)) = (declared, block.mark_by_scale(exam, row)) {
                compared += 1;
                differ += u64::from(u16::from(mark) != declared);
            }
        }
    }
    Percent::of(differ, compared).filter(|share| most_percent < share.0).map(|_| (differ, compared))
}

/// The mark that the file declares, where the total can be read.
fn declared(block: &Block, row: usize) -> Option<u16> {
    block.total.get(row).copied().flatten()?;
    block.declared_result.get(row).copied().flatten()
}

/// Reads the cuts off pairs of score and declared mark; none where there are no pairs, or where they follow no scale.
fn shown(blocks: &[&Block]) -> Option<Shown> {
    let mut pairs = 0;
    let mut least = [u16::MAX; 6];
    let mut greatest = [0_u16; 6];
    let mut seen = [false; 6];
    for block in blocks {
        for row in 0..block.rows() {
            if block.state.get(row) != Some(&RowState::Accepted) {
                continue;
            }
            let total = block.total.get(row).copied().flatten();
            let (Some(total), Some(mark @ 2..=5)) = (total, declared(block, row).map(usize::from)) else { continue };
            least[mark] = least[mark].min(total);
            greatest[mark] = greatest[mark].max(total);
            seen[mark] = true;
            pairs += 1;
        }
    }
    let is_scale =
        (3..=5).all(|mark| (2..mark).all(|lower| !seen[lower] || !seen[mark] || greatest[lower] < least[mark]));
    let cut = |mark: usize| (seen[mark - 1] && seen[mark]).then(|| (greatest[mark - 1] + 1, least[mark]));
    (pairs > 0 && is_scale).then(|| Shown { pairs, cuts: [cut(3), cut(4), cut(5)] })
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
        let told = self.shown.as_ref().filter(|shown| shown.certain().is_some() || self.against.is_none());
        let shown = told.map(|shown| {
            let (code, what) = match shown.certain() {
                Some(_) => (&RECOVERED, "шкала восстановлена по файлам"),
                None => (&OPEN, "шкала видна не вся"),
            };
            let pairs = shown.pairs;
            let message = format!("{title}: {what}: {}; пар балла и отметки: {pairs}", shown.words());
            Note::about_file(code, file, message)
        });
        against.into_iter().chain(shown).collect()
    }
}
