//! One's own account: who one is here, the password, and where one is signed in (checklist 30).

use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use model::{
    account::{Me, Place},
    password::Policy,
    problem::Field,
};

use super::{
    api::{ChangePassword, EndSession, EndSessions, password_policy, places},
    new_password::NewPassword,
};
use crate::{
    format,
    i18n::{t, t_string, td_string, use_i18n},
    routes::MeResource,
    shell::role_name,
    ui::{ErrorSummary, Fault, Icon, Loading, Notice, Submit, TextField, follow, problem, title},
};

#[component]
pub fn OwnPage() -> impl IntoView {
    let i18n = use_i18n();
    let me = expect_context::<MeResource>();
    let policy = Resource::new(|| (), |()| password_policy());
    let places = Resource::new(|| (), |()| places());
    view! {
        <Title text=title(move || t_string!(i18n, account.own_title)) />
        <main class="page" id="main">
            <div class="head">
                <div>
                    <h1 tabindex="-1">{t!(i18n, account.own_title)}</h1>
                    <p class="lead">{t!(i18n, account.own_lead)}</p>
                </div>
            </div>
            <div class="topics">
                <section>
                    <h2>{t!(i18n, account.own_facts)}</h2>
                    <div>
                        <Suspense fallback=|| view! { <Loading rows=2 /> }>
                            {move || Suspend::new(async move { me.await.ok().flatten().map(|me| view! { <Facts me /> }) })}
                        </Suspense>
                    </div>
                </section>
                <section>
                    <h2>{t!(i18n, account.own_places)}</h2>
                    <div>
                        <Suspense fallback=|| view! { <Loading rows=2 /> }>
                            {move || Suspend::new(async move {
                                match places.await {
                                    Ok(places) => view! { <Places places /> }.into_any(),
                                    Err(error) => {
                                        let title = move || t_string!(i18n, account.own_places_failed);
                                        view! { <Fault title problem=error.0 /> }.into_any()
                                    }
                                }
                            })}
                        </Suspense>
                    </div>
                </section>
                <section id="password">
                    <h2>{t!(i18n, account.own_password)}</h2>
                    <div>
                        <p class="muted">{t!(i18n, account.own_password_why)}</p>
                        <Suspense fallback=|| view! { <Loading rows=3 /> }>
                            {move || Suspend::new(async move { policy.await.ok().map(|policy| view! { <Change policy /> }) })}
                        </Suspense>
                    </div>
                </section>
            </div>
        </main>
    }
}

#[component]
fn Facts(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    let warning = me.password_days.map(|days| {
        let title = move || {
            if days == 1 {
                t_string!(i18n, account.own_day).to_owned()
            } else {
                td_string!(i18n.get_locale(), account.own_days, days = days)
            }
        };
        view! { <Notice state="warn" title>{move || t_string!(i18n, account.own_days_why)}</Notice> }
    });
    view! {
        {warning}
        <dl class="facts">
            <dt>{t!(i18n, account.own_email)}</dt>
            <dd>{me.email}</dd>
            <dt>{t!(i18n, account.own_role)}</dt>
            <dd>{move || role_name(i18n.get_locale(), me.role)}</dd>
        </dl>
    }
}

#[component]
fn Change(policy: Policy) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangePassword>::new();
    let problem = problem(action);
    follow(action);
    view! {
        <ActionForm action attr:novalidate="" attr:class="form">
            <ErrorSummary title=move || t_string!(i18n, account.link_failed) problem />
            <TextField field=Field::OldPassword autocomplete="current-password" problem />
            <NewPassword policy problem />
            <div class="row-start">
                <Submit action>
                    {t!(i18n, account.own_password_submit)}
                </Submit>
            </div>
        </ActionForm>
    }
}

#[component]
fn Places(places: Vec<Place>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = places.into_iter().map(|place| view! { <OnePlace place /> });
    view! {
        <ul class="places">{rows.collect_view()}</ul>
        <form class="row-start" method="post" action=EndSessions::url()>
            <button class="btn">{t!(i18n, account.own_places_end)}</button>
        </form>
    }
}

#[component]
fn OnePlace(place: Place) -> impl IntoView {
    let i18n = use_i18n();
    let browser = place.agent.as_deref().and_then(browser);
    let name = move || {
        browser
            .clone()
            .unwrap_or_else(|| t_string!(i18n, account.own_place_unknown).to_owned())
    };
    let (since, seen) = (place.since.clone(), place.seen.clone());
    let since = move || {
        let locale = i18n.get_locale();
        td_string!(locale, account.own_place_since, day = format::short(locale, &since))
    };
    let seen = move || {
        let locale = i18n.get_locale();
        td_string!(locale, account.own_place_seen, day = format::short(locale, &seen))
    };
    let end = (!place.own).then(|| {
        view! {
            <form method="post" action=EndSession::url()>
                <input type="hidden" name="id" value=place.id.to_string() />
                <button class="btn" data-kind="quiet">{t!(i18n, account.own_place_end)}</button>
            </form>
        }
    });
    view! {
        <li>
            <Icon name="monitor" />
            <div>
                <p>
                    <b>{name}</b>
                    {place.own.then(|| view! { <span class="badge" data-state="ok">{t!(i18n, account.own_place_here)}</span> })}
                </p>
                <p class="muted small">
                    <span class="nowrap">{since}","</span>
                    " "
                    <span class="nowrap">{seen}</span>
                    {place.address.map(|address| view! { " · " <span class="nowrap">{address}</span> })}
                </p>
            </div>
            {end}
        </li>
    }
}

/// What a browser and its system are called by people, as far as it tells.
fn browser(agent: &str) -> Option<String> {
    let found = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(sign, _)| agent.contains(sign))
            .map(|(_, name)| *name)
    };
    // Each pretends to be those after it.
    let program = found(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ])?;
    let system = found(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "Chrome OS"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(|| program.to_owned(), |system| format!("{program}, {system}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0";
        assert_eq!(browser(edge).as_deref(), Some("Edge, Windows"));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit Version/19 Safari/604.1";
        assert_eq!(browser(phone).as_deref(), Some("Safari, iPhone"));
        assert_eq!(browser("curl/8"), None);
    }
}
