//! One call, one row: who, when, with whom, and hearing it.

use leptos::{ev::MouseEvent, prelude::*};
use model::recording::{Flag, RecordingRow};

use super::{page::List, query, words};
use crate::{
    format,
    i18n::{Locale, t_string, td_string, use_i18n},
    player::{Track, player},
    ui::{Icon, asset},
};

/// A row of the list.
#[component]
pub fn Row(list: List, row: RecordingRow) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    let (id, locale) = (row.id, i18n.get_locale_untracked());
    let (icon, direction) = words::direction(locale, row.direction);
    let person = words::person(&row);
    let name = format!("{person} {}", format::time(&row.start));
    let current = move || (list.open.get() == Some(id)).then_some("true");
    let plays = Memo::new(move |_| player.plays(id));
    let address = move || query::open(id, &list.query.read());
    view! {
        <tr role="row" aria-current=current data-playing=move || plays.get().then_some("")>
            <td role="cell" class="dir" title=direction>
                <Icon name=icon />
                <span class="word">{direction}</span>
            </td>
            <td role="cell" class="date">{format::day(locale, &row.start)}</td>
            <td role="cell" class="time"><time datetime=row.start.rfc3339()>{format::time(&row.start)}</time></td>
            <td role="cell" class="ext">{row.extension.clone()}</td>
            <td role="cell" class="who"><a href=address data-noscroll="">{person}</a></td>
            <td role="cell" class="number" title=row.other_name.clone()>{number(locale, &row)}</td>
            <td role="cell" class="ddi">{row.number_rung.as_ref().map(|number| number.shown.clone())}</td>
            <td role="cell" class="channel"></td>
            <td role="cell" class="len r">{format::length(row.call_ms)}</td>
            <td role="cell" class="tag" title=row.tag.clone()>{row.tag.clone()}</td>
            <td role="cell" class="flags">{row.flag.map(|flag| view! { <FlagIcon flag /> })}</td>
            <td role="cell" class="eval">{row.evaluated.then(|| evaluated(locale))}</td>
            <td role="cell" class="play"><PlayLink list row name=name.clone() plays /></td>
            <td role="cell" class="get">
                <a
                    class="ib"
                    data-size="s"
                    href=format!("/media/{id}/download")
                    download=""
                    aria-label=td_string!(locale, recordings.download, name = name)
                >
                    <Icon name="down" />
                </a>
            </td>
        </tr>
    }
}

/// Opens the recording and plays it; pauses it while it plays. Before the page is awake it only opens.
#[component]
fn PlayLink(list: List, row: RecordingRow, name: String, plays: Memo<bool>) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), row.id);
    let label = move || {
        let name = name.clone();
        if plays.get() {
            t_string!(i18n, recordings.pause, name = name)
        } else {
            t_string!(i18n, recordings.play, name = name)
        }
    };
    let press = move |event: MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
            return;
        }
        let playing = plays.get_untracked();
        if playing || list.open.get_untracked() == Some(id) {
            event.prevent_default();
        }
        if playing {
            player.pause();
        } else {
            player.start(&player.known(id).unwrap_or_else(|| Track::of_row(&row)));
        }
    };
    view! {
        <a
            class="ib"
            data-size="s"
            href=move || query::open(id, &list.query.read())
            data-noscroll=""
            aria-label=label
            on:click=press
        >
            <Icon name=Signal::derive(move || if plays.get() { "pause" } else { "play" }) />
        </a>
    }
}

/// A flag: its shape, its colour, its name.
#[component]
pub fn FlagIcon(flag: Flag) -> impl IntoView {
    let (i18n, sprite) = (use_i18n(), asset("hark-icons"));
    view! {
        <svg class="flag" data-c=flag.name() role="img" aria-label=move || words::flag(i18n.get_locale(), flag)>
            <use href=format!("{sprite}#i-f-{}", flag.name())></use>
        </svg>
    }
}

/// That someone has evaluated it.
fn evaluated(locale: Locale) -> impl IntoView {
    view! {
        <span class="state">
            <Icon name="check" />
            <span class="vh">{td_string!(locale, recordings.evaluated)}</span>
        </span>
    }
}

fn number(locale: Locale, row: &RecordingRow) -> String {
    row.number.as_ref().map_or_else(
        || td_string!(locale, recordings.withheld).to_owned(),
        |number| number.shown.clone(),
    )
}
