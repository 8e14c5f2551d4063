//! What a list is narrowed to (checklist 91–106), and how an address says it. Pure: the same in the browser, in a form that
//! it sends by itself, and in every file that a list becomes.

mod criterion;
mod evaluated;
mod hours;
mod words;
mod wrong;

pub use criterion::Criterion;
pub use evaluated::Evaluated;
pub use hours::Hours;
use serde::{Deserialize, Serialize};
pub use words::{percent, query_string, seconds};
pub use wrong::{Wrong, wrong};

use crate::{facts::Direction, id::UnitId, people::Level, period::Period, recording::Flag};

/// What a list is narrowed to. At first: today, no more than a thousand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// Which days (92).
    pub period: Period,
    /// Which hours of the day (93).
    pub hours: Option<Hours>,
    /// Only what began while the company was at work (94).
    pub office_hours: bool,
    /// Whose: extensions, or parts of names (96).
    pub who: Vec<String>,
    /// Only people of these units (97); within a level any of them.
    pub units: Vec<(Level, UnitId)>,
    /// The other party's number, or a part of it, in any way of writing (98).
    pub numbers: Vec<String>,
    /// How long the call was at least, in seconds (99).
    pub shortest_s: Option<u32>,
    /// And at most.
    pub longest_s: Option<u32>,
    /// Any of these; all when none (100).
    pub directions: Vec<Direction>,
    /// The number that was rung is any of these; all when none (101).
    pub direct_numbers: Vec<String>,
    /// The tag (102).
    pub tag: Option<String>,
    /// Any of these, where none is *not flagged*; all when none (103).
    pub flags: Vec<Option<Flag>>,
    /// What has become of evaluating it (104).
    pub evaluated: Option<Evaluated>,
    /// What it came to at least, in per cent.
    pub worst: Option<u8>,
    /// And at most.
    pub best: Option<u8>,
    /// Words that are all found in names, numbers or the tag.
    pub text: Option<String>,
    /// How many at most, from the beginning of the list's order; 0 is without a limit (95).
    pub limit: u32,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            period: Period::default(),
            hours: None,
            office_hours: false,
            who: vec![],
            units: vec![],
            numbers: vec![],
            shortest_s: None,
            longest_s: None,
            directions: vec![],
            direct_numbers: vec![],
            tag: None,
            flags: vec![],
            evaluated: None,
            worst: None,
            best: None,
            text: None,
            limit: Self::LIMIT,
        }
    }
}

impl Filter {
    /// How many recordings a list holds at most, until someone says otherwise (95).
    pub const LIMIT: u32 = 1_000;

    /// The same as an address could say it: what comes another way is bound by the same rules.
    #[must_use]
    pub fn checked(&self) -> Self {
        let mut checked = Self::default();
        for (name, value) in self.words() {
            checked.take(name, &value);
        }
        checked
    }

    /// The units of a level.
    pub fn units_of(&self, level: Level) -> impl Iterator<Item = UnitId> + '_ {
        self.units
            .iter()
            .filter(move |(of, _)| *of == level)
            .map(|(_, unit)| *unit)
    }
}
