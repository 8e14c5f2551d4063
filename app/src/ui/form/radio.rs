//! One of several, with what it means.

use leptos::prelude::*;

use crate::i18n::{Locale, use_i18n};

/// A round with its words, and under them what they mean.
#[component]
pub fn Radio(
    name: &'static str,
    value: &'static str,
    checked: bool,
    word: fn(Locale) -> &'static str,
    about: fn(Locale) -> &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <label class="check">
            <input type="radio" name=name value=value checked=checked />
            <span>
                {move || word(i18n.get_locale())}
                <span class="hint block-hint">{move || about(i18n.get_locale())}</span>
            </span>
        </label>
    }
}
