//! Several of many: a list of ticks.

use leptos::prelude::*;
use model::problem::{Field, Problem};

use super::{fault, label};
use crate::{i18n::use_i18n, ui::Icon};

/// A list of ticks, each with its value and its words.
#[component]
pub fn CheckList(
    /// Which field: gives label and where its fault is found.
    field: Field,
    /// What went wrong with the form, if anything did.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// Value, words, whether it is chosen.
    items: Vec<(String, String, bool)>,
    /// What is said where there is nothing to choose.
    #[prop(into)]
    none: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = field.name();
    let fault = fault(problem, field);
    let empty = items.is_empty();
    let items = items.into_iter().enumerate().map(|(place, (value, words, chosen))| {
        // The names of a list in a form have a place each.
        let name = format!("{id}[{place}]");
        view! {
            <li>
                <label class="check"><input type="checkbox" name=name value=value checked=chosen />{words}</label>
            </li>
        }
    });
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-invalid=move || fault.read().is_some().then_some("true")>
            <legend class="label">{move || label(i18n.get_locale(), field)}</legend>
            <ul class="checks">{items.collect_view()}</ul>
            {empty.then(|| view! { <p class="hint">{move || none.get()}</p> })}
            {move || fault.get().map(|words| view! { <span class="wrong"><Icon name="alert" />{words}</span> })}
        </fieldset>
    }
}
