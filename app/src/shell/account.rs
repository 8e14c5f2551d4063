//! The account's menu: who one is, how it looks, the way out.

use leptos::{prelude::*, server_fn::ServerFn};
use model::account::{Me, Role};

use super::choices::Appearance;
use crate::{
    account::api::SignOut as SignOutFunction,
    i18n::{Locale, t, td_string, use_i18n},
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

/// A role, as people call it.
pub fn role_name(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::MyConsole => td_string!(locale, shell.role_my_console),
        Role::Restricted => td_string!(locale, shell.role_restricted),
        Role::Super => td_string!(locale, shell.role_super),
    }
}

/// Name and role.
#[component]
pub fn Who(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    let role = move || role_name(i18n.get_locale(), me.role);
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

/// The way to one's own account.
#[component]
pub fn Own(
    /// The floating menu it stands in; closed when one goes.
    #[prop(default = "account")]
    menu: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="item" href="/account" on:click=move |_| crate::ui::hide_popover(menu)>
            <Icon name="user" />
            {t!(i18n, shell.my_account)}
        </a>
    }
}

#[component]
pub fn Account(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Who me />
        <Own />
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
