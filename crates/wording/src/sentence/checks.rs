//! What became of the checks of one sign: the same four states in every document.

use crate::number::count;
use crate::plural::{SCHOOL, genitive};

sentences! {
    /// Checks of schools by what became of them. `size` is the smallest difference that can be seen at any of the
    /// indistinct ones («11,5 п.п.»), `why` says in the genitive or as a clause why some were not checked.
    fn of_schools(found: u64, not_found: u64, indistinct: u64, untested: u64, size: &str, why: &str) {
        let tested = found + not_found + indistinct;
        let left = match untested {
            0 => String::new(),
            n => format!("не проверялось\u{a0}— {} ({why})", count(n)),
        };
        if tested == 0 {
            return if left.is_empty() { "Не проверялось.".to_owned() } else { format!("{}.", capital(&left)) };
        }
        let mut parts = vec![format!("проверено школ: {}", count(tested))];
        if found == 0 && indistinct == 0 {
            parts.push("не выявлено".to_owned());
        } else {
            parts.push(format!("найдено: {}", count(found)));
        }
        if indistinct > 0 {
            let more = if found == 0 { "" } else { "ещё " };
            let schools = genitive(indistinct, SCHOOL);
            let unseen = if size.is_empty() {
                "различить ничего нельзя".to_owned()
            } else {
                format!("отличие меньше {size} по этим данным не различить")
            };
            parts.push(format!("{more}у\u{a0}{schools} {unseen}"));
        }
        parts.extend((!left.is_empty()).then_some(left));
        format!("{}.", capital(&parts.join("; ")))
    }
}

fn capital(text: &str) -> String {
    crate::text::capitalised(text)
}

#[cfg(test)]
mod tests {
    use super::of_schools;

    #[test]
    fn nothing_is_said_to_be_absent_where_it_could_not_be_seen() {
        assert_eq!(of_schools(0, 12, 0, 0, "", ""), "Проверено школ: 12; не выявлено.");
        assert_eq!(
            of_schools(0, 5, 7, 4, "11,5\u{a0}п.п.", "мало участников"),
            "Проверено школ: 12; найдено: 0; у\u{a0}7\u{a0}школ отличие меньше 11,5\u{a0}п.п. по этим данным не \
             различить; не проверялось\u{a0}— 4 (мало участников)."
        );
        assert_eq!(of_schools(0, 0, 0, 3, "", "школ меньше 6"), "Не проверялось\u{a0}— 3 (школ меньше 6).");
        assert_eq!(
            of_schools(2, 3, 1, 0, "", ""),
            "Проверено школ: 6; найдено: 2; ещё у\u{a0}1\u{a0}школы различить ничего нельзя."
        );
    }
}
