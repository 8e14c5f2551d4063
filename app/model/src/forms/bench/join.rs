//! Two who work on a form at once: what each adds keeps a key of its own.

use super::Bench;
use crate::{
    evaluation::{Condition, Key, Kind, When},
    forms::Used,
};

impl Bench {
    /// Makes room for what others have given keys to meanwhile. `base` is what they knew of this form: what has come to it since
    /// then, and was given a key here that they have given as well, gets another. Nothing that was done before can be taken
    /// back then, as its keys may be taken. Gives each question that has another key now, before and after.
    pub fn join(&mut self, base: &Used, theirs: &Used) -> Vec<(Key, Key)> {
        self.used.note(&self.form);
        let mut both = base.clone();
        both.merge(theirs);
        if both != *base {
            self.past.clear();
            self.future.clear();
        }
        self.used.merge(theirs);
        let is_new = |key| !base.has_question(key) && theirs.has_question(key);
        let clashing = self.form.questions().map(|question| question.key);
        let clashing: Vec<Key> = clashing.filter(|key| is_new(*key)).collect();
        let mut moved = vec![];
        for before in clashing {
            let after = self.used.for_question(&self.form);
            if let Some(question) = self.question(before) {
                question.key = after;
                self.used.note(&self.form);
            }
            self.rehang(before, |condition| {
                Some(Condition {
                    question: after,
                    ..condition.clone()
                })
            });
            moved.push((before, after));
        }
        let others = self.form.questions().map(|question| question.key);
        let others: Vec<Key> = others.filter(|key| base.has_question(*key)).collect();
        for question in others {
            self.join_choices(question, base, theirs);
        }
        self.used.note(&self.form);
        moved
    }

    /// The same for the choices of a question that both know.
    fn join_choices(&mut self, key: Key, base: &Used, theirs: &Used) {
        let mut used = self.used.clone();
        let mut moved = vec![];
        if let Some(Kind::Choice { choices }) = self.question(key).map(|question| &mut question.kind) {
            for at in 0..choices.len() {
                let after = used.for_choice(key, choices);
                if let Some(choice) = choices.get_mut(at)
                    && !base.has_choice(key, choice.key)
                    && theirs.has_choice(key, choice.key)
                {
                    moved.push((choice.key, after));
                    used.note_choice(key, after);
                    choice.key = after;
                }
            }
        }
        if moved.is_empty() {
            return;
        }
        let now = |choice: &Key| {
            moved
                .iter()
                .find(|(before, _)| before == choice)
                .map_or(*choice, |(_, now)| *now)
        };
        self.rehang(key, |condition| {
            let mut condition = condition.clone();
            if let When::Choice(wanted) = &mut condition.when {
                *wanted = wanted.iter().map(now).collect();
            }
            Some(condition)
        });
    }
}
