//! What a pipeline chooses from: formats of the documents, and audiences.

/// A format of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Pdf,
    Docx,
    /// Slides that can be edited.
    Pptx,
    Xlsx,
    Html,
    /// Charts as PNG and SVG.
    Png,
}

impl Format {
    /// Every format, sorted.
    pub(super) const ALL: [Self; 6] = [Self::Pdf, Self::Docx, Self::Pptx, Self::Xlsx, Self::Html, Self::Png];

    /// The word of a pipeline file, and how names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Png => "png",
        }
    }
}

/// An audience of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Everything.
    Office,
    Association,
    School,
    Public,
}

impl Audience {
    /// Every audience, sorted.
    pub(super) const ALL: [Self; 4] = [Self::Office, Self::Association, Self::School, Self::Public];

    /// The word of a pipeline file.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Association => "association",
            Self::School => "school",
            Self::Public => "public",
        }
    }
}
