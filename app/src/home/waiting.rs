//! A card of calls that wait for one.

use leptos::prelude::*;
use model::{id::RecordingId, instant::Stamp};

use crate::{
    format,
    i18n::{td_string, use_i18n},
};

/// A card: its heading, whatever stands beside that, and its lines.
#[component]
pub fn Card(
    /// The heading's name on the page.
    id: &'static str,
    heading: Signal<&'static str>,
    #[prop(optional, into)] beside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="block" aria-labelledby=id>
            <header>
                <h2 id=id>{move || heading.get()}</h2>
                {beside}
            </header>
            {children()}
        </section>
    }
}

/// The call, as a way to where it is evaluated, and what is said of it.
#[component]
pub fn Call(recording: RecordingId, call: Stamp, said: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let which = move || {
        let locale = i18n.get_locale();
        td_string!(locale, evaluation.to_read_call, when = format::short(locale, &call))
    };
    view! {
        <li>
            <a href=format!("/recordings/{recording}?period=all&part=evaluate")>{which}</a>
            " "
            <span class="muted small">{move || said.get()}</span>
        </li>
    }
}
