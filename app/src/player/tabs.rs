//! One sound at a time: what begins to play in one tab pauses in every other.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsValue, closure::Closure, prelude::*},
    web_sys::BroadcastChannel,
};

use super::Player;

/// Where the tabs of a browser hear of one another.
const NAME: &str = "hark-player";

impl Player {
    /// Tells the other tabs when something plays here, and falls silent when something plays there. A tab does not hear itself.
    pub(super) fn listen_to_tabs(self) {
        let Ok(others) = BroadcastChannel::new(NAME) else {
            // Two tabs at once are a nuisance, and no reason to play nothing.
            leptos::logging::warn!("the other tabs cannot be told what plays");
            return;
        };
        let heard = Closure::<dyn Fn()>::new(move || self.pause());
        others.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        // As long as the page lives.
        heard.forget();
        Effect::new(move |_| {
            if self.playing.get()
                && let Err(error) = others.post_message(&JsValue::TRUE)
            {
                leptos::logging::warn!("the other tabs could not be told: {error:?}");
            }
        });
    }
}
