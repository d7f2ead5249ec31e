//! Year, subject, grade and school where each row has its own.

use super::Scene;
use super::identity::{self, login};
use super::points::whole_in_cell;
use super::school_key;
use super::spelling::{fold, tidy};
use srez_model::assessment::{ExamKey, Procedure};
use srez_model::form::Field;
use srez_model::raw_sheet::RawCell;

/// Cells of one row by field.
#[derive(Clone, Copy)]
pub(crate) struct RowCells<'a> {
    scene: &'a Scene<'a>,
    row: u32,
}

impl<'a> RowCells<'a> {
    /// A row counted from 0.
    pub(crate) fn new(scene: &'a Scene<'a>, row: u32) -> Self {
        Self { scene, row }
    }

    /// A cell; empty where the form has no such column.
    pub(crate) fn cell(self, field: Field) -> RawCell {
        self.scene.found.columns.get(&field).map_or(RawCell::Empty, |column| self.scene.sheet.cell(self.row, *column))
    }

    /// A cell as tidy text.
    pub(crate) fn text(self, field: Field) -> String {
        tidy(&self.scene.sheet.show(self.cell(field)))
    }

    /// A whole number; a count may have thousands apart: `1 234`, `1,234`.
    pub(crate) fn count(self, field: Field) -> Option<u32> {
        whole_in_cell(self.scene.sheet, self.cell(field)).or_else(|| thousands(&self.text(field)))
    }

    /// Calendar year; `2024/25` and `2024-2025` are the spring of 2025.
    pub(crate) fn year(self) -> Option<u16> {
        identity::year(&self.text(Field::Year))
    }

    /// Grade, as a number alone or with its word.
    pub(crate) fn grade(self) -> Option<u8> {
        let text = self.text(Field::Grade);
        let alone = whole_in_cell(self.scene.sheet, self.cell(Field::Grade));
        let alone = alone.and_then(|grade| u8::try_from(grade).ok()).filter(|grade| (1..=11).contains(grade));
        alone.or_else(|| identity::grade(&text).map(|(grade, _)| grade))
    }

    /// Slug of the subject, by its name, its code or the prefix of sheet names.
    pub(crate) fn subject(self) -> Option<String> {
        let text = self.text(Field::Subject);
        identity::subject(self.scene.settings.subjects, &text).or_else(|| by_code(self.scene, &text))
    }

    /// The exam of the row, where the form names the procedure and the row all the rest.
    pub(crate) fn exam(self) -> Option<ExamKey> {
        let procedure = self.scene.profile.procedure.as_deref().and_then(Procedure::from_title)?;
        let grade = match procedure {
            Procedure::Oge => 9,
            Procedure::Ege => 11,
            _ => self.grade()?,
        };
        Some(ExamKey::new(procedure, self.year()?, &self.subject()?, grade))
    }

    /// Login or code of the school, in canonical form; a suffix `(eduNNNNNN)` of the name counts.
    pub(crate) fn school(self) -> String {
        let written = [Field::Login, Field::School, Field::Code].map(|field| self.text(field));
        let key = written.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        let by_name = || login(&self.text(Field::SchoolName)).unwrap_or_default();
        if key.is_empty() { by_name() } else { login(&key).unwrap_or_else(|| school_key::of_code(&key)) }
    }
}

fn by_code(scene: &Scene<'_>, text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    let padded = if text.len() == 1 { format!("0{text}") } else { text.to_owned() };
    let known = |subject: &&srez_model::assessment::Subject| {
        subject.sheet_codes.contains(&upper) || subject.exam_codes.contains(&padded)
    };
    scene.settings.subjects.iter().find(known).map(|subject| subject.slug.clone())
}

/// `1 234` or `1,234`: groups of three digits after the first.
fn thousands(text: &str) -> Option<u32> {
    let folded = fold(text);
    let mut groups = folded.split([' ', ',']);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()))?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let right = digits(first) && !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && digits(group));
    right.then(|| format!("{first}{}", rest.concat()).parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn a_comma_parts_thousands_of_participants() {
        assert_eq!(["1,234", "1\u{a0}234", "12 345 678"].map(thousands), [Some(1234), Some(1234), Some(12_345_678)]);
        assert_eq!(["1,23", "12,3456", "1234", "а,234"].map(thousands), [None; 4]);
    }
}
