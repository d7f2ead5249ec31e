//! Difference of the upper and lower 27 %: groups of ⌈27n/100⌉ units with all ties at the cut.
//!
//! Source: Kelley 1939, J Educ Psychol 30:17. Degenerate: if the lower cut reaches the upper one, the groups overlap.

/// Cuts of the two groups: at most `low` is the lower group, at least `high` the upper one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cuts {
    /// Greatest value of the lower group.
    pub low: u64,
    /// Smallest value of the upper group.
    pub high: u64,
}

impl Cuts {
    /// True if a unit belongs to both groups.
    pub fn overlap(self) -> bool {
        self.high <= self.low
    }
}

/// Cuts of values given as `(value, units)`, ascending; none if there is no unit.
pub fn cuts(values: &[(u64, u64)]) -> Option<Cuts> {
    let n: u64 = values.iter().map(|(_, units)| units).sum();
    let size = (27 * n).div_ceil(100);
    if size == 0 {
        return None;
    }
    Some(Cuts { low: reached(values.iter(), size)?, high: reached(values.iter().rev(), size)? })
}

/// First value with which `size` units are seen.
fn reached<'a>(mut values: impl Iterator<Item = &'a (u64, u64)>, size: u64) -> Option<u64> {
    let mut seen = 0;
    let found = values.find(|(_, units)| {
        seen += units;
        size <= seen
    });
    found.map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::{Cuts, cuts};

    #[test]
    fn ties_at_the_cut_belong_to_the_group() {
        let found = cuts(&[(3, 1), (5, 5), (8, 1)]).unwrap();
        assert_eq!(found, Cuts { low: 5, high: 5 });
        assert!(found.overlap());
        assert_eq!(cuts(&[(0, 50), (1, 50)]), Some(Cuts { low: 0, high: 1 }));
        assert_eq!(cuts(&[]), None);
    }
}
