//! Rules of signs with the thresholds in force: a rule names its thresholds, and their values are printed.
//!
//! `{F01.sufficient}` is replaced by the value, `{F01.sufficient+F01.zone}` and `{F01.sufficient-F01.zone}` for sum and
//! difference; an `enabled` is printed as «включено» or «выключено».

use super::number;
use srez_model::sign::SignDefinition;
use srez_model::threshold::Thresholds;

/// The rule of a sign with the thresholds in force.
pub fn in_force(sign: &SignDefinition, thresholds: &Thresholds) -> String {
    filled(sign.rule, thresholds)
}

/// A text that names thresholds, with their values in force.
pub fn filled(text: &str, thresholds: &Thresholds) -> String {
    let mut words = String::new();
    for (place, part) in text.split('{').enumerate() {
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
    // An id may have a hyphen itself.
    if thresholds.entries.contains_key(slot) {
        return plain(of(slot));
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
    use super::{filled, plain};
    use srez_model::threshold::{SourceTag, Threshold, Thresholds};

    #[test]
    fn a_text_holds_the_values_in_force_of_the_thresholds_that_it_names() {
        let of = |id: &str, value: f64| {
            let none = String::new;
            let (title, unit, document, page, reason) = (none(), none(), none(), none(), none());
            let tag = SourceTag::Practice;
            (id.to_owned(), Threshold { id: id.to_owned(), title, value, unit, tag, document, page, reason })
        };
        let entries = [of("a.most", 60.0), of("a.zone", 1.5), of("a.several-small", 0.17)].into_iter().collect();
        let thresholds = Thresholds { entries };
        let words = "от {a.most-a.zone} до {a.most+a.zone}, не больше {a.several-small}";
        assert_eq!(filled(words, &thresholds), "от 58,5 до 61,5, не больше 0,17");
    }

    #[test]
    fn a_value_has_the_decimals_that_it_needs() {
        assert_eq!([60.0, 28.5, 0.05, 0.002, -8.0].map(plain), ["60", "28,5", "0,05", "0,002", "\u{2212}8"]);
    }
}
