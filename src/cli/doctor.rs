//! `srez doctor`: is everything on this computer as the program needs it? Each line was tried, not guessed.

use super::terminal::say;
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_pipeline::{KeyPlace, Silent};
use srez_wording::quantity;
use std::net::TcpListener;

/// What must fit on the disk, in bytes: an issue of a municipality with room to spare.
const ROOM: usize = 256 << 20;
/// A table that every reader process can read.
const TABLE: &str = "код;1;2\n1;1;0\n2;0;1\n";
/// Programs by the names of their files: for tables and texts, and for pages.
const OFFICES: [&str; 8] = [
    "EXCEL.EXE",
    "WINWORD.EXE",
    "soffice",
    "soffice.exe",
    "libreoffice",
    "DesktopEditors.exe",
    "desktopeditors",
    "r7-office",
];
const BROWSERS: [&str; 11] = [
    "msedge.exe",
    "chrome.exe",
    "browser.exe",
    "firefox.exe",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "yandex-browser",
    "firefox",
    "microsoft-edge",
    "x-www-browser",
];
/// Where programs are that are in no path of the system, below the folders of programs.
const PLACES: [&str; 9] = [
    "Microsoft Office/root/Office16",
    "Microsoft Office/Office16",
    "LibreOffice/program",
    "R7-Office/Editors",
    "ONLYOFFICE/DesktopEditors",
    "Microsoft/Edge/Application",
    "Google/Chrome/Application",
    "Yandex/YandexBrowser/Application",
    "Mozilla Firefox",
];
/// Files of the typeface of the documents.
const TYPEFACE: [&str; 3] = ["pts55f.ttf", "ptsans-regular.ttf", "ptsans.ttf"];
/// Folders of typefaces.
const FONTS: [&str; 4] = ["/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts", "/Library/Fonts"];

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Файл конвейера или папка, в которой программа будет писать; без них — текущая папка
    #[arg(value_name = "КОНВЕЙЕР ИЛИ ПАПКА", default_value = ".", hide_default_value = true)]
    path: Utf8PathBuf,
}

/// How something is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// The program works without it.
    Lacking,
    Bad,
}

/// One thing that was tried: how it is, what it is, in words.
struct Tried {
    state: State,
    what: &'static str,
    says: String,
}

impl Tried {
    fn new(state: State, what: &'static str, says: impl Into<String>) -> Self {
        Self { state, what, says: says.into() }
    }

    /// Good, or what is wrong with it.
    fn of<T>(what: &'static str, good: &str, result: Result<T>) -> Self {
        match result {
            Ok(_) => Self::new(State::Good, what, good),
            Err(error) => Self::new(State::Bad, what, error.to_string()),
        }
    }
}

impl Doctor {
    pub(super) fn run(self) -> Result<u8> {
        let is_pipeline = self.path.extension() == Some("toml");
        let folder = if is_pipeline { self.path.parent().unwrap_or(Utf8Path::new("")) } else { &self.path };
        let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
        let mut tried = vec![reading(), port(), program("Браузер", &BROWSERS, "страницы рабочего места и выпуска")];
        tried.push(program("Таблицы и тексты", &OFFICES, "файлы XLSX и DOCX"));
        tried.extend([typeface(), writing(folder), room(folder)]);
        if is_pipeline {
            tried.extend(pipeline(&self.path));
        }
        for one in &tried {
            let mark = match one.state {
                State::Good => "готово",
                State::Lacking => "нет   ",
                State::Bad => "ПЛОХО ",
            };
            say(&format!("{mark}  {}: {}", one.what, one.says));
        }
        let bad = tried.iter().filter(|one| one.state == State::Bad).count();
        say(if bad == 0 {
            "\nПрограмма может работать."
        } else {
            "\nСначала исправьте то, что отмечено словом «ПЛОХО»."
        });
        Ok(if bad == 0 { 0 } else { 2 })
    }
}

/// Reads a table as it reads delivered ones: in a process of its own, which a guard of the computer may forbid.
fn reading() -> Tried {
    const WHAT: &str = "Чтение файлов";
    let Some(folder) = temporary() else {
        return Tried::new(State::Bad, WHAT, "временной папки нет: задайте переменную TEMP или TMPDIR");
    };
    let read = srez_disk::write_plain(&folder.join("проба.csv"), TABLE.as_bytes())
        .and_then(|()| Plan::from_folder(&folder))
        .and_then(|plan| srez_pipeline::read(&plan, &Silent));
    let _ = srez_disk::remove_folder(&folder);
    match read {
        Ok(received) if received.parts.iter().any(|part| !part.file.blake3.is_empty()) => {
            Tried::new(State::Good, WHAT, "процесс чтения запускается, пробная таблица прочитана")
        }
        Ok(_) => Tried::new(
            State::Bad,
            WHAT,
            "процесс чтения не отвечает: разрешите программе запускать саму себя (антивирус, политика запуска)",
        ),
        Err(error) => Tried::new(State::Bad, WHAT, error.to_string()),
    }
}

fn port() -> Tried {
    const WHAT: &str = "Рабочее место";
    match TcpListener::bind(("127.0.0.1", 0)) {
        Ok(_) => Tried::new(State::Good, WHAT, "страницы этого компьютера открыть можно"),
        Err(error) => Tried::new(State::Bad, WHAT, format!("страницы открыть нельзя: {error}; мешает защита сети")),
    }
}

fn program(what: &'static str, names: &[&str], opens: &str) -> Tried {
    let found = folders_of_programs().into_iter().find_map(|folder| {
        let path = names.iter().map(|name| folder.join(name)).find(|path| srez_disk::exists(path));
        path.filter(|path| !srez_disk::is_folder(path))
    });
    match found {
        Some(path) => Tried::new(State::Good, what, path.into_string()),
        None => Tried::new(State::Lacking, what, format!("программа не найдена: чем открыть {opens}, решит система")),
    }
}

/// The path of the system, and the usual places below the folders of programs.
fn folders_of_programs() -> Vec<Utf8PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<Utf8PathBuf> =
        std::env::split_paths(&path).filter_map(|path| Utf8PathBuf::from_path_buf(path).ok()).collect();
    for name in ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"] {
        if let Ok(folder) = std::env::var(name) {
            folders.extend(PLACES.iter().map(|place| Utf8Path::new(&folder).join(place)));
        }
    }
    folders
}

/// Whether the typeface of the documents is installed: a text processor replaces one that is not.
fn typeface() -> Tried {
    const WHAT: &str = "Шрифт PT Sans";
    let home = std::env::home_dir().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    let own = home.iter().flat_map(|home| {
        [".local/share/fonts", ".fonts", "AppData/Local/Microsoft/Windows/Fonts"].map(|folder| home.join(folder))
    });
    let is_it = |name: &str| TYPEFACE.iter().any(|known| name.to_lowercase().ends_with(known));
    let found = FONTS.iter().map(Utf8PathBuf::from).chain(own).any(|folder| {
        srez_disk::is_folder(&folder)
            && srez_disk::list(&folder).is_ok_and(|listing| listing.files.iter().any(|found| is_it(&found.name)))
    });
    if found {
        return Tried::new(State::Good, WHAT, "установлен");
    }
    let says = "не установлен: в DOCX его заменит похожий; PDF, страницы и рисунки от этого не зависят";
    Tried::new(State::Lacking, WHAT, says)
}

fn writing(folder: &Utf8Path) -> Tried {
    let place = folder.join("проба-записи.tmp");
    let tried = srez_disk::write_plain(&place, b"1").and_then(|()| srez_disk::remove_file(&place));
    Tried::of("Запись в папку", "можно", tried)
}

/// Writes what an issue may take, and takes it away again.
fn room(folder: &Utf8Path) -> Tried {
    let place = folder.join("проба-места.tmp");
    let tried = srez_disk::write_plain(&place, &vec![1; ROOM]);
    let removed = srez_disk::remove_file(&place);
    let good = format!("есть не меньше {}", quantity::size(ROOM as u64));
    Tried::of("Место на диске", &good, tried.and(removed))
}

/// A pipeline, its key and its folders.
fn pipeline(path: &Utf8Path) -> Vec<Tried> {
    let plan = match Plan::load(path, None) {
        Ok(plan) => plan,
        Err(error) => return vec![Tried::new(State::Bad, "Конвейер", error.to_string())],
    };
    let mut tried = vec![Tried::new(State::Good, "Конвейер", "читается")];
    let key = srez_pipeline::key_status(&KeyPlace::of(&plan)).map(|status| {
        match (status.register.keys.is_empty(), status.is_in_force) {
            (true, _) => Tried::new(State::Good, "Ключ", "появится при первом составлении выпуска"),
            (false, true) => {
                let says = format!("на месте: {}; копию храните отдельно от истории", plan.key);
                Tried::new(State::Good, "Ключ", says)
            }
            (false, false) => {
                let says = format!("файла {} нет или в нём другой ключ: верните его из копии", plan.key);
                Tried::new(State::Bad, "Ключ", says)
            }
        }
    });
    tried.push(key.unwrap_or_else(|error| Tried::new(State::Bad, "Ключ", error.to_string())));
    for (what, path) in [("Права: история", &plan.store), ("Права: ключ", &plan.key)] {
        if !srez_disk::exists(path) {
            continue;
        }
        tried.push(match srez_disk::is_open_to_others(path) {
            Ok(false) => Tried::new(State::Good, what, "другим пользователям компьютера закрыто"),
            Ok(true) => Tried::new(State::Bad, what, format!("{path} могут прочитать другие: закройте доступ")),
            Err(error) => Tried::new(State::Bad, what, error.to_string()),
        });
    }
    tried
}

/// A folder of its own among those for a while.
fn temporary() -> Option<Utf8PathBuf> {
    let folder = Utf8PathBuf::from_path_buf(std::env::temp_dir()).ok()?;
    let folder = folder.join("срез-проба");
    srez_disk::make_private_folder(&folder).ok()?;
    Some(folder)
}
