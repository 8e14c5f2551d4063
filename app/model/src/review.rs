//! What listeners say of a recording (checklist 83–86, 119–124): a call result, a customer response, a flag, tags, and comments
//! at a second of the sound. Pure: also how what two people changed at once becomes one.

use serde::{Deserialize, Serialize};

use crate::{
    id::{CommentId, OutcomeId, RecordingId},
    instant::Stamp,
    recording::Flag,
};

/// Which of the company's own lists (checklist 119). Customer response and feedback from customers are one (84).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    CallResult,
    CustomerResponse,
}

impl OutcomeKind {
    /// Every list.
    pub const ALL: [Self; 2] = [Self::CallResult, Self::CustomerResponse];

    /// Its name, as addresses and forms say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CallResult => "call-result",
            Self::CustomerResponse => "customer-response",
        }
    }

    /// The list of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its number in the database.
    #[must_use]
    pub const fn number(self) -> i16 {
        match self {
            Self::CallResult => 1,
            Self::CustomerResponse => 2,
        }
    }
}

/// A value that every company begins with (checklist 121). Shown in the reader's language until someone gives it a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Starter {
    Undefined,
    FollowUp,
    Complaint,
    SalesLead,
    NonSalesCall,
    Satisfied,
    Dissatisfied,
}

impl Starter {
    /// Each of them, with its list and in its order.
    pub const ALL: [(Self, OutcomeKind); 8] = [
        (Self::Undefined, OutcomeKind::CallResult),
        (Self::FollowUp, OutcomeKind::CallResult),
        (Self::Complaint, OutcomeKind::CallResult),
        (Self::SalesLead, OutcomeKind::CallResult),
        (Self::NonSalesCall, OutcomeKind::CallResult),
        (Self::Undefined, OutcomeKind::CustomerResponse),
        (Self::Satisfied, OutcomeKind::CustomerResponse),
        (Self::Dissatisfied, OutcomeKind::CustomerResponse),
    ];
}

/// What a value is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Called {
    /// As the house calls it, in the reader's language.
    Starter(Starter),
    /// As the company calls it.
    Own(String),
}

/// A value of one of the company's lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub id: OutcomeId,
    pub kind: OutcomeKind,
    pub called: Called,
    /// Whether it can no longer be chosen. Recordings that have it keep it.
    pub retired: bool,
    /// How many recordings have it; 0 where nobody asked.
    pub used: u64,
}

/// The longest name of a value, in characters.
pub const LONGEST_NAME: u32 = 60;
/// The most values of a list that can be chosen.
pub const MOST_OUTCOMES: u32 = 100;
/// The longest comment, in characters.
pub const LONGEST_COMMENT: u32 = 2_000;

/// Tags of one recording: in the order in which they were given, none twice, whatever the size of its letters. Kept and
/// searched as one text with commas between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(Vec<String>);

impl Tags {
    /// The tags that a text names, with commas between them.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut tags = Self::default();
        for tag in text.split(',') {
            tags.add(tag);
        }
        tags
    }

    fn add(&mut self, tag: &str) {
        let words = tag.trim().split(' ').filter(|word| !word.is_empty());
        let tag = words.collect::<Vec<_>>().join(" ");
        if !tag.is_empty() && !self.has(&tag) {
            self.0.push(tag);
        }
    }

    /// Whether that tag is among them.
    #[must_use]
    pub fn has(&self, tag: &str) -> bool {
        let small = tag.to_lowercase();
        self.0.iter().any(|other| other.to_lowercase() == small)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As one text: `Kampanj, Offert`.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.join(", ")
    }

    /// These with what the other has gained since a beginning, and without what it has lost.
    fn with_changes(&self, base: &Self, other: &Self) -> Self {
        let kept = self.iter().filter(|tag| other.has(tag) || !base.has(tag));
        let gained = other.iter().filter(|tag| !base.has(tag));
        let mut merged = Self::default();
        for tag in kept.chain(gained) {
            merged.add(tag);
        }
        merged
    }
}

/// The notes of a recording (checklist 83).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    pub result: Option<OutcomeId>,
    pub response: Option<OutcomeId>,
    pub flag: Option<Flag>,
    pub tags: Tags,
}

/// One of the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    Result,
    Response,
    Flag,
    Tags,
}

impl Note {
    /// Every note, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Result, Self::Response, Self::Flag, Self::Tags];
}

/// What has become of notes that two people changed at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// What both wanted, where that can be had; else what is mine.
    pub notes: Notes,
    /// What the other has changed and I have not.
    pub news: Vec<Note>,
    /// What both have changed, and not alike: nobody but a person can tell which is right.
    pub disputed: Vec<Note>,
}

impl Notes {
    /// What is not alike in two.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Note> {
        let differs = |note: &Note| match note {
            Note::Result => self.result != other.result,
            Note::Response => self.response != other.response,
            Note::Flag => self.flag != other.flag,
            Note::Tags => self.tags != other.tags,
        };
        Note::ALL.into_iter().filter(differs).collect()
    }

    fn take(&mut self, note: Note, other: &Self) {
        match note {
            Note::Result => self.result = other.result,
            Note::Response => self.response = other.response,
            Note::Flag => self.flag = other.flag,
            Note::Tags => self.tags = other.tags.clone(),
        }
    }

    /// My notes beside what someone else has made of those from which I began. Tags of both stand together.
    #[must_use]
    pub fn merged(&self, base: &Self, theirs: &Self) -> Merged {
        let (mine, other) = (base.differences(self), base.differences(theirs));
        let mut merged = Merged {
            notes: self.clone(),
            news: vec![],
            disputed: vec![],
        };
        for note in other {
            if !mine.contains(&note) {
                merged.news.push(note);
                merged.notes.take(note, theirs);
            } else if note == Note::Tags {
                merged.notes.tags = theirs.tags.with_changes(&base.tags, &self.tags);
                if merged.notes.tags != self.tags {
                    merged.news.push(note);
                }
            } else if self.differences(theirs).contains(&note) {
                merged.disputed.push(note);
            }
        }
        merged
    }
}

/// What a listener said at a moment of the sound, or of the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub id: CommentId,
    /// Where in the sound, in milliseconds; none where it is about the whole.
    pub at_ms: Option<i64>,
    pub text: String,
    /// Whether only its author sees it.
    pub private: bool,
    /// Who wrote it.
    pub author: String,
    pub written: Stamp,
    /// When it was changed last.
    pub changed: Option<Stamp>,
    /// Whether the one who looks may change it.
    pub own: bool,
    /// Whether the one who looks may remove it.
    pub removable: bool,
}

/// What has been said of a recording, for the one who looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub id: RecordingId,
    pub notes: Notes,
    /// What can be chosen, and what is chosen though it no longer can be.
    pub outcomes: Vec<Outcome>,
    /// In the order of the sound; about the whole first.
    pub comments: Vec<Comment>,
    /// Whether the one who looks may change the notes.
    pub changeable: bool,
    /// Whether the one who looks may comment.
    pub commentable: bool,
}

/// What became of notes that were to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// What the recording has now.
    pub notes: Notes,
    /// What someone else had changed in the meantime, and stays.
    pub news: Vec<Note>,
    /// What both have changed: nothing has been kept, until one decides.
    pub disputed: Vec<Note>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tags(text: &str) -> Tags {
        Tags::read(text)
    }

    #[test]
    fn tags_are_read_from_a_line_and_none_is_there_twice() {
        let read = tags(" Kampanj,offert ,, KAMPANJ, Vår  kampanj ");
        assert_eq!(read.text(), "Kampanj, offert, Vår kampanj");
        assert_eq!(tags(&read.text()), read);
        assert!(tags(" , \n").is_empty());
    }

    #[test]
    fn lists_are_found_by_their_names() {
        for kind in OutcomeKind::ALL {
            assert_eq!(OutcomeKind::named(kind.name()), Some(kind));
        }
    }

    #[test]
    fn what_two_change_at_once_is_kept_of_both_where_it_can_be() {
        let base = Notes {
            flag: Some(Flag::Green),
            tags: tags("Kampanj, Offert"),
            ..Notes::default()
        };
        let mine = Notes {
            result: Some(OutcomeId(4)),
            tags: tags("Kampanj, Vår"),
            ..base.clone()
        };
        let theirs = Notes {
            flag: Some(Flag::Red),
            tags: tags("Kampanj, Offert, Retur"),
            ..base.clone()
        };
        let merged = mine.merged(&base, &theirs);
        assert_eq!(merged.notes.tags.text(), "Kampanj, Retur, Vår");
        assert_eq!(
            (merged.notes.flag, merged.notes.result),
            (Some(Flag::Red), Some(OutcomeId(4)))
        );
        assert_eq!((merged.news, merged.disputed), (vec![Note::Flag, Note::Tags], vec![]));
    }

    #[test]
    fn what_both_changed_otherwise_is_for_a_person_to_tell() {
        let base = Notes::default();
        let flagged = |flag| Notes {
            flag: Some(flag),
            ..Notes::default()
        };
        let merged = flagged(Flag::Red).merged(&base, &flagged(Flag::Blue));
        assert_eq!(
            (merged.notes.flag, merged.disputed),
            (Some(Flag::Red), vec![Note::Flag])
        );
        let alike = flagged(Flag::Red).merged(&base, &flagged(Flag::Red));
        assert_eq!((alike.news, alike.disputed), (vec![], vec![]));
    }

    fn any_notes() -> impl Strategy<Value = Notes> {
        let outcome = || proptest::option::of((1_i64..4).prop_map(OutcomeId));
        let flag = (0_i16..4).prop_map(Flag::numbered);
        let tags = proptest::collection::vec("[a-dA-D]{1,2}", 0..4).prop_map(|tags| Tags::read(&tags.join(",")));
        (outcome(), outcome(), flag, tags).prop_map(|(result, response, flag, tags)| Notes {
            result,
            response,
            flag,
            tags,
        })
    }

    proptest! {
        #[test]
        fn who_changed_nothing_gets_what_the_other_has(base in any_notes(), theirs in any_notes()) {
            prop_assert_eq!(base.merged(&base, &theirs).notes, theirs);
        }

        #[test]
        fn where_nobody_else_changed_anything_mine_is_kept(base in any_notes(), mine in any_notes()) {
            let merged = mine.merged(&base, &base);
            prop_assert_eq!((&merged.notes, merged.news.len(), merged.disputed.len()), (&mine, 0, 0));
        }

        #[test]
        fn no_tag_that_someone_gave_is_lost(base in any_notes(), mine in any_notes(), theirs in any_notes()) {
            let merged = mine.merged(&base, &theirs).notes.tags;
            for tag in mine.tags.iter().chain(theirs.tags.iter()).filter(|tag| !base.tags.has(tag)) {
                prop_assert!(merged.has(tag));
            }
        }
    }
}
