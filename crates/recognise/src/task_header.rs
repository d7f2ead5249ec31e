//! Headers of columns of points: `11.3 k1 (2б)`, `16 (1) (1б)`, `5(1б)`, `1⏎3б`.

use super::spelling::tidy;
use srez_model::assessment::Exam;

/// A header taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TaskHeader {
    /// Number, normalised: `11.3К1`, `16.1`.
    pub id: String,
    /// Maximum; none where the header has none.
    pub max: Option<u16>,
}

/// Reads a header; none where it is no task.
pub(crate) fn parse(header: &str) -> Option<TaskHeader> {
    let spell = |letter| match letter {
        'K' => 'К',
        ',' => '.',
        other => other,
    };
    let mut letters: Vec<char> = tidy(header).to_uppercase().chars().map(spell).collect();
    let max = take_maximum(&mut letters);
    let apart = letters.windows(3).any(|trio| matches!(trio, ['0'..='9', ' ', '0'..='9']));
    letters.retain(|letter| *letter != ' ');
    let id = number(&letters)?;
    (!apart).then_some(TaskHeader { id, max })
}

/// Takes `(2Б)` or `3Б` off the end.
fn take_maximum(letters: &mut Vec<char>) -> Option<u16> {
    let bracketed = letters.last() == Some(&')');
    let mut end = letters.len() - usize::from(bracketed);
    while end > 0 && matches!(letters[end - 1], '.' | 'А'..='Я') && !letters[..end].ends_with(&['Б']) {
        end -= 1;
    }
    if !letters[..end].ends_with(&['Б']) {
        return None;
    }
    end -= 1;
    end = letters[..end].iter().rposition(|letter| *letter != ' ').map_or(0, |place| place + 1);
    let start = letters[..end].iter().rposition(|letter| !letter.is_ascii_digit()).map_or(0, |place| place + 1);
    let max = letters[start..end].iter().collect::<String>().parse().ok()?;
    let cut = if bracketed && start > 0 && letters[start - 1] == '(' { start - 1 } else { start };
    letters.truncate(cut);
    Some(max)
}

fn number(letters: &[char]) -> Option<String> {
    let mut id = String::new();
    let mut rest = letters;
    while let Some((letter @ 'А'..='Я', tail)) = rest.split_first().map(|(letter, tail)| (*letter, tail)) {
        id.push(letter);
        rest = tail;
    }
    if id.chars().count() > 3 {
        return None;
    }
    rest = digits(rest, &mut id)?;
    while let Some((letter, tail)) = rest.split_first() {
        match letter {
            '.' if tail.is_empty() => rest = tail,
            '.' => {
                id.push('.');
                rest = digits(tail, &mut id)?;
            }
            '(' => {
                id.push('.');
                rest = digits(tail, &mut id)?.strip_prefix(&[')'])?;
            }
            'К' => {
                id.push('К');
                rest = digits(tail, &mut id)?;
            }
            _ => return None,
        }
    }
    Some(id)
}

/// Moves the digits in front into `id`; none where there are none or too many.
fn digits<'a>(letters: &'a [char], id: &mut String) -> Option<&'a [char]> {
    let count = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    if !(1..=2).contains(&count) {
        return None;
    }
    id.extend(&letters[..count]);
    letters.get(count..)
}

/// The id under which the specification knows a header: by the printed label, else by the normalised number.
pub(crate) fn id_in(exam: Option<&Exam>, header: &str, parsed: &TaskHeader) -> String {
    let label = label(header);
    let known = exam.and_then(|exam| {
        let by_label =
            exam.tasks.iter().find(|task| !task.form_label.is_empty() && self::label(&task.form_label) == label);
        by_label.or_else(|| exam.tasks.iter().find(|task| task.id == parsed.id))
    });
    known.map_or_else(|| parsed.id.clone(), |task| task.id.clone())
}

fn label(header: &str) -> String {
    tidy(header).to_uppercase().replace('K', "К").replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, id: &str, max: Option<u16>) {
        assert_eq!(parse(header), Some(TaskHeader { id: id.to_owned(), max }), "{header}");
    }

    #[test]
    fn every_shape_of_header_is_read() {
        check("7 (1б)", "7", Some(1));
        check("5(1б)", "5", Some(1));
        check("16(1) (1б)", "16.1", Some(1));
        check("16 (1) (1б)", "16.1", Some(1));
        check("4.2 (2б) ", "4.2", Some(2));
        check("11.3 k1 (2б)", "11.3К1", Some(2));
        check("1K1 (4б)", "1К1", Some(4));
        check("9К1", "9К1", None);
        check("1\n3б", "1", Some(3));
        check("9.1\n2б", "9.1", Some(2));
        check("12", "12", None);
        check("1(2)", "1.2", None);
        check("3 (10 баллов)", "3", Some(10));
        check("ГК1 (3б)", "ГК1", Some(3));
    }

    #[test]
    fn other_headers_are_no_tasks() {
        for header in ["", "Класс", "Вариант (часть 2)", "2023", "Пол", "1 и 2", "№", "Балл", "ОО"]
        {
            assert_eq!(parse(header), None, "{header}");
        }
    }
}
