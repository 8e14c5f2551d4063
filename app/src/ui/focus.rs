//! Where the focus goes when what had it goes away.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// Gives the focus to the first of these that is there. What the page has none of is passed over.
pub fn focus_first(selectors: &[&str]) {
    let there = |selector: &&str| document().query_selector(selector).ok().flatten();
    let first = selectors.iter().find_map(there);
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok())
        && let Err(error) = first.focus()
    {
        leptos::logging::warn!("the focus could not be moved: {error:?}");
    }
}

/// Gives the focus to a field that a press is about to unfold: what is typed next is meant for it, and not for the keys of the
/// page. One that was folded away takes none.
pub fn write_next(id: String) {
    request_animation_frame(move || focus_first(&[&format!("#{id}")]));
}
