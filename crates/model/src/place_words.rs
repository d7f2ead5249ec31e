//! What the place and the region around it are called inside sentences, in the cases that sentences need.

/// A noun: «край, края, крае», and «остальном крае».
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceWords {
    /// «Край».
    pub nominative: &'static str,
    /// «Края».
    pub genitive: &'static str,
    /// «В крае».
    pub prepositional: &'static str,
    /// «В остальном крае», «от остальной области».
    pub rest: [&'static str; 2],
}

/// «Остальном», «остального».
const HE: [&str; 2] = ["остальном", "остального"];
/// «Остальной», «остальной».
const SHE: [&str; 2] = ["остальной", "остальной"];

const KNOWN: [PlaceWords; 9] = [
    noun(["муниципалитет", "муниципалитета", "муниципалитете"], HE),
    noun(["город", "города", "городе"], HE),
    noun(["округ", "округа", "округе"], HE),
    noun(["район", "района", "районе"], HE),
    noun(["посёлок", "посёлка", "посёлке"], HE),
    noun(["регион", "региона", "регионе"], HE),
    noun(["край", "края", "крае"], HE),
    noun(["область", "области", "области"], SHE),
    noun(["республика", "республики", "республике"], SHE),
];

const fn noun([nominative, genitive, prepositional]: [&'static str; 3], rest: [&'static str; 2]) -> PlaceWords {
    PlaceWords { nominative, genitive, prepositional, rest }
}

impl PlaceWords {
    /// Where nothing is said of the place itself.
    pub const MUNICIPALITY: Self = KNOWN[0];
    /// Where nothing is said of the region.
    pub const REGION: Self = KNOWN[5];

    /// The noun with this nominative; none where it is not known.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        KNOWN.into_iter().find(|one| one.nominative == word)
    }

    /// The words that are known, for messages.
    pub fn known() -> impl Iterator<Item = &'static str> {
        KNOWN.into_iter().map(|one| one.nominative)
    }

    /// «В остальном крае», without the preposition.
    pub fn in_the_rest(self) -> String {
        format!("{} {}", self.rest[0], self.prepositional)
    }

    /// «От остального края», without the preposition.
    pub fn from_the_rest(self) -> String {
        format!("{} {}", self.rest[1], self.genitive)
    }
}

#[cfg(test)]
mod tests {
    use super::PlaceWords;

    #[test]
    fn nouns_of_both_genders_agree() {
        let said = |word| PlaceWords::from_word(word).map(|it| [it.in_the_rest(), it.from_the_rest()]);
        assert_eq!(said("край"), Some(["остальном крае".to_owned(), "остального края".to_owned()]));
        assert_eq!(said(" Область"), Some(["остальной области".to_owned(), "остальной области".to_owned()]));
        assert_eq!(said("штат"), None);
        assert_eq!((PlaceWords::MUNICIPALITY.nominative, PlaceWords::REGION.nominative), ("муниципалитет", "регион"));
    }
}
