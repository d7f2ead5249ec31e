//! What the parts of every group say at one variance κ² between parts.
//!
//! Known parts: `p_c = 1/(κ² + e_c)`, `A = Σp_c`, `ỹ = Σp_c·y_c/A`, error `1/A`,
//! `½Σln p_c − ½ln A − ½Σp_c·(y_c − ỹ)²`; the mean of the parts as they are is `k + l·θ` with error `e`, where
//! `h_c = n_c/n`, `g_c = κ²·p_c`, `k = Σh_c·g_c·y_c`, `l = 1 − Σh_c·g_c`, `e = Σh_c²·κ²·(1 − g_c)`.
//! A group known as a whole has K equal parts: error `κ²/K + v`, `g = κ²/(κ² + K·v)`, `e = κ²·(1 − g)/K`.

use super::grid::Product;
use super::sample::Member;

/// One variance between parts.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// κ².
    pub(super) variance: f64,
    pub(super) groups: Vec<AtLevel>,
}

/// One group at that variance.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtLevel {
    /// Mean of the group by its parts: ỹ.
    pub(super) mean: f64,
    /// Variance of that mean around the group's own level.
    pub(super) error: f64,
    /// Log likelihood of the differences among its parts.
    pub(super) among_parts: f64,
    /// What is known of the mean of the parts as they are, whatever the group's own level: k.
    pub(super) of_parts: f64,
    /// Share of the group's own level in it: l.
    pub(super) of_group: f64,
    /// Variance of what is left unknown of it: e.
    pub(super) unknown: f64,
}

impl Level {
    /// All groups at a variance; a part that is not known has `part_size` units.
    pub(super) fn new(variance: f64, members: &[Member], part_size: f64) -> Self {
        let at = |member: &Member| {
            if member.is_known { AtLevel::known(variance, member) } else { AtLevel::whole(variance, member, part_size) }
        };
        Self { variance, groups: members.iter().map(at).collect() }
    }
}

impl AtLevel {
    fn known(variance: f64, member: &Member) -> Self {
        let (mut precision, mut sum, mut product) = (0.0, 0.0, Product::default());
        let (mut of_parts, mut of_group, mut unknown) = (0.0, 1.0, 0.0);
        let units = member.units();
        for part in &member.parts {
            let p = 1.0 / (variance + part.variance);
            precision += p;
            sum += p * part.value;
            product.multiply(p);
            let (share, kept) = (part.weight / units, variance * p);
            of_parts += share * kept * part.value;
            of_group -= share * kept;
            unknown += share * share * variance * (1.0 - kept);
        }
        let mean = sum / precision;
        let distance = |part: &super::Estimate| (part.value - mean).powi(2) / (variance + part.variance);
        let squares: f64 = member.parts.iter().map(distance).sum();
        let among_parts = (product.log() - libm::log(precision) - squares) / 2.0;
        Self { mean, error: 1.0 / precision, among_parts, of_parts, of_group, unknown }
    }

    fn whole(variance: f64, member: &Member, part_size: f64) -> Self {
        let parts = member.parts_of(part_size);
        let kept = variance / (variance + member.error * parts);
        Self {
            mean: member.value,
            error: variance / parts + member.error,
            among_parts: 0.0,
            of_parts: kept * member.value,
            of_group: 1.0 - kept,
            unknown: variance * (1.0 - kept) / parts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AtLevel, Level};
    use crate::school_model::{Estimate, Group, Sample};

    fn at(variance: f64, group: Group<Estimate>) -> AtLevel {
        let sample = Sample::from_estimates(&[group], 0.04).unwrap();
        Level::new(variance, &sample.members, 25.0).groups[0]
    }

    #[test]
    fn without_a_variance_between_parts_they_are_one() {
        let part = |value, n: f64| Estimate { value, variance: 0.04 / n, weight: n };
        let parts = at(0.0, Group::Parts(vec![part(0.4, 10.0), part(0.7, 30.0)]));
        assert!((parts.mean - 0.625).abs() < 1e-15 && (parts.error - 0.001).abs() < 1e-15);
        assert_eq!((parts.of_parts, parts.of_group, parts.unknown), (0.0, 1.0, 0.0));
    }

    /// Equal parts whose means are all the same must give what the whole gives when only it is known.
    #[test]
    fn a_whole_is_equal_parts_of_unknown_means() {
        let part = Estimate { value: 0.5, variance: 0.04 / 25.0, weight: 25.0 };
        let parts = at(0.003, Group::Parts(vec![part; 3]));
        let whole = at(0.003, Group::Whole(Estimate { value: 0.5, variance: 0.04 / 75.0, weight: 75.0 }));
        for (one, other) in [
            (parts.mean, whole.mean),
            (parts.error, whole.error),
            (parts.of_parts, whole.of_parts),
            (parts.of_group, whole.of_group),
            (parts.unknown, whole.unknown),
        ] {
            assert!((one - other).abs() < 1e-15, "{parts:?} {whole:?}");
        }
        assert_eq!(whole.among_parts, 0.0);
    }
}
