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

/// The new settings take the place of the old ones only if a plan can be made of them.
pub(crate) fn write(workspace: &Workspace, values: &[(String, String)]) -> Result<()> {
    let known = |key: &str| FIELDS.iter().any(|(own, ..)| *own == key);
    if values.iter().any(|(key, _)| !known(key)) {
        return Err(Error::usage("такой настройки на этой странице нет"));
    }
    let text = srez_disk::read_text(&workspace.settings())?;
    let changes: Vec<(&str, &str)> = values.iter().map(|(key, value)| (key.as_str(), value.trim())).collect();
    let changed = edit::with_values(&text, &changes)?;
    let trial = workspace.folder.join("настройки.проба.toml");
    srez_disk::write(&trial, changed.as_bytes())?;
    let tried = Plan::load(&trial, None);
    srez_disk::remove_file(&trial)?;
    tried?;
    srez_disk::write_durable(&workspace.settings(), changed.as_bytes())
}
