//! Words of the page that filters: what its lines are called, and the sentence that a row is read as. The page fills
//! the slots in braces with numbers that are printed already.

use srez_model::filter_page::SentenceParts;

/// What a line is called: in the table, inside a sentence, and with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineWords {
    pub what: String,
    pub named: String,
    pub said: String,
}

impl LineWords {
    fn new(what: String, named: String, said: String) -> Self {
        Self { what, named, said }
    }
}

/// The sentence of a row.
pub fn parts() -> SentenceParts {
    SentenceParts {
        head: "{group}. {work}: {said}".to_owned(),
        hidden: "{group}. {work}: {named}\u{a0}— число не показано: {why}".to_owned(),
        participants: "участников\u{a0}— {n}".to_owned(),
        interval: "95\u{a0}% интервал\u{a0}— от\u{a0}{low} до\u{a0}{high}\u{a0}%".to_owned(),
        points: "баллы\u{a0}— {sum} из\u{a0}{most} возможных".to_owned(),
    }
}

/// Share of «3», «4» and «5».
pub fn pass() -> LineWords {
    LineWords::new(
        "Успеваемость («3», «4», «5»)".to_owned(),
        "успеваемость".to_owned(),
        "успеваемость\u{a0}— {share}\u{a0}%".to_owned(),
    )
}

/// Share of «4» and «5».
pub fn quality() -> LineWords {
    LineWords::new("Качество («4», «5»)".to_owned(), "качество".to_owned(), "качество\u{a0}— {share}\u{a0}%".to_owned())
}

/// Share of marks, places 0 to 3 for «2» to «5»: «отметку «4» или «5» получили 38,2 %».
pub fn marks(places: &[usize]) -> LineWords {
    let names: Vec<String> = places.iter().map(|place| format!("«{}»", place + 2)).collect();
    let (noun, which) = match names.as_slice() {
        [one] => ("Отметка", one.clone()),
        _ => ("Отметки", names.join(", ")),
    };
    let either = match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} или\u{a0}{last}", first.join(", ")),
        _ => which.clone(),
    };
    LineWords::new(
        format!("{noun} {which}"),
        format!("доля получивших отметку {either}"),
        format!("отметку {either} получили {{share}}\u{a0}%"),
    )
}

/// Share of bands of the test score, places 0 to 3 from below the minimum to 81–100.
pub fn bands(places: &[usize]) -> LineWords {
    let range = match (places.first(), places.last()) {
        (Some(0), Some(0)) => "ниже минимального",
        (Some(0), Some(1)) => "до\u{a0}60",
        (Some(1), Some(1)) => "от\u{a0}минимального до\u{a0}60",
        (Some(1), Some(3)) => "не\u{a0}ниже минимального",
        (Some(2), Some(2)) => "от\u{a0}61 до\u{a0}80",
        (Some(2), Some(3)) => "от\u{a0}61 до\u{a0}100",
        (Some(3), Some(3)) => "от\u{a0}81 до\u{a0}100",
        _ => "любой",
    };
    LineWords::new(
        format!("Тестовый балл {range}"),
        format!("доля участников с\u{a0}тестовым баллом {range}"),
        format!("тестовый балл {range}\u{a0}— у\u{a0}{{share}}\u{a0}%"),
    )
}

/// The mean primary score.
pub fn mean_score() -> LineWords {
    mean("средний первичный балл")
}

/// The mean test score.
pub fn mean_test() -> LineWords {
    mean("средний тестовый балл")
}

fn mean(named: &str) -> LineWords {
    LineWords::new(crate::text::capitalised(named), named.to_owned(), format!("{named}\u{a0}— {{sum}}"))
}

/// A task with its label, which may be empty.
pub fn task(id: &str, label: &str) -> LineWords {
    let (dotted, bracketed) = match label {
        "" => (String::new(), String::new()),
        label => (format!(". {}", crate::text::capitalised(label)), format!(" ({})", crate::text::lowered(label))),
    };
    LineWords::new(
        format!("№\u{a0}{id}{dotted}"),
        format!("задание №\u{a0}{id}{bracketed}"),
        format!("задание №\u{a0}{id}{bracketed} выполнено на\u{a0}{{share}}\u{a0}%"),
    )
}

/// A skill.
pub fn skill(title: &str) -> LineWords {
    let named = format!("умение «{}»", crate::text::lowered(&title.replace('«', "„").replace('»', "“")));
    let said = format!("{named}\u{a0}— {{share}}\u{a0}% возможных баллов");
    LineWords::new(crate::text::capitalised(title), named, said)
}

/// Why a group is too small for shares, as the end of a sentence.
pub fn too_small(least: &str) -> String {
    format!("участников меньше {least}")
}

/// Why an edition does not show a number, likewise.
pub const BY_THE_RULES: &str = "по нему можно было бы узнать отдельных участников";

#[cfg(test)]
mod tests {
    use super::*;

    /// A template as the page fills it.
    fn filled(template: &str, slots: &[(&str, &str)]) -> String {
        slots.iter().fold(template.to_owned(), |text, (slot, words)| text.replace(&format!("{{{slot}}}"), words))
    }

    #[test]
    fn a_row_reads_as_a_sentence() {
        let head = |line: &LineWords| {
            let said = filled(&line.said, &[("share", "45,3"), ("sum", "12,3")]);
            let work = "ВПР-2026 по математике, 8 класс";
            filled(&parts().head, &[("group", "СОШ № 49"), ("work", work), ("said", &said)]).replace('\u{a0}', " ")
        };
        let begun = "СОШ № 49. ВПР-2026 по математике, 8 класс: ";
        let said = |line: &LineWords| head(line).strip_prefix(begun).unwrap().to_owned();
        assert_eq!(said(&pass()), "успеваемость — 45,3 %");
        assert_eq!(said(&marks(&[0])), "отметку «2» получили 45,3 %");
        assert_eq!(said(&marks(&[1, 2, 3])), "отметку «3», «4» или «5» получили 45,3 %");
        assert_eq!(said(&bands(&[0])), "тестовый балл ниже минимального — у 45,3 %");
        assert_eq!(said(&mean_score()), "средний первичный балл — 12,3");
        assert_eq!(said(&task("5", "")), "задание № 5 выполнено на 45,3 %");
        assert_eq!(said(&task("5", "Решать уравнения")), "задание № 5 (решать уравнения) выполнено на 45,3 %");
        assert_eq!(said(&skill("Анализ «Слова»")), "умение «анализ „Слова“» — 45,3 % возможных баллов");
        assert_eq!(marks(&[2, 3]).what, "Отметки «4», «5»");
        assert_eq!(task("5", "решать уравнения").what, "№\u{a0}5. Решать уравнения");
    }
}
