//! Schools whose journals are truly more generous than those of the others: how often S06 names them, and which others.
//!
//! The tests make a short run; the long one is `cargo test --release --test it journal_power -- --ignored --nocapture`.

use crate::municipalities::{Differences, SCHOOLS, SHIFTED, id, judged};
use rayon::prelude::*;
use std::fmt::Write as _;

/// Share of the shifted schools that are named; the false discovery rate, which is the mean over municipalities of the
/// share of their names that are not shifted (0 if nobody is named); and schools named per municipality.
struct Power {
    found: f64,
    falsely: f64,
    named: f64,
}

/// Simulates municipalities in which some schools' journals are shifted by `points`; the journals of the others vary
/// with the deviation `journals`, in points too.
fn simulate(runs: usize, shifted: usize, points: f64, journals: f64) -> Power {
    let differ = Differences {
        count: SCHOOLS,
        planted: false,
        schools: 0.25,
        classes: 0.3,
        journals,
        shift: (shifted, points),
        skips: 0.8,
    };
    let counted = |seed: usize| {
        let (_, _, findings) = judged(170_000 + seed as u64, &differ);
        let fired: Vec<usize> = (0..SCHOOLS).filter(|school| findings.has_fired("S06", &id(*school))).collect();
        let found = fired.iter().filter(|school| SHIFTED[..shifted].contains(school)).count();
        (found, fired.len())
    };
    let counts: Vec<(usize, usize)> = (0..runs).into_par_iter().map(counted).collect();
    let mean = |of: &dyn Fn(&(usize, usize)) -> f64| counts.iter().map(of).sum::<f64>() / runs as f64;
    Power {
        found: mean(&|(found, _)| *found as f64 / shifted.max(1) as f64),
        falsely: mean(&|(found, named)| (named - found) as f64 / (*named).max(1) as f64),
        named: mean(&|(_, named)| *named as f64),
    }
}

/// One school is found mostly where journals are alike, and less often where those of the others vary by half a point.
/// Three are taken for the ordinary spread of schools and seldom found; what holds is that nobody else is named.
#[test]
fn a_shifted_journal_is_found_and_nobody_else_is_named() {
    for (shifted, journals, least) in [(1, 0.0, 0.6), (1, 0.5, 0.25), (3, 0.0, 0.0), (3, 0.5, 0.0)] {
        let power = simulate(40, shifted, 6.0, journals);
        let is_found = least <= power.found;
        assert!(is_found && power.falsely <= 0.1, "{shifted} {journals}: {} {}", power.found, power.falsely);
    }
}

#[test]
#[ignore = "24 times 400 municipalities take some minutes"]
fn power_by_shift_and_spread() {
    let mut text =
        String::from("разброс журналов, сдвиг, школ со сдвигом: найдено, ложных среди названных, названо за раз\n");
    for journals in [0.0, 0.5, 1.0, 2.0] {
        for (points, shifted) in [(0.0, 0), (3.0, 1), (4.5, 1), (6.0, 1), (3.0, 3), (4.5, 3), (6.0, 3)] {
            let power = simulate(400, shifted, points, journals);
            let (found, falsely) = (100.0 * power.found, 100.0 * power.falsely);
            writeln!(text, "{journals:.1} {points:.1} {shifted}: {found:.1} %, {falsely:.1} %, {:.2}", power.named)
                .unwrap();
        }
    }
    println!("{text}");
}
