//! What the compiler sees: the templates, the data of one document, its figures, the embedded fonts. No disk, no clock.

use super::fonts::FONTS;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The template that sets a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Template {
    /// Pages to read.
    Report,
    /// Slides.
    Deck,
}

impl Template {
    fn name(self) -> &'static str {
        match self {
            Self::Report => "/report.typ",
            Self::Deck => "/deck.typ",
        }
    }
}

/// Name of the data of the document.
const DATA: &str = "/data.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The templates, parsed once.
static TEMPLATES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    [
        (Template::Report.name(), include_str!("../../../assets/typst/report.typ")),
        ("/tokens.typ", include_str!("../../../assets/typst/tokens.typ")),
        ("/marks.typ", include_str!("../../../assets/typst/marks.typ")),
        ("/table.typ", include_str!("../../../assets/typst/table.typ")),
        ("/blocks.typ", include_str!("../../../assets/typst/blocks.typ")),
        (Template::Deck.name(), include_str!("../../../assets/typst/deck.typ")),
        ("/cover.typ", include_str!("../../../assets/typst/cover.typ")),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some(Source::new(file_id(name)?, text.to_owned())))
    .collect()
});

/// Identity of a file of that name; the names are few and the same for every document, so the compiler's table of
/// names does not grow.
fn file_id(name: &str) -> Option<FileId> {
    VirtualPath::new(name).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document in memory.
pub(super) struct MemoryWorld {
    main: FileId,
    files: BTreeMap<String, Bytes>,
}

impl MemoryWorld {
    /// A document from its data (JSON) and its pictures (name and file).
    pub(super) fn new(template: Template, data: Vec<u8>, figures: Vec<(String, Vec<u8>)>) -> Option<Self> {
        let mut files: BTreeMap<String, Bytes> =
            figures.into_iter().map(|(name, file)| (format!("/{name}"), Bytes::new(file))).collect();
        files.insert(DATA.to_owned(), Bytes::new(data));
        Some(Self { main: file_id(template.name())?, files })
    }
}

impl World for MemoryWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        TEMPLATES.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(id.vpath().get_with_slash()).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
