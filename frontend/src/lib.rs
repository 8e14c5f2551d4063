//! The browser's half: takes over the pages that the server has made.

use js_sys::Function;
use leptos::prelude::{document, location, provide_context};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// Takes over the page, once what it begins with is here, and says so on `<html>`: what needs this script is shown from then on.
/// Calls `hurried` whenever one does something with a page that is not awake yet, and that has been seen to.
#[wasm_bindgen]
pub async fn hydrate(hurried: Function) {
    console_error_panic_hook::set_once();
    let path = location().pathname().unwrap_or_default();
    if let Err(error) = app::fetch_for(&path).await {
        leptos::logging::warn!("the page stays as the server made it: {error:?}");
        return;
    }
    let language = app::language::settled().await;
    let page = move || {
        provide_context(language);
        app::App()
    };
    let hurried = move || {
        if let Err(error) = hurried.call0(&JsValue::UNDEFINED) {
            leptos::logging::warn!("what was filled in is not put back: {error:?}");
        }
    };
    app::waking::wake(page, say_so, hurried).await;
}

fn say_so() {
    let said = document()
        .document_element()
        .map(|html| html.set_attribute("data-hydrated", ""));
    if let Some(Err(error)) = said {
        leptos::logging::warn!("the page is awake but cannot say so: {error:?}");
    }
}
