//! An attacker with linear programming over everything that an edition prints, of this month and of the last.
//!
//! He knows which schools there are, the maxima of the tasks and the scale; that results only come in, never go; and
//! every printed number, exactly. For each hidden number he asks how small and how large it can be. If the two lie
//! within less than five, an estimate in the middle is sure within ±2: then the number counts as recovered.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
use srez::model::edition::{Cut, EditionExam, EditionRow, ExamCounts, GroupCounts};
use srez::model::unit::as_f64;
use std::collections::BTreeMap;

/// A number in the eyes of the attacker: printed, or a variable.
#[derive(Clone, Copy)]
pub(crate) enum Seen {
    Known(f64),
    Hidden(usize),
}

/// What one month's tables say of one group.
pub(crate) struct Group {
    pub(crate) n: Seen,
    pub(crate) columns: Vec<Seen>,
    pub(crate) tasks: Vec<Seen>,
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
    /// Points that pupils without a mark may have beyond what the number of pupils with one allows, by task.
    pub(crate) beyond: Vec<f64>,
    bounds: Option<[(u64, u64); 4]>,
}

impl Attack {
    /// An attacker who knows the maxima of the tasks and the bounds of the marks, where there is a scale.
    pub(crate) fn new(max: &[u64], bounds: Option<[(u64, u64); 4]>) -> Self {
        Self { variables: 0, constraints: Vec::new(), max: max.to_vec(), beyond: vec![0.0; max.len()], bounds }
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
        if !left.is_empty() {
            self.constraints.push((left.into_iter().collect(), op, right));
        }
    }

    /// A row as printed; where some pupils were not put to a task, `exact` tells the sums behind the shares.
    fn group(&mut self, row: &EditionRow, cut: Cut, exact: Option<&GroupCounts>) -> Group {
        let n = self.see(row.n.map(as_f64));
        let count =
            |place: usize| row.n.and_then(|n| row.shares.get(place).map(|share| (share.0 * as_f64(n) / 100.0).round()));
        let columns: Vec<Seen> = (0..cut.columns().len()).map(|place| self.see(count(place))).collect();
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
        Group { n, columns, tasks }
    }

    /// Everything that one month's tables say.
    pub(crate) fn month(&mut self, edition: &EditionExam, exact: Option<&ExamCounts>) -> Month {
        let total = exact.map(ExamCounts::total);
        let cut = edition.cut;
        let mut rows: Vec<(String, Group)> = Vec::new();
        for row in edition.rows.iter().skip(1).chain(edition.rows.first()) {
            let of_school = exact.and_then(|exact| exact.school(&row.group)).or(total.as_ref());
            let group = self.group(row, cut, of_school);
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
        for task in 0..self.max.len() {
            self.require(&sum(&|group| group.tasks[task]), ComparisonOp::Eq, 0.0);
        }
        rows
    }

    /// What holds inside one group: marks add up, points are at most what they can be, the scale binds both.
    fn inside(&mut self, group: &Group, cut: Cut) {
        if !group.columns.is_empty() {
            let mut terms: Vec<(Seen, f64)> = group.columns.iter().map(|seen| (*seen, 1.0)).collect();
            terms.push((group.n, -1.0));
            self.require(&terms, ComparisonOp::Eq, 0.0);
        }
        for (task, seen) in group.tasks.iter().enumerate() {
            self.require(&[(*seen, 1.0), (group.n, -as_f64(self.max[task]))], ComparisonOp::Le, self.beyond[task]);
        }
        let Some(scale) = self.bounds else { return };
        let points: Vec<(Seen, f64)> = group.tasks.iter().map(|seen| (*seen, 1.0)).collect();
        let (mut least, mut most) = (points.clone(), points);
        for (seen, places) in group.columns.iter().zip(cut.columns()) {
            let bounds: Vec<(u64, u64)> = places.iter().map(|place| scale[*place]).collect();
            least.push((*seen, -as_f64(bounds.iter().map(|bound| bound.0).min().unwrap())));
            most.push((*seen, -as_f64(bounds.iter().map(|bound| bound.1).max().unwrap())));
        }
        if !group.columns.is_empty() {
            self.require(&least, ComparisonOp::Ge, 0.0);
            self.require(&most, ComparisonOp::Le, 0.0);
        }
    }

    /// Results only come in: nothing is smaller than a month ago, and new points need new pupils.
    pub(crate) fn grows(&mut self, before: &Month, now: &Month) {
        for (name, later) in now {
            let zero = Group {
                n: Seen::Known(0.0),
                columns: vec![Seen::Known(0.0); later.columns.len()],
                tasks: vec![Seen::Known(0.0); later.tasks.len()],
            };
            let earlier = before.iter().find(|(seen, _)| seen == name).map_or(&zero, |(_, group)| group);
            let same_cut = earlier.columns.len() == later.columns.len();
            self.require(&[(later.n, 1.0), (earlier.n, -1.0)], ComparisonOp::Ge, 0.0);
            if same_cut {
                for (later, earlier) in later.columns.iter().zip(&earlier.columns) {
                    self.require(&[(*later, 1.0), (*earlier, -1.0)], ComparisonOp::Ge, 0.0);
                }
            }
            for (task, (more, less)) in later.tasks.iter().zip(&earlier.tasks).enumerate() {
                self.require(&[(*more, 1.0), (*less, -1.0)], ComparisonOp::Ge, 0.0);
                let max = as_f64(self.max[task]);
                let terms = [(*more, 1.0), (*less, -1.0), (later.n, -max), (earlier.n, max)];
                self.require(&terms, ComparisonOp::Le, 0.0);
            }
        }
    }

    /// How small and how large a hidden number can be.
    pub(crate) fn range(&self, wanted: usize) -> (f64, f64) {
        let bound = |factor: f64| {
            let mut problem = Problem::new(OptimizationDirection::Minimize);
            let price = |variable| if variable == wanted { factor } else { 0.0 };
            let variables: Vec<_> =
                (0..self.variables).map(|variable| problem.add_var(price(variable), (0.0, 1e4))).collect();
            for (terms, op, right) in &self.constraints {
                let terms: Vec<_> = terms.iter().map(|(variable, factor)| (variables[*variable], *factor)).collect();
                problem.add_constraint(terms, *op, *right);
            }
            match problem.solve() {
                Ok(SolveOutcome::Solution(solution)) => factor * solution.objective(),
                other => panic!("the true numbers solve it: {:?}", other.err()),
            }
        };
        (bound(1.0), bound(-1.0))
    }
}
