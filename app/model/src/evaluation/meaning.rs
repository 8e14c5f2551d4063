//! Whether an edit needs a new version of a form.

use std::collections::BTreeMap;

use super::{Form, Key, Kind, Question};

impl Form {
    /// Whether an answer to the one form could mean, be allowed or count something else in the other. Then old answers stay
    /// with their version, and the edit is a new one.
    ///
    /// What does not change a meaning: the form's title and introduction, what sections are called, the order of sections,
    /// of questions and of choices, and blanks around texts. Everything else does, and helps and the ends of a scale too: they
    /// say what an answer stands for. Nobody can tell a slip of the pen from another question, so a corrected word is a
    /// new version, which costs nothing.
    #[must_use]
    pub fn differs_in_meaning(&self, other: &Self) -> bool {
        self.meaning() != other.meaning()
    }

    /// The form without what has no meaning: sections in the order of their lowest keys.
    fn meaning(&self) -> Vec<(u8, BTreeMap<Key, Question>)> {
        let questions = |questions: &[Question]| questions.iter().map(|it| (it.key, it.meaning())).collect();
        let sections = self.sections.iter().filter(|section| !section.questions.is_empty());
        let mut meaning: Vec<(u8, BTreeMap<Key, Question>)> = sections
            .map(|section| (section.weight, questions(&section.questions)))
            .collect();
        meaning.sort_by_key(|(_, questions)| questions.keys().next().copied());
        meaning
    }
}

impl Question {
    fn meaning(&self) -> Self {
        let mut plain = self.clone();
        trim([&mut plain.words, &mut plain.help]);
        match &mut plain.kind {
            Kind::YesNo { yes_help, no_help, .. } => trim([yes_help, no_help]),
            Kind::Scale {
                lowest, highest, helps, ..
            } => {
                trim(helps.iter_mut().chain([lowest, highest]));
                while helps.last().is_some_and(String::is_empty) {
                    helps.pop();
                }
            }
            Kind::Choice { choices } => {
                trim(
                    choices
                        .iter_mut()
                        .flat_map(|choice| [&mut choice.words, &mut choice.help]),
                );
                choices.sort_by_key(|choice| choice.key);
            }
            Kind::Number { unit, bands } => {
                trim([unit]);
                bands.sort();
            }
            Kind::Text => {}
        }
        plain
    }
}

fn trim<'a>(texts: impl IntoIterator<Item = &'a mut String>) {
    for text in texts {
        *text = text.trim().to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    fn differs(change: fn(&mut Form)) -> bool {
        let mut form = samples::every_kind();
        form.sections.push(samples::section(50, vec![samples::scale(6)]));
        let mut other = form.clone();
        change(&mut other);
        assert_eq!(form.differs_in_meaning(&other), other.differs_in_meaning(&form));
        form.differs_in_meaning(&other)
    }

    #[test]
    fn what_is_called_or_placed_otherwise_means_the_same() {
        assert!(!differs(|_| {}));
        assert!(!differs(|it| it.title = "Annat".into()));
        assert!(!differs(|it| it.introduction = "Annat".into()));
        assert!(!differs(|it| it.sections[0].title = "Annat".into()));
        assert!(!differs(|it| it.sections.reverse()));
        assert!(!differs(|it| it.sections[0].questions.reverse()));
        assert!(!differs(|it| it.sections[0].questions[0].words.push(' ')));
        assert!(!differs(|it| match &mut it.sections[0].questions[2].kind {
            Kind::Choice { choices } => choices.reverse(),
            other => panic!("{other:?}"),
        }));
        assert!(!differs(|it| match &mut it.sections[0].questions[3].kind {
            Kind::Number { bands, .. } => bands.reverse(),
            other => panic!("{other:?}"),
        }));
        assert!(!differs(|it| match &mut it.sections[1].questions[0].kind {
            Kind::Scale { helps, .. } => helps.resize(5, String::new()),
            other => panic!("{other:?}"),
        }));
    }

    #[test]
    fn what_is_asked_or_counted_otherwise_means_something_else() {
        assert!(differs(|it| it.sections[0].questions[0].words.push('?')));
        assert!(differs(|it| it.sections[0].questions[0].help.push('?')));
        assert!(differs(|it| it.sections[0].questions[0].weight = 9));
        assert!(differs(|it| it.sections[0].questions[0].not_applicable = true));
        assert!(differs(|it| it.sections[0].questions[0].critical = true));
        assert!(differs(|it| it.sections[0].questions[0].required = true));
        assert!(differs(|it| it.sections[0].questions[0].key = Key(99)));
        assert!(differs(|it| it.sections[0].questions[0].kind = Kind::Text));
        assert!(differs(|it| it.sections[0].weight = 9));
        assert!(differs(|it| {
            it.sections[0].questions.pop();
        }));
        assert!(differs(|it| {
            let moved = it.sections[0].questions.pop().unwrap();
            it.sections[1].questions.push(moved);
        }));
        assert!(differs(|it| match &mut it.sections[0].questions[2].kind {
            Kind::Choice { choices } => choices[0].points = 9,
            other => panic!("{other:?}"),
        }));
    }
}
