//! The table with the columns one has chosen (checklist 70). The roles are said aloud because narrow pages show it as no
//! table.

use leptos::{
    html::{Input, Tbody},
    prelude::*,
    tachys::html::attribute::custom::custom_attribute,
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    location::Location,
};
use model::{
    columns::{Columns, Wide},
    list::{Column, Sort},
};

use super::{
    keys,
    page::{List, Shown},
    paint::{paint, press},
    query, rows,
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    player::player,
    ui::{Icon, asset},
};

/// The rows of a page.
#[component]
pub fn Table(list: List, shown: Shown, columns: Columns) -> impl IntoView {
    let Shown { query, page, .. } = shown;
    let (i18n, player, rows, navigate) = (use_i18n(), player(), page.rows, use_navigate());
    // Where one is about to be, too: the address bar says that only once the page is there.
    let here = {
        let Location { pathname, search, .. } = use_location();
        move || untrack(|| pathname.get() + &search.get())
    };
    let go = move |address: &str| {
        let stay = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(address, stay);
    };
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
    keys::listen(list.selected);
    #[expect(
        clippy::disallowed_methods,
        reason = "made by a template that escapes every word it is given"
    )]
    let body = html.map(|html| {
        let press = move |event| press(&event, list, &player, lines, here, go.clone());
        view! { <tbody role="rowgroup" node_ref=body inner_html=html on:click=press></tbody> }
    });
    if let Err(error) = &body {
        leptos::logging::error!("the rows cannot be shown: {error}");
    }
    let measured = !leaves_room(&columns);
    let heads = columns
        .into_iter()
        .map(move |wide| view! { <Head list wide sort /> })
        .collect_view();
    view! {
        <table
            class="table calls"
            role="table"
            data-day=day
            data-measured=measured.then_some("")
            aria-label=move || t_string!(i18n, recordings.calls)
        >
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

/// Whether a column is left that takes what room there is when the others are as wide as someone has said. The tag has its own
/// part of the whole, and some columns go away where there is less room: those are not counted on.
fn leaves_room(columns: &Columns) -> bool {
    let stays = |column| {
        !matches!(
            column,
            Column::Extension | Column::DirectNumber | Column::Channel | Column::Evaluation | Column::Tag
        )
    };
    columns.iter().any(|wide| wide.width.is_none() && stays(wide.column))
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

/// The head of a column; where it sorts, a way to that order and back. Where someone has said how wide it is, the head says so by
/// an attribute and not by a style: those the page's policy lets through only from files.
#[component]
fn Head(list: List, wide: Wide, sort: Sort) -> impl IntoView {
    let (i18n, column) = (use_i18n(), wide.column);
    let width = wide.width.map(|width| width.to_string());
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
    view! {
        <th
            role="columnheader"
            scope="col"
            class=class(column)
            aria-sort=aria
            data-wide=width.is_some().then_some("")
            {..custom_attribute("width", width.clone())}
        >
            {inner}
        </th>
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_room_is_left_goes_to_a_column_that_stays() {
        let leaves = |word| leaves_room(&Columns::parse(word).unwrap());
        assert!(leaves_room(&Columns::default()));
        assert!(leaves("date:100,user"));
        assert!(!leaves("date:100,user:180"));
        assert!(
            !leaves("user:180,tag,channel"),
            "the tag keeps its part, and the channel may be hidden"
        );
    }
}
