//! What the house says to the reader beside the text.

use leptos::{prelude::*, text_prop::TextProp};

use super::Icon;

/// A line at the side, an icon, and what is to be known.
#[component]
pub fn Notice(
    /// `ok`, `warn`, `danger`; else something to know.
    #[prop(optional)]
    state: &'static str,
    #[prop(into)] title: TextProp,
    children: Children,
) -> impl IntoView {
    let icon = match state {
        "ok" => "check",
        "warn" | "danger" => "alert",
        _ => "info",
    };
    view! {
        <div class="notice" data-state=state role=if state == "danger" { "alert" } else { "status" }>
            <Icon name=icon />
            <b>{move || title.get()}</b>
            <p>{children()}</p>
        </div>
    }
}
