//! When a question is shown: always, or where an earlier one has certain answers.

use leptos::prelude::*;
use model::{
    evaluation::{Condition, Key, Kind, Part, When},
    forms::{KindName, Turn},
};

use super::{
    answers::yes_and_no,
    builder::small,
    desk::Desk,
    field::{Line, OneOf, Takes, Tick},
    words,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    ui::Icon,
};

#[component]
pub fn ConditionFields(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let on = Memo::new(move |_| desk.of(key, |question| question.condition.as_ref().map(|it| it.question)));
    // As long as nobody sees them they need not follow what is typed elsewhere.
    let options = Memo::new(move |before: Option<&Vec<(String, String)>>| {
        let is_open = desk.open.read().contains(&key);
        if let Some(before) = before.filter(|_| !is_open) {
            return before.clone();
        }
        let locale = i18n.get_locale();
        let mut options = vec![(String::new(), td_string!(locale, forms.always).to_owned())];
        desk.with(|form| {
            let (chosen, mut before) = (on.get(), true);
            for (at, question) in form.questions().enumerate() {
                before &= question.key != key;
                // What was chosen is shown also where it can no longer be: it is told what is wrong with it.
                let fits = before && KindName::of(&question.kind).can_be_waited_for();
                if fits || chosen == Some(question.key) {
                    let words = format!("{}. {}", at + 1, words::called(locale, &question.words));
                    options.push((question.key.to_string(), words));
                }
            }
            if let Some(gone) = chosen.filter(|chosen| form.question(*chosen).is_none()) {
                options.push((gone.to_string(), td_string!(locale, forms.gone).to_owned()));
            }
        });
        options
    });
    let choose = Callback::new(move |word: String| {
        desk.turn(Turn::HangOn(key, word.parse().ok()));
    });
    let fault = desk.fault_of(key, Part::Condition);
    let kind = Memo::new(move |_| {
        let kind = |on| desk.with(|form| form.question(on).map(|question| KindName::of(&question.kind)));
        on.get().map(kind)
    });
    let answers = move || match kind.get()?? {
        KindName::YesNo => Some(view! { <WhenYes desk key /> }.into_any()),
        KindName::Scale => Some(view! { <WhenStep desk key /> }.into_any()),
        KindName::Choice => Some(view! { <WhenChosen desk key /> }.into_any()),
        KindName::Number | KindName::Text => None,
    };
    let hung = move || {
        on.get()
            .map(|on| view! { <input type="hidden" name="hung-on" value=on.to_string() /> })
    };
    view! {
        <fieldset class="lines" id=format!("q{key}-when") tabindex="-1">
            <legend class="label">{t!(i18n, forms.condition)}</legend>
            {hung}
            <div class="line-of">
                <OneOf
                    id=format!("q{key}-condition")
                    name="condition"
                    label=Signal::derive(move || t_string!(i18n, forms.shown).to_owned())
                    options
                    value=Signal::derive(move || on.get().map(|on| on.to_string()).unwrap_or_default())
                    write=choose
                />
                {answers}
            </div>
            {move || fault.get().map(|words| view! { <span class="wrong"><Icon name="alert" />{words}</span> })}
        </fieldset>
    }
}

/// What it waits for.
fn when(desk: Desk, key: Key) -> Option<When> {
    desk.of(key, |question| {
        question.condition.as_ref().map(|condition| condition.when.clone())
    })
}

fn set(desk: Desk, key: Key, into: impl FnOnce(&When) -> When) {
    desk.edit_question(key, |question| {
        if let Some(Condition { when, .. }) = &mut question.condition {
            *when = into(when);
        }
    });
}

#[component]
fn WhenYes(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let value = Signal::derive(move || match when(desk, key) {
        Some(When::YesNo(true)) => "yes".to_owned(),
        Some(When::YesNo(false)) => "no".to_owned(),
        _ => String::new(),
    });
    let options = Signal::derive(move || {
        let locale = i18n.get_locale();
        let nothing = (String::new(), td_string!(locale, forms.choose).to_owned());
        [nothing].into_iter().chain(yes_and_no(locale)).collect::<Vec<_>>()
    });
    let write = Callback::new(move |word: String| match &*word {
        "yes" | "no" => set(desk, key, |_| When::YesNo(word == "yes")),
        _ => {}
    });
    view! {
        <OneOf
            id=format!("q{key}-when-yes")
            name="when-yes"
            label=Signal::derive(move || t_string!(i18n, forms.is_answered).to_owned())
            options
            value
            write
        />
    }
}

#[component]
fn WhenStep(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let ends = Memo::new(move |_| match when(desk, key) {
        Some(When::Scale { from, to }) => Some((from, to)),
        _ => None,
    });
    let value = move |pick: fn((u8, u8)) -> u8| {
        Signal::derive(move || ends.get().map(|ends| pick(ends).to_string()).unwrap_or_default())
    };
    let write = move |change: fn((u8, u8), u8) -> (u8, u8)| {
        Callback::new(move |text: String| {
            let step = small(&text);
            if let Some(step) = step {
                set(desk, key, |when| {
                    let now = match when {
                        When::Scale { from, to } => (*from, *to),
                        _ => (step, step),
                    };
                    let (from, to) = change(now, step);
                    When::Scale { from, to }
                });
            }
            step.is_some()
        })
    };
    view! {
        <Line
            id=format!("q{key}-when-from")
            name="when-from"
            label=Signal::derive(move || t_string!(i18n, forms.from_step).to_owned())
            value=value(|(from, _)| from)
            write=write(|(_, to), from| (from, to))
            takes=Takes::Number
        />
        <Line
            id=format!("q{key}-when-to")
            name="when-to"
            label=Signal::derive(move || t_string!(i18n, forms.to_step).to_owned())
            value=value(|(_, to)| to)
            write=write(|(from, _), to| (from, to))
            takes=Takes::Number
        />
    }
}

#[component]
fn WhenChosen(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    // What can be chosen there, by key and words.
    let choices = Memo::new(move |_| {
        let on = desk.of(key, |question| question.condition.as_ref().map(|it| it.question));
        let choices = on.and_then(|on| {
            desk.with(|form| match &form.question(on)?.kind {
                Kind::Choice { choices } => {
                    Some(choices.iter().map(|it| (it.key, it.words.clone())).collect::<Vec<_>>())
                }
                _ => None,
            })
        });
        choices.unwrap_or_default()
    });
    let one = move |(choice, words): (Key, String)| {
        let value =
            Signal::derive(move || matches!(when(desk, key), Some(When::Choice(wanted)) if wanted.contains(&choice)));
        let write = Callback::new(move |on: bool| {
            set(desk, key, |when| {
                let mut wanted = match when {
                    When::Choice(wanted) => wanted.clone(),
                    _ => std::collections::BTreeSet::new(),
                };
                if on {
                    wanted.insert(choice);
                } else {
                    wanted.remove(&choice);
                }
                When::Choice(wanted)
            });
        });
        let label = Signal::derive(move || words::called(i18n.get_locale(), &words));
        view! { <Tick id=format!("q{key}-when-{choice}") name="when-choice" said=choice.to_string() label value write /> }
    };
    view! {
        <div class="flags">
            <span class="small muted">{t!(i18n, forms.is_answered)}</span>
            {move || choices.get().into_iter().map(one).collect_view()}
        </div>
    }
}
