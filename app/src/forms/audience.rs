//! Whose calls a form is for.

use leptos::{form::ActionForm, prelude::*};
use model::{
    forms::{Audience, Choosable},
    id::FormId,
    problem::Field,
};

use super::api::{SetAudience, read_form};
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    ui::{CheckList, ErrorSummary, Fault, Loading, Saved, Submit, done, problem, travel},
};

/// The choice, as it is kept now.
#[component]
pub fn ForWhom(id: FormId) -> impl IntoView {
    let i18n = use_i18n();
    let set = ServerAction::<SetAudience>::new();
    travel(set);
    let kept = done(set);
    // Of its own: what is being built on the desk beside it is not fetched anew.
    let form = Resource::new(move || kept.get(), move |_| read_form(id));
    view! {
        <Transition fallback=|| view! { <Loading rows=4 /> }>
            {move || Suspend::new(async move {
                match form.await {
                    Ok((built, choosable)) => view! { <Choose id audience=built.audience choosable set /> }.into_any(),
                    Err(AppError(problem)) => {
                        let title = move || t_string!(i18n, forms.not_fetched);
                        view! { <Fault title problem /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Choose(id: FormId, audience: Audience, choosable: Choosable, set: ServerAction<SetAudience>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(set);
    let is_all = audience.is_all();
    let all = RwSignal::new(is_all);
    let choice = move |value: &'static str, is: bool, words: Signal<&'static str>, about: Signal<&'static str>| {
        view! {
            <label class="check">
                <input type="radio" name="whose" value=value checked=is_all == is on:change=move |_| all.set(is) />
                <span>{move || words.get()}<span class="hint block-hint">{move || about.get()}</span></span>
            </label>
        }
    };
    let departments = choosable
        .departments
        .into_iter()
        .map(|(unit, name)| (unit.to_string(), name, audience.departments.contains(&unit)))
        .collect::<Vec<_>>();
    // A group that is not there any more goes by its number, as long as the form is for it.
    let gone = audience
        .groups
        .iter()
        .filter(|number| choosable.groups.iter().all(|(known, _)| known != *number));
    let gone: Vec<_> = gone.map(|number| (number.clone(), number.clone(), true)).collect();
    let groups = choosable.groups.into_iter().map(|(number, name)| {
        let chosen = audience.groups.contains(&number);
        (number, name, chosen)
    });
    let groups = groups.chain(gone).collect::<Vec<_>>();
    view! {
        <Saved what="audience" />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <ActionForm action=set attr:class="form" attr:data-wide="">
            <input type="hidden" name="id" value=id.to_string() />
            <fieldset class="options">
                <legend>{t!(i18n, forms.for_whom)}</legend>
                {choice(
                    "all",
                    true,
                    Signal::derive(move || t_string!(i18n, forms.everybody)),
                    Signal::derive(move || t_string!(i18n, forms.everybody_about)),
                )}
                {choice(
                    "some",
                    false,
                    Signal::derive(move || t_string!(i18n, forms.some)),
                    Signal::derive(move || t_string!(i18n, forms.some_about)),
                )}
            </fieldset>
            // Before the page is awake it stands there for whoever needs it.
            <div class="supervisor" data-needed=move || (!all.get()).then_some("")>
                <CheckList
                    field=Field::Departments
                    problem
                    items=departments
                    none=Signal::derive(move || t_string!(i18n, roles.no_departments).to_owned())
                />
                <CheckList
                    field=Field::Group
                    problem
                    items=groups
                    none=Signal::derive(move || t_string!(i18n, forms.no_groups).to_owned())
                />
            </div>
            <div class="row-start"><Submit action=set>{t!(i18n, configuration.save)}</Submit></div>
        </ActionForm>
    }
}
