//! The first row of every page inside: brand, menu, language and account; folded into one menu on narrow screens.

use leptos::prelude::*;
use model::account::Me;

use super::{
    account::{Account, Own, SignOut, Who, initials},
    choices::{Appearance, Languages, own_name},
    menu::MenuLinks,
};
use crate::{
    i18n::{t_string, td_string, use_i18n},
    routes::MeResource,
    ui::Icon,
    waking::in_turn,
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
    let (start, folded, own) = (me.start.clone(), me.start.clone(), me.clone());
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
    };
    view! {
        {in_turn(0, move || view! { <nav class="wide" aria-label=move || t_string!(i18n, shell.main_menu)><MenuLinks role start /></nav> })}
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
        {in_turn(0, || view! { <div class="float" id="languages" popover="auto"><Languages menu="languages" /></div> })}
        {in_turn(0, || view! { <div class="float" id="account" popover="auto"><Account me=own /></div> })}
        {in_turn(0, menu)}
    }
}
