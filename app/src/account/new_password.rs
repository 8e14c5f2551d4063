//! The two fields of a new password, and what it must be, ticked off while one types.

use leptos::prelude::*;
use model::{
    password::{Class, Policy},
    problem::{Field, Invalid, Problem},
};

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Icon, TextField},
};

/// New password, the same again, and the rules.
#[component]
pub fn NewPassword(policy: Policy, problem: Signal<Option<Problem>>) -> impl IntoView {
    let i18n = use_i18n();
    let (password, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let rules = policy.rules().into_iter().map(move |rule| {
        let word = {
            let rule = rule.clone();
            move || words(i18n.get_locale(), &rule)
        };
        // What a rule says is its own answer: where nothing is typed yet, nothing is wrong yet.
        let met =
            Signal::derive(move || password.with(|typed| !typed.is_empty() && !policy.broken(typed).contains(&rule)));
        view! { <Rule met>{word}</Rule> }
    });
    let same = Signal::derive(move || again.with(|again| !again.is_empty() && *again == *password.read()));
    view! {
        <TextField field=Field::NewPassword autocomplete="new-password" problem follow=password />
        <TextField field=Field::Again autocomplete="new-password" problem follow=again />
        <div class="rules">
            <p class="label" id="rules">{t!(i18n, account.rules)}</p>
            <ul aria-labelledby="rules">
                {rules.collect_view()}
                <Rule met=same>{move || t_string!(i18n, account.rule_same)}</Rule>
            </ul>
            <p class="hint">{t!(i18n, account.rules_long)}</p>
        </div>
    }
}

#[component]
fn Rule(met: Signal<bool>, children: Children) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li data-met=move || met.get().then_some("")>
            <Icon name=Signal::derive(move || if met.get() { "check" } else { "minus" }) size="s" />
            <span>{children()}</span>
            <span class="vh">
                {move || if met.get() { t_string!(i18n, account.rule_met) } else { t_string!(i18n, account.rule_unmet) }}
            </span>
        </li>
    }
}

fn words(locale: Locale, rule: &Invalid) -> String {
    match rule {
        Invalid::TooShort { least } => td_string!(locale, account.rule_length, least = *least),
        Invalid::Lacks(Class::Lower) => td_string!(locale, account.rule_lower).to_owned(),
        Invalid::Lacks(Class::Upper) => td_string!(locale, account.rule_upper).to_owned(),
        Invalid::Lacks(Class::Digit) => td_string!(locale, account.rule_digit).to_owned(),
        Invalid::Lacks(Class::Special) => td_string!(locale, account.rule_special).to_owned(),
        other => crate::error::invalid(locale, other),
    }
}
