//! Whose calls a form is for.

use leptos::{ev::SubmitEvent, form::ActionForm, html::Form, prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use model::{
    forms::{Audience, Choosable},
    problem::{Field, Problem},
};

use super::{
    api::{SetAudience, read_form},
    desk::Desk,
    saved::{Saved, SavedNotice},
};
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    ui::{CheckList, ErrorSummary, Fault, Loading, Notice, Submit, done, problem, travel},
};

/// The choice, as it is kept now.
#[component]
pub fn ForWhom(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let id = desk.id;
    let query = use_query_map();
    let set = ServerAction::<SetAudience>::new();
    travel(set);
    let (kept, problem) = (done(set), problem(set));
    desk.wait_for(set.pending());
    // The revision that it is said for, where the desk is behind what others have made of the form.
    let theirs = RwSignal::new(None::<i64>);
    Effect::new(move |before: Option<usize>| {
        let now = kept.get();
        if before.is_some_and(|before| before != now) {
            // The form has the next revision then, and nothing that is being built has changed.
            match theirs.get_untracked() {
                Some(revision) => theirs.set(Some(revision + 1)),
                None => desk.revision.update(|revision| *revision += 1),
            }
        }
        now
    });
    // Said once more after one was told, it is said for what the others have made of it.
    Effect::new(move |_| {
        if problem.get() == Some(Problem::Changed) {
            spawn_local(async move {
                if let Ok((built, _)) = read_form(id).await {
                    theirs.try_set(Some(built.revision));
                }
            });
        }
    });
    // Of its own: what is being built on the desk beside it is not fetched anew.
    let form = Resource::new(move || kept.get(), move |_| read_form(id));
    view! {
        <Transition fallback=|| view! { <Loading rows=4 /> }>
            {move || Suspend::new(async move {
                match form.await {
                    Ok((built, choosable)) => {
                        // What was chosen while someone else changed the form comes back in the address.
                        let chosen = query.with_untracked(|query| query.get("chosen"));
                        let chosen = chosen.and_then(|chosen| serde_json::from_str::<Audience>(&chosen).ok());
                        let again = chosen.is_some();
                        let audience = chosen.unwrap_or(built.audience);
                        view! { <Choose desk audience choosable set problem theirs again /> }.into_any()
                    }
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
fn Choose(
    desk: Desk,
    audience: Audience,
    choosable: Choosable,
    set: ServerAction<SetAudience>,
    problem: Signal<Option<Problem>>,
    /// The revision that others have made of the form.
    theirs: RwSignal<Option<i64>>,
    /// Whether it was chosen before, and not kept.
    again: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = desk.id;
    let changed = move || again || problem.get() == Some(Problem::Changed);
    let problem = Signal::derive(move || problem.get().filter(|problem| *problem != Problem::Changed));
    let revision = move || theirs.get().unwrap_or_else(|| desk.revision.get()).to_string();
    let node = NodeRef::<Form>::new();
    let send = move || {
        if let Some(form) = node.get_untracked()
            && let Err(error) = form.request_submit()
        {
            leptos::logging::warn!("whose calls the form is for is not sent: {error:?}");
        }
    };
    // What is being kept gives the form its next revision, and that must be known first.
    let wait = move |event: SubmitEvent| {
        if desk.is_being_kept() {
            event.prevent_default();
            desk.after(move |_| request_animation_frame(send));
        }
    };
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
        <SavedNotice what=Saved::Audience />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <Show when=changed>
            <Notice state="warn" title=move || t_string!(i18n, forms.meanwhile)>
                {move || t_string!(i18n, forms.audience_meanwhile)}
            </Notice>
        </Show>
        <ActionForm action=set node_ref=node on:submit:capture=wait attr:class="form" attr:data-wide="">
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="revision" value=revision />
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
