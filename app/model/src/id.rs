//! One type per kind of identity, so that a person's number can never be passed where a recording's is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, num::ParseIntError, str::FromStr};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;
            fn from_str(text: &str) -> Result<Self, ParseIntError> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person's way in.
    AccountId,
    /// What the switch handled; an internal call may have two recordings.
    CallId,
    /// One change to many recordings.
    ChangeId,
    /// What someone said of a recording.
    CommentId,
    /// What one person has said of a recording by a form.
    EvaluationId,
    /// Something that happened.
    EventId,
    /// An evaluation form, in all its versions.
    FormId,
    /// A key with which a machine calls the API.
    KeyId,
    /// A letter in the outbox.
    LetterId,
    /// A value of one of the company's own lists.
    OutcomeId,
    /// A person whose calls may be recorded.
    PersonId,
    /// One person's side of a call.
    RecordingId,
    /// A signed-in browser.
    SessionId,
    /// A link to one recording, for one receiver.
    ShareId,
    /// A district, department, cost centre or office.
    UnitId,
    /// A list under a name.
    ViewId,
}
