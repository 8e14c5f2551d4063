//! The wave on a recording's page: who speaks when, where one is, and a closer look.

use std::{sync::Arc, time::Duration};

use leptos::{
    ev::Event,
    html::{Div, Input},
    prelude::*,
    task::spawn_local,
};
use model::{id::RecordingId, sound::Overview};

use super::{
    Track,
    bars::{self, Who, speakers},
    browser,
    drawing::{self, Drawing, view_box},
    place::{Place, milliseconds, seconds},
    player,
    ruler::ticks,
    zoom::Window,
};
use crate::{
    format,
    i18n::{Locale, t_string, td_string, use_i18n},
    ui::Icon,
};

/// So long a stretch must have been looked at before its peaks are asked for.
const CALM: Duration = Duration::from_millis(120);
/// Buckets asked for: as many as the widest drawing has bars.
const CLOSE: u16 = 400;

/// The wave of a recording.
#[component]
pub fn Wave(track: Arc<Track>) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    let (id, wave) = (track.id, NodeRef::<Div>::new());
    let place = Memo::new(move |_| player.place(id));
    let window = RwSignal::new(Window::whole(track.audio_ms));
    let zoomed = Memo::new(move |_| !window.get().is_whole());
    let fit = drawing::fitting(wave);
    let close = close_peaks(id, window);
    let lanes = {
        let track = track.clone();
        Memo::new(move |_| {
            let Some(whole) = &track.overview else { return vec![] };
            let (window, bars) = (window.get(), fit.get());
            close.with(|close| match close {
                Some((seen, peaks)) if *seen == window => bars::lanes(peaks, track.sides, 0.0..1.0, bars),
                _ => bars::lanes(whole, track.sides, window.part(), bars),
            })
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
    let map = {
        let track = track.clone();
        move || zoomed.get().then(|| view! { <Map track=track.clone() window /> })
    };
    view! {
        <div class="wave" node_ref=wave data-bars=drawing::data_bars(fit) data-zoomed=move || zoomed.get().then_some("")>
            <div class="wave-labels">
                {labels(&track, i18n.get_locale_untracked())} <span class="end live">
                    <Zoom window place />
                </span>
            </div>
            <Drawing name="detail" lanes bars=fit />
            <Place track window=window.into() place label />
            <svg class="wave-ruler" aria-hidden="true">
                {move || ruler(window.get())}
            </svg>
            {map}
        </div>
    }
}

/// Who is who, in words beside the colours.
fn labels(track: &Track, locale: Locale) -> Vec<AnyView> {
    let channels = track.overview.as_ref().map_or(1, Overview::channels);
    let label = |(who, _): &(Who, u8)| {
        let words = match who {
            Who::Agent => view! { <b>{track.person.clone()}</b> }.into_any(),
            Who::Customer => view! { <b>{track.other_words(locale)}</b> }.into_any(),
            Who::Both => view! {
                <b>{td_string!(locale, player.both)}</b>
                " "
                {td_string!(locale, player.in_one)}
            }
            .into_any(),
        };
        view! { <span><i class="sw" data-who=who.name()></i>{words}</span> }.into_any()
    };
    speakers(track.sides, channels).iter().map(label).collect()
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

/// The whole sound in a strip, with the stretch that is in view.
#[component]
fn Map(track: Arc<Track>, window: RwSignal<Window>) -> impl IntoView {
    let (i18n, range) = (use_i18n(), NodeRef::<Input>::new());
    let lanes = track
        .overview
        .as_ref()
        .map(|whole| bars::lanes(whole, track.sides, 0.0..1.0, bars::FIRST))
        .unwrap_or_default();
    Effect::new(move |_| {
        let (Some(range), window) = (range.get(), window.get()) else {
            return;
        };
        range.set_max(&seconds(window.total - window.len()));
        range.set_value(&seconds(window.from));
    });
    let words = move || {
        let Window { from, to, .. } = window.get();
        t_string!(
            i18n,
            player.from_to,
            from = format::length(from),
            to = format::length(to)
        )
    };
    let scroll = move |event: Event| {
        if let Some(from) = milliseconds(&event_target_value(&event)) {
            window.update(|window| *window = window.moved(from));
        }
    };
    view! {
        <div class="wave-map">
            <svg class="wave-svg" viewBox=view_box(bars::FIRST) preserveAspectRatio="none" aria-hidden="true">
                {lanes.into_iter().map(drawing::lane).collect_view()}
            </svg>
            <input
                class="wave-scroll"
                node_ref=range
                type="range"
                min="0"
                step="0.1"
                aria-label=move || t_string!(i18n, player.in_view)
                aria-valuetext=words
                on:input=scroll
            />
        </div>
    }
}

/// The peaks of the stretch in view, once it has been looked at for a moment. Until they are here, the overview serves.
fn close_peaks(id: RecordingId, window: RwSignal<Window>) -> RwSignal<Option<(Window, Overview)>> {
    let close = RwSignal::new(None);
    Effect::new(move |_| {
        let asked = window.get();
        if asked.is_whole() {
            close.set(None);
            return;
        }
        let fetch = move || {
            spawn_local(async move {
                let address = format!("/media/{id}/peaks?from={}&to={}&n={CLOSE}", asked.from, asked.to);
                let peaks = browser::bytes(&address)
                    .await
                    .and_then(|bytes| Overview::from_bytes(&bytes).ok());
                if let Some(peaks) = peaks
                    && window.try_get_untracked() == Some(asked)
                {
                    close.set(Some((asked, peaks)));
                }
            });
        };
        if let Ok(timer) = set_timeout_with_handle(fetch, CALM) {
            on_cleanup(move || timer.clear());
        }
    });
    close
}
