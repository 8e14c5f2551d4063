//! A form on the bench: what is done with its parts, and what was taken away, so that it can be brought back.

mod join;

use super::{
    Done, KindName, Thing, Turn, Used, Verb, What, done,
    kind::{WEIGHT, change, hung_on, unset, without},
    step::Step,
};
use crate::evaluation::{Band, Choice, Condition, Decimal, Form, Key, Kind, Part, Place, Question, Section};

/// A form that is being built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bench {
    pub form: Form,
    pub used: Used,
    /// What was done with it, the latest last.
    pub past: Vec<Done>,
    /// What was taken back, to be done again; what comes next last.
    pub future: Vec<Done>,
}

/// The most that can be taken back.
const MOST: usize = 100;

impl Bench {
    /// Does something. What cannot be done is not: there is no such part, or no room for one more. Tells whether it was.
    pub fn turn(&mut self, turn: Turn) -> bool {
        self.used.note(&self.form);
        let before = self.form.clone();
        match turn {
            Turn::AddSection => self.add_section(),
            Turn::RemoveSection(at) => self.remove_section(at),
            Turn::MoveSection { at, up } => move_one(&mut self.form.sections, at, up),
            Turn::AddQuestion(at) => self.add_question(at),
            Turn::RemoveQuestion(key) => self.remove_question(key),
            Turn::MoveQuestion { key, up } => self.move_question(key, up),
            Turn::ChangeKind(key, into) => self.change_kind(key, into),
            Turn::SetSteps(key, steps) => self.set_steps(key, steps),
            Turn::HangOn(key, on) => self.hang_on(key, on),
            Turn::AddLine(key) => self.add_line(key),
            Turn::RemoveLine(key, at) => self.remove_line(key, at),
            Turn::MoveLine { question, at, up } => match self.question(question).map(|question| &mut question.kind) {
                Some(Kind::Choice { choices }) => move_one(choices, at, up),
                Some(Kind::Number { bands, .. }) => move_one(bands, at, up),
                _ => {}
            },
        }
        if before == self.form {
            return false;
        }
        let what = done::turned(turn, &before, &self.form);
        self.keep(before, what, None);
        true
    }

    /// Changes a field of it. What is typed in one field is one deed, until something else is done. Tells whether anything is
    /// other than before.
    pub fn edit(&mut self, change: impl FnOnce(&mut Form)) -> bool {
        let before = self.form.clone();
        change(&mut self.form);
        let typed = done::typed(&before, &self.form);
        let is_other = typed.is_some();
        if let Some((what, field)) = typed {
            self.keep(before, what, field);
        }
        is_other
    }

    /// Puts what was asked in a version in the place of what is there.
    pub fn restore(&mut self, old: Form, version: i64) {
        self.used.note(&self.form);
        let before = std::mem::replace(&mut self.form, old);
        let what = What {
            verb: Verb::Changed,
            thing: Thing::Version { version },
        };
        self.keep(before, what, None);
    }

    /// Takes back what was done last. Tells what that was.
    pub fn undo(&mut self) -> Option<What> {
        let done = self.past.pop()?;
        self.used.note(&self.form);
        done.step.back(&mut self.form);
        let what = done.what.clone();
        self.future.push(done);
        Some(what)
    }

    /// Does again what was taken back last. Tells what that was.
    pub fn redo(&mut self) -> Option<What> {
        let done = self.future.pop()?;
        self.used.note(&self.form);
        done.step.again(&mut self.form);
        let what = done.what.clone();
        self.past.push(done);
        Some(what)
    }

    fn keep(&mut self, mut before: Form, what: What, field: Option<(Place, Part)>) {
        self.future.clear();
        if let Some(last) = self.past.pop_if(|last| field.is_some() && last.field == field) {
            last.step.back(&mut before);
        }
        let step = Step::between(&before, &self.form);
        // Typed back, it is as if nothing had been typed.
        if step.is_nothing() {
            return;
        }
        if self.past.len() >= MOST {
            self.past.remove(0);
        }
        self.past.push(Done { what, field, step });
    }

    fn question(&mut self, key: Key) -> Option<&mut Question> {
        let mut all = self.form.sections.iter_mut().flat_map(|section| &mut section.questions);
        all.find(|question| question.key == key)
    }

    /// In which section it is, and where there.
    fn place(&self, key: Key) -> Option<(usize, usize)> {
        self.form.sections.iter().enumerate().find_map(|(section, it)| {
            let at = it.questions.iter().position(|question| question.key == key)?;
            Some((section, at))
        })
    }

    /// Changes every condition that hangs on that question.
    fn rehang(&mut self, on: Key, into: impl Fn(&Condition) -> Option<Condition>) {
        for question in self.form.sections.iter_mut().flat_map(|section| &mut section.questions) {
            if let Some(condition) = question.condition.as_ref().filter(|it| it.question == on) {
                question.condition = into(condition);
            }
        }
    }

    fn add_section(&mut self) {
        if self.form.sections.len() < Form::MOST_SECTIONS {
            // As much as the one above it: what weighs is how they stand to each other.
            let weight = self.form.sections.last().map_or(WEIGHT, |section| section.weight);
            self.form.sections.push(Section {
                weight,
                ..Section::default()
            });
        }
    }

    fn remove_section(&mut self, at: usize) {
        if at < self.form.sections.len() {
            for question in self.form.sections.remove(at).questions {
                self.rehang(question.key, |_| None);
            }
        }
    }

    fn add_question(&mut self, at: usize) {
        let key = self.used.for_question(&self.form);
        let full = self.form.questions().count() >= Form::MOST_QUESTIONS;
        if let Some(section) = self.form.sections.get_mut(at).filter(|_| !full) {
            section.questions.push(Question {
                key,
                words: String::new(),
                help: String::new(),
                kind: KindName::YesNo.blank(),
                weight: WEIGHT,
                not_applicable: false,
                critical: false,
                required: true,
                condition: None,
            });
        }
    }

    fn remove_question(&mut self, key: Key) {
        let Some((section, at)) = self.place(key) else { return };
        if let Some(from) = self.form.sections.get_mut(section) {
            from.questions.remove(at);
            self.rehang(key, |_| None);
        }
    }

    fn move_question(&mut self, key: Key, up: bool) {
        let Some((section, at)) = self.place(key) else { return };
        let sections = &mut self.form.sections;
        let Some(here) = sections.get_mut(section) else { return };
        let at_end = if up { at == 0 } else { at + 1 == here.questions.len() };
        if !at_end {
            move_one(&mut here.questions, at, up);
            return;
        }
        let next = if up { section.checked_sub(1) } else { Some(section + 1) };
        let Some(next) = next.filter(|next| *next < sections.len()) else {
            return;
        };
        if let Some(here) = sections.get_mut(section) {
            let question = here.questions.remove(at);
            if let Some(there) = sections.get_mut(next) {
                there
                    .questions
                    .insert(if up { there.questions.len() } else { 0 }, question);
            }
        }
    }

    fn change_kind(&mut self, key: Key, into: KindName) {
        let used = self.used.clone();
        let lines = self.form.lines();
        let Some(question) = self.question(key).filter(|it| KindName::of(&it.kind) != into) else {
            return;
        };
        let mut changed = question.clone();
        change(&mut changed, into, &used);
        let (now, then) = (question.kind.lines(), changed.kind.lines());
        // A form that was kept before there was a limit can always become smaller.
        if then > now && lines + then > Form::MOST_LINES + now {
            return;
        }
        *question = changed;
        self.rehang(key, |condition| {
            Some(Condition {
                when: unset(),
                ..condition.clone()
            })
        });
    }

    fn set_steps(&mut self, key: Key, steps: u8) {
        if let Some(Kind::Scale { steps: now, helps, .. }) = self.question(key).map(|question| &mut question.kind) {
            *now = steps;
            helps.truncate(steps.into());
        }
    }

    fn hang_on(&mut self, key: Key, on: Option<Key>) {
        let on = on.map(|on| {
            let there = self.form.question(on);
            there.map_or(
                Condition {
                    question: on,
                    when: unset(),
                },
                hung_on,
            )
        });
        if let Some(question) = self.question(key) {
            question.condition = on;
        }
    }

    fn add_line(&mut self, key: Key) {
        if self.form.lines() >= Form::MOST_LINES {
            return;
        }
        let used = self.used.clone();
        let Some(question) = self.question(key) else { return };
        match &mut question.kind {
            Kind::Choice { choices } if choices.len() < Kind::MOST_CHOICES => {
                choices.push(Choice {
                    key: used.for_choice(key, choices),
                    words: String::new(),
                    points: 0,
                    help: String::new(),
                    failing: false,
                });
            }
            Kind::Number { bands, .. } if bands.len() < Kind::MOST_CHOICES => {
                // It begins above what there is, so that it shares nothing with another.
                let last = bands.iter().map(|band| band.to.0).max();
                let from = Decimal(last.map_or(0, |last| last.saturating_add(1)));
                // With the first of them the number counts, as a new question does.
                let first = bands.is_empty();
                bands.push(Band {
                    from,
                    to: from,
                    points: first.into(),
                });
                if first && question.weight == 0 {
                    question.weight = WEIGHT;
                }
            }
            _ => {}
        }
    }

    fn remove_line(&mut self, key: Key, at: usize) {
        let Some(question) = self.question(key) else { return };
        match &mut question.kind {
            Kind::Choice { choices } if at < choices.len() => {
                let gone = choices.remove(at).key;
                self.rehang(key, |condition| {
                    without(&condition.when, gone).map(|when| Condition {
                        when,
                        ..condition.clone()
                    })
                });
            }
            Kind::Number { bands, .. } if at < bands.len() => {
                bands.remove(at);
                // Without any the number is only noted.
                if bands.is_empty() {
                    (question.weight, question.critical) = (0, false);
                }
            }
            _ => {}
        }
    }
}

/// Lets one change places with its neighbour.
fn move_one<T>(list: &mut [T], at: usize, up: bool) {
    let other = if up { at.checked_sub(1) } else { at.checked_add(1) };
    if let Some(other) = other.filter(|other| at.max(*other) < list.len()) {
        list.swap(at, other);
    }
}

#[cfg(test)]
mod tests;
