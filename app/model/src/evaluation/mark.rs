//! What one answer is worth.

use super::{Choice, Decimal, Flaw, Key, Kind, Question, Value, text};

impl Question {
    /// Why the question does not take an answer; none when it does.
    #[must_use]
    pub fn refuses(&self, value: &Value) -> Option<Flaw> {
        match (&self.kind, value) {
            (_, Value::NotApplicable) => (!self.not_applicable).then_some(Flaw::MustApply),
            (Kind::YesNo { .. }, Value::YesNo(_)) => None,
            (Kind::Scale { steps, .. }, Value::Scale(step)) => (!(1..=*steps).contains(step)).then_some(Flaw::Range {
                least: 1,
                most: i64::from(*steps),
            }),
            (Kind::Choice { choices }, Value::Choice(key)) => chosen(choices, *key).is_none().then_some(Flaw::Unknown),
            (Kind::Number { .. }, Value::Number(number)) => (!number.is_sound()).then_some(Flaw::Range {
                least: -Decimal::MOST.0,
                most: Decimal::MOST.0,
            }),
            (Kind::Text, Value::Text(words)) => text::lines(words, text::LONG),
            _ => Some(Flaw::OtherKind),
        }
    }

    /// An answer that gives the most; none where no answer counts.
    #[must_use]
    pub fn best(&self) -> Option<Value> {
        match &self.kind {
            Kind::YesNo { right, .. } => Some(Value::YesNo(*right)),
            Kind::Scale { steps, .. } => Some(Value::Scale(*steps)),
            Kind::Choice { choices } => {
                let best = choices.iter().rev().max_by_key(|choice| choice.points)?;
                Some(Value::Choice(best.key))
            }
            Kind::Number { bands, .. } => {
                let best = bands.iter().rev().max_by_key(|band| band.points)?;
                Some(Value::Number(best.from))
            }
            Kind::Text => None,
        }
    }

    /// The points of an answer, of [`Kind::most`]. None where the answer does not count: it does not apply, does not fit, or
    /// is of a kind that never counts.
    #[must_use]
    pub fn points(&self, value: &Value) -> Option<u8> {
        if self.refuses(value).is_some() || self.kind.most() == 0 {
            return None;
        }
        match (&self.kind, value) {
            (Kind::YesNo { right, .. }, Value::YesNo(given)) => Some(u8::from(right == given)),
            (Kind::Scale { .. }, Value::Scale(step)) => Some(*step),
            (Kind::Choice { choices }, Value::Choice(key)) => chosen(choices, *key).map(|choice| choice.points),
            (Kind::Number { bands, .. }, Value::Number(number)) => {
                let band = bands.iter().find(|band| band.has(*number));
                Some(band.map_or(0, |band| band.points))
            }
            _ => None,
        }
    }

    /// Whether an answer makes the whole 0 %. What does not apply or does not fit never does.
    #[must_use]
    pub fn fails(&self, value: &Value) -> bool {
        if !self.critical {
            return false;
        }
        match (&self.kind, value) {
            (Kind::Scale { .. }, _) => self.points(value) == Some(1),
            (Kind::Choice { choices }, Value::Choice(key)) => {
                chosen(choices, *key).is_some_and(|choice| choice.failing)
            }
            _ => self.points(value) == Some(0),
        }
    }
}

/// The choice of that key.
fn chosen(choices: &[Choice], key: Key) -> Option<&Choice> {
    choices.iter().find(|choice| choice.key == key)
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn points_and_failures_of_every_kind() {
        let form = samples::every_kind();
        let table = [
            // The question, the answer, its points, and whether it fails where the question is critical.
            (1, Value::YesNo(true), Some(1), false),
            (1, Value::YesNo(false), Some(0), true),
            (1, Value::NotApplicable, None, false),
            (2, Value::Scale(1), Some(1), true),
            (2, Value::Scale(2), Some(2), false),
            (2, Value::Scale(5), Some(5), false),
            (2, Value::Scale(0), None, false),
            (2, Value::Scale(6), None, false),
            (2, Value::NotApplicable, None, false),
            (3, Value::Choice(Key(1)), Some(10), false),
            (3, Value::Choice(Key(2)), Some(4), false),
            (3, Value::Choice(Key(3)), Some(0), true),
            (3, Value::Choice(Key(4)), None, false),
            (4, Value::Number(Decimal(0)), Some(5), false),
            (4, Value::Number(Decimal(3_000)), Some(5), false),
            (4, Value::Number(Decimal(3_001)), Some(2), false),
            (4, Value::Number(Decimal(6_000)), Some(2), false),
            (4, Value::Number(Decimal(6_001)), Some(0), true),
            (4, Value::Number(Decimal(-1)), Some(0), true),
            (4, Value::YesNo(true), None, false),
            (5, Value::Text("Bra".into()), None, false),
        ];
        for (key, value, points, fails) in table {
            let mut question = form.question(Key(key)).unwrap().clone();
            assert_eq!(question.points(&value), points, "{key} {value:?}");
            question.critical = false;
            assert!(!question.fails(&value), "only what is critical fails: {key} {value:?}");
            question.critical = true;
            assert_eq!(question.fails(&value), fails, "{key} {value:?}");
        }
    }

    #[test]
    fn no_can_be_the_right_answer() {
        let mut question = samples::yes_no(1);
        question.kind = Kind::YesNo {
            right: false,
            yes_help: String::new(),
            no_help: String::new(),
        };
        question.critical = true;
        assert_eq!(question.points(&Value::YesNo(false)), Some(1));
        assert!(question.fails(&Value::YesNo(true)));
    }

    #[test]
    fn a_number_without_bands_is_only_noted() {
        let mut question = samples::yes_no(1);
        question.kind = Kind::Number {
            unit: String::new(),
            bands: vec![],
        };
        question.critical = true;
        assert_eq!(question.points(&Value::Number(Decimal(0))), None);
        assert!(!question.fails(&Value::Number(Decimal(0))));
    }
}
