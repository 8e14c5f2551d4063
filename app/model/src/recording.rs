//! A recording as a list and a page show it.

use serde::{Deserialize, Serialize};

use crate::{
    evaluation::Verdict,
    facts::{Consent, Direction, Sides},
    id::{CallId, RecordingId},
    instant::Stamp,
    sound::Talk,
};

/// A listener's mark (checklist 71, 103). Each has a shape and a name besides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flag {
    Green,
    Blue,
    Red,
}

impl Flag {
    /// Every flag.
    pub const ALL: [Self; 3] = [Self::Green, Self::Blue, Self::Red];

    /// The flag's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Red => "red",
        }
    }

    /// The flag of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.name() == name)
    }

    /// The flag as the database keeps it; 0 is no flag.
    #[must_use]
    pub const fn number(self) -> i16 {
        match self {
            Self::Green => 1,
            Self::Blue => 2,
            Self::Red => 3,
        }
    }

    /// The flag kept under that number.
    #[must_use]
    pub fn numbered(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.number() == number)
    }
}

/// A telephone number: as dialled everywhere, and as people here write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// E.164 with the plus sign where it is a valid number; else what the switch said, such as `90510` or `a166947070`.
    pub dial: String,
    /// As it is written in the company's country: `070-921 40 80`.
    pub shown: String,
}

/// One row of the list (checklist 70–74).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingRow {
    /// Which recording.
    pub id: RecordingId,
    /// The call it is a side of.
    pub call: CallId,
    /// Seen from the recorded person.
    pub direction: Direction,
    /// When the call began.
    pub start: Stamp,
    /// The recorded person's extension.
    pub extension: String,
    /// The recorded person's name; none when no person has the extension.
    pub person: Option<String>,
    /// The other party's number; none when it was withheld.
    pub number: Option<Number>,
    /// The other party's name, where the switch knew it.
    pub other_name: Option<String>,
    /// The number rung (DDI); none for the one who rang.
    pub number_rung: Option<Number>,
    /// How long the call lasted, in milliseconds.
    pub call_ms: i64,
    /// The listener's own word for it.
    pub tag: Option<String>,
    /// The listener's mark.
    pub flag: Option<Flag>,
    /// What was said of it; none where nobody has evaluated it.
    pub verdict: Option<Verdict>,
}

/// Everything a recording's own page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingDetail {
    /// The row the list shows of it.
    pub row: RecordingRow,
    /// The recorded person's department at the time of the call.
    pub department: Option<String>,
    /// The answer group, by name where it is known.
    pub group: Option<String>,
    /// What the caller answered.
    pub consent: Option<Consent>,
    /// The rule that let it be recorded.
    pub rule: String,
    /// How long the sound is, in milliseconds; not always the length of the call (checklist 80).
    pub audio_ms: i64,
    /// Which side is on which channel.
    pub sides: Sides,
    /// The overview of the sound ([`crate::sound::Overview`]), base64.
    pub wave: String,
    /// Who speaks when; none for what arrived before that was measured.
    pub talk: Option<Talk>,
}
