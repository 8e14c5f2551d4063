//! Forms: a field with its label, hint and fault, and the summary of what went wrong, which takes the focus.

use leptos::{html::Div, prelude::*, text_prop::TextProp};
use model::problem::{Field, Problem};

use super::Icon;
use crate::{
    error,
    i18n::{Locale, t_string, td_string, use_i18n},
};

/// A field's name in the form and its id on the page.
const fn id(field: Field) -> &'static str {
    match field {
        Field::Email => "email",
        Field::Password => "password",
        Field::Company => "company",
        Field::Code => "code",
        _ => "field",
    }
}

/// What was typed into it before the form was sent back; only a page that the server makes can know.
fn typed(field: Field) -> Option<String> {
    #[cfg(feature = "ssr")]
    return crate::visit::typed(id(field));
    #[cfg(not(feature = "ssr"))]
    {
        let _ = field;
        None
    }
}

/// A field's label.
fn label(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Email => td_string!(locale, account.email),
        Field::Password => td_string!(locale, account.password),
        Field::Company => td_string!(locale, setup.company),
        Field::Code => td_string!(locale, setup.code),
        _ => "",
    }
}

/// One line of text: label, hint, control and what is wrong with it, tied together for a screen reader. A password can be
/// shown.
#[component]
pub fn TextField(
    /// Which field: gives name, label and where its fault is found.
    field: Field,
    /// What the browser may fill in.
    autocomplete: &'static str,
    /// What went wrong with the form, if anything did.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// Help in advance; nothing when left out.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = id(field);
    let (hint, wrong) = (format!("{id}-hint"), format!("{id}-wrong"));
    let has_hint = children.is_some();
    let fault = Memo::new(move |_| problem.get().filter(|problem| error::field(problem) == Some(field)));
    let described = {
        let (hint, wrong) = (hint.clone(), wrong.clone());
        move || {
            let ids = [has_hint.then_some(&*hint), fault.read().as_ref().map(|_| &*wrong)];
            let ids: Vec<&str> = ids.into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let shown = RwSignal::new(false);
    let kind = move || match field {
        Field::Email => "email",
        Field::Password if !shown.get() => "password",
        _ => "text",
    };
    let code = field == Field::Code;
    let input = view! {
        <input
            class="input"
            id=id
            name=id
            type=kind
            value=typed(field)
            autocomplete=autocomplete
            required
            data-code=code.then_some("")
            spellcheck=code.then_some("false")
            aria-describedby=described
            aria-invalid=move || fault.read().is_some().then_some("true")
        />
    };
    let control = if field == Field::Password {
        view! {
            <span class="affix">
                {input}
                <button
                    class="ib live"
                    type="button"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=move || t_string!(i18n, account.show_password)
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon name=Signal::derive(move || if shown.get() { "eye-off" } else { "eye" }) />
                </button>
            </span>
        }
        .into_any()
    } else {
        input.into_any()
    };
    view! {
        <div class="field">
            <label for=id>{move || label(i18n.get_locale(), field)}</label>
            {children.map(|children| view! { <span class="hint" id=hint>{children()}</span> })}
            {control}
            {move || {
                let wrong = wrong.clone();
                let words = error::in_words(i18n.get_locale(), &fault.get()?);
                Some(view! { <span class="wrong" id=wrong><Icon name="alert" />{words}</span> })
            }}
        </div>
    }
}

/// What went wrong with a form. Takes the focus, so that it is heard; leads to the field where the problem is one's.
#[component]
pub fn ErrorSummary(
    /// What did not happen.
    #[prop(into)]
    title: TextProp,
    /// Why; nothing is shown when none.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let summary = NodeRef::<Div>::new();
    Effect::new(move || {
        if problem.read().is_some()
            && let Some(summary) = summary.get()
            && let Err(error) = summary.focus()
        {
            leptos::logging::warn!("the summary does not take the focus: {error:?}");
        }
    });
    move || {
        let (locale, problem, title) = (i18n.get_locale(), problem.get()?, title.clone());
        let words = error::in_words(locale, &problem);
        let line = match error::field(&problem) {
            // Left to the browser, which moves the focus as well.
            Some(field) => {
                view! { <a href=format!("#{}", id(field)) rel="external">{format!("{}: {words}", label(locale, field))}</a> }.into_any()
            }
            None => words.into_any(),
        };
        Some(view! {
            <div class="errors" role="alert" tabindex="-1" aria-labelledby="errors" autofocus node_ref=summary>
                <h2 id="errors">{title.get()}</h2>
                <ul>
                    <li>{line}</li>
                </ul>
            </div>
        })
    }
}
