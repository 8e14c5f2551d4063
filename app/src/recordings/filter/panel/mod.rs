//! The form that says everything a list can be narrowed to (checklist 91–105).

mod calls;
mod review;
mod when;
mod whose;

use calls::Calls;
use leptos::{ev::SubmitEvent, html::Form, prelude::*};
use leptos_router::hooks::use_query_map;
use model::{
    filter::{Filter, query_string},
    id::UnitId,
    list::Choices,
};
use review::Review;
use when::When;
use whose::Whose;

use super::{Live, MISREAD, Misread, PANEL};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    recordings::page::List,
    ui::hide_popover,
    waking::{in_turn, ready_in_turn},
};

/// The word of an address that asks for the choices.
const ASK: &str = "choices";

/// The panel: opened by its button and by every chip.
#[component]
pub fn FilterPanel(list: List, live: Live) -> impl IntoView {
    let i18n = use_i18n();
    provide_context(live);
    let form = NodeRef::<Form>::new();
    let asked = use_query_map().read_untracked().get(ASK).is_some();
    let choices = choices(asked);
    let change = move |_| {
        if let Some(form) = form.get_untracked() {
            live.form(form);
        }
    };
    // The list has followed already.
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        hide_popover(PANEL);
    };
    let sort = move || {
        let mut sorted = list.query.get();
        // What is searched for has its own field, and goes along.
        let text = sorted.filter.text.take();
        sorted.filter = Filter {
            text,
            ..Filter::default()
        };
        sorted
            .first()
            .words()
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view()
    };
    // Their boundaries are among those of the whole.
    let group = move |name: &'static str, boundaries, make: fn(List, ChoicesResource) -> AnyView| {
        let make = move || make(list, choices);
        if asked {
            in_turn(0, make)
        } else {
            let filter = move || list.query.read_untracked().filter.clone();
            ready_in_turn(boundaries, move || (name, i18n.get_locale_untracked(), filter()), make)
        }
    };
    in_turn(5, move || {
        view! {
            <div class="float filter" id=PANEL popover="auto" role="dialog" aria-label=move || t_string!(i18n, filter.title)>
                <form method="get" action="/recordings" node_ref=form on:input=change on:submit=send>
                    {sort}
                    {group("when", 0, |list, _| view! { <When list /> }.into_any())}
                    {group("whose", 2, |list, choices| view! { <Whose list choices /> }.into_any())}
                    {group("calls", 1, |list, choices| view! { <Calls list choices /> }.into_any())}
                    {group("review", 1, |list, choices| view! { <Review list choices /> }.into_any())}
                    <Others list choices />
                    <div class="row-end full">
                        <Misread wrong=Signal::derive(move || live.wrong()) id=Some(MISREAD) />
                        <button
                            class="btn"
                            data-kind="quiet"
                            type="button"
                            popovertarget=PANEL
                            popovertargetaction="hide"
                        >
                            {t!(i18n, shell.close)}
                        </button>
                        <a class="btn" href="/recordings">
                            {t!(i18n, filter.reset)}
                        </a>
                        <button class="btn" data-kind="primary">{t!(i18n, filter.apply)}</button>
                    </div>
                </form>
            </div>
        }
    })
}

/// What can be chosen; none while it is not there.
type ChoicesResource = Resource<Option<Choices>>;

/// They come once the page is awake: most who look at a list choose nothing. An address asks for them where nothing wakes.
fn choices(asked: bool) -> ChoicesResource {
    let wanted = RwSignal::new(asked);
    Effect::new(move |_| wanted.set(true));
    Resource::new(
        move || wanted.get(),
        |wanted| async move {
            // Without them one can still say everything in words.
            if wanted { api::filter_choices().await.ok() } else { None }
        },
    )
}

/// What holds, and is none of the choices, goes along. Where there are none, a way to them.
#[component]
fn Others(list: List, choices: ChoicesResource) -> impl IntoView {
    let i18n = use_i18n();
    let address = move || {
        let mut words = list.query.read().words();
        words.push((ASK, "yes".to_owned()));
        format!("/recordings{}", query_string(&words))
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let choices = choices.await;
                let none = choices.is_none();
                let choices = choices.unwrap_or_default();
                let hidden = move || {
                    let filter = list.query.read().filter.clone();
                    let there = |unit: &UnitId| choices.units.iter().any(|known| known.id == *unit);
                    let units = filter.units.into_iter().filter(|(_, unit)| !there(unit));
                    let units = units.map(|(level, unit)| (level.name(), unit.to_string()));
                    let rung = filter.direct_numbers.into_iter();
                    let rung = rung.filter(|number| !choices.direct_numbers.iter().any(|known| known.value == *number));
                    units
                        .chain(rung.map(|number| ("ddi", number)))
                        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                        .collect_view()
                };
                let ask = none.then(|| view! { <a class="asleep" href=address data-noscroll="">{t!(i18n, filter.choices)}</a> });
                view! { {hidden} {ask} }
            })}
        </Transition>
    }
}

/// What of the filter a field shows.
fn part<T: Send + Sync + 'static>(list: List, part: impl Fn(&Filter) -> T + Send + Sync + 'static) -> Signal<T> {
    Signal::derive(move || part(&list.query.read().filter))
}
