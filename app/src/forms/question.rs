//! A question of a form that is being built: one calm line until it is opened.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::Element};
use model::{
    evaluation::{Fault, Key, Kind, Part, Place, Question},
    forms::{KindName, Turn},
};

use super::{
    answers::Answers,
    builder::{Do, share, small},
    condition::ConditionFields,
    desk::Desk,
    field::{Line, Lines, OneOf, Takes, Tick},
    words,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Icon, Wrong},
};

#[component]
pub fn QuestionLine(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let words = Memo::new(move |_| desk.of(key, |question| question.words.clone()));
    let name = move || words::called(i18n.get_locale(), &words.read());
    let is_here = move |faults: &Vec<Fault>| {
        let mut places = faults.iter().map(|fault| fault.place);
        places.any(|place| matches!(place, Place::Question { key: of, .. } if of == key))
    };
    let faulty = Memo::new(move |_| desk.told_faults.with(is_here));
    // What is wrong when one comes is in sight.
    let open = desk.open.with_untracked(|open| open.contains(&key)) || desk.faults.with_untracked(is_here);
    if open {
        desk.open.update_untracked(|open| {
            open.insert(key);
        });
    }
    let toggle = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_open = details.is_some_and(|details| details.has_attribute("open"));
        desk.open.update(|open| {
            if is_open {
                open.insert(key);
            } else {
                open.remove(&key);
            }
        });
    };
    let flags = Memo::new(move |_| {
        desk.of(key, |question| {
            (question.critical, question.required, question.condition.is_some())
        })
    });
    let marks = move || {
        let locale = i18n.get_locale();
        let (critical, required, condition) = flags.get();
        let said = [
            (critical, "danger", td_string!(locale, forms.critical)),
            (!required, "", td_string!(locale, forms.optional)),
            (condition, "", td_string!(locale, forms.conditional)),
            (faulty.get(), "warn", td_string!(locale, forms.faulty)),
        ];
        let shown = said.into_iter().filter(|(is, ..)| *is);
        shown
            .map(|(_, state, words)| view! { <span class="badge" data-state=state>{words}</span> })
            .collect_view()
    };
    let number = Memo::new(move |_| desk.with(|form| words::number(form, key)));
    let kind = Memo::new(move |_| desk.with(|form| form.question(key).map(|question| KindName::of(&question.kind))));
    let weight = Memo::new(move |_| desk.of(key, |question| question.weight));
    let first = Signal::derive(move || {
        desk.with(|form| {
            form.sections
                .first()
                .and_then(|it| it.questions.first())
                .is_some_and(|it| it.key == key)
        })
    });
    let last = Signal::derive(move || {
        desk.with(|form| {
            form.sections
                .last()
                .and_then(|it| it.questions.last())
                .is_some_and(|it| it.key == key)
        })
    });
    let up = Signal::derive(move || t_string!(i18n, forms.up, name = name()));
    let down = Signal::derive(move || t_string!(i18n, forms.down, name = name()));
    let away = Signal::derive(move || t_string!(i18n, forms.remove, name = name()));
    view! {
        <li class="question" id=format!("q{key}")>
            <input type="hidden" name="question" value=key.to_string() />
            <details open=open prop:open=move || desk.open.read().contains(&key) on:toggle=toggle>
                <summary>
                    <span class="num muted">{move || number.get()}</span>
                    <b>{name}</b>
                    <span class="marks">{marks}</span>
                    <span class="muted small">{move || kind.get().map(|kind| words::kind_name(i18n.get_locale(), kind))}</span>
                    <span class="muted small num">{move || (weight.get() > 0).then(|| t_string!(i18n, forms.points, points = weight.get()))}</span>
                </summary>
                <Fields desk key kind weight />
            </details>
            <div class="deeds">
                <Do desk turn=Turn::MoveQuestion { key, up: true } off=first label=up><Icon name="chev-up" /></Do>
                <Do desk turn=Turn::MoveQuestion { key, up: false } off=last label=down><Icon name="chev" /></Do>
                <Do desk turn=Turn::RemoveQuestion(key) label=away><Icon name="trash" /></Do>
            </div>
        </li>
    }
}

/// All that can be said of a question.
#[component]
fn Fields(desk: Desk, key: Key, kind: Memo<Option<KindName>>, weight: Memo<u8>) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = Signal::derive(move || {
        let one = |kind: KindName| {
            (
                kind.name().to_owned(),
                words::kind_name(i18n.get_locale(), kind).to_owned(),
            )
        };
        KindName::ALL.map(one).to_vec()
    });
    let write_words = Callback::new(move |text| {
        desk.edit_question(key, |question| question.words = text);
        true
    });
    let write_help = Callback::new(move |text| desk.edit_question(key, |question| question.help = text));
    let write_weight = Callback::new(move |text: String| {
        let weight = small(&text);
        if let Some(weight) = weight {
            desk.edit_question(key, |question| question.weight = weight);
        }
        weight.is_some()
    });
    let choose = Callback::new(move |name: String| {
        if let Some(kind) = KindName::named(&name) {
            desk.turn(Turn::ChangeKind(key, kind));
        }
    });
    let share = Signal::derive(move || {
        let locale = i18n.get_locale();
        if weight.get() == 0 {
            let has_points = desk.of(key, |question| question.kind.most() > 0);
            let words = has_points.then(|| td_string!(locale, forms.weighs_nothing).to_owned());
            return words.unwrap_or_default();
        }
        let share = desk.with(|form| {
            let mut sections = form.sections.iter();
            let section = sections.find(|section| section.questions.iter().any(|it| it.key == key))?;
            share(weight.get(), section.questions.iter().map(|question| question.weight))
        });
        let words = |percent: u32| td_string!(locale, forms.share_of_section, percent = percent);
        share.map(words).unwrap_or_default()
    });
    let kind_word = move || kind.get().map_or("", KindName::name);
    let of_weight = desk.fault_of(key, Part::Weight);
    view! {
        <div class="fields">
            <Line
                id=format!("q{key}-words")
                name="words"
                label=Signal::derive(move || t_string!(i18n, forms.words).to_owned())
                value=Signal::derive(move || desk.of(key, |question| question.words.clone()))
                write=write_words
                fault=desk.fault_of(key, Part::Words)
            />
            <Lines
                id=format!("q{key}-help")
                name="help"
                label=Signal::derive(move || t_string!(i18n, forms.help).to_owned())
                value=Signal::derive(move || desk.of(key, |question| question.help.clone()))
                write=write_help
                fault=desk.fault_of(key, Part::Help)
            />
            <div class="line-of">
                <input type="hidden" name="was" value=kind_word />
                <OneOf
                    id=format!("q{key}-kind")
                    name="kind"
                    label=Signal::derive(move || t_string!(i18n, forms.kind).to_owned())
                    options=kinds
                    value=Signal::derive(move || kind_word().to_owned())
                    write=choose
                />
                <Line
                    id=format!("q{key}-weight")
                    name="weight"
                    label=Signal::derive(move || t_string!(i18n, forms.weight).to_owned())
                    value=Signal::derive(move || weight.get().to_string())
                    write=write_weight
                    fault=of_weight
                    takes=Takes::Number
                    apart=true
                    after=share
                />
                <Wrong id=format!("q{key}-weight") fault=of_weight />
            </div>
            <Flags desk key />
            {move || kind.get().map(|kind| view! { <Answers desk key kind /> })}
            <ConditionFields desk key />
            // Where nothing wakes, what is chosen above shows its fields so.
            <div class="row-start asleep">
                <button class="btn" data-size="s" name="do" value=format!("at {key}")>{t!(i18n, forms.show_fields)}</button>
            </div>
        </div>
    }
}

/// What may be and what must.
#[component]
fn Flags(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let flag = move |flag: Flag| {
        let Flag {
            name,
            word,
            part,
            get,
            set,
        } = flag;
        view! {
            <Tick
                id=format!("q{key}-{name}")
                name
                label=Signal::derive(move || word(i18n.get_locale()).to_owned())
                value=Signal::derive(move || desk.of(key, get))
                write=Callback::new(move |on| desk.edit_question(key, |question| set(question, on)))
                fault=part.map_or_else(|| Signal::stored(None), |part| desk.fault_of(key, part))
            />
        }
    };
    view! { <div class="flags">{FLAGS.map(flag).collect_view()}</div> }
}

/// What a question is or is not.
#[derive(Clone, Copy)]
struct Flag {
    name: &'static str,
    word: fn(Locale) -> &'static str,
    /// Where something can be wrong with it.
    part: Option<Part>,
    get: fn(&Question) -> bool,
    set: fn(&mut Question, bool),
}

const FLAGS: [Flag; 3] = [
    Flag {
        name: "required",
        word: |l| td_string!(l, forms.required),
        part: None,
        get: |question| question.required,
        set: |question, on| question.required = on,
    },
    Flag {
        name: "not-applicable",
        word: |l| td_string!(l, forms.not_applicable),
        part: None,
        get: |question| question.not_applicable,
        set: |question, on| question.not_applicable = on,
    },
    Flag {
        name: "critical",
        word: |l| td_string!(l, forms.critical_long),
        part: Some(Part::Critical),
        get: |question| question.critical,
        set: |question, on| {
            question.critical = on;
            // Where nothing is critical nothing fails.
            if let Kind::Choice { choices } = &mut question.kind
                && !on
            {
                for choice in choices {
                    choice.failing = false;
                }
            }
        },
    },
];
