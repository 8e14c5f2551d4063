//! The latest calls, as ways to their own pages.

use std::sync::Arc;

use leptos::prelude::*;
use model::recording::RecordingRow;

use super::PageResource;
use crate::{
    format,
    i18n::{t, t_string, use_i18n},
    player::Track,
    ui::{Empty, Fault, Loading},
};

/// How many of them.
const SHOWN: usize = 5;

#[component]
pub fn Latest(week: PageResource) -> impl IntoView {
    let i18n = use_i18n();
    let retry = Callback::new(move |()| week.refetch());
    view! {
        <section class="block" aria-labelledby="latest">
            <header>
                <h2 id="latest">{t!(i18n, home.latest)}</h2>
                <a href="/recordings?period=all">{t!(i18n, home.latest_all)}</a>
            </header>
            <Transition fallback=|| view! { <Loading rows=SHOWN /> }>
                {move || Suspend::new(async move {
                    match week.await {
                        Ok(page) if page.rows.is_empty() => view! { <Nothing /> }.into_any(),
                        Ok(page) => view! { <Rows rows=page.rows /> }.into_any(),
                        Err(error) => view! { <Fault title=move || t_string!(i18n, home.latest_failed) problem=error.0 retry /> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty title=move || t_string!(i18n, home.latest_none) why=move || t_string!(i18n, home.latest_none_why)>
            <a class="btn" href="/recordings?period=all">{t!(i18n, home.latest_older)}</a>
        </Empty>
    }
}

/// One call a line: when, whose, with whom, how long.
#[component]
fn Rows(rows: Vec<Arc<RecordingRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = rows
        .into_iter()
        .take(SHOWN)
        .map(|row| view! { <Line row /> })
        .collect_view();
    view! {
        <div class="rows">
            <table class="table calls" role="table" aria-labelledby="latest">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col" class="date">{t!(i18n, recordings.date)}</th>
                        <th role="columnheader" scope="col" class="who">{t!(i18n, recordings.user)}</th>
                        <th role="columnheader" scope="col" class="number">{t!(i18n, recordings.number)}</th>
                        <th role="columnheader" scope="col" class="len r">{t!(i18n, recordings.length)}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: Arc<RecordingRow>) -> impl IntoView {
    let i18n = use_i18n();
    let (track, start) = (Track::of_row(&row), row.start.clone());
    let person = track.person.clone();
    let day = move || format::day(i18n.get_locale(), &start);
    let with = move || track.subtitle(i18n.get_locale());
    view! {
        <tr role="row">
            <td role="cell" class="date"><time datetime=row.start.rfc3339()>{day}</time></td>
            <td role="cell" class="who"><a href=format!("/recordings/{}?period=last-7", row.id)>{person}</a></td>
            <td role="cell" class="number">{with}</td>
            <td role="cell" class="len r">{format::length(row.call_ms)}</td>
        </tr>
    }
}
