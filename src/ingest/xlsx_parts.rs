//! The small parts of an xlsx workbook: sheets, shared strings, and which styles show dates.

use super::container::Container;
use super::refusal::Refusal;
use super::xml::{Piece, Pieces, Unusual, attribute, unescape};
use rustc_hash::FxHashMap;

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
    /// For each cell style, whether it shows a date or time.
    pub(super) shows_date: Vec<bool>,
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
        let strings = container.part("xl/sharedStrings.xml")?.map(|bytes| shared_strings(&bytes)).transpose()?;
        let shows_date = container.part("xl/styles.xml")?.map(|bytes| date_styles(&bytes)).transpose()?;
        Ok(Self { sheets, strings: strings.unwrap_or_default(), shows_date: shows_date.unwrap_or_default() })
    }
}

/// Parts of worksheets by relationship id; an empty target for sheets of another type.
fn sheet_targets(bytes: &[u8]) -> Result<FxHashMap<Vec<u8>, String>, Unusual> {
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

fn date_styles(bytes: &[u8]) -> Result<Vec<bool>, Unusual> {
    let mut own_formats: FxHashMap<&[u8], bool> = FxHashMap::default();
    let mut shows_date = Vec::new();
    let mut inside = false;
    let mut pieces = Pieces::new(bytes);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open { name: b"numFmt", attributes, .. } => {
                let id = attribute(attributes, b"numFmtId").ok_or(Unusual)?;
                let code = unescape(attribute(attributes, b"formatCode").ok_or(Unusual)?)?;
                own_formats.insert(id, code_shows_date(&code));
            }
            Piece::Open { name: b"cellXfs", closed, .. } => inside = !closed,
            Piece::Close(b"cellXfs") => break,
            Piece::Open { name: b"xf", attributes, .. } if inside => {
                let id = attribute(attributes, b"numFmtId").unwrap_or(b"0");
                shows_date.push(own_formats.get(id).copied().unwrap_or_else(|| built_in_shows_date(id)));
            }
            _ => {}
        }
    }
    Ok(shows_date)
}

/// Formats that every Excel has, ECMA-376 part 1, 18.8.30.
fn built_in_shows_date(id: &[u8]) -> bool {
    let id: Option<u16> = std::str::from_utf8(id).ok().and_then(|id| id.parse().ok());
    matches!(id, Some(14..=22 | 27..=36 | 45..=47 | 50..=58))
}

/// True where the first section of a format code has a letter of a date or time outside quotes and brackets.
fn code_shows_date(code: &str) -> bool {
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
                    return true;
                }
            }
            ';' => return false,
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{code_shows_date, date_styles, shared_strings};

    #[test]
    fn dates_are_told_from_colours_quotes_and_literals() {
        let dates = ["dd.mm.yyyy", "[h]:mm:ss", "[$-419]d mmm;@", "h:mm AM/PM", "\"от\" dd.mm"];
        let numbers = ["0.00", "[Red]0", "0\" дней\"", "0\\d", "#,##0_m;-0", "@", "General", "0;dd", "[$руб.-419]0"];
        assert!(dates.iter().all(|code| code_shows_date(code)));
        assert!(numbers.iter().all(|code| !code_shows_date(code)));
    }

    #[test]
    fn styles_count_only_cell_formats() {
        let xml = b"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm\"/></numFmts><cellStyleXfs>\
            <xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"><a/></xf>\
            <xf numFmtId=\"14\"/></cellXfs></styleSheet>";
        assert_eq!(date_styles(xml).unwrap(), [false, true, true]);
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
