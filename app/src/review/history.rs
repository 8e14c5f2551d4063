//! Historik: who listened, took along, flagged, tagged and said what, newest first (checklist 87). A page at a time; what is
//! older comes under it, and where nothing wakes in its place.

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_query_map};
use model::{
    evaluation::Tenths,
    history::{Chapter, Entry, EvaluationDeed, ShareDeed, What},
    id::{EventId, RecordingId},
    problem::Problem,
    recording::Flag,
    review::{Called, OutcomeKind},
};

use super::{api::read_history, outcome::called};
use crate::{
    error::AppError,
    evaluation::is_same,
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    recordings::flag_name,
    ui::{Fault, Icon, Loading, focus_first},
};

/// The word of an address that says from which place on it is shown.
pub const BEFORE: &str = "before";

/// The whole of it.
#[component]
pub fn History(id: RecordingId) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let before = Memo::new(move |_| query.read().get_str(BEFORE)?.parse().ok());
    let first = Resource::new(move || before.get(), move |before| read_history(id, before));
    view! {
        <Transition fallback=|| view! { <Loading rows=5 /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(first) => view! { <Chapters id first before=before.get_untracked() /> }.into_any(),
                    Err(AppError(problem)) => {
                        let retry = Callback::new(move |()| first.refetch());
                        let title = move || t_string!(i18n, review.not_fetched);
                        view! { <Fault title problem retry /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// A page, what is older under it, and the ways to more: plain links, which an awake page does not have to follow.
#[component]
fn Chapters(id: RecordingId, first: Chapter, before: Option<EventId>) -> impl IntoView {
    let i18n = use_i18n();
    let (query, path) = (use_query_map(), use_location().pathname);
    let address = move |place: Option<EventId>| {
        let mut words = query.get();
        words.remove(BEFORE);
        if let Some(place) = place {
            words.insert(BEFORE, place.to_string());
        }
        format!("{}{}", path.get(), words.to_query_string())
    };
    let chapters = RwSignal::new(vec![first]);
    let older = Memo::new(move |_| chapters.with(|all| all.last().and_then(|last| last.older)));
    let (asking, failed) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let read_on = move || {
        let Some(place) = older.get_untracked().filter(|_| !asking.get_untracked()) else {
            return;
        };
        asking.set(true);
        spawn_local(async move {
            let read = read_history(id, Some(place)).await;
            // Whoever has gone elsewhere meanwhile needs it no more.
            if asking.try_set(false).is_some() {
                return;
            }
            match read {
                Ok(chapter) => {
                    failed.set(None);
                    let at = chapters.with_untracked(Vec::len);
                    chapters.update(|all| all.push(chapter));
                    // One reads on where it goes on.
                    let began = format!("#{}", beginning(at));
                    request_animation_frame(move || focus_first(&[&began, "#history-older", ".tabs [aria-current]"]));
                }
                Err(AppError(problem)) => failed.set(Some(problem)),
            }
        });
    };
    let press = move |event: MouseEvent| {
        // With one of these keys a browser opens it elsewhere.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            read_on();
        }
    };
    let nothing = move || {
        let is_all = before.is_none() && older.get().is_none();
        is_all && chapters.with(|all| all.iter().all(|chapter| chapter.entries.is_empty()))
    };
    view! {
        {before
            .is_some()
            .then(|| {
                view! {
                    <div class="row-start">
                        <a class="btn" data-size="s" href=move || address(None) data-noscroll="">
                            {t!(i18n, review.newest)}
                        </a>
                    </div>
                }
            })}
        {move || nothing().then(|| view! { <p class="muted small">{t!(i18n, review.no_history)}</p> })}
        <ol class="history">
            {move || {
                let locale = i18n.get_locale();
                let chapter = |(at, chapter): (usize, &Chapter)| {
                    let begins = |place: usize| (at > 0 && place == 0).then(|| beginning(at));
                    let entries = chapter.entries.iter().enumerate();
                    entries.map(|(place, entry)| line(locale, entry, begins(place))).collect_view()
                };
                chapters.with(|all| all.iter().enumerate().map(chapter).collect_view())
            }}
        </ol>
        {move || {
            let problem = failed.get()?;
            let retry = Callback::new(move |()| read_on());
            Some(view! { <Fault title=move || t_string!(i18n, review.not_fetched) problem retry /> })
        }}
        {move || {
            older
                .get()
                .map(|place| {
                    view! {
                        <div class="row-start">
                            <a
                                class="btn"
                                id="history-older"
                                href=move || address(Some(place))
                                data-noscroll=""
                                aria-busy=move || asking.get().then_some("true")
                                on:click=press
                            >
                                {t!(i18n, review.older)}
                            </a>
                        </div>
                    }
                })
        }}
    }
}

/// By what the first entry of a later page is found.
fn beginning(chapter: usize) -> String {
    format!("history-{chapter}")
}

fn line(locale: Locale, entry: &Entry, begins: Option<String>) -> impl IntoView + use<> {
    let (icon, words) = said(locale, &entry.what);
    let who = if entry.who.is_empty() {
        td_string!(locale, sharing.receiver_did).to_owned()
    } else {
        entry.who.clone()
    };
    view! {
        <li tabindex=begins.as_ref().map(|_| "-1") id=begins>
            <Icon name=icon />
            <div>
                <p><b>{who}</b> " " {words}</p>
                <small class="muted"><time datetime=entry.at.rfc3339()>{when(locale, entry)}</time></small>
            </div>
        </li>
    }
}

/// When it was; of listening, also until when.
fn when(locale: Locale, entry: &Entry) -> String {
    let began = format::full(locale, &entry.at);
    match &entry.what {
        What::Listened { until, heard_ms } if *heard_ms > 0 && until.at != entry.at.at => {
            format!("{began}–{}", format::time(until))
        }
        _ => began,
    }
}

/// What happened, in words that follow a name.
fn said(locale: Locale, what: &What) -> (&'static str, String) {
    let flag = |flag: &Option<Flag>| flag_name(locale, *flag).to_lowercase();
    let text = |text: &str| {
        if text.is_empty() {
            "–".to_owned()
        } else {
            quoted(locale, text)
        }
    };
    let value = |value: &Option<Called>| {
        value
            .as_ref()
            .map_or_else(|| "–".to_owned(), |value| called(locale, value))
    };
    let at = |at: &Option<i64>| {
        at.map(|at| format!(" {}", td_string!(locale, review.at_moment, at = format::length(at))))
            .unwrap_or_default()
    };
    match what {
        // A page that is opened has the sound ready before anyone hears it.
        What::Listened { heard_ms: 0, .. } => ("eye", td_string!(locale, review.did_open).to_owned()),
        What::Listened { heard_ms, .. } => {
            let heard = format::length(*heard_ms);
            ("headphones", td_string!(locale, review.did_listen, heard = heard))
        }
        What::Downloaded => ("down", td_string!(locale, review.did_download).to_owned()),
        What::Flagged { from, to } => (
            "f-none",
            td_string!(locale, review.did_flag, from = flag(from), to = flag(to)),
        ),
        What::Tagged { from, to } => (
            "pen",
            td_string!(locale, review.did_tag, from = text(from), to = text(to)),
        ),
        What::Judged { kind, from, to } => {
            let words = match kind {
                OutcomeKind::CallResult => {
                    td_string!(locale, review.did_result, from = value(from), to = value(to))
                }
                OutcomeKind::CustomerResponse => {
                    td_string!(locale, review.did_response, from = value(from), to = value(to))
                }
            };
            ("list", words)
        }
        What::Commented { at_ms, text: words } => (
            "pen",
            td_string!(locale, review.did_comment, at = at(at_ms), text = text(words)),
        ),
        What::CommentChanged { at_ms, from, to } => {
            let words = td_string!(
                locale,
                review.did_change_comment,
                at = at(at_ms),
                from = text(from),
                to = text(to)
            );
            ("pen", words)
        }
        What::CommentRemoved { at_ms, text: words } => (
            "trash",
            td_string!(locale, review.did_remove_comment, at = at(at_ms), text = text(words)),
        ),
        What::Evaluation { form, deed, .. } => evaluated(locale, form, deed),
        What::Share { to, deed } => shared(locale, to, deed),
    }
}

/// Words of others, between the marks of the language.
fn quoted(locale: Locale, words: &str) -> String {
    td_string!(locale, review.quoted, words = words.to_owned())
}

/// What became of an evaluation.
fn evaluated(locale: Locale, form: &str, deed: &EvaluationDeed) -> (&'static str, String) {
    let percent = |percent: &Option<Tenths>| format::percent(locale, *percent);
    let form = quoted(locale, form);
    match deed {
        EvaluationDeed::Finished { percent: to, failed } => {
            let words = if *failed {
                td_string!(locale, review.did_evaluate_failed, form = form, to = percent(to))
            } else {
                td_string!(locale, review.did_evaluate, form = form, to = percent(to))
            };
            ("check", words)
        }
        EvaluationDeed::Revised { from, to, failed: true } => (
            "pen",
            td_string!(
                locale,
                review.did_revise_failed,
                form = form,
                from = percent(from),
                to = percent(to)
            ),
        ),
        EvaluationDeed::Revised { from, to, .. } if is_same(*from, *to) => (
            "pen",
            td_string!(locale, review.did_revise_same, form = form, to = percent(to)),
        ),
        EvaluationDeed::Revised { from, to, .. } => (
            "pen",
            td_string!(
                locale,
                review.did_revise,
                form = form,
                from = percent(from),
                to = percent(to)
            ),
        ),
        EvaluationDeed::Shown => ("eye", td_string!(locale, review.did_show, form = form)),
        EvaluationDeed::Acknowledged => ("check", td_string!(locale, review.did_acknowledge, form = form)),
        EvaluationDeed::Disputed { text } => (
            "alert",
            td_string!(locale, review.did_dispute, form = form, text = text.clone()),
        ),
        EvaluationDeed::Answered { text } => (
            "pen",
            td_string!(locale, review.did_answer, form = form, text = text.clone()),
        ),
        EvaluationDeed::Removed => ("trash", td_string!(locale, review.did_remove_evaluation, form = form)),
    }
}

/// What became of a link.
fn shared(locale: Locale, to: &str, deed: &ShareDeed) -> (&'static str, String) {
    let to = if to.is_empty() {
        td_string!(locale, sharing.receiver).to_owned()
    } else {
        to.to_owned()
    };
    match deed {
        ShareDeed::Sent {
            until,
            download,
            passcode,
        } => {
            let until = format::full(locale, until);
            let mut words = td_string!(locale, review.did_share, to = to, until = until);
            if *download {
                words.push_str(td_string!(locale, review.did_share_download));
            }
            if *passcode {
                words.push_str(td_string!(locale, review.did_share_passcode));
            }
            ("mail", words)
        }
        ShareDeed::Opened => ("eye", td_string!(locale, review.did_open_share).to_owned()),
        ShareDeed::Revoked => ("trash", td_string!(locale, review.did_revoke_share, to = to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_fails_a_call_is_not_told_as_the_same_result() {
        let told = |tenths, failed| {
            let both = Some(Tenths(tenths));
            let (from, to) = (both, both);
            let deed = EvaluationDeed::Revised { from, to, failed };
            evaluated(Locale::sv, "Säljsamtal", &deed).1
        };
        assert!(told(500, false).contains("samma resultat"));
        for failed in [true, false] {
            let words = told(0, failed);
            assert!(!words.contains("samma"), "it may have failed before: {words}");
            assert_eq!(words.contains("underkänt"), failed, "{words}");
        }
    }
}
