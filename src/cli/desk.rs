//! `srez desk`: the pages of the workspace in the browser.

use super::terminal::say;
use camino::Utf8PathBuf;
use clap::Args;
use srez_model::error::{Error, Result};
use std::io::IsTerminal;

/// Folder of new workspaces in the home folder of the user.
const HOME: &str = "Срез";

/// Arguments of the command.
#[derive(Debug, Default, Args)]
pub(super) struct Desk {
    /// Папка рабочего места; без неё откроется список рабочих мест
    #[arg(value_name = "ПАПКА")]
    folder: Option<Utf8PathBuf>,
    /// Порт; по умолчанию любой свободный
    #[arg(long, value_name = "ПОРТ", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Не открывать браузер, только напечатать адрес
    #[arg(long)]
    no_browser: bool,
}

/// True where the program was started on a desktop without a terminal: then nobody reads what is printed.
pub(super) fn is_wanted() -> bool {
    let is_desktop = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let has_terminal =
        std::io::stdin().is_terminal() || std::io::stdout().is_terminal() || std::io::stderr().is_terminal();
    is_desktop && !has_terminal
}

impl Desk {
    pub(super) fn run(self) -> Result<u8> {
        let home = std::env::home_dir().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
        let home = home.ok_or_else(|| Error::run("домашняя папка не найдена").hint("укажите папку рабочего места"))?;
        let opening = srez_desk::Opening {
            folder: self.folder,
            home: home.join(HOME),
            who: ["USERNAME", "USER"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default(),
            port: self.port,
            browser: !self.no_browser,
        };
        srez_desk::serve(&opening, |address| {
            say(&format!("Рабочее место: {address}"));
            say("Адрес годен минуту и один раз. Завершить работу — на странице или Ctrl+C.");
        })?;
        Ok(0)
    }
}
