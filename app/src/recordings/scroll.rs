//! Who goes back finds the list where they left it. Kept in the browser as long as its tab, by the list's address.

use leptos::{ev, html::Section, prelude::*, web_sys::Storage};

/// What the places are kept under: one a line, the address and how far it was moved, the newest first.
const KEY: &str = "hark-scroll";
/// So many lists are remembered.
const LISTS: usize = 30;

/// Follows the rows of the list at that address; when one comes back to it, it is where it was. Returns what is to be called
/// when the rows are moved.
pub fn follow(
    rows: NodeRef<Section>,
    address: Memo<String>,
    came_back: RwSignal<bool>,
    ready: impl Fn() -> bool + 'static,
) -> impl Fn() + Copy {
    Effect::new(move |_| {
        let (Some(rows), address) = (rows.get(), address.get()) else {
            return;
        };
        if !ready() || !came_back.get_untracked() {
            return;
        }
        came_back.set(false);
        let places = places();
        let Some(place) = places.lines().find_map(|line| place(line, &address)).map(str::to_owned) else {
            return;
        };
        // The new rows are there with the next picture.
        request_animation_frame(move || {
            let (inner, outer) = place.split_once(' ').unwrap_or((&place, "0"));
            rows.set_scroll_top(inner.parse().unwrap_or_default());
            if let Ok(outer) = outer.parse::<f64>()
                && outer > 0.0
            {
                window().scroll_to_with_x_and_y(0.0, outer);
            }
        });
    });
    let keep = move || {
        if let (Some(rows), Some(kept)) = (rows.try_get_untracked().flatten(), storage()) {
            let outer = window().scroll_y().unwrap_or_default();
            let (address, before) = (address.get_untracked(), places());
            let newest = format!("{address}\t{} {outer}", rows.scroll_top());
            let others = before.lines().filter(|line| place(line, &address).is_none());
            let lines: Vec<&str> = [newest.as_str()].into_iter().chain(others).take(LISTS).collect();
            if kept.set_item(KEY, &lines.join("\n")).is_err() {
                leptos::logging::warn!("the place in the list could not be kept");
            }
        }
    };
    Effect::new(move |_| {
        let outer = window_event_listener(ev::scroll, move |_| keep());
        on_cleanup(move || outer.remove());
    });
    keep
}

fn places() -> String {
    let kept = storage().and_then(|kept| kept.get_item(KEY).ok().flatten());
    kept.unwrap_or_default()
}

/// What a line says of that address.
fn place<'a>(line: &'a str, address: &str) -> Option<&'a str> {
    line.split_once('\t')
        .filter(|(of, _)| *of == address)
        .map(|(_, place)| place)
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
