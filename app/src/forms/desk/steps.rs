//! One step back and one step on, and what is told of either.

use leptos::{
    prelude::*,
    web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition},
};
use model::forms::{Bench, Done, Thing, Verb, What};

use super::Desk;
use crate::ui::focus_first;

/// What is told of the last deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was done, and is not as one sees it: it can be taken back at once.
    Done(What),
    Undone(What),
    Redone(What),
}

impl Desk {
    /// Takes back what was done last, and shows where that was. Who pressed the button that is gone then goes on there.
    pub fn undo(self, goes_on: bool) {
        let mut what = None;
        self.bench.update(|bench| what = bench.undo());
        self.stepped(what, Told::Undone, goes_on);
    }

    /// Does again what was taken back last.
    pub fn redo(self) {
        let mut what = None;
        self.bench.update(|bench| what = bench.redo());
        self.stepped(what, Told::Redone, false);
    }

    fn stepped(self, what: Option<What>, told: fn(What) -> Told, goes_on: bool) {
        let Some(what) = what else { return };
        let (place, field) = match &what.thing {
            Thing::Version { .. } | Thing::Title => ("#form-title".to_owned(), "#form-title".to_owned()),
            Thing::Introduction => ("#form-introduction".to_owned(), "#form-introduction".to_owned()),
            Thing::Section { at, .. } => (format!("#s{at}"), format!("#s{at}-title")),
            Thing::Question { key, .. }
            | Thing::Answers { key, .. }
            | Thing::Condition { key, .. }
            | Thing::Choice { key, .. }
            | Thing::Band { key, .. } => (format!("#q{key}"), self.opened(*key)),
        };
        self.forget_places(&what);
        self.tell(Some(told(what)));
        self.touch();
        request_animation_frame(move || {
            show(&place);
            // A button that can do no more lets go of the focus.
            let lost = document()
                .active_element()
                .is_none_or(|active| active.matches("body, :disabled").unwrap_or_default());
            if goes_on {
                focus_first(&[&field, "#redo"]);
            } else if lost {
                focus_first(&["#undo-last:not(:disabled)", "#redo:not(:disabled)"]);
            }
        });
    }

    /// What would be taken back now, or done again.
    pub fn last(self, of: fn(&Bench) -> &Vec<Done>) -> Option<What> {
        self.bench.with(|bench| of(bench).last().map(|done| done.what.clone()))
    }

    pub(super) fn tell(self, told: Option<Told>) {
        if self.told.with_untracked(|now| *now != told) {
            self.told.set(told);
        }
    }
}

/// Whether it is said that something was done: what was added or moved one sees, and goes on with.
pub(super) const fn is_told(what: &What) -> bool {
    matches!(what.verb, Verb::Removed | Verb::Changed)
}

/// Brings what has changed in sight.
fn show(place: &str) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    if let Ok(Some(there)) = document().query_selector(place) {
        there.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}
