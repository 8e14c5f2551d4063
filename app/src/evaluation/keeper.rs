//! Keeps what is answered, as one answers. What could not be kept yet is not forgotten: it outlives the page it was written
//! on, is tried again, and goes along with the page when that is left.

use std::{collections::HashMap, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use model::{
    evaluation::{Answer, Answers, By, Form, Key},
    id::RecordingId,
    imprint::imprint,
    instant::Stamp,
    problem::Problem,
};
use serde::Serialize;

use super::api::keep_answers;
use crate::error::AppError;

/// So long nothing more may have been typed.
const CALM: Duration = Duration::from_millis(700);
/// After so long it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How far keeping has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It waits, or is on its way.
    Waiting,
    Kept(Stamp),
    /// It is tried again; why it was not kept.
    Again(Problem),
    /// It is not.
    Refused(Problem),
}

/// What is not kept yet of one recording.
#[derive(Clone, Debug)]
struct Waiting {
    by: By,
    changes: Answers,
}

/// What is not kept yet, of every recording.
#[derive(Clone, Copy)]
pub struct Keeper {
    waiting: StoredValue<HashMap<RecordingId, Waiting>>,
    /// What this page knows to be kept: of those of which there is a draft to go on with.
    known: RwSignal<HashMap<RecordingId, Answers>>,
    under_way: StoredValue<Option<RecordingId>>,
    timers: StoredValue<HashMap<RecordingId, TimeoutHandle>>,
    state: RwSignal<Option<(RecordingId, Keeping)>>,
}

/// What travels when a page is left, as the function reads it.
#[derive(Serialize)]
struct Leaving<'a> {
    id: RecordingId,
    by: By,
    begin: bool,
    changes: &'a Answers,
}

/// Makes the keeper, and sees to it that nothing stays behind when the page goes.
pub fn provide() {
    let keeper = Keeper {
        waiting: StoredValue::new(HashMap::new()),
        known: RwSignal::new(HashMap::new()),
        under_way: StoredValue::new(None),
        timers: StoredValue::new(HashMap::new()),
        state: RwSignal::new(None),
    };
    provide_context(keeper);
    Effect::new(move |_| {
        let leaving = window_event_listener_untyped("pagehide", move |_| keeper.leave());
        on_cleanup(move || leaving.remove());
    });
}

/// The keeper of this tab.
pub fn keeper() -> Keeper {
    expect_context()
}

impl Keeper {
    /// Notes an answer that has changed; kept at once, or when no more is typed.
    pub fn note(self, id: RecordingId, by: By, key: Key, answer: Answer, at_once: bool) {
        self.waiting.update_value(|waiting| {
            let mine = waiting.entry(id).or_insert_with(|| Waiting {
                by,
                changes: Answers::default(),
            });
            if mine.by != by {
                *mine = Waiting {
                    by,
                    changes: Answers::default(),
                };
            }
            mine.changes.0.insert(key, answer);
        });
        self.state.set(Some((id, Keeping::Waiting)));
        self.after(id, if at_once { Duration::ZERO } else { CALM });
    }

    /// What is not kept yet, for the form as it is now: another version of the one that was answered takes what it can, and what
    /// was said of something else is dropped. Is told too what is kept, where there is a draft to go on with.
    pub fn unkept(self, id: RecordingId, by: By, form: &Form, kept: Option<Answers>) -> Answers {
        self.known.update(|known| match kept {
            Some(kept) => {
                known.insert(id, kept);
            }
            None => {
                known.remove(&id);
            }
        });
        let mut unkept = Answers::default();
        self.waiting.update_value(|waiting| {
            let same = |mine: &Waiting| (mine.by.form, mine.by.revises) == (by.form, by.revises);
            let Some(mut mine) = waiting.remove(&id).filter(same) else {
                return;
            };
            let wrong: Vec<Key> = mine
                .changes
                .check(form)
                .into_iter()
                .map(|fault| fault.question)
                .collect();
            mine.changes.0.retain(|key, _| !wrong.contains(key));
            mine.by = by;
            unkept = mine.changes.clone();
            if !unkept.0.is_empty() {
                waiting.insert(id, mine);
            }
        });
        let waits = !unkept.0.is_empty();
        let told = self
            .state
            .with_untracked(|state| matches!(state, Some((of, _)) if *of == id));
        if waits || told {
            self.state.set(waits.then_some((id, Keeping::Waiting)));
        }
        unkept
    }

    /// Notes that all of this is kept, and nothing else.
    pub fn know(self, id: RecordingId, kept: Answers) {
        self.known.update(|known| {
            known.insert(id, kept);
        });
    }

    /// By what that is known which this page knows to be kept. What another tab has answered beside it has another mark.
    pub fn seen(self, id: RecordingId) -> String {
        let json = self
            .known
            .with(|known| known.get(&id).and_then(|kept| serde_json::to_string(kept).ok()));
        json.map(|json| imprint(&json)).unwrap_or_default()
    }

    /// How far keeping has come for that recording.
    pub fn state(self, id: RecordingId) -> Option<Keeping> {
        let state = self.state.get();
        state.filter(|(of, _)| *of == id).map(|(_, keeping)| keeping)
    }

    /// Forgets what waits: it was kept another way, or is to be thrown away.
    pub fn forget(self, id: RecordingId) {
        self.waiting.update_value(|waiting| {
            waiting.remove(&id);
        });
        self.state.update(|state| {
            state.take_if(|(of, _)| *of == id);
        });
    }

    /// Keeps what waits now.
    pub fn keep(self, id: RecordingId) {
        let waiting = self.waiting.with_value(|waiting| waiting.get(&id).cloned());
        let Some(Waiting { by, changes }) = waiting else { return };
        // One after the other: an older answer never comes in later than a newer one.
        if self.under_way.get_value().is_some() {
            self.after(id, CALM);
            return;
        }
        self.under_way.set_value(Some(id));
        spawn_local(async move {
            let kept = keep_answers(id, by, self.begins(id), changes.clone()).await;
            self.under_way.set_value(None);
            let same = self
                .waiting
                .with_value(|waiting| waiting.get(&id).is_some_and(|mine| mine.by == by));
            if !same {
                return;
            }
            let keeping = match kept {
                Ok(stamp) => {
                    self.known
                        .update(|known| known.entry(id).or_default().change(changes.clone()));
                    if self.done(id, by, &changes) {
                        Keeping::Kept(stamp)
                    } else {
                        self.after(id, Duration::ZERO);
                        Keeping::Waiting
                    }
                }
                Err(AppError(problem)) if problem.may_pass() => {
                    self.after(id, AGAIN);
                    Keeping::Again(problem)
                }
                Err(AppError(problem)) => Keeping::Refused(problem),
            };
            // Forgotten meanwhile: nobody asks any more.
            let asked = self
                .state
                .with_untracked(|state| matches!(state, Some((of, _)) if *of == id));
            if asked {
                self.state.set(Some((id, keeping)));
            }
        });
    }

    /// Forgets what was kept, but for what has changed since; whether that was all.
    fn done(self, id: RecordingId, by: By, kept: &Answers) -> bool {
        self.waiting
            .try_update_value(|waiting| {
                let Some(mine) = waiting.get_mut(&id).filter(|mine| mine.by == by) else {
                    return true;
                };
                mine.changes.0.retain(|key, answer| kept.0.get(key) != Some(answer));
                let all = mine.changes.0.is_empty();
                if all {
                    waiting.remove(&id);
                }
                all
            })
            .unwrap_or(true)
    }

    /// Whether this page knows of no draft to go on with.
    pub fn begins(self, id: RecordingId) -> bool {
        self.known.with_untracked(|known| !known.contains_key(&id))
    }

    fn after(self, id: RecordingId, pause: Duration) {
        let Ok(timer) = set_timeout_with_handle(move || self.keep(id), pause) else {
            return;
        };
        let before = self
            .timers
            .try_update_value(|timers| timers.insert(id, timer))
            .flatten();
        if let Some(before) = before {
            before.clear();
        }
    }

    /// Sends along whatever waits, with a page that goes away.
    fn leave(self) {
        self.waiting.with_value(|waiting| {
            for (id, Waiting { by, changes }) in waiting {
                let leaving = Leaving {
                    id: *id,
                    by: *by,
                    begin: self.begins(*id),
                    changes,
                };
                let Ok(body) = serde_json::to_string(&leaving) else {
                    continue;
                };
                let sent = window()
                    .navigator()
                    .send_beacon_with_opt_str("/fn/evaluation/keep", Some(&body));
                if sent != Ok(true) {
                    leptos::logging::warn!("what was answered last could not be sent along");
                }
            }
        });
    }
}
