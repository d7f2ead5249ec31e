//! The small parts of an xlsx workbook: sheets, shared strings, and which styles show dates.

use super::codes::BOMB;
use super::container::Container;
use super::dates::DAYS_TO_1904;
use super::oddities::as_percent;
use super::refusal::Refusal;
use super::xml::{Piece, Pieces, Unusual, attribute, unescape};
use rustc_hash::FxHashMap;
use srez_model::raw_sheet::RawCell;

/// Why the narrow reader stops.
#[derive(Debug)]
pub(super) enum Stop {
    /// The general reader must take the file.
    Unusual,
    /// The file is refused.
    Refused(Refusal),
}

impl From<Unusual> for Stop {
    fn from(_: Unusual) -> Self {
        Self::Unusual
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A sheet of the workbook.
#[derive(Debug)]
pub(super) struct SheetPart {
    /// Name as the user sees it.
    pub(super) name: String,
    /// True where the workbook hides it.
    pub(super) hidden: bool,
    /// Place of its part in the container; none for a sheet that holds only a chart.
    pub(super) place: Option<usize>,
}

/// Strings that all sheets share, one after another in one text.
#[derive(Debug, Default)]
pub(super) struct SharedStrings {
    text: String,
    ends: Vec<usize>,
}

impl SharedStrings {
    /// Adds a string, which takes the next number.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Number of strings.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A string by its number.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.text.get(start..*self.ends.get(index)?)
    }
}

/// What the sheets need to be read.
#[derive(Debug, Default)]
pub(super) struct WorkbookParts {
    /// Sheets in the order of the workbook.
    pub(super) sheets: Vec<SheetPart>,
    /// Shared strings.
    pub(super) strings: SharedStrings,
    /// For each cell style, what it makes of a number.
    pub(super) looks: Vec<Look>,
    /// True where dates count from 1904.
    pub(super) from_1904: bool,
}

/// What a cell style makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    /// A number.
    #[default]
    Number,
    /// A date or time.
    Date,
    Percent,
}

impl Look {
    /// The cell that a number is under this style.
    #[inline]
    pub(super) fn cell(self, number: f64, from_1904: bool) -> RawCell {
        match self {
            Self::Number => RawCell::Number(number),
            Self::Date => RawCell::Date(if from_1904 { number + DAYS_TO_1904 } else { number }),
            Self::Percent => RawCell::Percent(as_percent(number)),
        }
    }
}

impl WorkbookParts {
    /// Reads the small parts.
    pub(super) fn read(container: &mut Container<'_>) -> Result<Self, Stop> {
        let targets = match container.part("xl/_rels/workbook.xml.rels")? {
            Some(bytes) => sheet_targets(&bytes)?,
            None => return Err(Stop::Unusual),
        };
        let workbook = container.part("xl/workbook.xml")?.ok_or(Stop::Unusual)?;
        let sheets = sheets(container, &workbook, &targets)?;
        let from_1904 = counts_from_1904(&workbook)?;
        let strings = container
            .part("xl/sharedStrings.xml")?
            .map(|bytes| check_declared(&bytes).and_then(|()| Ok(shared_strings(&bytes)?)))
            .transpose()?;
        let looks = container.part("xl/styles.xml")?.map(|bytes| looks(&bytes)).transpose()?.unwrap_or_default();
        Ok(Self { sheets, strings: strings.unwrap_or_default(), looks, from_1904 })
    }
}

/// Parts of worksheets by relationship id; an empty target for sheets of another type.
pub(super) fn sheet_targets(bytes: &[u8]) -> Result<FxHashMap<Vec<u8>, String>, Unusual> {
    let mut targets = FxHashMap::default();
    let mut pieces = Pieces::new(bytes);
    while let Some(piece) = pieces.next()? {
        let Piece::Open { name: b"Relationship", attributes, .. } = piece else { continue };
        let id = attribute(attributes, b"Id").ok_or(Unusual)?;
        let kind = attribute(attributes, b"Type").ok_or(Unusual)?;
        let target = unescape(attribute(attributes, b"Target").ok_or(Unusual)?)?;
        let worksheet = kind.ends_with(b"/worksheet");
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        targets.insert(id.to_vec(), if worksheet { path } else { String::new() });
    }
    Ok(targets)
}

fn sheets(
    container: &Container<'_>,
    bytes: &[u8],
    targets: &FxHashMap<Vec<u8>, String>,
) -> Result<Vec<SheetPart>, Unusual> {
    let mut sheets = Vec::new();
    let mut pieces = Pieces::new(bytes);
    while let Some(piece) = pieces.next()? {
        let Piece::Open { name: b"sheet", attributes, .. } = piece else { continue };
        let target = attribute(attributes, b"r:id").and_then(|id| targets.get(id)).ok_or(Unusual)?;
        let place = if target.is_empty() { None } else { Some(container.place(target).ok_or(Unusual)?) };
        sheets.push(SheetPart {
            name: unescape(attribute(attributes, b"name").ok_or(Unusual)?)?.into_owned(),
            hidden: attribute(attributes, b"state").is_some_and(|state| state != b"visible"),
            place,
        });
    }
    if sheets.is_empty() { Err(Unusual) } else { Ok(sheets) }
}

fn counts_from_1904(bytes: &[u8]) -> Result<bool, Unusual> {
    let mut pieces = Pieces::new(bytes);
    while let Some(piece) = pieces.next()? {
        if let Piece::Open { name: b"workbookPr", attributes, .. } = piece {
            return Ok(is_true(attribute(attributes, b"date1904")));
        }
    }
    Ok(false)
}

/// A truth value as an attribute; absent is false.
pub(super) fn is_true(value: Option<&[u8]>) -> bool {
    matches!(value, Some(b"1" | b"true" | b"on"))
}

/// Refuses a table of strings that claims more entries than its bytes can hold: no program writes so, and calamine
/// would reserve them.
pub(super) fn check_declared(bytes: &[u8]) -> Result<(), Stop> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    let declared = head.split_once("uniqueCount").and_then(|(_, rest)| {
        let digits = rest.trim_start_matches(|letter: char| !letter.is_ascii_digit() && letter != '>');
        let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
        digits.get(..end).filter(|digits| !digits.is_empty()).map(|digits| digits.parse().unwrap_or(u64::MAX))
    });
    match declared {
        Some(declared) if (bytes.len() as u64) < declared => {
            Err(Refusal::new(&BOMB, "заявлено больше строк текста, чем может быть в файле").into())
        }
        _ => Ok(()),
    }
}

fn shared_strings(bytes: &[u8]) -> Result<SharedStrings, Unusual> {
    let mut shared = SharedStrings::default();
    let mut pieces = Pieces::new(bytes);
    while let Some(piece) = pieces.next()? {
        if let Piece::Open { name: b"si", closed, .. } = piece {
            if !closed {
                rich_text(&mut pieces, b"si", &mut shared.text)?;
            }
            shared.ends.push(shared.text.len());
        }
    }
    Ok(shared)
}

/// Appends the text of a string item up to its end; pronunciation is left out.
pub(super) fn rich_text(pieces: &mut Pieces<'_>, end: &[u8], text: &mut String) -> Result<(), Unusual> {
    let mut pronunciation = false;
    loop {
        match pieces.next()?.ok_or(Unusual)? {
            Piece::Open { name: b"t", attributes, closed: false } => {
                let raw = pieces.text_until(b"t")?;
                let preserve = attribute(attributes, b"xml:space") == Some(b"preserve");
                let raw = if preserve { raw } else { raw.trim_ascii() };
                if !pronunciation {
                    text.push_str(&unescape(raw)?);
                }
            }
            Piece::Open { name: b"rPh", closed, .. } => pronunciation = !closed,
            Piece::Close(b"rPh") => pronunciation = false,
            Piece::Close(name) if name == end => return Ok(()),
            Piece::Text(stray) if !stray.trim_ascii().is_empty() => return Err(Unusual),
            _ => {}
        }
    }
}

fn looks(bytes: &[u8]) -> Result<Vec<Look>, Unusual> {
    let mut own_formats: FxHashMap<&[u8], Look> = FxHashMap::default();
    let mut looks = Vec::new();
    let mut inside = false;
    let mut pieces = Pieces::new(bytes);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open { name: b"numFmt", attributes, .. } => {
                let id = attribute(attributes, b"numFmtId").ok_or(Unusual)?;
                let code = unescape(attribute(attributes, b"formatCode").ok_or(Unusual)?)?;
                own_formats.insert(id, look_of_code(&code));
            }
            Piece::Open { name: b"cellXfs", closed, .. } => inside = !closed,
            Piece::Close(b"cellXfs") => break,
            Piece::Open { name: b"xf", attributes, .. } if inside => {
                let id = attribute(attributes, b"numFmtId").unwrap_or(b"0");
                looks.push(own_formats.get(id).copied().unwrap_or_else(|| built_in_look(whole(id))));
            }
            _ => {}
        }
    }
    Ok(looks)
}

fn whole(digits: &[u8]) -> Option<u16> {
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok())
}

/// Formats that every Excel has, ECMA-376 part 1, 18.8.30.
pub(super) fn built_in_look(id: Option<u16>) -> Look {
    match id {
        Some(9 | 10) => Look::Percent,
        Some(14..=22 | 27..=36 | 45..=47 | 50..=58) => Look::Date,
        _ => Look::Number,
    }
}

/// What the first section of a format code has outside quotes and brackets: a letter of a date or time, or a percent.
pub(super) fn look_of_code(code: &str) -> Look {
    let mut letters = code.chars();
    let mut bracket = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '_' | '*' => {
                letters.next();
            }
            '"' => {
                letters.by_ref().find(|letter| *letter == '"');
            }
            '[' => {
                bracket.clear();
                bracket.extend(letters.by_ref().take_while(|letter| *letter != ']').map(|l| l.to_ascii_lowercase()));
                let elapsed = bracket.chars().next().is_some_and(|first| {
                    matches!(first, 'h' | 'm' | 's') && bracket.chars().all(|letter| letter == first)
                });
                if elapsed {
                    return Look::Date;
                }
            }
            ';' => return Look::Number,
            '%' => return Look::Percent,
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return Look::Date,
            _ => {}
        }
    }
    Look::Number
}

#[cfg(test)]
mod tests {
    use super::{Look, look_of_code, looks, shared_strings};

    #[test]
    fn dates_are_told_from_colours_quotes_and_literals() {
        let dates = ["dd.mm.yyyy", "[h]:mm:ss", "[$-419]d mmm;@", "h:mm AM/PM", "\"от\" dd.mm"];
        let numbers = ["0.00", "[Red]0", "0\" дней\"", "0\\d", "#,##0_m;-0", "@", "General", "0;dd", "[$руб.-419]0"];
        let percents = ["0%", "0.00%", "#,##0.0\\ %", "[Red]0%"];
        assert!(dates.iter().all(|code| look_of_code(code) == Look::Date));
        assert!(numbers.iter().all(|code| look_of_code(code) == Look::Number));
        assert!(percents.iter().all(|code| look_of_code(code) == Look::Percent));
    }

    #[test]
    fn styles_count_only_cell_formats() {
        let xml = b"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm\"/></numFmts><cellStyleXfs>\
            <xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"><a/></xf>\
            <xf numFmtId=\"14\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>";
        assert_eq!(looks(xml).unwrap(), [Look::Number, Look::Date, Look::Date, Look::Percent]);
    }

    #[test]
    fn rich_strings_are_joined_and_keep_the_spaces_they_ask_for() {
        let xml = "<sst uniqueCount=\"10000000000\"><si><t> а </t></si><si/><si><r><t xml:space=\"preserve\">б </t></r>\
            <r><t>в</t></r><rPh><t>г</t></rPh></si></sst>";
        let shared = shared_strings(xml.as_bytes()).unwrap();
        assert_eq!(
            [shared.get(0), shared.get(1), shared.get(2), shared.get(3)],
            [Some("а"), Some(""), Some("б в"), None]
        );
    }
}
