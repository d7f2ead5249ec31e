//! Fields of a Word document: what stands in its content controls, and below its labels where a control was deleted or
//! the document saved by a program without them.

use super::container::Container;
use super::limits::Limits;
use super::xml::{Piece, Pieces, local_attribute, local_name, push_text};
use serde::{Deserialize, Serialize};

/// Where the text of a document stands.
const DOCUMENT: &str = "word/document.xml";
/// Style of the labels above fields.
const LABEL: &str = "FieldLabel";
/// How the names of our controls begin.
const OURS: &str = "srez.";

/// What stands in a field of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordField {
    /// Name of its control; empty where it has none any more.
    pub tag: String,
    /// Label above it; empty where it stands elsewhere.
    pub label: String,
    /// What is in it, a line each.
    pub text: String,
}

/// The fields of a document in their order; none where it is no Word document.
pub fn word_fields(limits: &Limits, bytes: &[u8]) -> Option<Vec<WordField>> {
    if limits.file_bytes < bytes.len() as u64 || !bytes.starts_with(b"PK") {
        return None;
    }
    let document = Container::open(limits, bytes).ok()?.part(DOCUMENT).ok()??;
    let document = String::from_utf8_lossy(&document);
    let mut pieces = Pieces::lenient(&document);
    let mut reader = Reader::default();
    while let Ok(Some(piece)) = pieces.next() {
        match piece {
            Piece::Open { name, attributes, closed } => reader.open(local_name(name), attributes, closed),
            Piece::Close(name) => reader.close(local_name(name)),
            Piece::Text(text) => reader.text(text),
        }
    }
    Some(reader.fields)
}

/// A control that is open.
#[derive(Debug, Default)]
struct Control {
    tag: String,
    /// Its title; some programs keep nothing else of a control.
    title: String,
    /// True where it shows what invites to write, and nothing was written.
    is_empty: bool,
    /// Place of its field where it stands outside of tables.
    place: Option<usize>,
}

impl Control {
    /// True for a field of ours, as far as a program kept it.
    fn is_field(&self) -> bool {
        !self.tag.is_empty() || !self.title.is_empty()
    }
}

/// A column of a table with fields side by side.
#[derive(Debug, Default)]
struct Column {
    field: WordField,
    has_label: bool,
    has_control: bool,
}

#[derive(Debug, Default)]
struct Reader {
    fields: Vec<WordField>,
    controls: Vec<Control>,
    in_properties: bool,
    in_text: bool,
    /// Open elements whose text was moved elsewhere.
    moved: u32,
    tables: u32,
    /// Label above the next table.
    label: String,
    columns: Vec<Column>,
    column: usize,
    is_label: bool,
    paragraph: String,
}

impl Reader {
    fn open(&mut self, name: &[u8], attributes: &[u8], closed: bool) {
        let value = || local_attribute(attributes, "val").unwrap_or_default();
        match name {
            b"sdt" if !closed => self.controls.push(Control::default()),
            b"sdtPr" => self.in_properties = !closed,
            b"tag" if self.in_properties && value().starts_with(OURS) => {
                let tag = value().to_owned();
                self.controls.last_mut().into_iter().for_each(|control| control.tag.clone_from(&tag));
            }
            b"alias" if self.in_properties => {
                let mut title = String::new();
                push_text(value().as_bytes(), &mut title);
                self.controls.last_mut().into_iter().for_each(|control| control.title.clone_from(&title));
            }
            b"sdtContent" if !closed => self.begin_content(),
            b"showingPlcHdr" if self.in_properties && !["0", "false", "off"].contains(&value()) => {
                self.controls.last_mut().into_iter().for_each(|control| control.is_empty = true);
            }
            b"tbl" if !closed => {
                self.tables += 1;
                if self.tables == 1 {
                    self.columns.clear();
                }
            }
            b"tr" if self.tables == 1 => self.column = 0,
            b"p" => {
                self.paragraph.clear();
                self.is_label = false;
            }
            b"pStyle" => self.is_label = value() == LABEL,
            b"moveFrom" if !closed => self.moved += 1,
            b"t" => self.in_text = !closed,
            b"br" | b"cr" => self.push("\n"),
            b"tab" => self.push(" "),
            b"noBreakHyphen" => self.push("-"),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"sdtPr" => self.in_properties = false,
            b"sdt" => {
                // An empty control still tells of its field.
                let place = self.place_of_control();
                if let Some(control) = self.controls.pop()
                    && let Some(field) = place.and_then(|place| self.field_mut(place))
                    && control.is_field()
                {
                    field.tag = control.tag;
                    if field.label.is_empty() {
                        field.label = control.title;
                    }
                }
            }
            b"t" => self.in_text = false,
            b"moveFrom" => self.moved = self.moved.saturating_sub(1),
            b"p" => self.end_paragraph(),
            b"tc" if self.tables == 1 => self.column += 1,
            b"tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.end_table();
                }
            }
            _ => {}
        }
    }

    /// What stands above the control in its column is its label, whatever style a program left it.
    fn begin_content(&mut self) {
        if self.tables > 0
            && self.controls.last().is_some_and(Control::is_field)
            && let Some(column) = self.column_mut()
            && !column.has_control
        {
            column.has_control = true;
            column.field.text.clear();
        }
    }

    fn text(&mut self, text: &[u8]) {
        if self.in_text && self.moved == 0 {
            let mut words = String::new();
            push_text(text, &mut words);
            self.push(&words);
        }
    }

    fn push(&mut self, words: &str) {
        if self.controls.iter().any(|control| control.is_empty) {
            return;
        }
        self.paragraph.push_str(words);
        // A control outside of a table is a field by itself.
        if self.tables == 0
            && let Some(place) = self.place_of_control()
            && let Some(field) = self.field_mut(place)
        {
            field.text.push_str(words);
        }
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.paragraph);
        if self.tables == 0 {
            if let Some(place) = self.place_of_control() {
                self.field_mut(place).into_iter().for_each(|field| field.text.push('\n'));
            } else if self.is_label {
                self.label = words;
            } else if !words.trim().is_empty() {
                self.label.clear();
            }
            return;
        }
        let is_label = self.is_label;
        let Some(column) = self.column_mut() else { return };
        if is_label {
            (column.field.label, column.has_label) = (words, true);
        } else if !words.trim().is_empty() {
            if !column.field.text.is_empty() {
                column.field.text.push('\n');
            }
            column.field.text.push_str(&words);
        }
    }

    fn end_table(&mut self) {
        let label = std::mem::take(&mut self.label);
        let mut columns = std::mem::take(&mut self.columns);
        let has_labels = columns.iter().any(|column| column.has_label);
        if !has_labels
            && !label.is_empty()
            && let Some(first) = columns.first_mut()
        {
            first.field.label = label;
        }
        let fields = columns.into_iter().map(|column| column.field);
        self.fields.extend(fields.filter(|field| !field.tag.is_empty() || !field.label.is_empty()));
    }

    fn column_mut(&mut self) -> Option<&mut Column> {
        while self.columns.len() <= self.column && self.column < MOST_COLUMNS {
            self.columns.push(Column::default());
        }
        self.columns.get_mut(self.column)
    }

    /// Where the field of the innermost control of ours is; a new one for a control outside of tables.
    fn place_of_control(&mut self) -> Option<Place> {
        let is_ours = self.controls.iter().rposition(Control::is_field)?;
        if self.tables > 0 {
            return Some(Place::Column);
        }
        let control = self.controls.get_mut(is_ours)?;
        let place = *control.place.get_or_insert_with(|| {
            self.fields.push(WordField { tag: control.tag.clone(), ..WordField::default() });
            self.fields.len() - 1
        });
        Some(Place::Alone(place))
    }

    fn field_mut(&mut self, place: Place) -> Option<&mut WordField> {
        match place {
            Place::Alone(place) => self.fields.get_mut(place),
            Place::Column => self.column_mut().map(|column| &mut column.field),
        }
    }
}

/// Most columns of a table in Word.
const MOST_COLUMNS: usize = 63;

/// Where a field stands.
#[derive(Clone, Copy)]
enum Place {
    /// Outside of tables, at this place among the fields.
    Alone(usize),
    /// In the column that is being read.
    Column,
}

#[cfg(test)]
mod tests {
    use super::{WordField, word_fields};
    use crate::limits::Limits;
    use std::io::Write;

    fn fields(body: &str) -> Vec<(String, String, String)> {
        let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        file.start_file("word/document.xml", options).unwrap();
        write!(file, "<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").unwrap();
        let bytes = file.finish().unwrap().into_inner();
        let fields = word_fields(&Limits::default(), &bytes).unwrap();
        fields.into_iter().map(|WordField { tag, label, text }| (tag, label, text)).collect()
    }

    fn label(words: &str) -> String {
        format!("<w:p><w:pPr><w:pStyle w:val=\"FieldLabel\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    }

    fn text(words: &str) -> String {
        format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
    }

    fn control(tag: &str, more: &str, content: &str) -> String {
        format!(
            "<w:sdt><w:sdtPr><w:tag w:val=\"{tag}\"/>{more}<w:text/></w:sdtPr><w:sdtContent>{content}</w:sdtContent>\
             </w:sdt>"
        )
    }

    fn cells(cells: &[String]) -> String {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect::<String>())
    }

    fn row(tag: &str, label: &str, text: &str) -> (String, String, String) {
        (tag.to_owned(), label.to_owned(), text.to_owned())
    }

    #[test]
    fn a_control_gives_what_is_typed_into_it_and_below_it() {
        let run = "<w:r><w:t>Теряют </w:t></w:r><w:r><w:t>знак</w:t><w:br/><w:t>x &lt; 3</w:t></w:r>";
        let inside = format!("<w:p>{}</w:p>", control("srez.1", "", run));
        let table = format!("<w:tbl>{}{}</w:tbl>", cells(&[inside]), cells(&[text("и ещё")]));
        let body = format!("{}{table}{}", label("Типичные ошибки"), text("после"));
        assert_eq!(fields(&body), [row("srez.1", "Типичные ошибки", "Теряют знак\nx < 3\nи ещё")]);
    }

    #[test]
    fn an_empty_control_gives_its_field_without_text() {
        let room = "<w:r><w:t>Место для ввода текста.</w:t></w:r>";
        let inside = format!("<w:p>{}</w:p>", control("srez.1", "<w:showingPlcHdr/>", room));
        let body = format!("{}<w:tbl>{}</w:tbl>", label("Ответ"), cells(&[inside]));
        assert_eq!(fields(&body), [row("srez.1", "Ответ", "")]);
    }

    #[test]
    fn fields_side_by_side_have_labels_of_their_own() {
        let first = format!("<w:p>{}</w:p>", control("srez.1", "", "<w:r><w:t>а</w:t></w:r>"));
        let second = text("б: поле удалено");
        let table = format!(
            "<w:tbl>{}{}</w:tbl>",
            cells(&[label("Типичные ошибки"), label("Что показать на уроке")]),
            cells(&[first, second])
        );
        let body = format!("{}{}{table}", label("Задание № 14"), text("35 %"));
        let expected = [row("srez.1", "Типичные ошибки", "а"), row("", "Что показать на уроке", "б: поле удалено")];
        assert_eq!(fields(&body), expected);
    }

    #[test]
    fn a_control_that_was_moved_out_of_its_table_is_found_by_its_name() {
        let block = control("srez.1", "", &format!("{}{}", text("первый"), text("второй")));
        let body = format!("<w:tbl>{}</w:tbl>{block}{}", cells(&[text("таблица без полей")]), text("абзац"));
        assert_eq!(fields(&body), [row("srez.1", "", "первый\nвторой\n")]);
    }

    #[test]
    fn a_program_that_keeps_titles_alone_leaves_the_fields() {
        // LibreOffice 7.4 drops the names of controls and renames styles.
        let head = |words: &str| text(words).replace("<w:p>", "<w:p><w:pPr><w:pStyle w:val=\"Style23\"/></w:pPr>");
        let bare = |words: &str| {
            let content = format!("<w:r><w:t>{words}</w:t></w:r>");
            let control = control("", "<w:alias w:val=\"Типичные ошибки\"/>", &content);
            format!("<w:p>{control}</w:p>")
        };
        let table = format!(
            "<w:tbl>{}{}</w:tbl>",
            cells(&[head("Типичные ошибки"), head("Что показать")]),
            cells(&[bare("Теряют знак"), bare("\u{2003}")])
        );
        let expected = [row("", "Типичные ошибки", "Теряют знак"), row("", "Типичные ошибки", "")];
        assert_eq!(fields(&table), expected);
    }

    #[test]
    fn deleted_and_moved_text_is_no_text_and_other_controls_are_not_ours() {
        let run = "<w:del><w:r><w:delText>убрано</w:delText></w:r></w:del>\
                   <w:ins><w:r><w:t>вставлено</w:t></w:r></w:ins>\
                   <w:moveFrom><w:r><w:t>перенесено</w:t></w:r></w:moveFrom>";
        let inside = format!("<w:p>{}</w:p>", control("srez.1", "", run));
        let foreign = control("toc", "", &text("оглавление"));
        let body = format!("{foreign}{}<w:tbl>{}</w:tbl>", label("Ответ"), cells(&[inside]));
        assert_eq!(fields(&body), [row("srez.1", "Ответ", "вставлено")]);
        assert_eq!(word_fields(&Limits::default(), b"PK no container"), None);
    }
}
