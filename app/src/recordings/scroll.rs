//! Who goes back finds the list where they left it, and who goes on to a page its beginning. Kept in the browser as long as
//! its tab, by the list's address.

use leptos::{
    ev,
    html::Section,
    prelude::*,
    web_sys::{HtmlElement, Storage},
};

use super::detail::show_row;

/// What the places are kept under: one a line, the address and how far it was moved, the newest first.
const KEY: &str = "hark-scroll";
/// So many lists are remembered.
const LISTS: usize = 30;

/// Follows the rows of the list at that address: who comes back to it is where they were, and who goes on to another page of it
/// begins at its top. Returns what is to be called when the rows are moved.
pub fn follow(
    rows: NodeRef<Section>,
    address: Memo<String>,
    came_back: RwSignal<bool>,
    // Whether the rows in sight are those of the address.
    ready: impl Fn() -> bool + Copy + 'static,
) -> impl Fn() + Copy {
    Effect::new(move |before: Option<String>| {
        let before = before.unwrap_or_default();
        let (Some(rows), address) = (rows.get(), address.get()) else {
            return before;
        };
        if !ready() {
            return before;
        }
        if came_back.get_untracked() {
            came_back.set(false);
            let places = places();
            let kept = places.lines().find_map(|line| place(line, &address)).map(str::to_owned);
            if let Some(kept) = kept {
                restore(rows, kept);
            }
        } else if !before.is_empty() && page(&before) != page(&address) {
            begin(rows);
        }
        address
    });
    let keep = move || {
        let Some(rows) = rows.try_get_untracked().flatten() else {
            return;
        };
        // Until the rows are those of the address, they lie as others were left.
        if let Some(kept) = storage().filter(|_| untrack(ready)) {
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
        // Who went back to the same list, as when a recording closes, and then presses a link, no longer comes back.
        let pressed = window_event_listener(ev::click, move |_| {
            if came_back.get_untracked() {
                came_back.set(false);
            }
        });
        on_cleanup(move || {
            outer.remove();
            pressed.remove();
        });
    });
    keep
}

/// Puts the rows where they were left. The new ones are there with the next picture.
fn restore(rows: HtmlElement, kept: String) {
    request_animation_frame(move || {
        let (inner, outer) = kept.split_once(' ').unwrap_or((&kept, "0"));
        rows.set_scroll_top(inner.parse().unwrap_or_default());
        if let Ok(outer) = outer.parse::<f64>()
            && outer > 0.0
        {
            window().scroll_to_with_x_and_y(0.0, outer);
        }
    });
}

/// Begins at the top; or, where a step led over the end of a page, at what is open on this one.
fn begin(rows: HtmlElement) {
    request_animation_frame(move || {
        rows.set_scroll_top(0);
        show_row();
    });
}

/// Which page of its list an address asks for; none for the first.
fn page(address: &str) -> Option<&str> {
    address.split(['?', '&']).find_map(|word| word.strip_prefix("after="))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_which_page_of_its_list_it_is() {
        assert_eq!(page("/recordings?period=all&after=77~100"), Some("77~100"));
        assert_eq!(page("/recordings?after=77~100&sort=tag"), Some("77~100"));
        assert_eq!((page("/recordings"), page("/recordings?q=after%3D1")), (None, None));
    }
}
