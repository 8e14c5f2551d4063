//! What a password must be. Pure, so that a page can say it while one types; what only the server knows (the passwords
//! that everyone has, the ones used before) it adds itself.

use serde::{Deserialize, Serialize};

use crate::problem::Invalid;

/// The longest password taken (NIST SP 800-63B asks for at least 64).
pub const LONGEST: u32 = 128;

/// A class of signs that the guide asks for (checklist 23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Class {
    Lower,
    Upper,
    Digit,
    Special,
}

impl Class {
    /// Every class, in the guide's order.
    pub const ALL: [Self; 4] = [Self::Lower, Self::Upper, Self::Digit, Self::Special];

    /// Whether a password has a sign of this class.
    #[must_use]
    pub fn is_in(self, password: &str) -> bool {
        password.chars().any(|sign| match self {
            Self::Lower => sign.is_lowercase(),
            Self::Upper => sign.is_uppercase(),
            Self::Digit => sign.is_numeric(),
            Self::Special => !sign.is_alphanumeric(),
        })
    }
}

/// Whose rules hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// The guide's: short, mixed, new every hundred days (checklist 23–25).
    #[default]
    Guide,
    /// NIST SP 800-63B-4's: long, of any signs, kept until it is known to others.
    Nist,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 2] = [Self::Guide, Self::Nist];

    /// The profile's name in the database and in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Nist => "nist",
        }
    }

    /// The profile of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// What it asks for.
    #[must_use]
    pub const fn policy(self) -> Policy {
        match self {
            Self::Guide => Policy {
                least: 8,
                classes: true,
                lasts_days: Some(100),
                history: 10,
                least_strength: 2,
            },
            Self::Nist => Policy {
                least: 15,
                classes: false,
                lasts_days: None,
                history: 10,
                least_strength: 3,
            },
        }
    }
}

/// The rules of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Characters at least.
    pub least: u32,
    /// Whether every class of signs must be there.
    pub classes: bool,
    /// Days until a new one is asked for; for ever when none.
    pub lasts_days: Option<u16>,
    /// How many earlier passwords may not come back.
    pub history: u8,
    /// What the server's own judgement must be at least: 0 is guessed at once, 4 never.
    pub least_strength: u8,
}

impl Policy {
    /// One line of the list that a page shows while one types, in the order in which they are shown.
    #[must_use]
    pub fn rules(&self) -> Vec<Invalid> {
        let length = Invalid::TooShort { least: self.least };
        let classes = Class::ALL.into_iter().filter(|_| self.classes).map(Invalid::Lacks);
        std::iter::once(length).chain(classes).collect()
    }

    /// Every rule that a password breaks, as far as anyone can tell who sees only the password.
    #[must_use]
    pub fn broken(&self, password: &str) -> Vec<Invalid> {
        if password.is_empty() {
            return vec![Invalid::Missing];
        }
        let length = length(password);
        let long = (length > LONGEST).then_some(Invalid::TooLong { most: LONGEST });
        let broken = self.rules().into_iter().filter(|rule| match rule {
            Invalid::TooShort { least } => length < *least,
            Invalid::Lacks(class) => !class.is_in(password),
            _ => false,
        });
        broken.chain(long).collect()
    }
}

fn length(password: &str) -> u32 {
    u32::try_from(password.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guides_rules_name_everything_that_is_missing() {
        let policy = Profile::Guide.policy();
        assert_eq!(policy.broken("Sommar-2026!"), []);
        assert_eq!(
            policy.broken("sommar"),
            [
                Invalid::TooShort { least: 8 },
                Invalid::Lacks(Class::Upper),
                Invalid::Lacks(Class::Digit),
                Invalid::Lacks(Class::Special),
            ]
        );
        assert_eq!(policy.broken(""), [Invalid::Missing], "nothing breaks one rule");
        assert_eq!(policy.broken("ÅNGSTRÖM 7é"), [], "letters of every alphabet count");
    }

    #[test]
    fn the_other_profile_asks_for_length_alone() {
        let policy = Profile::Nist.policy();
        assert_eq!(policy.broken("korrekt häst batteri"), []);
        assert_eq!(policy.broken("Sommar-2026!"), [Invalid::TooShort { least: 15 }]);
        assert_eq!(policy.broken(&"å".repeat(129)), [Invalid::TooLong { most: 128 }]);
        assert_eq!(policy.broken(&"å".repeat(128)), []);
    }
}
