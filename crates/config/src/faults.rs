//! Mistakes in TOML files: the line, what is wrong, the nearest known name.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use srez_model::error::Error;

/// An error that shows the faulty line of a TOML file.
///
/// `words` are the keys that such a file may have; the nearest one is offered for an unknown key.
pub(crate) fn in_toml(name: &str, text: &str, error: &toml::de::Error, words: &[&str]) -> Error {
    let (title, hint) = translate(error.message(), words);
    let Some(span) = error.span() else {
        return Error::usage(format!("{name}: {title}")).hint(hint);
    };
    if is_escape(text, &span) {
        return at(name, text, span, BACKSLASH, BACKSLASH_HINT.to_owned());
    }
    at(name, text, span, &title, hint)
}

/// A path of Windows between double quotes, where «\» starts a sign that is written otherwise, such as a tab.
pub(crate) const BACKSLASH: &str = "знак «\\» в двойных кавычках пишется дважды";
pub(crate) const BACKSLASH_HINT: &str = "пишите путь в одинарных кавычках, как он есть: 'C:\\данные\\2026', или с «/»: \
                                         \"C:/данные/2026\"";

/// True where the fault is at a «\» that starts no sign; outside of text between quotes there is none.
fn is_escape(text: &str, span: &std::ops::Range<usize>) -> bool {
    let start = text.get(..span.start).map_or(0, |before| before.rfind('\n').map_or(0, |end| end + 1));
    let before = text.get(start..span.start).unwrap_or_default();
    let at = text.get(span.clone()).unwrap_or_default();
    before.contains(['"']) && (at.contains('\\') || before.trim_end_matches(char::is_alphanumeric).ends_with('\\'))
}

/// An error about a place in a text file.
pub fn at(name: &str, text: &str, span: std::ops::Range<usize>, title: &str, hint: String) -> Error {
    let end = span.end.min(text.len()).max(span.start);
    let report = [Group::with_title(Level::ERROR.with_name("ошибка").primary_title(title.to_owned()))
        .element(Snippet::source(text).path(name).annotation(AnnotationKind::Primary.span(span.start.min(end)..end)))];
    Error::usage(Renderer::plain().render(&report)).hint(hint)
}

/// The known word nearest to an unknown one; none if nothing is near.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    words
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(word, known), known))
        .filter(|(distance, known)| *distance <= 1 + known.chars().count() / 3)
        .min()
        .map(|(_, known)| known)
}

/// The parser's message in Russian, and what to do.
fn translate(message: &str, words: &[&str]) -> (String, String) {
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    if message.starts_with("unknown field") {
        let key = quoted(message);
        let known: Vec<String> = message.split('`').skip(3).step_by(2).map(str::to_owned).collect();
        let candidates: Vec<&str> =
            if known.is_empty() { words.to_vec() } else { known.iter().map(String::as_str).collect() };
        let hint = match nearest(&key, candidates.iter().copied()) {
            Some(near) => format!("ближайший известный ключ — «{near}»"),
            None => format!("известные здесь ключи: {}", candidates.join(", ")),
        };
        return (format!("неизвестный ключ «{key}»"), hint);
    }
    if message.starts_with("missing field") {
        return (format!("не хватает ключа «{}»", quoted(message)), "добавьте его".to_owned());
    }
    if message.starts_with("invalid type") || message.starts_with("invalid value") {
        return ("значение не того вида".to_owned(), expected(message));
    }
    if message.starts_with("duplicate key") {
        return ("ключ записан дважды".to_owned(), "оставьте одну строку".to_owned());
    }
    if message.contains("invalid basic string") || message.contains("invalid literal string") {
        return ("кавычка не закрыта".to_owned(), "закройте её в той же строке".to_owned());
    }
    ("строка не по правилам TOML".to_owned(), format!("сообщение разборщика: {}", message.trim()))
}

/// What the parser expected instead.
fn expected(message: &str) -> String {
    let kinds = [
        ("expected a string", "напишите текст в кавычках"),
        ("expected u", "напишите целое число без кавычек, не меньше нуля"),
        ("expected i", "напишите целое число без кавычек"),
        ("expected f", "напишите число без кавычек, с точкой"),
        ("expected a boolean", "напишите true или false"),
        ("expected a sequence", "напишите список в квадратных скобках"),
        ("expected struct", "напишите раздел с ключами"),
        ("expected a map", "напишите раздел с ключами"),
    ];
    let found = kinds.iter().find(|(words, _)| message.contains(words));
    found.map_or_else(|| format!("сообщение разборщика: {message}"), |(_, hint)| (*hint).to_owned())
}

/// Asserts that the guide for analysts names every key of a written form, as the parser itself lists them.
#[cfg(test)]
pub(super) fn assert_guide_names_keys<T: serde::de::DeserializeOwned>(what: &str) {
    let guide = include_str!("../../../pipelines/README.md");
    let Err(error) = toml::from_str::<T>("no-such-key = 1") else { panic!("{what} takes any key") };
    let keys: Vec<&str> = error.message().split('`').skip(3).step_by(2).collect();
    assert!(!keys.is_empty(), "{what}: {}", error.message());
    for key in keys {
        assert!(guide.contains(&format!("`{key}`")), "pipelines/README.md не называет ключ {key} ({what})");
    }
}

#[cfg(test)]
mod tests {
    use super::{in_toml, nearest};
    use crate::plan::Plan;
    use crate::trial_folder::TrialFolder;

    #[test]
    fn a_path_of_windows_is_told_how_it_is_written() {
        for path in ["C:\\Users\\анна", "..\\pl", "D:\\данные\\2026", "C:\\xyz"] {
            let text = format!("title = \"Т\"\n[inputs]\nfolders = [\"{path}\"]\n");
            let error = toml::from_str::<toml::Table>(&text).unwrap_err();
            let told = in_toml("план.toml", &text, &error, &[]);
            assert!(told.message.contains("пишется дважды") && told.message.contains(path), "{}", told.message);
            assert!(told.hint.contains("'C:\\данные"), "{}", told.hint);
        }
        let text = "title = \"C:/данные\"\ndate = 'C:\\x' 5\n";
        let error = toml::from_str::<toml::Table>(text).unwrap_err();
        assert!(!in_toml("план.toml", text, &error, &[]).message.contains("дважды"));
    }

    /// `\t` and `\n` are signs that TOML knows.
    #[test]
    fn a_path_that_became_a_tab_is_told_too() {
        let folder = TrialFolder::new();
        folder.write("план.toml", "title = \"Т\"\ndate = \"2026-06-05\"\n[inputs]\nfolders = [\"C:\\temp\\new\"]\n");
        let told = Plan::load(&folder.base.join("план.toml"), None).unwrap_err();
        assert!(told.message.contains("пишется дважды") && told.message.contains("temp\\new"), "{}", told.message);
    }

    /// As Notepad saves it; what another program holds is told by the disk.
    #[test]
    fn a_pipeline_in_another_encoding_is_told_how_to_save_it() {
        let folder = TrialFolder::new();
        srez_disk::write_plain(&folder.base.join("план.toml"), b"title = \"\xd1\xf0\xe5\xe7\"\n").unwrap();
        let told = Plan::load(&folder.base.join("план.toml"), None).unwrap_err();
        assert!(told.hint.contains("кодировку UTF-8"), "{}", told.hint);
        let told = Plan::load(&folder.base.join("нет.toml"), None).unwrap_err();
        assert!(told.hint.contains("srez run"), "{}", told.hint);
    }

    #[test]
    fn a_slip_of_one_letter_finds_its_word() {
        assert_eq!(nearest("foldrs", ["folders", "schools"]), Some("folders"));
        assert_eq!(nearest("календарь", ["folders", "schools"]), None);
    }
}
