//! The fields of the filter's form. Each follows the address, but never while one types in it.

use leptos::{html::Input, prelude::*};
use model::filter::Criterion;

use super::{Live, MISREAD, chips::word};
use crate::{
    i18n::{t_string, use_i18n},
    ui::Icon,
};

/// A line of text, which follows its value while it does not have the focus.
#[component]
pub fn Typed(
    #[prop(into)] id: String,
    name: &'static str,
    #[prop(into)] value: Signal<String>,
    /// `text` unless it is something else.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] placeholder: Option<Signal<&'static str>>,
    /// The list of what can be chosen.
    #[prop(optional_no_strip)]
    list: Option<&'static str>,
    /// Which keys a small screen offers.
    #[prop(optional_no_strip)]
    mode: Option<&'static str>,
    /// The hint that belongs to it.
    #[prop(optional_no_strip)]
    described: Option<String>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    // In the panel what is chosen is read as it is typed.
    let live = use_context::<Live>();
    let wrong = Memo::new(move |_| {
        let typed = input.get().map(|input| input.value()).unwrap_or_default();
        live.is_some_and(|live| live.wrong().iter().any(|wrong| wrong.is_of(name, &typed)))
    });
    let described = move || {
        let misread = wrong.get().then(|| MISREAD.to_owned());
        let ids: Vec<String> = misread.into_iter().chain(described.clone()).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    Effect::new(move |_| {
        let (Some(input), value) = (input.get(), value.get()) else {
            return;
        };
        let typing = document()
            .active_element()
            .is_some_and(|active| active.id() == input.id());
        if !typing && input.value() != value {
            input.set_value(&value);
        }
    });
    view! {
        <input
            class="input"
            node_ref=input
            id=id
            name=name
            type=kind
            value=value.get_untracked()
            placeholder=move || placeholder.map(|words| words.get())
            list=list
            inputmode=mode
            aria-describedby=described
            aria-invalid=move || wrong.get().then_some("true")
            autocomplete="off"
            spellcheck="false"
        />
    }
}

/// A line of text with its label and its hint.
#[component]
pub fn Line(
    name: &'static str,
    label: Signal<&'static str>,
    value: Signal<String>,
    #[prop(optional, into)] hint: Option<Signal<&'static str>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] list: Option<&'static str>,
    #[prop(optional)] mode: Option<&'static str>,
    /// The hint of several, where it has none of its own.
    #[prop(optional, into)]
    described: Option<String>,
) -> impl IntoView {
    let id = format!("f-{name}");
    let hint_id = hint.map(|_| format!("{id}-hint"));
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <Typed id name value kind list mode described=hint_id.clone().or(described) />
            {hint.map(|hint| view! { <span class="hint" id=hint_id>{move || hint.get()}</span> })}
        </div>
    }
}

/// Several choices behind a line that says how many hold.
#[component]
pub fn Several(
    criterion: Criterion,
    #[prop(into)] label: Signal<&'static str>,
    chosen: Signal<usize>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let said = move || match chosen.get() {
        0 => t_string!(i18n, filter.every).to_owned(),
        count => t_string!(i18n, filter.some, count = count),
    };
    view! {
        <details class="several" data-criterion=word(criterion)>
            <summary>
                <span class="label">{move || label.get()}</span>
                <span class="muted">{said}</span>
                <Icon name="chev" />
            </summary>
            <div class="ticks">{children()}</div>
        </details>
    }
}

/// A tick or a round that follows the address.
#[component]
pub fn Ticked(
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] checked: Signal<bool>,
    /// Whether it is one of several of which one holds.
    #[prop(optional)]
    round: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type=if round { "radio" } else { "checkbox" }
                name=name
                value=value
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
            />
            <span>{children()}</span>
        </label>
    }
}
