//! What is wrong with the file of texts, in words, with the next step.

use camino::Utf8Path;
use srez_model::error::Error;

/// A line that is not as it was written.
pub(crate) fn damaged(path: &Utf8Path, line: u64) -> Error {
    Error::run(format!("файл текстов {path}: строка {line} повреждена и не читается, остальные тексты на месте"))
        .hint("сравните файл с резервной копией; сама строка оставлена в нём как есть")
}

/// A line whose own text is whole, and which does not follow the one before it.
pub(crate) fn gap(path: &Utf8Path, line: u64) -> Error {
    Error::run(format!("файл текстов {path}: перед строкой {line} недостаёт строк, что в нём есть — прочитано"))
        .hint("верните файл из резервной копии: недостающие тексты есть только там")
}

/// A line of a newer program.
pub(crate) fn newer(path: &Utf8Path, line: u64) -> Error {
    Error::run(format!("файл текстов {path}: строку {line} записала более новая версия программы, она не читается"))
        .hint("обновите программу")
}

/// Another program writes into the file.
pub(crate) fn busy(path: &Utf8Path) -> Error {
    Error::run(format!("файл текстов {path} сейчас дополняет другая программа")).hint("повторите через минуту")
}

/// The file cannot be put into bytes, which is a bug.
pub(crate) fn not_written() -> Error {
    Error::run("тексты не записываются")
}
