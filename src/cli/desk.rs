//! `srez desk`: the pages of the workspace in the browser.

use super::terminal::say;
use camino::Utf8PathBuf;
use clap::Args;
use srez_model::error::{Error, Result};

/// Folder of new workspaces in the home folder of the user.
const HOME: &str = "Срез";

/// Arguments of the command.
#[derive(Debug, Args)]
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

impl Desk {
    pub(super) fn run(self) -> Result<u8> {
        let home = std::env::home_dir().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
        let home = home.ok_or_else(|| Error::run("домашняя папка не найдена").hint("укажите папку рабочего места"))?;
        let opening = srez_desk::Opening {
            folder: self.folder,
            home: home.join(HOME),
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
