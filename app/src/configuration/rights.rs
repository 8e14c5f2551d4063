//! What people may do with what they hear, besides listening: Restricted users, and My Console users with their own calls.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::account::Rights;

use super::api::{SetOwn, SetRestricted, SignInSettings, read_sign_in_settings};
use crate::{
    error::AppError,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fetched, Saved, Submit, done, problem, title, travel},
};

/// The page's address.
pub const RIGHTS: &str = "/configuration/rights";

#[component]
pub fn RightsPage() -> impl IntoView {
    let i18n = use_i18n();
    let (restricted, own) = (ServerAction::<SetRestricted>::new(), ServerAction::<SetOwn>::new());
    travel(restricted);
    travel(own);
    let (restricted_done, own_done) = (done(restricted), done(own));
    let settings: Resource<Result<SignInSettings, AppError>> = Resource::new(
        move || (restricted_done.get(), own_done.get()),
        |_| read_sign_in_settings(),
    );
    view! {
        <Title text=title(move || t_string!(i18n, configuration.rights)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, configuration.rights)}</h1>
                <p class="lead">{t!(i18n, configuration.rights_lead)}</p>
            </div>
        </div>
        <Fetched
            from=settings
            not=|l| td_string!(l, configuration.not_fetched)
            show=move |settings: SignInSettings| {
                view! {
                    <div class="topics">
                        <RestrictedForm action=restricted rights=settings.restricted />
                        <OwnForm action=own rights=settings.own />
                    </div>
                }
                    .into_any()
            }
        />
    }
}

#[component]
fn RestrictedForm(action: ServerAction<SetRestricted>, rights: Rights) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(action);
    view! {
        <section id="restricted">
            <h2>{t!(i18n, configuration.restricted)}</h2>
            <div>
                <p class="muted">{t!(i18n, configuration.restricted_about)}</p>
                <Saved what="restricted" />
                <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
                <ActionForm action attr:class="form">
                    <RightsField
                        rights
                        legend=|l| td_string!(l, configuration.restricted)
                        words=[
                            |l| td_string!(l, configuration.right_download),
                            |l| td_string!(l, configuration.right_comment),
                            |l| td_string!(l, configuration.right_tag),
                            |l| td_string!(l, configuration.right_evaluate),
                            |l| td_string!(l, configuration.right_share),
                        ]
                    />
                    <div class="row-start"><Submit action>{t!(i18n, configuration.save)}</Submit></div>
                </ActionForm>
            </div>
        </section>
    }
}

#[component]
fn OwnForm(action: ServerAction<SetOwn>, rights: Rights) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(action);
    view! {
        <section id="own">
            <h2>{t!(i18n, configuration.own)}</h2>
            <div>
                <p class="muted">{t!(i18n, configuration.own_about)}</p>
                <Saved what="own" />
                <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
                <ActionForm action attr:class="form">
                    <RightsField
                        rights
                        legend=|l| td_string!(l, configuration.own)
                        words=[
                            |l| td_string!(l, configuration.own_download),
                            |l| td_string!(l, configuration.own_comment),
                            |l| td_string!(l, configuration.own_tag),
                            |l| td_string!(l, configuration.own_evaluate),
                            |l| td_string!(l, configuration.own_share),
                        ]
                    />
                    <div class="row-start"><Submit action>{t!(i18n, configuration.save)}</Submit></div>
                </ActionForm>
            </div>
        </section>
    }
}

/// The rights, each given or not. The words in the order in which they are shown.
#[component]
fn RightsField(
    rights: Rights,
    legend: fn(Locale) -> &'static str,
    words: [fn(Locale) -> &'static str; 5],
) -> impl IntoView {
    let i18n = use_i18n();
    let boxes = [
        ("download", rights.download),
        ("comment", rights.comment),
        ("tag", rights.tag),
        ("evaluate", rights.evaluate),
        ("share", rights.share),
    ];
    let boxes = boxes.into_iter().zip(words).map(|((name, on), word)| {
        view! {
            <label class="check">
                <input type="checkbox" name=name checked=on />
                {move || word(i18n.get_locale())}
            </label>
        }
    });
    view! {
        <fieldset class="options">
            <legend class="vh">{move || legend(i18n.get_locale())}</legend>
            {boxes.collect_view()}
        </fieldset>
    }
}
