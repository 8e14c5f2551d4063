//! The browser's half: takes over the pages that the server has made.

use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page, and says so on `<html>`: what needs this script is shown from then on.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    let awake = document()
        .document_element()
        .map(|html| html.set_attribute("data-hydrated", ""));
    if let Some(Err(error)) = awake {
        leptos::logging::warn!("the page is awake but cannot say so: {error:?}");
    }
}
