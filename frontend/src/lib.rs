//! The browser's half: takes over the pages that the server has made.

use js_sys::Function;
use leptos::prelude::{document, location, provide_context};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// Takes over the page, once what it begins with is here, and says so on `<html>`: what needs this script is shown from then on.
/// Calls `hurried` whenever one does something with a page that is not awake yet, and that has been seen to.
///
/// # Errors
/// When what the page begins with does not come: it stays as the server made it.
#[wasm_bindgen]
pub async fn hydrate(hurried: Function) -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    let path = location().pathname().unwrap_or_default();
    app::fetch_for(&path)
        .await
        .map_err(|error| format!("the page stays as the server made it: {error:?}"))?;
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
    Ok(())
}

fn say_so() {
    let said = document()
        .document_element()
        .map(|html| html.set_attribute("data-hydrated", ""));
    if let Some(Err(error)) = said {
        leptos::logging::warn!("the page is awake but cannot say so: {error:?}");
    }
}
