//! Keys that were given once: what is removed never comes back as something else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Done;
use crate::evaluation::{Choice, Form, Key, Kind, Question};

/// The highest keys that were ever given in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    question: Key,
    /// Of the choices of each question.
    choices: BTreeMap<Key, Key>,
}

impl Used {
    /// Those of these versions.
    #[must_use]
    pub fn of<'a>(forms: impl IntoIterator<Item = &'a Form>) -> Self {
        let mut used = Self::default();
        forms.into_iter().for_each(|form| used.note(form));
        used
    }

    /// Notes what a form has, too.
    pub fn note(&mut self, form: &Form) {
        form.questions().for_each(|question| self.note_question(question));
    }

    /// Notes the keys of what was there once, and may come again.
    pub fn note_done(&mut self, done: &Done) {
        done.step.questions().for_each(|question| self.note_question(question));
    }

    /// Notes a question's keys.
    pub fn note_question(&mut self, question: &Question) {
        self.question = self.question.max(question.key);
        if let Kind::Choice { choices } = &question.kind {
            for choice in choices {
                self.note_choice(question.key, choice.key);
            }
        }
    }

    /// Notes the key of a choice of that question.
    pub fn note_choice(&mut self, question: Key, choice: Key) {
        let highest = self.choices.entry(question).or_default();
        *highest = (*highest).max(choice);
    }

    /// Notes what others know of, too.
    pub fn merge(&mut self, other: &Self) {
        self.question = self.question.max(other.question);
        for (question, choice) in &other.choices {
            self.note_choice(*question, *choice);
        }
    }

    /// Whether a question may have had that key.
    #[must_use]
    pub fn has_question(&self, key: Key) -> bool {
        key <= self.question
    }

    /// Whether a choice of that question may have had that key.
    #[must_use]
    pub fn has_choice(&self, question: Key, choice: Key) -> bool {
        self.choices.get(&question).is_some_and(|highest| choice <= *highest)
    }

    /// A key for a new question.
    #[must_use]
    pub fn for_question(&self, form: &Form) -> Key {
        form.fresh_key([self.question])
    }

    /// A key for a new choice of a question that has these.
    #[must_use]
    pub fn for_choice(&self, question: Key, choices: &[Choice]) -> Key {
        let before = self.choices.get(&question).copied().unwrap_or_default();
        Key::above(choices.iter().map(|choice| choice.key).chain([before]))
    }
}
