//! What holds for every form and every answer. The rules are those at the module's top.

use proptest::{prelude::*, sample::Index};

use super::{Answers, Form, Key, Kind, Question, Tenths, Value, score};

mod oracle;
mod wild;
mod written;

use wild::{Case, cases, forms, value};

/// Whether nothing hangs on a question.
fn is_free(form: &Form, key: Key) -> bool {
    form.questions().all(|question| {
        question
            .condition
            .as_ref()
            .is_none_or(|condition| condition.question != key)
    })
}

/// Any question on which nothing hangs; there is one, since conditions look back only.
fn free(form: &Form, which: Index) -> &Question {
    let free: Vec<_> = form
        .questions()
        .filter(|question| is_free(form, question.key))
        .collect();
    free[which.index(free.len())]
}

/// The form with every question changed, or taken away.
fn with(form: &Form, change: impl Fn(Question) -> Option<Question>) -> Form {
    let mut form = form.clone();
    for section in &mut form.sections {
        section.questions = section.questions.drain(..).filter_map(&change).collect();
    }
    form
}

/// The answers with one more, or another.
fn and(answers: &Answers, key: Key, value: Value) -> Answers {
    let mut answers = answers.clone();
    answers.0.insert(key, value.into());
    answers
}

/// The percentages of the whole and of its sections.
fn percentages(form: &Form, answers: &Answers) -> Vec<Option<Tenths>> {
    let score = score(form, answers);
    let sections = score.sections.iter().map(|section| section.percent);
    std::iter::once(score.percent).chain(sections).collect()
}

proptest! {
    #[test]
    fn what_does_not_apply_is_as_if_it_were_not_asked(Case { form, answers } in cases(), which: Index) {
        let key = free(&form, which).key;
        let allowed = with(&form, |question| Some(Question { not_applicable: true, ..question }));
        let without = with(&form, |question| (question.key != key).then_some(question));
        let apart = and(&answers, key, Value::NotApplicable);
        prop_assert_eq!(percentages(&allowed, &apart), percentages(&without, &answers));
    }

    #[test]
    fn what_is_not_answered_is_as_if_it_were_not_asked(Case { form, answers } in cases()) {
        let running = percentages(&form, &answers);
        let answered = with(&form, |question| answers.value(question.key).map(|_| question));
        prop_assert_eq!(running, percentages(&answered, &answers));
    }

    #[test]
    fn a_failed_critical_question_decides(Case { form, answers } in cases(), which: Index, seed: u32) {
        let question = free(&form, which);
        prop_assume!(question.condition.is_none());
        let given = value(question, seed);
        prop_assume!(given.is_some());
        let given = given.unwrap();
        let got = score(&form, &and(&answers, question.key, given.clone()));
        prop_assert_eq!(got.failed.contains(&question.key), question.fails(&given));
        if got.is_failed() {
            prop_assert_eq!(got.percent, Some(Tenths(0)));
        }
    }

    #[test]
    fn weights_say_only_how_much_beside_each_other(Case { form, answers } in cases(), times in 1_u8..=10) {
        let mut light = form;
        for section in &mut light.sections {
            section.weight %= 11;
            section.questions.iter_mut().for_each(|question| question.weight %= 11);
        }
        let mut heavy = light.clone();
        heavy.sections.iter_mut().for_each(|section| section.weight *= times);
        prop_assert_eq!(percentages(&light, &answers), percentages(&heavy, &answers));
        let heavy = with(&light, |question| Some(Question { weight: question.weight * times, ..question }));
        prop_assert_eq!(percentages(&light, &answers), percentages(&heavy, &answers));
    }

    #[test]
    fn a_better_answer_never_lowers(Case { form, answers } in cases(), which: Index, seeds: (u32, u32)) {
        let question = free(&form, which);
        let (one, other) = (value(question, seeds.0), value(question, seeds.1));
        prop_assume!(one.is_some() && other.is_some());
        let (one, other) = (one.unwrap(), other.unwrap());
        let points = (question.points(&one), question.points(&other));
        prop_assume!(points.0.is_some() && points.0 <= points.1 && !question.fails(&other));
        let got = |value: Value| score(&form, &and(&answers, question.key, value)).percent;
        let (worse, better) = (got(one), got(other));
        prop_assert!(better.is_none() || worse <= better, "{worse:?} {better:?}");
    }

    #[test]
    fn order_does_not_matter(Case { form, answers } in cases(), turn: Index) {
        let form = with(&form, |question| Some(Question { condition: None, ..question }));
        let mut turned = form.clone();
        turned.sections.reverse();
        for section in &mut turned.sections {
            let by = turn.index(section.questions.len());
            section.questions.rotate_left(by);
        }
        let (one, other) = (score(&form, &answers), score(&turned, &answers));
        prop_assert_eq!(one.percent, other.percent);
        prop_assert_eq!((one.answered, one.answerable), (other.answered, other.answerable));
        prop_assert!(one.sections.iter().eq(other.sections.iter().rev()));
        let sorted = |mut keys: Vec<Key>| { keys.sort(); keys };
        prop_assert_eq!(sorted(one.failed), sorted(other.failed));
        prop_assert_eq!(sorted(one.missing), sorted(other.missing));
        prop_assert!(!form.differs_in_meaning(&turned));
    }

    #[test]
    fn what_is_hidden_never_counts(Case { form, answers } in cases(), seed: u32) {
        let got = score(&form, &answers);
        let kept = answers.without_hidden(&form);
        prop_assert_eq!(&score(&form, &kept), &got);
        prop_assert_eq!(&kept.without_hidden(&form), &kept);
        let shown: Vec<_> = form.asked(&answers).iter().map(|asked| asked.question.key).collect();
        let mut other = answers.clone();
        for question in form.questions().filter(|question| !shown.contains(&question.key)) {
            prop_assert_eq!(kept.0.get(&question.key), None);
            if let Some(value) = value(question, seed) {
                other = and(&other, question.key, value);
            }
        }
        prop_assert_eq!(&score(&form, &other), &got);
    }

    #[test]
    fn a_score_is_within_its_bounds(Case { form, answers } in cases()) {
        let got = score(&form, &answers);
        prop_assert!(got.percent.is_none_or(|percent| percent <= Tenths(1000)));
        prop_assert!(got.answered <= got.answerable && got.answerable <= form.questions().count());
        for (section, part) in got.sections.iter().zip(&form.sections) {
            prop_assert!(section.percent.is_none_or(|percent| percent <= Tenths(1000)));
            prop_assert!(section.points.0 <= section.possible * 10);
            let most: u32 = part.questions.iter().map(|question| u32::from(question.weight)).sum();
            prop_assert!(section.possible + section.open <= most);
        }
        prop_assert!(answers.check(&form).is_empty());
    }

    #[test]
    fn the_best_answers_come_to_a_hundred(form in forms(1..6, 1..6)) {
        let given: Option<Answers> = form
            .questions()
            .filter(|question| question.condition.is_none() && question.kind.most() > 0)
            .map(|question| best(question).map(|value| (question.key, value)))
            .collect();
        prop_assume!(given.is_some(), "what fails may be what gives most points");
        let got = score(&form, &given.unwrap());
        prop_assert!(!got.is_failed() && got.percent.is_none_or(|percent| percent == Tenths(1000)));
    }
}

/// The answer that gives most points and does not fail, if there is one.
fn best(question: &Question) -> Option<Value> {
    let value = match &question.kind {
        Kind::YesNo { right, .. } => Value::YesNo(*right),
        Kind::Scale { steps, .. } => Value::Scale(*steps),
        Kind::Choice { choices } => Value::Choice(choices.iter().max_by_key(|choice| choice.points)?.key),
        Kind::Number { bands, .. } => Value::Number(bands.iter().max_by_key(|band| band.points)?.to),
        Kind::Text => return None,
    };
    (!question.fails(&value)).then_some(value)
}

#[test]
fn the_largest_form_is_scored_while_one_waits() {
    let choices: Vec<_> = (1..=20)
        .map(|key| super::samples::choice(key, 79 + u8::try_from(key).unwrap()))
        .collect();
    let question = |key: u16| Question {
        kind: match key % 2 {
            0 => Kind::Choice {
                choices: choices[..usize::from(key % 9) + 2].to_vec(),
            },
            _ => super::samples::scale(key).kind,
        },
        weight: u8::try_from(key % 100).unwrap() + 1,
        ..super::samples::yes_no(key)
    };
    let sections =
        (0..20_u16).map(|at| super::samples::section(97, (0..10).map(|part| question(at * 10 + part)).collect()));
    let form = super::samples::form(sections.collect());
    assert_eq!(form.check(), []);
    let answers = form
        .questions()
        .filter_map(|question| value(question, 8_003).map(|value| (question.key, value)))
        .collect();
    let before = std::time::Instant::now();
    assert!(score(&form, &answers).percent.is_some());
    assert!(
        before.elapsed() < std::time::Duration::from_millis(500),
        "{:?}",
        before.elapsed()
    );
}
