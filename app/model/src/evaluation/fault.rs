//! What is wrong with a form or with answers, as codes: the words are in the locale files.

use serde::{Deserialize, Serialize};

use super::Key;

/// Something wrong with a form, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub place: Place,
    pub part: Part,
    pub flaw: Flaw,
}

/// Whose fault it is. Sections are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Form,
    Section { section: usize },
    Question { section: usize, key: Key },
}

/// Which field of it. Steps, choices and bands are counted from 0, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A form's as a whole.
    Whole,
    Title,
    Introduction,
    Sections,
    Questions,
    Key,
    Words,
    Help,
    Weight,
    Critical,
    Condition,
    YesHelp,
    NoHelp,
    Steps,
    Lowest,
    Highest,
    Helps,
    StepHelp(usize),
    Choices,
    ChoiceKey(usize),
    ChoiceWords(usize),
    ChoicePoints(usize),
    ChoiceHelp(usize),
    ChoiceFailing(usize),
    Unit,
    Bands,
    Band(usize),
    BandPoints(usize),
}

/// An answer that does not fit the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFault {
    pub question: Key,
    pub part: AnswerPart,
    pub flaw: Flaw,
}

/// Which field of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerPart {
    Value,
    Remark,
    Evidence,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Flaw {
    /// Nothing is there, and something must be.
    Missing,
    /// Longer than so many characters.
    TooLong { most: usize },
    /// Control characters, or others that show nothing or turn the direction of writing.
    Characters,
    /// Fewer of them than so many.
    TooFew { least: usize },
    /// More of them than so many.
    TooMany { most: usize },
    /// More bytes of text in the form than so many.
    TooMuchText { most: usize },
    /// Not from the one to the other.
    Range { least: i64, most: i64 },
    /// Another has the same.
    Twice,
    /// There is no such question or choice.
    Unknown,
    /// Nothing in the form counts: it would never have a score.
    NothingCounts,
    /// It has a weight, and answers of this kind never count.
    NeverCounts,
    /// It has a weight, and no answer gives points.
    NoPoints,
    /// It is critical, and no answer can fail it.
    NeverFails,
    /// It fails, and its question is not critical.
    NotCritical,
    /// It hangs on a question that comes later, or on itself.
    Later,
    /// An answer, or what a condition waits for, is of another kind than the question.
    OtherKind,
    /// It ends before it begins.
    Backwards,
    /// It shares numbers with another.
    Overlaps,
    /// The question does not take *does not apply*.
    MustApply,
}
