//! How text of cells is compared: spaces, case, look-alike letters.

/// Text without edge spaces, invisible characters and runs of spaces; full-width digits become plain ones.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        match letter {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
            _ if letter.is_whitespace() => gap = true,
            _ => {
                if gap && !tidied.is_empty() {
                    tidied.push(' ');
                }
                gap = false;
                tidied.push(plain_digit(letter));
            }
        }
    }
    tidied
}

/// The same in lower case without ё: for comparing words.
pub(crate) fn fold(text: &str) -> String {
    tidy(text).to_lowercase().replace('ё', "е")
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
        assert_eq!(words("Математика (базовый уровень)."), "математика базовый уровень");
    }
}
