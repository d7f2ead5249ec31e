//! Everything that can be noticed about the data, by name.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! note_codes {
    ($($name:ident = $code:literal,)*) => {
        /// What a note is about. Title, explanation and hint stand with the check that makes it.
        ///
        /// Written everywhere as its stable code: a letter for the room and a number. Sorted as the codes are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum NoteCode {
            $(#[doc = concat!("`", $code, "`.")] $name,)*
        }

        impl NoteCode {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code: `V03`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

note_codes! {
    TasksDisagree = "C01",
    RegionalScale = "C02",
    ScaleRecovered = "C03",
    MarkNotByScale = "C04",
    RepeatedDelivery = "C05",
    LaterDelivery = "C06",
    DifferentDeliveries = "C07",
    LaterAttempt = "C08",
    DifferentAttempts = "C09",
    UnknownSchool = "C10",
    SameFile = "C11",
    CorrectedByAppeal = "C12",
    UnmatchedAppeal = "C13",
    ContradictingAppeal = "C14",
    SchoolCodeMended = "C15",
    SchoolCodeLength = "C16",
    SameFileOtherIdentity = "C17",
    ActionSchoolUnknown = "C18",
    ActionIndicatorUnknown = "C19",
    MunicipalitySpellings = "C20",
    HomeUnknown = "C21",
    HomeAssumed = "C22",
    HomeUnclear = "C23",
    TwoMunicipalities = "C24",
    SchoolNames = "C25",
    ScaleOpen = "C26",
    DecidedNoResults = "C27",
    DecidedForm = "C28",
    DecidedOtherFile = "C29",
    EmptyFile = "I01",
    Encrypted = "I02",
    Damaged = "I03",
    UnknownKind = "I04",
    UnsupportedKind = "I05",
    LyingExtension = "I06",
    TooLarge = "I07",
    TooManyCells = "I08",
    Bomb = "I09",
    DoubtfulEncoding = "I11",
    RowLimitOfXls = "I12",
    MemberRefused = "I13",
    NotARegularFile = "I14",
    ReaderDied = "I15",
    ReaderTimedOut = "I16",
    UnreadableFile = "I17",
    UnclosedQuote = "I18",
    HiddenRows = "I19",
    ShownAsPercent = "I20",
    ControlCharacters = "I21",
    LongCell = "I22",
    Undecodable = "I23",
    Mojibake = "I24",
    OneColumn = "I25",
    TornRows = "I26",
    UnknownForm = "R01",
    MissingColumns = "R02",
    IdentityMissing = "R03",
    IdentityConflict = "R04",
    FormWithoutRows = "R05",
    DuplicateTask = "R06",
    UnreadablePoints = "R07",
    AbsentWithPoints = "R08",
    RowWithoutPoints = "R09",
    RowWithoutSchool = "R10",
    OddClass = "R11",
    OddJournal = "R12",
    OddSex = "R13",
    OddTotal = "R14",
    PointsBeyondTasks = "R15",
    NamelessColumns = "R16",
    ParticipantsDiffer = "R17",
    HiddenSheet = "R18",
    AnswersDiffer = "R19",
    OtherGrade = "R20",
    ExtraColumns = "R21",
    ClassUnknown = "R22",
    ReferenceRow = "R23",
    ReferenceSum = "R24",
    SchoolWithoutKey = "R25",
    TableRefused = "R26",
    ParticipantUnknown = "R27",
    NothingAccepted = "R28",
    PointsWithFraction = "R29",
    AppealRow = "R30",
    StateExamUnclear = "R31",
    RegionalWork = "R32",
    FilledDown = "R33",
    DescriptorRow = "R34",
    ActionWithoutTitle = "R35",
    ActionWithoutDate = "R36",
    ActionWithoutWork = "R37",
    CodeWithFraction = "R38",
    CodeLikeFormula = "R39",
    UnconfirmedForm = "R40",
    ActionsMissing = "R41",
    ActionWithoutResponsible = "R42",
    ActionWithPerson = "R43",
    PointsOfNobody = "R44",
    CodeIsNone = "R45",
    ColumnIsNoTask = "R46",
    TaskColumnMissing = "R47",
    RaggedRow = "R48",
    HeaderReordered = "R49",
    PointsAsPercent = "R50",
    ParticipantNoCode = "R53",
    VariantNoCode = "R54",
    TextbookUnknown = "R55",
    PersonalText = "R56",
    PersonalFileName = "R57",
    FactUnread = "R58",
    PaperUnclear = "R60",
    PartsTotal = "R61",
    TaskOfNoPart = "R62",
    TaskCellUnread = "R63",
    OverMaximum = "V01",
    DeclaredTotal = "V02",
    DeclaredTestScore = "V03",
    RepeatedRow = "V04",
    RepeatedParticipant = "V05",
    FormNotFilledIn = "V08",
    TasksUnlikeSpecification = "V09",
    NoSpecification = "V10",
    DraftSpecification = "V11",
    LaterUpload = "V12",
    ParticipantCodeLength = "V13",
    CheckBrokenOff = "V14",
    AgainstDependence = "V15",
}

/// A text that is the code of no note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownNoteCode(String);

impl fmt::Display for UnknownNoteCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "кода замечания «{}» нет", self.0)
    }
}

impl std::error::Error for UnknownNoteCode {}

impl fmt::Display for NoteCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for NoteCode {
    type Err = UnknownNoteCode;

    fn from_str(code: &str) -> Result<Self, UnknownNoteCode> {
        Self::ALL.iter().copied().find(|known| known.as_str() == code).ok_or_else(|| UnknownNoteCode(code.to_owned()))
    }
}

impl TryFrom<String> for NoteCode {
    type Error = UnknownNoteCode;

    fn try_from(code: String) -> Result<Self, UnknownNoteCode> {
        code.parse()
    }
}

impl From<NoteCode> for &'static str {
    fn from(code: NoteCode) -> Self {
        code.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::NoteCode;

    #[test]
    fn codes_are_ascending_and_read_back() {
        assert!(NoteCode::ALL.is_sorted_by(|one, next| one < next && one.as_str() < next.as_str()));
        assert!(NoteCode::ALL.iter().all(|code| code.as_str().parse() == Ok(*code)));
        assert!("V00".parse::<NoteCode>().is_err());
    }
}
