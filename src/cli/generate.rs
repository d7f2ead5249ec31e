//! `srez generate`: the sample district from a seed.

use super::terminal::say;
use camino::Utf8PathBuf;
use clap::Args;
use srez_config::{exams, subjects};
use srez_generate::Settings;
use srez_model::error::{Error, Result};
use srez_wording::{plural, quantity};

/// Arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Generate {
    /// Папка, в которую пишутся таблицы, обычно sample-data; она должна быть пустой или отсутствовать
    #[arg(value_name = "ПАПКА", default_value = "sample-data", hide_default_value = true)]
    folder: Utf8PathBuf,
    /// Начальное число, обычно 2026: одно и то же число — одни и те же файлы
    #[arg(long, value_name = "ЧИСЛО", hide_default_value = true, default_value_t = Settings::default().seed)]
    seed: u64,
    /// Число школ округа, от 12 до 16, обычно 14
    #[arg(long, value_name = "ЧИСЛО", hide_default_value = true, default_value_t = Settings::default().schools)]
    schools: usize,
    /// Размер классов в процентах, обычно 100
    #[arg(long, value_name = "ПРОЦЕНТ", hide_default_value = true)]
    #[arg(default_value_t = Settings::default().class_size_percent)]
    class_size: u32,
    /// Вместо округа — каждая работа этого года во всех формах, по файлу на работу и форму
    #[arg(long, value_name = "ГОД")]
    works_of: Option<u16>,
}

impl Generate {
    pub(super) fn run(self) -> Result<u8> {
        if !(12..=16).contains(&self.schools) {
            return Err(Error::usage(format!("школ {}: ожидается от 12 до 16", self.schools)));
        }
        if srez_disk::is_folder(&self.folder) && !srez_disk::list(&self.folder)?.files.is_empty() {
            return Err(Error::usage(format!("папка {} не пуста", self.folder))
                .hint("укажите другую папку или уберите из неё файлы: программа чужого не затирает"));
        }
        let settings = Settings { seed: self.seed, schools: self.schools, class_size_percent: self.class_size };
        let catalogue = exams::built_in(&subjects::built_in()?)?;
        let artifacts = match self.works_of {
            Some(year) => srez_generate::every_work_folder(&settings, &catalogue, year)?,
            None => srez_generate::generate(&settings, &catalogue)?,
        };
        for artifact in &artifacts {
            srez_disk::write_plain(&self.folder.join(&artifact.path), &artifact.bytes)?;
        }
        let bytes: usize = artifacts.iter().map(|artifact| artifact.bytes.len()).sum();
        let told = if self.works_of.is_some() {
            "Ошибок в них нет"
        } else {
            "Что в них не так — в README.md этой папки"
        };
        say(&format!(
            "{} в папке {}, {}; начальное число {}. {told}.",
            plural::nominative(artifacts.len() as u64, plural::FILE),
            self.folder,
            quantity::size(bytes as u64),
            self.seed
        ));
        Ok(0)
    }
}
