//! What a switch tells about one recorded side of a call: the same for every door.

use serde::{Deserialize, Serialize};

/// Who rang whom, seen from the recorded person (checklist 70, 100).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Someone outside rang in.
    Incoming,
    /// The person rang out.
    Outgoing,
    /// Between two people of the company.
    Internal,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 3] = [Self::Incoming, Self::Outgoing, Self::Internal];

    /// The direction's name in facts, in the database and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Outgoing => "outgoing",
            Self::Internal => "internal",
        }
    }

    /// The direction of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.name() == name)
    }
}

/// What the caller answered when asked whether the call may be recorded (checklist 58).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Said yes.
    Given,
    /// Said no.
    Refused,
    /// Was not asked.
    NotAsked,
}

impl Consent {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Given, Self::Refused, Self::NotAsked];

    /// The answer's name in facts, in the database and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::NotAsked => "not-asked",
        }
    }

    /// The answer of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.name() == name)
    }
}

/// Which side of the call is on which channel of the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// Left the recorded person, right the other party.
    RecordedOther,
    /// Left the other party, right the recorded person.
    OtherRecorded,
    /// Both in one channel.
    Mixed,
}

impl Sides {
    /// Every layout.
    pub const ALL: [Self; 3] = [Self::RecordedOther, Self::OtherRecorded, Self::Mixed];

    /// The layout's name in facts, in the database and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RecordedOther => "recorded-other",
            Self::OtherRecorded => "other-recorded",
            Self::Mixed => "mixed",
        }
    }

    /// The layout of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sides| sides.name() == name)
    }
}

/// The facts of one recorded side of a call, as a switch hands them over.
///
/// `call_id` and `extension` together name the recording: the same pair with the same sound is the same recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The switch's own name for the call; both sides of an internal call share it.
    pub call_id: String,
    /// Seen from the recorded person.
    pub direction: Direction,
    /// When the call began: RFC 3339, or without an offset in the company's own time zone.
    pub start: String,
    /// How long the call lasted, in milliseconds; the sound's own length where the switch does not say (checklist 80).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<i64>,
    /// The recorded person's extension.
    pub extension: String,
    /// The other party's number; none when it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_number: Option<String>,
    /// The other party's name, where the switch knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_name: Option<String>,
    /// The number dialled towards the recorded person (DDI); none for the one who rang.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_rung: Option<String>,
    /// The answer group the person answered in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What the caller answered when asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Which side is on which channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Sides>,
}
