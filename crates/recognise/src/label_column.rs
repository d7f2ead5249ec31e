//! A column of labels as it is filled: each string of the sheet is spelled once.

use rustc_hash::{FxHashMap, FxHashSet};
use srez_model::block::Labels;
use srez_model::raw_sheet::{RawCell, RawSheet};

const UNKNOWN: u32 = u32::MAX;

/// Fills [`Labels`] in constant time per row.
#[derive(Default)]
pub(crate) struct LabelColumn {
    labels: Labels,
    index: FxHashMap<String, u32>,
    by_text: Vec<u32>,
    by_number: FxHashMap<u64, u32>,
}

impl LabelColumn {
    /// Adds a row with a name.
    pub(crate) fn push(&mut self, name: &str) {
        let index = self.intern(name);
        self.labels.of_row.push(index);
    }

    /// Adds a row with a cell; `spell` is asked once for every text and number.
    pub(crate) fn push_cell(&mut self, sheet: &RawSheet, cell: RawCell, spell: &mut dyn FnMut(&str) -> String) {
        let index = match cell {
            RawCell::Text(text) => {
                if self.by_text.len() < sheet.strings.len() {
                    self.by_text.resize(sheet.strings.len(), UNKNOWN);
                }
                match self.by_text.get(text as usize) {
                    Some(known) if *known != UNKNOWN => *known,
                    _ => {
                        let index = self.intern(&spell(sheet.string(text)));
                        if let Some(slot) = self.by_text.get_mut(text as usize) {
                            *slot = index;
                        }
                        index
                    }
                }
            }
            RawCell::Number(number) => match self.by_number.get(&number.to_bits()) {
                Some(known) => *known,
                None => {
                    let index = self.intern(&spell(&sheet.show(cell)));
                    self.by_number.insert(number.to_bits(), index);
                    index
                }
            },
            other => self.intern(&spell(&sheet.show(other))),
        };
        self.labels.of_row.push(index);
    }

    /// Label of the last row.
    pub(crate) fn last(&self) -> &str {
        self.labels.of_row.len().checked_sub(1).map_or("", |row| self.labels.name(row))
    }

    /// Different labels of the rows from `first` up to `end`; every empty one counts.
    pub(crate) fn distinct(&self, first: usize, end: usize) -> usize {
        let rows = self.labels.of_row.get(first..end).unwrap_or_default();
        let is_empty = |index: &u32| self.labels.names.get(*index as usize).is_none_or(String::is_empty);
        let (empty, named): (Vec<u32>, Vec<u32>) = rows.iter().copied().partition(is_empty);
        let named: FxHashSet<u32> = named.into_iter().collect();
        empty.len() + named.len()
    }

    /// The column.
    pub(crate) fn finish(self) -> Labels {
        self.labels
    }

    fn intern(&mut self, name: &str) -> u32 {
        if let Some(known) = self.index.get(name) {
            return *known;
        }
        let index = u32::try_from(self.labels.names.len()).unwrap_or(UNKNOWN);
        self.labels.names.push(name.to_owned());
        self.index.insert(name.to_owned(), index);
        index
    }
}

/// The same rows under other names; names that become equal become one.
pub(crate) fn rename(labels: &Labels, spell: impl FnMut(&str) -> String) -> Labels {
    let mut column = LabelColumn::default();
    let renamed: Vec<u32> =
        labels.names.iter().map(String::as_str).map(spell).map(|name| column.intern(&name)).collect();
    column.labels.of_row =
        labels.of_row.iter().map(|index| renamed.get(*index as usize).copied().unwrap_or(UNKNOWN)).collect();
    column.labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renamed_labels_join() {
        let mut column = LabelColumn::default();
        for name in ["1", "2", "1", "3"] {
            column.push(name);
        }
        assert_eq!((column.distinct(0, 4), column.distinct(0, 1), column.distinct(4, 9)), (3, 1, 0));
        let renamed = rename(&column.finish(), |name| {
            if name == "3" { "8А".to_owned() } else { format!("8{}", if name == "1" { "А" } else { "Б" }) }
        });
        assert_eq!(renamed.names, ["8А", "8Б"]);
        assert_eq!(renamed.of_row, [0, 1, 0, 0]);
    }
}
