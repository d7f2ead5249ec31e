//! The head of a pack of works as written: `pack.toml`.

use crate::faults;
use serde::{Deserialize, Serialize};
use srez_model::error::{Error, Result};

/// Name of the head among the files of a pack.
pub(super) const HEAD: &str = "pack.toml";

/// The layout of a pack that this program reads and writes.
const LAYOUT: u32 = 1;

/// Version of this program.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Most letters of a name or a version: they stand in one line on the screen.
const LONGEST_NAME: usize = 60;

/// A head as written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    #[serde(default = "layout")]
    format: u32,
    #[serde(default)]
    pub(super) name: String,
    pub(super) version: String,
    pub(super) date: String,
    #[serde(default = "program")]
    program: String,
    #[serde(default)]
    pub(super) changes: String,
    #[serde(default)]
    pub(super) members: Vec<Member>,
}

/// A file of a pack with its hash.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    pub(super) path: String,
    pub(super) blake3: String,
}

/// What says whether the rest can be understood at all; a newer program may have written more keys.
#[derive(Deserialize)]
struct Demands {
    format: Option<u32>,
    program: Option<String>,
}

fn layout() -> u32 {
    LAYOUT
}

fn program() -> String {
    PROGRAM.to_owned()
}

impl Head {
    /// Parses a head; `name` is the name of its file, for messages.
    ///
    /// # Errors
    /// If it asks for a newer program, has an unknown or missing key, or a value cannot be shown in a line.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self> {
        if let Ok(demands) = toml::from_str::<Demands>(text) {
            demands.check(name)?;
        }
        let head: Self = toml::from_str(text).map_err(|error| faults::in_toml(name, text, &error, &[]))?;
        if head.format != LAYOUT {
            return Err(Error::usage(format!("{name}: устройство пакета {} неизвестно", head.format))
                .hint(format!("format = {LAYOUT} или уберите этот ключ")));
        }
        if numbers(&head.program).is_none() {
            return Err(Error::usage(format!("{name}: версия программы «{}» не прочитана", head.program))
                .hint(format!("пишите числа через точку: program = \"{PROGRAM}\"")));
        }
        if head.date.parse::<jiff::civil::Date>().is_err() {
            return Err(Error::usage(format!("{name}: дата «{}» не прочитана", head.date))
                .hint("пишите год, месяц и день: date = \"2026-12-01\""));
        }
        for (key, value, may_be_empty) in [("name", &head.name, true), ("version", &head.version, false)] {
            let is_plain = value.chars().all(|sign| sign.is_alphanumeric() || " .-_".contains(sign));
            let is_there = may_be_empty || !value.trim().is_empty();
            if !is_plain || !is_there || LONGEST_NAME < value.chars().count() {
                return Err(Error::usage(format!("{name}: значение ключа «{key}» не годится"))
                    .hint(format!("буквы, цифры, точка, дефис и пробел, не больше {LONGEST_NAME} знаков")));
            }
        }
        Ok(head)
    }

    /// The head as text.
    ///
    /// # Errors
    /// If it cannot be written down, which is a bug.
    pub(super) fn text(&self) -> Result<String> {
        toml::to_string(self).map_err(|_| Error::run(format!("{HEAD} не записывается")))
    }
}

impl Demands {
    fn check(&self, name: &str) -> Result<()> {
        let layout = self.format.is_some_and(|format| LAYOUT < format);
        let program = self.program.as_deref().and_then(numbers).filter(|wanted| numbers(PROGRAM) < Some(*wanted));
        if !layout && program.is_none() {
            return Ok(());
        }
        let wanted = match &self.program {
            Some(wanted) if program.is_some() => format!(" {wanted}"),
            _ => String::new(),
        };
        Err(Error::usage(format!("{name}: пакет составлен для более новой программы{wanted}, эта — {PROGRAM}"))
            .hint("обновите программу или укажите прежний пакет"))
    }
}

/// A version as three numbers, so that 0.10 is newer than 0.9; what follows a hyphen does not count.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let mut found = [0; 3];
    let main = version.split(['-', '+']).next()?;
    let parts: Vec<&str> = main.split('.').collect();
    for (place, part) in parts.iter().enumerate() {
        *found.get_mut(place)? = part.parse().ok()?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::assert_guide_names_keys;

    const SHORTEST: &str = "version = \"1\"\ndate = \"2026-12-01\"\n";

    fn refusal(more: &str) -> String {
        Head::parse(HEAD, &format!("{SHORTEST}{more}")).err().map_or_else(String::new, |error| error.to_string())
    }

    #[test]
    fn the_guide_names_every_key() {
        assert_guide_names_keys::<Head>("пакет работ");
    }

    #[test]
    fn what_a_newer_program_wrote_is_told_before_its_unknown_keys() {
        assert_eq!(refusal(""), "");
        assert_eq!(refusal("program = \"0.0.9\""), "");
        for newer in ["format = 2\nkey = 1", "program = \"999.0.0\"\nkey = 1"] {
            assert!(refusal(newer).contains("для более новой программы"), "{}", refusal(newer));
        }
        assert!(refusal("key = 1").contains("неизвестный ключ «key»"));
        assert!(numbers("0.10.0") > numbers("0.9.1") && numbers("1.0.0-rc1") == numbers("1"));
    }

    #[test]
    fn values_that_cannot_be_shown_are_refused() {
        assert!(refusal("program = \"новая\"").contains("«новая»"));
        assert!(refusal("name = \"\\u001b[2J\"").contains("«name»"));
        assert!(refusal("format = 0").contains("устройство пакета 0"));
        let undated = Head::parse(HEAD, "version = \"1\"\ndate = \"завтра\"\n").unwrap_err();
        assert!(undated.message.contains("«завтра»"), "{}", undated.message);
        assert!(Head::parse(HEAD, "version = \" \"\ndate = \"2026-12-01\"\n").is_err());
    }
}
