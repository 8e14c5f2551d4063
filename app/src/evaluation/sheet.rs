//! The form one fills in, with what the answers come to so far.

use leptos::prelude::*;
use model::evaluation::{Form, Section, SectionScore};

use super::{
    Desk,
    keys::{self, Hint, With},
    question::Asked,
};
use crate::{
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::Icon,
};

/// The questions, section by section. Keys answer them.
#[component]
pub fn Questions(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    keys::listen(desk);
    let form = desk.form.get_value();
    let introduction =
        (!form.introduction.is_empty()).then(|| view! { <p class="muted">{form.introduction.clone()}</p> });
    let whole: u32 = form.sections.iter().map(|section| u32::from(section.weight)).sum();
    // A rehearsal stands on a page of its own, an evaluation under the heading of a part.
    let alone = desk.recording().is_none();
    let mut number = 0;
    let sections = form.sections.into_iter().enumerate().map(|(place, section)| {
        let Section {
            title,
            weight,
            questions,
        } = section;
        let questions: Vec<_> = questions
            .into_iter()
            .map(|question| {
                number += 1;
                view! { <Asked desk question number /> }
            })
            .collect();
        let share = (whole > 0).then(|| (u32::from(weight) * 100 + whole / 2) / whole);
        let about = move || {
            let locale = i18n.get_locale();
            let weight = share.map(|share| td_string!(locale, evaluation.weight, percent = share));
            let got = desk.score.read().sections.get(place).and_then(|it| points(locale, it));
            [weight, got].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        let title = if alone {
            view! { <h2>{title}</h2> }.into_any()
        } else {
            view! { <h4>{title}</h4> }.into_any()
        };
        view! {
            <section class="asks">
                <header>{title} <span class="muted small num">{about}</span></header>
                {questions}
            </section>
        }
    });
    let sections = sections.collect_view();
    view! {
        {introduction}
        <KeyHint desk />
        {sections}
    }
}

/// What a section has got of what it could; nothing where nothing counts.
pub fn points(locale: Locale, section: &SectionScore) -> Option<String> {
    let SectionScore { points, possible, .. } = section;
    let points = points.write(format::point(locale));
    let whole = points.strip_suffix(&format!("{}0", format::point(locale)));
    let points = whole.unwrap_or(&points).to_owned();
    (*possible > 0).then(|| td_string!(locale, evaluation.points, points = points, possible = *possible))
}

/// How one answers the question whose turn it is by keys.
#[component]
fn KeyHint(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let hint = Memo::new(move |_| desk.turn().as_ref().map(Hint::of));
    let words = move || hint.get().map(|hint| keys_of(i18n.get_locale(), hint));
    view! { <p class="muted small live keyhint">{words}</p> }
}

fn keys_of(locale: Locale, hint: Hint) -> AnyView {
    let with = td_string!(locale, evaluation.answer_with);
    let answer = match hint.with {
        With::YesNo => {
            let (yes, no) = (td_string!(locale, evaluation.yes), td_string!(locale, evaluation.no));
            view! { {with} " " <kbd>"1"</kbd> " " {yes} ", " <kbd>"2"</kbd> " " {no} }.into_any()
        }
        With::Digits(last) => view! { {with} " " <kbd>"1"</kbd> "–" <kbd>{last}</kbd> }.into_any(),
        With::Number => td_string!(locale, evaluation.write_number).into_any(),
        With::Words => td_string!(locale, evaluation.write_words).into_any(),
    };
    let apart = hint.not_applicable.then(|| {
        let words = td_string!(locale, evaluation.not_applicable_short);
        view! { ", " <kbd>"N"</kbd> " " {words} }
    });
    view! { {answer} {apart} }.into_any()
}

/// What the answers come to, and how many there are.
#[component]
pub fn Total(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let percent = move || format::percent(i18n.get_locale(), desk.score.read().percent);
    let answered = move || {
        let score = desk.score.read();
        td_string!(
            i18n.get_locale(),
            evaluation.answered,
            answered = score.answered,
            questions = score.answerable
        )
    };
    let failed = move || {
        desk.score.read().is_failed().then(|| {
            view! { <span class="badge" data-state="danger"><Icon name="alert" size="s" />{t!(i18n, evaluation.failed)}</span> }
        })
    };
    view! {
        <div class="total" role="group" aria-label=move || t_string!(i18n, evaluation.score)>
            <b class="num">{percent}</b>
            {failed}
            <span class="muted small num">{answered}</span>
        </div>
    }
}

/// A form to be tried: nothing of it is kept.
#[component]
pub fn Rehearsal(form: Form) -> impl IntoView {
    let desk = Desk::rehearsal(form);
    view! {
        <div class="sheet-form">
            <Questions desk />
            <div class="scorebar"><Total desk /></div>
        </div>
    }
}
