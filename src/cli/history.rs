//! `srez history`: the contents of the store, version by version; compare, return, withdraw.

use super::terminal::{json, say, table};
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::error::{Error, Result};
use srez_pipeline::versions::{self, Returned, VersionLine};
use srez_store::{Difference, HeldUnit, Moved, Snapshot, Store, UnitChange, UnitKey};
use srez_wording::{number, plural};
use std::collections::{BTreeMap, BTreeSet};

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct History {
    /// Файл конвейера, например pipelines/demo.toml
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Utf8PathBuf,
    #[command(flatten)]
    deed: Deed,
    /// Почему так решено; останется в истории
    #[arg(long, value_name = "ТЕКСТ", default_value = "", hide_default_value = true)]
    reason: String,
    /// Список срезов в JSON, для других программ
    #[arg(long)]
    json: bool,
}

/// What to do; without any, the versions are listed.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Deed {
    /// Показать срез: работы, школы, классы
    #[arg(long, value_name = "СРЕЗ")]
    show: Option<u64>,
    /// Сравнить два среза: что прибыло, убыло, исправлено
    #[arg(long, num_args = 2, value_names = ["СРЕЗ", "СРЕЗ"])]
    diff: Option<Vec<u64>>,
    /// Отменить последний срез: новый срез повторит предыдущий
    #[arg(long)]
    undo: bool,
    /// Вернуться к срезу: новый срез повторит его
    #[arg(long, value_name = "СРЕЗ")]
    return_to: Option<u64>,
    /// Отозвать результаты школы (или одного её класса): они хранятся, но не учитываются
    #[arg(long, num_args = 2..=3, value_names = ["РАБОТА", "ШКОЛА", "КЛАСС"])]
    withdraw: Option<Vec<String>>,
    /// Снова учитывать отозванное
    #[arg(long, num_args = 2..=3, value_names = ["РАБОТА", "ШКОЛА", "КЛАСС"])]
    readmit: Option<Vec<String>>,
}

impl Deed {
    /// True where something is asked for but the list.
    fn is_some(&self) -> bool {
        self.undo
            || self.show.or(self.return_to).is_some()
            || [self.withdraw.is_some(), self.readmit.is_some(), self.diff.is_some()].contains(&true)
    }
}

impl History {
    pub(super) fn run(self) -> Result<u8> {
        let plan = Plan::load(&self.pipeline, None)?;
        let deed = &self.deed;
        if self.json && deed.is_some() {
            return Err(Error::usage("--json относится только к списку срезов").hint("srez history КОНВЕЙЕР --json"));
        }
        if let Some(words) = &deed.withdraw {
            let Decided { exam, school, class } = decided(&plan, words)?;
            withdrawn(&Store::open(&plan.store)?.withdraw(&exam, school, class, &self.reason)?);
        } else if let Some(words) = &deed.readmit {
            let Decided { exam, school, class } = decided(&plan, words)?;
            readmitted(&Store::open(&plan.store)?.readmit(&exam, school, class, &self.reason)?);
        } else if deed.undo || deed.return_to.is_some() {
            returned(&versions::return_to(&plan, deed.return_to, &self.reason)?);
        } else if let Some(versions) = &deed.diff {
            let [first, second] = [0, 1].map(|place| versions.get(place).copied().unwrap_or(0));
            say(&format!("Срез {first} → срез {second}"));
            difference(&versions::difference(&plan, first, second)?);
        } else if let Some(version) = deed.show {
            show(&Snapshot::open(&plan.store)?.at(version)?);
        } else {
            let versions = versions::versions(&plan)?;
            if self.json {
                json(&versions)?;
            } else {
                list(&plan, &versions);
            }
        }
        Ok(0)
    }
}

/// What a decision is about.
struct Decided<'a> {
    exam: ExamKey,
    school: &'a str,
    /// None: the whole school.
    class: Option<&'a str>,
}

/// What the words after a parameter name.
fn decided<'a>(plan: &Plan, words: &'a [String]) -> Result<Decided<'a>> {
    let snapshot = Snapshot::open(&plan.store)?;
    let [exam, school, class @ ..] = words else {
        return Err(Error::usage("нужны работа и школа").hint("например: --withdraw vpr-2026-math-8 edu234567 8А"));
    };
    let known: BTreeSet<&ExamKey> = snapshot.units().into_iter().map(|held| held.exam).collect();
    let Some(exam) = known.iter().find(|key| key.id() == *exam) else {
        let ids: Vec<String> = known.iter().map(|key| key.id()).collect();
        let near = srez_config::faults::nearest(exam, ids.iter().map(String::as_str));
        let hint = near.map_or_else(
            || format!("что есть, показывает `srez history КОНВЕЙЕР --show {}`", snapshot.version()),
            |near| format!("ближайшая — {near}"),
        );
        return Err(Error::usage(format!("работы «{exam}» в хранилище нет")).hint(hint));
    };
    Ok(Decided { exam: (*exam).clone(), school, class: class.first().map(String::as_str) })
}

fn list(plan: &Plan, versions: &[VersionLine]) {
    if versions.is_empty() {
        say(&format!("Хранилище {} пусто. Наполнить его: srez run с этим конвейером.", plan.store));
        return;
    }
    let count = |n: u64| if n == 0 { "–".to_owned() } else { number::count(n) };
    let row = |version: &VersionLine| {
        let [works, new, replaced, changed] =
            [version.works, version.new, version.replaced, version.rows_changed].map(count);
        let rows = number::count(version.rows);
        let (program, reason) = (version.program.clone(), version.reason.clone());
        vec![version.version.to_string(), version.what.clone(), works, new, replaced, changed, rows, program, reason]
    };
    let head = ["Срез", "Что", "Работ", "Новых", "Заменено", "Исправлено строк", "Строк всего", "Программа", "Почему"];
    table(&head, &versions.iter().map(row).collect::<Vec<_>>());
    say("");
    say("Новые и заменённые — блоки «работа — школа — класс». Подробнее: --show СРЕЗ, --diff СРЕЗ СРЕЗ, --undo.");
}

fn show(snapshot: &Snapshot) {
    let versions = snapshot.versions();
    let Some(last) = versions.last() else {
        say("Срез 0: пустое хранилище.");
        return;
    };
    say(&format!(
        "Срез {}: {}, {}",
        last.version,
        versions::title(&last.action),
        plural::nominative(last.rows, plural::ROW)
    ));
    if !last.reason.is_empty() {
        say(&format!("Почему: {}", last.reason));
    }
    let touched: BTreeMap<(&ExamKey, &UnitKey), &UnitChange> =
        last.changes.iter().map(|(exam, unit, change)| ((exam, unit), change)).collect();
    let rows: Vec<Vec<String>> = snapshot
        .units()
        .into_iter()
        .map(|HeldUnit { exam, unit, rows, is_withdrawn }| {
            let state = match (is_withdrawn, touched.get(&(exam, unit))) {
                (true, _) => "отозван, не учитывается".to_owned(),
                (false, Some(UnitChange::New { .. })) => "новый".to_owned(),
                (false, Some(UnitChange::Replaced { rows_changed, .. })) => {
                    format!("заменён: исправлено {}", plural::nominative(u64::from(*rows_changed), plural::ROW))
                }
                (false, _) => String::new(),
            };
            let [school, class, date] = [&unit.school, &unit.class, &unit.date].map(|name| or_dash(name));
            vec![exam.id(), school, class, date, rows.to_string(), state]
        })
        .collect();
    table(&["Работа", "Школа", "Класс", "День", "Строк", "В этом срезе"], &rows);
    for exam in &last.specifications {
        say(&format!("{}: изменилась только спецификация", exam.id()));
    }
}

fn or_dash(name: &str) -> String {
    if name.is_empty() { "–".to_owned() } else { name.to_owned() }
}

fn difference(difference: &Difference) {
    if difference.units.is_empty() {
        say(&versions::told(difference));
        return;
    }
    let rows: Vec<Vec<String>> = difference
        .units
        .iter()
        .map(|unit| {
            let count = |rows: Option<u32>| rows.map_or_else(|| "–".to_owned(), |rows| rows.to_string());
            vec![
                unit.exam.id(),
                unit.unit.to_string(),
                count(unit.rows_before),
                count(unit.rows_after),
                unit.came.to_string(),
                unit.went.to_string(),
                unit.changed.to_string(),
            ]
        })
        .collect();
    table(&["Работа", "Школа, класс", "Строк было", "стало", "Прибыло", "Убыло", "Исправлено"], &rows);
    say("");
    say(&versions::told(difference));
}

fn withdrawn(moved: &Moved) {
    say(&format!("Срез {}: отозвано, больше не учитывается:", moved.version));
    units(moved);
    say("Тот же файл, присланный снова, учтён не будет; исправленный — будет.");
    say("Теперь: srez run, чтобы обновить документы. Передумали: то же с --readmit.");
}

fn readmitted(moved: &Moved) {
    say(&format!("Срез {}: снова учитывается:", moved.version));
    units(moved);
    say("Теперь: srez run, чтобы обновить документы.");
}

fn units(moved: &Moved) {
    for unit in &moved.units {
        say(&format!("  {unit}"));
    }
    let blocks = plural::nominative(moved.units.len() as u64, plural::BLOCK);
    say(&format!("  всего {blocks}, {}", plural::nominative(moved.rows, plural::ROW)));
}

fn returned(returned: &Returned) {
    let Returned { version, to, before, difference: changed } = returned;
    say(&format!("Срез {version}: всё снова как в срезе {to}. Отличия от среза {before}:"));
    difference(changed);
    say("Прежний срез не удалён: вернуть его можно так же (--return-to).");
    say("До следующего srez run уберите из папок файлы, которые не должны учитываться: иначе они будут приняты снова.");
}
