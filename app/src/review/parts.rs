//! The parts of a recording's page, one at a time; which one the address says (checklist 82).

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use model::{account::Me, evaluation::Waiting, id::RecordingId, review::Review};

use super::{
    comments::Comments,
    history::{BEFORE, History},
    notes::NotesForm,
};
use crate::{
    error::AppError,
    evaluation::{Evaluate, read_waiting},
    i18n::{Locale, t_string, td_string, use_i18n},
    recordings::Renewed,
    routes::MeResource,
    sharing::{SharePart, may_share},
    ui::{Fault, Loading, changing},
    waking::in_turn,
};

/// The word of an address that says which part is open.
const WORD: &str = "part";

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Notes,
    Evaluate,
    /// The same part, where one judges oneself.
    Oneself,
    Share,
    History,
}

impl Part {
    const ALL: [Self; 5] = [Self::Notes, Self::Evaluate, Self::Oneself, Self::Share, Self::History];
    /// Those that have a tab.
    const TABS: [Self; 4] = [Self::Notes, Self::Evaluate, Self::Share, Self::History];

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Notes => None,
            Self::Evaluate => Some("evaluate"),
            Self::Oneself => Some("oneself"),
            Self::Share => Some("share"),
            Self::History => Some("history"),
        }
    }

    fn named(name: Option<&str>) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|part| part.name() == name).unwrap_or(Self::Notes)
    }

    /// The tab of this part; the notes' where it is not for whoever looks.
    fn tab(self, shares: bool) -> Self {
        match self {
            Self::Share if !shares => Self::Notes,
            Self::Oneself => Self::Evaluate,
            other => other,
        }
    }
}

/// The parts of this recording, and the one that is open. `changed` is called when the list shows it otherwise now.
#[component]
pub fn Parts(id: RecordingId, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (query, location) = (use_query_map(), use_location());
    let open = Memo::new(move |_| Part::named(query.read().get_str(WORD)));
    // Who goes on to judge oneself stays in the part.
    let tab = Memo::new(move |_| open.get().tab(true));
    let reading = Resource::new(|| (), move |()| super::api::read_review(id));
    let me = expect_context::<MeResource>();
    let shares = RwSignal::new(true);
    Effect::new(move |_| shares.set(me.get().is_none_or(|me| me.ok().flatten().is_some_and(|me| me.shares))));
    // Who comes back to the notes finds what has been kept since. Asked for once they are out of sight: nothing that one is
    // writing is taken away.
    let renewed = expect_context::<Renewed>();
    let in_sight = Memo::new(move |_| open.get().tab(shares.get()) == Part::Notes);
    Effect::new(move |before: Option<()>| {
        renewed.track();
        if !in_sight.get() && before.is_some() {
            reading.refetch();
        }
    });
    let steps = RwSignal::new(0_u32);
    let waiting = Resource::new(move || steps.get(), move |_| read_waiting(id));
    let stepped = Callback::new(move |()| {
        steps.update(|steps| *steps += 1);
        changed.run(());
    });
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
        Part::Evaluate | Part::Oneself => t_string!(i18n, evaluation.evaluate),
        Part::Share => t_string!(i18n, sharing.tab),
        Part::History => t_string!(i18n, review.history),
    };
    let link = move |part: Part, shares: bool, waits: Option<Waiting>| {
        let current = move || (open.get().tab(shares) == part).then_some("page");
        let mark = waits
            .filter(|_| part == Part::Evaluate)
            .map(|waits| view! { <span class="waits">{move || waits_word(i18n.get_locale(), waits)}</span> });
        view! { <a href=move || address(part) data-noscroll="" aria-current=current>{move || word(part)} " " {mark}</a> }
    };
    let notes = move || {
        view! {
            <Transition fallback=|| view! { <Loading rows=4 /> }>
                {move || Suspend::new(async move {
                    match reading.await {
                        Ok(review) => {
                            let me = me.await.ok().flatten();
                            let missing = me.map(|me| missing(&review, &me)).unwrap_or_default();
                            let again = Callback::new(move |()| reading.refetch());
                            view! {
                                <NoRight missing />
                                <NotesForm review=review.clone() changed />
                                {in_turn(0, move || view! { <Comments review again /> })}
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
            <Transition>
                {move || Suspend::new(async move {
                    let shares = may_share(me).await;
                    let waits = waiting.await.ok().flatten();
                    let there = Part::TABS.into_iter().filter(|part| part.tab(shares) == *part);
                    there.map(|part| link(part, shares, waits)).collect_view()
                })}
            </Transition>
        </nav>
        {changing(move || match tab.get() {
            Part::Evaluate | Part::Oneself => {
                let (oneself, ask) = (move || open.get() == Part::Oneself, move || address(Part::Oneself));
                view! { <Evaluate id oneself=Signal::derive(oneself) ask=Signal::derive(ask) changed=stepped /> }.into_any()
            }
            Part::Share => view! { <SharePart id me otherwise=notes /> }.into_any(),
            Part::History => view! { <History id /> }.into_any(),
            Part::Notes => notes(),
        })}
    }
}

/// What waits for whoever looks, as it stands on a tab.
fn waits_word(locale: Locale, waits: Waiting) -> &'static str {
    match waits {
        Waiting::Reading => td_string!(locale, evaluation.waits_reading),
        Waiting::Answer => td_string!(locale, evaluation.waits_answer),
    }
}

/// A right that the company gives or not, as a sentence goes on with it.
type Right = fn(Locale) -> &'static str;

/// What whoever looks may not do with the recording.
fn missing(review: &Review, me: &Me) -> Vec<Right> {
    let rights: [(bool, Right); 4] = [
        (review.changeable, |l| td_string!(l, review.right_tag)),
        (review.commentable, |l| td_string!(l, review.right_comment)),
        (me.shares, |l| td_string!(l, review.right_share)),
        (me.downloads, |l| td_string!(l, review.right_download)),
    ];
    rights
        .into_iter()
        .filter(|(given, _)| !given)
        .map(|(_, right)| right)
        .collect()
}

/// Why buttons are not there that others have, and whom to ask.
#[component]
fn NoRight(missing: Vec<Right>) -> impl IntoView {
    let i18n = use_i18n();
    (!missing.is_empty()).then(|| {
        let words = move || {
            let locale = i18n.get_locale();
            let words: Vec<&str> = missing.iter().map(|right| right(locale)).collect();
            let what = match &words[..] {
                [before @ .., last] if !before.is_empty() => {
                    format!("{} {} {last}", before.join(", "), td_string!(locale, review.or))
                }
                words => words.concat(),
            };
            td_string!(locale, review.no_right, what = what)
        };
        view! { <p class="muted small">{words}</p> }
    })
}
