//! What a form would send.

use leptos::web_sys::HtmlFormElement;

/// The names and values of a form as it stands. Where pages are made there is no form to read.
#[cfg(feature = "hydrate")]
pub fn form_words(form: &HtmlFormElement) -> Vec<(String, String)> {
    use leptos::web_sys::FormData;

    let Ok(data) = FormData::new_with_form(form) else {
        return vec![];
    };
    let pair = |pair: wasm_bindgen::JsValue| {
        let pair = js_sys::Array::from(&pair);
        // What is no text is a file.
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    match js_sys::try_iter(&data) {
        Ok(Some(pairs)) => pairs.filter_map(Result::ok).filter_map(pair).collect(),
        _ => vec![],
    }
}

#[cfg(not(feature = "hydrate"))]
pub const fn form_words(_: &HtmlFormElement) -> Vec<(String, String)> {
    vec![]
}
