//! Disputes that wait for one's answer.

use leptos::prelude::*;
use model::evaluation::ToAnswer;

use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::Fault,
};

/// Nobody, where one may not evaluate.
pub type ToAnswerResource = Resource<Result<Option<Vec<ToAnswer>>, AppError>>;

/// There only where something waits: it seldom does.
#[component]
pub fn ToAnswerCard(waiting: ToAnswerResource) -> impl IntoView {
    let i18n = use_i18n();
    let retry = Callback::new(move |()| waiting.refetch());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match waiting.await {
                    Ok(waiting) => {
                        let waiting = waiting.filter(|waiting| !waiting.is_empty());
                        waiting.map(|waiting| view! { <Card waiting /> }).into_any()
                    }
                    Err(error) => view! { <Fault title=move || t_string!(i18n, evaluation.to_answer_failed) problem=error.0 retry /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Card(waiting: Vec<ToAnswer>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = waiting.into_iter().map(|entry| view! { <Line entry /> });
    view! {
        <section class="block" aria-labelledby="to-answer">
            <header>
                <h2 id="to-answer">{t!(i18n, evaluation.to_answer)}</h2>
                <a href="/recordings?period=all&evaluated=waiting">{t!(i18n, evaluation.to_answer_all)}</a>
            </header>
            <ul class="to-read">{lines.collect_view()}</ul>
        </section>
    }
}

/// Which call, who does not agree and since when; and who has evaluated, where they can no longer answer.
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
    let which = move || {
        let locale = i18n.get_locale();
        td_string!(locale, evaluation.to_read_call, when = format::short(locale, &call))
    };
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
    view! {
        <li>
            <a href=format!("/recordings/{recording}?period=all&part=evaluate")>{which}</a>
            " "
            <span class="muted small">{said}</span>
        </li>
    }
}
