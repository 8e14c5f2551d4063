//! The keys of the list: from call to call, choosing as one goes.

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};
use model::id::RecordingId;

use super::{page::List, select::Selected};
use crate::{
    player::is_free,
    ui::{focus_first, typing},
};

/// Where the focus is on a page that one has just come to: nobody has chosen a place for it yet.
const NOWHERE: &str = "body, h1[tabindex='-1']";
/// What lies above the page and has arrows of its own.
const MENU: &str = ":popover-open";

/// Hears the arrows where nothing has the focus yet; else the frame of the list hears its keys.
pub fn listen(selected: Selected) {
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            let key = event.key();
            if ["ArrowDown", "ArrowUp"].contains(&&*key) && is_free(&event) && is_nowhere() {
                go(&event, key == "ArrowDown", selected);
            }
        });
        on_cleanup(move || keys.remove());
    });
}

fn is_nowhere() -> bool {
    let focused = document().active_element();
    focused.is_none_or(|focused| focused.matches(NOWHERE).unwrap_or_default())
        && document().query_selector(MENU).is_ok_and(|menu| menu.is_none())
}

/// Arrow up and down lead from call to call, with Shift they choose on the way; X chooses; B leads to what can be done with what is
/// chosen; Enter opens, as on every link. Escape lets go of what is chosen, where nothing is open that it closes first.
pub fn act(event: &KeyboardEvent, list: List, letters: bool) {
    let selected = list.selected;
    if typing(event) {
        return;
    }
    match event.key().as_str() {
        "ArrowDown" => go(event, true, selected),
        "ArrowUp" => go(event, false, selected),
        "x" | "X" if letters => {
            if let Some(row) = row() {
                choose(&row, event.shift_key(), selected);
                event.prevent_default();
            }
        }
        "b" | "B" if letters => focus_first(&[".bulk button"]),
        "Escape" if is_free(event) && list.open.get_untracked().is_none() && selected.some() => {
            event.prevent_default();
            selected.clear();
        }
        _ => {}
    }
}

/// Chooses a row, or lets go of it; or everything from the one chosen before as far as this. Of a conversation always both sides.
pub fn choose(row: &Element, reaching: bool, selected: Selected) {
    let ids = ids(row);
    if !reaching {
        selected.toggle(&ids);
        return;
    }
    for id in ids {
        selected.reach(id);
    }
}

fn go(event: &KeyboardEvent, down: bool, selected: Selected) {
    let here = row();
    let mut next = match &here {
        Some(row) => sibling(row, down),
        None => open_row().or_else(|| document().query_selector(".calls tbody tr").ok().flatten()),
    };
    // The sides of a conversation that is closed are passed over.
    while let Some(row) = next.take_if(|row| is_folded(row)) {
        next = sibling(&row, down);
    }
    let Some(next) = next else { return };
    let link = next.query_selector(".who a").ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok())
        && link.focus().is_ok()
    {
        event.prevent_default();
        if event.shift_key() {
            if let Some(here) = here {
                selected.set(&ids(&here), true);
            }
            selected.set(&ids(&next), true);
        }
    }
}

/// The row of what is open: where a conversation is unfolded that of its side, which comes last.
pub(super) fn open_row() -> Option<Element> {
    let open = document().query_selector_all(".calls tr[aria-current]").ok()?;
    (0..open.length())
        .rev()
        .filter_map(|at| open.get(at)?.dyn_into::<Element>().ok())
        .find(|row| !is_folded(row))
}

/// The row that has the focus.
fn row() -> Option<Element> {
    document().active_element()?.closest(".calls tbody tr").ok().flatten()
}

fn sibling(row: &Element, down: bool) -> Option<Element> {
    if down {
        row.next_element_sibling()
    } else {
        row.previous_element_sibling()
    }
}

fn is_folded(row: &Element) -> bool {
    row.dyn_ref::<HtmlElement>()
        .is_some_and(|row| row.offset_parent().is_none() && row.offset_height() == 0)
}

/// Which recordings a row is of.
pub fn ids(row: &Element) -> Vec<RecordingId> {
    let said = row.get_attribute("data-ids").or_else(|| row.get_attribute("data-id"));
    let said = said.unwrap_or_default();
    said.split(' ').filter_map(|id| id.parse().ok()).collect()
}
