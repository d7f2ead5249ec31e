//! Names of files and folders from what stands in data: whatever that is, every system takes them, and no two things
//! share one.

use super::slug::slug;
use srez_model::artifact::is_device;
use std::collections::BTreeSet;

/// Longest name in bytes, its number included and its extension not.
pub const LONGEST: usize = 80;

/// Bytes that are kept free for a number.
const ROOM_FOR_NUMBER: usize = 8;

/// The slug of a text as a name: `otherwise` where nothing of the text can be kept, shortened where it is too long, and
/// never a name that Windows keeps for itself.
pub fn file_name(text: &str, otherwise: &str, longest: usize) -> String {
    let mut name = slug(text);
    name.truncate(longest);
    name.truncate(name.trim_end_matches('-').len());
    if name.is_empty() {
        otherwise.clone_into(&mut name);
    }
    if is_device(&name) { format!("{name}-") + otherwise } else { name }
}

/// Names that are given out once each.
#[derive(Clone, Debug, Default)]
pub struct FreeNames {
    taken: BTreeSet<String>,
}

impl FreeNames {
    /// The name of a text; a number is added where another has it already.
    pub fn take(&mut self, text: &str, otherwise: &str) -> String {
        let name = file_name(text, otherwise, LONGEST - ROOM_FOR_NUMBER);
        let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| !self.taken.contains(name)).unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use srez_model::artifact::is_plain_path;

    #[test]
    fn odd_codes_of_schools_get_names_of_their_own() {
        let mut names = FreeNames::default();
        let codes = ["edu990003", "еду990003", "CON", "nul.txt", "—", "№", "?", "..", "/", "日本", "\u{200b}", "COM1"];
        let given: Vec<String> = codes.iter().map(|code| names.take(code, "school")).collect();
        let expected = [
            "edu990003",
            "edu990003-2",
            "con-school",
            "nul-txt",
            "school",
            "school-2",
            "school-3",
            "school-4",
            "school-5",
            "school-6",
            "school-7",
            "com1-school",
        ];
        assert_eq!(given, expected);
    }

    /// Texts as they stand in the cells of codes: anything, and much of what is nearly right.
    fn codes() -> impl Strategy<Value = Vec<String>> {
        let odd = prop_oneof![
            "\\PC{0,12}",
            "[eеaаoоcс]du99000[1-3]",
            "(con|PRN|Aux|nul|COM[0-9]|lpt[1-9])(\\.[a-z]{1,3})?[ .]{0,2}",
            "[ж日😀№%/\\\\:*?\"<>|. -]{1,200}",
            "щ{60,120}",
        ];
        prop::collection::vec(odd, 0..40)
    }

    proptest! {
        #[test]
        fn whatever_the_texts_every_name_can_be_written_and_stands_once(codes in codes()) {
            let mut names = FreeNames::default();
            let given: Vec<String> = codes.iter().map(|code| names.take(code, "school")).collect();
            for name in &given {
                prop_assert!((1..=LONGEST).contains(&name.len()), "{name}");
                let path = format!("schools/{name}/letter.docx");
                prop_assert!(is_plain_path(&path), "{name}");
                prop_assert_eq!(name, &name.to_ascii_lowercase());
            }
            prop_assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), given.len());
        }
    }
}
