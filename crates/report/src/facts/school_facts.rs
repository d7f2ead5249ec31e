//! What may be said of a school over all its works, the most important first: what a test has shown against the other
//! schools, then the weakest skill of the school by its own measure, then what is hard for everybody.

use super::skills::{self, SkillState, findings_of};
use crate::context::{Chapter, Names};
use crate::sections::worth_studying;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::finding::{Finding, Matter, Status};
use srez_model::level::Level;
use srez_model::sign::Cause;
use srez_model::unit::Percent;

/// What a fact is about; the order is that of importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FactKind {
    /// More «2», or more below the minimum, than in the other schools.
    LowResults,
    /// The work as a whole lies below the other schools.
    LowTotal,
    /// A skill lies below the other schools.
    LowSkill,
    /// A skill lies below the other skills of the school: no comparison with others.
    Reserve,
    /// A skill lies below its threshold in the school, not in the municipality.
    BelowThreshold,
    /// A skill lies below its threshold in the school as in the municipality.
    Common,
}

impl FactKind {
    /// The words of the tables.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::LowResults => "больше, чем в остальных",
            Self::LowTotal | Self::LowSkill => "ниже остальных",
            Self::Reserve => "резерв школы",
            Self::BelowThreshold => "ниже порога",
            Self::Common => "общая трудность",
        }
    }

    /// True where a test against the other schools stands behind it.
    pub(crate) fn is_compared(self) -> bool {
        matches!(self, Self::LowResults | Self::LowTotal | Self::LowSkill)
    }
}

/// One fact.
#[derive(Clone, Debug)]
pub(crate) struct SchoolFact<'a> {
    /// Place of the chapter.
    pub(crate) chapter: usize,
    pub(crate) kind: FactKind,
    /// Name of the skill; empty for the work.
    pub(crate) skill: &'a str,
    /// Ids of its tasks.
    pub(crate) tasks: Vec<&'a str>,
    pub(crate) value: Percent,
    /// Participants counted, for shares.
    pub(crate) k: u64,
    pub(crate) n: u64,
    /// The other schools where they were compared, else the municipality.
    pub(crate) reference: Option<Percent>,
    pub(crate) n_reference: u64,
}

impl SchoolFact<'_> {
    /// Points by which it lies off its reference.
    fn gap(&self) -> f64 {
        self.reference.map_or(0.0, |reference| (reference.0 - self.value.0).abs())
    }
}

/// All facts of a school.
pub(crate) fn of<'a>(context: &'a Names<'_>, chapters: &[Chapter<'a>], school: &'a str) -> Vec<SchoolFact<'a>> {
    let mut found: Vec<SchoolFact<'a>> = Vec::new();
    for (place, chapter) in chapters.iter().enumerate() {
        found.extend(tested(chapter, place, school));
        found.extend(judged(context, chapter, place, school));
    }
    found.sort_by(|first, second| first.kind.cmp(&second.kind).then(second.gap().total_cmp(&first.gap())));
    found
}

/// What a test has shown of the work as a whole.
fn tested<'a>(chapter: &Chapter<'a>, place: usize, school: &'a str) -> Vec<SchoolFact<'a>> {
    let kind = |finding: &Finding| match finding.sign.cause {
        Cause::MoreTwos => Some((FactKind::LowResults, LowResult::of_exam(&chapter.measures.exam).compared())),
        Cause::LowTotal => Some((FactKind::LowTotal, MeasureId::Total)),
        _ => None,
    };
    let fact = |finding: &'a Finding| {
        let (kind, measure) = kind(finding)?;
        let row = chapter.measures.comparison_of(Level::School, school, &measure)?;
        Some(SchoolFact {
            chapter: place,
            kind,
            skill: "",
            tasks: Vec::new(),
            value: row.value?,
            k: row.k,
            n: row.n,
            reference: row.reference,
            n_reference: row.n_reference,
        })
    };
    findings_of(chapter, school).filter(|finding| finding.status == Status::Probable).filter_map(fact).collect()
}

/// Skills that a test or a threshold tells of.
fn judged<'a>(context: &'a Names<'_>, chapter: &Chapter<'a>, place: usize, school: &'a str) -> Vec<SchoolFact<'a>> {
    let of_focus = skills::of(context, chapter, context.focus.level, &context.focus.name);
    let own = skills::of(context, chapter, Level::School, school);
    let needed = own.into_iter().filter(|view| view.state == SkillState::Need || view.is_reserve);
    needed
        .filter_map(|view| {
            let all = of_focus.iter().find(|all| all.row.skill == view.row.skill);
            let kind = match (view.tested, view.is_reserve) {
                (Some(_), _) => FactKind::LowSkill,
                (None, true) => FactKind::Reserve,
                (None, false) if all.is_some_and(|all| all.state == SkillState::Need) => FactKind::Common,
                (None, false) => FactKind::BelowThreshold,
            };
            let others = chapter.measures.comparison_of(Level::School, school, &MeasureId::skill(&view.row.title));
            let others = others.filter(|_| kind == FactKind::LowSkill);
            let of_place = all.and_then(|all| Some((all.row.pct?.value, all.row.n)));
            let (reference, n_reference) = match others {
                Some(row) => (row.reference, row.n_reference),
                None => (of_place.map(|(value, _)| value), of_place.map_or(0, |(_, n)| n)),
            };
            let tasks = if view.tasks.is_empty() { tasks_of(chapter, &view.row.title) } else { view.tasks };
            Some(SchoolFact {
                chapter: place,
                kind,
                skill: &view.row.title,
                tasks,
                value: view.row.pct?.value,
                k: 0,
                n: view.row.n,
                reference,
                n_reference,
            })
        })
        .collect()
}

fn tasks_of<'a>(chapter: &Chapter<'a>, skill: &str) -> Vec<&'a str> {
    let measures: &'a srez_model::measures::Measures = chapter.measures;
    measures.exam.tasks.iter().filter(|task| task.matter() == skill).map(|task| task.id.as_str()).collect()
}

/// A skill or work in which the school does better than the others.
pub(crate) struct Strength<'a> {
    /// Place of the chapter.
    pub(crate) chapter: usize,
    /// Name of the skill; «работа в целом» for the work.
    pub(crate) title: String,
    pub(crate) value: Percent,
    pub(crate) n: u64,
    pub(crate) reference: Percent,
    pub(crate) school: &'a str,
}

/// Where the school does better than the others; works with an open question to their scores are left out.
pub(crate) fn strengths<'a>(chapters: &[Chapter<'a>], school: &'a str) -> Vec<Strength<'a>> {
    let of_chapter = |(place, chapter): (usize, &Chapter<'a>)| {
        let entries = worth_studying::list(chapter).map(|list| list.entries.as_slice()).unwrap_or_default();
        let entries = entries.iter().filter(|entry| entry.school == school);
        entries.map(move |entry| Strength {
            chapter: place,
            title: match entry.matter {
                Matter::Work => "работа в целом".to_owned(),
                _ => entry.matter_title.clone(),
            },
            value: entry.value,
            n: entry.n,
            reference: entry.reference,
            school,
        })
    };
    let is_open = |one: &Strength<'_>| chapters.get(one.chapter).is_some_and(|it| has_open_question(it, one.school));
    chapters.iter().enumerate().flat_map(of_chapter).filter(|one| !is_open(one)).collect()
}

/// Signs that ask about the distribution of scores: they stand on the service page of an interview and nowhere else.
pub(crate) const OF_DISTRIBUTION: [&str; 5] = ["S05", "S07", "S08", "S09", "S12"];

/// True where the scores of a school in a work ask for an explanation.
pub(crate) fn has_open_question(chapter: &Chapter<'_>, school: &str) -> bool {
    findings_of(chapter, school).any(|finding| is_of_distribution(finding) && finding.is_told())
}

/// True for a finding about the distribution of scores that was made.
pub(crate) fn is_of_distribution(finding: &Finding) -> bool {
    OF_DISTRIBUTION.contains(&finding.sign.id.as_str()) && !matches!(finding.status, Status::Checked | Status::NoData)
}

/// What became of the checks of a school in its works.
#[derive(Clone, Debug, Default)]
pub(crate) struct Works {
    /// Compared, and something was found.
    pub(crate) found: Vec<usize>,
    /// Compared, nothing found.
    pub(crate) quiet: Vec<usize>,
    /// Those of the quiet ones where a small difference would go unseen.
    pub(crate) unseen: Vec<usize>,
    /// Taken and not compared, with enough participants.
    pub(crate) untested: Vec<usize>,
    /// Taken by too few for shares.
    pub(crate) small: Vec<usize>,
}

/// The works of a school by what became of their checks.
pub(crate) fn works(context: &Names<'_>, chapters: &[Chapter<'_>], school: &str, facts: &[SchoolFact<'_>]) -> Works {
    use srez_model::check::CheckState;
    let mut works = Works::default();
    let better = strengths(chapters, school);
    for (place, chapter) in chapters.iter().enumerate() {
        let n = super::results::participants(chapter.measures, Level::School, school);
        if n == 0 {
            continue;
        }
        let is_told = facts.iter().any(|fact| fact.chapter == place && fact.kind <= FactKind::Reserve)
            || better.iter().any(|one| one.chapter == place);
        let measures = [MeasureId::Total, LowResult::of_exam(&chapter.measures.exam).compared()];
        let states = measures.iter().filter_map(|measure| {
            let row = chapter.measures.comparison_of(Level::School, school, measure)?;
            row.state.is_tested().then_some(row.state)
        });
        let states: Vec<CheckState> = states.collect();
        if is_told {
            works.found.push(place);
        } else if super::results::is_small(context, n) {
            works.small.push(place);
        } else if states.is_empty() {
            works.untested.push(place);
        } else {
            works.quiet.push(place);
            if states.contains(&CheckState::Indistinct) {
                works.unseen.push(place);
            }
        }
    }
    works
}
