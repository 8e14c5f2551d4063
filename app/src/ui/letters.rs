//! Whether single letters, digits and signs are shortcuts. Who dictates, or often brushes a key, turns them off with one
//! switch (WCAG 2.1.4); space, arrows and keys with Alt stay.

use leptos::prelude::*;

use super::{keep, kept};

const NAME: &str = "hark-letters";
const OFF: &str = "off";

/// The switch.
#[derive(Clone, Copy)]
struct Letters(RwSignal<bool>);

/// Makes the switch, on at first. Once, around all pages.
pub fn provide_letters() {
    let letters = RwSignal::new(true);
    provide_context(Letters(letters));
    Effect::new(move |_| letters.set(kept(NAME).as_deref() != Some(OFF)));
}

/// Whether letters are shortcuts.
pub fn letters() -> Signal<bool> {
    expect_context::<Letters>().0.into()
}

/// Turns them on or off, and keeps that.
pub fn set_letters() -> impl Fn(bool) + Copy {
    let Letters(letters) = expect_context();
    move |on| {
        letters.set(on);
        keep(NAME, if on { "" } else { OFF });
    }
}

/// Whether the switch speaks of a key: one sign, with or without Shift. Space is none, and has a name of its own in the sheet.
pub fn is_letter(key: &str) -> bool {
    let key = key
        .rsplit_once('+')
        .map_or(key, |(held, last)| if held == "Shift" { last } else { key });
    let mut signs = key.chars();
    signs.next().is_some_and(|sign| sign.is_ascii_graphic()) && signs.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_signs_are_meant_and_named_keys_are_not() {
        for key in ["k", "K", "0", "<", "?", "/", "Shift+P"] {
            assert!(is_letter(key), "{key}");
        }
        for key in [" ", "ArrowLeft", "←", "Shift+←", "Esc", "Alt+K", "Ctrl+K", ""] {
            assert!(!is_letter(key), "{key}");
        }
    }
}
