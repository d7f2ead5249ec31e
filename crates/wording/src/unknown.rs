//! What is not known about a work, and what its documents therefore lack.

use super::number::count;
use srez_model::assessment::{Confirmation, Exam, Scale, Task};

/// One phrase for each thing that is unknown: «уровень сложности не указан у 3 из 15 заданий: по ним нет вывода о
/// достаточности». Empty where all is known.
pub fn of_exam(exam: &Exam) -> Vec<String> {
    let mut phrases = Vec::new();
    if !exam.specified {
        phrases.push("спецификации нет, задания взяты из файла".to_owned());
    }
    if exam.scale_confirmed == Confirmation::Recovered {
        phrases.push(format!("{}; границы отметок сверьте с описанием работы", exam.scale_note));
    } else if exam.scale == Scale::Unknown {
        let open = match exam.scale_note.as_str() {
            note if note.starts_with("по файлам") || note.starts_with("шкала региона") => {
                format!(", {note}")
            }
            _ => String::new(),
        };
        phrases.push(format!(
            "шкала перевода баллов неизвестна: отметки взяты из файлов, нет границ отметок и групп «чуть ниже \
             границы»{open}"
        ));
    }
    if exam.tasks.is_empty() {
        phrases.push("задания неизвестны: нет выполнения заданий и умений".to_owned());
        return phrases;
    }
    let lacking = |is_lacking: fn(&Task) -> bool| exam.tasks.iter().filter(|task| is_lacking(task)).count();
    let of_all = |k: usize| match exam.tasks.len() {
        all if all == k => "ни у одного задания".to_owned(),
        all => format!("у {} из {} заданий", count(k as u64), count(all as u64)),
    };
    let without_level = lacking(|task| task.difficulty.is_none());
    if without_level > 0 {
        let whose = if without_level == exam.tasks.len() { "" } else { "по ним " };
        phrases
            .push(format!("уровень сложности не указан {}: {whose}нет вывода о достаточности", of_all(without_level)));
    }
    let without_label = lacking(|task| task.label().is_empty());
    if without_label > 0 {
        phrases.push(format!(
            "что проверяет задание, не указано {}: они названы номерами и не входят в умения",
            of_all(without_label)
        ));
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::of_exam;
    use srez_model::assessment::{Confirmation, Difficulty, Exam, ExamKey, Procedure, Scale, Task};

    fn exam(tasks: Vec<Task>) -> Exam {
        Exam {
            tasks,
            specified: true,
            scale: Scale::Marks(vec![(0, 2), (1, 3)]),
            ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 5))
        }
    }

    fn task(content: &str, difficulty: Option<Difficulty>) -> Task {
        Task { content: content.to_owned(), difficulty, ..Task::default() }
    }

    #[test]
    fn what_is_known_is_not_spoken_of() {
        assert_eq!(of_exam(&exam(vec![task("дроби", Some(Difficulty::Basic))])), Vec::<String>::new());
    }

    #[test]
    fn each_unknown_thing_is_named_with_what_is_missing_for_it() {
        let some = exam(vec![task("дроби", None), task("", Some(Difficulty::Basic))]);
        assert_eq!(
            of_exam(&some),
            [
                "уровень сложности не указан у 1 из 2 заданий: по ним нет вывода о достаточности",
                "что проверяет задание, не указано у 1 из 2 заданий: они названы номерами и не входят в умения",
            ]
        );
        let bare = Exam { specified: false, scale: Scale::Unknown, ..exam(vec![task("", None)]) };
        assert_eq!(of_exam(&bare).len(), 4);
        assert!(of_exam(&bare)[2].starts_with("уровень сложности не указан ни у одного задания: нет вывода"));
        let open = Exam {
            scale: Scale::Unknown,
            scale_note: "по файлам шкала видна не вся («3» — с 8)".to_owned(),
            ..exam(Vec::new())
        };
        assert!(of_exam(&open)[0].ends_with("по файлам шкала видна не вся («3» — с 8)"));
        let recovered = Exam {
            scale_confirmed: Confirmation::Recovered,
            scale_note: "шкала восстановлена по файлам, пар балла и отметки: 90".to_owned(),
            ..exam(Vec::new())
        };
        assert_eq!(
            of_exam(&recovered)[0],
            "шкала восстановлена по файлам, пар балла и отметки: 90; границы отметок сверьте с описанием работы"
        );
    }
}
