//! Keeping what is on the desk, one time after the other, and what is done once it is kept.

use leptos::{prelude::*, task::spawn_local};
use model::{
    evaluation::Form,
    forms::{Bench, Built, Used, arrival},
    problem::Problem,
};

use super::{
    super::{
        api::{Kept, PublishForm, RestoreVersion, read_form},
        unsaved::{AGAIN, Behind, Left, Unsaved},
    },
    Desk, Keeping, PAUSE, State,
};

impl Desk {
    /// Keeps what is on the desk now, or as soon as nothing stands in its way.
    pub fn save(self) {
        let is_busy = |keeping: &Keeping| keeping.busy.iter().any(|it| it.try_get_untracked() == Some(true));
        if self.keeping.try_with_value(is_busy) == Some(true) {
            self.later(PAUSE);
        } else {
            self.unsaved.keep(self.id);
        }
    }

    /// While this is on its way nothing is kept: it speaks of the form as it is kept now.
    pub fn wait_for(self, busy: Memo<bool>) {
        self.keeping.update_value(|keeping| keeping.busy.push(busy));
    }

    /// Whether it is being kept just now.
    pub fn is_being_kept(self) -> bool {
        self.unsaved.is_under_way(self.id)
    }

    /// Does something once what is being kept is kept, or is refused; it is told which.
    pub fn after(self, deed: impl FnOnce(bool) + Send + Sync + 'static) {
        self.keeping.update_value(|keeping| keeping.next = Some(Box::new(deed)));
    }

    /// Nothing is being kept any more.
    pub fn settle(self, is_kept: bool) {
        if let Some(deed) = self.keeping.try_update_value(|keeping| keeping.next.take()).flatten() {
            deed(is_kept);
        }
    }

    /// How many changes there were.
    fn changes(self) -> Option<u64> {
        self.keeping.try_with_value(|keeping| keeping.changes)
    }

    /// What is there, at which revision, and after how many changes.
    pub fn taken(self) -> Option<(Form, i64, u64)> {
        let form = self.bench.try_with_untracked(|bench| bench.form.clone())?;
        Some((form, self.revision.try_get_untracked()?, self.changes()?))
    }

    /// Notes that what was there after so many changes is kept. Tells whether that is all.
    pub fn kept(self, kept: Kept, sent: &Used, changes: u64) -> bool {
        self.revision.set(kept.revision);
        self.base.update_value(|base| base.merge(sent));
        let is_all = self.changes().is_none_or(|now| now == changes);
        if is_all {
            self.state.set(State::Kept(kept.at));
        }
        is_all
    }

    /// Notes that it is not kept; tried again where that may help.
    pub fn refused(self, problem: Problem) {
        let again = problem.may_pass();
        self.state.set(State::Failed(problem));
        if again {
            self.later(AGAIN);
        }
    }

    /// Keeps what is here in the place of what someone else has made of it.
    pub fn save_over(self) {
        spawn_local(async move {
            match read_form(self.id).await {
                Ok((theirs, _)) => self.put_over(&theirs),
                Err(error) => self.state.set(State::Failed(error.0)),
            }
        });
    }

    fn put_over(self, theirs: &Built) {
        let Some(base) = self.base.try_get_value() else { return };
        let moved = self.bench.try_update(|bench| bench.join(&base, &theirs.used));
        self.told.set(None);
        // What is open stays open, by whatever key.
        self.open.update(|open| {
            for (before, after) in moved.unwrap_or_default() {
                if open.remove(&before) {
                    open.insert(after);
                }
            }
        });
        self.base.update_value(|base| base.merge(&theirs.used));
        self.revision.set(theirs.revision);
        self.state.set(State::Waiting);
        self.keeping.update_value(|keeping| keeping.changes += 1);
        self.save();
    }

    /// Throws away what is here, for what someone else has made of it.
    pub fn discard(self) {
        self.unsaved.close(self);
        self.keeping.update_value(|keeping| keeping.changes = 0);
        self.state.set(State::Untouched);
    }

    /// Publishes it as it stands, once that is kept.
    pub fn publish(self, publish: ServerAction<PublishForm>) {
        let id = self.id;
        self.once_kept(move |revision| {
            publish.dispatch(PublishForm { id, revision });
        });
    }

    /// Puts a version in its place, once it is kept as it stands.
    pub fn restore(self, version: i64, restore: ServerAction<RestoreVersion>) {
        let id = self.id;
        self.once_kept(move |revision| {
            restore.dispatch(RestoreVersion { id, revision, version });
        });
    }

    /// Does something with it as it stands, once that is kept; told at which revision.
    fn once_kept(self, deed: impl FnOnce(i64) + Send + Sync + 'static) {
        let deed = move |is_kept: bool| {
            if is_kept {
                deed(self.revision.get_untracked());
            }
        };
        let waits = self.is_waiting();
        if waits || self.is_being_kept() {
            self.after(deed);
        } else {
            deed(true);
        }
        if waits {
            self.save();
        }
    }

    /// Goes on with what another page of this tab has left behind, unless it was kept after all. Where the form has been
    /// changed meanwhile one is asked which of the two holds.
    pub(super) fn find(self) {
        let Some(Behind {
            form,
            used,
            base,
            revision,
        }) = Unsaved::behind(self.id)
        else {
            return;
        };
        let is_older = self.revision.get_untracked() > revision;
        // What arrived, and was changed since, is no news. What the browser sent and the server refused has not arrived.
        if self.with(|kept| *kept == form) || (is_older && self.has_come(revision, &form)) {
            return;
        }
        self.bench.update(|bench| {
            bench.used.merge(&used);
            *bench = Bench {
                form,
                used: bench.used.clone(),
                ..Bench::default()
            };
        });
        self.tell(None);
        self.base.set_value(base);
        self.revision.set(revision);
        self.brought.set(true);
        if is_older {
            self.state.set(State::Failed(Problem::Changed));
        }
        self.touch();
    }

    /// Whether a form came that was sent as its page went.
    fn has_come(self, revision: i64, form: &Form) -> bool {
        let mark = serde_json::to_string(form).map(|json| arrival(revision, &json));
        mark.is_ok_and(|mark| self.keeping.with_value(|keeping| keeping.arrived.contains(&mark)))
    }

    /// What was not kept when one goes to another page, is kept after it.
    pub(super) fn leave(self) {
        self.unsaved.close(self);
        if self.is_waiting()
            && let Some(left) = self.left()
            && left.changes > 0
        {
            self.unsaved.leave(self.id, left);
        }
    }

    /// What there is, for the page that comes next.
    pub fn left(self) -> Option<Left> {
        let problem = match self.state.try_get_untracked()? {
            State::Failed(problem) => Some(problem),
            State::Untouched | State::Waiting | State::Kept(_) => None,
        };
        Some(Left {
            bench: self.bench.try_get_untracked()?,
            base: self.base.try_get_value()?,
            revision: self.revision.try_get_untracked()?,
            changes: self.changes()?,
            problem,
        })
    }
}
