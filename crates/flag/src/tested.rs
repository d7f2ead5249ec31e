//! Signs with a test of their own: one p per school and exam, one family of tests per procedure and year.
//!
//! A sign has a family of its own, or shares one with the other markers. q decides, then the size gate of the sign;
//! what became of every check is counted in four states, so that what was not tested is never said to be absent.

use super::{Settings, finding};
use srez_model::check::CheckState;
use srez_model::finding::{Family, Finding, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::SignDefinition;
use srez_model::tally::Group;
use srez_statistics::benjamini_hochberg;
use srez_wording::number;
use srez_wording::sentence::checks;
use std::collections::BTreeMap;

/// One test of a school, and what would be said if it fired.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) school: String,
    pub(super) matter: Matter,
    /// Tasks that it rests on, where the matter does not say it all.
    pub(super) tasks: Vec<u16>,
    /// Participants of the test.
    pub(super) n: u64,
    /// What the size gate of the sign looks at.
    pub(super) value: f64,
    pub(super) p: f64,
    /// True where size and gates of the sign hold; q alone is open.
    pub(super) large: bool,
    /// About how far off the school must be to be found four times out of five, in the unit of the gate; none where it
    /// is not known.
    pub(super) detectable: Option<f64>,
    /// False where a deviation that matters would often have gone unseen.
    pub(super) is_distinct: bool,
    /// Participants that the finding is about, for the order of findings.
    pub(super) affected: f64,
    pub(super) text: String,
}

impl Test {
    fn state(&self, fired: bool) -> CheckState {
        match (fired, self.is_distinct) {
            (true, _) => CheckState::Found,
            (false, true) => CheckState::NotFound,
            (false, false) => CheckState::Indistinct,
        }
    }
}

/// What a sign did with the schools of one exam.
#[derive(Debug, Default)]
pub(super) struct Checks {
    pub(super) tests: Vec<Test>,
    /// Schools that could not be tested, and why.
    pub(super) untested: Vec<(String, String)>,
    /// Said after what became of the checks.
    pub(super) remark: String,
    /// The same where nobody is found.
    pub(super) if_nobody: String,
}

impl From<Vec<Test>> for Checks {
    fn from(tests: Vec<Test>) -> Self {
        Self { tests, ..Self::default() }
    }
}

/// One test of a school over several works of a procedure: if it fires, it speaks in each of these.
pub(super) struct Joint {
    /// The place of one of its exams: all are of one procedure and year.
    pub(super) exam: usize,
    pub(super) p: f64,
    pub(super) large: bool,
    /// The place of the exam, and what is said there.
    pub(super) works: Vec<(usize, Test)>,
}

/// The joint tests of a sign over all exams of a run.
type JointTests = fn(&Settings<'_>, &[Measures]) -> Vec<Joint>;

/// A sign with its tests.
pub(super) struct Tested {
    pub(super) sign: &'static SignDefinition,
    /// Id of the size gate, which is printed with its findings.
    pub(super) threshold: &'static str,
    pub(super) family: Family,
    pub(super) tests: fn(&Settings<'_>, &Measures) -> Checks,
    /// Tests over the works of a school, where the sign has such.
    pub(super) joint: Option<JointTests>,
    /// What was compared, for the sentence on what became of the checks: it names that and nothing else.
    pub(super) subject: fn(&Settings<'_>, &Measures) -> &'static str,
    /// True where tests that did not fire stand in the table of findings too.
    pub(super) keeps_checked: bool,
}

/// Findings of one sign on one exam, and what became of its checks.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) findings: Vec<Finding>,
    pub(super) states: Vec<CheckState>,
}

/// Place of a test: its sign, its exam, and its number there; joint tests have no exam.
type Slot = (usize, Option<usize>, usize);

/// Every sign on every exam, in the order of the signs, then of the exams.
pub(super) fn judge(settings: &Settings<'_>, all: &[Measures], signs: &[&'static Tested]) -> Vec<Vec<Judged>> {
    let mut checks: Vec<Vec<Checks>> =
        signs.iter().map(|sign| all.iter().map(|measures| (sign.tests)(settings, measures)).collect()).collect();
    let joint: Vec<Vec<Joint>> =
        signs.iter().map(|sign| sign.joint.map_or_else(Vec::new, |joint| joint(settings, all))).collect();
    let q = adjusted(all, signs, &checks, &joint);
    let limit = settings.thresholds.value("tests.q") / 100.0;
    let mut judged = Vec::new();
    for (place, sign) in signs.iter().enumerate() {
        let mut spoken: BTreeMap<(usize, &str), (&Test, f64, f64)> = BTreeMap::new();
        for (number, one) in joint[place].iter().enumerate() {
            let q = q.get(&(place, None, number)).copied().unwrap_or(1.0);
            let fired = if one.large && q <= limit { one.works.as_slice() } else { &[] };
            spoken.extend(fired.iter().map(|(exam, test)| ((*exam, test.school.as_str()), (test, one.p, q))));
        }
        let of_exam = |(exam, (measures, checks)): (usize, (&Measures, &mut Checks))| {
            let made = Verdicts::new(checks, exam, &spoken, |number| {
                q.get(&(place, Some(exam), number)).copied().unwrap_or(1.0)
            });
            made.tell(settings, measures, sign, limit)
        };
        judged.push(all.iter().zip(&mut checks[place]).enumerate().map(of_exam).collect());
    }
    judged
}

/// q of every test within its family.
fn adjusted(
    all: &[Measures],
    signs: &[&'static Tested],
    checks: &[Vec<Checks>],
    joint: &[Vec<Joint>],
) -> BTreeMap<Slot, f64> {
    type Tests = Vec<(Slot, f64)>;
    let mut families: BTreeMap<(&str, u16, &str), Tests> = BTreeMap::new();
    for (place, sign) in signs.iter().enumerate() {
        let family = if sign.family == Family::Markers { "" } else { sign.sign.id.as_str() };
        let key = |exam: usize| {
            let key = &all[exam].exam.key;
            (key.procedure.id(), key.year, family)
        };
        for (exam, checks) in checks[place].iter().enumerate() {
            let tests = checks.tests.iter().enumerate();
            families.entry(key(exam)).or_default().extend(tests.map(|(at, test)| ((place, Some(exam), at), test.p)));
        }
        for (at, one) in joint[place].iter().enumerate() {
            families.entry(key(one.exam)).or_default().push(((place, None, at), one.p));
        }
    }
    let q_of_family = |tests: Tests| {
        let p: Vec<f64> = tests.iter().map(|(_, p)| *p).collect();
        let slots = tests.into_iter().map(|(slot, _)| slot);
        slots.zip(benjamini_hochberg::adjusted(&p)).collect::<Vec<_>>()
    };
    families.into_values().flat_map(q_of_family).collect()
}

/// Tests of one sign on one exam with their p and q; those of several works stand in the place of a school's own.
struct Verdicts {
    tests: Vec<(Test, f64, f64)>,
    /// Schools of which a test over several works speaks.
    of_several: Vec<String>,
    untested: Vec<(String, String)>,
    remark: String,
    if_nobody: String,
}

impl Verdicts {
    fn new(
        checks: &mut Checks,
        exam: usize,
        spoken: &BTreeMap<(usize, &str), (&Test, f64, f64)>,
        q: impl Fn(usize) -> f64,
    ) -> Self {
        let Checks { tests, mut untested, remark, if_nobody } = std::mem::take(checks);
        let mut of_several: BTreeMap<&str, (Test, f64, f64)> = spoken
            .iter()
            .filter(|((own, _), _)| *own == exam)
            .map(|((_, school), (test, p, q))| (*school, ((*test).clone(), *p, *q)))
            .collect();
        let names: Vec<String> = of_several.keys().map(|school| (*school).to_owned()).collect();
        let own = tests.into_iter().enumerate().map(|(at, test)| {
            let p = test.p;
            of_several.remove(test.school.as_str()).unwrap_or_else(|| (test, p, q(at)))
        });
        let mut own: Vec<(Test, f64, f64)> = own.collect();
        own.extend(of_several.into_values());
        untested.retain(|(school, _)| !names.contains(school));
        Self { tests: own, of_several: names, untested, remark, if_nobody }
    }

    fn tell(self, settings: &Settings<'_>, measures: &Measures, sign: &'static Tested, limit: f64) -> Judged {
        let mut judged = Judged::default();
        let mut seen: Option<f64> = None;
        for (test, p, q) in self.tests {
            let fired = self.of_several.contains(&test.school) || (test.large && q <= limit);
            let state = test.state(fired);
            judged.states.push(state);
            if state == CheckState::Indistinct {
                seen = seen.into_iter().chain(test.detectable).reduce(f64::min);
            }
            if fired || sign.keeps_checked {
                judged.findings.push(of_test(settings, measures, sign, test, (p, q, state)));
            }
        }
        judged.states.extend(self.untested.iter().map(|_| CheckState::NotTested));
        if !judged.states.is_empty() {
            let nobody = !judged.states.contains(&CheckState::Found);
            let more = format!("{}{}", self.remark, if nobody { self.if_nobody.as_str() } else { "" });
            let size =
                seen.map_or_else(String::new, |size| size_words(&settings.thresholds.get(sign.threshold).unit, size));
            let words = states_words(&judged.states, &size, &self.untested);
            let subject = (sign.subject)(settings, measures);
            judged.findings.push(grey(
                settings,
                measures,
                sign,
                format!("{subject} ({}). {words}{more}", sign.sign.id),
            ));
        }
        judged
    }
}

/// «11,5 п.п.», from twenty on «31 п.п.»: rounded up, so that no less is promised to be seen; a ratio says of what it
/// is a share. Empty where no share of participants could differ by so much.
fn size_words(unit: &str, size: f64) -> String {
    if unit == "п.п." && 100.0 <= size {
        return String::new();
    }
    let (rounded, decimals) = if size < 20.0 { ((2.0 * size).ceil() / 2.0, 1) } else { (size.ceil(), 0) };
    let whole = if unit == "%" { " обычного разброса" } else { "" };
    format!("{}\u{a0}{unit}{whole}", number::decimal(rounded, decimals))
}

fn states_words(states: &[CheckState], size: &str, untested: &[(String, String)]) -> String {
    let n = |state: CheckState| states.iter().filter(|one| **one == state).count() as u64;
    let [found, not_found, indistinct, left] = CheckState::ALL.map(n);
    let mut why: Vec<&str> = untested.iter().map(|(_, why)| why.as_str()).collect();
    why.sort_unstable();
    why.dedup();
    checks::of_schools(found, not_found, indistinct, left, size, &why.join("; "))
}

fn of_test(
    settings: &Settings<'_>,
    measures: &Measures,
    tested: &Tested,
    test: Test,
    (p, q, state): (f64, f64, CheckState),
) -> Finding {
    let threshold = settings.thresholds.get(tested.threshold);
    let mut one = finding(tested.sign, measures, (Level::School, &test.school), test.matter);
    let fired = state == CheckState::Found;
    one.status = if fired { Status::Probable } else { Status::Checked };
    one.state = Some(state);
    one.value = Some(test.value);
    one.threshold = Some(threshold.value);
    one.unit.clone_from(&threshold.unit);
    one.threshold_source = threshold.source();
    one.n = test.n;
    one.p = Some(p);
    one.q = Some(q);
    one.affected = test.affected;
    one.tasks = test.tasks;
    if fired {
        one.said = Said::of_school(settings.name(&test.school), &test.text);
    }
    one
}

/// What became of the checks, once per exam.
fn grey(settings: &Settings<'_>, measures: &Measures, tested: &Tested, words: String) -> Finding {
    let Group { level, name: group } = &settings.focus;
    let mut one = finding(tested.sign, measures, (*level, group), Matter::Work);
    one.status = Status::Checked;
    one.n = measures.marks_of(*level, group).map_or(0, |row| row.n);
    one.said = Said::sentence(words);
    one
}

/// A deviation that matters is seen where twice the size gate is; `threshold` is the id of the gate.
pub(super) fn is_distinct(settings: &Settings<'_>, threshold: &str, detectable: f64) -> bool {
    detectable <= 2.0 * settings.thresholds.value(threshold).abs()
}

#[cfg(test)]
mod tests {
    use super::size_words;

    #[test]
    fn a_size_is_rounded_up_and_one_beyond_a_hundred_points_is_none() {
        assert_eq!(size_words("п.п.", 11.1), "11,5\u{a0}п.п.");
        assert_eq!(size_words("п.п.", 132.2), "");
        assert_eq!(size_words("%", 96.2), "97\u{a0}% обычного разброса");
        assert_eq!(size_words("работ", 132.0), "132\u{a0}работ");
    }
}
