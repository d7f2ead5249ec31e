//! A small district as files, from which each kind of input can be taken away: eight schools, a work of two years, an
//! exam of the eleventh grade, a register, a specification.

use crate::trial::Trial;
use std::fmt::Write;

/// The municipality of which the documents speak.
const HOME: &str = "Северный";
/// Tasks of the work: maximum and level.
const TASKS: [(u16, &str); 8] = [(1, "Б"), (1, "Б"), (2, "Б"), (1, "Б"), (2, "Б"), (2, "П"), (2, "П"), (3, "В")];
/// Skills of the tasks.
const SKILLS: [&str; 8] =
    ["вычисления", "вычисления", "уравнения", "уравнения", "графики", "графики", "геометрия", "геометрия"];
/// Least totals of the marks 3, 4 and 5.
const CUTS: [u16; 3] = [5, 8, 11];

/// What became of a school in the files.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Strange {
    /// Like the others.
    No,
    /// All its pupils were absent.
    Absent,
    /// One pupil only.
    Single,
}

/// Which totals the files hold.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Totals {
    All,
    /// Of the first pupil of each file.
    One,
}

/// What the files of the district hold; `whole` holds everything.
#[derive(Clone, Copy)]
pub(crate) struct Inputs {
    pub(crate) schools: usize,
    /// The last school.
    pub(crate) strange: Strange,
    pub(crate) marks: bool,
    /// Boundaries of the marks in the specification.
    pub(crate) scale: bool,
    pub(crate) journal: bool,
    pub(crate) totals: Totals,
    /// Points of the single tasks; without them the form has totals and marks alone.
    pub(crate) points: bool,
    pub(crate) levels: bool,
    pub(crate) skills: bool,
    pub(crate) classes: bool,
    pub(crate) variants: bool,
    pub(crate) register: bool,
    pub(crate) home: bool,
    pub(crate) specification: bool,
    pub(crate) year_before: bool,
    pub(crate) exam: bool,
    pub(crate) region: bool,
}

impl Inputs {
    pub(crate) fn whole() -> Self {
        Self {
            schools: 8,
            strange: Strange::No,
            marks: true,
            scale: true,
            journal: true,
            totals: Totals::All,
            points: true,
            levels: true,
            skills: true,
            classes: true,
            variants: true,
            register: true,
            home: true,
            specification: true,
            year_before: true,
            exam: true,
            region: true,
        }
    }

    /// The district in a folder of its own, ready to be run.
    pub(crate) fn trial(&self) -> Trial {
        let trial = Trial::new(&self.pipeline());
        let write = |name: &str, text: &str| {
            let path = trial.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        if self.register {
            write("schools.csv", &self.register_of_schools());
        }
        for year in [2025, 2026] {
            if self.specification {
                write(&format!("exams/vpr-{year}-math-8.toml"), &self.specification_of(year));
            }
            if year == 2026 || self.year_before {
                let name = format!("Индивидуальные результаты ВПР {year} Математика 8 класс.csv");
                write(&format!("files/{year}/{name}"), &self.results(year));
            }
            if self.exam && (year == 2026 || self.year_before) {
                write(&format!("files/{year}/02_Математика_профильная_{year}.05.27.csv"), &self.protocol(year));
            }
        }
        if self.region {
            write("region/Статистика по отметкам ВПР 2026 Математика 8 класс.csv", &self.region_statistics());
        }
        trial
    }

    fn pipeline(&self) -> String {
        let mut text = "title = \"Проверка\"\ndate = \"2026-06-25\"\n".to_owned();
        if self.home {
            let _ = writeln!(text, "home = \"{HOME}\"");
        }
        text.push_str("[inputs]\nfolders = [\"files\"]\n");
        if self.register {
            text.push_str("schools = \"schools.csv\"\n");
        }
        if self.specification {
            text.push_str("exams = \"exams\"\n");
        }
        if self.region {
            text.push_str("reference = \"region\"\n");
        }
        text.push_str(
            "[period]\nschool-year = \"2025/26\"\n[store]\nfolder = \"store\"\nkey = \"store.key\"\n[reports]\n\
             folder = \"reports\"\nformats = [\"docx\", \"html\"]\n",
        );
        text
    }

    fn register_of_schools(&self) -> String {
        let mut text = "login,code,short_name,name,type,locality,municipality\n".to_owned();
        for school in 1..=self.schools {
            let (kind, place) = if school == 3 { ("Лицей", "город") } else { ("СОШ", "село") };
            let _ = writeln!(
                text,
                "edu99000{school},1010{school},{kind} № {school},МБОУ {kind} № {school},{kind},{place},{HOME}"
            );
        }
        text
    }

    fn specification_of(&self, year: u16) -> String {
        let mut text = format!(
            "procedure = \"ВПР\"\nyear = {year}\nsubject = \"Математика\"\ngrade = 8\nmax_primary = 14\n\
             tasks_confirmed = \"one\"\ntasks_note = \"придумано для проверки\"\n"
        );
        if self.scale {
            let [three, four, five] = CUTS;
            let _ = writeln!(
                text,
                "marks = [[0, \"2\"], [{three}, \"3\"], [{four}, \"4\"], [{five}, \"5\"]]\nscale_confirmed = \"one\"\n\
                 scale_note = \"придумано для проверки\""
            );
        }
        for (place, ((max, level), skill)) in (1..).zip(TASKS.iter().zip(SKILLS)) {
            let _ = write!(text, "\n[[tasks]]\nid = \"{place}\"\nposition = {place}\nmax = {max}\n");
            if self.levels {
                let _ = writeln!(text, "level = \"{level}\"");
            }
            if self.skills {
                let _ = writeln!(text, "content = \"Содержание {place}\"\nskill = \"{skill}\"");
            }
        }
        text
    }

    /// The individual results of a year.
    fn results(&self, year: u16) -> String {
        let mut text = format!(
            "Индивидуальные результаты\n\nВПР {year} Математика 8 класс\nПредмет:;Математика\n\
             Максимальный первичный балл:;14\nДата:;2026-04-20\n"
        );
        if self.levels {
            let letters: Vec<&str> = TASKS.iter().map(|(_, level)| *level).collect();
            let _ = writeln!(text, ";;Уровень сложности задания;;;;{}", letters.join(";"));
        }
        let header: Vec<String> = (1..).zip(TASKS).map(|(place, (max, _))| format!("{place} ({max}б)")).collect();
        let _ = writeln!(
            text,
            "ОО;Муниципалитет;Название ОО;Код участника;Класс;Вариант;{};Первичный балл;Отметка;Отметка по журналу",
            header.join(";")
        );
        let mut chance = Chance(u64::from(year));
        for school in 1..=self.schools {
            let strange = if school == self.schools { self.strange } else { Strange::No };
            let size = if strange == Strange::Single { 1 } else { 16 + 3 * school };
            for pupil in 1..=size {
                let ease = if school == 1 { 35 } else { 45 + 5 * school as u64 };
                let points: Vec<Option<u16>> = (0_u64..)
                    .zip(TASKS)
                    .map(|(place, (max, _))| {
                        let skipped = chance.below(100) < 8;
                        let got = (0..max).filter(|_| chance.below(100) < ease - 3 * place).count() as u16;
                        (!skipped).then_some(got)
                    })
                    .collect();
                let total: u16 = points.iter().flatten().sum();
                let mark = 2 + CUTS.iter().filter(|cut| **cut <= total).count();
                let journal = (mark + usize::from(chance.below(3) == 0)).clamp(3, 5);
                let class = if pupil % 2 == 0 { "8А" } else { "8Б" };
                let cell = |shown: bool, value: String| if shown { value } else { String::new() };
                let absent = strange == Strange::Absent;
                let variant = if absent { "отсутствовал".to_owned() } else { (1 + pupil % 2).to_string() };
                let mut points: Vec<String> = points
                    .iter()
                    .map(|one| cell(!absent && self.points, one.map_or("X".to_owned(), |one| one.to_string())))
                    .collect();
                let has_total = self.totals == Totals::All || self.totals == Totals::One && (school, pupil) == (2, 1);
                // Where all points can be read, they make the total.
                if !has_total && !absent && self.points {
                    points[0] = "?".to_owned();
                }
                let cells = [
                    format!("edu99000{school}"),
                    HOME.to_owned(),
                    format!("МБОУ СОШ № {school}"),
                    format!("8{school}{pupil:03}"),
                    cell(self.classes, class.to_owned()),
                    cell(self.variants || absent, variant),
                    points.join(";"),
                    cell(has_total && !absent, total.to_string()),
                    cell(self.marks && !absent, mark.to_string()),
                    cell(self.journal, journal.to_string()),
                ];
                let _ = writeln!(text, "{}", cells.join(";"));
            }
        }
        text
    }

    /// The protocol of the exam of a year: signs of short answers, points of extended ones, test scores.
    fn protocol(&self, year: u16) -> String {
        let mut text = format!(
            "02 - Математика профильная {year}.05.27;;;;;;;;;;;\n№;Код ОО;Класс;Фамилия;Имя;Отчество;Серия;Номер;\
             Задания с кратким ответом;Задания с развёрнутым ответом;Первичный балл;Балл\n"
        );
        let mut chance = Chance(u64::from(year) + 7);
        for school in 1..=self.schools.min(4) {
            for pupil in 1..=14 {
                let ease = 40 + 8 * school as u64;
                let short: String = (0..12).map(|_| if chance.below(100) < ease { '+' } else { '-' }).collect();
                let extended: Vec<u64> = [2, 3, 2, 2, 3, 4, 4].iter().map(|max| chance.below(max + 1) / 2).collect();
                let primary = short.matches('+').count() as u64 + extended.iter().sum::<u64>();
                let written: Vec<String> =
                    extended.iter().zip([2, 3, 2, 2, 3, 4, 4]).map(|(got, max)| format!("{got}({max})")).collect();
                let _ = writeln!(
                    text,
                    "{pupil};1010{school};11А;Чижова{pupil};Ия;;12{school}4;56{year}{pupil:02};{short};{};{primary};{}",
                    written.concat(),
                    (primary * 3 + 6).min(100)
                );
            }
        }
        text
    }

    fn region_statistics(&self) -> String {
        "Статистика по отметкам\n\nВПР 2026 Математика 8 класс\nПредмет:;Математика\n\
         Максимальный первичный балл:;14\nДата:;2026-04-20\n\nГруппы участников;Кол-во ОО;Кол-во участников;2;3;4;5\n\
         Вся выборка;35000;1400000;11,5;40,1;34,2;14,2\nЗаречный край;420;24000;10,2;41,4;34,6;13,8\n"
            .to_owned()
    }
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}
