//! The made-up district: its schools, the peculiarities of some of them, its register.

use super::Settings;
use srez_model::error::{Error, Result};
use srez_model::place::School;

/// Municipality of the district.
pub(crate) const HOME: &str = "Северная Долина";
/// The neighbouring municipality; one of its schools strayed into the files.
pub(crate) const NEIGHBOUR: &str = "Приреченский муниципальный район";
/// Region of both.
pub(crate) const REGION: &str = "Нагорный край";

/// Index of the school whose grades 7 and 8 are taught together («класс-комплект»).
pub(crate) const MERGED: usize = 11;

/// A peculiarity that a careful reader can see in a school's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    Plain,
    /// Lifts pupils who are one point below a mark; in one class neighbours have the same answers in mathematics.
    LiftsAtCuts,
    /// Pupils cannot read graphs, tables and diagrams, nor texts.
    WeakInReading,
    /// Journal marks are far above the results.
    GenerousJournal,
    /// Better than a year before.
    Grows,
    /// Worse than a year before.
    Falls,
}

#[derive(Clone, Debug)]
pub(crate) struct SampleSchool {
    /// As listed in the register.
    pub(crate) school: School,
    /// Classes of a grade.
    pub(crate) classes: u32,
    /// Usual pupils of a class.
    pub(crate) class_size: u32,
    /// Last grade: 4, 9 or 11.
    pub(crate) last_grade: u8,
    /// How far its pupils are above the district, in logits.
    pub(crate) effect: f64,
    pub(crate) habit: Habit,
}

impl SampleSchool {
    /// Name with login, as the reports of ФИС ОКО print it.
    pub(crate) fn name_with_login(&self) -> String {
        format!("{}({})", self.school.name, self.school.login)
    }

    /// True for schools of the district itself.
    pub(crate) fn is_home(&self) -> bool {
        self.school.municipality == HOME
    }
}

/// The district: own schools in register order, then the stray one.
#[derive(Clone, Debug)]
pub(crate) struct District {
    pub(crate) schools: Vec<SampleSchool>,
}

type Sketch = (&'static str, &'static str, &'static str, bool, u32, u32, u8, f64, Habit);

/// Name, short name, type, town, classes, class size, last grade, effect, habit.
const SKETCHES: [Sketch; 16] = [
    ("МБОУ «СОШ № 1»", "СОШ № 1", "СОШ", true, 3, 25, 11, 0.05, Habit::Plain),
    ("МБОУ «СОШ № 2 им. А. П. Лугового»", "СОШ № 2", "СОШ", true, 2, 24, 11, -0.15, Habit::Grows),
    ("МБОУ «Гимназия № 3»", "Гимназия № 3", "Гимназия", true, 3, 26, 11, 0.55, Habit::Plain),
    ("МБОУ «СОШ № 4»", "СОШ № 4", "СОШ", true, 3, 24, 11, -0.1, Habit::LiftsAtCuts),
    ("МАОУ «Лицей № 5»", "Лицей № 5", "Лицей", true, 2, 26, 11, 0.7, Habit::Plain),
    ("МБОУ «СОШ № 6»", "СОШ № 6", "СОШ", true, 2, 25, 11, 0.0, Habit::WeakInReading),
    ("МБОУ «СОШ № 7»", "СОШ № 7", "СОШ", true, 2, 23, 11, -0.3, Habit::GenerousJournal),
    ("МБОУ «Заречная СОШ»", "Заречная СОШ", "СОШ", false, 1, 16, 11, -0.2, Habit::Plain),
    ("МБОУ «Ключевская СОШ»", "Ключевская СОШ", "СОШ", false, 1, 14, 11, -0.1, Habit::Falls),
    ("МКОУ «Лесновская ООШ»", "Лесновская ООШ", "ООШ", false, 1, 9, 9, -0.45, Habit::Plain),
    ("МКОУ «Верхнеозёрская СОШ»", "Верхнеозёрская СОШ", "СОШ", false, 1, 8, 11, -0.05, Habit::Plain),
    ("МКОУ «Полянская ООШ»", "Полянская ООШ", "ООШ", false, 1, 5, 9, -0.25, Habit::Plain),
    ("МБОУ «Берёзовская СОШ»", "Берёзовская СОШ", "СОШ", false, 2, 15, 11, -0.2, Habit::Plain),
    ("МКОУ «Каменская НОШ»", "Каменская НОШ", "НОШ", false, 1, 7, 4, 0.1, Habit::Plain),
    ("МБОУ «СОШ № 8»", "СОШ № 8", "СОШ", true, 2, 24, 11, -0.05, Habit::Plain),
    ("МКОУ «Нижнеозёрская ООШ»", "Нижнеозёрская ООШ", "ООШ", false, 1, 6, 9, -0.3, Habit::Plain),
];

impl District {
    /// The district of the settings.
    pub(crate) fn new(settings: &Settings) -> Self {
        let own = settings.schools.clamp(12, SKETCHES.len());
        let mut schools: Vec<_> = SKETCHES
            .iter()
            .take(own)
            .enumerate()
            .map(|(at, sketch)| sample_school(settings, sketch, &format!("99{:04}", at + 1), 10_101 + at, HOME))
            .collect();
        let stray = ("МБОУ «Приреченская СОШ»", "Приреченская СОШ", "СОШ", false, 1, 12, 11, -0.1, Habit::Plain);
        schools.push(sample_school(settings, &stray, "990101", 10_201, NEIGHBOUR));
        Self { schools }
    }

    /// The register: login, code, short_name, name, type, locality, municipality.
    pub(crate) fn register_csv(&self) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed = |error: csv::Error| Error::run(format!("не записан реестр школ: {error}"));
        let header = ["login", "code", "short_name", "name", "type", "locality", "municipality"];
        writer.write_record(header).map_err(failed)?;
        for SampleSchool { school, .. } in &self.schools {
            let School { login, code, short_name, name, school_type, locality, municipality, .. } = school;
            writer
                .write_record([login, code, short_name, name, school_type, locality, municipality])
                .map_err(failed)?;
        }
        writer.into_inner().map_err(|error| Error::run(format!("не записан реестр школ: {error}")))
    }
}

fn sample_school(settings: &Settings, sketch: &Sketch, digits: &str, code: usize, municipality: &str) -> SampleSchool {
    let (name, short_name, school_type, town, classes, class_size, last_grade, effect, habit) = *sketch;
    SampleSchool {
        school: School {
            id: format!("edu{digits}"),
            login: format!("edu{digits}"),
            code: code.to_string(),
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            school_type: school_type.to_owned(),
            locality: if town { "город" } else { "село" }.to_owned(),
            municipality: municipality.to_owned(),
        },
        classes,
        class_size: (class_size * settings.class_size_percent / 100).max(3),
        last_grade,
        effect,
        habit,
    }
}
