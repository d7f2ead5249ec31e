//! «Статистика по отметкам» of ФИС ОКО (Ф3): shares of marks of country, region, municipality, schools.

use super::individual_results::{exam_line, sheet_code};
use crate::grid::{Grid, Value};
use crate::sitting::Sitting;

/// One line of the report.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The group it describes, with the suffix of the code.
    pub(crate) name: String,
    /// Number of schools; none in the line of a school.
    pub(crate) schools: Option<u32>,
    /// Participants with the marks 2, 3, 4, 5.
    pub(crate) counts: [u32; 4],
}

pub(crate) fn grid(sitting: &Sitting, lines: &[Line], date: &str) -> Grid {
    let exam = &sitting.exam;
    let title = "Статистика по отметкам";
    let mut grid = Grid::new(&format!("{} {} {title}", sheet_code(&exam.key.subject), exam.key.grade));
    grid.push_texts(&[title]);
    grid.push(Vec::new());
    grid.push_texts(&[&exam_line(sitting)]);
    grid.push_texts(&["Предмет:", &exam.subject_title]);
    grid.push(vec!["Максимальный первичный балл:".into(), exam.sum_of_maxima().unwrap_or(0).into()]);
    grid.push_texts(&["Дата:", date]);
    grid.push(Vec::new());
    let mut header: Vec<_> = ["Группы участников", "Кол-во ОО", "Кол-во участников"].map(Value::from).to_vec();
    header.extend([2_u8, 3, 4, 5].map(Value::from));
    grid.push(header);
    grid.bold = vec![0, 7];
    grid.wide = vec![(0, 48.0), (1, 11.0), (2, 19.0)];
    for line in lines {
        let n: u32 = line.counts.iter().sum();
        let mut row = vec![line.name.clone().into(), line.schools.map_or(Value::Empty, Value::from), n.into()];
        row.extend(line.counts.map(|count| Value::from(percent(count, n))));
        grid.push(row);
    }
    grid
}

/// Percent with two decimals.
fn percent(count: u32, n: u32) -> f64 {
    if n == 0 { 0.0 } else { (10_000.0 * f64::from(count) / f64::from(n)).round() / 100.0 }
}
