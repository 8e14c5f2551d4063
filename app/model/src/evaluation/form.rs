//! What is asked about a call.

use serde::{Deserialize, Serialize};

use super::{Key, Question};

/// An evaluation form: questions in sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub title: String,
    /// What whoever evaluates should know first; may be empty.
    #[serde(default)]
    pub introduction: String,
    pub sections: Vec<Section>,
}

/// A part of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub title: String,
    /// How much the section counts beside the others, 0 to 100; of 0 it has a score that counts nowhere.
    pub weight: u8,
    pub questions: Vec<Question>,
}

impl Form {
    /// The most sections.
    pub const MOST_SECTIONS: usize = 30;
    /// The most questions, in all sections together.
    pub const MOST_QUESTIONS: usize = 200;
    /// The most choices and bands, in all questions together: a page shows them all.
    pub const MOST_LINES: usize = 1_000;
    /// The largest weight of a section or a question.
    pub const MOST_WEIGHT: u8 = 100;
    /// The most bytes of text, in all fields together.
    pub const MOST_TEXT: usize = 500_000;

    /// Every question, in the form's order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// How many choices and bands there are, in all questions together.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.questions().map(|question| question.kind.lines()).sum()
    }

    /// The question of that key.
    #[must_use]
    pub fn question(&self, key: Key) -> Option<&Question> {
        self.questions().find(|question| question.key == key)
    }

    /// A key for a new question, which none has here, nor had in earlier versions, whose keys are `used`.
    #[must_use]
    pub fn fresh_key(&self, used: impl IntoIterator<Item = Key>) -> Key {
        Key::above(self.questions().map(|question| question.key).chain(used))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn questions_are_found_by_their_keys() {
        let form = samples::every_kind();
        assert_eq!(form.question(Key(3)).unwrap().key, Key(3));
        assert_eq!(form.question(Key(99)), None);
        assert_eq!(
            form.fresh_key([Key(12), Key(4)]),
            Key(13),
            "one that was removed does not come back as another"
        );
        assert_eq!(Form::default().fresh_key([]), Key(1));
    }
}
