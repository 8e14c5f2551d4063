//! The keys that answer: a digit the question whose turn it is, N that it does not apply, Backspace takes an answer back.

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition},
};
use model::evaluation::{Key, Kind, Question, Value};

use super::Desk;
use crate::{
    player::{is_free, player},
    ui::{is_letter, letters},
};

/// What a key says to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Value(Value),
    Nothing,
    /// What follows is written.
    Write,
}

/// Hears keys as long as the form is there.
pub fn listen(desk: Desk) {
    let (letters, player) = (letters(), player());
    Effect::new(move |_| {
        player.answering.set(true);
        let listener = window_event_listener(ev::keydown, move |event| {
            if (letters.get_untracked() || !is_letter(&event.key())) && is_free(&event) {
                press(desk, &event);
            }
        });
        on_cleanup(move || {
            listener.remove();
            player.answering.set(false);
        });
    });
}

fn press(desk: Desk, event: &KeyboardEvent) {
    let Some(question) = untrack(|| desk.turn()) else {
        return;
    };
    // A number that is written has had its turn: a digit is meant for what comes after it.
    let written = said(&question, &event.key()) == Some(Said::Write) && untrack(|| desk.value(question.key)).is_some();
    let next = written.then(|| desk.after(question.key)).flatten();
    let next = next.and_then(|key| desk.form.with_value(|form| form.question(key).cloned()));
    let question = next.unwrap_or(question);
    match said(&question, &event.key()) {
        Some(Said::Value(value)) => {
            event.prevent_default();
            desk.set(question.key, Some(value));
            // What hangs on the answer is there by then.
            request_animation_frame(move || go(desk, desk.after(question.key).unwrap_or(question.key)));
        }
        Some(Said::Nothing) => {
            event.prevent_default();
            desk.set(question.key, None);
            go(desk, question.key);
        }
        // The key itself is the first that is written.
        Some(Said::Write) => go(desk, question.key),
        None => {}
    }
}

/// On to what comes after a field of one line, where one presses Enter in it.
pub fn on(desk: Desk, event: &KeyboardEvent, key: Key) {
    if event.key() == "Enter" && !event.is_composing() {
        event.prevent_default();
        go(desk, desk.after(key).unwrap_or(key));
    }
}

/// To a question: it is in sight, and its first field has the focus.
pub fn go(desk: Desk, key: Key) {
    if desk.current.try_set(Some(key)).is_some() {
        return;
    }
    let find = |what: &str| document().query_selector(&format!("#q-{key} {what}")).ok().flatten();
    let field = find(".answer input:checked").or_else(|| find(".answer :is(input, textarea)"));
    let block = document().get_element_by_id(&format!("q-{key}"));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok())
        && let Err(error) = field.focus()
    {
        leptos::logging::warn!("the focus could not be moved: {error:?}");
    }
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    if let Some(block) = block {
        block.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// What keys say to a question, as one is told of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    pub with: With,
    /// Whether one says that it does not apply.
    pub not_applicable: bool,
}

/// With what a question is answered by keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    YesNo,
    /// With the digits from 1 to this one.
    Digits(u8),
    /// A digit begins it.
    Number,
    Words,
}

impl Hint {
    pub fn of(question: &Question) -> Self {
        let with = match &question.kind {
            Kind::YesNo { .. } => With::YesNo,
            Kind::Scale { steps, .. } => With::Digits((*steps).min(9)),
            Kind::Choice { choices } => With::Digits(u8::try_from(choices.len()).unwrap_or(9).min(9)),
            Kind::Number { .. } => With::Number,
            Kind::Text => With::Words,
        };
        Self {
            with,
            not_applicable: question.not_applicable,
        }
    }
}

/// What a key says to a question; none where it says nothing.
fn said(question: &Question, key: &str) -> Option<Said> {
    match key {
        "n" | "N" | "0" => return question.not_applicable.then_some(Said::Value(Value::NotApplicable)),
        "Backspace" => return Some(Said::Nothing),
        _ => {}
    }
    let digit: u8 = key.parse().ok().filter(|digit| (1..=9).contains(digit))?;
    let value = match &question.kind {
        Kind::YesNo { .. } => Value::YesNo(match digit {
            1 => true,
            2 => false,
            _ => return None,
        }),
        Kind::Scale { .. } => Value::Scale(digit),
        Kind::Choice { choices } => Value::Choice(choices.get(usize::from(digit) - 1)?.key),
        Kind::Number { .. } => return Some(Said::Write),
        Kind::Text => return None,
    };
    question.refuses(&value).is_none().then_some(Said::Value(value))
}

#[cfg(test)]
mod tests {
    use model::evaluation::{STARTER_SV, import};

    use super::*;

    #[test]
    fn digits_answer_by_their_place() {
        let form = import(STARTER_SV.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap();
        let of = |which: fn(&Kind) -> bool| form.questions().find(|it| which(&it.kind)).unwrap();
        let (yes, scale) = (
            of(|kind| matches!(kind, Kind::YesNo { .. })),
            of(|kind| matches!(kind, Kind::Scale { .. })),
        );
        assert_eq!(said(yes, "2"), Some(Said::Value(Value::YesNo(false))));
        assert_eq!((said(yes, "3"), said(yes, "a")), (None, None));
        assert_eq!(said(scale, "5"), Some(Said::Value(Value::Scale(5))));
        assert_eq!(said(scale, "6"), None, "the scale ends at five");
        assert_eq!(said(scale, "Backspace"), Some(Said::Nothing));
        let number = of(|kind| matches!(kind, Kind::Number { .. }));
        assert_eq!(said(number, "4"), Some(Said::Write));
        for question in form.questions() {
            let not = question.not_applicable.then_some(Said::Value(Value::NotApplicable));
            assert_eq!(said(question, "N"), not);
        }
    }

    #[test]
    fn one_is_told_of_the_keys_that_answer_and_of_no_others() {
        let form = import(STARTER_SV.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap();
        for question in form.questions() {
            let hint = Hint::of(question);
            let last = match hint.with {
                With::YesNo => 2,
                With::Digits(last) => last,
                With::Number | With::Words => 0,
            };
            for digit in 1..=9 {
                let answers = matches!(said(question, &digit.to_string()), Some(Said::Value(_)));
                assert_eq!(answers, digit <= last, "{}: {digit}", question.words);
            }
            assert_eq!(said(question, "1") == Some(Said::Write), hint.with == With::Number);
            assert_eq!(said(question, "n").is_some(), hint.not_applicable);
        }
        let mut long = form.questions().next().unwrap().clone();
        long.kind = Kind::Scale {
            steps: 10,
            lowest: String::new(),
            highest: String::new(),
            helps: vec![],
        };
        assert_eq!(Hint::of(&long).with, With::Digits(9), "no key says ten");
    }
}
