//! ОГЭ, ГВЭ and ЕГЭ: protocols of two summers in the layouts of processing centres.

use super::district::District;
use super::exams::exam;
use super::forms::protocol::{Protocol, protocol};
use super::forms::{protocol_csv, protocol_dense, protocol_sparse};
use super::grid::workbook;
use super::pupils::Pupil;
use super::sitting::sit;
use super::{Folder, Settings, biff, dirt};
use srez_model::assessment::{Exam, ExamCatalogue, Scale, Task};
use srez_model::error::Result;

/// The part of the ninth grade that sits ОГЭ; the rest sits ГВЭ.
const ORDINARY: f64 = 0.98;

/// What a final exam of the sample is made from.
struct Makers<'a> {
    settings: &'a Settings,
    district: &'a District,
    catalogue: &'a ExamCatalogue,
}

impl Makers<'_> {
    /// The exam; levels that its specification lacks are those of the same task of the last year, so that a task is as
    /// hard in both.
    fn exam(&self, id: &str) -> Result<Exam> {
        let mut exam = exam(self.catalogue, id)?;
        let last = self.catalogue.get(&id.replace("2025", "2026"));
        for task in &mut exam.tasks {
            let same = last.and_then(|last| last.tasks.iter().find(|other| other.id == task.id));
            task.difficulty = task.difficulty.or(same.and_then(|other| other.difficulty));
        }
        Ok(exam)
    }

    /// Protocol of an exam; `from` and `to` bound the part of the pupils who chose it.
    fn protocol(&self, id: &str, title: &str, result_name: &'static str, from: f64, to: f64) -> Result<Protocol> {
        let exam = self.exam(id)?;
        let home = |school: usize| self.district.schools[school].is_home();
        let takes_part = |pupil: &Pupil, choice: f64| home(pupil.school) && from <= choice && choice < to;
        let sitting = sit(self.settings, self.district, &exam, &takes_part);
        Ok(protocol(self.district, &sitting, title, result_name))
    }
}

/// Writes the protocols of both summers.
pub(crate) fn write(
    settings: &Settings,
    district: &District,
    catalogue: &ExamCatalogue,
    folder: &mut Folder,
) -> Result<()> {
    let makers = Makers { settings, district, catalogue };
    write_2025(&makers, folder)?;
    write_oge(&makers, folder)?;
    write_gve(&makers, folder)?;
    write_ege(&makers, folder)
}

fn write_2025(makers: &Makers<'_>, folder: &mut Folder) -> Result<()> {
    for (id, title, from, to) in [
        ("ege-2025-russian", "01 - Русский язык 2025.05.30", 0.0, 1.0),
        ("ege-2025-math-profile", "02 - Математика профильная 2025.05.27", 0.0, 0.55),
        ("ege-2025-physics", "03 - Физика 2025.06.02", 0.0, 0.2),
    ] {
        let protocol = makers.protocol(id, title, "Балл", from, to)?;
        let name = title.replace(" - ", "_").replace(' ', "_");
        folder.put(format!("2025-06/{name}.xlsx"), workbook(&[protocol_dense::grid(&protocol)], (2025, 6, 20))?);
    }
    Ok(())
}

fn write_oge(makers: &Makers<'_>, folder: &mut Folder) -> Result<()> {
    let mut protocols = vec![
        makers.protocol("oge-2026-math", "02 - Математика 2026.06.02", "Оценка", 0.0, ORDINARY)?,
        makers.protocol("oge-2026-russian", "01 - Русский язык 2026.06.09", "Оценка", 0.0, ORDINARY)?,
        makers.protocol("oge-2026-geography", "08 - География 2026.06.16", "Оценка", 0.6, 0.9)?,
    ];
    let path = "2026-06/Протокол ОГЭ 2026.xls";
    folder.remark(path, "три экзамена на одном листе друг под другом, объединённые ячейки, строки «Средние»");
    folder.remark(path, dirt::unknown_code(&mut protocols[1]));
    folder.put(path, biff::workbook(&protocol_sparse::oge(&protocols))?);
    Ok(())
}

/// The few who sit ГВЭ in place of ОГЭ. Its specification has a scale and no tasks: a list of scores and marks.
fn write_gve(makers: &Makers<'_>, folder: &mut Folder) -> Result<()> {
    let mut exam = exam(makers.catalogue, "gve-2026-russian-9")?;
    let point = |position: u16| Task { id: position.to_string(), position, max: Some(1), ..Task::default() };
    exam.tasks = (1..=exam.max_primary.unwrap_or(1)).map(point).collect();
    let takes_part = |pupil: &Pupil, choice: f64| makers.district.schools[pupil.school].is_home() && ORDINARY <= choice;
    let sitting = sit(makers.settings, makers.district, &exam, &takes_part);
    let list = protocol(makers.district, &sitting, "51 - Русский язык 2026.06.09", "Оценка");
    let path = "2026-06/ГВЭ русский язык 2026.06.09.xlsx";
    folder.remark(path, "ГВЭ: другая процедура, её результаты учтены отдельно и ни в какую работу не входят");
    folder.put(path, workbook(&[protocol_dense::list(&list)], (2026, 6, 24))?);
    Ok(())
}

fn write_ege(makers: &Makers<'_>, folder: &mut Folder) -> Result<()> {
    let russian = makers.protocol("ege-2026-russian", "01 - Русский язык 2026.06.04", "Балл", 0.0, 1.0)?;
    folder.put("2026-06/01_Русский язык_2026.06.04.xlsx", workbook(&[protocol_dense::grid(&russian)], (2026, 6, 24))?);

    let mut profile = makers.protocol(
        "ege-2026-math-profile",
        "02 - Математика профильная 2026.06.08",
        "Тестовый балл",
        0.0,
        0.55,
    )?;
    let path = "2026-06/02_Математика профильная_2026.06.08.xlsx";
    folder.remark(path, dirt::wrong_answers(&mut profile));
    folder.put(path, workbook(&[protocol_sparse::ege(&profile)], (2026, 6, 24))?);

    let base = makers.protocol("ege-2026-math-base", "22 - Математика базовая 2026.06.08", "Оценка", 0.55, 1.0)?;
    folder.put("2026-06/22_Математика базовая_2026.06.08.csv", protocol_csv::dense(&base).into_bytes());

    let physics = makers.protocol("ege-2026-physics", "03 - Физика 2026.06.11", "Балл", 0.0, 0.22)?;
    let text = protocol_csv::with_gaps(&physics, least(makers, "ege-2026-physics")?);
    let path = "2026-06/03_Физика_2026.06.11.csv";
    folder.remark(path, "кодировка Windows-1251");
    folder.put(path, encoding_rs::WINDOWS_1251.encode(&text).0.into_owned());

    let informatics =
        makers.protocol("ege-2026-informatics", "25 - Информатика и ИКТ (КЕГЭ) 2026.06.18", "Балл", 0.2, 0.4)?;
    let text = protocol_csv::with_gaps(&informatics, least(makers, "ege-2026-informatics")?);
    let path = "2026-06/25_Информатика_2026.06.18.xlsx";
    folder.remark(path, "на самом деле это текст CSV, а имя кончается на .xlsx");
    folder.put(path, text.into_bytes());
    Ok(())
}

/// Minimum test score of an exam.
fn least(makers: &Makers<'_>, id: &str) -> Result<u16> {
    Ok(match exam(makers.catalogue, id)?.scale {
        Scale::Test { min_test, .. } => min_test,
        _ => 0,
    })
}
