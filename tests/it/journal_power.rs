//! Schools whose journals are truly more generous than those of the others: how often S06 names them, and whom else.
//!
//! The short run stands in the tests; the long one is `cargo test --release --test it journal_power -- --ignored --nocapture`.

use crate::municipalities::{Differences, SCHOOLS, SHIFTED, id, judged};
use std::fmt::Write as _;

/// Share of the shifted schools that are named, and share of the named that are not shifted.
struct Power {
    found: f64,
    falsely: f64,
}

/// So many municipalities with so many schools shifted by `points`; the journals of the others lie about each other with the
/// deviation `journals`, in points too.
fn simulate(runs: usize, shifted: usize, points: f64, journals: f64) -> Power {
    let differ =
        Differences { planted: false, schools: 0.25, classes: 0.3, journals, shift: (shifted, points), skips: 0.8 };
    let (mut found, mut named) = (0, 0);
    for seed in 0..runs {
        let (_, _, findings) = judged(170_000 + seed as u64, &differ);
        let fired: Vec<usize> = (0..SCHOOLS).filter(|school| findings.has_fired("S06", &id(*school))).collect();
        named += fired.len();
        found += fired.iter().filter(|school| SHIFTED[..shifted].contains(school)).count();
    }
    Power { found: found as f64 / (runs * shifted) as f64, falsely: (named - found) as f64 / named.max(1) as f64 }
}

#[test]
fn a_shifted_journal_is_found_and_three_do_not_hide_each_other() {
    let one = simulate(12, 1, 6.0, 0.5);
    let three = simulate(8, 3, 6.0, 0.5);
    assert!(0.4 < one.found && 0.2 < three.found, "{} {}", one.found, three.found);
    assert!(one.falsely.max(three.falsely) <= 0.2, "{} {}", one.falsely, three.falsely);
}

#[test]
#[ignore = "24 times 100 municipalities take some minutes"]
fn power_by_shift_and_spread() {
    let mut text = String::from("разброс журналов, сдвиг, школ со сдвигом: найдено, из названных ложно\n");
    for journals in [0.0, 0.5, 1.0, 2.0] {
        for points in [3.0, 4.5, 6.0] {
            for shifted in [1, 3] {
                let power = simulate(100, shifted, points, journals);
                let (found, falsely) = (100.0 * power.found, 100.0 * power.falsely);
                writeln!(text, "{journals:.1} {points:.1} {shifted}: {found:.0} %, {falsely:.0} %").unwrap();
            }
        }
    }
    println!("{text}");
}
