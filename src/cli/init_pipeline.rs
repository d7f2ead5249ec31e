//! `srez init pipeline FILE FOLDER`: a first pipeline, filled in from the contents of the folder.

use super::terminal::{Progress, say};
use camino::{Utf8Path, Utf8PathBuf};
use srez_config::plan::Plan;
use srez_model::error::{Error, Result};
use srez_pipeline::PlacesOfPipeline;
use srez_wording::plural;

/// Writes the pipeline and says what to do next.
pub(super) fn write(file: &Utf8Path, folder: &Utf8Path) -> Result<()> {
    if file.extension() != Some("toml") {
        return Err(Error::usage(format!("расширение файла {file} не подходит"))
            .hint("имя конвейера должно кончаться на .toml"));
    }
    if !srez_disk::is_folder(folder) {
        return Err(Error::usage(format!("нет такой папки: {folder}")).hint("укажите папку с таблицами результатов"));
    }
    let received = srez_pipeline::read(&Plan::from_folder(folder)?, &Progress::new())?;
    let (name, own) = (file.file_stem().unwrap_or_default(), own_place(file, folder)?);
    let places = PlacesOfPipeline {
        folder: address(file, folder)?.into_string(),
        store: format!("{own}store/{name}"),
        key: format!("{own}store/{name}.key"),
        reports: format!("{own}reports/{name}"),
    };
    srez_disk::write(file, srez_pipeline::first_pipeline(&received, &places).as_bytes())?;
    let works = plural::nominative(received.works(), plural::WORK);
    say(&format!("Конвейер — {file}; в папке {folder} найдено: {works}"));
    say(&format!("Проверьте в нём название, муниципалитет и дату, затем: srez run {file}"));
    Ok(())
}

/// The folder as seen from the pipeline file.
fn address(file: &Utf8Path, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    if file.parent().is_none_or(|parent| parent.as_str().is_empty()) {
        return Ok(folder.to_owned());
    }
    let whole =
        std::path::absolute(folder).map_err(|error| Error::run(format!("папка {folder} не читается: {error}")))?;
    Utf8PathBuf::from_path_buf(whole)
        .map_err(|path| Error::usage(format!("имя папки {} не читается", path.display())).hint("переименуйте папку"))
}

/// Where store and reports go as seen from the pipeline file: not among the data.
fn own_place(file: &Utf8Path, folder: &Utf8Path) -> Result<&'static str> {
    let whole = |path: &Utf8Path| {
        let path = if path.as_str().is_empty() { Utf8Path::new(".") } else { path };
        srez_disk::resolve(path)
    };
    let (home, data) = (whole(file.parent().unwrap_or(Utf8Path::new("")))?, whole(folder)?);
    if home == data {
        return Ok("../");
    }
    if home.starts_with(&data) {
        return Err(Error::usage(format!("файл конвейера {file} лежит внутри папки с данными {folder}"))
            .hint("положите его рядом с ней, чтобы хранилище и отчёты не попали в данные"));
    }
    Ok("")
}
