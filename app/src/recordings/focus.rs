//! Where the focus goes when the button that has it goes: what is done to many takes buttons away and brings others.

use leptos::{
    ev::{self, FocusEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::Element,
};

use crate::ui::focus_first;

/// In which of the two the focus was last: buttons in them come and go with what can be done.
#[derive(Clone, Copy)]
enum Held {
    Bar,
    Work,
}

impl Held {
    /// In which of them something is, if in any.
    fn around(event: &FocusEvent) -> Option<Self> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let within = |selector| target.closest(selector).is_ok_and(|found| found.is_some());
        if within(".bulk") {
            Some(Self::Bar)
        } else {
            within("#bulk-work").then_some(Self::Work)
        }
    }

    /// Where the focus goes on, nearest first.
    const fn next(self) -> &'static [&'static str] {
        match self {
            // The bar goes when a deed takes all that was chosen out of the list: then one may want it back.
            Self::Bar => &[
                ".bulk button",
                "#bulk-work .btn:not([popovertarget])",
                "#bulk-work button",
                "section.rows",
            ],
            // What was done before is another matter.
            Self::Work => &["#bulk-work .btn:not([popovertarget])", ".bulk button", "section.rows"],
        }
    }
}

/// To the list, where one chose.
pub fn to_list() {
    focus_first(&["section.rows"]);
}

/// Where a button goes that has the focus, it goes on to what is left, and not to the page as a whole. `changes` watches what
/// brings buttons and takes them away.
pub fn catch(changes: impl Fn() + 'static) {
    let held = StoredValue::new(None);
    Effect::new(move |_| {
        let seen = window_event_listener(ev::focusin, move |event| held.set_value(Held::around(&event)));
        on_cleanup(move || seen.remove());
    });
    Effect::new(move |_| {
        changes();
        request_animation_frame(move || {
            let lost = document()
                .active_element()
                .is_none_or(|focused| focused.tag_name() == "BODY");
            if lost && let Some(held) = held.try_get_value().flatten() {
                focus_first(held.next());
            }
        });
    });
}
