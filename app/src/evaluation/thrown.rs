//! Throwing away what is written, as one has seen it; and that nothing was thrown away, where something else is there by now.

use leptos::{form::ActionForm, prelude::*};
use model::{evaluation::By, id::RecordingId, problem::Problem};

use super::{
    Deeds,
    api::Discard,
    keeper::{Keeping, keeper},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Confirm, Notice, focus_first, problem},
};

/// Throwing away what is written, where something is.
#[component]
pub fn Thrown(id: RecordingId, by: By, began: bool, action: ServerAction<Discard>) -> impl IntoView {
    let (i18n, keeper) = (use_i18n(), keeper());
    let By { form, version, revises } = by;
    let some = Memo::new(move |_| began || keeper.state(id).is_some());
    let about = move || {
        if revises.is_some() {
            t_string!(i18n, evaluation.discard_changes_about)
        } else {
            t_string!(i18n, evaluation.discard_about)
        }
    };
    // What is on its way is kept first: it is thrown away with the rest.
    let waits = move || keeper.state(id) == Some(Keeping::Waiting);
    move || {
        some.get().then(|| {
            view! {
                <Confirm id="discard" word=move || t_string!(i18n, evaluation.discard) about icon="trash" label=Signal::derive(move || t_string!(i18n, evaluation.discard).to_owned())>
                    <ActionForm action=action>
                        <input type="hidden" name="id" value=id.to_string() />
                        <input type="hidden" name="form" value=form.to_string() />
                        <input type="hidden" name="version" value=version.to_string() />
                        {revises.map(|it| view! { <input type="hidden" name="revises" value=it.to_string() /> })}
                        <input type="hidden" name="seen" value=move || keeper.seen(id) />
                        <button class="btn" data-kind="danger" disabled=waits>{t!(i18n, evaluation.discard)}</button>
                    </ActionForm>
                </Confirm>
            }
        })
    }
}

/// That nothing was thrown away is told until something else is done.
pub fn told_enough(deeds: Deeds) {
    deeds.discard.clear();
    deeds.choose.clear();
}

/// Whether nothing was thrown away, because something else is there by now than what one has seen, or nothing.
pub fn unthrown(deeds: Deeds) -> Memo<bool> {
    let (discard, choose) = (problem(deeds.discard), problem(deeds.choose));
    Memo::new(move |_| {
        let discard = matches!(*discard.read(), Some(Problem::Changed | Problem::NotFound));
        discard || *choose.read() == Some(Problem::Changed)
    })
}

/// That nothing was thrown away, above what is there instead. What was read before says nothing of it.
#[component]
pub fn Unthrown(deeds: Deeds, unthrown: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (discard, choose) = (deeds.discard.version(), deeds.choose.version());
    let read_at = (discard.get_untracked(), choose.get_untracked());
    let told = Memo::new(move |_| unthrown.get() && (discard.get(), choose.get()) == read_at);
    Effect::new(move |_| {
        // Where one pressed is made anew.
        if told.get() && read_at != (0, 0) {
            request_animation_frame(|| focus_first(&["#unthrown"]));
        }
    });
    view! {
        <Show when=move || told.get()>
            <div id="unthrown" tabindex="-1">
                <Notice state="warn" title=move || t_string!(i18n, evaluation.not_thrown)>{t!(i18n, evaluation.not_thrown_about)}</Notice>
            </div>
        </Show>
    }
}
