//! The start page (checklist 32, 35): today in two figures, what waits to be answered, read and finished, where one may go, and the
//! latest calls.

mod latest;
mod to_answer;
mod to_finish;
mod to_read;
mod waiting;

use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    account::{Me, Role},
    filter::Filter,
    list::{ListQuery, Page, Total},
    period::Period,
};

use crate::{
    api,
    error::AppError,
    evaluation::{read_to_answer, read_to_finish, read_to_read},
    format,
    i18n::{t, t_string, td_string, use_i18n},
    routes::MeResource,
    shell::{Door, doors},
    ui::{self, Fault, Icon, Loading},
};
use latest::Latest;
use to_answer::{ToAnswerCard, ToAnswerResource};
use to_finish::{ToFinishCard, ToFinishResource};
use to_read::{ToReadCard, ToReadResource};

type PageResource = Resource<Result<Page, AppError>>;

#[component]
pub fn HomePage() -> impl IntoView {
    let i18n = use_i18n();
    let me = expect_context::<MeResource>();
    let today: PageResource = Resource::new(|| (), |()| api::list_recordings(ListQuery::default()));
    let week: PageResource = Resource::new(
        || (),
        |()| {
            let filter = Filter {
                period: Period::Last7,
                ..Filter::default()
            };
            api::list_recordings(ListQuery {
                filter,
                ..ListQuery::default()
            })
        },
    );
    let to_read: ToReadResource = Resource::new(|| (), |()| read_to_read());
    let to_answer: ToAnswerResource = Resource::new(|| (), |()| read_to_answer());
    let to_finish: ToFinishResource = Resource::new(|| (), |()| read_to_finish());
    view! {
        <main class="page" id="main">
            <Transition fallback=|| view! { <Loading rows=2 /> }>
                {move || Suspend::new(async move {
                    match me.await {
                        Ok(Some(me)) => view! { <Greeting me /> }.into_any(),
                        Ok(None) => view! { <Title text=ui::title(move || t_string!(i18n, home.title)) /> }.into_any(),
                        Err(error) => view! { <Unknown error /> }.into_any(),
                    }
                })}
            </Transition>
            <Today today />
            <ToAnswerCard waiting=to_answer />
            <ToReadCard waiting=to_read />
            <ToFinishCard begun=to_finish />
            <Doors />
            <Latest week />
        </main>
    }
}

/// Heading and greeting.
#[component]
fn Greeting(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    let own = me.role == Role::MyConsole;
    let title = move || {
        if own {
            t_string!(i18n, home.title_own)
        } else {
            t_string!(i18n, home.title)
        }
    };
    let hello = move || {
        td_string!(
            i18n.get_locale(),
            home.hello,
            name = me.name.clone(),
            company = me.company.clone()
        )
    };
    view! {
        <Title text=ui::title(title) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{title}</h1>
                <p class="lead">{hello}</p>
            </div>
        </div>
    }
}

/// Who one is could not be had.
#[component]
fn Unknown(error: AppError) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=ui::title(move || t_string!(i18n, home.title)) />
        <div class="head"><h1 tabindex="-1">{t!(i18n, home.title)}</h1></div>
        <Fault title=move || t_string!(i18n, errors.title) problem=error.0 />
    }
}

/// How many recordings today has, and how long they are, as ways to the list.
#[component]
fn Today(today: PageResource) -> impl IntoView {
    let i18n = use_i18n();
    let retry = Callback::new(move |()| today.refetch());
    view! {
        <Transition fallback=|| view! { <Loading rows=2 /> }>
            {move || Suspend::new(async move {
                match today.await {
                    Ok(page) => view! { <Figures page /> }.into_any(),
                    Err(error) => view! { <Fault title=move || t_string!(i18n, home.latest_failed) problem=error.0 retry /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Figures(page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let Total {
        count: total,
        ms: total_ms,
        ..
    } = page.total;
    let average = move || {
        let locale = i18n.get_locale();
        match i64::try_from(total) {
            Ok(total) if total > 0 => td_string!(locale, home.average, length = format::length(total_ms / total)),
            _ => td_string!(locale, home.no_average).to_owned(),
        }
    };
    view! {
        <ul class="figures">
            <li>
                <a href="/recordings">
                    <span class="k">{t!(i18n, home.today)}</span>
                    <span class="v">{move || format::count(i18n.get_locale(), total)}</span>
                </a>
            </li>
            <li>
                <a href="/recordings">
                    <span class="k">{t!(i18n, home.time_today)}</span>
                    <span class="v">{format::length(total_ms)}</span>
                    <span class="d">{average}</span>
                </a>
            </li>
        </ul>
    }
}

/// Where one may go from here, a line each.
#[component]
fn Doors() -> impl IntoView {
    let i18n = use_i18n();
    let me = expect_context::<MeResource>();
    view! {
        <section class="block" aria-labelledby="doors">
            <h2 id="doors" class="vh">{t!(i18n, home.doors)}</h2>
            <Transition>
                {move || Suspend::new(async move {
                    let role = me.await.ok().flatten()?.role;
                    let elsewhere = doors(role).filter(|door| door.address != "/");
                    Some(view! { <ul class="doors">{elsewhere.map(|door| view! { <DoorLine door role /> }).collect_view()}</ul> })
                })}
            </Transition>
        </section>
    }
}

#[component]
fn DoorLine(door: &'static Door, role: Role) -> impl IntoView {
    let i18n = use_i18n();
    let word = move || (door.word)(i18n.get_locale(), role);
    let about = move || (door.about)(i18n.get_locale(), role);
    view! {
        <li>
            <a href=door.address>
                <Icon name=door.icon />
                <b>{word}</b>
                <p>{about}</p>
                <Icon name="next" />
            </a>
        </li>
    }
}
