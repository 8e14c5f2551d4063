//! A form on the bench: what is done with its parts, and what was taken away, so that it can be brought back.

mod join;

use serde::{Deserialize, Serialize};

use super::{
    KindName, Turn, Used,
    kind::{WEIGHT, change, hung_on, unset, without},
};
use crate::evaluation::{Band, Choice, Condition, Form, Key, Kind, Question, Section};

/// A form that is being built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bench {
    pub form: Form,
    pub used: Used,
    /// What was removed, the latest last.
    pub removed: Vec<Removed>,
}

/// Something that was removed, and what was lost with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    pub piece: Piece,
    /// The conditions that waited for it, by the questions that had them.
    conditions: Vec<(Key, Condition)>,
}

/// What was removed, and where it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Section {
        at: usize,
        section: Section,
    },
    Question {
        section: usize,
        at: usize,
        question: Question,
    },
    Choice {
        question: Key,
        at: usize,
        choice: Choice,
    },
    Band {
        question: Key,
        at: usize,
        band: Band,
    },
    /// What was said to the answers, before the question was answered otherwise.
    Kind {
        before: Question,
    },
}

/// The most that is kept to be brought back.
const MOST: usize = 50;

impl Removed {
    /// Notes the keys of what was removed as given.
    pub fn note(&self, used: &mut Used) {
        match &self.piece {
            Piece::Section { section, .. } => section.questions.iter().for_each(|it| used.note_question(it)),
            Piece::Question { question, .. } | Piece::Kind { before: question } => used.note_question(question),
            Piece::Choice { question, choice, .. } => used.note_choice(*question, choice.key),
            Piece::Band { .. } => {}
        }
    }
}

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
        before != self.form
    }

    /// Brings back what was removed last. Tells what that was.
    pub fn undo(&mut self) -> Option<Piece> {
        let Removed { piece, conditions } = self.removed.pop()?;
        match piece.clone() {
            Piece::Section { at, section } => {
                let at = at.min(self.form.sections.len());
                self.form.sections.insert(at, section);
            }
            Piece::Question { section, at, question } => {
                if self.form.sections.is_empty() {
                    self.form.sections.push(Section::default());
                }
                let last = self.form.sections.len() - 1;
                if let Some(section) = self.form.sections.get_mut(section.min(last)) {
                    section.questions.insert(at.min(section.questions.len()), question);
                }
            }
            Piece::Choice { question, at, choice } => {
                if let Some(Kind::Choice { choices }) = self.question(question).map(|question| &mut question.kind) {
                    choices.insert(at.min(choices.len()), choice);
                }
            }
            Piece::Band { question, at, band } => {
                if let Some(Kind::Number { bands, .. }) = self.question(question).map(|question| &mut question.kind) {
                    bands.insert(at.min(bands.len()), band);
                }
            }
            Piece::Kind { before } => {
                if let Some(question) = self.question(before.key) {
                    question.kind = before.kind;
                    question.weight = before.weight;
                    question.critical = before.critical;
                }
            }
        }
        for (key, condition) in conditions {
            if let Some(question) = self.question(key) {
                question.condition = Some(condition);
            }
        }
        Some(piece)
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

    fn keep(&mut self, piece: Piece, conditions: Vec<(Key, Condition)>) {
        if self.removed.len() >= MOST {
            self.removed.remove(0);
        }
        self.removed.push(Removed { piece, conditions });
    }

    /// Changes every condition that hangs on that question; gives those that were otherwise.
    fn rehang(&mut self, on: Key, into: impl Fn(&Condition) -> Option<Condition>) -> Vec<(Key, Condition)> {
        let mut before = vec![];
        for question in self.form.sections.iter_mut().flat_map(|section| &mut section.questions) {
            let Some(condition) = question.condition.as_ref().filter(|it| it.question == on) else {
                continue;
            };
            let now = into(condition);
            if now.as_ref() != Some(condition) {
                before.push((question.key, condition.clone()));
                question.condition = now;
            }
        }
        before
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
        if at >= self.form.sections.len() {
            return;
        }
        let section = self.form.sections.remove(at);
        let mut conditions = vec![];
        for question in &section.questions {
            conditions.extend(self.rehang(question.key, |_| None));
        }
        self.keep(Piece::Section { at, section }, conditions);
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
            let question = from.questions.remove(at);
            let conditions = self.rehang(key, |_| None);
            self.keep(Piece::Question { section, at, question }, conditions);
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
        let Some(question) = self.question(key).filter(|it| KindName::of(&it.kind) != into) else {
            return;
        };
        let before = question.clone();
        change(question, into, &used);
        let conditions = self.rehang(key, |condition| {
            Some(Condition {
                when: unset(),
                ..condition.clone()
            })
        });
        self.keep(Piece::Kind { before }, conditions);
    }

    fn set_steps(&mut self, key: Key, steps: u8) {
        let Some(question) = self.question(key) else { return };
        let before = question.clone();
        let Kind::Scale { steps: now, helps, .. } = &mut question.kind else {
            return;
        };
        *now = steps;
        let lost = helps.iter().skip(steps.into()).any(|help| !help.is_empty());
        helps.truncate(steps.into());
        if lost {
            self.keep(Piece::Kind { before }, vec![]);
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
        let used = self.used.clone();
        match self.question(key).map(|question| &mut question.kind) {
            Some(Kind::Choice { choices }) if choices.len() < Kind::MOST_CHOICES => {
                choices.push(Choice {
                    key: used.for_choice(key, choices),
                    words: String::new(),
                    points: 0,
                    help: String::new(),
                    failing: false,
                });
            }
            Some(Kind::Number { bands, .. }) if bands.len() < Kind::MOST_CHOICES => {
                // It begins above what there is, so that it shares nothing with another.
                let from = bands.iter().map(|band| band.to.0).max();
                let from = crate::evaluation::Decimal(from.map_or(0, |last| last.saturating_add(1)));
                bands.push(Band {
                    from,
                    to: from,
                    points: 0,
                });
            }
            _ => {}
        }
    }

    fn remove_line(&mut self, key: Key, at: usize) {
        match self.question(key).map(|question| &mut question.kind) {
            Some(Kind::Choice { choices }) if at < choices.len() => {
                let choice = choices.remove(at);
                let conditions = self.rehang(key, |condition| {
                    without(&condition.when, choice.key).map(|when| Condition {
                        when,
                        ..condition.clone()
                    })
                });
                self.keep(
                    Piece::Choice {
                        question: key,
                        at,
                        choice,
                    },
                    conditions,
                );
            }
            Some(Kind::Number { bands, .. }) if at < bands.len() => {
                let band = bands.remove(at);
                self.keep(
                    Piece::Band {
                        question: key,
                        at,
                        band,
                    },
                    vec![],
                );
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
