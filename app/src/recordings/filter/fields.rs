//! The fields of the filter's form. Each follows the address, but never while one types in it.

use leptos::{html::Input, prelude::*};

/// A line of text, which follows its value while it does not have the focus.
#[component]
pub fn Typed(
    id: &'static str,
    name: &'static str,
    #[prop(into)] value: Signal<String>,
    /// `text` unless it is something else.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] placeholder: Option<Signal<&'static str>>,
    /// The list of what can be chosen.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Which keys a small screen offers.
    #[prop(optional)]
    mode: Option<&'static str>,
    /// The hint that belongs to it.
    #[prop(optional)]
    described: Option<&'static str>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    Effect::new(move |_| {
        let (Some(input), value) = (input.get(), value.get()) else {
            return;
        };
        let typing = document().active_element().is_some_and(|active| active.id() == id);
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
            autocomplete="off"
            spellcheck="false"
        />
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
