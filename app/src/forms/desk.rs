//! A form on the desk of whoever builds it: every change is there at once, and is kept after a pause.

mod keep;
mod steps;

use std::{collections::BTreeSet, time::Duration};

use leptos::prelude::*;
use model::{
    evaluation::{Fault, Flaw, Form, Key, Part, Place, Question},
    forms::{Bench, Built, Thing, Turn, Used, Verb, What},
    id::FormId,
    instant::Stamp,
    problem::Problem,
};

pub use self::steps::Told;
use self::steps::is_told;
use super::{
    builder::{self, id_of},
    unsaved::{Left, Unsaved, unsaved},
    words,
};
use crate::{i18n::use_i18n, ui::focus_first};

/// How long after the last change it is kept.
const PAUSE: Duration = Duration::from_millis(900);

/// What is done once nothing is being kept any more; told whether what was to be kept is.
type Deed = Box<dyn FnOnce(bool) + Send + Sync>;

/// Whether what is on the desk is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// As it came.
    Untouched,
    /// Not yet.
    Waiting,
    Kept(Stamp),
    /// It is tried again where that may help.
    Failed(Problem),
}

/// What of a form its builder has been at.
#[derive(Default)]
struct Seen {
    /// Fields that one has left, by their ids.
    fields: BTreeSet<String>,
    /// One has asked to publish.
    all: bool,
}

/// What keeping it goes by, and nobody watches.
#[derive(Default)]
struct Keeping {
    changes: u64,
    /// What it waits for while that is on its way.
    busy: Vec<Memo<bool>>,
    next: Option<Deed>,
    timer: Option<TimeoutHandle>,
    /// What has come of pages that had gone.
    arrived: Vec<String>,
}

/// The form, and all that is known of it.
#[derive(Clone, Copy)]
pub struct Desk {
    pub id: FormId,
    pub bench: RwSignal<Bench>,
    pub revision: RwSignal<i64>,
    pub state: RwSignal<State>,
    /// Questions that are open.
    pub open: RwSignal<BTreeSet<Key>>,
    /// What is told just now; until it is taken back, or something else is done.
    pub told: RwSignal<Option<Told>>,
    pub faults: Memo<Vec<Fault>>,
    /// As much of it as is told: what is empty is told once one has left its field, or has tried to publish.
    pub told_faults: Memo<Vec<Fault>>,
    seen: RwSignal<Seen>,
    /// The version in use; 0 before the first.
    pub version: i32,
    /// Whether it was left before it was kept, and is here again.
    pub brought: RwSignal<bool>,
    /// What is in use, where something is.
    in_use: StoredValue<Option<Form>>,
    /// The keys that others know of.
    base: StoredValue<Used>,
    keeping: StoredValue<Keeping>,
    unsaved: Unsaved,
}

impl Desk {
    pub fn new(built: Built, open: Option<Key>) -> Self {
        let unsaved = unsaved();
        let (id, used) = (built.id, built.used);
        let left = unsaved.take(id);
        // What a page has done that had not woken.
        let plain = left.is_none() && built.next.is_none();
        let told = built.last.as_ref().filter(|_| plain).map(|done| &done.what);
        let told = told.filter(|what| is_told(what)).cloned().map(Told::Done);
        let state = match left.as_ref().map(|left| &left.problem) {
            None => State::Untouched,
            Some(None) => State::Waiting,
            Some(Some(problem)) => State::Failed(problem.clone()),
        };
        let is_as_kept = left.is_none();
        // What was typed last simply goes on being kept; what could not be kept is told.
        let brought = left
            .as_ref()
            .is_some_and(|left| left.problem.is_some() || left.revision != built.revision);
        let Left {
            mut bench,
            base,
            revision,
            changes,
            ..
        } = left.unwrap_or_else(|| Left {
            bench: Bench {
                form: built.form,
                used: Used::default(),
                past: built.last.into_iter().collect(),
                future: built.next.into_iter().collect(),
            },
            base: used.clone(),
            revision: built.revision,
            changes: 0,
            problem: None,
        });
        bench.used.merge(&used);
        let goes_on = !matches!(state, State::Untouched | State::Failed(Problem::Changed));
        // A form that is only begun is empty, and nothing is wrong with that yet.
        let is_new = built.version == 0 && built.revision == 1;
        let there = bench.form.check().into_iter().filter(|_| !is_new);
        let fields = there.map(|fault| id_of(fault.place, fault.part)).collect();
        let (bench, seen) = (RwSignal::new(bench), RwSignal::new(Seen { fields, all: false }));
        let faults = Memo::new(move |_| bench.with(|bench| bench.form.check()));
        let told_faults = Memo::new(move |_| {
            let seen = seen.read();
            let is_told =
                |fault: &&Fault| seen.all || !is_empty(fault) || seen.fields.contains(&id_of(fault.place, fault.part));
            faults.with(|faults| faults.iter().filter(is_told).cloned().collect())
        });
        let desk = Self {
            id,
            bench,
            revision: RwSignal::new(revision),
            state: RwSignal::new(state),
            open: RwSignal::new(open.into_iter().collect()),
            told: RwSignal::new(told),
            faults,
            told_faults,
            seen,
            version: i32::try_from(built.version).unwrap_or(i32::MAX),
            brought: RwSignal::new(brought),
            in_use: StoredValue::new(built.in_use),
            base: StoredValue::new(base),
            keeping: StoredValue::new(Keeping {
                changes,
                arrived: built.arrived,
                ..Keeping::default()
            }),
            unsaved,
        };
        // Where pages are made nothing is typed.
        if !is_server() {
            unsaved.open(desk);
            on_cleanup(move || desk.leave());
            if goes_on {
                desk.later(PAUSE);
            }
            // Once the page stands as the server made it.
            if is_as_kept {
                Effect::new(move |_| untrack(|| desk.find()));
            }
        }
        desk
    }

    /// The form as it stands, for what follows it.
    pub fn with<T>(self, look: impl FnOnce(&Form) -> T) -> T {
        self.bench.with(|bench| look(&bench.form))
    }

    /// What a question has; nothing where it is gone.
    pub fn of<T: Default>(self, key: Key, look: impl FnOnce(&Question) -> T) -> T {
        self.with(|form| form.question(key).map(look).unwrap_or_default())
    }

    /// Changes a field that changes nothing else.
    pub fn edit(self, change: impl FnOnce(&mut Form)) {
        let mut changed = false;
        self.bench.update(|bench| changed = bench.edit(change));
        if changed {
            self.tell(None);
            self.touch();
        }
    }

    /// Changes a question.
    pub fn edit_question(self, key: Key, change: impl FnOnce(&mut Question)) {
        self.edit(|form| {
            let mut all = form.sections.iter_mut().flat_map(|section| &mut section.questions);
            if let Some(question) = all.find(|question| question.key == key) {
                change(question);
            }
        });
    }

    /// Does something with a part of the form, and takes the focus where one goes on.
    pub fn turn(self, turn: Turn) {
        let mut done = false;
        self.bench.update(|bench| done = bench.turn(turn));
        if !done {
            return;
        }
        let what = self
            .bench
            .with_untracked(|bench| bench.past.last().map(|done| done.what.clone()));
        let is_away = what.as_ref().is_some_and(|what| what.verb == Verb::Removed);
        if let Some(what) = &what {
            self.forget_places(what);
        }
        self.tell(what.filter(is_told).map(Told::Done));
        let goes_on = if is_away {
            vec!["#undo".to_owned()]
        } else {
            self.next(turn)
        };
        self.touch();
        focus(goes_on);
    }

    fn opened(self, key: Key) -> String {
        self.open.update(|open| {
            open.insert(key);
        });
        format!("#q{key}-words")
    }

    /// Where one goes on after that: in what is new, else at the same button.
    fn next(self, turn: Turn) -> Vec<String> {
        let newest = || {
            self.bench
                .with_untracked(|bench| bench.form.questions().map(|it| it.key).max())
        };
        match turn {
            Turn::AddSection => {
                let last = self.bench.with_untracked(|bench| bench.form.sections.len());
                vec![format!("#s{}-title", last.saturating_sub(1))]
            }
            Turn::AddQuestion(_) => newest().map(|key| self.opened(key)).into_iter().collect(),
            Turn::MoveSection { at, up } => {
                let at = if up { at.saturating_sub(1) } else { at + 1 };
                [up, !up].map(|up| button(Turn::MoveSection { at, up })).to_vec()
            }
            Turn::MoveQuestion { key, up } => [up, !up].map(|up| button(Turn::MoveQuestion { key, up })).to_vec(),
            Turn::MoveLine { question, at, up } => {
                let at = if up { at.saturating_sub(1) } else { at + 1 };
                [up, !up].map(|up| button(Turn::MoveLine { question, at, up })).to_vec()
            }
            Turn::AddLine(key) => vec![format!("#q{key} .line-of:last-of-type .input")],
            _ => vec![],
        }
    }

    /// What is wrong with a field, in words.
    pub fn fault(
        self,
        place: impl Fn(&Form) -> Option<Place> + Send + Sync + 'static,
        part: Part,
    ) -> Signal<Option<String>> {
        let i18n = use_i18n();
        Memo::new(move |_| {
            let place = self.with(&place)?;
            let locale = i18n.get_locale();
            self.told_faults.with(|faults| {
                let here = faults.iter().filter(|fault| fault.place == place && fault.part == part);
                let said: Vec<String> = here.map(|fault| words::flaw(locale, part, fault.flaw)).collect();
                (!said.is_empty()).then(|| said.join(" "))
            })
        })
        .into()
    }

    /// The same for a field of a question.
    pub fn fault_of(self, key: Key, part: Part) -> Signal<Option<String>> {
        self.fault(move |form| place_of(form, key), part)
    }

    /// One has been in a field: what it lacks is told.
    pub fn leave_field(self, id: String) {
        let is_new = |seen: &Seen| !id.is_empty() && !seen.fields.contains(&id);
        if self.seen.try_with_untracked(is_new) == Some(true) {
            self.seen.update(|seen| {
                seen.fields.insert(id);
            });
        }
    }

    /// Sections are known by their places: where these change, what one has left in them is forgotten.
    fn forget_places(self, what: &What) {
        if matches!(what.thing, Thing::Section { .. }) && what.verb != Verb::Changed {
            self.seen
                .update(|seen| seen.fields.retain(|id| !builder::is_of_section(id)));
        }
    }

    /// One has tried to publish it: all that it lacks is told.
    pub fn try_it(self) {
        if !self.seen.with_untracked(|seen| seen.all) {
            self.seen.update(|seen| seen.all = true);
        }
    }

    /// Whether it is another form than the one in use.
    pub fn differs(self) -> bool {
        self.in_use
            .with_value(|in_use| self.with(|form| in_use.as_ref() != Some(form)))
    }

    /// Whether publishing makes a version of it.
    pub fn renews(self) -> bool {
        self.in_use
            .with_value(|in_use| self.with(|form| in_use.as_ref().is_none_or(|in_use| form.differs_in_meaning(in_use))))
    }

    /// Whether something is not kept yet.
    pub fn is_waiting(self) -> bool {
        !matches!(
            self.state.try_get_untracked(),
            None | Some(State::Untouched | State::Kept(_))
        )
    }

    fn touch(self) {
        self.keeping.update_value(|keeping| keeping.changes += 1);
        if self
            .state
            .with_untracked(|state| *state != State::Failed(Problem::Changed))
        {
            self.state.set(State::Waiting);
            self.later(PAUSE);
        }
    }

    fn later(self, pause: Duration) {
        self.keeping.update_value(|keeping| {
            if let Some(timer) = keeping.timer.take() {
                timer.clear();
            }
            keeping.timer = set_timeout_with_handle(move || self.save(), pause).ok();
        });
    }
}

/// Whether it is a fault of something that is not filled in yet.
const fn is_empty(fault: &Fault) -> bool {
    let unset = matches!(fault.part, Part::Condition);
    let empty = matches!(
        fault.flaw,
        Flaw::Missing | Flaw::TooFew { .. } | Flaw::NoPoints | Flaw::NothingCounts
    );
    empty && !unset
}

/// Where a question is.
pub fn place_of(form: &Form, key: Key) -> Option<Place> {
    let mut sections = form.sections.iter();
    let section = sections.position(|section| section.questions.iter().any(|question| question.key == key))?;
    Some(Place::Question { section, key })
}

/// How a page finds the button that does that.
fn button(turn: Turn) -> String {
    format!("button[value=\"{turn}\"]:not(:disabled)")
}

/// Takes the focus once the page shows what has changed.
fn focus(places: Vec<String>) {
    request_animation_frame(move || {
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        focus_first(&places);
    });
}
