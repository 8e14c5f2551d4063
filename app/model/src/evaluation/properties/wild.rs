//! Forms and answers of every sort.

use std::ops::Range;

use proptest::{collection::vec, prelude::*, sample::Index};

use super::super::{
    Answer, Answers, Band, Choice, Condition, Decimal, Form, Key, Kind, Question, Section, Value, When, samples, score,
};

/// A form that can be used, and answers that fit it.
#[derive(Clone, Debug)]
pub struct Case {
    pub form: Form,
    pub answers: Answers,
}

/// An answer that the question takes, by chance; sometimes none.
pub fn value(question: &Question, seed: u32) -> Option<Value> {
    let part = seed / 8;
    let pick = |length: usize| usize::try_from(part).unwrap_or(0) % length;
    match seed % 8 {
        0 => return None,
        1 if question.not_applicable => return Some(Value::NotApplicable),
        _ => {}
    }
    Some(match &question.kind {
        Kind::YesNo { .. } => Value::YesNo(part.is_multiple_of(2)),
        Kind::Scale { steps, .. } => Value::Scale(u8::try_from(pick((*steps).into())).unwrap() + 1),
        Kind::Choice { choices } => Value::Choice(choices[pick(choices.len())].key),
        Kind::Number { .. } => Value::Number(Decimal(i64::from(part % 12_000) - 1_000)),
        Kind::Text => Value::Text("Bra".into()),
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    let points = |most| vec(0..=100_u8, 2..most).prop_filter("some", |points| points.iter().any(|points| *points > 0));
    prop_oneof![
        any::<bool>().prop_map(|right| Kind::YesNo {
            right,
            yes_help: String::new(),
            no_help: String::new(),
        }),
        Kind::STEPS.prop_map(|steps| Kind::Scale {
            steps,
            lowest: String::new(),
            highest: String::new(),
            helps: vec![],
        }),
        points(6).prop_map(|points| Kind::Choice {
            choices: (1..)
                .zip(points)
                .map(|(key, points)| samples::choice(key, points))
                .collect(),
        }),
        points(5).prop_map(|points| Kind::Number {
            unit: String::new(),
            bands: (0..)
                .zip(points)
                .map(|(at, points)| Band {
                    from: Decimal(at * 2_000),
                    to: Decimal(at * 2_000 + 1_500),
                    points,
                })
                .collect(),
        }),
        Just(Kind::Number {
            unit: String::new(),
            bands: vec![],
        }),
        Just(Kind::Text),
    ]
}

fn question() -> impl Strategy<Value = Question> {
    let weight = prop_oneof![1 => Just(0_u8), 9 => 1..=100_u8];
    (kind(), weight, any::<[bool; 2]>(), prop::bool::weighted(0.2)).prop_map(|(mut kind, weight, says, critical)| {
        let critical = critical && kind.is_scored();
        if let (Kind::Choice { choices }, true) = (&mut kind, critical) {
            choices[0].failing = true;
        }
        Question {
            weight: if kind.is_scored() { weight } else { 0 },
            kind,
            not_applicable: says[0],
            required: says[1],
            critical,
            ..samples::yes_no(0)
        }
    })
}

/// What a question could hang on, by chance.
fn condition(on: &Question, seed: u32) -> Option<Condition> {
    let value = value(on, seed)?;
    let when = match value {
        Value::YesNo(yes) => When::YesNo(yes),
        Value::Scale(from) => When::Scale {
            from: from.min(2),
            to: from,
        },
        Value::Choice(key) => When::Choice([key, Key(1)].into()),
        _ => return None,
    };
    Some(Condition { question: on.key, when })
}

/// Forms that can be used.
pub fn forms(sections: Range<usize>, questions: Range<usize>) -> impl Strategy<Value = Form> {
    let section = (
        0..=100_u8,
        vec(
            (question(), any::<(Index, u32)>(), prop::bool::weighted(0.3)),
            questions,
        ),
    );
    vec(section, sections)
        .prop_map(|parts| {
            let mut earlier: Vec<Question> = vec![];
            let mut sections = vec![];
            for (weight, questions) in parts {
                let first = earlier.len();
                for (mut question, (on, seed), hangs) in questions {
                    question.key = Key(u16::try_from(earlier.len()).unwrap() + 1);
                    if hangs && !earlier.is_empty() {
                        question.condition = condition(on.get(&earlier), seed);
                    }
                    earlier.push(question);
                }
                sections.push(samples::section(weight, earlier[first..].to_vec()));
            }
            samples::form(sections)
        })
        .prop_filter("that can be used", |form| form.check().is_empty())
}

/// Forms that can be used, with answers that fit.
pub fn cases() -> impl Strategy<Value = Case> {
    (forms(1..5, 1..6), vec(any::<u32>(), 25)).prop_map(|(form, seeds)| {
        let given = form.questions().zip(seeds);
        let answers = given.filter_map(|(question, seed)| value(question, seed).map(|value| (question.key, value)));
        let answers = answers.collect();
        Case { form, answers }
    })
}

fn odd_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Fråga"),
        Just(" "),
        Just("\u{202e}"),
        Just("\0"),
        Just("\r\n"),
        Just("👩‍👧")
    ];
    vec(word, 0..3).prop_map(|words| words.concat())
}

fn odd_key() -> impl Strategy<Value = Key> {
    prop_oneof![9 => (0..6_u16).prop_map(Key), 1 => any::<u16>().prop_map(Key)]
}

fn odd_number() -> impl Strategy<Value = Decimal> {
    prop_oneof![any::<i64>().prop_map(Decimal), (-9..9_i64).prop_map(Decimal)]
}

fn odd_kind() -> impl Strategy<Value = Kind> {
    let choice = (odd_key(), any::<u8>(), any::<bool>()).prop_map(|(key, points, failing)| Choice {
        key,
        failing,
        ..samples::choice(0, points)
    });
    let band = (odd_number(), odd_number(), any::<u8>()).prop_map(|(from, to, points)| Band { from, to, points });
    prop_oneof![
        kind(),
        (any::<u8>(), vec(odd_text(), 0..4)).prop_map(|(steps, helps)| Kind::Scale {
            steps,
            lowest: String::new(),
            highest: String::new(),
            helps,
        }),
        vec(choice, 0..4).prop_map(|choices| Kind::Choice { choices }),
        (odd_text(), vec(band, 0..4)).prop_map(|(unit, bands)| Kind::Number { unit, bands }),
    ]
}

fn odd_condition() -> impl Strategy<Value = Condition> {
    let when = prop_oneof![
        any::<bool>().prop_map(When::YesNo),
        any::<(u8, u8)>().prop_map(|(from, to)| When::Scale { from, to }),
        prop::collection::btree_set(odd_key(), 0..4).prop_map(When::Choice),
    ];
    (odd_key(), when).prop_map(|(question, when)| Condition { question, when })
}

prop_compose! {
    fn odd_question()(
        key in odd_key(),
        words in odd_text(),
        help in odd_text(),
        kind in odd_kind(),
        weight: u8,
        [not_applicable, critical, required] in any::<[bool; 3]>(),
        condition in prop::option::of(odd_condition()),
    ) -> Question {
        Question { key, words, help, kind, weight, not_applicable, critical, required, condition }
    }
}

/// Forms as no one should make them.
fn odd_forms() -> impl Strategy<Value = Form> {
    let section = (odd_text(), any::<u8>(), vec(odd_question(), 0..5));
    let section = section.prop_map(|(title, weight, questions)| Section {
        title,
        weight,
        questions,
    });
    (odd_text(), odd_text(), vec(section, 0..4)).prop_map(|(title, introduction, sections)| Form {
        title,
        introduction,
        sections,
    })
}

fn odd_answers() -> impl Strategy<Value = Answers> {
    let value = prop_oneof![
        any::<bool>().prop_map(Value::YesNo),
        any::<u8>().prop_map(Value::Scale),
        (0..6_u8).prop_map(Value::Scale),
        odd_key().prop_map(Value::Choice),
        odd_number().prop_map(Value::Number),
        odd_text().prop_map(Value::Text),
        Just(Value::NotApplicable),
    ];
    let answer = (prop::option::of(value), odd_text(), vec(any::<u64>(), 0..30));
    let answer = answer.prop_map(|(value, remark, evidence_ms)| Answer {
        value,
        remark,
        evidence_ms,
    });
    prop::collection::btree_map(odd_key(), answer, 0..8).prop_map(Answers)
}

proptest! {
    #[test]
    fn nothing_is_too_odd(form in odd_forms(), answers in odd_answers(), other in odd_forms()) {
        let sound = form.check().is_empty();
        let got = score(&form, &answers);
        prop_assert!(got.percent.is_none_or(|percent| percent.0 <= 1000));
        prop_assert!(got.sections.iter().all(|section| section.percent.is_none_or(|percent| percent.0 <= 1000)));
        let kept = answers.without_hidden(&form);
        prop_assert_eq!(kept.check(&form).is_empty() || !answers.check(&form).is_empty(), true);
        prop_assert!(!sound || score(&form, &kept) == got);
        prop_assert_eq!(form.differs_in_meaning(&other), other.differs_in_meaning(&form));
        prop_assert!(!form.differs_in_meaning(&form));
    }
}
