//! The account's menu: who one is, how it looks, the way out.

use leptos::{prelude::*, server_fn::ServerFn};
use model::account::{Me, Role};

use super::choices::Appearance;
use crate::{
    api::SignOut as SignOutFunction,
    i18n::{t, td_string, use_i18n},
    ui::Icon,
};

/// First and last initial of a name, or the first sign of an address.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

/// Name and role.
#[component]
pub fn Who(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    let role = move || match me.role {
        Role::MyConsole => td_string!(i18n.get_locale(), shell.role_my_console),
        Role::Restricted => td_string!(i18n.get_locale(), shell.role_restricted),
        Role::Super => td_string!(i18n.get_locale(), shell.role_super),
    };
    view! {
        <div class="who">
            <b>{me.name}</b>
            <span class="muted small">{role}</span>
        </div>
    }
}

/// The way out: a whole new page, so that nothing of what was heard stays behind.
#[component]
pub fn SignOut() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <form method="post" action=SignOutFunction::url()>
            <button class="item"><Icon name="signout" />{t!(i18n, shell.sign_out)}</button>
        </form>
    }
}

#[component]
pub fn Account(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Who me />
        <Appearance />
        <hr />
        <button class="item" type="button" popovertarget="keys">
            <Icon name="keys" />
            {t!(i18n, shell.keys)}
            <kbd>"?"</kbd>
        </button>
        <SignOut />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials("Åsa Maria Öström"), "ÅÖ");
        assert_eq!(initials("eva@bolaget.example"), "E");
        assert_eq!(initials(""), "");
    }
}
