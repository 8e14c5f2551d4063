//! The words of a page's title.

use leptos::{prelude::*, text_prop::TextProp};

/// A title that follows the language in the browser. On the server its words are taken at once: there it is read when the
/// page is sent, often on another thread, where the page's signals are out of reach and reading them would panic.
pub fn title<W: Into<String>>(words: impl Fn() -> W + Send + Sync + 'static) -> TextProp {
    let words = move || -> String { words().into() };
    if is_server() {
        untrack(words).into()
    } else {
        words.into()
    }
}
