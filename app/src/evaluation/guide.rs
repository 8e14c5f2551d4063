//! What the answers to a question mean, to be read before one gives one.

use leptos::prelude::*;
use model::evaluation::{Kind, Question};

use crate::i18n::{Locale, t, td_string, use_i18n};

/// What each answer means, to be read before one gives it. What a choice means stands beside the choice.
#[component]
pub fn Guide(question: StoredValue<Question>) -> impl IntoView {
    let i18n = use_i18n();
    let (key, scale) = question.with_value(|question| (question.key, matches!(question.kind, Kind::Scale { .. })));
    let lines = Memo::new(move |_| question.with_value(|question| helps(i18n.get_locale(), question)));
    let list = move || {
        let line = |(words, help): (String, String)| view! { <div><dt>{words}</dt><dd>{help}</dd></div> };
        view! { <dl class="guide muted small" id=format!("guide-{key}")>{lines.get().into_iter().map(line).collect_view()}</dl> }
    };
    let some = !lines.read_untracked().is_empty();
    some.then(|| {
        if scale {
            view! {
                <details class="guided">
                    <summary class="btn" data-kind="quiet" data-size="s">{t!(i18n, evaluation.how_to_judge)}</summary>
                    {list}
                </details>
            }
            .into_any()
        } else {
            list.into_any()
        }
    })
}

/// The answers that stand in a row and are explained: what one answers, and when.
pub fn helps(locale: Locale, question: &Question) -> Vec<(String, String)> {
    let all: Vec<(String, &String)> = match &question.kind {
        Kind::YesNo { yes_help, no_help, .. } => vec![
            (td_string!(locale, evaluation.yes).to_owned(), yes_help),
            (td_string!(locale, evaluation.no).to_owned(), no_help),
        ],
        Kind::Scale {
            steps,
            lowest,
            highest,
            helps,
        } => {
            let named = (1..=*steps).map(|step| match end(step, *steps, lowest, highest) {
                Some(name) => format!("{step}, {name}"),
                None => step.to_string(),
            });
            named.zip(helps).collect()
        }
        Kind::Choice { .. } | Kind::Number { .. } | Kind::Text => vec![],
    };
    all.into_iter()
        .filter(|(_, help)| !help.is_empty())
        .map(|(words, help)| (words, help.clone()))
        .collect()
}

/// What an end of a scale is called; none where it has no name, or the step is no end.
pub fn end<'a>(step: u8, steps: u8, lowest: &'a str, highest: &'a str) -> Option<&'a str> {
    let name = match step {
        1 => lowest,
        step if step == steps => highest,
        _ => "",
    };
    (!name.is_empty()).then_some(name)
}
