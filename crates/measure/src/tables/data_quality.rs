//! `data_quality.csv`: the score of the data of each school and of all together, and that of all at earlier checks.

use super::column::{GROUP, LEVEL, NEVER, REASON, count, integer, number, real, text, words};
use srez_model::data_quality::{DataQuality, QualityScore, in_points};
use srez_model::data_table::{Column, DataTable, Value};
use srez_model::level::Level;

const NOT_COMPUTED: &str = "не вычисляется, причина в reason";
const POINTS: &str = "баллов";

/// The score of a check: of all schools or of one.
struct Check<'a> {
    date: &'a str,
    level: Level,
    group: &'a str,
    score: &'a QualityScore,
    before: Option<&'a QualityScore>,
}

fn columns<'a>() -> [Column<(), Check<'a>>; 19] {
    [
        text("date", "Дата проверки", NEVER).value(|(), of| words(of.date)),
        LEVEL.value(|(), of| words(of.level.id())),
        GROUP.value(|(), of| words(of.group)),
        integer("works_expected", "Ожидаемых работ", "работ", NEVER).value(|(), of| count(of.score.counts.expected)),
        integer("works_present", "Из них с результатами", "работ", NEVER)
            .value(|(), of| count(of.score.counts.present)),
        integer("rows", "Строк участников в файлах этой проверки", "строк", NEVER)
            .value(|(), of| count(of.score.counts.rows)),
        integer("rows_faulty", "Из них с потерянным или заменённым значением", "строк", NEVER)
            .value(|(), of| count(of.score.counts.faulty_rows)),
        integer("files", "Файлов этой проверки", "файлов", NEVER).value(|(), of| count(of.score.counts.files)),
        integer("files_identified", "Из них опознано без замечаний", "файлов", NEVER)
            .value(|(), of| count(of.score.counts.identified_files)),
        integer("works_due", "Ожидаемых работ, срок которых наступил", "работ", NEVER)
            .value(|(), of| count(of.score.counts.due)),
        integer("works_in_time", "Из них пришло в срок", "работ", NEVER).value(|(), of| count(of.score.counts.in_time)),
        real("completeness", "Полнота", POINTS, 1, NOT_COMPUTED).value(|(), of| points(of.score.parts[0].tenths)),
        real("cells", "Ячейки", POINTS, 1, NOT_COMPUTED).value(|(), of| points(of.score.parts[1].tenths)),
        real("identity", "Опознание", POINTS, 1, NOT_COMPUTED).value(|(), of| points(of.score.parts[2].tenths)),
        real("timeliness", "Срок", POINTS, 1, NOT_COMPUTED).value(|(), of| points(of.score.parts[3].tenths)),
        real("within_reach", "Наибольшее число баллов вычисленных частей", POINTS, 1, NEVER)
            .value(|(), of| points(Some(of.score.within_reach))),
        real("score", "Балл качества данных, от 0 до 100", POINTS, 1, NOT_COMPUTED)
            .value(|(), of| points(of.score.tenths)),
        real("change", "Изменение к прошлой проверке", POINTS, 1, "прошлой проверки нет или вычислены другие части")
            .value(|(), of| number(of.before.and_then(|before| of.score.change_since(before)))),
        REASON.value(|(), of| words(&reasons(of.score))),
    ]
}

/// `data_quality.csv`; the group of all schools together is the one of which the documents speak.
pub fn data_quality_table(quality: Option<&DataQuality>, (level, group): (Level, &str)) -> DataTable {
    let mut checks = Vec::new();
    if let Some(quality) = quality {
        let past = quality.past.iter().map(|(date, score)| (date.as_str(), score));
        let mut before = None;
        for (date, score) in past.chain([(quality.date.as_str(), &quality.all)]) {
            checks.push(Check { date, level, group, score, before: before.replace(score) });
        }
        checks.extend(quality.schools.iter().map(|of| Check {
            date: &quality.date,
            level: Level::School,
            group: &of.school,
            score: &of.now,
            before: of.before.as_ref(),
        }));
    }
    DataTable::new("data_quality", &columns(), &(), &checks)
}

fn points(tenths: Option<u64>) -> Value {
    number(tenths.map(in_points))
}

fn reasons(score: &QualityScore) -> String {
    let reasons = score.parts.iter().filter(|part| !part.reason.is_empty());
    let reasons: Vec<String> = reasons.map(|part| format!("{}: {}", part.part.title(), part.reason)).collect();
    reasons.join("; ")
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
        let at = |name: &str| table.columns.iter().position(|column| column.name == name).unwrap();
        let column = |name: &str| table.rows.iter().map(|row| row[at(name)].clone()).collect::<Vec<_>>();
        assert_eq!(column("score"), [25.0, 50.0, 100.0, 100.0].map(Value::Real));
        let changes = [Value::Missing, Value::Real(25.0), Value::Real(50.0), Value::Real(75.0)];
        assert_eq!(column("change"), changes);
        assert_eq!(column("within_reach"), [40.0; 4].map(Value::Real));
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }
}
