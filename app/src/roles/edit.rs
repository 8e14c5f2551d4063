//! One account, to be changed or removed; and one who is to be invited.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    id::AccountId,
    people::{AccountRow, Unit},
    problem::{Field, Problem},
};

use super::{
    api::{AddAccount, Remove, SetRole, account},
    fields::RoleFields,
    state::AccountState,
};
use crate::{
    error::AppError,
    i18n::{t, t_string, td_string, use_i18n},
    people::api::units,
    ui::{Confirm, ErrorSummary, Fault, Icon, Loading, Saved, Submit, TextField, done, problem, title, travel},
};

type AccountResource = Resource<Result<AccountRow, AppError>>;

#[component]
fn Back() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="btn back" data-kind="quiet" data-size="s" href="/configuration/roles"><Icon name="prev" />{t!(i18n, roles.title)}</a>
    }
}

#[component]
pub fn NewRolePage() -> impl IntoView {
    let i18n = use_i18n();
    let add = ServerAction::<AddAccount>::new();
    travel(add);
    let problem = problem(add);
    let choices = Resource::new(|| (), |()| units());
    view! {
        <Title text=title(move || t_string!(i18n, roles.add)) />
        <Back />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, roles.add)}</h1>
                <p class="lead">{t!(i18n, roles.add_about)}</p>
            </div>
        </div>
        <Suspense fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                let units = match choices.await {
                    Ok(units) => units,
                    Err(error) => {
                        let title = move || t_string!(i18n, roles.not_fetched);
                        return view! { <Fault title problem=error.0 /> }.into_any();
                    }
                };
                view! {
                    <ErrorSummary title=move || t_string!(i18n, roles.not_invited) problem />
                    <ActionForm action=add attr:class="form" attr:novalidate="">
                        <TextField field=Field::Email problem />
                        <RoleFields units problem />
                        <div class="row-start">
                            <Submit action=add>
                                {t!(i18n, roles.invite)}
                            </Submit>
                            <a class="btn" data-kind="quiet" href="/configuration/roles">{t!(i18n, configuration.cancel)}</a>
                        </div>
                    </ActionForm>
                }
                    .into_any()
            })}
        </Suspense>
    }
}

#[component]
pub fn RolePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<AccountId>().ok()));
    let (set, remove) = (ServerAction::<SetRole>::new(), ServerAction::<Remove>::new());
    travel(set);
    travel(remove);
    let changed = RwSignal::new(0_u32);
    let set_done = done(set);
    let shown: AccountResource = Resource::new(
        move || (id.get(), set_done.get(), changed.get()),
        |(id, ..)| async move { account(id.unwrap_or(AccountId(0))).await },
    );
    let units = Resource::new(|| (), |()| units());
    view! {
        <Back />
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match (shown.await, units.await) {
                    (Ok(row), Ok(units)) => view! { <Known row units set remove changed /> }.into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <Unknown problem=error.0 /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Unknown(problem: Problem) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=title(move || t_string!(i18n, roles.title)) />
        <div class="head"><h1 tabindex="-1">{t!(i18n, roles.title)}</h1></div>
        <Fault title=move || t_string!(i18n, roles.gone) problem />
    }
}

#[component]
fn Known(
    row: AccountRow,
    units: Vec<Unit>,
    set: ServerAction<SetRole>,
    remove: ServerAction<Remove>,
    changed: RwSignal<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = row.id;
    let (problem_of_set, problem_of_remove) = (problem(set), problem(remove));
    let removed = row.email.clone();
    // Where it does not fit into one line, it is broken before the house it is at.
    let (who, house) = row.email.split_at(row.email.find('@').unwrap_or(row.email.len()));
    let (who, house) = (who.to_owned(), house.to_owned());
    let removing = move || td_string!(i18n.get_locale(), roles.remove_about, email = removed.clone());
    let name = (!row.name.is_empty()).then(|| {
        let address = row.person.map(|id| format!("/configuration/people/{id}"));
        view! { <p class="lead"><a href=address>{row.name.clone()}</a></p> }
    });
    view! {
        <Title text=row.email.clone() />
        <div class="head">
            <div>
                <h1 tabindex="-1">{who}<wbr />{house}</h1>
                {name}
            </div>
        </div>
        <Saved what="invited" />
        <Saved what="role" />
        <AccountState row=row.clone() changed />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=problem_of_set />
        <ActionForm action=set attr:class="form">
            <input type="hidden" name="id" value=id.to_string() />
            <RoleFields units chosen=Some(row) problem=problem_of_set />
            <p class="hint">{t!(i18n, roles.set_hint)}</p>
            <div class="row-start">
                <Submit action=set>
                    {t!(i18n, configuration.save)}
                </Submit>
                <a class="btn" data-kind="quiet" href="/configuration/roles">{t!(i18n, configuration.cancel)}</a>
            </div>
        </ActionForm>
        <section class="block">
            <header><h2>{t!(i18n, roles.remove)}</h2></header>
            <p class="muted">{t!(i18n, roles.remove_why)}</p>
            <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=problem_of_remove />
            <div class="row-start">
                <Confirm id="remove" word=move || t_string!(i18n, roles.remove) about=removing>
                    <ActionForm action=remove>
                        <input type="hidden" name="id" value=id.to_string() />
                        <button class="btn" data-kind="danger">{t!(i18n, roles.remove_do)}</button>
                    </ActionForm>
                </Confirm>
            </div>
        </section>
    }
}
