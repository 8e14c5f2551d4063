//! The list follows what is chosen, a moment after the last change.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, web_sys::HtmlFormElement};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{
    filter::{Criterion, Filter, Wrong, wrong},
    id::RecordingId,
    list::ListQuery,
};

use super::super::{page::List, query};
use crate::ui::form_words;

/// So long nothing more may have been chosen.
const CALM: Duration = Duration::from_millis(250);

/// What leads to an address; in place of where one is, or as a step of its own.
type Go = Box<dyn Fn(&str, bool) + Send + Sync>;

/// By what the list was narrowed last, and what was looked at then.
type Last = (Vec<Criterion>, ListQuery, Option<RecordingId>);

/// Goes to the address of what is chosen.
#[derive(Clone, Copy)]
pub struct Live {
    query: Memo<ListQuery>,
    open: Memo<Option<RecordingId>>,
    go: StoredValue<Go>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    last: StoredValue<Option<Last>>,
    /// What the form says that no filter can do, beside what it can.
    wrong: RwSignal<Option<(Filter, Vec<Wrong>)>>,
}

impl Live {
    pub fn new(list: List) -> Self {
        let navigate = use_navigate();
        let go = move |address: &str, replace: bool| {
            let options = NavigateOptions {
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(address, options);
        };
        Self {
            query: list.query,
            open: list.open,
            go: StoredValue::new(Box::new(go)),
            waiting: StoredValue::new(None),
            last: StoredValue::new(None),
            wrong: RwSignal::new(None),
        }
    }

    /// Looks for these words.
    pub fn search(self, words: String) {
        self.soon(move |query| {
            let mut filter = query.filter.without(Criterion::Text);
            filter.take("q", &words);
            filter
        });
    }

    /// Narrows the list to what the form says.
    pub fn form(self, form: HtmlFormElement) {
        self.soon(move |_| {
            let words = form_words(&form);
            let words = || words.iter().map(|(name, value)| (&**name, &**value));
            let filter = ListQuery::read(words()).filter;
            self.wrong.try_set(Some((filter.clone(), wrong(words()))));
            filter
        });
    }

    /// What the form says that no filter can do, as long as the list is what else it says.
    pub fn wrong(self) -> Vec<Wrong> {
        match &*self.wrong.read() {
            Some((filter, wrong)) if *filter == self.query.read().filter => wrong.clone(),
            _ => vec![],
        }
    }

    /// Whether this goes on with what was changed last: one step back leads to what was looked at before, and neither to half
    /// a word nor past another choice.
    fn goes_on(self, now: &ListQuery, next: &ListQuery, open: Option<RecordingId>) -> bool {
        let changed = now.filter.differences(&next.filter);
        let this = Some((changed.clone(), next.clone(), open));
        let last = self.last.try_update_value(|last| std::mem::replace(last, this));
        matches!(last, Some(Some((criteria, query, beside))) if criteria == changed && query == *now && beside == open)
    }

    /// At once, when something is still waiting.
    fn soon(self, filter: impl FnOnce(&ListQuery) -> Filter + 'static) {
        if let Some(before) = self.waiting.try_update_value(Option::take).flatten() {
            before.clear();
        }
        let act = move || {
            let Some(now) = self.query.try_get_untracked() else {
                return;
            };
            let next = now.with(filter(&now));
            if next.filter != now.filter {
                let open = self.open.get_untracked();
                let address = match open {
                    Some(id) => query::open(id, &next),
                    None => query::list(&next),
                };
                let replace = self.goes_on(&now, &next, open);
                self.go.with_value(|go| go(&address, replace));
            }
        };
        match set_timeout_with_handle(act, CALM) {
            Ok(timer) => self.waiting.set_value(Some(timer)),
            Err(error) => leptos::logging::warn!("the list cannot follow: {error:?}"),
        }
    }
}
