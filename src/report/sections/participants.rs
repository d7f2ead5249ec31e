//! «Участники»: by year, type of school and sex where the files or the register tell it, with the results of each group.

use super::{number, other, row, share, table, text};
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::model::report::{Align, Block, Cell, Row, RowKind, Section, Text};
use crate::model::unit::Percent;
use crate::report::context::{Chapter, Context};
use crate::report::facts::results::{self, KeyResult};
use crate::wording::{number as print, text as words};
use std::collections::BTreeMap;

/// Types with fewer schools have no shares: they would speak of one school.
const LEAST_SCHOOLS: u64 = 3;

/// A group in the making.
#[derive(Default)]
struct Group {
    n: u64,
    schools: u64,
    marked: u64,
    below: u64,
    above: u64,
}

pub(crate) fn compose(context: &Context<'_>, chapter: &Chapter<'_>) -> Section {
    let measures = chapter.measures;
    let all = results::participants(measures, context.focus.0, &context.focus.1);
    if all == 0 {
        return super::section("Состав участников", false, vec![super::no_data("участников нет")]);
    }
    let mut rows = years(context, measures);
    let mut missing: Vec<&str> = Vec::new();
    let types = by_type(context, measures);
    if types.is_empty() {
        missing.push("типы школ: нет данных, в реестре их нет");
    }
    rows.extend(types.iter().map(|(kind, group)| line("Тип школы", kind, group, all)));
    let sexes = by_sex(measures);
    if sexes.is_empty() {
        missing.push("пол: нет данных, в файлах его нет");
    }
    rows.extend(sexes);
    missing.push("категории участников (СОО, СПО, прошлые годы, ОВЗ): нет данных, в файлах их нет");
    let columns = vec![
        text("Признак", 1.6),
        text("Группа", 2.6),
        number("Чел."),
        number("% от всех"),
        other("«2» / ниже мин., %", Align::Right, 1.3),
        other("«4», «5» / 81–100, %", Align::Right, 1.4),
    ];
    let name = format!("participants_{}", measures.exam.id().replace('-', "_"));
    let caption = format!("Состав участников, {}", super::whose(context, chapter));
    let note = "У ЕГЭ — доли ниже минимального балла и 81–100 баллов, у других работ — отметки «2» и «4», «5». «—»: в группе меньше \
                трёх школ или меньше 10 участников, либо доля прошлого года не известна.";
    let blocks = vec![
        table(&name, caption, columns, rows, note),
        Block::Note(Text::plain(format!("{}.", words::capitalised(&missing.join("; "))))),
    ];
    super::section("Состав участников", false, blocks)
}

/// This year and the years before it, nearest first.
fn years(context: &Context<'_>, measures: &Measures) -> Vec<Row> {
    let (level, group) = &context.focus;
    let own = results::of(measures, *level, group);
    let n = results::participants(measures, *level, group);
    let of_year = |year: &str, n: u64, below: Cell, above: Cell, kind| Row {
        cells: vec![
            Cell::Text("Год".to_owned()),
            Cell::Text(year.to_owned()),
            Cell::Count(n),
            Cell::Missing,
            below,
            above,
        ],
        kind,
    };
    let now = own.map_or((Cell::Missing, Cell::Missing), |own| shares(&own));
    let mut rows = vec![of_year(&measures.exam.key.year.to_string(), n, now.0, now.1, RowKind::Own)];
    let names = if measures.exam.has_test_scores() {
        ["below_min_pct", "from_81_to_100_pct"]
    } else {
        ["share_of_2", "quality_pct"]
    };
    let dynamics = measures.dynamics_of(*level, group);
    for before in dynamics.iter().filter(|row| row.measure == names[0]) {
        let year = before.before_exam.split('-').nth(1).unwrap_or_default();
        let above = dynamics.iter().find(|row| row.measure == names[1] && row.before_exam == before.before_exam);
        let n = before.n.1;
        let cell = |value: Option<f64>| share(value.map(Percent), n);
        rows.push(of_year(year, n, cell(before.before), cell(above.and_then(|row| row.before)), RowKind::Plain));
    }
    rows
}

fn shares(result: &KeyResult) -> (Cell, Cell) {
    let above = result.above_share.map(|share| share.value);
    (share(result.below_share(), result.marked), share(above, result.marked))
}

/// Types of the schools of the focus, sums of their counts.
fn by_type(context: &Context<'_>, measures: &Measures) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for school in context.schools {
        let n = results::participants(measures, Level::School, school);
        let Some(kind) = context.types.get(school).filter(|kind| 0 < n && !kind.is_empty()) else { continue };
        let group = groups.entry(kind.clone()).or_default();
        group.n += n;
        group.schools += 1;
        if let Some(result) = results::of(measures, Level::School, school) {
            group.marked += result.marked;
            group.below += result.below;
            group.above += result.above;
        }
    }
    groups
}

fn line(dimension: &str, name: &str, group: &Group, all: u64) -> Row {
    let shown = LEAST_SCHOOLS <= group.schools && 10 <= group.marked;
    let of = |count: u64| share(Percent::of(count, group.marked).filter(|_| shown), group.marked);
    row(vec![
        Cell::Text(dimension.to_owned()),
        Cell::Text(name.to_owned()),
        Cell::Count(group.n),
        Percent::of(group.n, all).map_or(Cell::Missing, |share| Cell::Number(share.0, print::share_decimals(all))),
        of(group.below),
        of(group.above),
    ])
}

/// Girls and boys over the whole run, where the files tell the sex.
fn by_sex(measures: &Measures) -> Vec<Row> {
    let all = results::participants(measures, Level::All, "");
    let of_level = measures.marks.iter().filter(|row| row.level == Level::Sex && !row.group.is_empty());
    of_level
        .map(|marks| {
            let result = results::of(measures, Level::Sex, &marks.group).filter(|result| 10 <= result.marked);
            let (below, above) = result.map_or((Cell::Missing, Cell::Missing), |result| shares(&result));
            row(vec![
                Cell::Text("Пол (вся выгрузка)".to_owned()),
                Cell::Text(marks.group.clone()),
                Cell::Count(marks.n),
                Percent::of(marks.n, all)
                    .map_or(Cell::Missing, |share| Cell::Number(share.0, print::share_decimals(all))),
                below,
                above,
            ])
        })
        .collect()
}
