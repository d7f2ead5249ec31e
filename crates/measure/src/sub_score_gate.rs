//! Whether a part of a work (a skill or a level of difficulty) may be judged school by school.

use srez_statistics::distinctness::{GroupSums, Reductions, TotalSums, reductions};

/// What the gate says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Gate {
    /// True if a school may be judged.
    pub(super) open: bool,
    /// Why not, or with which reservation.
    pub(super) reason: String,
    /// Reductions of the mean squared error by the part and by the whole; none if they were not computed.
    pub(super) reductions: Option<(f64, f64)>,
}

impl Gate {
    pub(super) fn closed(why: &str) -> Self {
        Self {
            open: false, reason: format!("суждение о школе не выносится: {why}"), reductions: None
        }
    }
}

/// The gate of a part with these tasks and greatest points; `what` names it in the reason.
pub(super) fn gate(tasks: usize, max: u32, what: &str, sums: impl FnOnce() -> (Vec<GroupSums>, TotalSums)) -> Gate {
    if tasks < 2 {
        return Gate::closed("по одному заданию");
    }
    if max < 4 {
        return Gate::closed(&format!("меньше четырёх баллов за задания {what}"));
    }
    let (groups, total) = sums();
    let n: f64 = groups.iter().map(|group| group.n).sum();
    if n < 100.0 {
        return Gate::closed("меньше 100 участников с полными работами");
    }
    if groups.len() < 10 {
        return Gate::closed("меньше 10 школ");
    }
    let Some(Reductions { part, whole }) = reductions(&groups, total) else {
        return Gate::closed("школы по этим данным не различаются");
    };
    let gate = if part <= whole {
        Gate::closed("результат по работе в целом говорит о школе не меньше")
    } else {
        let reserve = if groups.len() < 20 { "предварительно: меньше 20 школ" } else { "" };
        Gate { open: true, reason: reserve.to_owned(), reductions: None }
    };
    Gate { reductions: Some((part, whole)), ..gate }
}
