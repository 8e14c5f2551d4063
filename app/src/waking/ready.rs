//! Pieces of pages that the server has made before: most of what surrounds a list is the same for everyone and each time.

use std::{
    collections::VecDeque,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt;
use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        ssr::{StreamBuilder, StreamChunk},
        view::{Position, PositionState, add_attr::AddAnyAttr, any_view::AnyViewState},
    },
};
use moka::sync::Cache;

use crate::visit::is_sent_back;

/// So many bytes of pieces and of what they are found by are kept; what was asked for least goes first.
const ROOM: u64 = 16 << 20;
/// What is found by more words than so many bytes, as by a long address, hardly anyone asks for again.
const WORDS: usize = 4_096;
/// What nobody asks for goes after so long.
const REST: Duration = Duration::from_mins(10);

/// The HTML of pieces, by all that counts in it.
static KEPT: LazyLock<Cache<String, Arc<Kept>>> = LazyLock::new(|| {
    let weight = |of: &String, kept: &Arc<Kept>| u32::try_from(of.len() + kept.html.len()).unwrap_or(u32::MAX);
    Cache::builder()
        .weigher(weight)
        .max_capacity(ROOM)
        .time_to_idle(REST)
        .build()
});

/// The HTML of a piece.
struct Kept {
    html: String,
    /// How often it has been asked for.
    asked: AtomicU32,
}

/// A piece of one element, of which the HTML may be there already.
pub struct Ready {
    /// By what it is kept; none where it is not: it says what became of a form that one has sent, or is too long.
    of: Option<String>,
    kept: Option<Arc<Kept>>,
    /// None where what is kept is shown. A build for working makes it all the same every other time, and compares.
    made: Option<AnyView>,
}

impl Ready {
    /// What is shown as it is kept takes the numbers that its boundaries would have.
    pub fn new(boundaries: usize, of: String, piece: impl FnOnce() -> AnyView) -> Self {
        let of = Some(of).filter(|of| of.len() <= WORDS && !is_sent_back());
        let kept = of.as_ref().and_then(|of| KEPT.get(of));
        let compared =
            |kept: &Arc<Kept>| cfg!(debug_assertions) && kept.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
        let made = kept.as_ref().is_none_or(compared).then(piece);
        if made.is_none()
            && let Some(context) = Owner::current_shared_context()
        {
            for _ in 0..boundaries {
                context.next_id();
            }
        }
        Self { of, kept, made }
    }
}

/// Keeps what was made.
fn keep(of: Option<String>, kept: Option<&Kept>, html: &str) {
    match (of, kept) {
        (of, Some(kept)) => debug_assert_eq!(kept.html, html, "something counts in a piece that is not named: {of:?}"),
        (Some(of), None) => {
            let html = html.to_owned();
            KEPT.insert(
                of,
                Arc::new(Kept {
                    html,
                    asked: AtomicU32::new(0),
                }),
            );
        }
        (None, None) => {}
    }
}

impl Render for Ready {
    type State = AnyViewState;

    fn build(self) -> Self::State {
        self.made.into_any().build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.made.into_any().rebuild(state);
    }
}

impl AddAnyAttr for Ready {
    type Output<SomeNewAttr: Attribute> = Self;

    /// A piece says all of itself.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Ready {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {
        if let Some(made) = &mut self.made {
            made.dry_resolve();
        }
    }

    async fn resolve(self) -> Self {
        self
    }

    fn html_len(&self) -> usize {
        self.kept.as_ref().map_or(0, |kept| kept.html.len())
    }

    /// As fallbacks are shown, and as pages are looked for when a server starts: nothing of that is kept.
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        _: Vec<AnyAttribute>,
    ) {
        match (self.made, self.kept) {
            (Some(made), _) => made.to_html_with_buf(buf, position, escape, mark_branches, vec![]),
            (None, Some(kept)) => buf.push_str(&kept.html),
            (None, None) => {}
        }
        *position = Position::NextChild;
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        _: Vec<AnyAttribute>,
    ) {
        match (self.made, self.kept) {
            (Some(made), kept) => {
                let mut own = StreamBuilder::new(buf.clone_id());
                made.to_html_async_with_buf::<OUT_OF_ORDER>(&mut own, position, escape, mark_branches, vec![]);
                let of = self.of;
                buf.push_async(async move {
                    let html: String = own.finish().collect().await;
                    keep(of, kept.as_deref(), &html);
                    VecDeque::from([StreamChunk::Sync(html)])
                });
            }
            (None, Some(kept)) => buf.push_sync(&kept.html),
            (None, None) => {}
        }
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.made.into_any().hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn html(of: &str, words: &'static str) -> String {
        let make = move || view! { <p>{words}</p> }.into_any();
        Ready::new(0, of.to_owned(), make)
            .to_html_stream_in_order()
            .collect()
            .await
    }

    #[tokio::test]
    async fn what_is_kept_is_shown_every_time() {
        for _ in 0..4 {
            assert_eq!(html("tests, swedish", "Hej").await, "<p>Hej<!></p>");
        }
        assert_eq!(html("tests, english", "Hello").await, "<p>Hello<!></p>");
        // The second time it is shown as it is kept, whatever would be made.
        html("tests, twice", "first").await;
        html("tests, twice", "first").await;
        assert_eq!(html("tests, twice", "second").await, "<p>first<!></p>");
    }

    #[tokio::test]
    #[should_panic(expected = "something counts in a piece that is not named")]
    async fn what_counts_and_is_not_named_is_noticed() {
        html("tests, a name", "Åsa").await;
        html("tests, a name", "Pelle").await;
    }
}
