//! One call, one row: who, when, with whom, and hearing it.

use leptos::{ev::MouseEvent, prelude::*};
use model::{
    columns::Columns,
    id::RecordingId,
    list::Column,
    recording::{Flag, RecordingRow},
};

use super::{page::List, query, table::class, words};
use crate::{
    format,
    i18n::{Locale, t_string, td_string, use_i18n},
    player::{Track, player},
    ui::{Icon, asset},
};

/// A row of the list.
#[component]
pub fn Row(
    list: List,
    row: RecordingRow,
    columns: Columns,
    /// Whether it is one side of a conversation, shown where that is opened.
    #[prop(optional)]
    side: bool,
) -> impl IntoView {
    let locale = use_i18n().get_locale_untracked();
    let id = row.id;
    let person = words::person(&row);
    let name = format!("{person} {}", format::time(&row.start));
    let cells = cells(list, &row, columns, view! { {person} }.into_any());
    let plays = plays(vec![id]);
    view! {
        <tr
            role="row"
            data-id=id.to_string()
            data-side=side.then_some("")
            aria-current=move || (list.open.get() == Some(id)).then_some("true")
            data-picked=move || list.selected.has(id).then_some("")
            data-playing=move || plays.get().then_some("")
        >
            <td role="cell" class="pick"><Pick list ids=vec![id] name=name.clone() /></td>
            {cells}
            <td role="cell" class="play"><PlayLink list row name=name.clone() plays /></td>
            <td role="cell" class="get"><Get locale id name /></td>
        </tr>
    }
}

/// A conversation between two people of the company: one row, which opens into the recordings of both.
#[component]
pub fn Both(list: List, both: Box<(RecordingRow, RecordingRow)>, columns: Columns) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let (ringing, rung) = *both;
    let ids = vec![ringing.id, rung.id];
    let (first, second) = (ringing.id, rung.id);
    let time = format::time(&ringing.start);
    let name = format!("{}, {} {time}", words::person(&ringing), words::person(&rung));
    let names = view! {
        {words::person(&ringing)}
        " "
        <Icon name="internal" />
        <span class="vh">{words::verb(locale, ringing.direction)}</span>
        " "
        {words::person(&rung)}
    };
    let cells = cells(list, &ringing, columns.clone(), names.into_any());
    let plays = plays(ids.clone());
    let picked = move || (list.selected.has(first) && list.selected.has(second)).then_some("");
    let label = {
        let name = name.clone();
        move || t_string!(i18n, list.open_both, name = name.clone())
    };
    // Opened by a tick, so that it opens before the page is awake.
    view! {
        <tr
            role="row"
            class="both"
            data-id=first.to_string()
            data-ids=format!("{first} {second}")
            aria-current=move || (list.open.get() == Some(first)).then_some("true")
            data-picked=picked
            data-playing=move || plays.get().then_some("")
        >
            <td role="cell" class="pick">
                <Pick list ids name=name.clone() />
                <label class="unfold"><input type="checkbox" aria-label=label /><Icon name="chev" /></label>
            </td>
            {cells}
            <td role="cell" class="play"><PlayLink list row=ringing.clone() name plays /></td>
            <td role="cell" class="get"></td>
        </tr>
        <Row list row=ringing columns=columns.clone() side=true />
        <Row list row=rung columns side=true />
    }
}

/// What stands in the columns.
fn cells(list: List, row: &RecordingRow, columns: Columns, person: AnyView) -> Vec<AnyView> {
    let locale = use_i18n().get_locale_untracked();
    let id = row.id;
    let mut person = Some(person);
    columns
        .into_iter()
        .map(|wide| {
            let class = class(wide.column);
            match wide.column {
                Column::Direction => {
                    let (icon, direction) = words::direction(locale, row.direction);
                    view! {
                        <td role="cell" class=class title=direction>
                            <Icon name=icon />
                            <span class="word">{direction}</span>
                        </td>
                    }
                    .into_any()
                }
                Column::Date => view! { <td role="cell" class=class>{format::day(locale, &row.start)}</td> }.into_any(),
                Column::Time => view! {
                    <td role="cell" class=class><time datetime=row.start.rfc3339()>{format::time(&row.start)}</time></td>
                }
                .into_any(),
                Column::Extension => view! { <td role="cell" class=class>{row.extension.clone()}</td> }.into_any(),
                Column::User => view! {
                    <td role="cell" class=class>
                        <a href=move || query::open(id, &list.query.read()) data-noscroll="">{person.take()}</a>
                    </td>
                }
                .into_any(),
                Column::Number => view! {
                    <td role="cell" class=class title=row.other_name.clone()>{number(locale, row)}</td>
                }
                .into_any(),
                Column::DirectNumber => view! {
                    <td role="cell" class=class>{row.number_rung.as_ref().map(|number| number.shown.clone())}</td>
                }
                .into_any(),
                Column::Channel => view! { <td role="cell" class=class></td> }.into_any(),
                Column::Length => view! { <td role="cell" class=class>{format::length(row.call_ms)}</td> }.into_any(),
                Column::Tag => view! { <td role="cell" class=class title=row.tag.clone()>{row.tag.clone()}</td> }.into_any(),
                Column::Flag => view! {
                    <td role="cell" class=class>{row.flag.map(|flag| view! { <FlagIcon flag /> })}</td>
                }
                .into_any(),
                Column::Evaluation => view! {
                    <td role="cell" class=class>{row.evaluated.then(|| evaluated(locale))}</td>
                }
                .into_any(),
            }
        })
        .collect()
}

/// Whether one of these plays.
fn plays(ids: Vec<RecordingId>) -> Memo<bool> {
    let player = player();
    Memo::new(move |_| ids.iter().any(|id| player.plays(*id)))
}

/// Chooses the row; with Shift everything from the one chosen before.
#[component]
fn Pick(list: List, ids: Vec<RecordingId>, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let selected = list.selected;
    let chosen = {
        let ids = ids.clone();
        Memo::new(move |_| ids.iter().all(|id| selected.has(*id)))
    };
    let label = move || t_string!(i18n, list.pick, name = name.clone());
    let value = ids.first().map(ToString::to_string);
    let press = move |event: MouseEvent| {
        if event.shift_key()
            && let Some(last) = ids.last()
        {
            selected.reach(*last);
        } else {
            selected.toggle(&ids);
        }
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                name="id"
                value=value
                aria-label=label
                prop:checked=move || chosen.get()
                on:click=press
            />
        </label>
    }
}

/// The sound as a file.
#[component]
fn Get(locale: Locale, id: RecordingId, name: String) -> impl IntoView {
    view! {
        <a
            class="ib"
            data-size="s"
            href=format!("/media/{id}/download")
            download=""
            aria-label=td_string!(locale, recordings.download, name = name)
        >
            <Icon name="down" />
        </a>
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
