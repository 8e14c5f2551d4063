//! Historik: who listened, took along, flagged, tagged and said what, newest first (checklist 87).

use leptos::prelude::*;
use model::{
    evaluation::Tenths,
    history::{Entry, EvaluationDeed, ShareDeed, What},
    id::RecordingId,
    recording::Flag,
    review::{Called, OutcomeKind},
};

use super::{api::read_history, outcome::called};
use crate::{
    error::AppError,
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    recordings::flag_name,
    ui::{Fault, Icon, Loading},
};

/// The whole of it.
#[component]
pub fn History(id: RecordingId) -> impl IntoView {
    let i18n = use_i18n();
    let entries = Resource::new(|| (), move |()| read_history(id));
    view! {
        <Transition fallback=|| view! { <Loading rows=5 /> }>
            {move || Suspend::new(async move {
                match entries.await {
                    Ok(entries) if entries.is_empty() => {
                        view! { <p class="muted small">{t!(i18n, review.no_history)}</p> }.into_any()
                    }
                    Ok(entries) => {
                        let locale = i18n.get_locale();
                        let lines = entries.iter().map(|entry| line(locale, entry)).collect_view();
                        view! { <ol class="history">{lines}</ol> }.into_any()
                    }
                    Err(AppError(problem)) => {
                        let retry = Callback::new(move |()| entries.refetch());
                        let title = move || t_string!(i18n, review.not_fetched);
                        view! { <Fault title problem retry /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn line(locale: Locale, entry: &Entry) -> impl IntoView + use<> {
    let (icon, words) = said(locale, &entry.what);
    let who = if entry.who.is_empty() {
        td_string!(locale, sharing.receiver_did).to_owned()
    } else {
        entry.who.clone()
    };
    view! {
        <li>
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
            format!("”{text}”")
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

/// What became of an evaluation.
fn evaluated(locale: Locale, form: &str, deed: &EvaluationDeed) -> (&'static str, String) {
    let percent = |percent: &Option<Tenths>| format::percent(locale, *percent);
    let form = format!("”{form}”");
    match deed {
        EvaluationDeed::Finished { percent: to, failed } => {
            let words = if *failed {
                td_string!(locale, review.did_evaluate_failed, form = form, to = percent(to))
            } else {
                td_string!(locale, review.did_evaluate, form = form, to = percent(to))
            };
            ("check", words)
        }
        EvaluationDeed::Revised { from, to } => (
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
