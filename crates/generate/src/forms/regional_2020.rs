//! The regional concatenation of 2020: always 50 columns, tasks by their order, no maxima.

use crate::district::District;
use crate::grid::{Grid, Value};
use crate::sitting::Sitting;

/// Columns for tasks, of which the one after the last task is that of the textbook.
const TASK_COLUMNS: usize = 40;

/// The sheet with these schools; pupils wrote in autumn, one grade after the programme of the work.
pub(crate) fn grid(district: &District, sitting: &Sitting, schools: &[usize]) -> Grid {
    let mut grid = Grid::new("Sheet1");
    let tasks = sitting.exam.tasks.len();
    let mut header: Vec<Value> =
        ["groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum"].map(Value::from).to_vec();
    header.extend((1..=TASK_COLUMNS).map(|position| {
        if position == tasks + 1 { Value::from("Учебник") } else { Value::from(format!("a-{position}-grade")) }
    }));
    grid.push(header);
    let key = &sitting.exam.key;
    let groups = format!("99-RU-NAG,EAST,VPR_99,vpr{}.ma{}", key.year, key.grade);
    let actual = key.grade + 1;
    for school in schools {
        let login = district.schools[*school].school.login.replace("edu", "sch");
        for (at, outcome) in sitting.school_outcomes(*school).iter().enumerate() {
            let letter = outcome.pupil.class_name(actual).chars().filter(|letter| letter.is_alphabetic()).collect();
            let mut row: Vec<Value> = vec![groups.clone().into(), login.clone().into()];
            row.push(u32::try_from(at + 1).unwrap_or(0).into());
            row.push(outcome.pupil.code(actual).into());
            row.push(super::journal_cell(outcome));
            row.push(super::sex(outcome).into());
            row.push(Value::Text(letter));
            row.push(if outcome.absent { "отсутствовал".into() } else { outcome.variant.into() });
            row.push(Value::Empty);
            row.push(if outcome.absent { Value::Empty } else { outcome.total.into() });
            row.extend(super::task_cells(outcome));
            row.push("Учебник из федерального перечня".into());
            grid.push(row);
        }
    }
    grid
}
