//! One municipality under many spellings: «г. Х», «город Х», «Х г.», «городской округ Х».

use std::collections::{BTreeMap, BTreeSet};

/// What a spelling says of the kind of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Nothing that tells a town from a district: none, «округ», «муниципальное образование».
    Any,
    /// «город», «г.».
    Town,
    /// «район», «р-н».
    District,
}

/// Words that say what a municipality is and not which; «городской» and «муниципальный» only before such a word.
const KINDS: [(&str, Kind); 19] = [
    ("г", Kind::Town),
    ("гор", Kind::Town),
    ("город", Kind::Town),
    ("города", Kind::Town),
    ("район", Kind::District),
    ("района", Kind::District),
    ("рн", Kind::District),
    ("мр", Kind::District),
    ("округ", Kind::Any),
    ("округа", Kind::Any),
    ("го", Kind::Any),
    ("мо", Kind::Any),
    ("муниципальный", Kind::Any),
    ("муниципального", Kind::Any),
    ("муниципальное", Kind::Any),
    ("образование", Kind::Any),
    ("образования", Kind::Any),
    ("городской", Kind::Any),
    ("городского", Kind::Any),
];

/// A spelling without what does not tell one municipality from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bare {
    name: String,
    kind: Kind,
}

impl Bare {
    fn of(spelling: &str) -> Self {
        let (whole, words) = words(spelling);
        let kind_of = |word: &String| KINDS.iter().find(|(known, _)| known == word).map(|(_, kind)| *kind);
        let name: Vec<&str> = words.iter().filter(|word| kind_of(word).is_none()).map(String::as_str).collect();
        if name.is_empty() {
            return Self { name: whole, kind: Kind::Any };
        }
        let kind = words.iter().filter_map(kind_of).max().unwrap_or(Kind::Any);
        Self { name: name.join(" "), kind }
    }
}

/// Words in lower case without ё, quotes and the code behind: «Х (reg99_m010)»; and all of them together.
fn words(spelling: &str) -> (String, Vec<String>) {
    let folded = spelling.to_lowercase().replace('ё', "е");
    let folded = match folded.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((before, code)) if !before.trim().is_empty() && code.is_ascii() => before.to_owned(),
        _ => folded,
    };
    // «г.о.», «м. р.» and «р-н» are one word each, «г.Х» is two.
    let abbreviated = [("г.о.", " го "), ("г. о.", " го "), ("м.р.", " мр "), ("м. р.", " мр "), ("р-н", " рн ")];
    let abbreviated = abbreviated.into_iter().chain([("м.о.", " мо "), ("м. о.", " мо ")]);
    let folded = abbreviated
        .fold(format!(" {folded} "), |text, (long, short)| text.replace(&format!(" {long}"), &format!(" {short}")));
    let parts = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = parts.map(str::to_owned).collect();
    (words.join(" "), words)
}

/// The printed one for each of some spellings with their numbers of rows.
pub fn printed_municipalities(seen: &BTreeMap<String, u64>) -> BTreeMap<String, String> {
    Spellings::new("", &BTreeMap::new(), seen).into_aliases()
}

/// Spellings of municipalities with the printed one of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings {
    printed: BTreeMap<String, String>,
}

impl Spellings {
    /// Chooses a printed spelling for each municipality: the one of the pipeline, else of the register, else the most
    /// frequent, the longest, the first by alphabet. `seen` are spellings with their rows.
    pub(super) fn new(home: &str, register: &BTreeMap<String, u64>, seen: &BTreeMap<String, u64>) -> Self {
        let home = (!home.trim().is_empty()).then(|| home.to_owned());
        let all = register.keys().chain(seen.keys()).chain(&home).filter(|name| !name.trim().is_empty());
        let all: BTreeSet<(&String, Bare)> = all.map(|name| (name, Bare::of(name))).collect();
        let mut kinds: BTreeMap<&str, BTreeSet<Kind>> = BTreeMap::new();
        for (_, bare) in &all {
            kinds.entry(&bare.name).or_default().insert(bare.kind);
        }
        let mut groups: BTreeMap<Bare, Vec<&String>> = BTreeMap::new();
        for (name, bare) in &all {
            let of_name = kinds.get(bare.name.as_str());
            // «г. Слободской», «Слободской район» and «Слободской»: which of the two the third means is not known.
            let apart = of_name.is_some_and(|kinds| kinds.contains(&Kind::Town) && kinds.contains(&Kind::District));
            let kind = if apart { bare.kind } else { Kind::Any };
            groups.entry(Bare { name: bare.name.clone(), kind }).or_default().push(name);
        }
        let mut printed = BTreeMap::new();
        for names in groups.into_values() {
            let rank = |name: &&&String| {
                let of_pipeline = home.as_ref() == Some(**name);
                let rows = |counts: &BTreeMap<String, u64>| counts.get(**name).copied().unwrap_or(0);
                (of_pipeline, rows(register), rows(seen), name.chars().count(), std::cmp::Reverse((**name).clone()))
            };
            let Some(best) = names.iter().max_by_key(rank) else { continue };
            printed.extend(names.iter().map(|name| ((*name).clone(), (*best).clone())));
        }
        Self { printed }
    }

    /// The printed spelling.
    pub(super) fn printed<'a>(&'a self, spelling: &'a str) -> &'a str {
        self.printed.get(spelling).map_or(spelling, String::as_str)
    }

    /// Spellings that are printed in another way, under the printed ones.
    pub(super) fn joined(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut joined: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (spelling, printed) in self.printed.iter().filter(|(spelling, printed)| spelling != printed) {
            joined.entry(printed).or_default().push(spelling);
        }
        joined
    }

    /// All spellings with the printed one of each.
    pub(super) fn into_aliases(self) -> BTreeMap<String, String> {
        self.printed
    }
}

#[cfg(test)]
mod tests {
    use super::{Spellings, printed_municipalities};
    use std::collections::BTreeMap;

    fn counts(names: &[(&str, u64)]) -> BTreeMap<String, u64> {
        names.iter().map(|(name, rows)| ((*name).to_owned(), *rows)).collect()
    }

    fn is_alike(one: &str, other: &str) -> bool {
        let printed = printed_municipalities(&counts(&[(one, 1), (other, 1)]));
        printed[one] == printed[other]
    }

    #[test]
    fn one_town_has_many_spellings() {
        for other in [
            "г. Дроздов",
            "г.Дроздов",
            "город Дроздов",
            "Дроздов г.",
            "ДРОЗДОВ",
            "  Дроздов ",
            "«Дроздов»",
            "городской округ Дроздов",
            "Городской округ город Дроздов",
            "г.о. Дроздов",
            "го Дроздов",
            "Дроздов (reg99_m010)",
        ] {
            assert!(is_alike("Дроздов", other), "{other}");
        }
        assert!(is_alike("Зелёный Дол", "г.Зеленый  дол"));
        for other in ["Лесной муниципальный район", "Лесной м.р.", "Лесной р-н", "муниципальный район «Лесной»"]
        {
            assert!(is_alike("Лесной район", other), "{other}");
        }
        assert!(!is_alike("Дроздов", "Дроздовский район"));
        assert!(!is_alike("г. Лесной", "Лесной район"), "a town and the district around it");
        assert!(!is_alike("Город", "Район"), "a kind alone is a name");
    }

    #[test]
    fn one_spelling_is_printed_whoever_comes_first() {
        let seen = counts(&[("г.Дроздов", 4), ("город Дроздов", 12), ("Дроздов", 12), ("Ключи", 1)]);
        let spellings = Spellings::new("", &BTreeMap::new(), &seen);
        assert_eq!(spellings.printed("г.Дроздов"), "город Дроздов");
        assert_eq!(spellings.printed("Ключи"), "Ключи");
        let of_register = Spellings::new("", &counts(&[("Дроздов", 1)]), &seen);
        assert_eq!(of_register.printed("г.Дроздов"), "Дроздов");
        let of_pipeline = Spellings::new("г. Дроздов", &counts(&[("Дроздов", 1)]), &seen);
        assert_eq!(of_pipeline.printed("город Дроздов"), "г. Дроздов");
        assert_eq!(of_pipeline.joined()["г. Дроздов"].len(), 3);
    }

    #[test]
    fn a_town_and_its_district_stay_apart_where_both_are_there() {
        let seen = counts(&[("г. Лесной", 9), ("город Лесной", 1), ("Лесной район", 5), ("Лесной р-н", 1)]);
        let spellings = Spellings::new("", &BTreeMap::new(), &seen);
        assert_eq!(spellings.printed("город Лесной"), "г. Лесной");
        assert_eq!(spellings.printed("Лесной р-н"), "Лесной район");
    }
}
