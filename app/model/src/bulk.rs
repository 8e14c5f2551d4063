//! What is done with many recordings at once: which they are, what is to become of them, how far it has come.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ChangeId, RecordingId},
    instant::Stamp,
    list::ListQuery,
    recording::Flag,
};

/// Which recordings are meant. Of these, only what the asker may reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// These.
    Chosen(Vec<RecordingId>),
    /// All that a list holds, down to its limit and in its order, but for some. Where the list begins does not matter.
    Found {
        query: Box<ListQuery>,
        except: Vec<RecordingId>,
    },
}

impl Selection {
    /// The most recordings that are named one by one.
    pub const MOST: usize = 10_000;

    /// One recording.
    #[must_use]
    pub fn one(id: RecordingId) -> Self {
        Self::Chosen(vec![id])
    }

    /// Those that are named one by one: to be in it, or not to be in it.
    #[must_use]
    pub fn named(&self) -> &[RecordingId] {
        match self {
            Self::Chosen(ids) | Self::Found { except: ids, .. } => ids,
        }
    }
}

/// What is to become of recordings (checklist 71, 83).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Deed {
    /// They get this flag, or lose theirs.
    Flag(Option<Flag>),
    /// They get this tag, or lose theirs.
    Tag(Option<String>),
}

impl Deed {
    /// The longest tag, in characters.
    pub const LONGEST_TAG: u32 = 100;
}

/// How far a change of many recordings has come, or its undoing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The change.
    pub id: ChangeId,
    /// How many recordings it is about.
    pub count: u64,
    /// How many of them have been looked at.
    pub done: u64,
    /// How many of those now have something else than before; what already had it is not among them.
    pub changed: u64,
    /// How many of those were left as they are: out of the asker's reach by now, or changed since what is undone.
    pub left_alone: u64,
    /// Whether all have been looked at.
    pub ended: bool,
}

/// A change of many recordings that was made lately, and can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub deed: Deed,
    /// When it was begun.
    pub at: Stamp,
    /// Whether someone has begun to undo it, and not come to the end.
    pub undoing: bool,
    pub progress: Progress,
}

/// How far a file of recordings has come, as its asker is told while it is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackProgress {
    /// Recordings that are in it.
    pub done: u64,
    /// Recordings that are to be in it.
    pub total: u64,
    /// Recordings whose sound could not be read; the sheet says which.
    pub left_out: u64,
    /// Bytes that have been handed over.
    pub bytes: u64,
    /// Whether nothing more comes. Where it came to less than the total, it was stopped or broke off.
    pub ended: bool,
}
