//! Samtalsresultat and Feedback från kund: the company's own lists of values (checklist 119–124).

use leptos::{form::ActionForm, html::Form, prelude::*};
use leptos_meta::Title;
use model::{
    problem::Field,
    review::{Outcome, OutcomeKind},
};

use super::outcomes_api::{AddOutcome, NameOutcome, TurnOutcome, read_outcomes};
use crate::{
    format,
    i18n::{t, t_string, td_string, use_i18n},
    review::called,
    ui::{Confirm, ErrorSummary, Fetched, Icon, Submit, TextField, done, problem, title},
};

/// Samtalsresultat.
#[component]
pub fn CallResultsPage() -> impl IntoView {
    view! { <OutcomesPage kind=OutcomeKind::CallResult /> }
}

/// Feedback från kund.
#[component]
pub fn CustomerResponsesPage() -> impl IntoView {
    view! { <OutcomesPage kind=OutcomeKind::CustomerResponse /> }
}

/// What one does with the values.
#[derive(Clone, Copy)]
struct Deeds {
    name: ServerAction<NameOutcome>,
    turn: ServerAction<TurnOutcome>,
}

#[component]
fn OutcomesPage(kind: OutcomeKind) -> impl IntoView {
    let i18n = use_i18n();
    let add = ServerAction::<AddOutcome>::new();
    let deeds = Deeds {
        name: ServerAction::new(),
        turn: ServerAction::new(),
    };
    let (added, named, turned) = (done(add), done(deeds.name), done(deeds.turn));
    let values = Resource::new(
        move || (added.get(), named.get(), turned.get()),
        move |_| read_outcomes(kind),
    );
    let heading = move || match kind {
        OutcomeKind::CallResult => t_string!(i18n, review.call_result),
        OutcomeKind::CustomerResponse => t_string!(i18n, review.customer_response),
    };
    let form = NodeRef::<Form>::new();
    Effect::new(move |before: Option<usize>| {
        let now = added.get();
        if before.is_some_and(|before| before != now)
            && let Some(form) = form.get_untracked()
        {
            form.reset();
        }
        now
    });
    let failed = problem(deeds.turn);
    let problem = problem(add);
    let show = move |values: Vec<Outcome>| {
        let last = values.iter().filter(|value| !value.retired).count().saturating_sub(1);
        let lines = values
            .into_iter()
            .enumerate()
            .map(|(place, value)| view! { <Line value first={place == 0} last={place == last} deeds /> });
        view! { <ul class="values">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <Title text=title(heading) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{heading}</h1>
                <p class="lead">{t!(i18n, review.values_lead)}</p>
            </div>
        </div>
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=failed />
        <Fetched
            from=values
            not=|l| td_string!(l, configuration.not_fetched)
            show
        />
        <section class="block">
            <header><h2>{t!(i18n, review.add_value)}</h2></header>
            <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
            <ActionForm action=add attr:class="form" node_ref=form>
                <input type="hidden" name="kind" value=kind.name() />
                <TextField field=Field::Outcome problem />
                <div class="row-start"><Submit action=add>{t!(i18n, review.add_value)}</Submit></div>
            </ActionForm>
        </section>
    }
}

/// A value: its name, how many have it, and what one does with it.
#[component]
fn Line(value: Outcome, first: bool, last: bool, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let Outcome {
        id,
        called: name,
        retired,
        used,
        ..
    } = value;
    let name = StoredValue::new(name);
    let words = move || called(i18n.get_locale(), &name.read_value());
    let used_words = move || {
        let locale = i18n.get_locale();
        match used {
            0 => String::new(),
            1 => td_string!(locale, review.used_once).to_owned(),
            used => td_string!(locale, review.used, count = format::count(locale, used)),
        }
    };
    let turn = move |word: &'static str, icon: &'static str, off: bool, label: Signal<String>| {
        view! {
            <ActionForm action=deeds.turn>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="turn" value=word />
                <button class="ib" data-size="s" aria-label=label disabled=off><Icon name=icon /></button>
            </ActionForm>
        }
    };
    let up = Signal::derive(move || t_string!(i18n, review.value_up, name = words()));
    let down = Signal::derive(move || t_string!(i18n, review.value_down, name = words()));
    let problem = problem(deeds.name);
    let why = move || {
        let locale = i18n.get_locale();
        if used == 0 {
            td_string!(locale, review.value_goes, name = words())
        } else {
            td_string!(
                locale,
                review.value_retires,
                name = words(),
                count = format::count(locale, used)
            )
        }
    };
    let buttons = if retired {
        view! {
            <span class="muted small">{t!(i18n, review.retired)}</span>
            <ActionForm action=deeds.turn>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="turn" value="restore" />
                <button class="btn" data-size="s">{t!(i18n, review.restore)}</button>
            </ActionForm>
        }
        .into_any()
    } else {
        view! {
            {turn("up", "chev-up", first, up)}
            {turn("down", "chev", last, down)}
            <Confirm id=format!("away-{id}") word=move || t_string!(i18n, review.value_remove) about=why icon="trash" label=Signal::derive(move || t_string!(i18n, review.value_remove_named, name = words()))>
                <ActionForm action=deeds.turn>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="turn" value="retire" />
                    <button class="btn" data-kind="danger">{t!(i18n, review.value_remove)}</button>
                </ActionForm>
            </Confirm>
            <details>
                <summary class="btn" data-size="s" aria-label=move || t_string!(i18n, review.value_change_named, name = words())>
                    {t!(i18n, review.value_change)}
                </summary>
                <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
                <ActionForm action=deeds.name attr:class="form">
                    <input type="hidden" name="id" value=id.to_string() />
                    <div class="field">
                        <label for=format!("name-{id}")>{t!(i18n, fields.outcome)}</label>
                        <input class="input" id=format!("name-{id}") name="outcome" value=untrack(words) required autocomplete="off" />
                        {(used > 0).then(|| view! { <span class="hint">{t!(i18n, review.value_stays)}</span> })}
                    </div>
                    <div class="row-start"><Submit action=deeds.name>{t!(i18n, configuration.save)}</Submit></div>
                </ActionForm>
            </details>
        }
        .into_any()
    };
    view! {
        <li data-retired=retired.then_some("")>
            <b>{words}</b>
            <span class="muted small num">{used_words}</span>
            {buttons}
        </li>
    }
}
