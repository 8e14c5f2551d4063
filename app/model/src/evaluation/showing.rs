//! When the evaluated person sees what was said of them.

use serde::{Deserialize, Serialize};

/// The company's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Showing {
    /// Not at all.
    Never,
    /// Once the evaluator shows it.
    ByHand,
    /// As soon as it is finished.
    #[default]
    AtOnce,
}

impl Showing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::ByHand, Self::Never];

    /// The name that forms and the database use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::ByHand => "by-hand",
            Self::AtOnce => "at-once",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|showing| showing.name() == name)
    }
}
