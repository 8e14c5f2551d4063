//! What questions and choices are known by.

use std::{fmt, num::ParseIntError, str::FromStr};

use serde::{Deserialize, Serialize};

/// The number of a question in its form, or of a choice in its question. It says nothing of the place, and stays through
/// edits, so that answers to several versions of a form can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub u16);

impl Key {
    /// A key above all of these. Stops at the last there is, which [`Form::check`](super::Form::check) then finds twice.
    #[must_use]
    pub fn above(used: impl IntoIterator<Item = Self>) -> Self {
        Self(used.into_iter().max().map_or(1, |Self(key)| key.saturating_add(1)))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Key {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_was_never_used() {
        assert_eq!(Key::above([]), Key(1));
        assert_eq!(Key::above([Key(7), Key(3)]), Key(8));
        assert_eq!(Key::above([Key(u16::MAX)]), Key(u16::MAX));
    }

    #[test]
    fn a_key_is_written_as_a_number() {
        assert_eq!("12".parse(), Ok(Key(12)));
        assert_eq!(Key(12).to_string(), "12");
        assert!("q12".parse::<Key>().is_err());
    }
}
