//! What of a form is not kept yet. It outlives the page that it was typed on: it goes on being kept when that is left, and
//! what could not be kept is there again when the form is opened again, also by another page of the same tab: who was signed
//! out signs in again, and goes on.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};
use model::{
    evaluation::Form,
    forms::{Bench, Used},
    id::FormId,
    problem::Problem,
};
use serde::{Deserialize, Serialize};

use super::{
    api::{Kept, SaveDraft, save_draft},
    desk::Desk,
};
use crate::ui::{leave_behind, left_behind};

/// How soon it is tried again.
pub const AGAIN: Duration = Duration::from_secs(5);

/// What there was on a page that was left.
#[derive(Clone, Debug)]
pub struct Left {
    pub bench: Bench,
    /// The keys that others know of.
    pub base: Used,
    pub revision: i64,
    /// Counts what was changed, so that one sees whether all of it was kept.
    pub changes: u64,
    /// Why it is not kept; none as long as it may be.
    pub problem: Option<Problem>,
}

/// What is left behind for the next page of the tab.
#[derive(Serialize, Deserialize)]
pub struct Behind {
    pub form: Form,
    pub used: Used,
    pub base: Used,
    pub revision: i64,
}

/// What travels when a page is left, as the function reads it.
#[derive(Serialize)]
struct Last<'a> {
    id: FormId,
    revision: i64,
    form: &'a Form,
    leaving: bool,
}

/// What is not kept yet, of every form. One form is kept once at a time, whichever page it was typed on.
#[derive(Clone, Copy)]
pub struct Unsaved {
    /// The form that is being built now.
    desk: StoredValue<Option<Desk>>,
    left: StoredValue<HashMap<FormId, Left>>,
    under_way: StoredValue<HashSet<FormId>>,
}

/// Makes room for it, and asks before the tab goes away with it.
pub fn provide() {
    let unsaved = Unsaved {
        desk: StoredValue::new(None),
        left: StoredValue::new(HashMap::new()),
        under_way: StoredValue::new(HashSet::new()),
    };
    provide_context(unsaved);
    Effect::new(move |_| {
        let stays = window_event_listener(leptos::ev::beforeunload, move |event| {
            if unsaved.is_some() {
                event.prevent_default();
            }
        });
        let leaves = window_event_listener_untyped("pagehide", move |_| unsaved.go());
        on_cleanup(move || {
            stays.remove();
            leaves.remove();
        });
    });
}

/// That of this tab.
pub fn unsaved() -> Unsaved {
    expect_context()
}

impl Unsaved {
    /// From now on this is what is there of its form.
    pub fn open(self, desk: Desk) {
        self.desk.set_value(Some(desk));
    }

    /// And from now on no longer.
    pub fn close(self, desk: Desk) {
        self.desk.update_value(|open| {
            open.take_if(|open| open.bench == desk.bench);
        });
    }

    /// What was left of a form, for the desk that it comes back to.
    pub fn take(self, id: FormId) -> Option<Left> {
        self.left.try_update_value(|left| left.remove(&id)).flatten()
    }

    /// What another page of this tab has left behind of a form.
    pub fn behind(id: FormId) -> Option<Behind> {
        serde_json::from_str(&left_behind(&name(id))?).ok()
    }

    /// With a page that goes away all that waits is sent along, and left behind where that does not arrive.
    fn go(self) {
        let open = self.desk.get_value().filter(|desk| desk.is_waiting());
        let open = open.and_then(|desk| Some((desk.id, desk.left()?)));
        let left = self
            .left
            .with_value(|all| all.iter().map(|(id, left)| (*id, left.clone())).collect::<Vec<_>>());
        for (
            id,
            Left {
                bench, base, revision, ..
            },
        ) in open.into_iter().chain(left)
        {
            // What is on its way already would be in its way.
            if !self.is_under_way(id) {
                send_along(id, revision, &bench.form);
            }
            let behind = Behind {
                form: bench.form,
                used: bench.used,
                base,
                revision,
            };
            if let Ok(behind) = serde_json::to_string(&behind) {
                leave_behind(&name(id), &behind);
            }
        }
    }

    /// Puts away what there is on a page that is left.
    pub fn leave(self, id: FormId, left: Left) {
        // Nothing but a decision helps where someone else has changed the form.
        let waits = left.problem == Some(Problem::Changed);
        self.left.update_value(|all| {
            all.insert(id, left);
        });
        if !waits {
            self.keep(id);
        }
    }

    /// Whether a form is being kept just now.
    pub fn is_under_way(self, id: FormId) -> bool {
        self.under_way.with_value(|under_way| under_way.contains(&id))
    }

    /// Keeps what there is of a form, unless that is under way: then what came meanwhile is kept after it.
    pub fn keep(self, id: FormId) {
        if self.under_way.try_update_value(|under_way| under_way.insert(id)) == Some(true) {
            spawn_local(async move {
                let is_kept = self.keep_all(id).await;
                self.under_way.update_value(|under_way| {
                    under_way.remove(&id);
                });
                if let Some(desk) = self.desk(id) {
                    desk.settle(is_kept);
                }
            });
        }
    }

    /// Keeps it, until nothing has been changed meanwhile. Tells whether it is kept.
    async fn keep_all(self, id: FormId) -> bool {
        while let Some((form, revision, changes)) = self.what_waits(id) {
            let sent = Used::of([&form]);
            match save_draft(id, revision, form, false).await {
                Ok(kept) => {
                    if self.kept(id, kept, &sent, changes) {
                        return true;
                    }
                }
                Err(error) => {
                    self.refused(id, error.0);
                    return false;
                }
            }
        }
        false
    }

    fn is_some(self) -> bool {
        let open = self.desk.get_value();
        open.is_some_and(Desk::is_waiting) || self.left.with_value(|left| !left.is_empty())
    }

    fn desk(self, id: FormId) -> Option<Desk> {
        self.desk.try_get_value().flatten().filter(|desk| desk.id == id)
    }

    fn what_waits(self, id: FormId) -> Option<(Form, i64, u64)> {
        if let Some(desk) = self.desk(id) {
            return desk.taken();
        }
        self.left.with_value(|all| {
            let left = all.get(&id)?;
            Some((left.bench.form.clone(), left.revision, left.changes))
        })
    }

    /// Notes that what was there after so many changes is kept. Tells whether that is all.
    fn kept(self, id: FormId, kept: Kept, sent: &Used, changes: u64) -> bool {
        // A page that went and came back has left it behind for nothing.
        left_behind(&name(id));
        if let Some(desk) = self.desk(id) {
            return desk.kept(kept, sent, changes);
        }
        let all = self.left.try_update_value(|all| {
            let Some(left) = all.get_mut(&id) else { return true };
            left.revision = kept.revision;
            left.base.merge(sent);
            let is_all = left.changes == changes;
            if is_all {
                all.remove(&id);
            }
            is_all
        });
        all.unwrap_or(true)
    }

    fn refused(self, id: FormId, problem: Problem) {
        if let Some(desk) = self.desk(id) {
            desk.refused(problem);
            return;
        }
        let again = problem.may_pass();
        self.left.update_value(|all| {
            // A form that is gone is opened no more.
            if problem == Problem::NotFound {
                all.remove(&id);
            } else if let Some(left) = all.get_mut(&id) {
                left.problem = Some(problem);
            }
        });
        if again {
            set_timeout(move || self.keep(id), AGAIN);
        }
    }
}

/// Hands a form to the browser, which sends it after the page is gone. What came of it is known when the form is opened again.
fn send_along(id: FormId, revision: i64, form: &Form) {
    let leaving = Last {
        id,
        revision,
        form,
        leaving: true,
    };
    let Ok(body) = serde_json::to_string(&leaving) else {
        return;
    };
    let sent = window()
        .navigator()
        .send_beacon_with_opt_str(SaveDraft::PATH, Some(&body));
    if sent != Ok(true) {
        leptos::logging::warn!("what was typed last could not be sent along");
    }
}

/// What a form that is left behind is known by.
fn name(id: FormId) -> String {
    format!("hark-form-{id}")
}
