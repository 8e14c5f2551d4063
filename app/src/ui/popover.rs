//! What the browser does with menus and keys, as far as a page has to help.

use leptos::{
    ev::KeyboardEvent,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};

/// Closes a menu: the browser does so by itself when one clicks beside it, but not when its own choice leads elsewhere.
pub fn hide_popover(id: &str) {
    if let Some(popover) = element(id)
        && let Err(error) = popover.hide_popover()
    {
        leptos::logging::warn!("{id} does not close: {error:?}");
    }
}

/// Opens a sheet that is closed, and closes one that is open.
pub fn toggle_popover(id: &str) {
    if let Some(popover) = element(id)
        && let Err(error) = popover.toggle_popover()
    {
        leptos::logging::warn!("{id} does not open: {error:?}");
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Whether a key belongs to what one writes, or to the browser: then it is no shortcut of ours.
pub fn typing(event: &KeyboardEvent) -> bool {
    let chooses = target(event).is_some_and(|target| target.tag_name() == "SELECT");
    event.ctrl_key() || event.meta_key() || event.alt_key() || chooses || writing(event)
}

/// Whether one writes where the key is pressed.
pub fn writing(event: &KeyboardEvent) -> bool {
    let written = |target: Element| {
        let kind = target.get_attribute("type").unwrap_or_default();
        let field = match target.tag_name().as_str() {
            "INPUT" => !["range", "checkbox", "radio", "button", "submit"].contains(&&*kind),
            "TEXTAREA" => true,
            _ => false,
        };
        field
            || target
                .dyn_ref::<HtmlElement>()
                .is_some_and(HtmlElement::is_content_editable)
    };
    target(event).is_some_and(written)
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}
