//! The page: heading, list, and room for one recording beside it.

use leptos::{html::Section, prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
};
use model::{
    account::Role,
    columns::Columns,
    filter::Filter,
    id::RecordingId,
    list::{Before, ListQuery, Page, Total},
};
use serde::{Deserialize, Serialize};

use super::{
    bulk::BulkBar,
    empty::{Nothing, Past},
    filter::FilterBar,
    head::Head,
    keys,
    lasting::{here, lasting},
    pager::Pager,
    query, scroll,
    select::{CameBack, Selected},
    table::Table,
};
use crate::{
    api,
    error::AppError,
    i18n::{t_string, use_i18n},
    ui::{Fault, Loading, changing, letters, title},
    views::{ViewMenu, ViewsResource, api::list_views},
    waking::{in_turn, last_in_turn},
};

/// What the list shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// What was asked for.
    pub query: ListQuery,
    /// What there is.
    pub page: Page,
    /// Whether the one who looks may change settings; only asked when there is nothing anywhere.
    pub settles: bool,
}

/// So many pages' ways back are remembered.
const PAGES: usize = 50;

/// What is learned of a list once it is there, and its page does without till then.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Later {
    /// What a filter finds, counted to the end.
    pub exact: Option<(Filter, Total)>,
    /// The pages before those of these queries: the ones that one came by, and others as far as they have been asked for.
    pub before: Vec<(ListQuery, Before)>,
}

impl Later {
    /// The page before that of a query; the newest are remembered.
    fn learn(&mut self, query: ListQuery, before: Before) {
        self.before.retain(|(of, _)| *of != query);
        self.before.push((query, before));
        let too_many = self.before.len().saturating_sub(PAGES);
        self.before.drain(..too_many);
    }
}

/// The list and what is open beside it, for the rooms within this page.
#[derive(Clone, Copy)]
pub struct List {
    pub shown: Resource<Result<Shown, AppError>>,
    pub query: Memo<ListQuery>,
    pub open: Memo<Option<RecordingId>>,
    pub selected: Selected,
    /// The file of sounds that is on its way, by its ticket.
    pub pack: RwSignal<Option<String>>,
    pub views: ViewsResource,
    /// What is learned of the list once it is there.
    pub later: RwSignal<Later>,
    /// What is in sight, once the page is awake: what was shown last, while the next is fetched.
    pub seen: RwSignal<Option<Shown>>,
    /// The columns, where they have been changed since the page came.
    pub columns: RwSignal<Option<Columns>>,
    /// How many deeds have been done to many, for what is open beside.
    pub deeds: RwSignal<u32>,
}

impl List {
    /// How many the list holds: all that is found, down to its limit. None while it has not been counted to the end.
    pub fn found(self) -> Memo<Option<u64>> {
        Memo::new(move |_| {
            let (seen, later) = (self.seen.read(), self.later.read());
            let seen = seen.as_ref()?;
            let exact = later
                .exact
                .as_ref()
                .filter(|(of, _)| *of == seen.query.filter)
                .map(|(_, total)| *total);
            let total = exact.unwrap_or(seen.page.total);
            let limit = u64::from(seen.query.filter.limit);
            match limit {
                0 => (!total.more).then_some(total.count),
                limit if total.count >= limit => Some(limit),
                _ => (!total.more).then_some(total.count),
            }
        })
    }

    /// The page before this one, once it is known.
    pub fn before(self, query: &ListQuery) -> Option<Before> {
        let later = self.later.read();
        let (_, before) = later.before.iter().find(|(of, _)| of == query)?;
        Some(before.clone())
    }

    /// How one comes back to this page from the next; and how from this one to the one before, which only who came by it knows
    /// at once.
    fn remember(self, now: &Shown) {
        let query = now.query.clone();
        self.later.update(|later| {
            if let (Some(next), Some(last)) = (&now.page.next, now.page.rows.last()) {
                let following = ListQuery {
                    after: Some(next.clone()),
                    ..query.clone()
                };
                let before = Before {
                    after: query.after.clone(),
                    last: last.id,
                };
                later.learn(following, before);
            }
        });
        if query.after.is_some() && untrack(|| self.before(&query)).is_none() {
            spawn_local(async move {
                if let Ok(Some(before)) = api::page_before(query.clone()).await {
                    self.later.try_update(|later| later.learn(query, before));
                }
            });
        }
    }

    /// Keeps up with what is asked for and what comes.
    fn follow(self) {
        Effect::new(move |_| {
            if let Some(Ok(now)) = self.shown.get() {
                let ids: Vec<_> = now.page.rows.iter().map(|row| row.id).collect();
                self.selected.arrived(&now.query, &ids, now.page.total.count);
                self.remember(&now);
                // Columns that were changed here are those that came, once they have been kept.
                if self.columns.read_untracked().as_ref() == Some(&now.page.columns) {
                    self.columns.set(None);
                }
                self.seen.set(Some(now));
            }
        });
        let view = Memo::new(move |_| self.query.read().view);
        Effect::new(move |before: Option<_>| {
            let now = view.get();
            if before.is_some_and(|before| before != now) {
                self.columns.set(None);
            }
            now
        });
        // What is chosen is chosen of what is found.
        Effect::new(move |_| self.selected.of(&self.query.read()));
    }

    /// The columns that are shown.
    pub fn shown_columns(self) -> Memo<Columns> {
        Memo::new(move |_| {
            let kept = || self.seen.read().as_ref().map(|seen| seen.page.columns.clone());
            self.columns.get().or_else(kept).unwrap_or_default()
        })
    }
}

async fn fetch(query: ListQuery) -> Result<Shown, AppError> {
    let page = api::list_recordings(query.clone()).await?;
    let nowhere = page.total.count == 0 && page.instead.is_empty();
    let settles = nowhere
        && crate::account::api::whoami()
            .await?
            .is_some_and(|me| me.role == Role::Super);
    Ok(Shown { query, page, settles })
}

/// Samtalsinspelningar.
#[component]
pub fn RecordingsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=title(move || t_string!(i18n, recordings.title)) />
        {last_in_turn(|| view! { <Page /> })}
    }
}

#[component]
fn Page() -> impl IntoView {
    let i18n = use_i18n();
    let (params, location) = (use_query_map(), use_location());
    let is_here = move || query::is_here(&location.pathname.get());
    // The address of another page says nothing of this one, which is about to go.
    let query = Memo::new(move |before: Option<&ListQuery>| match before {
        Some(before) if !is_here() => before.clone(),
        _ => query::read(&params.get()),
    });
    let open = Memo::new(move |_| query::opened(&location.pathname.get()));
    // `Transition` would say it too, by an effect that on the server reads what another thread may just be writing, and then
    // panics.
    let pending = RwSignal::new(false);
    let shown = Resource::new(
        move || query.get(),
        move |query| async move {
            pending.try_set(true);
            let shown = fetch(query).await;
            pending.try_set(false);
            shown
        },
    );
    let list = List {
        shown,
        query,
        open,
        selected: expect_context(),
        views: Resource::new(|| (), |()| list_views()),
        columns: RwSignal::new(None),
        seen: RwSignal::new(None),
        later: RwSignal::default(),
        pack: RwSignal::new(None),
        deeds: RwSignal::new(0),
    };
    list.follow();
    let CameBack(came_back) = expect_context();
    let (section, letters) = (NodeRef::<Section>::new(), letters());
    let address = Memo::new(move |_| query::list(&query.read()));
    let here_now = move || {
        list.seen
            .read()
            .as_ref()
            .is_some_and(|seen| seen.query == *query.read())
    };
    let moved = scroll::follow(section, address, came_back, here_now);
    provide_context(list);
    let owner = here();
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let busy = move || (awake.get() && pending.get()).then_some("true");
    let beside = move || {
        location
            .pathname
            .get()
            .strip_prefix("/recordings/")
            .is_some_and(|id| !id.is_empty())
            .then_some("")
    };
    view! {
        <main class="listmain" id="main" data-detail=beside>
            {in_turn(3, move || view! { <Head list /> })}
            <FilterBar list>
                <ViewMenu
                    views=list.views
                    query
                    columns=list.shown_columns()
                    changed=list.columns
                    again=Callback::new(move |()| list.shown.refetch())
                />
            </FilterBar>
            <div class="split">
                <section
                    class="rows"
                    node_ref=section
                    on:scroll=move |_| moved()
                    aria-label=move || t_string!(i18n, recordings.rows)
                    tabindex="0"
                    aria-busy=busy
                    on:keydown=move |event| keys::act(&event, list, letters.get_untracked())
                >
                    <Transition fallback=|| view! { <Loading rows=14 /> }>
                        {changing(move || {
                            // Another language, or other columns, are another list.
                            i18n.get_locale();
                            list.columns.track();
                            let owner = owner.clone();
                            Suspend::new(async move {
                                let shown = shown.await;
                                lasting(&owner, || rows(list, shown))
                            })
                        })}
                    </Transition>
                </section>
                <Outlet />
            </div>
            <BulkBar list />
        </main>
    }
}

fn rows(list: List, shown: Result<Shown, AppError>) -> AnyView {
    match shown {
        Ok(shown) if shown.page.total.count == 0 => {
            view! { <Nothing locale=use_i18n().get_locale_untracked() shown /> }.into_any()
        }
        Ok(shown) if shown.page.rows.is_empty() => view! { <Past query=shown.query /> }.into_any(),
        Ok(shown) => {
            let columns = list
                .columns
                .get_untracked()
                .unwrap_or_else(|| shown.page.columns.clone());
            let table = shown.clone();
            view! {
                {in_turn(0, move || view! { <Table list shown=table columns /> })}
                {in_turn(0, move || view! { <Pager list shown /> })}
            }
            .into_any()
        }
        Err(AppError(problem)) => {
            let i18n = use_i18n();
            let retry = Callback::new(move |()| list.shown.refetch());
            view! { <Fault title=move || t_string!(i18n, recordings.not_fetched) problem retry /> }.into_any()
        }
    }
}
