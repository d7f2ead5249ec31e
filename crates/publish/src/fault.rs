//! What keeps an issue from being published, in words, with the next step.

use camino::Utf8Path;
use srez_model::error::{self, ErrorKind};

/// Why something is not published.
pub(crate) enum Fault<'a> {
    /// A manifest of ours that cannot be read any more.
    ManifestDamaged(&'a Utf8Path),
    /// The folder holds the issue of somebody else, who is named.
    OfAnother { folder: &'a Utf8Path, whose: String },
    /// The folder cannot be moved: a document in it is open; with the reason of the disk.
    HeldOpen { folder: &'a Utf8Path, fresh: &'a Utf8Path, reason: &'a str },
    /// Neither the new folder could be put in its place nor the former one back; with the reason of the disk.
    SetAside { folder: &'a Utf8Path, former: &'a Utf8Path, reason: &'a str },
    /// Folders of earlier runs lie beside the issue and cannot be removed.
    LeftOver { issue: &'a Utf8Path, names: String },
    /// The log of editions does not agree with its own check sums.
    AuditChanged { log: &'a Utf8Path, line: u64 },
    /// Something that cannot be put into bytes, which is a bug.
    NotWritten(String),
    /// A name that is not plain, which is a bug that must not reach the disk.
    BadName(&'a str),
}

impl error::Fault for Fault<'_> {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Run
    }

    fn message(&self) -> String {
        match self {
            Self::ManifestDamaged(path) => format!("манифест выпуска повреждён: {path}"),
            Self::OfAnother { folder, whose } => format!("в папке {folder} лежит выпуск {whose}; он не заменён"),
            Self::HeldOpen { folder, reason, .. } => format!("папка {folder} занята: {reason}"),
            Self::SetAside { folder, former, reason } => {
                format!("папка {folder} занята: {reason}; прежний выпуск цел и лежит в {former}")
            }
            Self::LeftOver { issue, names } => {
                format!("рядом с выпуском {issue} скопились папки {names}, которые не удаляются")
            }
            Self::AuditChanged { log, line } => {
                format!("журнал изданий {log} изменён: строка {line} не сходится со своей контрольной суммой")
            }
            Self::NotWritten(what) => format!("{what} не записывается"),
            Self::BadName(path) => format!("имя файла отчёта не принято: {path}"),
        }
    }

    fn hint(&self) -> String {
        let hint = match self {
            Self::ManifestDamaged(_) => {
                "запустите srez run ещё раз: выпуск будет составлен заново, а прежняя папка целиком сохранится в «ваши \
                 правки»"
            }
            Self::OfAnother { .. } => {
                "укажите в [reports] folder у каждого конвейера свою папку; если прежний выпуск больше не нужен здесь, \
                 перенесите его папку в другое место и запустите ещё раз"
            }
            Self::HeldOpen { fresh, .. } => {
                return format!("закройте документы из неё и запустите ещё раз; новая версия лежит в {fresh}");
            }
            Self::SetAside { .. } => {
                "закройте документы из неё, верните папке прежнее имя или запустите ещё раз: выпуск будет составлен \
                 заново"
            }
            Self::LeftOver { .. } => "закройте документы из них, удалите эти папки и запустите ещё раз",
            Self::AuditChanged { .. } => {
                "верните журнал из резервной копии; если копии нет, отложите его в сторону и сохраните: начнётся новый"
            }
            Self::NotWritten(_) | Self::BadName(_) => "",
        };
        hint.to_owned()
    }
}
