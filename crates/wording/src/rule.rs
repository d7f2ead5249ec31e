//! Rules of signs with the thresholds in force: a rule names its thresholds, and their values are printed.
//!
//! `{F01.sufficient}` is replaced by the value, `{F01.sufficient+F01.zone}` and `{F01.sufficient-F01.zone}` for sum and
//! difference; an `enabled` is printed as «включено» or «выключено».

use super::number;
use srez_model::sign::SignDefinition;
use srez_model::threshold::Thresholds;

/// The rule of a sign with the thresholds in force.
pub fn in_force(sign: &SignDefinition, thresholds: &Thresholds) -> String {
    let mut words = String::new();
    for (place, part) in sign.rule.split('{').enumerate() {
        match part.split_once('}').filter(|_| place != 0) {
            Some((slot, rest)) => {
                words.push_str(&value(slot, thresholds));
                words.push_str(rest);
            }
            None => words.push_str(part),
        }
    }
    words
}

fn value(slot: &str, thresholds: &Thresholds) -> String {
    let of = |id: &str| thresholds.value(id);
    if slot.ends_with(".enabled") {
        return if of(slot) < 0.5 { "выключено" } else { "включено" }.to_owned();
    }
    let sum = slot.split_once('+').map(|(left, right)| of(left) + of(right));
    let difference = || slot.split_once('-').map(|(left, right)| of(left) - of(right));
    plain(sum.or_else(difference).unwrap_or_else(|| of(slot)))
}

/// A value with as many decimals as it has, three at most: `60`, `28,5`, `0,002`.
pub fn plain(value: f64) -> String {
    let exact = |decimals: &u8| (number::rounded(value, *decimals) - value).abs() < 1e-9;
    number::decimal(value, (0..3).find(exact).unwrap_or(3))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_value_has_the_decimals_that_it_needs() {
        assert_eq!([60.0, 28.5, 0.05, 0.002, -8.0].map(plain), ["60", "28,5", "0,05", "0,002", "\u{2212}8"]);
    }
}
