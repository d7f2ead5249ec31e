//! Tables of another procedure, ГВЭ: kept as facts about participants under pseudonyms, in no exam.

use super::table::Table;
use crate::exam_title::Title;
use crate::points::whole_number;
use crate::spelling::fold;
use crate::{Scene, school_key};
use srez_model::facts::{FactLevel, FactRow, FactTable, FactValue};
use srez_model::form::Field;

/// The rows of a table with primary score and mark.
pub(super) fn facts(scene: &Scene<'_>, table: &Table<'_>, title: &Title) -> FactTable {
    let subject = title.by_name.clone().or_else(|| title.by_code.clone()).unwrap_or_default();
    let rows = table.lines().iter().map(|line| {
        let school = school_key::of_code(&table.text(line, Field::School));
        let values = [("первичный балл", Field::Total), ("оценка", Field::Mark)];
        let value = |(item, field): (&str, Field)| {
            let text = table.text(line, field);
            let number = whole_number(&fold(&text)).map(f64::from)?;
            Some(FactValue { item: item.to_owned(), number: Some(number), text })
        };
        FactRow {
            row: line.0 + 1,
            level: FactLevel::Participant,
            group: table.participant(line, &school),
            exam: None,
            subject: subject.clone(),
            grade: 0,
            year: title.date.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0),
            class: String::new(),
            values: values.into_iter().filter_map(value).collect(),
            school,
        }
    });
    let rows = rows.collect();
    FactTable { topic: "gve".to_owned(), file: scene.file.to_owned(), sheet: scene.sheet.name.clone(), rows }
}
