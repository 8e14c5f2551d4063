//! The answers that stand in a list: choices, and ranges of numbers.

use leptos::prelude::*;
use model::{
    evaluation::{Band, Choice, Decimal, Form, Key, Kind, Part},
    forms::Turn,
};

use super::{
    answers::edit,
    builder::{Do, small},
    desk::Desk,
    field::{Line, Lines, Takes, Tick},
};
use crate::{
    evaluation::ranges,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Icon, Wrong},
};

/// The choices of a question.
#[component]
pub fn Choices(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let many = Memo::new(move |_| {
        desk.of(key, |question| match &question.kind {
            Kind::Choice { choices } => choices.len(),
            _ => 0,
        })
    });
    let full = full(desk, many);
    view! {
        <fieldset class="lines" id=format!("q{key}-lines") tabindex="-1">
            <legend class="label">{t!(i18n, forms.choices)}</legend>
            <Several desk key part=Part::Choices />
            <For each=move || 0..many.get() key=|at| *at children=move |at| view! { <ChoiceLine desk key at many /> } />
            <div class="row-start"><Do desk turn=Turn::AddLine(key) off=full><Icon name="plus" />{t!(i18n, forms.add_choice)}</Do></div>
        </fieldset>
    }
}

/// Whether there is no room for one more.
fn full(desk: Desk, many: Memo<usize>) -> Signal<bool> {
    Signal::derive(move || many.get() >= Kind::MOST_CHOICES || desk.with(|form| form.lines() >= Form::MOST_LINES))
}

/// What is wrong with a list as a whole.
#[component]
fn Several(desk: Desk, key: Key, part: Part) -> impl IntoView {
    let fault = desk.fault_of(key, part);
    move || {
        fault
            .get()
            .map(|words| view! { <span class="wrong"><Icon name="alert" />{words}</span> })
    }
}

fn choice<T: Default>(desk: Desk, key: Key, at: usize, look: impl FnOnce(&Choice) -> T) -> T {
    desk.of(key, |question| match &question.kind {
        Kind::Choice { choices } => choices.get(at).map(look).unwrap_or_default(),
        _ => T::default(),
    })
}

fn edit_choice(desk: Desk, key: Key, at: usize, change: impl FnOnce(&mut Choice)) {
    edit(desk, key, |kind| {
        if let Kind::Choice { choices } = kind
            && let Some(choice) = choices.get_mut(at)
        {
            change(choice);
        }
    });
}

#[component]
fn ChoiceLine(desk: Desk, key: Key, at: usize, many: Memo<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let number = at + 1;
    let own = move || choice(desk, key, at, |choice| choice.key).to_string();
    let write_words = Callback::new(move |text| {
        edit_choice(desk, key, at, |choice| choice.words = text);
        true
    });
    let write_points = Callback::new(move |text: String| {
        let points = small(&text);
        if let Some(points) = points {
            edit_choice(desk, key, at, |choice| choice.points = points);
        }
        points.is_some()
    });
    let write_help = Callback::new(move |text| edit_choice(desk, key, at, |choice| choice.help = text));
    let write_failing = Callback::new(move |on| edit_choice(desk, key, at, |choice| choice.failing = on));
    let failing = Memo::new(move |_| choice(desk, key, at, |choice| choice.failing));
    // What was set before its question was no longer critical can be taken away.
    let off = Signal::derive(move || !failing.get() && !desk.of(key, |question| question.critical));
    let fails = Signal::derive(move || {
        let word = if off.get() {
            t_string!(i18n, forms.failing_off)
        } else {
            t_string!(i18n, forms.failing)
        };
        word.to_owned()
    });
    // Two of the same words are told beside the words.
    let words = desk.fault_of(key, Part::ChoiceWords(at));
    let twice = desk.fault_of(key, Part::ChoiceKey(at));
    let of_points = desk.fault_of(key, Part::ChoicePoints(at));
    view! {
        <div class="line-of">
            <input type="hidden" name="choice" value=own />
            <Line
                id=format!("q{key}-choice-{at}")
                name="choice-words"
                label=Signal::derive(move || t_string!(i18n, forms.choice_numbered, number = number))
                value=Signal::derive(move || choice(desk, key, at, |choice| choice.words.clone()))
                write=write_words
                fault=Signal::derive(move || words.get().or_else(|| twice.get()))
            />
            <Line
                id=format!("q{key}-points-{at}")
                name="choice-points"
                label=Signal::derive(move || t_string!(i18n, forms.points_of).to_owned())
                value=Signal::derive(move || choice(desk, key, at, |choice| choice.points).to_string())
                write=write_points
                fault=of_points
                takes=Takes::Number
                apart=true
            />
            <Tick
                id=format!("q{key}-failing-{at}")
                name="choice-failing"
                label=fails
                value=failing
                write=write_failing
                fault=desk.fault_of(key, Part::ChoiceFailing(at))
                off
            />
            <LineDeeds desk key at many />
            <Wrong id=format!("q{key}-points-{at}") fault=of_points />
            <Lines
                id=format!("q{key}-choice-help-{at}")
                name="choice-help"
                label=Signal::derive(move || t_string!(i18n, forms.choice_help, number = number))
                value=Signal::derive(move || choice(desk, key, at, |choice| choice.help.clone()))
                write=write_help
                fault=desk.fault_of(key, Part::ChoiceHelp(at))
            />
        </div>
    }
}

/// Up, down and away, for a choice or a band.
#[component]
fn LineDeeds(desk: Desk, key: Key, at: usize, many: Memo<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let number = at + 1;
    let last = Signal::derive(move || at + 1 >= many.get());
    let (up, down) = (
        Turn::MoveLine {
            question: key,
            at,
            up: true,
        },
        Turn::MoveLine {
            question: key,
            at,
            up: false,
        },
    );
    view! {
        <div class="deeds">
            <Do desk turn=up off=Signal::stored(at == 0) label=Signal::derive(move || t_string!(i18n, forms.line_up, number = number))>
                <Icon name="chev-up" />
            </Do>
            <Do desk turn=down off=last label=Signal::derive(move || t_string!(i18n, forms.line_down, number = number))><Icon name="chev" /></Do>
            <Do desk turn=Turn::RemoveLine(key, at) label=Signal::derive(move || t_string!(i18n, forms.line_remove, number = number))>
                <Icon name="trash" />
            </Do>
        </div>
    }
}

/// What a number counts, and what numbers give points.
#[component]
pub fn Number(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let unit = Signal::derive(move || {
        desk.of(key, |question| match &question.kind {
            Kind::Number { unit, .. } => unit.clone(),
            _ => String::new(),
        })
    });
    let write_unit = Callback::new(move |text| {
        edit(desk, key, |kind| {
            if let Kind::Number { unit, .. } = kind {
                *unit = text;
            }
        });
        true
    });
    let many = Memo::new(move |_| {
        desk.of(key, |question| match &question.kind {
            Kind::Number { bands, .. } => bands.len(),
            _ => 0,
        })
    });
    let full = full(desk, many);
    view! {
        <Line
            id=format!("q{key}-unit")
            name="unit"
            label=Signal::derive(move || t_string!(i18n, forms.unit_hint).to_owned())
            value=unit
            write=write_unit
            fault=desk.fault_of(key, Part::Unit)
        />
        <fieldset class="lines" id=format!("q{key}-lines") tabindex="-1">
            <legend class="label">{t!(i18n, forms.bands)}</legend>
            <span class="hint">{t!(i18n, forms.bands_hint)}</span>
            <Several desk key part=Part::Bands />
            <For each=move || 0..many.get() key=|at| *at children=move |at| view! { <BandLine desk key at many /> } />
            <Gaps desk key />
            <div class="row-start"><Do desk turn=Turn::AddLine(key) off=full><Icon name="plus" />{t!(i18n, forms.add_band)}</Do></div>
        </fieldset>
    }
}

/// The numbers between intervals that have none: one may not have meant that.
#[component]
fn Gaps(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let words = Memo::new(move |_| {
        let locale = i18n.get_locale();
        let (gaps, critical) = desk.of(key, |question| (question.kind.gaps(), question.critical));
        let gaps = (!gaps.is_empty()).then(|| ranges(locale, &gaps))?;
        Some(if critical {
            td_string!(locale, forms.gaps_fail, gaps = gaps)
        } else {
            td_string!(locale, forms.gaps, gaps = gaps)
        })
    });
    let shown = move || {
        words
            .get()
            .map(|words| view! { <Icon name="alert" /><span>{words}</span> })
    };
    view! { <p class="unsure" id=format!("q{key}-gaps") role="status">{shown}</p> }
}

fn band(desk: Desk, key: Key, at: usize) -> Band {
    let none = Band {
        from: Decimal(0),
        to: Decimal(0),
        points: 0,
    };
    let found = desk.of(key, |question| match &question.kind {
        Kind::Number { bands, .. } => bands.get(at).copied(),
        _ => None,
    });
    found.unwrap_or(none)
}

fn edit_band(desk: Desk, key: Key, at: usize, change: impl FnOnce(&mut Band)) {
    edit(desk, key, |kind| {
        if let Kind::Number { bands, .. } = kind
            && let Some(band) = bands.get_mut(at)
        {
            change(band);
        }
    });
}

#[component]
fn BandLine(desk: Desk, key: Key, at: usize, many: Memo<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let shown = move |number: Decimal| number.write(format::point(i18n.get_locale()));
    let write = move |change: fn(&mut Band, Decimal)| {
        Callback::new(move |text: String| {
            let number = Decimal::read(&text);
            if let Some(number) = number {
                edit_band(desk, key, at, |band| change(band, number));
            }
            number.is_some()
        })
    };
    let write_points = Callback::new(move |text: String| {
        let points = small(&text);
        if let Some(points) = points {
            edit_band(desk, key, at, |band| band.points = points);
        }
        points.is_some()
    });
    let (of_band, of_points) = (
        desk.fault_of(key, Part::Band(at)),
        desk.fault_of(key, Part::BandPoints(at)),
    );
    let (from, to) = (RwSignal::new(false), RwSignal::new(false));
    let no_number =
        move |unread: RwSignal<bool>| unread.get().then(|| t_string!(i18n, evaluation.no_number).to_owned());
    // What cannot be read is told before what is wrong with the number that still holds.
    let of_from = Signal::derive(move || no_number(from).or_else(|| of_band.get()));
    let of_to = Signal::derive(move || no_number(to));
    view! {
        <div class="line-of">
            <Line
                id=format!("q{key}-band-{at}")
                name="band-from"
                label=Signal::derive(move || t_string!(i18n, forms.band_from).to_owned())
                value=Signal::derive(move || shown(band(desk, key, at).from))
                write=write(|band, number| band.from = number)
                fault=of_from
                takes=Takes::Decimal
                apart=true
                unread=from
            />
            <Line
                id=format!("q{key}-band-to-{at}")
                name="band-to"
                label=Signal::derive(move || t_string!(i18n, forms.band_to).to_owned())
                value=Signal::derive(move || shown(band(desk, key, at).to))
                write=write(|band, number| band.to = number)
                fault=of_to
                takes=Takes::Decimal
                apart=true
                unread=to
            />
            <Line
                id=format!("q{key}-points-{at}")
                name="band-points"
                label=Signal::derive(move || t_string!(i18n, forms.points_of).to_owned())
                value=Signal::derive(move || band(desk, key, at).points.to_string())
                write=write_points
                fault=of_points
                takes=Takes::Number
                apart=true
            />
            <LineDeeds desk key at many />
            <Wrong id=format!("q{key}-band-{at}") fault=of_from />
            <Wrong id=format!("q{key}-band-to-{at}") fault=of_to />
            <Wrong id=format!("q{key}-points-{at}") fault=of_points />
        </div>
    }
}
