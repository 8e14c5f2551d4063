//! The list of people: who is recorded, and what they may reach.

use leptos::{ev::MouseEvent, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::{
    account::Status,
    people::{PeoplePage as Page, PersonRow, Unit},
};

use super::api::{PeopleSearch, SetRecording, list_people, units};
use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    roles::status_name,
    shell::role_name,
    ui::{Choice, Empty, Fault, Icon, Loading, Saved, done, title},
};

type PageResource = Resource<Result<Page, AppError>>;

fn read(params: &ParamsMap) -> PeopleSearch {
    PeopleSearch {
        search: params.get("q").unwrap_or_default(),
        department: params.get("department").and_then(|id| id.parse().ok()),
        skip: params
            .get("skip")
            .and_then(|skip| skip.parse().ok())
            .unwrap_or_default(),
    }
}

fn address(search: &PeopleSearch, skip: u64) -> String {
    let words = model::address::encode(&search.search);
    let department = search
        .department
        .map(|id| format!("&department={id}"))
        .unwrap_or_default();
    let skip = if skip > 0 {
        format!("&skip={skip}")
    } else {
        String::new()
    };
    format!("/configuration/people?q={words}{department}{skip}")
}

#[component]
pub fn PeoplePage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let search = Memo::new(move |_| read(&query.read()));
    let switch = ServerAction::<SetRecording>::new();
    let switch_done = done(switch);
    let people: PageResource = Resource::new(
        move || (search.get(), switch_done.get()),
        |(search, _)| list_people(search),
    );
    let departments = Resource::new(|| (), |()| units());
    let retry = Callback::new(move |()| people.refetch());
    view! {
        <Title text=title(move || t_string!(i18n, people.title)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, people.title)}</h1>
                <p class="lead">{t!(i18n, people.lead)}</p>
            </div>
            <div class="end">
                <a class="btn" href="/configuration/people/import">{t!(i18n, people.import)}</a>
                <a class="btn" data-kind="primary" href="/configuration/people/new"><Icon name="plus" />{t!(i18n, people.add)}</a>
            </div>
        </div>
        <Saved what="left" />
        <Saved what="import" />
        <form class="searchbar" method="get" action="/configuration/people" role="search">
            <label class="vh" for="q">{t!(i18n, people.search)}</label>
            <span class="affix">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    id="q"
                    name="q"
                    value=move || search.read().search.clone()
                    prop:value=move || search.read().search.clone()
                    placeholder=move || t_string!(i18n, people.search_hint)
                />
            </span>
            <Suspense>
                {move || Suspend::new(async move {
                    departments.await.ok().map(|units| view! { <Departments units search /> })
                })}
            </Suspense>
            <button class="btn">{t!(i18n, people.search)}</button>
        </form>
        <Transition fallback=|| view! { <Loading rows=8 /> }>
            {move || Suspend::new(async move {
                match people.await {
                    Ok(page) if page.everyone == 0 => view! { <Nobody /> }.into_any(),
                    Ok(page) if page.rows.is_empty() => view! { <NotFound /> }.into_any(),
                    Ok(page) => view! { <Table page search switch /> }.into_any(),
                    Err(error) => {
                        let title = move || t_string!(i18n, people.not_fetched);
                        view! { <Fault title problem=error.0 retry /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Departments(units: Vec<Unit>, search: Memo<PeopleSearch>) -> impl IntoView {
    let i18n = use_i18n();
    let options = units
        .into_iter()
        .filter(|unit| unit.level == model::people::Level::Department)
        .map(move |unit| {
            let chosen = Signal::derive(move || search.read().department == Some(unit.id));
            view! { <Choice value=unit.id.to_string() chosen>{unit.name}</Choice> }
        });
    view! {
        <label class="vh" for="department-filter">{t!(i18n, fields.department)}</label>
        <span class="affix">
            <select class="select" id="department-filter" name="department">
                <option value="">{t!(i18n, people.every_department)}</option>
                {options.collect_view()}
            </select>
            <Icon name="chev" />
        </span>
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty title=move || t_string!(i18n, people.nobody) why=move || t_string!(i18n, people.nobody_why)>
            <a class="btn" data-kind="primary" href="/configuration/people/new">{t!(i18n, people.add)}</a>
            <a class="btn" href="/configuration/people/import">{t!(i18n, people.import)}</a>
        </Empty>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty title=move || t_string!(i18n, people.not_found) why=move || t_string!(i18n, people.not_found_why)>
            <a class="btn" href="/configuration/people">{t!(i18n, people.show_all)}</a>
        </Empty>
    }
}

#[component]
fn Table(page: Page, search: Memo<PeopleSearch>, switch: ServerAction<SetRecording>) -> impl IntoView {
    let i18n = use_i18n();
    let (total, everyone, recorded) = (page.total, page.everyone, page.recorded);
    let sum = move || {
        let locale = i18n.get_locale();
        let count = |number| format::count(locale, number);
        if total == everyone {
            td_string!(locale, people.sum, total = count(total), recorded = count(recorded))
        } else {
            td_string!(
                locale,
                people.sum_found,
                total = count(total),
                everyone = count(everyone)
            )
        }
    };
    let skip = u64::from(search.with_untracked(|search| search.skip));
    let first = (skip > 0).then(|| search.with_untracked(|search| address(search, 0)));
    let next = page
        .next
        .map(|next| search.with_untracked(|search| address(search, next)));
    let rows = page.rows.into_iter().map(|row| view! { <Row row switch /> });
    view! {
        <p class="muted small sum" role="status">{sum}</p>
        <div class="wide-table">
            <table class="table" data-plain data-fold>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, people.name)}</th>
                        <th scope="col">{t!(i18n, fields.extension)}</th>
                        <th scope="col">{t!(i18n, fields.numbers)}</th>
                        <th scope="col">{t!(i18n, fields.department)}</th>
                        <th scope="col">{t!(i18n, fields.role)}</th>
                        <th scope="col" class="deed">{t!(i18n, people.recorded)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {(first.is_some() || next.is_some())
            .then(|| {
                view! {
                    <nav class="pager" aria-label=move || t_string!(i18n, recordings.pages)>
                        <span class="end">
                            {first.map(|first| view! { <a class="btn" data-size="s" href=first>{t!(i18n, recordings.first_page)}</a> })}
                            {next.map(|next| view! { <a class="btn" data-size="s" href=next>{t!(i18n, recordings.next_page)}</a> })}
                        </span>
                    </nav>
                }
            })}
    }
}

#[component]
fn Row(row: PersonRow, switch: ServerAction<SetRecording>) -> impl IntoView {
    let i18n = use_i18n();
    let last = row.numbers.len().saturating_sub(1);
    let numbers = row.numbers.into_iter().enumerate().map(|(place, number)| {
        let comma = if place < last { "," } else { "" };
        view! {
            {(place > 0).then_some(" ")}
            <span class="nowrap">{format!("{}{comma}", number.shown)}</span>
        }
    });
    let (role, status) = (row.role, row.status);
    // Without its heading, "none" says nothing.
    let none = role.is_none().then_some("");
    let role = move || {
        role.map_or_else(
            || t_string!(i18n, people.no_role),
            |role| role_name(i18n.get_locale(), role),
        )
    };
    let status = status.filter(|status| *status != Status::Active).map(|status| {
        view! { <span class="badge" data-state="warn">{move || status_name(i18n.get_locale(), status)}</span> }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/configuration/people/{}", row.id)>{row.name.clone()}</a>
                {row.title.map(|title| view! { <span class="sub">{format!(" {title}")}</span> })}
            </th>
            <td>{row.extension}</td>
            <td>{numbers.collect_view()}</td>
            <td>{row.department}</td>
            <td data-none=none>{role} " " {status}</td>
            <td class="deed"><Switch id=row.id name=row.name on=row.recording_active switch /></td>
        </tr>
    }
}

/// The person's own switch (checklist 8). A form, so that it works before the page is awake.
#[component]
fn Switch(id: model::id::PersonId, name: String, on: bool, switch: ServerAction<SetRecording>) -> impl IntoView {
    let i18n = use_i18n();
    let turn = move |event: MouseEvent| {
        event.prevent_default();
        switch.dispatch(SetRecording { id, on: !on });
    };
    view! {
        <form method="post" action=SetRecording::url()>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="on" value=(!on).to_string() />
            <button
                class="switch"
                role="switch"
                aria-checked=on.to_string()
                aria-label=move || td_string!(i18n.get_locale(), people.record, name = name.clone())
                on:click=turn
            ></button>
        </form>
    }
}
