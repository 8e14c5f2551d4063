//! What one can answer, and what each answer means and is worth.

use leptos::prelude::*;
use model::{
    evaluation::{Key, Kind, Part},
    forms::{KindName, Turn},
};

use super::{
    builder::small,
    desk::Desk,
    field::{Line, Lines, OneOf},
    lines::{Choices, Number},
};
use crate::i18n::{t_string, use_i18n};

/// The fields of a question that is answered so.
#[component]
pub fn Answers(desk: Desk, key: Key, kind: KindName) -> impl IntoView {
    match kind {
        KindName::YesNo => view! { <YesNo desk key /> }.into_any(),
        KindName::Scale => view! { <Scale desk key /> }.into_any(),
        KindName::Choice => view! { <Choices desk key /> }.into_any(),
        KindName::Number => view! { <Number desk key /> }.into_any(),
        KindName::Text => ().into_any(),
    }
}

/// Changes how a question is answered.
pub fn edit(desk: Desk, key: Key, change: impl FnOnce(&mut Kind)) {
    desk.edit_question(key, |question| change(&mut question.kind));
}

/// Yes and no, by the words that a form sends.
pub fn yes_and_no(locale: crate::i18n::Locale) -> Vec<(String, String)> {
    use crate::i18n::td_string;
    vec![
        ("yes".to_owned(), td_string!(locale, forms.yes).to_owned()),
        ("no".to_owned(), td_string!(locale, forms.no).to_owned()),
    ]
}

#[component]
fn YesNo(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let read = move |look: fn(&Kind) -> String| Signal::derive(move || desk.of(key, |question| look(&question.kind)));
    let right = read(|kind| match kind {
        Kind::YesNo { right: false, .. } => "no".to_owned(),
        _ => "yes".to_owned(),
    });
    let yes_help = read(|kind| match kind {
        Kind::YesNo { yes_help, .. } => yes_help.clone(),
        _ => String::new(),
    });
    let no_help = read(|kind| match kind {
        Kind::YesNo { no_help, .. } => no_help.clone(),
        _ => String::new(),
    });
    let choose = Callback::new(move |word: String| {
        edit(desk, key, |kind| {
            if let Kind::YesNo { right, .. } = kind {
                *right = word == "yes";
            }
        });
    });
    let write_yes = Callback::new(move |text| {
        edit(desk, key, |kind| {
            if let Kind::YesNo { yes_help, .. } = kind {
                *yes_help = text;
            }
        });
    });
    let write_no = Callback::new(move |text| {
        edit(desk, key, |kind| {
            if let Kind::YesNo { no_help, .. } = kind {
                *no_help = text;
            }
        });
    });
    view! {
        <OneOf
            id=format!("q{key}-right")
            name="right"
            label=Signal::derive(move || t_string!(i18n, forms.right).to_owned())
            options=Signal::derive(move || yes_and_no(i18n.get_locale()))
            value=right
            write=choose
        />
        <div class="grid2">
            <Lines
                id=format!("q{key}-yes-help")
                name="yes-help"
                label=Signal::derive(move || t_string!(i18n, forms.yes_help).to_owned())
                value=yes_help
                write=write_yes
                fault=desk.fault_of(key, Part::YesHelp)
            />
            <Lines
                id=format!("q{key}-no-help")
                name="no-help"
                label=Signal::derive(move || t_string!(i18n, forms.no_help).to_owned())
                value=no_help
                write=write_no
                fault=desk.fault_of(key, Part::NoHelp)
            />
        </div>
    }
}

#[component]
fn Scale(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let steps = Memo::new(move |_| {
        desk.of(key, |question| match question.kind {
            Kind::Scale { steps, .. } => steps,
            _ => 0,
        })
    });
    let sizes = Signal::stored(
        Kind::STEPS
            .map(|size| (size.to_string(), size.to_string()))
            .collect::<Vec<_>>(),
    );
    let choose = Callback::new(move |size: String| {
        if let Some(size) = small(&size) {
            desk.turn(Turn::SetSteps(key, size));
        }
    });
    let ends = [
        (
            "lowest",
            Part::Lowest,
            Signal::derive(move || t_string!(i18n, forms.lowest).to_owned()),
        ),
        (
            "highest",
            Part::Highest,
            Signal::derive(move || t_string!(i18n, forms.highest).to_owned()),
        ),
    ];
    let ends = ends.map(|(name, part, label)| {
        let value =
            Signal::derive(move || desk.of(key, |question| end(&question.kind, part).cloned().unwrap_or_default()));
        let write = Callback::new(move |text| {
            edit(desk, key, |kind| {
                if let Kind::Scale { lowest, highest, .. } = kind {
                    *(if part == Part::Lowest { lowest } else { highest }) = text;
                }
            });
            true
        });
        view! { <Line id=format!("q{key}-{name}") name label value write fault=desk.fault_of(key, part) /> }
    });
    let step = move |at: usize| {
        let value = Signal::derive(move || {
            desk.of(key, |question| match &question.kind {
                Kind::Scale { helps, .. } => helps.get(at).cloned().unwrap_or_default(),
                _ => String::new(),
            })
        });
        let write = Callback::new(move |text| {
            edit(desk, key, |kind| {
                if let Kind::Scale { helps, .. } = kind {
                    helps.resize(helps.len().max(at + 1), String::new());
                    if let Some(help) = helps.get_mut(at) {
                        *help = text;
                    }
                }
            });
        });
        let label = Signal::derive(move || t_string!(i18n, forms.step_help, number = at + 1));
        let fault = desk.fault_of(key, Part::StepHelp(at));
        view! { <Lines id=format!("q{key}-step-{at}") name="step-help" label value write fault /> }
    };
    view! {
        <input type="hidden" name="had-steps" value=move || steps.get().to_string() />
        <div class="line-of">
            <OneOf
                id=format!("q{key}-steps")
                name="steps"
                label=Signal::derive(move || t_string!(i18n, forms.steps).to_owned())
                options=sizes
                value=Signal::derive(move || steps.get().to_string())
                write=choose
                fault=desk.fault_of(key, Part::Steps)
            />
            {ends.collect_view()}
        </div>
        <div class="grid2">
            <For each=move || 0..usize::from(steps.get()) key=|at| *at children=step />
        </div>
    }
}

/// What an end of a scale is called.
const fn end(kind: &Kind, part: Part) -> Option<&String> {
    match (kind, part) {
        (Kind::Scale { lowest, .. }, Part::Lowest) => Some(lowest),
        (Kind::Scale { highest, .. }, _) => Some(highest),
        _ => None,
    }
}
