//! Pupils by year of birth: the fourth grade of one year is the fifth of the next.

use super::Settings;
use super::district::District;
use super::stream::{logistic, stream};
use rand::RngExt;
use rand_distr::StandardNormal;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pupil {
    /// Index of the school in the district.
    pub(crate) school: usize,
    /// Ordinal of the class within the grade, from 1.
    pub(crate) class: u32,
    /// Ordinal within the grade of the school, from 1.
    pub(crate) ordinal: u32,
    /// True for girls.
    pub(crate) girl: bool,
    /// Ability in logits: school, class and pupil.
    pub(crate) ability: f64,
    /// Number in the year of birth over the whole district; stable over years.
    pub(crate) number: u32,
}

impl Pupil {
    /// Class name: `8А`.
    pub(crate) fn class_name(&self, grade: u8) -> String {
        let letters = ["А", "Б", "В", "Г", "Д"];
        format!("{grade}{}", letters[(self.class as usize - 1) % letters.len()])
    }

    /// Code in ВПР: grade and ordinal, five digits.
    pub(crate) fn code(&self, grade: u8) -> u32 {
        u32::from(grade) * 10_000 + self.ordinal
    }
}

/// Pupils of a grade in a year, school by school.
pub(crate) fn cohort(settings: &Settings, district: &District, year: u16, grade: u8) -> Vec<Pupil> {
    let birth = year - u16::from(grade);
    let mut pupils = Vec::new();
    for (school, sample) in district.schools.iter().enumerate() {
        if sample.last_grade < grade {
            continue;
        }
        let mut random = stream(settings.seed, &format!("cohort-{birth}-{}", sample.school.login));
        let mut ordinal = 0;
        for class in 1..=sample.classes {
            let class_effect = 0.2 * random.sample::<f64, _>(StandardNormal);
            let size = sample.class_size + random.random_range(0..4) - 2_u32.min(sample.class_size / 4);
            for _ in 0..size {
                ordinal += 1;
                let own: f64 = random.sample(StandardNormal);
                let girl = random.random::<f64>() < 0.5;
                let stays = random.random::<f64>() < 0.75 * logistic(0.9 * own);
                let number = pupils.len() as u32 + 1_000 * school as u32;
                let ability = sample.effect + class_effect + own;
                if grade < 10 || stays {
                    pupils.push(Pupil { school, class, ordinal, girl, ability, number });
                }
            }
        }
    }
    pupils
}
