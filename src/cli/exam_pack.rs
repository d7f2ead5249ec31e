//! `srez exam pack`: specifications, forms and subjects of a year as one file, so that new works need no new program.

use super::terminal::say;
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::plan::Plan;
use srez_config::works::{self, Works};
use srez_model::error::{Error, Result};
use srez_wording::{date, number, plural};

/// Most files of the folder that are named one by one.
const SHOWN: usize = 12;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Pack {
    /// Папка с файлом pack.toml и папками exams и forms
    #[arg(value_name = "ПАПКА")]
    folder: Utf8PathBuf,
    /// Файл пакета, например works-2027.zip
    #[arg(long, value_name = "ФАЙЛ")]
    out: Utf8PathBuf,
}

impl Pack {
    pub(super) fn run(self) -> Result<u8> {
        if !srez_disk::is_folder(&self.folder) {
            return Err(Error::usage(format!("нет папки {}", self.folder))
                .hint("укажите папку, в которой лежат pack.toml и папка exams"));
        }
        if srez_disk::exists(&self.out) {
            return Err(Error::usage(format!("файл {} уже есть", self.out))
                .hint("уберите его или укажите другое имя: выпущенный пакет не меняют"));
        }
        let packed = works::pack(&self.folder, &self.out)?;
        srez_disk::write(&self.out, &packed.bytes)?;
        say(&format!("Пакет записан: {}, хэш {}", self.out, packed.works.blake3));
        say(&format!("{}; в конвейере: works = \"{}\"", line(&packed.works), self.out));
        if packed.works.changes.is_empty() {
            say("Что нового, не сказано: положите в папку CHANGELOG.md или изменения.md");
        }
        if !packed.left_out.is_empty() {
            let all = packed.left_out.len();
            let more = match all.saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" и ещё {}", number::count(more as u64)),
            };
            let shown = packed.left_out.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
            say(&format!("Не взято в пакет ({}): {shown}{more}", plural::nominative(all as u64, plural::FILE)));
        }
        Ok(0)
    }
}

/// Prints which pack the works come from, if there is one.
pub(super) fn tell(plan: &Plan) {
    if let Some(works) = &plan.works {
        say(&format!("Пакет работ: {}", line(works)));
    }
}

/// A pack in words: name, version, date, and how much is in it.
pub(super) fn line(works: &Works) -> String {
    format!(
        "{}, версия {} от {}: спецификаций {}, форм {}",
        works.name,
        works.version,
        date::short(&works.date),
        works.exams,
        works.forms
    )
}
