//! The style of a house: emblem, who signs, and what the place and its region are called.

use super::Resolver;
use crate::pipeline_file::{Signature, Style};
use srez_model::error::Result;
use srez_model::house_style::{HouseStyle, Logo, Signatory};
use srez_model::place_words::PlaceWords;

/// Largest emblem in bytes: every document contains it.
const LARGEST_LOGO: u64 = 4 << 20;

impl Resolver<'_> {
    pub(super) fn style(&self, written: Style) -> Result<HouseStyle> {
        let signatory = |one: Signature| Signatory { post: one.post, name: one.name };
        let logo = match &written.logo {
            Some(path) => {
                let bytes = srez_disk::read(&self.existing(path)?, LARGEST_LOGO)?;
                let hint = "сохраните эмблему как PNG не больше 4 МиБ";
                Some(Logo::of_png(bytes).ok_or_else(|| self.fault(path.span(), "эмблема — не картинка PNG", hint))?)
            }
            None => None,
        };
        Ok(HouseStyle {
            logo,
            place: self.place_words(written.place.as_ref(), PlaceWords::MUNICIPALITY)?,
            region: self.place_words(written.region.as_ref(), PlaceWords::REGION)?,
            signatures: written.signatures.into_iter().map(signatory).collect(),
            approver: written.approver.map(signatory),
            order: written.order,
            department: written.department,
        })
    }

    fn place_words(&self, written: Option<&toml::Spanned<String>>, otherwise: PlaceWords) -> Result<PlaceWords> {
        let Some(word) = written else { return Ok(otherwise) };
        PlaceWords::from_word(word.get_ref()).ok_or_else(|| {
            let known = PlaceWords::known().collect::<Vec<_>>().join(", ");
            self.fault(
                word.span(),
                &format!("слово «{}» программа не умеет склонять", word.get_ref()),
                format!("напишите одно из: {known}"),
            )
        })
    }
}
