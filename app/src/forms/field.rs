//! The fields of a form that is being built. Each is what its page sends without scripts, and says its changes at once with
//! them.

use leptos::{prelude::*, web_sys::HtmlInputElement};

use crate::ui::{Area, Choice, Icon, Wrong};

/// What a line takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Text,
    /// From 0 to 100.
    Number,
    /// With a comma, also below 0.
    Decimal,
}

/// A line of text, or a number. `write` tells whether it could be read.
#[component]
pub fn Line(
    id: String,
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    write: Callback<String, bool>,
    #[prop(default = Signal::stored(None), into)] fault: Signal<Option<String>>,
    #[prop(default = Takes::Text)] takes: Takes,
    /// Whether what is wrong stands below the row that the field is in: beside others it would push them away.
    #[prop(optional)]
    apart: bool,
    /// What is said after it.
    #[prop(optional, into)]
    after: Option<Signal<String>>,
    /// Where it is told that one has left what could not be read: then it stays. Else what was there before comes back.
    #[prop(optional)]
    unread: Option<RwSignal<bool>>,
) -> impl IntoView {
    let wrong = format!("{id}-wrong");
    let number = takes == Takes::Number;
    let kind = if number { "number" } else { "text" };
    let mode = match takes {
        Takes::Text => None,
        Takes::Number => Some("numeric"),
        Takes::Decimal => Some("decimal"),
    };
    // A field that keeps what cannot be read is written in only where its number is another.
    let value: Signal<String> = if unread.is_some() {
        Memo::new(move |_| value.get()).into()
    } else {
        value
    };
    // What cannot be read stays as long as one is in the field.
    let leave = move |event: leptos::ev::Event| {
        let field = event_target::<HtmlInputElement>(&event);
        let read = write.run(field.value());
        if let Some(unread) = unread {
            unread.set(!read);
        } else if !read {
            field.set_value(&value.get_untracked());
        }
    };
    let input = move |event: leptos::ev::Event| {
        let read = write.run(event_target_value(&event));
        if let Some(unread) = unread.filter(|_| read) {
            unread.set(false);
        }
    };
    // What is put in its place, as by taking back, can be read.
    if let Some(unread) = unread {
        Effect::new(move |before: Option<String>| {
            let now = value.get();
            if before.is_some_and(|before| before != now) {
                unread.set(false);
            }
            now
        });
    }
    view! {
        <div class="field" data-takes=if takes == Takes::Text { "text" } else { "number" }>
            <label for=id.clone()>{move || label.get()}</label>
            <span class="valued">
                <input
                    class="input"
                    id=id.clone()
                    name=name
                    type=kind
                    inputmode=mode
                    min=number.then_some("0")
                    max=number.then_some("100")
                    pattern=(takes == Takes::Decimal).then_some(r"\s*[\-−]?[0-9\s]+([.,][0-9]{1,2})?\s*")
                    autocomplete="off"
                    value=value.get_untracked()
                    prop:value=move || value.get()
                    aria-describedby=move || fault.read().as_ref().map(|_| wrong.clone())
                    aria-invalid=move || fault.read().is_some().then_some("true")
                    on:input=input
                    on:change=leave
                />
                {after.map(|after| view! { <span class="muted small num">{move || after.get()}</span> })}
            </span>
            {(!apart).then(|| view! { <Wrong id fault /> })}
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn Lines(
    id: String,
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    write: Callback<String>,
    #[prop(default = Signal::stored(None), into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let wrong = format!("{id}-wrong");
    let described = Signal::derive(move || fault.read().as_ref().map(|_| wrong.clone()));
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <Area id=id.clone() name value rows=2 write described wrong=Signal::derive(move || described.read().is_some()) />
            <Wrong id fault />
        </div>
    }
}

/// A tick.
#[component]
pub fn Tick(
    id: String,
    name: &'static str,
    /// What is sent where it is set.
    #[prop(default = "on".to_owned())]
    said: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<bool>,
    write: Callback<bool>,
    #[prop(default = Signal::stored(None), into)] fault: Signal<Option<String>>,
    /// Whether there is nothing to set.
    #[prop(default = Signal::stored(false), into)]
    off: Signal<bool>,
) -> impl IntoView {
    let wrong = format!("{id}-wrong");
    view! {
        <div class="field">
            <label class="check">
                <input
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value=said
                    checked=value.get_untracked()
                    prop:checked=move || value.get()
                    disabled=move || off.get()
                    aria-describedby=move || fault.read().as_ref().map(|_| wrong.clone())
                    aria-invalid=move || fault.read().is_some().then_some("true")
                    on:change=move |event| write.run(event_target_checked(&event))
                />
                {move || label.get()}
            </label>
            <Wrong id fault />
        </div>
    }
}

/// One of several: value and words.
#[component]
pub fn OneOf(
    id: String,
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    write: Callback<String>,
    #[prop(default = Signal::stored(None), into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let wrong = format!("{id}-wrong");
    // Made anew only where they are others.
    let options = Memo::new(move |_| options.get());
    let choices = move || {
        let one = |(key, words): (String, String)| {
            let own = key.clone();
            let chosen = Signal::derive(move || value.get() == own);
            view! { <Choice value=key chosen>{words}</Choice> }
        };
        options.get().into_iter().map(one).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <span class="affix">
                <select
                    class="select"
                    id=id.clone()
                    name=name
                    aria-describedby=move || fault.read().as_ref().map(|_| wrong.clone())
                    aria-invalid=move || fault.read().is_some().then_some("true")
                    on:change=move |event| write.run(event_target_value(&event))
                >
                    {choices}
                </select>
                <Icon name="chev" />
            </span>
            <Wrong id fault />
        </div>
    }
}
