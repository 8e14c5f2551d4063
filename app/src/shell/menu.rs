//! The menu: what each role finds in it, in the guide's order (checklist 33, 35, 37). A room that is built gets a line here.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::account::Role;

use crate::i18n::{Locale, td_string, use_i18n};

/// A room one may go to.
pub struct Door {
    /// Its address.
    pub address: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Its name in the menu.
    pub word: fn(Locale, Role) -> &'static str,
    /// What it is for, on the start page.
    pub about: fn(Locale, Role) -> &'static str,
    roles: &'static [Role],
}

const EVERYONE: &[Role] = &Role::ALL;

const DOORS: [Door; 4] = [
    Door {
        address: "/",
        icon: "home",
        word: |l, _| td_string!(l, shell.home),
        about: |_, _| "",
        roles: &[Role::Restricted, Role::Super],
    },
    Door {
        address: "/recordings",
        icon: "headphones",
        word: |l, _| td_string!(l, shell.recordings),
        about: recordings,
        roles: EVERYONE,
    },
    Door {
        address: "/configuration",
        icon: "settings",
        word: |l, _| td_string!(l, shell.configuration),
        about: |l, _| td_string!(l, home.configuration),
        roles: &[Role::Super],
    },
    Door {
        address: "/help",
        icon: "help",
        word: help,
        about: |l, _| td_string!(l, home.help),
        roles: EVERYONE,
    },
];

/// The guide calls it one thing to those who hear their own calls and another to those above them.
fn help(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::MyConsole => td_string!(locale, shell.help),
        Role::Restricted | Role::Super => td_string!(locale, shell.help_above),
    }
}

fn recordings(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::MyConsole => td_string!(locale, home.recordings_own),
        Role::Restricted => td_string!(locale, home.recordings_restricted),
        Role::Super => td_string!(locale, home.recordings_all),
    }
}

/// The rooms a role may go to.
pub fn doors(role: Role) -> impl Iterator<Item = &'static Door> {
    DOORS.iter().filter(move |door| door.roles.contains(&role))
}

/// The menu's links; `folded` as lines of a floating menu, else as words beside each other.
#[component]
pub fn MenuLinks(
    /// Whose menu.
    role: Role,
    /// Whether it stands in the menu of narrow screens.
    #[prop(optional)]
    folded: bool,
    /// The address of the list that one begins with, where one has been chosen.
    start: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let mut start = start;
    doors(role)
        .map(|door| {
            // Who has chosen a list to begin with finds it behind the list's own door.
            let to = start.take_if(|_| door.address == "/recordings");
            let to = to.unwrap_or_else(|| door.address.to_owned());
            let word = move || (door.word)(i18n.get_locale(), role);
            let current = move || current(&path.read(), door.address);
            if folded {
                let leave = |_| crate::ui::hide_popover("menu");
                view! { <a class="item" href=to aria-current=current on:click=leave>{word}</a> }.into_any()
            } else {
                view! { <a href=to aria-current=current><span data-word=word>{word}</span></a> }.into_any()
            }
        })
        .collect_view()
}

/// `page` on the room's own page, `true` on pages inside it.
fn current(path: &str, address: &str) -> Option<&'static str> {
    if path == address {
        return Some("page");
    }
    let inside = path.strip_prefix(address).is_some_and(|rest| rest.starts_with('/'));
    (inside && address != "/").then_some("true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_belongs_to_the_list_and_nothing_to_home() {
        assert_eq!(current("/recordings", "/recordings"), Some("page"));
        assert_eq!(current("/recordings/7", "/recordings"), Some("true"));
        assert_eq!(current("/recordings-old", "/recordings"), None);
        assert_eq!(current("/recordings", "/"), None);
        assert_eq!(current("/", "/"), Some("page"));
    }

    #[test]
    fn each_role_finds_what_the_guide_says() {
        let words = |role| {
            doors(role)
                .map(|door| (door.word)(Locale::sv, role))
                .collect::<Vec<_>>()
        };
        assert_eq!(words(Role::MyConsole), ["Samtalsinspelningar", "Hjälp"]);
        assert_eq!(
            words(Role::Super),
            ["Hem", "Samtalsinspelningar", "Konfiguration", "Hjälpen"]
        );
    }
}
