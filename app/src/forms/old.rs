//! A form as it was in one of its versions, to be read.

use leptos::prelude::*;
use model::evaluation::{Band, Form, Kind, Question, Value};

use super::words;
use crate::{
    evaluation::ranges,
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
    let answers = answers(&question);
    let Question {
        words,
        help,
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
    let answers = answers.into_iter().map(move |answer| {
        let Answer {
            words,
            points,
            fails,
            help,
        } = answer;
        let points = points.map(|points| move || td_string!(i18n.get_locale(), forms.points, points = points));
        view! {
            <li>
                <b>{move || words.get()}</b>
                {points.map(|points| view! { " " <span class="muted small num">{points}</span> })}
                {fails.then(|| view! { " " <span class="badge" data-state="danger">{t!(i18n, forms.failing)}</span> })}
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

/// What one can answer.
struct Answer {
    words: Signal<String>,
    /// None where they are said beside another.
    points: Option<u8>,
    /// Whether it makes the whole 0 %.
    fails: bool,
    help: String,
}

/// What one can answer to a question.
fn answers(question: &Question) -> Vec<Answer> {
    let i18n = use_i18n();
    let plain = |words| Answer {
        words,
        points: None,
        fails: false,
        help: String::new(),
    };
    match &question.kind {
        Kind::YesNo {
            right,
            yes_help,
            no_help,
        } => {
            let yes = Signal::derive(move || t_string!(i18n, forms.yes).to_owned());
            let no = Signal::derive(move || t_string!(i18n, forms.no).to_owned());
            let both = [(true, yes, yes_help), (false, no, no_help)];
            let one = |(said, words, help): (bool, Signal<String>, &String)| Answer {
                words,
                points: Some(u8::from(*right == said)),
                fails: question.fails(&Value::YesNo(said)),
                help: help.clone(),
            };
            both.map(one).into_iter().collect()
        }
        Kind::Scale {
            steps,
            lowest,
            highest,
            helps,
        } => (1..=*steps)
            .map(|step| {
                let named = match step {
                    1 => lowest,
                    _ if step == *steps => highest,
                    _ => "",
                };
                let words = if named.is_empty() {
                    step.to_string()
                } else {
                    format!("{step}. {named}")
                };
                Answer {
                    fails: question.fails(&Value::Scale(step)),
                    help: helps.get(usize::from(step) - 1).cloned().unwrap_or_default(),
                    ..plain(Signal::stored(words))
                }
            })
            .collect(),
        Kind::Choice { choices } => choices
            .iter()
            .map(|choice| Answer {
                words: Signal::stored(choice.words.clone()),
                points: Some(choice.points),
                fails: question.fails(&Value::Choice(choice.key)),
                help: choice.help.clone(),
            })
            .collect(),
        Kind::Number { unit, bands } => {
            let any = Signal::derive(move || t_string!(i18n, forms.a_number).to_owned());
            let unit = StoredValue::new(unit.clone());
            let of_unit = move |words: String| unit.with_value(|unit| format!("{words} {unit}").trim_end().to_owned());
            let bands = bands.iter().map(|&Band { from, to, points }| Answer {
                words: Signal::derive(move || of_unit(ranges(i18n.get_locale(), &[(from, to)]))),
                points: Some(points),
                fails: question.fails(&Value::Number(from)),
                help: String::new(),
            });
            // Outside all of them there are no points, which fails what is critical.
            let rest = (question.kind.lines() > 0).then(|| Answer {
                words: Signal::derive(move || t_string!(i18n, forms.other_numbers).to_owned()),
                points: Some(0),
                fails: question.critical && question.kind.most() > 0,
                help: String::new(),
            });
            let own = plain(Signal::derive(move || of_unit(any.get())));
            [own].into_iter().chain(bands).chain(rest).collect()
        }
        Kind::Text => vec![plain(Signal::derive(move || {
            t_string!(i18n, forms.kind_text).to_owned()
        }))],
    }
}
