//! The percentage once more, as fractions of 128 bits that are shortened at each step.

use proptest::prelude::*;

use super::{
    super::{Answers, Form, Tenths, Value, score},
    wild::{forms, value},
};

/// A fraction in its lowest terms.
type Fraction = (i128, i128);

fn shortened(over: i128, under: i128) -> Fraction {
    let (mut a, mut b) = (over, under);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (over / a, under / a)
}

/// The sum needs more than 128 bits.
#[derive(Debug)]
struct TooLarge;

fn sum(parts: &[(i128, Fraction)]) -> Option<Fraction> {
    let mut total = (0_i128, 1_i128);
    for (weight, (over, under)) in parts {
        let over = total
            .0
            .checked_mul(*under)?
            .checked_add(over.checked_mul(*weight)?.checked_mul(total.1)?)?;
        total = shortened(over, total.1.checked_mul(*under)?);
    }
    Some(total)
}

/// The weighted mean; none where nothing weighs.
fn mean(parts: &[(i128, Fraction)]) -> Result<Option<Fraction>, TooLarge> {
    let weights: i128 = parts.iter().map(|(weight, _)| weight).sum();
    let (over, under) = sum(parts).ok_or(TooLarge)?;
    let under = under.checked_mul(weights).ok_or(TooLarge)?;
    Ok((weights > 0).then(|| shortened(over, under)))
}

/// The percentage in tenths, for forms without conditions and critical questions.
fn percent(form: &Form, answers: &Answers) -> Result<Option<i128>, TooLarge> {
    let mut sections = vec![];
    for section in &form.sections {
        let mut parts = vec![];
        for question in &section.questions {
            let given = answers
                .value(question.key)
                .filter(|value| **value != Value::NotApplicable);
            if let Some(points) = given.and_then(|value| question.points(value)) {
                let part = shortened(points.into(), question.kind.most().into());
                parts.push((i128::from(question.weight), part));
            }
        }
        if let Some(part) = mean(&parts)? {
            sections.push((i128::from(section.weight), part));
        }
    }
    let whole = mean(&sections)?.map(|(over, under)| {
        let twice = over.checked_mul(2_000)?.checked_add(under)?;
        Some(twice / under.checked_mul(2)?)
    });
    whole.map(|tenths| tenths.ok_or(TooLarge)).transpose()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_score_is_exact(form in forms(1..5, 1..5), seeds in prop::collection::vec(any::<u32>(), 16)) {
        let mut form = form;
        for question in form.sections.iter_mut().flat_map(|section| &mut section.questions) {
            question.condition = None;
            question.critical = false;
        }
        let given = form.questions().zip(seeds);
        let answers = given.filter_map(|(question, seed)| value(question, seed).map(|value| (question.key, value)));
        let answers = answers.collect();
        let wanted = percent(&form, &answers);
        prop_assume!(wanted.is_ok());
        let got = score(&form, &answers).percent.map(|Tenths(tenths)| i128::from(tenths));
        prop_assert_eq!(got, wanted.unwrap());
    }
}
