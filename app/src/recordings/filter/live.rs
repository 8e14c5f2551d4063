//! The list follows what is chosen, a moment after the last change.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, web_sys::HtmlFormElement};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{
    filter::{Criterion, Filter},
    id::RecordingId,
    list::ListQuery,
};

use super::super::{page::List, query};
use crate::ui::form_words;

/// So long nothing more may have been chosen.
const CALM: Duration = Duration::from_millis(250);

/// What leads to an address.
type Go = Box<dyn Fn(&str) + Send + Sync>;

/// Goes to the address of what is chosen.
#[derive(Clone, Copy)]
pub struct Live {
    query: Memo<ListQuery>,
    open: Memo<Option<RecordingId>>,
    go: StoredValue<Go>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Live {
    pub fn new(list: List) -> Self {
        let navigate = use_navigate();
        let go = move |address: &str| {
            // One step back leads to what was looked at before, not to half a word.
            let options = NavigateOptions {
                replace: true,
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
            ListQuery::read(words.iter().map(|(name, value)| (&**name, &**value))).filter
        });
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
                let address = match self.open.get_untracked() {
                    Some(id) => query::open(id, &next),
                    None => query::list(&next),
                };
                self.go.with_value(|go| go(&address));
            }
        };
        match set_timeout_with_handle(act, CALM) {
            Ok(timer) => self.waiting.set_value(Some(timer)),
            Err(error) => leptos::logging::warn!("the list cannot follow: {error:?}"),
        }
    }
}
