//! What slides say with counts: short, because a wall is read from afar.

use crate::plural::{TASK, nominative, oblique};

sentences! {
    /// Title of the slide that counts tasks below their threshold.
    fn tasks_below(n: u64) {
        if n == 0 {
            return "Ниже порога нет ни одного задания".to_owned();
        }
        format!("Ниже порога\u{a0}— {}", nominative(n, TASK))
    }

    /// What «7 из 18» counts; `n` are all tasks.
    fn judged_tasks(n: u64, works: &str) {
        format!("{} ниже порога: {works}", oblique(n, TASK.genitive))
    }
}
