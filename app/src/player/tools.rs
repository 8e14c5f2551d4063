//! What one does with a part of a recording: play it over and over, and lead somebody to it.

use std::{sync::Arc, time::Duration};

use leptos::{ev::SubmitEvent, html::Input, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{Track, browser, marks::Marks, moment, player};
use crate::{
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{self, Icon},
};

/// So long it is said that a link has been copied.
const SAID: Duration = Duration::from_secs(4);

/// The tools under a wave. All of them need the page's script.
#[component]
pub fn Tools(
    track: Arc<Track>,
    /// Whether one has come by a link: the addresses of the house lead such a one nowhere.
    #[prop(optional)]
    guest: bool,
) -> impl IntoView {
    view! {
        <div class="tools live">
            <Passage track=track.clone() />
            {(!guest).then(|| view! { <CopyLink track /> })}
        </div>
    }
}

/// What is wrong with a time in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    /// It is no time.
    NoTime,
    /// The sound is not so long.
    Late,
    /// The end does not come after the beginning.
    Order,
}

impl Wrong {
    fn words(self, locale: Locale, length: i64) -> String {
        match self {
            Self::NoTime => td_string!(locale, player.no_time).to_owned(),
            Self::Late => td_string!(locale, player.too_late, length = format::length(length)),
            Self::Order => td_string!(locale, player.wrong_order).to_owned(),
        }
    }
}

/// The marks that two fields ask for; empty ones are the ends of the sound. Else what is wrong with each.
fn asked(from: &str, to: &str, length: i64) -> Result<Marks, (Option<Wrong>, Option<Wrong>)> {
    let read = |text: &str, empty: i64| match text.trim() {
        "" => Ok(empty),
        text => match moment::parse(text) {
            None => Err(Wrong::NoTime),
            // Fields show whole seconds, and the end of the sound may be the last of them.
            Some(ms) if ms > length + 999 => Err(Wrong::Late),
            Some(ms) => Ok(ms.min(length)),
        },
    };
    match (read(from, 0), read(to, length)) {
        (Ok(from), Ok(to)) if from < to => Ok(Marks {
            from: Some(from),
            to: Some(to),
        }),
        (Ok(_), Ok(_)) => Err((None, Some(Wrong::Order))),
        (from, to) => Err((from.err(), to.err())),
    }
}

/// The marked passage: what it is, and two fields and some buttons to choose it without keys and without dragging.
#[component]
fn Passage(track: Arc<Track>) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), track.id);
    let marks = Memo::new(move |_| player.marks_of(id));
    let length = {
        let track = track.clone();
        Memo::new(move |_| player.length(&track))
    };
    let (from, to) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let wrong = RwSignal::new((None, None));
    Effect::new(move |_| {
        let Marks { from: begins, to: ends } = marks.get();
        for (field, ms) in [(from, begins), (to, ends)] {
            if let Some(field) = field.get() {
                field.set_value(&ms.map(format::length).unwrap_or_default());
            }
        }
        wrong.set((None, None));
    });
    let submit = {
        let track = track.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let text = |field: NodeRef<Input>| field.get_untracked().map(|field| field.value()).unwrap_or_default();
            match asked(&text(from), &text(to), length.get_untracked()) {
                Ok(marks) => {
                    wrong.set((None, None));
                    player.mark(id, |_| marks);
                    player.play_marked(&track);
                }
                Err(found) => {
                    wrong.set(found);
                    let first = if found.0.is_some() { from } else { to };
                    if let Some(field) = first.get_untracked()
                        && let Err(error) = field.focus()
                    {
                        leptos::logging::warn!("the focus could not be moved: {error:?}");
                    }
                }
            }
        }
    };
    let place = move || player.place(id);
    let begin = move |_| player.mark(id, |marks| marks.beginning(untrack(place)));
    let end = {
        let track = track.clone();
        move |_| player.mark_end(&track)
    };
    let remove = move |_| player.mark(id, |_| Marks::default());
    let marked = Memo::new(move |_| marks.get() != Marks::default());
    let shown = move || {
        let (from, to) = marks.get().passage()?;
        Some(format!("{}–{}", format::length(from), format::length(to)))
    };
    let said = move || {
        let (from, to) = marks.get().passage()?;
        let (from, to) = (format::length(from), format::length(to));
        Some(t_string!(i18n, player.repeats, from = from, to = to))
    };
    let words = move |wrong: Option<Wrong>| wrong.map(|wrong| wrong.words(i18n.get_locale(), length.get()));
    let from_label = Signal::derive(move || t_string!(i18n, player.passage_from));
    let to_label = Signal::derive(move || t_string!(i18n, player.passage_to));
    view! {
        <details class="passage">
            <summary class="btn" data-kind="quiet" data-size="s">
                <Icon name="loop" />
                {t!(i18n, player.passage)}
                {move || shown().map(|shown| view! { <b class="num">{shown}</b> })}
            </summary>
            <form on:submit=submit>
                <TimeField
                    id="passage-from"
                    field=from
                    label=from_label
                    wrong=Signal::derive(move || words(wrong.get().0))
                />
                <TimeField
                    id="passage-to"
                    field=to
                    label=to_label
                    wrong=Signal::derive(move || words(wrong.get().1))
                />
                <div class="line">
                    <button class="btn" data-size="s" type="button" on:click=begin>{t!(i18n, player.begin_here)}</button>
                    <button class="btn" data-size="s" type="button" on:click=end>{t!(i18n, player.end_here)}</button>
                    <button class="btn" data-kind="primary" data-size="s" type="submit">{t!(i18n, player.repeat)}</button>
                    <button
                        class="btn"
                        data-kind="quiet"
                        data-size="s"
                        type="button"
                        aria-disabled=move || (!marked.get()).then_some("true")
                        on:click=remove
                    >
                        {t!(i18n, player.passage_remove)}
                    </button>
                </div>
            </form>
        </details>
        <p class="vh" role="status">{said}</p>
    }
}

#[component]
fn TimeField(
    id: &'static str,
    field: NodeRef<Input>,
    label: Signal<&'static str>,
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let said = format!("{id}-wrong");
    let described = {
        let said = said.clone();
        move || wrong.get().map(|_| said.clone())
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=id
                node_ref=field
                type="text"
                autocomplete="off"
                placeholder="00:00"
                aria-describedby=described
                aria-invalid=move || wrong.get().map(|_| "true")
            />
            <ui::Wrong id fault=wrong />
        </div>
    }
}

/// Copies an address that opens the recording at this moment. A browser that does not let a page copy opens it instead: it
/// then stands where addresses stand.
#[component]
fn CopyLink(track: Arc<Track>) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), track.id);
    let (copied, go) = (RwSignal::new(false), use_navigate());
    let copy = move |_| {
        let path = format!("/recordings/{id}?t={}", moment::word(untrack(|| player.place(id))));
        let address = format!("{}{path}", window().location().origin().unwrap_or_default());
        let go = go.clone();
        spawn_local(async move {
            if browser::copy(&address).await {
                copied.try_set(true);
                set_timeout(
                    move || {
                        copied.try_set(false);
                    },
                    SAID,
                );
            } else {
                let stay = NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                };
                go(&path, stay);
            }
        });
    };
    let words = move || {
        if copied.get() {
            t_string!(i18n, player.link_copied)
        } else {
            t_string!(i18n, player.copy_link)
        }
    };
    let icon = Signal::derive(move || if copied.get() { "check" } else { "link" });
    view! {
        <button class="btn" data-kind="quiet" data-size="s" type="button" on:click=copy>
            <Icon name=icon />
            {words}
        </button>
        <p class="vh" role="status">{move || copied.get().then(|| t_string!(i18n, player.link_copied))}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: i64 = 24_300;

    #[test]
    fn two_fields_are_a_passage_and_empty_ones_are_the_ends() {
        let marks = |from, to| {
            Ok(Marks {
                from: Some(from),
                to: Some(to),
            })
        };
        assert_eq!(asked("0:05", "12", LENGTH), marks(5_000, 12_000));
        assert_eq!(asked("", " ", LENGTH), marks(0, LENGTH));
        assert_eq!(
            asked("0:05", "0:25", LENGTH),
            marks(5_000, LENGTH),
            "the last second is not whole"
        );
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        assert_eq!(
            asked("x", "1:30", LENGTH),
            Err((Some(Wrong::NoTime), Some(Wrong::Late)))
        );
        assert_eq!(asked("10", "10", LENGTH), Err((None, Some(Wrong::Order))));
        assert_eq!(asked("12", "5", LENGTH), Err((None, Some(Wrong::Order))));
    }
}
