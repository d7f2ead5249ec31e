//! An attacker with linear programming over everything that editions print, of this month and of the last.
//!
//! The attacker has the edition of an association with its packet, and the public one. He knows which schools there
//! are, their types, the maxima of the tasks and the scale; every printed number to its printed precision; and which
//! schools delivered something new. For each hidden number he asks how small and how large it can be. If the two are
//! less than five apart, an estimate in the middle is certain within ±2: then the number counts as recovered.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
use srez_model::edition::{Cut, EditionExam, EditionRow, ExamCounts, GroupCounts};
use srez_model::measures::TaskByMarkRow;
use srez_model::unit::as_f64;
use std::collections::{BTreeMap, BTreeSet};

/// Width from which a hidden number is no longer certain within ±2.
pub(crate) const SURE: f64 = 5.0;

/// A number in the eyes of the attacker: printed, or a variable.
#[derive(Clone, Copy)]
pub(crate) enum Seen {
    Known(f64),
    Hidden(usize),
}

/// What one month's tables say about one group.
pub(crate) struct Group {
    pub(crate) n: Seen,
    pub(crate) columns: Vec<Seen>,
    /// Marks one by one, though the tables may merge them; empty if the work has none.
    bands: Vec<Seen>,
    pub(crate) tasks: Vec<Seen>,
    /// Points of the pupils with a mark that the packet prints, by task and mark; the rest under mark 0.
    by_mark: BTreeMap<(usize, u8), Seen>,
}

impl Group {
    /// A school without deliveries.
    fn nothing(like: &Self) -> Self {
        let zeros = |seen: &[Seen]| vec![Seen::Known(0.0); seen.len()];
        Self {
            n: Seen::Known(0.0),
            columns: zeros(&like.columns),
            bands: zeros(&like.bands),
            tasks: zeros(&like.tasks),
            by_mark: BTreeMap::new(),
        }
    }
}

/// All numbers of one month, by school; the last entry is the total.
pub(crate) type Month = Vec<(String, Group)>;

/// Variables with their factors, what they are compared with.
type Constraint = (Vec<(usize, f64)>, ComparisonOp, f64);

/// The attacker's program: constraints gathered so far.
pub(crate) struct Attack {
    variables: usize,
    constraints: Vec<Constraint>,
    max: Vec<u64>,
    /// Most points that the pupils without a mark may have, by task.
    pub(crate) beyond: Vec<f64>,
    bounds: Option<[(u64, u64); 4]>,
    /// Solutions seen so far: their values are possible.
    possible: Vec<Vec<f64>>,
}

impl Attack {
    /// An attacker who knows the maxima of the tasks and the bounds of the marks, where there is a scale.
    pub(crate) fn new(max: &[u64], bounds: Option<[(u64, u64); 4]>) -> Self {
        let beyond = vec![0.0; max.len()];
        Self { variables: 0, constraints: Vec::new(), max: max.to_vec(), beyond, bounds, possible: Vec::new() }
    }

    fn see(&mut self, printed: Option<f64>) -> Seen {
        match printed {
            Some(value) => Seen::Known(value),
            None => {
                self.variables += 1;
                Seen::Hidden(self.variables - 1)
            }
        }
    }

    /// `sum of terms (op) constant`, known numbers moved to the right.
    fn require(&mut self, terms: &[(Seen, f64)], op: ComparisonOp, constant: f64) {
        let mut right = constant;
        let mut left: BTreeMap<usize, f64> = BTreeMap::new();
        for (seen, factor) in terms {
            match seen {
                Seen::Known(value) => right -= value * factor,
                Seen::Hidden(variable) => *left.entry(*variable).or_insert(0.0) += factor,
            }
        }
        left.retain(|_, factor| *factor != 0.0);
        if !left.is_empty() {
            self.constraints.push((left.into_iter().collect(), op, right));
        }
    }

    fn same(&mut self, one: Seen, other: Seen) {
        self.require(&[(one, 1.0), (other, -1.0)], ComparisonOp::Eq, 0.0);
    }

    /// A row as printed; if some pupils were not given a task, `exact` gives the sums behind the shares.
    fn group(&mut self, row: &EditionRow, cut: Cut, exact: Option<&GroupCounts>, banded: bool) -> Group {
        let n = self.see(row.n.map(as_f64));
        let count =
            |place: usize| row.n.and_then(|n| row.shares.get(place).map(|share| (share.0 * as_f64(n) / 100.0).round()));
        let columns: Vec<Seen> = (0..cut.columns().len()).map(|place| self.see(count(place))).collect();
        let bands = match (banded, cut) {
            (false, _) => Vec::new(),
            (true, Cut::Four) => columns.clone(),
            (true, _) => (0..4).map(|_| self.see(None)).collect(),
        };
        let most = |task: usize| row.n.map(|n| as_f64(n * self.max[task]));
        let sums: Vec<Option<f64>> = row
            .tasks
            .iter()
            .enumerate()
            .map(|(task, share)| match (exact, share) {
                (Some(exact), Some(_)) => exact.tasks.get(task).map(|part| as_f64(part.sum)),
                (Some(exact), None) => exact.tasks.get(task).filter(|part| part.most == 0).map(|_| 0.0),
                (None, share) => Some((share.as_ref()?.0 * most(task)? / 100.0).round()),
            })
            .collect();
        let tasks: Vec<Seen> = sums.into_iter().map(|sum| self.see(sum)).collect();
        Group { n, columns, bands, tasks, by_mark: BTreeMap::new() }
    }

    /// Everything that one month's tables for an association say.
    pub(crate) fn month(&mut self, edition: &EditionExam, exact: Option<&ExamCounts>) -> Month {
        let total = exact.map(ExamCounts::total);
        let banded = total.as_ref().is_none_or(GroupCounts::has_bands);
        let cut = edition.cut;
        let mut rows: Vec<(String, Group)> = Vec::new();
        for row in edition.rows.iter().skip(1).chain(edition.rows.first()) {
            let of_school = exact.and_then(|exact| exact.school(&row.group)).or(total.as_ref());
            let group = self.group(row, cut, of_school, banded);
            rows.push((row.group.clone(), group));
        }
        for (_, group) in &rows {
            self.inside(group, cut);
        }
        let (total, schools) = rows.split_last().unwrap();
        let sum = |pick: &dyn Fn(&Group) -> Seen| {
            let mut terms: Vec<(Seen, f64)> = schools.iter().map(|(_, group)| (pick(group), 1.0)).collect();
            terms.push((pick(&total.1), -1.0));
            terms
        };
        self.require(&sum(&|group| group.n), ComparisonOp::Eq, 0.0);
        for place in 0..cut.columns().len() {
            self.require(&sum(&|group| group.columns[place]), ComparisonOp::Eq, 0.0);
        }
        for place in 0..total.1.bands.len() {
            self.require(&sum(&|group| group.bands[place]), ComparisonOp::Eq, 0.0);
        }
        for task in 0..self.max.len() {
            self.require(&sum(&|group| group.tasks[task]), ComparisonOp::Eq, 0.0);
        }
        rows
    }

    /// What holds inside one group: marks add up, points are at most what they can be, the scale constrains both.
    fn inside(&mut self, group: &Group, cut: Cut) {
        if !group.bands.is_empty() {
            let of = |places: &[usize]| places.iter().map(|place| (group.bands[*place], 1.0)).collect::<Vec<_>>();
            let mut all = of(&[0, 1, 2, 3]);
            all.push((group.n, -1.0));
            self.require(&all, ComparisonOp::Eq, 0.0);
            for (column, places) in group.columns.iter().zip(cut.columns()) {
                let mut terms = of(places);
                terms.push((*column, -1.0));
                self.require(&terms, ComparisonOp::Eq, 0.0);
            }
        }
        for (task, seen) in group.tasks.iter().enumerate() {
            self.require(&[(*seen, 1.0), (group.n, -as_f64(self.max[task]))], ComparisonOp::Le, self.beyond[task]);
        }
        if !group.bands.is_empty() {
            let points: Vec<Seen> = group.tasks.clone();
            let bands: Vec<(usize, Seen)> = group.bands.iter().copied().enumerate().collect();
            self.on_the_scale(&points, &bands);
        }
    }

    /// The score of pupils with these marks lies where the scale puts it.
    fn on_the_scale(&mut self, points: &[Seen], bands: &[(usize, Seen)]) {
        let Some(scale) = self.bounds else { return };
        let points: Vec<(Seen, f64)> = points.iter().map(|seen| (*seen, 1.0)).collect();
        let with = |of: fn(&(u64, u64)) -> u64| {
            let bounds = bands.iter().map(|(place, seen)| (*seen, -as_f64(of(&scale[*place]))));
            points.iter().copied().chain(bounds).collect::<Vec<_>>()
        };
        self.require(&with(|bound| bound.0), ComparisonOp::Ge, 0.0);
        self.require(&with(|bound| bound.1), ComparisonOp::Le, 0.0);
    }

    /// What the packet adds: completion of tasks in groups by mark, over all schools.
    pub(crate) fn packet(&mut self, month: &mut Month, rows: &[TaskByMarkRow]) {
        let marks: BTreeSet<u8> = rows.iter().map(|row| row.mark).collect();
        if marks.is_empty() {
            return;
        }
        for (_, group) in month.iter_mut() {
            for mark in marks.iter().copied().chain([0]) {
                let of_mark =
                    |place: &usize| if mark == 0 { !marks.contains(&band(*place)) } else { band(*place) == mark };
                let bands: Vec<(usize, Seen)> =
                    (0..4).filter(of_mark).map(|place| (place, group.bands[place])).collect();
                let points: Vec<Seen> = self.max.clone().iter().map(|_| self.see(None)).collect();
                for (task, seen) in points.iter().enumerate() {
                    let max = as_f64(self.max[task]);
                    let mut terms = vec![(*seen, 1.0)];
                    terms.extend(bands.iter().map(|(_, seen)| (*seen, -max)));
                    self.require(&terms, ComparisonOp::Le, 0.0);
                    group.by_mark.insert((task, mark), *seen);
                }
                self.on_the_scale(&points, &bands);
            }
            for task in 0..self.max.len() {
                let mut terms: Vec<(Seen, f64)> =
                    marks.iter().chain([&0]).map(|mark| (group.by_mark[&(task, *mark)], 1.0)).collect();
                terms.push((group.tasks[task], -1.0));
                self.require(&terms, ComparisonOp::Eq, 0.0);
            }
        }
        let (total, schools) = month.split_last().unwrap();
        let keys: Vec<(usize, u8)> = total.1.by_mark.keys().copied().collect();
        for key in keys {
            let mut terms: Vec<(Seen, f64)> = schools.iter().map(|(_, group)| (group.by_mark[&key], 1.0)).collect();
            terms.push((total.1.by_mark[&key], -1.0));
            self.require(&terms, ComparisonOp::Eq, 0.0);
        }
        for row in rows {
            let Some(pct) = row.pct else { continue };
            let task = usize::from(row.task);
            let seen = total.1.by_mark[&(task, row.mark)];
            let pupils = total.1.bands[usize::from(row.mark) - 2];
            let points = -pct.0 / 100.0 * as_f64(self.max[task]);
            self.require(&[(seen, 1.0), (pupils, points)], ComparisonOp::Eq, 0.0);
        }
    }

    /// What the public edition adds: types of schools, participants rounded to a multiple of `step`, whole percents.
    pub(crate) fn public(
        &mut self,
        month: &Month,
        edition: &EditionExam,
        type_of: &BTreeMap<String, String>,
        step: u64,
    ) {
        for row in edition.rows.iter().skip(1) {
            let of_type: Vec<&Group> = month
                .iter()
                .filter(|(school, _)| type_of.get(school) == Some(&row.group))
                .map(|(_, group)| group)
                .collect();
            let n = as_f64(row.n.unwrap());
            let half = as_f64(step / 2);
            let pupils = |factor: f64| of_type.iter().map(|group| (group.n, factor)).collect::<Vec<_>>();
            self.require(&pupils(1.0), ComparisonOp::Ge, n - half);
            self.require(&pupils(1.0), ComparisonOp::Le, n + half);
            for (places, share) in edition.cut.columns().iter().zip(&row.shares) {
                let printed = share.0.round();
                for (op, edge) in [(ComparisonOp::Ge, printed - 0.5), (ComparisonOp::Le, printed + 0.5)] {
                    let mut terms = pupils(-edge / 100.0);
                    terms
                        .extend(of_type.iter().flat_map(|group| places.iter().map(|place| (group.bands[*place], 1.0))));
                    self.require(&terms, op, 0.0);
                }
            }
        }
    }

    /// Results are only added: nothing is smaller than a month ago, and new points need new pupils.
    pub(crate) fn grows(&mut self, before: &Month, now: &Month) {
        for (name, later) in now {
            let zero = Group::nothing(later);
            let earlier = before.iter().find(|(seen, _)| seen == name).map_or(&zero, |(_, group)| group);
            self.require(&[(later.n, 1.0), (earlier.n, -1.0)], ComparisonOp::Ge, 0.0);
            for (later, earlier) in later.bands.iter().zip(&earlier.bands) {
                self.require(&[(*later, 1.0), (*earlier, -1.0)], ComparisonOp::Ge, 0.0);
            }
            for (task, (more, less)) in later.tasks.iter().zip(&earlier.tasks).enumerate() {
                self.require(&[(*more, 1.0), (*less, -1.0)], ComparisonOp::Ge, 0.0);
                let max = as_f64(self.max[task]);
                let terms = [(*more, 1.0), (*less, -1.0), (later.n, -max), (earlier.n, max)];
                self.require(&terms, ComparisonOp::Le, 0.0);
            }
        }
    }

    /// These schools delivered nothing since: their numbers are unchanged.
    pub(crate) fn unchanged(&mut self, before: &Month, now: &Month, schools: &BTreeSet<String>) {
        for (name, later) in now.iter().filter(|(name, _)| schools.contains(name)) {
            let Some((_, earlier)) = before.iter().find(|(seen, _)| seen == name) else { continue };
            self.same(later.n, earlier.n);
            for (one, other) in later.bands.iter().zip(&earlier.bands).chain(later.tasks.iter().zip(&earlier.tasks)) {
                self.same(*one, *other);
            }
            // The rest besides the printed marks differs if other marks are printed.
            for (key, one) in later.by_mark.iter().filter(|((_, mark), _)| *mark != 0) {
                if let Some(other) = earlier.by_mark.get(key) {
                    self.same(*one, *other);
                }
            }
        }
    }

    /// How small and how large a hidden number can be; none if the solutions seen so far leave it wide enough.
    pub(crate) fn range(&mut self, wanted: usize) -> Option<(f64, f64)> {
        let seen = || self.possible.iter().filter_map(|solution| solution.get(wanted).copied());
        let (low, high) = (seen().fold(f64::INFINITY, f64::min), seen().fold(f64::NEG_INFINITY, f64::max));
        if SURE <= high - low {
            return None;
        }
        let low = self.bound(wanted, 1.0);
        Some((low, -self.bound(wanted, -1.0)))
    }

    /// The minimum of `factor` times a number.
    fn bound(&mut self, wanted: usize, factor: f64) -> f64 {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let price = |variable| if variable == wanted { factor } else { 0.0 };
        let variables: Vec<_> =
            (0..self.variables).map(|variable| problem.add_var(price(variable), (0.0, 1e4))).collect();
        for (terms, op, right) in &self.constraints {
            let terms: Vec<_> = terms.iter().map(|(variable, factor)| (variables[*variable], *factor)).collect();
            problem.add_constraint(terms, *op, *right);
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => {
                self.possible.push(variables.iter().map(|variable| solution.var_value(*variable)).collect());
                solution.objective()
            }
            other => panic!("the true numbers solve it: {:?}", other.err()),
        }
    }
}

/// Mark of an index among the bands.
fn band(place: usize) -> u8 {
    u8::try_from(place).unwrap() + 2
}
