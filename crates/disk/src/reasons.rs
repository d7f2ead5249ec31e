//! Why the system refused, in words that tell what to do.

use camino::Utf8Path;
use srez_model::error::Error;
use std::io::{self, ErrorKind};

/// A file or folder that cannot be read.
pub(crate) fn unreadable(path: &Utf8Path, error: &io::Error) -> Error {
    let hint = match error.kind() {
        ErrorKind::NotFound => "проверьте имя и папку",
        ErrorKind::PermissionDenied => "проверьте права на файл и папку и запустите ещё раз",
        _ => "проверьте, что диск на месте и исправен, и запустите ещё раз",
    };
    Error::run(format!("не читается {path}: {}", reason(error))).hint(hint)
}

/// A file or folder that cannot be written.
pub(crate) fn unwritable(path: &Utf8Path, error: &io::Error) -> Error {
    let hint = match error.kind() {
        ErrorKind::PermissionDenied => "закройте файл в Excel или Word, проверьте права на папку и запустите ещё раз",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "освободите место на диске и запустите ещё раз",
        ErrorKind::ReadOnlyFilesystem => "диск защищён от записи: выберите другой или снимите защиту",
        _ => "проверьте папку и запустите ещё раз",
    };
    Error::run(format!("не записывается {path}: {}", reason(error))).hint(hint)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "нет такого файла или папки".to_owned(),
        ErrorKind::PermissionDenied => "нет доступа".to_owned(),
        ErrorKind::StorageFull => "нет места на диске".to_owned(),
        ErrorKind::QuotaExceeded => "исчерпана квота на диске".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "диск защищён от записи".to_owned(),
        ErrorKind::AlreadyExists => "имя уже занято".to_owned(),
        kind => format!("ошибка системы ({kind})"),
    }
}
