//! The key of the pseudonyms: a file outside the store that only its owner can read.

use crate::disk;
use crate::error::{Error, Result};
use camino::Utf8Path;

/// Bytes of a key.
type Key = [u8; 32];

/// Reads the key, or makes it on the first run.
///
/// # Errors
/// Where others can read the file, it lies inside the store, or it is no key.
pub(super) fn load_or_make(path: &Utf8Path, store: &Utf8Path) -> Result<Key> {
    if path.starts_with(store) {
        return Err(Error::usage(format!("ключ псевдонимов {path} лежит внутри хранилища"))
            .hint("укажите в [store] другой файл key: тот, кто видит хранилище, не должен видеть ключ"));
    }
    if !disk::exists(path) {
        let key = throwaway()?;
        let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        disk::write_secret(path, format!("{text}\n").as_bytes())?;
        return Ok(key);
    }
    if disk::is_open_to_others(path)? {
        return Err(Error::run(format!("ключ псевдонимов {path} могут прочитать другие"))
            .hint(format!("закройте его: chmod 600 {path}")));
    }
    let text = disk::read_text(path)?;
    parse(text.trim()).ok_or_else(|| {
        Error::run(format!("в файле {path} нет ключа: ожидаются 64 шестнадцатеричных знака"))
            .hint("верните файл из копии; с новым ключом участники прошлых лет не узнаются")
    })
}

/// A key that is kept nowhere.
pub(super) fn throwaway() -> Result<Key> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|_| Error::run("система не дала случайных чисел для ключа"))?;
    Ok(key)
}

fn parse(text: &str) -> Option<Key> {
    let mut key = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (place, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(key)
}
