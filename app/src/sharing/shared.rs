//! The recording as one sees it who has opened a link: the player and the facts of the letter, and nothing around them
//! (checklist 113, 114).

use leptos::prelude::*;
use leptos_meta::Title;
use model::{problem::Problem, sharing::Opened};

use super::{
    api::shared_call,
    facts::facts,
    link::{Dead, Unknown},
};
use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    player::{PlayerFault, Tools, Track, Transport, Wave, player},
    ui::{Icon, title},
};

#[component]
pub fn SharedPage() -> impl IntoView {
    let i18n = use_i18n();
    let call: Resource<Result<Opened, AppError>> = Resource::new(|| (), |()| shared_call());
    view! {
        <Title text=title(move || t_string!(i18n, sharing.page_title)) />
        <main id="main" class="shared">
            <Suspense>
                {move || Suspend::new(async move {
                    match call.await {
                        Ok(call) => view! { <Call call /> }.into_any(),
                        Err(AppError(Problem::LinkDead)) => view! { <Dead /> }.into_any(),
                        Err(AppError(problem)) => view! { <Unknown problem /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Call(call: Opened) -> impl IntoView {
    let i18n = use_i18n();
    let Opened {
        detail,
        sender,
        message,
        internal,
        until,
        download,
    } = call;
    let (player, track) = (player(), Track::of_detail(&detail));
    {
        let (opened, closed) = (track.clone(), track.clone());
        Effect::new(move |_| player.opened(&opened));
        on_cleanup(move || player.closed(&closed));
    }
    let id = detail.row.id;
    let lasts = move || {
        let locale = i18n.get_locale();
        let until = format!("{} {}", format::day(locale, &until), format::time(&until));
        td_string!(locale, sharing.until, until = until)
    };
    let row = detail.row;
    let told = move || {
        let facts = facts(i18n.get_locale(), &row, internal).into_iter();
        facts
            .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
            .collect_view()
    };
    let by = {
        let said = message.is_some();
        move || {
            let (locale, name) = (i18n.get_locale(), sender.clone());
            if said {
                td_string!(locale, sharing.letter_says, name = name)
            } else {
                td_string!(locale, sharing.letter_from, name = name)
            }
        }
    };
    let message = message.map(|words| view! { <blockquote class="message">{words}</blockquote> });
    let file = download.then(|| {
        view! {
            <a class="btn" href=format!("/media/{id}/download") download="" rel="external">
                <Icon name="down" />
                {t!(i18n, sharing.download)}
            </a>
        }
    });
    view! {
        <section class="detail">
            <div>
                <h1 tabindex="-1">{t!(i18n, sharing.page_title)}</h1>
                <p class="lead">{lasts}</p>
                <p>{by}</p>
                {message}
            </div>
            <div class="sound">
                <Wave track=track.clone() />
                <Transport track=track.clone() at=None />
                <PlayerFault track=track.clone() />
                <Tools track guest=true />
            </div>
            <dl class="facts" aria-label=move || t_string!(i18n, sharing.facts)>{told}</dl>
            <div class="row-start">{file}</div>
        </section>
    }
}
