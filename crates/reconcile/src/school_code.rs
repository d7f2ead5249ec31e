//! Codes of schools that lost the zeros in front, or have another length than all others.

use super::{ExamResults, Settings};
use srez_model::block::{Block, Labels};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_model::place::Register;
use srez_model::threshold::Thresholds;
use std::collections::{BTreeMap, BTreeSet};

/// The register, other files or the column make the code certain.
pub(super) const MENDED: NoteDefinition = NoteDefinition {
    id: NoteCode::SchoolCodeMended,
    severity: Severity::Warning,
    title: "код школы восстановлен: потеряны нули в начале",
    explanation: "Таблица потеряла нули в начале кода: Excel хранит «0930» как число 930. Код восстановлен по реестру; \
                  без реестра — по таким же кодам с нулями в этом и других файлах или по длине остальных кодов \
                  столбца, среди которых есть начинающиеся с нуля. Строки отнесены к одной школе.",
    hint: "проверьте, та ли это школа; в исходной таблице задайте столбцу кодов текстовый формат",
};

/// A code of a length that no other has.
pub(super) const ODD_LENGTH: NoteDefinition = NoteDefinition {
    id: NoteCode::SchoolCodeLength,
    severity: Severity::Warning,
    title: "код школы не той длины",
    explanation: "Цифр в коде больше или меньше, чем в кодах реестра, а без реестра — чем в остальных кодах столбца: \
                  часто это потерянный ноль в начале или лишняя цифра. Код не исправлен: какая школа имелась в виду, \
                  не видно.",
    hint: "исправьте код школы в файле; если код верен, добавьте школу в реестр",
};

pub(super) fn mend(settings: &Settings<'_>, results: &mut [ExamResults], notes: &mut Vec<Note>) {
    let register = settings.register;
    let known = Known::new(register);
    let of_files = OfFiles::new(results, settings.codes);
    for block in results.iter_mut().flat_map(|results| &mut results.blocks) {
        let rule = known.lengths(settings.thresholds, block);
        let by_column = whole_by_column(&rule, block);
        for label in 0..block.school.names.len() {
            let Some(code) = block.school.names.get(label).filter(|name| is_code(name)).cloned() else { continue };
            if register.find(&code).is_some() {
                continue;
            }
            let of_register = known.whole.get(code.trim_start_matches('0')).and_then(Option::as_ref);
            let of_others = || if known.whole.is_empty() { of_files.whole(&code).map(String::as_str) } else { None };
            let whole = of_register.map(String::as_str).or_else(of_others).map(str::to_owned);
            if let Some(whole) =
                whole.or_else(|| by_column.filter(|_| known.whole.is_empty()).and_then(|length| pad(&code, length)))
            {
                let (row, rows) = first_and_count(&block.school, label);
                let why = if code.len() < whole.len() {
                    "нули в начале потеряны"
                } else {
                    "нули в начале лишние"
                };
                let message = format!("код «{code}» прочитан как {whole}: {why}; строк с ним: {rows}");
                notes.push(at(&MENDED, block, row, message).found(code));
                rename(&mut block.school, label, &whole);
            } else if !rule.is_empty() && !rule.contains(&code.len()) {
                let (row, _) = first_and_count(&block.school, label);
                let wanted: Vec<String> = rule.iter().map(ToString::to_string).collect();
                let place = if known.whole.is_empty() {
                    "у остальных кодов столбца"
                } else {
                    "у кодов реестра"
                };
                let message = format!("в коде «{code}» цифр: {}, {place}: {}", code.len(), wanted.join(" или "));
                notes.push(at(&ODD_LENGTH, block, row, message).found(code));
            }
        }
    }
}

/// Codes of all files and of the history, by their digits without zeros in front.
struct OfFiles(BTreeMap<String, BTreeSet<String>>);

impl OfFiles {
    fn new(results: &[ExamResults], history: &BTreeSet<String>) -> Self {
        let blocks = results.iter().flat_map(|results| &results.blocks);
        let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for code in blocks.flat_map(|block| &block.school.names).chain(history).filter(|code| is_code(code)) {
            codes.entry(code.trim_start_matches('0').to_owned()).or_default().insert(code.clone());
        }
        Self(codes)
    }

    /// The code with most zeros in front: spreadsheets take zeros away and never add any.
    fn whole(&self, code: &str) -> Option<&String> {
        let digits = code.trim_start_matches('0');
        let alike = self.0.get(digits).filter(|_| !digits.is_empty())?;
        alike.iter().max_by_key(|other| other.len()).filter(|whole| code.len() < whole.len())
    }
}

/// Length to which shorter codes of a column are filled up: the one of nearly all, some of which begin with a zero.
fn whole_by_column(rule: &BTreeSet<usize>, block: &Block) -> Option<usize> {
    let length = rule.first().filter(|_| rule.len() == 1)?;
    let mut codes = block.school.names.iter().filter(|name| is_code(name) && name.len() == *length);
    codes.any(|code| code.starts_with('0')).then_some(*length)
}

fn pad(code: &str, length: usize) -> Option<String> {
    (code.len() < length && !code.starts_with('0')).then(|| format!("{code:0>length$}"))
}

/// What the register says of codes.
struct Known {
    /// Codes by their digits without zeros in front; none where two schools share them.
    whole: BTreeMap<String, Option<String>>,
    lengths: BTreeSet<usize>,
}

impl Known {
    fn new(register: &Register) -> Self {
        let mut whole: BTreeMap<String, Option<String>> = BTreeMap::new();
        let codes = register.schools.iter().map(|school| &school.code).filter(|code| is_code(code));
        let codes: BTreeSet<&String> = codes.collect();
        for code in &codes {
            let same = whole.entry(code.trim_start_matches('0').to_owned());
            same.and_modify(|seen| *seen = None).or_insert_with(|| Some((*code).clone()));
        }
        Self { whole, lengths: codes.iter().map(|code| code.len()).collect() }
    }

    /// Lengths that a code may have: those of the register, else the one of nearly all codes of the column.
    fn lengths(&self, thresholds: &Thresholds, block: &Block) -> BTreeSet<usize> {
        if !self.lengths.is_empty() {
            return self.lengths.clone();
        }
        let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
        for code in block.school.names.iter().filter(|name| is_code(name)) {
            *counts.entry(code.len()).or_default() += 1;
        }
        let all = f64::from(counts.values().sum::<u32>());
        let (share, fewest) = (thresholds.value("codes.share"), thresholds.value("codes.count"));
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.filter(|(_, count)| fewest <= all && share * all <= 100.0 * f64::from(*count))
            .map(|(length, _)| length)
            .into_iter()
            .collect()
    }
}

fn is_code(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// First row with a label, and how many rows have it.
fn first_and_count(labels: &Labels, label: usize) -> (usize, u64) {
    let mut rows = labels.of_row.iter().enumerate().filter(|(_, of_row)| **of_row as usize == label);
    (rows.next().map_or(0, |(row, _)| row), 1 + rows.count() as u64)
}

/// Gives a label another name; where the name is there already, its rows move to it.
fn rename(labels: &mut Labels, label: usize, name: &str) {
    if let Some(there) = labels.names.iter().position(|seen| seen == name).and_then(|there| u32::try_from(there).ok()) {
        for of_row in labels.of_row.iter_mut().filter(|of_row| **of_row as usize == label) {
            *of_row = there;
        }
    } else if let Some(slot) = labels.names.get_mut(label) {
        name.clone_into(slot);
    }
}

fn at(code: &NoteDefinition, block: &Block, row: usize, message: String) -> Note {
    let line = block.row.get(row).copied().unwrap_or(0);
    Note::about_file(code, &block.file, message).at_sheet(&block.sheet).at(line, block.columns.school)
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{Exam, ExamKey, Procedure};
    use srez_model::place::School;

    fn mended(register: &[&str], codes: &[&str]) -> (Vec<String>, Vec<Note>) {
        let school = |code: &&str| School { id: (*code).to_owned(), code: (*code).to_owned(), ..School::default() };
        let register = Register { schools: register.iter().map(school).collect(), ..Register::default() };
        let key = ExamKey::new(Procedure::Oge, 2026, "math", 9);
        let mut block = Block::new(key.clone(), "form", "a.xls", "Page 1");
        block.columns.school = 2;
        for (row, code) in (5..).zip(codes) {
            block.row.push(row);
            block.school.push(code);
        }
        let exam = Exam::unspecified(key);
        let (mut results, mut notes) = ([ExamResults { exam, blocks: vec![block] }], Vec::new());
        let thresholds = srez_config::thresholds::built_in().unwrap();
        let (subjects, appeals) = (Vec::new(), []);
        let history = ["0777".to_owned()].into();
        let settings = Settings {
            register: &register,
            subjects: &subjects,
            thresholds: &thresholds,
            appeals: &appeals,
            codes: &history,
            preferences: &crate::Preferences::new(),
        };
        mend(&settings, &mut results, &mut notes);
        let labels = &results[0].blocks[0].school;
        ((0..codes.len()).map(|row| labels.name(row).to_owned()).collect(), notes)
    }

    #[test]
    fn zeros_come_back_where_the_register_has_one_such_school() {
        let (codes, notes) = mended(&["009306", "101001"], &["101001", "9306", "9306", "009306"]);
        assert_eq!(codes, ["101001", "009306", "009306", "009306"]);
        assert_eq!((notes.len(), notes[0].code.as_str(), notes[0].cell().as_str()), (1, "C15", "B6"));
        assert_eq!(notes[0].message, "код «9306» прочитан как 009306: нули в начале потеряны; строк с ним: 2");
    }

    #[test]
    fn two_schools_that_differ_by_a_zero_are_not_guessed() {
        let (codes, notes) = mended(&["00930", "0930"], &["930", "0930"]);
        assert_eq!(codes, ["930", "0930"]);
        assert_eq!((notes.len(), notes[0].code.as_str()), (1, "C16"));
        assert_eq!(notes[0].message, "в коде «930» цифр: 3, у кодов реестра: 4 или 5");
    }

    #[test]
    fn without_register_the_column_is_the_rule() {
        let (codes, notes) = mended(&[], &["101001", "101002", "101003", "101004", "10105", "edu230001"]);
        assert_eq!(codes[4], "10105", "nothing is mended by guessing");
        assert_eq!((notes.len(), notes[0].cell().as_str()), (1, "B9"));
        assert!(mended(&[], &["1", "22", "333", "4444", "55555"]).1.is_empty(), "no length is the rule");
        assert!(mended(&["101001"], &["101002"]).1.is_empty(), "a school that is only unknown");
    }

    #[test]
    fn without_register_the_same_code_with_its_zeros_is_the_school() {
        let (codes, notes) = mended(&[], &["102", "0101", "0102", "102"]);
        assert_eq!(codes, ["0102", "0101", "0102", "0102"]);
        assert_eq!((notes.len(), notes[0].code.as_str(), notes[0].cell().as_str()), (1, "C15", "B5"));
        assert_eq!(notes[0].message, "код «102» прочитан как 0102: нули в начале потеряны; строк с ним: 2");
        assert_eq!(mended(&[], &["777"]).0, ["0777"], "the history knows it");
        assert_eq!(mended(&[], &["0", "00"]).0, ["0", "00"]);
    }

    #[test]
    fn a_column_in_which_zeros_lead_fills_up_what_lost_them() {
        let (codes, notes) = mended(&[], &["0101", "0102", "0103", "1004", "1005", "105"]);
        assert_eq!((codes[5].as_str(), notes[0].code.as_str()), ("0105", "C15"));
    }
}
