//! How long a browser is kept busy at a time, and who may interrupt.

use std::sync::Arc;

use any_spawner::Executor;
use hydration_context::{HydrateSharedContext, SharedContext};
use js_sys::{Function, Promise};
use leptos::{
    prelude::*,
    tachys::{dom::body, hydration::Cursor, view::PositionState},
    web_sys::MessageChannel,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::queue::{self, Next, Tasks};

/// So long at a time, in milliseconds, and until a piece is done: what one presses is then seen in the next frame.
const SLICE: f64 = 5.0;

/// What one does with a page. Whoever does finds all of it awake.
const DEEDS: [&str; 9] = [
    "pointerdown",
    "keydown",
    "click",
    "beforetoggle",
    "input",
    "change",
    "submit",
    "focusin",
    "popstate",
];

/// Says who runs tasks. Before anything else.
pub fn prepare() {
    if Executor::init_custom_executor(Tasks).is_err() {
        leptos::logging::error!("tasks do not wait until the page is awake: something else runs them");
    }
}

/// Takes a page over, piece by piece; at once, where one does something with it meanwhile. `awake` is called when the last piece
/// is awake, and before anything follows from it; `hurried` whenever one has done something, and all that follows is about to.
pub async fn wake<V: IntoView>(
    app: impl FnOnce() -> V + 'static,
    awake: impl FnOnce() + 'static,
    hurried: impl Fn() + 'static,
) {
    // What came before has had its own.
    breathe().await;
    let mut began = now();
    let context = Arc::new(HydrateSharedContext::new());
    let owner = Owner::new_root(Some(context.clone()));
    queue::open(move || {
        context.hydration_complete();
        awake();
    });
    let page = queue::take_over(|| {
        owner.with(|| {
            let (cursor, position) = (Cursor::new(body().unchecked_into()), PositionState::default());
            app().into_view().hydrate::<true>(&cursor, &position)
        })
    });
    // It lasts as long as the browser shows it.
    std::mem::forget((owner, page));
    let hurry = Closure::<dyn Fn()>::new(move || {
        queue::finish();
        hurried();
    });
    listen(hurry.as_ref().unchecked_ref(), true);
    loop {
        if now() - began >= SLICE {
            breathe().await;
            began = now();
        }
        match queue::next() {
            Next::Piece(piece) => queue::take_over(piece),
            Next::Task(task) => {
                wasm_bindgen_futures::spawn_local(task);
                // It has its turn before this goes on.
                settled(&Promise::resolve(&JsValue::UNDEFINED)).await;
            }
            Next::Nothing => break,
        }
    }
    listen(hurry.as_ref().unchecked_ref(), false);
}

fn listen(hurry: &Function, begin: bool) {
    for deed in DEEDS {
        let done = if begin {
            window().add_event_listener_with_callback_and_bool(deed, hurry, true)
        } else {
            window().remove_event_listener_with_callback_and_bool(deed, hurry, true)
        };
        if let Err(error) = done {
            leptos::logging::warn!("{deed} is not listened for: {error:?}");
        }
    }
}

/// Lets the browser do what waits for it.
async fn breathe() {
    let Ok(channel) = MessageChannel::new() else { return };
    let promise = Promise::new(&mut |done, _| {
        channel.port1().set_onmessage(Some(&done));
        if let Err(error) = channel.port2().post_message(&JsValue::UNDEFINED) {
            leptos::logging::warn!("the page wakes without a pause: {error:?}");
            _ = done.call0(&JsValue::UNDEFINED);
        }
    });
    settled(&promise).await;
    channel.port1().close();
}

async fn settled(promise: &Promise) {
    // It is only waited for; nobody refuses it.
    _ = JsFuture::from(promise.clone()).await;
}

/// Milliseconds since the page was gone to.
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
