//! Which recordings are chosen, for what is done to many at once. Chosen ones stay so from page to page.

use std::{collections::BTreeSet, sync::Arc};

use leptos::{ev, prelude::*};
use model::{
    filter::{Criterion, Filter},
    id::RecordingId,
    list::{ListQuery, Sort},
};

/// What is chosen of the list.
#[derive(Clone, Copy)]
pub struct Selected {
    ids: RwSignal<BTreeSet<RecordingId>>,
    /// Whether all that is found is chosen, also on pages that nobody has seen; but for the ids, which then are left out.
    all: RwSignal<bool>,
    /// The rows of the page, as they stand.
    page: RwSignal<Arc<Vec<RecordingId>>>,
    unseen: StoredValue<Unseen>,
}

/// What nobody watches.
#[derive(Default)]
struct Unseen {
    /// From where a range reaches.
    anchor: Option<RecordingId>,
    /// The list out of which some of the chosen ones may just have been taken.
    going: Option<ListQuery>,
    /// Of what it is chosen.
    list: Option<(Filter, Sort)>,
}

/// Whether one has just come back to a page by the browser's own buttons.
#[derive(Clone, Copy)]
pub struct CameBack(pub RwSignal<bool>);

/// Makes the choice. Once, around all pages: who comes back to the list finds it.
pub fn provide() {
    let selected = Selected::new();
    let came_back = CameBack(RwSignal::new(false));
    provide_context(selected);
    provide_context(came_back);
    Effect::new(move |_| {
        let back = window_event_listener(ev::popstate, move |_| came_back.0.set(true));
        on_cleanup(move || back.remove());
    });
}

impl Selected {
    pub fn new() -> Self {
        Self {
            ids: RwSignal::new(BTreeSet::new()),
            all: RwSignal::new(false),
            page: RwSignal::new(Arc::default()),
            unseen: StoredValue::new(Unseen::default()),
        }
    }

    /// What is chosen is chosen of that list, in its order, which says what its limit leaves out; what was chosen of something else is let go of.
    pub fn of(self, list: &ListQuery) {
        let now = (list.filter.clone(), list.sort);
        let same = |unseen: &mut Unseen| unseen.list.replace(now.clone()).is_some_and(|before| before == now);
        if self.unseen.try_update_value(same) == Some(false) {
            self.clear();
        }
    }

    /// These are the rows now.
    pub fn turn_to(self, page: Vec<RecordingId>) {
        self.page.set(Arc::new(page));
    }

    /// The list comes anew, since something was done to what is chosen: what a filter then no longer finds is let go of. What is
    /// not in sight is not what the next deed is meant for.
    pub fn expect_gone(self, list: &ListQuery) {
        let by_deed = [Criterion::Flag, Criterion::Tag, Criterion::Text];
        if by_deed.iter().any(|criterion| list.filter.has(*criterion)) {
            self.unseen.update_value(|unseen| unseen.going = Some(list.clone()));
        }
    }

    /// This page of that list has come, of so many that are found.
    pub fn arrived(self, list: &ListQuery, page: &[RecordingId], found: u64) {
        let is_it = |unseen: &mut Unseen| unseen.going.take_if(|going| going == list).is_some();
        if self.unseen.try_update_value(is_it) != Some(true) {
            return;
        }
        if !self.all.get_untracked() {
            self.ids.update(|ids| ids.retain(|id| page.contains(id)));
        } else if found == 0 {
            self.clear();
        }
    }

    /// Whether this one is chosen.
    pub fn has(self, id: RecordingId) -> bool {
        self.ids.read().contains(&id) != self.all.get()
    }

    /// How many are chosen of so many.
    pub fn count(self, total: u64) -> u64 {
        let named = self.ids.read().len() as u64;
        if self.all.get() {
            total.saturating_sub(named)
        } else {
            named
        }
    }

    /// Whether any is chosen.
    pub fn some(self) -> bool {
        self.all.get_untracked() || !self.ids.read_untracked().is_empty()
    }

    /// Whether all that is found is chosen, apart from these.
    pub fn is_all(self) -> bool {
        self.all.get()
    }

    /// The chosen ones; those left out where all are chosen.
    pub fn named(self) -> Vec<RecordingId> {
        self.ids.read().iter().copied().collect()
    }

    /// Whether every row of the page is chosen; none where only some are.
    pub fn page(self) -> Option<bool> {
        let page = self.page.get();
        let chosen = page.iter().filter(|id| self.has(**id)).count();
        match chosen {
            0 => Some(false),
            all if all == page.len() => Some(true),
            _ => None,
        }
    }

    /// Chooses these, or lets go of them.
    pub fn set(self, which: &[RecordingId], chosen: bool) {
        let named = chosen != self.all.get_untracked();
        self.ids.update(|ids| {
            for id in which {
                if named {
                    ids.insert(*id);
                } else {
                    ids.remove(id);
                }
            }
        });
        if let Some(last) = which.last() {
            self.reach_from(Some(*last));
        }
    }

    /// Chooses this one, or lets go of it.
    pub fn toggle(self, which: &[RecordingId]) {
        let chosen = which.iter().all(|id| untrack(|| self.has(*id)));
        self.set(which, !chosen);
    }

    /// Chooses everything from where one was to here.
    pub fn reach(self, to: RecordingId) {
        let page = self.page.get_untracked();
        let place = |id: RecordingId| page.iter().position(|other| *other == id);
        let from = self.unseen.with_value(|unseen| unseen.anchor).and_then(place);
        match (from, place(to)) {
            (Some(from), Some(end)) => {
                let range = page.get(from.min(end)..=from.max(end)).unwrap_or_default().to_vec();
                self.set(&range, true);
                self.reach_from(Some(to));
            }
            _ => self.set(&[to], true),
        }
    }

    fn reach_from(self, id: Option<RecordingId>) {
        self.unseen.update_value(|unseen| unseen.anchor = id);
    }

    /// Chooses the page, or lets go of it.
    pub fn set_page(self, chosen: bool) {
        let page = self.page.get_untracked();
        self.set(&page, chosen);
    }

    /// Chooses all that is found.
    pub fn set_all(self) {
        self.ids.set(BTreeSet::new());
        self.all.set(true);
    }

    /// Lets go of everything.
    pub fn clear(self) {
        self.ids.set(BTreeSet::new());
        self.all.set(false);
        self.reach_from(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[i64]) -> Vec<RecordingId> {
        numbers.iter().copied().map(RecordingId).collect()
    }

    #[test]
    fn a_range_reaches_both_ways_and_stays_over_pages() {
        Owner::new().with(|| {
            let selected = Selected::new();
            selected.turn_to(ids(&[9, 8, 7, 6]));
            selected.toggle(&ids(&[7]));
            selected.reach(RecordingId(9));
            assert_eq!((selected.named(), selected.page()), (ids(&[7, 8, 9]), None));
            selected.turn_to(ids(&[5, 4]));
            assert_eq!(selected.page(), Some(false));
            selected.reach(RecordingId(4));
            assert_eq!(selected.count(100), 4, "the place one was at is on another page");
        });
    }

    #[test]
    fn what_a_deed_took_out_of_the_list_is_chosen_no_longer() {
        Owner::new().with(|| {
            let selected = Selected::new();
            let unflagged = ListQuery::read([("flag", "none")]);
            selected.toggle(&ids(&[9]));
            selected.toggle(&ids(&[7]));
            selected.toggle(&ids(&[6]));
            selected.expect_gone(&unflagged);
            selected.arrived(&ListQuery::default(), &[], 0);
            assert_eq!(selected.count(9), 3, "another list has come");
            selected.arrived(&unflagged, &ids(&[6, 5]), 2);
            assert_eq!(selected.named(), ids(&[6]), "nor what lies on another page");
            selected.arrived(&unflagged, &ids(&[5]), 1);
            assert_eq!(selected.named(), ids(&[6]), "once");
            // Where nothing that was done narrows the list, nothing goes.
            selected.expect_gone(&ListQuery::default());
            selected.arrived(&ListQuery::default(), &ids(&[5]), 1);
            assert_eq!(selected.named(), ids(&[6]));
            selected.set_all();
            selected.expect_gone(&unflagged);
            selected.arrived(&unflagged, &[], 0);
            assert_eq!(selected.count(0), 0);
            assert!(!selected.is_all());
        });
    }

    #[test]
    fn all_but_some() {
        Owner::new().with(|| {
            let selected = Selected::new();
            selected.turn_to(ids(&[2, 1]));
            selected.set_all();
            selected.toggle(&ids(&[2]));
            assert_eq!(
                (
                    selected.count(1_284),
                    selected.has(RecordingId(2)),
                    selected.has(RecordingId(99))
                ),
                (1_283, false, true)
            );
            selected.set_page(true);
            assert_eq!((selected.count(1_284), selected.page()), (1_284, Some(true)));
            selected.clear();
            assert_eq!(selected.count(1_284), 0);
        });
    }
}
