//! Evaluations of one's own calls that wait to be read.

use leptos::prelude::*;
use model::evaluation::ToRead;

use super::waiting::{Call, Card};
use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::Fetched,
};

/// None where one is nobody who can be judged.
pub type ToReadResource = Resource<Result<Option<Vec<ToRead>>, AppError>>;

#[component]
pub fn ToReadCard(waiting: ToReadResource) -> impl IntoView {
    let show = |waiting: Option<Vec<ToRead>>| waiting.map(|waiting| view! { <Judgements waiting /> }).into_any();
    view! { <Fetched from=waiting not=|l| td_string!(l, evaluation.to_read_failed) rows=0 show /> }
}

#[component]
fn Judgements(waiting: Vec<ToRead>) -> impl IntoView {
    let i18n = use_i18n();
    let inside = if waiting.is_empty() {
        view! { <p class="muted">{t!(i18n, evaluation.to_read_none)}</p> }.into_any()
    } else {
        let lines = waiting.into_iter().map(|entry| view! { <Line entry /> });
        view! { <ul class="to-read">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <Card id="to-read" heading=Signal::derive(move || t_string!(i18n, evaluation.to_read))>{inside}</Card>
    }
}

/// Who has judged it, and when.
#[component]
fn Line(entry: ToRead) -> impl IntoView {
    let i18n = use_i18n();
    let ToRead {
        recording,
        evaluator,
        call,
        done,
    } = entry;
    let by = move || {
        let locale = i18n.get_locale();
        let when = format::short(locale, &done);
        td_string!(locale, evaluation.to_read_by, who = evaluator.clone(), when = when)
    };
    view! { <Call recording call said=Signal::derive(by) /> }
}
