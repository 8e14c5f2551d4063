//! Evaluations that one has begun.

use leptos::prelude::*;
use model::evaluation::ToFinish;

use super::waiting::{Call, Card};
use crate::{
    error::AppError,
    format,
    i18n::{t_string, td_string, use_i18n},
    ui::Fetched,
};

/// None where one may not evaluate.
pub type ToFinishResource = Resource<Result<Option<Vec<ToFinish>>, AppError>>;

/// There only where something is begun.
#[component]
pub fn ToFinishCard(begun: ToFinishResource) -> impl IntoView {
    let show = |begun: Option<Vec<ToFinish>>| {
        let begun = begun.filter(|begun| !begun.is_empty());
        begun.map(|begun| view! { <Begun begun /> }).into_any()
    };
    view! {
        <Fetched
            from=begun
            not=|l| td_string!(l, evaluation.to_finish_failed)
            rows=0
            show
        />
    }
}

#[component]
fn Begun(begun: Vec<ToFinish>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = begun.into_iter().map(|entry| view! { <Line entry /> });
    view! {
        <Card id="to-finish" heading=Signal::derive(move || t_string!(i18n, evaluation.to_finish))>
            <ul class="to-read">{lines.collect_view()}</ul>
        </Card>
    }
}

/// Whose call it is, and when one wrote of it last.
#[component]
fn Line(entry: ToFinish) -> impl IntoView {
    let i18n = use_i18n();
    let ToFinish {
        recording,
        person,
        call,
        at,
    } = entry;
    let said = move || {
        let locale = i18n.get_locale();
        let when = format::short(locale, &at);
        if let Some(who) = person.clone() {
            td_string!(locale, evaluation.to_finish_of, who = who, when = when)
        } else {
            td_string!(locale, evaluation.to_finish_at, when = when)
        }
    };
    view! { <Call recording call said=Signal::derive(said) /> }
}
