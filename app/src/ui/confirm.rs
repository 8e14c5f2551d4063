//! Asking once more before something that cannot be taken back. A popover, so that it works before the page is awake.

use leptos::{prelude::*, text_prop::TextProp};

use super::Icon;
use crate::i18n::{t, use_i18n};

/// A button, and the question behind it. The children are the form that does it.
#[component]
pub fn Confirm(
    /// A name on the page that nothing else has.
    #[prop(into)]
    id: String,
    /// What the button says, and the heading of the question.
    #[prop(into)]
    word: TextProp,
    /// What will happen.
    #[prop(into)]
    about: TextProp,
    /// A sign in place of the button's words, which are then said aloud only.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// A sign before the button's words, where it is one line of a menu.
    #[prop(optional)]
    item: Option<&'static str>,
    /// What is said aloud of that sign.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let heading = format!("{id}-title");
    let (target, labelled) = (id.clone(), heading.clone());
    let (button, title) = (word.clone(), word);
    view! {
        {match (icon, item) {
            (_, Some(item)) => {
                view! {
                    <button class="item" type="button" popovertarget=target.clone()>
                        <Icon name=item />
                        {move || button.get()}
                    </button>
                }
                    .into_any()
            }
            (Some(icon), None) => {
                let said = move || label.map_or_else(|| button.get().into_owned(), |label| label.get());
                view! {
                    <button class="ib" type="button" popovertarget=target.clone() aria-label=said><Icon name=icon /></button>
                }
                    .into_any()
            }
            (None, None) => {
                view! { <button class="btn" type="button" popovertarget=target.clone()>{move || button.get()}</button> }.into_any()
            }
        }}
        <dialog class="dialog" id=id popover="auto" aria-labelledby=labelled>
            <div>
                <h2 id=heading>{move || title.get()}</h2>
                <p>{move || about.get()}</p>
                <div class="row-end">
                    <button class="btn" type="button" popovertarget=target popovertargetaction="hide">
                        {t!(i18n, configuration.cancel)}
                    </button>
                    {children()}
                </div>
            </div>
        </dialog>
    }
}
