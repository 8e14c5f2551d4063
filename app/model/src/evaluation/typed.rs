//! Answers as a form's fields hold them.

use serde::{Deserialize, Serialize};

use super::{Answer, Decimal, Kind, Question, Value};

/// What was typed and chosen for one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// [`Value::word`].
    pub value: String,
    /// Whether *does not apply* was ticked, beside a number or words.
    pub na: Option<String>,
    pub remark: String,
    /// Milliseconds, with commas between.
    pub evidence: String,
}

impl Value {
    /// What says that a question does not apply.
    pub const NOT_APPLICABLE: &str = "na";

    /// The answer as a field holds it: `yes`, `3`, a choice's key, `3,5` with that decimal sign, words.
    #[must_use]
    pub fn word(&self, point: char) -> String {
        match self {
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
            Self::Scale(step) => step.to_string(),
            Self::Choice(key) => key.to_string(),
            Self::Number(number) => number.write(point),
            Self::Text(words) => words.clone(),
            Self::NotApplicable => Self::NOT_APPLICABLE.to_owned(),
        }
    }
}

impl Question {
    /// The answer that a field holds; none where it holds none.
    ///
    /// # Errors
    /// When it holds what is no answer to this question.
    pub fn read(&self, word: &str) -> Result<Option<Value>, NoAnswer> {
        let trimmed = word.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        let value = match &self.kind {
            Kind::Text => Some(Value::Text(word.replace("\r\n", "\n"))),
            _ if trimmed == Value::NOT_APPLICABLE => Some(Value::NotApplicable),
            Kind::YesNo { .. } => match trimmed {
                "yes" => Some(Value::YesNo(true)),
                "no" => Some(Value::YesNo(false)),
                _ => None,
            },
            Kind::Scale { .. } => trimmed.parse().ok().map(Value::Scale),
            Kind::Choice { .. } => trimmed.parse().ok().map(Value::Choice),
            Kind::Number { .. } => Decimal::read(trimmed).map(Value::Number),
        };
        value
            .filter(|value| self.refuses(value).is_none())
            .map(Some)
            .ok_or(NoAnswer)
    }

    /// The whole answer that was typed.
    ///
    /// # Errors
    /// When a field holds what is no answer to this question, or what is no place in a sound.
    pub fn typed(&self, typed: &Typed) -> Result<Answer, NoAnswer> {
        let value = if typed.na.is_some() {
            Some(Value::NotApplicable)
        } else {
            self.read(&typed.value)?
        };
        let places = typed
            .evidence
            .split(',')
            .map(str::trim)
            .filter(|place| !place.is_empty());
        Ok(Answer {
            value,
            remark: typed.remark.replace("\r\n", "\n"),
            evidence_ms: places
                .map(|place| place.parse().map_err(|_| NoAnswer))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// A field holds what is no answer to its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnswer;

#[cfg(test)]
mod tests {
    use super::super::{STARTER_SV, import};
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let form = import(STARTER_SV.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap();
        let mut kinds = 0;
        for question in form.questions() {
            let values = match &question.kind {
                Kind::YesNo { .. } => vec![Value::YesNo(true), Value::YesNo(false)],
                Kind::Scale { steps, .. } => vec![Value::Scale(1), Value::Scale(*steps)],
                Kind::Choice { choices } => vec![Value::Choice(choices[0].key)],
                Kind::Number { .. } => vec![Value::Number(Decimal(350))],
                Kind::Text => vec![Value::Text("na".into())],
            };
            for value in values {
                assert_eq!(question.read(&value.word(',')), Ok(Some(value)));
                kinds += 1;
            }
            assert_eq!(question.read("  "), Ok(None));
            if !matches!(question.kind, Kind::Text) {
                assert_eq!(question.read("mellan"), Err(NoAnswer));
                assert_eq!(
                    question.read("99999"),
                    if matches!(question.kind, Kind::Number { .. }) {
                        question.read("99 999")
                    } else {
                        Err(NoAnswer)
                    }
                );
            }
        }
        assert!(kinds > 10);
    }

    #[test]
    fn places_are_milliseconds() {
        let form = import(STARTER_SV.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap();
        let question = form.questions().next().unwrap();
        let typed = |evidence: &str| Typed {
            value: "yes".into(),
            remark: "Hörs\r\ntydligt".into(),
            evidence: evidence.into(),
            ..Typed::default()
        };
        let answer = question.typed(&typed("12000, 31000,")).unwrap();
        assert_eq!(
            (answer.evidence_ms, &*answer.remark),
            (vec![12_000, 31_000], "Hörs\ntydligt")
        );
        assert_eq!(question.typed(&typed("0:12")), Err(NoAnswer));
    }
}
