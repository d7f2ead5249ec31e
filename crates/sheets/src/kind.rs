//! What a file is, by its first bytes and its directory, never by its extension.

use super::container::Container;
use super::limits::Limits;
use super::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Stray control characters that a short text may hold.
const FEW_CONTROLS: usize = 3;

/// Kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// No bytes, or nothing but spaces.
    Empty,
    /// Workbook of Excel 2007 and later.
    Xlsx,
    /// Binary workbook of Excel 2007 and later.
    Xlsb,
    /// Workbook of Excel 97 to 2003.
    Xls,
    /// Workbook of LibreOffice.
    Ods,
    /// Workbook of LibreOffice as one XML text.
    FlatOds,
    /// Text with delimiters.
    Text,
    /// Table in a web page, often saved under `.xls`.
    WebTable,
    /// XML table of Excel 2003, often saved under `.xls`.
    XmlTable,
    Json,
    /// Zip archive of files.
    Archive,
    /// Encrypted workbook.
    Encrypted,
    /// Known, but not read; the words name it.
    Unsupported(Unsupported),
    /// Not known.
    Unknown,
}

/// Kinds that are known and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unsupported {
    /// Workbook older than Excel 97, without a compound file.
    AncientWorkbook,
    /// Other XML.
    Xml,
    /// Web page without a table, whatever its extension.
    WebPage,
    Pdf,
    /// Word, RTF or text of LibreOffice.
    TextDocument,
    Slides,
    /// RAR or 7z.
    OtherArchive,
    /// Picture or scan.
    Picture,
}

impl Unsupported {
    /// The kind in words.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::AncientWorkbook => "книга Excel старше 1997 года",
            Self::Xml => "документ XML",
            Self::WebPage => "веб-страница (HTML) без таблиц",
            Self::Pdf => "документ PDF",
            Self::TextDocument => "текстовый документ",
            Self::Slides => "презентация",
            Self::OtherArchive => "архив RAR или 7z",
            Self::Picture => "изображение",
        }
    }

    /// What to do with it.
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::AncientWorkbook | Self::Xml | Self::WebPage => {
                "откройте файл в Excel и сохраните как «Книга Excel (.xlsx)»"
            }
            Self::Pdf | Self::Picture | Self::TextDocument | Self::Slides => {
                "запросите исходную таблицу: сохраните её как «Книга Excel (.xlsx)»"
            }
            Self::OtherArchive => "распакуйте архив и положите таблицы в папку или упакуйте их в .zip",
        }
    }
}

impl FileKind {
    /// The kind in words, for kinds that are read.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Xlsx => "книга Excel",
            Self::Xlsb => "двоичная книга Excel",
            Self::Xls => "книга Excel 97–2003",
            Self::Ods => "таблица LibreOffice",
            Self::FlatOds => "таблица LibreOffice в одном XML",
            Self::Text => "текст с разделителями",
            Self::WebTable => "таблица веб-страницы",
            Self::XmlTable => "таблица XML Excel\u{a0}2003",
            Self::Json => "список записей JSON",
            Self::Archive => "архив ZIP",
            Self::Unsupported(kind) => kind.title(),
            Self::Empty | Self::Encrypted | Self::Unknown => "файл другого вида",
        }
    }

    /// Extensions under which the kind is expected; the first is the usual one.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
            Self::Xlsb => &["xlsb"],
            Self::Xls => &["xls", "xlt"],
            Self::Ods => &["ods", "ots"],
            Self::FlatOds => &["fods"],
            Self::Text => &["csv", "txt", "tsv", "tab"],
            Self::WebTable => &["html", "htm"],
            Self::XmlTable => &["xml"],
            Self::Json => &["json"],
            Self::Archive => &["zip"],
            Self::Empty | Self::Encrypted | Self::Unsupported(_) | Self::Unknown => &[],
        }
    }

    /// The usual extension where the name of the file has another one.
    pub(super) fn contradicts(self, name: &str) -> Option<&'static str> {
        let expected = self.extensions();
        let extension = extension(name);
        if expected.contains(&extension.as_str()) { None } else { expected.first().copied() }
    }
}

/// Extension of a name in lower case; empty where there is none.
pub(super) fn extension(name: &str) -> String {
    let file_name = name.rsplit('/').next().unwrap_or(name);
    file_name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
}

/// Tells the kind of a file.
pub(super) fn kind_of(limits: &Limits, bytes: &[u8]) -> Result<FileKind, Refusal> {
    if bytes.iter().all(|byte| matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n')) {
        return Ok(FileKind::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return kind_of_container(&mut Container::open(limits, bytes)?);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(kind_of_compound_file(bytes));
    }
    Ok(kind_by_signature(bytes).unwrap_or_else(|| kind_of_text(bytes)))
}

fn kind_of_container(container: &mut Container<'_>) -> Result<FileKind, Refusal> {
    if container.has("[Content_Types].xml") || container.has("xl/workbook.xml") {
        let below = [
            ("word/", FileKind::Unsupported(Unsupported::TextDocument)),
            ("ppt/", FileKind::Unsupported(Unsupported::Slides)),
            ("xl/workbook.bin", FileKind::Xlsb),
        ];
        let other = below.into_iter().find(|(prefix, _)| container.has_below(prefix));
        return Ok(other.map_or(FileKind::Xlsx, |(_, kind)| kind));
    }
    if container.has("content.xml") {
        let media_type = container.part("mimetype")?.unwrap_or_default();
        let sheet = media_type.windows(11).any(|window| window == b"spreadsheet");
        return Ok(if sheet { FileKind::Ods } else { FileKind::Unsupported(Unsupported::TextDocument) });
    }
    Ok(FileKind::Archive)
}

/// Looks for the names of streams, which stand in UTF-16 in the directory of a compound file.
fn kind_of_compound_file(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        let wanted: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.chunks_exact(128).any(|entry| entry.starts_with(&wanted))
    };
    if has("EncryptedPackage") {
        FileKind::Encrypted
    } else if has("WordDocument") {
        FileKind::Unsupported(Unsupported::TextDocument)
    } else if has("PowerPoint Document") {
        FileKind::Unsupported(Unsupported::Slides)
    } else {
        FileKind::Xls
    }
}

fn kind_by_signature(bytes: &[u8]) -> Option<FileKind> {
    let signatures: [(&[u8], Unsupported); 12] = [
        (b"%PDF", Unsupported::Pdf),
        (b"{\\rtf", Unsupported::TextDocument),
        (b"Rar!", Unsupported::OtherArchive),
        (b"7z\xBC\xAF\x27\x1C", Unsupported::OtherArchive),
        (b"\x1F\x8B", Unsupported::OtherArchive),
        (b"\x89PNG", Unsupported::Picture),
        (b"\xFF\xD8\xFF", Unsupported::Picture),
        (b"GIF8", Unsupported::Picture),
        (b"\x09\x08", Unsupported::AncientWorkbook),
        (b"\x09\x04\x06\x00", Unsupported::AncientWorkbook),
        (b"\x09\x02\x06\x00", Unsupported::AncientWorkbook),
        (b"\x09\x00\x04\x00", Unsupported::AncientWorkbook),
    ];
    let known = signatures.iter().find(|(signature, _)| bytes.starts_with(signature));
    known.map(|(_, kind)| FileKind::Unsupported(*kind))
}

fn kind_of_text(bytes: &[u8]) -> FileKind {
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let head: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).take(4096).collect();
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head)).to_lowercase();
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{fffd}');
    if text.starts_with("<office:document") || (text.starts_with("<?xml") && text.contains("<office:document")) {
        return kind_of_flat_document(bytes);
    }
    if text.starts_with("<?xml") || text.starts_with("<workbook") {
        let table = text.contains("schemas-microsoft-com:office:spreadsheet");
        if table {
            return FileKind::XmlTable;
        }
        if !text.contains("<html") {
            return FileKind::Unsupported(Unsupported::Xml);
        }
    }
    if ["<?xml", "<html", "<!doctype", "<table", "<head", "<meta", "<style", "<div", "<!--"]
        .iter()
        .any(|tag| text.starts_with(tag))
    {
        let table = bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase);
        return if holds(table, b"<table") { FileKind::WebTable } else { FileKind::Unsupported(Unsupported::WebPage) };
    }
    if !wide && super::json_table::begins(text) {
        return FileKind::Json;
    }
    let sample = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    let controls = sample.iter().filter(|byte| matches!(byte, 1..=8 | 14..=25 | 27..=31)).count();
    let few = controls * 200 <= sample.len() || (controls <= FEW_CONTROLS && controls * 20 <= sample.len());
    if wide || super::encoding::wide_order(sample).is_some() || (zeros == 0 && few) {
        FileKind::Text
    } else {
        FileKind::Unknown
    }
}

/// A document of LibreOffice as one XML text, by the element that holds its content.
fn kind_of_flat_document(bytes: &[u8]) -> FileKind {
    let has = |element: &[u8]| holds(bytes.iter().filter(|byte| **byte != 0).copied(), element);
    if has(b"<office:spreadsheet") {
        FileKind::FlatOds
    } else if has(b"<office:presentation") {
        FileKind::Unsupported(Unsupported::Slides)
    } else if has(b"<office:text") {
        FileKind::Unsupported(Unsupported::TextDocument)
    } else {
        FileKind::Unsupported(Unsupported::Xml)
    }
}

/// True where some bytes stand in a row; `wanted` begins with a byte that it does not repeat.
fn holds(bytes: impl Iterator<Item = u8>, wanted: &[u8]) -> bool {
    let mut met = 0;
    for byte in bytes {
        met = if wanted.get(met) == Some(&byte) { met + 1 } else { usize::from(wanted.first() == Some(&byte)) };
        if met == wanted.len() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{FileKind, Unsupported, kind_of};
    use crate::limits::Limits;

    #[test]
    fn bytes_decide_and_the_extension_only_warns() {
        let kind = |bytes: &[u8]| kind_of(&Limits::default(), bytes).unwrap();
        assert_eq!(kind(b" \r\n"), FileKind::Empty);
        assert_eq!(kind("Класс;Балл\n5А;3\n".as_bytes()), FileKind::Text);
        assert_eq!(kind(b"\xEF\xBB\xBF<html><<TABLE>"), FileKind::WebTable);
        assert_eq!(kind(b"<html><p>"), FileKind::Unsupported(Unsupported::WebPage));
        assert_eq!(kind(b"<?xml version='1.0'?><html><table>"), FileKind::WebTable);
        assert_eq!(kind(b"<?xml version='1.0'?><data/>"), FileKind::Unsupported(Unsupported::Xml));
        let flat =
            |content: &str| kind(format!("<?xml version='1.0'?>\n<office:document><office:body>{content}").as_bytes());
        assert_eq!(flat("<office:spreadsheet>"), FileKind::FlatOds);
        assert_eq!(flat("<office:text><table:table>"), FileKind::Unsupported(Unsupported::TextDocument));
        assert_eq!(flat("<office:presentation>"), FileKind::Unsupported(Unsupported::Slides));
        assert_eq!(flat("<office:drawing>"), FileKind::Unsupported(Unsupported::Xml));
        assert_eq!(kind(b"%PDF-1.7"), FileKind::Unsupported(Unsupported::Pdf));
        assert_eq!(kind(b"\x00\x01\x02\x03binary\x00"), FileKind::Unknown);
        assert_eq!(kind(b"\xFF\xFE5\x04;\x00"), FileKind::Text);
        assert_eq!(FileKind::Text.contradicts("папка/выгрузка.xls"), Some("csv"));
        assert_eq!(FileKind::Xlsx.contradicts("Книга.XLSX"), None);
    }

    #[test]
    fn an_encrypted_package_is_seen_in_the_compound_directory() {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend("EncryptedPackage".encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
        bytes.resize(2048, 0);
        assert_eq!(kind_of(&Limits::default(), &bytes).unwrap(), FileKind::Encrypted);
    }
}
