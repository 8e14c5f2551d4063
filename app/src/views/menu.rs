//! What one does with a view: keep what is looked at, as it or as a new one; go back; share it, begin with it, let go of it.

use leptos::{ev::Event, form::ActionForm, prelude::*, server_fn::ServerFn, web_sys::Element};
use leptos_router::hooks::use_location;
use model::{
    columns::Columns,
    filter::query_string,
    list::ListQuery,
    problem::{Field, Problem},
    view::View,
};

use super::{
    ViewsResource,
    api::{NameView, RemoveView, SaveView, StartWith, UpdateView},
};
use crate::{
    error::{AppError, sentence},
    i18n::{t, t_string, use_i18n},
    ui::{Confirm, ErrorSummary, Icon, Submit, TextField, done, hide_popover, problem, travel},
    waking::ready_in_turn,
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

/// What the menu asks the server to do.
#[derive(Clone, Copy)]
struct Deeds {
    save: ServerAction<SaveView>,
    update: ServerAction<UpdateView>,
    name: ServerAction<NameView>,
    remove: ServerAction<RemoveView>,
    start: ServerAction<StartWith>,
}

impl Deeds {
    fn new() -> Self {
        Self {
            save: ServerAction::new(),
            update: ServerAction::new(),
            name: ServerAction::new(),
            remove: ServerAction::new(),
            start: ServerAction::new(),
        }
    }

    /// What did not happen is said until something else is done or looked at.
    fn forget(self) {
        forget(self.update);
        self.forget_panel();
    }

    /// The same of what is said in the panel, which is told once it is closed.
    fn forget_panel(self) {
        forget(self.save);
        forget(self.name);
        forget(self.remove);
        forget(self.start);
    }
}

/// Lets go of a failure. What has been done is left to whoever goes on from it.
fn forget<F>(action: ServerAction<F>)
where
    F: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    F::Output: Clone + Send + Sync + 'static,
{
    let failed = untrack(|| action.value().get()).is_some_and(|value| value.is_err());
    if failed {
        action.clear();
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
    // It says what became of a form that was sent while nothing was awake.
    let search = use_location().search;
    let deeds = Deeds::new();
    act_on(deeds, views, again);
    Effect::new(move |_| {
        query.track();
        deeds.forget();
    });
    let closed = move |event: Event| {
        let panel: Element = event_target(&event);
        if !panel.matches(":popover-open").unwrap_or_default() {
            deeds.forget_panel();
        }
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let views = views.await.unwrap_or_default();
                let open = Memo::new(move |_| {
                    let id = query.read().view?;
                    views.iter().find(|view| view.id == id).cloned()
                });
                let all_that_counts = move || {
                    let (open, words, columns) = (open.get_untracked(), looked.words(), columns.get_untracked());
                    ("view", i18n.get_locale_untracked(), open, words, columns, search.get_untracked())
                };
                let panel = move || {
                    view! {
                        <div
                            class="float view"
                            id=PANEL
                            popover="auto"
                            role="dialog"
                            aria-label=move || t_string!(i18n, list.view)
                            on:toggle=closed
                        >
                            {move || match open.get() {
                                Some(view) => view! { <Opened view looked deeds /> }.into_any(),
                                None => view! { <New looked save=deeds.save /> }.into_any(),
                            }}
                        </div>
                    }
                };
                view! {
                    {move || open.get().map(|view| view! { <Changed view looked update=deeds.update /> })}
                    <button class="btn live" data-kind="quiet" data-size="s" type="button" popovertarget=PANEL>
                        {move || if open.read().is_some() { t_string!(i18n, list.view) } else { t_string!(i18n, list.view_save) }}
                    </button>
                    {ready_in_turn(0, all_that_counts, panel)}
                }
            })}
        </Transition>
    }
}

/// What has been done is seen at once, and the panel goes. What was refused stays as it was written: nothing is fetched anew,
/// which would make the panel anew.
fn act_on(deeds: Deeds, views: ViewsResource, again: Callback<()>) {
    travel(deeds.save);
    travel(deeds.update);
    travel(deeds.remove);
    let (saved, updated, named) = (done(deeds.save), done(deeds.update), done(deeds.name));
    let (removed, started) = (done(deeds.remove), done(deeds.start));
    Effect::new(move |before: Option<(usize, [usize; 4])>| {
        let now = (updated.get(), [saved.get(), named.get(), removed.get(), started.get()]);
        if let Some(before) = before
            && before != now
        {
            deeds.forget();
            views.refetch();
            hide_popover(PANEL);
            // Everything else leads to another list, or leaves the list as it is.
            if before.0 != now.0 {
                again.run(());
            }
        }
        now
    });
}

/// Why something was not done, beside what does it.
#[component]
fn Refused(#[prop(into)] problem: Signal<Option<Problem>>) -> impl IntoView {
    move || {
        problem.get().map(|problem| {
            view! { <span class="wrong" role="alert"><Icon name="alert" /><span>{sentence(&problem)}</span></span> }
        })
    }
}

/// What is looked at is no longer what was saved: keep it, or go back to it.
#[component]
fn Changed(view: View, looked: Looked, update: ServerAction<UpdateView>) -> impl IntoView {
    let i18n = use_i18n();
    let refused = problem(update);
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
                <Refused problem=refused />
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

/// Another name for the view that is open, and whether it is everyone's.
#[component]
fn Naming(view: View, name: ServerAction<NameView>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(name);
    view! {
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <ActionForm action=name attr:class="form">
            <input type="hidden" name="id" value=view.id.to_string() />
            <input type="hidden" name="version" value=view.version.to_string() />
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
}

/// What one does with the view that is open.
#[component]
fn Opened(view: View, looked: Looked, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let Deeds {
        save,
        name,
        remove,
        start,
        ..
    } = deeds;
    let (not_removed, not_started) = (problem(remove), problem(start));
    let (id, is_start, changeable) = (view.id, view.start, view.changeable);
    let (called, shared) = (view.name.clone(), view.shared);
    // Of two fields with one name, what is said of the one would be said of the other: there is one at a time.
    let anew = RwSignal::new(false);
    let own = move || (changeable && !anew.get()).then(|| view! { <Naming view=view.clone() name /> });
    let unfold = move |event: Event| anew.set(event_target::<Element>(&event).has_attribute("open"));
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
    view! {
        {own}
        <button class="item" type="button" aria-pressed=is_start.to_string() on:click=begin>
            <Icon name="home" />
            {t!(i18n, list.view_start)}
        </button>
        <Refused problem=not_started />
        {changeable
            .then(|| {
                view! {
                    <Confirm id="view-remove" word=move || t_string!(i18n, list.view_remove) about=why item="trash">
                        <Refused problem=not_removed />
                        <ActionForm action=remove>
                            <input type="hidden" name="id" value=id.to_string() />
                            <button class="btn" data-kind="danger">{t!(i18n, list.view_remove)}</button>
                        </ActionForm>
                    </Confirm>
                }
            })}
        <details class="several" prop:open=anew on:toggle=unfold>
            <summary><span class="label">{t!(i18n, list.view_save_new)}</span><Icon name="chev" /></summary>
            {move || anew.get().then(|| view! { <New looked save /> })}
        </details>
    }
}
