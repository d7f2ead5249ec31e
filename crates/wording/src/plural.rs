//! Nouns after numbers, by case: «21 участник», «у 21 участника», «в 21 работе».

use super::NBSP;
use super::number::count;

/// A noun in the forms that numbers ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Nominative after 1, after 2 to 4, after 5: участник, участника, участников.
    pub nominative: [&'static str; 3],
    /// Genitive after 1 and after others: участника, участников.
    pub genitive: [&'static str; 2],
    /// Dative after 1 and after others: участнику, участникам.
    pub dative: [&'static str; 2],
    /// Prepositional after 1 and after others: участнике, участниках.
    pub prepositional: [&'static str; 2],
}

macro_rules! nouns {
    ($($(#[$doc:meta])* $name:ident: $one:literal $few:literal $many:literal, $dative:literal $datives:literal,
        $prepositional:literal $prepositionals:literal;)*) => {
        $($(#[$doc])* pub const $name: Noun = Noun {
            nominative: [$one, $few, $many],
            genitive: [$few, $many],
            dative: [$dative, $datives],
            prepositional: [$prepositional, $prepositionals],
        };)*

        /// Every noun that is used with numbers.
        pub const ALL: &[Noun] = &[$($name),*];
    };
}

nouns! {
    /// Участник.
    PARTICIPANT: "участник" "участника" "участников", "участнику" "участникам", "участнике" "участниках";
    /// Ученик.
    PUPIL: "ученик" "ученика" "учеников", "ученику" "ученикам", "ученике" "учениках";
    /// Работа.
    WORK: "работа" "работы" "работ", "работе" "работам", "работе" "работах";
    /// Школа.
    SCHOOL: "школа" "школы" "школ", "школе" "школам", "школе" "школах";
    /// Класс.
    CLASS: "класс" "класса" "классов", "классу" "классам", "классе" "классах";
    /// Задание.
    TASK: "задание" "задания" "заданий", "заданию" "заданиям", "задании" "заданиях";
    /// Умение.
    SKILL: "умение" "умения" "умений", "умению" "умениям", "умении" "умениях";
    /// Балл.
    POINT: "балл" "балла" "баллов", "баллу" "баллам", "балле" "баллах";
    /// Отметка.
    MARK: "отметка" "отметки" "отметок", "отметке" "отметкам", "отметке" "отметках";
    /// Файл.
    FILE: "файл" "файла" "файлов", "файлу" "файлам", "файле" "файлах";
    /// Лист.
    SHEET: "лист" "листа" "листов", "листу" "листам", "листе" "листах";
    /// Строка.
    ROW: "строка" "строки" "строк", "строке" "строкам", "строке" "строках";
    /// Ячейка.
    CELL: "ячейка" "ячейки" "ячеек", "ячейке" "ячейкам", "ячейке" "ячейках";
    /// Замечание.
    NOTE: "замечание" "замечания" "замечаний", "замечанию" "замечаниям", "замечании" "замечаниях";
    /// Ошибка.
    FAULT: "ошибка" "ошибки" "ошибок", "ошибке" "ошибкам", "ошибке" "ошибках";
    /// Документ.
    DOCUMENT: "документ" "документа" "документов", "документу" "документам", "документе" "документах";
    /// Блок.
    BLOCK: "блок" "блока" "блоков", "блоку" "блокам", "блоке" "блоках";
    /// Экзамен.
    EXAM: "экзамен" "экзамена" "экзаменов", "экзамену" "экзаменам", "экзамене" "экзаменах";
    /// Дефицит.
    DEFICIT: "дефицит" "дефицита" "дефицитов", "дефициту" "дефицитам", "дефиците" "дефицитах";
    /// Группа признаков.
    SIGN_GROUP: "группа \
        признаков" "группы \
            признаков" "групп \
                признаков", "группе признаков" "группам признаков", "группе признаков" "группах признаков";
    /// Сочетание.
    COMBINATION: "сочетание" "сочетания" "сочетаний", "сочетанию" "сочетаниям", "сочетании" "сочетаниях";
    /// Результат участника в работе.
    RESULT: "результат" "результата" "результатов", "результату" "результатам", "результате" "результатах";
    /// Мера, принятая центром.
    MEASURE: "мера" "меры" "мер", "мере" "мерам", "мере" "мерах";
    /// Текст, вписанный в документ.
    TEXT: "текст" "текста" "текстов", "тексту" "текстам", "тексте" "текстах";
    /// Вывод.
    CONCLUSION: "вывод" "вывода" "выводов", "выводу" "выводам", "выводе" "выводах";
}

/// The form of the nominative after a number: 1, 2 to 4, 5 to 20 and so on.
pub fn plural(n: u64, forms: [&'static str; 3]) -> &'static str {
    let [one, few, many] = forms;
    match (n % 100, n % 10) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

/// The form of any other case after a number: 1, 21, 101 are singular, the rest plural.
pub(crate) fn oblique(n: u64, forms: [&'static str; 2]) -> &'static str {
    let [one, many] = forms;
    if n % 10 == 1 && n % 100 != 11 { one } else { many }
}

/// «21 участник», «22 участника», «111 участников».
pub fn nominative(n: u64, noun: Noun) -> String {
    format!("{}{NBSP}{}", count(n), plural(n, noun.nominative))
}

/// After «у», «из», «для»: «21 участника», «22 участников».
pub fn genitive(n: u64, noun: Noun) -> String {
    format!("{}{NBSP}{}", count(n), oblique(n, noun.genitive))
}

/// After «к», «по»: «21 заданию», «22 заданиям».
pub fn dative(n: u64, noun: Noun) -> String {
    format!("{}{NBSP}{}", count(n), oblique(n, noun.dative))
}

/// After «в», «о»: «21 работе», «22 работах».
pub fn prepositional(n: u64, noun: Noun) -> String {
    format!("{}{NBSP}{}", count(n), oblique(n, noun.prepositional))
}

/// A word that agrees with a count: singular for 1, 21, 101, plural for the rest («выполнил», «выполнили»).
pub fn agreeing(n: u64, singular: &'static str, plural: &'static str) -> &'static str {
    oblique(n, [singular, plural])
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [u64; 10] = [0, 1, 2, 5, 11, 21, 101, 111, 112, 121];

    fn words(phrase: impl Fn(u64) -> String) -> Vec<String> {
        NUMBERS.iter().map(|n| phrase(*n).split(NBSP).next_back().unwrap().to_owned()).collect()
    }

    #[test]
    fn nominative_has_three_forms() {
        assert_eq!(
            words(|n| nominative(n, PARTICIPANT)),
            [
                "участников",
                "участник",
                "участника",
                "участников",
                "участников",
                "участник",
                "участник",
                "участников",
                "участников",
                "участник"
            ]
        );
        assert_eq!(nominative(12, PARTICIPANT), "12\u{a0}участников");
        assert_eq!(nominative(10_004, SCHOOL), "10\u{a0}004\u{a0}школы");
    }

    #[test]
    fn other_cases_have_two_forms() {
        let one = [false, true, false, false, false, true, true, false, false, true];
        let expected = |forms: [&str; 2]| one.map(|one| forms[usize::from(!one)].to_owned());
        assert_eq!(words(|n| genitive(n, PARTICIPANT)), expected(["участника", "участников"]));
        assert_eq!(words(|n| prepositional(n, WORK)), expected(["работе", "работах"]));
        assert_eq!(words(|n| dative(n, TASK)), expected(["заданию", "заданиям"]));
        assert_eq!(agreeing(21, "выполнил", "выполнили"), "выполнил");
        assert_eq!(agreeing(11, "выполнил", "выполнили"), "выполнили");
    }
}
