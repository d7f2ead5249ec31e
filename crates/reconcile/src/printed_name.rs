//! One printed name for a school that its rows name in several ways.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The name that is printed: of the spellings with the commonest wording the most frequent, the longest, the first by
/// alphabet. Empty where there is none.
pub(super) fn choose<'a>(spellings: impl Iterator<Item = (&'a str, u64)>) -> String {
    let mut by_wording: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (spelling, rows) in spellings {
        let Some(clean) = clean(spelling) else { continue };
        *by_wording.entry(wording(&clean)).or_default().entry(clean).or_default() += rows;
    }
    let commonest = by_wording.into_iter().max_by_key(|(wording, spellings)| {
        (spellings.values().sum::<u64>(), wording.chars().count(), Reverse(wording.clone()))
    });
    let spellings = commonest.map(|(_, spellings)| spellings).unwrap_or_default();
    let best = spellings.into_iter().max_by_key(|(name, rows)| (*rows, name.chars().count(), Reverse(name.clone())));
    best.map(|(name, _)| name).unwrap_or_default()
}

/// The name without a code before it, as «138049 - МБОУ СОШ № 1»; none for what a formula spoilt: the address of
/// a cell behind a sign, «СОШ №1+B116».
fn clean(spelling: &str) -> Option<String> {
    let words: Vec<&str> = spelling.split_whitespace().collect();
    let text = words.join(" ");
    let is_address = |part: &str| {
        let letters = part.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = part.get(letters..).unwrap_or_default();
        (1..=3).contains(&letters) && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if text.starts_with('=') || text.split(['+', '&', '=']).skip(1).any(|part| is_address(part.trim())) {
        return None;
    }
    let name = match text.split_once(" - ") {
        Some((code, name)) if code.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => &text,
    };
    // Quotes around the whole name tell nothing.
    let inner = name.strip_prefix(['«', '"']).and_then(|name| name.strip_suffix(['»', '"']));
    let inner = inner.filter(|inner| !inner.contains(['«', '»', '"'])).unwrap_or(name).trim();
    (!inner.is_empty()).then(|| inner.to_owned())
}

/// Letters and digits alone, ё as е.
fn wording(name: &str) -> String {
    name.to_lowercase().replace('ё', "е").chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// True where two spellings differ in more than case, spaces and signs.
pub(super) fn differ(one: &str, other: &str) -> bool {
    match (clean(one), clean(other)) {
        (Some(one), Some(other)) => wording(&one) != wording(&other),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{choose, differ};

    #[test]
    fn the_commonest_wording_is_printed_and_never_a_slipped_formula() {
        let names =
            [("123456 - МБОУ \"СОШ № 1\"", 4), ("МБОУ СОШ №1+B116", 40), ("МБОУ СОШ № 1 ", 4), ("Школа один", 5)];
        assert_eq!(choose(names.into_iter()), "МБОУ \"СОШ № 1\"");
        let mut turned = names;
        turned.reverse();
        assert_eq!(choose(turned.into_iter()), "МБОУ \"СОШ № 1\"", "in any order");
        let quoted = [("«Школа 2»", 4), ("Школа  2", 4), ("Школа 2", 4)];
        assert_eq!(choose(quoted.into_iter()), "Школа 2");
        assert_eq!(choose([("СОШ №1+B116", 1)].into_iter()), "");
        assert!(!differ("Школа № 2", "школа №2") && differ("Школа 2", "Школа 3"));
    }
}
