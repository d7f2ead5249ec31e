//! A data file: rows of one exam as Parquet, the heads of their blocks as its key-value metadata.
//!
//! Columns: `block` (index into the heads), `row`, `state` (0 accepted, 1 absent), the label columns as text,
//! `journal`, `declared_total`, `declared_result`, `total`, `result`, and `points:<task>` with the codes of the model.
//! Heads are in the file and not in the log, so that a data file can be understood without the log and one check sum
//! covers both; labels are text, so that other programs can read the file.

use super::block_rows::{
    NAME_COLUMNS, StoredRow, intern, is_kept, name_columns_mut, score_of_code, state_of_code, stored_row,
};
use super::unit::{UnitKey, day, units};
use polars::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use srez_model::assessment::ExamKey;
use srez_model::block::{Block, BlockTask, NOT_OFFERED, NamedColumns};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::Range;

/// What went wrong, in Russian, to follow the name of the file.
pub(super) type Reason = String;

/// Indices of two columns among the labels.
const SCHOOL: usize = 0;
const CLASS: usize = 2;

const HEADS: &str = "srez.blocks";
const NOT_WRITTEN: &str = "таблица Parquet не составлена";
const NOT_PARQUET: &str = "файл не разбирается как Parquet хранилища";

/// Heads of the blocks of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Heads {
    /// The exam; it also keeps the files of two exams with equal rows apart.
    exam: ExamKey,
    /// Lists of tasks, each once.
    tasks: Vec<Vec<BlockTask>>,
    blocks: Vec<Head>,
}

/// A block without its rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    form: String,
    file: String,
    sheet: String,
    date: String,
    declared_maximum: Option<u16>,
    declared_participants: Option<u32>,
    /// Index into the lists of tasks.
    tasks: usize,
    columns: NamedColumns,
}

/// A row for the file: index of its head, its block, and its index in the block.
type Pick<'a> = (u32, &'a Block, usize);

/// Bytes of a file with the kept rows of some units, and the number of rows.
pub(super) fn write(exam: &ExamKey, blocks: &[&Block], wanted: &BTreeSet<&UnitKey>) -> Result<(Vec<u8>, u64), Reason> {
    let mut heads = Heads { exam: exam.clone(), tasks: Vec::new(), blocks: Vec::new() };
    let mut picks: Vec<Pick<'_>> = Vec::new();
    for block in blocks.iter().copied() {
        let (keys, of_row) = units(block);
        let wanted: Vec<bool> = keys.iter().map(|key| wanted.contains(key)).collect();
        let is_wanted = |row: &usize| {
            let unit = of_row.get(*row).and_then(|unit| wanted.get(*unit));
            unit == Some(&true) && is_kept(block, *row)
        };
        let index = u32::try_from(heads.blocks.len()).map_err(|_| "слишком много листов".to_owned())?;
        let before = picks.len();
        picks.extend((0..block.rows()).filter(is_wanted).map(|row| (index, block, row)));
        if before < picks.len() {
            heads.add(block);
        }
    }
    let heads_text = serde_json::to_string(&heads).map_err(|_| NOT_WRITTEN.to_owned())?;
    let rows = picks.len() as u64;
    let bytes = encode(&picks, &heads, heads_text).map_err(|_| NOT_WRITTEN.to_owned())?;
    Ok((bytes, rows))
}

fn encode(picks: &[Pick<'_>], heads: &Heads, heads_text: String) -> PolarsResult<Vec<u8>> {
    let rows: Vec<StoredRow<'_>> = picks.iter().map(|(_, block, row)| stored_row(block, *row)).collect();
    let mut columns: Vec<Column> = vec![
        Column::new("block".into(), picks.iter().map(|(index, _, _)| *index).collect::<Vec<u32>>()),
        Column::new(
            "row".into(),
            picks.iter().map(|(_, block, row)| block.row.get(*row).copied().unwrap_or(0)).collect::<Vec<u32>>(),
        ),
        Column::new("state".into(), rows.iter().map(|row| row.state).collect::<Vec<u8>>()),
    ];
    for (place, name) in NAME_COLUMNS.into_iter().enumerate() {
        let texts = rows.iter().map(|row| row.names.get(place).copied().unwrap_or(""));
        columns.push(StringChunked::from_iter_values(name.into(), texts).into_column());
    }
    columns.push(Column::new("journal".into(), rows.iter().map(|row| row.journal).collect::<Vec<u8>>()));
    let mut number = |name: &str, of: fn(&StoredRow<'_>) -> i16| {
        columns.push(Column::new(name.into(), rows.iter().map(of).collect::<Vec<i16>>()));
    };
    number("declared_total", |row| row.declared_total);
    number("declared_result", |row| row.declared_result);
    number("total", |row| row.total);
    number("result", |row| row.result);
    columns.extend(points_columns(picks, heads));
    let mut frame = DataFrame::new(picks.len(), columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Lz4Raw)
        .with_statistics(StatisticsOptions::empty())
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(vec![(HEADS.to_owned(), heads_text)])))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}

/// One column per task of any block; not offered if a block does not have the task.
fn points_columns(picks: &[Pick<'_>], heads: &Heads) -> Vec<Column> {
    let names_of_list: Vec<Vec<String>> = heads.tasks.iter().map(|tasks| points_names(tasks)).collect();
    let mut names: Vec<&String> = Vec::new();
    for name in names_of_list.iter().flatten() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let column = |name: &String| {
        let place_of_list: Vec<Option<usize>> =
            names_of_list.iter().map(|list| list.iter().position(|seen| seen == name)).collect();
        let points = picks.iter().map(|(index, block, row)| {
            let head = heads.blocks.get(*index as usize);
            let place = head.and_then(|head| place_of_list.get(head.tasks).copied().flatten());
            place.and_then(|place| block.points.get(place)?.get(*row)).copied().unwrap_or(NOT_OFFERED)
        });
        Column::new(name.as_str().into(), points.collect::<Vec<u8>>())
    };
    names.into_iter().map(column).collect()
}

/// Names of the columns of points of a list of tasks; a second task with the same id gets a suffix.
fn points_names(tasks: &[BlockTask]) -> Vec<String> {
    let earlier = |place: usize, id: &str| tasks.iter().take(place).filter(|task| task.id == id).count();
    let name =
        |(place, task): (usize, &BlockTask)| format!("points:{}{}", task.id, "~".repeat(earlier(place, &task.id)));
    tasks.iter().enumerate().map(name).collect()
}

impl Heads {
    fn add(&mut self, block: &Block) {
        let tasks = self.tasks.iter().position(|tasks| *tasks == block.tasks).unwrap_or_else(|| {
            self.tasks.push(block.tasks.clone());
            self.tasks.len() - 1
        });
        self.blocks.push(Head {
            form: block.form.clone(),
            file: block.file.clone(),
            sheet: block.sheet.clone(),
            date: block.date.clone(),
            declared_maximum: block.declared_maximum,
            declared_participants: block.declared_participants,
            tasks,
            columns: block.columns,
        });
    }

    fn block(&self, index: u32) -> Option<Block> {
        let head = self.blocks.get(index as usize)?;
        let tasks = self.tasks.get(head.tasks)?.clone();
        Some(Block {
            date: head.date.clone(),
            declared_maximum: head.declared_maximum,
            declared_participants: head.declared_participants,
            points: vec![Vec::new(); tasks.len()],
            tasks,
            columns: head.columns,
            ..Block::new(self.exam.clone(), &head.form, &head.file, &head.sheet)
        })
    }
}

/// Blocks of a file, with the rows of the wanted units; a block without such rows is left out.
pub(super) fn read(
    exam: &ExamKey,
    bytes: Vec<u8>,
    rows: u64,
    wanted: impl Fn(&UnitKey) -> bool,
) -> Result<Vec<Block>, Reason> {
    let (frame, heads) = decode(bytes)?;
    if heads.exam != *exam {
        return Err(format!("в файле результаты {}, а не {}", heads.exam.id(), exam.id()));
    }
    if frame.height() as u64 != rows {
        return Err("число строк не то, что записано в журнале".to_owned());
    }
    let columns = Columns::new(&frame).map_err(|_| NOT_PARQUET.to_owned())?;
    let mut blocks = Vec::new();
    let mut from = 0;
    for run in columns.block.chunk_by(|left, right| left == right) {
        let index = run.first().copied().unwrap_or(0);
        let mut block = heads.block(index).ok_or_else(|| NOT_PARQUET.to_owned())?;
        let places = columns.places(from..from + run.len(), day(&block), &wanted);
        from += run.len();
        if !places.is_empty() {
            columns.fill(&mut block, &places).ok_or_else(|| NOT_PARQUET.to_owned())?;
            blocks.push(block);
        }
    }
    Ok(blocks)
}

fn decode(bytes: Vec<u8>) -> Result<(DataFrame, Heads), Reason> {
    let mut reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
    let metadata = reader.get_metadata().map_err(|_| NOT_PARQUET.to_owned())?;
    let pairs = metadata.key_value_metadata().as_deref().unwrap_or_default();
    let text = pairs.iter().find(|pair| pair.key == HEADS).and_then(|pair| pair.value.as_deref()).unwrap_or("");
    let heads = serde_json::from_str(text).map_err(|_| NOT_PARQUET.to_owned())?;
    let frame = reader.set_rechunk(true).finish().map_err(|_| NOT_PARQUET.to_owned())?;
    Ok((frame, heads))
}

/// Columns of a file as slices.
struct Columns<'a> {
    block: &'a [u32],
    row: &'a [u32],
    state: &'a [u8],
    names: Vec<Vec<&'a str>>,
    journal: &'a [u8],
    declared_total: &'a [i16],
    declared_result: &'a [i16],
    total: &'a [i16],
    result: &'a [i16],
    points: FxHashMap<&'a str, &'a [u8]>,
}

impl<'a> Columns<'a> {
    fn new(frame: &'a DataFrame) -> PolarsResult<Self> {
        let texts = |name: &&str| -> PolarsResult<Vec<&'a str>> {
            Ok(frame.column(name)?.str()?.iter().map(Option::unwrap_or_default).collect())
        };
        let number = |name: &str| frame.column(name)?.i16()?.cont_slice();
        let mut points = FxHashMap::default();
        for column in frame.columns().iter().filter(|column| column.name().starts_with("points:")) {
            points.insert(column.name().as_str(), column.u8()?.cont_slice()?);
        }
        Ok(Self {
            block: frame.column("block")?.u32()?.cont_slice()?,
            row: frame.column("row")?.u32()?.cont_slice()?,
            state: frame.column("state")?.u8()?.cont_slice()?,
            names: NAME_COLUMNS.iter().map(texts).collect::<PolarsResult<_>>()?,
            journal: frame.column("journal")?.u8()?.cont_slice()?,
            declared_total: number("declared_total")?,
            declared_result: number("declared_result")?,
            total: number("total")?,
            result: number("result")?,
            points,
        })
    }

    /// Indices of the rows of the wanted units.
    fn places(&self, rows: Range<usize>, day: &str, wanted: impl Fn(&UnitKey) -> bool) -> Vec<usize> {
        let name = |column: usize, place: usize| self.names.get(column)?.get(place).copied();
        let mut known: FxHashMap<(&str, &str), bool> = FxHashMap::default();
        let is_wanted = |place: &usize| {
            let pair = (name(SCHOOL, *place).unwrap_or(""), name(CLASS, *place).unwrap_or(""));
            *known.entry(pair).or_insert_with(|| {
                wanted(&UnitKey { school: pair.0.to_owned(), class: pair.1.to_owned(), date: day.to_owned() })
            })
        };
        rows.filter(is_wanted).collect()
    }

    /// Copies rows of the file, by index, into a block; none if a column is missing.
    fn fill(&self, block: &mut Block, places: &[usize]) -> Option<()> {
        block.row = take(self.row, places);
        block.state = take(self.state, places).into_iter().map(state_of_code).collect::<Option<_>>()?;
        block.journal =
            take(self.journal, places).into_iter().map(|mark| Some(mark).filter(|mark| *mark != 0)).collect();
        let scores = |column: &[i16]| take(column, places).into_iter().map(score_of_code).collect();
        block.declared_total = scores(self.declared_total);
        block.declared_result = scores(self.declared_result);
        block.total = scores(self.total);
        block.result = scores(self.result);
        for (labels, column) in name_columns_mut(block).into_iter().zip(&self.names) {
            *labels = intern(places.iter().filter_map(|place| column.get(*place).copied()));
        }
        for (column, name) in block.points.iter_mut().zip(points_names(&block.tasks)) {
            *column = take(self.points.get(name.as_str())?, places);
        }
        Some(())
    }
}

fn take<T: Copy>(column: &[T], places: &[usize]) -> Vec<T> {
    places.iter().filter_map(|place| column.get(*place).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twin_tasks_keep_columns_of_their_own() {
        let task =
            |id: &str| BlockTask { id: id.to_owned(), by_position: false, max: None, difficulty: None, column: 1 };
        assert_eq!(points_names(&[task("1"), task("2"), task("1")]), ["points:1", "points:2", "points:1~"]);
    }
}
