//! The table with the columns one has chosen (checklist 70). The roles are said aloud because narrow pages show it as no
//! table.

use leptos::{
    html::{Input, Tbody},
    prelude::*,
    tachys::html::attribute::custom::custom_attribute,
};
use model::{
    columns::Columns,
    list::{Column, Sort},
};

use super::{
    page::{List, Shown},
    paint::{paint, press},
    query, rows,
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    player::player,
    ui::{Icon, asset},
};

/// How wide the columns are that nobody chooses, in CSS pixels.
const PICK: u16 = 72;
const PLAY: u16 = 36;
const GET: u32 = 60;

/// The rows of a page.
#[component]
pub fn Table(list: List, shown: Shown, columns: Columns) -> impl IntoView {
    let Shown { query, page, .. } = shown;
    let (i18n, player, rows) = (use_i18n(), player(), page.rows);
    let sort = query.sort;
    // All of one day: a narrow page leaves the date out.
    let day = query.filter.period.is_one_day().then_some("");
    list.selected.turn_to(rows.iter().map(|row| row.id).collect());
    let lines = rows::together(rows);
    let open = list.open.get_untracked();
    let html = rows::html(
        &lines,
        &columns,
        &query,
        open,
        i18n.get_locale_untracked(),
        &asset("hark-icons"),
    );
    let (lines, body) = (StoredValue::new(lines), NodeRef::<Tbody>::new());
    paint(list, body, lines);
    #[expect(
        clippy::disallowed_methods,
        reason = "made by a template that escapes every word it is given"
    )]
    let body = html.map(|html| {
        let press = move |event| press(&event, list, &player, lines);
        view! { <tbody role="rowgroup" node_ref=body inner_html=html on:click=press></tbody> }
    });
    if let Err(error) = &body {
        leptos::logging::error!("the rows cannot be shown: {error}");
    }
    let measured = columns.is_measured();
    // Attributes and not styles: those the page's policy lets through only from files. The last column has no width of its
    // own and takes what is left: the others are as wide as was said.
    let widths: Vec<u16> = {
        let own = columns
            .iter()
            .map(|wide| wide.width.unwrap_or_else(|| usual_width(wide.column)));
        [PICK].into_iter().chain(own).chain([PLAY]).collect()
    };
    let width = measured.then(|| (widths.iter().map(|width| u32::from(*width)).sum::<u32>() + GET).to_string());
    let widths = measured.then(|| {
        let col = |width: u16| leptos::html::col().attr("width", width.to_string());
        view! { <colgroup>{widths.into_iter().map(col).collect_view()}<col /></colgroup> }
    });
    let heads = columns
        .into_iter()
        .map(move |wide| view! { <Head list column=wide.column sort /> })
        .collect_view();
    view! {
        <table
            class="table calls"
            role="table"
            data-day=day
            data-measured=measured.then_some("")
            {..custom_attribute("width", width)}
            aria-label=move || t_string!(i18n, recordings.calls)
        >
            {widths}
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col" class="pick"><PickPage list /></th>
                    {heads}
                    <th role="columnheader" scope="col" class="play">
                        <span class="vh">{move || t_string!(i18n, player.play)}</span>
                    </th>
                    <th role="columnheader" scope="col" class="get">
                        <span class="vh">{move || t_string!(i18n, player.download)}</span>
                    </th>
                </tr>
            </thead>
            {body.ok()}
        </table>
    }
}

/// How wide a column is where others have been given a width, in CSS pixels.
const fn usual_width(column: Column) -> u16 {
    match column {
        Column::Time | Column::Flag => 80,
        Column::Direction => 120,
        Column::Date | Column::Extension | Column::Evaluation => 110,
        Column::User | Column::Number | Column::Tag => 170,
        Column::DirectNumber => 130,
        Column::Channel | Column::Length => 70,
    }
}

/// All rows of the page at once.
#[component]
fn PickPage(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let tick = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(tick) = tick.get() {
            let page = list.selected.page();
            tick.set_checked(page == Some(true));
            tick.set_indeterminate(page.is_none());
        }
    });
    view! {
        <label class="check live">
            <input
                type="checkbox"
                node_ref=tick
                aria-label=move || t_string!(i18n, list.pick_page)
                on:change=move |event| list.selected.set_page(event_target_checked(&event))
            />
        </label>
    }
}

/// The head of a column; where it sorts, a way to that order and back.
#[component]
fn Head(list: List, column: Column, sort: Sort) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || short_name(i18n.get_locale(), column);
    let long = move || long_name(i18n.get_locale(), column);
    let here = sort.by == column;
    let aria = here.then_some(if sort.descending { "descending" } else { "ascending" });
    let inner = if column.sorts() {
        let next = Sort {
            by: column,
            // Newest, longest and flagged first; names from the beginning.
            descending: if here { !sort.descending } else { sorts_down(column) },
        };
        let address = move || {
            let mut sorted = list.query.get().first();
            sorted.sort = next;
            query::list(&sorted)
        };
        let icon = here.then(|| view! { <Icon name=if sort.descending { "sort" } else { "sort-up" } size="s" /> });
        view! { <a href=address data-noscroll="" title=long>{words} " " {icon}</a> }.into_any()
    } else {
        view! { <span class="word" title=long>{words}</span> }.into_any()
    };
    view! { <th role="columnheader" scope="col" class=class(column) aria-sort=aria>{inner}</th> }
}

const fn sorts_down(column: Column) -> bool {
    matches!(
        column,
        Column::Date | Column::Length | Column::Flag | Column::Evaluation
    )
}

/// A column's name in the page's style.
pub const fn class(column: Column) -> &'static str {
    match column {
        Column::Direction => "dir",
        Column::Date => "date",
        Column::Time => "time",
        Column::Extension => "ext",
        Column::User => "who",
        Column::Number => "number",
        Column::DirectNumber => "ddi",
        Column::Channel => "channel",
        Column::Length => "len r",
        Column::Tag => "tag",
        Column::Flag => "flags",
        Column::Evaluation => "eval",
    }
}

/// What stands at the head of a column.
pub fn short_name(locale: Locale, column: Column) -> &'static str {
    match column {
        Column::Direction => td_string!(locale, recordings.direction),
        Column::Date => td_string!(locale, recordings.date),
        Column::Time => td_string!(locale, recordings.time),
        Column::Extension => td_string!(locale, recordings.extension),
        Column::User => td_string!(locale, recordings.user),
        Column::Number => td_string!(locale, recordings.number),
        Column::DirectNumber => td_string!(locale, recordings.direct_number),
        Column::Channel => td_string!(locale, recordings.channel),
        Column::Length => td_string!(locale, recordings.length),
        Column::Tag => td_string!(locale, recordings.tag),
        Column::Flag => td_string!(locale, recordings.flag),
        Column::Evaluation => td_string!(locale, recordings.evaluation),
    }
}

/// What it means in full, where that is more.
pub fn long_name(locale: Locale, column: Column) -> Option<&'static str> {
    match column {
        Column::DirectNumber => Some(td_string!(locale, recordings.ddi)),
        Column::Length => Some(td_string!(locale, recordings.call_length)),
        Column::Tag => Some(td_string!(locale, recordings.call_tag)),
        _ => None,
    }
}
