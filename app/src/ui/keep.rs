//! What the browser keeps for one who comes back. Only in a browser; where pages are made there is nothing to keep.

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
