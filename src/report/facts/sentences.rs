//! Sentences with counts that several documents print: plain functions, so that every number can be tried.

use crate::wording::{number, plural};

/// «Обработано 15 работ, 4514 участий в них. Результаты есть у 14 из 14 школ.»
pub(in crate::report) fn coverage(works: u64, participations: u64, with_results: u64, schools: u64) -> String {
    format!(
        "{} {}, {} {} в них. Результаты есть у {} из {}.",
        plural::agreeing(works, "Обработана", "Обработано"),
        plural::nominative(works, plural::WORK),
        number::count(participations),
        plural::plural(participations, ["участие", "участия", "участий"]),
        number::count(with_results),
        plural::genitive(schools, plural::SCHOOL)
    )
}

/// How many schools are below the others, in how many pairs of school and work, and what chance may have done.
pub(in crate::report) fn below_others(schools: u64, pairs: u64, checked: u64) -> String {
    let found = if schools == 0 {
        "Результат ниже, чем в остальных школах, не отмечен".to_owned()
    } else {
        format!(
            "Результат ниже, чем в остальных школах, отмечен у {} (сочетаний школы и работы — {})",
            plural::genitive(schools, plural::SCHOOL),
            number::count(pairs)
        )
    };
    format!(
        "{found}; проверено {}. Метод настроен так, что в среднем не более 10\u{a0}% отмеченного — случайность.",
        plural::nominative(checked, plural::COMBINATION)
    )
}

/// «Рост не менее 10 п.п. — в 2 работах.»; `limit` as printed.
pub(in crate::report) fn rise(limit: &str, works: u64) -> String {
    if works == 0 {
        format!("Роста не менее {limit}\u{a0}п.п. нет.")
    } else {
        format!("Рост не менее {limit}\u{a0}п.п. — в {}.", plural::prepositional(works, plural::WORK))
    }
}

/// «В 5 работах участников меньше 10: выводы по долям не делаются.»
pub(in crate::report) fn small_works(works: u64) -> String {
    format!("В {} участников меньше 10: выводы по долям не делаются.", plural::prepositional(works, plural::WORK))
}

/// «Из 5 файлов не принято 2; 11 замечаний к строкам и ячейкам.»
pub(in crate::report) fn returned(files: u64, refused: u64, notes: u64) -> String {
    format!(
        "Из {} {}; {} к строкам и ячейкам.",
        plural::genitive(files, plural::FILE),
        if refused == 0 {
            plural::agreeing(files, "принят каждый", "приняты все").to_owned()
        } else {
            format!("не принято {}", number::count(refused))
        },
        plural::nominative(notes, plural::NOTE)
    )
}

/// «5 участников: отметка «2» — 1, «4» и «5» — 2».
pub(in crate::report) fn counted(n: u64, below: (&str, u64), above: (&str, u64)) -> String {
    format!(
        "{}: {} — {}, {} — {}",
        plural::nominative(n, plural::PARTICIPANT),
        below.0,
        number::count(below.1),
        above.0,
        number::count(above.1)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [u64; 7] = [0, 1, 2, 5, 11, 21, 101];

    fn said(sentence: impl Fn(u64) -> String) -> Vec<String> {
        NUMBERS.iter().map(|n| sentence(*n).replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn coverage_agrees_with_every_number() {
        assert_eq!(
            said(|n| coverage(n, n, n, n)),
            [
                "Обработано 0 работ, 0 участий в них. Результаты есть у 0 из 0 школ.",
                "Обработана 1 работа, 1 участие в них. Результаты есть у 1 из 1 школы.",
                "Обработано 2 работы, 2 участия в них. Результаты есть у 2 из 2 школ.",
                "Обработано 5 работ, 5 участий в них. Результаты есть у 5 из 5 школ.",
                "Обработано 11 работ, 11 участий в них. Результаты есть у 11 из 11 школ.",
                "Обработана 21 работа, 21 участие в них. Результаты есть у 21 из 21 школы.",
                "Обработана 101 работа, 101 участие в них. Результаты есть у 101 из 101 школы.",
            ]
        );
    }

    #[test]
    fn schools_below_agree_with_every_number() {
        let starts = [
            "Результат ниже, чем в остальных школах, не отмечен; проверено 0 сочетаний.",
            "Результат ниже, чем в остальных школах, отмечен у 1 школы (сочетаний школы и работы — 1); проверено 1 сочетание.",
            "Результат ниже, чем в остальных школах, отмечен у 2 школ (сочетаний школы и работы — 2); проверено 2 сочетания.",
            "Результат ниже, чем в остальных школах, отмечен у 5 школ (сочетаний школы и работы — 5); проверено 5 сочетаний.",
            "Результат ниже, чем в остальных школах, отмечен у 11 школ (сочетаний школы и работы — 11); проверено 11 сочетаний.",
            "Результат ниже, чем в остальных школах, отмечен у 21 школы (сочетаний школы и работы — 21); проверено 21 сочетание.",
            "Результат ниже, чем в остальных школах, отмечен у 101 школы (сочетаний школы и работы — 101); проверено 101 сочетание.",
        ];
        for (sentence, start) in said(|n| below_others(n, n, n)).iter().zip(starts) {
            assert!(sentence.starts_with(start), "{sentence}");
        }
    }

    #[test]
    fn works_agree_with_every_number() {
        assert_eq!(
            said(|n| rise("10", n)),
            [
                "Роста не менее 10 п.п. нет.",
                "Рост не менее 10 п.п. — в 1 работе.",
                "Рост не менее 10 п.п. — в 2 работах.",
                "Рост не менее 10 п.п. — в 5 работах.",
                "Рост не менее 10 п.п. — в 11 работах.",
                "Рост не менее 10 п.п. — в 21 работе.",
                "Рост не менее 10 п.п. — в 101 работе.",
            ]
        );
        let works = said(small_works);
        assert!(works[1].starts_with("В 1 работе участников"), "{}", works[1]);
        assert!(works[4].starts_with("В 11 работах участников"), "{}", works[4]);
    }

    #[test]
    fn files_agree_with_every_number() {
        assert_eq!(
            said(|n| returned(n, n, n)),
            [
                "Из 0 файлов приняты все; 0 замечаний к строкам и ячейкам.",
                "Из 1 файла не принято 1; 1 замечание к строкам и ячейкам.",
                "Из 2 файлов не принято 2; 2 замечания к строкам и ячейкам.",
                "Из 5 файлов не принято 5; 5 замечаний к строкам и ячейкам.",
                "Из 11 файлов не принято 11; 11 замечаний к строкам и ячейкам.",
                "Из 21 файла не принято 21; 21 замечание к строкам и ячейкам.",
                "Из 101 файла не принято 101; 101 замечание к строкам и ячейкам.",
            ]
        );
        assert_eq!(
            returned(1, 0, 2).replace('\u{a0}', " "),
            "Из 1 файла принят каждый; 2 замечания к строкам и ячейкам."
        );
    }

    #[test]
    fn participants_agree_with_every_number() {
        let words = said(|n| counted(n, ("отметка «2»", n), ("«4» и «5»", 0)));
        assert_eq!(words[0], "0 участников: отметка «2» — 0, «4» и «5» — 0");
        assert_eq!(words[1], "1 участник: отметка «2» — 1, «4» и «5» — 0");
        assert_eq!(words[2], "2 участника: отметка «2» — 2, «4» и «5» — 0");
        assert_eq!(words[4], "11 участников: отметка «2» — 11, «4» и «5» — 0");
        assert_eq!(words[5], "21 участник: отметка «2» — 21, «4» и «5» — 0");
        assert_eq!(words[6], "101 участник: отметка «2» — 101, «4» и «5» — 0");
    }
}
