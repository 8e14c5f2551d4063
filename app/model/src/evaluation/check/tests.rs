use super::{super::samples, *};

mod kinds;

/// What one change to a form that could be used makes wrong.
fn faults(change: impl FnOnce(&mut Form)) -> Vec<(Place, Part, Flaw)> {
    let mut form = samples::every_kind();
    change(&mut form);
    let faults = form.check().into_iter();
    faults.map(|Fault { place, part, flaw }| (place, part, flaw)).collect()
}

/// The same for one of its questions, which is the only one that may become wrong.
fn question(key: u16, change: impl FnOnce(&mut Question)) -> Vec<(Part, Flaw)> {
    let faults = faults(|form| change(&mut form.sections[0].questions[usize::from(key - 1)]));
    let own = Place::Question {
        section: 0,
        key: Key(key),
    };
    assert!(faults.iter().all(|(place, ..)| *place == own), "{faults:?}");
    faults.into_iter().map(|(_, part, flaw)| (part, flaw)).collect()
}

/// Hangs a question on another.
fn hang(key: u16, on: u16, when: When) -> Vec<(Part, Flaw)> {
    let question_key = Key(on);
    question(key, |question| {
        question.condition = Some(Condition {
            question: question_key,
            when,
        });
    })
}

#[test]
fn a_good_form_has_no_faults() {
    for form in [samples::every_kind(), samples::chain(), samples::evaluate_page()] {
        assert_eq!(form.check(), []);
    }
}

#[test]
fn an_empty_form_says_all_that_it_lacks() {
    let found: Vec<_> = Form::default()
        .check()
        .into_iter()
        .map(|it| (it.part, it.flaw))
        .collect();
    assert_eq!(
        found,
        [
            (Part::Title, Flaw::Missing),
            (Part::Sections, Flaw::Missing),
            (Part::Whole, Flaw::NothingCounts),
        ]
    );
}

#[test]
fn form_and_sections() {
    let (form, section) = (Place::Form, Place::Section { section: 0 });
    let long = |most: usize| "x".repeat(most + 1);
    assert_eq!(faults(|it| it.title = " ".into()), [(form, Part::Title, Flaw::Missing)]);
    assert_eq!(
        faults(|it| it.introduction = long(4_000)),
        [(form, Part::Introduction, Flaw::TooLong { most: 4_000 })]
    );
    assert_eq!(
        faults(|it| it.sections[0].title = "a\u{202e}b".into()),
        [(section, Part::Title, Flaw::Characters)]
    );
    assert_eq!(
        faults(|it| it.sections[0].weight = 101),
        [(section, Part::Weight, Flaw::Range { least: 0, most: 100 })]
    );
    assert_eq!(
        faults(|it| it.sections[0].weight = 0),
        [(form, Part::Whole, Flaw::NothingCounts)]
    );
    assert_eq!(
        faults(|it| it.sections[0].questions.clear()),
        [
            (form, Part::Questions, Flaw::Missing),
            (form, Part::Whole, Flaw::NothingCounts),
            (section, Part::Questions, Flaw::Missing),
        ]
    );
}

#[test]
fn nothing_counts_where_all_weights_are_zero() {
    let found = faults(|it| it.sections[0].questions.iter_mut().for_each(|it| it.weight = 0));
    assert_eq!(found, [(Place::Form, Part::Whole, Flaw::NothingCounts)]);
    let found = faults(|it| it.sections[0].questions.retain(|it| it.kind == Kind::Text));
    assert_eq!(found, [(Place::Form, Part::Whole, Flaw::NothingCounts)]);
    let found = faults(|it| {
        let choices = vec![samples::choice(1, 0), samples::choice(2, 0)];
        it.sections[0].questions.truncate(1);
        it.sections[0].questions[0].kind = Kind::Choice { choices };
    });
    let place = Place::Question {
        section: 0,
        key: Key(1),
    };
    assert_eq!(
        found,
        [
            (Place::Form, Part::Whole, Flaw::NothingCounts),
            (place, Part::Weight, Flaw::NoPoints),
        ]
    );
}

#[test]
fn what_is_larger_than_any_form_is_not_looked_into() {
    let found = faults(|it| it.sections.extend(vec![samples::section(101, vec![]); 30]));
    assert_eq!(found, [(Place::Form, Part::Sections, Flaw::TooMany { most: 30 })]);
    let found = question(3, |it| {
        let choices = vec![samples::choice(1, 101); 900];
        it.critical = false;
        it.kind = Kind::Choice { choices };
    });
    assert_eq!(
        found.len(),
        1 + 20 + 19 + 19,
        "too many; points, keys and words of as many as there may be"
    );
}

#[test]
fn a_form_has_no_more_choices_than_a_page_can_show() {
    let with = |questions: u16, choices: u16| {
        let kind = Kind::Choice {
            choices: (0..choices).map(|key| samples::choice(key, 1)).collect(),
        };
        let question = |key| Question {
            kind: kind.clone(),
            ..samples::yes_no(key)
        };
        samples::form(vec![samples::section(1, (0..questions).map(question).collect())])
    };
    let too_many = |most| Flaw::TooMany { most };
    let found = |form: &Form| {
        form.check()
            .iter()
            .map(|it| (it.place, it.part, it.flaw))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&with(50, 20)), []);
    assert_eq!(found(&with(51, 20)), [(Place::Form, Part::Choices, too_many(1_000))]);
    // Of one question, with conditions that wait for all of them: it is not looked into.
    let mut form = with(1, 30_000);
    let all = When::Choice((0..30_000).map(Key).collect());
    form.sections[0].questions.extend((1..200).map(|key| Question {
        condition: Some(Condition {
            question: Key(0),
            when: all.clone(),
        }),
        ..samples::yes_no(key)
    }));
    assert_eq!(found(&form), [(Place::Form, Part::Choices, too_many(1_000))]);
    let mut form = with(1, 21);
    form.sections[0].questions.push(Question {
        condition: Some(Condition {
            question: Key(0),
            when: all,
        }),
        ..samples::yes_no(1)
    });
    let of = |key| Place::Question {
        section: 0,
        key: Key(key),
    };
    let wanted = [
        (of(0), Part::Choices, too_many(20)),
        (of(1), Part::Condition, Flaw::Unknown),
    ];
    assert_eq!(found(&form), wanted);
}

#[test]
fn a_form_is_not_too_large() {
    let many = |sections: u16, questions: u16| {
        faults(|it| {
            let keys = (0..sections).map(|at| (0..questions).map(move |part| at * questions + part));
            it.sections = keys
                .map(|keys| samples::section(1, keys.map(samples::yes_no).collect()))
                .collect();
        })
    };
    assert_eq!(many(30, 1), []);
    assert_eq!(many(20, 10), []);
    assert_eq!(many(31, 1), [(Place::Form, Part::Sections, Flaw::TooMany { most: 30 })]);
    assert_eq!(
        many(1, 201),
        [(Place::Form, Part::Questions, Flaw::TooMany { most: 200 })]
    );
    let found = faults(|it| {
        let choices: Vec<_> = (0..20)
            .map(|key| crate::evaluation::Choice {
                help: "ö".repeat(1_000),
                ..samples::choice(key, 1)
            })
            .collect();
        let question = |key| Question {
            kind: Kind::Choice {
                choices: choices.clone(),
            },
            ..samples::yes_no(key)
        };
        it.sections[0].questions = (0..13).map(question).collect();
    });
    assert_eq!(found, [(Place::Form, Part::Whole, Flaw::TooMuchText { most: 500_000 })]);
}

#[test]
fn every_question() {
    assert_eq!(question(1, |it| it.words.clear()), [(Part::Words, Flaw::Missing)]);
    assert_eq!(
        question(1, |it| it.words = "x".repeat(301)),
        [(Part::Words, Flaw::TooLong { most: 300 })]
    );
    assert_eq!(
        question(1, |it| it.help = "\u{1}".into()),
        [(Part::Help, Flaw::Characters)]
    );
    assert_eq!(
        question(1, |it| it.weight = 101),
        [(Part::Weight, Flaw::Range { least: 0, most: 100 })]
    );
    assert_eq!(question(5, |it| it.weight = 1), [(Part::Weight, Flaw::NeverCounts)]);
    assert_eq!(
        question(5, |it| it.critical = true),
        [(Part::Critical, Flaw::NeverFails)]
    );
    assert_eq!(question(1, |it| it.critical = true), []);
    assert_eq!(question(2, |it| it.critical = true), []);
    assert_eq!(question(4, |it| it.critical = true), []);
    let twice = faults(|it| it.sections[0].questions[4].key = Key(1));
    let place = Place::Question {
        section: 0,
        key: Key(1),
    };
    assert_eq!(twice, [(place, Part::Key, Flaw::Twice)]);
}

#[test]
fn conditions() {
    let condition = |flaw| [(Part::Condition, flaw)];
    let range = Flaw::Range { least: 1, most: 5 };
    assert_eq!(hang(5, 1, When::YesNo(false)), []);
    assert_eq!(hang(5, 2, When::Scale { from: 1, to: 5 }), []);
    assert_eq!(hang(5, 2, When::Scale { from: 3, to: 3 }), []);
    assert_eq!(hang(5, 3, When::Choice([Key(1), Key(3)].into())), []);
    assert_eq!(hang(1, 1, When::YesNo(true)), condition(Flaw::Later), "on itself");
    assert_eq!(hang(1, 2, When::Scale { from: 1, to: 2 }), condition(Flaw::Later));
    assert_eq!(hang(5, 99, When::YesNo(true)), condition(Flaw::Unknown));
    assert_eq!(hang(5, 1, When::Scale { from: 1, to: 2 }), condition(Flaw::OtherKind));
    assert_eq!(hang(5, 4, When::YesNo(true)), condition(Flaw::OtherKind));
    assert_eq!(hang(5, 2, When::Scale { from: 3, to: 2 }), condition(Flaw::Backwards));
    assert_eq!(hang(5, 2, When::Scale { from: 0, to: 2 }), condition(range));
    assert_eq!(hang(5, 2, When::Scale { from: 2, to: 6 }), condition(range));
    assert_eq!(hang(5, 3, When::Choice([].into())), condition(Flaw::Missing));
    assert_eq!(
        hang(5, 3, When::Choice([Key(1), Key(9)].into())),
        condition(Flaw::Unknown)
    );
}
