//! What makes a document that of one house: emblem, who signs, who approves, by which order.

use super::place_words::PlaceWords;

/// The style of a house; the default has nothing, and what is not known is left to be filled in by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseStyle {
    /// Emblem.
    pub logo: Option<Logo>,
    /// Who signs, in the order of the lines.
    pub signatures: Vec<Signatory>,
    /// Who approves: «УТВЕРЖДАЮ».
    pub approver: Option<Signatory>,
    /// By which order the analysis is made: «приказ от 15.01.2026 № 27»; empty where none is given.
    pub order: String,
    /// Who issues orders: the department of education; empty where it is not named.
    pub department: String,
    /// What the place of which documents speak is called inside sentences: «город».
    pub place: PlaceWords,
    /// What the region around it is called: «край».
    pub region: PlaceWords,
}

impl Default for HouseStyle {
    fn default() -> Self {
        Self {
            logo: None,
            signatures: Vec::new(),
            approver: None,
            order: String::new(),
            department: String::new(),
            place: PlaceWords::MUNICIPALITY,
            region: PlaceWords::REGION,
        }
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The file, PNG.
    pub png: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A person who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatory {
    /// Post: «Директор».
    pub post: String,
    /// Name as printed: «Н. В. Северова».
    pub name: String,
}

impl Signatory {
    /// The line to be signed: «Директор ____________________ Н. В. Северова».
    pub fn line(&self) -> String {
        format!("{} ____________________ {}", self.post, self.name)
    }
}

impl Logo {
    /// A picture from the bytes of its file; none where they are no PNG.
    pub fn of_png(png: Vec<u8>) -> Option<Self> {
        let head = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(4..16)?;
        let number = |from: usize| head.get(from..from + 4)?.try_into().ok().map(u32::from_be_bytes);
        let (width, height) = (number(4)?, number(8)?);
        (head.starts_with(b"IHDR") && width > 0 && height > 0).then_some(Self { png, width, height })
    }

    /// Width over height.
    pub fn ratio(&self) -> f64 {
        f64::from(self.width) / f64::from(self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::Logo;

    #[test]
    fn only_a_png_is_a_logo() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x20rest".to_vec();
        let logo = Logo::of_png(png.clone()).unwrap();
        assert_eq!((logo.width, logo.height), (64, 32));
        png[1] = b'J';
        assert_eq!(Logo::of_png(png), None);
        assert_eq!(Logo::of_png(b"\x89PNG\r\n\x1a\n\0\0".to_vec()), None);
    }
}
