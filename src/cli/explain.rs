//! `srez explain CODE`: the rule behind a note, a sign, a measure or a threshold.

use super::terminal::say;
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_config::{faults, thresholds};
use srez_model::error::{Error, Result};
use srez_model::measures::MeasureDefinition;
use srez_model::note::NoteDefinition;
use srez_model::sign::SignDefinition;
use srez_model::threshold::Thresholds;
use srez_wording::rule;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Код: V01, F02, quality-rate, F01.sufficient; вывод по коду из findings.csv; число:
    /// работа/уровень/группа/таблица.столбец
    #[arg(value_name = "КОД")]
    code: String,
    /// Файл конвейера: нужен для выводов и чисел; правило и порог с ним — с порогами конвейера
    #[arg(value_name = "КОНВЕЙЕР")]
    pipeline: Option<Utf8PathBuf>,
}

impl Explain {
    pub(super) fn run(self) -> Result<u8> {
        let code = self.code.trim();
        let plan = self.pipeline.as_deref().map(|pipeline| Plan::load(pipeline, None)).transpose()?;
        let built_in = thresholds::built_in()?;
        let thresholds = plan.as_ref().map_or(&built_in, |plan| &plan.thresholds);
        if let Some(note) = srez_pipeline::codes().find(|note| note.id.as_str().eq_ignore_ascii_case(code)) {
            explain_note(note);
        } else if let Some(sign) = signs().find(|sign| sign.id.as_str().eq_ignore_ascii_case(code)) {
            explain_sign(sign, thresholds);
            for id in sign.thresholds {
                let entry = thresholds.get(id);
                say(&format!("Порог {id}: {} {} — {}", rule::plain(entry.value), entry.unit, entry.source()));
            }
        } else if let Some(measure) =
            srez_measure::MEASURES.iter().find(|measure| measure.id == code || measure.columns.contains(&code))
        {
            explain_measure(measure, thresholds);
        } else if let Some(entry) = thresholds.entries.get(code) {
            say(&format!("{}: {}", entry.id, entry.title));
            say(&format!("Значение: {} {}", rule::plain(entry.value), entry.unit));
            say(&format!("Источник: {}", entry.source()));
            say("Своё значение: раздел [thresholds] конвейера, с причиной.");
        } else if let Some(plan) = &plan {
            super::explain_number::explain(code, plan)?;
        } else {
            let known: Vec<&str> = srez_pipeline::codes()
                .map(|note| note.id.as_str())
                .chain(signs().map(|sign| sign.id.as_str()))
                .chain(srez_measure::MEASURES.iter().map(|measure| measure.id))
                .collect();
            let near = faults::nearest(code, known);
            if code.contains('/') || code.matches('-').count() > 2 {
                return Err(Error::usage(format!("чтобы объяснить «{code}», нужен конвейер"))
                    .hint(format!("srez explain {code} pipelines/demo.toml")));
            }
            let hint = near.map_or_else(
                || "коды показывает `srez list rules`, `srez list signs`".to_owned(),
                |near| format!("ближайший — {near}"),
            );
            return Err(Error::usage(format!("кода «{code}» нет")).hint(hint));
        }
        Ok(0)
    }
}

/// Signs, and the rules that cannot be computed.
fn signs() -> impl Iterator<Item = &'static &'static SignDefinition> {
    srez_flag::SIGNS.iter().chain(srez_flag::NOT_COMPUTED)
}

fn explain_note(note: &NoteDefinition) {
    say(&format!("{} — {}", note.id, note.title));
    say(&format!("Чем грозит: {}", note.severity.title()));
    say(note.explanation);
    say(&format!("Что делать: {}", note.hint));
}

fn explain_sign(sign: &SignDefinition, thresholds: &Thresholds) {
    say(&format!("{} — {}", sign.id, sign.title));
    say(&format!("Правило: {}", rule::in_force(sign, thresholds)));
    say(&format!("Источник: {}", sign.tag.title()));
    say(&format!("Осторожно: {}", sign.caution));
}

fn explain_measure(measure: &MeasureDefinition, thresholds: &Thresholds) {
    say(&format!("{} — {}", measure.id, measure.title));
    say(&format!("Простыми словами: {}", measure.plain));
    say(&format!("Формула: {}", rule::filled(measure.formula, thresholds)));
    say(&format!("Единица: {}", measure.unit));
    say(&format!("Столбцы: {}", measure.columns.join(", ")));
    say(&format!("Когда не вычисляется: {}", rule::filled(measure.degenerate, thresholds)));
    say(&format!("Источник: {}", measure.source));
}
