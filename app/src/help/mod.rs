//! Help: the most common things in short (checklist 33, 81).

use leptos::prelude::*;
use leptos_meta::Title;
use model::account::Role;

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    routes::MeResource,
    shell::KeySheet,
    ui::title,
};

#[component]
pub fn HelpPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=title(move || t_string!(i18n, help.title)) />
        <main class="page" id="main">
            <div class="head">
                <div>
                    <h1 tabindex="-1">{t!(i18n, help.title)}</h1>
                    <p class="lead">{t!(i18n, help.lead)}</p>
                </div>
            </div>
            <div class="topics">
                <Listen />
                <section aria-labelledby="who">
                    <h2 id="who">{t!(i18n, help.who)}</h2>
                    <div><Who /></div>
                </section>
                <Topic
                    name="find"
                    title=|l| td_string!(l, help.find)
                    lines=&[
                        |l| td_string!(l, help.find_filter),
                        |l| td_string!(l, help.find_view),
                        |l| td_string!(l, help.find_address),
                    ]
                />
                <Topic
                    name="notes"
                    title=|l| td_string!(l, help.notes)
                    lines=&[|l| td_string!(l, help.notes_form), |l| td_string!(l, help.notes_comment)]
                />
                <Topic
                    name="evaluate"
                    title=|l| td_string!(l, help.evaluate)
                    lines=&[|l| td_string!(l, help.evaluate_keys), |l| td_string!(l, help.evaluate_reply)]
                />
                <Topic name="share" title=|l| td_string!(l, help.share) lines=&[|l| td_string!(l, help.share_link)] />
                <section aria-labelledby="download">
                    <h2 id="download">{t!(i18n, help.download)}</h2>
                    <div>
                        <p>{t!(i18n, help.download_how)}</p>
                        <pre><code>"20200316_100718_Pelle-Persson_+46709214080_+46735143332.wav"</code></pre>
                    </div>
                </section>
                <section aria-labelledby="shortcuts">
                    <h2 id="shortcuts">{t!(i18n, help.keys)}</h2>
                    <div>
                        <p>{t!(i18n, help.keys_how)}</p>
                        <KeySheet name="all" />
                    </div>
                </section>
                <section aria-labelledby="contact">
                    <h2 id="contact">{t!(i18n, help.contact)}</h2>
                    <div>
                        <Ask />
                        <p>{t!(i18n, help.contact_fault)}</p>
                    </div>
                </section>
            </div>
        </main>
    }
}

type Word = fn(Locale) -> &'static str;

/// Something one does, in a few lines.
#[component]
fn Topic(name: &'static str, title: Word, lines: &'static [Word]) -> impl IntoView {
    let i18n = use_i18n();
    let lines = lines
        .iter()
        .map(move |line| view! { <li>{move || line(i18n.get_locale())}</li> });
    view! {
        <section aria-labelledby=name>
            <h2 id=name>{move || title(i18n.get_locale())}</h2>
            <div><ul class="plain">{lines.collect_view()}</ul></div>
        </section>
    }
}

#[component]
fn Listen() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section aria-labelledby="listen">
            <h2 id="listen">{t!(i18n, help.listen)}</h2>
            <div>
                <p>
                    {t!(
                        i18n,
                        help.listen_open,
                        <a> = |words: ChildrenFn| view! { <a href="/recordings">{words()}</a> },
                        <b> = |words: ChildrenFn| view! { <b>{words()}</b> }
                    )}
                </p>
                <ul class="plain">
                    <li>{t!(i18n, help.listen_wave)}</li>
                    <li>{t!(i18n, help.listen_speed)}</li>
                    <li>{t!(i18n, help.listen_headset)}</li>
                </ul>
            </div>
        </section>
    }
}

/// Whom to ask.
#[component]
fn Ask() -> impl IntoView {
    let i18n = use_i18n();
    let me = expect_context::<MeResource>();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                me.await.ok().flatten().map(|me| {
                    let words = move || td_string!(i18n.get_locale(), help.contact_who, company = me.company.clone());
                    view! { <p>{words}</p> }
                })
            })}
        </Transition>
    }
}

/// Which calls the reader hears.
#[component]
fn Who() -> impl IntoView {
    let i18n = use_i18n();
    let me = expect_context::<MeResource>();
    let words = move |role: Role| {
        let locale = i18n.get_locale();
        match role {
            Role::MyConsole => td_string!(locale, help.who_own),
            Role::Restricted => td_string!(locale, help.who_restricted),
            Role::Super => td_string!(locale, help.who_all),
        }
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                me.await.ok().flatten().map(|me| view! { <p>{move || words(me.role)}</p> })
            })}
        </Transition>
    }
}
