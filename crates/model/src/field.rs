//! Fields of layout profiles: what a column means.

use serde::{Deserialize, Serialize};

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Login or code of the school.
    School,
    /// Name of the school; its suffix may hold the login.
    SchoolName,
    Municipality,
    /// Participant code.
    Participant,
    /// Running number of the row.
    Ordinal,
    Class,
    /// Variant, of the first part in two-part works.
    Variant,
    /// Variant of the second part.
    SecondVariant,
    Sex,
    /// Mark of the last term.
    Journal,
    /// Declared total.
    Total,
    /// Declared mark of the work.
    Mark,
    /// Declared mark of one part of a work that ends in several marks.
    PartMark,
    /// Declared test score.
    TestScore,
    Textbook,
    /// Time of upload.
    Uploaded,
    /// User groups of 2020.
    Groups,
    /// Answers to tasks with a short answer.
    ShortAnswers,
    /// Answers to tasks with an extended answer.
    ExtendedAnswers,
    /// Answers of the oral part.
    OralAnswers,
    /// Surname: only for the pseudonym.
    Surname,
    /// Name: only for the pseudonym.
    GivenName,
    /// Patronymic: only for the pseudonym.
    Patronymic,
    /// Document or its series: only for the pseudonym.
    Document,
    /// Number of the document: only for the pseudonym.
    DocumentNumber,
    /// Known, and of no use.
    Ignored,
    /// Name of a group of participants.
    Group,
    /// Number of participants of a group.
    Participants,
    /// Share of the mark 2.
    #[serde(rename = "mark-2")]
    Mark2,
    /// Share of the mark 3.
    #[serde(rename = "mark-3")]
    Mark3,
    /// Share of the mark 4.
    #[serde(rename = "mark-4")]
    Mark4,
    /// Share of the mark 5.
    #[serde(rename = "mark-5")]
    Mark5,
    /// Login in a register.
    Login,
    /// Code in a register.
    Code,
    /// Short name in a register.
    ShortName,
    /// Type of a school in a register.
    SchoolType,
    /// Town or village in a register.
    Locality,
    /// 1 for a town in a register.
    IsUrban,
    /// What was done, in a register of measures.
    Action,
    /// When it was done.
    ActionDate,
    /// Which exam it aimed at.
    ActionWork,
    /// What was to change.
    ActionIndicator,
    /// Who answers for it.
    ActionResponsible,
    /// Which result was expected.
    ActionExpected,
    /// Year of the row.
    Year,
    /// Grade of the row.
    Grade,
    /// Subject of the row.
    Subject,
    /// A fact by which the form is known.
    Fact,
    /// Whether the participant was there: ДА, НЕТ.
    Presence,
    /// The exam with its date: `Математика(2026.06.02)`; in exports its code.
    Exam,
    /// Date of the exam.
    Date,
    /// State of an appeal.
    AppealState,
    /// Result before the appeal.
    Before,
    /// Number of a task in the paper.
    Task,
    /// Skill that a task checks.
    Skill,
    /// What a task is about.
    Content,
    /// Level of difficulty.
    Level,
    /// Code of the content (КЭС).
    ContentCode,
    /// Code of the requirement (КТ).
    RequirementCode,
    /// Greatest points of a task.
    Maximum,
    /// Words behind a code.
    CodeText,
    /// Completion in the region.
    RegionPercent,
    /// Participants of the region.
    RegionParticipants,
    /// Completion in the country.
    CountryPercent,
    /// Participants of the country.
    CountryParticipants,
}

impl Field {
    /// The word of a column in a register of measures.
    fn title_of_action(self) -> &'static str {
        match self {
            Self::ActionDate => "дата",
            Self::ActionWork => "работа",
            Self::ActionIndicator => "показатель",
            Self::ActionResponsible => "ответственный",
            Self::ActionExpected => "ожидаемый результат",
            _ => "мера",
        }
    }

    /// The word of a column of the tasks of a region.
    fn title_of_reference(self) -> &'static str {
        match self {
            Self::RegionPercent => "выполнение в регионе",
            Self::RegionParticipants => "участники региона",
            Self::CountryPercent => "выполнение в России",
            _ => "участники в России",
        }
    }

    /// The word for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::School => "школа",
            Self::SchoolName => "название школы",
            Self::Municipality => "муниципалитет",
            Self::Participant => "код участника",
            Self::Ordinal => "номер строки",
            Self::Class => "класс",
            Self::Variant => "вариант",
            Self::SecondVariant => "вариант второй части",
            Self::Sex => "пол",
            Self::Journal => "отметка по журналу",
            Self::Total => "первичный балл",
            Self::Mark => "отметка",
            Self::PartMark => "отметка за часть работы",
            Self::TestScore => "тестовый балл",
            Self::Textbook => "учебник",
            Self::Uploaded => "дата загрузки",
            Self::Groups => "группы пользователя",
            Self::ShortAnswers => "задания с кратким ответом",
            Self::ExtendedAnswers => "задания с развёрнутым ответом",
            Self::OralAnswers => "устная часть",
            Self::Surname => "фамилия",
            Self::GivenName => "имя",
            Self::Patronymic => "отчество",
            Self::Document => "документ",
            Self::DocumentNumber => "номер документа",
            Self::Ignored => "не используется",
            Self::Group => "группы участников",
            Self::Participants => "кол-во участников",
            Self::Mark2 => "доля «2»",
            Self::Mark3 => "доля «3»",
            Self::Mark4 => "доля «4»",
            Self::Mark5 => "доля «5»",
            Self::Login => "логин",
            Self::Code => "код",
            Self::ShortName => "короткое название",
            Self::SchoolType => "тип школы",
            Self::Locality => "местность",
            Self::IsUrban => "признак города",
            Self::Action | Self::ActionDate | Self::ActionWork => self.title_of_action(),
            Self::ActionIndicator | Self::ActionResponsible | Self::ActionExpected => self.title_of_action(),
            Self::Year => "год",
            Self::Grade => "параллель",
            Self::Subject => "предмет",
            Self::Fact => "показатель",
            Self::Presence => "присутствие",
            Self::Exam => "экзамен",
            Self::Date => "дата экзамена",
            Self::AppealState => "состояние апелляции",
            Self::Before => "балл до изменения",
            Self::Task => "номер задания",
            Self::Skill => "умение",
            Self::Content => "содержание",
            Self::Level => "уровень сложности",
            Self::ContentCode => "код КЭС",
            Self::RequirementCode => "код КТ",
            Self::Maximum => "максимальный балл",
            Self::CodeText => "расшифровка кода",
            _ => self.title_of_reference(),
        }
    }
}

impl Field {
    /// True for columns that hold names or documents of people.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::Surname | Self::GivenName | Self::Patronymic | Self::Document | Self::DocumentNumber)
    }
}
