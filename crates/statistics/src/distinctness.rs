//! Whether a part says more about a group than the whole does: proportional reduction of mean squared error.
//!
//! `part = T_s/(T_s + W_s/n)`, `whole = C²/(T_s·(T_x + W_x/n))`; T between, W within variance, C between-group
//! covariance, n the harmonic mean size. Source: Haberman, Sinharay & Puhan 2009, BJMSP 62:79.
//! Degenerate: no value where a between-group variance is not positive.

use srez_model::unit::as_f64;

/// Sums of one group; whole numbers, or estimates of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupSums {
    /// Units.
    pub n: f64,
    /// Sum of the part.
    pub part: f64,
    /// Sum of the whole.
    pub whole: f64,
}

/// Total sums of squares and products over all units of all groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct TotalSums {
    pub part_squares: f64,
    pub whole_squares: f64,
    /// Products of part and whole.
    pub products: f64,
}

/// Reductions by the part and by the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reductions {
    /// By the part itself.
    pub part: f64,
    pub whole: f64,
}

/// Reductions from the sums of at least two groups.
pub fn reductions(groups: &[GroupSums], total: TotalSums) -> Option<Reductions> {
    let groups: Vec<&GroupSums> = groups.iter().filter(|group| group.n > 0.0).collect();
    let count = as_f64(groups.len() as u64);
    let n: f64 = groups.iter().map(|group| group.n).sum();
    if groups.len() < 2 || n <= count {
        return None;
    }
    let squares_of_sizes: f64 = groups.iter().map(|group| group.n * group.n).sum();
    let size = (n - squares_of_sizes / n) / (count - 1.0);
    let harmonic = count / groups.iter().map(|group| 1.0 / group.n).sum::<f64>();
    let components = |left: fn(&GroupSums) -> f64, right: fn(&GroupSums) -> f64, products: f64| {
        let sum_left: f64 = groups.iter().map(|group| left(group)).sum();
        let sum_right: f64 = groups.iter().map(|group| right(group)).sum();
        let of_groups: f64 = groups.iter().map(|group| left(group) * right(group) / group.n).sum();
        let between = (of_groups - sum_left * sum_right / n) / (count - 1.0);
        let within = (products - of_groups) / (n - count);
        ((between - within) / size, within)
    };
    let (t_part, w_part) = components(|group| group.part, |group| group.part, total.part_squares);
    let (t_whole, w_whole) = components(|group| group.whole, |group| group.whole, total.whole_squares);
    let (covariance, _) = components(|group| group.part, |group| group.whole, total.products);
    if !(t_part > 0.0 && t_whole > 0.0) {
        return None;
    }
    let square = (covariance * covariance).min(t_part * t_whole);
    Some(Reductions {
        part: t_part / (t_part + w_part / harmonic),
        whole: square / (t_part * (t_whole + w_whole / harmonic)),
    })
}

#[cfg(test)]
mod tests {
    use super::{GroupSums, TotalSums, reductions};

    /// Two units a group, part ±1 around 10·group, whole the same: both reductions are alike.
    #[test]
    fn a_part_that_is_the_whole_tells_as_much() {
        let groups: Vec<GroupSums> = [20.0, 40.0, 60.0].map(|sum| GroupSums { n: 2.0, part: sum, whole: sum }).to_vec();
        let squares = [9.0, 11.0, 19.0, 21.0, 29.0, 31.0_f64].map(|value| value * value).iter().sum();
        let total = TotalSums { part_squares: squares, whole_squares: squares, products: squares };
        let found = reductions(&groups, total).unwrap();
        // Between 99 (mean square 200, within 2, size 2); 99/(99 + 2/2) = 0.99.
        assert!((found.part - 0.99).abs() < 1e-12 && (found.whole - 0.99).abs() < 1e-12, "{found:?}");
        assert_eq!(reductions(&groups[..1], total), None);
    }
}
