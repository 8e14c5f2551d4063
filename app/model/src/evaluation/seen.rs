//! Evaluations as pages show them.

use serde::{Deserialize, Serialize};

use super::{Answers, Form, Key, Showing, State, Step, Tenths, Who};
use crate::{
    id::{EvaluationId, FormId, RecordingId},
    instant::Stamp,
};

/// What has been said of a recording by forms, and what one may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluations {
    pub recording: RecordingId,
    /// Whose call it is; none where nobody knows.
    pub person: Option<String>,
    /// Whether it is the asker's own call.
    pub own: bool,
    /// Whether the asker may evaluate.
    pub may: bool,
    /// The forms that fit the call, the best one first.
    pub forms: Vec<Offered>,
    /// What the asker fills in; none where they may not, no form fits, or they are done.
    pub sheet: Option<Sheet>,
    /// What is finished, the newest first.
    pub finished: Vec<Evaluation>,
    /// Who else is at it.
    pub writing: Vec<String>,
    /// When the evaluated person sees it.
    pub showing: Showing,
}

/// What someone writes: answers to a form, as one's own or in the place of what is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub form: FormId,
    pub version: i64,
    /// What it takes the place of.
    #[serde(default)]
    pub revises: Option<EvaluationId>,
}

/// What became of a form that was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Whether it is finished; else it is kept as a draft.
    pub finished: bool,
    /// Where nothing was altered: how it stands as before.
    pub held: Option<State>,
    /// What must be answered first.
    pub missing: Vec<Key>,
    /// What holds no answer to its question.
    pub unreadable: Vec<Key>,
}

/// A form one may choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    pub id: FormId,
    pub version: i64,
    pub title: String,
}

/// What is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub by: By,
    pub form: Form,
    pub answers: Answers,
    /// When it was last kept; none where nothing is.
    pub kept: Option<Stamp>,
    /// Who has finished what it takes the place of, where it was somebody else.
    pub of: Option<String>,
    /// Whether the evaluated person has seen that.
    pub shown: bool,
    /// The version that is in use now, where it is another one.
    pub newer: Option<i64>,
}

/// What someone has finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    pub id: EvaluationId,
    pub version: i64,
    pub form: Form,
    pub answers: Answers,
    /// As they were called then.
    pub evaluator: String,
    /// Whether the evaluated person says it of themselves.
    pub own: bool,
    pub state: State,
    pub done: Stamp,
    /// What was said between the two, in its order. How many there are tells what one has seen of it.
    pub turns: Vec<Turn>,
    /// What the asker may do with it.
    pub moves: Vec<Move>,
}

/// What waits for the asker of what has been said of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Waiting {
    /// To take note of what was said of oneself.
    Reading,
    /// To answer one who does not agree with what one has said.
    Answer,
}

/// An evaluation of one's own call that one has not answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToRead {
    pub recording: RecordingId,
    pub evaluator: String,
    /// When the call began.
    pub call: Stamp,
    /// When it was finished, or changed.
    pub done: Stamp,
}

/// An evaluation that one has begun, and not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToFinish {
    pub recording: RecordingId,
    /// Whose call it is; none where nobody knows.
    pub person: Option<String>,
    /// When the call began.
    pub call: Stamp,
    /// When one wrote of it last.
    pub at: Stamp,
}

/// A dispute that waits for one's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToAnswer {
    pub recording: RecordingId,
    /// Who does not agree, as they were called then.
    pub who: String,
    /// When the call began.
    pub call: Stamp,
    /// When they said so.
    pub at: Stamp,
    /// Who has evaluated and can no longer answer; none where it was oneself.
    pub evaluator: Option<String>,
}

/// What was said of a call, as far as lists tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What the newest evaluation came to; none where nothing counts.
    pub percent: Option<Tenths>,
    /// Whether a critical question failed it.
    pub failed: bool,
    /// Whose step it is, where any of them waits for someone.
    pub waits: Option<Who>,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub at: Stamp,
    pub who: String,
    pub step: Step,
    /// What it came to before, where it was revised.
    pub before: Option<Tenths>,
}

/// What one can do with a finished evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    Show,
    Revise,
    Answer,
    Acknowledge,
    Dispute,
    Remove,
}

impl Move {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Acknowledge,
        Self::Dispute,
        Self::Answer,
        Self::Show,
        Self::Revise,
        Self::Remove,
    ];

    /// The name that forms use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Revise => "revise",
            Self::Answer => "answer",
            Self::Acknowledge => "acknowledge",
            Self::Dispute => "dispute",
            Self::Remove => "remove",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The step it is, with these words; none where it is no step of the exchange.
    #[must_use]
    pub fn step(self, words: String) -> Option<Step> {
        match self {
            Self::Show => Some(Step::Show),
            Self::Revise => Some(Step::Revise),
            Self::Answer => Some(Step::Answer(words)),
            Self::Acknowledge => Some(Step::Acknowledge),
            Self::Dispute => Some(Step::Dispute(words)),
            Self::Remove => None,
        }
    }
}
