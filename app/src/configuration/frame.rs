//! The frame of Konfiguration: its rooms at the side, the open one beside them.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_location};
use model::account::Role;

use super::RIGHTS;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    shell::NotFoundPage,
    ui::{Icon, hide_popover, title},
};

/// A room of Konfiguration.
struct Room {
    address: &'static str,
    icon: &'static str,
    word: fn(Locale) -> &'static str,
    about: fn(Locale) -> &'static str,
}

/// Rooms that belong together.
struct Group {
    word: fn(Locale) -> &'static str,
    rooms: &'static [Room],
}

const GROUPS: [Group; 3] = [
    Group {
        word: |l| td_string!(l, configuration.group_sign_in),
        rooms: &[
            Room {
                address: "/configuration/roles",
                icon: "lock",
                word: |l| td_string!(l, roles.title),
                about: |l| td_string!(l, roles.about),
            },
            Room {
                address: RIGHTS,
                icon: "check",
                word: |l| td_string!(l, configuration.rights),
                about: |l| td_string!(l, configuration.rights_about),
            },
            Room {
                address: "/configuration/sign-in",
                icon: "settings",
                word: |l| td_string!(l, configuration.sign_in),
                about: |l| td_string!(l, configuration.sign_in_about),
            },
        ],
    },
    Group {
        word: |l| td_string!(l, configuration.group_review),
        rooms: &[
            Room {
                address: "/configuration/evaluation-forms",
                icon: "pen",
                word: |l| td_string!(l, forms.title),
                about: |l| td_string!(l, forms.about),
            },
            Room {
                address: "/configuration/call-results",
                icon: "list",
                word: |l| td_string!(l, review.call_result),
                about: |l| td_string!(l, review.call_results_about),
            },
            Room {
                address: "/configuration/customer-responses",
                icon: "user",
                word: |l| td_string!(l, review.customer_response),
                about: |l| td_string!(l, review.customer_responses_about),
            },
        ],
    },
    Group {
        word: |l| td_string!(l, configuration.group_system),
        rooms: &[
            Room {
                address: "/configuration/people",
                icon: "user",
                word: |l| td_string!(l, people.title),
                about: |l| td_string!(l, people.about),
            },
            Room {
                address: "/configuration/hours",
                icon: "clock",
                word: |l| td_string!(l, hours.title),
                about: |l| td_string!(l, hours.about),
            },
            Room {
                address: "/configuration/mail",
                icon: "mail",
                word: |l| td_string!(l, outbox.title),
                about: |l| td_string!(l, outbox.about),
            },
        ],
    },
];

/// Konfiguration for those who answer for the house; for others there is no such page.
#[component]
pub fn ConfigurationPage() -> impl IntoView {
    // Known at once: a room that waits for the answer is made anew each time it is asked for, and fetches all it shows again.
    if SharedValue::new(is_super).into_inner() {
        view! { <Rooms /> }.into_any()
    } else {
        view! { <NotFoundPage /> }.into_any()
    }
}

#[cfg(feature = "ssr")]
fn is_super() -> bool {
    crate::visit::viewer_role() == Some(Role::Super)
}

/// Whoever comes here from another page is known by then.
#[cfg(not(feature = "ssr"))]
fn is_super() -> bool {
    // What it holds, and not the resource, which is read where something waits.
    let me = *expect_context::<crate::routes::MeResource>();
    me.get_untracked()
        .and_then(Result::ok)
        .flatten()
        .is_some_and(|me| me.role == Role::Super)
}

/// The menu at the side, and the room. Where there is no side, the menu is behind a button that says where one is.
#[component]
fn Rooms() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let here = Memo::new(move |_| {
        let mut rooms = GROUPS.iter().flat_map(|group| group.rooms);
        rooms.position(|room| current(&path.read(), room.address).is_some())
    });
    let button = move || {
        let room = GROUPS.iter().flat_map(|group| group.rooms).nth(here.get()?)?;
        Some(view! {
            <button class="btn" data-kind="quiet" data-size="s" type="button" popovertarget="rooms">
                <span class="muted">{t!(i18n, configuration.title)}</span>
                {move || (room.word)(i18n.get_locale())}
                <Icon name="chev" />
            </button>
        })
    };
    let name = move || t_string!(i18n, configuration.title);
    view! {
        <div class="sided">
            <nav class="side wide" aria-label=name><Links /></nav>
            <nav class="here narrow" aria-label=name>
                {button}
                <div class="float side" id="rooms" popover="auto"><Links /></div>
            </nav>
            <main id="main"><Outlet /></main>
        </div>
    }
}

/// The rooms, group by group.
#[component]
fn Links() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let groups = GROUPS.into_iter().map(move |group| {
        let rooms = group.rooms.iter().map(move |room| {
            let current = move || current(&path.read(), room.address);
            let leave = |_| hide_popover("rooms");
            view! {
                <li>
                    <a href=room.address aria-current=current on:click=leave>{move || (room.word)(i18n.get_locale())}</a>
                </li>
            }
        });
        view! {
            <li>
                <h2>{move || (group.word)(i18n.get_locale())}</h2>
                <ul>{rooms.collect_view()}</ul>
            </li>
        }
    });
    view! { <ul>{groups.collect_view()}</ul> }
}

/// Where one may go from here.
#[component]
pub fn ConfigurationHome() -> impl IntoView {
    let i18n = use_i18n();
    let doors = GROUPS.iter().flat_map(|group| group.rooms).map(move |room| {
        view! {
            <li>
                <a href=room.address>
                    <Icon name=room.icon />
                    <b>{move || (room.word)(i18n.get_locale())}</b>
                    <p>{move || (room.about)(i18n.get_locale())}</p>
                    <Icon name="next" />
                </a>
            </li>
        }
    });
    view! {
        <Title text=title(move || t_string!(i18n, configuration.title)) />
        <div class="head"><h1 tabindex="-1">{t!(i18n, configuration.title)}</h1></div>
        <ul class="doors">{doors.collect_view()}</ul>
    }
}

/// `page` on the room's own page, `true` on pages inside it.
fn current(path: &str, address: &str) -> Option<&'static str> {
    let rest = path.strip_prefix(address)?;
    match rest {
        "" => Some("page"),
        rest if rest.starts_with('/') => Some("true"),
        _ => None,
    }
}
