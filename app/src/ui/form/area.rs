//! Several lines of text.

use leptos::prelude::*;
use model::problem::{Field, Problem};

use super::{fault, label, typed};
use crate::{
    i18n::use_i18n,
    ui::{Wrong, escaped},
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
    let sent_back = typed(field);
    let back = sent_back.is_some();
    let text = sent_back.unwrap_or(value);
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
            <Area
                id
                name=id
                rows=8
                value=Signal::stored(text)
                back
                described=Signal::derive(described)
                wrong=Signal::derive(move || fault.read().is_some())
            />
            <Wrong id fault />
        </div>
    }
}

/// The bare control, for what has its own label.
#[component]
pub fn Area(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    #[prop(optional)] rows: Option<u8>,
    /// Whether it was sent back with it: a page that wakes leaves that as it stands.
    #[prop(optional)]
    back: bool,
    /// The most characters.
    #[prop(optional)]
    most: Option<usize>,
    /// Is told what is written.
    #[prop(optional, into)]
    write: Option<Callback<String>>,
    /// What describes it.
    #[prop(optional, into)]
    described: MaybeProp<String>,
    /// Whether something is wrong with it.
    #[prop(optional, into)]
    wrong: MaybeProp<bool>,
) -> impl IntoView {
    view! {
        <textarea
            class="area"
            id=id
            name=name
            rows=rows.unwrap_or(3).to_string()
            maxlength=most.map(|most| most.to_string())
            data-back=back.then_some("")
            prop:value=move || value.get()
            aria-describedby=move || described.get()
            aria-invalid=move || (wrong.get() == Some(true)).then_some("true")
            on:input=move |event| {
                if let Some(write) = write {
                    write.run(event_target_value(&event));
                }
            }
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
