//! Several lines of text.

use leptos::prelude::*;
use model::problem::{Field, Problem};

use super::{fault, label, typed};
use crate::{
    i18n::use_i18n,
    ui::{Icon, escaped},
};

/// Several lines of text: label, hint, control and what is wrong with it.
///
/// The framework writes the children of a `<textarea>` into the HTML as they are, so that a text that closes it would go on
/// as markup. This is the one place that has one: the text goes through an escaped attribute into a child of its own
/// making, and never as a raw child.
#[component]
pub fn TextArea(
    /// Which field: gives name, label and where its fault is found.
    field: Field,
    /// What went wrong with the form, if anything did.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// What stands in it at first.
    #[prop(into)]
    value: String,
    /// Help in advance.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = field.name();
    let (hint, wrong) = (format!("{id}-hint"), format!("{id}-wrong"));
    let fault = fault(problem, field);
    let text = typed(field).unwrap_or(value);
    let described = {
        let (hint, wrong) = (hint.clone(), wrong.clone());
        move || {
            let wrong = fault.read().as_ref().map(|_| format!(" {wrong}"));
            format!("{hint}{}", wrong.unwrap_or_default())
        }
    };
    view! {
        <div class="field">
            <label for=id>{move || label(i18n.get_locale(), field)}</label>
            <span class="hint" id=hint>{children()}</span>
            <textarea
                class="area"
                id=id
                name=id
                rows="8"
                prop:value=text.clone()
                aria-describedby=described
                aria-invalid=move || fault.read().is_some().then_some("true")
            >
                {content(&text)}
            </textarea>
            {move || {
                let (wrong, words) = (wrong.clone(), fault.get()?);
                Some(view! { <span class="wrong" id=wrong><Icon name="alert" />{words}</span> })
            }}
        </div>
    }
}

/// The control alone, for several lines of a form that has more fields than [`Field`] names. It follows its value.
#[component]
pub fn Area(
    id: String,
    name: &'static str,
    #[prop(into)] value: Signal<String>,
    write: Callback<String>,
    /// What is wrong with it, by the id of where that is said.
    #[prop(into)]
    described: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <textarea
            class="area"
            id=id
            name=name
            rows="2"
            prop:value=move || value.get()
            aria-describedby=move || described.get()
            aria-invalid=move || described.read().is_some().then_some("true")
            on:input=move |event| write.run(event_target_value(&event))
        >
            {content(&value.get_untracked())}
        </textarea>
    }
}

/// What stands in the field. On the server it is markup, and read back by the browser; there it is a text.
fn content(text: &str) -> String {
    if cfg!(feature = "ssr") {
        escaped(text)
    } else {
        text.to_owned()
    }
}
