//! What is wrong with the key of the pseudonyms, in words, with the next step.

use camino::Utf8Path;
use srez_model::error::{ErrorKind, Fault};

/// Why no pseudonym can be made.
pub(super) enum KeyFault<'a> {
    InsideStore(&'a Utf8Path),
    /// Others can enter the store.
    OpenStore(&'a Utf8Path),
    /// Others can read the key.
    OpenKey(&'a Utf8Path),
    /// Another run has the store open.
    Busy(&'a Utf8Path),
    ListDamaged(&'a Utf8Path),
    /// A list that cannot be put into bytes, which is a bug.
    ListNotWritten,
    /// A file that holds something else.
    NoKey(&'a Utf8Path),
    NoRandomness,
    /// No file; with the id of the key that the store knows.
    Lost {
        key: &'a Utf8Path,
        store: &'a Utf8Path,
        id: Option<&'a str>,
    },
    /// A key that was in force earlier.
    Former {
        file: &'a Utf8Path,
        id: &'a str,
        in_force: Option<&'a str>,
    },
    /// A key that the store does not know.
    Another {
        id: &'a str,
        store: &'a Utf8Path,
        in_force: Option<&'a str>,
    },
    /// The same where only the log tells under which key the last results came.
    WithoutList {
        id: &'a str,
        store: &'a Utf8Path,
        list: &'a Utf8Path,
        of_log: &'a str,
    },
}

impl Fault for KeyFault<'_> {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::InsideStore(_) => ErrorKind::Usage,
            _ => ErrorKind::Run,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::InsideStore(key) => format!("ключ псевдонимов {key} лежит внутри хранилища"),
            Self::OpenStore(store) => format!("в хранилище {store} могут заглянуть другие пользователи компьютера"),
            Self::OpenKey(key) => format!("ключ псевдонимов {key} могут прочитать другие"),
            Self::Busy(store) => format!("хранилище {store} занято: с ним работает другой запуск программы"),
            Self::ListDamaged(path) => format!("список ключей {path} повреждён"),
            Self::ListNotWritten => "список ключей хранилища не записывается".to_owned(),
            Self::NoKey(path) => format!("в файле {path} нет ключа: ожидаются 64 шестнадцатеричных знака"),
            Self::NoRandomness => "система не дала случайных чисел для ключа".to_owned(),
            Self::Lost { key, store, id } => {
                let id = id.map_or_else(String::new, |id| format!(" {id}"));
                format!("ключ псевдонимов{id} потерян: файла {key} нет, а хранилище {store} с ним записано")
            }
            Self::Former { file, id, in_force } => {
                let in_force = in_force.unwrap_or_default();
                format!("в файле {file} прежний ключ псевдонимов {id}, а действует {in_force}")
            }
            Self::Another { id, store, in_force } => {
                let in_force = in_force.unwrap_or_default();
                format!("ключ псевдонимов {id} чужой: хранилище {store} записано с ключом {in_force}")
            }
            Self::WithoutList { id, store, list, of_log } => format!(
                "ключ псевдонимов {id} чужой: последние результаты в хранилище {store} записаны с ключом {of_log}, а \
                 списка ключей {list} нет"
            ),
        }
    }

    fn hint(&self) -> String {
        let hint = match self {
            Self::InsideStore(_) => {
                "укажите в [store] другой файл key: тот, кто видит хранилище, не должен видеть ключ"
            }
            Self::OpenStore(store) => {
                return format!("в нём результаты участников: закройте папку командой chmod 700 {store}");
            }
            Self::OpenKey(key) => return format!("закройте его: chmod 600 {key}"),
            Self::Busy(_) => "дождитесь, пока он закончится, и смените ключ после него",
            Self::ListDamaged(_) => "верните файл из резервной копии хранилища",
            Self::ListNotWritten | Self::NoRandomness => "",
            Self::NoKey(_) => "верните файл из копии; с новым ключом участники прошлых лет не узнаются",
            Self::Lost { .. } => {
                "верните файл ключа из резервной копии; если её нет, заведите новый: `srez key rotate КОНВЕЙЕР \
                 --lost` — прежние результаты останутся, но участников прежних загрузок с новыми программа не свяжет"
            }
            Self::Former { .. } => "положите на его место файл действующего ключа; прежний ключ больше не нужен",
            Self::Another { .. } => {
                "верните свой файл ключа из копии или проверьте, то ли хранилище указано в [store]; если ключ сменён \
                 намеренно, сделайте это командой `srez key rotate`"
            }
            Self::WithoutList { .. } => {
                "верните из резервной копии файл ключа; если ключ сменён намеренно — список ключей"
            }
        };
        hint.to_owned()
    }
}
