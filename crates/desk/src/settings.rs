//! The settings that a page shows, and how they are changed.

use crate::workspace::Workspace;
use srez_config::edit;
use srez_config::plan::Plan;
use srez_model::error::{Error, Result};

/// Settings that the page shows: key, label, remark.
pub(crate) const FIELDS: [(&str, &str, &str); 7] = [
    ("title", "Название выпуска", "стоит на обложках и на стартовой странице"),
    ("centre", "Кто издаёт", "полное название центра; стоит на каждом документе"),
    ("home", "О ком документы", "муниципалитет, как он назван в файлах"),
    ("date", "Дата документов", "ГГГГ-ММ-ДД; её месяц — месяц выпуска, часы компьютера не используются"),
    ("period.school-year", "Учебный год", "о котором отчёт, например 2025/26"),
    ("style.place", "Слово о муниципалитете", "город, округ или район — так его называют в тексте"),
    ("style.region", "Слово о регионе", "край, область или республика"),
];

/// By which the settings of one window are told from those of another.
pub(crate) fn version(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// The version of the settings as they lie.
pub(crate) fn version_of(workspace: &Workspace) -> String {
    version(&srez_disk::read_text(&workspace.settings()).unwrap_or_default())
}

/// Refuses a change of settings that are no longer those that the page showed.
pub(crate) fn refuse_another(text: &str, shown: &str) -> Result<()> {
    if version(text) == shown {
        return Ok(());
    }
    Err(Error::usage("настройки изменены в другом окне или в самом файле")
        .hint("откройте страницу заново: вписанное здесь ещё не записано, скопируйте его"))
}

/// The new settings take the place of those that the page showed only if a plan can be made of them; their version.
pub(crate) fn write(workspace: &Workspace, shown: &str, values: &[(String, String)]) -> Result<String> {
    let known = |key: &str| FIELDS.iter().any(|(own, ..)| *own == key);
    if values.iter().any(|(key, _)| !known(key)) {
        return Err(Error::usage("такой настройки на этой странице нет"));
    }
    let text = srez_disk::read_text(&workspace.settings())?;
    refuse_another(&text, shown)?;
    let changes: Vec<(&str, &str)> = values.iter().map(|(key, value)| (key.as_str(), value.trim())).collect();
    let changed = edit::with_values(&text, &changes)?;
    replace(workspace, &changed)?;
    Ok(version(&changed))
}

/// Puts other settings in place, if a plan can be made of them.
pub(crate) fn replace(workspace: &Workspace, changed: &str) -> Result<()> {
    let trial = workspace.folder.join("настройки.проба.toml");
    srez_disk::write(&trial, changed.as_bytes())?;
    let tried = Plan::load(&trial, None);
    srez_disk::remove_file(&trial)?;
    tried?;
    srez_disk::write_durable(&workspace.settings(), changed.as_bytes())
}
