//! A form as it was in one of its versions, to be read.

use leptos::prelude::*;
use model::evaluation::{Form, Kind, Question};

use super::words;
use crate::{
    format,
    i18n::{t, t_string, td_string, use_i18n},
};

/// All that it asked, and what each answer meant.
#[component]
pub fn OldForm(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let named = StoredValue::new(form.clone());
    let mut number = 0;
    let sections: Vec<_> = form
        .sections
        .into_iter()
        .map(|section| {
            let questions: Vec<_> = section
                .questions
                .into_iter()
                .map(|question| {
                    number += 1;
                    view! { <Asked question number form=named /> }
                })
                .collect();
            let (title, weight) = (section.title, section.weight);
            let counts = move || format!("{} {weight}", t_string!(i18n, forms.weight));
            view! {
                <section>
                    <h3>{move || words::called(i18n.get_locale(), &title)} " " <span class="muted small num">{counts}</span></h3>
                    <ol>{questions}</ol>
                </section>
            }
        })
        .collect();
    let introduction = (!form.introduction.is_empty()).then(|| view! { <p class="lead said">{form.introduction}</p> });
    view! { <div class="old-form">{introduction}{sections}</div> }
}

/// A question, with what one can answer.
#[component]
fn Asked(question: Question, number: usize, form: StoredValue<Form>) -> impl IntoView {
    let i18n = use_i18n();
    let Question {
        words,
        help,
        kind,
        not_applicable,
        critical,
        condition,
        weight,
        ..
    } = question;
    let worth = (weight > 0).then(|| {
        let points = move || td_string!(i18n.get_locale(), forms.points, points = weight);
        view! { " " <span class="muted small num">{points}</span> }
    });
    let hangs = condition.map(|condition| {
        let on = form.with_value(|form| words::number(form, condition.question));
        move || td_string!(i18n.get_locale(), forms.hangs_on, number = on)
    });
    let answers = answers(kind).into_iter().map(move |(words, points, help)| {
        let points = points.map(|points| move || td_string!(i18n.get_locale(), forms.points, points = points));
        view! {
            <li>
                <b>{move || words.get()}</b>
                {points.map(|points| view! { " " <span class="muted small num">{points}</span> })}
                {(!help.is_empty()).then(|| view! { <span class="hint said">{help}</span> })}
            </li>
        }
    });
    let apart = not_applicable.then(|| view! { <li><b>{t!(i18n, forms.does_not_apply)}</b></li> });
    view! {
        <li>
            <p>
                <span class="num muted">{number}</span>
                " "
                <b>{move || words::called(i18n.get_locale(), &words)}</b>
                {critical.then(|| view! { " " <span class="badge" data-state="danger">{t!(i18n, forms.critical)}</span> })}
                {worth}
            </p>
            {hangs.map(|hangs| view! { <p class="muted small">{hangs}</p> })}
            {(!help.is_empty()).then(|| view! { <p class="hint said">{help}</p> })}
            <ul>{answers.collect_view()}{apart}</ul>
        </li>
    }
}

/// Words, points and help of each answer.
fn answers(kind: Kind) -> Vec<(Signal<String>, Option<u8>, String)> {
    let i18n = use_i18n();
    let said = |words: String| Signal::stored(words);
    match kind {
        Kind::YesNo {
            right,
            yes_help,
            no_help,
        } => vec![
            (
                Signal::derive(move || t_string!(i18n, forms.yes).to_owned()),
                Some(u8::from(right)),
                yes_help,
            ),
            (
                Signal::derive(move || t_string!(i18n, forms.no).to_owned()),
                Some(u8::from(!right)),
                no_help,
            ),
        ],
        Kind::Scale {
            steps,
            lowest,
            highest,
            helps,
        } => (1..=steps)
            .map(|step| {
                let named = match step {
                    1 => &lowest,
                    _ if step == steps => &highest,
                    _ => "",
                };
                let words = if named.is_empty() {
                    step.to_string()
                } else {
                    format!("{step}. {named}")
                };
                let help = helps.get(usize::from(step) - 1).cloned().unwrap_or_default();
                (said(words), None, help)
            })
            .collect(),
        Kind::Choice { choices } => choices
            .into_iter()
            .map(|choice| (said(choice.words), Some(choice.points), choice.help))
            .collect(),
        Kind::Number { unit, bands } => {
            let of = move |number: model::evaluation::Decimal| number.write(format::point(i18n.get_locale()));
            let any = Signal::derive(move || t_string!(i18n, forms.a_number).to_owned());
            let own = {
                let unit = unit.clone();
                Signal::derive(move || format!("{} {unit}", any.get()).trim_end().to_owned())
            };
            let bands = bands.into_iter().map(|band| {
                let unit = unit.clone();
                let words = move || {
                    format!("{}–{} {unit}", of(band.from), of(band.to))
                        .trim_end()
                        .to_owned()
                };
                (Signal::derive(words), Some(band.points), String::new())
            });
            [(own, None, String::new())].into_iter().chain(bands).collect()
        }
        Kind::Text => vec![(
            Signal::derive(move || t_string!(i18n, forms.kind_text).to_owned()),
            None,
            String::new(),
        )],
    }
}
