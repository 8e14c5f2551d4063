//! One of a select's choices.

use leptos::prelude::*;

/// A choice that goes along with what it shows: also where the address changes and the page stays.
#[component]
pub fn Choice(#[prop(into)] value: String, #[prop(into)] chosen: Signal<bool>, children: Children) -> impl IntoView {
    view! {
        <option value=value selected=chosen.get_untracked() prop:selected=move || chosen.get()>
            {children()}
        </option>
    }
}
