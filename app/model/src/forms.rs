//! Building evaluation forms: what a page knows of one, and what one does with it (checklist 119, 124).

mod bench;
mod done;
mod fields;
mod kind;
mod step;
mod turn;
mod used;

use serde::{Deserialize, Serialize};

use crate::{
    evaluation::Form,
    id::{FormId, UnitId},
    imprint::imprint,
    instant::Stamp,
};
pub use bench::Bench;
pub use done::{Done, Thing, Verb, What};
pub use fields::{Typed, Unreadable, read};
pub use kind::KindName;
pub use turn::Turn;
pub use used::Used;

/// What a form is known by that is sent as its page goes: as it is written down, and at which revision.
#[must_use]
pub fn arrival(revision: i64, json: &str) -> String {
    imprint(&format!("{revision} {json}"))
}

/// Whose calls a form is for; for all where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    pub departments: Vec<UnitId>,
    /// By the numbers that calls name them with.
    pub groups: Vec<String>,
}

impl Audience {
    /// Whether it is for every call.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.departments.is_empty() && self.groups.is_empty()
    }
}

/// A form as the list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRow {
    pub id: FormId,
    pub title: String,
    /// The version in use; 0 before the first.
    pub version: i64,
    /// Whether something else is being worked on than what is in use.
    pub changed: bool,
    /// The names of those it is for; for all where there are none.
    pub audience: Vec<String>,
    pub questions: u32,
    /// How many evaluations by it are finished, in all versions, and how many are only begun.
    pub evaluations: u64,
    pub begun: u64,
    pub retired: bool,
}

/// A form as it is being built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    pub id: FormId,
    pub form: Form,
    /// Grows with each change, so that two who change it at once notice.
    pub revision: i64,
    /// The version in use, and what it asks; 0 and none before the first.
    pub version: i64,
    pub in_use: Option<Form>,
    /// How many evaluations by it are finished, and how many are only begun.
    pub evaluations: u64,
    pub begun: u64,
    pub retired: bool,
    pub audience: Audience,
    /// What nothing new may be known by.
    pub used: Used,
    /// What came of pages that had gone, by [`arrival`].
    pub arrived: Vec<String>,
    /// What was done last, and what was taken back last, by a page that has not woken.
    pub last: Option<Done>,
    pub next: Option<Done>,
}

/// Those whom a form can be for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choosable {
    pub departments: Vec<(UnitId, String)>,
    /// Number and name.
    pub groups: Vec<(String, String)>,
}

/// A version of a form, as the list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub version: i64,
    /// When it came into use, and who saw to it; none for what came with Hark.
    pub published: Option<Stamp>,
    pub by: Option<String>,
    /// Finished ones.
    pub evaluations: u64,
}

/// What is to become of a form as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It can no longer be chosen.
    Retired,
    /// It can be chosen again.
    Restored,
    /// It is gone for good; only where nobody has been judged by it.
    Deleted,
}

impl Fate {
    /// The one of that name in a form.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "retire" => Self::Retired,
            "restore" => Self::Restored,
            "delete" => Self::Deleted,
            _ => return None,
        })
    }
}
