use super::*;
use crate::evaluation::{STARTER_SV, When, import};

mod history;
mod joined;

fn starter() -> Bench {
    let form = import(STARTER_SV.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap();
    Bench {
        form,
        ..Bench::default()
    }
}

fn keys(bench: &Bench) -> Vec<Vec<u16>> {
    let sections = bench.form.sections.iter();
    sections
        .map(|section| section.questions.iter().map(|question| question.key.0).collect())
        .collect()
}

/// Three questions, of which the last waits for the first.
fn small() -> Bench {
    let mut bench = Bench::default();
    assert!(bench.turn(Turn::AddSection));
    for _ in 0..3 {
        assert!(bench.turn(Turn::AddQuestion(0)));
    }
    assert!(bench.turn(Turn::HangOn(Key(3), Some(Key(1)))));
    bench
}

#[test]
fn a_new_section_weighs_as_much_as_the_one_above_it() {
    let mut bench = small();
    bench.form.sections[0].weight = 60;
    bench.turn(Turn::AddSection);
    assert_eq!(bench.form.sections[1].weight, 60);
}

#[test]
fn sections_and_questions_are_added_moved_and_removed() {
    let mut bench = small();
    bench.turn(Turn::AddSection);
    assert_eq!(keys(&bench), [vec![1, 2, 3], vec![]]);
    bench.turn(Turn::MoveQuestion { key: Key(2), up: false });
    bench.turn(Turn::MoveQuestion { key: Key(2), up: false });
    assert_eq!(keys(&bench), [vec![1, 3], vec![2]], "over the end of a section");
    assert!(
        !bench.turn(Turn::MoveQuestion { key: Key(2), up: false }),
        "there is no further"
    );
    assert!(!bench.turn(Turn::MoveQuestion { key: Key(1), up: true }));
    bench.turn(Turn::MoveQuestion { key: Key(2), up: true });
    assert_eq!(keys(&bench), [vec![1, 3, 2], vec![]]);
    bench.turn(Turn::MoveSection { at: 1, up: true });
    assert_eq!(keys(&bench), [vec![], vec![1, 3, 2]]);
    assert!(bench.turn(Turn::RemoveSection(0)));
    assert_eq!(keys(&bench), [vec![1, 3, 2]]);
}

#[test]
fn what_hangs_on_a_question_goes_with_it_and_comes_back() {
    let mut bench = small();
    let before = bench.form.clone();
    assert!(bench.turn(Turn::RemoveQuestion(Key(1))));
    assert_eq!(bench.form.question(Key(3)).unwrap().condition, None);
    let removed = What {
        verb: Verb::Removed,
        thing: Thing::Question {
            key: Key(1),
            name: String::new(),
        },
    };
    assert_eq!(bench.undo(), Some(removed));
    assert_eq!(bench.form, before);
    assert!(bench.turn(Turn::RemoveSection(0)));
    assert!(bench.form.sections.is_empty());
    bench.undo();
    assert_eq!(bench.form, before);
}

#[test]
fn a_key_that_was_there_once_is_never_given_again() {
    let mut bench = small();
    bench.turn(Turn::RemoveQuestion(Key(3)));
    bench.turn(Turn::AddQuestion(0));
    assert_eq!(keys(&bench), [vec![1, 2, 4]]);
    bench.undo();
    bench.undo();
    assert_eq!(keys(&bench), [vec![1, 2, 3]]);
    // What was added and taken back had a key as well.
    bench.turn(Turn::AddQuestion(0));
    assert_eq!(keys(&bench), [vec![1, 2, 3, 5]]);
    bench.turn(Turn::ChangeKind(Key(2), KindName::Choice));
    bench.turn(Turn::RemoveLine(Key(2), 1));
    bench.turn(Turn::AddLine(Key(2)));
    match &bench.form.question(Key(2)).unwrap().kind {
        Kind::Choice { choices } => assert_eq!([choices[0].key, choices[1].key], [Key(1), Key(3)]),
        other => panic!("{other:?}"),
    }
    // Nor is one of an earlier version.
    let mut bench = Bench {
        used: Used::of([&bench.form]),
        ..Bench::default()
    };
    bench.turn(Turn::AddSection);
    bench.turn(Turn::AddQuestion(0));
    assert_eq!(keys(&bench), [vec![6]]);
}

#[test]
fn a_choice_that_is_waited_for_goes_out_of_the_condition() {
    let mut bench = small();
    bench.turn(Turn::ChangeKind(Key(1), KindName::Choice));
    let waits = |bench: &Bench| bench.form.question(Key(3)).unwrap().condition.clone().map(|it| it.when);
    assert_eq!(
        waits(&bench),
        Some(unset()),
        "the answer it waited for is gone, and nobody has said which it is now"
    );
    let both = When::Choice([Key(1), Key(2)].into());
    bench.question(Key(3)).unwrap().condition.as_mut().unwrap().when = both.clone();
    bench.turn(Turn::RemoveLine(Key(1), 0));
    assert_eq!(waits(&bench), Some(When::Choice([Key(2)].into())));
    bench.turn(Turn::RemoveLine(Key(1), 0));
    assert_eq!(waits(&bench), None);
    bench.undo();
    bench.undo();
    assert_eq!(waits(&bench), Some(both));
    bench.undo();
    assert_eq!(
        waits(&bench),
        Some(When::YesNo(true)),
        "and it is answered with yes or no again"
    );
}

#[test]
fn what_fits_stays_when_a_question_is_answered_otherwise() {
    let mut bench = starter();
    let question = |bench: &Bench, key| bench.form.question(Key(key)).unwrap().clone();
    let before = question(&bench, 2);
    let Kind::Scale { helps, highest, .. } = &before.kind else {
        panic!("{before:?}")
    };
    bench.turn(Turn::ChangeKind(Key(2), KindName::Choice));
    match question(&bench, 2).kind {
        Kind::Choice { choices } => {
            assert_eq!((choices.len(), &choices[0].words), (5, highest));
            assert_eq!(
                (choices[0].points, choices[4].points),
                (5, 1),
                "a step is worth what it was"
            );
            assert_eq!(choices[0].help, helps[4]);
        }
        other => panic!("{other:?}"),
    }
    bench.turn(Turn::ChangeKind(Key(2), KindName::Scale));
    assert_eq!(question(&bench, 2).kind, before.kind, "there and back");
    bench.turn(Turn::ChangeKind(Key(2), KindName::Text));
    assert_eq!(
        (question(&bench, 2).weight, question(&bench, 2).words),
        (0, before.words.clone())
    );
    bench.undo();
    assert_eq!(question(&bench, 2), before);
    for first in KindName::ALL {
        for second in KindName::ALL {
            let mut bench = starter();
            for kind in [first, second] {
                for key in [1, 2, 3] {
                    bench.turn(Turn::ChangeKind(Key(key), kind));
                    assert_eq!(KindName::of(&question(&bench, key).kind), kind);
                }
            }
            let before = bench.form.clone();
            bench.turn(Turn::ChangeKind(Key(1), KindName::Text));
            if second != KindName::Text {
                bench.undo();
            }
            assert_eq!(bench.form, before);
        }
    }
}

#[test]
fn fewer_steps_can_be_more_again() {
    let mut bench = starter();
    let before = bench.form.clone();
    bench.turn(Turn::SetSteps(Key(2), 3));
    assert!(bench.form.check().is_empty());
    bench.undo();
    assert_eq!(bench.form, before);
}

#[test]
fn bands_share_nothing_when_they_are_added() {
    let mut bench = small();
    bench.turn(Turn::ChangeKind(Key(1), KindName::Number));
    bench.turn(Turn::AddLine(Key(1)));
    bench.turn(Turn::AddLine(Key(1)));
    let Kind::Number { bands, .. } = &bench.form.question(Key(1)).unwrap().kind else {
        panic!()
    };
    assert_eq!(bands.len(), 2);
    assert!(bands[0].to < bands[1].from);
    bench.turn(Turn::MoveLine {
        question: Key(1),
        at: 1,
        up: true,
    });
    assert!(bench.form.question(Key(1)).unwrap().weight > 0);
}

#[test]
fn a_number_counts_as_soon_as_it_has_bands_and_no_longer_than_that() {
    let mut bench = small();
    bench.form.sections[0].title = "Del".into();
    bench.form.title = "Titel".into();
    for section in &mut bench.form.sections {
        section
            .questions
            .iter_mut()
            .for_each(|question| question.words = "Fråga".into());
    }
    bench.turn(Turn::HangOn(Key(3), None));
    bench.turn(Turn::ChangeKind(Key(1), KindName::Number));
    let weight = |bench: &Bench| bench.form.question(Key(1)).unwrap().weight;
    assert_eq!(weight(&bench), 0, "it is only noted");
    bench.turn(Turn::AddLine(Key(1)));
    assert_eq!((weight(&bench), bench.form.check()), (WEIGHT, vec![]));
    bench.edit(|form| form.sections[0].questions[0].weight = 0);
    bench.turn(Turn::AddLine(Key(1)));
    assert_eq!(weight(&bench), 0, "what someone has said holds");
    bench.undo();
    bench.undo();
    bench.turn(Turn::RemoveLine(Key(1), 0));
    assert_eq!((weight(&bench), bench.form.check()), (0, vec![]));
    bench.undo();
    assert_eq!(weight(&bench), WEIGHT);
}

#[test]
fn what_is_not_there_is_left_alone_and_nothing_grows_without_end() {
    let mut bench = starter();
    let before = bench.form.clone();
    let far = usize::MAX;
    for turn in [
        Turn::RemoveSection(far),
        Turn::MoveSection { at: far, up: true },
        Turn::MoveSection { at: far, up: false },
        Turn::AddQuestion(far),
        Turn::RemoveQuestion(Key(999)),
        Turn::MoveQuestion {
            key: Key(999),
            up: true,
        },
        Turn::ChangeKind(Key(999), KindName::Text),
        Turn::SetSteps(Key(1), 3),
        Turn::HangOn(Key(999), Some(Key(1))),
        Turn::AddLine(Key(1)),
        Turn::RemoveLine(Key(2), 0),
        Turn::MoveLine {
            question: Key(2),
            at: far,
            up: false,
        },
    ] {
        assert!(!bench.turn(turn), "{turn}");
    }
    assert_eq!((bench.form.clone(), bench.past.len()), (before, 0));
    for _ in 0..300 {
        bench.turn(Turn::AddSection);
        bench.turn(Turn::AddQuestion(0));
    }
    assert_eq!(bench.form.sections.len(), Form::MOST_SECTIONS);
    assert_eq!(bench.form.questions().count(), Form::MOST_QUESTIONS);
    for _ in 0..60 {
        bench.turn(Turn::RemoveSection(1));
        bench.turn(Turn::AddSection);
    }
    assert_eq!(bench.past.len(), MOST);
}

#[test]
fn there_is_room_for_so_many_choices_and_no_more() {
    let mut bench = Bench::default();
    bench.turn(Turn::AddSection);
    for key in 1..=51 {
        bench.turn(Turn::AddQuestion(0));
        bench.turn(Turn::ChangeKind(Key(key), KindName::Choice));
        for _ in 0..20 {
            bench.turn(Turn::AddLine(Key(key)));
        }
    }
    assert_eq!(bench.form.lines(), Form::MOST_LINES);
    let last = &bench.form.question(Key(51)).unwrap().kind;
    assert_eq!(KindName::of(last), KindName::YesNo, "two more had no room");
    bench.turn(Turn::RemoveLine(Key(1), 0));
    assert!(bench.turn(Turn::AddLine(Key(1))) && !bench.turn(Turn::AddLine(Key(2))));
    // What is larger was kept before there was a limit, and becomes smaller by any question.
    for key in [101, 102] {
        let mut question = bench.form.question(Key(1)).unwrap().clone();
        question.key = Key(key);
        if let Kind::Choice { choices } = &mut question.kind {
            choices.truncate(if key == 101 { 20 } else { 5 });
        }
        bench.form.sections[0].questions.push(question);
    }
    assert_eq!(bench.form.lines(), Form::MOST_LINES + 25);
    assert!(bench.turn(Turn::ChangeKind(Key(102), KindName::Text)));
    assert!(!bench.turn(Turn::ChangeKind(Key(51), KindName::Choice)));
    assert_eq!(bench.form.lines(), Form::MOST_LINES + 20);
}

#[test]
fn each_tick_is_a_deed_of_its_own() {
    let mut bench = small();
    let key = Key(1);
    let question = |form: &mut Form, change: fn(&mut Question)| {
        let mut all = form.sections.iter_mut().flat_map(|section| &mut section.questions);
        change(all.find(|question| question.key == key).unwrap());
    };
    let ticks: [fn(&mut Question); 4] = [
        |it| it.required = !it.required,
        |it| it.not_applicable = !it.not_applicable,
        |it| it.critical = !it.critical,
        |it| {
            if let Kind::YesNo { right, .. } = &mut it.kind {
                *right = !*right;
            }
        },
    ];
    let mut states = vec![bench.form.clone()];
    for tick in ticks.into_iter().chain(ticks) {
        assert!(bench.edit(|form| question(form, tick)));
        states.push(bench.form.clone());
    }
    for state in states.iter().rev() {
        assert_eq!(bench.form, *state);
        bench.undo();
    }
}
