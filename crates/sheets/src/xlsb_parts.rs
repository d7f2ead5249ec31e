//! The small parts of a binary workbook (`.xlsb`): sheets, shared strings, and which styles show dates.

use super::biff12::{Records, wide_text};
use super::compound::{short, word};
use super::container::Container;
use super::refusal::Refusal;
use super::workbook::damaged;
use super::xlsx_parts::{Look, SharedStrings, SheetPart, WorkbookParts, built_in_look, look_of_code, sheet_targets};
use rustc_hash::FxHashMap;

const STRING: u16 = 19;
const FORMAT: u16 = 44;
const CELL_FORMAT: u16 = 47;
const WORKBOOK_PROPERTIES: u16 = 153;
const SHEET: u16 = 156;
const BEGIN_CELL_FORMATS: u16 = 617;
const END_CELL_FORMATS: u16 = 618;

/// Reads the small parts.
pub(super) fn read(container: &mut Container<'_>) -> Result<WorkbookParts, Refusal> {
    let links = container.part("xl/_rels/workbook.bin.rels")?.ok_or_else(damaged)?;
    let targets = sheet_targets(&links).map_err(|_| damaged())?;
    let workbook = container.part("xl/workbook.bin")?.ok_or_else(damaged)?;
    let (sheets, from_1904) = sheets(container, &workbook, &targets)?;
    let strings = container.part("xl/sharedStrings.bin")?.map(|bytes| shared_strings(&bytes)).transpose()?;
    let looks = container.part("xl/styles.bin")?.map(|bytes| looks(&bytes)).transpose()?;
    Ok(WorkbookParts { sheets, strings: strings.unwrap_or_default(), looks: looks.unwrap_or_default(), from_1904 })
}

/// Sheets in the order of the workbook, and whether dates count from 1904.
fn sheets(
    container: &Container<'_>,
    bytes: &[u8],
    targets: &FxHashMap<Vec<u8>, String>,
) -> Result<(Vec<SheetPart>, bool), Refusal> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    let mut records = Records::new(bytes);
    while let Some((kind, body)) = records.next().map_err(|_| damaged())? {
        match kind {
            WORKBOOK_PROPERTIES => from_1904 = body.first().is_some_and(|flags| flags & 1 != 0),
            SHEET => {
                let (link, end) = wide_text(body, 8).ok_or_else(damaged)?;
                let (name, _) = wide_text(body, end).ok_or_else(damaged)?;
                let hidden = word(body, 0).is_some_and(|state| state != 0);
                let target = targets.get(link.as_bytes()).ok_or_else(damaged)?;
                let place = if target.is_empty() { None } else { Some(container.place(target).ok_or_else(damaged)?) };
                sheets.push(SheetPart { name, hidden, place });
            }
            _ => {}
        }
    }
    if sheets.is_empty() { Err(damaged()) } else { Ok((sheets, from_1904)) }
}

/// Every string takes its place, also one that is cut: cells name them by number.
fn shared_strings(bytes: &[u8]) -> Result<SharedStrings, Refusal> {
    let mut shared = SharedStrings::default();
    let mut records = Records::new(bytes);
    while let Some((kind, body)) = records.next().map_err(|_| damaged())? {
        if kind == STRING {
            // The first byte tells of fonts and pronunciation, which stand behind the text.
            let (text, _) = wide_text(body, 1).ok_or_else(damaged)?;
            shared.push(&text);
        }
    }
    Ok(shared)
}

fn looks(bytes: &[u8]) -> Result<Vec<Look>, Refusal> {
    let mut own_formats: FxHashMap<u16, Look> = FxHashMap::default();
    let mut looks = Vec::new();
    let mut inside = false;
    let mut records = Records::new(bytes);
    while let Some((kind, body)) = records.next().map_err(|_| damaged())? {
        match kind {
            FORMAT => {
                let (code, _) = wide_text(body, 2).ok_or_else(damaged)?;
                own_formats.insert(short(body, 0).ok_or_else(damaged)?, look_of_code(&code));
            }
            BEGIN_CELL_FORMATS => inside = true,
            END_CELL_FORMATS => break,
            CELL_FORMAT if inside => {
                let id = short(body, 2).ok_or_else(damaged)?;
                looks.push(own_formats.get(&id).copied().unwrap_or_else(|| built_in_look(Some(id))));
            }
            _ => {}
        }
    }
    Ok(looks)
}

#[cfg(test)]
mod tests {
    use super::{looks, shared_strings};
    use crate::xlsb::tests::{record, wide};
    use crate::xlsx_parts::Look;

    #[test]
    fn styles_count_only_cell_formats() {
        let format = |id: u16| [&[0, 0][..], &id.to_le_bytes(), &[0; 12]].concat();
        let bytes = [
            record(44, &[&164_u16.to_le_bytes()[..], &wide("dd.mm.yyyy")].concat()),
            record(47, &format(14)),
            record(617, &[4, 0, 0, 0]),
            record(47, &format(0)),
            record(47, &format(164)),
            record(47, &format(14)),
            record(47, &format(10)),
            record(618, &[]),
            record(47, &format(14)),
        ];
        assert_eq!(looks(&bytes.concat()).unwrap(), [Look::Number, Look::Date, Look::Date, Look::Percent]);
    }

    #[test]
    fn strings_keep_their_numbers_and_a_lying_length_is_damage() {
        let string = |text: &str| record(19, &[&[1][..], &wide(text), &[9; 8]].concat());
        let shared = shared_strings(&[string("а"), record(35, &[0]), string(""), string("б")].concat()).unwrap();
        assert_eq!(
            [shared.get(0), shared.get(1), shared.get(2), shared.get(3)],
            [Some("а"), Some(""), Some("б"), None]
        );
        let lying = record(19, &[0, 0xFF, 0xFF, 0xFF, 0x7F, 0x30, 0x04]);
        assert_eq!(shared_strings(&lying).unwrap_err().code.id.as_str(), "I03");
    }
}
