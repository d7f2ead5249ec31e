//! Older years in the layouts of the regional concatenations of 2020, 2021 and 2022.

use super::district::District;
use super::exams::exam;
use super::forms::regional_2022::{self, Upload};
use super::forms::{regional_2020, regional_2021};
use super::grid::workbook;
use super::sitting::sit;
use super::{Folder, Settings, dirt};
use srez_model::assessment::ExamCatalogue;
use srez_model::error::Result;

/// Schools of the older exports: a few, enough to show the layouts.
const FEW: [usize; 6] = [0, 1, 2, 7, 9, 11];

/// Writes one file of each older layout.
pub(crate) fn write(
    settings: &Settings,
    district: &District,
    catalogue: &ExamCatalogue,
    folder: &mut Folder,
) -> Result<()> {
    write_2022(settings, district, catalogue, folder)?;

    let sitting = sit(settings, district, &exam(catalogue, "vpr-2021-math-8")?, &|_, _| true);
    let mut grid = regional_2021::grid(district, &sitting, &FEW);
    let path = "archive/2021/8/Проведение работы по математике, 8 класс. ВПР 2021.xlsx";
    folder.remark(path, dirt::not_taught(&mut grid));
    folder.put(path, workbook(&[grid], (2021, 6, 1))?);

    let mut older = exam(catalogue, "vpr-2021-math-7")?;
    older.key.year = 2020;
    let sitting = sit(settings, district, &older, &|_, _| true);
    let path = "archive/2020/7/Математика.xlsx";
    folder.remark(path, "осень 2020 года: программа 7 класса, писал 8 класс; максимумов заданий в файле нет");
    folder.put(path, workbook(&[regional_2020::grid(district, &sitting, &FEW)], (2020, 11, 1))?);
    Ok(())
}

/// Physics of 2022; school 1 uploaded twice, and only the later upload counts.
fn write_2022(settings: &Settings, district: &District, catalogue: &ExamCatalogue, folder: &mut Folder) -> Result<()> {
    let sitting = sit(settings, district, &exam(catalogue, "vpr-2022-physics-8")?, &|_, _| true);
    let mut uploads: Vec<Upload> = FEW
        .iter()
        .enumerate()
        .map(|(at, school)| (*school, format!("{}.03.2022 1{at}:28:07", 17 + at), sitting.school_outcomes(*school)))
        .collect();
    let mut first = uploads[0].2.clone();
    first.truncate(first.len() / 2);
    uploads.insert(0, (FEW[0], "14.03.2022 09:12:40".to_owned(), first));
    let path = "archive/2022/8/Физика.xlsx";
    folder.remark(path, "первая школа загрузила файл дважды: по дате загрузки верен более поздний");
    let mut grids = regional_2022::grids(district, &sitting, &uploads);
    for wrong in dirt::spoil_regional(&mut grids) {
        folder.remark(path, wrong);
    }
    folder.put(path, workbook(&grids, (2022, 4, 4))?);
    Ok(())
}
