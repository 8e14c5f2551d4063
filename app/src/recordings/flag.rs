//! A flag as a picture.

use leptos::prelude::*;
use model::recording::Flag;

use super::words;
use crate::{i18n::use_i18n, ui::asset};

/// A flag: its shape, its colour, its name.
#[component]
pub fn FlagIcon(flag: Flag) -> impl IntoView {
    let (i18n, sprite) = (use_i18n(), asset("hark-icons"));
    view! {
        <svg class="flag" data-c=flag.name() role="img" aria-label=move || words::flag(i18n.get_locale(), flag)>
            <use href=format!("{sprite}#i-f-{}", flag.name())></use>
        </svg>
    }
}
