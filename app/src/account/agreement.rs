//! The licence agreement, before anything else and once for each version of it (checklist 6, 28).

use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::problem::Field;

use super::api::{Agree, SignOut, Terms, owed_terms};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fault, Icon, Submit, fault, follow, problem, title},
};

#[component]
pub fn AgreementPage() -> impl IntoView {
    let i18n = use_i18n();
    let terms = Resource::new(|| (), |()| owed_terms());
    view! {
        <Title text=title(move || t_string!(i18n, account.agreement_title)) />
        <main id="main">
            <Suspense>
                {move || Suspend::new(async move {
                    match terms.await {
                        Ok(terms) => view! { <Accept terms /> }.into_any(),
                        Err(error) => {
                            view! { <Fault title=move || t_string!(i18n, errors.title) problem=error.0 /> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Accept(terms: Terms) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let next = move || query.read().get("next").unwrap_or_else(|| "/".to_owned());
    let action = ServerAction::<Agree>::new();
    let problem = problem(action);
    follow(action);
    let wrong = fault(problem, Field::Agreement);
    let version = terms.version;
    view! {
        <ActionForm action attr:novalidate="" attr:data-size="l">
            <div>
                <h1 tabindex="-1">{t!(i18n, account.agreement_title)}</h1>
                <p class="lead">{t!(i18n, account.agreement_lead)}</p>
            </div>
            <ErrorSummary title=move || t_string!(i18n, account.agreement_failed) problem />
            <div class="terms" tabindex="0" role="region" aria-label=move || t_string!(i18n, account.agreement_text)>
                <AgreementText terms />
            </div>
            <input type="hidden" name="version" value=version />
            <input type="hidden" name="next" value=next />
            <div class="field">
                <label class="check">
                    <input
                        type="checkbox"
                        id="agreement"
                        name="accepted"
                        aria-invalid=move || wrong.read().is_some().then_some("true")
                        aria-describedby="agreement-wrong"
                    />
                    {t!(i18n, account.agreement_accept)}
                </label>
                <span id="agreement-wrong">
                    {move || wrong.get().map(|words| view! { <span class="wrong"><Icon name="alert" />{words}</span> })}
                </span>
            </div>
            <Submit action wide=true>
                {t!(i18n, account.agreement_submit)}
            </Submit>
        </ActionForm>
        <form class="gate-out" method="post" action=SignOut::url()>
            <button class="btn" data-kind="quiet" data-wide>{t!(i18n, shell.sign_out)}</button>
        </form>
    }
}

/// The agreement's words: the company's own, else Hark's.
#[component]
pub fn AgreementText(terms: Terms) -> impl IntoView {
    let i18n = use_i18n();
    let Terms { text, company, .. } = terms;
    if let Some(text) = text {
        let paragraphs = text
            .split("\n\n")
            .map(|paragraph| view! { <p>{paragraph.to_owned()}</p> });
        return paragraphs.collect_view().into_any();
    }
    let duty = move || td_string!(i18n.get_locale(), account.terms_2, company = company.clone());
    view! {
        <p>{t!(i18n, account.terms_1)}</p>
        <p>{duty}</p>
        <p>{t!(i18n, account.terms_3)}</p>
    }
    .into_any()
}
