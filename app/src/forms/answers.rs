//! What one can answer, and what each answer means and is worth.

use leptos::prelude::*;
use model::{
    evaluation::{Band, Choice, Decimal, Key, Kind, Part},
    forms::{KindName, Turn},
};

use super::{
    builder::{Do, small},
    desk::Desk,
    field::{Line, Lines, OneOf, Takes, Tick},
};
use crate::{
    format,
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};

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
fn edit(desk: Desk, key: Key, change: impl FnOnce(&mut Kind)) {
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

#[component]
fn Choices(desk: Desk, key: Key) -> impl IntoView {
    let i18n = use_i18n();
    let many = Memo::new(move |_| {
        desk.of(key, |question| match &question.kind {
            Kind::Choice { choices } => choices.len(),
            _ => 0,
        })
    });
    let full = Signal::derive(move || many.get() >= Kind::MOST_CHOICES);
    view! {
        <fieldset class="lines" id=format!("q{key}-lines") tabindex="-1">
            <legend class="label">{t!(i18n, forms.choices)}</legend>
            <Several desk key part=Part::Choices />
            <For each=move || 0..many.get() key=|at| *at children=move |at| view! { <ChoiceLine desk key at many /> } />
            <div class="row-start"><Do desk turn=Turn::AddLine(key) off=full><Icon name="plus" />{t!(i18n, forms.add_choice)}</Do></div>
        </fieldset>
    }
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
    // Two of the same words are told beside the words.
    let words = desk.fault_of(key, Part::ChoiceWords(at));
    let twice = desk.fault_of(key, Part::ChoiceKey(at));
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
                fault=desk.fault_of(key, Part::ChoicePoints(at))
                takes=Takes::Number
            />
            <Tick
                id=format!("q{key}-failing-{at}")
                name="choice-failing"
                label=Signal::derive(move || t_string!(i18n, forms.failing).to_owned())
                value=Signal::derive(move || choice(desk, key, at, |choice| choice.failing))
                write=write_failing
                fault=desk.fault_of(key, Part::ChoiceFailing(at))
            />
            <LineDeeds desk key at many />
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

#[component]
fn Number(desk: Desk, key: Key) -> impl IntoView {
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
    let full = Signal::derive(move || many.get() >= Kind::MOST_CHOICES);
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
            <div class="row-start"><Do desk turn=Turn::AddLine(key) off=full><Icon name="plus" />{t!(i18n, forms.add_band)}</Do></div>
        </fieldset>
    }
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
    view! {
        <div class="line-of">
            <Line
                id=format!("q{key}-band-{at}")
                name="band-from"
                label=Signal::derive(move || t_string!(i18n, forms.band_from).to_owned())
                value=Signal::derive(move || shown(band(desk, key, at).from))
                write=write(|band, number| band.from = number)
                fault=desk.fault_of(key, Part::Band(at))
                takes=Takes::Decimal
            />
            <Line
                id=format!("q{key}-band-to-{at}")
                name="band-to"
                label=Signal::derive(move || t_string!(i18n, forms.band_to).to_owned())
                value=Signal::derive(move || shown(band(desk, key, at).to))
                write=write(|band, number| band.to = number)
                takes=Takes::Decimal
            />
            <Line
                id=format!("q{key}-points-{at}")
                name="band-points"
                label=Signal::derive(move || t_string!(i18n, forms.points_of).to_owned())
                value=Signal::derive(move || band(desk, key, at).points.to_string())
                write=write_points
                fault=desk.fault_of(key, Part::BandPoints(at))
                takes=Takes::Number
            />
            <LineDeeds desk key at many />
        </div>
    }
}
