//! What was done with a form, as it is told: whose name it has, and what became of it.

use serde::{Deserialize, Serialize};

use super::{Turn, step::Step};
use crate::evaluation::{Form, Key, Kind, Part, Place, Question};

/// Something that was done, and the step that it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub what: What,
    /// The field it was typed in: what is typed there next is the same deed.
    pub(super) field: Option<(Place, Part)>,
    pub(super) step: Step,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct What {
    pub verb: Verb,
    pub thing: Thing,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Added,
    Removed,
    Moved,
    Changed,
}

/// A part of a form, by what it was called then. A choice has its own name; a question's other parts have the question's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// All of it, as it was in a version.
    Version {
        version: i64,
    },
    Title,
    Introduction,
    Section {
        at: usize,
        name: String,
    },
    Question {
        key: Key,
        name: String,
    },
    /// All that one can answer.
    Answers {
        key: Key,
        name: String,
    },
    Condition {
        key: Key,
        name: String,
    },
    Choice {
        key: Key,
        name: String,
    },
    Band {
        key: Key,
        name: String,
    },
}

impl Thing {
    /// The question it is, or is a part of.
    #[must_use]
    pub const fn question(&self) -> Option<Key> {
        match self {
            Self::Version { .. } | Self::Title | Self::Introduction | Self::Section { .. } => None,
            Self::Question { key, .. }
            | Self::Answers { key, .. }
            | Self::Condition { key, .. }
            | Self::Choice { key, .. }
            | Self::Band { key, .. } => Some(*key),
        }
    }
}

/// What a turn has done.
pub(super) fn turned(turn: Turn, before: &Form, after: &Form) -> What {
    let section = |form: &Form, at: usize| Thing::Section {
        at,
        name: form
            .sections
            .get(at)
            .map(|section| section.title.clone())
            .unwrap_or_default(),
    };
    let question = |key: Key| Thing::Question {
        key,
        name: words(before, key),
    };
    let beside = |at: usize, up: bool| if up { at.saturating_sub(1) } else { at.saturating_add(1) };
    let (verb, thing) = match turn {
        Turn::AddSection => (Verb::Added, section(after, after.sections.len().saturating_sub(1))),
        Turn::RemoveSection(at) => (Verb::Removed, section(before, at)),
        Turn::MoveSection { at, up } => (Verb::Moved, section(after, beside(at, up))),
        Turn::AddQuestion(_) => {
            let mut keys = after.questions().map(|question| question.key);
            let new = keys.find(|key| before.question(*key).is_none());
            (Verb::Added, question(new.unwrap_or_default()))
        }
        Turn::RemoveQuestion(key) => (Verb::Removed, question(key)),
        Turn::MoveQuestion { key, .. } => (Verb::Moved, question(key)),
        Turn::ChangeKind(key, _) | Turn::SetSteps(key, _) => {
            let name = words(before, key);
            (Verb::Changed, Thing::Answers { key, name })
        }
        Turn::HangOn(key, _) => {
            let name = words(before, key);
            (Verb::Changed, Thing::Condition { key, name })
        }
        Turn::AddLine(key) => (Verb::Added, line(after, key, None)),
        Turn::RemoveLine(key, at) => (Verb::Removed, line(before, key, Some(at))),
        Turn::MoveLine { question, at, .. } => (Verb::Moved, line(before, question, Some(at))),
    };
    What { verb, thing }
}

fn words(form: &Form, key: Key) -> String {
    form.question(key)
        .map(|question| question.words.clone())
        .unwrap_or_default()
}

/// A choice or a band; the new one of them has no place yet.
fn line(form: &Form, key: Key, at: Option<usize>) -> Thing {
    match form.question(key).map(|question| &question.kind) {
        Some(Kind::Choice { choices }) => {
            let choice = at.and_then(|at| choices.get(at));
            let name = choice.map(|choice| choice.words.clone()).unwrap_or_default();
            Thing::Choice { key, name }
        }
        _ => Thing::Band {
            key,
            name: words(form, key),
        },
    }
}

/// What was typed, and in which field, of a tick in none: each is a deed of its own. None where the two forms are the same.
pub(super) fn typed(before: &Form, after: &Form) -> Option<(What, Option<(Place, Part)>)> {
    let (thing, place, part) = if before.title != after.title {
        (Thing::Title, Place::Form, Part::Title)
    } else if before.introduction != after.introduction {
        (Thing::Introduction, Place::Form, Part::Introduction)
    } else {
        typed_in_section(before, after)?
    };
    let verb = Verb::Changed;
    let is_tick = matches!(
        part,
        Part::Whole | Part::Helps | Part::Critical | Part::ChoiceFailing(_)
    );
    Some((What { verb, thing }, (!is_tick).then_some((place, part))))
}

fn typed_in_section(before: &Form, after: &Form) -> Option<(Thing, Place, Part)> {
    let sections = before.sections.iter().zip(&after.sections).enumerate();
    for (section, (before, after)) in sections {
        let titled = before.title != after.title;
        if titled || before.weight != after.weight {
            let thing = Thing::Section {
                at: section,
                name: after.title.clone(),
            };
            let part = if titled { Part::Title } else { Part::Weight };
            return Some((thing, Place::Section { section }, part));
        }
        let mut questions = before.questions.iter().zip(&after.questions);
        if let Some((before, after)) = questions.find(|(before, after)| before != after) {
            let (key, part) = (after.key, part(before, after));
            return Some((thing(after, part), Place::Question { section, key }, part));
        }
    }
    None
}

/// The field in which two states of a question differ.
fn part(before: &Question, after: &Question) -> Part {
    if before.words != after.words {
        Part::Words
    } else if before.help != after.help {
        Part::Help
    } else if before.weight != after.weight {
        Part::Weight
    } else if before.critical != after.critical {
        Part::Critical
    } else if before.condition != after.condition {
        Part::Condition
    } else if before.kind != after.kind {
        part_of_kind(&before.kind, &after.kind)
    } else {
        Part::Whole
    }
}

fn part_of_kind(before: &Kind, after: &Kind) -> Part {
    match (before, after) {
        (Kind::YesNo { yes_help: was, .. }, Kind::YesNo { yes_help: is, .. }) if was != is => Part::YesHelp,
        (Kind::YesNo { no_help: was, .. }, Kind::YesNo { no_help: is, .. }) if was != is => Part::NoHelp,
        (Kind::Scale { lowest: was, .. }, Kind::Scale { lowest: is, .. }) if was != is => Part::Lowest,
        (Kind::Scale { highest: was, .. }, Kind::Scale { highest: is, .. }) if was != is => Part::Highest,
        (Kind::Scale { helps: was, .. }, Kind::Scale { helps: is, .. }) if was != is => {
            Part::StepHelp(first(is.iter().enumerate().map(|(at, help)| was.get(at) != Some(help))))
        }
        (Kind::Choice { choices: was }, Kind::Choice { choices: is }) => {
            let pairs = || was.iter().zip(is);
            let at = first(pairs().map(|(was, is)| was != is));
            match pairs().nth(at) {
                Some((was, is)) if was.words != is.words => Part::ChoiceWords(at),
                Some((was, is)) if was.points != is.points => Part::ChoicePoints(at),
                Some((was, is)) if was.help != is.help => Part::ChoiceHelp(at),
                _ => Part::ChoiceFailing(at),
            }
        }
        (Kind::Number { unit: was, .. }, Kind::Number { unit: is, .. }) if was != is => Part::Unit,
        (Kind::Number { bands: was, .. }, Kind::Number { bands: is, .. }) => {
            let at = first(was.iter().zip(is).map(|(was, is)| was != is));
            let points = was.get(at).map(|band| band.points) != is.get(at).map(|band| band.points);
            if points { Part::BandPoints(at) } else { Part::Band(at) }
        }
        _ => Part::Helps,
    }
}

/// The place of the first that differs.
fn first(mut differ: impl Iterator<Item = bool>) -> usize {
    differ.position(|differs| differs).unwrap_or_default()
}

/// What people call the field.
fn thing(question: &Question, part: Part) -> Thing {
    let (key, name) = (question.key, question.words.clone());
    match part {
        Part::Condition => Thing::Condition { key, name },
        Part::YesHelp | Part::NoHelp | Part::Lowest | Part::Highest | Part::StepHelp(_) | Part::Helps | Part::Unit => {
            Thing::Answers { key, name }
        }
        Part::ChoiceWords(at) | Part::ChoicePoints(at) | Part::ChoiceHelp(at) | Part::ChoiceFailing(at) => {
            let choice = match &question.kind {
                Kind::Choice { choices } => choices.get(at),
                _ => None,
            };
            let name = choice.map(|choice| choice.words.clone()).unwrap_or_default();
            Thing::Choice { key, name }
        }
        Part::Band(_) | Part::BandPoints(_) => Thing::Band { key, name },
        _ => Thing::Question { key, name },
    }
}
