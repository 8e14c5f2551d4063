//! When a question is shown.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Key, Value};

/// A question is shown only where an earlier one has one of certain answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The earlier question.
    pub question: Key,
    pub when: When,
}

/// Which answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum When {
    /// Yes, or no.
    YesNo(bool),
    /// A step of the scale: from one to another, both of them within.
    Scale { from: u8, to: u8 },
    /// Any of these choices.
    Choice(BTreeSet<Key>),
}

impl When {
    /// Whether an answer is one of those.
    #[must_use]
    pub fn has(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::YesNo(wanted), Value::YesNo(given)) => wanted == given,
            (Self::Scale { from, to }, Value::Scale(step)) => (from..=to).contains(&step),
            (Self::Choice(wanted), Value::Choice(chosen)) => wanted.contains(chosen),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_one_of_those_or_not() {
        let table = [
            (When::YesNo(true), Value::YesNo(true), true),
            (When::YesNo(true), Value::YesNo(false), false),
            (When::YesNo(false), Value::YesNo(false), true),
            (When::Scale { from: 2, to: 3 }, Value::Scale(1), false),
            (When::Scale { from: 2, to: 3 }, Value::Scale(2), true),
            (When::Scale { from: 2, to: 3 }, Value::Scale(3), true),
            (When::Scale { from: 2, to: 3 }, Value::Scale(4), false),
            (When::Choice([Key(1), Key(4)].into()), Value::Choice(Key(4)), true),
            (When::Choice([Key(1), Key(4)].into()), Value::Choice(Key(2)), false),
            (When::YesNo(false), Value::NotApplicable, false),
            (When::Scale { from: 1, to: 10 }, Value::YesNo(true), false),
        ];
        for (when, value, has) in table {
            assert_eq!(when.has(&value), has, "{when:?} {value:?}");
        }
    }
}
