//! Taking a new instance into use: its first administrator proves that the server is theirs.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::problem::{Field, Problem};

use crate::{
    account::api::Claim,
    i18n::{t, t_string, use_i18n},
    ui::{ErrorSummary, Submit, TextField, follow, problem, title},
};

#[component]
pub fn SetupPage() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<Claim>::new();
    let problem = problem(action);
    follow(action);
    let claimed = move || problem.get() == Some(Problem::AlreadyClaimed);
    view! {
        <Title text=title(move || t_string!(i18n, setup.title)) />
        <main id="main">
            <ActionForm action attr:novalidate="" attr:data-size="l">
                <div>
                    <h1 tabindex="-1">{t!(i18n, setup.title)}</h1>
                    <p class="lead">{t!(i18n, setup.lead)}</p>
                </div>
                <ErrorSummary title=move || t_string!(i18n, setup.failed) problem />
                <Show when=claimed><a class="aside" href="/signin" rel="external">{t!(i18n, setup.to_sign_in)}</a></Show>
                <fieldset class="step">
                    <legend>{t!(i18n, setup.step_code)}</legend>
                    <TextField field=Field::Code autocomplete="one-time-code" problem>
                        {t!(i18n, setup.code_hint)}
                        " "
                        <code>"hark setup-code"</code>
                        "."
                    </TextField>
                </fieldset>
                <fieldset class="step">
                    <legend>{t!(i18n, setup.step_company)}</legend>
                    <TextField field=Field::Company autocomplete="organization" problem />
                </fieldset>
                <fieldset class="step">
                    <legend>{t!(i18n, setup.step_account)}</legend>
                    <TextField field=Field::Email autocomplete="username" problem>{t!(i18n, setup.email_hint)}</TextField>
                    <TextField field=Field::Password autocomplete="new-password" problem>{t!(i18n, setup.password_hint)}</TextField>
                </fieldset>
                <Submit action wide=true>
                    {t!(i18n, setup.submit)}
                </Submit>
            </ActionForm>
        </main>
    }
}
