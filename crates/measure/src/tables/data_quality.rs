//! `data_quality.csv`: the score of the data of each school and of all together, and that of all at earlier checks.

use super::column::{GROUP, LEVEL, REASON, count, integer, number, real, text, words};
use srez_model::data_quality::{DataQuality, QualityScore, in_points};
use srez_model::data_table::{DataColumn, DataTable, Value};
use srez_model::level::Level;

const NOT_COMPUTED: &str = "не вычисляется, причина в reason";
const POINTS: &str = "баллов";

const COLUMNS: &[DataColumn] = &[
    text("date", "Дата проверки", "не бывает пустым"),
    LEVEL,
    GROUP,
    integer("works_expected", "Ожидаемых работ", "работ", "не бывает пустым"),
    integer("works_present", "Из них с результатами", "работ", "не бывает пустым"),
    integer("rows", "Строк участников в файлах этой проверки", "строк", "не бывает пустым"),
    integer("rows_faulty", "Из них с потерянным или заменённым значением", "строк", "не бывает пустым"),
    integer("files", "Файлов этой проверки", "файлов", "не бывает пустым"),
    integer("files_identified", "Из них опознано без замечаний", "файлов", "не бывает пустым"),
    integer("works_due", "Ожидаемых работ, срок которых наступил", "работ", "не бывает пустым"),
    integer("works_in_time", "Из них пришло в срок", "работ", "не бывает пустым"),
    real("completeness", "Полнота", POINTS, 1, NOT_COMPUTED),
    real("cells", "Ячейки", POINTS, 1, NOT_COMPUTED),
    real("identity", "Опознание", POINTS, 1, NOT_COMPUTED),
    real("timeliness", "Срок", POINTS, 1, NOT_COMPUTED),
    real("within_reach", "Наибольшее число баллов вычисленных частей", POINTS, 1, "не бывает пустым"),
    real("score", "Балл качества данных, от 0 до 100", POINTS, 1, NOT_COMPUTED),
    real("change", "Изменение к прошлой проверке", POINTS, 1, "прошлой проверки нет или вычислены другие части"),
    REASON,
];

/// `data_quality.csv`; the group of all schools together is the one of which the documents speak.
pub fn data_quality_table(quality: Option<&DataQuality>, (level, group): (Level, &str)) -> DataTable {
    let rows = quality.into_iter().flat_map(|quality| {
        let mut before = None;
        let mut rows = Vec::new();
        for (date, score) in &quality.past {
            rows.push(row((date, level, group), score, before.replace(score)));
        }
        rows.push(row((&quality.date, level, group), &quality.all, before));
        rows.extend(
            quality
                .schools
                .iter()
                .map(|of| row((&quality.date, Level::School, &of.school), &of.now, of.before.as_ref())),
        );
        rows
    });
    DataTable { name: "data_quality", columns: COLUMNS, rows: rows.collect() }
}

fn row((date, level, group): (&str, Level, &str), score: &QualityScore, before: Option<&QualityScore>) -> Vec<Value> {
    let counts = &score.counts;
    let points = |tenths: Option<u64>| number(tenths.map(in_points));
    let mut cells = vec![words(date), words(level.id()), words(group)];
    cells.extend(
        [
            counts.expected,
            counts.present,
            counts.rows,
            counts.faulty_rows,
            counts.files,
            counts.identified_files,
            counts.due,
            counts.in_time,
        ]
        .map(count),
    );
    cells.extend(score.parts.map(|part| points(part.tenths)));
    cells.extend([points(Some(score.within_reach)), points(score.tenths)]);
    cells.push(number(before.and_then(|before| score.change_since(before))));
    let reasons = score.parts.iter().filter(|part| !part.reason.is_empty());
    let reasons: Vec<String> = reasons.map(|part| format!("{}: {}", part.part.title(), part.reason)).collect();
    cells.push(words(&reasons.join("; ")));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality_score;
    use srez_config::thresholds::built_in;
    use srez_model::data_quality::{QualityCounts, SchoolQuality};

    #[test]
    fn each_check_is_compared_with_the_one_before() {
        let of = |present| {
            let counts = QualityCounts { expected: 4, present, ..QualityCounts::default() };
            quality_score(&built_in().unwrap(), counts)
        };
        let school = SchoolQuality { school: "edu1".to_owned(), now: of(4), before: Some(of(1)) };
        let quality = DataQuality {
            date: "2026-06-01".to_owned(),
            all: of(4),
            schools: vec![school],
            past: vec![("2026-04-01".to_owned(), of(1)), ("2026-05-01".to_owned(), of(2))],
            expected: Vec::new(),
        };
        let table = data_quality_table(Some(&quality), (Level::Municipality, "Округ"));
        let at = |name: &str| COLUMNS.iter().position(|column| column.name == name).unwrap();
        let column = |name: &str| table.rows.iter().map(|row| row[at(name)].clone()).collect::<Vec<_>>();
        assert_eq!(column("score"), [25.0, 50.0, 100.0, 100.0].map(Value::Real));
        let changes = [Value::Missing, Value::Real(25.0), Value::Real(50.0), Value::Real(75.0)];
        assert_eq!(column("change"), changes);
        assert_eq!(column("within_reach"), [40.0; 4].map(Value::Real));
        assert!(table.rows.iter().all(|row| row.len() == COLUMNS.len()));
    }
}
