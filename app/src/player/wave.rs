//! The wave on a recording's page: who speaks when, where one is, and a closer look.

use std::{sync::Arc, time::Duration};

use leptos::{html::Div, prelude::*, task::spawn_local};
use model::{id::RecordingId, sound::Overview};

use super::{
    Track, bars, browser,
    drawing::{self, Drawing},
    labels::labels,
    map::{Map, has_map},
    marks::Marks,
    pins::Pin,
    place::Place,
    player,
    ruler::ticks,
    tiles::{self, Key, Tiles},
    zoom::Window,
};
use crate::{
    format,
    i18n::{t_string, use_i18n},
    ui::Icon,
};

/// So long a stretch must have been looked at before its peaks are asked for.
const CALM: Duration = Duration::from_millis(120);

/// The wave of a recording.
#[component]
pub fn Wave(track: Arc<Track>) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    let (id, wave) = (track.id, NodeRef::<Div>::new());
    let place = Memo::new(move |_| player.place(id));
    let window = RwSignal::new(Window::whole(track.audio_ms));
    let zoomed = Memo::new(move |_| !window.get().is_whole());
    let fit = drawing::fitting(wave);
    let tiles = fetch_tiles(id, window, fit);
    let lanes = {
        let track = track.clone();
        Memo::new(move |_| {
            let Some(whole) = &track.overview else { return vec![] };
            let (window, bars) = (window.get(), fit.get());
            tiles.with(|tiles| bars::closer(whole, tiles, track.sides, window, bars))
        })
    };
    drawing::follow(wave, window.into(), place);
    Effect::new(move |before: Option<i64>| {
        let (now, seen) = (place.get(), window.get_untracked());
        let next = seen.following(before.unwrap_or(now), now);
        if next != seen {
            window.set(next);
        }
        now
    });
    let label = Signal::derive(move || t_string!(i18n, player.place).to_owned());
    let mapped = Memo::new(move |_| has_map(window.get()));
    let map = {
        let whole = track.overview.as_ref();
        let lanes = whole.map(|whole| bars::lanes(whole, track.sides, 0.0..1.0, bars::FIRST));
        let lanes = StoredValue::new(lanes.unwrap_or_default());
        move || mapped.get().then(|| view! { <Map lanes=lanes.get_value() window /> })
    };
    let marks = Memo::new(move |_| player.marks_of(id));
    let go = {
        let track = track.clone();
        Callback::new(move |at| player.seek(&track, at))
    };
    view! {
        <div class="wave" node_ref=wave data-bars=drawing::data_bars(fit) data-zoomed=move || zoomed.get().then_some("") data-mapped=move || mapped.get().then_some("")>
            <div class="wave-labels">
                {labels(&track, i18n.get_locale_untracked())} <span class="end live">
                    <Zoom window place />
                </span>
            </div>
            <Drawing name="detail" lanes bars=fit />
            <svg class="wave-pins" aria-hidden="true">{move || pinned(&player.pins_of(id), window.get(), go)}</svg>
            <svg class="wave-marks" aria-hidden="true">{move || marked(marks.get(), window.get())}</svg>
            <Place track window=window.into() place label />
            <svg class="wave-ruler" aria-hidden="true">
                {move || ruler(window.get())}
            </svg>
            {map}
        </div>
    }
}

/// The moments that are spoken of: each leads to itself. Who uses a keyboard has them in the list of comments.
fn pinned(pins: &[Pin], window: Window, go: Callback<i64>) -> impl IntoView + use<> {
    let seen = pins.iter().filter(|pin| (window.from..=window.to).contains(&pin.at_ms));
    let draw = |pin: &Pin| {
        let (x, at) = (format!("{:.3}%", window.place(pin.at_ms) * 100.0), pin.at_ms);
        view! {
            <g on:click=move |_| go.run(at)>
                <line x1=x.clone() x2=x.clone() y1="0" y2="100%"></line>
                <circle cx=x.clone() cy="9" r="9"></circle>
                <text x=x y="13">{pin.number}</text>
            </g>
        }
    };
    seen.map(draw).collect_view()
}

/// The marks, and the passage between them.
fn marked(marks: Marks, window: Window) -> impl IntoView {
    let percent = move |ms: i64| format!("{:.3}%", window.place(ms) * 100.0);
    let sees = move |ms: &i64| (window.from..=window.to).contains(ms);
    let lines = [marks.from, marks.to].into_iter().flatten().filter(sees).map(|ms| {
        let x = percent(ms);
        view! { <line x1=x.clone() x2=x y1="0" y2="100%"></line> }
    });
    let passage = marks.passage().map(|(from, to)| {
        let wide = format!("{:.3}%", (window.place(to) - window.place(from)) * 100.0);
        view! { <rect x=percent(from) width=wide y="0" height="100%"></rect> }
    });
    (passage, lines.collect_view())
}

/// A closer look, and back.
#[component]
fn Zoom(window: RwSignal<Window>, place: Memo<i64>) -> impl IntoView {
    let i18n = use_i18n();
    let out = move || t_string!(i18n, player.zoom_out);
    let closer = move || t_string!(i18n, player.zoom_in);
    view! {
        <ZoomButton window place icon="zoom-out" label=Signal::derive(out) to=Window::widened />
        <ZoomButton window place icon="zoom-in" label=Signal::derive(closer) to=Window::narrowed />
    }
}

/// One step. At its end the button stays where it is and keeps the focus: who zooms with the keyboard goes back from there.
#[component]
fn ZoomButton(
    window: RwSignal<Window>,
    place: Memo<i64>,
    icon: &'static str,
    label: Signal<&'static str>,
    /// What the step makes of a stretch, around a moment.
    to: fn(Window, i64) -> Window,
) -> impl IntoView {
    // Around which moment makes no difference to that.
    let ended = move || to(window.get(), 0) == window.get();
    let step = move |_| {
        let (seen, next) = (
            window.get_untracked(),
            to(window.get_untracked(), place.get_untracked()),
        );
        if next != seen {
            window.set(next);
        }
    };
    view! {
        <button
            class="ib"
            data-size="s"
            type="button"
            aria-label=label
            aria-disabled=move || ended().then_some("true")
            on:click=step
        >
            <Icon name=icon />
        </button>
    }
}

/// The time scale.
fn ruler(window: Window) -> impl IntoView {
    let ticks = ticks(window.from, window.to);
    let lines = ticks.iter().map(|tick| {
        let x = format!("{}%", tick.percent);
        view! { <line x1=x.clone() x2=x y1="0" y2="4"></line> }
    });
    let words = ticks
        .iter()
        .map(|tick| view! { <text x=format!("{}%", tick.percent) y="16">{format::length(tick.ms)}</text> });
    (lines.collect_view(), words.collect_view())
}

/// Fetches the tiles in sight that are not here, once they have been looked at for a moment. Until they are here the overview
/// serves. What is on its way is not asked for twice.
fn fetch_tiles(id: RecordingId, window: RwSignal<Window>, bars: ReadSignal<u16>) -> RwSignal<Tiles> {
    let (tiles, on_the_way) = (RwSignal::new(Tiles::default()), StoredValue::new(Vec::<Key>::new()));
    Effect::new(move |_| {
        let (seen, bars) = (window.get(), bars.get());
        let fetch = move || {
            let Some(missing) = tiles.try_maybe_update(|tiles| (false, tiles.see(&tiles::in_sight(seen, bars)))) else {
                return;
            };
            for key in missing {
                if on_the_way.with_value(|keys| keys.contains(&key)) {
                    continue;
                }
                on_the_way.update_value(|keys| keys.push(key));
                spawn_local(async move {
                    let peaks = browser::bytes(&key.address(id, seen.total)).await;
                    on_the_way.try_update_value(|keys| keys.retain(|other| *other != key));
                    if let Some(peaks) = peaks.and_then(|bytes| Overview::from_bytes(&bytes).ok()) {
                        tiles.try_update(|tiles| tiles.put(key, peaks));
                    }
                });
            }
        };
        if let Ok(timer) = set_timeout_with_handle(fetch, CALM) {
            on_cleanup(move || timer.clear());
        }
    });
    tiles
}
