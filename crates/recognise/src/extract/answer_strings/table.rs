//! One exam of a protocol: its rows, and at the end the block.

use super::answers::{self, AnswerLayout};
use super::cell::AnswerCell;
use super::score_at;
use super::state_exam::{self, PaperFound};
use crate::codes::{ANSWERS_DIFFER, ODD_TOTAL, REGIONAL_WORK, ROW_WITHOUT_SCHOOL, STATE_EXAM_UNCLEAR};
use crate::detect::Columns;
use crate::exam_title::{self, Title};
use crate::label_column::LabelColumn;
use crate::named_schools;
use crate::points::whole_in_cell;
use crate::spelling::{tidy, words};
use crate::{Scene, identity};
use srez_model::assessment::{Exam, ExamKey, Procedure, Task};
use srez_model::block::{Block, BlockTask, NamedColumns, RowState};
use srez_model::form::Field;
use srez_model::note::{Note, NoteDefinition};
use srez_model::raw_sheet::RawCell;

/// A table while its rows are read.
pub(super) struct Table<'a> {
    pub(super) scene: &'a Scene<'a>,
    title: Option<Title>,
    header_row: u32,
    columns: Columns,
    starts: Vec<u32>,
    rows: Vec<RowPlace>,
}

/// A row of a participant, counted from 0, and the columns in which its fields stand.
pub(super) struct RowPlace {
    pub(super) row: u32,
    pub(super) columns: Columns,
}

/// What a finished table gives: the block, notes, the reason for its identity.
type Finished = (Block, Vec<Note>, String);

impl<'a> Table<'a> {
    /// A table below a header.
    pub(super) fn new(scene: &'a Scene<'a>, title: Option<Title>, header_row: u32, columns: Columns) -> Self {
        let starts = starts(scene, header_row);
        Self { scene, title, header_row, columns, starts, rows: Vec::new() }
    }

    /// The header is repeated on a new page.
    pub(super) fn move_columns(&mut self, columns: Columns) {
        self.columns = columns;
    }

    /// Columns of the latest header.
    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Row of the title or header, counted from 0.
    pub(super) fn place(&self) -> u32 {
        self.title.as_ref().map_or(self.header_row, |title| title.row)
    }

    /// Number of participants.
    pub(super) fn rows(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// True for a row with a running number, or with a school and a total.
    pub(super) fn is_participant(&self, row: u32) -> bool {
        let cell = |field| self.columns.get(&field).map(|column| self.scene.sheet.cell(row, *column));
        let whole = |field| cell(field).is_some_and(|cell| whole_in_cell(self.scene.sheet, cell).is_some());
        whole(Field::Ordinal) || (whole(Field::School) && (whole(Field::Total) || whole(Field::TestScore)))
    }

    /// True for a row with a code of a school.
    pub(super) fn holds_school(&self, row: u32) -> bool {
        let column = self.columns.get(&Field::School);
        column.is_some_and(|column| !self.scene.sheet.is_blank(self.scene.sheet.cell(row, *column)))
    }

    /// Takes a row.
    pub(super) fn push(&mut self, row: u32) {
        let columns = self.columns.iter().map(|(field, column)| (*field, self.filled(row, *column))).collect();
        self.rows.push(RowPlace { row, columns });
    }

    /// The filled cell of a header that spans several columns: merged cells may keep their value in any of them.
    pub(super) fn filled(&self, row: u32, column: u32) -> u32 {
        let end = self.starts.iter().copied().find(|start| column < *start).unwrap_or(self.scene.sheet.width);
        (column..end).find(|place| !self.scene.sheet.is_blank(self.scene.sheet.cell(row, *place))).unwrap_or(column)
    }

    pub(super) fn text(&self, place: &RowPlace, field: Field) -> String {
        let RowPlace { row, columns } = place;
        columns.get(&field).map(|column| tidy(&self.scene.sheet.text(*row, *column))).unwrap_or_default()
    }

    /// The block, or why there is none.
    pub(super) fn finish(self) -> Result<Finished, String> {
        let title = self.title_or_file_name()?;
        let mut notes = Vec::new();
        let (key, why) = if state_exam::is_one(self.scene, &title) {
            self.state_exam_key(&title, &mut notes)?
        } else {
            (self.exam_key(&title, title.subject()?)?, String::new())
        };
        let exam = self.scene.settings.exams.get(&key.id()).filter(|exam| !exam.draft && !exam.tasks.is_empty());
        if key.procedure == Procedure::Regional {
            let message = format!("«{}» — контрольная работа региона, а не экзамен", title.text);
            notes.push(self.scene.sheet_note(&REGIONAL_WORK, message).at(title.row + 1, 0));
        }
        let block = self.block(&title, key, exam, &mut notes);
        let answers = if self.has_answers() {
            ""
        } else {
            "; столбцов с ответами нет, задания не разобраны"
        };
        let (exam, row) = (block.exam.id(), title.row + 1);
        let reason = format!("экзамен {exam}: заголовок «{}», строка {row}{why}{answers}", title.text);
        Ok((block, notes, reason))
    }

    fn title_or_file_name(&self) -> Result<Title, String> {
        let by_name = || {
            exam_title::parse(
                self.scene.settings.subjects,
                self.header_row,
                &identity::file_stem(self.scene.file).replace('_', " - "),
            )
        };
        self.title
            .clone()
            .or_else(by_name)
            .ok_or_else(|| "нет строки «код - предмет дата» над таблицей; искали и в имени файла".to_owned())
    }

    /// An exam of ГВЭ, and why it is this paper; the classes tell the grade.
    fn state_exam_key(&self, title: &Title, notes: &mut Vec<Note>) -> Result<(ExamKey, String), String> {
        let year = title.date.get(..4).and_then(|year| year.parse().ok()).ok_or("в заголовке нет года")?;
        let subject = state_exam::subject(self.scene, title)?;
        let (young, old) = self.grades();
        let grade = if young < old { 11 } else { 9 };
        let mut key = ExamKey::new(Procedure::Gve, year, &subject, grade);
        let score = |place: &RowPlace, field| score_at(self.scene, &place.columns, place.row, field);
        let results: Vec<(Option<u16>, Option<u16>)> =
            self.rows.iter().map(|place| (score(place, Field::Total), score(place, Field::Mark))).collect();
        match state_exam::paper(self.scene, title, &key, &results) {
            PaperFound::Known(paper, why) => {
                key.paper = paper;
                Ok((key, format!("; работа ГВЭ: {why}")))
            }
            PaperFound::OneOf(papers) => {
                let which = if papers.is_empty() {
                    "её спецификации нет".to_owned()
                } else {
                    papers.join(", ")
                };
                let message = format!("«{}»: какая это работа ГВЭ, не названо ({which})", title.text);
                notes.push(self.scene.sheet_note(&STATE_EXAM_UNCLEAR, message).at(title.row + 1, 0));
                Ok((key, String::new()))
            }
        }
    }

    /// Participants of grade 9, and of 10 to 12.
    fn grades(&self) -> (u32, u32) {
        let grades = self.rows.iter().filter_map(|row| leading_number(&self.text(row, Field::Class)));
        grades.fold((0_u32, 0_u32), |(young, old), grade| {
            (young + u32::from(grade == 9), old + u32::from((10..=12).contains(&grade)))
        })
    }

    /// Mark or test score, and the class, tell ОГЭ from ЕГЭ; base mathematics has marks.
    fn exam_key(&self, title: &Title, subject: String) -> Result<ExamKey, String> {
        let year = title.date.get(..4).and_then(|year| year.parse().ok()).ok_or("в заголовке нет года")?;
        let by_result = match (self.columns.contains_key(&Field::Mark), self.columns.contains_key(&Field::TestScore)) {
            _ if subject == "math-base" => Procedure::Ege,
            (true, false) => Procedure::Oge,
            _ => Procedure::Ege,
        };
        let (young, old) = self.grades();
        let contradicts = match by_result {
            Procedure::Oge => young < old,
            _ => old < young,
        };
        if contradicts {
            let (column, class) = if by_result == Procedure::Oge {
                ("Оценка», то есть ОГЭ", "11")
            } else {
                ("балл», то есть ЕГЭ", "9")
            };
            return Err(format!("последний столбец — «{column}, а классы — {class}-е"));
        }
        let subject =
            if by_result == Procedure::Ege && subject == "math" { "math-profile".to_owned() } else { subject };
        let grade = if by_result == Procedure::Oge { 9 } else { 11 };
        let procedure = if self.is_regional(title) { Procedure::Regional } else { by_result };
        Ok(ExamKey::new(procedure, year, &subject, grade))
    }

    /// True where a word above the table or in the path says that it is a work of the region (ЕГКР).
    fn is_regional(&self, title: &Title) -> bool {
        let above =
            (0..self.header_row).flat_map(|row| self.scene.sheet.row(row)).map(|cell| self.scene.sheet.show(*cell));
        let mut texts = above.chain([title.text.clone(), self.scene.file.to_owned()]).map(|text| words(&text));
        let wanted: Vec<String> = self.scene.profile.regional_words.iter().map(|word| words(word)).collect();
        texts.any(|text| text.split(' ').any(|word| wanted.iter().any(|wanted| wanted == word)))
    }

    fn block(&self, title: &Title, key: ExamKey, exam: Option<&Exam>, notes: &mut Vec<Note>) -> Block {
        let grade = key.grade;
        let mut block = Block::new(key, &self.scene.profile.id, self.scene.file, &self.scene.sheet.name);
        block.date.clone_from(&title.date);
        block.columns = self.named_columns();
        // A protocol of totals alone holds no answers that could be lost.
        let exam = exam.filter(|_| self.has_answers());
        let layout = exam.and_then(|exam| self.layout(exam).map(|layout| (exam, layout)));
        if exam.is_some() && layout.is_none() {
            let message = "спецификация не говорит, какие задания с кратким ответом, а длины строк ей не подходят; \
                задания не прочитаны";
            notes.push(self.scene.sheet_note(&ANSWERS_DIFFER, message).at(self.header_row + 1, 0));
        }
        if let Some((exam, layout)) = &layout {
            block.tasks = self.tasks(exam, layout);
            block.points = vec![Vec::with_capacity(self.rows.len()); exam.tasks.len()];
        }
        let [mut school, mut municipality, mut class, mut participant, mut unknown] = <[LabelColumn; 5]>::default();
        for place in &self.rows {
            let key = self.school_key(place, notes);
            let total = self.number(place, Field::Total, notes);
            block.declared_total.push(total);
            let result = if self.columns.contains_key(&Field::TestScore) { Field::TestScore } else { Field::Mark };
            block.declared_result.push(self.number(place, result, notes));
            block.state.push(if key.is_empty() { RowState::Rejected } else { RowState::Accepted });
            if key.is_empty() {
                notes.push(self.note(&ROW_WITHOUT_SCHOOL, place, Field::School, "в строке нет кода школы"));
            }
            participant.push(&self.participant(place, &key));
            school.push(&key);
            municipality.push(&named_schools::municipality(self.scene, &self.text(place, Field::Municipality)));
            class.push(&self.class(place, grade, notes));
            unknown.push("");
            block.row.push(place.row + 1);
            block.journal.push(None);
            if let Some((exam, layout)) = &layout {
                self.push_points(place, exam, layout, total, &mut block, notes);
            }
        }
        let blank = unknown.finish();
        block.school = school.finish();
        block.municipality = municipality.finish();
        block.class = class.finish();
        block.participant = participant.finish();
        block.variant.clone_from(&blank);
        block.sex.clone_from(&blank);
        block.textbook.clone_from(&blank);
        block.uploaded = blank;
        block.total = vec![None; block.rows()];
        block.result = vec![None; block.rows()];
        block
    }

    fn named_columns(&self) -> NamedColumns {
        let of = |field: Field| self.columns.get(&field).map_or(0, |column| column + 1);
        NamedColumns {
            school: of(Field::School),
            class: of(Field::Class),
            participant: of(Field::Ordinal),
            variant: 0,
            journal: 0,
            total: of(Field::Total),
            result: of(Field::TestScore).max(of(Field::Mark)),
        }
    }

    /// True where the table has a column of answers.
    fn has_answers(&self) -> bool {
        [Field::ShortAnswers, Field::ExtendedAnswers, Field::OralAnswers]
            .iter()
            .any(|field| self.columns.contains_key(field))
    }

    /// Which task stands in which string.
    fn layout(&self, exam: &Exam) -> Option<AnswerLayout> {
        let text = |place: &RowPlace, field| match self.answers(place, field, None) {
            AnswerCell::Text(text) => text,
            AnswerCell::Lost(_) => String::new(),
        };
        let lengths = |place: &RowPlace| {
            let count = |field| answers::pairs(&text(place, field)).map_or(0, |pairs| pairs.len());
            let short = answers::short_length(&text(place, Field::ShortAnswers));
            [short, count(Field::ExtendedAnswers), count(Field::OralAnswers)]
        };
        let fits = |place: &RowPlace| AnswerLayout::of(&exam.tasks, lengths(place));
        self.rows.iter().take(20).find_map(fits)
    }

    fn tasks(&self, exam: &Exam, layout: &AnswerLayout) -> Vec<BlockTask> {
        let column = |place: usize| {
            let field = if layout.short.contains(&place) {
                Field::ShortAnswers
            } else if layout.oral.contains(&place) {
                Field::OralAnswers
            } else {
                Field::ExtendedAnswers
            };
            self.columns.get(&field).map_or(0, |column| column + 1)
        };
        let task = |(place, task): (usize, &Task)| BlockTask {
            id: task.id.clone(),
            by_position: false,
            max: None,
            difficulty: None,
            column: column(place),
        };
        exam.tasks.iter().enumerate().map(task).collect()
    }

    /// A declared number. What is found is not shown: a slid row may hold a name there.
    fn number(&self, place: &RowPlace, field: Field, notes: &mut Vec<Note>) -> Option<u16> {
        let RowPlace { row, columns } = place;
        let score = score_at(self.scene, columns, *row, field);
        let cell = columns.get(&field).map_or(RawCell::Empty, |column| self.scene.sheet.cell(*row, *column));
        if score.is_none() && !self.scene.sheet.is_blank(cell) {
            let message = format!("{} — не целое число", field.title());
            notes.push(self.note(&ODD_TOTAL, place, field, &message));
        }
        score
    }

    pub(super) fn note(&self, code: &NoteDefinition, place: &RowPlace, field: Field, message: &str) -> Note {
        let RowPlace { row, columns } = place;
        self.scene.note(code, *row, columns.get(&field).copied().unwrap_or(0), message)
    }
}

/// Columns in which a header begins.
fn starts(scene: &Scene<'_>, header_row: u32) -> Vec<u32> {
    let cells = (0_u32..).zip(scene.sheet.row(header_row));
    cells.filter(|(_, cell)| !scene.sheet.is_blank(**cell)).map(|(column, _)| column).collect()
}

fn leading_number(class: &str) -> Option<u8> {
    class.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}
