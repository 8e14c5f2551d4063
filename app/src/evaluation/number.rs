//! A number that is asked for.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{
    evaluation::{Key, Question, Value},
    id::RecordingId,
};

use super::{
    Desk, keys,
    outside::{Outside, outside_id},
    question::NotApplicable,
};
use crate::{
    format,
    i18n::{t, use_i18n},
    ui::{Drafts, Icon, typed_as},
};

/// Under which name it is kept of which recording a form was that is sent back.
pub const OF: &str = "of";

/// What was typed and is no number, by question: no answer keeps it, and it is not lost where one looks at another part.
pub type Unread = Drafts<RecordingId, BTreeMap<Key, String>>;

/// A number, with what it counts.
#[component]
pub fn Number(desk: Desk, question: Question, unit: String, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let key = question.key;
    let point = format::point(i18n.get_locale_untracked());
    let start = match desk.answers.with_untracked(|answers| answers.value(key).cloned()) {
        Some(Value::Number(number)) => number.write(point),
        Some(_) => String::new(),
        None => unread(desk, key),
    };
    let typed = RwSignal::new(start.clone());
    // What was sent in vain from a page on which nothing wakes comes back with it. A page that wakes reads it then.
    let sent_back = desk.recording().and_then(|id| sent_back(id, &name));
    let back = sent_back.is_some().then_some("");
    let start = sent_back.unwrap_or(start);
    let not_applicable = question.not_applicable;
    let label = format!("words-{key}");
    let told = outside_id(&question);
    let asked = StoredValue::new(question.clone());
    let read = move |text: &str| asked.with_value(|question| question.read(text));
    let wrong = Memo::new(move |_| read(&typed.read()).is_err());
    let fault = format!("no-number-{key}");
    let described = {
        let fault = fault.clone();
        move || {
            if wrong.get() {
                return Some(fault.clone());
            }
            let value = desk.value(key)?;
            asked
                .with_value(|question| question.is_outside(&value))
                .then(|| told.clone())
        }
    };
    Effect::new(move |_| keep_unread(desk, key, &typed.read(), wrong.get()));
    let write = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        let value = read(&text).unwrap_or_default();
        typed.set(text);
        // What is no number yet is no answer.
        desk.edit(key, false, |answer| answer.value = value);
    };
    view! {
        <span class="count">
            <input
                class="input num"
                name=name
                size="8"
                inputmode="decimal"
                autocomplete="off"
                aria-labelledby=label
                aria-describedby=described
                aria-invalid=move || wrong.get().then_some("true")
                value=start
                data-back=back
                prop:value=move || typed.get()
                on:input=write
                on:keydown=move |event| keys::on(desk, &event, key)
            />
            <span class="muted">{unit}</span>
        </span>
        {not_applicable.then(|| view! { <NotApplicable desk key=key typed /> })}
        {move || {
            wrong
                .get()
                .then(|| {
                    let id = fault.clone();
                    view! { <span class="wrong" id=id><Icon name="alert" />{t!(i18n, evaluation.no_number)}</span> }
                })
        }}
        <Outside desk question />
    }
}

/// What was typed there of that recording before the form was sent back.
fn sent_back(id: RecordingId, name: &str) -> Option<String> {
    let of = typed_as(OF)?;
    typed_as(name).filter(|_| of == id.to_string())
}

/// What was typed to that question and is no number.
fn unread(desk: Desk, key: Key) -> String {
    let all = desk.recording().and_then(|id| Unread::here().of(&id));
    all.and_then(|mut all| all.remove(&key)).unwrap_or_default()
}

fn keep_unread(desk: Desk, key: Key, text: &str, wrong: bool) {
    let Some(id) = desk.recording() else { return };
    let mut all = Unread::here().of(&id).unwrap_or_default();
    if wrong {
        all.insert(key, text.to_owned());
    } else {
        all.remove(&key);
    }
    Unread::here().keep(id, all);
}
