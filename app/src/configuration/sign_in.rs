//! What the company asks of everyone who signs in: passwords, invitations, the agreement; and what people may do with what
//! they hear.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::{account::Rights, password::Profile, problem::Field};

use super::api::{SetAgreement, SetOwn, SetRestricted, SetSignIn, SignInSettings, read_sign_in_settings};
use crate::{
    error::AppError,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fault, Loading, Radio, Saved, Submit, TextArea, done, problem, title, travel},
};

#[component]
pub fn SignInSettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let (sign_in, restricted, own, agreement) = (
        ServerAction::<SetSignIn>::new(),
        ServerAction::<SetRestricted>::new(),
        ServerAction::<SetOwn>::new(),
        ServerAction::<SetAgreement>::new(),
    );
    travel(sign_in);
    travel(restricted);
    travel(own);
    travel(agreement);
    let agreement_done = done(agreement);
    let restricted_done = done(restricted);
    let own_done = done(own);
    let sign_in_done = done(sign_in);
    let settings: Resource<Result<SignInSettings, AppError>> = Resource::new(
        move || {
            let rights = (restricted_done.get(), own_done.get());
            (sign_in_done.get(), rights, agreement_done.get())
        },
        |_| read_sign_in_settings(),
    );
    view! {
        <Title text=title(move || t_string!(i18n, configuration.sign_in)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, configuration.sign_in)}</h1>
                <p class="lead">{t!(i18n, configuration.sign_in_lead)}</p>
            </div>
        </div>
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match settings.await {
                    Ok(settings) => {
                        let (rights, of_own) = (settings.restricted, settings.own);
                        view! {
                            <div class="topics">
                                <SignInForm action=sign_in settings=settings.clone() />
                                <RestrictedForm action=restricted rights />
                                <OwnForm action=own rights=of_own />
                                <AgreementForm action=agreement settings />
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => {
                        let title = move || t_string!(i18n, configuration.not_fetched);
                        let retry = Callback::new(move |()| settings.refetch());
                        view! { <Fault title problem=error.0 retry /> }.into_any()
                    }
                }
            })}
        </Transition>
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
