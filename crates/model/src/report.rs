//! A document as content: blocks that every format renders, so that no number can differ between formats.

mod blank;
mod task_card;
mod text;

pub use super::native_chart::{NativeChart, NativeChartKind};
pub use blank::{Blank, Shown};
pub use task_card::TaskCard;
pub use text::{Span, Text};

use super::assessment::Difficulty;
use super::figure::Figure;
use super::finding::Verdict;
use super::house_style::HouseStyle;
use super::provenance::CellSource;
use std::sync::Arc;

/// Kind of a document; names its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// «Анализ результатов по предмету», D1–D3.
    SubjectAnalysis,
    /// «Пакет методического объединения», D5.
    AssociationPacket,
    /// «Протокол качества данных», D10.
    DataQuality,
    /// «Эффективность принятых мер», D9.
    Effectiveness,
    /// «Листы уточнения», internal.
    Particulars,
    /// Tables that may leave the office, with the rules by which they were cut.
    Edition,
    /// Letter to a school about its own files, D10: no cover, no contents.
    ReturnLetter,
    /// «Профиль школы», D4.
    SchoolProfile,
    /// «Карта класса»: a sheet a class, for its teacher; every section is a sheet with its own head.
    ClassMap,
    /// «Лист собеседования», D6.
    InterviewSheet,
    /// «Сводка для руководителя», D1.
    MunicipalSummary,
    /// Draft of an order or of a protocol, D13.
    Draft,
    /// «Дорожная карта», D7.
    RoadMap,
    /// «Показатели», D8.
    Indicators,
    /// «Справка по предмету», item 3.5: two pages for signature.
    SubjectNote,
    /// «Методика»: words, numbers and thresholds of all documents of a run.
    Methods,
}

impl DocumentKind {
    /// True for a document of one to three pages, which needs neither cover nor contents.
    pub fn is_short(self) -> bool {
        !matches!(self, Self::SubjectAnalysis | Self::AssociationPacket | Self::DataQuality)
    }

    /// True where somebody approves the document: «УТВЕРЖДАЮ» stands above its title.
    pub fn is_approved(self) -> bool {
        self == Self::RoadMap
    }
}

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Kind.
    pub kind: DocumentKind,
    /// Title on the cover: «Анализ результатов ВПР по математике».
    pub title: String,
    /// Second line: «8 класс, 2025/26 учебный год».
    pub subtitle: String,
    /// Who issues it.
    pub centre: String,
    /// Of which municipality it speaks.
    pub municipality: String,
    /// Date as printed, `05.06.2026`.
    pub date: String,
    /// Left part of the running head: «ВПР-2026. Математика».
    pub running_head: String,
    /// Foot: «Срез 7 · издание для служебного пользования».
    pub footer: String,
    /// Big numbers of the cover, at most four.
    pub key_figures: Vec<KeyFigure>,
    /// Passport of the cover: name and value.
    pub passport: Vec<(String, String)>,
    /// Emblem, signatures, approval.
    pub style: Arc<HouseStyle>,
    /// Sections.
    pub sections: Vec<Section>,
}

/// A number with its unit, for cover and first page.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    /// The number as printed: «21,2 %».
    pub value: String,
    /// Two lines at most: «отметок „2“».
    pub unit: String,
}

/// A numbered section.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Anchor on a page, for links from elsewhere; empty where nothing leads to it, and its place is enough.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// 1 for a section, 2 for a sub-section.
    pub depth: u8,
    /// True where it starts a page.
    pub new_page: bool,
    /// True for an annex, which gets a letter.
    pub annex: bool,
    /// Content.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A bulleted list.
    List(Vec<Text>),
    /// A numbered list.
    Steps(Vec<Text>),
    /// A numbered table.
    Table(Table),
    /// A numbered figure.
    Figure(Arc<Figure>),
    /// A small grey note.
    Note(Text),
    /// A labelled field: lines to be filled by hand, or what was written.
    Field(Blank),
    /// A task to be worked on.
    TaskCard(Box<TaskCard>),
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Name of the XLSX sheet and of the table object: ASCII, unique in its document.
    pub name: String,
    /// Caption without number and full stop.
    pub caption: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Definition, what the signs mean, threshold with its source.
    pub note: String,
    /// True where it only makes sense on a page turned sideways.
    pub wide: bool,
    /// Chart that a workbook draws from its cells.
    pub chart: Option<NativeChart>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Header, with the unit.
    pub title: String,
    /// How its cells stand.
    pub align: Align,
    /// Share of the width that the table has left for it: 1 is a narrow number, 4 a text.
    pub weight: f64,
    /// Columns that print the numbers which its cells draw, by place and in the order of the parts of a cell: of a bar
    /// the value, then the reference. What is printed there is not printed again beside the drawing.
    pub drawn_from: Vec<usize>,
}

impl Column {
    /// A column whose cells draw nothing that another prints.
    pub fn new(title: impl Into<String>, align: Align, weight: f64) -> Self {
        Self { title: title.into(), align, weight, drawn_from: Vec::new() }
    }

    /// The same where its cells draw the numbers of other columns.
    #[must_use]
    pub fn drawn_from(mut self, columns: impl Into<Vec<usize>>) -> Self {
        self.drawn_from = columns.into();
        self
    }
}

/// How cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Codes.
    Centre,
    /// Numbers: decimals aligned.
    Right,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Cells, one per column.
    pub cells: Vec<Cell>,
    /// What the row is.
    pub kind: RowKind,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A plain row.
    Plain,
    /// The own value: bold.
    Own,
    /// A reference: grey.
    Reference,
    /// A total with a line above.
    Total,
    /// The head of the rows below: its first cell stands over all columns.
    Group,
}

/// A cell. Numbers stay numbers: the renderer prints them with comma and minus, a workbook keeps them live.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Count { value: u64, about: About },
    /// A number with so many decimals.
    Number { value: f64, decimals: u8, about: About },
    /// A difference, with its sign printed.
    Difference { value: f64, decimals: u8, about: About },
    /// An interval with so many decimals.
    Interval { low: f64, high: f64, decimals: u8, about: About },
    /// Not applicable, hidden or not known: «—», explained in the note.
    Missing,
    /// Level and maximum of a task: «П, 2».
    Level(Option<Difficulty>, Option<u16>),
    /// Judgement on a task or skill.
    Verdict(Verdict),
    /// A bar from 0 to 100 with threshold and reference.
    Bar(Bar),
    /// Parts of a whole, in percent: full, partial, zero, not attempted.
    Parts([f64; 4]),
    /// Shares of the marks 2, 3, 4, 5, in percent.
    Marks([f64; 4]),
    /// Text on a ground that tells how much it is, or in bold.
    Shaded(String, Shade),
    /// An address inside the report folder: words and relative path.
    Link(String, String),
}

/// How much a cell says of what could be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// Little: hatched.
    Low,
    /// Neither little nor much.
    Middle,
    /// Much: tinted.
    High,
    /// To be looked at: bold.
    Strong,
}

/// Where the number of a cell comes from; none where a document does not explain it.
pub type About = Option<Arc<CellSource>>;

impl Cell {
    /// A whole number.
    pub fn count(value: u64) -> Self {
        Self::Count { value, about: None }
    }

    /// A number with so many decimals.
    pub fn number(value: f64, decimals: u8) -> Self {
        Self::Number { value, decimals, about: None }
    }

    /// A difference with so many decimals.
    pub fn difference(value: f64, decimals: u8) -> Self {
        Self::Difference { value, decimals, about: None }
    }

    /// An interval with so many decimals.
    pub fn interval(low: f64, high: f64, decimals: u8) -> Self {
        Self::Interval { low, high, decimals, about: None }
    }

    /// The cell with the source of its number; one without a number stays as it is.
    #[must_use]
    pub fn from_source(mut self, source: impl FnOnce() -> CellSource) -> Self {
        if let Self::Count { about, .. }
        | Self::Number { about, .. }
        | Self::Difference { about, .. }
        | Self::Interval { about, .. } = &mut self
        {
            *about = Some(Arc::new(source()));
        }
        self
    }

    /// Where its number comes from.
    pub fn source(&self) -> Option<&CellSource> {
        match self {
            Self::Count { about, .. }
            | Self::Number { about, .. }
            | Self::Difference { about, .. }
            | Self::Interval { about, .. } => about.as_deref(),
            _ => None,
        }
    }
}

/// A bar in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Value in percent.
    pub value: f64,
    /// Black tick.
    pub threshold: Option<f64>,
    /// Half of the zone around the threshold that is neither sufficient nor not, in percentage points; 0 for none.
    pub zone: f64,
    /// Grey tick.
    pub reference: Option<f64>,
    /// Colour.
    pub verdict: Verdict,
}
