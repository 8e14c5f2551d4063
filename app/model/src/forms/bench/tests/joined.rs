//! What two have made of one form, put together.

use super::*;

/// What everyone knows of a form.
fn known(bench: &Bench) -> Used {
    Used::of([&bench.form])
}

#[test]
fn of_two_who_add_a_question_at_once_each_keeps_its_meaning() {
    let mut mine = small();
    let base = known(&mine);
    let mut theirs = mine.clone();
    theirs.turn(Turn::AddQuestion(0));
    theirs.turn(Turn::RemoveQuestion(Key(4)));
    theirs.turn(Turn::AddQuestion(0));
    mine.turn(Turn::AddQuestion(0));
    mine.turn(Turn::AddQuestion(0));
    mine.turn(Turn::HangOn(Key(5), Some(Key(4))));
    mine.turn(Turn::RemoveQuestion(Key(2)));
    assert_eq!(keys(&mine), [vec![1, 3, 4, 5]]);
    let moved = mine.join(&base, &known(&theirs));
    assert_eq!(moved, [(Key(4), Key(6)), (Key(5), Key(7))]);
    assert_eq!(keys(&mine), [vec![1, 3, 6, 7]]);
    let waits = |key: u16| {
        mine.form
            .question(Key(key))
            .unwrap()
            .condition
            .as_ref()
            .unwrap()
            .question
    };
    assert_eq!(
        (waits(7), waits(3)),
        (Key(6), Key(1)),
        "each waits for the same as before"
    );
    assert_eq!((mine.undo(), mine.redo()), (None, None), "its key may be another's now");
    mine.turn(Turn::AddQuestion(0));
    assert_eq!(keys(&mine), [vec![1, 3, 6, 7, 8]]);
}

#[test]
fn what_nobody_else_has_given_a_key_to_keeps_its_own() {
    let mut mine = small();
    let base = known(&mine);
    mine.turn(Turn::AddQuestion(0));
    mine.turn(Turn::RemoveQuestion(Key(2)));
    let before = mine.form.clone();
    assert!(mine.join(&base, &base).is_empty());
    assert_eq!(mine.form, before);
    assert!(mine.undo().is_some());
    // What they have given is not given again.
    let (mut mine, mut theirs) = (small(), small());
    theirs.turn(Turn::AddQuestion(0));
    assert!(mine.join(&base, &known(&theirs)).is_empty());
    mine.turn(Turn::AddQuestion(0));
    assert_eq!(keys(&mine), [vec![1, 2, 3, 5]]);
}

#[test]
fn of_two_who_add_a_choice_at_once_each_keeps_its_meaning() {
    let mut mine = small();
    mine.turn(Turn::ChangeKind(Key(1), KindName::Choice));
    let choices = |bench: &Bench| match &bench.form.question(Key(1)).unwrap().kind {
        Kind::Choice { choices } => choices.iter().map(|choice| choice.key.0).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let before = choices(&mine);
    let last = *before.last().unwrap();
    let base = known(&mine);
    let mut theirs = mine.clone();
    theirs.turn(Turn::AddLine(Key(1)));
    mine.turn(Turn::AddLine(Key(1)));
    let hung = Condition {
        question: Key(1),
        when: When::Choice([Key(before[0]), Key(last + 1)].into()),
    };
    mine.form.sections[0].questions[2].condition = Some(hung);
    assert!(mine.join(&base, &known(&theirs)).is_empty());
    assert_eq!(choices(&mine), [before.clone(), vec![last + 2]].concat());
    let condition = mine.form.question(Key(3)).unwrap().condition.clone().unwrap();
    assert_eq!(condition.when, When::Choice([Key(before[0]), Key(last + 2)].into()));
}
