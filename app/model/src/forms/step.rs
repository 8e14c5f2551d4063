//! One step of a form's history: what a deed has changed, so that it can be taken back and done again. It holds what differs
//! and no more, and is laid on a form in which something else has been typed meanwhile without taking that from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::evaluation::{Choice, Form, Key, Kind, Question, Section};

/// The form before and after, as far as the two differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    before: Side,
    after: Side,
}

/// How it was on one side of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Side {
    Parts(Parts),
    /// Where two questions have one key, nothing tells which of them is meant.
    Whole(Form),
}

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Parts {
    title: Option<String>,
    introduction: Option<String>,
    /// All sections, where one of them differs.
    frames: Option<Vec<Frame>>,
    /// None where there is no such question on this side.
    questions: BTreeMap<Key, Option<Question>>,
}

/// A section, with its questions by their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Frame {
    title: String,
    weight: u8,
    keys: Vec<Key>,
}

impl Step {
    /// From one form to another.
    pub fn between(before: &Form, after: &Form) -> Self {
        if !(is_unique(keys(before)) && is_unique(keys(after))) {
            return Self {
                before: Side::Whole(before.clone()),
                after: Side::Whole(after.clone()),
            };
        }
        let (mut was, mut is) = (Parts::default(), Parts::default());
        if before.title != after.title {
            was.title = Some(before.title.clone());
            is.title = Some(after.title.clone());
        }
        if before.introduction != after.introduction {
            was.introduction = Some(before.introduction.clone());
            is.introduction = Some(after.introduction.clone());
        }
        let (old, new) = (frames(before), frames(after));
        if old != new {
            was.frames = Some(old);
            is.frames = Some(new);
        }
        let (old, new) = (by_key(before), by_key(after));
        for key in old.keys().chain(new.keys()) {
            if old.get(key) != new.get(key) {
                was.questions.insert(*key, old.get(key).copied().cloned());
                is.questions.insert(*key, new.get(key).copied().cloned());
            }
        }
        Self {
            before: Side::Parts(was),
            after: Side::Parts(is),
        }
    }

    /// Whether nothing was changed.
    pub fn is_nothing(&self) -> bool {
        self.before == self.after
    }

    /// Takes it back.
    pub fn back(&self, form: &mut Form) {
        lay(form, &self.after, &self.before);
    }

    /// Does it again.
    pub fn again(&self, form: &mut Form) {
        lay(form, &self.before, &self.after);
    }

    /// The questions it holds, on both sides.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        [&self.before, &self.after].into_iter().flat_map(|side| {
            let questions: Box<dyn Iterator<Item = &Question>> = match side {
                Side::Parts(parts) => Box::new(parts.questions.values().flatten()),
                Side::Whole(form) => Box::new(form.questions()),
            };
            questions
        })
    }
}

fn keys(form: &Form) -> impl Iterator<Item = Key> {
    form.questions().map(|question| question.key)
}

fn is_unique(mut keys: impl Iterator<Item = Key>) -> bool {
    let mut seen = BTreeSet::new();
    keys.all(|key| seen.insert(key))
}

fn frames(form: &Form) -> Vec<Frame> {
    let frame = |section: &Section| Frame {
        title: section.title.clone(),
        weight: section.weight,
        keys: section.questions.iter().map(|question| question.key).collect(),
    };
    form.sections.iter().map(frame).collect()
}

fn by_key(form: &Form) -> BTreeMap<Key, &Question> {
    form.questions().map(|question| (question.key, question)).collect()
}

/// Makes a form that stands on the one side one that stands on the other.
fn lay(form: &mut Form, from: &Side, to: &Side) {
    let (from, to) = match (from, to) {
        (Side::Parts(from), Side::Parts(to)) => (from, to),
        (_, Side::Whole(whole)) => return form.clone_from(whole),
        (Side::Whole(_), Side::Parts(_)) => return,
    };
    if let Some(title) = &to.title {
        form.title.clone_from(title);
    }
    if let Some(introduction) = &to.introduction {
        form.introduction.clone_from(introduction);
    }
    if to.frames.is_none() && to.questions.is_empty() {
        return;
    }
    let mut now = frames(form);
    if let (Some(from), Some(to)) = (&from.frames, &to.frames) {
        now = framed(&now, from, to);
    }
    let sections = std::mem::take(&mut form.sections).into_iter();
    let questions = sections.flat_map(|section| section.questions);
    let mut all: BTreeMap<Key, Question> = questions.map(|question| (question.key, question)).collect();
    for (key, question) in &to.questions {
        match (question, from.questions.get(key), all.get_mut(key)) {
            (None, ..) => {
                all.remove(key);
            }
            (Some(to), Some(Some(from)), Some(now)) => blend(now, from, to),
            (Some(to), ..) => {
                all.insert(*key, to.clone());
            }
        }
    }
    form.sections = now
        .into_iter()
        .map(|Frame { title, weight, keys }| Section {
            title,
            weight,
            questions: keys.iter().filter_map(|key| all.remove(key)).collect(),
        })
        .collect();
    // What has come to it otherwise stays.
    if !all.is_empty() {
        if form.sections.is_empty() {
            form.sections.push(Section::default());
        }
        if let Some(last) = form.sections.last_mut() {
            last.questions.extend(all.into_values());
        }
    }
}

/// The sections of the other side; what one of them is called by now goes along, where the step says nothing of it.
fn framed(now: &[Frame], from: &[Frame], to: &[Frame]) -> Vec<Frame> {
    let one = |frame: &Frame| {
        let shares = |other: &Frame| other.keys.iter().any(|key| frame.keys.contains(key));
        let same = from.iter().position(|other| other == frame);
        let origin = same.or_else(|| from.iter().position(shares));
        let mut framed = frame.clone();
        if let Some((from, now)) = origin.and_then(|at| Some((from.get(at)?, now.get(at)?))) {
            (framed.title, framed.weight) = (now.title.clone(), now.weight);
            take(&mut framed.title, &from.title, &frame.title);
            take(&mut framed.weight, &from.weight, &frame.weight);
        }
        framed
    };
    to.iter().map(one).collect()
}

/// Takes what a step says of one field, if it says anything.
fn take<T: PartialEq + Clone>(now: &mut T, from: &T, to: &T) {
    if from != to {
        now.clone_from(to);
    }
}

fn blend(now: &mut Question, from: &Question, to: &Question) {
    take(&mut now.words, &from.words, &to.words);
    take(&mut now.help, &from.help, &to.help);
    take(&mut now.weight, &from.weight, &to.weight);
    take(&mut now.not_applicable, &from.not_applicable, &to.not_applicable);
    take(&mut now.critical, &from.critical, &to.critical);
    take(&mut now.required, &from.required, &to.required);
    take(&mut now.condition, &from.condition, &to.condition);
    if let (Kind::Choice { choices: now }, Kind::Choice { choices: from }, Kind::Choice { choices: to }) =
        (&mut now.kind, &from.kind, &to.kind)
        && [&*now, from, to]
            .iter()
            .all(|choices| is_unique(choices.iter().map(|choice| choice.key)))
    {
        blend_choices(now, from, to);
    } else {
        take(&mut now.kind, &from.kind, &to.kind);
    }
}

fn blend_choices(now: &mut Vec<Choice>, from: &[Choice], to: &[Choice]) {
    fn find(choices: &[Choice], key: Key) -> Option<&Choice> {
        choices.iter().find(|choice| choice.key == key)
    }
    if from == to {
        return;
    }
    let one = |choice: &Choice| match (find(now, choice.key), find(from, choice.key)) {
        (Some(mine), Some(from)) => {
            let mut mine = mine.clone();
            take(&mut mine.words, &from.words, &choice.words);
            take(&mut mine.points, &from.points, &choice.points);
            take(&mut mine.help, &from.help, &choice.help);
            take(&mut mine.failing, &from.failing, &choice.failing);
            mine
        }
        _ => choice.clone(),
    };
    let others = now
        .iter()
        .filter(|choice| find(from, choice.key).or(find(to, choice.key)).is_none());
    *now = to.iter().map(one).chain(others.cloned()).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{STARTER_SV, import};

    fn starter() -> Form {
        import(STARTER_SV.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap()
    }

    /// The same form, changed.
    fn changed(form: &Form, change: impl FnOnce(&mut Form)) -> Form {
        let mut form = form.clone();
        change(&mut form);
        form
    }

    #[test]
    fn it_leads_back_and_on_again_whatever_was_changed() {
        let before = starter();
        let changes: [fn(&mut Form); 9] = [
            |form| form.title = "Annat".into(),
            |form| form.introduction.clear(),
            |form| form.sections.clear(),
            |form| form.sections.swap(0, 1),
            |form| form.sections[0].weight = 7,
            |form| form.sections[1].questions.reverse(),
            |form| {
                let moved = form.sections[0].questions.remove(0);
                form.sections[1].questions.push(moved);
            },
            |form| form.sections[0].questions[0].critical ^= true,
            // Two of one key.
            |form| form.sections[1].questions[0].key = form.sections[0].questions[0].key,
        ];
        for change in changes {
            let after = changed(&before, change);
            let step = Step::between(&before, &after);
            assert!(!step.is_nothing());
            let mut form = after.clone();
            step.back(&mut form);
            assert_eq!(form, before);
            step.again(&mut form);
            assert_eq!(form, after);
        }
        assert!(Step::between(&before, &before).is_nothing());
    }

    #[test]
    fn what_was_typed_meanwhile_stays() {
        let before = starter();
        let key = before.sections[0].questions[0].key;
        let after = changed(&before, |form| {
            form.sections[0].questions.remove(0);
        });
        let step = Step::between(&before, &after);
        let mut form = changed(&after, |form| {
            form.sections[0].title = "Skrivet".into();
            form.sections[0].questions[0].words = "Skriven".into();
            form.introduction = "Skriven".into();
        });
        step.back(&mut form);
        let typed = (
            &*form.sections[0].title,
            &*form.sections[0].questions[1].words,
            &*form.introduction,
        );
        assert_eq!(typed, ("Skrivet", "Skriven", "Skriven"));
        assert_eq!(form.sections[0].questions[0].key, key);
        // Within one question too: only what the step says is taken.
        let after = changed(&before, |form| form.sections[0].questions[0].weight = 77);
        let step = Step::between(&before, &after);
        let mut form = changed(&after, |form| form.sections[0].questions[0].words = "Skriven".into());
        step.back(&mut form);
        let question = &form.sections[0].questions[0];
        assert_eq!(
            (&*question.words, question.weight),
            ("Skriven", before.sections[0].questions[0].weight)
        );
    }

    #[test]
    fn a_question_that_came_otherwise_is_not_lost() {
        let before = starter();
        let step = Step::between(&before, &changed(&before, |form| form.sections.clear()));
        let mut form = Form {
            sections: vec![Section {
                questions: vec![Question {
                    key: Key(99),
                    ..before.sections[0].questions[0].clone()
                }],
                ..Section::default()
            }],
            ..before.clone()
        };
        step.back(&mut form);
        assert_eq!(form.questions().count(), before.questions().count() + 1);
        step.again(&mut form);
        let keys: Vec<_> = form.questions().map(|question| question.key).collect();
        assert_eq!(keys, [Key(99)]);
    }

    #[test]
    fn a_choice_that_comes_back_takes_nothing_from_its_neighbours() {
        let choice = |key, words: &str| Choice {
            key: Key(key),
            words: words.into(),
            points: 1,
            help: String::new(),
            failing: false,
        };
        let form = |choices: Vec<Choice>| {
            changed(&starter(), |form| {
                form.sections[0].questions[0].kind = Kind::Choice { choices };
            })
        };
        let before = form(vec![choice(1, "Ett"), choice(2, "Två"), choice(3, "Tre")]);
        let after = form(vec![choice(1, "Ett"), choice(3, "Tre")]);
        let step = Step::between(&before, &after);
        let mut now = form(vec![choice(1, "Ett"), choice(3, "Skrivet"), choice(4, "Nytt")]);
        step.back(&mut now);
        let all = [
            choice(1, "Ett"),
            choice(2, "Två"),
            choice(3, "Skrivet"),
            choice(4, "Nytt"),
        ];
        assert_eq!(now, form(all.to_vec()));
    }
}
