//! By how much a school differs from the other schools in every measure: the gap, its interval and its probability.

mod judged;
mod known;
mod quantity;
mod sources;

use super::super::census::Census;
use super::super::comparing::{Circle, circles};
use super::super::settings::Settings;
use judged::{Judge, Modelled, obstacle_words};
use quantity::{Quantity, Seen};
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, FunnelRow, MeasureDefinition, MeasuredOf, Measures, ToldIn};
use srez_model::tally::Tally;
use srez_statistics::school_model::Posterior;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "school-gaps",
    told: ToldIn::Text,
    of: MeasuredOf::All,
    title: "Отличие школы от остальных школ",
    columns: &[
        "comparisons.value",
        "comparisons.reference",
        "comparisons.difference",
        "comparisons.gap",
        "comparisons.low",
        "comparisons.high",
        "comparisons.value_low",
        "comparisons.value_high",
        "comparisons.sure",
        "comparisons.sure_school",
        "comparisons.detectable",
        "comparisons.state",
    ],
    unit: "%, п.п., вероятность",
    plain: "на сколько результат школы отличается от остальных школ, если учесть случайность набора учеников: чем \
            меньше школа, тем ближе к остальным; школу называют, только если отличие почти наверное не меньше \
            заданного",
    formula: "работа в целом и умения — процент баллов, умение против остальных заданий — разность их долей у каждого \
              ученика, отметки и группы по баллу — доли на шкале арксинуса; модель «школа, класс, ученик»: x = μ + u + \
              v + e, разбросы школ τ и классов κ имеют полунормальные априорные законы и апостериорный закон на сетке \
              15 × 9; разность — среднее апостериорного закона разности со всеми остальными учениками, границы — 95 %; \
              sure — вероятность, что результат этого года отличается не меньше порога в эту сторону, sure_school — то \
              же о школе в целом (случайны и ученики, и классы); небольшая доля школ может лежать далеко от всех; \
              классы известны, если названы не меньше чем у 90 % участников, иначе их столько, сколько бывает в такой \
              школе; поправка на число проверок не нужна: каждая вероятность уже сжата к тому, что показывают все \
              школы; школы своего муниципалитета, при числе школ меньше 5 — всех файлов, и школы своего типа; \
              detectable — наименьшее отличие в худшую сторону, которое замечают с вероятностью 80 %, вверх \
              до 0,5 п.п.",
    degenerate: "одна школа — сравнить не с чем; разброса нет или степеней свободы внутри классов меньше 20 — не \
                 вычисляется; школа с малым числом участников входит в модель, но не проверяется; классы неизвестны \
                 или в параллели один класс — о школе в целом почти не судят",
    source: "Patterson, Thompson 1971; Gelman 2006; Gelman, Hill, Yajima 2012; Box, Tiao 1968; Anscombe 1948",
};

/// Rows of the schools, and the lines of the drawing.
#[derive(Default)]
pub(crate) struct Gaps {
    pub(crate) comparisons: Vec<ComparisonRow>,
    pub(crate) funnels: Vec<FunnelRow>,
}

/// Everything that the tally holds: skills, the whole work, shares of marks or bands.
pub(crate) fn of_tally(settings: &Settings, tally: &Tally, census: &Census) -> Gaps {
    let mut gaps = Gaps::default();
    gaps.comparisons.extend(sources::without_marks(tally, census));
    for quantity in sources::of_tally(tally, census) {
        add(settings, &quantity, &mut gaps);
    }
    gaps
}

/// Skills against the school's own level, from the second pass over the rows.
pub(crate) fn add_own_levels(settings: &Settings, measures: &mut Measures) {
    let mut gaps = Gaps::default();
    for quantity in sources::of_patterns(measures) {
        add(settings, &quantity, &mut gaps);
    }
    measures.comparisons.extend(gaps.comparisons);
    super::super::sort_comparisons(&mut measures.comparisons);
}

fn add(settings: &Settings, quantity: &Quantity<'_>, gaps: &mut Gaps) {
    let names: Vec<&str> = quantity.schools.iter().map(|school| school.name).collect();
    let judge = Judge::new(settings, quantity);
    for circle in circles(settings, &names, quantity.has_types) {
        let model = modelled(settings, &judge, quantity, &circle);
        let posterior = model.as_ref().ok().map(|model| &model.posterior);
        let bounds = quantity.bounds(settings, &circle.members, posterior);
        let all = quantity.together(&circle.members);
        gaps.comparisons.extend(circle.asked.iter().map(|place| {
            let mut row = row(quantity, &circle, *place, &all);
            let member = circle.members.iter().position(|member| member == place);
            match (&model, member) {
                (Ok(model), Some(member)) => judge.fill(&mut row, model, member),
                (Err(why), _) => row.reason.clone_from(why),
                (Ok(_), None) => {}
            }
            row.value_interval = member.and_then(|member| bounds.around(member, row.value?, row.n));
            row
        }));
        if let (Some(posterior), true, true) = (posterior, !circle.is_of_type, is_drawn(&quantity.measure)) {
            gaps.funnels.extend(super::super::funnel::rows(settings, &quantity.drawn(&circle), posterior));
        }
    }
}

/// The model of a circle, or why there is none.
fn modelled(settings: &Settings, judge: &Judge, quantity: &Quantity<'_>, circle: &Circle) -> Result<Modelled, String> {
    if let Some(why) = [circle.closed, &quantity.closed].into_iter().find(|why| !why.is_empty()) {
        return Err(why.to_owned());
    }
    let sample = quantity.sample(&circle.members).map_err(|obstacle| obstacle_words(obstacle).to_owned())?;
    Ok(judge.modelled(Posterior::new(sample, settings.assumptions()), circle, &quantity.sizes(circle)))
}

/// What is known of a school and of the others without a model.
fn row(quantity: &Quantity<'_>, circle: &Circle, place: usize, all: &Seen<'_>) -> ComparisonRow {
    let own = &quantity.schools[place];
    let others = all.without(own);
    let measure = if circle.is_of_type { quantity.measure.against_same_type() } else { quantity.measure.clone() };
    let mut row = ComparisonRow::new(Level::School, own.name, measure);
    (row.n, row.k, row.classes) = (own.n, own.k, own.classes);
    (row.n_reference, row.k_reference) = (others.n, others.k);
    (row.value, row.reference) = (quantity.percent(own), quantity.percent(&others));
    row.reference_group.clone_from(&circle.group);
    circle.kind.clone_into(&mut row.reference_kind);
    row
}

/// Shares and the whole work are drawn; skills are too many.
fn is_drawn(measure: &MeasureId) -> bool {
    !matches!(measure, MeasureId::Skill(_) | MeasureId::SkillOwn(_))
}

#[cfg(test)]
mod tests;
