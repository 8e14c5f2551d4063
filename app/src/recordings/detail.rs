//! One recording: beside the list where there is room, else a page of its own.

use leptos::{
    ev,
    html::Section,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition},
};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use model::{
    id::RecordingId,
    list::{Before, ListQuery},
    problem::Problem,
    recording::RecordingDetail,
};

use super::{
    facts::{Facts, Renewed},
    keys::open_row,
    lasting::{here, lasting},
    page::{List, Shown},
    query,
    standing::{Neighbour, Standing, standing},
    words,
};
use crate::{
    api,
    error::AppError,
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    later,
    player::{Neighbours, PlayerFault, Tools, Track, Transport, Wave, is_free, moment, player},
    ui::{self, Empty, Fault, Icon, Loading, changing},
    waking::{in_turn, last_in_turn},
};

/// Nothing is open: the list has all the room.
#[component]
pub fn NothingOpen() -> impl IntoView {}

/// The open recording.
#[component]
pub fn DetailPane() -> impl IntoView {
    last_in_turn(|| view! { <Pane /> })
}

#[component]
fn Pane() -> impl IntoView {
    let (i18n, params, list) = (use_i18n(), use_params_map(), expect_context::<List>());
    // Another page's address has no recording in it; this one is then about to go.
    let id = Memo::new(move |before: Option<&Option<RecordingId>>| {
        let now = params.get().get("id").and_then(|id| id.parse().ok());
        now.or_else(|| before.copied().flatten())
    });
    let detail = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::recording(id).await,
                None => Err(Problem::NotFound.into()),
            }
        },
    );
    let renewed = renewed_by_deeds(list, id);
    // The list knows nothing of the moment that an address leads to.
    let search = use_query_map();
    let at = Memo::new(move |_| search.read().get("t").and_then(|word| moment(&word)));
    let led = StoredValue::new(None);
    let (owner, beside) = (here(), here());
    let pane = NodeRef::<Section>::new();
    Effect::new(move |before: Option<Option<RecordingId>>| {
        let now = id.get();
        if before.is_some_and(|before| before != now) {
            renewed.forget();
            if let Some(pane) = pane.get_untracked() {
                pane.set_scroll_top(0);
            }
        }
        request_animation_frame(move || {
            show_row();
            if focused().as_ref().is_some_and(is_gone)
                && let Some(pane) = pane.try_get_untracked().flatten()
            {
                focus(&pane);
            }
        });
        now
    });
    // What is open next says its own neighbours, and may do so before this one is gone: only without any there are none.
    let player = player();
    Effect::new(move |_| {
        on_cleanup(move || {
            leave_focus(id.get_untracked());
            player.neighbours.set(Neighbours::default());
        });
    });
    close_by_escape(list);
    view! {
        <section class="detail" node_ref=pane aria-label=move || t_string!(i18n, recordings.opened) tabindex="0">
            <a class="btn back" data-kind="quiet" data-size="s" href=move || query::list(&list.query.read()) data-noscroll="">
                <Icon name="prev" />
                {t!(i18n, recordings.to_list)}
            </a>
            <Transition fallback=|| view! { <Loading rows=6 /> }>
                {changing(move || {
                    let (locale, owner) = (i18n.get_locale(), owner.clone());
                    Suspend::new(async move {
                        let found = detail.await;
                        let around = list.shown.await.ok();
                        lasting(&owner, || match found {
                            Ok(detail) => view! { <Detail locale list detail around at led renewed /> }.into_any(),
                            Err(AppError(Problem::NotFound)) => view! { <Absent list /> }.into_any(),
                            Err(AppError(problem)) => {
                                let retry = Callback::new(move |()| detail.refetch());
                                let title = move || t_string!(i18n, recordings.detail_not_fetched);
                                view! { <Fault title problem retry /> }.into_any()
                            }
                        })
                    })
                })}
            </Transition>
            <Transition>
                {changing(move || {
                    let owner = beside.clone();
                    Suspend::new(async move {
                        // Not with the list, which comes anew while one writes.
                        let found = detail.await.ok()?;
                        let changed = Callback::new(move |()| {
                            list.shown.refetch();
                            renewed.ask(id.get_untracked());
                        });
                        Some(match later::parts(owner, found.row.id, changed).await {
                            Ok(parts) => parts.into_any(),
                            Err(AppError(problem)) => {
                                let title = move || t_string!(i18n, review.not_fetched);
                                view! { <Fault title problem /> }.into_any()
                            }
                        })
                    })
                })}
            </Transition>
        </section>
    }
}

/// The facts beside the player, asked for anew once something is done to many.
fn renewed_by_deeds(list: List, id: Memo<Option<RecordingId>>) -> Renewed {
    let renewed = Renewed::default();
    provide_context(renewed);
    Effect::new(move |before: Option<_>| {
        let now = list.deeds.get();
        if before.is_some_and(|before| before != now) {
            renewed.ask(id.get_untracked());
        }
        now
    });
    renewed
}

/// Escape closes what is open.
fn close_by_escape(list: List) {
    let go = use_navigate();
    Effect::new(move |_| {
        let go = go.clone();
        let escape = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && is_free(&event) {
                let stay = NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                };
                go(&query::list(&list.query.read_untracked()), stay);
            }
        });
        on_cleanup(move || escape.remove());
    });
}

/// Keeps the open recording's row in sight.
pub(super) fn show_row() {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    if let Some(row) = open_row() {
        row.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// What has the focus; none when the page as a whole has it.
fn focused() -> Option<HtmlElement> {
    let focused = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (focused.tag_name() != "BODY").then_some(focused)
}

/// On a narrow page list and recording take turns: what is not shown has no parent to be placed in.
fn is_gone(element: &HtmlElement) -> bool {
    element.offset_parent().is_none()
}

/// Gives the focus back to the row of what was open, where nothing else has it.
fn leave_focus(id: Option<RecordingId>) {
    let Some(id) = id else { return };
    request_animation_frame(move || {
        let row = document().query_selector(&format!(".calls .who a[href^='/recordings/{id}']"));
        let row = row.ok().flatten().and_then(|row| row.dyn_into::<HtmlElement>().ok());
        if let Some(row) = row.filter(|_| focused().as_ref().is_none_or(is_gone)) {
            focus(&row);
        }
    });
}

fn focus(element: &HtmlElement) {
    if let Err(error) = element.focus() {
        leptos::logging::warn!("the focus could not be moved: {error:?}");
    }
}

/// Removed, or out of reach: the two look the same.
#[component]
fn Absent(list: List) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=ui::title(move || t_string!(i18n, recordings.absent_title)) />
        <Empty title=move || t_string!(i18n, recordings.absent_title) why=move || t_string!(i18n, recordings.absent_why)>
            <a class="btn" href=move || query::list(&list.query.read()) data-noscroll="">{t!(i18n, recordings.to_list)}</a>
        </Empty>
    }
}

#[component]
fn Detail(
    locale: Locale,
    list: List,
    detail: RecordingDetail,
    around: Option<Shown>,
    /// Where the address leads to, in milliseconds.
    at: Memo<Option<i64>>,
    /// Where one has been led already: the same page may be made anew while one listens.
    led: StoredValue<Option<(RecordingId, i64)>>,
    renewed: Renewed,
) -> impl IntoView {
    let (player, track) = (player(), Track::of_detail(&detail));
    {
        let (opened, closed) = (track.clone(), track.clone());
        Effect::new(move |_| player.opened(&opened));
        let track = track.clone();
        Effect::new(move |_| {
            let place = at.get().map(|at| (track.id, at));
            if let Some((_, at)) = place
                && led.get_value() != place
            {
                player.seek(&track, at);
            }
            led.set_value(place);
        });
        on_cleanup(move || player.closed(&closed));
    }
    let title = format!(
        "{} {} {}",
        words::person(&detail.row),
        format::day(locale, &detail.row.start),
        format::time(&detail.row.start)
    );
    let (titled, wave, played) = (detail.clone(), track.clone(), track.clone());
    view! {
        <Title text=title />
        {in_turn(0, move || view! { <Titled locale list around detail=titled /> })}
        <div class="sound">
            {in_turn(0, move || view! { <Wave track=wave /> })}
            {in_turn(0, move || view! { <Transport track=played at=at.get_untracked() /> })}
            <PlayerFault track=track.clone() />
            {in_turn(0, move || view! { <Tools track /> })}
        </div>
        {in_turn(0, move || view! { <Facts locale detail renewed /> })}
    }
}

/// Who, with whom, when; and to the next.
#[component]
fn Titled(locale: Locale, list: List, detail: RecordingDetail, around: Option<Shown>) -> impl IntoView {
    let row = detail.row;
    let (icon, _) = words::direction(locale, row.direction);
    // A number is not broken over two lines.
    let called = match (&row.other_name, &row.number) {
        (Some(name), Some(number)) => {
            view! { {name.clone()} ", " <span class="nowrap">{number.shown.clone()}</span> }.into_any()
        }
        (Some(name), None) => name.clone().into_any(),
        (None, _) => view! { <span class="nowrap">{words::other(locale, &row)}</span> }.into_any(),
    };
    let query = around.as_ref().map(|shown| shown.query.clone());
    let Standing { before, after, place } = around.map(|shown| standing(row.id, &shown)).unwrap_or_default();
    let is_first = before.is_none() && place.is_some();
    // Above the first of a page is the last of the one before.
    let before = Signal::derive(move || {
        let query = query.as_ref().filter(|_| is_first);
        let page = query.and_then(|query| Some((query, list.before(query)?)));
        let over = page.map(|(query, Before { after, last })| (last, ListQuery { after, ..query.clone() }));
        before.clone().or(over)
    });
    let after = Signal::stored(after);
    let place = place.map(|(place, total)| {
        let (total, _) = words::total_count(locale, &total);
        let words = td_string!(locale, list.place, place = format::count(locale, place), total = total);
        view! { <span class="muted small num">{words}</span> }
    });
    let player = player();
    Effect::new(move |_| {
        player.neighbours.set(Neighbours {
            before: before.read().is_some(),
            after: after.read().is_some(),
        });
    });
    view! {
        <div class="titled">
            <div>
                <h2>
                    {words::person(&row)} " " <Icon name=icon /> <span class="vh">{words::verb(locale, row.direction)}</span> " "
                    {called}
                </h2>
                <p><time datetime=row.start.rfc3339()>{format::full(locale, &row.start)}</time></p>
            </div>
            <div class="end">
                {place}
                <Step to=before label=td_string!(locale, recordings.previous) icon="prev" />
                <Step to=after label=td_string!(locale, recordings.next) icon="next" />
                <a
                    class="ib close"
                    data-size="s"
                    href=move || query::list(&list.query.read())
                    data-noscroll=""
                    aria-label=td_string!(locale, recordings.close)
                >
                    <Icon name="x" />
                </a>
            </div>
        </div>
    }
}

/// To a neighbour; there, and able to have the focus, but without an address, where there is none.
#[component]
fn Step(to: Signal<Neighbour>, label: &'static str, icon: &'static str) -> impl IntoView {
    let none = move || to.read().is_none();
    view! {
        <a
            class="ib"
            data-size="s"
            data-step=icon
            href=move || to.read().as_ref().map(|(id, query)| query::open(*id, query))
            data-noscroll=""
            role=move || none().then_some("link")
            tabindex=move || none().then_some("0")
            aria-disabled=move || none().then_some("true")
            aria-label=label
        >
            <Icon name=icon />
        </a>
    }
}
