//! The form one fills in: what is kept of it, what it comes to, and saving it.

use leptos::{ev::MouseEvent, form::ActionForm, prelude::*};
use model::{
    evaluation::{By, Form, Offered, Sheet},
    id::{FormId, RecordingId},
    instant::Stamp,
    problem::Problem,
};

use super::{
    Deeds, Desk, Questions,
    api::ChooseForm,
    keeper::{Keeping, keeper},
    keys,
    sheet::Total,
    thrown::{Thrown, unthrown},
};
use crate::{
    error, format,
    i18n::{t, t_string, td_string, use_i18n},
    player::{Compact, Pin, player},
    ui::{Choice, Confirm, ErrorSummary, Icon, Notice, problem},
};

/// The form one fills in.
#[component]
pub fn Filling(
    id: RecordingId,
    sheet: Sheet,
    forms: Vec<Offered>,
    deeds: Deeds,
    next: StoredValue<Option<String>>,
    again: Callback<()>,
    /// Who sees it once it is saved.
    told: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Sheet {
        by,
        form,
        answers,
        kept,
        of,
        shown,
        newer,
    } = sheet;
    let keeper = keeper();
    let By {
        form: form_id,
        version,
        revises,
    } = by;
    let title = form.title.clone();
    let began = kept.is_some();
    // With what could not be kept before.
    let unkept = keeper.unkept(id, by, &form, began.then(|| answers.clone()));
    let waits = !unkept.0.is_empty();
    let mut answers = answers;
    answers.0.extend(unkept.0);
    let desk = Desk::of(form.clone(), answers, id, by, keeper);
    Effect::new(move |_| {
        if waits {
            keeper.keep(id);
        }
    });
    pins(desk, id, &form);
    let refused = refused(deeds);
    // What came of what was sent before is told again here; what stands here since was not sent with it.
    let sent_before = deeds.send.version().get_untracked();
    Effect::new(move |_| {
        if let Some(Ok(done)) = deeds.send.value().get() {
            let from_here = deeds.send.version().get_untracked() > sent_before;
            // What was sent in vain is kept.
            if from_here && !done.finished {
                keeper.know(id, desk.answers.get_untracked());
            }
            let first = done.unreadable.first().or(done.missing.first()).copied();
            let first = first.filter(|_| from_here);
            desk.missing.set(done.missing.into_iter().collect());
            desk.unreadable.set(done.unreadable.into_iter().collect());
            if let Some(first) = first {
                keys::go(desk, first);
            }
        }
    });
    let newer = newer
        .filter(|_| revises.is_none())
        .map(|newer| view! { <Newer id form_id newer action=deeds.choose /> });
    let other =
        (revises.is_none() && forms.len() > 1).then(|| view! { <OtherForm id form_id forms action=deeds.choose /> });
    let about = view! {
        <header class="formhead">
            <h3 id="sheet-title" tabindex="-1">{title} " " <small class="muted">{t!(i18n, evaluation.version, version = move || version)}</small></h3>
            <span class="end">{newer} {other}</span>
        </header>
        {revises.map(|_| view! { <Revising of shown /> })}
    };
    // What is on its way is not sent again.
    let press = move |event: MouseEvent, address: Option<String>| {
        if deeds.send.pending().get_untracked() {
            event.prevent_default();
        } else {
            next.set_value(address);
        }
    };
    let stay = move |event: MouseEvent| press(event, None);
    let goes_on = move |event: MouseEvent| press(event, next_address());
    let pending = move || deeds.send.pending().get().then_some("true");
    let there = move || player().neighbours.get().after;
    view! {
        <Compact id />
        {about}
        <ErrorSummary title=move || t_string!(i18n, evaluation.not_done) problem=refused />
        <ActionForm action=deeds.send attr:class="sheet-form" attr:id="sheet" attr:aria-label=move || t_string!(i18n, evaluation.evaluate)>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="form" value=form_id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            {revises.map(|it| view! { <input type="hidden" name="revises" value=it.to_string() /> })}
            {(!began).then(|| view! { <input type="hidden" name="begin" value="on" /> })}
            // The first button is the one that Enter presses.
            <button class="asleep btn plain" name="then" value="">{t!(i18n, evaluation.keep_draft)}</button>
            // What is written while it is on its way would be lost.
            <div class="questions" inert=move || deeds.send.pending().get()><Questions desk /></div>
        </ActionForm>
        <div class="scorebar">
            <Total desk />
            <IsKept id kept again />
            <span class="end">
                <Thrown id by began action=deeds.discard />
                <button class="btn" form="sheet" name="then" value="done" aria-busy=pending on:click=stay>
                    {t!(i18n, configuration.save)}
                </button>
                <button class="btn live" data-kind="primary" form="sheet" name="then" value="done" aria-busy=pending disabled=move || !there() on:click=goes_on>
                    {t!(i18n, evaluation.save_and_next)}
                </button>
            </span>
            {told
                .map(|name| {
                    view! { <p class="muted small told-who"><Icon name="eye" size="s" />{move || t_string!(i18n, evaluation.told, name = name.clone())}</p> }
                })}
        </div>
    }
}

/// What went wrong with what was done last. That something else is there by now than what one throws away is told above all of
/// it.
fn refused(deeds: Deeds) -> Signal<Option<Problem>> {
    let unthrown = unthrown(deeds);
    let (sent, chosen, thrown) = (problem(deeds.send), problem(deeds.choose), problem(deeds.discard));
    Signal::derive(move || {
        let thrown = || chosen.get().or_else(|| thrown.get()).filter(|_| !unthrown.get());
        sent.get().or_else(thrown)
    })
}

/// Whether what is written is kept, and since when.
#[component]
fn IsKept(id: RecordingId, kept: Option<Stamp>, again: Callback<()>) -> impl IntoView {
    let (i18n, keeper) = (use_i18n(), keeper());
    let kept = StoredValue::new(kept);
    let words = move || {
        let locale = i18n.get_locale();
        let stamp = |stamp: &_| td_string!(locale, evaluation.kept, at = format::short(locale, stamp));
        match keeper.state(id) {
            None => kept.with_value(|kept| kept.as_ref().map(stamp)).unwrap_or_default(),
            Some(Keeping::Kept(at)) => stamp(&at),
            Some(Keeping::Waiting) => td_string!(locale, evaluation.keeping).to_owned(),
            Some(Keeping::Again(Problem::SignedOut | Problem::Owes(_))) => {
                td_string!(locale, evaluation.kept_signed_out).to_owned()
            }
            Some(Keeping::Again(_)) => td_string!(locale, evaluation.kept_not_yet).to_owned(),
            Some(Keeping::Refused(Problem::Changed)) => td_string!(locale, evaluation.changed).to_owned(),
            Some(Keeping::Refused(Problem::NotFound)) => td_string!(locale, evaluation.no_longer).to_owned(),
            Some(Keeping::Refused(problem)) => error::in_words(locale, &problem),
        }
    };
    // What goes well is seen; what does not is said too.
    let said = move || match keeper.state(id) {
        Some(Keeping::Again(_) | Keeping::Refused(_)) => words(),
        _ => String::new(),
    };
    let lost = move || {
        matches!(keeper.state(id), Some(Keeping::Refused(_))).then(|| {
            view! {
                <button class="btn" data-size="s" type="button" on:click=move |_| again.run(())>{t!(i18n, evaluation.read_again)}</button>
            }
        })
    };
    view! {
        <span class="keeping small">{words}</span>
        <span class="vh" role="status">{said}</span>
        {lost}
    }
}

/// That what one writes takes the place of what is finished, and of whose.
#[component]
fn Revising(of: Option<String>, shown: bool) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match &of {
        Some(name) => td_string!(i18n.get_locale(), evaluation.revising_of, name = name.clone()),
        None => t_string!(i18n, evaluation.revising).to_owned(),
    };
    let about = move || {
        if shown {
            t_string!(i18n, evaluation.revising_shown)
        } else {
            t_string!(i18n, evaluation.revising_about)
        }
    };
    view! { <Notice state="info" title>{about}</Notice> }
}

/// To the version of the form that is in use now; the answers that fit there go along.
#[component]
fn Newer(id: RecordingId, form_id: FormId, newer: i64, action: ServerAction<ChooseForm>) -> impl IntoView {
    let (i18n, keeper) = (use_i18n(), keeper());
    let waits = move || keeper.state(id) == Some(Keeping::Waiting);
    view! {
        <ActionForm action>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="form" value=form_id.to_string() />
            <input type="hidden" name="seen" value=move || keeper.seen(id) />
            <button class="btn" data-size="s" disabled=waits>
                {move || td_string!(i18n.get_locale(), evaluation.to_version, version = newer)}
            </button>
        </ActionForm>
    }
}

/// Another form; what was answered to this one does not go along.
#[component]
fn OtherForm(id: RecordingId, form_id: FormId, forms: Vec<Offered>, action: ServerAction<ChooseForm>) -> impl IntoView {
    let (i18n, keeper) = (use_i18n(), keeper());
    let waits = move || keeper.state(id) == Some(Keeping::Waiting);
    let choices = forms
        .into_iter()
        .filter(move |form| form.id != form_id)
        .map(move |form| {
            let words = move || {
                let version = td_string!(i18n.get_locale(), evaluation.version, version = form.version);
                format!("{}, {version}", form.title)
            };
            view! { <Choice value=form.id.to_string() chosen=Signal::stored(false)>{words}</Choice> }
        });
    view! {
        <Confirm
            id="otherform-ask"
            word=move || t_string!(i18n, evaluation.change_form)
            about=move || t_string!(i18n, evaluation.change_form_about)
        >
            <ActionForm action attr:class="otherform">
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="seen" value=move || keeper.seen(id) />
                <label class="vh" for="otherform">{t!(i18n, evaluation.form)}</label>
                <span class="affix">
                    <select class="select" id="otherform" name="form">{choices.collect_view()}</select>
                    <Icon name="chev" />
                </span>
                <button class="btn" data-kind="primary" disabled=waits>{t!(i18n, evaluation.change_form)}</button>
            </ActionForm>
        </Confirm>
    }
}

/// Every place that is pointed to, as a pin with its question's number.
fn pins(desk: Desk, id: RecordingId, form: &Form) {
    let keys: Vec<_> = form.questions().map(|question| question.key).collect();
    let player = player();
    Effect::new(move |_| {
        let answers = desk.answers.read();
        let places = keys.iter().zip(1..).flat_map(|(key, number)| {
            let answer = answers.0.get(key);
            let places = answer.map(|answer| answer.evidence_ms.clone()).unwrap_or_default();
            places.into_iter().map(move |at| Pin {
                number,
                at_ms: i64::try_from(at).unwrap_or(i64::MAX),
            })
        });
        player.pin(id, places.collect());
    });
}

/// The recording below in the list, where it is evaluated.
fn next_address() -> Option<String> {
    let link = document().query_selector("a[data-step='next'][href]").ok().flatten()?;
    let address = link.get_attribute("href")?;
    let sign = if address.contains('?') { '&' } else { '?' };
    Some(format!("{address}{sign}part=evaluate"))
}
