//! What answers come to, by the rules at the [module](super)'s top.

use serde::{Deserialize, Serialize};

use super::{Answers, Asked, Form, Key, Tenths, fraction::Fraction};

/// What answers come to: whole, or so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The whole, 0.0 to 100.0; none where nothing counts (rule 9).
    pub percent: Option<Tenths>,
    /// The critical questions that were answered wrongly (rule 7).
    pub failed: Vec<Key>,
    /// What must be answered, is shown, and has no answer.
    pub missing: Vec<Key>,
    /// How many of the questions that are shown have an answer. *Does not apply* is one.
    pub answered: usize,
    /// How many questions are shown.
    pub answerable: usize,
    /// The form's sections, in its order.
    pub sections: Vec<SectionScore>,
}

/// What the answers in one section come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionScore {
    /// 0.0 to 100.0; none where nothing counts.
    pub percent: Option<Tenths>,
    /// A question is worth its weight in points (rule 2); so many were given.
    pub points: Tenths,
    /// So many could have been given to what was answered.
    pub possible: u32,
    /// So many hang on what has no answer yet.
    pub open: u32,
    /// As in [`Score`].
    pub answered: usize,
    pub answerable: usize,
}

impl Score {
    /// Whether a critical question was answered wrongly.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        !self.failed.is_empty()
    }

    /// Whether all is answered that must be.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.missing.is_empty()
    }
}

/// What answers to a form come to. Answers that do not fit count as none, so that no form and no answers are too odd.
#[must_use]
pub fn score(form: &Form, answers: &Answers) -> Score {
    let asked = form.asked(answers);
    let keys = |which: fn(&Asked) -> bool| asked.iter().filter(|it| which(it)).map(|it| it.question.key).collect();
    let failed: Vec<Key> = keys(|it| it.value.is_some_and(|value| it.question.fails(value)));
    let missing = keys(|it| it.value.is_none() && (it.question.required || it.question.critical));

    let (mut sum, mut weights) = (Fraction::zero(), 0);
    let mut sections = vec![];
    for (place, section) in form.sections.iter().enumerate() {
        let sums = Sums::of(asked.iter().filter(|asked| asked.section == place));
        if sums.possible > 0 {
            sum = sum.plus(&sums.mean().times(&Fraction::of(section.weight.into(), 1)));
            weights += u32::from(section.weight);
        }
        sections.push(sums.score());
    }
    let percent = (weights > 0).then(|| percent(&sum.times(&Fraction::of(1, weights))));
    Score {
        percent: if failed.is_empty() { percent } else { Some(Tenths(0)) },
        failed,
        missing,
        answered: sections.iter().map(|section| section.answered).sum(),
        answerable: asked.len(),
        sections,
    }
}

/// What is added up of a section.
struct Sums {
    points: Fraction,
    possible: u32,
    open: u32,
    answered: usize,
    answerable: usize,
}

impl Sums {
    fn of<'a>(asked: impl Iterator<Item = &'a Asked<'a>>) -> Self {
        let mut sums = Self {
            points: Fraction::zero(),
            possible: 0,
            open: 0,
            answered: 0,
            answerable: 0,
        };
        for Asked { question, value, .. } in asked {
            let (weight, most) = (u32::from(question.weight), question.kind.most());
            sums.answerable += 1;
            match value {
                None => sums.open += weight,
                Some(value) => {
                    sums.answered += 1;
                    if let Some(points) = question.points(value) {
                        sums.possible += weight;
                        let worth = Fraction::of(u32::from(points) * weight, most.into());
                        sums.points = sums.points.plus(&worth);
                    }
                }
            }
        }
        sums
    }

    fn mean(&self) -> Fraction {
        self.points.times(&Fraction::of(1, self.possible))
    }

    fn score(&self) -> SectionScore {
        SectionScore {
            percent: (self.possible > 0).then(|| percent(&self.mean())),
            points: self.points.tenths(),
            possible: self.possible,
            open: self.open,
            answered: self.answered,
            answerable: self.answerable,
        }
    }
}

/// A part of one as parts of a hundred.
fn percent(part: &Fraction) -> Tenths {
    part.times(&Fraction::of(100, 1)).tenths()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Decimal, Value, samples},
        *,
    };

    fn yes_no(answers: &[(u16, bool)]) -> Answers {
        answers
            .iter()
            .map(|(key, yes)| (Key(*key), Value::YesNo(*yes)))
            .collect()
    }

    #[test]
    fn a_score_as_one_adds_it_up_on_paper() {
        // Opening, weight 20: 5 and 4 of 5, each worth 5 points. Solution, weight 50: 4 of 5, N/A, yes, 4 of 5.
        // Closing, weight 30: nothing yet.
        let form = samples::evaluate_page();
        let answers: Answers = [
            (Key(1), Value::Scale(5)),
            (Key(2), Value::Scale(4)),
            (Key(3), Value::Scale(4)),
            (Key(4), Value::NotApplicable),
            (Key(5), Value::YesNo(true)),
            (Key(6), Value::Scale(4)),
        ]
        .into_iter()
        .collect();
        let got = score(&form, &answers);
        // (20 * 9/10 + 50 * 13/15) / 70 = 87.619...
        assert_eq!(got.percent, Some(Tenths(876)));
        assert_eq!((got.answered, got.answerable), (6, 8));
        let section = |percent, points, possible, open, answered, answerable| SectionScore {
            percent,
            points: Tenths(points),
            possible,
            open,
            answered,
            answerable,
        };
        assert_eq!(
            got.sections,
            [
                section(Some(Tenths(900)), 90, 10, 0, 2, 2),
                section(Some(Tenths(867)), 130, 15, 0, 4, 4),
                section(None, 0, 0, 10, 0, 2),
            ]
        );
        assert_eq!(got.missing, [Key(7)]);
        assert!(!got.is_finished() && !got.is_failed());
    }

    #[test]
    fn nothing_counted_is_no_percentage() {
        let form = samples::every_kind();
        assert_eq!(score(&form, &Answers::default()).percent, None);
        let noted = [(Key(2), Value::NotApplicable), (Key(5), Value::Text("Bra".into()))];
        let got = score(&form, &noted.into_iter().collect());
        assert_eq!((got.percent, got.answered), (None, 2));
        assert_eq!(score(&Form::default(), &Answers::default()).percent, None);
    }

    #[test]
    fn a_critical_question_decides_only_once_it_is_answered_wrongly() {
        let mut form = samples::evaluate_page();
        let rest = [
            (Key(1), Value::Scale(5)),
            (Key(3), Value::Scale(5)),
            (Key(7), Value::Scale(5)),
        ];
        let with = |value: Option<Value>| -> Answers {
            rest.iter().cloned().chain(value.map(|value| (Key(5), value))).collect()
        };
        let got = score(&form, &with(Some(Value::YesNo(false))));
        assert_eq!(
            (got.percent, got.failed.as_slice()),
            (Some(Tenths(0)), [Key(5)].as_slice())
        );
        assert_eq!(
            got.sections[1].percent,
            Some(Tenths(500)),
            "the sections keep their scores"
        );
        let got = score(&form, &with(Some(Value::NotApplicable)));
        assert_eq!(
            (got.percent, got.is_failed(), got.is_finished()),
            (Some(Tenths(1000)), false, true)
        );
        let got = score(&form, &with(None));
        assert_eq!(
            (got.percent, got.is_failed(), got.missing),
            (Some(Tenths(1000)), false, vec![Key(5)])
        );
        form.sections[1].questions[2].weight = 0;
        let got = score(&form, &with(Some(Value::YesNo(false))));
        assert_eq!(
            (got.percent, got.is_failed()),
            (Some(Tenths(0)), true),
            "of weight 0 it still fails"
        );
    }

    #[test]
    fn what_weighs_nothing_counts_nowhere() {
        let mut form = samples::chain();
        form.sections[0].questions[1].weight = 0;
        let got = score(&form, &yes_no(&[(1, true), (2, false)]));
        assert_eq!((got.percent, got.sections[0].possible), (Some(Tenths(1000)), 10));
        form.sections[0].weight = 0;
        let got = score(&form, &yes_no(&[(1, true)]));
        assert_eq!((got.percent, got.sections[0].percent), (None, Some(Tenths(1000))));
    }

    #[test]
    fn hidden_questions_are_neither_counted_nor_missing_nor_failed() {
        let mut form = samples::chain();
        form.sections[0].questions[1].critical = true;
        let got = score(&form, &yes_no(&[(1, false), (2, false)]));
        assert_eq!(
            (got.percent, got.is_failed(), got.is_finished()),
            (Some(Tenths(0)), false, true)
        );
        assert_eq!((got.answered, got.answerable, got.sections[0].possible), (1, 1, 10));
    }

    #[test]
    fn a_number_outside_all_bands_has_no_points() {
        let form = samples::every_kind();
        let number = |hundredths| {
            score(
                &form,
                &[(Key(4), Value::Number(Decimal(hundredths)))].into_iter().collect(),
            )
        };
        assert_eq!(number(4_500).percent, Some(Tenths(400)));
        assert_eq!(number(1_000_000).percent, Some(Tenths(0)));
    }
}
