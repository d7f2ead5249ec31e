//! Skills: which tasks of an exam belong together.

use super::assessment::{Exam, Task};

/// A skill and the indices of its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// What it is called.
    pub name: String,
    /// Indices into the exam's tasks.
    pub tasks: Vec<u16>,
}

impl Skill {
    /// Skills in the order of their first task; tasks without skill, content and content code belong to none.
    pub fn of_exam(exam: &Exam) -> Vec<Self> {
        let mut skills: Vec<Self> = Vec::new();
        for (index, task) in (0_u16..).zip(&exam.tasks) {
            let name = name(task);
            if name.is_empty() {
                continue;
            }
            match skills.iter_mut().find(|skill| skill.name == name) {
                Some(skill) => skill.tasks.push(index),
                None => skills.push(Self { name: name.to_owned(), tasks: vec![index] }),
            }
        }
        skills
    }

    /// Their names alone.
    pub fn titles(exam: &Exam) -> Vec<String> {
        Self::of_exam(exam).into_iter().map(|skill| skill.name).collect()
    }
}

fn name(task: &Task) -> &str {
    match task.matter() {
        "" => task.content_codes.first().map_or("", String::as_str),
        matter => matter,
    }
}
