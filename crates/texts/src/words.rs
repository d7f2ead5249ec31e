//! How texts are compared.

/// A text without what programs add to it: blanks that do not part, blank ends of lines, blank lines around it.
pub fn tidy(text: &str) -> String {
    let plain: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|sign| !matches!(sign, '\u{200b}' | '\u{2060}' | '\u{feff}'))
        .map(|sign| match sign {
            '\u{a0}' | '\u{202f}' => ' ',
            '\r' | '\u{b}' | '\u{2028}' | '\u{2029}' => '\n',
            sign => sign,
        })
        .collect();
    let lines: Vec<&str> = plain.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn what_programs_add_is_no_part_of_a_text() {
        assert_eq!(tidy("\u{2003}\u{2003}"), "");
        assert_eq!(tidy("\n Теряют\u{a0}знак. \r\n\r\nПример: −3\u{202f}< x \n"), "Теряют знак.\n\nПример: −3 < x");
        assert_eq!(tidy("а\rб\u{b}в"), "а\nб\nв");
    }
}
