//! The browser's half: takes over the pages that the server has made.

use leptos::prelude::{document, location, provide_context};
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page, once what it begins with is here, and says so on `<html>`: what needs this script is shown from then on.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    let path = location().pathname().unwrap_or_default();
    if let Err(error) = app::fetch_for(&path).await {
        leptos::logging::warn!("the page stays as the server made it: {error:?}");
        return;
    }
    let language = app::language::settled().await;
    app::waking::wake(move || {
        provide_context(language);
        app::App()
    })
    .await;
    let awake = document()
        .document_element()
        .map(|html| html.set_attribute("data-hydrated", ""));
    if let Some(Err(error)) = awake {
        leptos::logging::warn!("the page is awake but cannot say so: {error:?}");
    }
}
