//! Disputes that wait for one's answer.

use leptos::prelude::*;
use model::evaluation::ToAnswer;

use super::waiting::{Call, Card};
use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::Fetched,
};

/// None where one may not evaluate.
pub type ToAnswerResource = Resource<Result<Option<Vec<ToAnswer>>, AppError>>;

/// There only where something waits: it seldom does.
#[component]
pub fn ToAnswerCard(waiting: ToAnswerResource) -> impl IntoView {
    let show = |waiting: Option<Vec<ToAnswer>>| {
        let waiting = waiting.filter(|waiting| !waiting.is_empty());
        waiting.map(|waiting| view! { <Disputes waiting /> }).into_any()
    };
    view! {
        <Fetched
            from=waiting
            not=|l| td_string!(l, evaluation.to_answer_failed)
            rows=0
            show
        />
    }
}

#[component]
fn Disputes(waiting: Vec<ToAnswer>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = waiting.into_iter().map(|entry| view! { <Line entry /> });
    let all = view! { <a href="/recordings?period=all&evaluated=waiting">{t!(i18n, evaluation.to_answer_all)}</a> };
    view! {
        <Card id="to-answer" heading=Signal::derive(move || t_string!(i18n, evaluation.to_answer)) beside=all.into_any()>
            <ul class="to-read">{lines.collect_view()}</ul>
        </Card>
    }
}

/// Who does not agree and since when; and who has evaluated, where they can no longer answer.
#[component]
fn Line(entry: ToAnswer) -> impl IntoView {
    let i18n = use_i18n();
    let ToAnswer {
        recording,
        who,
        call,
        at,
        evaluator,
    } = entry;
    let said = move || {
        let (locale, who) = (i18n.get_locale(), who.clone());
        let when = format::short(locale, &at);
        match evaluator.clone() {
            None => td_string!(locale, evaluation.to_answer_by, who = who, when = when),
            Some(evaluator) => td_string!(
                locale,
                evaluation.to_answer_of,
                who = who,
                when = when,
                evaluator = evaluator
            ),
        }
    };
    view! { <Call recording call said=Signal::derive(said) /> }
}
