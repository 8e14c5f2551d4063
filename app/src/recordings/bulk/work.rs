//! What is being done with what is chosen: how far it has come, how it is stopped, gone on with and taken back.

use leptos::{prelude::*, task::spawn_local};
use model::{
    bulk::{Deed, Done, Progress, Selection},
    problem::Problem,
};

use super::{
    super::{
        deeds_api::{carry_on, done_lately, mark, undo},
        page::List,
    },
    earlier::EarlierButton,
    said::said,
};
use crate::{
    error::{AppError, sentence},
    i18n::{td_string, use_i18n},
    ui::Icon,
};

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    pub deed: Deed,
    pub progress: Progress,
    /// Whether it is being taken back.
    pub undoing: bool,
    /// Whether someone has stopped it.
    pub stopped: bool,
}

/// What is under way, for the bar.
#[derive(Clone, Copy)]
pub struct Bulk {
    list: StoredValue<List>,
    work: RwSignal<Option<Work>>,
    problem: RwSignal<Option<Problem>>,
    stop: RwSignal<bool>,
    /// One at a time.
    pub busy: RwSignal<bool>,
    /// What was done before, and can be undone.
    pub done: RwSignal<Vec<Done>>,
}

/// What is under way, or was just done.
#[component]
pub fn Working(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let close = move |_| {
        bulk.work.set(None);
        bulk.problem.set(None);
    };
    move || {
        let locale = i18n.get_locale();
        if !bulk.is_told() {
            return None;
        }
        let (work, problem) = (bulk.work.get(), bulk.problem.get());
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
                <EarlierButton bulk />
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

impl Bulk {
    /// Nothing is under way.
    pub fn new(list: List) -> Self {
        Self {
            list: StoredValue::new(list),
            work: RwSignal::new(None),
            problem: RwSignal::new(None),
            stop: RwSignal::new(false),
            busy: RwSignal::new(false),
            done: RwSignal::new(vec![]),
        }
    }

    /// Asks what can be undone.
    pub fn look_back(self) {
        spawn_local(async move {
            if let Ok(done) = done_lately().await {
                self.done.try_set(done);
            }
        });
    }

    /// Whether something is told of that is under way, or was just done.
    pub fn is_told(self) -> bool {
        self.work.read().is_some() || self.problem.read().is_some()
    }

    /// What can be undone besides what is told of here.
    pub fn earlier(self) -> Vec<Done> {
        let told = self.work.read().as_ref().map(|work| work.progress.id);
        let done = self.done.read();
        done.iter()
            .filter(|done| Some(done.progress.id) != told)
            .cloned()
            .collect()
    }

    /// Follows what brings buttons here and takes them away.
    pub fn track(self) {
        self.work.track();
        self.problem.track();
        self.done.track();
    }

    /// Begins with what is chosen.
    pub fn begin(self, deed: Deed) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let list = self.list.get_value();
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
        if let Some(work) = self.work.get_untracked() {
            self.undo(work);
        }
    }

    /// Takes this back, whatever has been done since.
    pub fn undo(self, mut work: Work) {
        work.undoing = true;
        work.progress.ended = false;
        work.progress.done = 0;
        self.start(work);
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
        self.look_back();
        let list = self.list.get_value();
        list.selected.expect_gone(&list.query.get_untracked());
        list.shown.refetch();
        list.deeds.try_update(|deeds| *deeds += 1);
    }
}
