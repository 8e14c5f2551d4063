//! One question, and what is answered.

use leptos::prelude::*;
use model::evaluation::{Answer, Key, Kind, Question, Value};

use super::{
    Desk,
    guide::{Guide, end, helps},
    number::Number,
    why::More,
};
use crate::{
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Area, Icon},
};

/// A question one answers.
#[component]
pub fn Asked(
    desk: Desk,
    question: Question,
    /// Its place in the form, from 1.
    number: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let Question {
        key,
        critical,
        required,
        ..
    } = question;
    let (label, helped) = (format!("words-{key}"), format!("help-{key}"));
    let help = (!question.help.is_empty()).then(|| question.help.clone());
    let labelled = label.clone();
    let wrong = format!("wrong-{key}");
    let why = move || {
        let locale = i18n.get_locale();
        if desk.unreadable.read().contains(&key) {
            Some(td_string!(locale, evaluation.unreadable))
        } else {
            desk.missing
                .read()
                .contains(&key)
                .then(|| td_string!(locale, evaluation.missing))
        }
    };
    let guided =
        matches!(question.kind, Kind::YesNo { .. }) && !helps(i18n.get_locale_untracked(), &question).is_empty();
    let described = {
        let helped = help.is_some().then(|| helped.clone());
        let guided = guided.then(|| format!("guide-{key}"));
        let wrong = wrong.clone();
        move || {
            let wrong = why().map(|_| wrong.clone());
            let ids: Vec<String> = helped.iter().chain(&guided).cloned().chain(wrong).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let hidden = move || !desk.asked.read().contains(&key);
    let turn = move || (desk.current.get() == Some(key)).then_some("true");
    let words = question.words.clone();
    let rounds = matches!(
        question.kind,
        Kind::YesNo { .. } | Kind::Scale { .. } | Kind::Choice { .. }
    );
    let marks = view! {
        {critical.then(|| view! { <span class="badge" data-state="danger">{t!(i18n, evaluation.critical)}</span> })}
        {(!required && !critical).then(|| view! { <span class="muted small">{t!(i18n, evaluation.voluntary)}</span> })}
    };
    let (control, taken_back) = (question.clone(), question.words.clone());
    // Of a long scale one need not open the whole guide to see what was chosen.
    let folded = matches!(question.kind, Kind::Scale { .. });
    let meaning = StoredValue::new(question);
    let chosen = move || {
        let value = desk.value(key).filter(|_| folded)?;
        let said = meaning.with_value(|question| help_of(question, &value))?;
        Some(view! { <p class="muted small">{said}</p> })
    };
    view! {
        <div
            class="ask"
            id=format!("q-{key}")
            role="group"
            aria-labelledby=labelled
            aria-describedby=described
            hidden=hidden
            data-turn=turn
            data-missing=move || why().map(|_| "")
            on:focusin=move |_| desk.current.set(Some(key))
        >
            <p class="asked" id=label><span class="muted num">{number} ". "</span>{words} " " {marks}</p>
            <div class="answer"><Control desk question=control /><TakeBack desk key words=taken_back rounds /></div>
            {help.map(|help| view! { <p class="muted small helped" id=helped>{help}</p> })}
            <Guide question=meaning />
            {chosen}
            {move || {
                let wrong = wrong.clone();
                why().map(|words| view! { <p class="wrong" id=wrong><Icon name="alert" />{words}</p> })
            }}
            <More desk key />
        </div>
    }
}

/// Takes back what was chosen: a round that is filled cannot be emptied by itself.
#[component]
fn TakeBack(
    desk: Desk,
    key: Key,
    words: String,
    /// Whether it is answered by a round.
    rounds: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = StoredValue::new(words);
    move || {
        (rounds && desk.value(key).is_some()).then(|| {
            let label = move || t_string!(i18n, evaluation.take_back, question = words.get_value());
            let back = move |_| {
                desk.set(key, None);
                super::keys::go(desk, key);
            };
            view! {
                <button class="ib live" data-size="s" type="button" aria-label=label on:click=back><Icon name="x" size="s" /></button>
            }
        })
    }
}

/// What one answers with.
#[component]
fn Control(desk: Desk, question: Question) -> impl IntoView {
    let i18n = use_i18n();
    let (key, not_applicable) = (question.key, question.not_applicable);
    let name = format!("answers[{key}][value]");
    let point = format::point(i18n.get_locale_untracked());
    let radio = {
        let name = name.clone();
        move |value: Value, words: AnyView, aria: Option<String>, described: Option<String>| {
            let word = value.word(point);
            let checked = {
                let value = value.clone();
                move || desk.value(key).as_ref() == Some(&value)
            };
            view! {
                <label>
                    <input
                        type="radio"
                        name=name.clone()
                        value=word
                        checked=untrack(&checked)
                        prop:checked=checked
                        aria-label=aria
                        aria-describedby=described
                        on:change=move |_| desk.set(key, Some(value.clone()))
                    />
                    {words}
                </label>
            }
        }
    };
    let na = not_applicable.then(|| {
        let words = view! { {t!(i18n, evaluation.not_applicable)} }.into_any();
        radio(Value::NotApplicable, words, None, None)
    });
    match question.kind.clone() {
        Kind::YesNo { .. } => {
            let yes = radio(Value::YesNo(true), t!(i18n, evaluation.yes).into_any(), None, None);
            let no = radio(Value::YesNo(false), t!(i18n, evaluation.no).into_any(), None, None);
            view! { <div class="choices">{yes} {no}</div> {na.map(|na| view! { <div class="choices na">{na}</div> })} }
                .into_any()
        }
        Kind::Scale {
            steps, lowest, highest, ..
        } => {
            let aria = |step: u8| {
                let locale = i18n.get_locale_untracked();
                let words = td_string!(locale, evaluation.step_of, step = step, steps = steps);
                match end(step, steps, &lowest, &highest) {
                    Some(name) => format!("{words}, {name}"),
                    None => words,
                }
            };
            let one = |step| radio(Value::Scale(step), step.to_string().into_any(), Some(aria(step)), None);
            let scale = (1..=steps).map(one).collect_view();
            let named = [1, steps].into_iter().filter_map(|step| {
                let name = end(step, steps, &lowest, &highest)?.to_owned();
                Some(view! { <span><b class="num">{step}</b> " " {name}</span> })
            });
            let named: Vec<_> = named.collect();
            // Those who do not see it hear it with the step.
            let ends =
                (!named.is_empty()).then(|| view! { <p class="ends muted small" aria-hidden="true">{named}</p> });
            view! {
                <div class="scale"><div class="choices">{scale}</div>{ends}</div>
                {na.map(|na| view! { <div class="choices na">{na}</div> })}
            }
            .into_any()
        }
        Kind::Choice { choices } => {
            let choices = choices.into_iter().enumerate().map(|(place, choice)| {
                let helped = (!choice.help.is_empty()).then(|| format!("choice-{key}-{}", choice.key));
                let named = helped.is_some().then(|| choice.words.clone());
                let help = helped
                    .clone()
                    .map(|id| view! { <small class="muted" id=id>{choice.help}</small> });
                let words = view! { <kbd class="live">{place + 1}</kbd> <span>{choice.words} {help}</span> }.into_any();
                radio(Value::Choice(choice.key), words, named, helped)
            });
            view! {
                <div class="choices" data-lines="">{choices.collect_view()}</div>
                {na.map(|na| view! { <div class="choices na">{na}</div> })}
            }
            .into_any()
        }
        Kind::Number { unit, .. } => view! { <Number desk question unit name /> }.into_any(),
        Kind::Text => view! { <Words desk question name /> }.into_any(),
    }
}

/// That a number or words do not apply.
#[component]
pub fn NotApplicable(
    desk: Desk,
    key: Key,
    /// What was typed, where that is kept beside the answer.
    #[prop(optional)]
    typed: Option<RwSignal<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let checked = move || desk.value(key) == Some(Value::NotApplicable);
    let tick = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        if on && let Some(typed) = typed {
            typed.set(String::new());
        }
        desk.set(key, on.then_some(Value::NotApplicable));
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=format!("answers[{key}][na]")
                checked=untrack(checked)
                prop:checked=checked
                on:change=tick
            />
            {t!(i18n, evaluation.not_applicable)}
        </label>
    }
}

/// Words, which never count.
#[component]
fn Words(desk: Desk, question: Question, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let (key, question_takes_none) = (question.key, question.not_applicable);
    let words = Signal::derive(move || match desk.value(key) {
        Some(Value::Text(words)) => words,
        _ => String::new(),
    });
    let write = move |text: String| {
        let read = question.read(&text).unwrap_or_default();
        desk.edit(key, false, |answer| answer.value = read);
    };
    view! {
        <label class="vh" for=format!("a-{key}")>{t!(i18n, evaluation.your_words)}</label>
        <Area id=format!("a-{key}") name value=words most=Answer::LONGEST write=Callback::new(write) />
        {question_takes_none.then(|| view! { <NotApplicable desk key=key /> })}
    }
}

/// When one answers so, as the form says it.
pub fn help_of(question: &Question, value: &Value) -> Option<String> {
    let help = match (&question.kind, value) {
        (Kind::YesNo { yes_help, no_help, .. }, Value::YesNo(given)) => Some(if *given { yes_help } else { no_help }),
        (Kind::Scale { helps, .. }, Value::Scale(step)) => helps.get(usize::from(*step).checked_sub(1)?),
        (Kind::Choice { choices }, Value::Choice(key)) => choices
            .iter()
            .find(|choice| choice.key == *key)
            .map(|choice| &choice.help),
        _ => None,
    };
    help.filter(|help| !help.is_empty()).cloned()
}

/// An answer in words.
pub fn value_words(locale: Locale, question: &Question, value: &Value) -> String {
    match (&question.kind, value) {
        (_, Value::YesNo(true)) => td_string!(locale, evaluation.yes).to_owned(),
        (_, Value::YesNo(false)) => td_string!(locale, evaluation.no).to_owned(),
        (Kind::Scale { steps, .. }, Value::Scale(step)) => {
            td_string!(locale, evaluation.step_of, step = *step, steps = *steps)
        }
        (Kind::Choice { choices }, Value::Choice(key)) => choices
            .iter()
            .find(|choice| choice.key == *key)
            .map_or_else(|| "–".to_owned(), |choice| choice.words.clone()),
        (Kind::Number { unit, .. }, Value::Number(number)) => format!("{} {unit}", number.write(format::point(locale)))
            .trim_end()
            .to_owned(),
        (_, Value::Text(words)) => words.clone(),
        (_, Value::NotApplicable) => td_string!(locale, evaluation.not_applicable).to_owned(),
        _ => "–".to_owned(),
    }
}
