//! What one answers, as it stands on the page.

use std::collections::BTreeSet;

use leptos::prelude::*;
use model::{
    evaluation::{Answer, Answers, By, Form, Key, Question, Score, Value, score},
    id::RecordingId,
};

use super::keeper::Keeper;

/// A form and the answers to it. Without a recording it is a rehearsal: nothing is kept.
#[derive(Clone, Copy)]
pub struct Desk {
    pub form: StoredValue<Form>,
    pub answers: RwSignal<Answers>,
    /// What the answers come to so far.
    pub score: Memo<Score>,
    /// The questions that are asked beside these answers.
    pub asked: Memo<BTreeSet<Key>>,
    /// The question that keys answer.
    pub current: RwSignal<Option<Key>>,
    /// What must be answered before it is finished, once someone has tried.
    pub missing: RwSignal<BTreeSet<Key>>,
    /// What holds no answer to its question.
    pub unreadable: RwSignal<BTreeSet<Key>>,
    recording: Option<RecordingId>,
    keeping: Option<(RecordingId, By, Keeper)>,
}

impl Desk {
    /// A desk on which nothing is kept.
    pub fn rehearsal(form: Form) -> Self {
        Self::new(form, Answers::default(), None)
    }

    /// What others have said of a recording: nothing is answered.
    pub(super) fn reading(id: RecordingId) -> Self {
        let mut desk = Self::new(Form::default(), Answers::default(), None);
        desk.recording = Some(id);
        desk
    }

    pub(super) fn of(form: Form, answers: Answers, id: RecordingId, by: By, keeper: Keeper) -> Self {
        let mut desk = Self::new(form, answers, Some((id, by, keeper)));
        desk.recording = Some(id);
        desk
    }

    fn new(form: Form, answers: Answers, keeping: Option<(RecordingId, By, Keeper)>) -> Self {
        let form = StoredValue::new(form);
        let answers = RwSignal::new(answers);
        Self {
            form,
            answers,
            score: Memo::new(move |_| form.with_value(|form| score(form, &answers.read()))),
            asked: Memo::new(move |_| {
                form.with_value(|form| {
                    form.asked(&answers.read())
                        .iter()
                        .map(|asked| asked.question.key)
                        .collect()
                })
            }),
            current: RwSignal::new(None),
            missing: RwSignal::new(BTreeSet::new()),
            unreadable: RwSignal::new(BTreeSet::new()),
            recording: None,
            keeping,
        }
    }

    /// Whose answers these are; none in a rehearsal.
    pub fn recording(self) -> Option<RecordingId> {
        self.recording
    }

    /// The answer to a question.
    pub fn answer(self, key: Key) -> Answer {
        self.answers
            .with(|answers| answers.0.get(&key).cloned().unwrap_or_default())
    }

    /// The answer itself.
    pub fn value(self, key: Key) -> Option<Value> {
        self.answers.with(|answers| answers.value(key).cloned())
    }

    /// Changes what is said to a question; `at_once` where no more of it is to come.
    pub fn edit(self, key: Key, at_once: bool, change: impl FnOnce(&mut Answer)) {
        let mut answer = self
            .answers
            .with_untracked(|answers| answers.0.get(&key).cloned().unwrap_or_default());
        change(&mut answer);
        if answer.value.is_some() {
            self.missing.update(|missing| {
                missing.remove(&key);
            });
        }
        self.answers.update(|answers| {
            if answer == Answer::default() {
                answers.0.remove(&key);
            } else {
                answers.0.insert(key, answer.clone());
            }
        });
        if let Some((id, by, keeper)) = self.keeping {
            keeper.note(id, by, key, answer, at_once);
        }
    }

    /// Answers a question.
    pub fn set(self, key: Key, value: Option<Value>) {
        self.edit(key, true, |answer| answer.value = value);
    }

    /// The question that keys answer: the one that has the focus or had it last, else the first without an answer.
    pub fn turn(self) -> Option<Question> {
        let asked = self.asked.get();
        let current = self.current.get().filter(|key| asked.contains(key));
        self.form.with_value(|form| {
            let open = || {
                form.questions()
                    .find(|it| asked.contains(&it.key) && self.value(it.key).is_none())
            };
            let chosen = current.and_then(|key| form.question(key));
            chosen.or_else(open).cloned()
        })
    }

    /// The next question that is asked, from that one on; the first without an answer where it is the last.
    pub fn after(self, key: Key) -> Option<Key> {
        let asked = self.asked.get_untracked();
        self.form.with_value(|form| {
            let mut rest = form.questions().map(|it| it.key).skip_while(|it| *it != key).skip(1);
            rest.find(|it| asked.contains(it))
        })
    }
}
