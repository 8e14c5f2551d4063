//! What went wrong, as codes: the words are in the locale files.

use serde::{Deserialize, Serialize};

use crate::{account::Step, evaluation::ImportFault, password::Class, sound::SoundFault};

/// Why something asked for did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// There is no such thing, or it is out of the asker's sight: the two look the same.
    NotFound,
    /// Nobody is signed in.
    SignedOut,
    /// The asker may see the thing but not do this to it.
    Forbidden,
    /// The e-mail address or the password is wrong; which of them is not said.
    WrongCredentials,
    /// Too much at once; worth another try after so many seconds.
    Busy { retry_s: u32 },
    /// Too many tries; worth another after so many seconds.
    Throttled { retry_s: u32 },
    /// So many tries have failed that only a new password by mail lets anyone in.
    Locked,
    /// The asker is signed in, and owes something before anything else.
    Owes(Step),
    /// Fields hold what cannot be taken; every one of them is named.
    Invalid(Vec<Wrong>),
    /// A link that was used, or whose time is over.
    LinkDead,
    /// The company would be left without an administrator.
    LastSuper,
    /// Someone else has changed it since the asker saw it.
    Changed,
    /// Who said it is changing it, and is not done.
    BeingChanged,
    /// An evaluation form cannot be used, or a file is none.
    Form(ImportFault),
    /// The setup code is wrong or used.
    WrongSetupCode,
    /// The instance has its first administrator already.
    AlreadyClaimed,
    /// What was sent is not what is asked for: by another program, or by a page older than the server.
    Malformed,
    /// The connection to the server broke before an answer came.
    Unreachable,
    /// Our own fault; the log holds the cause under this id.
    Internal { id: String },
}

impl Problem {
    /// One field holds what cannot be taken.
    #[must_use]
    pub fn invalid(field: Field, why: Invalid) -> Self {
        Self::Invalid(vec![Wrong { field, why }])
    }

    /// Whether it may go better at another time: when the house answers again, or one has signed in again in another tab.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::Busy { .. }
                | Self::Throttled { .. }
                | Self::Internal { .. }
                | Self::SignedOut
                | Self::Owes(_)
        )
    }
}

/// A field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    pub field: Field,
    pub why: Invalid,
}

/// A field of a form or of a call's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    CallId,
    Direction,
    Start,
    Duration,
    Extension,
    OtherNumber,
    OtherName,
    NumberRung,
    Group,
    Consent,
    Sides,
    Email,
    Password,
    Name,
    Company,
    Code,
    Role,
    Facts,
    Audio,
    FirstName,
    LastName,
    Title,
    Numbers,
    District,
    Department,
    CostCenter,
    Office,
    ExternalId,
    Departments,
    OldPassword,
    NewPassword,
    Again,
    Agreement,
    Table,
    Receiver,
    Recording,
    Dashboard,
    OwnDays,
    Hours,
    View,
    Tag,
    CallResult,
    CustomerResponse,
    Comment,
    Moment,
    Outcome,
    Answers,
    Reply,
    EvaluationForm,
    Receivers,
    Subject,
    Message,
    Language,
    Passcode,
}

impl Field {
    /// The name it has where it is written: in JSON, in a form and, with hyphens, as a flag.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CallId => "call_id",
            Self::Direction => "direction",
            Self::Start => "start",
            Self::Duration => "duration_ms",
            Self::Extension => "extension",
            Self::OtherNumber => "other_number",
            Self::OtherName => "other_name",
            Self::NumberRung => "number_rung",
            Self::Group => "group",
            Self::Consent => "consent",
            Self::Sides => "sides",
            Self::Email => "email",
            Self::Password => "password",
            Self::Name => "name",
            Self::Company => "company",
            Self::Code => "code",
            Self::Role => "role",
            Self::Facts => "facts",
            Self::Audio => "audio",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Title => "title",
            Self::Numbers => "numbers",
            Self::District => "district",
            Self::Department => "department",
            Self::CostCenter => "cost_center",
            Self::Office => "office",
            Self::ExternalId => "external_id",
            Self::Departments => "departments",
            Self::OldPassword => "old_password",
            Self::NewPassword => "new_password",
            Self::Again => "again",
            Self::Agreement => "agreement",
            Self::Table => "table",
            Self::Receiver => "receiver",
            Self::Recording => "recording_active",
            Self::Dashboard => "dashboard_active",
            Self::OwnDays => "own_days",
            Self::Hours => "hours",
            Self::View => "view",
            Self::Tag => "tag",
            Self::CallResult => "call_result",
            Self::CustomerResponse => "customer_response",
            Self::Comment => "comment",
            Self::Moment => "at",
            Self::Outcome => "outcome",
            Self::Answers => "answers",
            Self::Reply => "reply",
            Self::EvaluationForm => "evaluation_form",
            Self::Receivers => "receivers",
            Self::Subject => "subject",
            Self::Message => "message",
            Self::Language => "language",
            Self::Passcode => "passcode",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invalid {
    /// Nothing is there, and something must be.
    Missing,
    /// Longer than so many characters.
    TooLong { most: u32 },
    /// Shorter than so many characters.
    TooShort { least: u32 },
    /// Control characters, or others that have no place there.
    Characters,
    /// Not written the way such a thing is written.
    Form,
    /// Neither yes nor no.
    YesNo,
    /// Outside what makes sense, such as a call that begins next year.
    Range,
    /// Someone has it already.
    Taken,
    /// An earlier line of the file speaks of the same.
    Twice,
    /// More of them than so many.
    TooMany { most: u32 },
    /// More of them than so many in an hour.
    TooManyAnHour { most: u32 },
    /// Hours of that weekday, Monday the first, that nobody can read or that end before they begin.
    NoHours { weekday: i8 },
    /// One of several lines cannot be read.
    NoLine { text: String },
    /// Farther into a sound than it is long, in milliseconds.
    Beyond { ms: i64 },
    /// One of several is no address.
    NoAddress { text: String },
    /// It signs someone in, and only an administrator changes that.
    OfAccount,
    /// A role needs an address to send the invitation to (checklist 13).
    NeededForRole,
    /// A password lacks a sign of that class.
    Lacks(Class),
    /// A password that many have, or that says whose it is.
    Guessable,
    /// One of the last so many passwords.
    Used { last: u8 },
    /// It is not the present one.
    Wrong,
    /// The two are not the same.
    Differs,
    /// There is no such thing to choose.
    Unknown,
    /// It must be accepted.
    NotAccepted,
}

/// Why a recording that was handed over was not taken. The one who handed it over still has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The sound cannot be read.
    Sound(SoundFault),
    /// The facts cannot be taken.
    Facts { field: Field, why: Invalid },
    /// The facts are no JSON of the agreed form; says where and what.
    Unreadable { detail: String },
    /// The same call and person came before with another sound.
    Conflict,
    /// The policy says that this must not be recorded, by this rule.
    NotRecorded { rule: String },
    /// The sound is larger than is taken.
    TooLarge { most: u64 },
    /// The head of a part of the form is longer than so many bytes.
    LongHead { most: u64 },
    /// The file name does not fit the template.
    NameMismatch,
    /// The file could not be read, or the storage could not be written; worth another try. Holds the system's words.
    Storage { detail: String },
}
