//! What a header that no profile knows may mean, by the words in it: a proposal for the analyst, never used for
//! reading.

use srez_model::form::Field;
use srez_model::sketch::ColumnKind;

/// Words that must all be met, each by one of its beginnings, and what the column is then; the first line that fits
/// counts.
const WORDS: &[(&[&[&str]], Field)] = &[
    (&[&["вар", "вариант"]], Field::Variant),
    (&[&["присутств", "явка", "явился"]], Field::Presence),
    (&[&["журнал", "четверт", "триместр", "полугод", "годов"]], Field::Journal),
    (&[&["тест"], &["балл"]], Field::TestScore),
    (&[&["сумма", "итог", "всего", "перв", "общий", "набран"], &["балл", "итог", "сумма"]], Field::Total),
    (&[&["оценк", "отметк"]], Field::Mark),
    (&[&["кратк"], &["ответ"]], Field::ShortAnswers),
    (&[&["развернут"], &["ответ"]], Field::ExtendedAnswers),
    (&[&["логин"]], Field::Login),
    (&[&["код", "шифр", "номер", "id"], &["участник", "ученик", "обучающ", "учащ", "работ"]], Field::Participant),
    (&[&["код", "номер", "№"], &["бланк", "билет", "карточк"]], Field::Participant),
    (&[&["шифр"]], Field::Participant),
    (&[&["код", "номер", "№", "id"], &["оо", "оу", "школ", "организац", "учрежд"]], Field::Code),
    (&[&["фамил", "фио"]], Field::Surname),
    (&[&["ученик", "участник", "обучающ", "учащ"]], Field::Surname),
    (&[&["имя"]], Field::GivenName),
    (&[&["отчеств"]], Field::Patronymic),
    (&[&["класс", "литер", "параллел"]], Field::Class),
    (&[&["пол"]], Field::Sex),
    (&[&["учебник", "умк"]], Field::Textbook),
    (&[&["муницип", "район", "округ", "мсу"]], Field::Municipality),
    (&[&["предмет"]], Field::Subject),
    (&[&["школ", "оо", "оу", "организац", "учрежд"]], Field::SchoolName),
    (&[&["№"]], Field::Ordinal),
];

/// Beginnings that are whole words: «пол» is no «полугодие», «оо» no «ооо».
const WHOLE: &[&str] = &["вар", "пол", "оо", "оу", "имя", "код", "id", "фио", "умк", "мсу", "№"];

/// The field that the words of a folded header name. A column of whole numbers holds no names: «Ученик» is then a code,
/// «Школа» likewise.
pub(super) fn guess(folded: &str, kind: ColumnKind) -> Option<Field> {
    let spaced: String =
        folded.chars().map(|sign| if sign.is_alphanumeric() || sign == '№' { sign } else { ' ' }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let meets = |beginning: &&str| {
        let whole = WHOLE.contains(beginning);
        words.iter().any(|word| if whole { word == beginning } else { word.starts_with(beginning) })
    };
    let fits = |all: &&[&[&str]]| all.iter().all(|one_of| one_of.iter().any(meets));
    let field = WORDS.iter().find(|(all, _)| fits(all)).map(|(_, field)| *field)?;
    Some(match (field, kind) {
        (Field::Surname, ColumnKind::Whole) => Field::Participant,
        (Field::SchoolName, ColumnKind::Whole) => Field::Code,
        (field, _) => field,
    })
}

#[cfg(test)]
mod tests {
    use super::guess;
    use srez_model::form::Field;
    use srez_model::sketch::ColumnKind;

    #[test]
    fn words_tell_what_a_column_may_be() {
        let of = |header: &str| guess(header, ColumnKind::Text);
        let expected = [
            ("шифр работы", Some(Field::Participant)),
            ("код оо", Some(Field::Code)),
            ("класс, литера", Some(Field::Class)),
            ("сумма баллов", Some(Field::Total)),
            ("итого (балл)", Some(Field::Total)),
            ("отметка за 3 четверть", Some(Field::Journal)),
            ("оценка", Some(Field::Mark)),
            ("фио ученика", Some(Field::Surname)),
            ("ученик", Some(Field::Surname)),
            ("полугодие", Some(Field::Journal)),
            ("пол", Some(Field::Sex)),
            ("номер бланка", Some(Field::Participant)),
            ("№ школы", Some(Field::Code)),
            ("№ п/п", Some(Field::Ordinal)),
            ("тест. балл", Some(Field::TestScore)),
            ("перв. балл", Some(Field::Total)),
            ("вар.", Some(Field::Variant)),
            ("ооо «ромашка»", None),
            ("кабинет", None),
        ];
        for (header, field) in expected {
            assert_eq!(of(header), field, "{header}");
        }
        assert_eq!(guess("ученик", ColumnKind::Whole), Some(Field::Participant));
        assert_eq!(guess("школа", ColumnKind::Whole), Some(Field::Code));
    }
}
