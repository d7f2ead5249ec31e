//! The list of sentences with counts: one test tries each with every kind of number and checks the grammar.
//!
//! A sentence is a function of counts and ready words. The macro adds it to the list, so that none can be forgotten;
//! `srez list sentences` prints the list.

macro_rules! sentences {
    ($($(#[$doc:meta])* fn $name:ident($($slot:ident: $kind:ty),* $(,)?) $body:block)*) => {
        $($(#[$doc])* pub fn $name($($slot: $kind),*) -> String $body)*

        /// The sentences of this file.
        pub(super) const LIST: &[super::Sentence] = &[$(super::Sentence {
            id: stringify!($name),
            said: |n| $name($(<$kind as super::Slot>::filled(n, concat!("{", stringify!($slot), "}"))),*),
        }),*];
    };
}

pub mod checks;
pub mod class_map;
pub mod differences;
pub mod files;
pub mod filtered;
pub mod municipal;
pub mod note;
pub mod participants;
pub mod quality;
pub mod school_papers;
pub mod schools;
pub mod signs;
pub mod slides;
pub mod tasks;
pub mod works;

/// One sentence of the list.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    pub id: &'static str,
    /// The sentence with this number in all its counts, and the names of the other slots in braces.
    pub said: fn(u64) -> String,
}

/// Every sentence of the list, file by file.
pub fn all() -> impl Iterator<Item = &'static Sentence> {
    [
        municipal::LIST,
        note::LIST,
        participants::LIST,
        tasks::LIST,
        school_papers::LIST,
        schools::LIST,
        checks::LIST,
        class_map::LIST,
        differences::LIST,
        works::LIST,
        files::LIST,
        quality::LIST,
        signs::LIST,
        slides::LIST,
    ]
    .into_iter()
    .flatten()
}

/// What a slot is filled with when a sentence is tried.
trait Slot {
    fn filled(n: u64, name: &'static str) -> Self;
}

impl Slot for u64 {
    fn filled(n: u64, _: &'static str) -> Self {
        n
    }
}

impl Slot for &str {
    fn filled(_: u64, name: &'static str) -> Self {
        name
    }
}
