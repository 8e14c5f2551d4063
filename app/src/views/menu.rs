//! What one does with a view: keep what is looked at, as it or as a new one; go back; share it, begin with it, let go of it.

use leptos::{form::ActionForm, prelude::*};
use model::{columns::Columns, filter::query_string, list::ListQuery, problem::Field, view::View};

use super::{
    ViewsResource,
    api::{NameView, RemoveView, SaveView, StartWith, UpdateView},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Confirm, ErrorSummary, Icon, Submit, TextField, hide_popover, problem, travel},
};

/// The panel's name on the page.
const PANEL: &str = "view-menu";

/// What is looked at, as the menu's forms send it.
#[derive(Clone, Copy)]
struct Looked {
    query: Memo<ListQuery>,
    /// The columns that are shown.
    columns: Memo<Columns>,
    /// The columns, where they have been changed since the page came.
    changed: RwSignal<Option<Columns>>,
}

impl Looked {
    fn words(self) -> String {
        let query = self.query.get().first();
        query_string(&ListQuery { view: None, ..query }.words())
    }
}

/// The menu.
#[component]
pub fn ViewMenu(
    views: ViewsResource,
    query: Memo<ListQuery>,
    columns: Memo<Columns>,
    changed: RwSignal<Option<Columns>>,
    /// The list as it then is, with the columns that were kept.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let looked = Looked {
        query,
        columns,
        changed,
    };
    let (save, update, name, remove, start) = (
        ServerAction::<SaveView>::new(),
        ServerAction::<UpdateView>::new(),
        ServerAction::<NameView>::new(),
        ServerAction::<RemoveView>::new(),
        ServerAction::<StartWith>::new(),
    );
    travel(save);
    travel(update);
    travel(remove);
    // What has been done is seen at once, and the panel goes.
    let done = move || {
        let versions = (save.version().get(), update.version().get(), name.version().get());
        (versions, remove.version().get(), start.version().get())
    };
    let pending = move || {
        save.pending().get()
            || update.pending().get()
            || name.pending().get()
            || remove.pending().get()
            || start.pending().get()
    };
    Effect::new(move |before: Option<_>| {
        let now = done();
        if before.is_some_and(|before| before != now) && !pending() {
            let failed = problem(save).get_untracked().is_some() || problem(name).get_untracked().is_some();
            views.refetch();
            if !failed {
                again.run(());
                hide_popover(PANEL);
            }
        }
        now
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let views = views.await.unwrap_or_default();
                let open = Memo::new(move |_| {
                    let id = query.read().view?;
                    views.iter().find(|view| view.id == id).cloned()
                });
                view! {
                    {move || open.get().map(|view| view! { <Changed view looked update /> })}
                    <button class="btn live" data-kind="quiet" data-size="s" type="button" popovertarget=PANEL>
                        {move || if open.read().is_some() { t_string!(i18n, list.view) } else { t_string!(i18n, list.view_save) }}
                    </button>
                    <div class="float view" id=PANEL popover="auto" role="dialog" aria-label=move || t_string!(i18n, list.view)>
                        {move || match open.get() {
                            Some(view) => view! { <Opened view looked save name remove start /> }.into_any(),
                            None => view! { <New looked save /> }.into_any(),
                        }}
                    </div>
                }
            })}
        </Transition>
    }
}

/// What is looked at is no longer what was saved: keep it, or go back to it.
#[component]
fn Changed(view: View, looked: Looked, update: ServerAction<UpdateView>) -> impl IntoView {
    let i18n = use_i18n();
    let (id, version, changeable) = (view.id, view.version, view.changeable);
    let back = format!("/recordings{}", query_string(&view.words()));
    let differs = Memo::new(move |_| view.differs(&looked.query.read(), looked.changed.read().as_ref()));
    let keep = move |_| {
        update.dispatch(UpdateView {
            id,
            version,
            query: looked.words(),
            columns: Some(looked.columns.get_untracked().word()),
        });
    };
    move || {
        let back = back.clone();
        differs.get().then(|| {
            view! {
                {changeable
                    .then(|| {
                        view! {
                            <button class="btn" data-size="s" type="button" on:click=keep>{t!(i18n, list.view_update)}</button>
                        }
                    })}
                <a class="btn" data-kind="quiet" data-size="s" href=back on:click=move |_| looked.changed.set(None)>
                    {t!(i18n, list.view_discard)}
                </a>
            }
        })
    }
}

/// A name for what is looked at.
#[component]
fn New(looked: Looked, save: ServerAction<SaveView>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(save);
    view! {
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <ActionForm action=save attr:class="form">
            <input type="hidden" name="query" value=move || looked.words() />
            <input type="hidden" name="columns" value=move || looked.columns.get().word() />
            <TextField field=Field::View problem>{t!(i18n, list.view_hint)}</TextField>
            <label class="check">
                <input type="checkbox" name="shared" />
                <span>
                    {t!(i18n, list.view_shared)}
                    <span class="hint block-hint">{t!(i18n, list.view_shared_why)}</span>
                </span>
            </label>
            <div class="row-end"><Submit action=save>{t!(i18n, list.view_save_new)}</Submit></div>
        </ActionForm>
    }
}

/// What one does with the view that is open.
#[component]
fn Opened(
    view: View,
    looked: Looked,
    save: ServerAction<SaveView>,
    name: ServerAction<NameView>,
    remove: ServerAction<RemoveView>,
    start: ServerAction<StartWith>,
) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(name);
    let (id, version, is_start) = (view.id, view.version, view.start);
    let (called, shared) = (view.name.clone(), view.shared);
    let own = view.changeable.then(|| {
        view! {
            <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
            <ActionForm action=name attr:class="form">
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <TextField field=Field::View problem value=view.name>{t!(i18n, list.view_hint)}</TextField>
                <label class="check">
                    <input type="checkbox" name="shared" checked=view.shared />
                    <span>
                        {t!(i18n, list.view_shared)}
                        <span class="hint block-hint">{t!(i18n, list.view_shared_why)}</span>
                    </span>
                </label>
                <div class="row-end"><Submit action=name>{t!(i18n, configuration.save)}</Submit></div>
            </ActionForm>
            <hr />
        }
    });
    let begin = move |_| {
        start.dispatch(StartWith {
            id: (!is_start).then_some(id),
        });
    };
    let why = move || {
        if shared {
            t_string!(i18n, list.view_remove_shared, name = called.clone())
        } else {
            t_string!(i18n, list.view_remove_why, name = called.clone())
        }
    };
    let changeable = view.changeable;
    view! {
        {own}
        <button class="item" type="button" aria-pressed=is_start.to_string() on:click=begin>
            <Icon name="home" />
            {t!(i18n, list.view_start)}
        </button>
        {changeable
            .then(|| {
                view! {
                    <Confirm id="view-remove" word=move || t_string!(i18n, list.view_remove) about=why item="trash">
                        <ActionForm action=remove>
                            <input type="hidden" name="id" value=id.to_string() />
                            <button class="btn" data-kind="danger">{t!(i18n, list.view_remove)}</button>
                        </ActionForm>
                    </Confirm>
                }
            })}
        <details class="several">
            <summary><span class="label">{t!(i18n, list.view_save_new)}</span><Icon name="chev" /></summary>
            <New looked save />
        </details>
    }
}
