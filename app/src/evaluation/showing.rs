//! When evaluated people see what was said of them: the company's choice.

use leptos::{form::ActionForm, prelude::*};
use model::evaluation::Showing;

use super::api::{SetShowing, read_showing};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fetched, Radio, Saved, Submit, follow, problem},
};

/// The choice, as a section of a settings page.
#[component]
pub fn ShowingForm() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<SetShowing>::new();
    follow(action);
    let chosen = Resource::new(|| (), |()| read_showing());
    let problem = problem(action);
    view! {
        <section class="block" id="showing">
            <header><h2>{t!(i18n, evaluation.showing)}</h2></header>
            <Saved what="showing" />
            <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
            <Fetched
                from=chosen
                not=|l| td_string!(l, configuration.not_fetched)
                rows=3
                show=move |chosen| {
                    let options = Showing::ALL.map(|showing| {
                        let (word, about) = words(showing);
                        let checked = showing == chosen;
                        view! { <Radio name="showing" value=showing.name() checked word about /> }
                    });
                    view! {
                        <ActionForm action attr:class="form">
                            <fieldset class="options">
                                <legend class="vh">{t!(i18n, evaluation.showing)}</legend>
                                {options.into_iter().collect_view()}
                            </fieldset>
                            <div class="row-start"><Submit action>{t!(i18n, configuration.save)}</Submit></div>
                        </ActionForm>
                    }
                        .into_any()
                }
            />
        </section>
    }
}

type Word = fn(Locale) -> &'static str;

fn words(showing: Showing) -> (Word, Word) {
    match showing {
        Showing::AtOnce => (
            |l| td_string!(l, evaluation.at_once),
            |l| td_string!(l, evaluation.at_once_about),
        ),
        Showing::ByHand => (
            |l| td_string!(l, evaluation.by_hand),
            |l| td_string!(l, evaluation.by_hand_about),
        ),
        Showing::Never => (
            |l| td_string!(l, evaluation.never),
            |l| td_string!(l, evaluation.never_about),
        ),
    }
}
