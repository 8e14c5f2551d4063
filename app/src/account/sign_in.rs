//! Signing in (checklist 19–21).

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::problem::Field;

use super::api::SignIn;
use crate::{
    document::company,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Notice, Submit, TextField, follow, problem, title},
};

#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let next = move || query.read().get("next").unwrap_or_else(|| "/".to_owned());
    let changed = move || query.read().get("changed").is_some();
    let action = ServerAction::<SignIn>::new();
    let problem = problem(action);
    follow(action);
    let company = company();
    let about = move || {
        let named = !company.is_empty();
        named.then(|| td_string!(i18n.get_locale(), account.about, company = company.clone()))
    };
    view! {
        <Title text=title(move || t_string!(i18n, account.title)) />
        <main id="main">
            // The server says what is missing, in the reader's language and where everything else is said.
            <ActionForm action attr:novalidate="">
                <div>
                    <h1 tabindex="-1">{t!(i18n, account.lead)}</h1>
                    <p class="lead">{about}</p>
                </div>
                <ErrorSummary title=move || t_string!(i18n, account.failed) problem />
                <Show when=move || changed() && problem.read().is_none()>
                    <Notice state="ok" title=move || t_string!(i18n, account.changed)>
                        {move || t_string!(i18n, account.changed_why)}
                    </Notice>
                </Show>
                <input type="hidden" name="next" value=next />
                <TextField field=Field::Email autocomplete="username" problem />
                <TextField field=Field::Password autocomplete="current-password" problem />
                <label class="check"><input type="checkbox" name="keep" />{t!(i18n, account.keep)}</label>
                <Submit action wide=true>
                    {t!(i18n, account.submit)}
                </Submit>
                <a class="aside" href="/forgot">{t!(i18n, account.no_access)}</a>
            </ActionForm>
        </main>
    }
}
