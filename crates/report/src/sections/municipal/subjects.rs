//! A subject over all its works: where it is behind the region, which skill lacks in most works.

use super::Municipality;
use crate::facts::standing::{self, Side};
use crate::facts::works::in_words;
use crate::sections::subject_note::Note;
use crate::sections::subject_note::actions::numbered;
use crate::sections::subject_note::conclusions::{good, lowering_condition};
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_wording::{number, text as words};

/// A subject with the notes of its procedures.
pub(super) struct Subject<'p, 'a, 'b> {
    place: &'p Municipality<'a, 'b>,
    notes: Vec<&'p Note<'a, 'b>>,
}

/// A skill that lacks: its name and the grades of the works in which its tasks are below the threshold.
pub(super) struct Lack<'a> {
    pub(super) skill: &'a str,
    /// Grades, ascending.
    pub(super) grades: Vec<u8>,
    /// Works.
    pub(super) works: usize,
    /// Tasks.
    pub(super) tasks: u64,
}

/// The subjects in the order of the run.
pub(super) fn all<'p, 'a, 'b>(place: &'p Municipality<'a, 'b>) -> Vec<Subject<'p, 'a, 'b>> {
    let mut subjects: Vec<Subject<'p, 'a, 'b>> = Vec::new();
    for note in &place.notes {
        let slug = |note: &Note<'_, '_>| note.chapters[0].measures.exam.key.subject.clone();
        match subjects.iter_mut().find(|one| slug(one.notes[0]) == slug(note)) {
            Some(subject) => subject.notes.push(note),
            None => subjects.push(Subject { place, notes: vec![note] }),
        }
    }
    subjects
}

/// A skill with tasks below their thresholds: its name, the works as note and chapter, how many tasks, and the grades.
type SkillBelow<'a> = (&'a str, Vec<(usize, usize)>, u64, Vec<u8>);

impl<'a> Subject<'_, 'a, '_> {
    fn slug(&self) -> &str {
        &self.notes[0].chapters[0].measures.exam.key.subject
    }

    /// «Математике».
    pub(super) fn dative(&self) -> String {
        self.name(&self.place.context.dative)
    }

    /// «Математики».
    pub(super) fn genitive(&self) -> String {
        self.name(&self.place.context.genitive)
    }

    fn name(&self, names: &std::collections::BTreeMap<String, String>) -> String {
        let title = || self.notes[0].chapters[0].measures.exam.subject_title.to_lowercase();
        names.get(self.slug()).cloned().unwrap_or_else(title)
    }

    /// «ВПР по математике, 4 класс, доля «4» и «5» — 65,0 % против 82,6 %» for each work whose good results are fewer
    /// than those of the rest of the region.
    pub(super) fn behind(&self) -> Vec<String> {
        let mut behind = Vec::new();
        for chapter in self.notes.iter().flat_map(|note| note.chapters) {
            let exam = &chapter.measures.exam;
            let row = standing::of(self.place.context, chapter.measures, &good(exam).measure);
            let Some(row) = row.filter(|row| standing::side(row) == Some(Side::Below)) else { continue };
            let (Some(own), Some(others)) = (row.value, row.reference) else { continue };
            let shares = [number::percent(own, row.n), number::percent(others, row.n_reference)].join(" против ");
            let what = if exam.has_test_scores() { "81–100 баллов" } else { "доля «4» и «5»" };
            behind.push(format!("{}, {what}\u{a0}— {shares}", in_words(self.place.context, exam)));
        }
        behind
    }

    /// What a condition of a scale did, as a sentence.
    pub(super) fn condition(&self) -> Option<String> {
        self.notes.iter().find_map(|note| {
            let (condition, lowered) = lowering_condition(note)?;
            let exam = &note.chapters[0].measures.exam;
            let sentence = words::lowered(&lowered.words(&condition.note));
            Some(words::capitalised(&format!("{}: {sentence}", in_words(self.place.context, exam))))
        })
    }

    /// The skill whose tasks are below their thresholds in most works; none where no skill is.
    pub(super) fn lack(&self) -> Option<Lack<'a>> {
        let mut skills: Vec<SkillBelow<'a>> = Vec::new();
        for (at, note) in self.notes.iter().enumerate() {
            for task in note.weak.iter().filter(|one| one.is_below_threshold() && !one.task.matter().is_empty()) {
                let skill = task.task.matter();
                let known = skills.iter_mut().find(|(known, ..)| words::lowered(known) == words::lowered(skill));
                match known {
                    Some((_, works, tasks, grades)) => {
                        works.push((at, task.chapter));
                        *tasks += 1;
                        grades.push(task.grade);
                    }
                    None => skills.push((skill, vec![(at, task.chapter)], 1, vec![task.grade])),
                }
            }
        }
        for (_, works, _, grades) in &mut skills {
            works.sort_unstable();
            works.dedup();
            grades.sort_unstable();
            grades.dedup();
        }
        // Of equals the first one is the most important: the weak tasks are in that order.
        let most = skills.iter().map(|(_, works, tasks, _)| (works.len(), *tasks)).max()?;
        let (skill, works, tasks, grades) =
            skills.into_iter().find(|(_, works, tasks, _)| (works.len(), *tasks) == most)?;
        Some(Lack { skill, grades, works: works.len(), tasks })
    }

    /// «Ниже порога: ВПР по математике — № 5.2 и 5.1 (4 класс); ОГЭ по математике — № 16».
    pub(super) fn below_thresholds(&self) -> Option<String> {
        let of_note = |note: &&Note<'a, '_>| {
            let low: Vec<_> = note.weak.iter().filter(|one| one.is_below_threshold()).take(MOST_TASKS).collect();
            let exam = &note.chapters[0].measures.exam;
            let procedure = exam.key.procedure;
            // No threshold of ОГЭ and ЕГЭ is official.
            let whose = if procedure.has_attempts() { " (порог взят для разбора)" } else { "" };
            let name = format!("{} по {}{whose}", procedure.title(), self.dative());
            (!low.is_empty()).then(|| format!("{name}\u{a0}— {}", numbered(note, &low)))
        };
        let parts: Vec<String> = self.notes.iter().filter_map(of_note).collect();
        (!parts.is_empty()).then(|| format!("Ниже порога: {}.", parts.join("; ")))
    }

    /// What came of last year's measures that aimed at a skill.
    pub(super) fn tried(&self, skill: &str) -> Option<String> {
        let context = self.place.context;
        let measure = MeasureId::skill(skill);
        let is_of_subject =
            |exam: &str| self.notes.iter().flat_map(|note| note.chapters).any(|one| one.measures.exam.id() == exam);
        let mut rows = context.facts.effects.rows.iter().filter(|row| row.level == Level::Municipality);
        let row = rows.find(|row| row.measure.as_ref() == Some(&measure) && is_of_subject(&row.exam))?;
        let ((before, after), action) = (row.values?, context.action(row)?);
        let values = [before, after].map(|value| crate::facts::effects::value(row, value));
        let title = words::lowered(&words::typeset(&action.title));
        Some(format!("В прошлом году: {title}\u{a0}— было {}, стало {}.", values[0], values[1]))
    }
}

/// Tasks of a procedure that a decision names.
const MOST_TASKS: usize = 5;
