//! Which columns the list has, in which order, and how wide: a change holds at once, and is kept with the account.

use leptos::{ev::Event, prelude::*};
use model::{
    columns::{Columns, Wide},
    list::Column,
};

use super::{page::List, table::short_name};
use crate::{
    api::SetColumns,
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};

/// The panel's name on the page.
const PANEL: &str = "columns";

/// The button and its panel.
#[component]
pub fn ColumnsButton(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let store = ServerAction::<SetColumns>::new();
    let failed = move || store.value().get().is_some_and(|stored| stored.is_err());
    let change = Callback::new(move |columns: Option<Columns>| {
        list.columns.set(Some(columns.clone().unwrap_or_default()));
        // A view has its own, and is saved as a whole.
        if list.query.read_untracked().view.is_some() {
            return;
        }
        store.dispatch(SetColumns {
            columns: columns.map(|columns| columns.word()),
        });
    });
    view! {
        <button
            class="btn live"
            data-kind="quiet"
            type="button"
            popovertarget=PANEL
            aria-label=move || t_string!(i18n, list.columns)
        >
            <Icon name="cols" />
            <span class="wide">{t!(i18n, list.columns)}</span>
        </button>
        <div class="float columns" id=PANEL popover="auto" role="dialog" aria-label=move || t_string!(i18n, list.columns)>
            <Transition>
                {move || Suspend::new(async move {
                    let kept = list.shown.await.ok().map(|shown| shown.page.columns).unwrap_or_default();
                    let now = Memo::new(move |_| list.columns.get().unwrap_or_else(|| kept.clone()));
                    view! { <Lines now change /> }
                })}
            </Transition>
            <Show when=failed>
                <p class="wrong" role="alert"><Icon name="alert" />{t!(i18n, list.columns_not_kept)}</p>
            </Show>
            <div class="row-end">
                <span class="hint">{t!(i18n, list.widths)}</span>
                <button class="btn" data-size="s" type="button" on:click=move |_| change.run(None)>
                    {t!(i18n, list.columns_reset)}
                </button>
            </div>
        </div>
    }
}

/// Shown columns in their order, then the others.
#[component]
fn Lines(now: Memo<Columns>, change: Callback<Option<Columns>>) -> impl IntoView {
    let order = move || {
        let columns = now.get();
        let hidden = Column::ALL.into_iter().filter(|column| !columns.has(*column));
        columns.iter().map(|wide| wide.column).chain(hidden).collect::<Vec<_>>()
    };
    view! {
        <ul>
            <For each=order key=|column| *column let:column>
                <Line column now change />
            </For>
        </ul>
    }
}

#[component]
fn Line(column: Column, now: Memo<Columns>, change: Callback<Option<Columns>>) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || short_name(i18n.get_locale(), column);
    let place = Memo::new(move |_| now.read().iter().position(|wide| wide.column == column));
    let last = Memo::new(move |_| place.get() == now.read().iter().count().checked_sub(1));
    let width = move || {
        let of = |wide: Wide| wide.width.filter(|_| wide.column == column);
        now.read().iter().find_map(of).map(|width| width.to_string())
    };
    let with = move |act: &dyn Fn(&mut Columns)| {
        let mut columns = now.get_untracked();
        act(&mut columns);
        change.run(Some(columns));
    };
    let show = move |event: Event| {
        let shown = event_target_checked(&event);
        with(&|columns| columns.show(column, shown));
    };
    let measure = move |event: Event| {
        let width = event_target_value(&event).parse().ok();
        with(&|columns| columns.measure(column, width));
    };
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || place.get().is_some()
                    disabled=column == Column::User
                    on:change=show
                />
                {name}
            </label>
            <input
                class="input"
                type="number"
                min=Columns::WIDTHS.start().to_string()
                max=Columns::WIDTHS.end().to_string()
                step="10"
                placeholder=move || t_string!(i18n, list.width_auto)
                aria-label=move || t_string!(i18n, list.width_of, name = name())
                prop:value=move || width().unwrap_or_default()
                disabled=move || place.get().is_none()
                on:change=measure
            />
            <button
                class="ib"
                data-size="s"
                type="button"
                aria-label=move || t_string!(i18n, list.earlier, name = name())
                disabled=move || place.get().is_none_or(|place| place == 0)
                on:click=move |_| with(&|columns| columns.shift(column, false))
            >
                <Icon name="chev-up" />
            </button>
            <button
                class="ib"
                data-size="s"
                type="button"
                aria-label=move || t_string!(i18n, list.later, name = name())
                disabled=move || place.get().is_none() || last.get()
                on:click=move |_| with(&|columns| columns.shift(column, true))
            >
                <Icon name="chev" />
            </button>
        </li>
    }
}
