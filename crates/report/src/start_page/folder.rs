//! The folders of a run and what is in them.

use srez_wording::number;
use srez_wording::sentence::files;

/// Most files of the user that are named one by one.
const MOST_KEPT: usize = 6;

/// A folder of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Documents of the municipality.
    Municipality {
        /// Schools that got no documents of their own, because no home is named and they are too many.
        schools_left_out: u64,
    },
    /// Documents of so many schools.
    Schools(u64),
    /// Analyses by subject.
    Subjects,
    /// Packets for associations.
    Associations,
    /// The protocol of data quality.
    Quality,
    /// Files that go back to so many schools.
    Returns(u64),
    /// What may leave the office.
    Editions,
    /// Tables for calculations.
    Data,
    /// The workbook of what she writes into the documents.
    Texts {
        /// Fields with a text.
        written: u64,
        /// All fields.
        all: u64,
        /// Texts beside which a number moved.
        moved: u64,
    },
    /// What the user had written into former issues of the period.
    Kept {
        /// Path from the start page.
        path: String,
        /// What lies in it.
        files: Vec<String>,
    },
}

impl Folder {
    /// Its path from the start page.
    pub fn path(&self) -> &str {
        match self {
            Self::Municipality { .. } => "municipality/",
            Self::Schools(_) => "schools/",
            Self::Subjects => "subjects/",
            Self::Associations => "associations/",
            Self::Quality => "qa/",
            Self::Returns(_) => "qa/returns/",
            Self::Editions => "editions/",
            Self::Data => "data/",
            Self::Texts { .. } => "texts.xlsx",
            Self::Kept { path, .. } => path,
        }
    }

    /// What it holds.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Municipality { schools_left_out } => {
                let words = "сводка, дорожная карта, показатели, эффективность мер; проекты приказа и протоколов — во \
                    вложенной папке";
                if *schools_left_out == 0 {
                    return words.to_owned();
                }
                format!(
                    "{words}; документов школ нет: муниципалитет (ключ home) не назван, а школ слишком много ({})",
                    number::count(*schools_left_out)
                )
            }
            Self::Schools(count) => files::school_folders(*count),
            Self::Returns(schools) => files::returns(*schools),
            Self::Subjects => "анализ по предметам, с диаграммами в папках charts".to_owned(),
            Self::Associations => {
                "пакеты для методических объединений с парами школ: для службы; объединению — издание из editions со \
                 слайдами, которые можно править (PPTX)"
                    .to_owned()
            }
            Self::Quality => "протокол качества данных: каждый файл, каждое замечание".to_owned(),
            Self::Editions => {
                "издания, которые можно отправлять: объединениям, школам, для открытой публикации; прочие папки — \
                 только для службы"
                    .to_owned()
            }
            Self::Texts { written, all, moved } => {
                let words = format!(
                    "тексты документов: пишите в этой книге или прямо в документах DOCX, при следующем составлении они \
                     встанут на место; заполнено полей {} из {}",
                    number::count(*written),
                    number::count(*all)
                );
                match moved {
                    0 => words,
                    moved => {
                        format!("{words}; текстов, рядом с которыми изменились числа, — {}", number::count(*moved))
                    }
                }
            }
            Self::Kept { files, .. } => {
                let named: Vec<&str> = files.iter().take(MOST_KEPT).map(String::as_str).collect();
                let more = match files.len().saturating_sub(MOST_KEPT) {
                    0 => String::new(),
                    more => format!(" и ещё {}", number::count(more as u64)),
                };
                format!(
                    "ваши правки и файлы из папок прежних изданий; новое издание их не содержит: {}{more}",
                    named.join(", ")
                )
            }
            Self::Data => "таблицы для расчётов: все в книге tables.xlsx, каждая в CSV и Parquet; описание столбцов — \
                           metadata.csv"
                .to_owned(),
        }
    }
}
