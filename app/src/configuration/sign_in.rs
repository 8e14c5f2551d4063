//! What the company asks of everyone who signs in: passwords, invitations, the agreement.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::{password::Profile, problem::Field};

use super::{
    RIGHTS,
    api::{SetAgreement, SetSignIn, SignInSettings, read_sign_in_settings},
};
use crate::{
    error::AppError,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fetched, Radio, Saved, Submit, TextArea, done, problem, title, travel},
};

#[component]
pub fn SignInSettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let (sign_in, agreement) = (ServerAction::<SetSignIn>::new(), ServerAction::<SetAgreement>::new());
    travel(sign_in);
    travel(agreement);
    let (sign_in_done, agreement_done) = (done(sign_in), done(agreement));
    let settings: Resource<Result<SignInSettings, AppError>> = Resource::new(
        move || (sign_in_done.get(), agreement_done.get()),
        |_| read_sign_in_settings(),
    );
    view! {
        <Title text=title(move || t_string!(i18n, configuration.sign_in)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, configuration.sign_in)}</h1>
                <p class="lead">{t!(i18n, configuration.sign_in_lead)}</p>
                // They stood here before, and this is where links of old lead.
                <p><a href=RIGHTS>{t!(i18n, roles.rights)}</a></p>
            </div>
        </div>
        <Fetched
            from=settings
            not=|l| td_string!(l, configuration.not_fetched)
            show=move |settings: SignInSettings| {
                view! {
                    <div class="topics">
                        <SignInForm action=sign_in settings=settings.clone() />
                        <AgreementForm action=agreement settings />
                    </div>
                }
                    .into_any()
            }
        />
    }
}

#[component]
fn SignInForm(action: ServerAction<SetSignIn>, settings: SignInSettings) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(action);
    let (password, two) = (settings.password, settings.two_letters);
    view! {
        <section id="sign-in">
            <h2>{t!(i18n, configuration.passwords)}</h2>
            <div>
                <Saved what="sign-in" />
                <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
                <ActionForm action attr:class="form">
                    <fieldset class="options">
                        <legend>{t!(i18n, configuration.profile)}</legend>
                        <Radio
                            name="password"
                            value="guide"
                            checked=password == Profile::Guide
                            word=|l| td_string!(l, configuration.profile_guide)
                            about=|l| td_string!(l, configuration.profile_guide_about)
                        />
                        <Radio
                            name="password"
                            value="nist"
                            checked=password == Profile::Nist
                            word=|l| td_string!(l, configuration.profile_nist)
                            about=|l| td_string!(l, configuration.profile_nist_about)
                        />
                    </fieldset>
                    <fieldset class="options">
                        <legend>{t!(i18n, configuration.invitation)}</legend>
                        <Radio
                            name="invitation"
                            value="link"
                            checked=!two
                            word=|l| td_string!(l, configuration.invitation_link)
                            about=|l| td_string!(l, configuration.invitation_link_about)
                        />
                        <Radio
                            name="invitation"
                            value="two-letters"
                            checked=two
                            word=|l| td_string!(l, configuration.invitation_two)
                            about=|l| td_string!(l, configuration.invitation_two_about)
                        />
                    </fieldset>
                    <div class="row-start"><Submit action>{t!(i18n, configuration.save)}</Submit></div>
                </ActionForm>
            </div>
        </section>
    }
}

#[component]
fn AgreementForm(action: ServerAction<SetAgreement>, settings: SignInSettings) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(action);
    let version = settings.agreement_version;
    let own = settings.agreement_text.is_some();
    let about = move || {
        let locale = i18n.get_locale();
        let whose = if own {
            td_string!(locale, configuration.agreement_own)
        } else {
            td_string!(locale, configuration.agreement_harks)
        };
        td_string!(locale, configuration.agreement_about, version = version, whose = whose)
    };
    view! {
        <section id="agreement-settings">
            <h2>{t!(i18n, fields.agreement)}</h2>
            <div>
                <p class="muted">{about}</p>
                <Saved what="agreement" />
                <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
                <ActionForm action attr:class="form">
                    <TextArea field=Field::Agreement problem value=settings.agreement_text.unwrap_or_default()>
                        {t!(i18n, configuration.agreement_hint)}
                    </TextArea>
                    <div class="row-start"><Submit action>{t!(i18n, configuration.save)}</Submit></div>
                </ActionForm>
            </div>
        </section>
    }
}
