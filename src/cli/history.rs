//! `srez history`: the contents of the store, version by version; compare, return, withdraw.

use super::terminal::{say, table};
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::error::{Error, Result};
use srez_store::{Action, Difference, HeldUnit, Moved, Snapshot, Store, UnitChange, UnitKey, VersionOverview};
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

impl History {
    pub(super) fn run(self) -> Result<u8> {
        let plan = Plan::load(&self.pipeline, None)?;
        let deed = &self.deed;
        if let Some(words) = &deed.withdraw {
            let Decided { exam, school, class } = decided(&plan, words)?;
            withdrawn(&Store::open(&plan.store)?.withdraw(&exam, school, class, &self.reason)?);
        } else if let Some(words) = &deed.readmit {
            let Decided { exam, school, class } = decided(&plan, words)?;
            readmitted(&Store::open(&plan.store)?.readmit(&exam, school, class, &self.reason)?);
        } else if deed.undo || deed.return_to.is_some() {
            let mut store = open(&plan)?;
            let before = store.version();
            let to = store.return_to(deed.return_to, &self.reason)?;
            returned(&store, before, to)?;
        } else if let Some(versions) = &deed.diff {
            let snapshot = Snapshot::open(&plan.store)?;
            let at = |place: usize| snapshot.at(versions.get(place).copied().unwrap_or(0));
            let (first, second) = (at(0)?, at(1)?);
            say(&format!("Срез {} → срез {}", first.version(), second.version()));
            difference(&first.difference(&second)?);
        } else if let Some(version) = deed.show {
            show(&Snapshot::open(&plan.store)?.at(version)?);
        } else {
            list(&plan, &Snapshot::open(&plan.store)?.versions());
        }
        Ok(0)
    }
}

/// Opens an existing store: a decision never makes a new one.
fn open(plan: &Plan) -> Result<Store> {
    Snapshot::open(&plan.store)?;
    Store::open(&plan.store)
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

/// «поставка», «возврат к срезу 3».
fn action(action: &Action) -> String {
    match action {
        Action::Delivery => "поставка".to_owned(),
        Action::Withdrawal => "отзыв".to_owned(),
        Action::Readmission => "отозванное снова учтено".to_owned(),
        Action::Return { to } => format!("возврат к срезу {to}"),
        Action::Conversion => "перевод на новое устройство хранилища".to_owned(),
    }
}

fn list(plan: &Plan, versions: &[VersionOverview]) {
    if versions.is_empty() {
        say(&format!("Хранилище {} пусто. Наполнить его: srez run с этим конвейером.", plan.store));
        return;
    }
    let rows: Vec<Vec<String>> = versions
        .iter()
        .map(|version| {
            let exams: BTreeSet<&ExamKey> = version.changes.iter().map(|(exam, ..)| exam).collect();
            let count = |which: fn(&UnitChange) -> bool| {
                let n = version.changes.iter().filter(|(_, _, change)| which(change)).count() as u64;
                if n == 0 { "–".to_owned() } else { number::count(n) }
            };
            let changed: u64 = version.changes.iter().map(|(_, _, change)| rows_changed(change)).sum();
            vec![
                version.version.to_string(),
                action(&version.action),
                if exams.is_empty() { "–".to_owned() } else { exams.len().to_string() },
                count(|change| matches!(change, UnitChange::New { .. })),
                count(|change| matches!(change, UnitChange::Replaced { .. })),
                if changed == 0 { "–".to_owned() } else { number::count(changed) },
                number::count(version.rows),
                version.program.clone(),
                version.reason.clone(),
            ]
        })
        .collect();
    let head = ["Срез", "Что", "Работ", "Новых", "Заменено", "Исправлено строк", "Строк всего", "Программа", "Почему"];
    table(&head, &rows);
    say("");
    say("Новые и заменённые — блоки «работа — школа — класс». Подробнее: --show СРЕЗ, --diff СРЕЗ СРЕЗ, --undo.");
}

fn rows_changed(change: &UnitChange) -> u64 {
    match change {
        UnitChange::Replaced { rows_changed, .. } => u64::from(*rows_changed),
        _ => 0,
    }
}

fn show(snapshot: &Snapshot) {
    let versions = snapshot.versions();
    let Some(last) = versions.last() else {
        say("Срез 0: пустое хранилище.");
        return;
    };
    say(&format!("Срез {}: {}, {}", last.version, action(&last.action), plural::nominative(last.rows, plural::ROW)));
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
        say(&format!("Отличий нет: {} те же.", plural::nominative(difference.same, plural::BLOCK)));
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
    let schools: BTreeSet<&str> = difference.units.iter().map(|unit| unit.unit.school.as_str()).collect();
    let sum = |of: fn(&srez_store::UnitDifference) -> u32| -> u64 {
        difference.units.iter().map(|unit| u64::from(of(unit))).sum()
    };
    say("");
    say(&format!(
        "Отличаются {} ({}): участников прибыло {}, убыло {}, исправлено {}. Без изменений {}.",
        plural::nominative(difference.units.len() as u64, plural::BLOCK),
        plural::nominative(schools.len() as u64, plural::SCHOOL),
        number::count(sum(|unit| unit.came)),
        number::count(sum(|unit| unit.went)),
        number::count(sum(|unit| unit.changed)),
        plural::nominative(difference.same, plural::BLOCK),
    ));
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

fn returned(store: &Store, before: u64, to: u64) -> Result<()> {
    say(&format!("Срез {}: всё снова как в срезе {to}. Отличия от среза {before}:", store.version()));
    let last = store.snapshot();
    difference(&last.at(before)?.difference(last)?);
    say("Прежний срез не удалён: вернуть его можно так же (--return-to).");
    say("До следующего srez run уберите из папок файлы, которые не должны учитываться: иначе они будут приняты снова.");
    Ok(())
}
