//! One person: the fields, the role, and leaving.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    id::PersonId,
    people::{PersonDetail, PersonForm, Unit},
    problem::Problem,
};

use super::{
    api::{LetPersonLeave, SavePerson, SetPersonRole, person, units},
    fields::PersonFields,
};
use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    roles::{AccountState, RoleFields},
    ui::{Confirm, ErrorSummary, Fault, Icon, Loading, Saved, Submit, done, problem, title, travel},
};

type PersonResource = Resource<Result<PersonDetail, AppError>>;

#[component]
pub fn NewPersonPage() -> impl IntoView {
    let i18n = use_i18n();
    let save = ServerAction::<SavePerson>::new();
    travel(save);
    let choices = Resource::new(|| (), |()| units());
    view! {
        <Title text=title(move || t_string!(i18n, people.add)) />
        <Back />
        <div class="head"><h1 tabindex="-1">{t!(i18n, people.add)}</h1></div>
        <Suspense fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match choices.await {
                    Ok(units) => {
                        let form = PersonForm { recording_active: true, ..PersonForm::default() };
                        view! { <Fields save form units /> }.into_any()
                    }
                    Err(error) => {
                        let title = move || t_string!(i18n, people.not_fetched);
                        view! { <Fault title problem=error.0 /> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<PersonId>().ok()));
    let (save, role, leave) = (
        ServerAction::<SavePerson>::new(),
        ServerAction::<SetPersonRole>::new(),
        ServerAction::<LetPersonLeave>::new(),
    );
    travel(save);
    travel(role);
    travel(leave);
    let account = RwSignal::new(0_u32);
    let role_done = done(role);
    let save_done = done(save);
    let shown: PersonResource = Resource::new(
        move || (id.get(), save_done.get(), role_done.get(), account.get()),
        |(id, ..)| async move {
            // An address that names nobody is asked for all the same: the answer is the same as for one who is gone.
            person(id.unwrap_or(PersonId(0))).await
        },
    );
    // Fetched beside it and not after it: what runs in one page after a wait may find the page's visitor gone.
    let units = Resource::new(move || save_done.get(), |_| units());
    view! {
        <Back />
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match (shown.await, units.await) {
                    (Ok(person), Ok(units)) => view! { <Known person units save role leave account /> }.into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <Unknown problem=error.0 /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Back() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="btn back" data-kind="quiet" data-size="s" href="/configuration/people"><Icon name="prev" />{t!(i18n, people.title)}</a>
    }
}

#[component]
fn Unknown(problem: Problem) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=title(move || t_string!(i18n, people.title)) />
        <div class="head"><h1 tabindex="-1">{t!(i18n, people.title)}</h1></div>
        <Fault title=move || t_string!(i18n, people.gone) problem />
    }
}

#[component]
fn Known(
    person: PersonDetail,
    units: Vec<Unit>,
    save: ServerAction<SavePerson>,
    role: ServerAction<SetPersonRole>,
    leave: ServerAction<LetPersonLeave>,
    account: RwSignal<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, version, recordings) = (person.id, person.version, person.recordings);
    let problem_of_role = problem(role);
    let problem_of_leave = problem(leave);
    let (name, named) = (person.name.clone(), person.name.clone());
    let about = move || {
        let locale = i18n.get_locale();
        td_string!(locale, people.recordings, count = format::count(locale, recordings))
    };
    let leaving = move || td_string!(i18n.get_locale(), people.leave_about, name = named.clone());
    view! {
        <Title text=person.name.clone() />
        <div class="head">
            <div>
                <h1 tabindex="-1">{name}</h1>
                <p class="lead">{about}</p>
            </div>
        </div>
        <Saved what="person" />
        <Fields save form=person.form units=units.clone() id=Some(id) version=Some(version) />
        <section class="block" id="role">
            <header><h2>{t!(i18n, people.role)}</h2></header>
            <Saved what="role" />
            {person.account.clone().map(|row| view! { <AccountState row changed=account /> })}
            <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=problem_of_role />
            <ActionForm action=role attr:class="form">
                <input type="hidden" name="id" value=id.to_string() />
                <RoleFields units chosen=person.account none=true problem=problem_of_role />
                <div class="row-start">
                    <Submit action=role>
                        {t!(i18n, people.save_role)}
                    </Submit>
                </div>
            </ActionForm>
        </section>
        <section class="block">
            <header><h2>{t!(i18n, people.leave)}</h2></header>
            <p class="muted">{t!(i18n, people.leave_why)}</p>
            <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=problem_of_leave />
            <div class="row-start">
                <Confirm id="leave" word=move || t_string!(i18n, people.leave) about=leaving>
                    <ActionForm action=leave>
                        <input type="hidden" name="id" value=id.to_string() />
                        <button class="btn" data-kind="danger">{t!(i18n, people.leave_do)}</button>
                    </ActionForm>
                </Confirm>
            </div>
        </section>
    }
}

/// The form of the fields.
#[component]
fn Fields(
    save: ServerAction<SavePerson>,
    form: PersonForm,
    units: Vec<Unit>,
    #[prop(default = None)] id: Option<PersonId>,
    #[prop(default = None)] version: Option<i64>,
) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(save);
    let hidden = id.zip(version).map(|(id, version)| {
        view! {
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
        }
    });
    view! {
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <ActionForm action=save attr:class="form" attr:novalidate="" attr:data-wide="">
            {hidden}
            <PersonFields form units problem />
            <div class="row-start">
                <Submit action=save>
                    {t!(i18n, configuration.save)}
                </Submit>
                <a class="btn" data-kind="quiet" href="/configuration/people">{t!(i18n, configuration.cancel)}</a>
            </div>
        </ActionForm>
    }
}
