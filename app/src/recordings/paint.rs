//! What moves in the rows of the list: which are chosen, open and playing, and what a press on one does. The rows themselves
//! are HTML that nobody watches ([`super::rows`]): watching each cell would cost more than all else on the page.

use leptos::{
    ev::MouseEvent,
    html::Tbody,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlInputElement, HtmlTableSectionElement},
};

use super::{
    keys::{choose, ids},
    page::List,
    rows::Line,
};
use crate::{
    i18n::{t_string, use_i18n},
    player::{Player, Track, player},
    ui::asset,
};

/// Keeps the rows as they are to look.
pub fn paint(list: List, body: NodeRef<Tbody>, lines: StoredValue<Vec<Line>>) {
    let (player, i18n) = (player(), use_i18n());
    Effect::new(move |_| {
        each(body, lines, |row, line| {
            let ids = line.ids();
            let chosen = ids.iter().filter(|id| list.selected.has(**id)).count();
            let whole = chosen == ids.len();
            mark(row, "data-picked", "", whole);
            let tick = child(row, ".pick .check input").and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok());
            if let Some(tick) = tick {
                tick.set_checked(whole);
                // Of a conversation one side may be chosen.
                tick.set_indeterminate(chosen > 0 && !whole);
            }
        });
    });
    Effect::new(move |_| {
        let open = list.open.get();
        each(body, lines, |row, line| {
            mark(row, "aria-current", "true", line.is_open(open));
        });
    });
    Effect::new(move |_| {
        each(body, lines, |row, line| {
            let plays = line.ids().iter().any(|id| player.plays(*id));
            if !mark(row, "data-playing", "", plays) {
                return;
            }
            let (symbol, words) = if plays {
                ("pause", t_string!(i18n, recordings.pause, name = line.name()))
            } else {
                ("play", t_string!(i18n, recordings.play, name = line.name()))
            };
            if let Some(link) = child(row, ".play a") {
                set(&link, "aria-label", &words);
            }
            if let Some(icon) = child(row, ".play use") {
                set(&icon, "href", &format!("{}#i-{symbol}", asset("hark-icons")));
            }
        });
    });
}

/// What a press in the rows does: it chooses, or plays and then goes to what plays. Everything else is a link of its own.
pub fn press(
    event: &MouseEvent,
    list: List,
    player: &Player,
    lines: StoredValue<Vec<Line>>,
    here: impl Fn() -> String + 'static,
    go: impl Fn(&str) + 'static,
) {
    let Some(pressed) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let within = |selector| pressed.closest(selector).ok().flatten();
    let Some(row) = within("tr") else { return };
    if within(".pick .check input").is_some() {
        choose(&row, event.shift_key(), list.selected);
    } else if within(".play a").is_some() {
        play(event, list, player, lines, &row, here, go);
    }
}

/// Plays the recording and opens it; pauses it while it plays. Before the page is awake it only opens.
fn play(
    event: &MouseEvent,
    list: List,
    player: &Player,
    lines: StoredValue<Vec<Line>>,
    row: &Element,
    here: impl Fn() -> String + 'static,
    go: impl Fn(&str) + 'static,
) {
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return;
    }
    let ids = ids(row);
    let Some(id) = ids.first().copied() else { return };
    let playing = untrack(|| ids.iter().any(|id| player.plays(*id)));
    let open = list.open.get_untracked() == Some(id);
    if playing || open {
        event.prevent_default();
    }
    if playing {
        player.pause();
        return;
    }
    let of_row = || lines.with_value(|lines| Some(Track::of_row(&lines.iter().find(|line| line.row.id == id)?.row)));
    let Some(track) = player.known(id).or_else(of_row) else {
        return;
    };
    let link = child(row, ".play a").and_then(|link| link.get_attribute("href"));
    let Some(address) = link.filter(|_| !open) else {
        player.start(&track);
        return;
    };
    // Making its page keeps the browser busy for longer than a sound takes to begin: the sound comes first. Who has begun another
    // or gone elsewhere meanwhile is not led there.
    event.prevent_default();
    let (player, from) = (*player, here());
    player.start_then(&track, move || {
        if untrack(|| player.holds(id)) && here() == from {
            go(&address);
        }
    });
}

/// Every row with its line.
fn each(body: NodeRef<Tbody>, lines: StoredValue<Vec<Line>>, act: impl Fn(&Element, &Line)) {
    let Some(body) = body.get() else { return };
    let body: &HtmlTableSectionElement = &body;
    let mut row = body.first_element_child();
    lines.with_value(|lines| {
        for line in lines {
            let Some(here) = row.take() else { return };
            act(&here, line);
            row = here.next_element_sibling();
        }
    });
}

fn child(row: &Element, selector: &str) -> Option<Element> {
    row.query_selector(selector).ok().flatten()
}

/// Gives a row a mark, or takes it away; says whether that is a change.
fn mark(row: &Element, name: &str, value: &str, whether: bool) -> bool {
    if row.has_attribute(name) == whether {
        return false;
    }
    if whether {
        set(row, name, value);
    } else if row.remove_attribute(name).is_err() {
        leptos::logging::warn!("{name} stays on a row");
    }
    true
}

fn set(element: &Element, name: &str, value: &str) {
    if element.set_attribute(name, value).is_err() {
        leptos::logging::warn!("{name} could not be set");
    }
}
