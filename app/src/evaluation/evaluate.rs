//! The part of a recording's page where it is evaluated.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{
    evaluation::{Evaluation, Evaluations, Move, Showing, State},
    id::RecordingId,
    problem::Problem,
};

use super::{
    Deeds, Desk, Replies, Unread,
    api::{acted_upon, read_evaluations},
    ending::{Ended, Ending},
    filling::Filling,
    finished::Finished,
    keeper::keeper,
    thrown::{Unthrown, told_enough, unthrown},
};
use crate::{
    error::AppError,
    i18n::{t_string, td_string, use_i18n},
    ui::{Empty, ErrorSummary, Fault, Loading, done, focus_first, problem},
};

/// The form one fills in, and what others have finished. `changed` is called when the list shows it otherwise now.
#[component]
pub fn Evaluate(
    id: RecordingId,
    /// Whether the evaluated person has asked for a form of their own.
    #[prop(into)]
    oneself: Signal<bool>,
    /// Where they ask for it.
    #[prop(into)]
    ask: Signal<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds {
        send: ServerAction::new(),
        choose: ServerAction::new(),
        discard: ServerAction::new(),
        step: ServerAction::new(),
    };
    let (chosen, discarded, stepped) = (done(deeds.choose), done(deeds.discard), done(deeds.step));
    let sent = RwSignal::new(0_u32);
    let reading = Resource::new(
        move || (sent.get(), chosen.get(), discarded.get(), stepped.get()),
        move |_| read_evaluations(id),
    );
    // What one goes on to when it is saved.
    let next = StoredValue::new(None::<String>);
    let (keeper, unread, ending) = (keeper(), Unread::here(), Ending::none());
    finish(id, deeds, next, ending, sent, changed);
    // Whether what is done is to say something to the other.
    let replied = StoredValue::new(false);
    Effect::new(move |_| {
        if let Some(input) = deeds.step.input().get() {
            replied.set_value(!input.reply.is_empty());
        }
    });
    Effect::new(move |before: Option<(usize, usize)>| {
        let now = (discarded.get(), stepped.get());
        if before.is_some_and(|before| before != now) {
            ending.clear();
            told_enough(deeds);
            changed.run(());
            if replied.try_update_value(std::mem::take) == Some(true) {
                ending.replied();
            }
        }
        if before.is_some_and(|before| before.0 != now.0) {
            keeper.forget(id);
            unread.forget(&id);
            // What was missing in it is missing no more.
            deeds.send.clear();
            ending.thrown();
        }
        now
    });
    Effect::new(move |before: Option<usize>| {
        let now = chosen.get();
        if before.is_some_and(|before| before != now) {
            unread.forget(&id);
            told_enough(deeds);
            ending.clear();
        }
        now
    });
    // What there is instead is read, where it is not what one wanted to throw away.
    let (unthrown, discard) = (unthrown(deeds), problem(deeds.discard));
    Effect::new(move |before: Option<(usize, usize)>| {
        let now = (deeds.discard.version().get(), deeds.choose.version().get());
        if unthrown.get() && before.is_some_and(|before| before != now) {
            // What was never kept is thrown away with that.
            if discard.get_untracked() == Some(Problem::NotFound) && keeper.begins(id) {
                keeper.forget(id);
                unread.forget(&id);
                told_enough(deeds);
                deeds.send.clear();
                ending.thrown();
            }
            sent.update(|sent| *sent += 1);
        }
        now
    });
    // The link one has pressed is gone, and the form is there.
    Effect::new(move |before: Option<bool>| {
        let now = oneself.get();
        if now && before == Some(false) {
            request_animation_frame(|| focus_first(&["#sheet-title"]));
        }
        now
    });
    let again = Callback::new(move |()| {
        sent.update(|sent| *sent += 1);
    });
    view! {
        <Ended ending />
        <Transition fallback=|| view! { <Loading rows=6 /> }>
            {move || Suspend::new(async move {
                match reading.await {
                    Ok(read) => view! { <Read read deeds unthrown next ending again oneself ask /> }.into_any(),
                    Err(AppError(problem)) => {
                        let retry = Callback::new(move |()| reading.refetch());
                        let title = move || t_string!(i18n, review.not_fetched);
                        view! { <Fault title problem retry /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// What is finished is forgotten here, and one goes on: to what one wanted to go on to, or to what is saved.
fn finish(
    id: RecordingId,
    deeds: Deeds,
    next: StoredValue<Option<String>>,
    ending: Ending,
    sent: RwSignal<u32>,
    changed: Callback<()>,
) {
    let (go, keeper, unread) = (use_navigate(), keeper(), Unread::here());
    Effect::new(move |_| {
        let Some(Ok(done)) = deeds.send.value().get() else {
            return;
        };
        if !done.finished {
            ending.clear();
            return;
        }
        keeper.forget(id);
        unread.forget(&id);
        told_enough(deeds);
        changed.run(());
        // What is disputed still is no step done: one stays and is told.
        let disputed = matches!(done.held, Some(State::Disputed { .. }));
        let next = next.try_update_value(Option::take).flatten();
        if let Some(address) = next.filter(|_| !disputed) {
            let stay = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            go(&address, stay);
        } else {
            ending.saved(done.held);
            sent.update(|sent| *sent += 1);
        }
    });
    // Whoever writes anew knows by now how it ended.
    Effect::new(move |_| {
        if keeper.state(id).is_some() {
            ending.clear();
        }
    });
}

#[component]
fn Read(
    read: Evaluations,
    deeds: Deeds,
    unthrown: Memo<bool>,
    next: StoredValue<Option<String>>,
    ending: Ending,
    again: Callback<()>,
    oneself: Signal<bool>,
    ask: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Evaluations {
        recording: id,
        person,
        own,
        may,
        forms,
        sheet,
        finished,
        writing,
        showing,
    } = read;
    let no_form = may && !own && sheet.is_none() && forms.is_empty();
    let empty = (finished.is_empty() && (own || sheet.is_none())).then(|| view! { <Nobody own no_form /> });
    // What one began to change is open; a form of one's own is asked for.
    let asked = Memo::new({
        let changes = sheet.as_ref().is_some_and(|sheet| sheet.by.revises.is_some());
        move |_| !own || changes || oneself.get()
    });
    let (has_sheet, begun) = (
        sheet.is_some(),
        sheet.as_ref().is_some_and(|sheet| sheet.kept.is_some()),
    );
    let told = (!own && showing == Showing::AtOnce && has_sheet)
        .then_some(person)
        .flatten();
    ending.begin(sheet.as_ref(), told.clone(), finished.first().map(|it| it.id));
    let form = move || {
        let (sheet, forms, told) = (sheet.clone(), forms.clone(), told.clone());
        let sheet = sheet.filter(|_| asked.get())?;
        Some(view! { <Filling id sheet forms deeds next again told /> })
    };
    let of_oneself = (own && has_sheet).then(|| {
        let word = move || {
            if begun {
                t_string!(i18n, evaluation.by_oneself_go_on)
            } else {
                t_string!(i18n, evaluation.by_oneself)
            }
        };
        let link = move || {
            (!asked.get())
                .then(|| view! { <a class="btn" data-kind="quiet" href=move || ask.get() data-noscroll="">{word}</a> })
        };
        view! { <p class="row-start">{link}</p> }
    });
    let no_right = (!may).then(|| {
        let why = move || {
            if own {
                t_string!(i18n, evaluation.no_right_own)
            } else {
                t_string!(i18n, evaluation.no_right)
            }
        };
        view! { <p class="muted small">{why}</p> }
    });
    let others = (!writing.is_empty()).then(|| {
        let names = writing.join(", ");
        view! { <p class="muted small">{move || t_string!(i18n, evaluation.writing, names = names.clone())}</p> }
    });
    let answers = finished.iter().any(|it| it.moves.contains(&Move::Answer));
    let judged = view! { <Judgements id finished deeds /> };
    let writes = move || (has_sheet && asked.get()).then_some("");
    // What was said of oneself comes first, and what waits for one's answer; who judges others begins with the form.
    let inside = if own || answers {
        view! { {judged} {others} {empty} {of_oneself} {form} {no_right} }.into_any()
    } else {
        view! { {others} {no_right} {form} {empty} {judged} }.into_any()
    };
    // Who may not evaluate any more is told that instead.
    let unthrown = may.then(|| view! { <Unthrown deeds unthrown /> });
    view! {
        {unthrown}
        <div class="evaluating" data-writing=writes>{inside}</div>
    }
}

/// Nobody has said anything that one sees.
#[component]
fn Nobody(own: bool, no_form: bool) -> impl IntoView {
    let i18n = use_i18n();
    let why = move || {
        let locale = i18n.get_locale();
        if no_form {
            td_string!(locale, evaluation.no_form_why)
        } else if own {
            td_string!(locale, evaluation.none_own_why)
        } else {
            td_string!(locale, evaluation.none_why)
        }
    };
    view! { <Empty title=move || t_string!(i18n, evaluation.none) why><span></span></Empty> }
}

/// What is finished; what others have said of one before what one says oneself.
#[component]
fn Judgements(id: RecordingId, finished: Vec<Evaluation>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    // Which was acted upon last.
    let acted = acted_upon();
    let last = RwSignal::new(acted);
    let (replies, replied) = (Replies::here(), StoredValue::new(None));
    Effect::new(move |_| {
        if let Some(input) = deeds.step.input().get() {
            last.set(Some(input.id));
            replied.set_value((!input.reply.is_empty()).then_some(input.id));
        }
    });
    Effect::new(move |_| {
        if let (Some(Ok(())), Some(id)) = (deeds.step.value().get(), replied.get_value()) {
            replies.forget(&id);
        }
    });
    let failed = problem(deeds.step);
    // It may be gone: then it is said where nothing else is.
    let ids: Vec<_> = finished.iter().map(|it| it.id).collect();
    let stray = Signal::derive(move || {
        let here = last.get().is_some_and(|acted| ids.contains(&acted));
        failed.get().filter(|_| !here)
    });
    let desk = Desk::reading(id);
    let (of_oneself, of_others): (Vec<_>, Vec<_>) = finished.into_iter().partition(|it| it.own);
    let cards = of_others
        .into_iter()
        .chain(of_oneself)
        .map(|evaluation| view! { <Finished evaluation desk act=deeds.step problem=failed acted=last.into() /> });
    view! {
        <ErrorSummary title=move || t_string!(i18n, evaluation.not_done) problem=stray />
        <div class="judgements" data-acted=acted.map(|acted| acted.to_string())>{cards.collect_view()}</div>
    }
}
