//! The parts of a recording's page, one at a time; which one the address says (checklist 82).

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use model::id::RecordingId;

use super::{
    comments::Comments,
    history::{BEFORE, History},
    notes::NotesForm,
};
use crate::{
    error::AppError,
    evaluation::Evaluate,
    i18n::{t_string, use_i18n},
    routes::MeResource,
    sharing::{SharePart, may_share},
    ui::{Fault, Loading},
};

/// The word of an address that says which part is open.
const WORD: &str = "part";

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Notes,
    Evaluate,
    Share,
    History,
}

impl Part {
    const ALL: [Self; 4] = [Self::Notes, Self::Evaluate, Self::Share, Self::History];

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Notes => None,
            Self::Evaluate => Some("evaluate"),
            Self::Share => Some("share"),
            Self::History => Some("history"),
        }
    }

    fn named(name: Option<&str>) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|part| part.name() == name).unwrap_or(Self::Notes)
    }

    /// This part; the notes in its place where it is not for whoever looks.
    fn or_notes(self, shares: bool) -> Self {
        if self == Self::Share && !shares {
            Self::Notes
        } else {
            self
        }
    }
}

/// The parts of this recording, and the one that is open. `changed` is called when the list shows it otherwise now.
#[component]
pub fn Parts(id: RecordingId, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (query, location) = (use_query_map(), use_location());
    let open = Memo::new(move |_| Part::named(query.read().get_str(WORD)));
    let reading = Resource::new(|| (), move |()| super::api::read_review(id));
    let address = move |part: Part| {
        let mut words = query.get();
        words.remove(WORD);
        words.remove(BEFORE);
        if let Some(name) = part.name() {
            words.insert(WORD, name.to_owned());
        }
        format!("{}{}", location.pathname.get(), words.to_query_string())
    };
    let word = move |part| match part {
        Part::Notes => t_string!(i18n, review.notes),
        Part::Evaluate => t_string!(i18n, evaluation.evaluate),
        Part::Share => t_string!(i18n, sharing.tab),
        Part::History => t_string!(i18n, review.history),
    };
    let link = move |part: Part, shares: bool| {
        let current = move || (open.get().or_notes(shares) == part).then_some("page");
        view! { <a href=move || address(part) data-noscroll="" aria-current=current>{move || word(part)}</a> }
    };
    let me = expect_context::<MeResource>();
    let notes = move || {
        view! {
            <Transition fallback=|| view! { <Loading rows=4 /> }>
                {move || Suspend::new(async move {
                    match reading.await {
                        Ok(review) => {
                            let again = Callback::new(move |()| reading.refetch());
                            view! {
                                <NotesForm review=review.clone() changed />
                                <Comments review again />
                            }
                                .into_any()
                        }
                        Err(AppError(problem)) => {
                            let retry = Callback::new(move |()| reading.refetch());
                            let title = move || t_string!(i18n, review.not_fetched);
                            view! { <Fault title problem retry /> }.into_any()
                        }
                    }
                })}
            </Transition>
        }
        .into_any()
    };
    view! {
        <nav class="tabs" aria-label=move || t_string!(i18n, review.parts)>
            <Suspense>
                {move || Suspend::new(async move {
                    let shares = may_share(me).await;
                    let there = Part::ALL.into_iter().filter(|part| part.or_notes(shares) == *part);
                    there.map(|part| link(part, shares)).collect_view()
                })}
            </Suspense>
        </nav>
        {move || match open.get() {
            Part::Evaluate => view! { <Evaluate id changed /> }.into_any(),
            Part::Share => view! { <SharePart id me otherwise=notes /> }.into_any(),
            Part::History => view! { <History id /> }.into_any(),
            Part::Notes => notes(),
        }}
    }
}
