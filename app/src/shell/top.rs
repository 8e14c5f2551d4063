//! The first row of every page inside: brand, menu, language and account; folded into one menu on narrow screens.

use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::Location};
use model::account::Me;

use super::{
    account::{Account, Own, SignOut, Who, initials},
    choices::{Appearance, Choices, Languages, own_name},
    menu::MenuLinks,
};
use crate::{
    i18n::{t_string, td_string, use_i18n},
    routes::MeResource,
    ui::Icon,
    waking::ready_in_turn,
};

#[component]
pub fn Top() -> impl IntoView {
    let me = expect_context::<MeResource>();
    view! {
        <header class="top">
            <a class="brand" href="/"><Icon name="hark" size="l" />"Hark"</a>
            <Transition>
                {move || Suspend::new(async move {
                    // Without an answer there is no menu, but there is a page, and it says what is wrong.
                    me.await.ok().flatten().map(|me| view! { <Inside me /> })
                })}
            </Transition>
        </header>
    }
}

#[component]
fn Inside(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    let role = me.role;
    let name = me.name.clone();
    let (short, shown) = (initials(&name), initials(&name));
    let label = move || {
        td_string!(
            i18n.get_locale(),
            shell.account,
            initials = short.clone(),
            name = name.clone()
        )
    };
    let (start, folded, own, whose) = (me.start.clone(), me.start.clone(), me.clone(), me.clone());
    let (look, Location { pathname, search, .. }) = (expect_context::<Choices>().look(), use_location());
    let locale = move || i18n.get_locale_untracked();
    let nav = (role, me.start.clone());
    let of_nav = move || ("nav", locale(), nav, pathname.get_untracked());
    // They lead back to where one is.
    let ready = move |name: &'static str, make: Box<dyn FnOnce() -> AnyView + Send>| {
        let all_that_counts = || {
            let address = (pathname.get_untracked(), search.get_untracked());
            (name, locale(), whose.clone(), look, address)
        };
        ready_in_turn(0, all_that_counts, make)
    };
    let menu = move || {
        view! {
            <div class="float" id="menu" popover="auto">
                <nav aria-label=move || t_string!(i18n, shell.menu)><MenuLinks role folded=true start=folded /></nav>
                <hr />
                <Languages menu="menu" />
                <hr />
                <Appearance />
                <hr />
                <Who me />
                <Own menu="menu" />
                <SignOut />
            </div>
        }
        .into_any()
    };
    view! {
        {ready_in_turn(0, of_nav, move || view! { <nav class="wide" aria-label=move || t_string!(i18n, shell.main_menu)><MenuLinks role start /></nav> })}
        <div class="end">
            <button class="btn wide" data-kind="quiet" type="button" popovertarget="languages">
                <Icon name="globe" />
                {move || own_name(i18n.get_locale())}
            </button>
            <button class="ib wide" type="button" popovertarget="account" aria-label=label>
                <span class="avatar" aria-hidden="true">{shown}</span>
            </button>
            <button class="ib narrow" type="button" popovertarget="menu" aria-label=move || t_string!(i18n, shell.menu)>
                <Icon name="menu" />
            </button>
        </div>
        {ready("languages", Box::new(|| view! { <div class="float" id="languages" popover="auto"><Languages menu="languages" /></div> }.into_any()))}
        {ready("account", Box::new(|| view! { <div class="float" id="account" popover="auto"><Account me=own /></div> }.into_any()))}
        {ready("menu", Box::new(menu))}
    }
}
