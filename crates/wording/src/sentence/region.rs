//! Sentences about the municipality and the rest of its region.

use crate::number::count;
use crate::plural::{TASK, genitive};

/// «выполнение работы — 58,3 % (n = 412), в остальной части региона — 61,0 % (n = 9 812)».
fn both(of: &str, (own, n): (&str, u64), (others, rest, n_rest): (&str, &str, u64)) -> String {
    let (n, n_rest) = (count(n), count(n_rest));
    format!("Муниципалитет: {of}\u{a0}— {own} (n\u{a0}=\u{a0}{n}), {others}\u{a0}— {rest} (n\u{a0}=\u{a0}{n_rest})")
}

sentences! {
    /// They differ; `others` is «в остальной части региона», `by` «ниже на 2,7 п.п. (95 %: от −5,1 до −0,3)».
    fn city_differs(of: &str, own: &str, n: u64, others: &str, rest: &str, n_rest: u64, by: &str) {
        format!("{}; {by}.", both(of, (own, n), (others, rest, n_rest)))
    }

    /// They do not, and the data would have shown it.
    fn city_alike(of: &str, own: &str, n: u64, others: &str, rest: &str, n_rest: u64, most: &str) {
        format!(
            "{}; отличие не выявлено: больше {most} оно быть не может.",
            both(of, (own, n), (others, rest, n_rest))
        )
    }

    /// The data cannot tell.
    fn city_unclear(of: &str, own: &str, n: u64, others: &str, rest: &str, n_rest: u64, least: &str) {
        format!(
            "{}; отличие меньше {least} по этим данным не различить.",
            both(of, (own, n), (others, rest, n_rest))
        )
    }

    /// Nothing was compared; `doubt` is «95 %: 52,1–64,5 %; » or empty.
    fn city_alone(of: &str, own: &str, doubt: &str, n: u64, why: &str) {
        format!("Муниципалитет: {of}\u{a0}— {own} ({doubt}n\u{a0}=\u{a0}{}); {why}.", count(n))
    }

    /// Tasks against the other tasks of the work and the rest of the region; `worse` and `better` list those found.
    fn city_tasks(checked: u64, worse: &str, better: &str, indistinct: u64, least: &str) {
        let lists = [("выполнены хуже", worse), ("выполнены лучше", better)];
        let found: Vec<String> = lists
            .into_iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(word, list)| format!("{word}: {list}"))
            .collect();
        let found = match (found.is_empty(), indistinct) {
            (true, 0) => "отличия от региона не выявлено".to_owned(),
            (true, _) => "отличия от региона не найдено".to_owned(),
            _ => format!("по сравнению с регионом {}", found.join("; ")),
        };
        let unseen = match indistinct {
            0 => String::new(),
            n => {
                let tasks = genitive(n, TASK);
                format!("; у\u{a0}{tasks} отличие меньше {least} по этим данным не различить")
            }
        };
        format!("Задания относительно остальных заданий работы (проверено: {}): {found}{unseen}.", count(checked))
    }
}

#[cfg(test)]
mod tests {
    use super::{city_alike, city_alone, city_differs, city_tasks, city_unclear};

    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn the_four_things_that_can_be_said_of_a_municipality() {
        let work = "выполнение работы";
        let others = "в остальной части региона";
        let by = "ниже на 2,7 п.п. (95 %: от −5,1 до −0,3)";
        assert_eq!(
            plain(&city_differs(work, "58,3 %", 412, others, "61,0 %", 9_812, by)),
            "Муниципалитет: выполнение работы — 58,3 % (n = 412), в остальной части региона — 61,0 % (n = 9812); ниже \
             на 2,7 п.п. (95 %: от −5,1 до −0,3)."
        );
        let alike = plain(&city_alike(work, "60,3 %", 412, others, "61,0 %", 9_812, "3,1 п.п."));
        assert!(alike.ends_with("; отличие не выявлено: больше 3,1 п.п. оно быть не может."), "{alike}");
        let unclear = plain(&city_unclear(work, "60,3 %", 412, others, "61,0 %", 9_812, "8,5 п.п."));
        assert!(unclear.ends_with("; отличие меньше 8,5 п.п. по этим данным не различить."), "{unclear}");
        assert!(!unclear.contains("не выявлено"));
        assert_eq!(
            plain(&city_alone(work, "58,3 %", "95 %: 52,1–64,5 %; ", 412, "сравнить не с чем: данных региона нет")),
            "Муниципалитет: выполнение работы — 58,3 % (95 %: 52,1–64,5 %; n = 412); сравнить не с чем: данных региона \
             нет."
        );
    }

    #[test]
    fn tasks_are_listed_and_what_cannot_be_seen_is_said() {
        assert_eq!(
            plain(&city_tasks(18, "№ 3 (на 7,1 п.п.)", "", 0, "")),
            "Задания относительно остальных заданий работы (проверено: 18): по сравнению с регионом выполнены хуже: № \
             3 (на 7,1 п.п.)."
        );
        let unseen = plain(&city_tasks(18, "", "", 4, "9,5 п.п."));
        assert!(unseen.ends_with("не найдено; у 4 заданий отличие меньше 9,5 п.п. по этим данным не различить."));
        assert!(plain(&city_tasks(18, "", "", 0, "")).ends_with(": отличия от региона не выявлено."));
    }
}
