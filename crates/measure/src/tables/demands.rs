//! `demands.csv`.

use super::column::{Column, GROUP, LEVEL, NEVER, OfExam, count, exam, exam_part, integer, percent, real, text, words};
use super::{Table, of_exams};
use srez_model::measures::DemandRow;
use srez_model::tally::Demand;
use srez_model::unit::Percent;

const COLUMNS: &[Column<DemandRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    text("demand", "Требование: условие отметки или балл для профильного класса", NEVER)
        .value(|exam, row| words(&title(exam, row.demand))),
    integer(
        "asked",
        "К скольким относится: у кого отметка по сумме баллов требует условия; все, у кого есть балл",
        "чел.",
        NEVER,
    )
    .value(|_, row| count(row.asked)),
    integer("met", "Выполнили", "чел.", NEVER).value(|_, row| count(row.met)),
    real("pct", "Доля выполнивших", "%", 1, "не относится ни к кому")
        .value(|_, row| percent(Percent::of(row.met, row.asked))),
];

/// One row per exam, level, group and demand; demands in the order of the specification.
pub(super) const TABLE: Table =
    Table { name: "demands", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.demands) };

fn title(exam: &OfExam, demand: Demand) -> String {
    demand.title(&exam.exam)
}
