//! Around the pages before one is inside: brand and language above, a conversation that comes to rest below.

use leptos::prelude::*;

use super::choices::{Languages, own_name};
use crate::{
    document::company,
    i18n::{td_string, use_i18n},
    ui::{Icon, asset},
};

#[component]
pub fn Top() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <header>
            <span class="brand"><Icon name="hark" size="l" />"Hark"</span>
            <button class="btn" data-kind="quiet" type="button" popovertarget="languages">
                <Icon name="globe" />
                {move || own_name(i18n.get_locale())}
                <Icon name="chev" />
            </button>
            <div class="float" id="languages" popover="auto"><Languages menu="languages" /></div>
        </header>
    }
}

#[component]
pub fn Foot() -> impl IntoView {
    let i18n = use_i18n();
    let waves = asset("hark-waves");
    let company = company();
    let responsible = move || {
        let named = !company.is_empty();
        named.then(|| td_string!(i18n.get_locale(), account.responsible, company = company.clone()))
    };
    view! {
        <svg class="gate-wave" aria-hidden="true">
            <use data-who="agent" href=format!("{waves}#agent")></use>
            <use data-who="customer" href=format!("{waves}#customer")></use>
        </svg>
        <footer><span>{responsible}</span></footer>
    }
}
