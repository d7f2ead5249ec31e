//! Names of groups in reports of ФИС ОКО: the level stands only in the suffix and the order of rows.

use super::identity;
use super::spelling::{fold, tidy, words};
use srez_model::reference::ReferenceKind;

/// A group of participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupName {
    /// What it is.
    pub kind: ReferenceKind,
    /// Name without the suffix.
    pub name: String,
    /// Login or code of the suffix; empty for region and country.
    pub code: String,
}

/// Reads a name: `(regNN_mNNN)` is a municipality, `(eduNNNNNN)` a school, «Вся выборка» the country; what comes first,
/// or right below the country, is the region if it reads like one. None where nothing tells the level.
pub(crate) fn read(text: &str, above: Option<ReferenceKind>) -> Option<GroupName> {
    let text = tidy(text);
    let (name, code) = match text.rsplit_once('(') {
        Some((name, suffix)) if suffix.ends_with(')') => {
            (name.trim().to_owned(), suffix.trim_end_matches(')').to_lowercase())
        }
        _ => (text.clone(), String::new()),
    };
    let (kind, name, code) = if text.is_empty() {
        return None;
    } else if fold(&text) == "вся выборка" {
        (ReferenceKind::Country, text, String::new())
    } else if code.starts_with("reg") && code.contains("_m") {
        (ReferenceKind::Municipality, name, code)
    } else if let Some(login) = identity::login(&code) {
        (ReferenceKind::School, name, login)
    } else if code.starts_with("reg") {
        (ReferenceKind::Region, name, String::new())
    } else if above.is_none_or(|above| above == ReferenceKind::Country) && reads_like_region(&text) {
        (ReferenceKind::Region, text, String::new())
    } else {
        return None;
    };
    Some(GroupName { kind, name, code })
}

/// Words of which one stands in the name of every region, and short names of regions.
#[rustfmt::skip]
const REGIONS: &[&str] = &[
    "край", "кр", "область", "обл", "республика", "респ", "округ", "ао", "город", "г", "рф", "россия", "российская",
    "федерация", "регион", "субъект", "москва", "петербург", "севастополь", "адыгея", "алтай", "башкортостан",
    "башкирия", "бурятия", "дагестан", "ингушетия", "калмыкия", "камчатка", "карелия", "коми", "крым", "кузбасс",
    "мордовия", "осетия", "приморье", "татарстан", "тува", "тыва", "удмуртия", "хакасия", "чечня", "чувашия",
    "чукотка", "югра", "якутия", "ямал",
];

fn reads_like_region(text: &str) -> bool {
    words(text).split(' ').any(|word| REGIONS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::{ReferenceKind, read};

    #[test]
    fn what_comes_first_is_the_region_only_if_it_reads_like_one() {
        for name in ["Нагорный край", "Республика Алтай", "г. Москва", "Кемеровская область - Кузбасс"]
        {
            assert_eq!(read(name, None).map(|group| group.kind), Some(ReferenceKind::Region), "{name}");
        }
        for name in ["Класс", "60777", "Канарейкин", "СОШ № 1", "Набрали максимум"] {
            assert_eq!(read(name, None), None, "{name}");
        }
        assert_eq!(read("Канада(reg22)", None).map(|group| group.name), Some("Канада".to_owned()));
    }
}
