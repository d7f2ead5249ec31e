//! Why the system refused, in words that tell what to do.

use crate::held::{HELD, is_held};
use camino::Utf8Path;
use srez_model::error::Error;
use std::io::{self, ErrorKind};

/// A file or folder that cannot be read.
pub(crate) fn unreadable(path: &Utf8Path, error: &io::Error) -> Error {
    let hint = match error.kind() {
        _ if is_held(error) => HELD,
        ErrorKind::NotFound => "проверьте имя и папку",
        ErrorKind::PermissionDenied => "проверьте права на файл и папку и запустите ещё раз",
        ErrorKind::InvalidFilename => WRONG_NAME,
        _ => "проверьте, что диск на месте и исправен, и запустите ещё раз",
    };
    Error::run(format!("не читается {path}: {}", reason(error))).hint(hint)
}

/// A file or folder that cannot be written.
pub(crate) fn unwritable(path: &Utf8Path, error: &io::Error) -> Error {
    let hint = match error.kind() {
        _ if is_held(error) => HELD,
        ErrorKind::PermissionDenied => "закройте файл в Excel или Word, проверьте права на папку и запустите ещё раз",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "освободите место на диске и запустите ещё раз",
        ErrorKind::ReadOnlyFilesystem => "диск защищён от записи: выберите другой или снимите защиту",
        ErrorKind::InvalidFilename => WRONG_NAME,
        _ => "проверьте папку и запустите ещё раз",
    };
    Error::run(format!("не записывается {path}: {}", reason(error))).hint(hint)
}

/// On Windows a path in quotes that ends with «\» arrives with a quote of its own.
const WRONG_NAME: &str = "в имени не может быть знаков \" * ? < > |; папку в кавычках пишите без «\\» в конце";

fn reason(error: &io::Error) -> String {
    match error.kind() {
        _ if is_held(error) => "занято другой программой".to_owned(),
        ErrorKind::NotFound => "нет такого файла или папки".to_owned(),
        ErrorKind::PermissionDenied => "нет доступа".to_owned(),
        ErrorKind::StorageFull => "нет места на диске".to_owned(),
        ErrorKind::QuotaExceeded => "исчерпана квота на диске".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "диск защищён от записи".to_owned(),
        ErrorKind::AlreadyExists => "имя уже занято".to_owned(),
        ErrorKind::InvalidFilename => "такого имени у файла быть не может".to_owned(),
        kind => format!("ошибка системы ({kind})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_holds_is_told_as_such() {
        let held = io::Error::from(ErrorKind::ResourceBusy);
        for told in [unreadable(Utf8Path::new("план.toml"), &held), unwritable(Utf8Path::new("план.toml"), &held)]
        {
            assert!(told.message.ends_with("план.toml: занято другой программой"), "{}", told.message);
            assert!(told.hint.starts_with("закройте") && told.hint.contains("резервное"), "{}", told.hint);
        }
    }

    #[test]
    fn a_name_that_cannot_be_is_told_with_its_usual_cause() {
        let told = unreadable(Utf8Path::new("C:/a b\""), &io::Error::from(ErrorKind::InvalidFilename));
        assert_eq!(told.message, "не читается C:/a b\": такого имени у файла быть не может");
        assert!(told.hint.ends_with("без «\\» в конце"), "{}", told.hint);
    }
}
