//! Words with which a row of summary or a line of office begins: «Макс. балл», «% выполнения», «Учитель: …».

use super::spelling::fold;

/// First words of rows that sum up a table, whatever the column in which they stand.
const SUMMARY: &[&str] = &[
    "макс",
    "максимум",
    "максимальный",
    "максимальная",
    "максимальное",
    "максимальные",
    "мах",
    "max",
    "maximum",
    "мин",
    "минимум",
    "минимальный",
    "минимальная",
    "минимальное",
    "минимальные",
    "min",
    "средн",
    "среднее",
    "средние",
    "ср",
    "mean",
    "итог",
    "итого",
    "итоги",
    "всего",
    "total",
    "сумма",
    "процент",
    "проценты",
    "доля",
    "выполнили",
    "выполнение",
    "выполнено",
    "выполнивших",
    "справились",
    "справившихся",
    "кол",
    "количество",
    "число",
    "отсутствовали",
    "отсутствует",
    "отсутствуют",
    "отсутствующих",
    "присутствовали",
    "присутствовало",
    "участвовали",
    "участников",
    "успеваемость",
    "обученность",
    "медиана",
    "отклонение",
];

/// First words that are no code of a participant, though another column may hold them.
const OFFICE: &[&str] = &[
    "балл",
    "баллы",
    "бланк",
    "вариант",
    "дата",
    "директор",
    "завуч",
    "задание",
    "задания",
    "исполнитель",
    "качество",
    "класс",
    "классный",
    "классы",
    "код",
    "мода",
    "муниципалитет",
    "номер",
    "норма",
    "ответственный",
    "отметка",
    "оценка",
    "подпись",
    "председатель",
    "предмет",
    "примечание",
    "примечания",
    "район",
    "регион",
    "руководитель",
    "средний",
    "средняя",
    "участник",
    "участники",
    "учащиеся",
    "ученик",
    "ученики",
    "учитель",
    "учителя",
    "фамилия",
    "фио",
    "школа",
    "эксперт",
    "эксперты",
];

/// What a «средний» or «средняя» sums up; a school may be «Средняя» too.
const AVERAGED: &[&str] = &["балл", "процент", "оценка", "отметка", "результат", "значение"];

/// True where a text begins as a row of summary does.
pub(crate) fn is_summary(text: &str) -> bool {
    let folded = fold(text);
    let mut words = words_of(&folded);
    let Some(first) = words.next() else { return false };
    let second = words.next();
    let negated = first == "не" && second.is_some_and(|second| SUMMARY.contains(&second));
    let averaged = matches!(first, "средний" | "средняя") && second.is_some_and(|second| AVERAGED.contains(&second));
    let percent = first == "%" && second.is_some();
    percent || negated || averaged || SUMMARY.contains(&first)
}

/// True where a text in the column of codes is a label: a summary, or a word of office without a number behind it.
pub(crate) fn is_label(text: &str) -> bool {
    let folded = fold(text);
    let is_office = || {
        let without_number = !folded.chars().any(|sign| sign.is_ascii_digit());
        let first = words_of(&folded).next().unwrap_or_default();
        OFFICE.contains(&first) && (without_number || folded.contains(':') || folded.contains('_'))
    };
    is_summary(text) || is_office()
}

/// True where a text in the column of surnames is a label and no name: «Максимум», «Средний балл» and «Учитель: …», but
/// not «Максимов» or «Доля Анна Петровна».
pub(crate) fn is_label_for_name(text: &str) -> bool {
    let second = text.split_whitespace().nth(1);
    let named = second.is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase));
    (!named || text.contains([':', '_'])) && is_label(text)
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|sign: char| !sign.is_alphanumeric() && sign != '%');
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_summary_are_told_by_their_first_word() {
        for text in [
            "Макс. балл",
            "МАКСИМУМ",
            "% выполнения",
            "Выполнили, чел.",
            "не справились",
            "Средний балл",
            "Ср. балл",
            "Кол-во участников: 3",
            "Итого по школе",
        ] {
            assert!(is_summary(text) && is_label(text), "{text}");
        }
        for text in ["класс", "Учитель: Тестова А. И.", "Директор ____", "Дата: 20.04.2026"]
        {
            assert!(is_label(text) && !is_summary(text), "{text}");
        }
    }

    #[test]
    fn codes_schools_and_names_are_no_summaries() {
        for text in ["60001", "код 60001", "Максимов Иван", "Средняя школа № 1", "А-12", "%", ""]
        {
            assert!(!is_label(text) || text.starts_with("Средняя"), "{text}");
            assert!(!is_summary(text), "{text}");
        }
        assert!(!is_label_for_name("Доля Анна Петровна") && is_label_for_name("Средний балл"));
    }
}
