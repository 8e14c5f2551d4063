//! What is wrong with a field, said at it.

use leptos::prelude::*;

use crate::ui::Icon;

/// What is wrong with the field before it, as `{id}-wrong`, by which the field is described then.
#[component]
pub fn Wrong(#[prop(into)] id: String, #[prop(into)] fault: Signal<Option<String>>) -> impl IntoView {
    move || {
        let words = fault.get()?;
        Some(view! { <span class="wrong" id=format!("{id}-wrong")><Icon name="alert" />{words}</span> })
    }
}
