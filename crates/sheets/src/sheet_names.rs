//! Names of sheets: one that looks like data of a person is replaced by the number of the sheet.

use srez_model::note::Note;
use srez_model::personal::{is_personal, without_personal};
use srez_model::raw_sheet::RawSheet;

/// Names that were replaced in one workbook.
#[derive(Default)]
pub(super) struct SheetNames {
    handed: u32,
    hidden: Vec<(String, String)>,
}

impl SheetNames {
    /// The sheet under a name that may be shown. Numbers and not masks, so that two sheets never share a name.
    pub(super) fn hide(&mut self, mut sheet: RawSheet) -> RawSheet {
        self.handed += 1;
        if is_personal(&sheet.name) {
            let shown = format!("лист {}", self.handed);
            self.hidden.push((std::mem::replace(&mut sheet.name, shown.clone()), shown));
        }
        sheet
    }

    /// The same in a note about the sheet.
    pub(super) fn hide_in(&self, note: &mut Note) {
        for (name, shown) in &self.hidden {
            note.message = note.message.replace(name, shown);
            if note.sheet == *name {
                note.sheet.clone_from(shown);
            }
        }
        if is_personal(&note.sheet) {
            note.sheet = without_personal(&note.sheet);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SheetNames;
    use srez_model::raw_sheet::RawSheet;

    #[test]
    fn a_sheet_named_after_a_person_is_numbered() {
        let mut names = SheetNames::default();
        let sheets = ["8А", "Канарейкина Анна Сергеевна", "Канарейкин П.С."];
        let shown = sheets.map(|name| names.hide(RawSheet { name: name.to_owned(), ..RawSheet::default() }).name);
        assert_eq!(shown, ["8А", "лист 2", "лист 3"]);
    }
}
