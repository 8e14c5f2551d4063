//! Links to a recording that are sent by e-mail, and what their receivers see (checklist 107–114).

use serde::{Deserialize, Serialize};

use crate::{id::ShareId, instant::Stamp, letter::LetterFault, recording::RecordingDetail};

/// A link is good for so long, to the millisecond, from the moment it was sent (checklist 108).
pub const LASTS_MS: i64 = 24 * 3_600_000;
/// The most receivers of one sending.
pub const MOST_RECEIVERS: u32 = 20;
/// The most receivers of one sender in an hour.
pub const MOST_AN_HOUR: u32 = 100;
/// The most characters of a subject, and of what the sender says to it.
pub const LONGEST_SUBJECT: u32 = 150;
pub const LONGEST_MESSAGE: u32 = 1_000;
/// So many wrong passcodes, and a link is closed.
pub const MOST_TRIES: u32 = 10;

/// The addresses of a text, separated by commas, semicolons, spaces or lines.
pub fn receivers(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|sign: char| matches!(sign, ',' | ';') || sign.is_whitespace());
    parts.filter(|part| !part.is_empty())
}

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Its letter has not left yet.
    Waiting,
    /// Its letter was not taken. It is tried again for as long as the link is valid.
    Unsent,
    /// It can be opened.
    Valid,
    /// Someone has closed it, too many wrong passcodes have, or whoever sent it may no longer send it.
    Closed,
    /// Its day is over.
    Expired,
}

impl Standing {
    /// Whether it can still be closed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Unsent | Self::Valid)
    }
}

/// A link, as those see it who may close it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub id: ShareId,
    /// The receiver's address.
    pub to: String,
    /// Who sent it, as they were called then.
    pub by: String,
    pub sent: Stamp,
    pub until: Stamp,
    pub download: bool,
    pub passcode: bool,
    /// Whether extension, tag and whether it is evaluated are told.
    pub internal: bool,
    pub standing: Standing,
    /// Why its letter was not taken, where that is how it stands.
    pub fault: Option<LetterFault>,
    /// How often it was opened, and when last.
    pub opened: u32,
    pub last_opened: Option<Stamp>,
    /// How much of the sound was heard by it, in milliseconds.
    pub heard_ms: i64,
}

/// What the form begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginning {
    /// When the call began, for the subject.
    pub start: Stamp,
    /// The language of those who have chosen none.
    pub locale: String,
    /// Whether the sender may let others download.
    pub downloads: bool,
    /// What a form has just come to that a page without scripts sent.
    pub sent: Option<Sent>,
}

/// What a sending has come to. The passcode is told this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub receivers: u32,
    pub passcode: Option<String>,
}

/// What the page behind a link may know before it is opened: nothing of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// How many passcodes may still be wrong; none where none is asked for.
    pub tries_left: Option<u32>,
}

/// What the receiver of a link sees who has opened it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The call, without what is the company's own business.
    pub detail: RecordingDetail,
    /// Who sent it, and what they said to it.
    pub sender: String,
    pub message: Option<String>,
    /// Whether extension, tag and whether it is evaluated are told.
    pub internal: bool,
    pub until: Stamp,
    pub download: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_separated_as_people_separate_them() {
        let read = |text| receivers(text).collect::<Vec<_>>();
        assert_eq!(read("a@x, b@x;c@x\nd@x  e@x,"), ["a@x", "b@x", "c@x", "d@x", "e@x"]);
        assert_eq!(read(" ,;\n"), [""; 0]);
    }
}
