//! The form itself, as it is built: sections of questions. Without scripts it is a plain form: each button sends all of it,
//! and says what is to be done besides.

use std::time::Duration;

use leptos::{
    ev::SubmitEvent,
    prelude::*,
    server_fn::ServerFn,
    wasm_bindgen::JsCast,
    web_sys::{Element, EventTarget},
};
use model::{
    evaluation::{Form, Key, Part, Place, Section},
    forms::Turn,
};

use super::{
    api::TurnDraft,
    bar::Bar,
    desk::Desk,
    field::{Line, Lines, Takes},
    question::QuestionLine,
    words,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Icon, Wrong},
};

/// How long after one has left a field it is told what that lacks.
const SETTLED: Duration = Duration::from_millis(300);

/// The form.
#[component]
pub fn Builder(
    desk: Desk,
    /// Fetches the form anew, in the place of what is here.
    anew: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = Callback::new(move |text| {
        desk.edit(|form| form.title = text);
        true
    });
    let introduction = Callback::new(move |text| desk.edit(|form| form.introduction = text));
    let sections = Memo::new(move |_| desk.with(|form| form.sections.len()));
    let keep = move |event: SubmitEvent| {
        event.prevent_default();
        desk.save();
    };
    let leave = move |target: Option<EventTarget>| {
        let Some(field) = target.and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        // What a press leads away to is not moved from under it; and what it takes away was not left.
        let left = move || {
            if field.is_connected() {
                desk.leave_field(field.id());
            }
        };
        set_timeout(left, SETTLED);
    };
    view! {
        <form
            class="builder"
            id="builder"
            method="post"
            action=TurnDraft::url()
            enctype="multipart/form-data"
            on:submit=keep
            on:focusout=move |event| leave(event.target())
            on:change=move |event| leave(event.target())
        >
            <input type="hidden" name="id" value=desk.id.to_string() />
            <input type="hidden" name="revision" value=move || desk.revision.get() />
            // The first button is the one that the enter key presses.
            <button class="vh" name="do" value="save" tabindex="-1" aria-hidden="true"></button>
            <Faults desk />
            <Line
                id="form-title".to_owned()
                name="title"
                label=Signal::derive(move || t_string!(i18n, forms.heading).to_owned())
                value=Signal::derive(move || desk.with(|form| form.title.clone()))
                write=title
                fault=desk.fault(|_| Some(Place::Form), Part::Title)
            />
            <Lines
                id="form-introduction".to_owned()
                name="introduction"
                label=Signal::derive(move || t_string!(i18n, forms.introduction_hint).to_owned())
                value=Signal::derive(move || desk.with(|form| form.introduction.clone()))
                write=introduction
                fault=desk.fault(|_| Some(Place::Form), Part::Introduction)
            />
            <div class="sections" id="sections">
                <For each=move || 0..sections.get() key=|at| *at children=move |at| view! { <SectionPart desk at /> } />
            </div>
            <div class="row-start">
                <Do desk turn=Turn::AddSection off=Signal::derive(move || sections.get() >= Form::MOST_SECTIONS)>
                    <Icon name="plus" />
                    {t!(i18n, forms.add_section)}
                </Do>
            </div>
            <Bar desk anew />
        </form>
    }
}

/// A button that does something with a part of the form. A sign alone says in words what it does.
#[component]
pub fn Do(
    desk: Desk,
    turn: Turn,
    /// Whether there is nothing it could do.
    #[prop(default = Signal::stored(false), into)]
    off: Signal<bool>,
    /// What is said aloud of a sign that stands alone.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        desk.turn(turn);
    };
    let class = if label.is_some() { "ib" } else { "btn" };
    view! {
        <button
            class=class
            data-size="s"
            name="do"
            value=turn.to_string()
            disabled=move || off.get()
            aria-label=move || label.map(|label| label.get())
            on:click=press
        >
            {children()}
        </button>
    }
}

/// Everything that is wrong, each with a way to it.
#[component]
fn Faults(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let lines = move || {
        let locale = i18n.get_locale();
        desk.told_faults.with(|faults| {
            let said = faults.iter().map(|fault| {
                let words = desk.with(|form| words::told(locale, fault, Some(form)));
                let key = match fault.place {
                    Place::Question { key, .. } => Some(key),
                    Place::Form | Place::Section { .. } => None,
                };
                let open = move |_| {
                    if let Some(key) = key {
                        desk.open.update(|open| {
                            open.insert(key);
                        });
                    }
                };
                // Left to the browser, which moves the focus as well.
                let to = format!("#{}", id_of(fault.place, fault.part));
                view! { <li><a href=to rel="external" on:click=open>{words}</a></li> }
            });
            said.collect_view()
        })
    };
    let some = Memo::new(move |_| desk.told_faults.with(|faults| !faults.is_empty()));
    view! {
        <Show when=move || some.get()>
            <section class="faults" aria-labelledby="faults">
                <h2 id="faults">{t!(i18n, forms.faults)}</h2>
                <ul>{lines}</ul>
            </section>
        </Show>
    }
}

/// The field that a fault is in, by its id.
pub fn id_of(place: Place, part: Part) -> String {
    let name = match part {
        Part::Whole | Part::Sections => return "sections".to_owned(),
        Part::Choices if place == Place::Form => return "sections".to_owned(),
        Part::Title => "title".to_owned(),
        Part::Introduction => "introduction".to_owned(),
        Part::Questions => "add".to_owned(),
        Part::Key | Part::Words => "words".to_owned(),
        Part::Help => "help".to_owned(),
        Part::Weight => "weight".to_owned(),
        Part::Critical => "critical".to_owned(),
        Part::Condition => "when".to_owned(),
        Part::YesHelp => "yes-help".to_owned(),
        Part::NoHelp => "no-help".to_owned(),
        Part::Steps | Part::Helps => "steps".to_owned(),
        Part::StepHelp(at) => format!("step-{at}"),
        Part::Lowest => "lowest".to_owned(),
        Part::Highest => "highest".to_owned(),
        Part::Choices | Part::Bands => "lines".to_owned(),
        Part::ChoiceKey(at) | Part::ChoiceWords(at) => format!("choice-{at}"),
        Part::ChoicePoints(at) | Part::BandPoints(at) => format!("points-{at}"),
        Part::ChoiceHelp(at) => format!("choice-help-{at}"),
        Part::ChoiceFailing(at) => format!("failing-{at}"),
        Part::Unit => "unit".to_owned(),
        Part::Band(at) => format!("band-{at}"),
    };
    match place {
        Place::Form => format!("form-{name}"),
        Place::Section { section } => format!("s{section}-{name}"),
        Place::Question { key, .. } => format!("q{key}-{name}"),
    }
}

/// Whether that is the id of a field of a section.
pub fn is_of_section(id: &str) -> bool {
    let place = id.strip_prefix('s').and_then(|rest| rest.split_once('-'));
    place.is_some_and(|(at, _)| at.parse::<usize>().is_ok())
}

/// A small number as it is typed.
pub fn small(text: &str) -> Option<u8> {
    text.trim().parse().ok()
}

/// How much of a whole a part is, in percent; nothing where nothing counts.
pub fn share(part: u8, parts: impl Iterator<Item = u8>) -> Option<u32> {
    let whole: u32 = parts.map(u32::from).sum();
    (part > 0 && whole > 0).then(|| (u32::from(part) * 100 + whole / 2) / whole)
}

/// A section: its heading, what it is worth, and its questions.
#[component]
fn SectionPart(desk: Desk, at: usize) -> impl IntoView {
    let i18n = use_i18n();
    let title = Memo::new(move |_| section(desk, at, |section| section.title.clone()));
    let weight = Memo::new(move |_| section(desk, at, |section| section.weight));
    let write_title = Callback::new(move |text| {
        edit(desk, at, |section| section.title = text);
        true
    });
    let write_weight = Callback::new(move |text: String| {
        let weight = small(&text);
        if let Some(weight) = weight {
            edit(desk, at, |section| section.weight = weight);
        }
        weight.is_some()
    });
    let share = Signal::derive(move || {
        let locale = i18n.get_locale();
        if weight.get() == 0 {
            return td_string!(locale, forms.weighs_nothing).to_owned();
        }
        let weights = desk.with(|form| share(weight.get(), form.sections.iter().map(|section| section.weight)));
        let words = |percent: u32| td_string!(locale, forms.share_of_form, percent = percent);
        weights.map(words).unwrap_or_default()
    });
    let name = move || words::called(i18n.get_locale(), &title.read());
    let keys = Memo::new(move |_| {
        section(desk, at, |section| {
            section.questions.iter().map(|it| it.key).collect::<Vec<Key>>()
        })
    });
    let last = Memo::new(move |_| desk.with(|form| at + 1 >= form.sections.len()));
    let up = Signal::derive(move || t_string!(i18n, forms.up, name = name()));
    let down = Signal::derive(move || t_string!(i18n, forms.down, name = name()));
    let away = Signal::derive(move || t_string!(i18n, forms.remove, name = name()));
    let full = Signal::derive(move || desk.with(|form| form.questions().count() >= Form::MOST_QUESTIONS));
    let place = move |_: &Form| Some(Place::Section { section: at });
    let of_weight = desk.fault(place, Part::Weight);
    view! {
        <section class="section" id=format!("s{at}") aria-label=name>
            <div class="section-head">
                <Line
                    id=format!("s{at}-title")
                    name="section"
                    label=Signal::derive(move || t_string!(i18n, forms.section_numbered, number = at + 1))
                    value=title
                    write=write_title
                    fault=desk.fault(place, Part::Title)
                />
                <Line
                    id=format!("s{at}-weight")
                    name="section-weight"
                    label=Signal::derive(move || t_string!(i18n, forms.weight).to_owned())
                    value=Signal::derive(move || weight.get().to_string())
                    write=write_weight
                    fault=of_weight
                    takes=Takes::Number
                    apart=true
                    after=share
                />
                <div class="deeds">
                    <Do desk turn=Turn::MoveSection { at, up: true } off=Signal::stored(at == 0) label=up><Icon name="chev-up" /></Do>
                    <Do desk turn=Turn::MoveSection { at, up: false } off=last label=down><Icon name="chev" /></Do>
                    <Do desk turn=Turn::RemoveSection(at) label=away><Icon name="trash" /></Do>
                </div>
                <Wrong id=format!("s{at}-weight") fault=of_weight />
            </div>
            <ol class="questions">
                <For each=move || keys.get() key=|key| *key children=move |key| view! { <QuestionLine desk key /> } />
            </ol>
            <div class="row-start" id=format!("s{at}-add") tabindex="-1">
                <Do desk turn=Turn::AddQuestion(at) off=full><Icon name="plus" />{t!(i18n, forms.add_question)}</Do>
            </div>
        </section>
    }
}

fn section<T: Default>(desk: Desk, at: usize, look: impl FnOnce(&Section) -> T) -> T {
    desk.with(|form| form.sections.get(at).map(look).unwrap_or_default())
}

fn edit(desk: Desk, at: usize, change: impl FnOnce(&mut Section)) {
    desk.edit(|form| {
        if let Some(section) = form.sections.get_mut(at) {
            change(section);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_all_that_weighs_something() {
        assert_eq!(share(10, [10, 20].into_iter()), Some(33));
        assert_eq!(share(20, [10, 20].into_iter()), Some(67));
        assert_eq!(share(0, [10, 0].into_iter()), None);
        assert_eq!(share(0, std::iter::empty()), None);
    }

    #[test]
    fn every_fault_leads_to_a_field_of_its_own() {
        let question = Place::Question {
            section: 1,
            key: Key(7),
        };
        assert_eq!(id_of(question, Part::ChoiceWords(2)), "q7-choice-2");
        assert_eq!(id_of(question, Part::ChoiceHelp(2)), "q7-choice-help-2");
        assert_eq!(id_of(Place::Section { section: 3 }, Part::Questions), "s3-add");
        assert_eq!(id_of(Place::Form, Part::Title), "form-title");
        // Those of sections go by places.
        let of_section = |place, part| is_of_section(&id_of(place, part));
        assert!(of_section(Place::Section { section: 12 }, Part::Title));
        assert!(!of_section(question, Part::Steps) && !of_section(Place::Form, Part::Sections));
    }
}
