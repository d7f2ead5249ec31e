//! Days of the school year on which measures hang, as the pipeline names them.

/// Days as `YYYY-MM-DD`; none where the pipeline does not name one, and documents say the term in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The first meeting of the methodological associations.
    pub meeting: Option<String>,
    /// Councils of the schools that read the results.
    pub council: Option<String>,
    /// The last day of the interviews with schools.
    pub interviews: Option<String>,
    /// The short work of autumn by which measures are checked.
    pub autumn: Option<String>,
    /// The trial exam.
    pub trial: Option<String>,
}
