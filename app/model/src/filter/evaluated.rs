//! What has become of evaluating a call, as a list is narrowed to it (104).

use serde::{Deserialize, Serialize};

/// One of these, or any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evaluated {
    /// Someone has evaluated it.
    Yes,
    /// Nobody has.
    No,
    /// A critical question failed it, the last time that someone did.
    Failed,
    /// The evaluated person does not agree; the evaluator is asked.
    Disputed,
    /// It is the step of whoever looks.
    Waiting,
}

impl Evaluated {
    /// All of them, in the order in which people read them.
    pub const ALL: [Self; 5] = [Self::Yes, Self::No, Self::Failed, Self::Disputed, Self::Waiting];

    /// The word of an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Failed => "failed",
            Self::Disputed => "disputed",
            Self::Waiting => "waiting",
        }
    }

    /// The one of that word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
