//! A task to be worked on at a meeting: how it was done, and what people write down about it.

use super::{Blank, Text, Verdict};

/// A card of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskCard {
    /// «Задание № 14».
    pub title: String,
    /// «Проверять истинность геометрических утверждений · Б, 1 балл».
    pub matter: String,
    /// Judgement, drawn as a shape.
    pub verdict: Verdict,
    /// The judgement in words: «ниже порога».
    pub words: String,
    /// Full, partial, zero, not attempted, in percent: drawn.
    pub parts: [f64; 4],
    /// The same and the results of groups in words, one sentence each.
    pub numbers: Vec<String>,
    /// How points are lost, and by whom.
    pub text: Text,
    /// What is filled in, side by side.
    pub fields: Vec<Blank>,
}
