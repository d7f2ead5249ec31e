//! Quotes, № and no-break spaces as Russian print has them; lists in words.

use super::NBSP;

/// Short words that do not end a line.
const CLINGING: [&str; 24] = [
    "а", "без", "в", "во", "для", "до", "за", "и", "из", "или", "к", "ко", "на", "не", "но", "о", "об", "от", "по",
    "при", "с", "со", "у", "под",
];

/// Abbreviations that stay with the word after them.
const CLINGING_ABBREVIATIONS: [&str; 9] = ["рис.", "табл.", "с.", "т.", "г.", "им.", "п.", "пос.", "гл."];

/// Units that stay with the number before them.
const UNITS: [&str; 12] = ["%", "п.п.", "п.", "чел.", "г.", "гг.", "мм", "балл", "балла", "баллов", "класс", "класса"];

/// Straight and foreign quotes as «ёлочки», inside them „лапки“; one that was never closed is closed at the end.
pub fn quotes(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut depth = 0_usize;
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => {
                let opens = match letter {
                    '«' | '„' => true,
                    '»' => false,
                    _ => before.is_whitespace() || matches!(before, '(' | '[' | '«' | '„' | '-' | '—') && letter != '”',
                };
                if opens {
                    result.push(if depth == 0 { '«' } else { '„' });
                    depth += 1;
                } else {
                    result.push(if depth <= 1 { '»' } else { '“' });
                    depth = depth.saturating_sub(1);
                }
            }
            other => result.push(other),
        }
        before = result.chars().next_back().unwrap_or(' ');
    }
    let end = result.trim_end().len();
    if depth > 0 {
        result.truncate(end);
        result.extend((1..=depth).rev().map(|level| if level == 1 { '»' } else { '“' }));
    }
    result
}

/// Text as it is printed: quotes, «№ 5» and no-break spaces; runs of blanks become one.
pub fn typeset(text: &str) -> String {
    let quoted = quotes(text);
    let spaced = quoted.replace(NBSP, " ").replace('№', " № ");
    let mut result = String::with_capacity(spaced.len());
    let mut before = "";
    for word in spaced.split_whitespace() {
        if !before.is_empty() {
            result.push(if clings(before, word) { NBSP } else { ' ' });
        }
        result.push_str(word);
        before = word;
    }
    result.replace("( №", "(№").replace("« №", "«№")
}

/// The same text with no-break spaces between number and unit, № and number, «n» and value; nothing else changes, not
/// even the number of blanks.
pub fn unparted(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut result = String::with_capacity(text.len() + 8);
    for (place, word) in words.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).and_then(|place| words.get(place)) {
            let numeric = before.ends_with(|letter: char| letter.is_ascii_digit());
            let unit = word.trim_end_matches(['.', ',', ';', ':', ')', '»']);
            let of_number = numeric && (UNITS.contains(word) || UNITS.contains(&unit));
            let of_n = (before.trim_start_matches('(') == "n" && *word == "=") || *before == "=";
            // «Гимназия №131» is one name; «задание № 5» may break before its sign.
            let of_name = word.starts_with('№') && word.len() > '№'.len_utf8();
            let clings = of_number || of_n || of_name || before.ends_with('№') || *word == "—";
            result.push(if clings { NBSP } else { ' ' });
        }
        result.push_str(word);
    }
    result
}

fn clings(before: &str, word: &str) -> bool {
    let bare = before.trim_start_matches(['(', '«', '„']);
    let lower = bare.to_lowercase();
    let numeric = bare.ends_with(|letter: char| letter.is_ascii_digit());
    before == "№"
        || word.starts_with('—')
        || CLINGING.contains(&lower.as_str())
        || CLINGING_ABBREVIATIONS.contains(&lower.as_str()) && begins_name(word)
        || is_initial(bare)
        || numeric && is_unit(word.trim_end_matches([',', ';', ':', ')', '»']), bare.len())
}

/// A number or a name, so that «2026 г. и далее» may break after «г.» and «г. Ключи» may not.
fn begins_name(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit())
}

/// «г.» is a unit after a year alone: in «СОШ № 12 г. Ключи» it is a town.
fn is_unit(word: &str, digits: usize) -> bool {
    UNITS.contains(&word) && (word != "г." || digits == 4)
}

/// «И.» of «И. И. Иванов».
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.') && letters.next().is_none()
}

/// A list in words: «5, 9 и 13»; empty for nothing.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} и{NBSP}{}", first.join(", "), last.as_ref())
        }
    }
}

/// Numbers of tasks: «№ 5, 9 и 13»; empty for none.
pub fn task_list<S: AsRef<str>>(ids: &[S]) -> String {
    if ids.is_empty() { String::new() } else { format!("№{NBSP}{}", list(ids)) }
}

/// Text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Text for the middle of a sentence: without its capital, unless more capitals follow, as in «ЕГЭ» and «Н и НН».
pub fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_lowercase) {
        return first.to_lowercase().chain(letters).collect();
    }
    text.to_owned()
}

/// The text as a sentence: a capital first, a full stop last; empty stays empty.
pub fn sentence(text: &str) -> String {
    let begun = capitalised(text);
    if begun.is_empty() || begun.ends_with(['.', '!', '?', '…']) { begun } else { begun + "." }
}

/// Text of at most so many letters, cut at a word, with «…» if something was cut.
pub fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(1);
    let cut: String = text.chars().take(room).collect();
    let whole_word = text.chars().nth(room).is_some_and(char::is_whitespace);
    let kept =
        if whole_word { cut.as_str() } else { cut.rsplit_once([' ', NBSP]).map_or(cut.as_str(), |(kept, _)| kept) };
    format!("{}…", kept.trim_end_matches([' ', NBSP, ',', ';', ':', '(', '—']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_school_names() {
        assert_eq!(quotes("МБОУ \"СОШ №1\""), "МБОУ «СОШ №1»");
        assert_eq!(quotes("МБОУ \"Лицей \"Успех\"\""), "МБОУ «Лицей „Успех“»");
        assert_eq!(quotes("МБОУ \"Лицей \"Успех\""), "МБОУ «Лицей „Успех“»");
        assert_eq!(quotes("МБОУ «Лицей «Успех»"), "МБОУ «Лицей „Успех“»");
        assert_eq!(quotes("8 “Б” и (\"В\")"), "8 «Б» и («В»)");
        assert_eq!(quotes("«Лицей „Успех“»"), "«Лицей „Успех“»");
    }

    #[test]
    fn a_hint_reads_as_a_sentence() {
        let read = ["проверьте балл", "Исправьте ячейку.", "что дальше?", ""].map(sentence);
        assert_eq!(read, ["Проверьте балл.", "Исправьте ячейку.", "Что дальше?", ""]);
    }

    #[test]
    fn what_must_not_part() {
        assert_eq!(typeset("МБОУ \"СОШ №1\""), "МБОУ «СОШ №\u{a0}1»");
        assert_eq!(typeset("задание (№  5) в школе"), "задание (№\u{a0}5) в\u{a0}школе");
        assert_eq!(
            typeset("62,5 % и 4 п.п., рис. 8 — ниже"),
            "62,5\u{a0}% и\u{a0}4\u{a0}п.п., рис.\u{a0}8\u{a0}— ниже"
        );
        assert_eq!(typeset("И. И. Иванов"), "И.\u{a0}И.\u{a0}Иванов");
        assert_eq!(typeset("без\u{a0}номера"), "без\u{a0}номера");
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(
            unparted("4 класс (n = 14), 8 %; № 5 — да,  12 чел."),
            "4\u{a0}класс (n\u{a0}=\u{a0}14), 8\u{a0}%; №\u{a0}5\u{a0}— да,  12\u{a0}чел."
        );
        assert_eq!(unparted("5 и 6 классы"), "5 и 6 классы");
    }

    #[test]
    fn lists() {
        assert_eq!(task_list(&["5", "9", "13К1"]), "№\u{a0}5, 9 и\u{a0}13К1");
        assert_eq!(task_list(&["5"]), "№\u{a0}5");
        assert_eq!(task_list::<&str>(&[]), "");
    }

    #[test]
    fn cuts_at_a_word() {
        assert_eq!(shortened("Применять геометрические факты", 30), "Применять геометрические факты");
        assert_eq!(shortened("Применять геометрические факты", 27), "Применять геометрические…");
        assert_eq!(shortened("Применять, или нет", 12), "Применять…");
        assert_eq!(capitalised("ёлка"), "Ёлка");
        assert_eq!(["Ёлка", "ЕГЭ и ОГЭ", "Н и НН", ""].map(lowered), ["ёлка", "ЕГЭ и ОГЭ", "Н и НН", ""]);
    }
}
