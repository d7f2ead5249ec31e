//! Textbooks: the name without its codes, and none where the cell holds a teacher.

use super::spelling::{fold, tidy, words};
use srez_model::note::is_quotable;
use srez_model::personal::{has_number, is_personal, names_in_full};

/// Beginnings of words that stand in the title of a textbook.
const TITLES: &[&str] = &[
    "математ",
    "алгебр",
    "геометр",
    "русск",
    "литератур",
    "физик",
    "хими",
    "биолог",
    "географ",
    "истори",
    "обществозн",
    "информат",
    "английск",
    "немецк",
    "французск",
    "испанск",
    "окружающ",
    "язык",
    "чтени",
    "учебник",
    "умк",
    "вероятност",
    "природовед",
    "естествозн",
    "класс",
    "кл",
    "spotlight",
    "english",
    "enjoy",
    "forward",
    "rainbow",
    "starlight",
    "deutsch",
    "horizonte",
];
/// Series of textbooks, and what stands in their place.
const SERIES: &[&str] = &[
    "школа россии",
    "перспектива",
    "гармония",
    "планета знаний",
    "начальная школа xxi века",
    "школа 2100",
    "сферы",
    "ритм",
    "инновационная школа",
    "другое",
    "другой",
    "иное",
    "не указан",
    "нет учебника",
];
/// First authors of textbooks: a form may name the author alone.
const AUTHORS: &[&str] = &[
    "агафонова",
    "агибалова",
    "азевич",
    "алексеев",
    "алимов",
    "андреев",
    "арсентьев",
    "атанасян",
    "афанасьева",
    "бабайцева",
    "баранов",
    "баринова",
    "башмаков",
    "беляев",
    "беляевский",
    "биболетова",
    "бим",
    "боголюбов",
    "босова",
    "бунеев",
    "бунимович",
    "быкова",
    "быстрова",
    "вахрушев",
    "ваулина",
    "ведюшкин",
    "вербицкая",
    "вигасин",
    "виленкин",
    "виноградова",
    "габриелян",
    "генденштейн",
    "герасимова",
    "горецкий",
    "горинов",
    "гринберг",
    "громов",
    "гуревич",
    "данилов",
    "домогацких",
    "дорофеев",
    "дронов",
    "душина",
    "еремин",
    "журавлева",
    "загладин",
    "зубарева",
    "иванов",
    "изергин",
    "искандеров",
    "истомина",
    "кабардин",
    "канакина",
    "касьянов",
    "кауфман",
    "климанов",
    "климанова",
    "козлов",
    "колягин",
    "комарова",
    "константинова",
    "корнилов",
    "коровина",
    "кравченко",
    "криксунов",
    "кузнецова",
    "кузовлев",
    "кучурин",
    "ладыженская",
    "латчук",
    "левитан",
    "летягин",
    "львов",
    "львова",
    "лобжанидзе",
    "макарычев",
    "максаковский",
    "матвеев",
    "мерзляк",
    "меркин",
    "миракова",
    "михеева",
    "мордкович",
    "моро",
    "муравин",
    "мякишев",
    "никитин",
    "никитина",
    "никишов",
    "никольский",
    "новицкая",
    "новошинский",
    "пасечник",
    "перышкин",
    "петерсон",
    "плешаков",
    "погорелов",
    "полякова",
    "пономарева",
    "поляков",
    "пурышева",
    "разумовская",
    "рамзаева",
    "репкин",
    "рудзитис",
    "рудницкая",
    "рыбченкова",
    "семакин",
    "сивоглазов",
    "смирнова",
    "соловейчик",
    "сонин",
    "сороко",
    "сухова",
    "теремов",
    "торкунов",
    "трубина",
    "трубайчук",
    "угринович",
    "уколова",
    "федотова",
    "хренова",
    "чечевицына",
    "чердов",
    "чуракова",
    "шемшурин",
    "шмелев",
    "шилова",
    "юдовская",
    "якубовская",
];
/// Words that tell a teacher.
const TEACHERS: &[&str] = &["учител", "преподават", "педагог", "классн", "руководител"];

/// Words between those of a title, publishers and parts.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "автор", "авторы", "анализ", "анализа", "базовый", "без", "бином", "в", "введение", "вводный", "век", "века",
    "вентана", "времени", "время", "всеобщая", "граф", "действительности", "для", "др", "древнего", "дрофа", "живая",
    "животные", "за", "задачник", "здоровье", "и", "из", "изд", "издательство", "к", "книга", "курс", "линия", "мир",
    "мира", "мнемозина", "на", "начала", "начальная", "начальный", "неживая", "неорганическая", "новая", "новейшая",
    "новейшего", "нового", "о", "образования", "общая", "общего", "общеобразовательных", "обществ", "общий",
    "организаций", "органическая", "основного", "основы", "от", "перечень", "перечня", "планиметрия", "по", "под",
    "практика", "природа", "программа", "программирование", "просвещение", "профильный", "растения", "ред",
    "редакцией", "речь", "россии", "россия", "русское", "с", "слово", "средней", "средние", "средних", "статистика",
    "стереометрия", "теория", "углубленный", "уровень", "учеб", "учреждений", "фгос", "федерального", "федеральный",
    "ч", "части", "часть", "человек", "школа", "школы", "экзамен",
];

/// «fi11.7 | 1.3.5.1.7.2 | Мякишев Г.Я. …»: the name without the codes; none where nothing tells a textbook, or where
/// some word may be the name of a person. A book whose author nobody knows is taken only from the list of the form,
/// which has codes before the names.
pub(crate) fn name(text: &str) -> Option<String> {
    let name = tidy(text.rsplit(" | ").next().unwrap_or(text));
    let folded = fold(&name);
    let listed = is_listed(text);
    let spaced = words(&name);
    let words: Vec<&str> = spaced.split(' ').collect();
    let begins = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let is_title =
        |word: &&str| TITLES.iter().any(|title| if title.len() > 4 { word.starts_with(title) } else { word == title });
    let is_author = |word: &&str| AUTHORS.contains(word);
    let is_series = SERIES.iter().any(|series| folded.starts_with(series));
    let is_number = |word: &&str| word.bytes().all(|sign| sign.is_ascii_digit());
    // Initials are of the author beside them, who is known or not by the surname.
    let is_small = |word: &&str| word.chars().count() == 1 || BETWEEN.contains(word);
    let is_known = |word: &&str| is_title(word) || is_author(word) || is_number(word) || is_small(word);
    let tells = is_series || words.iter().any(|word| is_title(word) || is_author(word));
    // Behind a known author stand others and the title.
    let known_up_to_author = words.iter().take_while(|word| !is_author(word)).all(is_known);
    let has_author = words.iter().any(is_author);
    let is_textbook = listed || is_quotable(&name) || tells && (is_series && !is_personal(&name) || known_up_to_author);
    (is_textbook && !begins(TEACHERS) && (has_author || !names_in_full(&name)) && !has_number(&name)).then_some(name)
}

/// True for a line of the list of a form: codes with digits before the name.
fn is_listed(text: &str) -> bool {
    let mut before = text.rsplit(" | ").skip(1).map(str::trim).peekable();
    let is_code = |part: &str| {
        part.chars().any(|sign| sign.is_ascii_digit()) && part.chars().filter(|sign| sign.is_alphabetic()).count() <= 4
    };
    before.peek().is_some() && before.all(is_code)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn codes_of_textbooks_are_left_out() {
        let books = [
            ("fi8.7 | 1.2.5.1.7.2 | Перышкин А.В. Физика 8 класс", "Перышкин А.В. Физика 8 класс"),
            ("другое", "другое"),
            ("Виленкин", "Виленкин"),
            ("Мерзляк А.Г.", "Мерзляк А.Г."),
            ("Пёрышкин А. В.", "Пёрышкин А. В."),
            ("hi8.1 | 1.2.5 | Выдуманов А.В. Химия", "Выдуманов А.В. Химия"),
            (
                "Алгебра и начала математического анализа, 10 класс",
                "Алгебра и начала математического анализа, 10 класс",
            ),
            ("Мерзляк А. Г. Алгебра", "Мерзляк А. Г. Алгебра"),
            ("Spotlight 8", "Spotlight 8"),
            ("Учебник из федерального перечня", "Учебник из федерального перечня"),
            ("Математика: Мерзляк А.Г., Полонский В.Б.", "Математика: Мерзляк А.Г., Полонский В.Б."),
            ("Школа России", "Школа России"),
            ("Мордкович А.Г.", "Мордкович А.Г."),
        ];
        for (text, book) in books {
            assert_eq!(name(text).as_deref(), Some(book), "{text}");
        }
    }

    #[test]
    fn a_teacher_is_no_textbook() {
        for text in [
            "Канарейкин П.С., учитель",
            "Канарейкин П.С.",
            "учитель физики Канарейкин",
            "Канарейкина Анна Сергеевна, физика",
            "физика, anna@example.ru",
            "112-233-445 95",
            "Канарейкин",
            "Петров И.И. физика",
            "Петров физика",
            "Петров И.И. Мерзляк А.Г. Алгебра",
            "физика Петров Иван",
            "Ivanov Ivan English",
            "Петров | Чижов И.И. физика",
            "Ivanov",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
