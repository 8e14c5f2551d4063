//! What has happened to a recording, and who did it (checklist 87).

use serde::{Deserialize, Serialize};

use crate::{
    evaluation::Tenths,
    id::{EvaluationId, EventId},
    instant::Stamp,
    recording::Flag,
    review::{Called, OutcomeKind},
};

/// A page of what has happened, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    pub entries: Vec<Entry>,
    /// The place from which what is older goes on; none where nothing is.
    pub older: Option<EventId>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it happened, or began.
    pub at: Stamp,
    /// Who did it, as they were called then; empty where it was the receiver of someone else's link.
    pub who: String,
    pub what: What,
}

/// What happened. Kept as it is written here: a name that changes no longer reads what was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Someone listened: until when, and how much of it was heard, in milliseconds of the sound.
    Listened {
        until: Stamp,
        heard_ms: i64,
    },
    /// The sound was taken along as a file.
    Downloaded,
    Flagged {
        from: Option<Flag>,
        to: Option<Flag>,
    },
    /// Tags as one text; empty where there were none.
    Tagged {
        from: String,
        to: String,
    },
    Judged {
        kind: OutcomeKind,
        from: Option<Called>,
        to: Option<Called>,
    },
    Commented {
        at_ms: Option<i64>,
        text: String,
    },
    CommentChanged {
        at_ms: Option<i64>,
        from: String,
        to: String,
    },
    CommentRemoved {
        at_ms: Option<i64>,
        text: String,
    },
    Evaluation {
        evaluation: EvaluationId,
        /// The form's title then.
        form: String,
        deed: EvaluationDeed,
    },
    /// Something became of a link.
    Share {
        /// The receiver's address; empty where it is none of the reader's business.
        to: String,
        deed: ShareDeed,
    },
}

/// What became of an evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvaluationDeed {
    /// What it came to; none where nothing counts.
    Finished {
        percent: Option<Tenths>,
        failed: bool,
    },
    Revised {
        from: Option<Tenths>,
        to: Option<Tenths>,
        /// Whether a critical question decides what it comes to.
        #[serde(default)]
        failed: bool,
    },
    Shown,
    Acknowledged,
    Disputed {
        text: String,
    },
    Answered {
        text: String,
    },
    Removed,
}

/// What became of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareDeed {
    Sent {
        until: Stamp,
        /// Whether the receiver may take the sound along.
        download: bool,
        /// Whether a passcode opens it.
        passcode: bool,
    },
    Opened,
    Revoked,
}
