use proptest::prelude::*;

use super::*;

/// Every deed there is; what it speaks of may be there or not.
fn turns() -> impl Strategy<Value = Turn> {
    let key = || (0_u16..9).prop_map(Key);
    let kind = (0..KindName::ALL.len()).prop_map(|at| KindName::ALL[at]);
    prop_oneof![
        Just(Turn::AddSection),
        (0_usize..4).prop_map(Turn::RemoveSection),
        (0_usize..4, any::<bool>()).prop_map(|(at, up)| Turn::MoveSection { at, up }),
        (0_usize..4).prop_map(Turn::AddQuestion),
        key().prop_map(Turn::RemoveQuestion),
        (key(), any::<bool>()).prop_map(|(key, up)| Turn::MoveQuestion { key, up }),
        (key(), kind).prop_map(|(key, kind)| Turn::ChangeKind(key, kind)),
        (key(), 2_u8..=10).prop_map(|(key, steps)| Turn::SetSteps(key, steps)),
        (key(), proptest::option::of(key())).prop_map(|(key, on)| Turn::HangOn(key, on)),
        key().prop_map(Turn::AddLine),
        (key(), 0_usize..4).prop_map(|(key, at)| Turn::RemoveLine(key, at)),
        (key(), 0_usize..4, any::<bool>()).prop_map(|(question, at, up)| Turn::MoveLine { question, at, up }),
    ]
}

proptest! {
    #[test]
    fn what_is_taken_back_is_as_it_was_and_what_is_done_again_as_it_became(
        turns in proptest::collection::vec(turns(), 1..20),
    ) {
        let mut bench = starter();
        let mut forms = vec![bench.form.clone()];
        let mut done = vec![];
        for turn in turns {
            if bench.turn(turn) {
                forms.push(bench.form.clone());
                done.push(bench.past.last().unwrap().what.clone());
            }
        }
        for at in (0..done.len()).rev() {
            prop_assert_eq!(bench.undo(), Some(done[at].clone()), "it says what it takes back");
            prop_assert_eq!(&bench.form, &forms[at]);
        }
        prop_assert_eq!(bench.undo(), None);
        for at in 0..done.len() {
            prop_assert_eq!(bench.redo(), Some(done[at].clone()));
            prop_assert_eq!(&bench.form, &forms[at + 1]);
        }
        prop_assert_eq!(bench.redo(), None);
    }
}

fn question(key: u16, name: &str) -> Thing {
    Thing::Question {
        key: Key(key),
        name: name.into(),
    }
}

fn last(bench: &Bench) -> (Verb, Thing) {
    let What { verb, thing } = bench.past.last().unwrap().what.clone();
    (verb, thing)
}

#[test]
fn what_is_typed_in_one_field_is_one_deed() {
    let mut bench = small();
    let before = bench.form.clone();
    let (deeds, words) = (bench.past.len(), |text: &'static str| {
        move |form: &mut Form| form.sections[0].questions[0].words = text.into()
    });
    for text in ["H", "Hä", "Häl"] {
        bench.edit(words(text));
    }
    assert_eq!(bench.past.len(), deeds + 1);
    assert_eq!(last(&bench), (Verb::Changed, question(1, "Häl")));
    bench.edit(|form| form.sections[0].questions[0].help = "När".into());
    bench.edit(|form| form.sections[0].questions[1].words = "Andra".into());
    assert_eq!(bench.past.len(), deeds + 3, "another field, and another question");
    bench.undo();
    bench.undo();
    assert_eq!(bench.form.question(Key(1)).unwrap().words, "Häl");
    bench.undo();
    assert_eq!(bench.form, before);
    bench.redo();
    assert_eq!(bench.form.question(Key(1)).unwrap().words, "Häl");
    // Typed back, it is as if nothing had been typed; and what was taken back is gone once something new is done.
    bench.edit(words(""));
    assert_eq!((bench.past.len(), bench.redo()), (deeds, None));
}

#[test]
fn each_deed_has_a_name() {
    let mut bench = starter();
    let form = bench.form.clone();
    let (first, opening) = (
        form.sections[0].questions[0].words.clone(),
        form.sections[0].title.clone(),
    );
    let key = Key(1);
    let of = |verb, thing| (verb, thing);
    let name = || first.clone();
    bench.turn(Turn::MoveQuestion { key, up: false });
    assert_eq!(last(&bench), of(Verb::Moved, question(1, &first)));
    bench.turn(Turn::RemoveQuestion(key));
    assert_eq!(last(&bench), of(Verb::Removed, question(1, &first)));
    bench.undo();
    bench.turn(Turn::RemoveSection(0));
    assert_eq!(last(&bench), of(Verb::Removed, Thing::Section { at: 0, name: opening }));
    bench.undo();
    bench.turn(Turn::ChangeKind(key, KindName::Choice));
    assert_eq!(last(&bench), of(Verb::Changed, Thing::Answers { key, name: name() }));
    bench.edit(|form| match &mut form.sections[0].questions[1].kind {
        Kind::Choice { choices } => choices[0].words = "Tydligt".into(),
        other => panic!("{other:?}"),
    });
    let choice = || Thing::Choice {
        key,
        name: "Tydligt".into(),
    };
    assert_eq!(last(&bench), of(Verb::Changed, choice()));
    bench.turn(Turn::RemoveLine(key, 0));
    assert_eq!(last(&bench), of(Verb::Removed, choice()));
    bench.turn(Turn::HangOn(Key(3), Some(Key(2))));
    assert_eq!(last(&bench).1.question(), Some(Key(3)));
    assert!(matches!(last(&bench), (Verb::Changed, Thing::Condition { .. })));
    bench.turn(Turn::AddQuestion(0));
    assert_eq!(last(&bench), of(Verb::Added, question(15, "")));
    bench.edit(|form| form.sections[1].weight = 3);
    assert!(matches!(last(&bench), (Verb::Changed, Thing::Section { at: 1, .. })));
    bench.edit(|form| form.title = "Annat".into());
    assert_eq!(last(&bench), of(Verb::Changed, Thing::Title));
}

#[test]
fn a_version_that_is_restored_can_be_taken_back() {
    let mut bench = starter();
    let old = bench.form.clone();
    bench.turn(Turn::RemoveSection(0));
    bench.turn(Turn::AddQuestion(0));
    let before = bench.form.clone();
    bench.restore(old.clone(), 1);
    assert_eq!(bench.form, old);
    assert_eq!(last(&bench), (Verb::Changed, Thing::Version { version: 1 }));
    bench.undo();
    assert_eq!(bench.form, before);
    bench.redo();
    bench.turn(Turn::AddQuestion(0));
    assert_eq!(
        last(&bench),
        (Verb::Added, question(16, "")),
        "what was there between has its keys"
    );
}
