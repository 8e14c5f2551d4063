//! The forms to begin with are forms, are the same in both languages, and show all that a form can do.

use super::{Answers, Form, Kind, STARTER_EN, STARTER_SV, Tenths, Value, import, score};

fn read(file: &str) -> Form {
    import(file.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap()
}

/// The form without its words.
fn bones(mut form: Form) -> Form {
    form.title.clear();
    form.introduction.clear();
    for section in &mut form.sections {
        section.title.clear();
        for question in &mut section.questions {
            question.words.clear();
            question.help = question.help.is_empty().to_string();
            match &mut question.kind {
                Kind::YesNo { yes_help, no_help, .. } => [yes_help, no_help].into_iter().for_each(String::clear),
                Kind::Scale {
                    lowest, highest, helps, ..
                } => helps.iter_mut().chain([lowest, highest]).for_each(String::clear),
                Kind::Choice { choices } => choices.iter_mut().for_each(|choice| {
                    choice.words.clear();
                    choice.help.clear();
                }),
                Kind::Number { unit, .. } => unit.clear(),
                Kind::Text => {}
            }
        }
    }
    form
}

#[test]
fn both_languages_ask_the_same() {
    let (sv, en) = (read(STARTER_SV), read(STARTER_EN));
    assert!(sv.differs_in_meaning(&en), "the words differ");
    assert_eq!(bones(sv), bones(en));
}

#[test]
fn they_show_all_that_a_form_can_do() {
    let form = read(STARTER_SV);
    let titles: Vec<_> = form.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["Öppning", "Behov", "Lösning", "Bemötande", "Avslut"]);
    assert!((10..=14).contains(&form.questions().count()));
    assert_eq!(
        form.sections
            .iter()
            .map(|section| u32::from(section.weight))
            .sum::<u32>(),
        100
    );
    assert!(
        form.questions()
            .any(|question| matches!(question.kind, Kind::Choice { .. }))
    );
    assert!(
        form.questions()
            .any(|question| matches!(question.kind, Kind::Number { .. }))
    );
    assert!(form.questions().any(|question| matches!(question.kind, Kind::Text)));
    assert_eq!(form.questions().filter(|question| question.critical).count(), 1);
    assert_eq!(
        form.questions().filter(|question| question.condition.is_some()).count(),
        1
    );
    for question in form.questions() {
        let helped = match &question.kind {
            Kind::YesNo { yes_help, no_help, .. } => !yes_help.is_empty() && !no_help.is_empty(),
            Kind::Scale { steps, helps, .. } => helps.len() == usize::from(*steps),
            Kind::Choice { choices } => choices.iter().all(|choice| !choice.help.is_empty()),
            Kind::Number { .. } | Kind::Text => !question.help.is_empty(),
        };
        assert!(helped, "every answer has a help: {}", question.words);
    }
}

#[test]
fn the_best_answers_come_to_a_hundred() {
    let form = read(STARTER_SV);
    let best: Answers = form
        .questions()
        .map(|question| (question.key, question.best().unwrap_or(Value::Text("Bra!".into()))))
        .collect();
    assert_eq!(best.check(&form), []);
    let got = score(&form, &best);
    assert_eq!((got.percent, got.is_finished()), (Some(Tenths(1000)), true));
    assert_eq!(
        (got.answered, got.answerable),
        (13, 13),
        "nobody waits, so nobody asks how long"
    );
}
