//! Limits of the funnel drawing; its lines are made with the comparisons of schools, from one model.

use srez_model::measures::{MeasureDefinition, MeasuredOf, ToldIn};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "funnel-limits",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Границы воронки",
    columns: &["funnel.centre", "funnel.chance_low", "funnel.chance_high", "funnel.among_low", "funnel.among_high"],
    unit: "%",
    plain: "пределы, в которых лежали бы 95 школ из 100, если бы отличались одной случайностью: чем меньше участников, \
            тем они шире",
    formula: "t — значение всех школ вместе; внутренние границы — t ± 1,96·σ/√n, σ — разброс учеников внутри классов; \
              внешние — t ± 1,96·√(σ²/n + κ²/max(1; n/25) + τ²), κ² и τ² — средние апостериорных законов разброса \
              классов и школ; доли — на шкале арксинуса; выводы о школах по границам не делаются",
    degenerate: "школ меньше 5 — границ нет, меньше 6 — нет внешних",
    source: "Spiegelhalter 2005; Anscombe 1948",
};
