//! Comments at a second of the sound: the moment is put in when one begins to write, and each leads back to it.

use leptos::{form::ActionForm, prelude::*};
use model::{
    id::RecordingId,
    problem::{Field, Problem},
    review::{Comment, LONGEST_COMMENT, Review},
};

use super::api::{AddComment, ChangeComment, RemoveComment};
use crate::{
    format,
    i18n::{t, t_string, td_string, use_i18n},
    player::{Pin, player},
    ui::{ErrorSummary, Icon, Submit, Wrong, done, fault, problem, typed},
};

/// What has been said, and a field to say more.
#[component]
pub fn Comments(review: Review, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Review {
        id,
        comments,
        commentable,
        ..
    } = review;
    let (add, change, remove) = (
        ServerAction::<AddComment>::new(),
        ServerAction::<ChangeComment>::new(),
        ServerAction::<RemoveComment>::new(),
    );
    let (added, changed, removed) = (done(add), done(change), done(remove));
    Effect::new(move |before: Option<_>| {
        let now = (added.get(), changed.get(), removed.get());
        if before.is_some_and(|before| before != now) {
            again.run(());
        }
        now
    });
    // Those at a moment have a number, and a pin in the wave.
    let player = player();
    let mut number = 0;
    let numbered: Vec<(Option<u32>, Comment)> = comments
        .into_iter()
        .map(|comment| {
            number += u32::from(comment.at_ms.is_some());
            (comment.at_ms.map(|_| number), comment)
        })
        .collect();
    let pins = numbered.iter().filter_map(|(number, comment)| {
        Some(Pin {
            number: (*number)?,
            at_ms: comment.at_ms?,
        })
    });
    let pins: Vec<Pin> = pins.collect();
    Effect::new(move |_| player.pin(id, pins.clone()));
    let empty = numbered.is_empty();
    let failed = problem(remove);
    let list = numbered
        .into_iter()
        .map(|(number, comment)| view! { <One id number comment change remove /> });
    view! {
        <section class="comments" aria-label=move || t_string!(i18n, review.comments)>
            <h3>{t!(i18n, review.comments)}</h3>
            <ErrorSummary title=move || t_string!(i18n, review.not_removed) problem=failed />
            {empty.then(|| view! { <p class="muted small">{t!(i18n, review.no_comments)}</p> })}
            <ol>{list.collect_view()}</ol>
            {commentable.then(|| view! { <Write id add /> })}
        </section>
    }
}

/// A field for a new one.
#[component]
fn Write(id: RecordingId, add: ServerAction<AddComment>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(add);
    // What was sent in vain from a page on which nothing wakes comes back with it.
    let words = typed(Field::Comment);
    let back = words.is_some();
    let text = RwSignal::new(words.unwrap_or_default());
    let at = RwSignal::new(typed(Field::Moment).unwrap_or_default());
    let private = RwSignal::new(false);
    let player = player();
    let saved = done(add);
    Effect::new(move |before: Option<usize>| {
        let now = saved.get();
        if before.is_some_and(|before| before != now) {
            text.set(String::new());
            at.set(String::new());
        }
        now
    });
    let write = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        if text.read_untracked().is_empty() && !typed.is_empty() && at.read_untracked().is_empty() {
            at.set(format::length(untrack(|| player.place(id))));
        }
        text.set(typed);
    };
    view! {
        <ErrorSummary title=move || t_string!(i18n, review.not_saved) problem />
        <ActionForm action=add attr:class="say">
            <input type="hidden" name="id" value=id.to_string() />
            <Fields text at private write=Callback::new(write) name="new" back problem />
            <div class="row-end"><Submit action=add>{t!(i18n, review.add_comment)}</Submit></div>
        </ActionForm>
    }
}

/// Words, their moment, and whether they are one's own.
#[component]
fn Fields(
    text: RwSignal<String>,
    at: RwSignal<String>,
    private: RwSignal<bool>,
    write: Callback<leptos::ev::Event>,
    /// Tells one form of a page from another.
    #[prop(into)]
    name: String,
    /// Whether it was sent back: a page that wakes leaves what stands in it.
    #[prop(optional)]
    back: bool,
    /// What went wrong with the form, if anything did.
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (words, moment) = (format!("comment-{name}"), format!("at-{name}"));
    let whose = moment.clone();
    let (of_moment, described) = (fault(problem, Field::Moment), format!("{moment}-wrong"));
    view! {
        <div class="field">
            <label for=words.clone()>{t!(i18n, review.comment)}</label>
            <input
                class="input"
                id=words
                name=Field::Comment.name()
                maxlength=LONGEST_COMMENT.to_string()
                autocomplete="off"
                data-back=back.then_some("")
                value=text.get_untracked()
                prop:value=move || text.get()
                on:input=move |event| write.run(event)
            />
        </div>
        <div class="line">
            <div class="field">
                <label for=moment.clone()>{t!(i18n, review.at)}</label>
                <input
                    class="input num"
                    id=moment
                    name="at"
                    size="8"
                    autocomplete="off"
                    placeholder=move || t_string!(i18n, review.whole)
                    aria-invalid=move || of_moment.read().is_some().then_some("true")
                    aria-describedby=move || of_moment.read().is_some().then(|| described.clone())
                    data-back=back.then_some("")
                    value=at.get_untracked()
                    prop:value=move || at.get()
                    on:input=move |event| at.set(event_target_value(&event))
                />
                <Wrong id=whose fault=of_moment />
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    name="private"
                    checked=private.get_untracked()
                    prop:checked=move || private.get()
                    on:change=move |event| private.set(event_target_checked(&event))
                />
                {t!(i18n, review.private)}
            </label>
        </div>
    }
}

/// One comment; its author can change it, and remove it.
#[component]
fn One(
    id: RecordingId,
    number: Option<u32>,
    comment: Comment,
    change: ServerAction<ChangeComment>,
    remove: ServerAction<RemoveComment>,
) -> impl IntoView {
    let i18n = use_i18n();
    let editing = RwSignal::new(false);
    let player = player();
    let Comment {
        id: which,
        at_ms,
        text,
        private,
        author,
        written,
        changed,
        own,
        removable,
    } = comment;
    let go = move |event: leptos::ev::MouseEvent| {
        if let (Some(at), Some(track)) = (at_ms, player.known(id)) {
            event.prevent_default();
            player.seek(&track, at);
        }
    };
    let moment = at_ms.map(|at| {
        let words = format::length(at);
        let address = format!("/recordings/{id}?t={}", at / 1_000);
        view! {
            <a class="num" href=address data-noscroll="" aria-label=move || t_string!(i18n, review.to_moment, at = words.clone()) on:click=go>
                {format::length(at)}
            </a>
        }
    });
    let about = move || {
        let locale = i18n.get_locale();
        let when = format::short(locale, &written);
        let mut words = format!("{author}, {when}");
        if changed.is_some() {
            words.push_str(", ");
            words.push_str(td_string!(locale, review.changed));
        }
        words
    };
    let (draft, at) = (
        RwSignal::new(text.clone()),
        RwSignal::new(at_ms.map(format::length).unwrap_or_default()),
    );
    let secret = RwSignal::new(private);
    let shown = StoredValue::new(text);
    let buttons = own.then(|| {
        view! {
            <button
                class="ib live"
                data-size="s"
                type="button"
                aria-label=move || t_string!(i18n, review.change_comment)
                on:click=move |_| editing.update(|editing| *editing = !*editing)
            >
                <Icon name="pen" />
            </button>
        }
    });
    let away = removable.then(|| {
        view! {
            <ActionForm action=remove>
                <input type="hidden" name="id" value=which.to_string() />
                <button class="ib" data-size="s" aria-label=move || t_string!(i18n, review.remove_comment)>
                    <Icon name="trash" />
                </button>
            </ActionForm>
        }
    });
    let problem = problem(change);
    view! {
        <li>
            <span class="pin" aria-hidden="true">{number}</span>
            <div>
                {moment}
                {private
                    .then(|| {
                        view! { <span class="state muted small"><Icon name="lock" size="s" />{t!(i18n, review.private)}</span> }
                    })}
                <Show
                    when=move || editing.get()
                    fallback=move || view! { <p class="said">{shown.get_value()}</p> }
                >
                    <ErrorSummary title=move || t_string!(i18n, review.not_saved) problem />
                    <ActionForm action=change attr:class="say">
                        <input type="hidden" name="id" value=which.to_string() />
                        <Fields
                            text=draft
                            at
                            private=secret
                            write=Callback::new(move |event| draft.set(event_target_value(&event)))
                            name=which.to_string()
                            problem
                        />
                        <div class="row-end">
                            <button class="btn" type="button" on:click=move |_| editing.set(false)>
                                {t!(i18n, configuration.cancel)}
                            </button>
                            <Submit action=change>{t!(i18n, configuration.save)}</Submit>
                        </div>
                    </ActionForm>
                </Show>
                <small class="muted">{about}</small>
            </div>
            <span class="end">{buttons} {away}</span>
        </li>
    }
}
