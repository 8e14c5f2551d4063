//! A form on the desk of whoever builds it: every change is there at once, and is kept after a pause.

mod keep;

use std::{collections::BTreeSet, time::Duration};

use leptos::prelude::*;
use model::{
    evaluation::{Fault, Form, Key, Part, Place, Question},
    forms::{Bench, Built, Piece, Turn, Used},
    id::FormId,
    instant::Stamp,
    problem::Problem,
};

use super::{
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

/// The form, and all that is known of it.
#[derive(Clone, Copy)]
pub struct Desk {
    pub id: FormId,
    pub bench: RwSignal<Bench>,
    pub revision: RwSignal<i64>,
    pub state: RwSignal<State>,
    /// Questions that are open.
    pub open: RwSignal<BTreeSet<Key>>,
    /// What was removed just now.
    pub removed: RwSignal<Option<Piece>>,
    pub faults: Memo<Vec<Fault>>,
    /// The version in use; 0 before the first.
    pub version: i32,
    /// Whether it was left before it was kept, and is here again.
    pub brought: bool,
    /// What is in use, where something is.
    in_use: StoredValue<Option<Form>>,
    /// The keys that others know of.
    base: StoredValue<Used>,
    changes: StoredValue<u64>,
    busy: StoredValue<Vec<Memo<bool>>>,
    next: StoredValue<Option<Deed>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    unsaved: Unsaved,
}

impl Desk {
    pub fn new(built: Built, open: Option<Key>) -> Self {
        let unsaved = unsaved();
        let (id, used) = (built.id, built.used);
        let left = unsaved.take(id);
        let state = match left.as_ref().map(|left| &left.problem) {
            None => State::Untouched,
            Some(None) => State::Waiting,
            Some(Some(problem)) => State::Failed(problem.clone()),
        };
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
                removed: built.removed.into_iter().collect(),
            },
            base: used.clone(),
            revision: built.revision,
            changes: 0,
            problem: None,
        });
        bench.used.merge(&used);
        let piece = bench.removed.last().map(|removed| removed.piece.clone());
        let goes_on = !matches!(state, State::Untouched | State::Failed(Problem::Changed));
        let bench = RwSignal::new(bench);
        let desk = Self {
            id,
            bench,
            revision: RwSignal::new(revision),
            state: RwSignal::new(state),
            open: RwSignal::new(open.into_iter().collect()),
            removed: RwSignal::new(piece),
            faults: Memo::new(move |_| bench.with(|bench| bench.form.check())),
            version: i32::try_from(built.version).unwrap_or(i32::MAX),
            brought,
            in_use: StoredValue::new(built.in_use),
            base: StoredValue::new(base),
            changes: StoredValue::new(changes),
            busy: StoredValue::new(vec![]),
            next: StoredValue::new(None),
            timer: StoredValue::new(None),
            unsaved,
        };
        // Where pages are made nothing is typed.
        if !is_server() {
            unsaved.open(desk);
            on_cleanup(move || desk.leave());
            if goes_on {
                desk.later(PAUSE);
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

    /// Changes something that changes nothing else.
    pub fn edit(self, change: impl FnOnce(&mut Form)) {
        self.bench.update(|bench| change(&mut bench.form));
        self.touch();
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
        let before = self.bench.with_untracked(|bench| bench.removed.len());
        let mut done = false;
        self.bench.update(|bench| done = bench.turn(turn));
        if !done {
            return;
        }
        let gone = self.bench.with_untracked(|bench| {
            let gone = bench.removed.last().filter(|_| bench.removed.len() > before);
            gone.map(|removed| removed.piece.clone())
        });
        let is_away = matches!(
            gone,
            Some(Piece::Section { .. } | Piece::Question { .. } | Piece::Choice { .. } | Piece::Band { .. })
        );
        if gone.is_some() {
            self.removed.set(gone);
        }
        let goes_on = if is_away {
            vec!["#undo".to_owned()]
        } else {
            self.next(turn)
        };
        self.touch();
        focus(goes_on);
    }

    /// Brings back what was removed last.
    pub fn undo(self) {
        let mut back = None;
        self.bench.update(|bench| back = bench.undo());
        let rest = self
            .bench
            .with_untracked(|bench| bench.removed.last().map(|removed| removed.piece.clone()));
        self.removed.set(rest);
        let place = match back {
            None => return,
            Some(Piece::Section { at, .. }) => format!("#s{at}-title"),
            Some(Piece::Question { question, .. } | Piece::Kind { before: question }) => self.opened(question.key),
            Some(Piece::Choice { question, .. } | Piece::Band { question, .. }) => self.opened(question),
        };
        self.touch();
        focus(vec![place]);
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
            self.faults.with(|faults| {
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
        self.changes.update_value(|changes| *changes += 1);
        if self
            .state
            .with_untracked(|state| *state != State::Failed(Problem::Changed))
        {
            self.state.set(State::Waiting);
            self.later(PAUSE);
        }
    }

    fn later(self, pause: Duration) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
            *timer = set_timeout_with_handle(move || self.save(), pause).ok();
        });
    }
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
