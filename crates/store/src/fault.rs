//! What stops the store, in words, with the next step.

use super::log::SCHEMA;
use camino::Utf8Path;
use srez_model::error::{self, ErrorKind};

/// Why the store cannot do what it was asked.
pub(crate) enum Fault<'a> {
    /// A file lies where its folder should be.
    FileInPlace(&'a Utf8Path),
    /// Another run holds the lock.
    Busy(&'a Utf8Path),
    /// The lock cannot be written; with the reason of the disk.
    ReadOnly(&'a Utf8Path, String),
    /// No store in the folder.
    NoStore(&'a Utf8Path),
    /// A file that cannot be trusted, and why.
    Damaged(&'a Utf8Path, &'a str),
    /// An entry in a layout that only a later program knows.
    Newer(&'a Utf8Path, u32),
    /// A log without entries beside data files.
    LogLost(&'a Utf8Path),
    /// Another run wrote the version in between.
    VersionTaken(u64),
    /// A record that cannot be put into bytes, which is a bug.
    NotWritten(&'static str),
    /// Rows or a table that Parquet does not take, which is a bug.
    NotEncoded { what: String, reason: String },
    /// No rows of the exam.
    NoResults(&'a Utf8Path, String),
    /// No such version; with the last one.
    NoVersion(u64, u64),
    /// Nothing to go back from.
    Empty,
    /// The version is in force already.
    AlreadyLast(u64),
    /// No unit of a school is in the state in which a decision wants it.
    NoUnits(String),
}

impl error::Fault for Fault<'_> {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoVersion(..) | Self::Empty | Self::AlreadyLast(_) | Self::NoUnits(_) => ErrorKind::Usage,
            _ => ErrorKind::Run,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::FileInPlace(folder) => format!("на месте хранилища {folder} лежит файл"),
            Self::Busy(folder) => format!("хранилище {folder} занято: с ним работает другой запуск программы"),
            Self::ReadOnly(folder, reason) => format!("хранилище {folder} открыто только для чтения: {reason}"),
            Self::NoStore(folder) => format!("в папке {folder} нет хранилища"),
            Self::Damaged(path, reason) => format!("хранилище повреждено: {path}: {reason}"),
            Self::Newer(path, schema) => format!(
                "хранилище записано более новой версией программы: {path}, устройство №\u{a0}{schema}, а эта версия \
                 знает устройства до №\u{a0}{SCHEMA}"
            ),
            Self::LogLost(folder) => {
                format!("журнал хранилища {folder} пуст, а файлы данных есть; ничего не удалено")
            }
            Self::VersionTaken(version) => format!("версия {version} хранилища уже записана другим запуском"),
            Self::NotWritten(what) => format!("{what} не составлена"),
            Self::NotEncoded { what, reason } => format!("{what}: {reason}"),
            Self::NoResults(folder, exam) => format!("в хранилище {folder} нет результатов {exam}"),
            Self::NoVersion(version, last) => format!("среза {version} в хранилище нет: последний — {last}"),
            Self::Empty => "хранилище пусто: отменять нечего".to_owned(),
            Self::AlreadyLast(last) => format!("срез {last} и есть последний: возвращаться некуда"),
            Self::NoUnits(told) => told.clone(),
        }
    }

    fn hint(&self) -> String {
        let hint = match self {
            Self::FileInPlace(_) => "укажите в [store] folder папку или уберите этот файл",
            Self::Busy(_) => "дождитесь, пока он закончится, и запустите ещё раз",
            Self::ReadOnly(..) => {
                "проверьте права на папку и не защищён ли диск от записи; смотреть хранилище (`srez history`, `srez \
                 verify`) можно и так"
            }
            Self::NoStore(_) => {
                "проверьте [store] в конвейере; хранилище появится после первого запуска `srez run` с этим конвейером"
            }
            Self::Damaged(..) => {
                "восстановите папку хранилища из резервной копии; если копии нет, уберите эту папку в сторону и \
                 запустите программу по всем исходным файлам ещё раз; что ещё повреждено, покажет \
                 `srez verify КОНВЕЙЕР`"
            }
            Self::Newer(..) => "обновите программу",
            Self::LogLost(_) => {
                "если первый запуск был прерван, запустите `srez run` ещё раз; если журнал утерян, восстановите папку \
                 хранилища из резервной копии"
            }
            Self::VersionTaken(_) => "запустите программу ещё раз",
            Self::NotWritten(_) | Self::NotEncoded { .. } => "",
            Self::NoResults(..) => "что есть в хранилище, показывает `srez history КОНВЕЙЕР`",
            Self::NoVersion(..) | Self::AlreadyLast(_) => "список срезов: `srez history КОНВЕЙЕР`",
            Self::Empty => "хранилище наполняет `srez run` с этим конвейером",
            Self::NoUnits(_) => "какие школы и классы есть в срезе, показывает `srez history КОНВЕЙЕР --show НОМЕР`",
        };
        hint.to_owned()
    }
}
