//! What the browser keeps for one who comes back, or for the next page of a tab. Only in a browser; where pages are made there is nothing to keep.

use leptos::prelude::*;

/// What is kept under a name.
pub fn kept(name: &str) -> Option<String> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(name).ok().flatten()
}

/// Keeps a word under a name. A browser that keeps nothing does no harm: what was chosen holds as long as the page does.
pub fn keep(name: &str, word: &str) {
    if let Ok(Some(storage)) = window().local_storage()
        && storage.set_item(name, word).is_err()
    {
        leptos::logging::warn!("{name} could not be kept");
    }
}

/// Leaves something behind for the next page of this tab: it outlives the page, and goes with the tab.
pub fn leave_behind(name: &str, word: &str) {
    if let Ok(Some(storage)) = window().session_storage()
        && storage.set_item(name, word).is_err()
    {
        leptos::logging::warn!("{name} could not be left behind");
    }
}

/// Takes what a page of this tab has left behind.
pub fn left_behind(name: &str) -> Option<String> {
    let storage = window().session_storage().ok().flatten()?;
    let word = storage.get_item(name).ok().flatten()?;
    if storage.remove_item(name).is_err() {
        leptos::logging::warn!("{name} stays behind");
    }
    Some(word)
}
