//! The ways to answer, by their names, and making one into another.

use serde::{Deserialize, Serialize};

use super::Used;
use crate::evaluation::{Choice, Condition, Key, Kind, Question, When};

/// A way to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindName {
    YesNo,
    Scale,
    Choice,
    Number,
    Text,
}

impl KindName {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::YesNo, Self::Scale, Self::Choice, Self::Number, Self::Text];

    /// The name that forms use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::YesNo => "yes_no",
            Self::Scale => "scale",
            Self::Choice => "choice",
            Self::Number => "number",
            Self::Text => "text",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How that question is answered.
    #[must_use]
    pub const fn of(kind: &Kind) -> Self {
        match kind {
            Kind::YesNo { .. } => Self::YesNo,
            Kind::Scale { .. } => Self::Scale,
            Kind::Choice { .. } => Self::Choice,
            Kind::Number { .. } => Self::Number,
            Kind::Text => Self::Text,
        }
    }

    /// Whether a condition can wait for answers of this kind.
    #[must_use]
    pub const fn can_be_waited_for(self) -> bool {
        matches!(self, Self::YesNo | Self::Scale | Self::Choice)
    }

    /// The kind with nothing in it.
    #[must_use]
    pub const fn blank(self) -> Kind {
        match self {
            Self::YesNo => Kind::YesNo {
                right: true,
                yes_help: String::new(),
                no_help: String::new(),
            },
            Self::Scale => Kind::Scale {
                steps: STEPS,
                lowest: String::new(),
                highest: String::new(),
                helps: vec![],
            },
            Self::Choice => Kind::Choice { choices: vec![] },
            Self::Number => Kind::Number {
                unit: String::new(),
                bands: vec![],
            },
            Self::Text => Kind::Text,
        }
    }
}

/// The steps of a new scale.
const STEPS: u8 = 5;
/// What a new question is worth.
pub(super) const WEIGHT: u8 = 10;

/// What nothing has been chosen for yet: [`Form::check`](crate::evaluation::Form::check) finds it at every question.
pub(super) const fn unset() -> When {
    When::Choice(std::collections::BTreeSet::new())
}

/// A condition that has just been hung on a question.
pub(super) fn hung_on(question: &Question) -> Condition {
    let when = match &question.kind {
        Kind::YesNo { .. } => When::YesNo(true),
        Kind::Scale { .. } => When::Scale { from: 1, to: 1 },
        Kind::Choice { .. } | Kind::Number { .. } | Kind::Text => unset(),
    };
    Condition {
        question: question.key,
        when,
    }
}

/// Makes a question one that is answered otherwise, with what fits of what it has.
pub(super) fn change(question: &mut Question, into: KindName, used: &Used) {
    let old = std::mem::replace(&mut question.kind, into.blank());
    let was_scored = old.is_scored();
    match &mut question.kind {
        Kind::YesNo { yes_help, no_help, .. } => {
            let helps = helps(old);
            *yes_help = helps.last().cloned().unwrap_or_default();
            *no_help = helps.into_iter().next().unwrap_or_default();
        }
        Kind::Scale {
            steps,
            lowest,
            highest,
            helps: scale,
        } => {
            if let Kind::Choice { choices } = &old {
                *steps = u8::try_from(choices.len())
                    .unwrap_or(u8::MAX)
                    .clamp(*Kind::STEPS.start(), *Kind::STEPS.end());
                *lowest = choices.last().map(|choice| choice.words.clone()).unwrap_or_default();
                *highest = choices.first().map(|choice| choice.words.clone()).unwrap_or_default();
                *scale = helps(old);
                scale.truncate(usize::from(*steps));
            } else if let [no, yes] = &helps(old)[..]
                && !(no.is_empty() && yes.is_empty())
            {
                *scale = vec![String::new(); usize::from(*steps)];
                if let [first, .., last] = &mut scale[..] {
                    first.clone_from(no);
                    last.clone_from(yes);
                }
            }
        }
        Kind::Choice { choices } => {
            let ends = match &old {
                Kind::Scale { lowest, highest, .. } => Some((lowest.clone(), highest.clone())),
                _ => None,
            };
            // The best stands first.
            let mut helps = helps(old);
            helps.reverse();
            helps.resize(helps.len().max(2), String::new());
            let most = helps.len();
            for (at, help) in helps.into_iter().enumerate() {
                let words = match &ends {
                    Some((_, highest)) if at == 0 => highest.clone(),
                    Some((lowest, _)) if at + 1 == most => lowest.clone(),
                    _ => String::new(),
                };
                choices.push(Choice {
                    key: used.for_choice(question.key, choices),
                    words,
                    // The lowest step of a scale has a point, the wrong one of yes and no has none.
                    points: u8::try_from(most - at - usize::from(ends.is_none())).unwrap_or(u8::MAX),
                    help,
                    failing: false,
                });
            }
        }
        Kind::Number { .. } | Kind::Text => {}
    }
    if !question.kind.is_scored() {
        question.weight = 0;
        question.critical = false;
    } else if !was_scored {
        question.weight = WEIGHT;
    }
    if matches!(question.kind, Kind::Choice { .. }) {
        // Which of them fails, nobody has said yet.
        question.critical = false;
    }
}

/// What explains the answers, from the worst on.
fn helps(kind: Kind) -> Vec<String> {
    match kind {
        Kind::YesNo {
            right,
            yes_help,
            no_help,
        } => {
            if right {
                vec![no_help, yes_help]
            } else {
                vec![yes_help, no_help]
            }
        }
        Kind::Scale { steps, mut helps, .. } => {
            helps.resize(usize::from(steps), String::new());
            helps
        }
        Kind::Choice { choices } => choices.into_iter().rev().map(|choice| choice.help).collect(),
        Kind::Number { .. } | Kind::Text => vec![],
    }
}

/// The choices of a question that no longer has that one, as a condition waits for them; none where it waits for no other.
pub(super) fn without(when: &When, gone: Key) -> Option<When> {
    match when {
        When::Choice(wanted) if wanted.contains(&gone) => {
            let rest: std::collections::BTreeSet<Key> = wanted.iter().copied().filter(|key| *key != gone).collect();
            (!rest.is_empty()).then_some(When::Choice(rest))
        }
        other => Some(other.clone()),
    }
}
