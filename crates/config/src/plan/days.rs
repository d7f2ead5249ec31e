//! Days of the school year on which measures hang.

use super::Resolver;
use crate::pipeline_file::Days;
use srez_model::calendar::Calendar;
use srez_model::error::Result;

impl Resolver<'_> {
    pub(super) fn calendar(&self, days: &Days) -> Result<Calendar> {
        let day = |written: &Option<toml::Spanned<String>>| written.as_ref().map(|day| self.date(day)).transpose();
        Ok(Calendar {
            meeting: day(&days.meeting)?,
            council: day(&days.council)?,
            interviews: day(&days.interviews)?,
            autumn: day(&days.autumn)?,
            trial: day(&days.trial)?,
        })
    }
}
