//! E-postadress: the part of a recording's page that sends links, and shows those that were sent (checklist 107).

use std::time::Duration;

use leptos::prelude::*;
use model::id::RecordingId;

use super::{
    api::{CloseLink, SendLinks, begin_sending, read_links},
    form::SendForm,
    links::Links,
};
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    routes::MeResource,
    ui::{ErrorSummary, Fault, Loading, done, focus_first, problem},
};

/// Until a letter has left that is handed over at once.
const LEAVES_WITHIN: Duration = Duration::from_secs(3);

/// Whether whoever looks may send links.
pub async fn may_share(me: MeResource) -> bool {
    me.await.ok().flatten().is_some_and(|me| me.shares)
}

/// The whole of it. What is typed into the form stays when the links come anew.
///
/// Its resources are made before anything is waited for: the server makes what waits twice, in no fixed order, and what is made
/// in there is not found again by the page that wakes up.
#[component]
pub fn SharePart(
    id: RecordingId,
    me: MeResource,
    /// What stands here for one who may not.
    #[prop(into)]
    otherwise: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let (send, close) = (ServerAction::<SendLinks>::new(), ServerAction::<CloseLink>::new());
    let (gone, closed) = (done(send), done(close));
    let beginning = Resource::new(
        || (),
        move |()| async move {
            if may_share(me).await {
                begin_sending(id).await.map(Some)
            } else {
                Ok(None)
            }
        },
    );
    let links = Resource::new(
        move || (gone.get(), closed.get()),
        move |_| async move {
            if may_share(me).await {
                read_links(id).await
            } else {
                Ok(vec![])
            }
        },
    );
    Effect::new(move |before: Option<usize>| {
        let now = gone.get();
        if before.is_some_and(|before| before != now)
            && let Ok(later) = set_timeout_with_handle(move || links.refetch(), LEAVES_WITHIN)
        {
            on_cleanup(move || later.clear());
        }
        now
    });
    // The row that was asked about goes when the list comes anew, and the focus with it.
    Effect::new(move |before: Option<usize>| {
        let now = closed.get();
        if before.is_some_and(|before| before != now) {
            focus_first(&["#links-title"]);
        }
        now
    });
    let is_closed = move || {
        let just_now = !close.pending().get() && matches!(close.value().get(), Some(Ok(())));
        just_now.then(|| t_string!(i18n, sharing.is_closed))
    };
    let failed = problem(close);
    let title = move || t_string!(i18n, sharing.not_fetched);
    view! {
        <Transition fallback=|| view! { <Loading rows=4 /> }>
            {move || {
                let otherwise = otherwise.clone();
                Suspend::new(async move {
                    let form = match beginning.await {
                        Ok(Some(beginning)) => view! { <SendForm id beginning send /> }.into_any(),
                        Ok(None) => return otherwise.run(),
                        Err(AppError(problem)) => {
                            let retry = Callback::new(move |()| beginning.refetch());
                            view! { <Fault title problem retry /> }.into_any()
                        }
                    };
                    view! {
                        {form}
                        <section class="links" aria-labelledby="links-title">
                            <h3 id="links-title" tabindex="-1">{t!(i18n, sharing.links)}</h3>
                            <p class="vh" role="status">{is_closed}</p>
                            <ErrorSummary title=move || t_string!(i18n, sharing.not_closed) problem=failed />
                            <Transition>
                                {move || Suspend::new(async move {
                                    match links.await {
                                        Ok(links) => view! { <Links links close /> }.into_any(),
                                        Err(AppError(problem)) => {
                                            let retry = Callback::new(move |()| links.refetch());
                                            view! { <Fault title problem retry /> }.into_any()
                                        }
                                    }
                                })}
                            </Transition>
                        </section>
                    }
                        .into_any()
                })
            }}
        </Transition>
    }
}
