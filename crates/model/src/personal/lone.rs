//! Names of people that stand alone in the name of a file, a folder or a sheet: «Канарейкин.xlsx», «8А_канарейкина».
//!
//! A town, a school and a person read alike there. So a word that ends as surnames do is repeated only where it is
//! known: as a word of the offices, of the subjects, or as a place or school that the register or the files name.

use super::alone::{NO_SURNAMES, TOWNS};
use super::names::{Word, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words of the offices and of the subjects, without their endings.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    "август", "алгебр", "анализ", "английск", "апелляц", "апрел", "архив", "астрономи", "базов", "балл", "биологи",
    "бланк", "вариант", "ведомост", "весн", "вечерн", "впр", "всероссийск", "выгрузк", "выпускник", "выпускн",
    "гвэ", "географи", "геометри", "гиа", "гимнази", "год", "город", "городск", "данн", "декабр", "демоверси",
    "диагностик", "диагностическ", "динамик", "директор", "дневник", "документ", "дол", "дополнительн", "егкр", "егэ",
    "журнал", "завуч", "загрузк", "задани", "заявлени", "индивидуальн", "иностранн", "информатик", "искусств",
    "испанск", "исправлени", "исправлен", "истори", "итальянск", "итог", "итогов", "июл", "июн",
    "китайск", "класс", "книг", "кодификатор", "команд", "контекстн", "контрольн", "копи", "край", "краев", "культур",
    "латинск", "лист", "литератур", "лицей", "лице", "ма", "март", "математик", "медалист", "месяц", "методист",
    "мир", "мониторинг", "музык", "муниципалитет", "муниципальн", "начальн", "немецк", "необъективност", "нов",
    "ноябр", "област", "обучающ", "обществознани", "объективност", "огэ", "окружающ", "округ", "октябр", "описани",
    "организатор", "осен", "основн", "ответ", "отдельн", "отметк", "отметок", "отсутствующ", "отчет", "оценк",
    "оценок", "папк", "параллел", "педагог", "письм", "победител", "повторн", "показател", "полн", "последн",
    "предмет", "пример", "приказ", "признак", "проверочн", "профильн", "процент", "протокол", "работ", "район",
    "районн", "распределени", "рдр", "реестр", "региональн", "регион", "результат", "родител", "родн", "русск",
    "сведени", "сводк", "сводн", "свод", "сдач", "сельск", "сентябр", "спецификаци", "списк", "список", "справк",
    "сравнени", "средн", "срез", "стар", "статистик", "страниц", "таблиц", "тест", "технологи", "углубленн", "ученик",
    "участник", "учащ", "учител", "файл", "феврал", "физик", "физическ", "форм", "французск", "хими", "черновик",
    "черчени", "чтени", "шаблон", "школ", "школьник", "экзамен", "эксперт", "язык", "январ",
];
/// Endings of these words.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "", "а", "ая", "ам", "ами", "ах", "е", "ев", "его", "ее", "ей", "ем", "ему", "ею", "и", "ие", "ий", "им", "ими",
    "их", "ихся", "иеся", "ийся", "ию", "ия", "иям", "иях", "ие", "й", "о", "ов", "ого", "ое", "ой", "ок", "ом", "ому",
    "ою", "у", "ую", "ш", "ы", "ые", "ый", "ым", "ыми", "ых", "ь", "ью", "ю", "юю", "я", "ям", "ями", "ях", "яя",
];
/// Words of offices in Latin letters.
#[rustfmt::skip]
const LATIN: &[&str] = &[
    "admin", "begin", "class", "copy", "data", "edu", "ege", "english", "final", "form", "italian", "language", "latin",
    "list", "login", "main", "margin", "math", "new", "oge", "origin", "page", "plugin", "protocol", "reg", "report",
    "result", "results", "russian", "sch", "school", "sheet", "vpr", "version",
];
/// Endings of surnames that only a word alone is judged by.
const RARER_SURNAMES: &[&str] = &["ман", "берг", "штейн", "ич"];
/// Endings of words that stand beside others and are rarely names there.
const ADJECTIVES: &[&str] = &["ский", "ская", "цкий", "цкая", "ых", "их", "ян"];
/// Words and short words before the name of a place or of a school.
#[rustfmt::skip]
const BEFORE_PLACES: &[&str] = &[
    "г", "город", "село", "с", "п", "пос", "поселок", "д", "деревня", "хутор", "станица", "район", "округ", "мо", "го",
    "им", "имени", "ул", "улица", "школа", "сош", "оош", "нош", "лицей", "гимназия", "мбоу", "моу", "мкоу", "маоу",
    "гбоу", "мр",
];
/// Words behind the name of a place.
const BEHIND_PLACES: &[&str] = &["район", "р", "муниципальный", "округ", "городской", "сельский", "сельсовет", "край"];
/// Letters of a word that may be a name.
const SHORTEST: usize = 3;
/// Words of a name.
const MOST_WORDS: usize = 3;

/// Words that may be shown although they end as surnames do: those of places, schools and subjects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownWords {
    words: BTreeSet<String>,
}

impl KnownWords {
    /// The words of some names of places, schools and subjects; a name that looks like a person teaches nothing.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known = Self::default();
        for name in names.into_iter().filter(|name| !super::is_personal(name)) {
            known.words.extend(words(name).into_iter().filter(|word| SHORTEST < word.length()).map(|word| word.folded));
        }
        known
    }

    /// Those of another list too.
    pub fn extend(&mut self, other: Self) {
        self.words.extend(other.words);
    }
}

/// Places of names that stand alone in the steps of a path, in bytes.
pub(super) fn spans(path: &str, known: &KnownWords) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for step in path.split_inclusive(['/', '\\']) {
        let in_step = of_step(without_extension(step), known);
        found.extend(in_step.into_iter().map(|span| from + span.start..from + span.end));
        from += step.len();
    }
    found
}

/// The step without «.xlsx», whose letters are no word.
fn without_extension(step: &str) -> &str {
    let step = step.trim_end_matches(['/', '\\']);
    match step.rsplit_once('.') {
        Some((stem, end)) if end.len() <= 5 && end.bytes().all(|sign| sign.is_ascii_alphanumeric()) => stem,
        _ => step,
    }
}

/// Where all that is not known reads like a name, all of it is one; else a surname written as such among other words.
fn of_step(step: &str, known: &KnownWords) -> Vec<Range<usize>> {
    let words = words(step);
    let folded =
        |place: Option<usize>| place.and_then(|place| words.get(place)).map_or("", |word| word.folded.as_str());
    let is_place = |place: usize| {
        BEFORE_PLACES.contains(&folded(place.checked_sub(1))) || BEHIND_PLACES.contains(&folded(Some(place + 1)))
    };
    let unknown: Vec<&Word> = words
        .iter()
        .enumerate()
        .filter(|(place, word)| SHORTEST <= word.length() && !is_known(word, known) && !is_place(*place))
        .map(|(_, word)| word)
        .collect();
    let is_name = |word: &&Word| reads_like_surname(word) || word.is_given() || word.is_patronymic();
    let are_all = unknown.len() <= MOST_WORDS && unknown.iter().all(is_name);
    unknown
        .into_iter()
        .filter(|word| are_all || is_written_as_surname(step, word))
        .map(|word| word.span.clone())
        .collect()
}

fn is_known(word: &Word, known: &KnownWords) -> bool {
    let folded = word.folded.as_str();
    let is_form = |stem: &&str| folded.strip_prefix(*stem).is_some_and(|ending| ENDINGS.contains(&ending));
    match &word.latin {
        Some(latin) => LATIN.contains(&latin.as_str()) || known.words.contains(folded),
        None => {
            NO_SURNAMES.contains(&folded)
                || TOWNS.contains(&folded)
                || known.words.contains(folded)
                || STEMS.iter().any(is_form)
        }
    }
}

fn reads_like_surname(word: &Word) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.folded.ends_with(ending));
    (word.is_surname() && !ends(&["ческий", "ческая"])) || (SHORTEST < word.length() && ends(RARER_SURNAMES))
}

/// A surname with its capital; texts in capitals tell nothing, and adjectives stand beside other words.
fn is_written_as_surname(step: &str, word: &Word) -> bool {
    let second = step.get(word.span.clone()).and_then(|text| text.chars().nth(1));
    word.latin.is_none()
        && word.is_capital
        && second.is_some_and(char::is_lowercase)
        && word.is_surname()
        && !ADJECTIVES.iter().any(|ending| word.folded.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{KnownWords, spans};

    fn hidden<'a>(name: &'a str, known: &KnownWords) -> Vec<&'a str> {
        spans(name, known).into_iter().filter_map(|span| name.get(span)).collect()
    }

    #[test]
    fn a_surname_alone_is_found_in_files_and_folders() {
        let names = [
            ("nm/Канарейкин.xlsx", "Канарейкин"),
            ("nm/канарейкина.xlsx", "канарейкина"),
            ("nm/КАНАРЕЙКИН.XLSX", "КАНАРЕЙКИН"),
            ("Канарейкин/Математика 8 класс.xlsx", "Канарейкин"),
            ("8А_Канарейкин_Математика ВПР 2026.xlsx", "Канарейкин"),
            ("Канарейкин (2).csv", "Канарейкин"),
            ("Поездка Канарейкина май.csv", "Канарейкина"),
            ("Kanareikin.xlsx", "Kanareikin"),
            ("Kanareikin class 8A.xlsx", "Kanareikin"),
            ("Канaрейкин.xlsx", "Канaрейкин"),
            ("Шевченко.xlsx", "Шевченко"),
            ("Кауфман.xlsx", "Кауфман"),
            ("Островский", "Островский"),
            ("Анна 8А.xlsx", "Анна"),
        ];
        for (name, span) in names {
            assert_eq!(hidden(name, &KnownWords::default()), [span], "{name}");
        }
    }

    #[test]
    fn what_is_known_is_no_surname() {
        let known = KnownWords::of(["г. Калинин", "Чижовский район", "МБОУ «СОШ № 3 им. Кольцова»", "Хакасский язык"]);
        for name in ["Калинин.xlsx", "2026/КАЛИНИН свод.xlsx", "Чижовский.xlsx", "Кольцова.csv", "Хакасский 8.xlsx"]
        {
            assert_eq!(hidden(name, &known), Vec::<&str>::new(), "{name}");
            assert_eq!(hidden(name, &KnownWords::default()).len(), 1, "{name}");
        }
        assert_eq!(KnownWords::of(["СОШ № 1, Канарейкин П.С."]), KnownWords::default());
    }

    #[test]
    fn names_of_places_subjects_and_offices_stand() {
        let names = [
            "Барнаул.xlsx",
            "Киров.xlsx",
            "г. Чижов.xlsx",
            "Чижовский район/Русский.xlsx",
            "Школа № 3 им. Гагарина",
            "edu990001_Математика 8 класс ВПР 2026.xlsx",
            "Русский Язык Четвёртый Класс",
            "Свод результатов всероссийских проверочных работ",
            "ПРОТОКОЛЫ РЕЗУЛЬТАТОВ УЧАСТНИКОВ.xlsx",
            "Протоколы экспертов/Апелляции.xlsx",
            "Историческая справка.xlsx",
            "Северная Долина",
            "Main Latin version final.xlsx",
            "Russian.xlsx",
            "Page 1",
            "учитель.xlsx",
            "Ф1_Индивидуальные результаты.xlsx",
        ];
        for name in names {
            assert_eq!(hidden(name, &KnownWords::default()), Vec::<&str>::new(), "{name}");
        }
    }
}
