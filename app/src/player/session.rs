//! What the keys of a headset or a keyboard command, and what the system shows of what plays: no more than the page does.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::js_sys::{Array, Function, Object, Reflect},
};

use super::{Player, keys::Deed, speed};
use crate::i18n::{t_string, use_i18n};

/// The actions, by the names that the browser has for them.
const ACTIONS: [(&str, Deed); 5] = [
    ("play", Deed::Play),
    ("pause", Deed::Pause),
    ("stop", Deed::Stop),
    ("seekbackward", Deed::Skip(-10_000)),
    ("seekforward", Deed::Skip(10_000)),
];
/// Those that are only offered where the page has a neighbour.
const STEPS: [(&str, Deed); 2] = [("previoustrack", Deed::Previous), ("nexttrack", Deed::Next)];

impl Player {
    /// Tells the system what plays, and does what it asks for, as long as the page lives. A browser without this does without.
    pub(super) fn listen_to_session(self) {
        let Some(session) = session() else { return };
        let i18n = use_i18n();
        for (name, deed) in ACTIONS {
            set_action(&session, name, Some(self.handler(deed)));
        }
        set_action(&session, "seekto", Some(self.seek_to()));
        {
            let session = session.clone();
            Effect::new(move |_| {
                let steps = self.neighbours.get();
                for ((name, deed), there) in STEPS.into_iter().zip([steps.before, steps.after]) {
                    set_action(&session, name, there.then(|| self.handler(deed)));
                }
            });
        }
        {
            let session = session.clone();
            Effect::new(move |_| {
                let told = self.track.get().map(|track| {
                    let other = track.subtitle(i18n.get_locale());
                    (track.person.clone(), other, t_string!(i18n, player.recording))
                });
                set(
                    &session,
                    "metadata",
                    &told.and_then(|told| metadata(&told)).unwrap_or(JsValue::NULL),
                );
            });
        }
        // Once a second, and whenever something else than time has passed.
        let second = Memo::new(move |_| self.position.get() / 1000);
        Effect::new(move |_| {
            second.track();
            let (playing, speed) = (self.playing.get(), self.speed.get());
            let loaded = self.track.get();
            let state = match (&loaded, playing) {
                (None, _) => "none",
                (_, true) => "playing",
                (_, false) => "paused",
            };
            set(&session, "playbackState", &state.into());
            if let Some(track) = loaded {
                tell_place(&session, self.length(&track), self.position.get_untracked(), speed);
            }
        });
    }

    fn handler(self, deed: Deed) -> Function {
        let act = Closure::<dyn Fn()>::new(move || {
            if let Some(track) = self.subject() {
                self.act(&track, deed);
            }
        });
        // The browser keeps it.
        act.into_js_value().unchecked_into()
    }

    fn seek_to(self) -> Function {
        let seek = Closure::<dyn Fn(JsValue)>::new(move |asked: JsValue| {
            let time = Reflect::get(&asked, &"seekTime".into())
                .ok()
                .and_then(|time| time.as_f64());
            if let (Some(track), Some(time)) = (self.track.get_untracked(), time) {
                self.seek(&track, super::element::ms(time));
            }
        });
        seek.into_js_value().unchecked_into()
    }
}

fn session() -> Option<JsValue> {
    let session = Reflect::get(&window().navigator(), &"mediaSession".into()).ok()?;
    session.is_object().then_some(session)
}

/// A browser that does not know an action says so, and is left alone.
fn set_action(session: &JsValue, name: &str, handler: Option<Function>) {
    let handler = handler.map_or(JsValue::NULL, JsValue::from);
    call(session, "setActionHandler", &[name.into(), handler]);
}

fn tell_place(session: &JsValue, length: i64, place: i64, speed: u16) {
    if length <= 0 {
        return;
    }
    let state = Object::new();
    for (name, number) in [
        ("duration", seconds(length)),
        ("position", seconds(place.clamp(0, length))),
        ("playbackRate", speed::factor(speed)),
    ] {
        set(&state, name, &number.into());
    }
    call(session, "setPositionState", &[state.into()]);
}

#[expect(clippy::cast_precision_loss, reason = "no sound is so long")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn metadata((title, artist, album): &(String, String, &str)) -> Option<JsValue> {
    let told = Object::new();
    for (name, words) in [("title", &**title), ("artist", artist), ("album", album)] {
        set(&told, name, &words.into());
    }
    let class: Function = Reflect::get(&window(), &"MediaMetadata".into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of1(&told)).ok()
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // An object of the browser's own takes what it knows; what it does not know does no harm.
    let _ = Reflect::set(object, &name.into(), value);
}

fn call(object: &JsValue, name: &str, arguments: &[JsValue]) {
    let function = Reflect::get(object, &name.into()).ok();
    if let Some(function) = function.and_then(|function| function.dyn_into::<Function>().ok()) {
        // As above.
        let _ = function.apply(object, &arguments.iter().collect::<Array>());
    }
}
