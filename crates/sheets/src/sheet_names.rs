//! Names of sheets: one that was read in a wrong encoding reads as before, and what looks like data of a person is
//! masked as in names of files.

use super::codes::MOJIBAKE;
use super::mojibake::repaired_name;
use super::oddities::without_controls;
use srez_model::note::Note;
use srez_model::personal::{FileNames, KnownWords, shown_name};
use srez_model::raw_sheet::RawSheet;

/// Names that were replaced in one workbook.
#[derive(Default)]
pub(super) struct SheetNames {
    names: FileNames,
    /// The name of the workbook and the shown one.
    replaced: Vec<(String, String)>,
    /// Shown names of those that were damaged.
    mended: Vec<String>,
}

impl SheetNames {
    /// The sheet under a name that may be shown.
    pub(super) fn hide(&mut self, mut sheet: RawSheet) -> RawSheet {
        let mended = repaired_name(&sheet.name).map(|name| without_controls(&name).into_owned());
        let shown = self.names.of(mended.as_ref().unwrap_or(&sheet.name));
        if mended.is_some() {
            self.mended.push(shown.clone());
        }
        if shown != sheet.name {
            self.replaced.push((std::mem::replace(&mut sheet.name, shown.clone()), shown));
        }
        sheet
    }

    /// The same in a note about the sheet.
    pub(super) fn hide_in(&self, note: &mut Note) {
        for (name, shown) in &self.replaced {
            note.message = note.message.replace(name, shown);
            if note.sheet == *name {
                note.sheet.clone_from(shown);
            }
        }
        if !self.replaced.iter().any(|(_, shown)| *shown == note.sheet) {
            note.sheet = shown_name(&note.sheet, &KnownWords::default());
        }
    }

    /// Notes about the names that were damaged.
    pub(super) fn notes(&self, file: &str) -> impl Iterator<Item = Note> {
        let note = |name: &String| {
            let message = format!("имя листа испорчено перекодировкой: прочитано как «{name}»");
            Note::about_file(&MOJIBAKE, file, message).at_sheet(name).stated(name.clone())
        };
        self.mended.iter().map(note)
    }
}

#[cfg(test)]
mod tests {
    use super::SheetNames;
    use srez_model::raw_sheet::RawSheet;

    fn shown<const N: usize>(names: &mut SheetNames, sheets: [&str; N]) -> [String; N] {
        sheets.map(|name| names.hide(RawSheet { name: name.to_owned(), ..RawSheet::default() }).name)
    }

    #[test]
    fn a_sheet_named_after_a_person_is_masked() {
        let sheets = ["8А", "Канарейкина Анна Сергеевна", "Канарейкин П.С.", "Канарейкин", "Русский"];
        let masked = ["8А", "[имя на К]", "[имя на К, 2]", "[имя на К, 3]", "Русский"];
        assert_eq!(shown(&mut SheetNames::default(), sheets), masked);
    }

    #[test]
    fn a_sheet_with_a_damaged_name_bears_its_former_one() {
        let mut names = SheetNames::default();
        let sheets = ["РњР°С‚РµРјР°С‚РёРєР°", "Ìàòåìàòèêà 8", "РС"];
        assert_eq!(shown(&mut names, sheets), ["Математика", "Математика 8", "РС"]);
        let notes: Vec<_> = names.notes("ф.xlsx").map(|note| (note.code.as_str(), note.sheet)).collect();
        assert_eq!(notes, [("I24", "Математика".to_owned()), ("I24", "Математика 8".to_owned())]);
    }
}
