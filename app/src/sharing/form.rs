//! The form that sends links (checklist 107).

use leptos::{form::ActionForm, html::Form, prelude::*};
use model::{
    id::RecordingId,
    problem::Field,
    sharing::{Beginning, MOST_RECEIVERS},
};

use super::{
    api::SendLinks,
    drafts::{LetterDrafts, write},
    told::{TOLD, Told},
};
use crate::{
    document::locale_tag,
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Choice, ErrorSummary, Icon, Submit, TextArea, TextField, done, focus_first, form_words, problem, typed_as},
};

/// The form. What is wrong is said at its field, and all that was typed stays; also while one looks at another part.
#[component]
pub fn SendForm(id: RecordingId, beginning: Beginning, send: ServerAction<SendLinks>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(send);
    let form = NodeRef::<Form>::new();
    // The server knows of no drafts, and the browser begins with what the server has made.
    let drafts = LetterDrafts::here();
    Effect::new(move |_| {
        if let Some(form) = form.get()
            && let Some(words) = drafts.of(&id)
        {
            // What a text begins with is put in a moment after it is made.
            request_animation_frame(move || write(&words, &form));
        }
    });
    let keep = move |_| {
        if let Some(form) = form.get_untracked() {
            drafts.keep(id, form_words(&form));
        }
    };
    let gone = done(send);
    Effect::new(move |before: Option<usize>| {
        let now = gone.get();
        if before.is_some_and(|before| before != now)
            && let Some(form) = form.get_untracked()
        {
            form.reset();
            // What is shown this once is in sight, wherever the button was.
            request_animation_frame(|| focus_first(&[TOLD]));
        }
        now
    });
    let Beginning {
        start,
        locale: company_locale,
        downloads,
        sent: told,
    } = beginning;
    let language = typed_as(Field::Language.name()).unwrap_or(company_locale);
    let locale = i18n.get_locale_untracked();
    let subject = td_string!(locale, sharing.subject_of, when = format::short(locale, &start));
    let came = Signal::derive(move || match send.value().get() {
        Some(answer) => answer.ok(),
        None => told.clone(),
    });
    let download = downloads.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="download" checked=is_ticked("download") />
                {t!(i18n, sharing.allow_download)}
            </label>
        }
    });
    view! {
        {move || came.get().map(|sent| view! { <Told sent /> })}
        <ErrorSummary title=move || t_string!(i18n, sharing.not_sent) problem />
        <ActionForm
            action=send
            node_ref=form
            attr:class="send"
            attr:novalidate=""
            attr:aria-labelledby="send-title"
            on:input=keep
            on:reset=move |_| drafts.forget(&id)
        >
            <h3 id="send-title">{t!(i18n, sharing.title)}</h3>
            <input type="hidden" name="id" value=id.to_string() />
            <TextField field=Field::Receivers problem>
                {move || td_string!(i18n.get_locale(), sharing.to_hint, most = MOST_RECEIVERS)}
            </TextField>
            <TextField field=Field::Subject problem value=subject />
            <TextArea field=Field::Message problem value="">{t!(i18n, sharing.message_hint)}</TextArea>
            <Languages chosen=language />
            <label class="check">
                <input
                    type="checkbox"
                    name="internal"
                    checked=typed_as("internal").is_none_or(|tick| tick == "on")
                />
                {t!(i18n, sharing.tell_internal)}
            </label>
            {download}
            <label class="check">
                <input
                    type="checkbox"
                    name=Field::Passcode.name()
                    checked=is_ticked(Field::Passcode.name())
                    aria-describedby="passcode-about"
                />
                {t!(i18n, sharing.ask_passcode)}
            </label>
            <p class="hint" id="passcode-about">{t!(i18n, sharing.ask_passcode_hint)}</p>
            <div class="row-end">
                <button class="btn" type="reset">{t!(i18n, review.reset)}</button>
                <Submit action=send>{t!(i18n, sharing.send)}</Submit>
            </div>
        </ActionForm>
    }
}

/// In which language the letter is, and the page behind it.
#[component]
fn Languages(chosen: String) -> impl IntoView {
    let i18n = use_i18n();
    let id = Field::Language.name();
    let all = <Locale as leptos_i18n::Locale>::get_all().iter().map(|locale| {
        let tag = locale_tag(*locale);
        let name = move || match locale {
            Locale::sv => t_string!(i18n, sharing.swedish),
            Locale::en => t_string!(i18n, sharing.english),
        };
        let chosen = Signal::stored(tag == chosen);
        view! { <Choice value=tag chosen>{name}</Choice> }
    });
    let all = all.collect_view();
    view! {
        <div class="field">
            <label for=id>{t!(i18n, sharing.language)}</label>
            <span class="affix">
                <select class="select" id=id name=id>{all}</select>
                <Icon name="chev" />
            </span>
        </div>
    }
}

fn is_ticked(name: &'static str) -> bool {
    typed_as(name).is_some_and(|tick| tick == "on")
}
