//! Parts that know nothing of calls: the same in every room.

mod changing;
mod confirm;
mod drafts;
mod fetched;
mod focus;
mod follow;
mod form;
mod keep;
mod letters;
mod notice;
mod popover;
mod saved;
mod state;
mod title;

pub use changing::changing;
pub use confirm::Confirm;
pub use drafts::Drafts;
pub use fetched::Fetched;
pub use focus::{focus_first, write_next};
pub use follow::{done, follow, is_awake, problem, sent_back, travel};
pub use form::{
    Area, CheckList, Choice, ErrorSummary, Radio, Submit, TextArea, TextField, Wrong, fault, form_words, label, typed,
    typed_as,
};
pub use keep::{keep, kept, leave_behind, left_behind};
pub use letters::{is_letter, letters, provide_letters, set_letters};
pub use notice::Notice;
pub use popover::{hide_popover, toggle_popover, typing, writing};
pub use saved::Saved;
pub use state::{Empty, Fault, Loading, Silence};
pub use title::title;

use leptos::prelude::*;

/// An icon from the sprite, drawn in the colour of the text around it. Its meaning is always said in words beside it.
#[component]
pub fn Icon(
    /// The symbol's name without `i-`.
    #[prop(into)]
    name: Signal<&'static str>,
    /// `s` or `l`; medium when none.
    #[prop(optional)]
    size: Option<&'static str>,
) -> impl IntoView {
    let sprite = asset("hark-icons");
    view! {
        <svg class="icon" data-size=size aria-hidden="true">
            <use href=move || format!("{sprite}#i-{}", name.get())></use>
        </svg>
    }
}

/// Where a file lies that the build has made; the document names it in a `meta`.
#[cfg(not(feature = "ssr"))]
pub fn asset(name: &str) -> String {
    named(name)
}

/// Where a file lies that the build has made.
#[cfg(feature = "ssr")]
pub fn asset(name: &str) -> String {
    let assets = use_context::<crate::Assets>().unwrap_or_default();
    if name == "hark-waves" {
        assets.waves
    } else {
        assets.icons
    }
}

/// What the document says in a `meta` of that name.
#[cfg(not(feature = "ssr"))]
pub fn named(name: &str) -> String {
    let meta = document().query_selector(&format!("meta[name={name}]")).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// A text as HTML writes it where only character references are read: inside `<textarea>` and `<title>`, whose children the
/// framework writes as they are.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
