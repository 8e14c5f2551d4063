//! The stretch of days a list speaks of (checklist 69, 92). Relative ones stay relative in an address.

use serde::{Deserialize, Serialize};

/// A stretch of days, relative to the company's today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Since midnight.
    #[default]
    Today,
    /// The day before today.
    Yesterday,
    /// Today and the six days before it.
    Last7,
    /// Today and the twenty-nine days before it.
    Last30,
    /// From the first recording on.
    All,
}

impl Period {
    /// Every period, nearest first.
    pub const ALL: [Self; 5] = [Self::Today, Self::Yesterday, Self::Last7, Self::Last30, Self::All];

    /// The period's name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Last7 => "last-7",
            Self::Last30 => "last-30",
            Self::All => "all",
        }
    }

    /// The period of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }
}
