//! What needs a browser and waits for it. Where a page is made there is none: nothing here then happens.

use leptos::web_sys::HtmlAudioElement;

/// Why a sound did not begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The browser wants a click first.
    Gesture,
    /// Another sound came between, or the element says itself what is wrong.
    Other,
}

/// Begins to play; what comes back ends once it does.
#[cfg(feature = "hydrate")]
pub fn play(audio: &HtmlAudioElement) -> impl Future<Output = Result<(), Refused>> + use<> {
    use leptos::web_sys::DomException;
    use wasm_bindgen::JsCast;

    let refused = |error: wasm_bindgen::JsValue| match error.dyn_into::<DomException>() {
        Ok(error) if error.name() == "NotAllowedError" => Refused::Gesture,
        _ => Refused::Other,
    };
    let begun = audio.play();
    async move {
        wasm_bindgen_futures::JsFuture::from(begun.map_err(refused)?)
            .await
            .map_err(refused)?;
        Ok(())
    }
}

/// Keeps voices at their pitch however fast they are played. The browsers' default, but not every one's.
#[cfg(feature = "hydrate")]
pub fn keep_pitch(audio: &HtmlAudioElement) {
    // An element is an object, and setting its property does not fail.
    let _ = js_sys::Reflect::set(audio, &"preservesPitch".into(), &true.into());
}

/// Whether the element says that something is wrong with its sound.
#[cfg(feature = "hydrate")]
pub fn has_failed(audio: &HtmlAudioElement) -> bool {
    js_sys::Reflect::get(audio, &"error".into()).is_ok_and(|error| error.is_object())
}

/// What the server answers to a question for an address: the status alone; none when there is no answer.
#[cfg(feature = "hydrate")]
pub async fn status(address: &str) -> Option<u16> {
    let how = leptos::web_sys::RequestInit::new();
    how.set_method("HEAD");
    ask(address, &how).await.map(|response| response.status())
}

/// The bytes at an address; none when there is no answer, or not a good one.
#[cfg(feature = "hydrate")]
pub async fn bytes(address: &str) -> Option<Vec<u8>> {
    let response = ask(address, &leptos::web_sys::RequestInit::new())
        .await
        .filter(leptos::web_sys::Response::ok)?;
    let body = wasm_bindgen_futures::JsFuture::from(response.array_buffer().ok()?)
        .await
        .ok()?;
    Some(js_sys::Uint8Array::new(&body).to_vec())
}

/// Puts a text where one pastes from. Whether the browser lets a page do that: it does where the connection is safe.
#[cfg(feature = "hydrate")]
pub async fn copy(text: &str) -> bool {
    let navigator = leptos::prelude::window().navigator();
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|board| board.is_object());
    if !there {
        return false;
    }
    let written = navigator.clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(written).await.is_ok()
}

#[cfg(feature = "hydrate")]
async fn ask(address: &str, how: &leptos::web_sys::RequestInit) -> Option<leptos::web_sys::Response> {
    use wasm_bindgen::JsCast;

    let answer = leptos::prelude::window().fetch_with_str_and_init(address, how);
    wasm_bindgen_futures::JsFuture::from(answer).await.ok()?.dyn_into().ok()
}

#[cfg(not(feature = "hydrate"))]
pub fn play(_: &HtmlAudioElement) -> impl Future<Output = Result<(), Refused>> + use<> {
    std::future::ready(Err(Refused::Other))
}

#[cfg(not(feature = "hydrate"))]
pub async fn copy(_: &str) -> bool {
    false
}

#[cfg(not(feature = "hydrate"))]
pub const fn keep_pitch(_: &HtmlAudioElement) {}

#[cfg(not(feature = "hydrate"))]
pub const fn has_failed(_: &HtmlAudioElement) -> bool {
    false
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same in a browser waits")]
pub async fn status(_: &str) -> Option<u16> {
    None
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same in a browser waits")]
pub async fn bytes(_: &str) -> Option<Vec<u8>> {
    None
}
