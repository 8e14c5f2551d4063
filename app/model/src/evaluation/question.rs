//! One question of a form.

use serde::{Deserialize, Serialize};

use super::{Condition, Decimal, Key};

/// A question of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub key: Key,
    /// What is asked.
    pub words: String,
    /// What the question means; may be empty.
    #[serde(default)]
    pub help: String,
    pub kind: Kind,
    /// How much the question counts beside the others of its section, 0 to 100: what it is worth in points.
    pub weight: u8,
    /// Whether it may be answered with *does not apply*.
    #[serde(default)]
    pub not_applicable: bool,
    /// Whether a wrong answer makes the whole 0 %. A critical question must be answered.
    #[serde(default)]
    pub critical: bool,
    /// Whether it must be answered, where it is shown, before the evaluation is done.
    #[serde(default)]
    pub required: bool,
    /// When it is shown; always when none.
    #[serde(default)]
    pub condition: Option<Condition>,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// With yes or no.
    YesNo {
        /// Whether yes is the right answer.
        #[serde(default = "yes")]
        right: bool,
        /// When to answer yes; may be empty.
        #[serde(default)]
        yes_help: String,
        /// When to answer no; may be empty.
        #[serde(default)]
        no_help: String,
    },
    /// With a step of a scale: 1 is the lowest.
    Scale {
        /// How many, 2 to 10.
        steps: u8,
        /// What the lowest is called; may be empty.
        #[serde(default)]
        lowest: String,
        /// What the highest is called; may be empty.
        #[serde(default)]
        highest: String,
        /// When to answer with each step, from the lowest on; may be empty, as may each of them.
        #[serde(default)]
        helps: Vec<String>,
    },
    /// With one of some choices.
    Choice { choices: Vec<Choice> },
    /// With a number.
    Number {
        /// What is counted or measured, such as seconds; may be empty.
        #[serde(default)]
        unit: String,
        /// What numbers give points. Where there are no bands the number is only noted.
        #[serde(default)]
        bands: Vec<Band>,
    },
    /// With words, which never count.
    Text,
}

/// What one can choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its number among the choices of its question.
    pub key: Key,
    pub words: String,
    /// 0 to 100; the largest among the choices is the most one can get.
    pub points: u8,
    /// When to choose it; may be empty.
    #[serde(default)]
    pub help: String,
    /// Whether it makes the whole 0 %; only where the question is critical.
    #[serde(default)]
    pub failing: bool,
}

/// Numbers that give points: from one to another, both of them within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub from: Decimal,
    pub to: Decimal,
    /// 0 to 100; the largest among the bands is the most one can get.
    pub points: u8,
}

impl Kind {
    /// How many steps a scale has.
    pub const STEPS: std::ops::RangeInclusive<u8> = 2..=10;
    /// The most choices, or bands, of a question.
    pub const MOST_CHOICES: usize = 20;
    /// The most points of a choice or a band.
    pub const MOST_POINTS: u8 = 100;

    /// Whether answers of this kind can count.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        match self {
            Self::YesNo { .. } | Self::Scale { .. } | Self::Choice { .. } => true,
            Self::Number { bands, .. } => !bands.is_empty(),
            Self::Text => false,
        }
    }

    /// How many choices or bands there are.
    #[must_use]
    pub const fn lines(&self) -> usize {
        match self {
            Self::Choice { choices } => choices.len(),
            Self::Number { bands, .. } => bands.len(),
            Self::YesNo { .. } | Self::Scale { .. } | Self::Text => 0,
        }
    }

    /// The most points one can get.
    #[must_use]
    pub fn most(&self) -> u8 {
        match self {
            Self::YesNo { .. } => 1,
            Self::Scale { steps, .. } => *steps,
            Self::Choice { choices } => choices.iter().map(|choice| choice.points).max().unwrap_or(0),
            Self::Number { bands, .. } => bands.iter().map(|band| band.points).max().unwrap_or(0),
            Self::Text => 0,
        }
    }
}

impl Band {
    /// Whether it holds that number.
    #[must_use]
    pub fn has(&self, number: Decimal) -> bool {
        (self.from..=self.to).contains(&number)
    }
}

/// Yes is right until a form says otherwise.
const fn yes() -> bool {
    true
}
