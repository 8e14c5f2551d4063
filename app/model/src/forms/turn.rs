//! What one does with the parts of a form, as buttons say it: `up-question 7`.

use std::{fmt, str::FromStr};

use super::KindName;
use crate::evaluation::Key;

/// Something done with a part of a form. Sections and lines are counted from 0; a line is a choice or a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At the end.
    AddSection,
    RemoveSection(usize),
    MoveSection {
        at: usize,
        up: bool,
    },
    /// At the end of that section.
    AddQuestion(usize),
    RemoveQuestion(Key),
    /// At an end of its section it goes into the next.
    MoveQuestion {
        key: Key,
        up: bool,
    },
    ChangeKind(Key, KindName),
    /// How many steps the scale has.
    SetSteps(Key, u8),
    /// On which earlier question it hangs.
    HangOn(Key, Option<Key>),
    /// At the end of its list.
    AddLine(Key),
    RemoveLine(Key, usize),
    MoveLine {
        question: Key,
        at: usize,
        up: bool,
    },
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = |up: &bool| if *up { "up" } else { "down" };
        match self {
            Self::AddSection => write!(f, "add-section"),
            Self::RemoveSection(at) => write!(f, "remove-section {at}"),
            Self::MoveSection { at, up } => write!(f, "{}-section {at}", way(up)),
            Self::AddQuestion(at) => write!(f, "add-question {at}"),
            Self::RemoveQuestion(key) => write!(f, "remove-question {key}"),
            Self::MoveQuestion { key, up } => write!(f, "{}-question {key}", way(up)),
            Self::ChangeKind(key, kind) => write!(f, "kind {key} {}", kind.name()),
            Self::SetSteps(key, steps) => write!(f, "steps {key} {steps}"),
            Self::HangOn(key, Some(on)) => write!(f, "hang {key} {on}"),
            Self::HangOn(key, None) => write!(f, "unhang {key}"),
            Self::AddLine(key) => write!(f, "add-line {key}"),
            Self::RemoveLine(key, at) => write!(f, "remove-line {key} {at}"),
            Self::MoveLine { question, at, up } => write!(f, "{}-line {question} {at}", way(up)),
        }
    }
}

impl FromStr for Turn {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        fn read<T: FromStr>(word: &str) -> Result<T, ()> {
            word.parse().map_err(|_| ())
        }
        let words: Vec<&str> = text.split(' ').collect();
        Ok(match words[..] {
            ["add-section"] => Self::AddSection,
            ["remove-section", at] => Self::RemoveSection(read(at)?),
            [way @ ("up-section" | "down-section"), at] => Self::MoveSection {
                at: read(at)?,
                up: way == "up-section",
            },
            ["add-question", at] => Self::AddQuestion(read(at)?),
            ["remove-question", key] => Self::RemoveQuestion(read(key)?),
            [way @ ("up-question" | "down-question"), key] => Self::MoveQuestion {
                key: read(key)?,
                up: way == "up-question",
            },
            ["kind", key, kind] => Self::ChangeKind(read(key)?, KindName::named(kind).ok_or(())?),
            ["steps", key, steps] => Self::SetSteps(read(key)?, read(steps)?),
            ["hang", key, on] => Self::HangOn(read(key)?, Some(read(on)?)),
            ["unhang", key] => Self::HangOn(read(key)?, None),
            ["add-line", key] => Self::AddLine(read(key)?),
            ["remove-line", key, at] => Self::RemoveLine(read(key)?, read(at)?),
            [way @ ("up-line" | "down-line"), question, at] => Self::MoveLine {
                question: read(question)?,
                at: read(at)?,
                up: way == "up-line",
            },
            _ => return Err(()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_button_says_is_understood() {
        let (question, at, up) = (Key(7), 2, true);
        for turn in [
            Turn::AddSection,
            Turn::RemoveSection(0),
            Turn::MoveSection { at, up },
            Turn::MoveSection { at, up: false },
            Turn::AddQuestion(3),
            Turn::RemoveQuestion(question),
            Turn::MoveQuestion { key: question, up },
            Turn::ChangeKind(question, KindName::YesNo),
            Turn::SetSteps(question, 5),
            Turn::HangOn(question, Some(Key(1))),
            Turn::HangOn(question, None),
            Turn::AddLine(question),
            Turn::RemoveLine(question, at),
            Turn::MoveLine {
                question,
                at,
                up: false,
            },
        ] {
            assert_eq!(turn.to_string().parse(), Ok(turn));
        }
        for odd in [
            "",
            "add-section 1",
            "remove-section",
            "remove-section -1",
            "remove-section 99999999999999999999999",
            "up-question 70000",
            "kind 7 colour",
            "steps 7 300",
            "sideways-section 1",
            "add-line  7",
        ] {
            assert_eq!(odd.parse::<Turn>(), Err(()), "{odd}");
        }
    }
}
