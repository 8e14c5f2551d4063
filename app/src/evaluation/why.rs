//! Why one answers so, and where in the sound it can be heard.

use leptos::{ev::MouseEvent, prelude::*};
use model::evaluation::{Answer, Answers, Key};

use super::Desk;
use crate::{
    format,
    i18n::{t, t_string, use_i18n},
    player::player,
    ui::{Area, Icon, write_next},
};

/// Why, and where it can be heard.
#[component]
pub fn More(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let remark = Signal::derive(move || desk.answer(key).remark);
    let open = untrack(|| !remark.read().is_empty());
    let write = move |text: String| desk.edit(key, false, |answer| answer.remark = text.replace("\r\n", "\n"));
    let places = Memo::new(move |_| desk.answer(key).evidence_ms);
    let joined = move || {
        let places = places.get();
        places.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    };
    let id = desk.recording();
    let here = id.map(|id| {
        let player = player();
        let pin = move |_| {
            let at = untrack(|| player.place(id)).max(0).unsigned_abs();
            desk.edit(key, true, |answer| {
                if !answer.evidence_ms.contains(&at) && answer.evidence_ms.len() < Answers::MOST_EVIDENCE {
                    answer.evidence_ms.push(at);
                    answer.evidence_ms.sort_unstable();
                }
            });
        };
        view! {
            <button class="btn live" data-kind="quiet" data-size="s" type="button" on:click=pin>
                <Icon name="plus" />
                {t!(i18n, evaluation.evidence_at)}
                " "
                <span class="num">{move || format::length(player.place(id))}</span>
            </button>
        }
    });
    let list = move || {
        places
            .get()
            .into_iter()
            .map(|at| {
                let away = move |_| desk.edit(key, true, |answer| answer.evidence_ms.retain(|other| *other != at));
                let words = format::length(i64::try_from(at).unwrap_or(i64::MAX));
                view! {
                    <span class="place">
                        <Moment desk at_ms=at />
                        <button
                            class="ib live"
                            data-size="s"
                            type="button"
                            aria-label=move || t_string!(i18n, evaluation.remove_evidence, at = words.clone())
                            on:click=away
                        >
                            <Icon name="x" size="s" />
                        </button>
                    </span>
                }
            })
            .collect_view()
    };
    view! {
        <div class="why">
            {list}
            <input type="hidden" name=format!("answers[{key}][evidence]") value=joined />
            {here}
            <details open=open>
                <summary class="btn" data-kind="quiet" data-size="s" on:click=move |_| write_next(format!("r-{key}"))>
                    <Icon name="pen" />
                    {t!(i18n, evaluation.remark)}
                </summary>
                <label class="vh" for=format!("r-{key}")>{t!(i18n, evaluation.remark)}</label>
                <Area
                    id=format!("r-{key}")
                    name=format!("answers[{key}][remark]")
                    value=remark
                    rows=2
                    most=Answer::LONGEST
                    write=Callback::new(write)
                />
            </details>
        </div>
    }
}

/// A place in the sound, which leads there.
#[component]
pub fn Moment(desk: Desk, at_ms: u64) -> impl IntoView {
    let i18n = use_i18n();
    let player = player();
    let at = i64::try_from(at_ms).unwrap_or(i64::MAX);
    let words = format::length(at);
    desk.recording().map(|id| {
        let go = move |event: MouseEvent| {
            if let Some(track) = player.known(id) {
                event.prevent_default();
                player.seek(&track, at);
            }
        };
        view! {
            <a
                class="num"
                href=format!("/recordings/{id}?t={}&part=evaluate", at / 1_000)
                data-noscroll=""
                aria-label=move || t_string!(i18n, review.to_moment, at = words.clone())
                on:click=go
            >
                {format::length(at)}
            </a>
        }
    })
}
