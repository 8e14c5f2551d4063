//! What is done with what is chosen: a flag, a tag, a file. Piece by piece, so that one sees how far it has come, can stop
//! it, and can take it back.

use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use model::{
    bulk::{Deed, Progress, Selection},
    problem::Problem,
    recording::Flag,
};

use super::{
    criteria::flag_name,
    deeds_api::{carry_on, mark, undo},
    download::{Downloads, Pack},
    flag::FlagIcon,
    focus,
    page::List,
    words,
};
use crate::{
    error::{AppError, sentence},
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    player::is_free,
    routes::MeResource,
    ui::{Icon, hide_popover},
};

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
struct Work {
    deed: Deed,
    progress: Progress,
    /// Whether it is being taken back.
    undoing: bool,
    /// Whether someone has stopped it.
    stopped: bool,
}

/// What is under way, for the bar.
#[derive(Clone, Copy)]
struct Bulk {
    list: List,
    work: RwSignal<Option<Work>>,
    problem: RwSignal<Option<Problem>>,
    stop: RwSignal<bool>,
    /// One at a time: the next would take away the way back from this one.
    busy: RwSignal<bool>,
}

/// The bar: there while something is chosen.
#[component]
pub fn BulkBar(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let bulk = Bulk {
        list,
        work: RwSignal::new(None),
        problem: RwSignal::new(None),
        stop: RwSignal::new(false),
        busy: RwSignal::new(false),
    };
    let me = expect_context::<MeResource>();
    let tags = RwSignal::new(false);
    Effect::new(move |_| tags.set(me.get().and_then(Result::ok).flatten().is_some_and(|me| me.tags)));
    let total = list.found();
    // None where all are chosen and nobody knows yet how many that is.
    let count = Memo::new(move |_| match total.get() {
        None if list.selected.is_all() => None,
        total => Some(list.selected.count(total.unwrap_or_default())),
    });
    let shown = move || count.get() != Some(0);
    let clear = move |_| {
        list.selected.clear();
        // The bar goes with what was chosen; where one chose is where one goes on.
        request_animation_frame(focus::to_list);
    };
    // Back to where one chose; what lies open is closed first.
    let leave = |event: KeyboardEvent| {
        if event.key() == "Escape" && is_free(&event) {
            event.prevent_default();
            focus::to_list();
        }
    };
    focus::catch(move || {
        bulk.work.track();
        bulk.problem.track();
        count.track();
    });
    view! {
        <Show when=shown>
            <div class="bulk" role="region" aria-label=move || t_string!(i18n, list.chosen) on:keydown=leave>
                <Count list count total />
                <Show when=move || tags.get()><Deeds bulk /></Show>
                <span class="end">
                    <Downloads list name="chosen" meant=meant(list) chosen=true />
                    <button class="btn" data-kind="quiet" data-size="s" type="button" on:click=clear>
                        {t!(i18n, list.clear)}
                    </button>
                </span>
            </div>
        </Show>
        <Working bulk />
        <Pack list />
    }
}

/// `12 valda`, and a way to all that is found.
#[component]
fn Count(list: List, count: Memo<Option<u64>>, total: Memo<Option<u64>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = move || match (count.get(), total.get()) {
        (None, _) => true,
        (Some(count), total) => total.is_some_and(|total| count >= total),
    };
    view! {
        <span role="status">
            {move || {
                let locale = i18n.get_locale();
                match count.get() {
                    Some(1) => td_string!(locale, list.chosen_one).to_owned(),
                    Some(count) => td_string!(locale, list.chosen_count, count = format::count(locale, count)),
                    None => td_string!(locale, list.chosen_all).to_owned(),
                }
            }}
        </span>
        <Show when=move || !all()>
            <button class="btn" data-kind="quiet" data-size="s" type="button" on:click=move |_| list.selected.set_all()>
                {move || {
                    let locale = i18n.get_locale();
                    let count = total.get().map(|total| format::count(locale, total)).unwrap_or_default();
                    td_string!(locale, list.choose_all, count = count).trim_end().to_owned()
                }}
            </button>
        </Show>
    }
}

/// Which recordings are meant, as the words of an address.
fn meant(list: List) -> Signal<Vec<(&'static str, String)>> {
    Signal::derive(move || {
        let name = if list.selected.is_all() { "except" } else { "id" };
        let mut words = if list.selected.is_all() {
            list.query.get().first().words()
        } else {
            vec![("sort", list.query.read().sort.word())]
        };
        words.extend(list.selected.named().into_iter().map(|id| (name, id.to_string())));
        words
    })
}

/// Flags and tags.
#[component]
fn Deeds(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let flags = Flag::ALL.map(Some).into_iter().chain([None]).map(move |flag| {
        let press = move |_| {
            hide_popover("bulk-flag");
            bulk.begin(Deed::Flag(flag));
        };
        view! {
            <button class="item" type="button" on:click=press>
                {flag.map(|flag| view! { <FlagIcon flag /> })}
                {move || flag_name(i18n.get_locale(), flag)}
            </button>
        }
    });
    // What is under way is not disturbed, and the buttons keep their places and the focus meanwhile.
    let (busy, free) = (
        move || bulk.busy.get().then_some("true"),
        move |menu: &'static str| (!bulk.busy.get()).then_some(menu),
    );
    let tag = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        hide_popover("bulk-tag");
        let words = tag.get_untracked().trim().to_owned();
        bulk.begin(Deed::Tag((!words.is_empty()).then_some(words)));
    };
    view! {
        <button class="btn" data-size="s" type="button" popovertarget=move || free("bulk-flag") aria-disabled=busy>
            {t!(i18n, list.set_flag)}
            <Icon name="chev" />
        </button>
        <div class="float" id="bulk-flag" popover="auto" data-up="">{flags.collect_view()}</div>
        <button class="btn" data-size="s" type="button" popovertarget=move || free("bulk-tag") aria-disabled=busy>
            {t!(i18n, list.set_tag)}
            <Icon name="chev" />
        </button>
        <div class="float" id="bulk-tag" popover="auto" data-up="">
            <form class="form" on:submit=send>
                <div class="field">
                    <label for="bulk-tag-words">{t!(i18n, recordings.call_tag)}</label>
                    <input
                        class="input"
                        id="bulk-tag-words"
                        list="f-tags"
                        maxlength=Deed::LONGEST_TAG.to_string()
                        autocomplete="off"
                        autofocus
                        aria-describedby="bulk-tag-hint"
                        prop:value=move || tag.get()
                        on:input=move |event| tag.set(event_target_value(&event))
                    />
                    <span class="hint" id="bulk-tag-hint">{t!(i18n, list.tag_hint)}</span>
                </div>
                <div class="row-end">
                    <button class="btn" data-kind="primary">{t!(i18n, list.set_tag)}</button>
                </div>
            </form>
        </div>
    }
}

/// What is under way, or was just done.
#[component]
fn Working(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let close = move |_| {
        bulk.work.set(None);
        bulk.problem.set(None);
    };
    move || {
        let locale = i18n.get_locale();
        let (work, problem) = (bulk.work.get(), bulk.problem.get());
        if work.is_none() && problem.is_none() {
            return None;
        }
        let running = work
            .as_ref()
            .is_some_and(|work| problem.is_none() && !work.progress.ended && !work.stopped);
        let words = work.as_ref().map(|work| said(locale, work)).unwrap_or_default();
        let bar = work.as_ref().filter(|_| running).map(|work| {
            view! {
                <progress
                    max=work.progress.count.max(1).to_string()
                    value=work.progress.done.to_string()
                    aria-label=td_string!(locale, list.working)
                ></progress>
            }
        });
        let halted = work.as_ref().is_some_and(|work| !work.progress.ended && !running);
        let undoing = running && work.as_ref().is_some_and(|work| work.undoing);
        let undoable = work
            .as_ref()
            .is_some_and(|work| !work.undoing && !running && work.progress.changed > 0);
        let role = if problem.is_some() { "alert" } else { "status" };
        Some(view! {
            <div class="work" id="bulk-work" role=role>
                {bar}
                <span>{words} {problem.map(|problem| view! { " "<span class="wrong">{sentence(&problem)}</span> })}</span>
                {running
                    .then(|| {
                        view! {
                            <button class="btn" data-size="s" type="button" on:click=move |_| bulk.stop.set(true)>
                                {td_string!(locale, list.stop)}
                            </button>
                        }
                    })}
                {halted
                    .then(|| {
                        view! {
                            <button class="btn" data-size="s" type="button" on:click=move |_| bulk.go_on()>
                                {td_string!(locale, list.go_on)}
                            </button>
                        }
                    })}
                {(undoable || undoing)
                    .then(|| {
                        view! {
                            <button
                                class="btn"
                                data-size="s"
                                type="button"
                                aria-disabled=undoing.then_some("true")
                                on:click=move |_| bulk.take_back()
                            >
                                {td_string!(locale, list.undo)}
                            </button>
                        }
                    })}
                {(!running)
                    .then(|| {
                        view! {
                            <button class="ib" data-size="s" type="button" aria-label=td_string!(locale, shell.close) on:click=close>
                                <Icon name="x" />
                            </button>
                        }
                    })}
            </div>
        })
    }
}

/// How far it is, in a sentence.
fn said(locale: Locale, work: &Work) -> String {
    let Progress {
        count,
        done,
        changed,
        left_alone,
        ended,
        ..
    } = work.progress;
    let number = |number| format::count(locale, number);
    let recordings = |number| {
        let (number, noun) = words::count(locale, number);
        format!("{number} {noun}")
    };
    if !ended {
        return if work.stopped {
            td_string!(locale, list.stopped_at, done = number(done), count = number(count))
        } else {
            td_string!(locale, list.at_work, done = number(done), count = number(count))
        };
    }
    let mut words = match (&work.deed, work.undoing) {
        (_, true) => td_string!(locale, list.undone, count = recordings(changed)),
        (Deed::Flag(None), _) => td_string!(locale, list.unflagged, count = recordings(changed)),
        (Deed::Flag(flag), _) => {
            td_string!(
                locale,
                list.flagged,
                count = recordings(changed),
                flag = flag_name(locale, *flag).to_lowercase()
            )
        }
        (Deed::Tag(None), _) => td_string!(locale, list.untagged, count = recordings(changed)),
        (Deed::Tag(Some(tag)), _) => td_string!(locale, list.tagged, count = recordings(changed), tag = tag.clone()),
    };
    let same = count.saturating_sub(changed + left_alone);
    if same > 0 && !work.undoing {
        words.push(' ');
        words.push_str(&td_string!(locale, list.same_already, count = number(same)));
    }
    if left_alone > 0 {
        words.push(' ');
        words.push_str(&td_string!(locale, list.left_alone, count = number(left_alone)));
    }
    words
}

impl Bulk {
    /// Begins with what is chosen.
    fn begin(self, deed: Deed) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let list = self.list;
        let selection = if untrack(|| list.selected.is_all()) {
            Selection::Found {
                query: Box::new(list.query.get_untracked()),
                except: untrack(|| list.selected.named()),
            }
        } else {
            Selection::Chosen(untrack(|| list.selected.named()))
        };
        self.problem.set(None);
        self.stop.set(false);
        spawn_local(async move {
            match mark(selection, deed.clone()).await {
                Ok(progress) => {
                    let work = Work {
                        deed,
                        progress,
                        undoing: false,
                        stopped: false,
                    };
                    self.follow(work).await;
                }
                Err(AppError(problem)) => {
                    self.problem.try_set(Some(problem));
                    self.busy.try_set(false);
                }
            }
        });
    }

    /// Takes it back.
    fn take_back(self) {
        if let Some(mut work) = self.work.get_untracked() {
            work.undoing = true;
            work.progress.ended = false;
            work.progress.done = 0;
            self.start(work);
        }
    }

    /// Goes on with what was stopped, or what the net has broken off.
    fn go_on(self) {
        if let Some(work) = self.work.get_untracked() {
            self.start(work);
        }
    }

    fn start(self, mut work: Work) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        work.stopped = false;
        self.stop.set(false);
        self.problem.set(None);
        spawn_local(async move { self.follow(work).await });
    }

    /// Piece by piece, to the end or until it is stopped; then the list is looked at anew.
    async fn follow(self, mut work: Work) {
        loop {
            work.stopped = self.stop.try_get_untracked().unwrap_or(true) && !work.progress.ended;
            if self.work.try_set(Some(work.clone())).is_some() {
                // The page is gone.
                return;
            }
            if work.progress.ended || work.stopped {
                break;
            }
            let next = if work.undoing {
                undo(work.progress.id).await
            } else {
                carry_on(work.progress.id).await
            };
            match next {
                Ok(progress) => work.progress = progress,
                Err(AppError(problem)) => {
                    self.problem.try_set(Some(problem));
                    break;
                }
            }
        }
        self.busy.try_set(false);
        self.list.selected.expect_gone(&self.list.query.get_untracked());
        self.list.shown.refetch();
    }
}
