//! The people whose calls may be recorded, as their administrators see them.

use serde::{Deserialize, Serialize};

use crate::{
    account::{Role, Status},
    id::{AccountId, PersonId, UnitId},
    instant::Stamp,
    problem::{Field, Wrong},
    recording::Number,
};

/// A person's place in the company: the four levels of the guide (checklist 14, 97).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    District,
    Department,
    CostCenter,
    Office,
}

impl Level {
    /// The level's name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Department => "department",
            Self::CostCenter => "cost-center",
            Self::Office => "office",
        }
    }

    /// The level of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// Every level, in the guide's order.
    pub const ALL: [Self; 4] = [Self::District, Self::Department, Self::CostCenter, Self::Office];

    /// The level as the database keeps it.
    #[must_use]
    pub const fn number(self) -> i16 {
        match self {
            Self::District => 1,
            Self::Department => 2,
            Self::CostCenter => 3,
            Self::Office => 4,
        }
    }
}

/// A person as a form, a file or a directory describes one. Empty texts count as nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PersonForm {
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub title: Option<String>,
    /// How the switch knows the person, such as `a166947070`.
    pub extension: Option<String>,
    /// The person's own numbers, in any way of writing.
    pub numbers: Vec<String>,
    /// Whether the person's calls are recorded (checklist 8).
    pub recording_active: bool,
    /// Whether the person's calls are counted in overviews (checklist 9).
    pub dashboard_active: bool,
    pub district: Option<String>,
    pub department: Option<String>,
    pub cost_center: Option<String>,
    pub office: Option<String>,
}

/// One person in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub id: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub title: Option<String>,
    pub extension: Option<String>,
    pub numbers: Vec<Number>,
    pub department: Option<String>,
    pub recording_active: bool,
    /// What the person's account may reach; a person without an account has no role (checklist 10).
    pub role: Option<Role>,
    pub status: Option<Status>,
}

/// One page of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    pub rows: Vec<PersonRow>,
    /// How many the search finds.
    pub total: u64,
    /// How many there are at all.
    pub everyone: u64,
    /// Where the next page begins; none on the last.
    pub next: Option<u64>,
    /// How many are recorded.
    pub recorded: u64,
}

/// A person, to be read and changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetail {
    pub id: PersonId,
    pub name: String,
    pub form: PersonForm,
    pub external_id: Option<String>,
    /// Grows with each change: what was read in between is not overwritten.
    pub version: i64,
    pub account: Option<AccountRow>,
    /// How many recordings are theirs.
    pub recordings: u64,
}

/// A department, district, cost centre or office that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    pub level: Level,
    pub name: String,
    /// How many people are in it.
    pub people: u64,
}

/// An account in the list of sign-in roles (checklist 115).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    pub id: AccountId,
    pub person: Option<PersonId>,
    /// First and last name; empty where the account is nobody's.
    pub name: String,
    pub email: String,
    pub extension: Option<String>,
    pub role: Role,
    pub status: Status,
    /// The departments a Restricted user hears.
    pub departments: Vec<Unit>,
    pub last_seen: Option<Stamp>,
    /// Until when the link of the last invitation is good.
    pub invited_until: Option<Stamp>,
}

/// What a line of a file would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Adds someone.
    Add,
    /// Changes someone: each field with what was and what would be.
    Edit(Vec<(Field, String, String)>),
    /// Nothing: it is so already.
    None,
    /// Nothing, because of what is wrong with it.
    Wrong(Vec<Wrong>),
}

/// A line of a file, and what it would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Where it stands in the file; the heading is line 1.
    pub line: usize,
    pub name: String,
    pub change: Change,
}

/// A file of people, and what it would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    pub id: i64,
    /// The file's name.
    pub name: String,
    /// Stands for all that is shown: the same only while the same would happen.
    pub digest: String,
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    pub wrong: u32,
    pub lines: Vec<Planned>,
}

/// A person as a directory sees one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisioned {
    pub external_id: String,
    pub id: String,
    #[serde(flatten)]
    pub person: PersonForm,
}
