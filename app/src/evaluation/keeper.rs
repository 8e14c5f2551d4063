//! Keeps what is answered, as one answers. What could not be kept yet is not forgotten: it outlives the page it was written
//! on, is tried again, and goes along with the page when that is left.

use std::{collections::HashMap, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use model::{
    evaluation::{Answer, Answers, Key},
    id::{FormId, RecordingId},
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

/// The form that someone answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    pub form: FormId,
    pub version: i64,
}

/// How far keeping has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It waits, or is on its way.
    Waiting,
    Kept(Stamp),
    /// It is tried again.
    Again,
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
    under_way: StoredValue<Option<RecordingId>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    state: RwSignal<Option<(RecordingId, Keeping)>>,
}

/// What travels when a page is left, as the function reads it.
#[derive(Serialize)]
struct Leaving<'a> {
    id: RecordingId,
    form: FormId,
    version: i64,
    changes: &'a Answers,
}

/// Makes the keeper, and sees to it that nothing stays behind when the page goes.
pub fn provide() {
    let keeper = Keeper {
        waiting: StoredValue::new(HashMap::new()),
        under_way: StoredValue::new(None),
        timer: StoredValue::new(None),
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

    /// What is not kept yet of what was answered by that form.
    pub fn unkept(self, id: RecordingId, by: By) -> Answers {
        self.waiting.with_value(|waiting| {
            let mine = waiting.get(&id).filter(|mine| mine.by == by);
            mine.map(|mine| mine.changes.clone()).unwrap_or_default()
        })
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
            let kept = keep_answers(id, by.form, by.version, changes.clone()).await;
            self.under_way.set_value(None);
            let keeping = match kept {
                Ok(stamp) => {
                    if self.done(id, by, &changes) {
                        Keeping::Kept(stamp)
                    } else {
                        self.after(id, Duration::ZERO);
                        Keeping::Waiting
                    }
                }
                Err(AppError(Problem::Unreachable | Problem::Busy { .. } | Problem::Internal { .. })) => {
                    self.after(id, AGAIN);
                    Keeping::Again
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

    fn after(self, id: RecordingId, pause: Duration) {
        let timer = set_timeout_with_handle(move || self.keep(id), pause).ok();
        if let Some(before) = self
            .timer
            .try_update_value(|kept| std::mem::replace(kept, timer))
            .flatten()
        {
            before.clear();
        }
    }

    /// Sends along whatever waits, with a page that goes away.
    fn leave(self) {
        self.waiting.with_value(|waiting| {
            for (id, Waiting { by, changes }) in waiting {
                let leaving = Leaving {
                    id: *id,
                    form: by.form,
                    version: by.version,
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
