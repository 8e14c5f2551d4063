//! What was answered about one call.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AnswerFault, AnswerPart, Decimal, Flaw, Form, Key, text};

/// The answers to a form, whole or so far. Questions without an answer need not be in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<Key, Answer>);

/// What is said to one question. A remark can be there before the answer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    pub value: Option<Value>,
    /// Why; may be empty.
    pub remark: String,
    /// Where in the sound it can be heard, in milliseconds from its beginning.
    pub evidence_ms: Vec<u64>,
}

/// The answer itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    YesNo(bool),
    /// A step of the scale, from 1 on.
    Scale(u8),
    /// The key of what was chosen.
    Choice(Key),
    Number(Decimal),
    Text(String),
    NotApplicable,
}

impl Value {
    /// Whether it says nothing: a text without a sign in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }
}

impl FromIterator<(Key, Value)> for Answers {
    fn from_iter<I: IntoIterator<Item = (Key, Value)>>(values: I) -> Self {
        Self(values.into_iter().map(|(key, value)| (key, value.into())).collect())
    }
}

impl Answer {
    /// The most characters of a remark, and of an answer in words.
    pub const LONGEST: usize = text::LONG;
}

impl Answers {
    /// The most places in the sound that one answer points to.
    pub const MOST_EVIDENCE: usize = 20;

    /// The answer itself, if there is one.
    #[must_use]
    pub fn value(&self, key: Key) -> Option<&Value> {
        self.0.get(&key)?.value.as_ref()
    }

    /// Takes over the answers that have changed; one that says nothing takes away what was there.
    pub fn change(&mut self, changes: Self) {
        for (key, answer) in changes.0 {
            if answer == Answer::default() {
                self.0.remove(&key);
            } else {
                self.0.insert(key, answer);
            }
        }
    }

    /// Every answer that does not fit the form; none of them counts. Whether all is answered is another question:
    /// [`Score::missing`](super::Score::missing). Whether the evidence lies within the sound, who knows its length must ask.
    #[must_use]
    pub fn check(&self, form: &Form) -> Vec<AnswerFault> {
        let mut faults = vec![];
        for (&key, answer) in &self.0 {
            let mut found = |part, flaw: Option<Flaw>| {
                faults.extend(flaw.map(|flaw| AnswerFault {
                    question: key,
                    part,
                    flaw,
                }));
            };
            let value = match (form.question(key), &answer.value) {
                (None, _) => Some(Flaw::Unknown),
                (Some(question), Some(value)) => question.refuses(value),
                (Some(_), None) => None,
            };
            found(AnswerPart::Value, value);
            found(AnswerPart::Remark, text::lines(&answer.remark, text::LONG));
            let many = answer.evidence_ms.len() > Self::MOST_EVIDENCE;
            let most = Self::MOST_EVIDENCE;
            found(AnswerPart::Evidence, many.then_some(Flaw::TooMany { most }));
        }
        faults
    }

    /// The answers without those to hidden questions, remarks and all: what is kept when an evaluation is done. A draft may
    /// keep the others, so that nothing is lost while someone thinks again; they do not count anyway.
    #[must_use]
    pub fn without_hidden(&self, form: &Form) -> Self {
        let shown = form.asked(self);
        let hidden = |key| form.question(key).is_some() && shown.iter().all(|asked| asked.question.key != key);
        Self(
            self.0
                .iter()
                .filter(|(key, _)| !hidden(**key))
                .map(|(key, answer)| (*key, answer.clone()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    fn fault(key: u16, part: AnswerPart, flaw: Flaw) -> AnswerFault {
        AnswerFault {
            question: Key(key),
            part,
            flaw,
        }
    }

    #[test]
    fn answers_that_fit_have_no_faults() {
        let form = samples::every_kind();
        let answers = [
            (Key(1), Value::YesNo(false)),
            (Key(2), Value::Scale(5)),
            (Key(3), Value::Choice(Key(2))),
            (Key(4), Value::Number(Decimal(350))),
            (Key(5), Value::Text("Två\nrader".into())),
        ];
        assert_eq!(answers.into_iter().collect::<Answers>().check(&form), []);
        assert_eq!(Answers::default().check(&form), [], "a missing answer is no wrong one");
        let apart = [(Key(2), Value::NotApplicable)];
        assert_eq!(apart.into_iter().collect::<Answers>().check(&form), []);
    }

    #[test]
    fn every_answer_that_does_not_fit_is_named() {
        let form = samples::every_kind();
        let mut answers: Answers = [
            (Key(1), Value::NotApplicable),
            (Key(2), Value::Scale(6)),
            (Key(3), Value::Choice(Key(9))),
            (Key(4), Value::Number(Decimal(i64::MIN))),
            (Key(5), Value::Scale(1)),
            (Key(77), Value::YesNo(true)),
        ]
        .into_iter()
        .collect();
        let first = answers.0.get_mut(&Key(1)).unwrap();
        first.remark = "x".repeat(text::LONG + 1);
        first.evidence_ms = vec![0; 21];
        let most = Decimal::MOST.0;
        assert_eq!(
            answers.check(&form),
            [
                fault(1, AnswerPart::Value, Flaw::MustApply),
                fault(1, AnswerPart::Remark, Flaw::TooLong { most: 4_000 }),
                fault(1, AnswerPart::Evidence, Flaw::TooMany { most: 20 }),
                fault(2, AnswerPart::Value, Flaw::Range { least: 1, most: 5 }),
                fault(3, AnswerPart::Value, Flaw::Unknown),
                fault(4, AnswerPart::Value, Flaw::Range { least: -most, most }),
                fault(5, AnswerPart::Value, Flaw::OtherKind),
                fault(77, AnswerPart::Value, Flaw::Unknown),
            ]
        );
    }

    #[test]
    fn what_says_nothing_takes_away_what_was_there() {
        let mut answers: Answers = [(Key(1), Value::YesNo(true)), (Key(2), Value::Scale(3))]
            .into_iter()
            .collect();
        let remark = Answer {
            remark: "Hörs tydligt".into(),
            ..Answer::default()
        };
        let changes = [(Key(1), Answer::default()), (Key(3), remark.clone())];
        answers.change(Answers(changes.into_iter().collect()));
        let there = [(Key(2), Value::Scale(3).into()), (Key(3), remark)];
        assert_eq!(answers.0, there.into_iter().collect());
    }

    #[test]
    fn what_is_hidden_keeps_no_answer() {
        let form = samples::chain();
        let all = [(Key(1), true), (Key(2), true), (Key(3), true)];
        let mut answers: Answers = all.map(|(key, yes)| (key, Value::YesNo(yes))).into_iter().collect();
        answers.0.insert(Key(77), Value::YesNo(true).into());
        assert_eq!(
            answers.without_hidden(&form),
            answers,
            "what is unknown stays, for check() to name it"
        );
        answers.0.insert(Key(1), Value::YesNo(false).into());
        let kept: Vec<_> = answers.without_hidden(&form).0.into_keys().collect();
        assert_eq!(
            kept,
            [Key(1), Key(77)],
            "the second hangs on the first, the third on the second"
        );
    }
}
