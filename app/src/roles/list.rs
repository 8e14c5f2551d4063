//! The list of sign-in roles, with the guide's columns and the filters under their headings (checklist 115).

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::{
    account::{Role, Status},
    people::AccountRow,
};

use super::{
    StatusMark,
    api::{AccountSearch, Remove, accounts},
    status_name,
};
use crate::{
    configuration::RIGHTS,
    error::AppError,
    i18n::{t, t_string, td_string, use_i18n},
    shell::role_name,
    ui::{Choice, Confirm, Empty, ErrorSummary, Fault, Icon, Loading, Saved, done, problem, title, travel},
};

fn read(params: &ParamsMap) -> AccountSearch {
    AccountSearch {
        email: params.get("email").unwrap_or_default(),
        role: params.get("type").and_then(|name| name.parse().ok()),
        status: params.get("status").and_then(|name| Status::named(&name)),
    }
}

#[component]
pub fn RolesPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let search = Memo::new(move |_| read(&query.read()));
    let remove = ServerAction::<Remove>::new();
    travel(remove);
    let problem = problem(remove);
    let remove_done = done(remove);
    let found: Resource<Result<Vec<AccountRow>, AppError>> = Resource::new(
        move || (search.get(), remove_done.get()),
        |(search, _)| accounts(search),
    );
    let retry = Callback::new(move |()| found.refetch());
    view! {
        <Title text=title(move || t_string!(i18n, roles.title)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, roles.title)}</h1>
                <p class="lead">{t!(i18n, roles.lead)}</p>
                <p><a href=RIGHTS>{t!(i18n, roles.rights)}</a></p>
            </div>
            <div class="end">
                <a class="btn" data-kind="primary" href="/configuration/roles/new"><Icon name="plus" />{t!(i18n, roles.add)}</a>
            </div>
        </div>
        <Saved what="removed" />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <form method="get" action="/configuration/roles" id="filter" role="search"></form>
        <div class="wide-table">
            <table class="table" data-plain data-lines data-fold>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, roles.email)}</th>
                        <th scope="col">{t!(i18n, roles.user_type)}</th>
                        <th scope="col">{t!(i18n, roles.extension)}</th>
                        <th scope="col">{t!(i18n, roles.status)}</th>
                        <th scope="col">{t!(i18n, roles.edit)}</th>
                        <th scope="col">{t!(i18n, roles.delete)}</th>
                    </tr>
                    <Filters search />
                </thead>
                <Transition>
                    {move || Suspend::new(async move {
                        let rows = found.await.unwrap_or_default();
                        view! { <tbody>{rows.into_iter().map(|row| view! { <Row row remove /> }).collect_view()}</tbody> }
                    })}
                </Transition>
            </table>
        </div>
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(rows) if rows.is_empty() => view! { <Nobody /> }.into_any(),
                    Ok(_) => ().into_any(),
                    Err(error) => {
                        let title = move || t_string!(i18n, roles.not_fetched);
                        view! { <Fault title problem=error.0 retry /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty title=move || t_string!(i18n, roles.nobody) why=move || t_string!(i18n, roles.nobody_why)>
            <a class="btn" href="/configuration/roles">{t!(i18n, people.show_all)}</a>
        </Empty>
    }
}

/// The row of filters under the headings. They belong to a form that stands outside the table.
#[component]
fn Filters(search: Memo<AccountSearch>) -> impl IntoView {
    let i18n = use_i18n();
    let roles = Role::ALL.into_iter().map(move |role| {
        view! {
            <Choice value=role.name() chosen=Signal::derive(move || search.read().role == Some(role))>
                {move || role_name(i18n.get_locale(), role)}
            </Choice>
        }
    });
    let statuses = Status::ALL.into_iter().map(move |status| {
        view! {
            <Choice value=status.name() chosen=Signal::derive(move || search.read().status == Some(status))>
                {move || status_name(i18n.get_locale(), status)}
            </Choice>
        }
    });
    view! {
        <tr class="filter-row">
            <td data-word=move || t_string!(i18n, roles.email)>
                <input
                    class="input"
                    form="filter"
                    name="email"
                    type="search"
                    value=search.get_untracked().email
                    prop:value=move || search.read().email.clone()
                    aria-label=move || t_string!(i18n, roles.email)
                />
            </td>
            <td data-word=move || t_string!(i18n, roles.user_type)>
                <span class="affix">
                    <select class="select" form="filter" name="type" aria-label=move || t_string!(i18n, roles.user_type)>
                        <option value="">{t!(i18n, roles.every)}</option>
                        {roles.collect_view()}
                    </select>
                    <Icon name="chev" />
                </span>
            </td>
            <td></td>
            <td data-word=move || t_string!(i18n, roles.status)>
                <span class="affix">
                    <select class="select" form="filter" name="status" aria-label=move || t_string!(i18n, roles.status)>
                        <option value="">{t!(i18n, roles.every)}</option>
                        {statuses.collect_view()}
                    </select>
                    <Icon name="chev" />
                </span>
            </td>
            <td colspan="2"><button class="btn" data-size="s" form="filter">{t!(i18n, people.search)}</button></td>
        </tr>
    }
}

#[component]
fn Row(row: AccountRow, remove: ServerAction<Remove>) -> impl IntoView {
    let i18n = use_i18n();
    let (role, status, id) = (row.role, row.status, row.id);
    let (edited, removed, label) = (row.email.clone(), row.email.clone(), row.email.clone());
    let hears: Vec<String> = row.departments.into_iter().map(|unit| unit.name).collect();
    let about = move || td_string!(i18n.get_locale(), roles.remove_about, email = removed.clone());
    view! {
        <tr>
            <th scope="row">
                {row.email}
                {(!row.name.is_empty()).then(|| view! { <span class="sub">{format!(" {}", row.name)}</span> })}
            </th>
            <td>
                {move || role_name(i18n.get_locale(), role)}
                {(!hears.is_empty()).then(|| view! { <span class="sub">{format!(" {}", hears.join(", "))}</span> })}
            </td>
            <td>{row.extension}</td>
            <td><StatusMark status /></td>
            <td class="deed">
                <a
                    class="ib"
                    href=format!("/configuration/roles/{id}")
                    aria-label=move || td_string!(i18n.get_locale(), roles.edit_one, email = edited.clone())
                >
                    <Icon name="pen" />
                </a>
            </td>
            <td class="deed">
                <Confirm
                    id=format!("remove-{id}")
                    icon="trash"
                    label=Signal::derive(move || td_string!(i18n.get_locale(), roles.delete_one, email = label.clone()))
                    word=move || t_string!(i18n, roles.remove)
                    about
                >
                    <ActionForm action=remove>
                        <input type="hidden" name="id" value=id.to_string() />
                        <button class="btn" data-kind="danger">{t!(i18n, roles.remove_do)}</button>
                    </ActionForm>
                </Confirm>
            </td>
        </tr>
    }
}
