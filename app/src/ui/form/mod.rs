//! Forms: a field with its label, hint and fault, and the summary of what went wrong, which takes the focus.

mod area;
mod check_list;
mod choice;
mod radio;
mod submit;
mod words;
mod wrong;

pub use area::{Area, TextArea};
pub use check_list::CheckList;
pub use choice::Choice;
use leptos::{html::Div, prelude::*, text_prop::TextProp};
use model::problem::{Field, Problem};
pub use radio::Radio;
pub use submit::Submit;
pub use words::form_words;
pub use wrong::Wrong;

use super::Icon;
use crate::{
    error,
    i18n::{Locale, td_string, use_i18n},
};

/// What was typed into it before the form was sent back; only a page that the server makes can know.
pub fn typed(field: Field) -> Option<String> {
    typed_as(field.name())
}

/// The same of what has that name.
pub fn typed_as(name: &str) -> Option<String> {
    #[cfg(feature = "ssr")]
    return crate::visit::typed(name);
    #[cfg(not(feature = "ssr"))]
    {
        let _ = name;
        None
    }
}

/// A field's label.
pub fn label(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Email => td_string!(locale, fields.email),
        Field::Password => td_string!(locale, fields.password),
        Field::Company => td_string!(locale, fields.company),
        Field::Code => td_string!(locale, fields.code),
        Field::OldPassword => td_string!(locale, fields.old_password),
        Field::NewPassword => td_string!(locale, fields.new_password),
        Field::Again => td_string!(locale, fields.again),
        Field::Tag => td_string!(locale, recordings.tag),
        Field::FirstName => td_string!(locale, fields.first_name),
        Field::LastName => td_string!(locale, fields.last_name),
        Field::Title => td_string!(locale, fields.title),
        Field::Extension => td_string!(locale, fields.extension),
        Field::Numbers => td_string!(locale, fields.numbers),
        Field::District => td_string!(locale, fields.district),
        Field::Department => td_string!(locale, fields.department),
        Field::CostCenter => td_string!(locale, fields.cost_center),
        Field::Office => td_string!(locale, fields.office),
        Field::ExternalId => td_string!(locale, fields.external_id),
        Field::Departments => td_string!(locale, fields.departments),
        Field::Role => td_string!(locale, fields.role),
        Field::Agreement => td_string!(locale, fields.agreement),
        Field::Table => td_string!(locale, fields.table),
        Field::Receiver => td_string!(locale, fields.receiver),
        Field::Recording => td_string!(locale, fields.recording),
        Field::Dashboard => td_string!(locale, fields.dashboard),
        Field::OwnDays => td_string!(locale, fields.own_days),
        Field::Hours => td_string!(locale, fields.hours),
        Field::View => td_string!(locale, fields.view),
        Field::CallResult => td_string!(locale, review.call_result),
        Field::CustomerResponse => td_string!(locale, review.customer_response),
        Field::Comment => td_string!(locale, review.comment),
        Field::Moment => td_string!(locale, review.at),
        Field::Outcome => td_string!(locale, fields.outcome),
        Field::Answers => td_string!(locale, evaluation.answers),
        Field::Reply => td_string!(locale, evaluation.reply),
        Field::Group => td_string!(locale, forms.groups),
        Field::EvaluationForm => td_string!(locale, forms.form),
        Field::Receivers => td_string!(locale, sharing.to),
        Field::Subject => td_string!(locale, sharing.subject),
        Field::Message => td_string!(locale, sharing.message),
        Field::Language => td_string!(locale, sharing.language),
        Field::Passcode => td_string!(locale, sharing.passcode),
        _ => "",
    }
}

/// What is wrong with one field of a form, in the reader's language.
pub fn fault(problem: Signal<Option<Problem>>, field: Field) -> Signal<Option<String>> {
    let i18n = use_i18n();
    Memo::new(move |_| {
        let problem = problem.get()?;
        let said = error::faults(i18n.get_locale(), &problem).into_iter();
        let said: Vec<String> = said
            .filter(|(whose, _)| *whose == field)
            .map(|(_, words)| words)
            .collect();
        (!said.is_empty()).then(|| said.join(" "))
    })
    .into()
}

const fn is_password(field: Field) -> bool {
    matches!(
        field,
        Field::Password | Field::OldPassword | Field::NewPassword | Field::Again
    )
}

/// One line of text: label, hint, control and what is wrong with it, tied together for a screen reader. A password can be
/// shown.
#[component]
pub fn TextField(
    /// Which field: gives name, label and where its fault is found.
    field: Field,
    /// What the browser may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// What went wrong with the form, if anything did.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Follows what is typed.
    #[prop(optional)]
    follow: Option<RwSignal<String>>,
    /// The list of what can be chosen, for a field that also takes something new.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Help in advance; nothing when left out.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = field.name();
    let (hint, wrong) = (format!("{id}-hint"), format!("{id}-wrong"));
    let has_hint = children.is_some();
    let fault = fault(problem, field);
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
        Field::Email | Field::Receiver => "email",
        _ if is_password(field) && !shown.get() => "password",
        _ => "text",
    };
    let code = matches!(field, Field::Code | Field::Passcode);
    let input = view! {
        <input
            class="input"
            id=id
            name=id
            type=kind
            value=typed(field).or(value)
            autocomplete=autocomplete.unwrap_or("off")
            required=!optional
            list=list
            data-code=code.then_some("")
            spellcheck=(code || is_password(field)).then_some("false")
            aria-describedby=described
            aria-invalid=move || fault.read().is_some().then_some("true")
            on:input=move |event| {
                if let Some(follow) = follow {
                    follow.set(event_target_value(&event));
                }
            }
        />
    };
    let control = if is_password(field) {
        view! {
            <span class="affix">
                {input}
                <button
                    class="ib live"
                    type="button"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=move || {
                        let locale = i18n.get_locale();
                        td_string!(locale, fields.show, what = label(locale, field).to_lowercase())
                    }
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
            <Wrong id fault />
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
        let faults = error::faults(locale, &problem);
        let lines = if faults.is_empty() {
            view! { <li>{error::in_words(locale, &problem)}</li> }.into_any()
        } else {
            // Left to the browser, which moves the focus as well.
            let line = |(field, words): (Field, String)| {
                let to = format!("#{}", field.name());
                view! { <li><a href=to rel="external">{format!("{}: {words}", label(locale, field))}</a></li> }
            };
            faults.into_iter().map(line).collect_view().into_any()
        };
        Some(view! {
            <div class="errors" role="alert" tabindex="-1" aria-label=title.get() autofocus node_ref=summary>
                <h2>{title.get()}</h2>
                <ul>{lines}</ul>
            </div>
        })
    }
}
