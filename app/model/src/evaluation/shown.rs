//! Which questions are asked.

use std::collections::BTreeMap;

use super::{Answers, Condition, Form, Key, Question, Value};

/// A question that is shown, and what was answered so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The place of its section, from 0.
    pub section: usize,
    pub question: &'a Question,
    /// The answer, if there is one that fits and says something.
    pub value: Option<&'a Value>,
}

impl Form {
    /// The questions that are shown beside these answers, in the form's order. A condition looks back only, at questions that
    /// are shown themselves: what hangs on a hidden one is hidden, and nothing can hang on itself.
    #[must_use]
    pub fn asked<'a>(&'a self, answers: &'a Answers) -> Vec<Asked<'a>> {
        let mut given: BTreeMap<Key, &Value> = BTreeMap::new();
        let mut asked = vec![];
        for (section, part) in self.sections.iter().enumerate() {
            for question in &part.questions {
                let met = |it: &Condition| given.get(&it.question).is_some_and(|value| it.when.has(value));
                if !question.condition.as_ref().is_none_or(met) {
                    continue;
                }
                let value = answers
                    .value(question.key)
                    .filter(|value| !value.is_blank() && question.refuses(value).is_none());
                if let Some(value) = value {
                    given.insert(question.key, value);
                }
                asked.push(Asked {
                    section,
                    question,
                    value,
                });
            }
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{When, samples},
        *,
    };

    fn shown(form: &Form, answers: &[(u16, bool)]) -> Vec<u16> {
        let answers = answers
            .iter()
            .map(|(key, yes)| (Key(*key), Value::YesNo(*yes)))
            .collect();
        form.asked(&answers).iter().map(|asked| asked.question.key.0).collect()
    }

    #[test]
    fn conditions_chain() {
        let form = samples::chain();
        assert_eq!(shown(&form, &[]), [1]);
        assert_eq!(shown(&form, &[(1, true)]), [1, 2]);
        assert_eq!(shown(&form, &[(1, true), (2, true)]), [1, 2, 3]);
        assert_eq!(
            shown(&form, &[(1, false), (2, true)]),
            [1],
            "an old answer to a hidden question opens nothing"
        );
    }

    #[test]
    fn what_does_not_apply_opens_nothing() {
        let mut form = samples::chain();
        form.sections[0].questions[0].not_applicable = true;
        let answers = [(Key(1), Value::NotApplicable)].into_iter().collect();
        assert_eq!(form.asked(&answers).len(), 1);
    }

    #[test]
    fn a_condition_looks_back_only() {
        let mut form = samples::chain();
        for own in [1, 2, 99] {
            form.sections[0].questions[0].condition = Some(Condition {
                question: Key(own),
                when: When::YesNo(true),
            });
            assert!(shown(&form, &[(1, true), (2, true), (3, true)]).is_empty());
        }
    }

    #[test]
    fn an_answer_that_does_not_fit_is_none() {
        let form = samples::every_kind();
        let answers = [(Key(2), Value::Scale(9)), (Key(5), Value::Text("  ".into()))]
            .into_iter()
            .collect();
        assert!(form.asked(&answers).iter().all(|asked| asked.value.is_none()));
    }
}
