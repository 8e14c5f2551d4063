//! The letters Hark writes. Their words are in the locale files.

use serde::{Deserialize, Serialize};

use crate::{
    account::Role,
    id::{LetterId, RecordingId, ShareId},
    instant::Stamp,
};

/// What a letter is about, and the facts it is made of. Secrets are not among them: they are made when the letter leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Letter {
    /// The way in, with a link on which the first password is chosen (checklist 16, 78).
    Invitation { role: Role },
    /// The way in, where the password comes in a letter of its own (checklist 88).
    Welcome { role: Role },
    /// A password that opens one page: the one on which another is chosen.
    OneTimePassword,
    /// A link on which a forgotten password is replaced (checklist 29).
    Reset,
    /// Somebody has changed the password (checklist 26).
    PasswordChanged,
    /// The password runs out in so many days (checklist 24).
    PasswordExpires { days: u16 },
    /// What the account may reach has changed; none when it has been turned off.
    AccessChanged { role: Option<Role> },
    /// To the old address: from now on another one signs in (OWASP ASVS 6.3.7).
    AddressChanged { to: String },
    /// A link to a recording, from someone who may hear it (checklist 109–112).
    Share { share: ShareId },
    /// What has become of an evaluation: that there is something to read, and not what.
    Evaluation { recording: RecordingId, news: News },
    /// To one who answers for the company: so many disputes are left that their evaluators can no longer answer.
    Unanswered { count: u32 },
    /// Nothing but the proof that letters arrive.
    Test,
}

/// What has become of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// It is shown to the one it is about.
    Shown,
    /// It was changed after it was shown.
    Revised,
    /// Its evaluator has answered one who did not agree.
    Answered,
    /// The one it is about does not agree.
    Disputed,
    /// The same to one who answers for the company, where its evaluator can no longer answer.
    Unanswered,
}

impl Letter {
    /// The name of its kind, as the database keeps it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::Welcome { .. } => "welcome",
            Self::OneTimePassword => "one-time-password",
            Self::Reset => "reset",
            Self::PasswordChanged => "password-changed",
            Self::PasswordExpires { .. } => "password-expires",
            Self::AccessChanged { .. } => "access-changed",
            Self::AddressChanged { .. } => "address-changed",
            Self::Share { .. } => "share",
            Self::Evaluation { .. } => "evaluation",
            Self::Unanswered { .. } => "unanswered",
            Self::Test => "test",
        }
    }
}

/// How far a letter has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    /// It waits for its turn, or for the next try.
    Waiting { next: Stamp },
    /// It was handed over.
    Sent { at: Stamp },
    /// It was tried for three days.
    GivenUp { at: Stamp },
}

/// Why a letter was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LetterFault {
    /// The mail server did not answer in time.
    Silent,
    /// The mail server takes no letters at all.
    Closed,
    /// The mail server, or the system, said why in its own words.
    Said(String),
}

impl LetterFault {
    const SILENT: &str = "silent";
    const CLOSED: &str = "closed";

    /// The form in which the database keeps it.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Silent => Self::SILENT,
            Self::Closed => Self::CLOSED,
            Self::Said(words) => words,
        }
    }

    /// The fault that is kept so.
    #[must_use]
    pub fn read(word: &str) -> Self {
        match word {
            Self::SILENT => Self::Silent,
            Self::CLOSED => Self::Closed,
            words => Self::Said(words.to_owned()),
        }
    }
}

/// A letter as those see it who keep an eye on the mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRow {
    pub id: LetterId,
    pub letter: Letter,
    /// The receiver's address.
    pub to: String,
    pub written: Stamp,
    pub progress: Progress,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try was none.
    pub fault: Option<LetterFault>,
}

/// The outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// The newest letters.
    pub letters: Vec<LetterRow>,
    /// Where they go: a server's address without its secrets, or a folder.
    pub way: String,
    /// Whether they only land in a folder.
    pub folder: bool,
}
