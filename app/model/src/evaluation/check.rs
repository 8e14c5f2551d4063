//! Whether a form can be used: everything that is wrong with it, at once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, Fault, Flaw, Form, Key, Kind, Part, Place, Question, Section, When, text};

mod kind;

impl Form {
    /// Everything that is wrong with the form, in its order; nothing when it can be used. What is larger than any form is not
    /// looked into, so that no file makes it long.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults(vec![]);
        let place = Place::Form;
        faults.add(place, Part::Title, text::needed_line(&self.title, text::TITLE));
        faults.add(place, Part::Introduction, text::lines(&self.introduction, text::LONG));
        faults.add(place, Part::Sections, count(self.sections.len(), Self::MOST_SECTIONS));
        let questions = count(self.questions().count(), Self::MOST_QUESTIONS);
        faults.add(place, Part::Questions, questions.filter(|_| !self.sections.is_empty()));
        let most = Self::MOST_LINES;
        let many = self.lines() > most;
        faults.add(place, Part::Choices, many.then_some(Flaw::TooMany { most }));
        let most = Self::MOST_TEXT;
        let much = self.text_bytes() > most;
        faults.add(place, Part::Whole, much.then_some(Flaw::TooMuchText { most }));
        let counts = self.sections.iter().any(Section::counts);
        faults.add(place, Part::Whole, (!counts).then_some(Flaw::NothingCounts));
        if self.is_too_large() {
            return faults.0;
        }

        let keys: BTreeSet<Key> = self.questions().map(|question| question.key).collect();
        let mut earlier = BTreeMap::new();
        for (at, section) in self.sections.iter().enumerate() {
            let place = Place::Section { section: at };
            faults.add(place, Part::Title, text::needed_line(&section.title, text::TITLE));
            faults.add(place, Part::Weight, weight(section.weight));
            let empty = section.questions.is_empty();
            faults.add(place, Part::Questions, empty.then_some(Flaw::Missing));
            for question in &section.questions {
                let place = Place::Question {
                    section: at,
                    key: question.key,
                };
                question.check(place, &mut faults);
                if let Some(condition) = &question.condition {
                    faults.add(place, Part::Condition, condition.flaw(&earlier, &keys));
                }
                let twice = earlier.insert(question.key, question).is_some();
                faults.add(place, Part::Key, twice.then_some(Flaw::Twice));
            }
        }
        faults.0
    }

    fn is_too_large(&self) -> bool {
        self.sections.len() > Self::MOST_SECTIONS
            || self.questions().count() > Self::MOST_QUESTIONS
            || self.lines() > Self::MOST_LINES
    }

    /// Bytes of all that is written in the form.
    fn text_bytes(&self) -> usize {
        let sections = self.sections.iter().map(|section| section.title.len());
        let questions = self.questions().map(|question| {
            let kind: usize = question.kind.texts().map(str::len).sum();
            question.words.len() + question.help.len() + kind
        });
        self.title.len() + self.introduction.len() + sections.chain(questions).sum::<usize>()
    }
}

impl Section {
    /// Whether an answer in it can change the whole.
    fn counts(&self) -> bool {
        let counts = |question: &Question| question.weight > 0 && question.kind.most() > 0;
        self.weight > 0 && self.questions.iter().any(counts)
    }
}

impl Question {
    fn check(&self, place: Place, faults: &mut Faults) {
        faults.add(place, Part::Words, text::needed_line(&self.words, text::WORDS));
        faults.add(place, Part::Help, text::lines(&self.help, text::HELP));
        faults.add(place, Part::Weight, self.weight_flaw());
        faults.add(place, Part::Critical, self.critical_flaw());
        self.kind
            .check(self.critical, |part, flaw| faults.add(place, part, flaw));
    }

    fn weight_flaw(&self) -> Option<Flaw> {
        if self.weight > 0 && !self.kind.is_scored() {
            Some(Flaw::NeverCounts)
        } else if self.weight > 0 && self.kind.most() == 0 {
            Some(Flaw::NoPoints)
        } else {
            weight(self.weight)
        }
    }

    fn critical_flaw(&self) -> Option<Flaw> {
        let can_fail = match &self.kind {
            Kind::Choice { choices } => choices.iter().any(|choice| choice.failing),
            // Without a band that gives points no number is better than another.
            Kind::Number { .. } => self.kind.most() > 0,
            kind => kind.is_scored(),
        };
        (self.critical && !can_fail).then_some(Flaw::NeverFails)
    }
}

impl Condition {
    fn flaw(&self, earlier: &BTreeMap<Key, &Question>, keys: &BTreeSet<Key>) -> Option<Flaw> {
        let Some(question) = earlier.get(&self.question) else {
            let later = keys.contains(&self.question);
            return Some(if later { Flaw::Later } else { Flaw::Unknown });
        };
        match (&self.when, &question.kind) {
            (When::YesNo(_), Kind::YesNo { .. }) => None,
            (When::Scale { from, to }, Kind::Scale { steps, .. }) => {
                let within = |step| (1..=*steps).contains(step);
                if from > to {
                    Some(Flaw::Backwards)
                } else {
                    (!within(from) || !within(to)).then_some(Flaw::Range {
                        least: 1,
                        most: i64::from(*steps),
                    })
                }
            }
            (When::Choice(wanted), Kind::Choice { choices }) => {
                let known: BTreeSet<Key> = choices.iter().map(|choice| choice.key).collect();
                if wanted.is_empty() {
                    Some(Flaw::Missing)
                } else {
                    (!wanted.is_subset(&known)).then_some(Flaw::Unknown)
                }
            }
            _ => Some(Flaw::OtherKind),
        }
    }
}

/// What was found so far.
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, place: Place, part: Part, flaw: Option<Flaw>) {
        self.0.extend(flaw.map(|flaw| Fault { place, part, flaw }));
    }
}

/// What is wrong with a weight.
fn weight(weight: u8) -> Option<Flaw> {
    let most = Form::MOST_WEIGHT;
    (weight > most).then_some(Flaw::Range {
        least: 0,
        most: most.into(),
    })
}

/// What is wrong with how many there are of something that there must be one of.
fn count(count: usize, most: usize) -> Option<Flaw> {
    if count == 0 {
        Some(Flaw::Missing)
    } else {
        (count > most).then_some(Flaw::TooMany { most })
    }
}

#[cfg(test)]
mod tests;
