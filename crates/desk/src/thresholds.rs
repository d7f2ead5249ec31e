//! Thresholds as the page of settings shows them: tried before they are set, set with a reason.

use crate::settings;
use crate::state::Desk;
use crate::workspace::Workspace;
use serde::Deserialize;
use srez_config::edit;
use srez_config::plan::Plan;
use srez_config::thresholds::{Override, built_in, with_overrides};
use srez_model::error::{Error, Result};
use srez_pipeline::what_if::{self, Shift};
use srez_wording::{number, plural, rule, text};
use std::collections::BTreeMap;

/// Most changes that are shown.
const MOST_SHIFTS: usize = 60;

/// A threshold.
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) value: String,
    pub(crate) unit: String,
    pub(crate) source: String,
    /// Whether it is an own one.
    pub(crate) is_own: bool,
    /// What the search looks through.
    pub(crate) find: String,
}

/// All thresholds in force.
pub(crate) fn lines(plan: &Plan) -> Vec<Line> {
    let line = |entry: &srez_model::threshold::Threshold| Line {
        id: entry.id.clone(),
        title: text::capitalised(&entry.title),
        value: rule::plain(entry.value),
        unit: entry.unit.clone(),
        source: entry.source(),
        is_own: !entry.reason.is_empty(),
        find: format!("{} {}", entry.id, entry.title).to_lowercase(),
    };
    plan.thresholds.entries.values().map(line).collect()
}

/// A threshold that is tried or set.
#[derive(Deserialize)]
pub(crate) struct Change {
    id: String,
    /// As typed: «55», «−8,5»; empty sets the program's own value.
    value: String,
    #[serde(default)]
    reason: String,
    /// Of the settings that the page showed.
    #[serde(default)]
    version: String,
}

impl Change {
    /// The typed number; none where the program's own value is meant.
    fn number(&self) -> Result<Option<f64>> {
        let text = self.value.trim().replace(',', ".").replace('\u{2212}', "-");
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        let wrong = || Error::usage(format!("«{}» — не число", self.value.trim())).hint("впишите число, например 55");
        number.map(Some).ok_or_else(wrong)
    }
}

/// What a threshold would change.
pub(crate) struct Tried {
    pub(crate) title: String,
    pub(crate) told: String,
    /// Group: what enters, what leaves; with rule, work, who and what, value.
    pub(crate) groups: Vec<(&'static str, Vec<[String; 5]>)>,
    pub(crate) more: usize,
    pub(crate) source: String,
    pub(crate) id: String,
    pub(crate) value: String,
    pub(crate) is_own: bool,
    pub(crate) version: String,
}

impl Tried {
    /// # Errors
    /// Where the value is no number, nothing was run yet or the history cannot be read.
    pub(crate) fn read(desk: &Desk, plan: &Plan, change: &Change) -> Result<Self> {
        let known = plan.thresholds.entries.get(&change.id);
        let known = known.ok_or_else(|| Error::usage(format!("порога «{}» нет", change.id)))?;
        let value = match change.number()? {
            Some(value) => value,
            None => built_in()?.value(&change.id),
        };
        let own = Override { value, reason: "проверка порога".to_owned() };
        let thresholds = with_overrides(plan.thresholds.clone(), &BTreeMap::from([(change.id.clone(), own)]))?;
        let recounted = desk.recounted(plan)?;
        let shifts = what_if::shifts(plan, &recounted, &thresholds, &srez_pipeline::Silent)?;
        let only = |enters: bool| {
            let of: Vec<[String; 5]> =
                shifts.iter().filter(|shift| shift.enters == enters).map(|shift| shift.cells.clone()).collect();
            of.into_iter().take(MOST_SHIFTS).collect::<Vec<_>>()
        };
        let groups = [("Появится", only(true)), ("Исчезнет", only(false))];
        let shown: usize = groups.iter().map(|(_, of)| of.len()).sum();
        let (old, new) = (rule::plain(known.value), rule::plain(value));
        Ok(Self {
            title: format!("{old} → {new} {}: {}", known.unit, known.title),
            told: told(&shifts),
            groups: groups.into_iter().filter(|(_, of)| !of.is_empty()).collect(),
            more: shifts.len() - shown,
            source: known.source(),
            id: change.id.clone(),
            value: change.value.trim().to_owned(),
            is_own: !known.reason.is_empty(),
            version: desk.workspace().map_or_else(String::new, |own| settings::version_of(&own)),
        })
    }
}

fn told(shifts: &[Shift]) -> String {
    let count = |enters: bool| shifts.iter().filter(|shift| shift.enters == enters).count() as u64;
    match (count(true), count(false)) {
        (0, 0) => "Списки и выводы не меняются.".to_owned(),
        (entered, left) => format!(
            "Строк выводов и списков появится {}, исчезнет {}; всего изменений: {}.",
            number::count(entered),
            number::count(left),
            plural::nominative(entered + left, plural::ROW)
        ),
    }
}

/// Writes an own value with its reason, or takes it away.
pub(crate) fn set(workspace: &Workspace, change: &Change) -> Result<()> {
    let text = srez_disk::read_text(&workspace.settings())?;
    settings::refuse_another(&text, &change.version)?;
    let number = change.number()?;
    if number.is_some() && change.reason.trim().is_empty() {
        return Err(Error::usage("не сказано, кто и когда решил изменить порог")
            .hint("впишите причину: она печатается рядом с каждым выводом"));
    }
    let own = number.map(|number| (number, change.reason.trim()));
    settings::replace(workspace, &edit::with_threshold(&text, &change.id, own)?)
}
