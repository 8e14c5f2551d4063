//! What went wrong, as codes: the words are in the locale files.

use serde::{Deserialize, Serialize};

use crate::sound::SoundFault;

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
    /// A field holds what cannot be taken.
    Invalid { field: Field, why: Invalid },
    /// The setup code is wrong or used.
    WrongSetupCode,
    /// The instance has its first administrator already.
    AlreadyClaimed,
    /// The connection to the server broke before an answer came.
    Unreachable,
    /// Our own fault; the log holds the cause under this id.
    Internal { id: String },
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
    /// Outside what makes sense, such as a call that begins next year.
    Range,
    /// Someone has it already.
    Taken,
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
