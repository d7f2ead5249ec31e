//! Schools against the curve of all, tilted to their mean, and against each other.

use super::{Exam, School};
use crate::settings::Settings;
use srez_model::check::CheckState;
use srez_model::level::Level;
use srez_model::measures::BoundaryRow;
use srez_model::unit::as_f64;
use srez_statistics::moments::Sums;
use srez_statistics::smooth_counts::{Curve, Excess};
use srez_statistics::unusual::{self, Place, Unit};

/// Rows of all schools; q is filled over all exams.
pub(crate) fn test(settings: &Settings, exam: &Exam<'_>) -> Vec<BoundaryRow> {
    exam.circles().into_iter().flat_map(|(members, asked)| of_circle(settings, exam, &members, &asked)).collect()
}

/// A school in its circle.
struct Member<'a> {
    place: usize,
    school: &'a School<'a>,
    tilt: f64,
    /// None where nobody stands at the cuts.
    excess: Option<Excess>,
    /// Why it is not tested; empty where it is.
    closed: &'static str,
}

fn of_circle(settings: &Settings, exam: &Exam<'_>, members: &[usize], asked: &[usize]) -> Vec<BoundaryRow> {
    let schools: Vec<&School<'_>> = members.iter().filter_map(|place| exam.schools.get(*place)).collect();
    let mut counts = vec![0; exam.last + 1];
    for school in &schools {
        counts.iter_mut().zip(&school.counts).for_each(|(sum, own)| *sum += own);
    }
    let curve = match exam.curve(&counts) {
        Ok(curve) => curve,
        Err(why) => return asked.iter().flat_map(|place| untested(exam, *place, why)).collect(),
    };
    let tilts = Tilts::of(&schools);
    let members: Vec<Member<'_>> = members
        .iter()
        .filter_map(|place| Some((*place, exam.schools.get(*place)?)))
        .map(|(place, school)| member(settings, exam, &curve, (place, school), tilts.of_school(school)))
        .collect();
    let places = places(settings, &members);
    let all = members.iter().filter_map(|one| one.excess.as_ref());
    let sum = all.fold((0.0, 0.0), |(value, n), one| (value + one.value * one.n, n + one.n));
    let tested = places.as_ref().map_or(0, |places| places.iter().flatten().count());
    let rows = (0..).zip(&members).filter(|(_, one)| asked.contains(&one.place)).flat_map(|(place, one)| {
        let found = match &places {
            Ok(places) => places.get(place).copied().flatten().ok_or(one.closed),
            Err(why) => Err(if one.closed.is_empty() { *why } else { one.closed }),
        };
        rows(exam, &curve, one, sum, found.map(|found| (found, tested)))
    });
    rows.collect()
}

fn untested(exam: &Exam<'_>, place: usize, why: &str) -> Vec<BoundaryRow> {
    let Some(school) = exam.schools.get(place) else { return Vec::new() };
    let mut rows = exam.rows((Level::School, school.name), &school.counts, None);
    if let Some(all) = rows.last_mut() {
        all.state = Some(CheckState::NotTested);
        why.clone_into(&mut all.reason);
    }
    rows
}

/// How the curve of a circle is tilted to a school: `(mean of the school − mean of all)/σ²` within schools.
struct Tilts {
    mean: f64,
    variance: f64,
}

impl Tilts {
    fn of(schools: &[&School<'_>]) -> Self {
        let (mut all, mut squares, mut counted) = (Sums::default(), 0.0, 0);
        for totals in schools.iter().map(|school| school.totals).filter(|totals| totals.n != 0) {
            all.n += totals.n;
            all.sum += totals.sum;
            squares += totals.sum_of_squares();
            counted += 1;
        }
        let degrees = as_f64(all.n.saturating_sub(counted).max(1));
        Self { mean: all.mean().unwrap_or(0.0), variance: squares / degrees }
    }

    /// 0 where scores do not spread within schools.
    fn of_school(&self, school: &School<'_>) -> f64 {
        let difference = school.totals.mean().map_or(0.0, |mean| mean - self.mean);
        if self.variance <= 1e-9 { 0.0 } else { difference / self.variance }
    }
}

fn member<'a>(
    settings: &Settings,
    exam: &Exam<'_>,
    curve: &Curve,
    (place, school): (usize, &'a School<'a>),
    tilt: f64,
) -> Member<'a> {
    let limit = |id: &str| settings.thresholds.value(id);
    let excess = curve.excess(&exam.pairs(&school.counts), tilt);
    let closed = if as_f64(school.totals.n) < limit("S05.participants") {
        "не проверяется: мало участников"
    } else if excess.as_ref().is_none_or(|own| own.n < limit("S05.pair")) {
        "не проверяется: мало работ у границ"
    } else {
        ""
    };
    Member { place, school, tilt, excess, closed }
}

/// Where every member lies among the others that are tested; none for one that is not.
fn places(settings: &Settings, members: &[Member<'_>]) -> Result<Vec<Option<Place>>, &'static str> {
    const FEW: &str = "не проверяется: мало школ, с которыми можно сравнить";
    let unit = |one: &Member<'_>| {
        let own = one.excess.as_ref().filter(|_| one.closed.is_empty());
        own.map_or(Unit { value: f64::NAN, variance: 0.0 }, |own| Unit { value: own.value, variance: own.variance })
    };
    let tested = members.iter().filter(|one| one.closed.is_empty()).count();
    if as_f64(tested as u64) < settings.thresholds.value("unusual.schools") {
        return Err(FEW);
    }
    unusual::places(&members.iter().map(unit).collect::<Vec<_>>()).map_err(|_| FEW)
}

fn rows(
    exam: &Exam<'_>,
    curve: &Curve,
    one: &Member<'_>,
    (value, n): (f64, f64),
    found: Result<(Place, usize), &'static str>,
) -> Vec<BoundaryRow> {
    let mut rows = exam.rows((Level::School, one.school.name), &one.school.counts, Some((curve, one.tilt)));
    let Some(all) = rows.last_mut() else { return rows };
    let own = one.excess.as_ref().map_or((0.0, 0.0), |own| (own.value * own.n, own.n));
    all.excess_others = (0.0 < n - own.1).then(|| (value - own.0) / (n - own.1));
    all.state = Some(CheckState::NotTested);
    match found {
        Ok((place, tested)) => {
            all.p = Some(place.up);
            all.detectable = Some(place.detectable(tested, unusual::LEVEL));
        }
        Err(why) => why.clone_into(&mut all.reason),
    }
    rows
}
