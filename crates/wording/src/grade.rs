//! Grades inside sentences: «восьмиклассников», «в 8-х классах».

/// The pupils of a grade in the genitive plural; «участников» where the grade has no such word.
pub fn pupils(grade: u8) -> &'static str {
    match grade {
        2 => "второклассников",
        3 => "третьеклассников",
        4 => "четвероклассников",
        5 => "пятиклассников",
        6 => "шестиклассников",
        7 => "семиклассников",
        8 => "восьмиклассников",
        9 => "девятиклассников",
        10 => "десятиклассников",
        11 => "одиннадцатиклассников",
        _ => "участников",
    }
}

/// «4-х классах», «4-х и 8-х классах»: after «в».
pub fn in_grades(grades: &[u8]) -> String {
    let words: Vec<String> = grades.iter().map(|grade| format!("{grade}-х")).collect();
    format!("{} классах", super::text::list(&words))
}

/// «4-х классов», «4-х и 8-х классов»: after «учителя».
pub fn of_grades(grades: &[u8]) -> String {
    let words: Vec<String> = grades.iter().map(|grade| format!("{grade}-х")).collect();
    format!("{} классов", super::text::list(&words))
}

/// «4, 6 и 8 классы», «8 класс».
pub fn list(grades: &[u8]) -> String {
    let words: Vec<String> = grades.iter().map(u8::to_string).collect();
    format!("{} {}", super::text::list(&words), if grades.len() == 1 { "класс" } else { "классы" })
}

#[cfg(test)]
mod tests {
    use super::{in_grades, list, of_grades, pupils};

    #[test]
    fn grades_agree() {
        assert_eq!(pupils(8), "восьмиклассников");
        assert_eq!(pupils(12), "участников");
        assert_eq!(in_grades(&[4, 8]), "4-х и\u{a0}8-х классах");
        assert_eq!((list(&[8]), list(&[4, 8])), ("8 класс".to_owned(), "4 и\u{a0}8 классы".to_owned()));
        assert_eq!(of_grades(&[5]), "5-х классов");
    }
}
