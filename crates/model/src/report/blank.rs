//! A field to be filled in: lines for a pen, or what was written into it before.

use super::super::field_id::FieldId;
use super::{Block, Section};

/// A field with its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// Address, the same in every document that has the field.
    pub id: FieldId,
    /// What to write, as printed.
    pub label: String,
    /// What it is about, for lists of fields: «№ 14», the question; empty where the document alone says it.
    pub topic: String,
    /// Lines that stay empty without a text.
    pub lines: u8,
    /// Numbers beside it, which a text may rest on.
    pub shown: Vec<Shown>,
    /// What was written; empty for lines to be filled by hand.
    pub text: String,
}

/// A number beside a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// «выполнение».
    pub name: String,
    /// As printed: «45,3 % (n = 42)».
    pub printed: String,
}

impl Blank {
    /// An empty field.
    pub fn new(id: FieldId, label: impl Into<String>, lines: u8) -> Self {
        Self { id, label: label.into(), topic: String::new(), lines, shown: Vec::new(), text: String::new() }
    }

    /// The same about a task or a question, in words.
    #[must_use]
    pub fn on(mut self, topic: impl Into<String>) -> Self {
        self.topic = topic.into();
        self
    }

    /// What to write and of what: «№ 14. Типичные ошибки».
    pub fn title(&self) -> String {
        if self.topic.is_empty() {
            return self.label.clone();
        }
        let end = if self.topic.ends_with(['.', '?', '!']) { " " } else { ". " };
        format!("{}{end}{}", self.topic, self.label)
    }

    /// The same beside numbers.
    #[must_use]
    pub fn beside(mut self, shown: impl IntoIterator<Item = Shown>) -> Self {
        self.shown.extend(shown);
        self
    }

    /// The field as a block.
    pub fn block(self) -> Block {
        Block::Field(self)
    }
}

impl Section {
    /// Its fields in their order.
    pub fn blanks(&self) -> impl Iterator<Item = &Blank> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Field(blank) => std::slice::from_ref(blank),
            Block::TaskCard(card) => &card.fields,
            _ => &[],
        })
    }

    /// The same, to be filled in.
    pub fn blanks_mut(&mut self) -> impl Iterator<Item = &mut Blank> {
        self.blocks.iter_mut().flat_map(|block| match block {
            Block::Field(blank) => std::slice::from_mut(blank),
            Block::TaskCard(card) => &mut card.fields,
            _ => &mut [],
        })
    }
}
