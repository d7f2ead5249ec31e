//! How an edition introduces itself: its title, for whom it is, and the rules by which numbers were left out.

use crate::context::{EditionText, Names};
use srez_privacy::Rules;
use srez_wording::number;
use srez_wording::sentence::files;

impl EditionText {
    /// The edition for the association of the teachers of a subject.
    pub fn for_association(names: &Names<'_>, rules: &Rules, subject: &str) -> Self {
        let genitive = names.genitive.get(subject).map_or(subject, String::as_str);
        Self {
            title: format!("Анализ результатов для учителей {genitive}"),
            recipient: "для методического объединения",
            rules: rules_for_association(rules),
            decimals: 1,
        }
    }

    /// The edition for everybody.
    pub fn for_public(rules: &Rules) -> Self {
        Self {
            title: "Результаты внешних оценочных процедур".to_owned(),
            recipient: "для открытой публикации",
            rules: rules_for_public(rules),
            decimals: 0,
        }
    }
}

fn rules_for_association(rules: &Rules) -> Vec<String> {
    vec![
        files::hidden_below(rules.group),
        files::hidden_together(rules.together as u64),
        "Скрытое остаётся скрытым до конца учебного года; если с прошлого издания изменились результаты немногих \
         участников, действуют прежние таблицы."
            .to_owned(),
        "Доли показаны без числа тех, кого они считают. Учителей, учеников и мест школ в издании нет.".to_owned(),
    ]
}

fn rules_for_public(rules: &Rules) -> Vec<String> {
    vec![
        format!(
            "Показаны муниципалитет и виды школ, если участников не меньше {}, а школ не меньше {}; школы не названы.",
            number::count(rules.public_group),
            number::count(rules.public_schools as u64)
        ),
        format!(
            "Число участников округлено до {}, доли — до целых процентов; доли до {} и от {} не показаны.",
            number::count(rules.public_step),
            number::percent_exact(rules.public_edge, 0),
            number::percent_exact(100.0 - rules.public_edge, 0)
        ),
        "Результаты процедур не служат для сравнения школ и оценки учителей.".to_owned(),
    ]
}

/// The rules of the edition for a school.
pub fn rules_for_school(rules: &Rules) -> Vec<String> {
    vec![
        "Издание только для этой школы: участники указаны кодами, как в протоколах; имён в нём нет. Не пересылайте его \
         дальше: код и таблица кодов вместе называют ученика."
            .to_owned(),
        files::quartiles_from(rules.quartile_schools as u64, rules.group),
        "Списки участников — повод для помощи ученику, а не для оценки учителя.".to_owned(),
    ]
}
