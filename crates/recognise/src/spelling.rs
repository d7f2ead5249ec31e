//! How text of cells is compared: spaces, case, look-alike letters.

/// Text without edge spaces, invisible characters and runs of spaces; full-width digits become plain ones.
pub(crate) fn tidy(text: &str) -> String {
    spell(text, |letter, tidied| tidied.push(letter))
}

/// The same in lower case without ё: for comparing words.
pub(crate) fn fold(text: &str) -> String {
    spell(text, |letter, folded| match letter {
        'ё' | 'Ё' => folded.push('е'),
        'а'..='я' | 'a'..='z' | '0'..='9' => folded.push(letter),
        _ => folded.extend(letter.to_lowercase()),
    })
}

fn spell(text: &str, push: impl Fn(char, &mut String)) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        match letter {
            'а'..='я' | 'А'..='Я' | '!'..='~' => {}
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => continue,
            _ if letter.is_whitespace() => {
                gap = true;
                continue;
            }
            _ => {}
        }
        if gap && !spelled.is_empty() {
            spelled.push(' ');
        }
        gap = false;
        push(plain_digit(letter), &mut spelled);
    }
    spelled
}

/// Words only: punctuation becomes spaces, so that names can be found inside other text.
pub(crate) fn words(text: &str) -> String {
    let spaced: String = text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    fold(&spaced)
}

/// Latin letters that look like Cyrillic ones, in upper case.
pub(crate) fn cyrillic(letter: char) -> char {
    match letter {
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' => 'У',
        other => other,
    }
}

/// A header as it is compared: folded, and Latin letters inside a Cyrillic word become the Cyrillic ones that they look
/// like. A word of Latin letters alone stays: `Mark5`, `TestResultB`.
pub(crate) fn header_key(text: &str) -> String {
    let folded = fold(text);
    if !folded.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return folded;
    }
    let is_cyrillic = |word: &str| word.chars().any(|letter| matches!(letter, 'а'..='я'));
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        if is_cyrillic(word) {
            key.extend(word.chars().map(|letter| match letter {
                'a'..='z' => cyrillic(letter.to_ascii_uppercase()).to_lowercase().next().unwrap_or(letter),
                other => other,
            }));
        } else {
            key.push_str(word);
        }
    }
    key
}

fn plain_digit(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10).unwrap_or(letter),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_invisible_letters_do_not_count() {
        assert_eq!(tidy(" \u{a0}Код\n участ\u{ad}ника \u{200b}"), "Код участника");
        assert_eq!(fold("Учёт ４"), "учет 4");
        assert_eq!(header_key("Koд учacтникa"), "код участника", "Latin K, o, a and c");
        assert_eq!(header_key("TestResultD(устн.)"), "testresultd(устн.)");
        assert_eq!(words("Математика (базовый уровень)."), "математика базовый уровень");
    }
}
